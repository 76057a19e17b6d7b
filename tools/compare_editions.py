"""Report what changed between two editions of the data: their rows, and what the library answers from them."""

from __future__ import annotations

import argparse
import csv
import difflib
import json
import sys
import tempfile
from collections import Counter, defaultdict
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from defector_stats import Catalogue, Context, DefectorStatsError, NotComparableError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

Key = tuple[str, ...]
Row = dict[str, str]
Table = dict[Key, Row]

FIGURE = ("measure", "area", "period")
FIELDS = ("value", "male", "female", "status", "released", "formula")
# What a context says of a figure beside others; its own fields are told with the current values.
STANDING = ("rank", "coverage", "lowest_since", "highest_since", "was_record", "was_lowest", "is_lowest")


class Change(NamedTuple):
    """A row that differs; empty on the side that does not have it."""

    key: Key
    old: Row
    new: Row

    @property
    def kind(self) -> str:
        """Return ``added``, ``removed`` or ``changed``."""
        if self.old and self.new:
            return "changed"
        return "added" if self.new else "removed"

    def __str__(self) -> str:
        if self.kind == "changed":
            fields = [
                f"{column}: {was or 'empty'} → {self.new[column] or 'empty'}"
                for column, was in self.old.items()
                if was != self.new[column]
            ]
            return f"changed: {', '.join(self.key)}: {'; '.join(fields)}"
        fields = [f"{column}: {value}" for column, value in (self.old or self.new).items() if value]
        return f"{self.kind}: {'; '.join(fields)}"


def compare_editions(old: Path, new: Path) -> dict[str, list[str]]:
    """Return the lines of the report by their title.

    Raises:
        DefectorStatsError: If an edition breaks a rule, or a text names a figure that is missing.
        ValueError: If two rows of a table have the same primary key.
    """
    before, after = Catalogue.read(old), Catalogue.read(new)
    # A key that was tightened since also holds for the old edition.
    resources = read_resources(old) + read_resources(new)
    keys = {resource["name"]: resource.get("schema", {}).get("primaryKey", []) for resource in resources}
    old_tables, new_tables = read_tables(old, keys), read_tables(new, keys)
    rows: list[str] = []
    problems: list[str] = []
    for name in keys:
        changes = compare_tables(old_tables.get(name, {}), new_tables.get(name, {}))
        if changes:
            counts = Counter(change.kind for change in changes)
            rows.append(f"{name}: {', '.join(f'{count} {kind}' for kind, count in counts.items())}")
            rows += [f"  {change}" for change in changes]
        problems += [f"{name}, {change}" for change in changes if is_lost(name, change)]
    old_figures, new_figures = read_figures(before), read_figures(after)
    values = compare_tables(old_figures, new_figures)
    # A value that changed moves the others of its measure and area, and no more.
    moved = {(measure, area) for (measure, area, _), *_ in values}
    beside = [key for key in new_figures if key in old_figures and key[:2] in moved]
    report = {
        "Rows": rows,
        "Current values": list(map(str, values)),
        "Contexts": compare_contexts(before, after, beside),
        "Questions": compare_texts(read_questions(before), read_questions(after)),
        "Claims": compare_texts(read_claims(before), read_claims(after)),
    }
    if any(report.values()) and before.data_version() == after.data_version():
        problems.insert(0, f"The editions differ, but both have the version {after.data_version()}.")
    return {"Problems": problems} | report


def read_resources(folder: Path) -> list[dict[str, Any]]:
    """Return what the descriptor says of each table."""
    resources: list[dict[str, Any]] = json.loads((folder / "datapackage.json").read_text("utf-8"))["resources"]
    return resources


def read_tables(folder: Path, keys: Mapping[str, Sequence[str]]) -> dict[str, Table]:
    """Return the tables of an edition; without a primary key, a row is only the same if all of it is."""
    tables: dict[str, Table] = {}
    for resource in read_resources(folder):
        name = resource["name"]
        rows = read_rows(folder / resource["path"])
        tables[name] = {tuple(row[column] for column in keys[name] or row): row for row in rows}
        if len(tables[name]) < len(rows):
            raise ValueError(f"two rows of {name} in {folder} have the same primary key")
    return tables


