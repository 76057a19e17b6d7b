"""What type checkers must accept and infer; nobody runs this file."""

import datetime as dt
from fractions import Fraction
from typing import Literal, assert_type

from defector_stats import (
    Catalogue,
    NoDataError,
    Observation,
    Period,
    Revision,
    Source,
    TimeSeries,
    arrivals,
    observation,
    revisions,
    series,
)

other: str = input()

assert_type(arrivals(2020), Observation)
assert_type(arrivals("2020-Q2", as_of="2021-01-01"), Observation)
assert_type(arrivals(Period.parse(2020), as_of=dt.date(2021, 1, 1)), Observation)
assert_type(arrivals(1800, default=None), Observation | None)
assert_type(arrivals(1800, default=other), Observation | str)
assert_type(observation("arrivals", 2020, area="KOR"), Observation)
assert_type(observation("arrivals", 2020, default=None), Observation | None)
assert_type(arrivals(2020) + 1, int)
assert_type(arrivals(2020).female, int | None)
assert_type(arrivals(2020).female_share, Fraction | None)
assert_type(arrivals(2020).status, Literal["normal", "provisional", "low-reliability"])
assert_type(arrivals(2020).sources, tuple[Source, ...])
assert_type(arrivals(2020).period.start, dt.date | None)
assert_type(series(start=2020), TimeSeries)
assert_type(series()[0], Observation)
assert_type(series()[:2], tuple[Observation, ...])
assert_type(revisions(2009), tuple[Revision, ...])
assert_type(Catalogue.bundled().arrivals(2020), Observation)


def read(error: NoDataError) -> Period | None:
    """Errors have typed fields."""
    return error.nearest
