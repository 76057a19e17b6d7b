"""Whether a number was ever published for a period, and what became of it."""

from __future__ import annotations

import itertools

import attrs

from defector_stats._analysis.breakdown import tables_with_total
from defector_stats._analysis.series import series
from defector_stats._model.observation import SPLIT, count
from defector_stats._model.period import Period
from defector_stats._model.plain import plain
from defector_stats._model.vocabulary import SEXES
from defector_stats._model.words import (
    figure_for,
    join_words,
    number,
    period_name,
    publishers,
    release_phrase,
    with_preposition,
)
from defector_stats.errors import REASONS, NoDataError, NotComparableError, unknown_name_error

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

    from defector_stats._model.observation import Observation
    from defector_stats._model.period import PeriodLike
    from defector_stats._model.records import Alternative, Source
    from defector_stats._model.vocabulary import MatchKind, VerificationVerdict
    from defector_stats._store.figures import Figures
    from defector_stats._store.history import Step
    from defector_stats._store.ledger import Ledger


# In the order in which one verdict goes before another.
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
# The measure and the area that the tables of people are about.
_COUNTED = ("arrivals", "KOR")
_STRUCTURE = ("longer-period", "running-total", "part", "other-sex", "table-total")
_PEOPLE = {"total": "both sexes", "male": "men and boys", "female": "women and girls"}
# Round numbers are passed, not published.
_ROUND = 1000
# Small numbers are found in many places.
_MAX_MATCHES_TOLD = 3


@attrs.frozen(kw_only=True)
class Match:
    """One place where a number is found.

    Attributes:
        kind: What it is for the period in question: ``current``, ``superseded``, ``alternative`` (printed by others
            and not preferred), ``longer-period``, ``running-total``, ``part``, ``other-sex``, ``table-total``
            (the total of a table by age, occupation, province, education or residence), ``misprint``
            or ``other-period``.
        period: The period that it describes.
        sex: ``total``, ``male`` or ``female``.
        value: The number, in persons.
        is_current: Whether it is the current figure for that period and sex.
        released: The earliest publication found, as ISO text at the precision known.
        last_seen: The latest one; ``None`` for a value that is worked out, and where there is but one.
        sources: Where it was read.
        note: What else to know.
        tables: The dimensions of the tables whose total it is; empty for any other number.

    Examples:
        >>> from defector_stats import verify
        >>> match, *_ = verify(947, 1998).matches
        >>> match.kind, str(match.period), match.value
        ('running-total', '../1998', 947)
    """

    kind: MatchKind
    period: Period
    sex: str
    value: int
    is_current: bool
    released: str
    last_seen: str | None
    sources: tuple[Source, ...]
    note: str
    tables: tuple[str, ...] = ()

    def record(self) -> dict[str, Any]:
        """Return the answer as plain values, ready for JSON."""
        return plain(self, *attrs.fields_dict(Match))


