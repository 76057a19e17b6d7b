"""The catalogue: everything that can be asked."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Mapping
from typing import Any, SupportsIndex, cast

import defector_stats as ds
from defector_stats._model import hints
from defector_stats._model.observation import Observation
from defector_stats._model.period import Period
from defector_stats._store.ledger import Ledger
from defector_stats._store.tables import Tables

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import TypeVar, overload

    T = TypeVar("T")


class _NoDefault:
    """The mark for "no default given", since ``None`` is a default that people ask for."""

    def __repr__(self) -> str:
        return "<raise NoDataError>"


_NO_DEFAULT: Any = _NoDefault()
_DEFAULT_HINT = "Pass default=None to get None instead."


class Catalogue:
    """Published figures, with everything that can be asked of them.

    The functions of this package are methods of the bundled catalogue.
    Nothing about a catalogue can be changed; `extended` gives a new one.

    Examples:
        >>> catalogue = Catalogue.bundled()
        >>> catalogue.arrivals(2020)
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
        """Return the catalogue that comes with the package; its figures are read when first needed."""
        return _BUNDLED

    @classmethod
    def read(cls, folder: str | os.PathLike[str]) -> Catalogue:
        """Read a Data Package folder that has the form of `data_path`.

        Everything is checked before anything is answered.
        The files must be regular ones inside the folder, of 64 MiB at most in all.

        Raises:
            InvalidValueError: If the folder is not a path.
            DataError: If a file is missing or breaks a rule; nothing is half-loaded.

        Examples:
            >>> from defector_stats import data_path
            >>> Catalogue.read(data_path()).arrivals(2020).female
            157
        """
        from defector_stats._store.reading import read

        return cls(read(folder))

    def extended(self, rows: Iterable[Mapping[str, object]]) -> Catalogue:
        """Return a new catalogue with more figures; this one stays as it is.

        Args:
            rows: Mappings with ``period``, ``value``, ``released`` (ISO text) and ``sources``
                (keys or `Source` records), and if wanted ``male`` and ``female``,
                ``status``, ``note``, ``measure`` and ``area``.

        Raises:
            InvalidValueError: If the rows are not several mappings.
            DataError: If a row breaks a rule, or a `Source` has the key of another one; no catalogue is made then.

        Examples:
            >>> from defector_stats import Source
            >>> invented = Source(
            ...     key="example", publisher="Nobody", title="An invented figure", url=None,
            ...     published="2027-01-31", published_basis="stated", language="en",
            ...     kind="news", licence="not seen",
            ... )
            >>> row = {"period": 2026, "value": 1, "released": "2027-01-31", "sources": [invented]}
            >>> more = Catalogue.bundled().extended([row])
            >>> more.arrivals() + 0, Catalogue.bundled().arrivals() + 0
            (1, 223)
        """
        from defector_stats._store.extended import extended

        return Catalogue(extended(self._ledger.tables, rows))

    def check(self) -> None:
        """Check every rule of the data again.

        Raises:
            DataError: If a rule is broken.
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

    # What is returned instead of an error may be anything, as the overload says.
    def arrivals(  # pyright: ignore[reportInconsistentOverload]
        self, period: hints.PeriodLike | None = None, *, as_of: hints.DateLike | None = None, default: Any = _NO_DEFAULT
    ) -> Observation:
        """Return how many people from North Korea arrived in South Korea in a period, in persons.

        Arrivals count those who *reached* South Korea, often years after they left the North.
        Source: the Ministry of Unification, and reports of its briefings.

        Args:
            period: What `Period.parse` reads; without one, the latest full calendar year.
            as_of: A date; the answer is what had been published by then.
            default: What to return instead of raising `NoDataError`.

        Returns:
            An `Observation`, which is the number and carries its provenance.

        Raises:
            NoDataError: If there is no value; the error says why, and what there is.
            InvalidPeriodError: If ``period`` or ``as_of`` cannot be read.

        Examples:
            >>> from defector_stats import arrivals
            >>> arrivals(2020)
            Observation(229, measure='arrivals', area='KOR', period='2020', status='normal')
            >>> arrivals("2020-Q2") + 0, arrivals("../2025") + 0
            (12, 34537)
            >>> arrivals(2025, as_of="2026-01-25")
            Observation(224, measure='arrivals', area='KOR', period='2025', status='provisional')
            >>> arrivals(1950, default=None) is None
            True
        """
        # This path has a budget of a few lookups, so it makes no call.
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
        """Return the value of a measure for a period, as `arrivals` does.

        Args:
            measure: The id of a measure; `measures` lists them.
            period: What `Period.parse` reads; without one, the latest full calendar year.
            area: An ISO 3166-1 code, a name or an alias, such as ``GBR``, ``gb`` or ``United Kingdom``;
                may be left out where the measure has one area.
            as_of: A date; the answer is what had been published by then.
            default: What to return instead of raising `NoDataError`.

        Raises:
            NoDataError: If there is no value.
            UnknownNameError: If the measure or the area is not known.
            InvalidPeriodError: If ``period`` or ``as_of`` cannot be read.

        Examples:
            >>> from defector_stats import observation
            >>> observation("arrivals", "2019-H1").formula
            '2019-Q1 + 2019-Q2'
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
        """Return every figure of a measure, in all its areas or in some, as one table.

        Args:
            measure: The id of a measure; `measures` lists them.
            areas: Codes, names or aliases of areas; without them, all areas of the measure
                but the world, which is their sum.
            frequency: ``year``, ``half``, ``quarter``, ``month``, ``fiscal-year`` or ``running-total``;
                without one, figures of every kind of period, which must not be added up.
            as_of: A date; the answer is what had been published by then.

        Returns:
            A sequence of `Observation`, with data frames.

        Raises:
            UnknownNameError: If the measure or an area is not known, or the measure has no such frequency.
            InvalidPeriodError: If the date cannot be read.

        Examples:
            >>> from defector_stats import observations
            >>> panel = observations("refugees", areas=["GBR", "DEU"], frequency="year")
            >>> panel, {figure.area for figure in panel} == {"GBR", "DEU"}
            (<Observations: 46 figures>, True)
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
        """Return all values of one frequency, with the gaps between them.

        Args:
            measure: The id of a measure.
            area: An ISO 3166-1 code, a name or an alias, such as ``GBR``, ``gb`` or ``United Kingdom``;
                may be left out where the measure has one area.
            frequency: ``year``, ``half``, ``quarter``, ``month``, ``fiscal-year`` or ``running-total``;
                or one of the SDMX letters A, S, Q and M.
            start: A member belongs if it begins with or after this period.
            end: A member belongs if it ends with or before this period.
                A bound outside of what is known makes gaps.
            as_of: A date; the answer is what had been published by then.

        Raises:
            UnknownNameError: If the measure or the area is not known, or the measure has no such frequency.
            InvalidPeriodError: If a bound or the date cannot be read, or the bounds are reversed.

        Examples:
            >>> from defector_stats import series
            >>> series(frequency="quarter", start=2020, end=2020).records()[1]["value"]
            12
            >>> len(series()), series().gaps
            (34, ())
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
        """Return the steps in the published history of a value, oldest first.

        Args:
            period: What `Period.parse` reads; without one, the steps of all periods.
            measure: The id of a measure.
            area: An ISO 3166-1 code, a name or an alias, such as ``GBR``, ``gb`` or ``United Kingdom``;
                may be left out where the measure has one area.

        Raises:
            NoDataError: If nothing was published for the period.
            UnknownNameError: If the measure or the area is not known.

        Examples:
            >>> from defector_stats import revisions
            >>> [(step.value, step.released) for step in revisions(2025)]
            [(224, '2026-01-20'), (223, '2026-02-04')]
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
        """Compare two figures: the exact difference, with what to know before it is used.

        Args:
            a: The period, or the `Observation`, to compare with.
            b: The period, or the `Observation`, that is compared; both are periods, or both are observations.
            measure: The id of the measure, where two periods are given.
            area: An ISO 3166-1 code, a name or an alias, such as ``GBR``, ``gb`` or ``United Kingdom``;
                may be left out where the measure has one area.
            as_of: A date; what had been published by then is compared. Not for two observations.

        Raises:
            NotComparableError: If the two do not count the same thing over the same kind of span.
            NoDataError: If a period has no value.
            InvalidPeriodError: If a period or the date cannot be read.
            UnknownNameError: If the measure or the area is not known.

        Examples:
            >>> from defector_stats import arrivals, compare
            >>> print(compare(2019, 2020))
            Arrivals in South Korea fell from 1,047 in 2019 to 229 in 2020: 818 fewer (−78.1%).
            >>> compare(2024, 2025).caveats
            ('The figure for 2025 is provisional.',)
            >>> compare(arrivals("2019-H2"), arrivals("2020-H2")).difference
            -416
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
        """Put a figure in context: its change, since when none was so high or low, its rank, the share of women.

        Args:
            period: What `Period.parse` reads.
            measure: The id of a measure.
            area: An ISO 3166-1 code, a name or an alias, such as ``GBR``, ``gb`` or ``United Kingdom``;
                may be left out where the measure has one area.
            as_of: A date; the answer is what had been published by then.

        Raises:
            NoDataError: If there is no value.
            NotComparableError: For a row of several years, which has no others of its kind.
            InvalidPeriodError: If the period or the date cannot be read.
            UnknownNameError: If the measure or the area is not known.

        Examples:
            >>> from defector_stats import context
            >>> context(2019).lowest_since, context(2019).rank, context(2019).coverage
            (Period.parse('2001'), 18, '34 years known (1992 to 2025)')
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
        """Check whether a number was ever published for a period, and what became of it.

        Args:
            value: A number of people, of any integer type.
            period: What `Period.parse` reads; the period need not have a figure.
            sex: ``total``, ``male`` or ``female``.
            measure: The id of a measure.
            area: An ISO 3166-1 code, a name or an alias, such as ``GBR``, ``gb`` or ``United Kingdom``;
                may be left out where the measure has one area.

        Raises:
            InvalidValueError: If the number is not whole or is negative.
            InvalidPeriodError: If the period cannot be read.
            UnknownNameError: If the sex, the measure or the area is not known.

        Examples:
            >>> from defector_stats import verify
            >>> verify(2737, 2011).verdict, verify(947, 1998).verdict
            ('superseded', 'misread')
            >>> print(verify(500, 2020))
            No publication known here prints 500 for arrivals in South Korea in 2020. The current figure is 229.
        """
        from defector_stats._analysis.verify import verify

        return verify(self._ledger, value, period, sex, measure, area)

    def estimates(
        self, topic: hints.TopicName | None = None, *, during: hints.PeriodLike | None = None
    ) -> ds.Estimates:
        """Return what organisations proposed where nobody can count; estimates that conflict stand side by side.

        Args:
            topic: ``in-china``, ``children-in-china``, ``detained-in-china``, ``forced-returns`` or ``departures``;
                without one, all estimates are returned.
            during: What `Period.parse` reads; only estimates whose reference period overlaps it are returned.

        Returns:
            A sequence of `Estimate`, which is not a number and cannot be added up; its ``str`` draws the ranges.

        Raises:
            UnknownNameError: If the topic is not known.
            InvalidPeriodError: If ``during`` cannot be read.

        Examples:
            >>> from defector_stats import estimates
            >>> [(item.spread, item.organisation) for item in estimates("detained-in-china", during="2023-09")]
            [...('about 2,000', 'US State Department')...]
        """
        from defector_stats._analysis.estimates import estimates

        return estimates(self._ledger, topic, during)

    def breakdown(
        self,
        dimension: hints.DimensionName,
        period: hints.PeriodLike | None = None,
        *,
        as_of: hints.DateLike | None = None,
    ) -> ds.Breakdown:
        """Return who the people are who arrived: a published table of cumulative arrivals, or of residents.

        Args:
            dimension: ``age`` (at entry), ``occupation`` and ``education`` (in the North),
                ``province`` (last region in the North), or ``residence`` (residents by region of the South).
            period: The date of the table, such as ``"../2022-12"``, or a month for residents;
                without one, the newest.
            as_of: A date; the answer is what had been published by then.

        Raises:
            UnknownNameError: If the dimension is not known.
            NoDataError: If there is no such table; the error lists those that exist.
            InvalidPeriodError: If the period or the date cannot be read.

        Examples:
            >>> from defector_stats import breakdown
            >>> breakdown("age").total, breakdown("age", "../2022-12").missing
            (34134, 46)
        """
        from defector_stats._analysis.breakdown import breakdown

        return breakdown(self._ledger, dimension, period, as_of)

    def destinations(self, year: hints.PeriodLike) -> ds.Destinations:
        """Return what is known by place for a calendar year, each figure with its kind and definition.

        Args:
            year: What `Period.parse` reads as a year.

        Returns:
            A sequence of `Destination`; there is no total, because the figures count different things.

        Raises:
            NotComparableError: If the period is not a calendar year.
            NoDataError: If nothing is known for the year.
            InvalidPeriodError: If the year cannot be read.

        Examples:
            >>> from defector_stats import destinations
            >>> [row.figure + 0 for row in destinations(2016) if row.measure.id == "us-refugee-admissions"]
            [19]
        """
        from defector_stats._analysis.destinations import destinations

        return destinations(self._ledger, year)

    def faq(self, topic: hints.FaqTopic | None = None) -> ds.Faq:
        """Return what people ask, answered with sources; figures are filled in when an entry is asked for.

        A statement whose figure is missing says so instead.

        Args:
            topic: Only entries about this topic are returned; without one, all.

        Returns:
            A sequence of `FaqEntry`, with ``markdown()`` and ``jsonld()``.

        Raises:
            UnknownNameError: If the topic is not known.

        Examples:
            >>> from defector_stats import faq
            >>> [entry.id for entry in faq()][:4]
            ['how-many', 'how-many-leave', 'why-leave', 'how-escape']
        """
        from defector_stats._texts.faq import faq

        return faq(self._ledger, topic)

    def faq_entry(self, id: str) -> ds.FaqEntry:  # noqa: A002, the word of the records
        """Return one question with its answer.

        Args:
            id: The id of an entry; `faq` lists them.

        Raises:
            UnknownNameError: If the id is not known; the error suggests close ones.

        Examples:
            >>> from defector_stats import faq_entry
            >>> faq_entry("how-many").question
            'How many North Koreans reach South Korea, in a year and in all?'
        """
        from defector_stats._texts.faq import faq_entry

        return faq_entry(self._ledger, id)

    def search_faq(self, text: str) -> ds.Faq:
        """Return the entries that match words, the most relevant first, or none if no entry matches well.

        Case, plurals and small slips of the keyboard do not matter.

        Args:
            text: Words to look for.

        Raises:
            InvalidValueError: If there is no word in the text.

        Examples:
            >>> from defector_stats import search_faq
            >>> search_faq("settlement mony")[0].id
            'support'
            >>> len(search_faq("best pizza in town"))
            0
        """
        from defector_stats._texts.faq import search_faq

        return search_faq(self._ledger, text)

    def claims(self) -> ds.Claims:
        """Return what a web article states about the subject, with a verdict, an explanation and evidence.

        Verdicts about numbers are calculated from this catalogue;
        where the figures for one are missing, the verdict is ``needs-nuance`` and the explanation says so.

        Returns:
            A sequence of `Claim`, with ``markdown()`` and ``jsonld()``.

        Examples:
            >>> from defector_stats import claims
            >>> print(claims()[8].verdict, claims()[8].computed)
            contradicted True
        """
        from defector_stats._texts.claims import claims

        return claims(self._ledger)

    def glossary(self) -> ds.Glossary:
        """Return definitions of the contested and the technical words.

        Returns:
            A sequence of `Term`, with ``markdown()``.

        Examples:
            >>> from defector_stats import glossary
            >>> glossary()[0].language
            'en'
        """
        from defector_stats._texts.glossary import glossary

        return glossary(self._ledger)

    def cite(self, thing: object = None, style: hints.StyleName = "text") -> str:
        """Return a reference to paste under a chart or into a bibliography.

        A published figure is credited to its publisher, a derived one to the compilers, each with its own date.
        Two things that differ have different keys, and so have two vintages of one figure.

        Args:
            thing: An `Observation`, a `TimeSeries`, an `Estimate`, a `Breakdown` or a `Source`;
                without one, the library, with its version, the edition and the SHA-256 of the data.
            style: ``text``, ``markdown``, ``bibtex`` or ``csl-json``.

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
        """
        from defector_stats._output.cite import cite

        return cite(self._ledger, thing, style)

    def export(
        self,
        what: object,
        path: str | os.PathLike[str],
        *,
        format: hints.FormatName,  # noqa: A002, the word of the file
        overwrite: bool = False,
    ) -> hints.Path:
        """Write figures to a file or a folder, with their sources and the text to put under them.

        If writing fails or is interrupted, what was there before is kept.
        A file that is replaced passes on its permissions, and the figures of this package are never overwritten.

        Args:
            what: ``"all"``, a measure or its id, a `TimeSeries`, a `Breakdown` or `Estimates`.
                All figures, and those of a measure, are the newest values of all periods;
                in a Data Package they are the whole history.
            path: Where to write; a folder for ``datapackage``, a file for the others.
            format: ``csv``, ``json``, ``sdmx-csv`` (SDMX-CSV 2.0),
                ``datapackage`` (a Data Package; `Catalogue.read` takes back all, or a measure, without any loss)
                or ``jsonld`` (a schema.org Dataset: what the figures are, without the figures).
            overwrite: Whether what is there already may be replaced.
                A folder is replaced only if it holds nothing but the files of such a Data Package.

        Returns:
            The path that was written.

        Raises:
            UnknownNameError: If the format or the measure is not known.
            InvalidValueError: If the thing cannot be written, or the path is not a path.
            FileError: If the path is taken, is of the wrong kind, or cannot be written.

        Examples:
            >>> import tempfile
            >>> from defector_stats import export
            >>> with tempfile.TemporaryDirectory() as folder:
            ...     print(export(Catalogue.bundled().series(), f"{folder}/years.csv", format="csv").stat().st_size > 0)
            True
        """
        from defector_stats._output.export import export

        return export(self._ledger, what, path, format, overwrite=overwrite)

    def measures(self) -> ds.Measures:
        """Return the measures that can be asked for.

        Examples:
            >>> from defector_stats import measures
            >>> [measure.id for measure in measures()][:3]
            ['arrivals', 'refugees', 'asylum-seekers']
        """
        from defector_stats._model.listings import Measures

        return Measures(rows=tuple(self._ledger.tables.measures.values()))

    def areas(self) -> ds.Areas:
        """Return the areas that figures are about.

        Examples:
            >>> from defector_stats import areas
            >>> [(area.code, area.name) for area in areas() if "UK" in area.aliases]
            [('GBR', 'United Kingdom')]
        """
        from defector_stats._model.listings import Areas

        return Areas(rows=tuple(self._ledger.tables.areas.values()))

    def sources(self) -> ds.Sources:
        """Return everything that is cited, official first, then by date.

        Examples:
            >>> from defector_stats import sources
            >>> sources()[0].kind
            'official'
        """
        from defector_stats._model.listings import Sources

        return Sources(rows=tuple(self._ledger.tables.sources.values()))

    def freshness(self, today: hints.DateLike | None = None) -> ds.Freshness:
        """Return the newest figure, and when the next is due by the publisher's known rhythm.

        Args:
            today: The day for which the question is answered; without one, the present day.

        Raises:
            InvalidPeriodError: If the day cannot be read, or lies more than a century ahead.
            UnknownNameError: If this catalogue does not count arrivals in South Korea.

        Examples:
            >>> from defector_stats import freshness
            >>> print(freshness("2026-11-23"))
            The newest yearly figure is 223 for 2025, released 2026-02-04 (data edition ...). Due by ...
        """
        from defector_stats._analysis.freshness import freshness

        return freshness(self._ledger, today)

    def data_version(self) -> str:
        """Return the edition of the figures.

        Examples:
            >>> from defector_stats import data_version
            >>> data_version()
            '2026...'
        """
        return self._ledger.tables.edition

    def data_path(self) -> hints.Path:
        """Return the folder of plain files that the figures are read from, for R, Excel or DuckDB.

        Raises:
            FileNotFoundError: If there is no folder: in a zip file, or for a catalogue made in memory.

        Examples:
            >>> from defector_stats import data_path
            >>> sorted(path.name for path in data_path().glob("a*.csv"))
            ['alternatives.csv', 'areas.csv', 'arrivals.csv', 'asylum-applications.csv', 'asylum-seekers.csv']
        """
        return self._ledger.tables.folder

    def __reduce__(self) -> tuple[Callable[..., Catalogue], tuple[Tables, ...]]:
        # A pickle of the bundled catalogue holds no figures: it stands for that of the process that reads it.
        return (Catalogue.bundled, ()) if self is _BUNDLED else (type(self), (self._ledger.tables,))


# Made with the module, so that all threads share one; nothing is read yet.
_BUNDLED = Catalogue(Tables())
