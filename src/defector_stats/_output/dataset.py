"""Datasets: rows to write to a file, with their sources, attribution and licences."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any, cast

import attrs

from defector_stats._analysis.breakdown import Breakdown, dated_title
from defector_stats._analysis.destinations import Destinations
from defector_stats._analysis.estimates import Estimates
from defector_stats._analysis.indicators import Indicators
from defector_stats._analysis.observations import Observations, observations
from defector_stats._analysis.revisions import Revisions
from defector_stats._analysis.series import TimeSeries
from defector_stats._model.listings import Areas, Measures, Sources
from defector_stats._model.plain import flat
from defector_stats._model.records import Area, Measure, Source
from defector_stats._model.sequences import Rows
from defector_stats._model.vocabulary import FORMATS, INDICATOR_TOPICS, RESIDENCE, TOPICS
from defector_stats._model.words import join_words, release_phrase, sentence, unit_name, with_preposition
from defector_stats._store.history import WORLD
from defector_stats._store.imprint import OF_ORGANISATIONS
from defector_stats._texts.claims import Claims
from defector_stats._texts.faq import Faq
from defector_stats._texts.glossary import Glossary
from defector_stats.errors import InvalidValueError, unknown_name_error

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from defector_stats._model.records import Gap
    from defector_stats._store.ledger import Ledger
    from defector_stats._store.tables import Tables

ALL = "all"
LOG = "arrivals"  # the table whose columns all logs share
SDMX: tuple[str, ...] = ("sdmx-csv", "sdmx-structure")
# The entries of a descriptor that apply to everything exported from the catalogue.
ABOUT = ("homepage", "created", "keywords", "contributors")

_EXPECTED = "'all', a measure or its id, or an answer with rows, such as series() or faq() gives"
_AREA = "KOR"
_NEWEST_KEY = ("measure", "area", "period")
_TECHNIQUE = "Published figures, compiled with the day of each publication; some are calculated from others."
_TECHNIQUE_OF_ESTIMATES = "Estimates as their authors published them; the method stands in each row."
_TECHNIQUE_OF_INDICATORS = "Results of surveys as they were published; population, survey and sample stand in each row."
_LISTS: dict[type[Rows[Any]], tuple[str, str]] = {
    Faq: ("faq", "Questions that people ask, with answers"),
    Claims: ("claims", "Statements about the subject, with verdicts"),
    Glossary: ("glossary", "Words about people from North Korea"),
    Measures: ("measures", "What is counted"),
    Areas: ("areas", "The places that figures are about"),
    Sources: ("sources", "What the figures and answers were read in"),
}


@attrs.frozen(kw_only=True)
class Variable:
    """The definition of what one kind of row counts."""

    id: str
    """The id of the measure, the topic or the table."""
    title: str
    """A short title."""
    definition: str
    """The definition, which says who is counted, when, and who is left out; empty if the rows say so themselves."""
    unit: str
    """The unit of the values, such as ``persons``."""


@attrs.frozen(kw_only=True)
class Dataset:
    """Rows to write, with everything that readers of the file need to know."""

    name: str
    """A name for the file, in lower case with hyphens."""
    title: str
    """A short title of the rows."""
    description: str
    """A description of the rows, to read before they are used."""
    variables: tuple[Variable, ...]
    """The definitions of what the rows count, each a `Variable`."""
    columns: tuple[str, ...]
    """The names of the columns."""
    rows: tuple[dict[str, Any], ...]
    """The rows as plain values, by the names of the columns."""
    gaps: tuple[dict[str, Any], ...] = ()
    """The periods without a value, with the reasons, as plain values."""
    sources: tuple[Source, ...]
    """All sources of the rows, each a `Source`."""
    places: tuple[Area, ...] = ()
    """The areas in which the people were counted."""
    attribution: tuple[str, ...]
    """The credits to show with the rows, one for each publisher."""
    licences: tuple[dict[str, Any], ...]
    """The licences that cover the rows, as the Data Package descriptor states them."""
    edition: str
    """The edition of the data."""
    as_of: str | None = None
    """The last day of release that counts, as ISO text; ``None`` if all figures count."""
    measures: tuple[str, ...] | None = None
    """The ids of the measures to write, for the tables of a catalogue.

    It is ``None`` for rows that are not part of a catalogue.
    """
    publishers: tuple[dict[str, Any], ...] = ()
    """The sources of the rows, as the Data Package descriptor states them.

    It is empty for rows that are not part of a catalogue.
    """
    credits: Mapping[str, str] = attrs.field(factory=dict[str, str])
    """The attribution of each measure, by the id of the measure; empty if one attribution covers all rows."""
    table: str = LOG
    """The bundled table that describes the columns of the rows."""
    key: tuple[str, ...] = ()
    """The columns that identify a row; empty for the key of the table."""
    about: Mapping[str, Any] = attrs.field(factory=dict[str, Any])
    """The entries of the descriptor on the whole catalogue."""
    technique: str = ""
    """The method behind the figures, in a sentence; empty for rows without figures."""
    texts: Faq | Claims | Glossary | None = None
    """The rows themselves, if they have their own JSON-LD; otherwise ``None``."""
    refused: Mapping[str, str] = attrs.field(factory=dict[str, str])
    """The formats that the rows cannot be written in, each with the reason, as part of a sentence."""
    _by_key: dict[str, Source] = attrs.field(
        default=attrs.Factory(lambda self: {source.key: source for source in self.sources}, takes_self=True),
        init=False,
    )

    @property
    def span(self) -> str:
        """The time from the first day of all rows to the last, as an ISO 8601 interval; empty without rows."""
        if not self.rows:
            return ""
        # A running total has no first day, so rows with one have none either.
        first = [row["start_date"] for row in self.rows]
        return f"{'..' if None in first else min(first)}/{max(row['end_date'] for row in self.rows)}"

    def citations(self, keys: str) -> str:
        """Return the sources with these keys (separated by spaces) as text, in the same order."""
        cited = [self._by_key[key] for key in keys.split()]
        return "; ".join(f"{source} <{source.url}>" if source.url else str(source) for source in cited)

    def credit(self, row: Mapping[str, Any]) -> str:
        """Return the attribution of the measure of a row or a gap."""
        return self.credits.get(row.get("measure", ""), " ".join(self.attribution))

    def require(self, form: str) -> None:
        """Check that the rows can be written in a format.

        Raises:
            InvalidValueError: If they cannot.
        """
        if form in self.refused:
            *others, last = [other for other in FORMATS if other not in self.refused]
            raise InvalidValueError(form, f"the format {', '.join(others)} or {last} ({self.refused[form]})")


def dataset(ledger: Ledger, what: object) -> Dataset:
    """Return the dataset for anything that can be exported.

    Args:
        ledger: The ledger of the catalogue.
        what: Anything that `Catalogue.export` takes.

    Raises:
        UnknownNameError: If it is text other than ``all`` or the id of a measure.
        InvalidValueError: If it is anything else that cannot be exported.
    """
    # A measure of another catalogue is only a name here: the rows come from this one.
    if isinstance(what, Measure):
        what = what.id
    if isinstance(what, str):
        measures = ledger.tables.measures
        if what != ALL and what not in measures:
            raise unknown_name_error("measure", what, (ALL, *measures))
        return _from_measures(ledger, what, list(measures.values()) if what == ALL else [measures[what]])
    for kind, describe in _DESCRIBED.items():
        if isinstance(what, kind):
            rows = cast("Any", what)
            return _from_rows(rows, ledger.tables, **describe(rows, ledger.tables))
    raise InvalidValueError(what, _EXPECTED)


def _from_rows(rows: Rows[Any], tables: Tables, **described: Any) -> Dataset:
    """Return the dataset of an answer; the keyword arguments replace its defaults."""
    attribution = described.pop("attribution")
    sources = dict.fromkeys(source for row in (rows, *rows) for source in _sources_of(row))
    return Dataset(
        columns=rows.COLUMNS,
        rows=tuple(map(flat, rows.records())),
        sources=tuple(sources),
        attribution=attribution,
        licences=_find_licences(tables, attribution),
        publishers=_select_named(tables.descriptor.get("sources", []), attribution),
        edition=getattr(rows, "edition", "") or rows.metadata.get("edition", tables.edition),
        as_of=getattr(rows, "as_of", None),
        about=_find_about(tables),
        **described,
    )


def _sources_of(thing: object) -> Sequence[Source]:
    """Return the sources of a row or of a whole answer."""
    holder = getattr(thing, "figure", thing)
    found: Sequence[Source] = getattr(getattr(holder, "provenance", holder), "sources", ())
    return found


def _from_measures(ledger: Ledger, what: str, measures: list[Measure]) -> Dataset:
    tables = ledger.tables
    rows: list[dict[str, Any]] = []
    gaps: list[dict[str, Any]] = []
    sources: list[Source] = []
    for measure in measures:
        for area in measure.areas:
            figures = ledger.figures_on(measure.id, area, None)
            rows += observations(ledger, measure.id, area, None, None).records()
            for frequency in measure.frequencies:
                gaps += _gap_rows(measure.id, area, figures.gaps(frequency))
            sources += [source for figure in figures.everything for source in figure.sources]
    descriptor = tables.descriptor
    # The descriptor of a user's catalogue may have neither a title nor a description.
    title, about = (
        (str(descriptor.get("title", "All figures")), str(descriptor.get("description", "")))
        if what == ALL
        else (measures[0].title, _describe(measures[0]))
    )
    attribution = tuple(dict.fromkeys(measure.attribution for measure in measures))
    return Dataset(
        name="defector-stats" if what == ALL else what,
        title=title,
        description=f"{about} The newest value of every period, published or calculated.".strip(),
        variables=tuple(map(_make_variable, measures)),
        columns=TimeSeries.COLUMNS,
        rows=tuple(rows),
        gaps=tuple(gaps),
        sources=tuple(dict.fromkeys(sources)),
        places=_find_areas(tables, (area for measure in measures for area in measure.areas)),
        attribution=attribution,
        licences=_find_licences(tables, attribution),
        edition=tables.edition,
        measures=tuple(measure.id for measure in measures),
        publishers=_select_named(descriptor.get("sources", []), attribution),
        credits={measure.id: measure.attribution for measure in measures},
        key=_NEWEST_KEY,
        about=_find_about(tables),
        technique=_TECHNIQUE,
    )


def _describe_series(series: TimeSeries, tables: Tables) -> dict[str, Any]:
    measure = series.measure
    return {
        "name": _slugify(f"{measure.id}-{series.area}-by-{unit_name(series.frequency)}"),
        "title": series.title,
        "description": f"{series.summary} {_say_as_of(series.as_of)}{_describe(measure)}",
        "gaps": tuple(_gap_rows(measure.id, series.area, series.gaps)),
        "key": _NEWEST_KEY,
        **_describe_measures(tables, [measure], [series.area]),
    }


def _describe_observations(figures: Observations, tables: Tables) -> dict[str, Any]:
    measure = figures.measure
    return {
        "name": _slugify(f"{measure.id}-observations"),
        "title": measure.title,
        "description": f"{_say_as_of(figures.as_of)}{_describe(measure)}",
        "key": _NEWEST_KEY,
        **_describe_measures(tables, [measure], [figure.area for figure in figures]),
    }


def _describe_revisions(steps: Revisions, tables: Tables) -> dict[str, Any]:
    measure = steps.measure
    periods = {step.period for step in steps}
    one = periods.pop() if len(periods) == 1 else None
    reason = "SDMX holds one value for each period"
    return {
        "name": _slugify(f"revisions-{measure.id}-{steps.area}-{one or ''}"),
        "title": f"What was published on {steps.subject}{f' {with_preposition(one, steps.kind)}' if one else ''}",
        "description": f"One row for each change of a value, from its first publication on. {_describe(measure)}",
        "refused": dict.fromkeys(SDMX, reason),
        **_describe_measures(tables, [measure], [steps.area]),
    }


def _describe_destinations(figures: Destinations, tables: Tables) -> dict[str, Any]:
    measures = {row.measure.id: row.measure for row in figures}
    return {
        "name": f"destinations-{figures.year}",
        "title": f"People from North Korea by place, {figures.year}",
        "description": "Figures of different measures, partly about the same people, so they are never added up.",
        "key": _NEWEST_KEY,
        "credits": {name: measure.attribution for name, measure in measures.items()},
        **_describe_measures(tables, [*measures.values()], [row.place.code for row in figures]),
    }


def _describe_measures(tables: Tables, measures: Sequence[Measure], areas: Iterable[str]) -> dict[str, Any]:
    """Return the arguments that all datasets of figures share."""
    return {
        "variables": tuple(map(_make_variable, measures)),
        "places": _find_areas(tables, areas),
        "attribution": tuple(dict.fromkeys(measure.attribution for measure in measures)),
        "technique": _TECHNIQUE,
    }


def _describe_breakdown(breakdown: Breakdown, tables: Tables) -> dict[str, Any]:
    of = "residents" if breakdown.dimension == RESIDENCE else LOG
    variable = Variable(
        id=f"{of}-by-{breakdown.dimension}", title=breakdown.title, definition=breakdown.note, unit="persons"
    )
    return {
        "name": _slugify(f"{breakdown.dimension}-{breakdown.period}"),
        "title": dated_title(breakdown),
        "description": f"{breakdown.summary} {_say_as_of(breakdown.as_of)}".strip(),
        "variables": (variable,),
        "places": _find_areas(tables, [_AREA]),
        # The tables of people belong to the ministry that counts the arrivals.
        "attribution": tuple(measure.attribution for measure in tables.measures.values() if measure.id == LOG),
        "table": "breakdowns",
        "technique": _TECHNIQUE,
    }


def _describe_estimates(estimates: Estimates, tables: Tables) -> dict[str, Any]:  # noqa: ARG001, as all others
    # Estimates on one topic may have several units, such as persons returned in all or a year.
    topics = list(dict.fromkeys((estimate.topic, estimate.unit) for estimate in estimates))
    title = "; ".join(dict.fromkeys(TOPICS[topic] for topic, _ in topics)) or "Estimates"
    return {
        "name": "-".join(["estimates", *dict.fromkeys(topic for topic, _ in topics)]),
        "title": f"{title}: what organisations proposed",
        "description": "Published estimates where nobody can count. They are never added up.",
        "variables": tuple(Variable(id=topic, title=TOPICS[topic], definition="", unit=of) for topic, of in topics),
        "attribution": (OF_ORGANISATIONS,),
        "table": "estimates",
        "technique": _TECHNIQUE_OF_ESTIMATES,
    }


def _describe_indicators(indicators: Indicators, tables: Tables) -> dict[str, Any]:  # noqa: ARG001, as all others
    units = {row.indicator: row.unit for row in indicators}
    topics = [INDICATOR_TOPICS[topic] for topic in dict.fromkeys(row.topic for row in indicators)]
    return {
        "name": "-".join(["indicators", *(units if len(units) == 1 else ())]),
        "title": f"{join_words(topics) if topics else 'Indicators'}: published rates and results of surveys",
        "description": "Results of different surveys, which asked different people. They are never added up or joined.",
        "variables": tuple(
            Variable(id=indicator, title=sentence(indicator.replace("-", " ")), definition="", unit=unit)
            for indicator, unit in units.items()
        ),
        "attribution": (OF_ORGANISATIONS,),
        "table": "indicators",
        "technique": _TECHNIQUE_OF_INDICATORS,
        "refused": dict.fromkeys(SDMX, "SDMX holds series, which different surveys do not form"),
    }


def _describe_list(rows: Rows[Any], tables: Tables) -> dict[str, Any]:  # noqa: ARG001, as all others
    """Return the arguments for datasets of texts and of lists."""
    name, title = next(words for kind, words in _LISTS.items() if isinstance(rows, kind))
    texts = rows if isinstance(rows, (Faq, Claims, Glossary)) else None
    refused: dict[str, str] = dict.fromkeys(SDMX, "SDMX holds only figures")
    if texts is None:
        refused["jsonld"] = "JSON-LD describes only figures, answers, claims and words"
    credit = rows.metadata.get("attribution")
    return {
        "name": name,
        "title": title,
        "description": f"{title}.",
        "variables": (),
        "attribution": (credit,) if credit else (),
        "table": name,
        "texts": texts,
        "refused": refused,
    }


_DESCRIBED: dict[type[Rows[Any]], Callable[[Any, Tables], dict[str, Any]]] = {
    TimeSeries: _describe_series,
    Observations: _describe_observations,
    Revisions: _describe_revisions,
    Destinations: _describe_destinations,
    Breakdown: _describe_breakdown,
    Estimates: _describe_estimates,
    Indicators: _describe_indicators,
    **dict.fromkeys(_LISTS, _describe_list),
}


def _say_as_of(as_of: str | None) -> str:
    return "" if as_of is None else f"As known {release_phrase(as_of)}. "


def _describe(measure: Measure) -> str:
    return f"{measure.definition} Coverage: {measure.coverage} Rounding: {measure.rounding}"


def _make_variable(measure: Measure) -> Variable:
    return Variable(id=measure.id, title=measure.title, definition=measure.definition, unit=measure.unit)


def _find_about(tables: Tables) -> dict[str, Any]:
    return {entry: tables.descriptor[entry] for entry in ABOUT if entry in tables.descriptor}


def _find_areas(tables: Tables, codes: Iterable[str]) -> tuple[Area, ...]:
    # The world is our own sum, not a place where people were counted.
    wanted = {*codes} - {WORLD}
    return tuple(area for area in tables.areas.values() if area.code in wanted)


def _gap_rows(measure: str, area: str, gaps: Iterable[Gap]) -> list[dict[str, Any]]:
    return [
        {"measure": measure, "area": area, "period": str(gap.period), "reason": gap.reason, "note": gap.note}
        for gap in gaps
    ]


def _slugify(text: str) -> str:
    """Return a text as a file name; a running total such as ``../2020`` becomes ``to-2020``."""
    return re.sub(r"[^a-z0-9]+", "-", text.lower().replace("../", "to-")).strip("-")


def _find_licences(tables: Tables, attribution: Iterable[str]) -> tuple[dict[str, Any], ...]:
    """Return the licences of a descriptor that cover rows with an attribution."""
    stated: list[dict[str, Any]] = tables.descriptor.get("licenses", [])
    # The first licence is that of the compilation, which covers all rows.
    return (*stated[:1], *_select_named(stated[1:], attribution))


def _select_named(entries: list[dict[str, Any]], attribution: Iterable[str]) -> tuple[dict[str, Any], ...]:
    """Return the entries of a descriptor whose title, up to a bracket, occurs in an attribution."""
    texts = " ".join(attribution)
    return tuple(entry for entry in entries if str(entry.get("title")).partition(" (")[0] in texts)
