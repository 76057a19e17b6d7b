"""What a catalogue holds, found by name: what analysis and texts ask."""

from __future__ import annotations

from defector_stats._model.dates import read_as_of
from defector_stats._store.figures import Figures
from defector_stats._store.history import Log
from defector_stats.errors import unknown

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any, TypeVar

    from defector_stats._model.dates import DateLike
    from defector_stats._model.subject import Subject
    from defector_stats._store.tables import Tables

    T = TypeVar("T")


class Ledger:
    """The measures, areas, sources and figures of one catalogue, each made once.

    Args:
        tables: The files of the catalogue.
    """

    __slots__ = ("_kept", "_logs", "_now", "tables")

    def __init__(self, tables: Tables) -> None:
        self.tables: Tables = tables
        self._logs: dict[str, Log] = {}
        self._now: dict[tuple[str, str], Figures] = {}
        self._kept: dict[str, Any] = {}

    def log(self, measure: object) -> Log:
        """Return the log of a measure.

        Raises:
            UnknownNameError: If there is no such measure.
        """
        if isinstance(measure, str) and measure in self._logs:
            return self._logs[measure]
        # Not the records: those are never needed for the first answer.
        areas = {cells["id"]: cells["areas"].split() for cells in self.tables.cells("measures")}
        if not isinstance(measure, str) or measure not in areas:
            raise unknown("measure", measure, areas)
        log = self._logs[measure] = Log(measure, self.tables.lines(measure), areas[measure])
        return log

    def figures(self, measure: object, area: object = None, as_of: DateLike | None = None) -> Figures:
        """Return the figures of a measure in an area, as of a day or of now.

        Args:
            measure: The id of a measure.
            area: A code, a name or an alias; may be left out where the measure has one area.
            as_of: What `read_as_of` reads.

        Raises:
            UnknownNameError: If there is no such measure, or no such area of it.
            InvalidPeriodError: If the day cannot be read.
        """
        log = self.log(measure)
        if area is None and len(log.areas) == 1:
            area = log.areas[0]
        elif not isinstance(area, str) or area not in log.areas:
            from defector_stats._store.area_names import area_code

            area = area_code(self.tables, area, log.measure, log.areas)
        return self.figures_on(log.measure, area, None if as_of is None else read_as_of(as_of))

    def figures_on(self, measure: str, area: str, day: str | None) -> Figures:
        """Return the figures of a measure and an area that there are, as of an ISO day or of now.

        Only those of now are kept: there is no end of days.
        """
        if day is not None:
            return Figures(self, self.log(measure), area, day)
        figures = self._now.get((measure, area))
        if figures is None:
            figures = self._now[measure, area] = Figures(self, self.log(measure), area, None)
        return figures

    def subject(self, measure: str, area: str) -> Subject:
        """Return what the figures of a measure in an area count."""
        from defector_stats._model.subject import Subject

        described = self.tables.measures[measure]
        return Subject(measure=described, words=described.subject_in(self.tables.areas[area]))

    def once(self, name: str, make: Callable[[], T]) -> T:
        """Return what a room above made of this catalogue under a name, or make it now."""
        if name not in self._kept:
            self._kept[name] = make()
        kept: T = self._kept[name]
        return kept
