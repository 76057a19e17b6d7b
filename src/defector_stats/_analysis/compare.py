"""Comparison of two figures, with caveats, or an error if they are not comparable."""

from __future__ import annotations

from typing import Any, ClassVar

import attrs

from defector_stats import _model as hints
from defector_stats._model.fraction import Fraction
from defector_stats._model.observation import Observation
from defector_stats._model.period import Period
from defector_stats._model.record import Record
from defector_stats._model.records import Estimate, Indicator, Measure, Source
from defector_stats._model.subject import Subject
from defector_stats._model.vocabulary import Direction
from defector_stats._model.words import (
    SMALL_BASE,
    decimal,
    figure_for,
    multiple,
    number,
    percent,
    period_name,
    release_phrase,
    sentence,
    unit_name,
    with_preposition,
)
from defector_stats._store.history import WORLD
from defector_stats._store.ledger import Ledger
from defector_stats.errors import InvalidPeriodTypeError, NotComparableError, short_repr

TYPE_CHECKING = False
if TYPE_CHECKING:
    from dateutil.relativedelta import relativedelta


@attrs.frozen(kw_only=True, repr=False)
class Comparison(Record):
    """The change from one figure to another, in exact numbers; ``str`` returns a sentence.

    Examples:
        >>> from defector_stats import compare
        >>> change = compare(2019, 2020)
        >>> print(change)
        Arrivals in South Korea fell from 1,047 in 2019 to 229 in 2020: 818 fewer (−78.1%), less than a quarter as many.
        >>> change.difference, change.direction, change.ratio
        (-818, 'down', Fraction(229, 1047))
    """

    SHOWN: ClassVar[tuple[str, ...]] = ("formula", "difference", "direction")

    inputs: tuple[Observation, Observation]
    """The two figures, each an `Observation`, the base first."""
    subjects: tuple[str, str]
    """What each figure counts, as part of a sentence, such as ``arrivals in South Korea``."""
    kind: str
    """Whether both figures count events in a period (``flow``) or people on a day (``stock``)."""
    caveats: tuple[str, ...]
    """The caveats on the difference, each a sentence; empty if there is none."""

    @property
    def difference(self) -> int:
        """The second figure minus the first, in persons."""
        before, after = self.inputs
        return after - before

    @property
    def ratio(self) -> Fraction | None:
        """The second figure divided by the first, exact; ``None`` if the first is zero."""
        before, after = self.inputs
        return Fraction(after, before) if before else None

    @property
    def percent(self) -> Fraction | None:
        """The difference as a percentage of the first figure, exact; ``None`` if the first is zero.

        Examples:
            >>> from defector_stats import compare
            >>> compare(2019, 2020).percent, f"{compare(2019, 2020).percent:+.1f}"
            (Fraction(-81800, 1047), '-78.1')
        """
        return None if self.ratio is None else Fraction((self.ratio - 1) * 100)

    @property
    def direction(self) -> Direction:
        """The direction of the change, which is ``up``, ``down`` or ``unchanged``."""
        if self.difference == 0:
            return "unchanged"
        return "up" if self.difference > 0 else "down"

    @property
    def formula(self) -> str:
        """The formula of the difference, such as ``2020 − 2019``."""
        before, after = self.inputs
        return f"{after.period} − {before.period}"

    @property
    def sources(self) -> tuple[Source, ...]:
        """The sources of the two figures, each a `Source`."""
        return tuple(dict.fromkeys(source for figure in self.inputs for source in figure.sources))

    @property
    def in_words(self) -> str:
        """The difference in words, such as ``818 fewer (−78.1%)``.

        Examples:
            >>> from defector_stats import compare
            >>> compare(2019, 2020).in_words, compare(1992, 1993).in_words
            ('818 fewer (−78.1%)', 'as many')
        """
        if self.difference == 0:
            return "as many"
        words = f"{number(abs(self.difference))} {'more' if self.difference > 0 else 'fewer'}"
        if self.percent is None:
            return words
        return f"{words} ({percent(self.percent, int(self.inputs[0]), signed=True)})"

    def record(self) -> dict[str, Any]:
        """Return the comparison as plain values, ready for JSON.

        Returns:
            A new dictionary; the ratio and the percentage are floats, sources are given by their keys,
            and inputs are records.
        """
        from defector_stats._model.plain import plain

        change = plain(self, "difference", "ratio", "percent", "direction", "formula", "caveats", "sources", "inputs")
        return {"sentence": str(self)} | change

    def __str__(self) -> str:
        before, after = self.inputs
        other_subject, subject = self.subjects[0], sentence(self.subjects[1])
        then, now = with_preposition(before.period, self.kind), with_preposition(after.period, self.kind)
        times = "" if self.ratio is None else multiple(self.ratio)
        # From a later period to an earlier one, nothing rises or falls.
        backwards = before.period > after.period and sentence(other_subject) == subject
        words = f"{self.in_words} than {then} ({before:,})" if backwards else self.in_words
        change = ", ".join(filter(None, (words, times)))
        if not before:
            change += "; from zero there is no percentage"
        if sentence(other_subject) != subject:
            return f"{subject} numbered {after:,} {now}, against {before:,} {other_subject} {then}: {change}."
        # Two figures for the same period differ in their dates of publication.
        if before.period == after.period and self.difference:
            return (
                f"{subject} {now}: {before:,} was published {release_phrase(before.released)}, "
                f"{after:,} {release_phrase(after.released)}; {change}."
            )
        if self.difference == 0:
            return f"{subject} numbered {after:,} {now}, as many as {then}."
        if backwards:
            return f"{subject} numbered {after:,} {now}: {change}."
        verb = "rose" if self.difference > 0 else "fell"
        return f"{subject} {verb} from {before:,} {then} to {after:,} {now}: {change}."

    def __repr__(self) -> str:
        before, after = self.inputs
        return f"<Comparison {before.period} to {after.period}: {number(int(before))} to {number(int(after))}>"


