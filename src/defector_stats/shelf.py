"""What is known of one measure in one area on one day."""

from __future__ import annotations

from defector_stats.figure import SPLIT, Observation
from defector_stats.period import Period
from defector_stats.vintage import sort_key

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from defector_stats.derivation import Derivation
    from defector_stats.errors import NoDataError
    from defector_stats.log import Log, Step
    from defector_stats.package import Tables
    from defector_stats.provenance import Provenance, Status
    from defector_stats.records import Gap, Revision

# How the regular periods of a year are written.
_FORMS = {
    "year": ("{:04}",),
    "half": ("{:04}-H1", "{:04}-H2"),
    "quarter": ("{:04}-Q1", "{:04}-Q2", "{:04}-Q3", "{:04}-Q4"),
    "fiscal-year": ("FY{:04}",),
    "running-total": ("../{:04}",),
}
_DERIVABLE = ("half", "quarter", "running-total")
# Reasons that say more than a date of release could.
_STATED = ("not-published", "not-collected")
_UNSEEN = "The {} was last seen in print {} and was changed later; the date of the change is not known to the log."


class Shelf:
    """The figures of one measure and area, as of one day or of now.

    Args:
        tables: The tables of the catalogue.
        log: The log of the measure.
        measure: Its id.
        area: The code of the area.
        until: The last day of release that counts, as ISO text; ``None`` for all.
    """

    __slots__ = ("area", "log", "measure", "tables", "until")

    def __init__(self, tables: Tables, log: Log, measure: str, area: str, until: str | None) -> None:
        self.tables = tables
        self.log = log
        self.measure = measure
        self.area = area
        self.until = until

    def answer(self, period: Period) -> Observation | None:
        """The published or the derived value, whichever became known later; ties go to the published.

        A derived value that agrees with the published one only confirms it, and supplies a missing split.
        """
        step = self._published(str(period))
        ways = self._derivations(period)
        if step is None:
            return self._worked_out(period, ways[0]) if ways else None
        differs = bool(ways) and not step.agrees(ways[0].value, *ways[0].split)
        if differs and sort_key(ways[0].released) > sort_key(step.released):
            return self._worked_out(period, ways[0])
        if step.male is None:
            splits = (way for way in ways if way.value == step.value and way.split != (None, None))
            return self._printed(period, step, next(splits, None))
        return self._printed(period, step)

    def answers(self, frequency: str) -> list[Observation]:
        """The values of a frequency, in order of time."""
        found = (self.answer(period) for period in self._candidates(frequency))
        return [answer for answer in found if answer is not None]

    def everything(self) -> list[Observation]:
        """The values of all periods that have one, in order of time."""
        printed = {Period.parse(text) for text in self.log.periods(self.area)}
        derivable = {period for frequency in _DERIVABLE for period in self._candidates(frequency)}
        found = (self.answer(period) for period in sorted(printed | derivable))
        return [answer for answer in found if answer is not None]

    def totals(self) -> tuple[tuple[str, int], ...]:
        """The last day of each running total that is known, and the total, in order of time."""
        return tuple((answer.period.last, int(answer)) for answer in self.answers("running-total"))

    def known(self, frequency: str) -> list[Period]:
        """The periods of a frequency that have a value, in order of time."""
        return [answer.period for answer in self.answers(frequency)]

    def revisions(self, period: Period) -> tuple[Revision, ...]:
        """The steps of one period, oldest first."""
        from defector_stats.records import Revision
        from defector_stats.registry import sources

        return tuple(
            Revision(
                period=period,
                value=step.value,
                male=step.male,
                female=step.female,
                status=step.status,
                released=step.released,
                last_seen=step.last_seen,
                sources=sources(self.tables, step.sources),
                note=step.note,
            )
            for step in self.log.steps(self.area, str(period), self.until)
        )

    def gaps(self, frequency: str, known: list[Period], start: Period | None, end: Period | None) -> tuple[Gap, ...]:
        """Stated gaps, and each period without a value between the first and the last known one or bound."""
        from defector_stats.records import Gap
        from defector_stats.registry import gaps
        from defector_stats.timeseries import absence

        members = set(known)
        found: dict[Period, Gap] = {}
        # A running total has no first day, so none is ever missing between two others.
        lower = start if start is not None and start.first is not None else known[0] if known else None
        upper = end if end is not None else known[-1] if known else None
        if lower is not None and lower.start is not None and upper is not None:
            for period in _regular(frequency, range(lower.start.year, upper.end.year + 1)):
                if period not in members and period.within(lower, upper):
                    found[period] = Gap(period=period, reason=absence(period, known, ()), note="")
        for gap in gaps(self.tables, self.measure, self.area):
            if gap.period.frequency == frequency and gap.period.within(start, end) and gap.period not in members:
                found[gap.period] = gap
        return tuple(found[period] for period in sorted(found))

    def absent(self, period: Period, advice: str = "") -> NoDataError:
        """The error for a period without a value."""
        from defector_stats.registry import gaps
        from defector_stats.timeseries import absence, no_data

        known = self.known(period.frequency)
        stated = gaps(self.tables, self.measure, self.area)
        reason = absence(period, known, stated)
        if reason not in _STATED and self.until is not None and self.now().answer(period) is not None:
            reason = "not-yet-released"
        if period.start is not None and period.frequency == "span":
            bounds = f"start={period.start.year}, end={period.end.year}"
            advice = f"For the sum of whole years, use series({self.measure!r}, {bounds}).total()."
        return no_data(self.measure, self.area, period, reason, known, stated, advice)

    def now(self) -> Shelf:
        """The same without a day."""
        return Shelf(self.tables, self.log, self.measure, self.area, None)

    def _candidates(self, frequency: str) -> list[Period]:
        """The periods of a frequency that may have a value, in order of time."""
        printed = [Period.parse(text) for text in self.log.periods(self.area)]
        found = {period for period in printed if period.frequency == frequency}
        if frequency in _DERIVABLE:
            # A derivation has inputs that end in the same year.
            years = {period.end.year for period in printed}
            found.update(_regular(frequency, years))
        return sorted(found)

    def _published(self, period: str) -> Step | None:
        steps = self.log.steps(self.area, period, self.until)
        return steps[-1] if steps else None

    def _derivations(self, period: Period) -> list[Derivation]:
        if period.frequency not in _DERIVABLE:
            return []
        from defector_stats.derivation import derivations

        return derivations(period, self._published)

    def _printed(self, period: Period, step: Step, split: Derivation | None = None) -> Observation:
        """A published total, with the split that was printed or, if given, that follows from others."""

        def provenance() -> Provenance:
            inputs = () if split is None else self._inputs(split)
            formula = None if split is None else f"{SPLIT}{split.formula}"
            return self._provenance(period, step.status, step.released, step.sources, step.note, "", formula, inputs)

        male, female = (step.male, step.female) if split is None else split.split
        return self._observation(period, step.value, male, female, provenance)

    def _worked_out(self, period: Period, derived: Derivation) -> Observation:
        """A value of the closed list."""

        def provenance() -> Provenance:
            inputs = self._inputs(derived)
            return self._provenance(
                period, derived.status, derived.released, [], "", derived.mixed, derived.formula, inputs
            )

        return self._observation(period, derived.value, *derived.split, provenance)

    def _observation(
        self, period: Period, value: int, male: int | None, female: int | None, provenance: Callable[[], Provenance]
    ) -> Observation:
        return Observation(
            value=value,
            measure=self.measure,
            area=self.area,
            period=period,
            male=male,
            female=female,
            provenance=provenance,
        )

    def _provenance(
        self,
        period: Period,
        status: Status,
        released: str,
        keys: list[str],
        note: str,
        caveat: str,
        formula: str | None,
        inputs: tuple[Observation, ...],
    ) -> Provenance:
        from defector_stats.provenance import Provenance
        from defector_stats.registry import alternatives, sources

        keys = [*keys, *(source.key for figure in inputs for source in figure.sources)]
        caveats = [caveat, *self._unseen([period, *(figure.period for figure in inputs)])]
        return Provenance(
            status=status,
            released=released,
            sources=sources(self.tables, keys),
            note=" ".join(filter(None, [note, *caveats])),
            formula=formula,
            inputs=inputs,
            alternatives=alternatives(self.tables, self.measure, self.area, str(period), self.until),
            caveats=tuple(filter(None, caveats)),
        )

    def _inputs(self, derived: Derivation) -> tuple[Observation, ...]:
        return tuple(
            self._printed(Period.parse(text), step)
            for (_, text), step in zip(derived.terms, derived.steps, strict=True)
        )

    def _unseen(self, periods: Iterable[Period]) -> list[str]:
        """A sentence for each value that was replaced on an unknown date around the day asked about."""
        if self.until is None:
            return []
        from defector_stats.wording import figure_for, printed

        return [
            _UNSEEN.format(
                figure_for(period), printed(self.log.steps(self.area, str(period), self.until)[-1].last_seen)
            )
            for period in periods
            if self.log.changed_unseen(self.area, str(period), self.until)
        ]


def _regular(frequency: str, years: Iterable[int]) -> list[Period]:
    """The periods of a frequency in some years."""
    return [Period.parse(form.format(year)) for year in sorted(years) for form in _FORMS[frequency]]
