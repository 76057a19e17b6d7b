"""The `Period` class: the span of time that a figure describes."""

from __future__ import annotations

import functools
from collections.abc import Iterator
from typing import Any, SupportsIndex

import attrs

from defector_stats import _model as hints
from defector_stats._model.dates import as_index, last_day, sort_key
from defector_stats.errors import InvalidPeriodError, InvalidPeriodTypeError, kind_of, short_repr

Days = tuple[str | None, str]

FORMS = "Write a period as 2020, 2020-H1, 2020-Q2, 2020-07, 2023-10-09, FY2010, 1999/2001, 2024-01/2024-09 or ../1998."
_CALENDAR_HINT = "Stay within the years 1 to 9999."

# The named parts of a year: the suffix after the year, and the first and the last day.
_YEAR_PARTS = {
    "": ("-01-01", "-12-31"),
    "-H1": ("-01-01", "-06-30"),
    "-H2": ("-07-01", "-12-31"),
    "-Q1": ("-01-01", "-03-31"),
    "-Q2": ("-04-01", "-06-30"),
    "-Q3": ("-07-01", "-09-30"),
    "-Q4": ("-10-01", "-12-31"),
}
_PART_NAMES = {days: name for name, days in _YEAR_PARTS.items()}
# Days that exist in every year, so that no calendar is needed.
_EDGE_DAYS = {day for days in _PART_NAMES for day in days}
_PART_ENDS = {last for _, last in _PART_NAMES}
_PART_FREQUENCIES: dict[str, hints.Frequency] = {"": "year", "-H": "half", "-Q": "quarter"}
_MONTHS_PER_PERIOD: dict[str, int] = {"year": 12, "fiscal-year": 12, "half": 6, "quarter": 3, "month": 1}
# relativedelta clips day=31 to the last day of the month.
_LAST_DAY_OF_MONTH = 31


