"""What goes into a file: rows, with everything that must travel along."""

from __future__ import annotations

import re

import attrs

from defector_stats._analysis.breakdown import Breakdown
from defector_stats._analysis.estimates import Estimates
from defector_stats._analysis.series import TimeSeries
from defector_stats._model.plain import flat
from defector_stats._model.records import Measure
from defector_stats._model.vocabulary import TOPICS, WORLD
from defector_stats._model.words import name, printed, unit
from defector_stats.errors import InvalidValueError, unknown

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
_OF_ESTIMATES = "The organisations named in the rows; compiled by defector-stats (CC BY 4.0)."


@attrs.frozen(kw_only=True)
class Variable:
    """What one kind of row counts.

    Attributes:
        title: A short title.
        definition: Who is counted, when, and what is left out; empty where the rows say it.
        unit: What one unit is.
    """

    title: str
    definition: str
    unit: str


@attrs.frozen(kw_only=True)
class Dataset:
    """Rows to write, with everything that must travel along.

    Attributes:
        name: A name for files, in lower case.
        title: What the rows are.
        description: What to know before they are used.
        variables: What is counted.
        columns: The names of the columns.
        rows: The rows as plain values.
        gaps: What is not there, with the reasons.
        sources: Everything that the rows cite.
        places: Where the people were counted.
        attribution: What to write under the rows.
        credits: The attribution of each measure, by its id; that of all rows where none of their own is there.
        licences: The licences of a Data Package descriptor that cover the rows.
        publishers: The sources of such a descriptor that the rows are from, if they are cut out of a catalogue.
        edition: The edition of the data.
        as_of: The day that was asked about, as ISO text; ``None`` for all that is known.
        measures: The ids of the measures that the tables of a catalogue are cut down to;
            ``None`` for rows that are no part of one.
    """

    name: str
    title: str
    description: str
    variables: tuple[Variable, ...]
    columns: tuple[str, ...]
    rows: tuple[dict[str, Any], ...]
    gaps: tuple[dict[str, Any], ...] = ()
    sources: tuple[Source, ...]
    places: tuple[Area, ...] = ()
    attribution: tuple[str, ...]
    licences: tuple[dict[str, Any], ...]
    edition: str
    as_of: str | None = None
    measures: tuple[str, ...] | None = None
    publishers: tuple[dict[str, Any], ...] = ()
    credits: Mapping[str, str] = attrs.field(factory=dict[str, str])
    _by_key: dict[str, Source] = attrs.field(
        default=attrs.Factory(lambda self: {source.key: source for source in self.sources}, takes_self=True),
        init=False,
        repr=False,
        eq=False,
    )

    @property
    def span(self) -> str:
        """From the first day that a row is about to the last, as an ISO 8601 interval; empty without rows."""
        if not self.rows:
            return ""
        first = min((row["start"] for row in self.rows if row["start"] is not None), default="..")
        return f"{first}/{max(row['end'] for row in self.rows)}"

    def citations(self, keys: str) -> str:
        """Sources, given by their keys, as text, in the order given."""
        cited = [self._by_key[key] for key in keys.split()]
        return "; ".join(f"{source} <{source.url}>" if source.url else str(source) for source in cited)

    def credit(self, row: Mapping[str, Any]) -> str:
        """What to write under a row or a gap: the attribution of its own measure."""
        return self.credits.get(row.get("measure", ""), " ".join(self.attribution))


def dataset(ledger: Ledger, what: object) -> Dataset:
    """Return what there is to write about something.

    Args:
        ledger: The catalogue.
        what: What `Catalogue.export` takes.

    Raises:
        UnknownNameError: If it is text, and not the name of a measure.
        InvalidValueError: If it cannot be written.
    """
    if isinstance(what, Measure):
        what = what.id
    if isinstance(what, str):
        measures = ledger.tables.measures
        if what != ALL and what not in measures:
            raise unknown("measure", what, (ALL, *measures))
        return _of_measures(ledger, what, list(measures.values()) if what == ALL else [measures[what]])
    if isinstance(what, TimeSeries):
        return _of_series(what, ledger.tables)
    if isinstance(what, Breakdown):
        return _of_breakdown(what, ledger.tables)
    if isinstance(what, Estimates):
        return _of_estimates(what, ledger.tables)
    raise InvalidValueError(what, _EXPECTED)


