"""Context: since when, which place, beside which others."""

import pickle
from fractions import Fraction

import pytest

from defector_stats import (
    Catalogue,
    InvalidPeriodError,
    InvalidPeriodTypeError,
    NoDataError,
    NotComparableError,
    Period,
    UnknownNameError,
    arrivals,
    context,
)


def since(period):
    found = context(period)
    return tuple(None if each is None else str(each) for each in (found.lowest_since, found.highest_since))


@pytest.mark.parametrize(
    ("period", "lowest", "highest"),
    [
        (2019, "2001", None),  # 1,142 in 2002, 583 in 2001
        (2020, "1999", None),  # 312 in 2000, 148 in 1999
        (2021, "1996", None),  # 71 in 1998, 85 in 1997, 56 in 1996
        (2017, "2001", None),
        (2025, "2023", None),
        (2022, None, "2020"),
        (2024, None, "2019"),
        (2018, None, "2016"),
        (2009, None, None),
        (1992, None, None),
        (1993, None, None),  # as many as the year before
        (1995, "1993", None),
        ("2025-H1", "2022-H2", None),
        ("2021-Q2", None, None),
        ("2024-01/2024-09", None, "2020-01/2020-09"),
    ],
)
def test_context_lowest_and_highest_since(period, lowest, highest):
    assert since(period) == (lowest, highest)


def test_context_ignores_multi_year_rows():
    years = context(2019).inputs

    assert [str(figure.period) for figure in years] == [str(year) for year in range(1992, 2026)]
    assert context(2019).lowest_since == Period.parse(2001)
    for period in ("1999/2001", "1990/1994", "1996-01/2000-07"):
        error = pytest.raises(NotComparableError, context, period).value
        assert error.left == f"arrivals, KOR, {period}"
        assert error.right == "other figures of arrivals"
        assert error.difference == "a row of several years takes no part in the order of years"


def test_context_was_and_is_record():
    """`was_record` and `was_lowest` look at earlier years only; `is_record` and `is_lowest` look at all years."""

    def state(period):
        found = context(period)
        return found.was_record, found.is_record, found.was_lowest, found.is_lowest

    assert state(2009) == (True, True, False, False)
    assert state(2008) == (True, False, False, False)
    assert state(2010) == (False, False, False, False)
    assert state(1992) == (False, False, False, True)
    assert state(1993) == (False, False, False, True)
    assert state("2021-Q2") == (False, False, True, True)
    assert state("2020-Q2") == (False, False, True, False)
    assert state("2011-Q1") == (True, False, False, False)  # of the quarters before it only one is known


def test_context_rank():
    assert [context(year).rank for year in (2009, 2008, 2011, 2019, 1992, 1993)] == [1, 2, 3, 18, 33, 33]
    assert context(2009, as_of="2010-06").rank == 1


def test_context_changes():
    quarter = context("2020-Q2")
    assert (str(quarter.previous.inputs[0].period), quarter.previous.difference) == ("2020-Q1", -123)
    assert (str(quarter.year_earlier.inputs[0].period), quarter.year_earlier.difference) == ("2019-Q2", -308)
    year = context(2020)
    assert year.previous == year.year_earlier
    assert year.previous.difference == -818
    assert (context(1992).previous, context(1992).year_earlier) == (None, None)
    # The last quarter of 2018 is not known, the first one is.
    assert context("2019-Q1").previous is None
    assert str(context("2019-Q1").year_earlier.inputs[0].period) == "2018-Q1"
    part = context("2024-01/2024-09")
    assert (part.previous, part.year_earlier.difference) == (None, 42)
    total = context("../2025")
    assert (total.previous, total.year_earlier.difference) == (None, 223)
    month = context("2012-02")
    assert (month.previous.difference, month.year_earlier.difference) == (84 - 160, 84 - 166)


def test_context_female_share_is_exact():
    assert context(2020).female_share == Fraction(157, 229)
    assert context(1998).female_share is None


def test_context_coverage(invented):
    assert context(2019).coverage == "34 years on record (1992 to 2025)"
    assert context(2019).missing == ()
    assert len(context("2020-Q2").missing) == 37
    assert context("2020-Q2").coverage.endswith("the second quarter of 2025; 37 missing)")
    assert (
        context("2024-01/2024-09").coverage
        == "9 figures on record for these days of the year (2004 to 2024; 12 missing)"
    )
    guests = invented.context(2013, measure="guests")
    assert guests.coverage == "3 years on record (the end of 2010 to the end of 2013; 1 missing)"
    assert [str(period) for period in guests.missing] == ["2012"]
    assert guests.previous is guests.year_earlier is None
    assert str(guests) == (
        "Guests in South Korea numbered 1,000 at the end of 2013. That is the highest of the 3 years on record "
        "(the end of 2010 to the end of 2013; 1 missing)."
    )
    assert guests.caveats == ("No figure is known for the end of 2012; this comparison leaves it out.",)


def test_context_later_gap_is_no_caveat():
    assert context("2004-01/2004-09").missing
    assert context("2004-01/2004-09").caveats == ()
    assert context("2012-01/2012-09").caveats == (
        "The figure for January to September 2012 is provisional.",
        (
            "No figures are known for 7 spans before it, most recently January to September 2011; "
            "this comparison leaves them out."
        ),
    )


