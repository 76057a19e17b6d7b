"""Export of datasets as CSV, JSON, SDMX and JSON-LD files, and as Data Package folders."""

from __future__ import annotations

import codecs
import csv
import io
import json
import operator
from typing import cast

from defector_stats._model.paths import as_path
from defector_stats._model.plain import plain
from defector_stats._model.sequences import column_type
from defector_stats._model.vocabulary import ENCODINGS, FORMATS
from defector_stats._output.dataset import ABOUT, LOG, dataset
from defector_stats._output.files import write_file, write_folder
from defector_stats._output.markup import dataset_jsonld, jsonld
from defector_stats._output.sdmx import COLUMNS, observations, structure
from defector_stats._store.schema import columns, fields, schema
from defector_stats._store.schema import tables as known_tables
from defector_stats._store.tables import DESCRIPTOR
from defector_stats.errors import InvalidValueError, unknown_name_error

TYPE_CHECKING = False
if TYPE_CHECKING:
    import os
    from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
    from pathlib import Path
    from typing import Any

    from defector_stats._output.dataset import Dataset
    from defector_stats._store.history import Row
    from defector_stats._store.ledger import Ledger
    from defector_stats._store.tables import Tables

DATA_PACKAGE = "datapackage"

_PROFILE = "https://datapackage.org/profiles/2.0"
_TYPES = {"count": "integer", "day": "date", "flag": "boolean", "share": "number"}
_SOURCES, _CITATIONS, _POSITION = "sources", "citations", "position"
_PLAIN, _MARKED = ENCODINGS
_ENDINGS = {".csv": "csv", ".json": "json", ".jsonld": "jsonld"}
# Entries of a resource that describe the file that was read, but not a file that is written.
_OF_A_FILE = ("dialect", "bytes", "hash")
# Descriptions of columns that no file of the catalogue has.
_DESCRIPTIONS = {
    "place": "The name of the area.",
    "frequency": "What kind of period, such as a year, a quarter, a fiscal year, a running total or a span.",
    "year": "The year that holds the period; empty for a span of several.",
    "start_date": "The first day of the period; empty for a running total.",
    "end_date": "The last day of the period.",
    "split_released": "When the split by sex was published; empty without one.",
    "known_from": "The day from which the value counts as known: the last day of released.",
    "last_seen": "When the value was last published.",
    "url": "The address of the first source that has one.",
    "formula": "How the value was calculated from others; empty where it was published.",
    "title_ko": "The title in Korean, as a table of the publisher or a report of one gives it; empty without one.",
    "share": "The share of the total of the table.",
    "computed": "Whether the verdict was calculated from the figures.",
    "summary": "The answer in one sentence.",
    "answer": "The full answer, in Markdown.",
    "limits": "What is contested or unknown about the answer.",
    "source": "The key of a source in sources.csv.",
    _POSITION: "The place of the source among those of the row, from 1.",
}
# Columns that the catalogue describes differently, because its files contain placeholders.
_FILLED_IN = ("summary",)
# The tables that describe further columns; for all other rows, that of the measures.
_RELATED = {"breakdowns": "categories", "claims": "claim-verdicts"}
# Separated by spaces, as in the catalogue; other lists have semicolons.
_SPACED = ("topics", "areas", "frequencies")


def export(
    ledger: Ledger, what: object, path: str | os.PathLike[str], form: object, *, overwrite: bool, encoding: object
) -> Path:
    """Write figures to a file or a folder; see `Catalogue.export` for the arguments and errors."""
    given = as_path(path)
    if form is None:
        form = _told_by(given)
    if not isinstance(form, str) or form not in FORMATS:
        raise unknown_name_error("format", form, FORMATS)
    if not isinstance(encoding, str) or encoding not in ENCODINGS:
        raise unknown_name_error("encoding", encoding, ENCODINGS)
    if encoding == _MARKED and form != "csv":
        raise InvalidValueError(
            encoding, f"{_PLAIN!r} for the format {form!r} (Excel looks for the mark in CSV files alone)"
        )
    content = dataset(ledger, what)
    if form == DATA_PACKAGE:
        return write_folder(path, package_bytes(content, ledger.tables), overwrite=overwrite)
    mark = codecs.BOM_UTF8 if encoding == _MARKED else b""
    return write_file(path, mark + file_bytes(content, form, given.stem), overwrite=overwrite)


def _told_by(path: Path) -> str:
    """Return the format for the ending of a path.

    Raises:
        InvalidValueError: If the ending stands for no format.
    """
    form = _ENDINGS.get(path.suffix.lower())
    if form is None and (path.is_dir() or not path.suffix):
        form = DATA_PACKAGE
    if form is None:
        expected = f"a folder, a path that ends in {', '.join(_ENDINGS)}, or the format ({', '.join(FORMATS)})"
        raise InvalidValueError(str(path), expected)
    return form


