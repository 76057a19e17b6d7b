"""The successive published values of a figure."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

import attrs

import defector_stats as ds
from defector_stats import _model as hints
from defector_stats._model.period import Period
from defector_stats._model.records import Measure, Revision
from defector_stats._model.sequences import Rows
from defector_stats._store.figures import Figures
from defector_stats._store.imprint import imprint
from defector_stats._store.ledger import Ledger
from defector_stats.errors import NoDataError


@attrs.frozen(kw_only=True, repr=False)
class Revisions(Rows[Revision]):
    """The successive published values of a figure, as a sequence of `Revision`, oldest first.

    Examples:
        >>> from defector_stats import revisions
        >>> steps = revisions(2009)
        >>> len(steps), steps[0].value, steps[-1].value
        (5, 2952, 2914)
    """

    NOUNS: ClassVar[tuple[str, str]] = ("step", "steps")

    COLUMNS: ClassVar[tuple[str, ...]] = (
        "measure", "area", "place", "period", "frequency", "year", "start_date", "end_date", "value", "male", "female",
        "status", "released", "known_from", "last_seen", "sources", "url", "note",
    )  # fmt: skip

    rows: tuple[Revision, ...]
    """The values, each a `Revision`, oldest first."""
    measure: Measure
    """The `Measure` of the values."""
    area: str
    """The code of the area of the values (ISO 3166-1 alpha-3), such as ``KOR``."""
    subject: str
    """What the figures count, as part of a sentence, such as ``arrivals in South Korea``."""
    kind: str
    """Whether the figures count events in a period (``flow``) or people on a day (``stock``)."""
    edition: str
    """The edition of the data, as `data_version` returns it."""

    def plot(self, *, title: str | None = None, narrow: bool = False) -> ds.Chart:
        """Draw the values for one period by date of publication.

        Args:
            title: A title, such as what the chart shows; without one, a description of it.
            narrow: Whether to draw the chart for the screen of a phone.

        Returns:
            A `Chart` with a text alternative.

        Raises:
            MissingExtraError: If matplotlib is not installed.
            InvalidValueError: If the values belong to several periods, there are none, or the title is not a text.
        """
        from defector_stats._model.shown import plot

        return plot(self, title=title, narrow=narrow)


def revisions(ledger: Ledger, period: hints.PeriodLike | None, measure: str, area: str | None) -> Revisions:
    """Return the published values for one period, or for all periods; see `Catalogue.revisions` for the errors."""
    figures = ledger.figures(measure, area)
    asked = figures.log.periods(figures.area) if period is None else [period]
    periods = sorted(map(Period.parse, asked))
    found = revisions_of(figures, periods)
    if not found and period is not None:
        raise _no_steps_error(figures, periods[0])
    return found


def revisions_of(figures: Figures, periods: Iterable[Period]) -> Revisions:
    """Return the published values for several periods, of which there may be none."""
    ledger = figures.ledger
    subject = ledger.subject(figures.measure, figures.area)
    return Revisions(
        rows=tuple(step for published in periods for step in figures.revisions(published)),
        measure=subject.measure,
        area=figures.area,
        subject=subject.words,
        kind=subject.kind,
        edition=ledger.tables.edition,
        imprint=imprint(ledger),
    )


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
        note=f"The value is calculated as {derived.formula}.",
        hint=f"Ask for the revisions of what it is calculated from, such as {call}.",
    )
