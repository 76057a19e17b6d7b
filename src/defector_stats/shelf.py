"""What is known of one measure in one area on one day."""

from __future__ import annotations

from defector_stats.errors import NoDataError
from defector_stats.figure import SPLIT, Observation
from defector_stats.log import VALUE, WORLD
from defector_stats.package import columns
from defector_stats.period import Period
from defector_stats.vintage import sort_key

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from defector_stats.derivation import Derivation
    from defector_stats.log import Log, Step
    from defector_stats.package import Tables
    from defector_stats.provenance import Provenance, Status
    from defector_stats.records import Gap, Revision

# How the regular periods of a year are written.
FORMS: dict[str, tuple[str, ...]] = {
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
        self.tables: Tables = tables
        self.log: Log = log
        self.measure: str = measure
        self.area: str = area
        self.until: str | None = until

    def answer(self, period: Period) -> Observation | None:
        """The published or the derived value, whichever became known later; ties go to the published.

        A derived value that agrees with the published one only confirms it, and supplies a missing split.
        """
        step = self._published(self.area, str(period))
        # A published total at the end of a quarter stands, as in the series of running totals.
        ways = [] if step is not None and _ends_quarter(period) else self._derivations(period)
        if step is None:
            return self._worked_out(period, ways[0]) if ways else None
        differs = bool(ways) and not step.agrees(ways[0].value, *ways[0].split)
        if differs and sort_key(ways[0].began) > sort_key(step.began):
            return self._worked_out(period, ways[0])
        if step.male is None:
            splits = (way for way in ways if way.value == step.value and way.split != (None, None))
            return self.as_printed(period, step, next(splits, None))
        return self.as_printed(period, step)

    def answers(self, frequency: str) -> list[Observation]:
        """The values of a frequency, in order of time."""
        found = (self.answer(period) for period in self._candidates(frequency))
        return [answer for answer in found if answer is not None]

    def everything(self) -> list[Observation]:
        """The values of all periods that have one, in order of time."""
        derivable = {period for frequency in _DERIVABLE for period in self._candidates(frequency)}
        found = (self.answer(period) for period in sorted(self._periods() | derivable))
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
                released=step.began,
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

        members = set(known)
        found: dict[Period, Gap] = {}
        # A running total has no first day, so none is ever missing between two others.
        lower = start if start is not None and start.first is not None else known[0] if known else None
        upper = end if end is not None else known[-1] if known else None
        if lower is not None and lower.start is not None and upper is not None:
            for period in _regular(frequency, range(lower.start.year, upper.end.year + 1)):
                if period not in members and period.within(lower, upper):
                    found[period] = Gap(period=period, reason=self._reason(period, known, ()), note="")
        for gap in gaps(self.tables, self.measure, self.area):
            if gap.period.frequency == frequency and gap.period.within(start, end) and gap.period not in members:
                found[gap.period] = gap
        return tuple(found[period] for period in sorted(found))

    def absent(self, period: Period, advice: str = "") -> NoDataError:
        """The error for a period without a value."""
        from defector_stats.registry import gaps

        known = self.known(period.frequency)
        stated = gaps(self.tables, self.measure, self.area)
        reason = self._reason(period, known, stated)
        today = self._for(self.area, None)
        if reason not in _STATED and self.until is not None and today.answer(period) is not None:
            reason = "not-yet-released"
        if period.start is not None and period.frequency == "span":
            bounds = f"start={period.start.year}, end={period.end.year}"
            advice = f"For the sum of whole years, use series({self.measure!r}, {bounds}).total()."
        elif not known:
            advice = self._forms() or advice
        elif self._described("suppression") and reason in {"suppressed", "after-coverage"}:
            advice = f"Coverage: {self._described('coverage')}"
        return no_data(self.measure, self.area, period, reason, known, stated, advice)

    def _forms(self) -> str:
        """Which kinds of period have a value; empty if none has."""
        from defector_stats.wording import listed, unit

        found = sorted({unit(period.frequency) for period in self._periods() if period.frequency != "span"})
        return f"It comes by {listed(found)}." if found else ""

    def _candidates(self, frequency: str) -> list[Period]:
        """The periods of a frequency that may have a value, in order of time."""
        printed = self._periods()
        found = {period for period in printed if period.frequency == frequency}
        if frequency in _DERIVABLE:
            # A derivation has inputs that end in the same year.
            years = {period.end.year for period in printed}
            found.update(_regular(frequency, years))
        # At the end of a quarter, a running total is worked out only when it is asked for.
        return sorted(each for each in found if not _ends_quarter(each) or self._published(self.area, str(each)))

    def _periods(self, *, all_areas: bool = False) -> set[Period]:
        """The periods that anything was printed for, here or, for the world, anywhere."""
        areas = self.log.areas if all_areas or self.area == WORLD else (self.area,)
        return {Period.parse(text) for area in areas for text in self.log.periods(area)}

    def _published(self, area: str, period: str) -> Step | None:
        steps = self.log.steps(area, period, self.until)
        return steps[-1] if steps else None

    def _derivations(self, period: Period) -> list[Derivation]:
        if period.frequency not in _DERIVABLE and self.area != WORLD:
            return []
        from defector_stats.derivation import derivations

        return derivations(self.area, period, self.log.areas, self._published)

    def as_printed(self, period: Period, step: Step, split: Derivation | None = None) -> Observation:
        """A published total, with the split that was printed or, if given, that follows from others."""

        def provenance() -> Provenance:
            inputs = () if split is None else self._inputs(split)
            formula = None if split is None else f"{SPLIT}{split.formula}"
            released = step.released, (step if split is None else split).split_released
            keys, note = step.sources, step.note
            earlier = step.same_total
            while earlier is not None:  # who published the total first, and with which split
                keys, note = [*keys, *earlier.sources], f"{note} {_other_split(earlier)}".strip()
                earlier = earlier.same_total
            return self._provenance(period, step.status, released, keys, note, [], formula, inputs)

        male, female = (step.male, step.female) if split is None else split.split
        return self._observation(period, step.value, male, female, provenance)

    def _worked_out(self, period: Period, derived: Derivation) -> Observation:
        """A value of the closed list."""

        def provenance() -> Provenance:
            inputs = self._inputs(derived)
            note = _shared_notes(inputs) if self.area == WORLD else ""
            released = derived.released, derived.split_released
            return self._provenance(
                period, derived.status, released, [], note, [derived.mixed], derived.formula, inputs
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
        released: tuple[str, str | None],
        keys: list[str],
        note: str,
        caveats: list[str],
        formula: str | None,
        inputs: tuple[Observation, ...],
    ) -> Provenance:
        from defector_stats.provenance import Provenance
        from defector_stats.registry import alternatives, sources

        keys = [*keys, *(source.key for figure in inputs for source in figure.sources)]
        told = [*caveats, *self._unseen(period), *(each for figure in inputs for each in figure.caveats)]
        own = tuple(dict.fromkeys(filter(None, told)))
        total, split = released
        return Provenance(
            status=status,
            released=total,
            split_released=None if split == total else split,
            sources=sources(self.tables, keys),
            note=" ".join(filter(None, [note, *own])),
            formula=formula,
            inputs=inputs,
            alternatives=alternatives(self.tables, self.measure, self.area, str(period), self.until),
            caveats=own,
        )

    def _inputs(self, derived: Derivation) -> tuple[Observation, ...]:
        return tuple(
            self._for(area, self.until).as_printed(Period.parse(text), step)
            for (_, area, text), step in zip(derived.terms, derived.steps, strict=True)
        )

    def _described(self, column: str) -> str:
        """What the table of measures says."""
        index = columns("measures").index(column)
        return next(row[index] for row in self.tables.rows("measures") if row[0] == self.measure)

    def _for(self, area: str, until: str | None) -> Shelf:
        """The shelf of the same measure for an area and a day."""
        return Shelf(self.tables, self.log, self.measure, area, until)

    def _unseen(self, period: Period) -> list[str]:
        """A sentence if the value was replaced on an unknown date around the day asked about."""
        if self.until is None:
            return []
        later = self.log.unseen_change(self.area, str(period), self.until)
        if later is None:
            return []
        from defector_stats.wording import figure_for, printed

        step = self.log.steps(self.area, str(period), self.until)[-1]
        what = figure_for(period)
        if int(later[VALUE]) == step.value:
            what = f"split by sex of the {what}"
        return [_UNSEEN.format(what, printed(step.last_seen))]

    def _reason(self, period: Period, known: list[Period], stated: Iterable[Gap]) -> str:
        """Why there is no value, as far as the periods tell."""
        if not self._described("suppression") or period.frequency not in self._described("frequencies").split():
            return absence(period, known, stated)
        # A publisher that leaves out small numbers covers all areas in the same years.
        covered = sorted(each for each in self._periods(all_areas=True) if each.frequency == period.frequency)
        return absence(period, covered, stated, "suppressed")


def absence(wanted: Period, known: list[Period], gaps: Iterable[Gap], otherwise: str = "not-found") -> str:
    """Why there is no value: a gap's own reason, outside of the coverage, or what else holds."""
    for gap in gaps:
        if gap.period == wanted:
            return gap.reason
    if known and wanted < known[0]:
        return "before-coverage"
    if known and wanted.end > known[-1].end:
        return "after-coverage"
    return otherwise


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


def _shared_notes(figures: tuple[Observation, ...]) -> str:
    """Each note once, with the number of areas that carry it."""
    from collections import Counter

    notes = Counter(figure.note for figure in figures if figure.note)
    return " ".join(f"{note.removesuffix('.')} ({count} of {len(figures)} areas)." for note, count in notes.items())


def _other_split(step: Step) -> str:
    """Say with which split a total was published before."""
    from defector_stats.wording import number, printed

    men, women = number(step.male or 0), number(step.female or 0)
    return f"The same total was published {printed(step.began)} with {men} men and {women} women."


def _ends_quarter(period: Period) -> bool:
    """Tell whether this is a running total that ends with a part of a year."""
    return period.first is None and not period.last.endswith("-12-31")


def _regular(frequency: str, years: Iterable[int]) -> list[Period]:
    """The periods of a frequency in some years."""
    return [Period.parse(form.format(year)) for year in sorted(years) for form in FORMS[frequency]]
