"""Rank of a figure among all others of the same frequency, with records and changes."""

from __future__ import annotations

import itertools
from typing import Any, ClassVar

import attrs

from defector_stats import _model as hints
from defector_stats._analysis.compare import Comparison, breaks_between, caveats_of, compare_figures, describe
from defector_stats._model.fraction import Fraction
from defector_stats._model.observation import Observation
from defector_stats._model.period import Period
from defector_stats._model.plain import plain
from defector_stats._model.record import Record
from defector_stats._model.records import Source
from defector_stats._model.words import (
    SMALL_BASE,
    count_periods,
    number,
    ordinal,
    percent,
    period_name,
    sentence,
    with_preposition,
)
from defector_stats._store.ledger import Ledger
from defector_stats.errors import NotComparableError

# Periods of these frequencies do not follow each other; they are compared with the same days of other years.
_COMPARED_BY_YEAR = ("running-total", "span", "day")


@attrs.frozen(kw_only=True, repr=False)
class Context(Record):
    """The rank of a figure among others, and its changes; ``str`` returns a few sentences.

    A figure is compared with all figures of the same frequency.
    A running total, a day, or a part of a year without a name is compared with the same days of other years.
    Figures for several years are left out.
    Names with "since" or "was" refer to earlier periods only, names with "is" to all periods.

    Examples:
        >>> from defector_stats import context
        >>> print(context(2019))
        Arrivals in South Korea numbered 1,047 in 2019, 90 fewer (−7.9%) than in 2018. That was ...
        >>> context(2019).lowest_since, context(2009).is_record
        (Period.parse('2001'), True)
    """

    SHOWN: ClassVar[tuple[str, ...]] = ("figure",)

    figure: Observation
    """The figure itself, an `Observation`."""
    subject: str
    """What the figure counts, as part of a sentence, such as ``arrivals in South Korea``."""
    kind: str
    """Whether the figure counts events in a period (``flow``) or people on a day (``stock``)."""
    inputs: tuple[Observation, ...]
    """All figures in the ranking, this one included, each an `Observation`, in order of time."""
    missing: tuple[Period, ...]
    """The periods between the first and the last of ``inputs`` for which no figure is known."""
    previous: Comparison | None
    """The `Comparison` with the period before; ``None`` if that period has no figure."""
    year_earlier: Comparison | None
    """The `Comparison` with the same period a year earlier; ``None`` if that period has no figure."""
    caveats: tuple[str, ...]
    """The caveats on the figure and its comparisons, each a sentence; empty if there is none."""

    @property
    def earlier(self) -> tuple[Observation, ...]:
        """The figures in the ranking for earlier periods, each an `Observation`."""
        return tuple(figure for figure in self.inputs if figure.period < self.figure.period)

    @property
    def lowest_since(self) -> Period | None:
        """The last earlier period with a figure as low or lower, if there was a higher one in between.

        It is ``None`` for a new low, and if the figure just before was as low or lower; `was_lowest` tells which.
        """
        figures = self.earlier
        low = [figure.period for figure in figures if figure <= self.figure]
        # If the last of them is not the latest earlier figure, all those after it are higher.
        return low[-1] if low and low[-1] != figures[-1].period else None

    @property
    def highest_since(self) -> Period | None:
        """The last earlier period with a figure as high or higher, if there was a lower one in between.

        It is ``None`` for a new high, and if the figure just before was as high or higher; `was_record` tells which.
        """
        figures = self.earlier
        high = [figure.period for figure in figures if figure >= self.figure]
        return high[-1] if high and high[-1] != figures[-1].period else None

    @property
    def was_record(self) -> bool:
        """Whether the figure was higher than the figures for all earlier periods; false without any."""
        return bool(self.earlier) and self.figure > max(self.earlier)

    @property
    def was_lowest(self) -> bool:
        """Whether the figure was lower than the figures for all earlier periods; false without any."""
        return bool(self.earlier) and self.figure < min(self.earlier)

    @property
    def is_record(self) -> bool:
        """Whether no figure in the ranking is higher."""
        return self.rank == 1

    @property
    def is_lowest(self) -> bool:
        """Whether no figure in the ranking is lower."""
        return self.figure <= min(self.inputs)

    @property
    def rank(self) -> int:
        """The rank of the figure, from 1 for the highest; equal figures share a rank."""
        return 1 + sum(figure > self.figure for figure in self.inputs)

    @property
    def female_share(self) -> Fraction | None:
        """The share of women and girls, exact; ``None`` if there is no split or the figure is zero."""
        return self.figure.female_share

    @property
    def coverage(self) -> str:
        """The number of figures in the ranking and their periods, in words.

        Examples:
            >>> from defector_stats import context
            >>> context(2019).coverage
            '34 years on record (1992 to 2025)'
            >>> context("2020-Q2").coverage
            '46 quarters on record (the fourth quarter of 2004 to the second quarter of 2025; 37 missing)'
        """
        first, last = self.inputs[0].period, self.inputs[-1].period
        frequency = self.figure.period.frequency
        if frequency in _COMPARED_BY_YEAR:
            text = f"{number(len(self.inputs))} figures on record for these days of the year"
            ends = [str(first.end.year), str(last.end.year)]
        else:
            text = f"{count_periods(len(self.inputs), frequency)} on record"
            ends = [period_name(first, self.kind), period_name(last, self.kind)]
        missing = f"; {number(len(self.missing))} missing" if self.missing else ""
        return f"{text} ({' to '.join(dict.fromkeys(ends))}{missing})"

    @property
    def sources(self) -> tuple[Source, ...]:
        """The sources of all figures in the ranking, those of this figure first."""
        return tuple(dict.fromkeys(source for figure in (self.figure, *self.inputs) for source in figure.sources))

    def record(self) -> dict[str, Any]:
        """Return the context as plain values, ready for JSON.

        Returns:
            A new dictionary; periods are text, and inputs are given by their period.
        """
        comparisons = plain(self, "figure", "previous", "year_earlier", "lowest_since", "highest_since")
        ranking = plain(self, "was_record", "was_lowest", "is_record", "is_lowest", "rank", "female_share", "coverage")
        inputs = [str(figure.period) for figure in self.inputs]
        standing = {"sentence": str(self)} | comparisons | ranking
        return standing | {"inputs": inputs} | plain(self, "missing", "caveats")

    def __str__(self) -> str:
        figure = self.figure
        text = f"{sentence(self.subject)} numbered {figure:,} {with_preposition(figure.period, self.kind)}"
        # For a year, both are the same comparison, which is described once.
        comparisons = {
            change.inputs[0].period: change for change in (self.previous, self.year_earlier) if change is not None
        }
        changes = [
            f"{change.in_words} {'than' if change.difference else 'as'} {with_preposition(period, self.kind)}"
            for period, change in comparisons.items()
        ]
        if changes:
            text += f", {' and '.join(changes)}"
        return " ".join(filter(None, [f"{text}.", self._describe_rank(), self._describe_women()]))

    def __repr__(self) -> str:
        return f"<Context of {describe(self.figure)}: {self.figure:,}>"

    def _describe_rank(self) -> str:
        """Return a sentence on the rank of the figure, and since when it is the highest or the lowest."""
        # Running totals never decrease, so their rank says nothing.
        if self.figure.period.frequency == "running-total":
            return ""
        if len(self.inputs) == 1:
            return "No other figure of its kind is on record."
        joint = "joint " if sum(figure == self.figure for figure in self.inputs) > 1 else ""
        if self.is_record:
            return f"That is the {joint}highest of the {self.coverage}."
        if self.is_lowest:
            return f"That is the {joint}lowest of the {self.coverage}."
        rank = f"the {joint}{ordinal(self.rank)} highest of the {self.coverage}"
        since = self._describe_extreme()
        verb = "is" if self.figure.period == self.inputs[-1].period else "was"
        return f"That {verb} {since}; it is {rank}." if since else f"That is {rank}."

    def _describe_extreme(self) -> str:
        """Return since when the figure is the highest or the lowest; empty if it is neither."""
        if self.was_record:
            return "the highest up to then"
        if self.was_lowest:
            return "the lowest up to then"
        if self.highest_since is not None:
            return f"the highest since {period_name(self.highest_since, self.kind)}"
        if self.lowest_since is not None:
            return f"the lowest since {period_name(self.lowest_since, self.kind)}"
        return ""

    def _describe_women(self) -> str:
        """Return a sentence on women and girls, with a number for few people, otherwise a percentage."""
        figure = self.figure
        # For one person, the sentence would read oddly.
        if self.female_share is None or figure == 1:
            return ""
        if figure < SMALL_BASE:
            women = "was a woman or girl" if figure.female == 1 else "were women or girls"
            return f"{figure.female} of the {figure} {women}."
        return f"{percent(self.female_share * 100, int(figure))} were women or girls."


