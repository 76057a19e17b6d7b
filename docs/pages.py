"""The parts of the pages that are written anew at each build, from what the library gives."""

from __future__ import annotations

import argparse
import csv
import json
import re
import shutil
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import by_year
import measured

from defector_stats import (
    Breakdown,
    Estimates,
    Faq,
    Revisions,
    TimeSeries,
    areas,
    breakdown,
    claims,
    data_path,
    estimates,
    export,
    faq,
    glossary,
    measures,
    revisions,
    series,
    sources,
)
from defector_stats._output.cells import cells
from defector_stats.cli import parser

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from typing import Any

    from defector_stats import Measure, Source

GENERATED = Path(__file__).with_name("_generated")

# What the site offers beside its pages.
DOWNLOADS = GENERATED / "site" / "downloads"

# The page of figures: what is drawn, under which heading, in the order of the page.
FIGURES = {
    "Arrivals in South Korea": {
        "By year": series(),
        "By half-year": series(frequency="half"),
        "By quarter": series(frequency="quarter"),
        "All arrivals so far": series(frequency="running-total"),
    },
    "Who the people are": {
        f"By {dimension}": breakdown(dimension) for dimension in ("age", "occupation", "province", "education")
    }
    | {"Where they live in the South": breakdown("residence")},
    "Other countries": {
        "Refugees, all countries that report them": series("refugees", area="WLD"),
        "Pending claims for asylum, all countries that report them": series("asylum-seekers", area="WLD"),
        "New applications for asylum, all countries that report them": series("asylum-applications", area="WLD"),
        "Admissions to the United States": series("us-refugee-admissions", frequency="fiscal-year"),
        "Applications in the United Kingdom, main applicants": series("uk-asylum-applications"),
        "Arrests in Thailand, on the way": series("thailand-arrests"),
    },
    "Back to the North": {"Confirmed re-entries": series("re-entries")},
    "Estimates": {
        "People who live in China": estimates("in-china"),
        "Children in China": estimates("children-in-china"),
        "People held in China": estimates("detained-in-china"),
        "Forced returns": estimates("forced-returns"),
        "Departures": estimates("departures"),
    },
}

# Pictures on other pages.
PICTURES = {
    "index": series(),
    "start": series(start=2015),
    "revisions-2009": revisions(2009),
    "revisions-2025": revisions(2025),
    "estimates-in-china": estimates("in-china"),
}

# What is set to the right: numbers, with a share or a gap among them.
_COUNT = re.compile(r"[\d,.%−]*")


def write() -> None:
    """Write every part into its folder."""
    shutil.rmtree(GENERATED, ignore_errors=True)
    GENERATED.mkdir()
    as_of = series(start=2005, end=2011, as_of="2012-01-31")
    parts = {
        "questions": _questions(),
        "claims": claims().markdown(),
        "words": glossary().markdown(),
        "measures": "\n".join(map(_measure, measures())),
        "sources": _sources(),
        "origins": _origins(),
        "dictionary": _dictionary(),
        "commands": _commands(),
        "files": _files(),
        "figures": _figures(),
        **{name: _rows(*table) for name, table in measured.costs().items()},
        "as-of": _picture("as-of", series(start=2005, end=2011), as_of),
        **{name: _picture(name, thing) for name, thing in PICTURES.items()},
    }
    for name, text in parts.items():
        (GENERATED / f"{name}.md").write_text(text, encoding="utf-8")


def described() -> dict[str, Any]:
    """Return the figures as a schema.org Dataset."""
    with tempfile.TemporaryDirectory() as folder:
        return json.loads(export("all", f"{folder}/all.jsonld", format="jsonld").read_text(encoding="utf-8"))


def _files() -> str:
    """Put the files of the data and an archive of them in place, and list them as their README does."""
    folder = Path(shutil.copytree(data_path(), DOWNLOADS / "data"))
    shutil.make_archive(str(DOWNLOADS / "defector-stats-data"), "zip", folder)
    by_year.write(DOWNLOADS / by_year.NAME)
    _, _, files = (folder / "README.md").read_text(encoding="utf-8").partition("## The files\n")
    table = files.partition("\n## ")[0]
    return re.sub(r"^\| `(.+?)`", r'| <a href="../downloads/data/\1">`\1`</a>', table, flags=re.MULTILINE).lstrip()


def _questions() -> str:
    """Every question, with a name to point to."""
    return "\n".join(f"(question-{entry.id})=\n\n{Faq(rows=(entry,)).markdown()}" for entry in faq())