# Order is written by hand, because the methods that attrs generates take four times as long.
@functools.total_ordering
@attrs.frozen(kw_only=True, repr=False)
class Period:
    """A span of days: a year, half, quarter, month, day, US fiscal year, or an explicit span.

    Two periods are equal when their days are equal
    and both or neither are US fiscal years.
    Periods sort by their first day, then by their last; an open span sorts first.
    ``str`` gives the shortest form, which `Period.parse` reads back.

    The days are kept as ISO text, which sorts in order of time;
    loading ``datetime`` would slow down the first answer by a fifth.

    Raises:
        InvalidPeriodError: If an end is not a day, the span is reversed, or a fiscal year has other days.
        InvalidPeriodTypeError: If an end is not text.

    Examples:
        >>> Period.parse("2020-Q2")
        Period.parse('2020-Q2')
        >>> Period.parse("2024-01/2024-06")
        Period.parse('2024-H1')
        >>> Period.parse("FY2010").start
        datetime.date(2009, 10, 1)
        >>> print(Period.parse("../1998").start)
        None
    """

    first: str | None
    """The first day, as ISO text; ``None`` for a span with an open start."""
    last: str
    """The last day of the period, as ISO text."""
    fiscal: bool = False
    """Whether this is a US fiscal year, which runs from 1 October to 30 September."""

    def __attrs_post_init__(self) -> None:
        # A single day usually has one text object for both ends, which is checked once.
        if self.first is not None and self.first is not self.last:
            _check_day(self.first)
        _check_day(self.last)
        _check_flag(self.fiscal)
        if self.first is not None and self.first > self.last:
            raise InvalidPeriodError(f"{self.first}/{self.last}", "is reversed", "Write the earlier end first.")
        if self.fiscal and (self.first, self.last) != _fiscal_days(self.last[:4]):
            hint = "FY2010 runs from 2009-10-01 to 2010-09-30."
            raise InvalidPeriodError(f"{self.first}/{self.last}", "is not a US fiscal year", hint)

    @classmethod
    def parse(cls, value: Period | SupportsIndex | str) -> Period:
        """Return the period that a number or text describes.

        Args:
            value: A whole number (a year), a period, or ASCII text in one of the forms
                ``2020``, ``2020-Q2``, ``2020Q2``, ``2020-H1``, ``2020-S1``, ``2020-07``,
                ``2023-10-09``, ``FY2010``, ``1999/2001``, ``2024-01/2024-09``, ``../1998``;
                a span may also be a first day and a length, as in SDMX: ``1999-01-01/P3Y``.

        Returns:
            The period.

        Raises:
            InvalidPeriodError: If the text cannot be read, or the span is reversed.
            InvalidPeriodTypeError: If the value is of another type;
                an observation is refused, because a figure is not a year.

        Examples:
            >>> str(Period.parse("2020S1"))
            '2020-H1'
            >>> Period.parse("20x0")
            Traceback (most recent call last):
            ...
            defector_stats.errors.InvalidPeriodError: '20x0' is not a period. Write a period as ...
        """
        if isinstance(value, Period):
            return value
        if isinstance(value, str):
            # A subclass of str may define its own hash and equality, which the cache below cannot trust.
            return _read_text(str.__str__(value))
        day = _find_day(value)
        if day is not None:
            hint = f"Write {day} in quotes for the day, or {day[:4]} for the year."
            raise InvalidPeriodTypeError(value, "is a date, not a period", hint)
        number = as_index(value)
        if number is not None:
            return _read_year(number)
        raise InvalidPeriodTypeError(value, f"is {kind_of(value)}, not a period", FORMS)

    @property
    def start(self) -> hints.date | None:
        """The first day, as a ``date``; ``None`` for a span with an open start."""
        return None if self.first is None else _to_date(self.first)

    @property
    def end(self) -> hints.date:
        """The last day of the period, as a ``date``."""
        return _to_date(self.last)

    @property
    def year(self) -> int | None:
        """The calendar year, or the US fiscal year, that contains the whole period.

        It is ``None`` for a span of several years or with an open start.

        Examples:
            >>> from defector_stats import arrivals, series
            >>> {figure.period.year: int(figure) for figure in series(start=2023)}
            {2023: 196, 2024: 236, 2025: 223}
            >>> Period.parse("2020-Q2").year, Period.parse("FY2010").year, arrivals("../1998").period.year
            (2020, 2010, None)
        """
        within_one = self.first is not None and self.first[:4] == self.last[:4]
        return int(self.last[:4]) if self.fiscal or within_one else None

    @property
    def frequency(self) -> hints.Frequency:
        """The kind of period.

        It is ``year``, ``half``, ``quarter``, ``month``, ``day``, ``fiscal-year``,
        ``running-total`` (with an open start) or ``span`` (anything else).

        Examples:
            >>> Period.parse("../2024-09").frequency
            'running-total'
        """
        first, last = self.first, self.last
        if first is None:
            return "running-total"
        if self.fiscal:
            return "fiscal-year"
        if first == last:
            return "day"
        name = _PART_NAMES.get((first[4:], last[4:])) if first[:4] == last[:4] else None
        if name is not None:
            return _PART_FREQUENCIES[name[:2]]
        return "month" if first[:7] == last[:7] and first[8:] == "01" and _ends_month(last) else "span"

    def shift(self, count: SupportsIndex) -> Period:
        """Return the period of the same frequency ``count`` steps later, or earlier if ``count`` is negative.

        Raises:
            InvalidPeriodError: If the period is a day, a span or a running total,
                or the result is outside the years 1 to 9999.
            InvalidPeriodTypeError: If the count is not a whole number.

        Examples:
            >>> str(Period.parse("2020-Q1").shift(-1))
            '2019-Q4'
        """
        months = _MONTHS_PER_PERIOD.get(self.frequency)
        if months is None or self.start is None:
            raise InvalidPeriodError(str(self), "has no neighbours", "Shift a year, half, quarter or month.")
        steps = _read_whole(count, "a number of steps")
        from dateutil.relativedelta import relativedelta

        try:
            start = self.start + relativedelta(months=months * steps)
            end = start + relativedelta(months=months - 1, day=_LAST_DAY_OF_MONTH)
        except (ValueError, OverflowError):
            raise InvalidPeriodError(
                f"{self} shifted by {short_repr(steps)}", "leaves the calendar", _CALENDAR_HINT
            ) from None
        return Period(first=start.isoformat(), last=end.isoformat(), fiscal=self.fiscal)

    def in_year(self, year: SupportsIndex) -> Period:
        """Return the same days of another year, as the period of this form that ends in ``year``.

        Raises:
            InvalidPeriodError: If the result is outside the years 1 to 9999.
            InvalidPeriodTypeError: If the year is not a whole number.

        Examples:
            >>> str(Period.parse("2024-01/2024-09").in_year(2023)), str(Period.parse("../2024-02").in_year(2023))
            ('2023-01/2023-09', '../2023-02')
        """
        wanted = _read_whole(year, "a year")
        from dateutil.relativedelta import relativedelta

        years = wanted - self.end.year
        # A period that ends with its month does so in a leap year too.
        day = _LAST_DAY_OF_MONTH if _ends_month(self.last) else None
        try:
            first = None if self.start is None else (self.start + relativedelta(years=years)).isoformat()
            last = self.end + relativedelta(years=years, day=day)
        except (ValueError, OverflowError):
            raise InvalidPeriodError(f"{self} in {short_repr(wanted)}", "leaves the calendar", _CALENDAR_HINT) from None
        return Period(first=first, last=last.isoformat(), fiscal=self.fiscal)

    def within(self, start: Period | SupportsIndex | str | None, end: Period | SupportsIndex | str | None) -> bool:
        """Return whether the period begins no earlier than ``start`` and ends no later than ``end``.

        Args:
            start: A period, as `Period.parse` reads it; ``None`` for no lower bound.
            end: A period, as `Period.parse` reads it; ``None`` for no upper bound.

        Raises:
            InvalidPeriodError: If a bound cannot be read.

        Examples:
            >>> Period.parse("2020-Q4").within(2020, None)
            True
        """
        start = None if start is None else Period.parse(start)
        end = None if end is None else Period.parse(end)
        starts_inside = start is None or start.first is None or (self.first is not None and self.first >= start.first)
        return starts_inside and (end is None or self.last <= end.last)

    def overlaps(self, other: Period | SupportsIndex | str) -> bool:
        """Return whether the period and another share a day.

        Args:
            other: A period, as `Period.parse` reads it.

        Raises:
            InvalidPeriodError: If the other period cannot be read.

        Examples:
            >>> quarter = Period.parse("2020-Q4")
            >>> quarter.overlaps(2020), quarter.overlaps("../2019")
            (True, False)
        """
        other = Period.parse(other)
        # The empty text, used here for an open start, sorts before any other.
        return (self.first or "") <= other.last and (other.first or "") <= self.last

    def __lt__(self, other: object) -> bool:
        if not isinstance(other, Period):
            return NotImplemented
        return (self.first or "", self.last, self.fiscal) < (other.first or "", other.last, other.fiscal)

    def __str__(self) -> str:
        first, last, frequency = self.first, self.last, self.frequency
        year = last[:4]
        if first is None:
            return f"../{_shortest_end(last)}"
        if frequency in {"year", "half", "quarter"}:
            return year + _PART_NAMES[first[4:], last[4:]]
        if frequency == "fiscal-year":
            return f"FY{year}"
        if frequency in {"month", "day"}:
            return last[:7] if frequency == "month" else last
        if (first[4:], last[4:]) == _YEAR_PARTS[""]:
            return f"{first[:4]}/{year}"
        if first[8:] == "01" and _ends_month(last):
            return f"{first[:7]}/{last[:7]}"
        return f"{first}/{last}"

    def __format__(self, spec: str, /) -> str:
        return format(str(self), spec)

    def __rich_repr__(self) -> Iterator[str]:
        yield str(self)

    def __repr__(self) -> str:
        return f"Period.parse({str(self)!r})"


