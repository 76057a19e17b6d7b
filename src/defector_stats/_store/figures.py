"""The figures of one measure in one area, as of one day or of now."""

from __future__ import annotations

import functools

from defector_stats._model.dates import sort_key
from defector_stats._model.observation import SPLIT, Observation
from defector_stats._model.period import Period
from defector_stats._model.vocabulary import WORLD
from defector_stats._store.history import VALUE
from defector_stats.errors import PLURALS

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from defector_stats._model.provenance import Provenance
    from defector_stats._model.records import Gap, Measure, Revision
    from defector_stats._model.vocabulary import Status
    from defector_stats._store.absence import Knowledge
    from defector_stats._store.derived import Derivation
    from defector_stats._store.history import Log, Step
    from defector_stats._store.ledger import Ledger
    from defector_stats._store.tables import Tables
    from defector_stats.errors import NoDataError

# How the regular periods of a year are written.
FORMS: dict[str, tuple[str, ...]] = {
    "year": ("{:04}",),
    "half": ("{:04}-H1", "{:04}-H2"),
    "quarter": ("{:04}-Q1", "{:04}-Q2", "{:04}-Q3", "{:04}-Q4"),
    "month": tuple(f"{{:04}}-{month:02}" for month in range(1, 13)),
    "fiscal-year": ("FY{:04}",),
    "running-total": ("../{:04}",),
}
_DERIVABLE = ("half", "quarter", "running-total")
# What may hold a part of a year, and what a span may be the sum of.
_WHOLES = ("quarter", "half", "year")
# A longer span is no sum that anybody would ask for.
_MOST_YEARS = 200
_UNSEEN = "The {} was last seen in print {} and was changed later; the date of the change is not known to the log."


