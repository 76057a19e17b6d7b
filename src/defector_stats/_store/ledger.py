"""The `Ledger`, through which all other packages find measures, areas, sources and figures by name."""

from __future__ import annotations

from defector_stats._model.dates import read_as_of
from defector_stats._store.figures import Figures
from defector_stats._store.history import Log
from defector_stats.errors import unknown_name_error

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any, TypeVar

    from defector_stats import _model as hints
    from defector_stats._model.subject import Subject
    from defector_stats._store.tables import Tables

    T = TypeVar("T")


class Ledger:
    """The measures, areas, sources and figures of one catalogue, each made once.

    Args:
        tables: The files of the catalogue.
    """

    __slots__ = ("_current", "_kept", "_logs", "tables")

    def __init__(self, tables: Tables) -> None:
        self.tables: Tables = tables
        self._logs: dict[str, Log] = {}
        self._current: dict[tuple[str, str], Figures] = {}
        # Objects that other packages made from the catalogue, by names of their choice.
        self._kept: dict[str, Any] = {}

    def log(self, measure: object) -> Log:
        """Return the log of a measure.

        Raises:
            UnknownNameError: If there is no such measure.
        """
        if isinstance(measure, str) and measure in self._logs:
            return self._logs[measure]
        # The cells are enough here; making records of measures would slow down the first answer.
        if not isinstance(measure, str) or not (found := self.tables.about("measures", measure)):
            raise unknown_name_error("measure", measure, [cells["id"] for cells in self.tables.cells("measures")])
        (cells,) = found
        log = self._logs[measure] = Log(measure, self.tables.lines(measure), cells["areas"].split())
        return log

    def figures(self, measure: object, area: object = None, as_of: hints.DateLike | None = None) -> Figures:
        """Return the figures of a measure in an area, as of a given day or now.

        Args:
            measure: The id of a measure.
            area: A code, a name or an alias; ``None`` if the measure has only one area.
            as_of: The last day of release that counts, in any form that `read_as_of` reads; ``None`` for all.

        Raises:
            UnknownNameError: If there is no such measure, or it has no such area.
            InvalidPeriodError: If the day cannot be read.
        """
        log = self.log(measure)
        if area is None and len(log.areas) == 1:
            area = log.areas[0]
        # A code exactly as in the data needs no look-up of names.
        elif not isinstance(area, str) or area not in log.areas:
            from defector_stats._store.area_names import area_code

            area = area_code(self.tables, area, log.measure, log.areas)
        return self.figures_on(log.measure, area, None if as_of is None else read_as_of(as_of))

    def figures_on(self, measure: str, area: str, as_of: str | None) -> Figures:
        """Return the figures of a measure in an area, as of a day (as ISO text) or now.

        Args:
            measure: The id of a measure, which must exist.
            area: The code of one of its areas, which must exist.
            as_of: The last day of release that counts, as ISO text; ``None`` for all.
        """
        # Only the figures of now are kept, since there is no limit to the number of days.
        if as_of is not None:
            return Figures(self, self.log(measure), area, as_of)
        figures = self._current.get((measure, area))
        if figures is None:
            figures = self._current[measure, area] = Figures(self, self.log(measure), area, None)
        return figures

    def subject(self, measure: str, area: str) -> Subject:
        """Return what the figures of a measure in an area count."""
        from defector_stats._model.subject import Subject

        record = self.tables.measures[measure]
        return Subject(measure=record, words=record.subject_in(self.tables.areas[area]))

    def once(self, name: str, make: Callable[[], T]) -> T:
        """Return the object made under a name, after making it on first use."""
        if name not in self._kept:
            self._kept[name] = make()
        kept: T = self._kept[name]
        return kept
