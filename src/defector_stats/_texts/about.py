"""All that is known about one number, in one record."""

from __future__ import annotations

import datetime as dt
from typing import Any, ClassVar

import attrs

from defector_stats import _model as hints
from defector_stats._analysis.breakdown import Breakdown, breakdowns_in
from defector_stats._analysis.compare import caveats_of, describe
from defector_stats._analysis.context import Context, context
from defector_stats._analysis.destinations import Destinations, destinations_on
from defector_stats._analysis.freshness import list_due
from defector_stats._analysis.revisions import Revisions, revisions_of
from defector_stats._model.dates import read_as_of
from defector_stats._model.observation import Observation
from defector_stats._model.period import Period
from defector_stats._model.plain import plain
from defector_stats._model.record import Record
from defector_stats._model.records import Alternative, Area, Measure, Source
from defector_stats._model.shown import cite, page
from defector_stats._model.words import sentence, with_preposition
from defector_stats._store.figures import Figures
from defector_stats._store.ledger import Ledger
from defector_stats._store.tables import Cells
from defector_stats._texts.numbers import placeholders
from defector_stats.errors import NotComparableError

# The ids of the questions that matter to every figure of a measure; those of all others are about other countries.
_GENERAL = {"arrivals": ("how-many", "how-counted"), "re-entries": ("going-back",)}
_ELSEWHERE = ("other-countries",)
# The measure and area that the tables by age and so on belong to.
_OF_TABLES = ("arrivals", "KOR")


@attrs.frozen(kw_only=True, repr=False)
class About(Record):
    """One number with everything around it; ``str`` returns a page of text.

    `cite` cites the number in other styles.

    Examples:
        >>> from defector_stats import about
        >>> year = about(2020)
        >>> year.figure, year.context.previous.difference
        (Observation(229, measure='arrivals', area='KOR', period='2020', status='normal'), -818)
        >>> [int(part) for part in year.parts if part.period.frequency == "quarter"]
        [135, 12, 48, 34]
        >>> print(*(question for name, question in year.questions if name == "why-2020"))
        Why did arrivals fall in 2020, and have they recovered?
    """

    SHOWN: ClassVar[tuple[str, ...]] = ("figure",)

    figure: Observation
    """The number itself, an `Observation` with its split by sex, its dates, its note and its sources."""
    measure: Measure
    """The `Measure` of the figure, which says who is counted."""
    place: Area
    """The `Area` that the figure is about."""
    subject: str
    """What the figure counts, as part of a sentence, such as ``arrivals in South Korea``."""
    context: Context | None
    """The `Context` of the figure among others; ``None`` for a row of several years."""
    caveats: tuple[str, ...]
    """The caveats on the figure and its comparisons, each a sentence; empty if there is none."""
    revisions: Revisions
    """The values published for the period, as `Revisions`, oldest first; empty if none was."""
    parts: tuple[Observation, ...]
    """The figures for parts of the period, each an `Observation`, in order of time.

    They were published at different times, so they need not add up. A running total has none.
    """
    longer: tuple[Observation, ...]
    """The figures for longer periods, each an `Observation`, in order of time, the running total last.

    These periods contain this one, or are several years that share days with it. A running total has none.
    """
    tables: tuple[Breakdown, ...]
    """The tables by age, occupation and so on whose date is in the period, each a `Breakdown`."""
    elsewhere: Destinations | None
    """The figures of other measures and countries for the year, as `Destinations`; ``None`` if it is not a year."""
    questions: tuple[tuple[str, str], ...]
    """Pairs of the id and the text of a question whose answer has the figure, or explains all figures of the measure.

    `faq_entry` takes the id and returns the answer.
    """
    next_period: Period | None
    """The next period with a figure, on the publisher's usual schedule.

    It is ``None`` if no schedule is known, the area has no figure for the newest year, or ``as_of`` was given.
    """
    next_due: dt.date | None
    """The day by which the figure for ``next_period`` is due; ``None`` if there is no such period."""
    citation: str
    """The citation of the figure, as `cite` writes it."""
    edition: str
    """The edition of the data, as `data_version` returns it."""
    as_of: str | None = attrs.field(eq=False)
    """The date by which the figures had to be published, as ISO text; ``None`` if no date was given."""

    @property
    def title(self) -> str:
        """What the figure counts, and when.

        Examples:
            >>> from defector_stats import about
            >>> about("2020-Q1").title
            'Arrivals in South Korea in the first quarter of 2020'
        """
        return f"{sentence(self.subject)} {with_preposition(self.figure.period, self.measure.kind)}"

    @property
    def alternatives(self) -> tuple[Alternative, ...]:
        """Other published values, each an `Alternative` with the reason why it is not used."""
        return self.figure.alternatives

    @property
    def sources(self) -> tuple[Source, ...]:
        """The sources of the figure, each a `Source`."""
        return self.figure.sources

    @property
    def url(self) -> str | None:
        """The page on which the publisher shows its newest figures; ``None`` if no such page is known."""
        return self.measure.url

    def record(self) -> dict[str, Any]:
        """Return the number and everything around it as plain values, ready for JSON.

        Returns:
            A new dictionary; sources are given by their keys, and figures are records.
        """
        number = plain(self, "title", "figure", "measure", "place", "context", "caveats")
        rows = {"revisions": self.revisions.records()} | plain(self, "alternatives", "parts", "longer", "tables")
        related = {
            "elsewhere": None if self.elsewhere is None else self.elsewhere.records(),
            "questions": [{"id": name, "question": question} for name, question in self.questions],
        }
        return number | rows | related | plain(self, "next_period", "next_due", "citation", "edition", "as_of")

    def markdown(self) -> str:
        """Return the whole page as Markdown."""
        whole: str = page(self, "markdown")
        return whole

    def jsonld(self) -> dict[str, Any]:
        """Return the number as a schema.org ``Dataset`` with its sources."""
        described: dict[str, Any] = page(self, "jsonld")
        return described

    def __str__(self) -> str:
        short: str = page(self, "text")
        return short

    def _repr_html_(self) -> str:
        short: str = page(self, "html")
        return short

    def __repr__(self) -> str:
        return f"<About {describe(self.figure)}: {self.figure:,}>"