def compare(
    ledger: Ledger,
    a: hints.PeriodLike | Observation,
    b: hints.PeriodLike | Observation,
    measure: str,
    area: str | None,
    as_of: hints.DateLike | None,
) -> Comparison:
    """Compare two figures, passed as observations or as periods; see `Catalogue.compare` for the errors."""
    before, after = _read_pair(ledger, a, b, measure, area, as_of)
    first_subject, second_subject = (ledger.subject(figure.measure, figure.area) for figure in (before, after))
    return compare_figures(before, after, first_subject, second_subject)


def compare_figures(
    before: Observation, after: Observation, first_subject: Subject, second_subject: Subject
) -> Comparison:
    """Compare two figures.

    Args:
        before: The base.
        after: The figure to compare with the base.
        first_subject: What the base counts.
        second_subject: What the other figure counts.

    Raises:
        NotComparableError: If the figures do not measure the same thing over the same kind of span.
    """
    measure = first_subject.measure
    difference = _find_difference(before.period, after.period, measure, second_subject.measure)
    if difference is not None:
        raise NotComparableError(describe(before), describe(after), difference)
    caveats = [
        *caveats_of(before, measure),
        *caveats_of(after, measure),
        *breaks_between(measure, before, after),
        *_warn_of_small_base(before),
    ]
    return Comparison(
        inputs=(before, after),
        subjects=(first_subject.words, second_subject.words),
        kind=first_subject.kind,
        caveats=tuple(dict.fromkeys(caveats)),
    )


def _read_pair(
    ledger: Ledger, a: Any, b: Any, measure: str, area: str | None, as_of: hints.DateLike | None
) -> tuple[Observation, Observation]:
    """Return two observations, which were passed as such or as periods."""
    if isinstance(a, Estimate) or isinstance(b, Estimate):
        raise NotComparableError(_name_side(a), _name_side(b), "an estimate is not a count")
    if isinstance(a, Indicator) or isinstance(b, Indicator):
        raise NotComparableError(_name_side(a), _name_side(b), _differ(a, b))
    if isinstance(a, Observation) and isinstance(b, Observation):
        if as_of is not None:
            hint = "Ask for each observation as of its day, or give two periods."
            raise InvalidPeriodTypeError(as_of, "does not apply to two observations", hint)
        return a, b
    if isinstance(a, Observation) or isinstance(b, Observation):
        observation = a if isinstance(a, Observation) else b
        raise InvalidPeriodTypeError(observation, "is an observation beside a period", "Give two of a kind.")
    figures = ledger.figures(measure, area, as_of)
    return figures.require(Period.parse(a)), figures.require(Period.parse(b))


