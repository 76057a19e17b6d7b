"""Dates of publication, kept as ISO text to the year, the month or the day."""

from __future__ import annotations

import operator

from defector_stats.errors import InvalidPeriodError, InvalidPeriodTypeError, kind_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    import datetime as dt
    from typing import Any

    from dateutil.parser import parserinfo

HINT = "Write a date as 2026-02-04, 2026-02, 2026 or 4 Feb 2026."

# The last day of each month; in a leap year, February has one more.
_MONTH_ENDS = {
    "01": "-31", "02": "-28", "03": "-31", "04": "-30", "05": "-31", "06": "-30",
    "07": "-31", "08": "-31", "09": "-30", "10": "-31", "11": "-30", "12": "-31",
}  # fmt: skip
_YEAR_LENGTH, _MONTH_LENGTH, _DAY_LENGTH = len("2026"), len("2026-02"), len("2026-02-04")
_MAX_DAY_DIGITS = 2


def sort_key(released: str) -> str:
    """Return the last day of a year, month or day, all as ISO text.

    A value counts as known from that day. The text is not checked; `last_day` does that.

    Examples:
        >>> sort_key("2012-02"), sort_key("2013-02"), sort_key("2020"), sort_key("2026-02-04")
        ('2012-02-29', '2013-02-28', '2020-12-31', '2026-02-04')
    """
    if len(released) == _DAY_LENGTH:
        return released
    if len(released) == _YEAR_LENGTH:
        return f"{released}-12-31"
    month = released[5:]
    return f"{released}-29" if month == "02" and _is_leap(int(released[:4])) else released + _MONTH_ENDS[month]


def _is_leap(year: int) -> bool:
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)


def last_day(released: str) -> dt.date:
    """Return the last day of a year, month or day that is given as ISO text.

    Raises:
        ValueError: If the text is not an ISO year, month or day.

    Examples:
        >>> last_day("2012-02")
        datetime.date(2012, 2, 29)
    """
    import datetime as dt

    if len(released) not in {_YEAR_LENGTH, _MONTH_LENGTH, _DAY_LENGTH}:
        raise ValueError(released)
    try:
        day = dt.date.fromisoformat(sort_key(released))
    except KeyError:  # no such month
        raise ValueError(released) from None
    # fromisoformat reads weeks too, such as 2020-W01-1.
    if not day.isoformat().startswith(released):
        raise ValueError(released)
    return day


def as_index(value: object) -> int | None:
    """Return a value as a whole number that can be a year, or ``None``.

    A bool and an observation are refused: both are ints, but neither is a year.
    """
    integer: Any = value
    # The provenance identifies an observation, whose own module imports this one.
    if isinstance(value, bool) or hasattr(type(value), "provenance"):
        return None
    try:
        return operator.index(integer)
    except Exception:  # noqa: BLE001, an __index__ of another library may raise anything
        return None


def read_as_of(given: object) -> str:
    """Return the last day of release that counts, as ISO text.

    Args:
        given: A date, a whole number (a year), ISO text at any precision,
            or English words with the name of a month and a year of four digits.
            A year or a month means its last day.

    Raises:
        InvalidPeriodError: If the date cannot be read without guessing.
        InvalidPeriodTypeError: If the value is of another type.

    Examples:
        >>> read_as_of("2019-08"), read_as_of("January 2012"), read_as_of(2020)
        ('2019-08-31', '2012-01-31', '2020-12-31')
    """
    import datetime as dt

    if isinstance(given, dt.date):
        return _read_date(given)
    if isinstance(given, str):
        return _read_text(given)
    number = as_index(given)
    if number is not None:
        if dt.MINYEAR <= number <= dt.MAXYEAR:
            return dt.date(number, 12, 31).isoformat()
        raise InvalidPeriodError(given, "is not a year between 1 and 9999", HINT)
    raise InvalidPeriodTypeError(given, f"is {kind_of(given)}, not a date", HINT)


