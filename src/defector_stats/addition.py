"""Figures given from Python, as rows of the tables."""

from __future__ import annotations

from defector_stats.errors import DataError, InvalidPeriodError, shown
from defector_stats.log import COLUMNS
from defector_stats.package import TABLES
from defector_stats.period import Period
from defector_stats.records import Source
from defector_stats.rules import hidden

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from typing import Any

    from defector_stats.log import Row

_NEEDED = ("period", "value", "released", "sources")


def rows_of(
    figures: Iterable[Mapping[str, object]], areas: Mapping[str, list[str]]
) -> tuple[dict[str, list[Row]], list[Source]]:
    """The rows of each measure, and the sources that were given as records.

    Args:
        figures: What `Catalogue.extended` takes.
        areas: The areas of each measure; the area of one that has no other may be left out.

    Raises:
        DataError: If a figure is no mapping, or has an unknown or missing name.
    """
    tables: dict[str, list[Row]] = {}
    sources: dict[str, Source] = {}
    for line, figure in enumerate(figures, start=1):
        row = _row(figure, line, sources, areas)
        tables.setdefault(row[0], []).append(row)
    return tables, list(sources.values())


def source_row(source: Source) -> Row:
    """A source as a row of its table.

    Raises:
        DataError: If a text does not fit on a line of a file.
    """
    return _fields({column: getattr(source, column) or "" for column in TABLES["sources"]})


def _row(figure: Mapping[str, object], line: int, sources: dict[str, Source], areas: Mapping[str, list[str]]) -> Row:
    if not hasattr(type(figure), "keys"):
        raise DataError(f"a figure is a mapping, not a {type(figure).__name__}", line=line)
    for name in figure:
        if name not in COLUMNS:
            raise DataError("the name is not known here", line=line, column=_text(name, line, "name"))
    for name in _NEEDED:
        if name not in figure:
            raise DataError("the name is missing", line=line, column=name)
    values: dict[str, Any] = {"measure": "arrivals", "status": "normal", **figure}
    measure = _text(values["measure"], line, "measure")
    if measure not in areas:
        raise DataError(f"{shown(measure)} is not in the table of measures", line=line, column="measure")
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


def _text(value: object, line: int, column: str) -> str:
    """The value as it stands in a file; ``None`` is an empty field."""
    try:
        return "" if value is None else str(value)
    except (ValueError, RecursionError):  # thousands of digits, lists in lists without end
        raise DataError(f"{shown(value)} cannot be written out", line=line, column=column) from None


def _fields(texts: Mapping[str, str], line: int | None = None) -> Row:
    """The texts, if each fits on a line of a file."""
    for name, text in texts.items():
        if found := hidden(text):
            raise DataError(f"the text holds {found}, which no file may hold", line=line, column=name)
    return list(texts.values())


def _keys(given: Any, sources: dict[str, Source], line: int) -> str:
    """The keys of sources given as text, as one record, or as several of either."""
    several: Iterable[Any] = (given,) if isinstance(given, (str, Source)) else given
    if not hasattr(type(several), "__iter__"):
        raise DataError(f"{shown(given)} is neither a source nor several", line=line, column="sources")
    keys: list[str] = []
    for source in several:
        if isinstance(source, Source):
            sources[source.key] = source
        keys.append(source.key if isinstance(source, Source) else _text(source, line, "sources"))
    return " ".join(keys)