class Figures:
    """The figures of one measure and area, as of one day or of now; each is made once.

    Args:
        ledger: The catalogue that they belong to.
        log: The published figures of the measure.
        area: The code of the area.
        as_of: The last day of release that counts, as ISO text; ``None`` for all.
    """

    def __init__(self, ledger: Ledger, log: Log, area: str, as_of: str | None) -> None:
        self.ledger: Ledger = ledger
        self.tables: Tables = ledger.tables
        self.log: Log = log
        self.measure: str = log.measure
        self.area: str = area
        self.as_of: str | None = as_of
        self._found: dict[Period, Observation] = {}
        self._candidates_by: dict[str, list[Period]] = {}
        self._by: dict[str, tuple[Observation, ...]] = {}
        self._knowledge: dict[str, Knowledge] = {}

    def at(self, period: Period) -> Observation | None:
        """Return the published or the derived value, whichever became known later; ties go to the published.

        A derived value that agrees with the published one only confirms it, and supplies a missing split.
        """
        figure = self._found.get(period)
        if figure is None:
            figure = self._find(period)
            # There is no end of periods without a value, so those are not kept.
            if figure is not None:
                self._found[period] = figure
        return figure

    def require(self, period: Period, hint: str = "") -> Observation:
        """Return the value of a period.

        Raises:
            NoDataError: If there is none; the hint is given where nothing better is known.
        """
        figure = self.at(period)
        if figure is None:
            raise self.absent(period, hint)
        return figure

    def _find(self, period: Period) -> Observation | None:
        step = self.log.step(self.area, str(period), self.as_of)
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

    def by(self, frequency: str) -> tuple[Observation, ...]:
        """Return the values of a frequency, in order of time."""
        if frequency not in self._by:
            self._by[frequency] = self._known(self._candidates(frequency))
        return self._by[frequency]

    def latest(self, frequency: str) -> Observation | None:
        """Return the last value of a frequency; the earlier ones are not looked at."""
        for period in reversed(self._candidates(frequency)):
            figure = self.at(period)
            if figure is not None:
                return figure
        return None

    def newest(self) -> Observation:
        """Return the value of the latest calendar year.

        Raises:
            NoDataError: If no year has one.
        """
        figure = self.latest("year")
        if figure is None:
            raise self.knowledge("year").nothing("", "")
        return figure

    @functools.cached_property
    def everything(self) -> tuple[Observation, ...]:
        """The values of all periods that have one, in order of time."""
        derivable = {period for frequency in _DERIVABLE for period in self._candidates(frequency)}
        return self._known(sorted(derivable | self._periods))

    @property
    def totals(self) -> tuple[tuple[str, int], ...]:
        """The last day of each running total that is known, and the total, in order of time."""
        return tuple((figure.period.last, int(figure)) for figure in self.by("running-total"))

    def revisions(self, period: Period) -> tuple[Revision, ...]:
        """Return the steps of one period, oldest first."""
        from defector_stats._model.records import Revision

        return tuple(
            Revision(
                period=period,
                value=step.value,
                male=step.male,
                female=step.female,
                status=step.status,
                released=step.began,
                last_seen=step.last_seen,
                sources=self.tables.cited(step.sources),
                note=step.note,
            )
            for step in self.log.steps(self.area, str(period), self.as_of)
        )

    def gaps(self, frequency: str, start: Period | None = None, end: Period | None = None) -> tuple[Gap, ...]:
        """Return the stated gaps, and each period without a value between the first and the last known one or bound."""
        from defector_stats._model.records import Gap

        known = [figure.period for figure in self.by(frequency)]
        members = set(known)
        stated = {
            gap.period: gap
            for gap in self.tables.gaps(self.measure, self.area)
            if gap.period.frequency == frequency and gap.period.within(start, end) and gap.period not in members
        }
        missing: list[Period] = []
        # A running total has no first day, so none is ever missing between two others.
        closed = [period for period in (start, end, *known) if period is not None and period.first is not None]
        first: Period | None = start if start in closed else min(closed, default=None)
        last: Period | None = end or max(closed, default=None)
        if first is not None and first.start is not None and last is not None:
            regular = _regular(frequency, range(first.start.year, last.end.year + 1))
            missing = [period for period in regular if period not in members and period.within(first, last)]
        if not missing and not stated:
            return ()
        reason = self.knowledge(frequency).reason
        found = {period: Gap(period=period, reason=reason(period), note="") for period in missing}
        found |= {period: Gap(period=period, reason=reason(period), note=gap.note) for period, gap in stated.items()}
        return tuple(found[period] for period in sorted(found))

    def knowledge(self, frequency: str) -> Knowledge:
        """Return what is known, on the day and now, of the periods of a frequency."""
        if frequency not in self._knowledge:
            self._knowledge[frequency] = self._know(frequency)
        return self._knowledge[frequency]

    def _know(self, frequency: str) -> Knowledge:
        from defector_stats._store.absence import Knowledge

        now = self.ledger.figures_on(self.measure, self.area, None)
        known, today = self.answered(frequency), now.answered(frequency)
        measure = self._measure
        suppressed = bool(measure.suppression) and frequency in measure.frequencies
        covered = today
        if suppressed:
            # A publisher that leaves out small numbers covers all areas in the same years.
            anywhere = {Period.parse(text) for area in self.log.areas for text in self.log.periods(area)}
            covered = sorted(period for period in anywhere if period.frequency == frequency)
        return Knowledge(
            measure=self.measure,
            area=self.area,
            known=tuple(known),
            later=tuple(sorted(set(today).difference(known))),
            gaps=tuple(self.tables.gaps(self.measure, self.area)),
            first=covered[0] if covered else None,
            last=max(covered, key=lambda period: period.last, default=None),
            suppressed=suppressed,
        )

    def answered(self, frequency: str) -> list[Period]:
        """Return the periods of a frequency that have a value when they are asked for."""
        if frequency != "running-total":
            return [figure.period for figure in self.by(frequency)]
        years = {period.end.year for period in self._periods}
        ends = (Period.parse(f"../{year:04}-{month}") for year in years for month in ("03", "06", "09"))
        return [figure.period for figure in self._known(sorted({*self._candidates(frequency), *ends}))]

    def absent(self, period: Period, hint: str = "") -> NoDataError:
        """Return the error for a period without a value.

        Args:
            period: The period.
            hint: What to try where nothing better is known.
        """
        knowledge = self.knowledge(period.frequency)
        notes = [self._due(period), self._ended(period)] if knowledge.reason(period) == "after-coverage" else []
        notes.append(self._holding(period))
        if not knowledge.known and not knowledge.later:
            notes.append(self._forms())
        elif knowledge.suppressed and knowledge.reason(period) in {"suppressed", "after-coverage"}:
            notes.append(f"Coverage: {self._measure.coverage}")
        return knowledge.error(period, " ".join(filter(None, notes)), self._as_sum(period) or hint)

    def _due(self, period: Period) -> str:
        """Say when the figure is due, by the publisher's known rhythm."""
        from defector_stats._model.words import name
        from defector_stats._store.absence import FAR, due

        day = due(self.tables.about("rhythm", self.measure), period)
        years = self._candidates("year")
        if day is None or not years or day.year > years[-1].end.year + FAR:
            return ""
        return (
            f"By the publisher's known rhythm, its figure is due by {name(Period.parse(day.isoformat()[:7]), 'stock')}."
        )

    def _ended(self, period: Period) -> str:
        """Say that a publisher who still publishes has given up this kind of period."""
        still_publishes = bool(self.tables.about("rhythm", self.measure))
        if not still_publishes or period.frequency not in {"month", "quarter"}:
            return ""
        from defector_stats._model.words import unit

        return f"Figures by {unit(period.frequency)} are no longer published."

    def _holding(self, period: Period) -> str:
        """Say which longer periods with a value hold this one, and their values."""
        wholes = [
            whole
            for frequency in _WHOLES
            for whole in _regular(frequency, [period.end.year])
            if period.within(whole, whole) and whole != period
        ]
        found = [f"{whole} ({figure:,})" for whole in wholes if (figure := self.at(whole)) is not None]
        if not found:
            return ""
        from defector_stats._model.words import listed

        return f"It lies within {listed(found)}."

    def _as_sum(self, period: Period) -> str:
        """Return the call that sums the parts of a period; empty where there is none that means the same."""
        start = period.start
        if start is None or self._measure.kind != "flow":
            return ""
        if period.end.year - start.year > _MOST_YEARS:
            return ""
        for frequency in reversed(_WHOLES):
            regular = _regular(frequency, range(start.year, period.end.year + 1))
            parts = [part for part in regular if part.within(period, period)]
            ends = parts and (parts[0].first, parts[-1].last) == (period.first, period.last)
            listed = frequency in self._measure.frequencies
            if ends and listed and all(self.at(part) is not None for part in parts):
                bounds = f"frequency={frequency!r}, start={str(parts[0])!r}, end={str(parts[-1])!r}"
                as_of = "" if self.as_of is None else f", as_of={self.as_of!r}"
                call = f"series({self.measure!r}, area={self.area!r}, {bounds}{as_of}).total()"
                return f"For the sum of its {PLURALS[frequency]}, use {call}."
        return ""

    def _forms(self) -> str:
        """Say which kinds of period have a value; empty if none has."""
        from defector_stats._model.words import listed, unit

        found = sorted({unit(period.frequency) for period in self._periods if period.frequency != "span"})
        return f"It comes by {listed(found)}." if found else ""

    def _candidates(self, frequency: str) -> list[Period]:
        """Return the periods of a frequency that may have a value, in order of time."""
        if frequency not in self._candidates_by:
            found = {period for period in self._periods if period.frequency == frequency}
            if frequency in _DERIVABLE:
                # A derivation has inputs that end in the same year.
                years = {period.end.year for period in self._periods}
                found.update(_regular(frequency, years))
            # At the end of a quarter, a running total is worked out only when it is asked for.
            self._candidates_by[frequency] = sorted(
                period
                for period in found
                if not _ends_quarter(period) or self.log.step(self.area, str(period), self.as_of) is not None
            )
        return self._candidates_by[frequency]

    @functools.cached_property
    def _periods(self) -> set[Period]:
        """The periods that anything was published for, here or, for the world, anywhere."""
        areas = self.log.areas if self.area == WORLD else (self.area,)
        return {Period.parse(text) for area in areas for text in self.log.periods(area)}

    def _known(self, periods: Iterable[Period]) -> tuple[Observation, ...]:
        """Return the values of those periods that have one."""
        found = (self.at(period) for period in periods)
        return tuple(figure for figure in found if figure is not None)

    def _derivations(self, period: Period) -> list[Derivation]:
        if period.frequency not in _DERIVABLE and self.area != WORLD:
            return []
        from defector_stats._store.derived import derivations

        return derivations(self.log, self.area, period, self.as_of)

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
        from defector_stats._model.provenance import Provenance

        keys = [*keys, *(source.key for figure in inputs for source in figure.sources)]
        told = [*caveats, *self._unseen(period), *(caveat for figure in inputs for caveat in figure.caveats)]
        own = tuple(dict.fromkeys(filter(None, told)))
        total, split = released
        return Provenance(
            status=status,
            released=total,
            split_released=None if split == total else split,
            sources=self.tables.cited(keys),
            note=" ".join(filter(None, [note, *own])),
            formula=formula,
            inputs=inputs,
            alternatives=self.tables.alternatives(self.measure, self.area, str(period), self.as_of),
            caveats=own,
        )

    def _inputs(self, derived: Derivation) -> tuple[Observation, ...]:
        return tuple(
            self.ledger.figures_on(self.measure, area, self.as_of).as_printed(Period.parse(text), step)
            for (_, area, text), step in zip(derived.terms, derived.steps, strict=True)
        )

    @property
    def _measure(self) -> Measure:
        return self.tables.measures[self.measure]

    def _unseen(self, period: Period) -> list[str]:
        """Return a sentence if the value was replaced on an unknown date around the day asked about."""
        if self.as_of is None:
            return []
        later = self.log.unseen_change(self.area, str(period), self.as_of)
        if later is None:
            return []
        from defector_stats._model.words import figure_for, printed

        step = self.log.steps(self.area, str(period), self.as_of)[-1]
        what = figure_for(period)
        if int(later[VALUE]) == step.value:
            what = f"split by sex of the {what}"
        return [_UNSEEN.format(what, printed(step.last_seen))]


def _shared_notes(figures: tuple[Observation, ...]) -> str:
    """Each note once, with the number of areas that carry it."""
    from collections import Counter

    notes = Counter(figure.note for figure in figures if figure.note)
    return " ".join(f"{note.removesuffix('.')} ({count} of {len(figures)} areas)." for note, count in notes.items())


def _other_split(step: Step) -> str:
    """Say with which split a total was published before."""
    from defector_stats._model.words import number, printed

    men, women = number(step.male or 0), number(step.female or 0)
    return f"The same total was published {printed(step.began)} with {men} men and {women} women."


def _ends_quarter(period: Period) -> bool:
    """Tell whether this is a running total that ends with a part of a year."""
    return period.first is None and not period.last.endswith("-12-31")


def _regular(frequency: str, years: Iterable[int]) -> list[Period]:
    """The periods of a frequency in some years."""
    return [Period.parse(form.format(year)) for year in sorted(years) for form in FORMS[frequency]]
