"""Series of figures in order of time, with the gaps between them."""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Iterable, Mapping
from typing import Any, ClassVar, Self, SupportsIndex, overload

import attrs

import defector_stats as ds
from defector_stats import _model as hints
from defector_stats._analysis.compare import Comparison, compare_figures
from defector_stats._model.dates import as_index, sort_key
from defector_stats._model.fraction import Fraction
from defector_stats._model.observation import Observation, count
from defector_stats._model.period import Period
from defector_stats._model.provenance import Provenance, weakest
from defector_stats._model.record import Record
from defector_stats._model.records import Gap, Measure, Source
from defector_stats._model.sequences import Rows
from defector_stats._model.subject import Subject
from defector_stats._model.words import decimal, number, period_name, sentence, unit_name, with_preposition
from defector_stats._store.absence import Knowledge
from defector_stats._store.imprint import imprint
from defector_stats._store.ledger import Ledger
from defector_stats.errors import InvalidPeriodError, NoDataError, NotComparableError, short_repr, unknown_name_error

# From here on, an error explains an index as a year.
_FIRST_YEAR_LIKE = 1000
# The frequencies by their SDMX letters.
_SDMX_FREQUENCIES = {"A": "year", "S": "half", "Q": "quarter", "M": "month"}


@attrs.frozen(kw_only=True, repr=False)
class Derived(Record):
    """A number that is calculated from several figures and need not be whole.

    Examples:
        >>> from defector_stats import series
        >>> mean = series(start=2020, end=2022).mean()
        >>> mean.value, mean.formula, str(mean)
        (Fraction(359, 3), '(2020 + 2021 + 2022) / 3', '119.7')
    """

    SHOWN: ClassVar[tuple[str, ...]] = ("value", "formula")

    value: Fraction
    """The exact number, in persons."""
    formula: str
    """The formula of the number in terms of periods, such as ``(2020 + 2021 + 2022) / 3``."""
    inputs: tuple[Observation, ...]
    """The figures that the formula uses, each an `Observation`."""

    @property
    def sources(self) -> tuple[Source, ...]:
        """The sources of the figures in the formula, each a `Source`."""
        return _collect_sources(self.inputs)

    def __float__(self) -> float:
        return float(self.value)

    def __str__(self) -> str:
        return decimal(self.value)


