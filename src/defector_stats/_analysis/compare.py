"""Two figures side by side: the difference, what it is worth, and whether they may be compared."""

from __future__ import annotations

import attrs
from dateutil.relativedelta import relativedelta

from defector_stats._model.observation import Observation
from defector_stats._model.period import Period
from defector_stats._model.plain import plain
from defector_stats._model.records import Estimate
from defector_stats._model.vocabulary import WORLD
from defector_stats._model.words import (
    SMALL_BASE,
    decimal,
    figure_for,
    number,
    percent,
    period_name,
    release_phrase,
    sentence,
    unit_name,
    with_preposition,
)
from defector_stats.errors import InvalidPeriodTypeError, NotComparableError, short_repr

TYPE_CHECKING = False
if TYPE_CHECKING:
    from fractions import Fraction
    from typing import Any

    from defector_stats._model.dates import DateLike
    from defector_stats._model.period import PeriodLike
    from defector_stats._model.records import Measure, Source
    from defector_stats._model.subject import Subject
    from defector_stats._model.vocabulary import Direction
    from defector_stats._store.ledger import Ledger


@attrs.frozen(kw_only=True, repr=False)
class Comparison:
    """The way from one figure to another, in exact numbers; ``str`` is one sentence.

    Attributes:
        inputs: The two figures, as `Observation`: from the first to the second.
        subjects: What each of them counts, in words.
        kind: ``flow`` or ``stock``, as of their `Measure`.
        caveats: What to know before the difference is used, one sentence each; taken from the figures.

    Examples:
        >>> from defector_stats import compare
        >>> change = compare(2019, 2020)
        >>> print(change)
        Arrivals in South Korea fell from 1,047 in 2019 to 229 in 2020: 818 fewer (−78.1%).
        >>> change.difference, change.direction, change.ratio
        (-818, 'down', Fraction(229, 1047))
    """

    inputs: tuple[Observation, Observation]
    subjects: tuple[str, str]
    kind: str
    caveats: tuple[str, ...]

    @property
    def difference(self) -> int:
        """The second figure less the first, in persons."""
        before, after = self.inputs
        return after - before

    @property
    def ratio(self) -> Fraction | None:
        """The second figure over the first, exact; ``None`` from zero."""
        from fractions import Fraction

        before, after = self.inputs
        return Fraction(after, before) if before else None

    @property
    def percent(self) -> Fraction | None:
        """The difference in per cent of the first figure, exact; ``None`` from zero.

        Examples:
            >>> from defector_stats import compare
            >>> compare(2019, 2020).percent, round(float(compare(2019, 2020).percent), 1)
            (Fraction(-81800, 1047), -78.1)
        """
        return None if self.ratio is None else (self.ratio - 1) * 100

    @property
    def direction(self) -> Direction:
        """``up``, ``down`` or ``unchanged``."""
        if self.difference == 0:
            return "unchanged"
        return "up" if self.difference > 0 else "down"

    @property
    def formula(self) -> str:
        """How the difference was worked out."""
        before, after = self.inputs
        return f"{after.period} − {before.period}"

    @property
    def sources(self) -> tuple[Source, ...]:
        """Where the two figures were read."""
        return tuple(dict.fromkeys(source for figure in self.inputs for source in figure.sources))

    @property
    def in_words(self) -> str:
        """The difference in words.

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
        """Return the comparison as plain values, ready for JSON; ratio and per cent are rounded to a float.

        Returns:
            A new dictionary; sources are keys, inputs are records.
        """
        change = plain(self, "difference", "ratio", "percent", "direction", "formula", "caveats", "sources", "inputs")
        return {"sentence": str(self)} | change

    def __str__(self) -> str:
        before, after = self.inputs
        other, what = self.subjects[0], sentence(self.subjects[1])
        then, now = with_preposition(before.period, self.kind), with_preposition(after.period, self.kind)
        change = self.in_words if before else f"{self.in_words}; from zero there is no percentage"
        if sentence(other) != what:
            return f"{what} numbered {after:,} {now}, against {before:,} {other} {then}: {change}."
        if before.period == after.period and self.difference:
            return (
                f"{what} {now}: {before:,} was printed {release_phrase(before.released)}, "
                f"{after:,} {release_phrase(after.released)}; {change}."
            )
        if self.difference == 0:
            return f"{what} were as many {now} as {then}: {after:,}."
        if before.period > after.period:
            return f"{what} numbered {after:,} {now}, against {before:,} {then}: {change}."
        verb = "rose" if self.difference > 0 else "fell"
        return f"{what} {verb} from {before:,} {then} to {after:,} {now}: {change}."

    def _repr_html_(self) -> str:
        from defector_stats._model.shown import html

        return html(self)

    def __repr__(self) -> str:
        before, after = self.inputs
        return f"<Comparison {before.period} to {after.period}: {number(int(before))} to {number(int(after))}>"


def compare(
    ledger: Ledger,
    a: PeriodLike | Observation,
    b: PeriodLike | Observation,
    measure: str,
    area: str | None,
    as_of: DateLike | None,
) -> Comparison:
    """Compare two figures, given as such or by their periods; `Catalogue.compare` tells what is raised."""
    before, after = _pair(ledger, a, b, measure, area, as_of)
    one, other = (ledger.subject(figure.measure, figure.area) for figure in (before, after))
    return compare_figures(before, after, one, other)


def compare_figures(before: Observation, after: Observation, one: Subject, other: Subject) -> Comparison:
    """Compare two figures.

    Args:
        before: The figure to compare with.
        after: The figure that is compared.
        one: What the first counts.
        other: What the second counts.

    Raises:
        NotComparableError: If they do not measure the same thing over the same kind of span.
    """
    measure = one.measure
    difference = _difference(before.period, after.period, measure, other.measure)
    if difference is not None:
        raise NotComparableError(describe(before), describe(after), difference)
    caveats = [
        *caveats_of(before, measure),
        *caveats_of(after, measure),
        *breaks_between(measure, before, after),
        *_small_base(before),
    ]
    return Comparison(
        inputs=(before, after),
        subjects=(one.words, other.words),
        kind=one.kind,
        caveats=tuple(dict.fromkeys(caveats)),
    )


def _pair(
    ledger: Ledger, a: Any, b: Any, measure: str, area: str | None, as_of: DateLike | None
) -> tuple[Observation, Observation]:
    """Return the two observations."""
    if isinstance(a, Estimate) or isinstance(b, Estimate):
        raise NotComparableError(_title(a), _title(b), "an estimate is not a count")
    if isinstance(a, Observation) and isinstance(b, Observation):
        if as_of is not None:
            hint = "Ask for each observation as of its day, or give two periods."
            raise InvalidPeriodTypeError(as_of, "does not apply to two observations", hint)
        return a, b
    if isinstance(a, Observation) or isinstance(b, Observation):
        odd = a if isinstance(a, Observation) else b
        raise InvalidPeriodTypeError(odd, "is an observation beside a period", "Give two of a kind.")
    figures = ledger.figures(measure, area, as_of)
    return figures.require(Period.parse(a)), figures.require(Period.parse(b))


def _title(thing: object) -> str:
    """Return what was to be compared, as errors name it."""
    if isinstance(thing, Observation):
        return describe(thing)
    return f"an estimate of {thing.topic}" if isinstance(thing, Estimate) else short_repr(thing)


def caveats_of(figure: Observation, measure: Measure) -> list[str]:
    """Return what to know before a figure is used, one sentence each."""
    where = f"The {figure_for(figure.period, measure.kind)}"
    caveats = figure.caveats
    if figure.note and (measure.suppression or figure == 0):
        # What a zero rests on, and how small numbers were rounded, bear on every comparison.
        caveats = (f"{where}: {figure.note}", *caveats)
    if figure.status == "low-reliability":
        why = figure.note.removesuffix(" ".join(figure.caveats))
        return [f"{where} is of low reliability. {why}".strip(), *caveats]
    if figure.status == "provisional":
        return [f"{where} is provisional.", *caveats]
    return list(caveats)


def breaks_between(measure: Measure, *figures: Observation) -> list[str]:
    """Return a caveat for each change of method between the earliest figure and the latest."""
    areas = {figure.area for figure in figures}
    earliest = min(figure.period.last for figure in figures)
    latest = max(figure.period.last for figure in figures)
    return [
        f"{change.note} A difference across {period_name(change.period)} may show method, not movement."
        for change in measure.breaks
        # A span that is open at the start began before every break.
        if (change.area in areas or WORLD in areas)
        and earliest < change.period.last
        and latest >= (change.period.first or "")
    ]


def describe(figure: Observation) -> str:
    """Name a figure as errors do."""
    return f"{figure.measure}, {figure.area}, {figure.period}"


def _small_base(before: Observation) -> list[str]:
    if not 0 < before < SMALL_BASE:
        return []
    from fractions import Fraction

    points = decimal(Fraction(100, int(before))).removesuffix(".0")
    return [f"The percentage rests on a small figure ({int(before)}): one person more or less is {points}% of it."]


def _difference(one: Period, other: Period, left: Measure, right: Measure) -> str | None:
    """Say how two figures differ so that they cannot be compared, or return ``None``."""
    if left.kind != right.kind:
        return f"one is a {left.kind}, the other a {right.kind}; a stock counts people on a day, a flow over time"
    if left.id != right.id:
        return f"they count different things ({left.title}; {right.title})"
    if one.frequency != other.frequency:
        return f"one is a {unit_name(one.frequency)}, the other a {unit_name(other.frequency)}"
    if _length(one) != _length(other):
        return "the spans are of different length"
    return None


def _length(period: Period) -> relativedelta | None:
    """Return how long an explicit span is; every other kind of period has one length."""
    if period.start is None or period.frequency != "span":
        return None
    return relativedelta(period.end + relativedelta(days=1), period.start)
