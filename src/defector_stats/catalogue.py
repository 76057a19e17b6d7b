"""The `Catalogue` class, whose methods are the functions of the package."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Mapping
from typing import Any, SupportsIndex, cast

import defector_stats as ds
from defector_stats import _model as hints
from defector_stats._model.observation import Observation
from defector_stats._model.period import Period
from defector_stats._store.ledger import Ledger
from defector_stats._store.tables import Tables

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import TypeVar, overload

    T = TypeVar("T")


class _NoDefault:
    """A marker for a missing default, since ``None`` is a default that users ask for."""

    def __repr__(self) -> str:
        return "<raise NoDataError>"


_NO_DEFAULT: Any = _NoDefault()
_DEFAULT_HINT = "Pass default=None to get None instead."


class Catalogue:
    """A collection of published figures, with methods that answer questions about them.

    Every function of the package is a method of each catalogue, with the same arguments;
    the functions themselves use the catalogue that comes with the package.
    A catalogue never changes; `extended` returns a new one.

    Examples:
        >>> from defector_stats import Catalogue
        >>> Catalogue.bundled().arrivals(2020)
        Observation(229, measure='arrivals', area='KOR', period='2020', status='normal')
    """

    __slots__ = ("__weakref__", "_ledger", "_memo")

    def __init__(self, tables: Tables) -> None:
        self._ledger = Ledger(tables)
        # Answers for plain int and str arguments only: 2020.0 is equal to 2020, but must be refused.
        self._memo: dict[object, Observation] = {}

    def __repr__(self) -> str:
        return f"<Catalogue: edition {self.data_version()}>"

    @staticmethod
    def bundled() -> Catalogue:
        """Return the catalogue that comes with the package.

        Its figures are read when they are first used.

        Returns:
            The one catalogue whose methods are the functions of the package.

        Examples:
            >>> from defector_stats import Catalogue
            >>> Catalogue.bundled()
            <Catalogue: edition 2026...>
        """
        return _BUNDLED

    @classmethod
    def read(cls, folder: str | os.PathLike[str]) -> Catalogue:
        """Read a catalogue from a Data Package folder with the same layout as `data_path`.

        All files are checked before the catalogue is returned.
        They must be regular files inside the folder, and no larger than 64 MiB together.

        Args:
            folder: The path of the folder.

        Returns:
            A new catalogue, with all functions of the package as methods.

        Raises:
            InvalidValueError: If the folder is not a path.
            DataError: If a file is missing or breaks a rule; nothing is half-loaded.

        Examples:
            >>> from defector_stats import Catalogue, data_path
            >>> Catalogue.read(data_path()).arrivals(2020).female
            157

        See Also:
            `export` writes such a folder with the format ``datapackage``.
        """
        from defector_stats._store.reading import read

        return cls(read(folder))

    def extended(self, rows: Iterable[Mapping[str, object]]) -> Catalogue:
        """Return a new catalogue with more figures; this one does not change.

        Args:
            rows: Mappings with ``period``, ``value``, ``released`` (ISO text) and ``sources``
                (keys or `Source` records), and optionally ``male`` and ``female``,
                ``status``, ``note``, ``measure`` and ``area``.
                Records, answers, exported rows and data frames of this library are accepted too:
                their other columns are ignored, as are rows that the catalogue already has.

        Returns:
            A new catalogue, with all functions of the package as methods.

        Raises:
            InvalidValueError: If the rows are not a collection of mappings.
            DataError: If a row breaks a rule, or a `Source` has the key of another one; then no catalogue is made.

        Examples:
            >>> from defector_stats import Catalogue, Source
            >>> invented = Source(
            ...     key="example", publisher="Nobody", title="An invented figure", url=None,
            ...     published="2027-01-31", published_basis="stated", language="en",
            ...     kind="news", licence="not seen",
            ... )
            >>> row = {"period": 2026, "value": 1, "released": "2027-01-31", "sources": [invented]}
            >>> more = Catalogue.bundled().extended([row])
            >>> print(more.arrivals(), Catalogue.bundled().arrivals())
            1 223
        """
        from defector_stats._store.extended import extended

        return Catalogue(extended(self._ledger, rows))

    def check(self) -> None:
        """Check every rule of the data again.

        Raises:
            DataError: If a rule is broken.

        Examples:
            Nothing is printed if the data keep every rule.

            >>> from defector_stats import Catalogue
            >>> Catalogue.bundled().check()
        """
        from defector_stats._store.rules import check

        check(self._ledger.tables.everything())

    if TYPE_CHECKING:

        @overload
        def arrivals(
            self, period: hints.PeriodLike | None = None, *, as_of: hints.DateLike | None = None
        ) -> Observation: ...
        @overload
        def arrivals(
            self, period: hints.PeriodLike | None = None, *, as_of: hints.DateLike | None = None, default: T
        ) -> Observation | T: ...

    # The default may be of any type, as the overload says.
    def arrivals(  # pyright: ignore[reportInconsistentOverload]
        self, period: hints.PeriodLike | None = None, *, as_of: hints.DateLike | None = None, default: Any = _NO_DEFAULT
    ) -> Observation:
        """Return how many North Koreans arrived in South Korea in a period.

        Arrivals count people who *reached* South Korea, often years after they left the North.
        The figures are those of the Ministry of Unification, and of reports on its briefings.

        Args:
            period: A year, or text such as ``"2020-Q2"``, ``"2020-H1"`` or ``"../1998"`` (all up to the end of 1998),
                as `Period.parse` reads it; without one, the latest full calendar year.
            as_of: A date, such as ``"2012-01-31"``; only what had been published by then counts.
            default: What to return, instead of raising `NoDataError`, where there is no figure.

        Returns:
            An `Observation`, which is the number of people as an ``int`` and carries its provenance.

        Raises:
            NoDataError: If there is no figure; the error says why, and which figures exist.
            InvalidPeriodError: If ``period`` or ``as_of`` cannot be read.

        Examples:
            >>> from defector_stats import arrivals
            >>> arrivals(2020)
            Observation(229, measure='arrivals', area='KOR', period='2020', status='normal')
            >>> print(arrivals("2020-Q2"), arrivals("../2025"))
            12 34537
            >>> arrivals(2025, as_of="2026-01-25")
            Observation(224, measure='arrivals', area='KOR', period='2025', status='provisional')
            >>> print(arrivals(1950, default="no figure"))
            no figure

        See Also:
            `observation` answers for other measures and areas, `series` for all years at once;
            `breakdown` says who the people are.
        """
        # This path must stay fast, so it makes no call.
        if as_of is None and (period.__class__ is int or period.__class__ is str):
            try:
                return self._memo[period]
            except KeyError:
                pass
        answer = self.observation("arrivals", period, as_of=as_of, default=default)
        if as_of is None and type(period) in {int, str} and answer is not default:
            self._memo[period] = answer
        return answer

    if TYPE_CHECKING:

        @overload
        def observation(
            self,
            measure: hints.MeasureName,
            period: hints.PeriodLike | None = None,
            *,
            area: str | None = None,
            as_of: hints.DateLike | None = None,
        ) -> Observation: ...
        @overload
        def observation(
            self,
            measure: hints.MeasureName,
            period: hints.PeriodLike | None = None,
            *,
            area: str | None = None,
            as_of: hints.DateLike | None = None,
            default: T,
        ) -> Observation | T: ...

    def observation(  # pyright: ignore[reportInconsistentOverload]
        self,
        measure: hints.MeasureName,
        period: hints.PeriodLike | None = None,
        *,
        area: str | None = None,
        as_of: hints.DateLike | None = None,
        default: Any = _NO_DEFAULT,
    ) -> Observation:
        """Return the figure of a measure for a period and an area.

        Args:
            measure: The id of a measure, such as ``arrivals`` or ``refugees``; `measures` lists them.
            period: A year, or text such as ``"2020-Q2"``, ``"FY2010"`` or ``"../1998"``, as `Period.parse` reads it;
                without one, the latest full calendar year.
            area: A code, a name or an alias, such as ``GBR``, ``gb`` or ``United Kingdom``; `areas` lists them.
                It may be left out where the measure has one area.
            as_of: A date, such as ``"2012-01-31"``; only what had been published by then counts.
            default: What to return, instead of raising `NoDataError`, where there is no figure.

        Returns:
            An `Observation`, which is the number of people as an ``int`` and carries its provenance.

        Raises:
            NoDataError: If there is no figure; the error says why, and which figures exist.
            UnknownNameError: If the measure or the area is not known.
            InvalidPeriodError: If ``period`` or ``as_of`` cannot be read.

        Examples:
            >>> from defector_stats import observation
            >>> observation("refugees", 2023, area="United Kingdom")
            Observation(24, measure='refugees', area='GBR', period='2023', status='normal')
            >>> observation("arrivals", "2019-H1").formula
            '2019-Q1 + 2019-Q2'

        See Also:
            `observations` answers for several areas at once, `series` for several periods.
        """
        figures = self._ledger.figures(measure, area, as_of)
        wanted = None if period is None else Period.parse(period)
        figure = figures.latest() if wanted is None else figures.at(wanted)
        if figure is not None:
            return figure
        if default is not _NO_DEFAULT:
            return cast("Observation", default)
        if wanted is None:
            raise figures.knowledge("year").nothing("", _DEFAULT_HINT)
        raise figures.absent(wanted, _DEFAULT_HINT)

    def observations(
        self,
        measure: hints.MeasureName,
        *,
        areas: str | Iterable[str] | None = None,
        frequency: hints.FrequencyName | None = None,
        as_of: hints.DateLike | None = None,
    ) -> ds.Observations:
        """Return every figure of a measure, in all areas or some, as one table.

        Args:
            measure: The id of a measure, such as ``refugees``; `measures` lists them.
            areas: Codes, names or aliases of areas, which `areas` lists;
                without them, all areas of the measure but the world, which is their sum.
            frequency: ``year``, ``half``, ``quarter``, ``month``, ``fiscal-year`` or ``running-total``,
                or one of the SDMX letters ``A``, ``S``, ``Q`` and ``M``;
                without one, figures of every kind of period, which must not be added up.
            as_of: A date, such as ``"2012-01-31"``; only what had been published by then counts.

        Returns:
            `Observations`, a sequence of `Observation` (in persons) by area and then in order of time,
            which gives data frames.

        Raises:
            UnknownNameError: If the measure or an area is not known, or the measure has no such frequency.
            InvalidPeriodError: If ``as_of`` cannot be read.

        Examples:
            >>> from defector_stats import observations
            >>> panel = observations("refugees", areas=["GBR", "DEU"], frequency="year")
            >>> panel
            <Observations: 46 figures>
            >>> print(panel[:2])
            area  period  persons  male  female  status  released
            GBR   2004         17                normal  2026-06-25
            GBR   2005         33                normal  2026-06-25

        See Also:
            `series` shows one area with its gaps; `destinations` puts all measures side by side for one year.
        """
        from defector_stats._analysis.observations import observations

        return observations(self._ledger, measure, areas, frequency, as_of)

    def series(
        self,
        measure: hints.MeasureName = "arrivals",
        *,
        area: str | None = None,
        frequency: hints.FrequencyName = "year",
        start: hints.PeriodLike | None = None,
        end: hints.PeriodLike | None = None,
        as_of: hints.DateLike | None = None,
    ) -> ds.TimeSeries:
        """Return the figures of one frequency in order of time, with gaps.

        Args:
            measure: The id of a measure, such as ``arrivals`` or ``refugees``; `measures` lists them.
            area: A code, a name or an alias, such as ``GBR``, ``gb`` or ``United Kingdom``; `areas` lists them.
                It may be left out where the measure has one area.
            frequency: ``year``, ``half``, ``quarter``, ``month``, ``fiscal-year`` or ``running-total``,
                or one of the SDMX letters ``A``, ``S``, ``Q`` and ``M``.
            start: The earliest period to include, as `Period.parse` reads it.
            end: The latest period to include, as `Period.parse` reads it.
                Periods within the bounds that have no figure become gaps.
            as_of: A date, such as ``"2012-01-31"``; only what had been published by then counts.

        Returns:
            A `TimeSeries`, which is a sequence of `Observation` (in persons, oldest first) with ``gaps``;
            it has methods for totals, means, ranks, data frames and charts.

        Raises:
            UnknownNameError: If the measure or the area is not known, or the measure has no such frequency.
            InvalidPeriodError: If a bound or ``as_of`` cannot be read, or the bounds are reversed.

        Examples:
            >>> from defector_stats import series
            >>> series()
            <TimeSeries arrivals KOR by year: 34 figures, 1992 to 2025>
            >>> print(series(start=2020, end=2024).summary)
            Arrivals in South Korea by year, 2020 to 2024: the highest is 236 in 2024, the lowest 63 in 2021; 791 in
            all, 158.2 a year on average.
            >>> {figure.period.year: int(figure) for figure in series("refugees", area="GBR", start=2021, end=2023)}
            {2021: 51, 2022: 35, 2023: 24}

        See Also:
            `observations` covers several areas, `revisions` the history of one figure;
            `context` ranks one figure among the others.
        """
        from defector_stats._analysis.series import series

        return series(self._ledger, measure, area, frequency, start, end, as_of)

    def revisions(
        self,
        period: hints.PeriodLike | None = None,
        measure: hints.MeasureName = "arrivals",
        *,
        area: str | None = None,
    ) -> ds.Revisions:
        """Return the successive published values of a figure, oldest first.

        Args:
            period: A year, or text such as ``"2020-Q2"``, as `Period.parse` reads it;
                without one, the values of all periods.
            measure: The id of a measure, such as ``arrivals`` or ``refugees``; `measures` lists them.
            area: A code, a name or an alias, such as ``GBR``, ``gb`` or ``United Kingdom``; `areas` lists them.
                It may be left out where the measure has one area.

        Returns:
            `Revisions`, a sequence of `Revision`, each with its value in persons, its dates and its sources.

        Raises:
            NoDataError: If nothing was published for the period.
            UnknownNameError: If the measure or the area is not known.
            InvalidPeriodError: If the period cannot be read.

        Examples:
            >>> from defector_stats import revisions
            >>> for step in revisions(2025):
            ...     print(step.released, step.value, step.status)
            2026-01-20 224 provisional
            2026-02-04 223 provisional

        See Also:
            `arrivals` and most other functions take ``as_of``, and then use the figures published by that date;
            `verify` looks for a number among all published values.
        """
        from defector_stats._analysis.revisions import revisions

        return revisions(self._ledger, period, measure, area)

    def compare(
        self,
        a: hints.PeriodLike | Observation,
        b: hints.PeriodLike | Observation,
        /,
        *,
        measure: hints.MeasureName = "arrivals",
        area: str | None = None,
        as_of: hints.DateLike | None = None,
    ) -> ds.Comparison:
        """Compare two figures, and return the difference with its caveats.

        Args:
            a: The base, as a period or an `Observation`.
            b: The period or the `Observation` to compare with the base; both must be periods, or both observations.
            measure: The id of the measure of two periods, such as ``arrivals``; `measures` lists them.
            area: A code, a name or an alias, such as ``GBR``, ``gb`` or ``United Kingdom``; `areas` lists them.
                It may be left out where the measure has one area.
            as_of: A date, such as ``"2012-01-31"``; only what had been published by then counts.
                It cannot be given with two observations.

        Returns:
            A `Comparison`, with the difference in persons, the exact ratio and per cent, and caveats;
            ``print`` shows a sentence.

        Raises:
            NotComparableError: If the two do not count the same thing over the same kind of span.
            NoDataError: If a period has no figure.
            InvalidPeriodError: If a period or ``as_of`` cannot be read.
            UnknownNameError: If the measure or the area is not known.

        Examples:
            >>> from defector_stats import arrivals, compare
            >>> print(compare(2019, 2020))
            Arrivals in South Korea fell from 1,047 in 2019 to 229 in 2020: 818 fewer (−78.1%), less than a
            quarter as many.
            >>> compare(2024, 2025).caveats
            ('The figure for 2025 is provisional.',)
            >>> compare(arrivals("2019-H2"), arrivals("2020-H2")).difference
            -416

        See Also:
            `context` compares one figure with all others of the same frequency.
        """
        from defector_stats._analysis.compare import compare

        return compare(self._ledger, a, b, measure, area, as_of)

    def context(
        self,
        period: hints.PeriodLike,
        *,
        measure: hints.MeasureName = "arrivals",
        area: str | None = None,
        as_of: hints.DateLike | None = None,
    ) -> ds.Context:
        """Rank a figure, and compare it with earlier periods.

        The answer says how the figure changed, since when none has been as high or as low, its rank,
        and the share of women.

        Args:
            period: A year, or text such as ``"2020-Q2"``, as `Period.parse` reads it.
            measure: The id of a measure, such as ``arrivals`` or ``refugees``; `measures` lists them.
            area: A code, a name or an alias, such as ``GBR``, ``gb`` or ``United Kingdom``; `areas` lists them.
                It may be left out where the measure has one area.
            as_of: A date, such as ``"2012-01-31"``; only what had been published by then counts.

        Returns:
            A `Context`, with each of these as an attribute; ``print`` shows a few sentences.

        Raises:
            NoDataError: If there is no figure.
            NotComparableError: If the period is a span of several years, which nothing can be compared with.
            InvalidPeriodError: If ``period`` or ``as_of`` cannot be read.
            UnknownNameError: If the measure or the area is not known.

        Examples:
            >>> from defector_stats import context
            >>> print(context(2019))
            Arrivals in South Korea numbered 1,047 in 2019, 90 fewer (−7.9%) than in 2018. That was the lowest since
            2001; it is the 18th highest of the 34 years on record (1992 to 2025). 80.7% were women or girls.
            >>> context(2019).lowest_since, context(2019).rank, context(2019).coverage
            (Period.parse('2001'), 18, '34 years on record (1992 to 2025)')

        See Also:
            `compare` takes two periods; `series` has ``peak``, ``trough`` and ``rank``.
        """
        from defector_stats._analysis.context import context

        return context(self._ledger, period, measure, area, as_of)

    def verify(
        self,
        value: SupportsIndex,
        period: hints.PeriodLike,
        *,
        sex: hints.SexName = "total",
        measure: hints.MeasureName = "arrivals",
        area: str | None = None,
    ) -> ds.Verification:
        """Check whether a number was ever published, and whether it is still current.

        Args:
            value: A number of people, of any integer type.
            period: The period the number is claimed for, such as a year or ``"2020-Q2"``, as `Period.parse` reads it.
            sex: ``total``, ``male`` or ``female``.
            measure: The id of a measure, such as ``arrivals`` or ``refugees``; `measures` lists them.
            area: A code, a name or an alias, such as ``GBR``, ``gb`` or ``United Kingdom``; `areas` lists them.
                It may be left out where the measure has one area.

        Returns:
            A `Verification`, with a verdict, an explanation and the figures that have this number;
            ``print`` shows the explanation.

        Raises:
            InvalidValueError: If the number is not whole or is negative.
            InvalidPeriodError: If the period cannot be read.
            UnknownNameError: If the sex, the measure or the area is not known.

        Examples:
            >>> from defector_stats import verify
            >>> verify(2737, 2011).verdict, verify(947, 1998).verdict
            ('superseded', 'misread')
            >>> print(verify(500, 2020))
            No publication on record gives 500 for arrivals in South Korea in 2020. The current figure is 229.

        See Also:
            `revisions` lists the values published for a period; `claims` gives verdicts on statements.
        """
        from defector_stats._analysis.verify import verify

        return verify(self._ledger, value, period, sex, measure, area)

    def estimates(
        self, topic: hints.TopicName | None = None, *, during: hints.PeriodLike | None = None
    ) -> ds.Estimates:
        """Return the estimates of organisations where no count exists.

        Estimates that conflict are kept side by side.

        Args:
            topic: ``in-china``, ``children-in-china``, ``detained-in-china``, ``forced-returns`` or ``departures``;
                without one, all estimates are returned.
            during: A year or another period, as `Period.parse` reads it;
                only estimates whose reference period overlaps it are returned.

        Returns:
            `Estimates`, a sequence of `Estimate`, which is not a number and cannot be added up.
            Each has a unit of its own, and ``print`` draws the ranges.

        Raises:
            UnknownNameError: If the topic is not known.
            InvalidPeriodError: If ``during`` cannot be read.

        Examples:
            >>> from defector_stats import estimates
            >>> for estimate in estimates("in-china")[:3]:
            ...     print(estimate.reference, estimate.spread, estimate.organisation)
            1997-01 about 1,300 Unification Board (South Korea)
            1998 35,000 to 125,000 (75,000) C. Robinson, Johns Hopkins University
            1998 50,000 to 130,000 C. Robinson, Johns Hopkins University, as reported by Yonhap

        See Also:
            `arrivals` returns counts.
        """
        from defector_stats._analysis.estimates import estimates

        return estimates(self._ledger, topic, during)

    def indicators(
        self, topic: hints.IndicatorName | None = None, *, during: hints.PeriodLike | None = None
    ) -> ds.Indicators:
        """Return published rates and results of surveys, each with the people asked.

        Surveys that differ are kept side by side, and nothing is calculated from them:
        other people were asked, and other questions.

        Args:
            topic: The id of an indicator, such as ``unemployment-rate``, or a topic:
                ``work``, ``income``, ``benefits``, ``settlement-money``, ``school``, ``satisfaction``,
                ``discrimination``, ``deaths``, ``language``, ``housing``, ``protection``, ``remittances``, ``returns``,
                ``journey-time``, ``journey``, ``direct``, ``motives``, ``life-in-the-north``, ``in-china``, ``women``,
                ``arrivals`` or ``words``; without one, all indicators are returned.
            during: A year or another period, as `Period.parse` reads it;
                only indicators whose period overlaps it are returned.

        Returns:
            `Indicators`, a sequence of `Indicator`, which has an exact value but cannot be added up.

        Raises:
            UnknownNameError: If there is no such topic or indicator.
            InvalidPeriodError: If ``during`` cannot be read.

        Examples:
            >>> from defector_stats import indicators
            >>> for rate in indicators("unemployment-rate", during=2023):
            ...     print(rate, rate.survey, rate.sample_size)
            5.5% Database Center for North Korean Human Rights 400
            4.5% Korea Hana Foundation None

        See Also:
            `estimates` returns estimates of numbers of people; `faq` explains what the rates mean.
        """
        from defector_stats._analysis.indicators import indicators

        return indicators(self._ledger, topic, during)

    def breakdown(
        self,
        dimension: hints.DimensionName,
        period: hints.PeriodLike | None = None,
        *,
        as_of: hints.DateLike | None = None,
    ) -> ds.Breakdown:
        """Return arrivals by age, occupation, province or education.

        The tables are cumulative and as published. A further table counts residents of the South by region.

        Args:
            dimension: ``age`` (at entry), ``occupation`` or ``education`` (in the North),
                ``province`` (last region in the North), or ``residence`` (residents by region of the South).
            period: The date of the table, such as ``"../2022-12"`` for arrivals or ``"2024-09"`` for residents;
                without one, the newest.
            as_of: A date, such as ``"2022-12-31"``; only what had been published by then counts.

        Returns:
            A `Breakdown`, which is a sequence of `BreakdownRow` (in persons, with the split by sex).

        Raises:
            UnknownNameError: If the dimension is not known.
            NoDataError: If there is no such table; the error lists those that exist.
            InvalidPeriodError: If ``period`` or ``as_of`` cannot be read.

        Examples:
            >>> from defector_stats import breakdown
            >>> ages = breakdown("age")
            >>> ages
            <Breakdown by age, ../2024-09: 7 categories>
            >>> for row in ages[:3]:
            ...     print(row.category, row.value, row.female, f"{row.share:.1%}")
            0-9 1298 646 3.8%
            10-19 3821 2113 11.2%
            20-29 9662 7021 28.3%

        See Also:
            `arrivals` gives the numbers by period and sex.
        """
        from defector_stats._analysis.breakdown import breakdown

        return breakdown(self._ledger, dimension, period, as_of)

    def destinations(self, year: hints.PeriodLike) -> ds.Destinations:
        """Return the figures for one year by country, each with its definition.

        Args:
            year: A year, as a number or as text.

        Returns:
            `Destinations`, a sequence of `Destination` (in persons);
            there is no total, because the figures count different things.

        Raises:
            NotComparableError: If the period is not a calendar year.
            NoDataError: If nothing is known for the year.
            InvalidPeriodError: If the year cannot be read.

        Examples:
            >>> from defector_stats import destinations
            >>> for row in destinations(2016)[:3]:
            ...     print(row.place.name, row.figure, row.measure.id, row.kind)
            South Korea 1418 arrivals flow
            United Kingdom 585 refugees stock
            Canada 485 refugees stock

        See Also:
            `observations` follows one measure through the years.
        """
        from defector_stats._analysis.destinations import destinations

        return destinations(self._ledger, year)

    def about(
        self,
        period: hints.PeriodLike | None = None,
        measure: hints.MeasureName = "arrivals",
        *,
        area: str | None = None,
        as_of: hints.DateLike | None = None,
    ) -> ds.About:
        """Return one number with everything around it.

        The answer has the figure with its sources, its context, its revisions, what others published,
        figures for parts of the period and for longer periods, tables and other countries,
        related questions, when the next figure is due, and how to cite it.

        Args:
            period: A year, or text such as ``"2020-Q2"``, as `Period.parse` reads it;
                without one, the latest full calendar year.
            measure: The id of a measure, such as ``arrivals`` or ``refugees``; `measures` lists them.
            area: A code, a name or an alias, such as ``GBR``, ``gb`` or ``United Kingdom``; `areas` lists them.
                It may be left out where the measure has one area.
            as_of: A date, such as ``"2012-01-31"``; only what had been published by then counts.

        Returns:
            An `About`, with each of these as an attribute; ``print`` shows a page of text.

        Raises:
            NoDataError: If there is no figure; the error says why, and which figures exist.
            InvalidPeriodError: If ``period`` or ``as_of`` cannot be read.
            UnknownNameError: If the measure or the area is not known.

        Examples:
            >>> from defector_stats import about
            >>> year = about(2009)
            >>> print(year.context)
            Arrivals in South Korea numbered 2,914 in 2009, 111 more (+4.0%) than in 2008. That is the highest of the
            34 years on record (1992 to 2025). 77.3% were women or girls.
            >>> [step.value for step in year.revisions]
            [2952, 2927, 2914, 2929, 2914]

        See Also:
            `context`, `revisions`, `destinations` and `cite` give a part of it; `faq_entry` answers the questions.
        """
        from defector_stats._texts.about import about

        return about(self._ledger, period, measure, area, as_of)

    def faq(self, topic: hints.FaqTopic | None = None) -> ds.Faq:
        """Return frequently asked questions, with answers and sources.

        Figures are filled in when an entry is asked for.
        Where a figure is missing, a sentence says so instead.

        Args:
            topic: ``numbers``, ``method``, ``reasons``, ``routes``, ``china``, ``dangers``, ``women``,
                ``life-in-the-south``, ``returns``, ``law``, ``other-countries``, ``words`` or ``costs``;
                without one, all entries are returned.

        Returns:
            A `Faq`, which is a sequence of `FaqEntry` and has ``markdown()`` and ``jsonld()``.

        Raises:
            UnknownNameError: If the topic is not known.

        Examples:
            >>> from defector_stats import faq
            >>> print(faq("returns"))
            id                 question
            if-caught          What happens to people who are caught?
            sent-back          How many people are sent back?
            going-back         Does anyone go back to the North?
            returned-by-south  Has South Korea itself sent anyone back to the North?
            to-the-north       Do people from the South go to the North?

        See Also:
            `faq_entry` returns one entry, `search_faq` those that match some words.
        """
        from defector_stats._texts.faq import faq

        return faq(self._ledger, topic)

    def faq_entry(self, id: str) -> ds.FaqEntry:  # noqa: A002, the word of the records
        """Return one frequently asked question, with its answer and sources.

        Args:
            id: The id of an entry, such as ``how-many``; `faq` lists them.

        Returns:
            An `FaqEntry`, whose ``summary`` is one sentence and whose ``answer`` is Markdown.

        Raises:
            UnknownNameError: If the id is not known; the error suggests close ones.

        Examples:
            >>> from defector_stats import faq_entry
            >>> entry = faq_entry("if-caught")
            >>> print(entry.question)
            What happens to people who are caught?
            >>> print(entry.summary)
            It depends on where they are caught: China has sent many back, Thailand has sent most on to South Korea,
            and UN reports say that people returned to the North met detention, forced labour and torture and, in
            some cases, execution.

        See Also:
            `search_faq` finds entries by words.
        """
        from defector_stats._texts.faq import faq_entry

        return faq_entry(self._ledger, id)

    def search_faq(self, text: str) -> ds.Faq:
        """Return the questions that match some words, the best match first.

        Case, plurals and small typing errors do not matter.

        Args:
            text: The words to look for.

        Returns:
            A `Faq`, which is a sequence of `FaqEntry`; it is empty if no entry matches well.

        Raises:
            InvalidValueError: If there is no word in the text.

        Examples:
            >>> from defector_stats import search_faq
            >>> print(search_faq("settlement mony")[0].question)
            What support do people get in South Korea?
            >>> search_faq("best pizza in town")
            <Faq: 0 questions>

        See Also:
            `faq` returns all questions, `glossary` the definitions of words.
        """
        from defector_stats._texts.faq import search_faq

        return search_faq(self._ledger, text)

    def claims(self) -> ds.Claims:
        """Return claims that others make, with verdicts and evidence.

        Verdicts about numbers are calculated from this catalogue;
        where figures are missing, the verdict is ``needs-nuance`` (partly true), and the explanation says so.

        Returns:
            `Claims`, a sequence of `Claim`, with ``markdown()`` and ``jsonld()``.

        Examples:
            >>> from defector_stats import claims
            >>> claim = claims()[8]
            >>> print(claim.id, claim.verdict)
            C09 contradicted
            >>> print(claim.statement)
            According to the South Korean government, ever more people have escaped over the years, in a steady rise.

        See Also:
            `verify` checks a number of your own.
        """
        from defector_stats._texts.claims import claims

        return claims(self._ledger)

    def glossary(self) -> ds.Glossary:
        """Return contested and technical words with their definitions.

        Returns:
            A `Glossary`, which is a sequence of `Term` and has ``markdown()`` and ``jsonld()``.

        Examples:
            >>> from defector_stats import glossary
            >>> print(next(term.definition for term in glossary() if term.term == "arrival"))
            A person from North Korea who reached South Korea, counted in the period of arrival, not in that of leaving
            the North. Most of those who came in early 2025 had left before 2020.

        See Also:
            `measures` has the definitions of what is counted.
        """
        from defector_stats._texts.glossary import glossary

        return glossary(self._ledger)

    def cite(self, thing: object = None, style: hints.StyleName = "text") -> str:
        """Return a citation to paste under a chart or into a bibliography.

        A published figure is credited to its publisher, a derived one to the compilers, each with its own date.
        Different things have different keys, and so do two vintages of one figure.

        Args:
            thing: An `Observation`, a `TimeSeries`, a `Comparison`, a `Derived` mean, a `Revision`, an `Estimate`,
                an `Indicator`, a `Breakdown`, an `FaqEntry`, a `Claim`, a `Source`, an `About` (its figure),
                or several of these, in a list or an answer;
                without one, the library, with its version, the edition and the SHA-256 of the data.
            style: ``text``, ``markdown``, ``bibtex``, ``ris`` or ``csl-json``.

        Returns:
            The citation in this style; for several things, all citations without repeats, as in a ``.bib`` file.

        Raises:
            UnknownNameError: If the style is not known.
            InvalidValueError: If the thing cannot be cited.

        Examples:
            >>> from defector_stats import arrivals, cite
            >>> print(cite(arrivals(2020)))
            Ministry of Unification (2024): Arrivals in South Korea in 2020: 229. “Settlement Support ...
            >>> print(cite(arrivals(2020), "bibtex"))
            @misc{defector-stats-arrivals-KOR-2020-...,
              author = {{Ministry of Unification}},
              title = {{Arrivals in South Korea in 2020: 229}},
              ...

        See Also:
            `sources` lists all sources; `export` writes the attribution with the figures.
        """
        from defector_stats._output.cite import cite

        return cite(self._ledger, thing, style)

    def export(
        self,
        what: object,
        path: str | os.PathLike[str],
        *,
        format: hints.FormatName | None = None,  # noqa: A002, the word of the file
        overwrite: bool = False,
        encoding: hints.EncodingName = "utf-8",
    ) -> hints.Path:
        """Write figures to a file or a folder, with sources and attribution.

        If writing fails or is interrupted, existing files are left untouched.
        A replacement takes over the permissions of the old file; the data files of this package are never overwritten.

        Args:
            what: ``"all"``, a measure or its id, or any answer with rows,
                such as `series`, `revisions`, `breakdown`, `faq` or `sources` give.
                ``"all"`` and a measure write the newest value of each period;
                in a Data Package, they write the whole history.
            path: The file to write; for ``datapackage``, the folder.
            format: ``csv``, ``json``, ``sdmx-csv`` (SDMX-CSV 2.0),
                ``sdmx-structure`` (the structure that describes these rows, in SDMX-ML 2.1),
                ``datapackage`` (a Data Package; `Catalogue.read` reads ``"all"`` or a measure back without loss)
                or ``jsonld`` (a schema.org description of the dataset, without the figures;
                questions, claims and terms have types of their own).
                Without one, the ending decides: ``.csv``, ``.json`` or ``.jsonld``; without an ending, a Data Package.
            overwrite: Whether to replace an existing file or folder.
                A folder is replaced only if it holds nothing but the files of such a Data Package.
            encoding: ``utf-8``, or ``utf-8-sig`` for a CSV file that Excel opens correctly.

        Returns:
            The path that was written, as a ``pathlib.Path``.

        Raises:
            UnknownNameError: If the format, the encoding or the measure is not known.
            InvalidValueError: If the thing cannot be written at all or in this format, the path is not a path,
                or its ending stands for no format.
            FileError: If the path exists already, is of the wrong kind, or cannot be written.

        Examples:
            >>> from defector_stats import export, series
            >>> print(export(series(), "years.csv"))
            years.csv
            >>> print(export("all", "figures"))
            figures

        See Also:
            `data_path` is the folder of CSV files that comes with the package; `cite` returns a citation.
        """
        from defector_stats._output.export import export

        return export(self._ledger, what, path, format, overwrite=overwrite, encoding=encoding)

    def measures(self) -> ds.Measures:
        """Return the available measures with their definitions.

        Returns:
            `Measures`, a sequence of `Measure`; pass the ``id`` of one to the other functions.

        Examples:
            >>> from defector_stats import measures
            >>> print(measures())
            id                      kind   title
            arrivals                flow   Arrivals of North Korean escapees in South Korea
            refugees                stock  Refugees from North Korea by country of asylum
            asylum-seekers          stock  Asylum-seekers from North Korea with a pending claim
            asylum-applications     flow   New asylum applications by North Koreans
            us-refugee-admissions   flow   Admissions of North Korean refugees to the United States
            uk-asylum-applications  flow   Asylum applications by North Koreans in the United Kingdom: mai…
            uk-asylum-applicants    flow   Asylum applicants from North Korea in the United Kingdom: with…
            thailand-arrests        flow   North Koreans arrested in Thailand for illegal entry
            re-entries              flow   Confirmed re-entries to North Korea from the South

        See Also:
            `areas` lists the areas, and `Measure` says which of them a measure has.
        """
        from defector_stats._model.listings import Measures
        from defector_stats._store.imprint import imprint

        return Measures(rows=tuple(self._ledger.tables.measures.values()), imprint=imprint(self._ledger))

    def areas(self) -> ds.Areas:
        """Return the areas that the figures cover, with their codes and names.

        Returns:
            `Areas`, a sequence of `Area`; functions take the ``code``, the ``name`` or an alias of each.

        Examples:
            >>> from defector_stats import areas
            >>> print(areas()[:3])
            code  name
            AUS   Australia
            AUT   Austria
            BEL   Belgium
            >>> [area.name for area in areas() if "UK" in area.aliases]
            ['United Kingdom']

        See Also:
            `measures` says which areas each measure has.
        """
        from defector_stats._model.listings import Areas
        from defector_stats._store.imprint import imprint

        return Areas(rows=tuple(self._ledger.tables.areas.values()), imprint=imprint(self._ledger))

    def sources(self) -> ds.Sources:
        """Return every source, official ones first, then by date.

        Returns:
            `Sources`, a sequence of `Source`.

        Examples:
            >>> from defector_stats import sources
            >>> for source in sources()[:2]:
            ...     print(source.publisher, source.published)
            US Mission Geneva 2005-10-14
            Congressional Research Service 2007-09-26

        See Also:
            An `Observation` has the sources of its own figure; `cite` writes citations.
        """
        from defector_stats._model.listings import Sources
        from defector_stats._store.imprint import imprint

        return Sources(rows=tuple(self._ledger.tables.sources.values()), imprint=imprint(self._ledger))

    def freshness(self, today: hints.DateLike | None = None) -> ds.Freshness:
        """Return the newest figure, and when the next one is due.

        Args:
            today: The date to answer for, such as ``"2026-11-23"``; without one, the present day.

        Returns:
            A `Freshness`, with the newest figure, the overdue periods and the date by which the next is due
            on the publisher's usual schedule; ``print`` shows a few sentences.

        Raises:
            InvalidPeriodError: If the day cannot be read, or is more than a century ahead.
            UnknownNameError: If the catalogue does not count arrivals in South Korea.

        Examples:
            >>> from defector_stats import freshness
            >>> print(freshness("2026-11-23"))
            The newest yearly figure is 223 for 2025, released 2026-02-04 (data edition ...). Overdue ...

        See Also:
            `data_version` gives the edition of the data.
        """
        from defector_stats._analysis.freshness import freshness

        return freshness(self._ledger, today)

    def data_version(self) -> str:
        """Return the edition of the data.

        Returns:
            The edition as text, which begins with its year and month.

        Examples:
            >>> from defector_stats import data_version
            >>> data_version()
            '2026...'

        See Also:
            `freshness` says how recent the figures are; `cite` without an argument names the edition.
        """
        return self._ledger.tables.edition

    def data_path(self) -> hints.Path:
        """Return the folder of CSV files that the figures are read from.

        Other programs, such as R, Excel and DuckDB, can read these files directly.

        Returns:
            The folder as a ``pathlib.Path``, with ``datapackage.json`` beside the files.

        Raises:
            FileNotFoundError: If there is no folder, as in a zip file or for a catalogue in memory.

        Examples:
            >>> from defector_stats import data_path
            >>> sorted(path.name for path in data_path().glob("a*.csv"))
            ['alternatives.csv', 'areas.csv', 'arrivals.csv', 'asylum-applications.csv', 'asylum-seekers.csv']

        See Also:
            `export` writes some of the figures to a file of your own.
        """
        return self._ledger.tables.folder

    def __reduce__(self) -> tuple[Callable[..., Catalogue], tuple[Tables, ...]]:
        # A pickle of the bundled catalogue holds no figures: loading it returns the bundled catalogue.
        return (Catalogue.bundled, ()) if self is _BUNDLED else (type(self), (self._ledger.tables,))


# Created on import, so that all threads share one; nothing is read yet.
_BUNDLED = Catalogue(Tables())
