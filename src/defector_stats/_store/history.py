"""The append-only log of published figures, grouped into steps."""

from __future__ import annotations

import csv

from defector_stats._model.dates import sort_key

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from typing import Any, TypeVar

    from defector_stats._model.vocabulary import Status

    Row = Sequence[str]
    T = TypeVar("T")

COLUMNS = ("measure", "area", "period", "value", "male", "female", "status", "released", "sources", "note")
MEASURE, AREA, PERIOD, VALUE, MALE, FEMALE, STATUS, RELEASED, SOURCES, NOTE = range(len(COLUMNS))

# The code for the sum of the areas of a measure, which is derived and never published.
WORLD = "WLD"


class Step:
    """Consecutive publications of one total with compatible splits by sex.

    A step is internal and does no checks; users see it as a `Revision`.

    Args:
        row: The first publication.
        previous: The step before; ``None`` for the first one of a period.
    """

    __slots__ = ("female", "male", "notes", "previous", "released", "rows", "split_released", "value")

    def __init__(self, row: Row, previous: Step | None) -> None:
        self.rows: list[Row] = [row]
        self.value: int = int(row[VALUE])
        self.male, self.female = _read_split(row)
        self.notes: list[str] = [row[NOTE]]
        self.previous: Step | None = previous
        # When the total was first published, even if an earlier step did so with another split.
        same_total = self.same_total
        self.released: str = row[RELEASED] if same_total is None else same_total.released
        # When the split was first published; ``None`` without one.
        self.split_released: str | None = row[RELEASED] if row[MALE] else None

    def agrees(self, value: int, male: int | None, female: int | None) -> bool:
        """Return whether the total is the same, and so is the split if both have one."""
        unsplit = male is None or self.male is None
        return value == self.value and (unsplit or (male, female) == (self.male, self.female))

    def takes(self, row: Row) -> bool:
        """Return whether a row has the same numbers; it may lack the split."""
        return self.agrees(int(row[VALUE]), *_read_split(row))

    def until(self, day: str) -> Step:
        """Return the step as it was known on a day, which is not before its first publication."""
        first, *later = self.rows
        step = Step(first, self.previous)
        for row in later[: _count_known(later, day, _released)]:
            step.add(row)
        return step

    def add(self, row: Row) -> None:
        """Add a row with the same numbers."""
        self.rows.append(row)
        # The first split is that of the whole step: a different one begins another step.
        if self.male is None and row[MALE]:
            self.male, self.female = _read_split(row)
            self.notes.append(row[NOTE])
            self.split_released = row[RELEASED]

    @property
    def same_total(self) -> Step | None:
        """The step before, if it has the same total but another split."""
        return self.previous if self.previous is not None and self.previous.value == self.value else None

    @property
    def began(self) -> str:
        """The date of the first publication in the step."""
        return self.rows[0][RELEASED]

    @property
    def last_seen(self) -> str:
        """The date of the last publication in the step."""
        return self.rows[-1][RELEASED]

    @property
    def status(self) -> Status:
        """The status in the last publication."""
        status: Any = self.rows[-1][STATUS]  # the vocabulary is checked with the data
        checked: Status = status
        return checked

    @property
    def note(self) -> str:
        """The notes of the rows that first published the total and the split."""
        return " ".join(dict.fromkeys(filter(None, self.notes)))

    @property
    def sources(self) -> list[str]:
        """The keys of the sources of all rows."""
        return [key for row in self.rows for key in row[SOURCES].split()]


class Log:
    """The published rows of one measure, indexed by area and period.

    Args:
        measure: The id of the measure.
        rows: The rows, or the lines of the file.
        areas: The codes of the areas of the measure.
    """

    __slots__ = ("_ordered", "_rows", "_steps", "areas", "measure")

    def __init__(self, measure: str, rows: Iterable[str | Row], areas: Sequence[str]) -> None:
        self.measure: str = measure
        self.areas: tuple[str, ...] = tuple(areas)
        # By area, then by period as text. Lines stay text until their period is asked for:
        # most never are, and a parsed line takes five times the memory.
        self._rows: dict[str, dict[str, list[str | Row]]] = {}
        # Made on first use. Unpublished periods are not kept, since there is no limit to their number.
        self._ordered: dict[tuple[str, str], list[Row]] = {}
        self._steps: dict[tuple[str, str], list[Step]] = {}
        for row in rows:
            # The first columns hold ids, which are never quoted.
            _, area, period, *_ = row.split(",", PERIOD + 1) if isinstance(row, str) else row
            self._rows.setdefault(area, {}).setdefault(period, []).append(row)

    def periods(self, area: str) -> list[str]:
        """Return all periods with a published value in an area, as text."""
        return list(self._rows.get(area, ()))

    def step(self, area: str, period: str, as_of: str | None) -> Step | None:
        """Return the last step known on a day (as ISO text) or now; ``None`` if nothing had been published by then."""
        steps = self.steps(area, period, as_of)
        return steps[-1] if steps else None

    def steps(self, area: str, period: str, as_of: str | None) -> list[Step]:
        """Return the steps known on a day (as ISO text) or now, oldest first."""
        steps = self._steps.get((area, period))
        if steps is None:
            steps = _make_steps(self._sorted_rows(area, period))
            if steps:
                self._steps[area, period] = steps
        if as_of is None:
            return steps
        known = steps[: _count_known(steps, as_of, lambda step: step.began)]
        if known and sort_key(known[-1].last_seen) > as_of:
            known[-1] = known[-1].until(as_of)
        return known

    def unseen_change(self, area: str, period: str, as_of: str) -> Row | None:
        """Return the row that replaced the numbers of a day, if that day is after their last publication.

        The day on which the numbers changed is not known.
        """
        step = self.step(area, period, as_of)
        rows = self._sorted_rows(area, period)
        known = _count_known(rows, as_of, _released)
        later = rows[known] if known < len(rows) else None
        if step is None or later is None or as_of <= sort_key(step.last_seen) or step.takes(later):
            return None
        return later

    def _sorted_rows(self, area: str, period: str) -> list[Row]:
        """Return the rows of a period in order of release."""
        ordered = self._ordered.get((area, period))
        if ordered is None:
            unparsed = self._rows.get(area, {}).get(period, [])
            rows = [next(csv.reader([row])) if isinstance(row, str) else row for row in unparsed]
            # A month or a year sorts as its last day; for the same day, the less precise date comes first.
            ordered = sorted(rows, key=lambda row: (sort_key(row[RELEASED]), row[RELEASED]))
            if rows:
                self._ordered[area, period] = ordered
        return ordered


def _make_steps(rows: Sequence[Row]) -> list[Step]:
    """Return the steps of rows in order of release."""
    steps: list[Step] = []
    for row in rows:
        if steps and steps[-1].takes(row):
            steps[-1].add(row)
        else:
            steps.append(Step(row, steps[-1] if steps else None))
    return steps


def _count_known(things: Sequence[T], day: str, released: Callable[[T], str]) -> int:
    """Return how many rows or steps, which are in order of release, were known on a day."""
    from bisect import bisect_right

    return bisect_right(things, day, key=lambda thing: sort_key(released(thing)))


def _released(row: Row) -> str:
    return row[RELEASED]


def _read_split(row: Row) -> tuple[int | None, int | None]:
    """Return the numbers of men and women in a row."""
    return (int(row[MALE]), int(row[FEMALE])) if row[MALE] else (None, None)
