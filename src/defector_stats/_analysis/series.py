"""Series: the figures of one measure, area and frequency in order of time, with the gaps between them."""

from __future__ import annotations

import datetime as dt
import itertools

import attrs

import defector_stats as ds
from defector_stats._analysis.compare import Comparison, compare_figures
from defector_stats._model.dates import sort_key
from defector_stats._model.observation import Observation, count
from defector_stats._model.period import Period
from defector_stats._model.plain import flat
from defector_stats._model.provenance import Provenance, weakest
from defector_stats._model.sequences import Frames, item_at
from defector_stats._model.subject import Subject
from defector_stats._model.words import decimal, number, period_name, sentence, unit_name, with_preposition
from defector_stats.errors import InvalidPeriodError, NoDataError, NotComparableError, unknown_name_error

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from fractions import Fraction
    from typing import Any, ClassVar, SupportsIndex, overload

    from defector_stats._model.dates import DateLike
    from defector_stats._model.period import PeriodLike
    from defector_stats._model.records import Gap, Measure, Source
    from defector_stats._store.absence import Knowledge
    from defector_stats._store.ledger import Ledger

# An index from here on is taken for a year, when an error explains it.
_FIRST_YEAR_LIKE = 1000
# What the letters of SDMX stand for.
_SDMX_FREQUENCIES = {"A": "year", "S": "half", "Q": "quarter", "M": "month"}


@attrs.frozen(kw_only=True)
class Derived:
    """A number that is calculated from figures and need not be whole.

    Attributes:
        value: The exact number, in persons.
        formula: How the number was calculated.
        inputs: The figures in the formula.

    Examples:
        >>> from defector_stats import series
        >>> mean = series(start=2020, end=2022).mean()
        >>> mean.value, mean.formula, str(mean)
        (Fraction(359, 3), '(2020 + 2021 + 2022) / 3', '119.7')
    """

    value: Fraction
    formula: str
    inputs: tuple[Observation, ...]

    @property
    def sources(self) -> tuple[Source, ...]:
        """Where the figures in the formula were read."""
        return _collect_sources(self.inputs)

    def __float__(self) -> float:
        return float(self.value)

    def __str__(self) -> str:
        return decimal(self.value)


