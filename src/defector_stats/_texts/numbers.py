"""The placeholders in texts, such as ``{latest}``, and their figures."""

from __future__ import annotations

from typing import TypeAlias

from defector_stats._analysis.breakdown import Breakdown, breakdown
from defector_stats._analysis.compare import compare_figures
from defector_stats._analysis.estimates import read_estimate
from defector_stats._analysis.indicators import read_indicator
from defector_stats._analysis.series import series
from defector_stats._model.observation import Observation
from defector_stats._model.period import Period
from defector_stats._model.records import Estimate, Indicator
from defector_stats._model.vocabulary import DIMENSIONS, TOPICS
from defector_stats._model.words import decimal, names_in, number, percent, period_name, with_separators, with_unit
from defector_stats.errors import DataError, InvalidPeriodError, NoDataError, NotComparableError, short_repr

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from defector_stats._store.ledger import Ledger
    from defector_stats._store.tables import Cells

Figure: TypeAlias = Observation | Estimate | Indicator | Breakdown

# How sentences name the words that `placeholders.csv` may have instead of a period.
_PERIOD_NAMES = {
    "latest": "the latest year",
    "peak": "the highest year",
    "../latest": "all to the latest year",
    "total": "all years",
    "": "the newest table",
}


def say_missing(figure: str) -> str:
    """Return the sentence that replaces a statement whose figure is missing."""
    return f"A figure of this statement is missing: {figure}."


def placeholders(ledger: Ledger) -> Placeholders:
    """Return the placeholders of a catalogue, made once."""
    return ledger.once("placeholders", lambda: Placeholders(ledger))


