"""The span of time that a figure describes."""

from __future__ import annotations

import datetime as dt

import attrs

from defector_stats.errors import InvalidPeriodError, InvalidPeriodTypeError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, Literal, SupportsIndex

    Frequency = Literal["year", "half", "quarter", "month", "day", "fiscal-year", "running-total", "span"]

FORMS = "Write a period as 2020, 2020-H1, 2020-Q2, 2020-07, 2023-10-09, FY2010, 1999/2001, 2024-01/2024-09 or ../1998."

_MONTHS: dict[str, int] = {"year": 12, "fiscal-year": 12, "half": 6, "quarter": 3, "month": 1}


def _earliest(start: dt.date | None) -> dt.date:
    return start or dt.date.min


@attrs.frozen(kw_only=True, order=True, repr=False)
class Period:
    """A span of days: a year, half, quarter, month, day, US fiscal year, or an explicit span.

    Two periods are equal when their days are equal
    and both or neither are US fiscal years.
    Periods sort by their first day, then by their last; an open span sorts first.
    ``str`` gives the shortest form, which `Period.parse` reads back.

    Attributes:
        start: The first day, or ``None`` for a span that is open at the start.
        end: The last day, inclusive.
        fiscal: Whether this is a US fiscal year (1 October to 30 September).

    Raises:
        InvalidPeriodError: If the span is reversed, or a fiscal year has other days.

    Examples:
        >>> Period.parse("2020-Q2")
        Period.parse('2020-Q2')
        >>> Period.parse("2024-01/2024-06") == Period.parse("2024-H1")
        True
        >>> Period.parse("FY2010").start
        datetime.date(2009, 10, 1)
        >>> Period.parse("../1998").start is None
        True
    """

    start: dt.date | None = attrs.field(order=_earliest)
    end: dt.date
    fiscal: bool = False

    def __attrs_post_init__(self) -> None:
        if self.start is not None and self.start > self.end:
            given = f"{self.start}/{self.end}"
            raise InvalidPeriodError(given, "is reversed", "Write the earlier end first.")
        if self.fiscal and not _is_fiscal(self.start, self.end):
            given = f"{self.start}/{self.end}"
            raise InvalidPeriodError(given, "is not a US fiscal year", "FY2010 runs from 2009-10-01 to 2010-09-30.")

    @classmethod
    def parse(cls, value: Period | SupportsIndex | str) -> Period:
        """Read a period.

        Args:
            value: A whole number (a year), a period, or ASCII text in one of the forms
                ``2020``, ``2020-Q2``, ``2020Q2``, ``2020-H1``, ``2020-S1``, ``2020-07``,
                ``2023-10-09``, ``FY2010``, ``1999/2001``, ``2024-01/2024-09``, ``../1998``.

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
        if type(value) is int:
            return _year(value)
        if isinstance(value, Period):
            return value
        if isinstance(value, str):
            return _read(value)
        if isinstance(value, dt.date):
            hint = f"Write {value:%Y-%m-%d} in quotes for the day, or {value.year} for the year."
            raise InvalidPeriodTypeError(value, "is a date, not a period", hint)
        number = as_index(value)
        if number is not None:
            return _year(number)
        raise InvalidPeriodTypeError(value, f"is a {type(value).__name__}, not a period", FORMS)

    @property
    def frequency(self) -> Frequency:
        """The kind of span.

        ``year``, ``half``, ``quarter``, ``month``, ``day``, ``fiscal-year``,
        ``running-total`` (open at the start) or ``span`` (anything else).

        Examples:
            >>> Period.parse("../2024-09").frequency
            'running-total'
        """
        if self.start is None:
            return "running-total"
        if self.fiscal:
            return "fiscal-year"
        if self.start == self.end:
            return "day"
        first, last = self.start.month, self.end.month
        if self.start.day != 1 or self.start.year != self.end.year or not _ends_month(self.end):
            return "span"
        if last - first == 0:
            return "month"
        if last - first == 2 and first % 3 == 1:  # noqa: PLR2004, a quarter has three months
            return "quarter"
        if last - first == 5 and first % 6 == 1:  # noqa: PLR2004, a half has six months
            return "half"
        return "year" if last - first == 11 else "span"  # noqa: PLR2004, a year has twelve months

    def shift(self, count: int) -> Period:
        """The period of the same frequency that lies ``count`` steps later.

        Raises:
            InvalidPeriodError: If the period is a day, a span or open,
                or the result leaves the years 1 to 9999.

        Examples:
            >>> str(Period.parse("2020-Q1").shift(-1))
            '2019-Q4'
        """
        months = _MONTHS.get(self.frequency)
        if months is None or self.start is None:
            raise InvalidPeriodError(str(self), "has no neighbours", "Shift a year, half, quarter or month.")
        from dateutil.relativedelta import relativedelta

        try:
            start = self.start + relativedelta(months=months * count)
        except (ValueError, OverflowError):
            raise InvalidPeriodError(f"{self} shifted by {count}", "leaves the calendar", FORMS) from None
        return Period(start=start, end=_last_day(start, months), fiscal=self.fiscal)

    def within(self, start: Period | None, end: Period | None) -> bool:
        """Whether all of its days lie between the first day of ``start`` and the last of ``end``.

        Examples:
            >>> Period.parse("2020-Q4").within(Period.parse(2020), None)
            True
        """
        after = start is None or start.start is None or (self.start is not None and self.start >= start.start)
        return after and (end is None or self.end <= end.end)

    def __str__(self) -> str:
        start, end, frequency = self.start, self.end, self.frequency
        if frequency == "year":
            return f"{end.year:04}"
        if frequency == "half":
            return f"{end.year:04}-H{end.month // 6}"
        if frequency == "quarter":
            return f"{end.year:04}-Q{end.month // 3}"
        if frequency == "month":
            return f"{end.year:04}-{end.month:02}"
        if frequency == "fiscal-year":
            return f"FY{end.year:04}"
        if start is None:
            return f"../{_shortest_end(end)}"
        if start == end:
            return end.isoformat()
        if (start.month, start.day, end.month, end.day) == (1, 1, 12, 31):
            return f"{start.year:04}/{end.year:04}"
        if start.day == 1 and _ends_month(end):
            return f"{start.year:04}-{start.month:02}/{end.year:04}-{end.month:02}"
        return f"{start.isoformat()}/{end.isoformat()}"

    def __repr__(self) -> str:
        return f"Period.parse({str(self)!r})"


def as_index(value: Any) -> int | None:
    """A whole number that may stand for a year, or ``None``.

    A bool is a flag and an observation is a figure: both are ints, neither is a year.
    """
    if isinstance(value, bool) or hasattr(value, "provenance") or not hasattr(value, "__index__"):
        return None
    number: int = value.__index__()
    return number


def _last_day(start: dt.date, months: int) -> dt.date:
    """The last day of the span of ``months`` months that begins with ``start``."""
    if months == 12 and start.month == 1:  # noqa: PLR2004, likewise
        return dt.date(start.year, 12, 31)
    from dateutil.relativedelta import relativedelta

    return start + relativedelta(months=months - 1, day=31)


def _ends_month(day: dt.date) -> bool:
    if (day.month, day.day) == (12, 31):  # spares a plain year the import
        return True
    return day.day >= 28 and _last_day(day.replace(day=1), 1) == day  # noqa: PLR2004, no month ends sooner


def _shortest_end(end: dt.date) -> str:
    if (end.month, end.day) == (12, 31):
        return f"{end.year:04}"
    return f"{end.year:04}-{end.month:02}" if _ends_month(end) else end.isoformat()


def _year(number: int) -> Period:
    if not dt.MINYEAR <= number <= dt.MAXYEAR:
        raise InvalidPeriodError(number, "is not a year between 1 and 9999", FORMS)
    return Period(start=dt.date(number, 1, 1), end=dt.date(number, 12, 31))


def _is_fiscal(start: dt.date | None, end: dt.date) -> bool:
    return end.year > 1 and start == dt.date(end.year - 1, 10, 1) and (end.month, end.day) == (9, 30)


def _read(text: str) -> Period:
    if text.isascii():
        if len(text) == 4 and text.isdigit() and text != "0000":  # noqa: PLR2004, a year has four digits
            return _year(int(text))
        first, slash, last = text.partition("/")
        if not slash:
            span = _fiscal(text) or _plain(text)
        elif first == "..":
            span = _open(last)
        else:
            span = _closed(_plain(first), _plain(last), text)
        if span is not None:
            return span
    raise InvalidPeriodError(text, "is not a period", FORMS)


def _open(last: str) -> Period | None:
    end = _plain(last)
    return end and Period(start=None, end=end.end)


def _closed(first: Period | None, last: Period | None, text: str) -> Period | None:
    if first is None or last is None:
        return None
    if _earliest(first.start) > last.end:
        raise InvalidPeriodError(text, "is reversed", "Write the earlier end first.")
    return Period(start=first.start, end=last.end)


def _fiscal(text: str) -> Period | None:
    year = text[2:]
    # The year 1 would begin before the calendar.
    if text[:2].upper() == "FY" and len(year) == 4 and year.isdigit() and int(year) > 1:  # noqa: PLR2004
        return Period(start=dt.date(int(year) - 1, 10, 1), end=dt.date(int(year), 9, 30), fiscal=True)
    return None


def _plain(text: str) -> Period | None:
    """A year, half, quarter, month or day; ``None`` for anything else."""
    import re

    found = re.fullmatch(r"(\d{4})(?:-?([HS])([12])|-?(Q)([1-4])|-(\d\d)(?:-(\d\d))?)?", text, re.IGNORECASE | re.ASCII)
    if found is None:
        return None
    year, half, half_number, quarter, quarter_number, month, day = found.groups()
    try:
        if day:
            start = end = dt.date(int(year), int(month), int(day))
        else:
            months = 6 if half else 3 if quarter else 1 if month else 12
            number = half_number or quarter_number or month or "1"
            start = dt.date(int(year), (int(number) - 1) * months + 1, 1)
            end = _last_day(start, months)
    except ValueError:
        return None
    return Period(start=start, end=end)