@attrs.frozen(kw_only=True)
class TimeSeries(Frames):
    """A sequence of observations with the gaps between them.

    Indexing and slicing go by position; `at` finds a period.

    Attributes:
        measure: The `Measure` of the figures.
        area: The ISO 3166-1 alpha-3 code of the area.
        frequency: ``year``, ``half``, ``quarter``, ``fiscal-year`` or ``running-total``.
        observations: The members, oldest first.
        gaps: The periods between or after the members for which there is no value, as `Gap`.
        subject: What the figures count, in words.
        edition: The edition of the data.
        as_of: The day that was asked about, as ISO text; ``None`` for all that is known.

    Examples:
        >>> from defector_stats import series
        >>> recent = series(start=2020)
        >>> [int(figure) for figure in recent]
        [229, 63, 67, 196, 236, 223]
        >>> recent.at(2021).female
        23
        >>> recent.between(2022, 2023).total().formula
        '2022 + 2023'
    """

    COLUMNS: ClassVar[tuple[str, ...]] = (
        "measure", "area", "period", "start", "end", "value", "male", "female", "status", "released",
        "split_released", "known_from", "sources", "note", "formula",
    )  # fmt: skip

    measure: Measure
    area: str
    frequency: str
    observations: tuple[Observation, ...]
    gaps: tuple[Gap, ...]
    subject: str
    edition: str
    as_of: str | None = attrs.field(eq=False)
    # The running totals known on the day of the series, and all that is known of its frequency,
    # which `between` does not cut.
    _totals: tuple[tuple[str, int], ...] = attrs.field(alias="totals", eq=False, repr=False)
    _knowledge: Knowledge = attrs.field(alias="knowledge", eq=False, repr=False)

    def __len__(self) -> int:
        return len(self.observations)

    def __iter__(self) -> Iterator[Observation]:
        return iter(self.observations)

    if TYPE_CHECKING:

        @overload
        def __getitem__(self, index: SupportsIndex) -> Observation: ...
        @overload
        def __getitem__(self, index: slice) -> tuple[Observation, ...]: ...

    def __getitem__(self, index: SupportsIndex | slice) -> Observation | tuple[Observation, ...]:
        if isinstance(index, slice):
            several: tuple[Observation, ...] = item_at(self.observations, index)
            return several
        try:
            one: Observation = item_at(self.observations, index)
        except IndexError:
            msg = f"the series has {len(self)} members, and indexing goes by position"
            if _FIRST_YEAR_LIKE <= index.__index__() <= dt.MAXYEAR:
                msg += f"; for a year write .at({index.__index__()})"
            raise IndexError(msg) from None
        return one

    def at(self, period: Period | SupportsIndex | str) -> Observation:
        """Return the member for a period.

        Raises:
            NoDataError: If the series has no such member; the reason is the one that `Catalogue.observation` gives,
                or ``outside-series`` for a figure that the series does not show.
            InvalidPeriodError: If the period cannot be read.

        Examples:
            >>> from defector_stats import NoDataError, series
            >>> try:
            ...     series(start=2020).at(2010)
            ... except NoDataError as error:
            ...     print(error)
            This series of 'arrivals' (KOR) shows no figure for 2010. It shows 2020 to 2025; a figure for 2010 ...
        """
        wanted = Period.parse(period)
        for figure in self.observations:
            if figure.period == wanted:
                return figure
        raise self._no_member_error(wanted)

    def between(
        self,
        start: Period | SupportsIndex | str | None = None,
        end: Period | SupportsIndex | str | None = None,
    ) -> TimeSeries:
        """Return a series of the members, and the gaps, that lie within ``start`` and ``end``.

        Raises:
            InvalidPeriodError: If a bound cannot be read, or the two are reversed.
        """
        first, last = bounds(start, end)
        return attrs.evolve(
            self,
            observations=tuple(figure for figure in self.observations if figure.period.within(first, last)),
            gaps=tuple(gap for gap in self.gaps if gap.period.within(first, last)),
        )

    def peak(self) -> Observation:
        """Return the highest member, and the earliest of several.

        Raises:
            NoDataError: If the series is empty.

        Examples:
            >>> from defector_stats import series
            >>> series().peak()
            Observation(2914, measure='arrivals', area='KOR', period='2009', status='normal')
        """
        self._require_members()
        return max(self)

    def trough(self) -> Observation:
        """Return the lowest member, and the earliest of several.

        Raises:
            NoDataError: If the series is empty.

        Examples:
            >>> from defector_stats import series
            >>> series(start=1998).trough()
            Observation(63, measure='arrivals', area='KOR', period='2021', status='normal')
        """
        self._require_members()
        return min(self)

    def total(self) -> Observation:
        """Return the sum of all members, as a derived observation.

        Its sexes are summed where each member has a split.

        Raises:
            NotComparableError: For stocks, and for running totals, each of which holds the earlier ones.
            NoDataError: If the series is empty, or a gap lies between its members.

        Examples:
            >>> from defector_stats import series
            >>> series(start=2020, end=2022).total()
            Observation(359, measure='arrivals', area='KOR', period='2020/2022', status='normal')
        """
        self._require_sum()
        members = self.observations
        # The sum is as old as the newest of its parts, and is known by sex only if all of them are.
        split = all(figure.male is not None for figure in members)
        released = max((figure.released for figure in members), key=sort_key)
        split_released = max((figure.split_released or figure.released for figure in members), key=sort_key)
        return Observation(
            value=sum(members),
            measure=self.measure.id,
            area=self.area,
            period=Period(first=members[0].period.first, last=members[-1].period.last),
            male=sum(figure.male or 0 for figure in members) if split else None,
            female=sum(figure.female or 0 for figure in members) if split else None,
            provenance=Provenance(
                status=weakest({figure.status for figure in members}),
                released=released,
                split_released=split_released if split and split_released != released else None,
                sources=_collect_sources(members),
                formula=_write_sum(members),
                inputs=members,
            ),
        )

    def mean(self) -> Derived:
        """Return the mean of all members, exact.

        Raises:
            NotComparableError: For stocks, and for running totals, each of which holds the earlier ones.
            NoDataError: If the series is empty, or a gap lies between its members.

        Examples:
            >>> from defector_stats import series
            >>> float(series(start=2024).mean())
            229.5
        """
        from fractions import Fraction

        self._require_sum()
        members = self.observations
        return Derived(
            value=Fraction(sum(members), len(members)),
            formula=f"({_write_sum(members)}) / {len(members)}",
            inputs=members,
        )

    def changes(self) -> tuple[Comparison, ...]:
        """Compare each member with the next, even across a gap; each comparison names its two periods.

        Examples:
            >>> from defector_stats import series
            >>> [change.difference for change in series(start=2020).changes()]
            [-166, 4, 129, 40, -13]
        """
        subject = Subject(measure=self.measure, words=self.subject)
        pairs = itertools.pairwise(self.observations)
        return tuple(compare_figures(before, after, subject, subject) for before, after in pairs)

    def rank(self, period: Period | SupportsIndex | str) -> int:
        """Return the rank of a member by size; 1 is the highest, equal members share a rank.

        Raises:
            NoDataError: If the series has no member for the period.
            InvalidPeriodError: If the period cannot be read.

        Examples:
            >>> from defector_stats import series
            >>> series().rank(2009), series().rank(1992), series().rank(1993)
            (1, 33, 33)
        """
        figure = self.at(period)
        return 1 + sum(other > figure for other in self)

    def is_increasing(self) -> bool:
        """Tell whether each member is higher than the one before; false for fewer than two.

        Examples:
            >>> from defector_stats import series
            >>> series(start=2002).is_increasing(), series(start=2021, end=2024).is_increasing()
            (False, True)
        """
        return len(self) > 1 and all(before < after for before, after in itertools.pairwise(self))

    def crossing(self, value: SupportsIndex) -> Period:
        """Return the period of the first member at whose end the running total was ``value`` or more.

        The running total counts everyone up to the end of the period, as the publisher gives it or as it is derived;
        it is not the sum of the members shown.

        Args:
            value: A number of persons.

        Raises:
            NotComparableError: For a stock, which has no running total.
            NoDataError: If the total was never so high, or if the totals that are known do not tell when it was.
            InvalidValueError: If the value is not a non-negative whole number.

        Examples:
            >>> from defector_stats import series
            >>> [str(series().crossing(value)) for value in (10_000, 20_000, 30_000)]
            ['2007', '2010', '2016']
        """
        wanted = count(value)
        if self.measure.kind == "stock":
            raise NotComparableError(repr(self.measure.id), "a running total", "a stock has none")
        self._require_members()
        totals = self._totals
        exact = dict(totals)
        previous: tuple[Period, int] | None = None
        for figure in self:
            last = figure.period.last
            # Running totals never decrease, so for one that is not known
            # the earlier ones are a lower bound and the later ones an upper bound.
            if any(total >= wanted for day, total in totals if day <= last):
                return figure.period
            ceiling = min((total for day, total in totals if day >= last), default=wanted)
            if last in exact:
                previous = figure.period, exact[last]
            # A total that is known for the period before grows by this figure.
            elif previous is not None and previous[0].shift(1) == figure.period:
                previous = figure.period, previous[1] + figure
                ceiling = min(ceiling, previous[1])
            else:
                previous = None
            # The total may have been reached here or not: neither bound decides it.
            if ceiling >= wanted:
                note = f"The running totals that are known do not say when {number(wanted)} was reached."
                raise self._no_total_error(Period(first=None, last=last), "not-found", note)
        latest = self[-1].period
        total = max(total for day, total in totals if day <= latest.last)
        note = f"By {period_name(latest, 'stock')} the running total was {number(total)}, less than {number(wanted)}."
        next_year = Period.parse(f"../{min(latest.end.year + 1, dt.MAXYEAR):04}")
        raise self._no_total_error(next_year, "after-coverage", note)

    def records(self) -> list[dict[str, Any]]:
        """Return the members as plain values, ready for JSON or a data frame.

        Returns:
            A new list of new dictionaries, as `Observation.record` gives them,
            but with sources as text and without inputs, so that each cell is one value.

        Examples:
            >>> from defector_stats import series
            >>> series(start=2025).records()[0]["value"]
            223
        """
        return [flat(figure.record()) for figure in self]

    @property
    def title(self) -> str:
        """What the series counts, and by which frequency."""
        form = "as running totals" if self.frequency == "running-total" else f"by {unit_name(self.frequency)}"
        return f"{sentence(self.subject)} {form}"

    def __str__(self) -> str:
        if not self.observations:
            return f"{self.title}: no figure."
        kind, first, last = self.measure.kind, self[0].period, self[-1].period
        if first == last:
            return f"{self.title}, {period_name(last, kind)}: {self[0]:,}."
        high, low = self.peak(), self.trough()
        text = (
            f"{self.title}, {period_name(first, kind)} to {period_name(last, kind)}: "
            f"the highest is {high:,} {with_preposition(high.period, kind)}, "
            f"the lowest {low:,} {with_preposition(low.period, kind)}"
        )
        try:
            total, mean = self.total(), self.mean()
        except (NoDataError, NotComparableError):
            return f"{text}."
        return f"{text}; {total:,} in all, {mean} a {unit_name(self.frequency)} on average."

    def __repr__(self) -> str:
        span = f", {self[0].period} to {self[-1].period}" if self.observations else ""
        return f"<TimeSeries {self.measure.id} {self.area} by {self.frequency}: {len(self)} figures{span}>"

    def plot(self, *vintages: TimeSeries) -> ds.Chart:
        """Draw a chart: columns for a flow, a line for people on a day.

        Figures that are provisional or of low reliability have patterns, and gaps are grey bands with their reasons.

        Args:
            vintages: The same series as of other days; a value that differs is shown by a hollow mark.

        Returns:
            A `Chart`, with a text for those who do not see it.

        Raises:
            MissingExtraError: If matplotlib is not installed.
            NoDataError: If the series is empty.
            NotComparableError: If a vintage belongs to another series.
        """
        from defector_stats._model.shown import plot

        self._require_members()
        return plot(self, *vintages)

    def _repr_html_(self) -> str:
        from defector_stats._model.shown import html

        return html(self)

    def _require_members(self) -> None:
        """Raise the error that says why the series is empty, if it is."""
        if self.observations:
            return
        knowledge, empty = self._knowledge, "The series is empty."
        if self.gaps:
            gap = self.gaps[0]
            raise NoDataError(self.measure.id, gap.period, self.area, gap.reason, gaps=self.gaps, note=empty)
        if knowledge.known:
            first, last = knowledge.known[0], knowledge.known[-1]
            raise NoDataError(self.measure.id, None, self.area, "outside-series", first, last, note=empty)
        raise knowledge.nothing(empty, "")

    def _require_sum(self) -> None:
        """Refuse to add up stocks, running totals, an empty series, or members with a gap between them."""
        title = f"{self.measure.id!r} by {self.frequency}"
        if self.measure.kind == "stock":
            raise NotComparableError(title, title, "a stock on one day holds the people of the day before")
        if self.frequency == "running-total":
            raise NotComparableError(title, title, "each running total holds the earlier ones")
        self._require_members()
        # A gap after the last member leaves nothing out of the sum.
        inside = tuple(gap for gap in self.gaps if gap.period < self[-1].period)
        if inside:
            first, last = self[0].period, self[-1].period
            gap = inside[0]
            raise NoDataError(
                self.measure.id,
                gap.period,
                self.area,
                gap.reason,
                first,
                last,
                None,
                inside,
                hint=self._suggest_without(inside),
            )

    def _suggest_without(self, gaps: tuple[Gap, ...]) -> str:
        """Suggest the longest run of members without a gap."""
        runs: list[list[Period]] = [[]]
        for period in sorted([*(figure.period for figure in self), *(gap.period for gap in gaps)]):
            if any(gap.period == period for gap in gaps):
                runs.append([])
            else:
                runs[-1].append(period)
        longest = max(runs, key=len)
        return f"Leave the gaps out, for instance with .between({str(longest[0])!r}, {str(longest[-1])!r})."

    def _no_total_error(self, period: Period, reason: str, note: str) -> NoDataError:
        return NoDataError(self.measure.id, period, self.area, reason, note=note)

    def _no_member_error(self, wanted: Period) -> NoDataError:
        """Return the error for a period of which the series shows no figure, or of which there is none."""
        knowledge = self._knowledge
        other_frequency = wanted.frequency != self.frequency
        if not other_frequency and wanted not in knowledge.known:
            return knowledge.error(wanted)
        if other_frequency:
            note = f"It is by {unit_name(self.frequency)}, and {wanted} is a {unit_name(wanted.frequency)}."
        elif self.observations:
            note = f"It shows {self[0].period} to {self[-1].period}; a figure for {wanted} exists outside of it."
        else:
            note = f"It is empty; a figure for {wanted} exists outside of it."
        as_of = "" if self.as_of is None else f", as_of={self.as_of!r}"
        hint = f"Ask for it alone: observation({self.measure.id!r}, {str(wanted)!r}, area={self.area!r}{as_of})."
        return NoDataError(self.measure.id, wanted, self.area, "outside-series", note=note, hint=hint)