def _of_measures(ledger: Ledger, what: str, measures: list[Measure]) -> Dataset:
    tables = ledger.tables
    rows: list[dict[str, Any]] = []
    gaps: list[dict[str, Any]] = []
    found: list[Source] = []
    for measure in measures:
        for area in measure.areas:
            figures = ledger.figures_on(measure.id, area, None)
            rows += [flat(figure.record()) for figure in figures.everything]
            for frequency in measure.frequencies:
                gaps += _gaps(measure.id, area, figures.gaps(frequency))
            found += [source for figure in figures.everything for source in figure.sources]
    descriptor = tables.descriptor
    title, about = (
        (str(descriptor.get("title", "All figures")), str(descriptor.get("description", "")))
        if what == ALL
        else (measures[0].title, _about(measures[0]))
    )
    attribution = tuple(dict.fromkeys(measure.attribution for measure in measures))
    return Dataset(
        name="defector-stats" if what == ALL else what,
        title=title,
        description=f"{about} The newest value of every period, printed or worked out.".strip(),
        variables=tuple(map(_variable, measures)),
        columns=TimeSeries.COLUMNS,
        rows=tuple(rows),
        gaps=tuple(gaps),
        sources=tuple(dict.fromkeys(found)),
        places=_places(tables, (area for measure in measures for area in measure.areas)),
        attribution=attribution,
        licences=_licences(tables, attribution),
        edition=tables.edition,
        measures=tuple(measure.id for measure in measures),
        publishers=_named(descriptor.get("sources", []), attribution),
        credits={measure.id: measure.attribution for measure in measures},
    )


def _of_series(series: TimeSeries, tables: Tables) -> Dataset:
    measure = series.measure
    return Dataset(
        name=_slug(f"{measure.id}-{series.area}-by-{unit(series.frequency)}"),
        title=series.title,
        description=f"{series} {_known(series.as_of)}{_about(measure)}",
        variables=(_variable(measure),),
        columns=series.COLUMNS,
        rows=tuple(series.records()),
        gaps=tuple(_gaps(measure.id, series.area, series.gaps)),
        sources=tuple(dict.fromkeys(source for figure in series for source in figure.sources)),
        places=_places(tables, [series.area]),
        attribution=(measure.attribution,),
        licences=_licences(tables, [measure.attribution]),
        edition=series.edition,
        as_of=series.as_of,
    )


def _of_breakdown(breakdown: Breakdown, tables: Tables) -> Dataset:
    title = f"{breakdown.title}, {name(breakdown.period, 'stock')}"
    # The tables of people belong to the ministry that counts the arrivals.
    owners = tuple(measure.attribution for measure in tables.measures.values() if measure.id == "arrivals")
    return Dataset(
        name=_slug(f"{breakdown.dimension}-{breakdown.period}"),
        title=title,
        description=f"{breakdown} {_known(breakdown.as_of)}".strip(),
        variables=(Variable(title=breakdown.title, definition=breakdown.note, unit="persons"),),
        columns=breakdown.COLUMNS,
        rows=tuple(breakdown.records()),
        sources=breakdown.provenance.sources,
        places=_places(tables, [_AREA]),
        attribution=owners,
        licences=_licences(tables, owners),
        edition=breakdown.edition,
        as_of=breakdown.as_of,
    )


def _of_estimates(estimates: Estimates, tables: Tables) -> Dataset:
    topics = list(dict.fromkeys((each.topic, each.unit) for each in estimates))
    title = "; ".join(dict.fromkeys(TOPICS[topic] for topic, _ in topics)) or "Estimates"
    return Dataset(
        name="-".join(["estimates", *dict.fromkeys(topic for topic, _ in topics)]),
        title=f"{title}: what organisations proposed",
        description="Ranges that organisations proposed where nobody can count. They are never added up.",
        variables=tuple(Variable(title=TOPICS[topic], definition="", unit=of) for topic, of in topics),
        columns=estimates.COLUMNS,
        rows=tuple(estimates.records()),
        sources=tuple(dict.fromkeys(source for each in estimates for source in each.provenance.sources)),
        attribution=(_OF_ESTIMATES,),
        licences=_licences(tables, [_OF_ESTIMATES]),
        edition=estimates.edition,
    )


def _known(as_of: str | None) -> str:
    return "" if as_of is None else f"As in print {printed(as_of)}. "


def _about(measure: Measure) -> str:
    return f"{measure.definition} Coverage: {measure.coverage} Rounding: {measure.rounding}"


def _variable(measure: Measure) -> Variable:
    return Variable(title=measure.title, definition=measure.definition, unit=measure.unit)


def _places(tables: Tables, codes: Iterable[str]) -> tuple[Area, ...]:
    wanted = {*codes} - {WORLD}
    return tuple(area for area in tables.areas.values() if area.code in wanted)


def _gaps(measure: str, area: str, gaps: Iterable[Gap]) -> list[dict[str, Any]]:
    return [
        {"measure": measure, "area": area, "period": str(gap.period), "reason": gap.reason, "note": gap.note}
        for gap in gaps
    ]


def _slug(text: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", text.lower().replace("../", "to-")).strip("-")


def _licences(tables: Tables, attribution: Iterable[str]) -> tuple[dict[str, Any], ...]:
    """The first licence is that of the compilation; another one covers the rows whose attribution names it."""
    stated: list[dict[str, Any]] = tables.descriptor.get("licenses", [])
    return (*stated[:1], *_named(stated[1:], attribution))


def _named(stated: list[dict[str, Any]], attribution: Iterable[str]) -> tuple[dict[str, Any], ...]:
    """The entries of a descriptor whose title, up to a bracket, stands in an attribution."""
    texts = " ".join(attribution)
    return tuple(entry for entry in stated if str(entry.get("title")).partition(" (")[0] in texts)