@attrs.frozen(kw_only=True, repr=False)
class TimeSeries(Rows[Observation]):
    """Figures in order of time, as a sequence of `Observation` with the gaps between them.

    ``str`` returns a sentence and a table.
    Indexing and slicing go by position; `at` finds a period, and `between` selects a span.
    The members are numbers, so ``229 in series()`` asks for a value, not for a year.

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

    NOUNS: ClassVar[tuple[str, str]] = ("figure", "figures")

    COLUMNS: ClassVar[tuple[str, ...]] = (
        "measure", "area", "place", "period", "frequency", "year", "start_date", "end_date", "value", "male", "female",
        "status", "released", "split_released", "known_from", "sources", "url", "note", "formula",
    )  # fmt: skip

    measure: Measure
    """The `Measure` of the figures."""
    area: str
    """The code of the area of the figures (ISO 3166-1 alpha-3), such as ``KOR``."""
    frequency: str
    """The kind of period, which is ``year``, ``half``, ``quarter``, ``month``, ``fiscal-year`` or ``running-total``."""
    rows: tuple[Observation, ...]
    """The members, each an `Observation`, oldest first."""
    gaps: tuple[Gap, ...]
    """The periods between or after the members without a value, each a `Gap` with its reason."""
    subject: str
    """What the figures count, as part of a sentence, such as ``arrivals in South Korea``."""
    edition: str
    """The edition of the data, as `data_version` returns it."""
    as_of: str | None = attrs.field(eq=False)
    """The date by which the figures had to be published, as ISO text; ``None`` if no date was given."""
    # The running totals and the periods known on the day of the series, which `between` does not cut.
    _totals: tuple[tuple[str, int], ...] = attrs.field(alias="totals", eq=False)
    _knowledge: Knowledge = attrs.field(alias="knowledge", eq=False)

    @overload
    def __getitem__(self, index: SupportsIndex) -> Observation: ...
    @overload
    def __getitem__(self, index: slice) -> Self: ...
    def __getitem__(self, index: SupportsIndex | slice) -> Observation | Self:
        bounds = [index.start, index.stop] if isinstance(index, slice) else [index]
        if any(isinstance(bound, (str, Period)) for bound in bounds):
            raise TypeError(self._advise(bounds, "period"))
        positions = [position for bound in bounds if (position := as_index(bound)) is not None]
        if any(max(len(self), _FIRST_YEAR_LIKE) <= position <= dt.MAXYEAR for position in positions):
            raise IndexError(self._advise(bounds, "year"))
        try:
            return super().__getitem__(index)
        except IndexError:
            raise IndexError(self._advise([], "")) from None

    def _advise(self, bounds: list[Any], meant: str) -> str:
        """Return a hint that indexing goes by position, with the call for the periods that were probably meant."""
        problem = f"the series has {len(self)} members, and indexing goes by position"
        written = ", ".join(
            repr(str(bound)) if isinstance(bound, (str, Period)) else short_repr(bound) for bound in bounds
        )
        if len(bounds) > 1:
            return f"{problem}; for {meant}s write .between({written})"
        return f"{problem}; for a {meant} write .at({written})" if bounds else problem

    def _part(self, rows: tuple[Observation, ...]) -> Self:
        """Return some of the members, with the gaps between them."""
        periods = {figure.period for figure in rows}
        if periods:
            first, last = self._span()
            start = None if first in periods else min(periods)
            end = None if last in periods else max(periods)
            gaps = tuple(gap for gap in self.gaps if gap.period.within(start, end))
        else:
            gaps = () if self.rows else self.gaps
        return attrs.evolve(self, rows=rows, gaps=gaps)

    def at(self, period: Period | SupportsIndex | str) -> Observation:
        """Return the member for a period.

        Raises:
            NoDataError: If the series has no such member; the reason is that of `observation`,
                or ``outside-series`` for a figure that exists but is not in the series.
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
        for figure in self.rows:
            if figure.period == wanted:
                return figure
        raise self._no_member_error(wanted)

    def between(
        self,
        start: Period | SupportsIndex | str | None = None,
        end: Period | SupportsIndex | str | None = None,
    ) -> TimeSeries:
        """Return the series cut to the members and gaps from ``start`` to ``end``.

        Raises:
            InvalidPeriodError: If a bound cannot be read, or the two are reversed.
        """
        first, last = bounds(start, end)
        return attrs.evolve(
            self,
            rows=tuple(figure for figure in self.rows if figure.period.within(first, last)),
            gaps=tuple(gap for gap in self.gaps if gap.period.within(first, last)),
        )

    def peak(self) -> Observation:
        """Return the highest member, or the earliest of several.

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
        """Return the lowest member, or the earliest of several.

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

        It is split by sex if each member is.

        Raises:
            NotComparableError: For stocks, and for running totals, each of which includes the earlier ones.
            NoDataError: If the series is empty, or has a gap between its members.

        Examples:
            >>> from defector_stats import series
            >>> series(start=2020, end=2022).total()
            Observation(359, measure='arrivals', area='KOR', period='2020/2022', status='normal')
        """
        first, last = self._require_sum()
        members = self.rows
        # The sum has the date of its newest part, and a split by sex only if all parts have one.
        split = all(figure.male is not None for figure in members)
        released = max((figure.released for figure in members), key=sort_key)
        split_released = max((figure.split_released or figure.released for figure in members), key=sort_key)
        return Observation(
            value=sum(members),
            measure=self.measure.id,
            area=self.area,
            period=Period(first=first.first, last=last.last),
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

    @overload
    def mean(self) -> Derived: ...
    @overload
    def mean(self, *, axis: None, dtype: None, out: None) -> float: ...
    def mean(self, **numpy: None) -> Derived | float:
        """Return the exact mean of all members.

        Returns:
            A `Derived` with its formula and sources; for ``numpy.mean``, a plain ``float``.

        Raises:
            NotComparableError: For stocks, and for running totals, each of which includes the earlier ones.
            NoDataError: If the series is empty, or has a gap between its members.

        Examples:
            >>> from defector_stats import series
            >>> print(series(start=2024).mean())
            229.5
        """
        if unknown := {*numpy} - {"axis", "dtype", "out"}:
            msg = f"mean() takes no argument {', '.join(sorted(unknown))}"
            raise TypeError(msg)
        self._require_sum()
        members = self.rows
        mean = Fraction(sum(members), len(members))
        # numpy.mean calls a method of this name with its own arguments.
        if numpy:
            return float(mean)
        return Derived(value=mean, formula=f"({_write_sum(members)}) / {len(members)}", inputs=members)

    def changes(self) -> tuple[Comparison, ...]:
        """Compare each member with the next, also across a gap, and return the comparisons.

        Examples:
            >>> from defector_stats import series
            >>> [change.difference for change in series(start=2020).changes()]
            [-166, 4, 129, 40, -13]
        """
        subject = Subject(measure=self.measure, words=self.subject)
        pairs = itertools.pairwise(self.rows)
        return tuple(compare_figures(before, after, subject, subject) for before, after in pairs)

    def rank(self, period: Period | SupportsIndex | str) -> int:
        """Return the rank of a member, from 1 for the highest; equal members share a rank.

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
        """Return whether each member is higher than the one before; false for fewer than two members.

        Examples:
            >>> from defector_stats import series
            >>> series(start=2002).is_increasing(), series(start=2021, end=2024).is_increasing()
            (False, True)
        """
        return len(self) > 1 and all(before < after for before, after in itertools.pairwise(self))

    def crossing(self, value: SupportsIndex) -> Period:
        """Return the period of the first member by whose end the running total reached ``value``.

        The running total counts everyone up to the end of the period, as published or derived;
        it is not the sum of the members of the series.

        Args:
            value: A number of people.

        Raises:
            NotComparableError: For a stock, which has no running total.
            NoDataError: If the total has not reached the value, or the known totals do not show when it did.
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
        for figure in sorted(self, key=lambda figure: figure.period):
            last = figure.period.last
            # Running totals never decrease, so for one that is not known
            # the earlier ones are a lower bound and the later ones an upper bound.
            if any(total >= wanted for day, total in totals if day <= last):
                return figure.period
            ceiling = min((total for day, total in totals if day >= last), default=wanted)
            if last in exact:
                previous = figure.period, exact[last]
            # A known total for the period before grows by this figure.
            elif previous is not None and previous[0].shift(1) == figure.period:
                previous = figure.period, previous[1] + figure
                ceiling = min(ceiling, previous[1])
            else:
                previous = None
            # The total may or may not have been reached here: the bounds do not decide it.
            if ceiling >= wanted:
                note = f"The running totals that are known do not say when {number(wanted)} was reached."
                raise self._no_total_error(Period(first=None, last=last), "not-found", note)
        _, latest = self._span()
        total = max(total for day, total in totals if day <= latest.last)
        note = f"By {period_name(latest, 'stock')} the running total was {number(total)}, less than {number(wanted)}."
        next_year = Period.parse(f"../{min(latest.end.year + 1, dt.MAXYEAR):04}")
        raise self._no_total_error(next_year, "after-coverage", note)

    @property
    def title(self) -> str:
        """The title of the series, which says what it counts and by which frequency."""
        form = "as running totals" if self.frequency == "running-total" else f"by {unit_name(self.frequency)}"
        return f"{sentence(self.subject)} {form}"

    @property
    def summary(self) -> str:
        """A sentence with the highest and the lowest member, the total and the mean."""
        if not self.rows:
            return f"{self.title}: no figures."
        kind = self.measure.kind
        first, last = self._span()
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

    def __str__(self) -> str:
        return f"{self.summary}\n\n{super().__str__()}" if self.rows else self.summary

    def __repr__(self) -> str:
        span = ", {} to {}".format(*self._span()) if self.rows else ""
        return f"<TimeSeries {self.measure.id} {self.area} by {self.frequency}: {self._count()}{span}>"

    def plot(
        self,
        *vintages: TimeSeries,
        title: str | None = None,
        notes: Mapping[hints.PeriodLike, str] | None = None,
        narrow: bool = False,
    ) -> ds.Chart:
        """Draw a chart: columns for a flow, a line for people on a day.

        Provisional figures and those of low reliability are hatched, and gaps are grey bands with their reasons.

        Args:
            vintages: The same series as of other dates; values that differ get a hollow mark.
            title: A title, such as what the chart shows; the description then follows below it.
            notes: A few words for each period to annotate, such as ``{2020: "borders close"}``.
            narrow: Whether to draw the chart for the screen of a phone.

        Returns:
            A `Chart` with a text alternative.

        Raises:
            MissingExtraError: If matplotlib is not installed.
            NoDataError: If the series is empty.
            NotComparableError: If a vintage belongs to another series.
            InvalidPeriodError: If a note is not on a period.
            InvalidValueError: If a title or a note is not a text, or a note is on a period beyond the chart.
        """
        from defector_stats._model.shown import plot

        self._require_members()
        return plot(self, *vintages, title=title, notes=notes, narrow=narrow)

    def _require_members(self) -> None:
        """Raise an error if the series is empty, which says why."""
        if self.rows:
            return
        knowledge, empty = self._knowledge, "The series is empty."
        if self.gaps:
            gap = self.gaps[0]
            raise NoDataError(self.measure.id, gap.period, self.area, gap.reason, gaps=self.gaps, note=empty)
        if knowledge.known:
            first, last = knowledge.known[0], knowledge.known[-1]
            raise NoDataError(self.measure.id, None, self.area, "outside-series", first, last, note=empty)
        raise knowledge.nothing(empty, "")

    def _span(self) -> tuple[Period, Period]:
        """Return the periods of the earliest and the latest member, also for a reversed slice."""
        periods = [figure.period for figure in self]
        return min(periods), max(periods)

    def _require_sum(self) -> tuple[Period, Period]:
        """Return the span of the sum; refuse stocks, running totals, and members with a gap between them."""
        title = f"{self.measure.id!r} by {self.frequency}"
        if self.measure.kind == "stock":
            raise NotComparableError(title, title, "a stock on one day holds the people of the day before")
        if self.frequency == "running-total":
            raise NotComparableError(title, title, "each running total holds the earlier ones")
        self._require_members()
        first, last = self._span()
        # A gap after the last member does not affect the sum.
        gaps = tuple(gap for gap in self.gaps if gap.period < last)
        if gaps:
            gap, hint = gaps[0], self._suggest_without(gaps)
            raise NoDataError(self.measure.id, gap.period, self.area, gap.reason, first, last, None, gaps, hint=hint)
        shown = {figure.period for figure in self}
        for period in self._knowledge.known:
            # A slice with a step leaves members out.
            if first < period < last and period not in shown:
                note = "A sum of the others would not be the sum of their span."
                hint = f"Add up .between({str(first)!r}, {str(last)!r}) of the whole series."
                raise NoDataError(self.measure.id, period, self.area, "outside-series", note=note, hint=hint)
        return first, last

    def _suggest_without(self, gaps: tuple[Gap, ...]) -> str:
        """Return a hint with the longest run of members without a gap."""
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
        """Return the error for a period that has no figure, or none in the series."""
        knowledge = self._knowledge
        other_frequency = wanted.frequency != self.frequency
        if not other_frequency and wanted not in knowledge.known:
            return knowledge.error(wanted)
        if other_frequency:
            note = f"It is by {unit_name(self.frequency)}, and {wanted} is a {unit_name(wanted.frequency)}."
        elif self.rows:
            note = "It shows {} to {}".format(*self._span()) + f"; a figure for {wanted} exists outside of it."
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
    start: hints.PeriodLike | None = None,
    end: hints.PeriodLike | None = None,
    as_of: hints.DateLike | None = None,
) -> TimeSeries:
    """Return all values of one frequency; see `Catalogue.series` for the errors."""
    figures = ledger.figures(measure, area, as_of)
    subject = ledger.subject(figures.measure, figures.area)
    frequency = read_frequency(frequency, subject.measure.frequencies)
    first, last = bounds(start, end)
    return TimeSeries(
        measure=subject.measure,
        area=figures.area,
        frequency=frequency,
        rows=tuple(figure for figure in figures.by(frequency) if figure.period.within(first, last)),
        gaps=figures.gaps(frequency, first, last),
        subject=subject.words,
        edition=ledger.tables.edition,
        as_of=figures.as_of,
        totals=figures.totals,
        knowledge=figures.knowledge(frequency),
        imprint=imprint(ledger),
    )


def read_frequency(given: object, accepted: tuple[str, ...]) -> str:
    """Return the frequency with a given name or SDMX letter."""
    frequency = _SDMX_FREQUENCIES.get(given, given) if isinstance(given, str) else given
    if not isinstance(frequency, str) or frequency not in accepted:
        raise unknown_name_error("frequency", given, accepted)
    return frequency


def bounds(
    start: Period | SupportsIndex | str | None, end: Period | SupportsIndex | str | None
) -> tuple[Period | None, Period | None]:
    """Return the bounds of a series as periods.

    Raises:
        InvalidPeriodError: If a bound cannot be read, or the start is after the end.
    """
    first = None if start is None else Period.parse(start)
    last = None if end is None else Period.parse(end)
    if first is not None and last is not None:
        # A span with an open start has no first day, so it is compared only with another such span.
        begins = first.last if first.first is None and last.first is None else first.first
        if begins is not None and begins > last.last:
            raise InvalidPeriodError(f"{first} to {last}", "is reversed", "Give the earlier bound as the start.")
    return first, last


def _collect_sources(figures: Iterable[Observation]) -> tuple[Source, ...]:
    return tuple(dict.fromkeys(source for figure in figures for source in figure.sources))


def _write_sum(figures: Iterable[Observation]) -> str:
    return " + ".join(str(figure.period) for figure in figures)
