"""Estimates of organisations, which print as ranges and can be drawn."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, ClassVar

import attrs

import defector_stats as ds
from defector_stats import _model as hints
from defector_stats._model.period import Period
from defector_stats._model.provenance import Provenance
from defector_stats._model.records import Estimate
from defector_stats._model.sequences import Imprint, Rows
from defector_stats._model.vocabulary import TOPICS
from defector_stats._store.imprint import OF_ORGANISATIONS, imprint
from defector_stats._store.ledger import Ledger
from defector_stats._store.tables import Cells, Tables, optional
from defector_stats.errors import unknown_name_error

# In characters.
_BAR_WIDTH = 30


@attrs.frozen(kw_only=True, repr=False)
class Estimates(Rows[Estimate]):
    """Estimates of organisations, as a sequence of `Estimate`; ``str`` draws their ranges.

    Examples:
        >>> from defector_stats import estimates
        >>> first = estimates("in-china", during=1998)[0]
        >>> first.low, first.point, first.high, first.organisation
        (35000, 75000, 125000, 'C. Robinson, Johns Hopkins University')
    """

    NOUNS: ClassVar[tuple[str, str]] = ("estimate", "estimates")

    COLUMNS: ClassVar[tuple[str, ...]] = (
        "topic", "reference", "frequency", "year", "start_date", "end_date", "low", "point", "high", "unit",
        "organisation", "method", "status", "released", "sources", "url", "note",
    )  # fmt: skip

    rows: tuple[Estimate, ...]
    """The estimates, each an `Estimate`, by topic and then by period.

    Conflicting estimates are kept side by side.
    """
    edition: str
    """The edition of the data, as `data_version` returns it."""

    def _credits(self, imprint: Imprint) -> Iterable[str]:  # noqa: ARG002, the same for all catalogues
        return [OF_ORGANISATIONS]

    def plot(self, *, title: str | None = None, narrow: bool = False) -> ds.Chart:
        """Draw the ranges one below the other, with a point for each best guess.

        Args:
            title: A title, such as what the chart shows; without one, a description of it.
            narrow: Whether to draw the chart for the screen of a phone.

        Returns:
            A `Chart` with a text alternative.

        Raises:
            MissingExtraError: If matplotlib is not installed.
            InvalidValueError: If there is no estimate, or the title is not a text.
        """
        from defector_stats._model.shown import plot

        return plot(self, title=title, narrow=narrow)

    def __str__(self) -> str:
        if not self.rows:
            return "No estimates."
        lines: list[str] = []
        for topic, unit in dict.fromkeys((estimate.topic, estimate.unit) for estimate in self.rows):
            group = [estimate for estimate in self.rows if (estimate.topic, estimate.unit) == (topic, unit)]
            # Numbers of one unit share a scale; returns in a week and in a year do not.
            highest = max(_find_ends(estimate)[1] for estimate in group)
            lines += [*([""] if lines else []), f"{topic} ({unit}; the scale ends at {highest:,})"]
            spread_width = max(len(estimate.spread) for estimate in group)
            period_width = max(len(str(estimate.reference)) for estimate in group)
            lines += [
                f"{estimate.reference!s:<{period_width}}  {estimate.spread:>{spread_width}}  "
                f"{_draw_bar(estimate, highest)}  {estimate.organisation}"
                for estimate in group
            ]
        return "\n".join(lines)


def estimates(ledger: Ledger, topic: object, during: hints.PeriodLike | None = None) -> Estimates:
    """Return the estimates on a topic that overlap a period; see `Catalogue.estimates` for the errors."""
    span = None if during is None else Period.parse(during)
    tables = ledger.tables
    if topic is not None and (not isinstance(topic, str) or topic not in TOPICS):
        raise unknown_name_error("topic", topic, TOPICS)
    rows = tables.cells("estimates") if topic is None else tables.about("estimates", topic)
    records = [read_estimate(tables, cells) for cells in rows]
    overlapping = tuple(estimate for estimate in records if span is None or estimate.reference.overlaps(span))
    return Estimates(rows=overlapping, edition=tables.edition, imprint=imprint(ledger))


def read_estimate(tables: Tables, cells: Cells) -> Estimate:
    """Return the record of a row."""
    status: Any = cells["status"]  # the rules of the data allow no other
    return Estimate(
        topic=cells["topic"],
        low=optional(cells["low"]),
        point=optional(cells["point"]),
        high=optional(cells["high"]),
        unit=cells["unit"],
        reference=Period.parse(cells["reference"]),
        organisation=cells["organisation"],
        method=cells["method"],
        provenance=Provenance(
            status=status,
            released=cells["released"],
            sources=tables.cited(cells["sources"].split()),
            note=cells["note"],
        ),
    )


def _find_ends(estimate: Estimate) -> tuple[int, int]:
    """Return the lowest and the highest number of an estimate."""
    # The three numbers are in order, so the first and the last given are the ends.
    values = [value for value in (estimate.low, estimate.point, estimate.high) if value is not None]
    return values[0], values[-1]


def _draw_bar(estimate: Estimate, highest: int) -> str:
    """Draw an estimate as a bar between zero and the highest number of its group."""
    low, high = (round(end * (_BAR_WIDTH - 1) / highest) if highest else 0 for end in _find_ends(estimate))
    # "Up to" begins at zero.
    if estimate.high is not None and estimate.low is None and estimate.point is None:
        low = 0
    line = [" "] * low + ["─"] * (high - low + 1)
    # "At least" has no end, which an arrow shows.
    if estimate.low is not None and estimate.high is None and estimate.point is None:
        line[-1] = "▶"
    elif estimate.point is not None:
        line[round(estimate.point * (_BAR_WIDTH - 1) / highest) if highest else 0] = "●"
    return "".join(line).ljust(_BAR_WIDTH)
