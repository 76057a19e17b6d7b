"""The `Figures` of one measure in one area, as of a given day or now."""

from __future__ import annotations

import functools

from defector_stats._model.dates import sort_key
from defector_stats._model.observation import SPLIT, Observation
from defector_stats._model.period import Period
from defector_stats._store.history import VALUE, WORLD
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

# The periods of each frequency that end in a given year.
_FORMS: dict[str, tuple[str, ...]] = {
    "year": ("{:04}",),
    "half": ("{:04}-H1", "{:04}-H2"),
    "quarter": ("{:04}-Q1", "{:04}-Q2", "{:04}-Q3", "{:04}-Q4"),
    "month": tuple(f"{{:04}}-{month:02}" for month in range(1, 13)),
    "fiscal-year": ("FY{:04}",),
    "running-total": ("../{:04}",),
}
_DERIVABLE = ("half", "quarter", "running-total")
# From short to long: the frequencies that may contain a part of a year, or add up to a longer span.
_WHOLES = ("quarter", "half", "year")
# In years: no longer span gets a suggested sum.
_MAX_YEARS_SUMMED = 200
_UNSEEN_CHANGE = "The {} was last published {} and was changed later; the date of the change is not known."


class Figures:
    """The figures of one measure in one area, as of a given day or now; each is made once.

    Args:
        ledger: The ledger of the catalogue.
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
        self._by_period: dict[Period, Observation] = {}
        # The others by frequency.
        self._candidates: dict[str, list[Period]] = {}
        self._by_frequency: dict[str, tuple[Observation, ...]] = {}
        self._knowledge: dict[str, Knowledge] = {}

    def at(self, period: Period) -> Observation | None:
        """Return the published or the derived value of a period, whichever became known later.

        If both became known on the same day, the published value is used.
        A derived value equal to the published one confirms it, and supplies a missing split.

        Returns:
            The value, or ``None`` if there is none.
        """
        figure = self._by_period.get(period)
        if figure is None:
            figure = self._find(period)
            # Periods without a value are not kept, since there is no limit to their number.
            if figure is not None:
                self._by_period[period] = figure
        return figure

    def require(self, period: Period) -> Observation:
        """Return the value of a period.

        Raises:
            NoDataError: If there is no value.
        """
        figure = self.at(period)
        if figure is None:
            raise self.absent(period)
        return figure

    def _find(self, period: Period) -> Observation | None:
        step = self.log.step(self.area, str(period), self.as_of)
        # A published total at the end of a quarter is always used, as in the series of running totals.
        ways = [] if step is not None and _ends_within_year(period) else self._derive(period)
        # The first way is the one that became possible last.
        if step is None:
            return self._make_derived(period, ways[0]) if ways else None
        if ways and _replaces(ways[0], step):
            return self._make_derived(period, ways[0])
        if step.male is None:
            # Any way that gives the same total may supply the split.
            splits = (way for way in ways if way.value == step.value and way.split != (None, None))
            return self.make_published(period, step, next(splits, None))
        return self.make_published(period, step)

    def by(self, frequency: str) -> tuple[Observation, ...]:
        """Return the values of a frequency, in order of time."""
        if frequency not in self._by_frequency:
            self._by_frequency[frequency] = self._look_up(self._list_candidates(frequency))
        return self._by_frequency[frequency]

    def latest(self) -> Observation | None:
        """Return the value of the latest calendar year without looking up the earlier ones."""
        for period in reversed(self._list_candidates("year")):
            figure = self.at(period)
            if figure is not None:
                return figure
        return None

    def newest(self) -> Observation:
        """Return the value of the latest calendar year, which must exist.

        Raises:
            NoDataError: If no year has a value.
        """
        figure = self.latest()
        if figure is None:
            raise self.knowledge("year").nothing("", "")
        return figure

    @functools.cached_property
    def everything(self) -> tuple[Observation, ...]:
        """The values of all periods that have one, in order of time."""
        derivable = {period for frequency in _DERIVABLE for period in self._list_candidates(frequency)}
        return self._look_up(sorted(derivable | self._published_periods))

    @property
    def totals(self) -> tuple[tuple[str, int], ...]:
        """The running totals, each as a pair of its last day and the total, in order of time."""
        return tuple((figure.period.last, int(figure)) for figure in self.by("running-total"))

    def revisions(self, period: Period) -> tuple[Revision, ...]:
        """Return the successive published values of one period, oldest first."""
        from defector_stats._model.records import Revision

        return tuple(
            Revision(
                measure=self.measure,
                area=self.area,
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
        """Return the gaps that the data state, and the periods without a value between two with one.

        Args:
            frequency: The frequency of the periods.
            start: The first period to look at, even if no value is known before it.
            end: The last period to look at, even if no value is known after it.
        """
        from defector_stats._model.records import Gap

        periods = [figure.period for figure in self.by(frequency)]
        members = set(periods)
        stated = {
            gap.period: gap
            for gap in self.tables.gaps(self.measure, self.area)
            if gap.period.frequency == frequency and gap.period.within(start, end) and gap.period not in members
        }
        missing: list[Period] = []
        # Running totals have no first day, so none can be missing between two others.
        closed = [period for period in (start, end, *periods) if period is not None and period.first is not None]
        first: Period | None = start if start in closed else min(closed, default=None)
        last: Period | None = end or max(closed, default=None)
        if first is not None and first.start is not None and last is not None:
            regular = _list_regular(frequency, range(first.start.year, last.end.year + 1))
            missing = [period for period in regular if period not in members and period.within(first, last)]
        if not missing and not stated:
            return ()
        reason = self.knowledge(frequency).reason
        gaps = {period: Gap(period=period, reason=reason(period), note="") for period in missing}
        # A stated gap comes second, so that its note is kept.
        gaps |= {period: Gap(period=period, reason=reason(period), note=gap.note) for period, gap in stated.items()}
        return tuple(gaps[period] for period in sorted(gaps))

    def knowledge(self, frequency: str) -> Knowledge:
        """Return which periods of a frequency have a value, on the day asked about and now."""
        if frequency not in self._knowledge:
            self._knowledge[frequency] = self._make_knowledge(frequency)
        return self._knowledge[frequency]

    def _make_knowledge(self, frequency: str) -> Knowledge:
        from defector_stats._store.absence import Knowledge

        now = self.ledger.figures_on(self.measure, self.area, None)
        known, today = self.list_answerable(frequency), now.list_answerable(frequency)
        measure = self._measure
        suppressed = bool(measure.suppression) and frequency in measure.frequencies
        covered = today
        if suppressed:
            # A publisher that omits small numbers covers all areas in the same years,
            # so an area without a number in such a year is covered too.
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

    def list_answerable(self, frequency: str) -> list[Period]:
        """Return all periods of a frequency with a value, including those calculated only on request."""
        if frequency != "running-total":
            return [figure.period for figure in self.by(frequency)]
        # The series leaves out running totals to the end of a quarter that can only be calculated.
        years = {period.end.year for period in self._published_periods}
        ends = (Period.parse(f"../{year:04}-{month}") for year in years for month in ("03", "06", "09"))
        return [figure.period for figure in self._look_up(sorted({*self._list_candidates(frequency), *ends}))]

    def absent(self, period: Period, hint: str = "") -> NoDataError:
        """Return the error for a period without a value.

        Args:
            period: The period.
            hint: The hint if there is no better one.
        """
        knowledge = self.knowledge(period.frequency)
        reason = knowledge.reason(period)
        notes = [self._say_when_due(period), self._say_if_ended(period)] if reason == "after-coverage" else []
        notes.append(self._name_wholes(period))
        # Where no period of this kind has a value, the kinds that do are named.
        if not knowledge.known and not knowledge.later:
            notes.append(self._name_frequencies())
        elif knowledge.suppressed and reason in {"suppressed", "after-coverage"}:
            notes.append(f"Coverage: {self._measure.coverage}")
        return knowledge.error(period, " ".join(filter(None, notes)), self._suggest_sum(period) or hint)

    def _say_when_due(self, period: Period) -> str:
        """Return a sentence on when a figure is due; empty if the publisher's schedule is not known."""
        from defector_stats._model.words import period_name
        from defector_stats._store.absence import FAR, due

        day = due(self.tables.about("release-calendar", self.measure), period)
        known = self._list_candidates(period.frequency)
        if day is None or not known or day.year > known[-1].end.year + FAR:
            return ""
        # The date of the edition counts, not the clock: the same question always gets the same answer.
        passed = day.isoformat() < str(self.tables.descriptor.get("created", ""))[: len("2026-11-28")]
        verb, rest = ("was", ", but it is not in this edition") if passed else ("is", "")
        month = period_name(Period.parse(day.isoformat()[:7]), "stock")
        return f"On the publisher's usual schedule, the figure {verb} due by {month}{rest}."

    def _say_if_ended(self, period: Period) -> str:
        """Return a sentence if an active publisher no longer publishes this kind of period; otherwise empty."""
        still_publishes = bool(self.tables.about("release-calendar", self.measure))
        if not still_publishes or period.frequency not in {"month", "quarter"}:
            return ""
        from defector_stats._model.words import unit_name

        return f"Figures by {unit_name(period.frequency)} are no longer published."

    def _name_wholes(self, period: Period) -> str:
        """Return a sentence with the longer periods that contain this one and their values; empty if there are none."""
        wholes = [
            whole
            for frequency in _WHOLES
            for whole in _list_regular(frequency, [period.end.year])
            if period.within(whole, whole) and whole != period
        ]
        values = [f"{whole} ({figure:,})" for whole in wholes if (figure := self.at(whole)) is not None]
        if not values:
            return ""
        from defector_stats._model.words import join_words

        return f"It is part of {join_words(values)}."

    def _suggest_sum(self, period: Period) -> str:
        """Return a hint with the call that adds up the parts of a period; empty if they do not cover exactly that."""
        start = period.start
        # People counted on a day cannot be added up over time, and a running total has no parts.
        if start is None or self._measure.kind != "flow":
            return ""
        if period.end.year - start.year > _MAX_YEARS_SUMMED:
            return ""
        # The longest parts come first, for the shortest sum.
        for frequency in reversed(_WHOLES):
            regular = _list_regular(frequency, range(start.year, period.end.year + 1))
            parts = [part for part in regular if part.within(period, period)]
            fills = parts and (parts[0].first, parts[-1].last) == (period.first, period.last)
            has_series = frequency in self._measure.frequencies
            if fills and has_series and all(self.at(part) is not None for part in parts):
                bounds = f"frequency={frequency!r}, start={str(parts[0])!r}, end={str(parts[-1])!r}"
                as_of = "" if self.as_of is None else f", as_of={self.as_of!r}"
                call = f"series({self.measure!r}, area={self.area!r}, {bounds}{as_of}).total()"
                return f"For the sum of its {PLURALS[frequency]}, use {call}."
        return ""

    def _name_frequencies(self) -> str:
        """Return a sentence with the kinds of period that have a value; empty if none has."""
        from defector_stats._model.words import join_words, unit_name

        units = sorted(
            {unit_name(period.frequency) for period in self._published_periods if period.frequency != "span"}
        )
        return f"Figures exist by {join_words(units)}." if units else ""

    def _list_candidates(self, frequency: str) -> list[Period]:
        """Return the periods of a frequency that may have a value, in order of time."""
        if frequency not in self._candidates:
            candidates = {period for period in self._published_periods if period.frequency == frequency}
            if frequency in _DERIVABLE:
                # The inputs of a derivation end in the same year.
                years = {period.end.year for period in self._published_periods}
                candidates.update(_list_regular(frequency, years))
            # Running totals to the end of a quarter are calculated only on request.
            self._candidates[frequency] = sorted(
                period
                for period in candidates
                if not _ends_within_year(period) or self.log.step(self.area, str(period), self.as_of) is not None
            )
        return self._candidates[frequency]

    @functools.cached_property
    def _published_periods(self) -> set[Period]:
        """The periods with a published value in this area; for the world, in any area."""
        areas = self.log.areas if self.area == WORLD else (self.area,)
        return {Period.parse(text) for area in areas for text in self.log.periods(area)}

    def _look_up(self, periods: Iterable[Period]) -> tuple[Observation, ...]:
        """Return the values of those periods that have one."""
        figures = (self.at(period) for period in periods)
        return tuple(figure for figure in figures if figure is not None)

    def _derive(self, period: Period) -> list[Derivation]:
        if period.frequency not in _DERIVABLE and self.area != WORLD:
            return []
        from defector_stats._store.derived import derivations

        return derivations(self.log, self.area, period, self.as_of)

    def make_published(self, period: Period, step: Step, split: Derivation | None = None) -> Observation:
        """Return a published total.

        Args:
            period: The period.
            step: What was published for it.
            split: The way to calculate the split by sex; ``None`` for the split that was published, if any.
        """

        # Called only when the provenance is read.
        def provenance() -> Provenance:
            inputs = () if split is None else self._make_inputs(split)
            formula = None if split is None else f"{SPLIT}{split.formula}"
            released = step.released, (step if split is None else split).split_released
            keys, note = step.sources, step.note
            earlier = step.same_total
            while earlier is not None:  # finds the first publication of the total
                keys, note = [*keys, *earlier.sources], f"{note} {_describe_split(earlier)}".strip()
                earlier = earlier.same_total
            return self._make_provenance(period, step.status, released, keys, note, [], formula, inputs)

        male, female = (step.male, step.female) if split is None else split.split
        return self._make_observation(period, step.value, male, female, provenance)

    def _make_derived(self, period: Period, derivation: Derivation) -> Observation:
        """Return a value that is calculated from others."""

        def provenance() -> Provenance:
            inputs = self._make_inputs(derivation)
            # A sum for the world has dozens of inputs, so their notes are combined.
            note = _count_notes(inputs) if self.area == WORLD else ""
            released = derivation.released, derivation.split_released
            return self._make_provenance(
                period, derivation.status, released, [], note, [derivation.mixed], derivation.formula, inputs
            )

        return self._make_observation(period, derivation.value, *derivation.split, provenance)

    def _make_observation(
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

    def _make_provenance(
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
        inherited = (caveat for figure in inputs for caveat in figure.caveats)
        unseen = self._warn_of_unseen_change(period)
        unique = tuple(dict.fromkeys(filter(None, [*caveats, unseen, *inherited])))
        total, split = released
        return Provenance(
            status=status,
            released=total,
            split_released=None if split == total else split,
            sources=self.tables.cited(keys),
            note=" ".join(filter(None, [note, *unique])),
            formula=formula,
            inputs=inputs,
            alternatives=self.tables.alternatives(self.measure, self.area, str(period), self.as_of),
            caveats=unique,
        )

    def _make_inputs(self, derivation: Derivation) -> tuple[Observation, ...]:
        return tuple(
            self.ledger.figures_on(self.measure, area, self.as_of).make_published(Period.parse(text), step)
            for (_, area, text), step in zip(derivation.inputs, derivation.steps, strict=True)
        )

    @property
    def _measure(self) -> Measure:
        return self.tables.measures[self.measure]

    def _warn_of_unseen_change(self, period: Period) -> str:
        """Return a caveat if the value may have been replaced by the day asked about; otherwise empty."""
        if self.as_of is None:
            return ""
        later = self.log.unseen_change(self.area, str(period), self.as_of)
        if later is None:
            return ""
        from defector_stats._model.words import figure_for, release_phrase

        step = self.log.steps(self.area, str(period), self.as_of)[-1]
        what = figure_for(period)
        # The rows differ, so with the same total it is the split that was replaced.
        if int(later[VALUE]) == step.value:
            what = f"split by sex of the {what}"
        return _UNSEEN_CHANGE.format(what, release_phrase(step.last_seen))


def _count_notes(figures: tuple[Observation, ...]) -> str:
    """Return the notes of areas without repeats, each with the number of areas that have it."""
    from collections import Counter

    notes = Counter(figure.note for figure in figures if figure.note)
    return " ".join(f"{note.removesuffix('.')} ({count} of {len(figures)} areas)." for note, count in notes.items())


def _describe_split(step: Step) -> str:
    """Return a sentence on the earlier split by sex of a total."""
    from defector_stats._model.words import number, release_phrase

    men, women = number(step.male or 0), number(step.female or 0)
    return f"The same total was published {release_phrase(step.began)} with {men} men and {women} women."


def _replaces(way: Derivation, step: Step) -> bool:
    """Return whether a calculated value differs from the published one and became known later."""
    if way.value != step.value:
        # A new split of an input does not change the total.
        return sort_key(way.released) > sort_key(step.released)
    return not step.agrees(way.value, *way.split) and sort_key(way.began) > sort_key(step.began)


def _ends_within_year(period: Period) -> bool:
    """Return whether a period is a running total to a day before the end of a year."""
    return period.first is None and not period.last.endswith("-12-31")


def _list_regular(frequency: str, years: Iterable[int]) -> list[Period]:
    """Return the periods of a frequency that end in some years, in order of time."""
    return [Period.parse(form.format(year)) for year in sorted(years) for form in _FORMS[frequency]]