@attrs.frozen(kw_only=True)
class Verification:
    """What is known about a number that somebody printed; ``str`` is the explanation.

    Attributes:
        value: The number in question.
        period: The period that it was printed for.
        sex: ``total``, ``male`` or ``female``.
        subject: What is counted, in words.
        kind: ``flow`` or ``stock``, as of the `Measure`.
        current: The current figure, or ``None`` if there is none.
        absence: Why there is none, in words; else empty.
        matches: Where the number is found, in the order of the verdicts, the nearest period first.
        reached: For a round number that no publication prints, the year in which the running total reached it;
            else ``None``.

    Examples:
        >>> from defector_stats import verify
        >>> verify(229, 2020).verdict, verify(2737, 2011).verdict, verify(216, 2024, sex="female").verdict
        ('current', 'superseded', 'misprint')
        >>> print(verify(947, 1998))
        947 is not the figure for arrivals in South Korea in 1998 but the running total to the end of 1998 ...
    """

    value: int
    period: Period
    sex: str
    subject: str
    kind: str
    current: Observation | None
    absence: str
    matches: tuple[Match, ...]
    reached: Period | None = None

    @property
    def verdict(self) -> VerificationVerdict:
        """``current``, ``superseded``, ``alternative``, ``misread``, ``misprint`` or ``unknown``.

        The first that holds: the current value; an earlier one; one that others printed and the log did not prefer;
        one for a longer period, a running total, a part of the period or the other sex; a known misprint;
        the value of another period; none of these.
        """
        return _VERDICTS[self.matches[0].kind] if self.matches else "unknown"

    @property
    def sources(self) -> tuple[Source, ...]:
        """Where the number, and the current figure, were read."""
        current = () if self.current is None else self.current.sources
        found = (source for match in self.matches for source in match.sources)
        return tuple(dict.fromkeys([*found, *current]))

    @property
    def explanation(self) -> str:
        """One or two sentences that name all that applies."""
        text, rest = self._first()
        if rest:
            text += f", and also {join_words([self._words(match) for match in rest], _MAX_MATCHES_TOLD)}"
        if self.verdict == "current":
            return f"{text}."
        milestone = ""
        if self.reached is not None:
            milestone = f" The running total reached {number(self.value)} {with_preposition(self.reached)}."
        return f"{text}. {self._now()}{milestone}"

    def record(self) -> dict[str, Any]:
        """Return the answer as plain values, ready for JSON.

        Returns:
            A new dictionary; sources are keys.
        """
        found = plain(self, "value", "period", "sex", "verdict", "explanation", "current", "matches", "reached")
        return found | plain(self, "sources")

    def __str__(self) -> str:
        return self.explanation

    def _first(self) -> tuple[str, list[Match]]:
        """Say what the number is above all, and return the matches that this leaves to be said."""
        value, about = number(self.value), self._about(self.sex)
        if not self.matches:
            return f"No publication known here prints {value} for {about}", []
        best, *rest = self.matches
        # That a number printed for this period is also that of another one says nothing.
        rest = [match for match in rest if match.kind != "other-period"]
        origin = publishers(best.sources)
        if best.kind == "current":
            return f"{value} is the current figure for {about}, {self._basis(best)} ({origin})", rest
        if best.kind == "superseded":
            return f"{value} was printed for {about} {_span(best)} ({origin})", rest
        if best.kind == "alternative":
            text = f"{value} was printed for {about} {release_phrase(best.released)} ({origin})"
            return f"{text}, but is not preferred: {best.note.removesuffix('.')}", rest
        if best.kind == "misprint":
            same = [match for match in self.matches if match.note == best.note]
            origin = publishers(source for match in same for source in match.sources)
            text = f"{value} was printed for {self._about(best.sex)} ({origin})"
            return f"{text}, but does not fit: {best.note.removesuffix('.')}", [
                match for match in rest if match not in same
            ]
        if best.kind == "other-period":
            words = join_words([self._words(match) for match in self.matches], _MAX_MATCHES_TOLD)
            return f"No publication known here prints {value} for {about}; it is {words}", []
        misread = [match for match in self.matches if match.kind in _STRUCTURE]
        words = join_words([self._words(match) for match in misread], _MAX_MATCHES_TOLD)
        unsure = self._right(self.sex) is None
        text = (
            f"{value} is not known as the figure for {about}; it is"
            if unsure
            else f"{value} is not the figure for {about} but"
        )
        return f"{text} {words}", [match for match in rest if match not in misread]

    def _words(self, match: Match) -> str:
        """Say what a number is, where it is not first of all that."""
        origin = publishers(match.sources)
        if match.kind == "superseded":
            return f"an earlier figure, printed {_span(match)} ({origin})"
        if match.kind == "alternative":
            return f"a figure printed {release_phrase(match.released)} ({origin}) that is not preferred"
        if match.kind == "misprint":
            return f"a misprint ({origin}: {match.note.removesuffix('.')})"
        if match.tables:
            return f"{self._table(match)} ({origin})"
        the = "the" if match.is_current else "an earlier"
        if match.sex != "total" or self.sex != "total":
            return f"{the} number of {_PEOPLE[match.sex]} {with_preposition(match.period, self.kind)} ({origin})"
        return f"{the} {figure_for(match.period, self.kind)} ({origin})"

    def _table(self, match: Match) -> str:
        """Say which tables a number is the total of, and whom they leave out."""
        people = "" if match.sex == "total" else f"{_PEOPLE[match.sex]} in "
        many = f"table{'s' if len(match.tables) > 1 else ''} by {join_words(match.tables)}"
        when_ = "to" if match.period.first is None else "at"
        what = "arrivals" if match.period.first is None else "residents"
        left_out = f", which leave{'s' if len(match.tables) == 1 else ''} out {match.note}" if match.note else ""
        return f"the total of {people}the {many} of {what} {when_} {period_name(match.period, 'stock')}{left_out}"

    def _basis(self, match: Match) -> str:
        """Say since when the current figure has been published, or how it was calculated."""
        current = self.current
        if current is not None and current.formula is not None and (current.is_derived or self.sex != "total"):
            return f"worked out as {current.formula.removeprefix(SPLIT)}"
        return f"in print since {period_name(Period.parse(match.released))}"

    def _about(self, sex: str) -> str:
        """Say what a number was published for."""
        people = "" if sex == "total" else f"{_PEOPLE[sex]} among "
        return f"{people}{self.subject} {with_preposition(self.period, self.kind)}"

    def _right(self, sex: str) -> int | None:
        """Return the current figure of a sex."""
        return None if self.current is None else _of(self.current, sex)

    def _now(self) -> str:
        if self.current is None:
            return f"There is no figure for that period: {self.absence}."
        # A misprint of one sex is put right by the figure of that sex.
        right = self._right(self.matches[0].sex if self.verdict == "misprint" else self.sex)
        if right is None:
            return f"No figure by sex is known; the total is {number(int(self.current))}."
        return f"The current figure is {number(right)}."


