"""Comparisons: exact numbers, caveats from the figures, and what may not be compared."""

import pickle
from fractions import Fraction

import attrs
import pytest

from defector_stats import (
    Break,
    Estimate,
    InvalidPeriodError,
    InvalidPeriodTypeError,
    NoDataError,
    NotComparableError,
    Observation,
    Period,
    UnknownNameError,
    arrivals,
    compare,
    series,
)
from defector_stats._analysis.compare import breaks_between


def test_compare_numbers_are_exact():
    change = compare(2019, 2020)

    assert change.difference == -818
    assert change.ratio == Fraction(229, 1047)
    assert change.percent == Fraction(-81800, 1047)
    assert round(float(change.percent), 1) == -78.1
    assert (change.direction, change.formula) == ("down", "2020 − 2019")
    assert [int(figure) for figure in change.inputs] == [1047, 229]
    assert {source.key for source in change.sources} == {
        source.key for year in (2019, 2020) for source in arrivals(year).sources
    }
    assert type(change.difference) is int


def test_compare_directions():
    assert compare(2020, 2019).direction == "up"
    assert compare(2019, 2020).direction == "down"
    assert compare(1992, 1993).direction == "unchanged"
    assert (compare(1992, 1993).percent, compare(1992, 1993).ratio) == (0, 1)


def test_compare_from_zero_has_no_percent(invented):
    change = invented.compare(2010, 2011, measure="crossings", area="KOR")

    assert (change.difference, change.direction) == (5, "up")
    assert (change.percent, change.ratio) == (None, None)
    assert str(change) == (
        "Crossings to South Korea rose from 0 in 2010 to 5 in 2011: 5 more; from zero there is no percentage."
    )
    assert change.caveats == ()
    assert change.record()["percent"] is change.record()["ratio"] is None


def test_compare_two_observations():
    then, now = arrivals(2025, as_of="2026-01-25"), arrivals(2025)

    assert compare(then, now).difference == -1
    assert compare(then, now).inputs == (then, now)
    assert compare(arrivals("2019-H1"), arrivals("2020-H1")).difference == 147 - 549
    assert compare(series(start=2020, end=2022).total(), arrivals("1999/2001")).difference == 1043 - 359


def test_compare_as_of():
    change = compare(2024, 2025, as_of="2026-01-25")

    assert [int(figure) for figure in change.inputs] == [236, 224]
    provisional, changed = change.caveats
    assert provisional == "The figure for 2025 is provisional."
    assert changed == (
        "The figure for 2025 was last published on 20 January 2026 and was changed later; "
        "the date of the change is not known."
    )


def test_compare_caveats_of_figures():
    assert compare(2019, 2020).caveats == ()
    assert compare(2024, 2025).caveats == ("The figure for 2025 is provisional.",)
    assert compare("2024-H2", "2025-H2").caveats == (
        "The figure for the second half of 2025 is of low reliability.",
        "2025 was revised after 2025-H1 was last published.",
    )
    first, second, third = compare(1992, 1993).caveats
    assert first.startswith("The figure for 1992 is of low reliability. A table in an encyclopedia")
    assert second.startswith("The figure for 1993 is of low reliability. ")
    assert third == "The base is small (8): each person is 12.5% of it."


def test_compare_small_figure_threshold(invented):
    """A figure of exactly a hundred is not small."""
    small = [
        bool(invented.compare(a, 2017, measure="crossings", area="KOR").caveats[1:]) for a in (2012, 2013, 2014, 2016)
    ]

    assert small == [True, False, False, False]
    assert invented.compare(2016, 2017, measure="crossings", area="KOR").caveats == ()


BREAK = "A new form was phased in. A difference across 2014 to 2016 may show method, not movement."


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        (2011, 2013, 0),
        (2013, 2014, 1),
        (2014, 2013, 1),
        (2014, 2015, 1),
        (2015, 2016, 1),
        (2016, 2017, 0),
        (2013, 2017, 1),
    ],
)
def test_compare_across_break_is_caveat(invented, before, after, expected):
    change = invented.compare(before, after, measure="crossings", area="KOR")

    assert [caveat for caveat in change.caveats if "method" in caveat] == [BREAK] * expected
    other = invented.compare(2012, 2013, measure="crossings", area="USA")
    assert not [caveat for caveat in other.caveats if "method" in caveat]
    totals = invented.compare("../2010", "../2013", measure="crossings", area="USA")
    assert totals.caveats == ("Children are counted too. A difference across 2012 may show method, not movement.",)


def figure(period):
    """An invented figure for a period."""
    return Observation(
        value=1, measure="arrivals", area="KOR", period=Period.parse(period), provenance=arrivals(2020).provenance
    )