def _releases(measure: str) -> list[dict[str, str]]:
    """Return what the calendar of releases says of a measure."""
    with (data_path() / "release-calendar.csv").open(encoding="utf-8", newline="") as file:
        return [row for row in csv.DictReader(file) if row["measure"] == measure]


def _measure(measure: Measure) -> str:
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


def _sources() -> str:
    """Every source, by publisher."""
    ordered = sorted(sources(), key=lambda source: (source.publisher.casefold(), source.published, source.key))
    header = ("key", "publisher", "title", "published", "kind", "licence", "via", "note")
    return _rows(header, [_source(source) for source in ordered])


def _source(source: Source) -> tuple[str, ...]:
    title = f"[{_cell(source.title)}](<{source.url}>)" if source.url else _cell(source.title)
    words = (source.licence, source.via, source.note)
    return f"`{source.key}`", _cell(source.publisher), title, source.published, source.kind, *map(_cell, words)


def _origins() -> str:
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
    return _rows(("year", "total", "its sources", "origins", "sources of the sexes", "origins"), rows)


def _dictionary() -> str:
    """Every table and column, as the descriptor of the data has them."""
    parts: list[str] = []
    described: dict[str, str] = {}
    for table in json.loads((data_path() / "datapackage.json").read_text(encoding="utf-8"))["resources"]:
        columns = _columns(table["schema"])
        parts.append(f"## {table['path']}\n\n{table['description']}\n")
        if columns in described:
            parts.append(f"The columns and keys are those of `{described[columns]}`.\n")
        else:
            described[columns] = table["path"]
            parts.append(columns)
    return "\n".join(parts)


def _columns(schema: dict[str, Any]) -> str:
    """Return a table of columns, and the keys below it."""
    rows = [
        (f"`{field['name']}`", field["type"], _rule(field.get("constraints", {})), _cell(field["description"]))
        for field in schema["fields"]
    ]
    keys = [("Primary key", schema.get("primaryKey", []))]
    keys += [
        (f"Points to `{key['reference']['resource']}.csv`", key["fields"]) for key in schema.get("foreignKeys", [])
    ]
    lines = [f"- {name}: {', '.join(f'`{each}`' for each in fields)}" for name, fields in keys if fields]
    return "\n".join([_rows(("column", "type", "rule", "what it holds"), rows), *lines]) + "\n"


def _rule(constraints: dict[str, object]) -> str:
    """Say the constraints of a column in words."""
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


def _commands() -> str:
    """Return the help texts of the command line."""
    whole = parser()
    (commands,) = [action for action in whole._actions if isinstance(action, argparse._SubParsersAction)]  # noqa: SLF001
    each = {f"### {name}": one.format_help() for name, one in commands.choices.items()}
    return "\n".join(f"{title}\n\n```text\n{text}```\n" for title, text in {"": whole.format_help(), **each}.items())


def _figures() -> str:
    """Every chart with its text and its table."""
    parts: list[str] = []
    for section, things in FIGURES.items():
        parts.append(f"## {section}\n")
        for place, (title, thing) in enumerate(things.items()):
            name = f"{section}-{place}".casefold().replace(" ", "-")
            parts += [f"### {title}\n", _picture(name, thing), thing.plot().alt + "\n", _table(thing)]
    return "\n".join(parts)


def _picture(name: str, thing: TimeSeries | Breakdown | Estimates | Revisions, *vintages: TimeSeries) -> str:
    """Draw, and give the Markdown that shows it."""
    chart = thing.plot(*vintages) if isinstance(thing, TimeSeries) else thing.plot()
    path = chart.save(GENERATED / f"{name}.svg", overwrite=True)
    return f"![{_cell(chart.alt)}]({path.name})\n"


def _table(thing: TimeSeries | Breakdown | Estimates | Revisions) -> str:
    """Return the figures of a chart, folded away until they are wanted."""
    header, rows = cells(thing)
    table = _rows(header, [[_cell(text) for text in row] for row in rows])
    return f"<details><summary>The figures as a table</summary>\n\n{table}\n</details>\n"


def _rows(header: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    found = list(rows)
    columns = list(zip(*found, strict=True))[1:]
    marks = ["---:" if all(map(_COUNT.fullmatch, column)) else "---" for column in columns]
    lines = [header, ["---", *marks], *found]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines) + "\n"


def _cell(text: str) -> str:
    """Text that stays within its cell."""
    return " ".join(text.split()).replace("|", "\\|").replace("[", "\\[").replace("]", "\\]")
