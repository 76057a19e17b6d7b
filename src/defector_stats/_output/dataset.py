"""Datasets: the rows to write to a file, with their sources, attribution and licences."""

from __future__ import annotations

import re

import attrs

from defector_stats._analysis.breakdown import Breakdown
from defector_stats._analysis.estimates import ATTRIBUTION as ATTRIBUTION_OF_ESTIMATES
from defector_stats._analysis.estimates import Estimates
from defector_stats._analysis.observations import observations
from defector_stats._analysis.series import TimeSeries
from defector_stats._model.records import Measure
from defector_stats._model.vocabulary import TOPICS
from defector_stats._model.words import period_name, release_phrase, unit_name
from defector_stats._store.history import WORLD
from defector_stats.errors import InvalidValueError, unknown_name_error

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from typing import Any

    from defector_stats._model.records import Area, Gap, Source
    from defector_stats._store.ledger import Ledger
    from defector_stats._store.tables import Tables

ALL = "all"

_EXPECTED = "'all', the id of a measure, a series, a breakdown or estimates"
_AREA = "KOR"


@attrs.frozen(kw_only=True)
class Variable:
    """What one kind of row counts."""

    title: str
    """A short title."""
    definition: str
    """Who is counted, when, and who is left out; empty if the rows say so themselves."""
    unit: str
    """The unit of the values, such as ``persons``."""


@attrs.frozen(kw_only=True)
class Dataset:
    """Rows to write, with all that a reader of the file must know about them."""

    name: str
    """A name for the file, in lower case with hyphens."""
    title: str
    """What the rows are, in a few words."""
    description: str
    """What to know before the rows are used."""
    variables: tuple[Variable, ...]
    """What the rows count."""
    columns: tuple[str, ...]
    """The names of the columns."""
    rows: tuple[dict[str, Any], ...]
    """The rows as plain values, by the names of the columns."""
    gaps: tuple[dict[str, Any], ...] = ()
    """The periods without a value, with the reasons, as plain values."""
    sources: tuple[Source, ...]
    """All sources that the rows cite."""
    places: tuple[Area, ...] = ()
    """The areas in which the people were counted."""
    attribution: tuple[str, ...]
    """The credits to show under the rows, one of each publisher."""
    licences: tuple[dict[str, Any], ...]
    """The licences that cover the rows, as the Data Package descriptor states them."""
    edition: str
    """The edition of the data."""
    as_of: str | None = None
    """The last day of release that counts, as ISO text; ``None`` if all figures count."""
    measures: tuple[str, ...] | None = None
    """The ids of the measures to write, for the tables of a catalogue.

    It is ``None`` for rows that are no part of a catalogue.
    """
    publishers: tuple[dict[str, Any], ...] = ()
    """The sources of the rows, as the Data Package descriptor states them.

    It is empty for rows that are no part of a catalogue.
    """
    credits: Mapping[str, str] = attrs.field(factory=dict[str, str])
    """The attribution of each measure, by the id of the measure; empty if one attribution covers all rows."""
    _by_key: dict[str, Source] = attrs.field(
        default=attrs.Factory(lambda self: {source.key: source for source in self.sources}, takes_self=True),
        init=False,
        repr=False,
        eq=False,
    )

    @property
    def span(self) -> str:
        """The time from the first day of all rows to the last, as an ISO 8601 interval; empty without rows."""
        if not self.rows:
            return ""
        # A running total has no first day; where all rows are running totals, the interval is open.
        first = min((row["start_date"] for row in self.rows if row["start_date"] is not None), default="..")
        return f"{first}/{max(row['end_date'] for row in self.rows)}"

    def citations(self, keys: str) -> str:
        """Return sources as text, in the order of their keys, which are separated by spaces."""
        cited = [self._by_key[key] for key in keys.split()]
        return "; ".join(f"{source} <{source.url}>" if source.url else str(source) for source in cited)

    def credit(self, row: Mapping[str, Any]) -> str:
        """Return the attribution of the measure of a row or a gap."""
        return self.credits.get(row.get("measure", ""), " ".join(self.attribution))


def dataset(ledger: Ledger, what: object) -> Dataset:
    """Return the dataset to write for anything that can be exported.

    Args:
        ledger: The ledger of the catalogue.
        what: Anything that `Catalogue.export` takes.

    Raises:
        UnknownNameError: If it is text, but neither ``all`` nor the id of a measure.
        InvalidValueError: If it is anything else that cannot be exported.
    """
    # A measure of another catalogue is only a name here: the rows are those of this one.
    if isinstance(what, Measure):
        what = what.id
    if isinstance(what, str):
        measures = ledger.tables.measures
        if what != ALL and what not in measures:
            raise unknown_name_error("measure", what, (ALL, *measures))
        return _from_measures(ledger, what, list(measures.values()) if what == ALL else [measures[what]])
    if isinstance(what, TimeSeries):
        return _from_series(what, ledger.tables)
    if isinstance(what, Breakdown):
        return _from_breakdown(what, ledger.tables)
    if isinstance(what, Estimates):
        return _from_estimates(what, ledger.tables)
    raise InvalidValueError(what, _EXPECTED)


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
    )