@pytest.mark.parametrize(
    ("changed", "before", "after", "crossed"),
    [
        ("2012-03-01", "2012-02-29", "2012-03-01", True),
        ("2012-03-01", "2012-02-28", "2012-02-29", False),
        ("2012-03-01", "2012-03-01", "2012-03-02", False),
        ("../2012", 2011, 2012, True),
        ("../2012", 2012, 2013, False),
    ],
)
def test_compare_break_from_first_day(changed, before, after, crossed):
    change = Break(area="KOR", period=Period.parse(changed), note="", sources=())
    measure = attrs.evolve(series().measure, breaks=(change,))

    assert bool(breaks_between(measure, figure(before), figure(after))) == crossed


def test_measure_lists_breaks(invented):
    crossings, tickets, _ = invented.measures()

    assert [str(each) for each in crossings.breaks] == [
        "USA, 2012: Children are counted too.",
        "KOR, 2014/2016: A new form was phased in.",
    ]
    assert [source.key for source in crossings.breaks[0].sources] == ["s"]
    assert tickets.breaks == ()


def test_compare_two_areas(invented):
    left = invented.observation("crossings", 2011, area="KOR")
    right = invented.observation("crossings", 2013, area="USA")

    assert str(invented.compare(left, right)) == (
        "Crossings to the United States numbered 11 in 2013, "
        "against 5 crossings to South Korea in 2011: 6 more (+120%), more than twice as many."
    )


def test_compare_stock_names_day(invented):
    change = invented.compare(2010, 2011, measure="guests")

    assert str(change) == (
        "Guests in South Korea fell from 50 at the end of 2010 to 40 at the end of 2011: 10 fewer (−20%)."
    )
    assert change.kind == "stock"


def test_compare_small_base(invented):
    change = invented.compare(
        invented.observation("crossings", "2012-03-01", area="USA"),
        invented.observation("crossings", "2012-03-01", area="USA"),
    )
    assert change.caveats[-1] == "The base is small (1): each person is 100% of it."
    assert str(compare("../2001", "../2002")).startswith(
        "Arrivals in South Korea rose from 1,990 by the end of 2001 to "
    )
    risen = compare(arrivals(2025), arrivals(2025, as_of="2026-01-25"))
    assert str(risen).endswith("; 1 more (+0.4%).")


def test_compare_weak_figure_caveats():
    given = arrivals(2020).provenance
    weak = attrs.evolve(
        given, status="low-reliability", note="Seen once. Changed. Late.", caveats=("Changed.", "Late.")
    )
    figure = Observation(value=229, measure="arrivals", area="KOR", period=Period.parse(2020), provenance=weak)

    assert compare(arrivals(2019), figure).caveats == (
        "The figure for 2020 is of low reliability. Seen once.",
        "Changed.",
        "Late.",
    )


def test_provisional_stock_names_day(invented):
    row = {"measure": "guests", "area": "KOR", "period": 2014, "value": 7, "released": "2020", "sources": ["s"],
           "status": "provisional"}  # fmt: skip
    more = invented.extended([row])

    assert "The figure for the end of 2014 is provisional." in more.compare(2013, 2014, measure="guests").caveats
    assert "The figure for the end of 2014 is provisional." in more.compare(2014, 2013, measure="guests").caveats
    found = more.context(2014, measure="guests")
    assert found.caveats[0] == "The figure for the end of 2014 is provisional."
    assert str(found).startswith(
        "Guests in South Korea numbered 7 at the end of 2014, 993 fewer (−99.3%) than at the end of 2013."
    )
    assert str(more.context(2011, measure="guests")).endswith("the 3rd highest of the 4 years on record "
        "(the end of 2010 to the end of 2014; 1 missing).")  # fmt: skip
    back = more.extended([row | {"period": 2015, "value": 45}]).context(2015, measure="guests")
    assert "the highest since the end of 2013" in str(back)
    down = more.extended([row | {"period": 2012, "value": 45}]).context(2012, measure="guests")
    assert "the highest since the end of 2010" in str(down)
    low = more.extended([row | {"period": 2012, "value": 60}, row | {"period": 2013, "value": 41, "released": "2021"}])
    assert "the lowest since the end of 2011" in str(low.context(2013, measure="guests"))
    assert more.series("guests", start=2014).summary == "Guests in South Korea by year, the end of 2014: 7."


def test_compare_figure_with_itself():
    assert str(compare(2020, 2020)) == "Arrivals in South Korea numbered 229 in 2020, as many as in 2020."


@pytest.mark.parametrize(
    ("left", "right", "difference"),
    [
        (2019, "2020-Q1", "one is a year, the other a quarter"),
        ("2019-H1", "2020-Q1", "one is a half-year, the other a quarter"),
        (2025, "../2025", "one is a year, the other a running total"),
        ("1999/2001", 2002, "one is a span, the other a year"),
        ("1999/2001", "1990/1994", "the spans are of different length"),
        ("2012-01", "2011-01/2011-09", None),
    ],
)
def test_compare_refuses_mixed_period_kinds(left, right, difference):
    if difference is None:
        difference = "one is a month, the other a span"
        right = "2012-01/2012-09"
    with pytest.raises(NotComparableError) as caught:
        compare(left, right)

    error = caught.value
    assert (error.left, error.right, error.difference) == (
        f"arrivals, KOR, {left}",
        f"arrivals, KOR, {right}",
        difference,
    )