def _read_date(given: dt.date) -> str:
    """Return the day of a ``date`` or a ``datetime`` as ISO text; refuse the missing date of pandas."""
    try:
        # A datetime writes its day first.
        return last_day(str(given.isoformat())[:_DAY_LENGTH]).isoformat()
    except Exception:  # noqa: BLE001, the code of other libraries, which may do anything
        raise InvalidPeriodTypeError(given, "is no day of the calendar", HINT) from None


def _read_text(text: str) -> str:
    """Return the day that a text names, or the last day of a longer span."""
    stripped = text.strip()
    try:
        return last_day(stripped).isoformat()
    except ValueError:
        pass
    if not text.isascii():
        raise InvalidPeriodError(text, "is not a date", HINT)
    if not any(letter.isalpha() for letter in text):
        raise InvalidPeriodError(text, f"is not a date in ISO form{_list_readings(text)}", HINT)
    return _read_words(text)


def _read_words(text: str) -> str:
    """Return the day that English words name, or the last day of the month.

    The words must hold a month in letters and a year of four digits, and may hold a day and its weekday,
    in any order. Anything else is refused, because it would have to be guessed.
    """
    import datetime as dt
    import re

    from dateutil.parser import parserinfo

    names = parserinfo()
    parts: dict[str, list[int]] = {"year": [], "month": [], "day": [], "weekday": [], "other": []}
    # "4th of February" becomes "4 February".
    plain = re.sub(r"\b(\d{1,2})(?:st|nd|rd|th)\b(?: of\b)?", r"\1", text.lower())
    for word in re.findall(r"\d+|[a-z]+|[^\da-z\s,./-]", plain):
        kind, number = _classify_word(word, names)
        parts[kind].append(number)
    # The order matches the keys above.
    years, months, days, weekdays, others = parts.values()
    if others or len(years) != 1 or len(months) != 1 or len(days) > 1 or len(weekdays) > len(days):
        problem = "is not a date with a month in letters and a year of four digits, and nothing else"
        raise InvalidPeriodError(text, problem if months else f"{problem}{_list_readings(text)}", HINT)
    if not days:
        return sort_key(f"{years[0]}-{months[0]:02}")
    try:
        day = dt.date(years[0], months[0], days[0])
    except ValueError:
        raise InvalidPeriodError(text, "names a day that its month does not have", HINT) from None
    if weekdays and weekdays[0] != day.weekday():
        problem = f"contradicts itself: {_write_day(day)} is a {names.WEEKDAYS[day.weekday()][-1]}"
        raise InvalidPeriodError(text, problem, HINT)
    return day.isoformat()


def _classify_word(word: str, names: parserinfo) -> tuple[str, int]:
    """Return the part of a date that a word is (day, month, year or weekday), and its number."""
    for kind, number in (("month", names.month(word)), ("weekday", names.weekday(word))):
        if number is not None:
            return kind, number
    if word.isdigit() and len(word) == _YEAR_LENGTH and not word.startswith("0"):
        return "year", int(word)
    return ("day", int(word)) if word.isdigit() and len(word) <= _MAX_DAY_DIGITS else ("other", 0)


def _list_readings(text: str) -> str:
    """Return the days that three bare numbers could mean, in brackets; empty where there are none."""
    import re

    from dateutil.parser import parse

    # A number after a letter does not count, such as the week W05.
    numbers = re.findall(r"(?<![^\W_])\d+", text)
    if len(numbers) != 3 or any(len(number) > _YEAR_LENGTH for number in numbers):  # noqa: PLR2004, day, month and year
        return ""
    days: set[dt.date] = set()
    for dayfirst in (False, True):
        for yearfirst in (False, True):
            try:
                reading: dt.datetime = parse("/".join(numbers), dayfirst=dayfirst, yearfirst=yearfirst)
            except (ValueError, OverflowError):
                continue
            days.add(reading.date())
    return f" (it could mean {' or '.join(map(_write_day, sorted(days)))})" if days else ""


def _write_day(day: dt.date) -> str:
    from dateutil.parser import parserinfo

    # strftime follows the locale of the host program.
    return f"{day.day} {parserinfo.MONTHS[day.month - 1][-1]} {day.year}"
