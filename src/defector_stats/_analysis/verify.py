"""Verification of a number against every published value."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from typing import Any, ClassVar

import attrs

from defector_stats import _model as hints
from defector_stats._analysis.breakdown import tables_with_total
from defector_stats._model.observation import SPLIT, Observation, count
from defector_stats._model.period import Period
from defector_stats._model.plain import plain
from defector_stats._model.record import Record
from defector_stats._model.records import Alternative, Source
from defector_stats._model.vocabulary import SEXES, MatchKind, VerificationVerdict
from defector_stats._model.words import (
    figure_for,
    join_words,
    number,
    period_name,
    publishers,
    release_phrase,
    with_preposition,
)
from defector_stats._store.figures import Figures
from defector_stats._store.history import Step
from defector_stats._store.ledger import Ledger
from defector_stats.errors import REASONS, NoDataError, NotComparableError, unknown_name_error

# The verdict for each kind of match; a kind takes precedence over those below it.
_VERDICTS: dict[MatchKind, VerificationVerdict] = {
    "current": "current",
    "superseded": "superseded",
    "alternative": "alternative",
    "longer-period": "misread",
    "running-total": "misread",
    "part": "misread",
    "other-sex": "misread",
    "table-total": "misread",
    "misprint": "misprint",
    "other-period": "misread",
}
# The measure and the area of the breakdowns.
_SUBJECT_OF_TABLES = ("arrivals", "KOR")
# Kinds of matches in which a correct number is taken for another figure.
_MISREAD_KINDS = ("longer-period", "running-total", "part", "other-sex", "table-total")
_SEX_WORDS = {"total": "both sexes", "male": "men and boys", "female": "women and girls"}
# In persons: multiples of this may be milestones of the running total, which nobody publishes as such.
_MILESTONE_STEP = 1000
# Small numbers match many figures; a sentence names no more of them than this.
_MAX_MATCHES_NAMED = 3


@attrs.frozen(kw_only=True, repr=False)
class Match(Record):
    """A figure that matches the number in question.

    Examples:
        >>> from defector_stats import verify
        >>> match, *_ = verify(947, 1998).matches
        >>> match.kind, str(match.period), match.value
        ('running-total', '../1998', 947)
    """

    SHOWN: ClassVar[tuple[str, ...]] = ("kind", "period", "value")

    kind: MatchKind
    """The kind of the match.

    It may be the ``current`` figure, one that was ``superseded``, an ``alternative`` (published by others, but not
    used), the figure for a ``longer-period``, a ``running-total``, the figure for a ``part`` of the period, that
    for an ``other-sex``, a ``table-total`` (the total of a table by age, occupation, province, education or residence),
    a known ``misprint``, or the figure for an ``other-period``.
    """
    period: Period
    """The period that the figure describes."""
    sex: str
    """The people whom the figure counts, which is ``total`` (everyone), ``male`` or ``female``."""
    value: int
    """The number in question, in persons."""
    is_current: bool
    """Whether the number is the current figure for this period and sex."""
    released: str
    """The date on which the number was first published.

    This is the date of the earliest known publication, as ISO text to the precision known, such as ``2020-07``.
    """
    last_seen: str | None
    """The date on which the number was last published.

    This is the date of the latest known publication, as ISO text; ``None`` for a calculated value, and if only one
    publication is known.
    """
    sources: tuple[Source, ...]
    """The sources of the figure, each a `Source`."""
    note: str
    """A free-text note on the figure; empty if there is none."""
    tables: tuple[str, ...] = ()
    """The dimensions of the tables with this total; empty for any other figure."""


@attrs.frozen(kw_only=True, repr=False)
class Verification(Record):
    """The verdict on a number that somebody published; ``str`` returns the explanation.

    Examples:
        >>> from defector_stats import verify
        >>> verify(229, 2020).verdict, verify(2737, 2011).verdict, verify(216, 2024, sex="female").verdict
        ('current', 'superseded', 'misprint')
        >>> print(verify(947, 1998))
        947 is not the figure for arrivals in South Korea in 1998 but the running total to the end of 1998 ...
    """

    SHOWN: ClassVar[tuple[str, ...]] = ("value", "period", "verdict")

    value: int
    """The number in question, in persons."""
    period: Period
    """The period the number is claimed for."""
    sex: str
    """The people whom the number is claimed to count, which is ``total`` (everyone), ``male`` or ``female``."""
    subject: str
    """What the figures count, as part of a sentence, such as ``arrivals in South Korea``."""
    kind: str
    """Whether the figures count events in a period (``flow``) or people on a day (``stock``)."""
    current: Observation | None
    """The current figure for the period, an `Observation`; ``None`` if there is none."""
    absence: str
    """The reason why there is no current figure, in words; empty if there is one."""
    matches: tuple[Match, ...]
    """The figures that match the number, each a `Match`.

    The match that decides the verdict comes first; within a kind, the nearest period comes first.
    """
    reached: Period | None = None
    """The year in which the running total reached the number.

    It is ``None`` unless the number is round and was never published as a figure.
    """

    @property
    def verdict(self) -> VerificationVerdict:
        """The verdict, which is ``current``, ``superseded``, ``alternative``, ``misread``, ``misprint`` or ``unknown``.

        The first that applies decides: ``current`` for the current value; ``superseded`` for an earlier one;
        ``alternative`` for one that others published; ``misread`` for the figure of a longer period, a running total,
        a part of the period, the other sex or the total of a table; ``misprint`` for a known one;
        ``misread`` for the figure of another period; and ``unknown`` for any other number.
        """
        return _VERDICTS[self.matches[0].kind] if self.matches else "unknown"

    @property
    def sources(self) -> tuple[Source, ...]:
        """The sources of the number and of the current figure, each a `Source`."""
        current = () if self.current is None else self.current.sources
        of_matches = (source for match in self.matches for source in match.sources)
        return tuple(dict.fromkeys([*of_matches, *current]))

    @property
    def explanation(self) -> str:
        """The explanation of the verdict, in a few sentences."""
        text, rest = self._explain_best()
        if rest:
            text += f", and also {join_words([self._describe(match) for match in rest], _MAX_MATCHES_NAMED)}"
        if self.verdict == "current":
            return f"{text}."
        milestone = ""
        if self.reached is not None:
            milestone = f" The running total reached {number(self.value)} {with_preposition(self.reached)}."
        return f"{text}. {self._describe_current()}{milestone}"

    def record(self) -> dict[str, Any]:
        """Return the verification as plain values, ready for JSON.

        Returns:
            A new dictionary; sources are given by their keys.
        """
        answer = plain(self, "value", "period", "sex", "verdict", "explanation", "current", "matches", "reached")
        return answer | plain(self, "sources")

    def __str__(self) -> str:
        return self.explanation

    def _explain_best(self) -> tuple[str, list[Match]]:
        """Return a sentence on the best match, and the matches that it does not mention."""
        value, about = number(self.value), self._describe_question(self.sex)
        if not self.matches:
            return f"No publication on record gives {value} for {about}", []
        best, *rest = self.matches
        # If the number was published for this period, matches in other periods are coincidence.
        rest = [match for match in rest if match.kind != "other-period"]
        origin = publishers(best.sources)
        if best.kind == "current":
            return f"{value} is the current figure for {about}, {self._describe_basis(best)} ({origin})", rest
        if best.kind == "superseded":
            return f"{value} was published for {about} {_describe_dates(best)} ({origin})", rest
        if best.kind == "alternative":
            text = f"{value} was published for {about} {release_phrase(best.released)} ({origin})"
            return f"{text}, but is not used here: {best.note.removesuffix('.')}", rest
        if best.kind == "misprint":
            # A misprint that several papers copied is mentioned once.
            copies = [match for match in self.matches if match.note == best.note]
            origin = publishers(source for match in copies for source in match.sources)
            text = f"{value} was published for {self._describe_question(best.sex)} ({origin})"
            text += f", but does not fit: {best.note.removesuffix('.')}"
            return text, [match for match in rest if match not in copies]
        if best.kind == "other-period":
            words = join_words([self._describe(match) for match in self.matches], _MAX_MATCHES_NAMED)
            return f"No publication on record gives {value} for {about}; it is {words}", []
        misread = [match for match in self.matches if match.kind in _MISREAD_KINDS]
        words = join_words([self._describe(match) for match in misread], _MAX_MATCHES_NAMED)
        # Without a current figure, nobody can say that the number is wrong.
        unsure = self._current_value(self.sex) is None
        text = (
            f"{value} is not a known figure for {about}; it is"
            if unsure
            else f"{value} is not the figure for {about} but"
        )
        return f"{text} {words}", [match for match in rest if match not in misread]

    def _describe(self, match: Match) -> str:
        """Return the description of a match, as part of a sentence."""
        origin = publishers(match.sources)
        if match.kind == "superseded":
            return f"an earlier figure, published {_describe_dates(match)} ({origin})"
        if match.kind == "alternative":
            return f"a figure published {release_phrase(match.released)} ({origin}) that is not used here"
        if match.kind == "misprint":
            return f"a misprint ({origin}: {match.note.removesuffix('.')})"
        if match.tables:
            return f"{self._describe_tables(match)} ({origin})"
        article = "the" if match.is_current else "an earlier"
        if match.sex != "total" or self.sex != "total":
            return f"{article} number of {_SEX_WORDS[match.sex]} {with_preposition(match.period, self.kind)} ({origin})"
        return f"{article} {figure_for(match.period, self.kind)} ({origin})"

    def _describe_tables(self, match: Match) -> str:
        """Return the tables that have the number as their total, and whom they leave out, in words."""
        people = "" if match.sex == "total" else f"{_SEX_WORDS[match.sex]} in "
        tables = f"table{'s' if len(match.tables) > 1 else ''} by {join_words(match.tables)}"
        preposition = "to" if match.period.first is None else "at"
        counted = "arrivals" if match.period.first is None else "residents"
        left_out = f", which leave{'s' if len(match.tables) == 1 else ''} out {match.note}" if match.note else ""
        date = period_name(match.period, "stock")
        return f"the total of {people}the {tables} of {counted} {preposition} {date}{left_out}"

    def _describe_basis(self, match: Match) -> str:
        """Return since when the current figure has been published, or how it was calculated, in words."""
        current = self.current
        if current is not None and current.formula is not None and (current.is_derived or self.sex != "total"):
            return f"calculated as {current.formula.removeprefix(SPLIT)}"
        return f"published since {period_name(Period.parse(match.released))}"

    def _describe_question(self, sex: str) -> str:
        """Return the people, the place and the time that a number is about, in words."""
        people = "" if sex == "total" else f"{_SEX_WORDS[sex]} among "
        return f"{people}{self.subject} {with_preposition(self.period, self.kind)}"

    def _current_value(self, sex: str) -> int | None:
        """Return the current figure for a sex, or for both; ``None`` if there is none."""
        return None if self.current is None else _number_of(self.current, sex)

    def _describe_current(self) -> str:
        """Return a sentence with the current figure, or the reason why there is none."""
        if self.current is None:
            return f"There is no figure for that period: {self.absence}."
        # A misprint for one sex is corrected by the figure for that sex.
        current_value = self._current_value(self.matches[0].sex if self.verdict == "misprint" else self.sex)
        if current_value is None:
            return f"No figure by sex is known; the total is {number(int(self.current))}."
        return f"The current figure is {number(current_value)}."


def verify(
    ledger: Ledger, value: object, period: hints.PeriodLike, sex: object, measure: str, area: str | None
) -> Verification:
    """Check a number against all figures of a measure and area; see `Catalogue.verify` for the errors."""
    figures = ledger.figures(measure, area)
    asked = Period.parse(period)
    wanted = count(value)
    if not isinstance(sex, str) or sex not in SEXES:
        raise unknown_name_error("sex", sex, SEXES)
    current = figures.at(asked)
    order = list(_VERDICTS)
    matches = sorted(
        _find_matches(wanted, asked, current, sex, figures),
        key=lambda match: (order.index(match.kind), abs(match.period.end - asked.end), match.period),
    )
    subject = ledger.subject(figures.measure, figures.area)
    milestone = sex == "total" and not matches and wanted > 0 and wanted % _MILESTONE_STEP == 0
    return Verification(
        value=wanted,
        period=asked,
        sex=sex,
        subject=subject.words,
        kind=subject.kind,
        current=current,
        absence=REASONS[figures.knowledge(asked.frequency).reason(asked)] if current is None else "",
        matches=tuple(matches),
        reached=_find_milestone(ledger, figures, wanted) if milestone else None,
    )


def _find_milestone(ledger: Ledger, figures: Figures, value: int) -> Period | None:
    """Return the year in which the running total reached a number; ``None`` where that is not known."""
    from defector_stats._analysis.series import series

    try:
        return series(ledger, figures.measure, figures.area).crossing(value)
    except (NoDataError, NotComparableError):
        return None


def _find_matches(
    value: int, period: Period, current: Observation | None, sex: str, figures: Figures
) -> Iterator[Match]:
    """Yield all figures that match a number, in no particular order."""
    for match in _find_published(value, period, current, sex, figures, "superseded"):
        yield attrs.evolve(match, kind="current") if match.is_current else match
    yield from _find_alternatives(value, period, sex, figures)
    for other in SEXES:
        if other != sex:
            yield from _find_published(value, period, current, other, figures, "other-sex")[:1]
    for figure in figures.everything:
        if figure.period != period:
            kind = _relate(figure.period, period)
            yield from _find_published(value, figure.period, figure, sex, figures, kind)[:1]
    yield from _find_misprints(value, period, figures)
    if (figures.measure, figures.area) == _SUBJECT_OF_TABLES:
        yield from _find_tables(value, period, sex, figures)


def _relate(other: Period, asked: Period) -> MatchKind:
    """Return the kind of a match, from its period and the period in question."""
    if other.first is None:
        ends_inside = asked.first is not None and asked.first <= other.last <= asked.last
        return "running-total" if ends_inside else "other-period"
    if asked.within(other, other):
        return "longer-period"
    return "part" if other.within(asked, asked) else "other-period"


def _find_published(
    value: int, period: Period, current: Observation | None, sex: str, figures: Figures, kind: MatchKind
) -> list[Match]:
    """Return the matches among the figures for a period and sex: the current one first, then earlier ones."""
    # Consecutive steps with the same number for this sex count as one.
    steps = figures.log.steps(figures.area, str(period), None)
    runs = [list(run) for _, run in itertools.groupby(steps, lambda step: _number_of(step, sex))]
    matches: list[Match] = []
    if current is not None and _number_of(current, sex) == value:
        # The last step is the current figure, unless that was calculated.
        is_published = not current.is_derived and _number_of(runs[-1][-1], sex) == value
        last_run = runs.pop() if is_published else []
        last_seen = last_run[-1].last_seen if last_run else None
        released = current.released
        if sex != "total":
            released = (last_run[0] if last_run else current).split_released or released
        note = current.note if current.formula is None else f"{current.formula}. {current.note}".strip()
        matches.append(_build_match(kind, period, sex, value, released, last_seen, current.sources, note, current=True))
    # The others are earlier figures, the latest first.
    for run in reversed(runs):
        if _number_of(run[0], sex) == value:
            origin = figures.tables.cited(key for step in run for key in step.sources)
            first, last = run[0], run[-1]
            released = first.began if sex == "total" else first.split_released or first.began
            matches.append(_build_match(kind, period, sex, value, released, last.last_seen, origin, last.note))
    return matches


def _find_alternatives(value: int, period: Period, sex: str, figures: Figures) -> Iterator[Match]:
    """Yield the matches among other published values that are not used."""
    for other in figures.tables.alternatives(figures.measure, figures.area, str(period), None):
        if _number_of(other, sex) == value:
            yield _build_match("alternative", period, sex, value, other.released, None, other.sources, other.reason)


def _find_tables(value: int, period: Period, sex: str, figures: Figures) -> Iterator[Match]:
    """Yield the breakdowns that have the number as their total."""
    for table in tables_with_total(figures.tables, value, sex):
        day = table.period.last
        is_in_period = day == period.last if period.first is None else period.first <= day <= period.last
        kind: MatchKind = "table-total" if is_in_period else "other-period"
        origin = figures.tables.cited(table.sources)
        match = _build_match(kind, table.period, sex, value, table.released, None, origin, table.left_out)
        yield attrs.evolve(match, tables=tuple(table.dimensions))


def _find_misprints(value: int, period: Period, figures: Figures) -> Iterator[Match]:
    """Yield the known misprints with the number for a period."""
    for cells in figures.tables.about("misprints", figures.measure, figures.area, str(period)):
        if int(cells["printed"]) == value:
            origin = figures.tables.cited([cells["source"]])
            arithmetic = cells["arithmetic"]
            yield _build_match("misprint", period, cells["sex"], value, cells["released"], None, origin, arithmetic)


def _build_match(
    kind: MatchKind,
    period: Period,
    sex: str,
    value: int,
    released: str,
    last_seen: str | None,
    origin: tuple[Source, ...],
    note: str,
    *,
    current: bool = False,
) -> Match:
    return Match(
        kind=kind,
        period=period,
        sex=sex,
        value=value,
        is_current=current,
        released=released,
        last_seen=last_seen,
        sources=origin,
        note=note,
    )


def _number_of(figure: Observation | Step | Alternative, sex: str) -> int | None:
    """Return the number of people of one sex, or the total."""
    return {"total": figure.value, "male": figure.male, "female": figure.female}[sex]


def _describe_dates(match: Match) -> str:
    """Return the dates of the first and the last publication of an earlier figure, in words."""
    if match.last_seen is None or match.released.startswith(match.last_seen):
        return release_phrase(match.released)
    return f"from {period_name(Period.parse(match.released))} to {period_name(Period.parse(match.last_seen))}"
