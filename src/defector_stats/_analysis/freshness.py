"""The newest figure, and when the next is due on the publisher's usual schedule."""

from __future__ import annotations

import datetime as dt
from typing import ClassVar

import attrs

from defector_stats import _model as hints
from defector_stats._model.dates import read_as_of
from defector_stats._model.observation import Observation
from defector_stats._model.period import Period
from defector_stats._model.record import Record
from defector_stats._model.records import Source
from defector_stats._model.words import period_name
from defector_stats._store.absence import FAR, LAST_YEAR_DUE, deadline
from defector_stats._store.figures import Figures
from defector_stats._store.ledger import Ledger
from defector_stats.errors import InvalidPeriodError

# The periods of a schedule, as they are written for a given year.
_PERIOD_FORMS = {"year": "{:04}", "H1": "{:04}-H1", "fiscal-year": "FY{:04}"}


@attrs.frozen(kw_only=True, repr=False)
class Freshness(Record):
    """The newest figure of a measure, and when the next is due; ``str`` returns a few sentences.

    Examples:
        >>> from defector_stats import freshness
        >>> found = freshness("2026-11-23")
        >>> int(found.newest), [str(period) for period in found.overdue]
        (223, ['2026-H1'])
    """

    SHOWN: ClassVar[tuple[str, ...]] = ("newest", "next_period", "next_due")

    newest: Observation
    """The newest figure for a full year, an `Observation`."""
    edition: str
    """The edition of the data, as `data_version` returns it."""
    today: dt.date
    """The day for which the answer holds."""
    url: str | None
    """The page on which the publisher shows the newest figures; ``None`` if none is known."""
    overdue: tuple[Period, ...]
    """The periods whose figure was due before ``today`` but is not in this edition."""
    next_period: Period | None
    """The next period whose figure is due; ``None`` if no schedule is known."""
    next_due: dt.date | None
    """The day by which the next figure is due.

    It is the last day of a month; ``None`` if no schedule is known.
    """

    @property
    def sources(self) -> tuple[Source, ...]:
        """The sources of the newest figure, each a `Source`."""
        return self.newest.sources

    def __str__(self) -> str:
        newest = self.newest
        text = (
            f"The newest yearly figure is {newest:,} for {newest.period}, released {newest.released} "
            f"(data edition {self.edition})."
        )
        if self.overdue:
            text += f" Overdue in this edition: {', '.join(map(str, self.overdue))}."
        if self.next_due is not None:
            due = period_name(Period.parse(str(self.next_due)[:7]), "stock")
            text += f" The next, for {self.next_period}, is due by {due}."
        return f"{text} Check it at {self.url}" if self.url else text


def freshness(ledger: Ledger, day: hints.DateLike | None) -> Freshness:
    """Return the newest figure, the overdue periods and the next due date; see `Catalogue.freshness` for the errors."""
    today = dt.date.today() if day is None else dt.date.fromisoformat(read_as_of(day))  # noqa: DTZ011
    figures = ledger.figures("arrivals", "KOR")
    newest = figures.newest()
    if today.year > newest.period.end.year + FAR:
        hint = "Ask for a day within a century of the newest figure."
        raise InvalidPeriodError(today.isoformat(), "is too far ahead", hint)
    absent = list_due(figures, newest, today)
    upcoming = [(due, period) for due, period in absent if due >= today]
    next_due, next_period = min(upcoming, default=(None, None))
    return Freshness(
        newest=newest,
        edition=ledger.tables.edition,
        today=today,
        url=ledger.tables.measures[newest.measure].url,
        overdue=tuple(period for due, period in absent if due < today),
        next_period=next_period,
        next_due=next_due,
    )


def list_due(figures: Figures, newest: Observation, day: dt.date) -> list[tuple[dt.date, Period]]:
    """Return the days on which figures are due on the publisher's schedules, with their periods, in order of time.

    Each schedule is followed from the newest figure up to the first period that is due on the given day or later.
    """
    absent: list[tuple[dt.date, Period]] = []
    for cells in figures.tables.about("release-calendar", figures.measure):
        for year in range(newest.period.end.year + 1, LAST_YEAR_DUE + 1):
            period = Period.parse(_PERIOD_FORMS[cells["period"]].format(year))
            if figures.at(period) is None:
                absent.append((deadline(period, cells["months"]), period))
                if absent[-1][0] >= day:
                    break
    return sorted(absent)
