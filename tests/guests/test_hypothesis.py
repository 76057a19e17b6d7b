"""Hypothesis: examples made from our types, with nothing to register."""

from importlib.metadata import entry_points

import pytest
from hypothesis import find, given, settings
from hypothesis import strategies as st

from defector_stats import Period, Source


@given(st.from_type(Period))
def test_from_type_of_period(period):
    assert Period.parse(str(period)) == period
    assert period.first is None or period.first <= period.last


@pytest.mark.parametrize(
    ("written", "frequency"),
    [("2020", "year"), ("2020-H1", "half"), ("2020-Q3", "quarter"), ("2020-07", "month"), ("FY2020", "fiscal-year"),
     ("../2020", "running-total"), ("2020-02-03/2021-05-06", "span"), ("2020-02-03", "day")],
)  # fmt: skip
def test_from_type_of_each_kind_of_period(written, frequency):
    """Every kind of period comes up that the library reads, once Hypothesis has loaded what we register."""
    (entry,) = (entry for entry in entry_points(group="hypothesis") if entry.module.startswith("defector_stats"))
    entry.load()()
    enough = settings(settings.get_profile("default"), max_examples=1_000)

    found = find(st.from_type(Period), lambda period: period.frequency == frequency, settings=enough)

    assert Period.parse(written).frequency == found.frequency == frequency


@given(st.from_type(Source))
def test_from_type_of_source(source):
    assert source.record()["title"] == source.title
