"""Values calculated on request from published ones, by a fixed list of sums and differences."""

from __future__ import annotations

from defector_stats._model.dates import sort_key
from defector_stats._model.provenance import weakest
from defector_stats._store.history import WORLD

TYPE_CHECKING = False
if TYPE_CHECKING:
    from defector_stats._model.period import Period
    from defector_stats._model.vocabulary import Status
    from defector_stats._store.history import Log, Step

    # A sign, an area and a period.
    SignedInput = tuple[int, str, str]

# The official table begins with two rows of several years; the second ends with this one.
_LAST_BUCKET_YEAR = 2001
_BUCKETS = [(1, "../1998"), (1, "1999/2001")]
# The sums from the start of a year to the end of a quarter; nine months may be published as one figure.
_YEAR_TO_DATE = {
    "-03-31": (("{}-Q1",),),
    "-06-30": (("{}-H1",), ("{}-Q1", "{}-Q2")),
    "-09-30": (("{0}-01/{0}-09",), ("{}-Q1", "{}-Q2", "{}-Q3")),
}


class Derivation:
    """One way to calculate a value.

    Args:
        inputs: The sign, the area and the period of each input.
        steps: The step of each input, in the same order.
    """

    __slots__ = ("inputs", "steps")

    def __init__(self, inputs: list[SignedInput], steps: list[Step]) -> None:
        self.inputs: list[SignedInput] = inputs
        self.steps: list[Step] = steps

    @property
    def value(self) -> int:
        """The signed sum of the inputs."""
        return sum(sign * step.value for (sign, _, _), step in zip(self.inputs, self.steps, strict=True))

    @property
    def split(self) -> tuple[int | None, int | None]:
        """The numbers of men and women; ``None`` for both if an input lacks them or a sum is negative."""
        male = female = 0
        for (sign, _, _), step in zip(self.inputs, self.steps, strict=True):
            if step.male is None or step.female is None:
                return None, None
            male += sign * step.male
            female += sign * step.female
        # Inputs of different vintages may be consistent in total but not by sex.
        return (male, female) if min(male, female) >= 0 else (None, None)

    @property
    def began(self) -> str:
        """The day since which all inputs have had their present numbers, splits included."""
        return max((step.began for step in self.steps), key=sort_key)

    @property
    def released(self) -> str:
        """The day by which the totals of all inputs had been published."""
        return max((step.released for step in self.steps), key=sort_key)

    @property
    def split_released(self) -> str | None:
        """The day by which the splits of all inputs had been published; ``None`` without a split."""
        if self.split == (None, None):
            return None
        return max((step.split_released for step in self.steps if step.split_released is not None), key=sort_key)

    @property
    def formula(self) -> str:
        """The inputs with their signs; a long sequence is shortened."""
        signs = {1: "+", -1: "−"}
        terms = [f"{signs[sign]} {label}" for (sign, _, _), label in zip(self.inputs, self._labels, strict=True)]
        if len(terms) > 4:  # noqa: PLR2004, two rows, the first year and the last are enough
            # Only years are all digits; the last one is kept, and so is a part of the next year after it.
            years = [index for index, (_, _, period) in enumerate(self.inputs) if period.isdigit()]
            terms[3 : max(years, default=-1)] = ["+ ..."]
        return " ".join(terms).removeprefix("+ ")

    @property
    def _labels(self) -> list[str]:
        """The periods of the inputs, or their areas if the periods are the same."""
        same_period = len({period for _, _, period in self.inputs}) == 1
        return [area if same_period else period for _, area, period in self.inputs]

    @property
    def mixed(self) -> str:
        """A warning if one input was revised after another was last published; otherwise empty."""
        last_seen = [sort_key(step.last_seen) for step in self.steps]
        oldest = min(last_seen)
        for revised, step in zip(self._labels, self.steps, strict=True):
            if step.previous is not None and sort_key(step.began) > oldest:
                other = next(i for i, day in enumerate(last_seen) if sort_key(step.began) > day)
                return f"{revised} was revised after {self._labels[other]} was last published."
        return ""

    @property
    def status(self) -> Status:
        """The weakest status among the inputs; ``low-reliability`` if one was revised after another was published."""
        return "low-reliability" if self.mixed else weakest(step.status for step in self.steps)


def derivations(log: Log, area: str, period: Period, as_of: str | None) -> list[Derivation]:
    """Return all ways to calculate a figure, the one that became possible last first.

    A half is its two quarters, or the year minus the other half.
    A quarter is the half minus the other quarter, nine months minus the half, or the year minus nine months.
    A running total to the end of a year from 2001 is ``../1998`` + ``1999/2001`` + the years since.
    A running total to the end of a quarter is that to the end of the year before
    + the half, the nine months or the quarters since.
    The world (``WLD``) is the sum of its areas.
    The inputs are published values as of the same day, never derived ones.

    Args:
        log: The published figures of the measure.
        area: The code of the area.
        period: The period to calculate.
        as_of: The last day of release that counts, as ISO text; ``None`` for all.
    """
    if area == WORLD:
        world = [(1, part, str(period)) for part in log.areas if log.step(part, str(period), as_of) is not None]
        ways = [world] if world else []
    else:
        ways = [[(sign, area, text) for sign, text in way] for way in _list_ways(period)]
    complete: list[Derivation] = []
    for inputs in ways:
        steps = [step for _, part, text in inputs if (step := log.step(part, text, as_of)) is not None]
        if len(steps) == len(inputs):
            complete.append(Derivation(inputs, steps))
    # A negative result comes from inputs of different vintages and is meaningless.
    possible = [way for way in complete if way.value >= 0]
    # The sort is stable, so ways that became possible on the same day keep their order.
    return sorted(possible, key=lambda way: sort_key(way.began), reverse=True)


def _list_ways(period: Period) -> list[list[tuple[int, str]]]:
    """Return the signs and periods of each way to calculate a period within one area."""
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
        # The first and the third quarter begin a half, the second and the fourth end one.
        other = number + 1 if number % 2 else number - 1
        ways = [[(1, f"{year}-H{half}"), (-1, f"{year}-Q{other}")]]
        nine_months = f"{year}-01/{year}-09"
        if number == 3:  # noqa: PLR2004, the third quarter
            ways.append([(1, nine_months), (-1, f"{year}-H1")])
        if number == 4:  # noqa: PLR2004, the fourth quarter
            ways.append([(1, f"{year}"), (-1, nine_months)])
        return ways
    return _list_ways_to_total(period) if period.start is None else []


def _list_ways_to_total(period: Period) -> list[list[tuple[int, str]]]:
    """Return the ways to calculate a running total to the end of a year or a quarter."""
    year, end = period.end.year, period.last[4:]
    if end == "-12-31":
        return _list_ways_to_year_end(year)
    # A published total for the end of last year makes it unnecessary to add up years.
    published = [(1, f"../{year - 1}")]
    return [
        [*before, *((1, part.format(year)) for part in parts)]
        for before in (published, *_list_ways_to_year_end(year - 1))
        for parts in _YEAR_TO_DATE.get(end, ())
    ]


def _list_ways_to_year_end(year: int) -> list[list[tuple[int, str]]]:
    """Return the only way to calculate a running total to the end of a year; empty before 2001."""
    if year < _LAST_BUCKET_YEAR:
        return []
    return [[*_BUCKETS, *((1, f"{later}") for later in range(_LAST_BUCKET_YEAR + 1, year + 1))]]