def test_context_caveats(invented):
    """Caveats come from the figure the compared ones and the breaks."""
    assert context(2019).caveats == ()
    assert context(2025).caveats == ("The figure for 2025 is provisional.",)
    known = context("2025-H2").caveats
    assert known[:3] == (
        "The figure for the second half of 2025 is of low reliability.",
        "2025 was revised after 2025-H1 was last published.",
        "The base is small (96): each person is 1% of it.",
    )
    assert known[3].startswith(
        "No figures are known for 10 half-years before it, most recently the second half of 2014;"
    )
    assert len(known) == 4
    hindsight = context(2025, as_of="2026-01-25").caveats
    assert hindsight[1].startswith("The figure for 2025 was last published on 20 January 2026 and was changed later;")
    late = invented.context(2017, measure="crossings", area="KOR")
    assert late.caveats == (
        "A new form was phased in. A difference across 2014 to 2016 may show method, not movement.",
    )


def test_context_as_of():
    then = context(2011, as_of="2012-01-11")

    assert (int(then.figure), then.rank, then.was_record) == (2737, 3, False)
    assert str(then.inputs[-1].period) == "2011"
    assert [int(figure) for figure in then.inputs[-3:]] == [2927, 2379, 2737]


def test_context_of_only_figure(invented):
    alone = invented.context(2012, measure="tickets")

    assert str(alone) == "Tickets numbered 5 in 2012. No other figure of its kind is on record."
    assert alone.coverage == "1 year on record (2012)"
    day = invented.context("2012-03-01", measure="crossings", area="USA")
    assert (
        str(day)
        == "Crossings to the United States numbered 1 on 1 March 2012. No other figure of its kind is on record."
    )
    year = invented.context("FY2013", measure="crossings", area="USA")
    assert str(year.previous.inputs[0].period) == "FY2012"
    assert "the highest of the 2 US fiscal years on record (the US fiscal year 2012 to the US fiscal year 2013)" in str(
        year
    )


def test_context_small_numbers_of_women(catalogue):
    """Small numbers of women are counted and one person is not told apart."""

    def told(value, female):
        row = {
            "period": 2026, "value": value, "male": value - female, "female": female,
            "released": "2027-02", "sources": ["newsis_20260204"],
        }  # fmt: skip
        text = str(catalogue.extended([row]).context(2026))
        return text[text.index("(1992 to 2026)") + 16 :]

    assert told(5, 4) == "4 of the 5 were women or girls."
    assert told(99, 98) == "98 of the 99 were women or girls."
    assert told(100, 98) == "98.0% were women or girls."
    assert told(5, 1) == "1 of the 5 was a woman or girl."
    assert told(2, 2) == "2 of the 2 were women or girls."
    assert told(1, 1) == ""
    assert told(0, 0) == ""


def test_context_errors_have_fields():
    assert pytest.raises(NoDataError, context, 1950).value.reason == "before-coverage"
    assert pytest.raises(NoDataError, context, "2025-Q4").value.reason == "not-published"
    assert pytest.raises(NoDataError, context, 2025, as_of=2025).value.reason == "not-yet-released"
    assert pytest.raises(InvalidPeriodError, context, "2020/2019").value.problem == "is reversed"
    assert pytest.raises(InvalidPeriodTypeError, context, arrivals(2020)).value.given == 229
    assert pytest.raises(UnknownNameError, context, 2020, measure="x").value.kind == "measure"


def test_context_record_and_pickle():
    found = context(2019)
    record = found.record()

    assert (record["lowest_since"], record["highest_since"], record["rank"]) == ("2001", None, 18)
    assert (record["was_record"], record["is_record"], record["was_lowest"], record["is_lowest"]) == (False,) * 4
    assert record["female_share"] == pytest.approx(0.8071, abs=0.0001)
    assert record["figure"]["value"] == 1047
    assert record["previous"]["difference"] == record["year_earlier"]["difference"] == -90
    assert record["inputs"][0] == "1992"
    assert (record["missing"], record["caveats"]) == ([], [])
    assert record["coverage"] == found.coverage
    assert record["sentence"] == str(found)
    again = pickle.loads(pickle.dumps(found))  # noqa: S301
    assert again.record() == record
    assert repr(found) == "<Context of arrivals, KOR, 2019: 1,047>"
    assert context("2012-01/2012-09").record()["missing"][0] == "2005-01/2005-09"
    assert context(2018).record()["lowest_since"] is None
    empty = context("../2016-11-11").record()
    assert (empty["previous"], empty["year_earlier"], empty["female_share"]) == (None, None, None)
    assert context(2018).record()["highest_since"] == "2016"
    assert found.sources[: len(found.figure.sources)] == found.figure.sources
    assert {source.key for source in arrivals(2001).sources} <= {source.key for source in found.sources}


def test_context_of_day_is_among_same_days():
    """A day is compared with the same day of other years, never with the day before."""
    days = {"2027-03-01": 4, "2027-03-02": 3, "2028-03-02": 2}
    rows = [
        {"period": day, "value": value, "released": "2029", "sources": "newsis_20260204"} for day, value in days.items()
    ]
    found = Catalogue.bundled().extended(rows).context("2028-03-02")

    assert list(map(int, found.inputs)) == [3, 2]
    assert found.previous is None