def verify(
    ledger: Ledger, value: object, period: PeriodLike, sex: object, measure: str, area: str | None
) -> Verification:
    """Look for a number among all figures of a measure and area; `Catalogue.verify` tells what is raised."""
    figures = ledger.figures(measure, area)
    asked = Period.parse(period)
    wanted = count(value)
    if not isinstance(sex, str) or sex not in SEXES:
        raise unknown_name_error("sex", sex, SEXES)
    current = figures.at(asked)
    order = list(_VERDICTS)
    matches = sorted(
        _matches(wanted, asked, current, sex, figures),
        key=lambda match: (order.index(match.kind), abs(match.period.end - asked.end), match.period),
    )
    subject = ledger.subject(figures.measure, figures.area)
    milestone = sex == "total" and not matches and wanted > 0 and wanted % _ROUND == 0
    return Verification(
        value=wanted,
        period=asked,
        sex=sex,
        subject=subject.words,
        kind=subject.kind,
        current=current,
        absence=REASONS[figures.knowledge(asked.frequency).reason(asked)] if current is None else "",
        matches=tuple(matches),
        reached=_reached(ledger, figures, wanted) if milestone else None,
    )


def _reached(ledger: Ledger, figures: Figures, value: int) -> Period | None:
    """Return the year in which the running total reached a number; ``None`` where that is not known."""
    try:
        return series(ledger, figures.measure, figures.area).crossing(value)
    except (NoDataError, NotComparableError):
        return None


def _matches(value: int, period: Period, current: Observation | None, sex: str, figures: Figures) -> Iterator[Match]:
    """Find all places where a number was published, in no order."""
    for match in _prints(value, period, current, sex, figures, "superseded"):
        yield attrs.evolve(match, kind="current") if match.is_current else match
    yield from _unpreferred(value, period, sex, figures)
    for other in SEXES:
        if other != sex:
            yield from _prints(value, period, current, other, figures, "other-sex")[:1]
    for figure in figures.everything:
        if figure.period != period:
            kind = _relation(figure.period, period)
            yield from _prints(value, figure.period, figure, sex, figures, kind)[:1]
    yield from _misprinted(value, period, figures)
    if (figures.measure, figures.area) == _COUNTED:
        yield from _tabled(value, period, sex, figures)


