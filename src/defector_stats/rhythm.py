"""How new the figures are, by the publisher's known rhythm."""

from __future__ import annotations

import datetime as dt

import attrs

from defector_stats.absence import FAR, deadline
from defector_stats.errors import InvalidPeriodError
from defector_stats.period import Period
from defector_stats.wording import name

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

    from defector_stats.figure import Observation
    from defector_stats.log import Row
    from defector_stats.shelf import Shelf

_FORMS = {"year": "{:04}", "H1": "{:04}-H1"}


@attrs.frozen(kw_only=True)
class Freshness:
    """How new the figures of a measure are.

    Attributes:
        newest: The newest full-year figure.
        edition: The edition of the data.
        today: The day for which the question is answered.
        overdue: Periods whose figure was due by ``today`` and is not in this edition.
        next_period: The next period whose figure is due, or ``None`` where no rhythm is known.
        next_due: The last day of the month in which it is due, likewise.

    Examples:
        >>> from defector_stats import freshness
        >>> found = freshness("2026-11-23")
        >>> found.newest + 0, [str(period) for period in found.overdue]
        (223, ['2026-H1'])
    """

    newest: Observation
    edition: str
    today: dt.date
    overdue: tuple[Period, ...]
    next_period: Period | None
    next_due: dt.date | None

    def __str__(self) -> str:
        newest = self.newest
        text = (
            f"The newest yearly figure is {newest:,} for {newest.period}, released {newest.released} "
            f"(data edition {self.edition})."
        )
        if self.overdue:
            text += f" Due by now and not in this edition: {', '.join(map(str, self.overdue))}."
        if self.next_due is None:
            return text
        return (
            f"{text} The next, for {self.next_period}, is due by {name(Period.parse(str(self.next_due)[:7]), 'stock')}."
        )


def freshness(newest: Observation, shelf: Shelf, rhythm: Iterable[Row], edition: str, today: dt.date) -> Freshness:
    """What is overdue and what comes next.

    Args:
        newest: The newest full-year figure.
        shelf: What is known of its measure.
        rhythm: For each measure and kind of period, the months from its end to the month of release.
        edition: The edition of the data.
        today: The day to answer for.

    Raises:
        InvalidPeriodError: If the day lies more than a century after the newest figure.
    """
    if today.year > newest.period.end.year + FAR:
        hint = "Ask for a day within a century of the newest figure."
        raise InvalidPeriodError(today.isoformat(), "lies too far ahead", hint)
    absent: list[tuple[dt.date, Period]] = []
    for measure, pattern, months, _ in rhythm:
        year, day = newest.period.end.year, dt.date.min
        while measure == newest.measure and day < today:
            year += 1
            period = Period.parse(_FORMS[pattern].format(year))
            if shelf.answer(period) is None:
                day = deadline(period, months)
                absent.append((day, period))
    coming = [(day, period) for day, period in absent if day >= today]
    next_due, next_period = min(coming, default=(None, None))
    return Freshness(
        newest=newest,
        edition=edition,
        today=today,
        overdue=tuple(period for day, period in sorted(absent) if day < today),
        next_period=next_period,
        next_due=next_due,
    )
