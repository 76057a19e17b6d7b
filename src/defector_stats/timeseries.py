"""Figures of one measure, area and frequency, in order of time."""

from __future__ import annotations

import attrs

from defector_stats.errors import NoDataError, NotComparableError
from defector_stats.figure import Observation
from defector_stats.period import Period
from defector_stats.provenance import Provenance, weakest
from defector_stats.vintage import sort_key

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from typing import Any, SupportsIndex, overload

    from defector_stats.records import Gap, Measure

_FIRST_YEAR_LIKE = 1000


@attrs.frozen(kw_only=True)
class TimeSeries:
    """A sequence of observations with the gaps between them.

    Indexing and slicing go by position; `at` finds a period.

    Attributes:
        measure: The `Measure`.
        area: The ISO 3166-1 alpha-3 code of the area.
        frequency: ``year``, ``half``, ``quarter``, ``fiscal-year`` or ``running-total``.
        observations: The members, oldest first.
        gaps: The periods between or after them for which there is no value, with the reasons.

    Examples:
        >>> from defector_stats import series
        >>> recent = series(start=2020)
        >>> [int(figure) for figure in recent]
        [229, 63, 67, 196, 236, 223]
        >>> recent.at(2021).female
        23
        >>> recent.between(2022, 2023).total().formula
        '2022 + 2023'
    """

    measure: Measure
    area: str
    frequency: str
    observations: tuple[Observation, ...]
    gaps: tuple[Gap, ...]

    def __len__(self) -> int:
        return len(self.observations)

    def __iter__(self) -> Iterator[Observation]:
        return iter(self.observations)

    if TYPE_CHECKING:

        @overload
        def __getitem__(self, index: SupportsIndex) -> Observation: ...
        @overload
        def __getitem__(self, index: slice) -> tuple[Observation, ...]: ...

    def __getitem__(self, index: SupportsIndex | slice) -> Observation | tuple[Observation, ...]:
        if isinstance(index, slice):
            return self.observations[index]
        try:
            return self.observations[index]
        except IndexError:
            msg = f"the series has {len(self)} members, and indexing goes by position"
            if index.__index__() >= _FIRST_YEAR_LIKE:
                msg += f"; for a year write .at({index.__index__()})"
            raise IndexError(msg) from None

    def at(self, period: Period | SupportsIndex | str) -> Observation:
        """The member for a period.

        Raises:
            NoDataError: If it has none; a gap gives its reason.
            InvalidPeriodError: If the period cannot be read.
        """
        wanted = Period.parse(period)
        for observation in self.observations:
            if observation.period == wanted:
                return observation
        raise self._absent(wanted)

    def between(
        self,
        start: Period | SupportsIndex | str | None = None,
        end: Period | SupportsIndex | str | None = None,
    ) -> TimeSeries:
        """The members, and the gaps, that lie within ``start`` and ``end``.

        Raises:
            InvalidPeriodError: If a bound cannot be read.
        """
        first = None if start is None else Period.parse(start)
        last = None if end is None else Period.parse(end)
        return attrs.evolve(
            self,
            observations=tuple(figure for figure in self.observations if figure.period.within(first, last)),
            gaps=tuple(gap for gap in self.gaps if gap.period.within(first, last)),
        )

    def total(self) -> Observation:
        """The sum of all members, as a derived observation.

        Its sexes are summed where each member has a split.

        Raises:
            NotComparableError: For stocks, and for running totals, which hold each other.
            NoDataError: If the series is empty, or a gap lies between its members.

        Examples:
            >>> from defector_stats import series
            >>> series(start=2020, end=2022).total()
            Observation(359, measure='arrivals', area='KOR', period='2020/2022', status='normal')
        """
        name = f"{self.measure.id!r} by {self.frequency}"
        if self.measure.kind == "stock":
            raise NotComparableError(name, name, "a stock on one day holds the people of the day before")
        if self.frequency == "running-total":
            raise NotComparableError(name, name, "each running total holds the earlier ones")
        self._require_whole()
        members = self.observations
        split = all(figure.male is not None for figure in members)
        return Observation(
            value=sum(members),
            measure=self.measure.id,
            area=self.area,
            period=Period(first=members[0].period.first, last=members[-1].period.last),
            male=sum(figure.male or 0 for figure in members) if split else None,
            female=sum(figure.female or 0 for figure in members) if split else None,
            provenance=Provenance(
                status=weakest({figure.status for figure in members}),
                released=max((figure.released for figure in members), key=sort_key),
                sources=tuple(dict.fromkeys(source for figure in members for source in figure.sources)),
                formula=" + ".join(str(figure.period) for figure in members),
                inputs=members,
            ),
        )

    def records(self) -> list[dict[str, Any]]:
        """The members as plain values, ready for JSON or a data frame.

        Returns:
            A new list of new dictionaries, as `Observation.record` gives them,
            but with sources as text and without inputs, so that each cell is one value.

        Examples:
            >>> from defector_stats import series
            >>> series(start=2025).records()[0]["value"]
            223
        """
        rows: list[dict[str, Any]] = []
        for observation in self.observations:
            row = observation.record()
            row["sources"] = " ".join(row["sources"])
            del row["inputs"]
            rows.append(row)
        return rows

    def __repr__(self) -> str:
        span = f", {self[0].period} to {self[-1].period}" if self.observations else ""
        return f"<TimeSeries {self.measure.id} {self.area} by {self.frequency}: {len(self)} figures{span}>"

    def _require_whole(self) -> None:
        """Refuse to sum an empty series, or across a gap."""
        if not self.observations:
            period = self.gaps[0].period if self.gaps else Period.parse("../9999")
            raise NoDataError(self.measure.id, period, self.area, "not-found", gaps=self.gaps)
        inside = tuple(gap for gap in self.gaps if gap.period < self[-1].period)
        if inside:
            first, last = self[0].period, self[-1].period
            advice = "Use between() to leave the gaps out."
            gap = inside[0]
            raise NoDataError(self.measure.id, gap.period, self.area, gap.reason, first, last, None, inside, advice)

    def _absent(self, wanted: Period) -> NoDataError:
        known = [figure.period for figure in self.observations]
        reason = absence(wanted, known, self.gaps)
        return no_data(self.measure.id, self.area, wanted, reason, known, self.gaps)


def absence(wanted: Period, known: list[Period], gaps: Iterable[Gap]) -> str:
    """Why there is no value: a gap's own reason, outside of the coverage, or not found."""
    for gap in gaps:
        if gap.period == wanted:
            return gap.reason
    if known and wanted < known[0]:
        return "before-coverage"
    if known and wanted.end > known[-1].end:
        return "after-coverage"
    return "not-found"


def no_data(
    measure: str,
    area: str,
    wanted: Period,
    reason: str,
    known: list[Period],
    gaps: Iterable[Gap],
    advice: str = "",
) -> NoDataError:
    """The error that says what is known around a period: first, last, nearest (the earlier on ties), its gap."""
    first, last = (known[0], known[-1]) if known else (None, None)
    nearest = min(known, key=lambda period: abs(period.end - wanted.end), default=None)
    own = tuple(gap for gap in gaps if gap.period == wanted)
    return NoDataError(measure, wanted, area, reason, first, last, nearest, own, advice)