def _relation(other: Period, asked: Period) -> MatchKind:
    """Tell what the period of a figure is to the one in question."""
    if other.first is None:
        ends_inside = asked.first is not None and asked.first <= other.last <= asked.last
        return "running-total" if ends_inside else "other-period"
    if asked.within(other, other):
        return "longer-period"
    return "part" if other.within(asked, asked) else "other-period"


def _prints(
    value: int, period: Period, current: Observation | None, sex: str, figures: Figures, kind: MatchKind
) -> list[Match]:
    """Find where a number is the figure for a period and sex: the current one first, then earlier ones."""
    # Steps that follow each other and differ in another number only are one print of this one.
    runs = [
        list(run)
        for _, run in itertools.groupby(figures.log.steps(figures.area, str(period), None), lambda s: _of(s, sex))
    ]
    found: list[Match] = []
    if current is not None and _of(current, sex) == value:
        # The last step is the current figure, unless that was worked out.
        printed_so = not current.is_derived and _of(runs[-1][-1], sex) == value
        last_run = runs.pop() if printed_so else []
        last_seen = last_run[-1].last_seen if last_run else None
        released = current.released
        if sex != "total":
            released = (last_run[0] if last_run else current).split_released or released
        note = current.note if current.formula is None else f"{current.formula}. {current.note}".strip()
        found.append(_match(kind, period, sex, value, released, last_seen, current.sources, note, current=True))
    for run in reversed(runs):
        if _of(run[0], sex) == value:
            origin = figures.tables.cited(key for step in run for key in step.sources)
            first, last = run[0], run[-1]
            released = first.began if sex == "total" else first.split_released or first.began
            found.append(_match(kind, period, sex, value, released, last.last_seen, origin, last.note))
    return found


def _unpreferred(value: int, period: Period, sex: str, figures: Figures) -> Iterator[Match]:
    for other in figures.tables.alternatives(figures.measure, figures.area, str(period), None):
        if _of(other, sex) == value:
            yield _match("alternative", period, sex, value, other.released, None, other.sources, other.reason)


def _tabled(value: int, period: Period, sex: str, figures: Figures) -> Iterator[Match]:
    """Find the tables of people whose total a number is."""
    for table in tables_with_total(figures.tables, value, sex):
        day = table.period.last
        asked_for = day == period.last if period.first is None else period.first <= day <= period.last
        kind: MatchKind = "table-total" if asked_for else "other-period"
        origin = figures.tables.cited(table.sources)
        match = _match(kind, table.period, sex, value, table.released, None, origin, table.left_out)
        yield attrs.evolve(match, tables=tuple(table.dimensions))


def _misprinted(value: int, period: Period, figures: Figures) -> Iterator[Match]:
    for cells in figures.tables.about("misprints", figures.measure, figures.area, str(period)):
        if int(cells["printed"]) == value:
            origin = figures.tables.cited([cells["source"]])
            arithmetic = cells["arithmetic"]
            yield _match("misprint", period, cells["sex"], value, cells["released"], None, origin, arithmetic)


def _match(
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


def _of(figure: Observation | Step | Alternative, sex: str) -> int | None:
    """Return the number of a sex, or the total."""
    return {"total": figure.value, "male": figure.male, "female": figure.female}[sex]


def _span(match: Match) -> str:
    """Say when an earlier figure was published."""
    if match.last_seen is None or match.released.startswith(match.last_seen):
        return release_phrase(match.released)
    return f"from {period_name(Period.parse(match.released))} to {period_name(Period.parse(match.last_seen))}"
