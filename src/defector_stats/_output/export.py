"""Export datasets as CSV, JSON, SDMX-CSV and JSON-LD files, and as Data Package folders."""

from __future__ import annotations

import csv
import io
import json
import operator

from defector_stats._model.plain import plain
from defector_stats._model.sequences import column_type
from defector_stats._model.vocabulary import FORMATS
from defector_stats._output.dataset import dataset
from defector_stats._output.files import write_file, write_folder
from defector_stats._output.markup import dataset_jsonld
from defector_stats._output.sdmx import COLUMNS, observations
from defector_stats._store.schema import columns
from defector_stats._store.schema import tables as known_tables
from defector_stats._store.tables import DESCRIPTOR
from defector_stats.errors import unknown_name_error

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
_TYPES = {"count": "integer", "day": "date", "share": "number"}
_SOURCES = "sources"
# What a resource may say of the file that was read, and not of the one that is written.
_OF_A_FILE = ("dialect", "bytes", "hash")


def export(ledger: Ledger, what: object, path: str | os.PathLike[str], form: object, *, overwrite: bool) -> Path:
    """Write figures to a file or a folder; the arguments and errors are those of `Catalogue.export`."""
    if not isinstance(form, str) or form not in FORMATS:
        raise unknown_name_error("format", form, FORMATS)
    content = dataset(ledger, what)
    if form == DATA_PACKAGE:
        return write_folder(path, package_bytes(content, ledger.tables), overwrite=overwrite)
    return write_file(path, file_bytes(content, form), overwrite=overwrite)


def file_bytes(dataset: Dataset, form: str) -> bytes:
    """Return a dataset as the content of one file."""
    return _WRITERS[form](dataset).encode()


def package_bytes(dataset: Dataset, tables: Tables) -> dict[str, bytes]:
    """Return a dataset as the files of a Data Package, by name.

    The whole catalogue, or what it holds about a measure, can be read back as a catalogue;
    anything else is a table of rows with a table of the sources that they cite.
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
    # A CSV file has no place for what is said of all rows, so each row says it.
    shared = [dataset.edition, dataset.as_of]
    rows = ([*row.values(), dataset.citations(row["sources"]), dataset.credit(row), *shared] for row in dataset.rows)
    return csv_text([*dataset.columns, "citations", "attribution", "edition", "as_of"], rows)


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


def _write_jsonld(dataset: Dataset) -> str:
    return _json(dataset_jsonld(dataset))


_WRITERS: dict[str, Callable[[Dataset], str]] = {
    "csv": _write_csv,
    "json": _write_json,
    "sdmx-csv": _write_sdmx,
    "jsonld": _write_jsonld,
}


def _cut(dataset: Dataset, tables: Tables) -> tuple[dict[str, Any], dict[str, tuple[Iterable[str], list[Row]]]]:
    """Return the descriptor and the tables of a catalogue, whole or cut down to some measures."""
    rows = tables.everything()
    descriptor = dict(tables.descriptor)
    if {measure for measure, *_ in rows["measures"]} != {*(dataset.measures or ())}:
        rows = _about(rows, dataset.measures or ())
        descriptor |= {"name": dataset.name, "title": dataset.title, "description": dataset.description}
        for entry, some in (("licenses", dataset.licences), ("sources", dataset.publishers)):
            descriptor.pop(entry, None)
            if some:  # the profile allows no empty list
                descriptor[entry] = list(some)
    described = {resource["name"]: _rewritten(resource) for resource in descriptor["resources"]}
    names = [name for name in described if name in rows]
    descriptor["resources"] = [described[name] for name in names]
    return descriptor, {name: (columns(name), rows[name]) for name in names}


def _rewritten(resource: Mapping[str, Any]) -> dict[str, Any]:
    """Return the description of a table whose file is written anew."""
    kept = {key: value for key, value in resource.items() if key not in _OF_A_FILE}
    return kept | {"path": f"{resource['name']}.csv"}


def _about(rows: Mapping[str, list[Row]], measures: Iterable[str]) -> dict[str, list[Row]]:
    """Return the rows about some measures, and the areas and sources that they name."""
    wanted = set(measures)
    kept = {name: rows[name] for name in wanted}
    for name in known_tables():
        if columns(name)[:1] == ("measure",):
            kept[name] = _select(rows[name], wanted)
    # What to ask for instead may be a measure that is not kept.
    kept["excluded-areas"] = [[*row[:-1], ""] for row in kept["excluded-areas"]]
    described = _select(rows["measures"], wanted)
    places = {*_words("measures", described, "areas"), *_words("excluded-areas", kept["excluded-areas"], "area")}
    cited = {
        key
        for name, table in kept.items()
        for column in {"source", "sources"}.intersection(columns(name))
        for key in _words(name, table, column)
    }
    return kept | {
        "measures": described,
        "areas": _select(rows["areas"], places),
        "sources": _select(rows["sources"], cited),
    }


def _select(rows: Iterable[Row], keys: Collection[str]) -> list[Row]:
    """Return the rows that begin with one of some keys."""
    return [row for row in rows if operator.itemgetter(0)(row) in keys]


def _words(name: str, rows: Iterable[Row], column: str) -> Iterator[str]:
    """List the words in one column of a table."""
    index = columns(name).index(column)
    return (word for row in rows for word in row[index].split())


def _table(dataset: Dataset) -> tuple[dict[str, Any], dict[str, tuple[Iterable[str], list[Any]]]]:
    """Return the descriptor and the tables of rows that are no catalogue: the rows, and the sources that they cite."""
    header = columns(_SOURCES)
    contents: dict[str, tuple[Iterable[str], list[Any]]] = {
        dataset.name: (dataset.columns, [row.values() for row in dataset.rows]),
        _SOURCES: (header, [plain(source, *header).values() for source in dataset.sources]),
    }
    descriptor = {
        "$schema": f"{_PROFILE}/datapackage.json",
        "name": dataset.name,
        "title": dataset.title,
        "description": f"{dataset.description} {' '.join(dataset.attribution)}",
        "version": dataset.edition,
        "licenses": list(dataset.licences),
        "resources": [
            {
                "name": name,
                "type": "table",
                "path": f"{name}.csv",
                "format": "csv",
                "mediatype": "text/csv",
                "encoding": "utf-8",
                "schema": {
                    "fields": [{"name": column, "type": _TYPES.get(column_type(column), "string")} for column in names],
                    "missingValues": [""],
                },
            }
            for name, (names, _) in contents.items()
        ],
    }
    return descriptor, contents


def _json(content: dict[str, Any]) -> str:
    return json.dumps(content, ensure_ascii=False, indent=2) + "\n"
