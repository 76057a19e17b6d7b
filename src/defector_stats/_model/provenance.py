"""The `Provenance` class: the sources, dates and reliability of a figure."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import Any, ClassVar

import attrs

import defector_stats as ds
from defector_stats._model.dates import last_day
from defector_stats._model.record import Record
from defector_stats._model.vocabulary import STATUSES, Status
from defector_stats.errors import DataError, short_repr


def weakest(statuses: Iterable[Status]) -> Status:
    """Return the least reliable of several statuses, which a value calculated from such figures has."""
    return max(statuses, key=STATUSES.index)


def _as_tuple(sources: Iterable[ds.Source]) -> tuple[ds.Source, ...]:
    """Return sources as a tuple; anything but a sequence is refused later."""
    given: Any = sources
    return tuple(given) if isinstance(sources, Sequence) and not isinstance(sources, str) else given


@attrs.frozen(kw_only=True, repr=False)
class Provenance(Record):
    """The sources, dates and reliability of a figure.

    Raises:
        DataError: If there is no source, or the status or a date is not valid.

    Examples:
        >>> from defector_stats import arrivals
        >>> origin = arrivals("2025-H2").provenance
        >>> origin.status, origin.formula, [int(figure) for figure in origin.inputs]
        ('low-reliability', '2025 − 2025-H1', [223, 96])
    """

    SHOWN: ClassVar[tuple[str, ...]] = ("status", "released")

    status: Status
    """The reliability of the figure, which is ``normal``, ``provisional`` or ``low-reliability``."""
    released: str
    """When the total was first published.

    This is the date of the earliest known publication, as ISO text to the precision known, such as ``2020-07``.
    """
    split_released: str | None = None
    """When the present split by sex was first published.

    This is the date of the earliest known publication, as ISO text; ``None`` if the split was published with the total,
    or if there is no split.
    """
    sources: tuple[ds.Source, ...] = attrs.field(converter=_as_tuple)
    """The sources of the figure, each a `Source`, official ones first, then by date; never empty."""
    note: str = ""
    """A free-text note on the figure; empty if there is none."""
    formula: str | None = None
    """The formula of the figure, or of its split by sex; ``None`` if both were published."""
    inputs: tuple[ds.Observation, ...] = ()
    """The published figures that the formula uses, each an `Observation`; empty without a formula."""
    alternatives: tuple[ds.Alternative, ...] = ()
    """Other published values, each an `Alternative` with the reason why it is not used."""
    caveats: tuple[str, ...] = ()
    """The sentences of the note that matter when the figure is compared with others."""

    def __attrs_post_init__(self) -> None:
        _check_sources_and_status(self.sources, self.status)
        # A split without its own date was published with the total.
        split = self.released if self.split_released is None else self.split_released
        for column, day in (("released", self.released), ("split_released", split)):
            if not _is_day(day):
                raise DataError(f"{short_repr(day)} is not an ISO year, month or day", column=column)

    @property
    def known_from(self) -> dt.date:
        """The day from which the figure counts as known, which is the last day of ``released``."""
        return last_day(self.released)

    @property
    def origins(self) -> int:
        """The number of sources that do not copy each other.

        Reprints and translations of one text, and successive versions of one table, count once. Reports by different
        agencies count separately, although all of them may report the count of one ministry: a large number shows that
        the figure was read correctly, not that it was counted twice.
        """
        return len({source.origin or source.key for source in self.sources})


def _check_sources_and_status(sources: object, status: object) -> None:
    if not isinstance(sources, tuple) or not sources:
        raise DataError("there is no value without a source", column="sources")
    if not isinstance(status, str) or status not in STATUSES:
        raise DataError(f"{short_repr(status)} is not one of {', '.join(STATUSES)}", column="status")


def _is_day(released: object) -> bool:
    try:
        return isinstance(released, str) and bool(last_day(released))
    except ValueError:
        return False