def _name_side(given: object) -> str:
    """Return one side of a comparison as an error names it."""
    if isinstance(given, Observation):
        return describe(given)
    if isinstance(given, Indicator):
        return f"{given.indicator} in {given.period} ({given.survey})"
    return f"an estimate of {given.topic}" if isinstance(given, Estimate) else short_repr(given)


def _differ(a: object, b: object) -> str:
    """Return why two things, of which at least one is an indicator, cannot be compared."""
    if not (isinstance(a, Indicator) and isinstance(b, Indicator)):
        return "the result of a survey is not a count"
    if a.indicator != b.indicator:
        return "they measure different things"
    if a.survey != b.survey:
        return "they come from different surveys, which asked other people and other questions"
    if (a.category, a.population) != (b.category, b.population):
        return "they are about different people or answers"
    return "the people asked and the questions may differ, so no change is calculated"


def caveats_of(figure: Observation, measure: Measure) -> list[str]:
    """Return the caveats on a figure, each a sentence."""
    where = f"The {figure_for(figure.period, measure.kind)}"
    caveats = figure.caveats
    if figure.note and (measure.suppression or figure == 0):
        # Every comparison needs to say why a figure is zero, and how small numbers were rounded.
        caveats = (f"{where}: {figure.note}", *caveats)
    if figure.status == "low-reliability":
        # The note also contains the caveats, which are separate sentences here.
        why = figure.note.removesuffix(" ".join(figure.caveats))
        return [f"{where} is of low reliability. {why}".strip(), *caveats]
    if figure.status == "provisional":
        return [f"{where} is provisional.", *caveats]
    return list(caveats)


def breaks_between(measure: Measure, *figures: Observation) -> list[str]:
    """Return a caveat for each change of method between the earliest and the latest figure."""
    areas = {figure.area for figure in figures}
    earliest = min(figure.period.last for figure in figures)
    latest = max(figure.period.last for figure in figures)
    return [
        f"{change.note} A difference across {period_name(change.period)} may show method, not movement."
        for change in measure.breaks
        # A change of method with an open start began before every figure.
        if (change.area in areas or WORLD in areas)
        and earliest < change.period.last
        and latest >= (change.period.first or "")
    ]


def describe(figure: Observation) -> str:
    """Return a figure as errors name it."""
    return f"{figure.measure}, {figure.area}, {figure.period}"


def _warn_of_small_base(before: Observation) -> list[str]:
    """Return a caveat if the figure is too small for its percentages to mean much."""
    if not 0 < before < SMALL_BASE:
        return []
    points = decimal(Fraction(100, int(before))).removesuffix(".0")
    return [f"The base is small ({int(before)}): each person is {points}% of it."]


def _find_difference(before: Period, after: Period, left: Measure, right: Measure) -> str | None:
    """Return what makes two figures incomparable; ``None`` if nothing does."""
    if left.kind != right.kind:
        return f"one is a {left.kind}, the other a {right.kind}; a stock counts people on a day, a flow over time"
    if left.id != right.id:
        return f"they count different things ({left.title}; {right.title})"
    if before.frequency != after.frequency:
        return f"one is a {unit_name(before.frequency)}, the other a {unit_name(after.frequency)}"
    if _measure_span(before) != _measure_span(after):
        return "the spans are of different length"
    return None


def _measure_span(period: Period) -> relativedelta | None:
    """Return the length of an explicit span; ``None`` for all other kinds of period, whose lengths are fixed."""
    if period.start is None or period.frequency != "span":
        return None
    # Counted in months and days, so that a span in a leap year is as long as in any other.
    from dateutil.relativedelta import relativedelta

    return relativedelta(period.end + relativedelta(days=1), period.start)
