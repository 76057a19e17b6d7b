"""Tables of text for answers with several rows, shared by the command line, notebooks and the site."""

from __future__ import annotations

import functools
from typing import NamedTuple

from defector_stats._analysis.breakdown import Breakdown
from defector_stats._analysis.compare import Comparison
from defector_stats._analysis.destinations import Destinations
from defector_stats._analysis.estimates import Estimates
from defector_stats._analysis.indicators import Indicators
from defector_stats._analysis.observations import Observations
from defector_stats._analysis.revisions import Revisions
from defector_stats._analysis.series import TimeSeries
from defector_stats._model.listings import Areas, Measures, Sources
from defector_stats._model.vocabulary import VERDICT_NAMES
from defector_stats._model.words import number, percent
from defector_stats._texts.claims import Claims
from defector_stats._texts.faq import Faq
from defector_stats._texts.glossary import Glossary

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence


class Table(NamedTuple):
    """A header and its rows, as text."""

    header: tuple[str, ...]
    rows: Sequence[tuple[str, ...]]

    def without(self, name: str) -> Table:
        """Return the table without one of its columns."""
        left = [index for index, column in enumerate(self.header) if column != name]
        return Table(
            tuple(self.header[index] for index in left), [tuple(row[index] for index in left) for row in self.rows]
        )


@functools.singledispatch
def cells(thing: object) -> Table:
    """Return an answer with several rows as a table of text."""
    raise TypeError(type(thing))


@cells.register(TimeSeries)
def _series(series: TimeSeries) -> Table:
    changes = {change.inputs[1].period: _signed(change.difference) for change in series.changes()}
    rows = [
        (
            str(figure.period),
            number(int(figure)),
            changes.get(figure.period, ""),
            write_count(figure.male),
            write_count(figure.female),
            figure.status,
            figure.released,
        )
        for figure in series
    ]
    gaps = [(str(gap.period), gap.reason, "", "", "", "", "") for gap in series.gaps]
    return Table(("period", "persons", "change", "male", "female", "status", "released"), [*rows, *gaps])


@cells.register(Comparison)
def _comparison(comparison: Comparison) -> Table:
    rows = [(str(figure.period), number(int(figure)), figure.status, figure.released) for figure in comparison.inputs]
    return Table(("period", "persons", "status", "released"), rows)


@cells.register(Breakdown)
def _breakdown(breakdown: Breakdown) -> Table:
    rows = [
        (
            row.category,
            number(row.value),
            write_count(row.male),
            write_count(row.female),
            percent(row.share * 100, row.of),
        )
        for row in breakdown.rows
    ]
    total = ("total", number(breakdown.total), write_count(breakdown.male), write_count(breakdown.female), "")
    return Table((breakdown.dimension, "persons", "male", "female", "share"), [*rows, total])


@cells.register(Destinations)
def _destinations(destinations: Destinations) -> Table:
    rows = [
        (row.place.name, number(int(row.figure)), row.measure.id, row.kind, str(row.figure.period))
        for row in destinations
    ]
    return Table(("place", "persons", "measure", "kind", "period"), rows)


@cells.register(Estimates)
def _estimates(estimates: Estimates) -> Table:
    rows = [
        (
            str(estimate.reference),
            estimate.topic,
            estimate.spread,
            estimate.unit,
            estimate.organisation,
            estimate.method,
            estimate.provenance.status,
        )
        for estimate in estimates
    ]
    return Table(("reference", "topic", "proposed", "unit", "organisation", "method", "status"), rows)


@cells.register(Indicators)
def _indicators(indicators: Indicators) -> Table:
    rows = [
        (
            str(row.period),
            row.indicator,
            row.category,
            str(row),
            row.population,
            row.survey,
            "" if row.sample_size is None else number(row.sample_size),
            row.provenance.status,
        )
        for row in indicators
    ]
    header = ("period", "indicator", "category", "value", "population", "survey", "sample", "status")
    return Table(header, rows)


@cells.register(Revisions)
def _revisions(revisions: Revisions) -> Table:
    rows = [
        (
            str(step.period),
            number(step.value),
            write_count(step.male),
            write_count(step.female),
            step.status,
            step.released,
            step.last_seen,
            step.sources[0].publisher,
        )
        for step in revisions
    ]
    return Table(("period", "persons", "male", "female", "status", "released", "last seen", "source"), rows)


@cells.register(Observations)
def _observations(observations: Observations) -> Table:
    rows = [
        (
            figure.area,
            str(figure.period),
            number(int(figure)),
            write_count(figure.male),
            write_count(figure.female),
            figure.status,
            figure.released,
        )
        for figure in observations
    ]
    return Table(("area", "period", "persons", "male", "female", "status", "released"), rows)


@cells.register(Faq)
def _faq(faq: Faq) -> Table:
    return Table(("id", "question"), [(entry.id, entry.question) for entry in faq])


@cells.register(Claims)
def _claims(claims: Claims) -> Table:
    rows = [(claim.id, VERDICT_NAMES[claim.verdict], claim.statement) for claim in claims]
    return Table(("id", "verdict", "statement"), rows)


@cells.register(Glossary)
def _glossary(glossary: Glossary) -> Table:
    return Table(("term", "definition"), [(term.term, term.definition) for term in glossary])


@cells.register(Measures)
def _measures(measures: Measures) -> Table:
    return Table(("id", "kind", "title"), [(measure.id, measure.kind, measure.title) for measure in measures])


@cells.register(Areas)
def _areas(areas: Areas) -> Table:
    return Table(("code", "name"), [(area.code, area.name) for area in areas])


@cells.register(Sources)
def _sources(sources: Sources) -> Table:
    rows = [(source.key, source.published, source.kind, source.publisher) for source in sources]
    return Table(("key", "published", "kind", "publisher"), rows)


def write_count(value: int | None) -> str:
    """Return a number as text; empty for ``None``."""
    return "" if value is None else number(value)


def _signed(change: int) -> str:
    return f"{'+' if change > 0 else ''}{number(change)}"