def series(
    ledger: Ledger,
    measure: str,
    area: str | None = None,
    frequency: str = "year",
    start: PeriodLike | None = None,
    end: PeriodLike | None = None,
    as_of: DateLike | None = None,
) -> TimeSeries:
    """Return all values of one frequency; see `Catalogue.series` for the errors."""
    figures = ledger.figures(measure, area, as_of)
    subject = ledger.subject(figures.measure, figures.area)
    frequency = _read_frequency(frequency, subject.measure.frequencies)
    first, last = bounds(start, end)
    return TimeSeries(
        measure=subject.measure,
        area=figures.area,
        frequency=frequency,
        observations=tuple(figure for figure in figures.by(frequency) if figure.period.within(first, last)),
        gaps=figures.gaps(frequency, first, last),
        subject=subject.words,
        edition=ledger.tables.edition,
        as_of=figures.as_of,
        totals=figures.totals,
        knowledge=figures.knowledge(frequency),
    )


def _read_frequency(given: object, accepted: tuple[str, ...]) -> str:
    """Return the frequency that a name or a letter of SDMX stands for."""
    frequency = _SDMX_FREQUENCIES.get(given, given) if isinstance(given, str) else given
    if not isinstance(frequency, str) or frequency not in accepted:
        raise unknown_name_error("frequency", given, accepted)
    return frequency


def bounds(
    start: Period | SupportsIndex | str | None, end: Period | SupportsIndex | str | None
) -> tuple[Period | None, Period | None]:
    """Read the bounds of a series.

    Raises:
        InvalidPeriodError: If a bound cannot be read, or the start lies after the end.
    """
    first = None if start is None else Period.parse(start)
    last = None if end is None else Period.parse(end)
    if first is not None and last is not None:
        # A span that is open at the start has no first day, so it is compared with another such span only.
        begins = first.last if first.first is None and last.first is None else first.first
        if begins is not None and begins > last.last:
            raise InvalidPeriodError(f"{first} to {last}", "is reversed", "Give the earlier bound as the start.")
    return first, last


def _collect_sources(figures: Iterable[Observation]) -> tuple[Source, ...]:
    return tuple(dict.fromkeys(source for figure in figures for source in figure.sources))


def _write_sum(figures: Iterable[Observation]) -> str:
    return " + ".join(str(figure.period) for figure in figures)
