"""When a value was printed, and what was known on a day.

Dates of release are kept as ISO text at the precision known: ``2026-02-04``, ``2012-10``, ``2020``.
A value counts as known from the last day of that span.
"""

from __future__ import annotations

import operator

from defector_stats.errors import InvalidPeriodError, InvalidPeriodTypeError

TYPE_CHECKING = False
if TYPE_CHECKING:
    import datetime as dt
    from typing import Any

HINT = "Write a date as 2026-02-04, 2026-02, 2026 or 4 Feb 2026."

# Read with each of the two, which agree in no part: what differs was not in the text.
_DEFAULTS = ((2000, 1, 1, 1, 1, 1), (2004, 7, 15, 2, 2, 2))

# Completes ISO text to a key that sorts like the last day; no day sorts after a 31st.
_REST = {4: "-12-31", 7: "-31", 10: ""}


def sort_key(released: str) -> str:
    """The text that orders releases by their last day, without calendar arithmetic."""
    return released + _REST[len(released)]


def last_day(released: str) -> dt.date:
    """The last day of ISO text of any precision.

    Raises:
        ValueError: If the text is no ISO year, month or day.

    Examples:
        >>> last_day("2012-02")
        datetime.date(2012, 2, 29)
    """
    import datetime as dt

    if len(released) == 10:  # noqa: PLR2004, a day
        day = dt.date.fromisoformat(released)
        if day.isoformat() != released:  # weeks are ISO too
            raise ValueError(released)
        return day
    import re
    from calendar import monthrange

    if not re.fullmatch(r"\d{4}(-\d\d)?", released, re.ASCII):
        raise ValueError(released)
    year, month = int(released[:4]), int(released[5:] or 12)
    _, days = monthrange(year, month)
    return dt.date(year, month, days)


def as_index(value: object) -> int | None:
    """A whole number that may stand for a year, or ``None``.

    A bool is a flag and an observation is a figure: both are ints, neither is a year.
    """
    integer: Any = value
    if isinstance(value, bool) or hasattr(type(value), "provenance"):
        return None
    try:
        return operator.index(integer)
    except Exception:  # noqa: BLE001, whatever it says of itself, it is no whole number
        return None


def read_as_of(given: object) -> str:
    """The day up to which releases count, as ISO text.

    Args:
        given: A date, a whole number (a year), ISO text at any precision,
            or English words with the name of a month and a year of four digits.
            A span counts as known at its end.

    Raises:
        InvalidPeriodError: If it cannot be read without guessing.
        InvalidPeriodTypeError: If it is of another type.

    Examples:
        >>> read_as_of("2019-08"), read_as_of("January 2012"), read_as_of(2020)
        ('2019-08-31', '2012-01-31', '2020-12-31')
    """
    import datetime as dt

    if isinstance(given, dt.datetime):
        return given.date().isoformat()
    if isinstance(given, dt.date):
        return given.isoformat()
    if isinstance(given, str):
        return _read_text(given).isoformat()
    number = as_index(given)
    if number is not None:
        if dt.MINYEAR <= number <= dt.MAXYEAR:
            return dt.date(number, 12, 31).isoformat()
        raise InvalidPeriodError(given, "is not a year between 1 and 9999", HINT)
    raise InvalidPeriodTypeError(given, f"is a {type(given).__name__}, not a date", HINT)


def _read_text(text: str) -> dt.date:
    try:
        return last_day(text)
    except ValueError:
        pass
    if not text.isascii() or len(text) > 40:  # noqa: PLR2004, longer than any date in words
        raise InvalidPeriodError(text, "is not a date", HINT)
    if not any(letter.isalpha() for letter in text):
        raise InvalidPeriodError(text, f"is not a date in ISO form{_readings(text)}", HINT)
    return _read_words(text)


def _read_words(text: str) -> dt.date:
    """A day, or the last one of a month, in words."""
    import datetime as dt
    import re

    from dateutil.parser import parse

    try:
        # A zone comes with a time of day, which is refused below; of one that it does not know, dateutil would warn.
        one, two = (
            parse(text, ignoretz=True, default=dt.datetime(*default))  # noqa: DTZ001, a day has no zone
            for default in _DEFAULTS
        )
    except (ValueError, OverflowError):
        raise InvalidPeriodError(text, "is not a date", HINT) from None
    has_year = len(re.findall(r"\b\d{4}\b", text)) == 1 and one.year == two.year
    has_time = one.hour == two.hour or one.minute == two.minute or one.second == two.second
    if not has_year or one.month != two.month or has_time:
        raise InvalidPeriodError(text, "does not name a month and a year of four digits, and nothing else", HINT)
    day = one.date()
    return day if one.day == two.day else last_day(day.isoformat()[:7])


def _readings(text: str) -> str:
    """The days that three bare numbers could mean."""
    import re

    from dateutil.parser import parse

    if not re.fullmatch(r"\d{1,4}\D\d{1,2}\D\d{1,4}", text):
        return ""
    days: set[dt.date] = set()
    for dayfirst in (False, True):
        for yearfirst in (False, True):
            try:
                found: dt.datetime = parse(text, dayfirst=dayfirst, yearfirst=yearfirst)
            except (ValueError, OverflowError):
                continue
            days.add(found.date())
    if not days:
        return ""
    return " (it could mean " + " or ".join(f"{day.day} {day:%B %Y}" for day in sorted(days)) + ")"