def about(
    ledger: Ledger, period: hints.PeriodLike | None, measure: str, area: str | None, as_of: hints.DateLike | None
) -> About:
    """Return one number with everything around it; see `Catalogue.about` for the errors."""
    day = None if as_of is None else read_as_of(as_of)
    figures = ledger.figures(measure, area, day)
    figure = figures.newest() if period is None else figures.require(Period.parse(period))
    asked, tables = figure.period, ledger.tables
    parts, longer = _split_by_length(figures, asked)
    next_due, next_period = _find_next(figures)
    measured, ranked = tables.measures[figure.measure], _find_context(ledger, figure, day)
    return About(
        figure=figure,
        measure=measured,
        place=tables.areas[figure.area],
        subject=ledger.subject(figure.measure, figure.area).words,
        context=ranked,
        caveats=tuple(caveats_of(figure, measured)) if ranked is None else ranked.caveats,
        revisions=revisions_of(figures, [asked]),
        parts=parts,
        longer=longer,
        tables=breakdowns_in(ledger, asked, day) if (figure.measure, figure.area) == _OF_TABLES else (),
        elsewhere=_find_elsewhere(ledger, figure, day) if asked.frequency == "year" else None,
        questions=_find_questions(ledger, figure),
        next_period=next_period,
        next_due=next_due,
        citation=cite(ledger, figure),
        edition=tables.edition,
        as_of=day,
    )


def _find_context(ledger: Ledger, figure: Observation, as_of: str | None) -> Context | None:
    try:
        return context(ledger, figure.period, figure.measure, figure.area, as_of)
    except NotComparableError:  # a row of several years
        return None


def _split_by_length(figures: Figures, period: Period) -> tuple[tuple[Observation, ...], tuple[Observation, ...]]:
    """Return the figures for parts of a period, and those for longer periods."""
    if period.first is None:
        return (), ()
    closed = [other for other in figures.everything if other.period.first is not None and other.period != period]
    parts = tuple(other for other in closed if other.period.within(period, period))
    longer = [other for other in closed if _extends(other.period, period)]
    total = figures.at(Period(first=None, last=period.last))
    return parts, tuple(longer if total is None else [*longer, total])


def _extends(longer: Period, period: Period) -> bool:
    """Return whether a period contains another, or is longer, has several years and shares days with it."""
    if period.within(longer, longer):
        return True
    return longer.year is None and longer.overlaps(period) and _count_days(longer) > _count_days(period)


def _count_days(period: Period) -> int:
    return (period.end - (period.start or period.end)).days


def _find_elsewhere(ledger: Ledger, figure: Observation, as_of: str | None) -> Destinations:
    """Return what is known by country for the year of a figure, without the figure itself."""
    found = destinations_on(ledger, figure.period, as_of)
    own = (figure.measure, figure.area)
    return attrs.evolve(found, rows=tuple(row for row in found if (row.measure.id, row.place.code) != own))


def _find_questions(ledger: Ledger, figure: Observation) -> tuple[tuple[str, str], ...]:
    """Return the id and the text of each related question, without filling in the answers."""
    numbers, tables = placeholders(ledger), ledger.tables
    general = _GENERAL.get(figure.measure, _ELSEWHERE)
    fields = [f"{{{name}}}" for name in numbers.names_of(figure)]

    def has_figure(cells: Cells) -> bool:
        texts = [cells["summary"], *(part["text"] for part in tables.about("faq-statements", cells["id"]))]
        # A text with a missing figure is not shown, and has none.
        return any(field in text and numbers.figures(text) for text in texts for field in fields)

    return tuple(
        (cells["id"], cells["question"]) for cells in tables.cells("faq") if cells["id"] in general or has_figure(cells)
    )


def _find_next(figures: Figures) -> tuple[dt.date, Period] | tuple[None, None]:
    """Return the day by which the next figure is due, and its period; ``None`` for both if that is not known."""
    newest = figures.latest()
    # A year, unlike any other period, has a text of four digits.
    years = [text for area in figures.log.areas for text in figures.log.periods(area) if len(text) == len("2026")]
    # Schedules are those of today, and an area without a figure for the newest year has no next one.
    if figures.as_of is not None or newest is None or str(newest.period) != max(years):
        return None, None
    due = list_due(figures, newest, newest.known_from)
    return due[0] if due else (None, None)