def file_bytes(dataset: Dataset, form: str, stem: str = "") -> bytes:
    """Return a dataset as the content of one file.

    Args:
        dataset: The dataset.
        form: The format.
        stem: The name of the file without its ending; empty for standard output.

    Raises:
        InvalidValueError: If the rows cannot be written in this format.
    """
    dataset.require(form)
    if form == "jsonld":
        return _write_jsonld(dataset, stem or dataset.name).encode()
    return _WRITERS[form](dataset).encode()


def package_bytes(dataset: Dataset, tables: Tables) -> dict[str, bytes]:
    """Return a dataset as the files of a Data Package, by name.

    The whole catalogue, or a measure of it, can be read back as a catalogue;
    anything else is a table of rows with a table of their sources.
    """
    descriptor, rows = _table(dataset) if dataset.measures is None else _cut(dataset, tables)
    files = {f"{name}.csv": csv_text(*table).encode() for name, table in rows.items()}
    return {DESCRIPTOR: _json(descriptor).encode(), **files}


def csv_text(header: Iterable[str], rows: Iterable[Iterable[Any]]) -> str:
    """Return a table as CSV; lines end with a line feed alone, on every system."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(header)
    writer.writerows(rows)
    return text.getvalue()


def _write_csv(dataset: Dataset) -> str:
    # A CSV file has no metadata, so each row repeats what applies to all.
    more: dict[str, Callable[[Mapping[str, Any]], str | None]] = {
        "attribution": dataset.credit,
        "edition": lambda _: dataset.edition,
        "as_of": lambda _: dataset.as_of,
    }
    if _SOURCES in dataset.columns:
        more = {_CITATIONS: lambda row: dataset.citations(row[_SOURCES]), **more}
    added = {name: say for name, say in more.items() if name not in dataset.columns}
    rows = ([*_cells(dataset, row), *(say(row) for say in added.values())] for row in dataset.rows)
    return csv_text([*dataset.columns, *added], rows)


def _cells(dataset: Dataset, row: Mapping[str, Any]) -> list[Any]:
    """Return a row as cells, with lists as text."""
    return [as_cell(column, row[column]) for column in dataset.columns]


def as_cell(column: str, value: Any) -> Any:
    """Return the value of a column as one cell, with a list as text."""
    return (" " if column in _SPACED else "; ").join(cast("list[str]", value)) if isinstance(value, list) else value


def _write_json(dataset: Dataset) -> str:
    return _json(
        {
            "title": dataset.title,
            "description": dataset.description,
            "edition": dataset.edition,
            "as_of": dataset.as_of,
            "attribution": list(dataset.attribution),
            "rows": list(dataset.rows),
            "gaps": list(dataset.gaps),
            "sources": [plain(source, *columns(_SOURCES)) for source in dataset.sources],
        }
    )


def _write_sdmx(dataset: Dataset) -> str:
    return csv_text(COLUMNS, (row.values() for row in observations(dataset)))


def _write_jsonld(dataset: Dataset, stem: str) -> str:
    return _json(dataset_jsonld(dataset, stem) if dataset.texts is None else jsonld(dataset.texts))


_WRITERS: dict[str, Callable[[Dataset], str]] = {
    "csv": _write_csv,
    "json": _write_json,
    "sdmx-csv": _write_sdmx,
    "sdmx-structure": structure,
}


def _cut(dataset: Dataset, tables: Tables) -> tuple[dict[str, Any], dict[str, tuple[Iterable[str], list[Row]]]]:
    """Return the descriptor and the tables of a catalogue, complete or reduced to some measures."""
    rows = tables.everything()
    descriptor = dict(tables.descriptor)
    if {measure for measure, *_ in rows["measures"]} != {*(dataset.measures or ())}:
        rows = _about(rows, dataset.measures or ())
        descriptor |= {"name": dataset.name, "title": dataset.title, "description": dataset.description}
        for entry, some in (("licenses", dataset.licences), ("sources", dataset.publishers)):
            descriptor.pop(entry, None)
            if some:  # the Data Package profile allows no empty list
                descriptor[entry] = list(some)
    described = {resource["name"]: _rewritten(resource) for resource in descriptor["resources"]}
    names = [name for name in described if name in rows]
    descriptor["resources"] = [described[name] for name in names]
    return descriptor, {name: (columns(name), rows[name]) for name in names}


def _rewritten(resource: Mapping[str, Any]) -> dict[str, Any]:
    """Return the resource of a table without the entries on its old file."""
    kept = {key: value for key, value in resource.items() if key not in _OF_A_FILE}
    return kept | {"path": f"{resource['name']}.csv"}


def _about(rows: Mapping[str, list[Row]], measures: Iterable[str]) -> dict[str, list[Row]]:
    """Return the rows on some measures, with the areas and sources that they refer to."""
    wanted = set(measures)
    kept = {name: rows[name] for name in wanted}
    for name in known_tables():
        if columns(name)[:1] == ("measure",):
            kept[name] = _select(rows[name], wanted)
    kept["titles"] = _select(rows["titles"], wanted)
    # The suggested measure may not be among them.
    kept["excluded-areas"] = [[*row[:-1], ""] for row in kept["excluded-areas"]]
    described = _select(rows["measures"], wanted)
    places = {*_words("measures", described, "areas"), *_words("excluded-areas", kept["excluded-areas"], "area")}
    cited = {
        key
        for name, table in kept.items()
        for column in {"source", "sources"}.intersection(columns(name))
        for key in _words(name, table, column)
    }
    origins = _words("sources", _select(rows["sources"], cited), "origin")
    return kept | {
        "measures": described,
        "areas": _select(rows["areas"], places),
        "sources": _select(rows["sources"], cited.union(origins)),
    }


def _select(rows: Iterable[Row], keys: Collection[str]) -> list[Row]:
    """Return the rows whose first cell is one of some keys."""
    return [row for row in rows if operator.itemgetter(0)(row) in keys]


def _words(name: str, rows: Iterable[Row], column: str) -> Iterator[str]:
    """Yield the words in one column of a table."""
    index = columns(name).index(column)
    return (word for row in rows for word in row[index].split())


def _table(dataset: Dataset) -> tuple[dict[str, Any], dict[str, tuple[Iterable[str], list[Any]]]]:
    """Return the descriptor and the tables of rows that are not a catalogue.

    Further tables list the sources, and which row has which source.
    """
    name, key = dataset.name, dataset.key or schema(dataset.table).primary_key
    contents: dict[str, tuple[Iterable[str], list[Any]]] = {
        name: (dataset.columns, [_cells(dataset, row) for row in dataset.rows])
    }
    resources = [_resource(name, dataset.title, [_field(dataset, column) for column in dataset.columns], key)]
    if _SOURCES in dataset.columns:
        header = columns(_SOURCES)
        contents[_SOURCES] = header, [plain(source, *header).values() for source in dataset.sources]
        contents[_CITATIONS] = (
            [*key, _POSITION, "source"],
            [
                [*(row[column] for column in key), position, source]
                for row in dataset.rows
                for position, source in enumerate(row[_SOURCES].split(), 1)
            ],
        )
        resources += [
            _resource(_SOURCES, "Where the rows were read.", list(fields(_SOURCES).values()), ("key",)),
            _resource(
                _CITATIONS,
                "Which row cites which source, in order.",
                [_field(dataset, column) for column in contents[_CITATIONS][0]],
                (*key, _POSITION),
                (key, name, key),
                (("source",), _SOURCES, ("key",)),
            ),
        ]
    stated = [*dataset.publishers] or [
        {"title": str(source)} | ({"path": source.url} if source.url else {}) for source in dataset.sources
    ]
    descriptor = {
        "$schema": f"{_PROFILE}/datapackage.json",
        "name": name,
        "title": dataset.title,
        "description": " ".join([dataset.description, *dataset.attribution]),
        "version": dataset.edition,
        **{entry: dataset.about[entry] for entry in ABOUT if entry in dataset.about},
        **({"licenses": list(dataset.licences)} if dataset.licences else {}),
        **({"sources": stated} if stated else {}),
        "resources": resources,
    }
    return descriptor, contents


def _resource(
    name: str,
    description: str,
    described: list[dict[str, Any]],
    key: Iterable[str],
    *foreign: tuple[Iterable[str], str, Iterable[str]],
) -> dict[str, Any]:
    """Return the resource of a new table."""
    keys = [{"fields": [*own], "reference": {"resource": to, "fields": [*other]}} for own, to, other in foreign]
    return {
        "$schema": f"{_PROFILE}/dataresource.json",
        "name": name,
        "type": "table",
        "path": f"{name}.csv",
        "description": description,
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": _PLAIN,
        "schema": {
            "$schema": f"{_PROFILE}/tableschema.json",
            "fields": described,
            "missingValues": [""],
            "primaryKey": [*key],
            **({"foreignKeys": keys} if keys else {}),
        },
    }


def _field(dataset: Dataset, column: str) -> dict[str, Any]:
    """Return the description of a column, from the catalogue if one of its files has the column."""
    known: dict[str, Any] = fields(dataset.table).get(column, {})
    if not known or column in _FILLED_IN:
        others = (fields(_RELATED.get(dataset.table, "measures")), fields(LOG))
        described = [{"description": _DESCRIPTIONS[column]}] if column in _DESCRIPTIONS else []
        known = next(iter((*described, *(other[column] for other in others if column in other))))
    kind = _TYPES.get("count" if column == _POSITION else column_type(column), "string")
    # The values of indicators are not whole.
    kind = known["type"] if known.get("type") == "number" else kind
    names = _categories(dataset, column)
    categories = [{"value": value, "label": label} for value, label in names.items()]
    return {**known, "name": column, "type": kind, **({"categories": categories} if names else {})}


def _categories(dataset: Dataset, column: str) -> dict[str, str]:
    """Return the words that occur in a column with their names, if they have names."""
    if column in ("measure", "indicator") or (column == "topic" and dataset.table == "estimates"):
        return {variable.id: variable.title for variable in dataset.variables}
    if column == "area":
        return {row["area"]: row["place"] for row in dataset.rows}
    return {}


def _json(content: dict[str, Any]) -> str:
    return json.dumps(content, ensure_ascii=False, indent=2) + "\n"