class Placeholders:
    """The placeholders of a catalogue, each with its figure, which is looked up when a text needs it.

    Templates are filled with `str.format_map` and contain only plain names, without attributes, indices or formats.

    Args:
        ledger: The ledger of the catalogue.
    """

    __slots__ = ("_indicators", "_ledger", "_resolved", "_rows")

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger
        self._rows = {cells["name"]: cells for cells in ledger.tables.cells("placeholders")}
        # Only those in texts become records.
        self._indicators = {
            (cells["indicator"], cells["category"], cells["period"], cells["survey"]): cells
            for cells in ledger.tables.cells("indicators")
        }
        # The words for each figure, and the figure; if it is missing, a sentence that says so, and None.
        self._resolved: dict[str, tuple[str, Figure | None]] = {}

    def fill(self, template: str, more: Mapping[str, str] | None = None) -> str:
        """Return a text with each placeholder replaced by the words for its figure.

        Args:
            template: The text.
            more: Further placeholders, with the words for each.

        Returns:
            The text, or a sentence that says which figure is missing.
        """
        words = dict(more or {})
        names = [name for name in names_in(template) if name not in words]
        missing = self._find_missing(names)
        return missing or template.format_map(words | {name: self._look_up(name)[0] for name in names})

    def figures(self, *templates: str) -> tuple[Figure, ...]:
        """Return the figures in several texts, without repeats; a text with a missing figure contributes none."""
        complete = (names for names in map(names_in, templates) if not self._find_missing(names))
        names = dict.fromkeys(name for names in complete for name in names if name in self._rows)
        figures = (self._look_up(name)[1] for name in names)
        return drop_repeats(figure for figure in figures if figure is not None)

    def names_of(self, figure: Observation) -> tuple[str, ...]:
        """Return the placeholders that stand for a figure of the same measure, area and period, whatever its value."""
        asked = _identify(figure)
        # Only these can, and looking up the others would take long.
        rows = [name for name, cells in self._rows.items() if cells["of"] == figure.measure]
        found = ((name, self._look_up(name)[1]) for name in rows)
        return tuple(name for name, other in found if other is not None and _identify(other) == asked)

    def _find_missing(self, names: list[str]) -> str:
        """Return the sentence on the first placeholder without a figure; empty if each has one."""
        # Names without a row are provided by the caller of `fill`, or refused there.
        resolved = (self._look_up(name) for name in names if name in self._rows)
        return next((sentence for sentence, figure in resolved if figure is None), "")

    def _look_up(self, name: str) -> tuple[str, Figure | None]:
        """Return the words for a placeholder, and its figure."""
        if name not in self._resolved:
            if name not in self._rows:
                raise DataError(f"unknown placeholder {short_repr(name)}", "placeholders.csv", column="name")
            cells = self._rows[name]
            try:
                self._resolved[name] = self._resolve(cells["of"], cells["area"], cells["period"], cells["field"])
            except (InvalidPeriodError, NoDataError, NotComparableError):  # for a change, the first and the last
                self._resolved[name] = say_missing(_describe(cells)), None
        return self._resolved[name]

    def _resolve(self, of: str, area: str, period: str, field: str) -> tuple[str, Figure]:
        """Return the words for a field of a figure, and the figure."""
        # Estimates have no fields, so that column has the organisation.
        if of in TOPICS:
            tables = self._ledger.tables
            for cells in tables.about("estimates", of, period):
                if cells["organisation"] == field:
                    estimate = read_estimate(tables, cells)
                    return estimate.spread, estimate
            raise DataError(f"there is no estimate of {of} for {period} by {short_repr(field)}", "placeholders.csv")
        if of in DIMENSIONS:
            # The column of the area has the category.
            return self._word_breakdown(breakdown(self._ledger, of, period or None, None), area, field)
        # The columns of the area and the field have the category and the survey.
        if (found := self._indicators.get((of, area, period, field))) is not None:
            indicator = read_indicator(self._ledger.tables, found)
            return _word_indicator(indicator), indicator
        return self._word_observation(self._find_observation(of, area or None, period), field)

    def _find_observation(self, measure: str, area: str | None, period: str) -> Observation:
        if period == "peak":
            return series(self._ledger, measure, area).peak()
        if period == "total":
            return series(self._ledger, measure, area).total()
        figures = self._ledger.figures(measure, area)
        if period not in {"latest", "../latest"}:
            return figures.require(Period.parse(period))
        latest = figures.newest()
        return latest if period == "latest" else figures.require(Period(first=None, last=latest.period.last))

    def _word_observation(self, figure: Observation, field: str) -> tuple[str, Figure]:
        if field == "period":
            return period_name(figure.period, self._ledger.tables.measures[figure.measure].kind), figure
        if field == "change":
            before = figure.period.in_year(figure.period.end.year - 1)
            earlier = self._ledger.figures_on(figure.measure, figure.area, None).require(before)
            subject = self._ledger.subject(figure.measure, figure.area)
            return compare_figures(earlier, figure, subject, subject).in_words, figure
        if field == "female_share":
            share = figure.female_share
            return ("an unknown share" if share is None else percent(share * 100, int(figure))), figure
        return _word_count({"value": figure.value, "male": figure.male, "female": figure.female}[field]), figure

    def _word_breakdown(self, table: Breakdown, category: str, field: str) -> tuple[str, Figure]:
        if field == "period":
            # A table counts up to the end of a period, which the texts name alone: "with data to March 2020".
            return period_name(table.period).removeprefix("the end of "), table
        if not category:
            return _word_count({"value": table.total, "male": table.male, "female": table.female}[field]), table
        row = table.row(category)
        if field == "share":
            return percent(row.share * 100, row.of), table
        return _word_count({"value": row.value, "male": row.male, "female": row.female}[field]), table


def _describe(cells: Cells) -> str:
    """Return the figure of a placeholder, in words."""
    what = f"{cells['of']} ({cells['area']})" if cells["area"] else cells["of"]
    before = " or the year before" if cells["field"] == "change" else ""
    return f"{what}, {_PERIOD_NAMES.get(cells['period'], cells['period'])}{before}"


def drop_repeats(figures: Iterable[Figure]) -> tuple[Figure, ...]:
    """Return figures without repeats: the first occurrence of each, in the place of the last."""
    return tuple({_identify(figure): figure for figure in reversed(list(figures))}.values())[::-1]


def _identify(figure: Figure) -> object:
    """Return what identifies a figure, since observations of different things may be equal as numbers."""
    return (figure.measure, figure.area, figure.period) if isinstance(figure, Observation) else figure


def _word_indicator(indicator: Indicator) -> str:
    """Return the number and its unit, with at most one decimal place of a percentage; texts name people themselves."""
    if indicator.unit == "percent" and "." in indicator.number:
        return f"{decimal(indicator.value)}%"
    if indicator.unit == "persons":
        return with_separators(indicator.number)
    return with_unit(indicator.number, indicator.unit)


def _word_count(value: int | None) -> str:
    return "an unknown number" if value is None else number(value)
