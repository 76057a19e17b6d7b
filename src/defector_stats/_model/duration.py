"""Spans written as a first day and a length, as in SDMX and ISO 8601."""

from __future__ import annotations

import datetime as dt
import re

from dateutil.relativedelta import relativedelta

_LENGTH = re.compile(r"P(?!$)(?:(\d{1,4})Y)?(?:(\d{1,5})M)?(?:(\d{1,7})D)?", re.ASCII)


def last_of(first: dt.date, length: str) -> dt.date | None:
    """Return the last day of a span; ``None`` if the length cannot be read or the span ends after the year 9999.

    Examples:
        >>> last_of(dt.date(2009, 10, 1), "P1Y"), last_of(dt.date(2020, 1, 1), "P1Y3M")
        (datetime.date(2010, 9, 30), datetime.date(2021, 3, 31))
    """
    found = _LENGTH.fullmatch(length)
    if found is None:
        return None
    years, months, days = (int(part or 0) for part in found.groups())
    try:
        return first + relativedelta(years=years, months=months, days=days) - dt.timedelta(1)
    except (ValueError, OverflowError):
        return None
