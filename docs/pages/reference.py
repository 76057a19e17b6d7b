"""The parts of the reference: measures, sources, columns and commands."""

from __future__ import annotations

import argparse
import csv
import json
from typing import TYPE_CHECKING

from defector_stats import areas, data_path, series, sources
from defector_stats.cli import parser

from .markdown import cell, table

if TYPE_CHECKING:
    from typing import Any

    from defector_stats import Measure, Source


def definition(measure: Measure) -> str:
    """Return the section of a measure."""
    names = {area.code: area.name for area in areas()}
    facts = {
        "Unit": measure.unit,
        "Kind": measure.kind,
        "Publisher": measure.publisher,
        "Check it at": f"<{measure.url}>" if measure.url else "No page of the publisher is known.",
        "Areas": ", ".join(f"{names[code]} (`{code}`)" for code in measure.areas),
        "Frequencies": ", ".join(measure.frequencies),
        "Coverage": measure.coverage,
        "Rounding": measure.rounding,
        "Suppression": measure.suppression or "None.",
        "Attribution": measure.attribution,
    }
    lines = [f"(measure-{measure.id})=\n", f"## {measure.id}\n", f"**{measure.title}.** {measure.definition}\n"]
    lines += [f"- {name}: {value}" for name, value in facts.items()]
    lines += [f"- Release, {each['period'].replace('-', ' ')}: {each['note']}" for each in _releases(measure.id)]
    lines += [f"- Change of method, {names[each.area]}, {each.period}: {each.note}" for each in measure.breaks]
    return "\n".join(lines) + "\n"


def _releases(measure: str) -> list[dict[str, str]]:
    """Return what the calendar of releases says of a measure."""
    with (data_path() / "release-calendar.csv").open(encoding="utf-8", newline="") as file:
        return [row for row in csv.DictReader(file) if row["measure"] == measure]


def bibliography() -> str:
    """Return every source, by publisher."""
    ordered = sorted(sources(), key=lambda source: (source.publisher.casefold(), source.published, source.key))
    header = ("key", "publisher", "title", "published", "kind", "licence", "via", "note")
    return table(header, [_source(source) for source in ordered])


def _source(source: Source) -> tuple[str, ...]:
    title = f"[{cell(source.title)}](<{source.url}>)" if source.url else cell(source.title)
    words = (source.licence, source.via, source.note)
    return f"`{source.key}`", cell(source.publisher), title, source.published, source.kind, *map(cell, words)


def origins() -> str:
    """Return a table of the sources of each year's arrivals, and of how many do not copy each other."""
    with (data_path() / "arrivals.csv").open(encoding="utf-8", newline="") as file:
        printed = list(csv.DictReader(file))
    by_key = {source.key: source for source in sources()}
    rows = []
    for figure in series():
        current = {"period": str(figure.period), "value": str(figure.value), "male": str(figure.male)}
        split = {key for row in printed if current.items() <= row.items() for key in row["sources"].split()}
        rows.append(
            (
                str(figure.period),
                f"{figure:,}",
                str(len(figure.sources)),
                str(figure.provenance.origins),
                str(len(split)),
                str(len({by_key[key].origin or key for key in split})),
            )
        )
    return table(("year", "total", "its sources", "origins", "sources of the sexes", "origins"), rows)


def dictionary() -> str:
    """Return every table and column, as the descriptor of the data has them."""
    parts: list[str] = []
    described: dict[str, str] = {}
    for resource in json.loads((data_path() / "datapackage.json").read_text(encoding="utf-8"))["resources"]:
        columns = _columns(resource["schema"])
        parts.append(f"## {resource['path']}\n\n{resource['description']}\n")
        if columns in described:
            parts.append(f"The columns and keys are those of `{described[columns]}`.\n")
        else:
            described[columns] = resource["path"]
            parts.append(columns)
    return "\n".join(parts)


def _columns(schema: dict[str, Any]) -> str:
    """Return a table of columns, and the keys below it."""
    rows = [
        (f"`{field['name']}`", field["type"], _rule(field.get("constraints", {})), cell(field["description"]))
        for field in schema["fields"]
    ]
    keys = [("Primary key", schema.get("primaryKey", []))]
    keys += [
        (f"Points to `{key['reference']['resource']}.csv`", key["fields"]) for key in schema.get("foreignKeys", [])
    ]
    lines = [f"- {name}: {', '.join(f'`{each}`' for each in fields)}" for name, fields in keys if fields]
    return "\n".join([table(("column", "type", "rule", "what it holds"), rows), *lines]) + "\n"


def _rule(constraints: dict[str, object]) -> str:
    """Return the constraints of a column in words."""
    words: list[str] = []
    for name, value in constraints.items():
        if isinstance(value, bool):
            words.append(name)
        elif isinstance(value, list):
            words.append("one of " + ", ".join(f"`{each}`" for each in value))
        else:
            # A bar would end the cell, even in code.
            words.append(f"{name} `{str(value).replace('|', chr(92) + '|')}`")
    return "; ".join(words)


def commands() -> str:
    """Return the help texts of the command line."""
    whole = parser()
    (commands,) = [action for action in whole._actions if isinstance(action, argparse._SubParsersAction)]  # noqa: SLF001
    each = {f"### {name}": one.format_help() for name, one in commands.choices.items()}
    return "\n".join(f"{title}\n\n```text\n{text}```\n" for title, text in {"": whole.format_help(), **each}.items())