def test_compare_fiscal_with_calendar_year(invented):
    with pytest.raises(NotComparableError) as caught:
        invented.compare("FY2012", 2013, measure="crossings", area="USA")
    assert caught.value.difference == "one is a US fiscal year, the other a year"
    assert invented.compare("FY2012", "FY2013", measure="crossings", area="USA").difference == 1


def test_compare_spans_by_calendar(invented):
    def difference(after):
        return invented.compare("2012-01-05/2012-02-04", after, measure="crossings", area="USA").difference

    assert difference("2013-03-05/2013-04-04") == 0
    assert compare("2012-01/2012-09", "2023-01/2023-09").difference == 139 - 1086
    with pytest.raises(NotComparableError, match="the spans are of different length"):
        difference("2012-01-05/2012-02-05")
    # Two months, one of them in a leap year; 30 days and 29, each the last but one of its month.
    assert compare(figure("2012-01/2012-02"), figure("2013-01/2013-02")).difference == 0
    with pytest.raises(NotComparableError, match="the spans are of different length"):
        compare(figure("2012-01-01/2012-01-30"), figure("2012-06-01/2012-06-29"))


def test_compare_refuses_other_measure(invented):
    crossings = invented.observation("crossings", 2012, area="KOR")
    tickets, guests = invented.observation("tickets", 2012), invented.observation("guests", 2011)

    assert (crossings, crossings.area, crossings.period) == (tickets, tickets.area, tickets.period)
    assert pytest.raises(NotComparableError, invented.compare, crossings, tickets).value.difference == (
        "they count different things (Crossings; Tickets)"
    )
    assert pytest.raises(NotComparableError, invented.compare, crossings, guests).value.difference == (
        "one is a flow, the other a stock; a stock counts people on a day, a flow over time"
    )


def test_compare_refuses_estimates():
    estimate = Estimate(
        topic="in-china",
        low=1,
        point=None,
        high=2,
        unit="persons",
        reference=Period.parse(2020),
        organisation="Nobody",
        method="invented",
        provenance=arrivals(2020).provenance,
    )
    named = "an estimate of in-china"
    for pair, names in (
        ((estimate, arrivals(2020)), (named, "arrivals, KOR, 2020")), ((2020, estimate), ("2020", named)),
        ((estimate, estimate), (named, named)),
    ):  # fmt: skip
        error = pytest.raises(NotComparableError, compare, *pair).value
        assert (error.left, error.right, error.difference) == (*names, "an estimate is not a count")


def test_compare_refuses_mixed_arguments():
    """A period beside an observation or as of beside two is refused."""
    for pair in ((2019, arrivals(2020)), (arrivals(2020), 2019)):
        error = pytest.raises(InvalidPeriodTypeError, compare, *pair).value
        assert error.args == (arrivals(2020), "is an observation beside a period", "Give two of a kind.")
    with pytest.raises(InvalidPeriodTypeError) as caught:
        compare(arrivals(2019), arrivals(2020), as_of=2021)
    assert (caught.value.given, caught.value.problem) == (2021, "does not apply to two observations")
    assert caught.value.hint == "Ask for each observation as of its day, or give two periods."


def test_compare_refuses_bad_periods():
    assert pytest.raises(NoDataError, compare, 1950, 2020).value.reason == "before-coverage"
    assert str(pytest.raises(NoDataError, compare, 2020, 2026).value.period) == "2026"
    assert str(pytest.raises(NoDataError, compare, 2020, 2026).value).endswith("The nearest is 2025.")
    assert pytest.raises(InvalidPeriodError, compare, 2019, "2020/2019").value.problem == "is reversed"
    assert pytest.raises(InvalidPeriodTypeError, compare, 2019.0, 2020).value.given == 2019.0
    with pytest.raises(UnknownNameError):
        compare(2019, 2020, measure="arivals")
    with pytest.raises(UnknownNameError):
        compare(2019, 2020, area="UK")
    with pytest.raises(NoDataError):
        compare(2024, 2025, as_of=2025)


def test_comparison_record_and_pickle():
    """The record is plain and the comparison survives pickling."""
    change = compare(2024, 2025)
    record = change.record()

    assert (record["difference"], record["direction"], record["formula"]) == (-13, "down", "2025 − 2024")
    assert record["percent"] == pytest.approx(-5.508, abs=0.001)
    assert record["ratio"] == pytest.approx(0.9449, abs=0.0001)
    assert record["sentence"] == str(change)
    assert record["caveats"] == ["The figure for 2025 is provisional."]
    assert [part["value"] for part in record["inputs"]] == [236, 223]
    assert set(record["sources"]) == {source.key for source in change.sources}
    again = pickle.loads(pickle.dumps(change))  # noqa: S301
    assert again.record() == record
    assert again == change
    assert repr(change) == "<Comparison 2024 to 2025: 236 to 223>"
    with pytest.raises(attrs.exceptions.FrozenInstanceError):
        change.kind = "stock"
