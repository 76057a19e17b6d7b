"""Turn figures that are passed from Python into rows of the tables."""

from __future__ import annotations

from defector_stats._model.period import Period
from defector_stats._model.records import Source
from defector_stats._store.history import AREA, COLUMNS, MEASURE, PERIOD, RELEASED, STATUS, VALUE
from defector_stats._store.rules import check, hidden
from defector_stats._store.schema import columns
from defector_stats._store.tables import Tables
from defector_stats.errors import DataError, InvalidPeriodError, InvalidValueError, kind_of, short_repr

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from typing import Any

    from defector_stats._store.history import Row
    from defector_stats._store.ledger import Ledger

_NEEDED = ("period", "value", "released", "sources")
# What only the records and exports of this library have, and what follows from the rest of them.
_MARK = "start_date"
_FOLLOWING = {
    _MARK, "end_date", "frequency", "year", "place", "kind", "definition", "split_released", "known_from", "last_seen",
    "url", "formula", "inputs", "citations", "attribution", "edition", "as_of",
}  # fmt: skip
# By class: how an answer, or a data frame of polars, pyarrow or pandas, gives its rows.
_METHODS = {"records": (), "to_dicts": (), "to_pylist": (), "to_dict": ("records",)}
# What data frames put where there is no value.
_MISSING = ("nan", "<NA>", "NaT")


def extended(ledger: Ledger, figures: Iterable[Mapping[str, object]]) -> Tables:
    """Return the tables of a catalogue with more figures; see `Catalogue.extended` for the errors."""
    tables = ledger.tables
    added = _rows_of(figures, ledger)
    every = tables.everything()
    check(every, added=added)
    for name, rows in added.items():
        every[name] += rows
    # What the log has now is no alternative any longer.
    printed = {tuple(row[: VALUE + 1]) for rows in added.values() for row in rows}
    every["alternatives"] = [row for row in every["alternatives"] if tuple(row[: VALUE + 1]) not in printed]
    return Tables(every, tables.descriptor)


def _rows_of(figures: Iterable[Mapping[str, object]], ledger: Ledger) -> dict[str, list[Row]]:
    """Return the new rows of each measure, and those of the sources that were given as records."""
    tables = ledger.tables
    found: dict[str, list[Row]] = {}
    areas = {cells["id"]: cells["areas"].split() for cells in tables.cells("measures")}
    sources: dict[str, Row] = {cells["key"]: list(cells.values()) for cells in tables.cells("sources")}
    old = set(sources)
    several = _several(figures)
    if several is None:
        raise InvalidValueError(figures, "several figures, each of them a mapping")
    for line, figure in enumerate(several, start=1):
        row = _row(figure, line, sources, areas)
        # A record of ours may be one of figures that are here already, or were calculated from these.
        if _MARK in figure:
            if row[AREA] in areas[row[MEASURE]] and _is_known(row, ledger):
                continue
            if formula := _text(figure.get("formula"), line, "formula"):
                raise DataError(f"the value was not published but calculated, as {short_repr(formula)}", None, line)
        found.setdefault(row[MEASURE], []).append(row)
    return found | {"sources": [row for key, row in sources.items() if key not in old]}


def _several(things: object) -> Iterable[Any] | None:
    """Return an iterator over a collection or the rows of a table; ``None`` for anything else."""
    try:
        method = next((name for name in _METHODS if hasattr(type(things), name)), None)
        rows: Any = things if method is None else getattr(things, method)(*_METHODS[method])
        several: Iterable[Any] = iter(rows)
    except Exception:  # noqa: BLE001, whatever it says of itself, it is not several
        return None
    return several


def _row(figure: Mapping[str, object], line: int, sources: dict[str, Row], areas: Mapping[str, list[str]]) -> Row:
    if not hasattr(type(figure), "keys"):
        raise DataError(f"a figure is a mapping, not {kind_of(figure)}", line=line)
    if _MARK in figure:
        figure = {
            name: value
            for name, value in figure.items()
            if not _is_following(name) and _text(value, line, _text(name, line, "name"))
        }
    for name in figure:
        if not _is_column(name):
            raise DataError("unknown column", line=line, column=_text(name, line, "name"))
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


def _is_known(row: Row, ledger: Ledger) -> bool:
    """Tell whether the catalogue gives this value for the period, or once did, whatever its sources."""
    figures = ledger.figures_on(row[MEASURE], row[AREA], None)
    figure = figures.at(Period.parse(row[PERIOD]))
    steps = figures.log.steps(row[AREA], row[PERIOD], None)
    given = [(step.value, step.male, step.female, day) for step in steps for day in (step.began, step.released)]
    if figure is not None:
        given.append((figure.value, figure.male, figure.female, figure.released))
    known = [["" if cell is None else str(cell) for cell in cells] for cells in given]
    known += [[*published[VALUE:STATUS], published[RELEASED]] for step in steps for published in step.rows]
    return [*row[VALUE:STATUS], row[RELEASED]] in known


def _is_following(name: object) -> bool:
    return isinstance(name, str) and name in _FOLLOWING


def _is_column(name: object) -> bool:
    return isinstance(name, str) and name in COLUMNS


def _text(value: object, line: int | None, column: str) -> str:
    """Return a value as the text of a field; ``None``, and the missing values of data frames, become an empty one."""
    try:
        # Where a column has gaps, pandas makes floats of its whole numbers.
        text = str(int(value) if isinstance(value, float) and value.is_integer() else value)
        return "" if value is None or (text in _MISSING and not isinstance(value, str)) else text
    except Exception:  # noqa: BLE001, thousands of digits, lists in lists without end, or what it says of itself
        raise DataError(f"{short_repr(value)} cannot be written out", line=line, column=column) from None


def _fields(texts: Mapping[str, str], line: int | None = None) -> Row:
    """Return the texts as a row; refuse line breaks and hidden characters."""
    for name, text in texts.items():
        if found := hidden(text):
            raise DataError(f"the text holds {found}, which is not allowed", line=line, column=name)
    return list(texts.values())


def _keys(given: Any, sources: dict[str, Row], line: int) -> str:
    """Return the keys of sources that are passed as text, a record or a list of these; add the records to the rows."""
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
