"""What type checkers must accept and infer; nobody runs this file."""

import datetime as dt
from typing import Literal, assert_type

from defector_stats import (
    About,
    Breakdown,
    BreakdownRow,
    Catalogue,
    Claim,
    Claims,
    Comparison,
    Context,
    Derived,
    Destination,
    Destinations,
    Estimate,
    Estimates,
    Faq,
    FaqEntry,
    Fraction,
    Glossary,
    Indicator,
    Indicators,
    Match,
    NoDataError,
    Observation,
    Period,
    Revision,
    Revisions,
    Source,
    Term,
    TimeSeries,
    Verification,
    about,
    arrivals,
    breakdown,
    claims,
    compare,
    context,
    destinations,
    estimates,
    faq,
    faq_entry,
    glossary,
    indicators,
    observation,
    revisions,
    search_faq,
    series,
    verify,
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
assert_type(arrivals(2020).period.year, int | None)
assert_type(series(start=2020), TimeSeries)
assert_type(series()[0], Observation)
assert_type(series()[:2], TimeSeries)
assert_type(revisions(2009), Revisions)
assert_type(revisions(2009)[0], Revision)
assert_type(Catalogue.bundled().arrivals(2020), Observation)
assert_type(series().peak(), Observation)
assert_type(series().total(), Observation)
assert_type(series().mean(), Derived)
assert_type(series().mean().value, Fraction)
assert_type(series().changes(), tuple[Comparison, ...])
assert_type(series().rank(2009), int)
assert_type(series().is_increasing(), bool)
assert_type(series().crossing(10_000), Period)
assert_type(compare(2019, "2020"), Comparison)
assert_type(compare(arrivals(2019), arrivals(2020)).percent, Fraction | None)
assert_type(compare(2019, 2020).direction, Literal["up", "down", "unchanged"])
assert_type(context(2019), Context)
assert_type(about(2019), About)
assert_type(context(2019).lowest_since, Period | None)
assert_type(context(2019).previous, Comparison | None)
assert_type(verify(229, 2020), Verification)
assert_type(
    verify(229, 2020).verdict,
    Literal["current", "superseded", "alternative", "misread", "misprint", "unknown"],
)
assert_type(verify(229, 2020).matches, tuple[Match, ...])
assert_type(estimates("in-china", during=1998), Estimates)
assert_type(estimates()[0], Estimate)
assert_type(estimates()[:2], Estimates)
assert_type(indicators("work", during=2025), Indicators)
assert_type(indicators()[0], Indicator)
assert_type(indicators()[0].value, Fraction)
assert_type(indicators()[0].sample_size, int | None)
assert_type(breakdown("age", "../2022-12"), Breakdown)
assert_type(breakdown("age").rows[0], BreakdownRow)
assert_type(breakdown("age").rows[0].share, Fraction)
assert_type(destinations(2016), Destinations)
assert_type(destinations(2016)[0], Destination)
assert_type(faq("returns"), Faq)
assert_type(faq_entry("how-many"), FaqEntry)
assert_type(search_faq("cost")[0], FaqEntry)
assert_type(claims(), Claims)
assert_type(claims()[0], Claim)
assert_type(claims()[0].verdict, Literal["supported", "contradicted", "needs-nuance"])
assert_type(glossary(), Glossary)
assert_type(glossary()[0], Term)


def read(error: NoDataError) -> Period | None:
    """Errors have typed fields."""
    return error.nearest
