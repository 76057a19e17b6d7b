"""The files of a catalogue, each read once, as rows of text and as records."""

from __future__ import annotations

import csv
import functools
import os

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path
    from typing import Any

    from defector_stats._model.records import Alternative, Area, Break, Gap, Measure, Source
    from defector_stats._store.history import Row

# The cells of a row, by the names of their columns.
Cells = dict[str, str]
DESCRIPTOR = "datapackage.json"

REQUIRED = ("measures", "areas", "sources")

# Without pathlib, whose import takes as long as the answer.
FOLDER = os.path.join(os.path.dirname(os.path.dirname(__file__)), "data")  # noqa: PTH118, PTH120


class Tables:
    """The files of one catalogue, without their headers.

    A missing table is read from the package if the catalogue is the bundled one; otherwise it is empty.
    A catalogue never changes, so everything read or made from it is kept.
    """

    def __init__(
        self,
        rows: dict[str, list[Row]] | None = None,
        descriptor: dict[str, Any] | None = None,
        folder: Path | None = None,
    ) -> None:
        self._bundled = rows is None
        self._folder = folder
        self._rows: dict[str, list[Row]] = rows or {}
        self._descriptor = descriptor
        self._headers: dict[str, Row] = {}
        self._cells: dict[str, list[Cells]] = {}
        self._sources: dict[str, tuple[tuple[bool, str, str], Source]] = {}
        self._indexes: dict[tuple[str, int], dict[tuple[str, ...], list[Cells]]] = {}

    def __reduce__(self) -> tuple[type[Tables], tuple[object, ...]]:
        return Tables, () if self._bundled else (self._rows, self._descriptor, self._folder)

    def rows(self, name: str) -> list[Row]:
        """Return the rows of one table as in the file."""
        if name not in self._rows and self._bundled:
            self._headers[name], *rows = csv.reader(_lines(name))
            self._rows[name] = [*rows]
        return self._rows.get(name, [])

    def cells(self, name: str) -> list[Cells]:
        """Return the rows of one table, each as a dictionary by column name."""
        if name not in self._cells:
            rows = self.rows(name)
            names = self._columns(name)
            self._cells[name] = [dict(zip(names, row, strict=True)) for row in rows]
        return self._cells[name]

    def about(self, name: str, *key: str) -> list[Cells]:
        """Return the rows of one table whose first cells are these, in order."""
        if (name, len(key)) not in self._indexes:
            index: dict[tuple[str, ...], list[Cells]] = {}
            for cells in self.cells(name):
                index.setdefault(tuple(cells.values())[: len(key)], []).append(cells)
            # Kept when it is whole, since other threads may read it.
            self._indexes[name, len(key)] = index
        return self._indexes[name, len(key)].get(key, [])

    def lines(self, name: str) -> Sequence[str | Row]:
        """Return the rows of a log, or its unparsed lines, which the log parses on demand."""
        return _lines(name)[1:] if self._bundled else self.rows(name)

    def everything(self) -> dict[str, list[Row]]:
        """Return all tables as a new dictionary of new lists."""
        from defector_stats._store.schema import tables

        names = [*tables(), *(measure for measure, *_ in self.rows("measures"))]
        return {name: list(self.rows(name)) for name in names}

    @functools.cached_property
    def measures(self) -> dict[str, Measure]:
        """The measures by id, in the order of the table."""
        from defector_stats._model.records import Measure

        found: dict[str, Measure] = {}
        for cells in self.cells("measures"):
            lists = {column: tuple(cells[column].split()) for column in ("areas", "frequencies")}
            fields: dict[str, Any] = {**cells, **lists, "url": cells["url"] or None}
            title_ko = self.korean_title(cells["id"])
            found[cells["id"]] = Measure(**fields, title_ko=title_ko, breaks=self._breaks(cells["id"]))
        return found

    def korean_title(self, of: str) -> str | None:
        """Return the Korean title of a measure or a dimension; ``None`` if none was found."""
        return next((cells["title_ko"] for cells in self.about("titles", of)), None)

    @functools.cached_property
    def areas(self) -> dict[str, Area]:
        """The areas by code, in the order of the table."""
        from defector_stats._model.records import Area

        return {
            cells["code"]: Area(
                code=cells["code"],
                name=cells["name"],
                in_text=cells["in_text"] or cells["name"],
                aliases=tuple(filter(None, cells["aliases"].split("; "))),
            )
            for cells in self.cells("areas")
        }

    @functools.cached_property
    def sources(self) -> dict[str, Source]:
        """The sources by key, official ones first, then by date."""
        return {source.key: source for source in self.cited(cells["key"] for cells in self.cells("sources"))}

    def cited(self, keys: Iterable[str]) -> tuple[Source, ...]:
        """Return the sources with these keys, without repeats, official ones first, then by date."""
        return tuple(source for _, source in sorted(self._source(key) for key in set(keys)))

    def gaps(self, measure: str, area: str) -> list[Gap]:
        """Return the gaps that the data state; one without an area applies to all areas."""
        from defector_stats._model.period import Period
        from defector_stats._model.records import Gap

        return [
            Gap(period=Period.parse(cells["period"]), reason=cells["reason"], note=cells["note"])
            for cells in self.about("gaps", measure)
            if cells["area"] in {"", area}
        ]

    def alternatives(self, measure: str, area: str, period: str, as_of: str | None) -> tuple[Alternative, ...]:
        """Return the other published values for a period, as of a day (as ISO text) or now."""
        from defector_stats._model.dates import sort_key
        from defector_stats._model.records import Alternative

        return tuple(
            Alternative(
                value=int(cells["value"]),
                male=optional(cells["male"]),
                female=optional(cells["female"]),
                released=cells["released"],
                sources=self.cited(cells["sources"].split()),
                reason=cells["reason"],
            )
            for cells in self.about("alternatives", measure, area, period)
            if as_of is None or sort_key(cells["released"]) <= as_of
        )

    def _breaks(self, measure: str) -> tuple[Break, ...]:
        from defector_stats._model.period import Period
        from defector_stats._model.records import Break

        return tuple(
            Break(
                area=cells["area"],
                period=Period.parse(cells["period"]),
                note=cells["note"],
                sources=self.cited(cells["sources"].split()),
            )
            for cells in self.about("series-breaks", measure)
        )

    def _columns(self, name: str) -> Sequence[str]:
        """Return the columns of a table, from its header in a bundled file, which is faster than the schema."""
        if name in self._headers:
            return self._headers[name]
        from defector_stats._store.schema import columns

        return columns(name)

    def _source(self, key: str) -> tuple[tuple[bool, str, str], Source]:
        """Return a source after what it is sorted by; made when it is first cited, since most answers cite a few."""
        if key not in self._sources:
            from defector_stats._model.dates import sort_key
            from defector_stats._model.records import Source

            (cells,) = self.about("sources", key)
            fields: dict[str, Any] = {**cells, "url": cells["url"] or None}
            rank = (cells["kind"] != "official", sort_key(cells["published"]), key)
            self._sources.setdefault(key, (rank, Source(**fields)))
        return self._sources[key]

    @property
    def descriptor(self) -> dict[str, Any]:
        """The Data Package descriptor."""
        return bundled_descriptor() if self._descriptor is None else self._descriptor

    @property
    def edition(self) -> str:
        """The edition of the figures."""
        return str(self.descriptor["version"])

    @property
    def folder(self) -> Path:
        """The folder of the files.

        Raises:
            FileNotFoundError: If there is no folder.
        """
        from pathlib import Path

        folder = Path(FOLDER) if self._bundled else self._folder
        if folder is None or not folder.is_dir():
            msg = "this catalogue was not read from a folder of files"
            raise FileNotFoundError(msg)
        return folder


def optional(text: str) -> int | None:
    """Return text as a number; ``None`` if it is empty."""
    return int(text) if text else None


@functools.cache
def bundled_descriptor() -> dict[str, Any]:
    """Return the descriptor of the bundled figures, which is the schema of all catalogues."""
    import json

    descriptor: dict[str, Any] = json.loads(_read(DESCRIPTOR))
    return descriptor


def _read(name: str) -> bytes:
    """Return the content of a bundled file."""
    # The loader can also read from zip files, at a fraction of the cost of importlib.resources.
    loader: Any = __spec__.loader
    raw: bytes = loader.get_data(os.path.join(FOLDER, name))  # noqa: PTH118
    return raw


def _lines(name: str) -> list[str]:
    """Return the lines of a bundled table; no field holds a line break."""
    return _read(f"{name}.csv").decode().split("\n")[:-1]
