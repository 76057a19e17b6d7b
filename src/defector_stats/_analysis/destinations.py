"""Figures by country for one year, which are never added up."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, ClassVar, NoReturn

import attrs

from defector_stats import _model as hints
from defector_stats._analysis.compare import describe
from defector_stats._model.observation import Observation
from defector_stats._model.period import Period
from defector_stats._model.plain import flat
from defector_stats._model.record import Record
from defector_stats._model.records import Area, Measure
from defector_stats._model.sequences import Imprint, Rows
from defector_stats._store.absence import Knowledge
from defector_stats._store.figures import Figures
from defector_stats._store.history import WORLD
from defector_stats._store.imprint import imprint
from defector_stats._store.ledger import Ledger
from defector_stats.errors import NotComparableError, short_repr


@attrs.frozen(kw_only=True, repr=False)
class Destination(Record):
    """The figure of one measure for one country.

    Examples:
        >>> from defector_stats import destinations
        >>> first, *_ = destinations(2016)
        >>> first.place.name, int(first.figure), first.kind
        ('South Korea', 1418, 'flow')
    """

    SHOWN: ClassVar[tuple[str, ...]] = ("figure",)

    place: Area
    """The `Area` of the figure."""
    measure: Measure
    """The `Measure` of the figure, which says who is counted."""
    figure: Observation
    """The `Observation`, whose period is the year, or a part of it if no more is known."""

    @property
    def kind(self) -> str:
        """The kind of the figure, which is ``flow`` (events in the year) or ``stock`` (people on its last day)."""
        return self.measure.kind

    @property
    def definition(self) -> str:
        """The definition of the measure, which says who is counted, when, and who is left out."""
        return self.measure.definition

    def __add__(self, other: object) -> NoReturn:
        raise NotComparableError(describe(self.figure), _name_side(other), _WHY_NEVER_ADDED)

    __radd__ = __add__


@attrs.frozen(kw_only=True, repr=False)
class Destinations(Rows[Destination]):
    """The figures by country for one year, as a sequence of `Destination`.

    The figures count different things and partly the same people, so there is no total.

    Examples:
        >>> from defector_stats import destinations
        >>> for row in destinations(2016)[:3]:
        ...     print(row.place.name, int(row.figure), row.measure.id, row.kind)
        South Korea 1418 arrivals flow
        United Kingdom 585 refugees stock
        Canada 485 refugees stock
    """

    NOUNS: ClassVar[tuple[str, str]] = ("figure", "figures")

    COLUMNS: ClassVar[tuple[str, ...]] = (
        "place", "kind", "definition", "measure", "area", "period", "frequency", "year", "start_date", "end_date",
        "value", "male", "female", "status", "released", "split_released", "known_from", "sources", "url", "note",
        "formula",
    )  # fmt: skip

    rows: tuple[Destination, ...]
    """The figures, each a `Destination`, by measure, the highest figure of each measure first."""
    year: Period
    """The calendar year that was asked for."""

    def _credits(self, imprint: Imprint) -> Iterable[str]:
        return [row.measure.attribution for row in self] or super()._credits(imprint)

    def total(self) -> NoReturn:
        """Raise an error, because these figures must not be added up.

        Raises:
            NotComparableError: Always; the error says why.
        """
        raise NotComparableError("a stock", "a flow", _WHY_NEVER_ADDED)

    def records(self) -> list[dict[str, Any]]:
        """Return the rows as plain values, ready for JSON or a data frame.

        Returns:
            A new list with the `Observation.record` of each row as a new dictionary,
            without inputs and with ``place``, ``kind`` and ``definition``.
        """
        return [
            {"place": row.place.name, "kind": row.kind, "definition": row.definition, **flat(row.figure.record())}
            for row in self
        ]


_WHY_NEVER_ADDED = (
    "figures by place count different things, some of them people on a day and others events in a year, "
    "and partly the same people, so they are never added up"
)


def destinations(ledger: Ledger, year: hints.PeriodLike) -> Destinations:
    """Return the figures of each measure for each of its areas; see `Catalogue.destinations` for the errors."""
    asked = Period.parse(year)
    if asked.frequency != "year":
        why = "figures by place are shown for one calendar year"
        whole = Period.parse(asked.end.year)
        has_figures = any(figures.at(whole) is not None for _, _, figures in _list_candidates(ledger, None))
        hint = f"Ask for destinations({whole})." if has_figures else ""
        raise NotComparableError(str(asked), "a calendar year", why, hint)
    found = destinations_on(ledger, asked, None)
    if not found:
        years = sorted(
            {figure.period for _, _, figures in _list_candidates(ledger, None) for figure in figures.by("year")}
        )
        # The error names the world, because no single area lacks the figures.
        raise Knowledge(
            measure="destinations",
            area=WORLD,
            known=tuple(years),
            first=years[0] if years else None,
            last=years[-1] if years else None,
        ).error(asked)
    return found


def destinations_on(ledger: Ledger, year: Period, as_of: str | None) -> Destinations:
    """Return the figures by country for a calendar year, as of a day (as ISO text) or now; there may be none."""
    rows: list[Destination] = []
    for measure, area, figures in _list_candidates(ledger, as_of):
        figure = figures.at(year)
        # For the newest year, often only a half or a quarter was published.
        if figure is None:
            figure = _find_longest_part(figures, year)
        if figure is not None:
            rows.append(Destination(place=ledger.tables.areas[area], measure=measure, figure=figure))
    position = {measure: index for index, measure in enumerate(ledger.tables.measures)}
    rows.sort(key=lambda row: (position[row.measure.id], -row.figure))
    return Destinations(year=year, rows=tuple(rows), imprint=imprint(ledger))


def _list_candidates(ledger: Ledger, as_of: str | None) -> list[tuple[Measure, str, Figures]]:
    """Return each measure with each of its areas, and their figures."""
    return [
        (measure, area, ledger.figures_on(measure.id, area, as_of))
        for measure in ledger.tables.measures.values()
        for area in measure.areas
        if area != WORLD
    ]


def _find_longest_part(figures: Figures, year: Period) -> Observation | None:
    """Return the figure for the longest part of a year; ``None`` if no part has one."""
    # A part is published or calculated from what was, and one of these periods names the year.
    if not any(str(year) in text for text in figures.log.periods(figures.area)):
        return None
    parts = [
        figure for figure in figures.everything if figure.period.first is not None and figure.period.within(year, year)
    ]
    return max(parts, key=_count_days, default=None)


def _count_days(figure: Observation) -> int:
    start = figure.period.start or figure.period.end
    return (figure.period.end - start).days


def _name_side(other: object) -> str:
    """Return what was to be added, as an error names it."""
    return describe(other.figure) if isinstance(other, Destination) else short_repr(other)
