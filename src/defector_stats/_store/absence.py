"""Why there is no value: one fact has one reason, whoever asks, and whatever the day asked about."""

from __future__ import annotations

import attrs

from defector_stats.errors import NoDataError

TYPE_CHECKING = False
if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable

    from defector_stats._model.period import Period
    from defector_stats._model.records import Gap
    from defector_stats._store.tables import Cells

# Reasons that say more than a date of release could.
_STATED = ("not-published", "not-collected")
# Further ahead a rhythm says nothing.
FAR = 100
# No figure is due more than ten years later, and the calendar ends with the year 9999.
_LAST_YEAR = 9989


@attrs.frozen(kw_only=True)
class Knowledge:
    """Which periods of one measure, area and frequency have a value, and what is known of the others.

    Attributes:
        measure: The id of the measure.
        area: The code of the area.
        known: The periods that have a value on the day asked about, in order of time.
        later: Those that have one now and had none on that day.
        gaps: The gaps that the data state.
        first: The first period that is covered, by all that is known now.
        last: The last one.
        suppressed: Whether the publisher leaves out small numbers, so that a period without a value is covered.
    """

    measure: str
    area: str
    known: tuple[Period, ...]
    later: tuple[Period, ...]
    gaps: tuple[Gap, ...]
    first: Period | None
    last: Period | None
    suppressed: bool

    def reason(self, period: Period) -> str:
        """Return the reason why a period has no value."""
        stated = next((gap.reason for gap in self.gaps if gap.period == period), None)
        if stated in _STATED:
            return stated
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
        """Return the error that says what is known around a period; of two that are as near, the earlier is named."""
        return NoDataError(
            self.measure,
            period,
            self.area,
            self.reason(period),
            first=self.known[0] if self.known else None,
            last=self.known[-1] if self.known else None,
            nearest=min(self.known, key=lambda each: abs(each.end - period.end), default=None),
            gaps=tuple(gap for gap in self.gaps if gap.period == period),
            note=note,
            hint=hint,
        )

    def nothing(self, note: str, hint: str) -> NoDataError:
        """Return the error for a question to which no period belongs."""
        reason = "not-yet-released" if self.later else "not-found"
        return NoDataError(self.measure, None, self.area, reason, note=note, hint=hint)


def deadline(period: Period, months: str) -> dt.date:
    """Return the last day of the month that comes so many months after a period."""
    from dateutil.relativedelta import relativedelta

    return period.end + relativedelta(months=int(months), day=31)


def due(rhythm: Iterable[Cells], period: Period) -> dt.date | None:
    """Return the last day of the month in which a figure is due, or ``None`` where no rhythm is known.

    The second half of a year comes with the year.
    """
    kinds = {"year": "year", "half": "H1" if period.last.endswith("-06-30") else "year"}
    if period.frequency not in kinds or period.end.year > _LAST_YEAR:
        return None
    months = {cells["period"]: cells["months"] for cells in rhythm}.get(kinds[period.frequency])
    return None if months is None else deadline(period, months)
