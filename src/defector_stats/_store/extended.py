"""Figures given from Python, as rows of the tables."""

from __future__ import annotations

from defector_stats._model.period import Period
from defector_stats._model.records import Source
from defector_stats._store.history import COLUMNS, MEASURE, VALUE
from defector_stats._store.rules import check, hidden
from defector_stats._store.schema import columns
from defector_stats._store.tables import Tables
from defector_stats.errors import DataError, InvalidPeriodError, InvalidValueError, kind_of, short_repr

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from typing import Any

    from defector_stats._store.history import Row

_NEEDED = ("period", "value", "released", "sources")


def extended(tables: Tables, figures: Iterable[Mapping[str, object]]) -> Tables:
    """Return tables with more figures; `Catalogue.extended` tells what is raised."""
    added = _rows_of(figures, tables)
    every = tables.everything()
    check(every, added=added)
    for name, rows in added.items():
        every[name] += rows
    # What the log has now is no alternative any longer.
    printed = {tuple(row[: VALUE + 1]) for rows in added.values() for row in rows}
    every["alternatives"] = [row for row in every["alternatives"] if tuple(row[: VALUE + 1]) not in printed]
    return Tables(every, tables.descriptor)


def _rows_of(figures: Iterable[Mapping[str, object]], tables: Tables) -> dict[str, list[Row]]:
    """Return the new rows of each measure, and those of the sources that were given as records."""
    found: dict[str, list[Row]] = {}
    areas = {cells["id"]: cells["areas"].split() for cells in tables.cells("measures")}
    sources: dict[str, Row] = {cells["key"]: list(cells.values()) for cells in tables.cells("sources")}
    old = set(sources)
    several = _several(figures)
    if several is None:
        raise InvalidValueError(figures, "several figures, each of them a mapping")
    for line, figure in enumerate(several, start=1):
        row = _row(figure, line, sources, areas)
        found.setdefault(row[MEASURE], []).append(row)
    return found | {"sources": [row for key, row in sources.items() if key not in old]}


def _several(things: Any) -> Iterable[Any] | None:
    """Return an iterator over several things, or ``None`` for what is not several."""
    try:
        several: Iterable[Any] = iter(things)
    except Exception:  # noqa: BLE001, whatever it says of itself, it is not several
        return None
    return several


def _row(figure: Mapping[str, object], line: int, sources: dict[str, Row], areas: Mapping[str, list[str]]) -> Row:
    if not hasattr(type(figure), "keys"):
        raise DataError(f"a figure is a mapping, not {kind_of(figure)}", line=line)
    for name in figure:
        if not _is_column(name):
            raise DataError("the name is not known here", line=line, column=_text(name, line, "name"))
    for name in _NEEDED:
        if name not in figure:
            raise DataError("the name is missing", line=line, column=name)
    values: dict[str, Any] = {"measure": "arrivals", "status": "normal", **figure}
    measure = _text(values["measure"], line, "measure")
    if measure not in areas:
        raise DataError(f"{short_repr(measure)} is not in the table of measures", line=line, column="measure")
    of_measure = areas[measure]
    if "area" not in values and len(of_measure) > 1:
        raise DataError("the measure has several areas, so one must be given", line=line, column="area")
    values.setdefault("area", "".join(of_measure))
    try:
        values["period"] = Period.parse(values["period"])
    except InvalidPeriodError as error:
        raise DataError(str(error).removesuffix("."), line=line, column="period") from None
    values["sources"] = _keys(values["sources"], sources, line)
    return _fields({name: _text(values.get(name), line, name) for name in COLUMNS}, line)


def _is_column(name: object) -> bool:
    return isinstance(name, str) and name in COLUMNS


def _text(value: object, line: int | None, column: str) -> str:
    """Return the value as it stands in a file; ``None`` is an empty field."""
    try:
        return "" if value is None else str(value)
    except Exception:  # noqa: BLE001, thousands of digits, lists in lists without end, or what it says of itself
        raise DataError(f"{short_repr(value)} cannot be written out", line=line, column=column) from None


def _fields(texts: Mapping[str, str], line: int | None = None) -> Row:
    """Return the texts, if each fits on a line of a file."""
    for name, text in texts.items():
        if found := hidden(text):
            raise DataError(f"the text holds {found}, which no file may hold", line=line, column=name)
    return list(texts.values())


def _keys(given: Any, sources: dict[str, Row], line: int) -> str:
    """Return the keys of sources given as text, as one record, or as several of either; add records to the rows."""
    several = (given,) if isinstance(given, (str, Source)) else _several(given)
    if several is None:
        raise DataError(f"{short_repr(given)} is neither a source nor several", line=line, column="sources")
    keys: list[str] = []
    for source in several:
        key = _text(source.key if isinstance(source, Source) else source, line, "sources")
        if isinstance(source, Source):
            row = _fields({column: _text(getattr(source, column), line, column) for column in columns("sources")}, line)
            if sources.setdefault(key, row) != row:
                raise DataError(f"another source has the key {short_repr(key)}", line=line, column="sources")
        keys.append(key)
    return " ".join(keys)