def _find_day(value: object) -> str | None:
    """Return a date as ISO text; ``None`` for anything else, and for a missing date."""
    # A method identifies a date, because importing datetime would slow down the first answer.
    try:
        kind: Any = type(value)
        day: str = kind.isoformat(value)[:10]
        return day if _is_day(day) else None
    except Exception:  # noqa: BLE001, an isoformat of another library may raise anything
        return None


def _read_whole(value: object, meant: str) -> int:
    """Return a whole number of any type as a plain ``int``; ``meant`` names it in the error."""
    number = as_index(value)
    if number is None:
        problem = f"is {kind_of(value)}, not {meant}"
        raise InvalidPeriodTypeError(value, problem, "Give a whole number.")
    return number


def _check_day(day: object) -> None:
    hint = "Write a day as 2023-10-09."
    if not isinstance(day, str):
        raise InvalidPeriodTypeError(day, f"is {kind_of(day)}, not a day as text", hint)
    if not (day[4:] in _EDGE_DAYS and _is_year(day[:4])) and not _is_day(day):
        raise InvalidPeriodError(day, "is not a day", hint)


def _check_flag(fiscal: object) -> None:
    if not isinstance(fiscal, bool):
        problem = f"is {kind_of(fiscal)}, and does not say whether the year is fiscal"
        raise InvalidPeriodTypeError(fiscal, problem, "Give True or False.")


