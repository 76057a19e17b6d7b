"""Hypothesis: examples made from our types, with nothing to register."""

from hypothesis import given
from hypothesis import strategies as st

from defector_stats import Period, Source


@given(st.from_type(Period))
def test_from_type_of_period(period):
    assert Period.parse(str(period)) == period
    assert period.first is None or period.first <= period.last


@given(st.from_type(Source))
def test_from_type_of_source(source):
    assert source.record()["title"] == source.title
