"""When a value was printed, and what was known on a day.

Dates of release are kept as ISO text at the precision known: ``2026-02-04``, ``2012-10``, ``2020``.
A value counts as known from the last day of that span.
"""

from __future__ import annotations

import operator

from defector_stats.errors import InvalidPeriodError, InvalidPeriodTypeError, kind_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    import datetime as dt
    from typing import Any, SupportsIndex

    from dateutil.parser import parserinfo

    DateLike = dt.date | SupportsIndex | str

HINT = "Write a date as 2026-02-04, 2026-02, 2026 or 4 Feb 2026."

# The last day of each month; in a leap year, February has one more.
_ENDS = {
    "01": "-31", "02": "-28", "03": "-31", "04": "-30", "05": "-31", "06": "-30",
    "07": "-31", "08": "-31", "09": "-30", "10": "-31", "11": "-30", "12": "-31",
}  # fmt: skip
_YEAR, _MONTH, _DAY = len("2026"), len("2026-02"), len("2026-02-04")
_DAY_DIGITS = 2


def sort_key(released: str) -> str:
    """Return the last day of ISO text of any precision, as ISO text.

    The text is taken to be a date; `last_day` checks it.

    Examples:
        >>> sort_key("2012-02"), sort_key("2013-02"), sort_key("2020"), sort_key("2026-02-04")
        ('2012-02-29', '2013-02-28', '2020-12-31', '2026-02-04')
    """
    if len(released) == _DAY:
        return released
    if len(released) == _YEAR:
        return f"{released}-12-31"
    month = released[5:]
    return f"{released}-29" if month == "02" and _is_leap(int(released[:4])) else released + _ENDS[month]


def _is_leap(year: int) -> bool:
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)


def last_day(released: str) -> dt.date:
    """Return the last day of ISO text of any precision.

    Raises:
        ValueError: If the text is no ISO year, month or day.

    Examples:
        >>> last_day("2012-02")
        datetime.date(2012, 2, 29)
    """
    import datetime as dt

    if len(released) not in {_YEAR, _MONTH, _DAY}:
        raise ValueError(released)
    try:
        day = dt.date.fromisoformat(sort_key(released))
    except KeyError:  # no such month
        raise ValueError(released) from None
    if not day.isoformat().startswith(released):  # weeks are ISO too
        raise ValueError(released)
    return day


def as_index(value: object) -> int | None:
    """Return a value as a whole number that may stand for a year, or ``None``.

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
    """Return the day up to which releases count, as ISO text.

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

    if isinstance(given, dt.date):
        return _day_of(given)
    if isinstance(given, str):
        return _read_text(given)
    number = as_index(given)
    if number is not None:
        if dt.MINYEAR <= number <= dt.MAXYEAR:
            return dt.date(number, 12, 31).isoformat()
        raise InvalidPeriodError(given, "is not a year between 1 and 9999", HINT)
    raise InvalidPeriodTypeError(given, f"is {kind_of(given)}, not a date", HINT)


def _day_of(given: dt.date) -> str:
    """Return the day of a date or a date with a time, which must be one: a missing date of pandas is none."""
    try:
        return last_day(str(given.isoformat())[:_DAY]).isoformat()
    except Exception:  # noqa: BLE001, the code of other libraries, which may do anything
        raise InvalidPeriodTypeError(given, "is no day of the calendar", HINT) from None


def _read_text(text: str) -> str:
    stripped = text.strip()
    try:
        return last_day(stripped).isoformat()
    except ValueError:
        pass
    if not text.isascii():
        raise InvalidPeriodError(text, "is not a date", HINT)
    if not any(letter.isalpha() for letter in text):
        raise InvalidPeriodError(text, f"is not a date in ISO form{_readings(text)}", HINT)
    return _read_words(text)


def _read_words(text: str) -> str:
    """Return the day, or the last one of the month, that is named in words.

    A month in letters and a year of four digits are needed, a day and its weekday may be there, in any order;
    anything else is refused, because it would have to be guessed.
    """
    import datetime as dt
    import re

    from dateutil.parser import parserinfo

    names = parserinfo()
    found: dict[str, list[int]] = {"year": [], "month": [], "day": [], "weekday": [], "other": []}
    # "the 4th of" is "the 4"
    plain = re.sub(r"\b(\d{1,2})(?:st|nd|rd|th)\b(?: of\b)?", r"\1", text.lower())
    for word in re.findall(r"\d+|[a-z]+|[^\da-z\s,./-]", plain):
        kind, number = _part(word, names)
        found[kind].append(number)
    years, months, days, weekdays, others = found.values()
    if others or len(years) != 1 or len(months) != 1 or len(days) > 1 or len(weekdays) > len(days):
        problem = "is not a date with a month in letters and a year of four digits, and nothing else"
        raise InvalidPeriodError(text, problem if months else f"{problem}{_readings(text)}", HINT)
    if not days:
        return sort_key(f"{years[0]}-{months[0]:02}")
    try:
        day = dt.date(years[0], months[0], days[0])
    except ValueError:
        raise InvalidPeriodError(text, "names a day that its month does not have", HINT) from None
    if weekdays and weekdays[0] != day.weekday():
        problem = f"contradicts itself: {_in_words(day)} is a {names.WEEKDAYS[day.weekday()][-1]}"
        raise InvalidPeriodError(text, problem, HINT)
    return day.isoformat()


def _part(word: str, names: parserinfo) -> tuple[str, int]:
    """Return what a word may be in a date in words, and its number."""
    for kind, number in (("month", names.month(word)), ("weekday", names.weekday(word))):
        if number is not None:
            return kind, number
    if word.isdigit() and len(word) == _YEAR and not word.startswith("0"):
        return "year", int(word)
    return ("day", int(word)) if word.isdigit() and len(word) <= _DAY_DIGITS else ("other", 0)


def _readings(text: str) -> str:
    """Say which days three bare numbers could mean."""
    import re

    from dateutil.parser import parse

    numbers = re.findall(r"(?<![^\W_])\d+", text)  # not the number of a week, such as W05
    if len(numbers) != 3 or any(len(number) > _YEAR for number in numbers):  # noqa: PLR2004, day, month and year
        return ""
    days: set[dt.date] = set()
    for dayfirst in (False, True):
        for yearfirst in (False, True):
            try:
                found: dt.datetime = parse("/".join(numbers), dayfirst=dayfirst, yearfirst=yearfirst)
            except (ValueError, OverflowError):
                continue
            days.add(found.date())
    return f" (it could mean {' or '.join(map(_in_words, sorted(days)))})" if days else ""


def _in_words(day: dt.date) -> str:
    from dateutil.parser import parserinfo

    # strftime would follow the locale of the host program.
    return f"{day.day} {parserinfo.MONTHS[day.month - 1][-1]} {day.year}"
