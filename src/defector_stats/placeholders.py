"""The names in braces that stand for figures in texts, so that no text goes stale.

A template is plain `str.format_map` over names: no attribute, no index, no format.
"""

from __future__ import annotations

import string

from defector_stats.breakdowns import DIMENSIONS
from defector_stats.errors import DataError, InvalidPeriodError, NoDataError, NotComparableError, shown
from defector_stats.estimation import TOPICS
from defector_stats.figure import Observation
from defector_stats.period import Period
from defector_stats.wording import name, number, percent

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from defector_stats.breakdowns import Breakdown
    from defector_stats.catalogue import Catalogue
    from defector_stats.log import Row
    from defector_stats.records import Estimate

    Figure = Observation | Estimate | Breakdown

OBSERVED = ("value", "male", "female", "female_share", "change", "period")
# What may stand in the place of a period.
WORDS = ("latest", "peak", "../latest", "total")
COUNTED = ("value", "male", "female", "share", "period")

# How a sentence names what stands in the place of a period.
_NAMED = {
    "latest": "the latest year",
    "peak": "the highest year",
    "../latest": "all to the latest year",
    "total": "all years",
    "": "the newest table",
}


def names_in(template: str) -> list[str]:
    """The names of a template, each once, in order.

    Raises:
        DataError: If it is not plain.

    Examples:
        >>> names_in("{latest} in {latest_year}, not {latest}")
        ['latest', 'latest_year']
    """
    try:
        parts = list(string.Formatter().parse(template))
    except ValueError as error:
        raise DataError(f"the template is broken ({error})") from None
    found: list[str] = []
    for _, field, form, conversion in parts:
        if field is None:
            continue
        if not field.isidentifier() or form or conversion:
            raise DataError(f"{shown(field)} is not a plain name in braces")
        found.append(field)
    return list(dict.fromkeys(found))


def missing(figure: str) -> str:
    """The sentence that stands in the place of a statement whose figure the catalogue does not have."""
    return f"A figure of this statement is missing: {figure}."


class Placeholders:
    """What the names stand for, looked up in a catalogue when a text is asked for."""

    __slots__ = ("_catalogue", "_found", "_rows")

    def __init__(self, catalogue: Catalogue, rows: list[Row]) -> None:
        self._catalogue = catalogue
        self._rows = {row[0]: row for row in rows}
        # What a sentence says of a figure, and the figure; where there is none, the sentence that says so.
        self._found: dict[str, tuple[str, Figure | None]] = {}

    def fill(self, template: str, more: Mapping[str, str] | None = None) -> str:
        """The text with each name replaced by its figure, or a sentence that says which figure is missing.

        Args:
            template: The text.
            more: Further names, with their texts.
        """
        texts = dict(more or {})
        names = [each for each in names_in(template) if each not in texts]
        lacking = self._lacking(names)
        return lacking or template.format_map(texts | {each: self._look_up(each)[0] for each in names})

    def figures(self, *templates: str) -> tuple[Figure, ...]:
        """The figures that texts rest on, each once, in order of appearance; none of a text that lacks one."""
        whole = (names for names in map(names_in, templates) if not self._lacking(names))
        names = dict.fromkeys(each for some in whole for each in some if each in self._rows)
        found = (self._look_up(each)[1] for each in names)
        return once(figure for figure in found if figure is not None)

    def _lacking(self, names: list[str]) -> str:
        """The sentence about the first name without a figure; empty if each has one."""
        found = (self._look_up(each) for each in names if each in self._rows)
        return next((text for text, figure in found if figure is None), "")

    def _look_up(self, each: str) -> tuple[str, Figure | None]:
        if each not in self._found:
            if each not in self._rows:
                raise DataError(f"{shown(each)} in braces stands for nothing", "numbers.csv", column="name")
            try:
                self._found[each] = self._resolve(*self._rows[each][1:])
            except (InvalidPeriodError, NoDataError, NotComparableError):  # the first and the last for a change
                self._found[each] = missing(_described(*self._rows[each][1:])), None
        return self._found[each]

    def _resolve(self, of: str, area: str, period: str, field: str) -> tuple[str, Figure]:
        if of in TOPICS:
            reference = Period.parse(period)
            for estimate in self._catalogue.estimates(of):
                if (estimate.reference, estimate.organisation) == (reference, field):
                    return estimate.spread, estimate
            raise DataError(f"there is no estimate of {of} for {period} by {shown(field)}", "numbers.csv")
        if of in DIMENSIONS:
            return self._counted(self._catalogue.breakdown(of, period or None), area, field)
        return self._observed(self._observation(of, area or None, period), field)

    def _observation(self, measure: str, area: str | None, period: str) -> Observation:
        if period == "peak":
            return self._catalogue.series(measure, area=area).peak()
        if period == "total":
            return self._catalogue.series(measure, area=area).total()
        if period == "latest":
            return self._catalogue.observation(measure, area=area)
        if period == "../latest":
            latest = self._catalogue.observation(measure, area=area).period
            return self._catalogue.observation(measure, Period(first=None, last=latest.last), area=area)
        return self._catalogue.observation(measure, period, area=area)

    def _observed(self, figure: Observation, field: str) -> tuple[str, Figure]:
        if field == "period":
            (measure,) = [each for each in self._catalogue.measures() if each.id == figure.measure]
            return name(figure.period, measure.kind), figure
        if field == "change":
            before = figure.period.in_year(figure.period.end.year - 1)
            earlier = self._catalogue.observation(figure.measure, before, area=figure.area)
            return self._catalogue.compare(earlier, figure).change, figure
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


def _described(of: str, area: str, period: str, field: str) -> str:
    """What a name stands for, in words."""
    what = f"{of} ({area})" if area else of
    before = " or the year before" if field == "change" else ""
    return f"{what}, {_NAMED.get(period, period)}{before}"


def once(figures: Iterable[Figure]) -> tuple[Figure, ...]:
    """Figures without repetition; observations are equal as numbers, so they are told apart by what they describe."""
    return tuple({_what(figure): figure for figure in reversed(list(figures))}.values())[::-1]


def _what(figure: Figure) -> object:
    return (figure.measure, figure.area, figure.period) if isinstance(figure, Observation) else figure


def _text(value: int | None) -> str:
    return "an unknown number" if value is None else number(value)
