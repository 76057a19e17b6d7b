"""Records as plain values, ready for JSON."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from fractions import Fraction
from typing import Any, cast

from defector_stats._model.period import Period
from defector_stats._model.records import Source


def plain(record: object, *names: str) -> dict[str, Any]:
    """Return some attributes of a record as plain values, in this order.

    Periods and days become text, sources become keys, exact shares floats, records dictionaries, and tuples lists.
    """
    return {name: _plain_value(getattr(record, name)) for name in names}


def period_columns(name: str, period: Period) -> dict[str, Any]:
    """Return a period as plain values: its text, its frequency, its year, and its first and last day."""
    return {
        name: str(period),
        "frequency": period.frequency,
        "year": period.year,
        "start_date": period.first,
        "end_date": period.last,
    }


def source_columns(sources: Sequence[Source]) -> dict[str, Any]:
    """Return the keys of sources, and the address of the first that has one."""
    return {
        "sources": [source.key for source in sources],
        "url": next((source.url for source in sources if source.url), None),
    }


def flat(record: dict[str, Any]) -> dict[str, Any]:
    """Return a record with one value in each cell: sources as text, without inputs."""
    cells = {name: value for name, value in record.items() if name != "inputs"}
    if isinstance(cells.get("sources"), list):
        cells["sources"] = " ".join(cells["sources"])
    return cells


def _plain_value(value: Any) -> Any:
    if isinstance(value, tuple):
        return [_plain_value(item) for item in cast("Iterable[Any]", value)]
    if isinstance(value, Source):
        return value.key
    if isinstance(value, Period):
        return str(value)
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, Fraction):
        return float(value)
    # An observation is also an int, so records are handled before plain values.
    return value.record() if hasattr(value, "record") else value
