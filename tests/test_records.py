"""Records that are made by hand."""

import pickle

import pytest

from defector_stats import DefectorStatsError, Estimate, InvalidValueError, Period, Provenance, arrivals, sources

CITED = Provenance(status="normal", released="1998", sources=sources()[:1])


def make(low=None, point=None, high=None):
    return Estimate(
        topic="in-china",
        low=low,
        point=point,
        high=high,
        unit="persons",
        reference=Period.parse(1998),
        organisation="Harbour Office",
        method="Invented for this test.",
        provenance=CITED,
    )


@pytest.mark.parametrize("values", [(1, 2, 3), (0, None, None), (None, None, 5), (2, 2, 2), (1, None, 3)], ids=repr)
def test_an_estimate_is_a_range_with_at_least_one_end(values):
    estimate = make(*values)

    assert (estimate.low, estimate.point, estimate.high) == values
    assert pickle.loads(pickle.dumps(estimate)) == estimate  # noqa: S301


@pytest.mark.parametrize(
    "values", [(None, None, None), (3, 2, None), (1, 3, 2), (-1, None, None), (1.0, None, None), (True, None, None)],
    ids=repr,
)  # fmt: skip
def test_an_estimate_in_disorder_is_refused(values):
    with pytest.raises(InvalidValueError) as caught:
        make(*values)

    assert caught.value.given == values
    assert isinstance(caught.value, DefectorStatsError)


def test_estimates_are_not_added_up():
    one = make(1, 2, 3)
    for add in (
        lambda: one + one,
        lambda: one + arrivals(2020),
        lambda: arrivals(2020) + one,
        lambda: one - 1,
        lambda: 1 - one,
        lambda: sum([one, one]),
    ):
        with pytest.raises(TypeError, match=r"an estimate is not a number.*\.low, \.point and \.high"):
            add()


def test_a_source_is_written_as_publisher_title_and_date():
    assert str(arrivals(2020).sources[0]) == (
        "Ministry of Unification, “Settlement Support for North Korean Defectors” (2024)"
    )
