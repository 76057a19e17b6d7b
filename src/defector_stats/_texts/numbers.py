"""The names in braces that stand for figures in texts, so that no text goes stale.

A template is plain `str.format_map` over names: no attribute, no index, no format.
"""

from __future__ import annotations

from defector_stats._analysis.breakdown import breakdown
from defector_stats._analysis.compare import comparison
from defector_stats._analysis.estimates import estimates
from defector_stats._analysis.series import series
from defector_stats._model.observation import Observation
from defector_stats._model.period import Period
from defector_stats._model.vocabulary import DIMENSIONS, TOPICS
from defector_stats._model.words import name, names_in, number, percent
from defector_stats.errors import DataError, InvalidPeriodError, NoDataError, NotComparableError, shown

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from defector_stats._analysis.breakdown import Breakdown
    from defector_stats._model.records import Estimate
    from defector_stats._store.ledger import Ledger
    from defector_stats._store.tables import Cells

    Figure = Observation | Estimate | Breakdown

# How a sentence names what stands in the place of a period.
_NAMED = {
    "latest": "the latest year",
    "peak": "the highest year",
    "../latest": "all to the latest year",
    "total": "all years",
    "": "the newest table",
}


def missing(figure: str) -> str:
    """The sentence that stands in the place of a statement whose figure the catalogue does not have."""
    return f"A figure of this statement is missing: {figure}."


def placeholders(ledger: Ledger) -> Placeholders:
    """Return the placeholders of a catalogue, made once."""
    return ledger.once("placeholders", lambda: Placeholders(ledger))


class Placeholders:
    """What the names stand for, looked up when a text is asked for."""

    __slots__ = ("_found", "_ledger", "_rows")

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger
        self._rows = {cells["name"]: cells for cells in ledger.tables.cells("numbers")}
        # What a sentence says of a figure, and the figure; where there is none, the sentence that says so.
        self._found: dict[str, tuple[str, Figure | None]] = {}

    def fill(self, template: str, more: Mapping[str, str] | None = None) -> str:
        """The text with each name replaced by its figure, or a sentence that says which figure is missing.

        Args:
            template: The text.
            more: Further names, with their texts.
        """
        texts = dict(more or {})
        names = [name for name in names_in(template) if name not in texts]
        lacking = self._lacking(names)
        return lacking or template.format_map(texts | {name: self._look_up(name)[0] for name in names})

    def figures(self, *templates: str) -> tuple[Figure, ...]:
        """The figures that texts rest on, each once, in order of appearance; none of a text that lacks one."""
        whole = (names for names in map(names_in, templates) if not self._lacking(names))
        names = dict.fromkeys(name for names in whole for name in names if name in self._rows)
        found = (self._look_up(name)[1] for name in names)
        return once(figure for figure in found if figure is not None)

    def _lacking(self, names: list[str]) -> str:
        """The sentence about the first name without a figure; empty if each has one."""
        found = (self._look_up(name) for name in names if name in self._rows)
        return next((text for text, figure in found if figure is None), "")

    def _look_up(self, name: str) -> tuple[str, Figure | None]:
        if name not in self._found:
            if name not in self._rows:
                raise DataError(f"{shown(name)} in braces stands for nothing", "numbers.csv", column="name")
            cells = self._rows[name]
            try:
                self._found[name] = self._resolve(cells["of"], cells["area"], cells["period"], cells["field"])
            except (InvalidPeriodError, NoDataError, NotComparableError):  # the first and the last for a change
                self._found[name] = missing(_described(cells)), None
        return self._found[name]

    def _resolve(self, of: str, area: str, period: str, field: str) -> tuple[str, Figure]:
        if of in TOPICS:
            reference = Period.parse(period)
            for estimate in estimates(self._ledger, of):
                if (estimate.reference, estimate.organisation) == (reference, field):
                    return estimate.spread, estimate
            raise DataError(f"there is no estimate of {of} for {period} by {shown(field)}", "numbers.csv")
        if of in DIMENSIONS:
            return self._counted(breakdown(self._ledger, of, period or None, None), area, field)
        return self._observed(self._observation(of, area or None, period), field)

    def _observation(self, measure: str, area: str | None, period: str) -> Observation:
        if period == "peak":
            return series(self._ledger, measure, area).peak()
        if period == "total":
            return series(self._ledger, measure, area).total()
        figures = self._ledger.figures(measure, area)
        if period not in {"latest", "../latest"}:
            return figures.require(Period.parse(period))
        latest = figures.newest()
        return latest if period == "latest" else figures.require(Period(first=None, last=latest.period.last))

    def _observed(self, figure: Observation, field: str) -> tuple[str, Figure]:
        if field == "period":
            return name(figure.period, self._ledger.tables.measures[figure.measure].kind), figure
        if field == "change":
            before = figure.period.in_year(figure.period.end.year - 1)
            earlier = self._ledger.figures_on(figure.measure, figure.area, None).require(before)
            subject = self._ledger.subject(figure.measure, figure.area)
            return comparison(earlier, figure, subject, subject).change, figure
        if field == "female_share":
            share = figure.female_share
            return ("an unknown share" if share is None else percent(share * 100, int(figure))), figure
        return _text({"value": figure.value, "male": figure.male, "female": figure.female}[field]), figure

    def _counted(self, table: Breakdown, category: str, field: str) -> tuple[str, Figure]:
        if field == "period":
            return name(table.period).removeprefix("the end of "), table
        if not category:
            return _text({"value": table.total, "male": table.male, "female": table.female}[field]), table
        row = table.row(category)
        if field == "share":
            return percent(row.share * 100, row.of), table
        return _text({"value": row.value, "male": row.male, "female": row.female}[field]), table


def _described(cells: Cells) -> str:
    """Return what a name stands for, in words."""
    what = f"{cells['of']} ({cells['area']})" if cells["area"] else cells["of"]
    before = " or the year before" if cells["field"] == "change" else ""
    return f"{what}, {_NAMED.get(cells['period'], cells['period'])}{before}"


def once(figures: Iterable[Figure]) -> tuple[Figure, ...]:
    """Figures without repetition; observations are equal as numbers, so they are told apart by what they describe."""
    return tuple({_what(figure): figure for figure in reversed(list(figures))}.values())[::-1]


def _what(figure: Figure) -> object:
    return (figure.measure, figure.area, figure.period) if isinstance(figure, Observation) else figure


def _text(value: int | None) -> str:
    return "an unknown number" if value is None else number(value)