def context(
    ledger: Ledger, period: hints.PeriodLike, measure: str, area: str | None, as_of: hints.DateLike | None
) -> Context:
    """Rank a figure, and compare it with earlier periods; see `Catalogue.context` for the errors."""
    figures = ledger.figures(measure, area, as_of)
    figure = figures.require(Period.parse(period))
    subject = ledger.subject(figure.measure, figure.area)
    asked = figure.period
    if asked.start is not None and asked.start.year < asked.end.year and not asked.fiscal:
        why = "a row of several years takes no part in the order of years"
        raise NotComparableError(describe(figure), f"other figures of {subject.id}", why)
    inputs = tuple(other for other in figures.by(asked.frequency) if _belong_together(other.period, asked))
    earlier = [other for other in inputs if other.period < asked]
    has_neighbours = asked.frequency not in _COMPARED_BY_YEAR
    neighbour = [other for other in earlier[-1:] if has_neighbours and _adjoin(other.period, asked)]
    last_year = [other for other in earlier if other.period.end.year == asked.end.year - 1]
    same_days = [other for other in last_year if other.period.in_year(asked.end.year) == asked]

    def compare_with_last(others: list[Observation]) -> Comparison | None:
        return compare_figures(others[-1], figure, subject, subject) if others else None

    previous, year_earlier = compare_with_last(neighbour), compare_with_last(same_days)
    missing = _find_missing([other.period for other in inputs])
    # Running totals get no rank, so a missing one changes nothing.
    missing_before = [period for period in missing if period < asked and asked.first is not None]
    caveats = [
        *caveats_of(figure, subject.measure),
        *(caveat for change in (previous, year_earlier) if change is not None for caveat in change.caveats),
        *breaks_between(subject.measure, *inputs),
        *_warn_of_missing(missing_before, subject.kind),
    ]
    return Context(
        figure=figure,
        subject=subject.words,
        kind=subject.kind,
        inputs=inputs,
        missing=missing,
        previous=previous,
        year_earlier=year_earlier,
        caveats=tuple(dict.fromkeys(caveats)),
    )