def read_rows(path: Path) -> list[Row]:
    """Return the rows of a CSV file."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def compare_tables(old: Table, new: Table) -> list[Change]:
    """Return the rows that differ; their order does not matter."""
    return [Change(key, old.get(key, {}), new.get(key, {})) for key in new | old if old.get(key) != new.get(key)]


def is_lost(table: str, change: Change) -> bool:
    """Return whether this row says what was printed, or where, and did not stay as it was."""
    return bool(change.old) and (table == "sources" or "released" in change.old)


def read_figures(catalogue: Catalogue) -> Table:
    """Return the current value of each period, printed or worked out."""
    with tempfile.TemporaryDirectory() as folder:
        rows = read_rows(catalogue.export("all", Path(folder, "figures.csv"), format="csv"))
    return {
        tuple(row[column] for column in FIGURE): {column: row[column] for column in FIGURE + FIELDS} for row in rows
    }


def compare_contexts(old: Catalogue, new: Catalogue, figures: list[Key]) -> list[str]:
    """Return what contexts say now that did not; one line tells many periods, as a new one moves many."""
    moves: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for measure, area, period in figures:
        try:
            was, now = (catalogue.context(period, measure=measure, area=area) for catalogue in (old, new))
        except NotComparableError:
            continue  # a row of several years has no others of its kind
        if str(was) != str(now):
            before = describe_context(was)
            for field, value in describe_context(now).items():
                if before[field] != value:
                    moves[f"{measure}, {area}, {field}"][f"{before[field]} → {value}"].append(period)
    lines: list[str] = []
    for name, changes in moves.items():
        told = [f"{change} ({', '.join(periods)})" for change, periods in changes.items()]
        lines.append(f"{name}: {'; '.join(told)}")
    return lines


def describe_context(context: Context) -> Mapping[str, object]:
    """Return what the sentences of a context say, by name."""
    return {field: getattr(context, field) for field in STANDING} | {
        "equal figures": sum(figure == context.figure for figure in context.inputs),
        "previous": context.previous and context.previous.in_words,
        "year_earlier": context.year_earlier and context.year_earlier.in_words,
    }


def read_questions(catalogue: Catalogue) -> dict[str, list[str]]:
    """Return what readers see of each question."""
    return {
        entry.id: [entry.question, entry.summary, *(statement for statement, _ in entry.citations), *entry.limits]
        for entry in catalogue.faq()
    }


def read_claims(catalogue: Catalogue) -> dict[str, list[str]]:
    """Return what readers see of each claim."""
    return {claim.id: [claim.statement, claim.verdict, claim.explanation] for claim in catalogue.claims()}


def compare_texts(old: dict[str, list[str]], new: dict[str, list[str]]) -> list[str]:
    """Return the names of the texts that differ, each with its lines that went and came."""
    lines: list[str] = []
    for name in new | old:
        differences = [line for line in difflib.ndiff(old.get(name, []), new.get(name, [])) if line[0] in "-+"]
        lines += [name, *(f"  {line}" for line in differences)] if differences else []
    return lines


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the report, and return 1 if it has problems."""
    parser = argparse.ArgumentParser(
        description=__doc__,
        epilog="Exits with 1 if a printed row was changed or removed or the version was not raised, "
        "and with 2 if an edition cannot be read.",
    )
    parser.add_argument("old", metavar="OLD", type=Path, help="the Data Package folder of the old edition")
    parser.add_argument("new", metavar="NEW", type=Path, help="the Data Package folder of the new edition")
    options = parser.parse_args(arguments)
    try:
        report = compare_editions(options.old, options.new)
    except (DefectorStatsError, ValueError) as error:
        parser.error(str(error))
    for title, lines in report.items():
        if lines:
            print(title, *(f"  {line}" for line in lines), "", sep="\n")
    if not any(report.values()):
        print("Nothing differs.")
    return 1 if report["Problems"] else 0


if __name__ == "__main__":
    sys.exit(main())
