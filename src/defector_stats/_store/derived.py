"""The closed list of values that are worked out when asked, and never stored.

A half is its two quarters, or the year less the other half.
A quarter is the half less the other quarter, nine months less the half, or the year less nine months.
A running total at a year's end from 2001 is ``../1998`` + ``1999/2001`` + the years since;
one at the end of a quarter, for which nothing was published, is that of the year before
+ the half, the nine months or the quarters since.
The world (``WLD``) is the sum of its areas.
The inputs are published values as of the same day, never derived ones.
"""

from __future__ import annotations

from defector_stats._model.dates import sort_key
from defector_stats._model.provenance import weakest
from defector_stats._model.vocabulary import WORLD

TYPE_CHECKING = False
if TYPE_CHECKING:
    from defector_stats._model.period import Period
    from defector_stats._model.vocabulary import Status
    from defector_stats._store.history import Log, Step

    Term = tuple[int, str, str]

# The last year inside the multi-year rows of the official table.
_LAST_BUCKET = 2001
_BUCKETS = [(1, "../1998"), (1, "1999/2001")]
# What a year has brought by the end of a quarter.
_SINCE = {
    "-03-31": (("{}-Q1",),),
    "-06-30": (("{}-H1",), ("{}-Q1", "{}-Q2")),
    "-09-30": (("{0}-01/{0}-09",), ("{}-Q1", "{}-Q2", "{}-Q3")),
}


class Derivation:
    """One way to work out a value: signed areas and periods, with the published steps that go into it."""

    __slots__ = ("steps", "terms")

    def __init__(self, terms: list[Term], steps: list[Step]) -> None:
        self.terms: list[Term] = terms
        self.steps: list[Step] = steps

    @property
    def value(self) -> int:
        """The signed sum of the inputs."""
        return sum(sign * step.value for (sign, _, _), step in zip(self.terms, self.steps, strict=True))

    @property
    def split(self) -> tuple[int | None, int | None]:
        """Men and women, if each input has both and neither sum is negative."""
        male = female = 0
        for (sign, _, _), step in zip(self.terms, self.steps, strict=True):
            if step.male is None or step.female is None:
                return None, None
            male += sign * step.male
            female += sign * step.female
        return (male, female) if min(male, female) >= 0 else (None, None)

    @property
    def began(self) -> str:
        """The latest day among those on which the inputs, as they are, were first published."""
        return max((step.began for step in self.steps), key=sort_key)

    @property
    def released(self) -> str:
        """The latest release among the totals of the inputs."""
        return max((step.released for step in self.steps), key=sort_key)

    @property
    def split_released(self) -> str | None:
        """The latest release among the splits of the inputs; ``None`` where one has none."""
        found = [step.split_released for step in self.steps if step.split_released is not None]
        return max(found, key=sort_key) if len(found) == len(self.steps) else None

    @property
    def formula(self) -> str:
        """The terms, with a long run of years shortened."""
        signs = {1: "+", -1: "−"}
        words = [f"{signs[sign]} {label}" for (sign, _, _), label in zip(self.terms, self._labels, strict=True)]
        if len(words) > 4:  # noqa: PLR2004, two rows, the first year and the last say it all
            years = [place for place, (_, _, period) in enumerate(self.terms) if period.isdigit()]
            words[3 : max(years, default=-1)] = ["+ ..."]
        return " ".join(words).removeprefix("+ ")

    @property
    def _labels(self) -> list[str]:
        """What tells the terms apart: their periods, or their areas."""
        same_period = len({period for _, _, period in self.terms}) == 1
        return [area if same_period else period for _, area, period in self.terms]

    @property
    def mixed(self) -> str:
        """How vintages are mixed: one input was revised after another was last printed. Else empty."""
        for revised, step in zip(self._labels, self.steps, strict=True):
            for other, older in zip(self._labels, self.steps, strict=True):
                if step.revised and sort_key(step.began) > sort_key(older.last_seen):
                    return f"{revised} was revised after {other} was last printed."
        return ""

    @property
    def status(self) -> Status:
        """The weakest of the inputs; ``low-reliability`` where vintages are mixed."""
        return "low-reliability" if self.mixed else weakest(step.status for step in self.steps)


def derivations(log: Log, area: str, period: Period, as_of: str | None) -> list[Derivation]:
    """Return all ways to work out a figure: the one known latest first, then in the order of the list.

    Args:
        log: The published figures of the measure.
        area: The area asked for.
        period: The period asked for.
        as_of: The day asked about, as ISO text; ``None`` for now.
    """
    if area == WORLD:
        world = [(1, part, str(period)) for part in log.areas if log.step(part, str(period), as_of) is not None]
        ways = [world] if world else []
    else:
        ways = [[(sign, area, text) for sign, text in way] for way in _ways(period)]
    found: list[Derivation] = []
    for terms in ways:
        steps = [step for _, part, text in terms if (step := log.step(part, text, as_of)) is not None]
        if len(steps) == len(terms):
            found.append(Derivation(terms, steps))
    # A negative result comes from inputs of different vintages and describes nothing.
    possible = [way for way in found if way.value >= 0]
    return sorted(possible, key=lambda way: sort_key(way.began), reverse=True)


def _ways(period: Period) -> list[list[tuple[int, str]]]:
    year = period.end.year
    if period.frequency == "half":
        number = period.end.month // 6
        return [
            [(1, f"{year}-Q{number * 2 - 1}"), (1, f"{year}-Q{number * 2}")],
            [(1, f"{year}"), (-1, f"{year}-H{3 - number}")],
        ]
    if period.frequency == "quarter":
        number = period.end.month // 3
        half = (number + 1) // 2
        other = number + 1 if number % 2 else number - 1
        ways = [[(1, f"{year}-H{half}"), (-1, f"{year}-Q{other}")]]
        nine_months = f"{year}-01/{year}-09"
        if number == 3:  # noqa: PLR2004, the third quarter
            ways.append([(1, nine_months), (-1, f"{year}-H1")])
        if number == 4:  # noqa: PLR2004, the fourth quarter
            ways.append([(1, f"{year}"), (-1, nine_months)])
        return ways
    return _running_total(period) if period.start is None else []


def _running_total(period: Period) -> list[list[tuple[int, str]]]:
    """List the ways to a running total at the end of a year or a quarter."""
    year, end = period.end.year, period.last[4:]
    if end == "-12-31":
        return _year_ends(year)
    since = _SINCE.get(end, ())
    published = [(1, f"../{year - 1}")]
    return [
        [*before, *((1, part.format(year)) for part in parts)]
        for before in (published, *_year_ends(year - 1))
        for parts in since
    ]


def _year_ends(year: int) -> list[list[tuple[int, str]]]:
    if year < _LAST_BUCKET:
        return []
    return [[*_BUCKETS, *((1, f"{number}") for number in range(_LAST_BUCKET + 1, year + 1))]]
