"""Published rates and results of surveys, each with the people asked."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, ClassVar

import attrs

from defector_stats import _model as hints
from defector_stats._model.period import Period
from defector_stats._model.provenance import Provenance
from defector_stats._model.records import Indicator
from defector_stats._model.sequences import Imprint, Rows
from defector_stats._model.vocabulary import INDICATOR_TOPICS
from defector_stats._model.words import with_separators
from defector_stats._store.imprint import OF_ORGANISATIONS, imprint
from defector_stats._store.ledger import Ledger
from defector_stats._store.tables import Cells, Tables, optional
from defector_stats.errors import unknown_name_error

# The category of a number about everybody.
EVERYBODY = "all"
# Room for the longest topic; records and data frames have all rows.
_MAX_ROWS = 80


@attrs.frozen(kw_only=True, repr=False)
class Indicators(Rows[Indicator]):
    """Published rates and results of surveys, as a sequence of `Indicator`.

    Examples:
        >>> from defector_stats import indicators
        >>> print(indicators("school-drop-out", during="2020/2021"))
        school-drop-out (percent; Ministry of Unification, settlement table)
        2020  2.9
        2021  1.2
    """

    NOUNS: ClassVar[tuple[str, str]] = ("indicator", "indicators")
    COLUMNS: ClassVar[tuple[str, ...]] = (
        "indicator", "topic", "period", "frequency", "year", "start_date", "end_date", "category", "qualifier", "value",
        "unit", "population", "survey", "sample_size", "status", "released", "sources", "url", "note",
    )  # fmt: skip
    _FIXED: ClassVar[dict[str, tuple[str, ...]]] = {"topic": tuple(INDICATOR_TOPICS)}
    _TYPES: ClassVar[dict[str, str]] = {"value": "share"}

    rows: tuple[Indicator, ...]
    """The indicators, each an `Indicator`, by topic, indicator, survey, category and period.

    Surveys that differ are kept side by side.
    """
    edition: str
    """The edition of the data, as `data_version` returns it."""

    def _credits(self, imprint: Imprint) -> Iterable[str]:  # noqa: ARG002, the same for all catalogues
        return [OF_ORGANISATIONS]

    def __str__(self) -> str:
        if not self.rows:
            return "No indicators."
        # Rows of one survey may be read one below the other; those of another survey do not continue them.
        groups: dict[tuple[str, str, str], list[Indicator]] = {}
        for row in self.rows[:_MAX_ROWS]:
            groups.setdefault((row.indicator, row.unit, row.survey), []).append(row)
        lines: list[str] = []
        for (indicator, unit, survey), group in groups.items():
            lines += [*([""] if lines else []), f"{indicator} ({unit}; {survey})"]
            shown = [
                (
                    str(row.period),
                    f"{row.qualifier} {with_separators(row.number)}".strip(),
                    "" if row.category == EVERYBODY else row.category,
                )
                for row in group
            ]
            period_width = max(len(period) for period, _, _ in shown)
            number_width = max(len(number) for _, number, _ in shown)
            lines += [
                f"{period:<{period_width}}  {number:>{number_width}}  {category}".rstrip()
                for period, number, category in shown
            ]
        left = len(self.rows) - _MAX_ROWS
        lines += ["", f"... and {left:,} more"] if left > 0 else []
        return "\n".join(lines)


def indicators(ledger: Ledger, topic: object, during: hints.PeriodLike | None = None) -> Indicators:
    """Return the indicators of a topic that overlap a period; see `Catalogue.indicators` for the errors."""
    span = None if during is None else Period.parse(during)
    tables = ledger.tables
    rows = tables.cells("indicators")
    if topic is not None:
        # The id of an indicator may be that of its topic.
        ids = dict.fromkeys(cells["indicator"] for cells in rows)
        if not isinstance(topic, str) or (topic not in INDICATOR_TOPICS and topic not in ids):
            names = dict.fromkeys([*INDICATOR_TOPICS, *ids])
            raise unknown_name_error("topic", topic, names, offered=INDICATOR_TOPICS)
        rows = [cells for cells in rows if topic in {cells["topic"], cells["indicator"]}]
    records = (read_indicator(tables, cells) for cells in rows)
    overlapping = tuple(record for record in records if span is None or record.period.overlaps(span))
    return Indicators(rows=overlapping, edition=tables.edition, imprint=imprint(ledger))


def read_indicator(tables: Tables, cells: Cells) -> Indicator:
    """Return the record of a row."""
    status: Any = cells["status"]  # the rules of the data allow no other
    return Indicator(
        indicator=cells["indicator"],
        topic=cells["topic"],
        period=Period.parse(cells["period"]),
        category=cells["category"],
        qualifier=cells["qualifier"],
        number=cells["value"],
        unit=cells["unit"],
        population=cells["population"],
        survey=cells["survey"],
        sample_size=optional(cells["sample_size"]),
        provenance=Provenance(
            status=status,
            released=cells["released"],
            sources=tables.cited(cells["sources"].split()),
            note=cells["note"],
        ),
    )
