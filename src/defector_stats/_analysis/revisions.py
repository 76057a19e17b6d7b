"""The published history of a value."""

from __future__ import annotations

from defector_stats._model.period import Period
from defector_stats._model.records import Revisions
from defector_stats.errors import NoDataError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from defector_stats._model.period import PeriodLike
    from defector_stats._store.figures import Figures
    from defector_stats._store.ledger import Ledger


def revisions(ledger: Ledger, period: PeriodLike | None, measure: str, area: str | None) -> Revisions:
    """Return the steps of one period, or of all periods; see `Catalogue.revisions` for the errors."""
    figures = ledger.figures(measure, area)
    asked = figures.log.periods(figures.area) if period is None else [period]
    periods = sorted(map(Period.parse, asked))
    steps = tuple(step for published in periods for step in figures.revisions(published))
    if not steps and period is not None:
        raise _no_steps_error(figures, periods[0])
    subject = ledger.subject(figures.measure, figures.area)
    return Revisions(rows=steps, subject=subject.words, kind=subject.kind, edition=ledger.tables.edition)


def _no_steps_error(figures: Figures, period: Period) -> NoDataError:
    """Return the error for a period for which nothing was published."""
    derived = figures.at(period)
    if derived is None:
        return figures.absent(period)
    # A derived figure has no history of its own, but each of its inputs has one.
    first = derived.inputs[0]
    call = f"revisions({str(first.period)!r}, {first.measure!r}, area={first.area!r})"
    return NoDataError(
        figures.measure,
        period,
        figures.area,
        "not-found",
        note=f"The value is worked out as {derived.formula}.",
        hint=f"Ask for the revisions of what it is worked out from, such as {call}.",
    )