def _is_day(text: str) -> bool:
    try:
        return _to_date(text).isoformat() == text
    except ValueError:
        return False


def _is_year(text: str) -> bool:
    return len(text) == 4 and text.isascii() and text.isdigit() and text != "0000"  # noqa: PLR2004, four digits


def _to_date(day: str) -> hints.date:
    import datetime as dt

    return dt.date.fromisoformat(day)


def _ends_month(day: str) -> bool:
    # A named part of a year ends with the last day of a month.
    return day[4:] in _PART_ENDS or (day[8:] >= "28" and last_day(day[:7]).isoformat() == day)


def _shortest_end(last: str) -> str:
    if last[4:] == "-12-31":
        return last[:4]
    return last[:7] if _ends_month(last) else last


def _read_year(number: int) -> Period:
    if not 1 <= number <= 9999:  # noqa: PLR2004, the years of the calendar
        raise InvalidPeriodError(number, "is not a year between 1 and 9999", FORMS)
    return Period(first=f"{number:04}-01-01", last=f"{number:04}-12-31")


# A catalogue names a few hundred periods some ten thousand times, and periods are immutable.
@functools.lru_cache(maxsize=4096)
def _read_text(text: str) -> Period:
    """Return the period that a text names."""
    fiscal = text[:2].upper() == "FY"
    days = None
    if text.isascii():
        days = _fiscal_days(text[2:]) if fiscal else _span_days(text) if "/" in text else _named_days(text)
    if days is None:
        raise InvalidPeriodError(text, "is not a period", FORMS)
    first, last = days
    if first is not None and first > last:
        raise InvalidPeriodError(text, "is reversed", "Write the earlier end first.")
    return Period(first=first, last=last, fiscal=fiscal)


def _fiscal_days(year: str) -> Days | None:
    """Return the days of a US fiscal year; ``None`` if the text is not a year."""
    # The fiscal year 1 would begin before the calendar does.
    return (f"{int(year) - 1:04}-10-01", f"{year}-09-30") if _is_year(year) and year != "0001" else None


def _span_days(text: str) -> Days | None:
    """Return the days of two ends around a slash, or of a day and a length; ``None`` if either cannot be read."""
    first, _, last = text.partition("/")
    if last[:1] == "P" and _is_day(first):
        from defector_stats._model.duration import last_of

        day = last_of(_to_date(first), last)
        return None if day is None else (first, day.isoformat())
    begin, end = _named_days(first), _named_days(last)
    if end is None or (begin is None and first != ".."):
        return None
    return begin and begin[0], end[1]


def _named_days(text: str) -> Days | None:
    """Return the days of a year, half, quarter, month or day; ``None`` for anything else."""
    year, rest = text[:4], text[4:].upper()
    if not _is_year(year):
        return None
    # SDMX writes half-years as S1 and S2; a hyphen may be left out before any letter.
    if rest[:1] in {"H", "S", "Q"}:
        rest = f"-{rest}"
    part = _YEAR_PARTS.get(rest.replace("S", "H"))
    if part is not None:
        return year + part[0], year + part[1]
    try:
        last_day(text)
    except ValueError:
        return None
    last = sort_key(text)
    return last if text == last else f"{text}-01", last