def _from_series(series: TimeSeries, tables: Tables) -> Dataset:
    measure = series.measure
    return Dataset(
        name=_slugify(f"{measure.id}-{series.area}-by-{unit_name(series.frequency)}"),
        title=series.title,
        description=f"{series.summary} {_say_as_of(series.as_of)}{_describe(measure)}",
        variables=(_make_variable(measure),),
        columns=series.COLUMNS,
        rows=tuple(series.records()),
        gaps=tuple(_gap_rows(measure.id, series.area, series.gaps)),
        sources=tuple(dict.fromkeys(source for figure in series for source in figure.sources)),
        places=_find_areas(tables, [series.area]),
        attribution=(measure.attribution,),
        licences=_find_licences(tables, [measure.attribution]),
        edition=series.edition,
        as_of=series.as_of,
    )


def _from_breakdown(breakdown: Breakdown, tables: Tables) -> Dataset:
    title = f"{breakdown.title}, {period_name(breakdown.period, 'stock')}"
    # The tables of people belong to the ministry that counts the arrivals.
    attribution = tuple(measure.attribution for measure in tables.measures.values() if measure.id == "arrivals")
    return Dataset(
        name=_slugify(f"{breakdown.dimension}-{breakdown.period}"),
        title=title,
        description=f"{breakdown.summary} {_say_as_of(breakdown.as_of)}".strip(),
        variables=(Variable(title=breakdown.title, definition=breakdown.note, unit="persons"),),
        columns=breakdown.COLUMNS,
        rows=tuple(breakdown.records()),
        sources=breakdown.provenance.sources,
        places=_find_areas(tables, [_AREA]),
        attribution=attribution,
        licences=_find_licences(tables, attribution),
        edition=breakdown.edition,
        as_of=breakdown.as_of,
    )


def _from_estimates(estimates: Estimates, tables: Tables) -> Dataset:
    # One topic may be estimated in several units, such as persons returned, in all or a year.
    topics = list(dict.fromkeys((estimate.topic, estimate.unit) for estimate in estimates))
    title = "; ".join(dict.fromkeys(TOPICS[topic] for topic, _ in topics)) or "Estimates"
    return Dataset(
        name="-".join(["estimates", *dict.fromkeys(topic for topic, _ in topics)]),
        title=f"{title}: what organisations proposed",
        description="Ranges that organisations proposed where nobody can count. They are never added up.",
        variables=tuple(Variable(title=TOPICS[topic], definition="", unit=of) for topic, of in topics),
        columns=estimates.COLUMNS,
        rows=tuple(estimates.records()),
        sources=tuple(dict.fromkeys(source for estimate in estimates for source in estimate.provenance.sources)),
        attribution=(ATTRIBUTION_OF_ESTIMATES,),
        licences=_find_licences(tables, [ATTRIBUTION_OF_ESTIMATES]),
        edition=estimates.edition,
    )


def _say_as_of(as_of: str | None) -> str:
    return "" if as_of is None else f"As known {release_phrase(as_of)}. "


def _describe(measure: Measure) -> str:
    return f"{measure.definition} Coverage: {measure.coverage} Rounding: {measure.rounding}"


def _make_variable(measure: Measure) -> Variable:
    return Variable(title=measure.title, definition=measure.definition, unit=measure.unit)


def _find_areas(tables: Tables, codes: Iterable[str]) -> tuple[Area, ...]:
    # The world is a sum of ours, and no place where anybody was counted.
    wanted = {*codes} - {WORLD}
    return tuple(area for area in tables.areas.values() if area.code in wanted)


def _gap_rows(measure: str, area: str, gaps: Iterable[Gap]) -> list[dict[str, Any]]:
    return [
        {"measure": measure, "area": area, "period": str(gap.period), "reason": gap.reason, "note": gap.note}
        for gap in gaps
    ]


def _slugify(text: str) -> str:
    """Return text as a name for a file; a running total such as ``../2020`` becomes ``to-2020``."""
    return re.sub(r"[^a-z0-9]+", "-", text.lower().replace("../", "to-")).strip("-")


def _find_licences(tables: Tables, attribution: Iterable[str]) -> tuple[dict[str, Any], ...]:
    """Return the licences of a descriptor that cover rows with an attribution."""
    stated: list[dict[str, Any]] = tables.descriptor.get("licenses", [])
    # The first is that of the compilation, which covers all rows.
    return (*stated[:1], *_select_named(stated[1:], attribution))


def _select_named(entries: list[dict[str, Any]], attribution: Iterable[str]) -> tuple[dict[str, Any], ...]:
    """Return the entries of a descriptor whose title, up to a bracket, stands in an attribution."""
    texts = " ".join(attribution)
    return tuple(entry for entry in entries if str(entry.get("title")).partition(" (")[0] in texts)
