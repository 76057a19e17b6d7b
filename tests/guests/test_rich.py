"""rich: what it shows instead of every field."""

import pytest
from things import things

import defector_stats as ds

pretty = pytest.importorskip("rich.pretty")

THINGS = things()


@pytest.mark.parametrize("name", THINGS)
def test_shown_in_short(name):
    shown = pretty.pretty_repr(THINGS[name], max_width=200)

    assert "\n" not in shown
    assert len(shown) <= 200


def test_shown_exactly():
    assert pretty.pretty_repr(ds.arrivals(2020)) == (
        "Observation(229, measure='arrivals', area='KOR', period='2020', status='normal')"
    )
    assert pretty.pretty_repr({"when": ds.Period.parse("2020-Q1")}) == "{'when': Period('2020-Q1')}"
    assert pretty.pretty_repr(ds.faq()) == "Faq('32 questions')"