def _belong_together(one: Period, other: Period) -> bool:
    """Return whether two periods of one frequency may be compared, as all years and equal parts of years may."""
    return one.frequency not in _COMPARED_BY_YEAR or one.in_year(other.end.year) == other


def _find_missing(periods: list[Period]) -> tuple[Period, ...]:
    """Return the periods that are missing between the first and the last of several, which are in order of time."""
    missing: list[Period] = []
    for period, later in itertools.pairwise(periods):
        # To compare days is much cheaper than to take a step, and most periods adjoin.
        while not _adjoin(period, later) and (period := _step(period)) < later:
            missing.append(period)
    return tuple(missing)


def _adjoin(period: Period, later: Period) -> bool:
    """Return whether a period begins on the day after another ends."""
    return later.start is not None and (later.start - period.end).days == 1


def _step(period: Period) -> Period:
    """Return the next period that would be compared with one."""
    return period.in_year(period.end.year + 1) if period.frequency in _COMPARED_BY_YEAR else period.shift(1)


def _warn_of_missing(missing: list[Period], kind: str) -> list[str]:
    """Return a caveat if figures for earlier periods are missing."""
    if not missing:
        return []
    last = period_name(missing[-1], kind)
    if len(missing) == 1:
        return [f"No figure is known for {last}; this comparison leaves it out."]
    earlier = count_periods(len(missing), missing[-1].frequency)
    return [f"No figures are known for {earlier} before it, most recently {last}; this comparison leaves them out."]
