"""Reasons why a period has no value, and the days by which figures are due."""

from __future__ import annotations

import attrs

from defector_stats._model.period import Period
from defector_stats._model.records import Gap
from defector_stats._store.tables import Cells
from defector_stats.errors import NoDataError

TYPE_CHECKING = False
if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable

# Stated reasons that apply even if a value was released later.
_ALWAYS_STATED = ("not-published", "not-collected")
# In years: schedules say nothing about a more distant future.
FAR = 100
# Figures are due within ten years, and the calendar ends with the year 9999.
LAST_YEAR_DUE = 9989


@attrs.frozen(kw_only=True)
class Knowledge:
    """The periods of one measure, area and frequency that have a value, and why others have none."""

    measure: str
    """The id of the measure."""
    area: str
    """The code of the area."""
    known: tuple[Period, ...]
    """The periods with a value on the day asked about, in order of time."""
    later: tuple[Period, ...] = ()
    """The periods whose value was published after the day asked about, in order of time."""
    gaps: tuple[Gap, ...] = ()
    """The gaps that the data state."""
    first: Period | None
    """The first period covered by publications of any date; ``None`` if there is none."""
    last: Period | None
    """The last period covered by publications of any date; ``None`` if there is none."""
    suppressed: bool = False
    """Whether the publisher omits small numbers, so that a covered period may have no value."""

    def reason(self, period: Period) -> str:
        """Return the reason why a period has no value, which is one of those of `NoDataError`."""
        stated = next((gap.reason for gap in self.gaps if gap.period == period), None)
        if stated in _ALWAYS_STATED:
            return stated
        # Any other gap is stated as of now, and may predate the value.
        if period in self.later:
            return "not-yet-released"
        if stated is not None:
            return stated
        if self.first is not None and period < self.first:
            return "before-coverage"
        if self.last is not None and period.last > self.last.last:
            return "after-coverage"
        return "suppressed" if self.suppressed else "not-found"

    def error(self, period: Period, note: str = "", hint: str = "") -> NoDataError:
        """Return the error for a period without a value, with the first, last and nearest known periods."""
        # `known` is in order of time, and min takes the first, so the earlier of two equally near periods is named.
        nearest = min(self.known, key=lambda other: abs(other.end - period.end), default=None)
        return NoDataError(
            self.measure,
            period,
            self.area,
            self.reason(period),
            first=self.known[0] if self.known else None,
            last=self.known[-1] if self.known else None,
            nearest=nearest,
            gaps=tuple(gap for gap in self.gaps if gap.period == period),
            note=note,
            hint=hint,
        )

    def nothing(self, note: str, hint: str) -> NoDataError:
        """Return the error for a question without an answer that names no single period."""
        reason = "not-yet-released" if self.later else "not-found"
        return NoDataError(self.measure, None, self.area, reason, note=note, hint=hint)


def deadline(period: Period, months: str) -> dt.date:
    """Return the last day of the month that is a number of months after the end of a period."""
    from dateutil.relativedelta import relativedelta

    # relativedelta takes day 31 as the last day of the month.
    return period.end + relativedelta(months=int(months), day=31)


def due(rhythm: Iterable[Cells], period: Period) -> dt.date | None:
    """Return the last day of the month in which the figure for a period is due.

    Args:
        rhythm: The rows for the measure in the table of release schedules.
        period: The period; only years, halves and fiscal years have a schedule.

    Returns:
        The day, or ``None`` if no schedule is known.
    """
    # The second half of a year is published together with the year.
    halves = {"06": "H1", "12": "year"}
    kind = halves[period.last[5:7]] if period.frequency == "half" else period.frequency
    if period.end.year > LAST_YEAR_DUE:
        return None
    months = {cells["period"]: cells["months"] for cells in rhythm}.get(kind)
    return None if months is None else deadline(period, months)
