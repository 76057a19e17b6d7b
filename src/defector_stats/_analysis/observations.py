"""A panel with the figures of one measure in several areas."""

from __future__ import annotations

from typing import Any, ClassVar

import attrs

from defector_stats import _model as hints
from defector_stats._analysis.series import TimeSeries, read_frequency
from defector_stats._model.dates import read_as_of
from defector_stats._model.observation import Observation
from defector_stats._model.records import Measure
from defector_stats._model.sequences import Rows
from defector_stats._store.history import WORLD
from defector_stats._store.imprint import imprint
from defector_stats._store.ledger import Ledger


@attrs.frozen(kw_only=True, repr=False)
class Observations(Rows[Observation]):
    """The figures of one measure in several areas, as a sequence of `Observation`.

    Examples:
        >>> from defector_stats import observations
        >>> panel = observations("refugees", areas=["GBR", "Germany"], frequency="year")
        >>> panel[-1].area, str(panel[-1].period), int(panel[-1])
        ('DEU', '2025', 86)
    """

    NOUNS: ClassVar[tuple[str, str]] = ("figure", "figures")
    COLUMNS: ClassVar[tuple[str, ...]] = TimeSeries.COLUMNS

    rows: tuple[Observation, ...]
    """The figures, each an `Observation`, by area and then in order of time."""
    measure: Measure
    """The `Measure` that the figures belong to."""
    edition: str
    """The edition of the data, as `data_version` returns it."""
    as_of: str | None = attrs.field(eq=False)
    """The date by which the figures had to be published, as ISO text; ``None`` if no date was given."""


def observations(
    ledger: Ledger, measure: str, areas: object, frequency: object, as_of: hints.DateLike | None
) -> Observations:
    """Return every figure of a measure by area; see `Catalogue.observations` for the errors."""
    # With the sum for the world among its areas, everybody would be counted twice.
    every = [area for area in ledger.log(measure).areas if area != WORLD]
    asked: list[object] = [*every] if areas is None else _list_names(areas)
    record = ledger.tables.measures[measure]
    kept = None if frequency is None else read_frequency(frequency, record.frequencies)
    day = None if as_of is None else read_as_of(as_of)
    found: dict[str, tuple[Observation, ...]] = {}
    for area in asked:
        figures = ledger.figures(measure, area, day)
        found[figures.area] = figures.everything if kept is None else figures.by(kept)
    rows = tuple(figure for figures in found.values() for figure in figures)
    return Observations(rows=rows, measure=record, edition=ledger.tables.edition, as_of=day, imprint=imprint(ledger))


def _list_names(areas: object) -> list[object]:
    """Return the names of areas as a list, also if a single name was passed."""
    several: Any = areas
    if isinstance(areas, str):
        return [areas]
    try:
        return [*several]
    except Exception:  # noqa: BLE001, an __iter__ of another library may raise anything
        return [areas]
