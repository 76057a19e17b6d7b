"""The append-only log of published figures, and the steps that its rows form."""

from __future__ import annotations

import csv

from defector_stats._model.dates import sort_key

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from typing import Any

    from defector_stats._model.vocabulary import Status

    Row = Sequence[str]

COLUMNS = ("measure", "area", "period", "value", "male", "female", "status", "released", "sources", "note")
MEASURE, AREA, PERIOD, VALUE, MALE, FEMALE, STATUS, RELEASED, SOURCES, NOTE = range(len(COLUMNS))


class Step:
    """Consecutive rows with the same total and no contradicting split.

    Working material of the catalogue, without checks; the public form is `Revision`.
    """

    __slots__ = ("female", "male", "notes", "revised", "rows", "same_total", "split_released", "value")

    def __init__(self, row: Row, before: Step | None) -> None:
        self.rows: list[Row] = [row]
        self.value: int = int(row[VALUE])
        self.male, self.female = _split(row)
        self.notes: list[str] = [row[NOTE]]
        self.revised: bool = before is not None
        # The step before, if it has the same total and another split.
        self.same_total: Step | None = before if before is not None and before.value == self.value else None
        # When the split was first published; ``None`` without one.
        self.split_released: str | None = row[RELEASED] if row[MALE] else None

    def agrees(self, value: int, male: int | None, female: int | None) -> bool:
        """Whether the total is the same and no split contradicts the other."""
        unsplit = male is None or self.male is None
        return value == self.value and (unsplit or (male, female) == (self.male, self.female))

    def takes(self, row: Row) -> bool:
        """Whether the row prints the same figures, as far as it prints them."""
        return self.agrees(int(row[VALUE]), *_split(row))

    def add(self, row: Row) -> None:
        """Confirm the step by another row."""
        self.rows.append(row)
        if self.male is None and row[MALE]:
            self.male, self.female = _split(row)
            self.notes.append(row[NOTE])
            self.split_released = row[RELEASED]

    @property
    def released(self) -> str:
        """The earliest publication of the total: another split alone does not move it."""
        return self.began if self.same_total is None else self.same_total.released

    @property
    def began(self) -> str:
        """The earliest publication of the step."""
        return self.rows[0][RELEASED]

    @property
    def last_seen(self) -> str:
        """The latest publication of the step."""
        return self.rows[-1][RELEASED]

    @property
    def status(self) -> Status:
        """The status as last printed."""
        status: Any = self.rows[-1][STATUS]  # the vocabulary is checked with the data
        checked: Status = status
        return checked

    @property
    def note(self) -> str:
        """The notes of the rows that gave the total and the split."""
        return " ".join(dict.fromkeys(filter(None, self.notes)))

    @property
    def sources(self) -> list[str]:
        """The keys of all sources."""
        return [key for row in self.rows for key in row[SOURCES].split()]


class Log:
    """The rows of one measure, found by area and period; lines of text are parsed when asked for.

    Args:
        measure: The id of the measure.
        rows: The rows, or the lines of the file.
        areas: The codes of its areas.
    """

    __slots__ = ("_ordered", "_rows", "_steps", "areas", "measure")

    def __init__(self, measure: str, rows: Iterable[str | Row], areas: Sequence[str]) -> None:
        self.measure: str = measure
        self.areas: tuple[str, ...] = tuple(areas)
        # By area, then by period as text.
        self._rows: dict[str, dict[str, list[str | Row]]] = {}
        # Made when they are first asked for; what was never published is not kept.
        self._ordered: dict[tuple[str, str], list[Row]] = {}
        self._steps: dict[tuple[str, str], list[Step]] = {}
        for row in rows:
            # The first columns hold ids, which are never quoted.
            _, area, period, *_ = row.split(",", PERIOD + 1) if isinstance(row, str) else row
            self._rows.setdefault(area, {}).setdefault(period, []).append(row)

    def periods(self, area: str) -> list[str]:
        """Return the periods that anything was published for, as text."""
        return list(self._rows.get(area, ()))

    def step(self, area: str, period: str, as_of: str | None) -> Step | None:
        """Return the last step known on a day, or ``None`` where nothing was published by then."""
        steps = self.steps(area, period, as_of)
        return steps[-1] if steps else None

    def steps(self, area: str, period: str, as_of: str | None) -> list[Step]:
        """Return the steps known on a day, as ISO text, or now; oldest first."""
        if as_of is not None:
            return self._steps_on(area, period, as_of)
        steps = self._steps.get((area, period))
        if steps is None:
            steps = self._steps_on(area, period, None)
            if steps:
                self._steps[area, period] = steps
        return steps

    def unseen_change(self, area: str, period: str, as_of: str) -> Row | None:
        """Return the first row with other figures, if the day lies between it and the last sighting of the others."""
        step = self.step(area, period, as_of)
        later = [row for row in self._in_order(area, period) if sort_key(row[RELEASED]) > as_of]
        if step is not None and later and as_of > sort_key(step.last_seen) and not step.takes(later[0]):
            return later[0]
        return None

    def _steps_on(self, area: str, period: str, as_of: str | None) -> list[Step]:
        steps: list[Step] = []
        for row in self._in_order(area, period):
            if as_of is not None and sort_key(row[RELEASED]) > as_of:
                break
            if steps and steps[-1].takes(row):
                steps[-1].add(row)
            else:
                steps.append(Step(row, steps[-1] if steps else None))
        return steps

    def _in_order(self, area: str, period: str) -> list[Row]:
        ordered = self._ordered.get((area, period))
        if ordered is None:
            unread = self._rows.get(area, {}).get(period, [])
            # Most lines are never asked for, and a parsed one takes five times the memory.
            rows = [next(csv.reader([row])) if isinstance(row, str) else row for row in unread]
            ordered = sorted(rows, key=lambda row: (sort_key(row[RELEASED]), row[RELEASED]))
            if rows:
                self._ordered[area, period] = ordered
        return ordered


def _split(row: Row) -> tuple[int | None, int | None]:
    return (int(row[MALE]), int(row[FEMALE])) if row[MALE] else (None, None)
