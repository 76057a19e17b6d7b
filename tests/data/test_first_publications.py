"""Figures of past days, typed from the sources that print them."""

import pytest

from defector_stats import Period, arrivals, revisions, series, verify


@pytest.mark.parametrize(
    ("period", "as_of", "value"),
    [
        (2003, "2015-11-13", 1285),
        (2003, "2016", 1285),
        (2005, "2008-10-06", 1385),
        (2006, "2008-10-06", 2018),
        (2006, "2009-06", 2018),
        (2007, "2008-08-26", 2544),
        (2007, "2008-12-31", 2544),
        (2009, "2015-11-13", 2914),
        (2009, "2015-12", 2914),
        (2010, "2013-12-25", 2402),
        (2010, "2015", 2402),
        (2010, "2019", 2402),
        (2012, "2013-01-09", 1509),
        (2012, "2013-02", 1509),
        (2014, "2015-07-05", 1396),
        (2014, "2015-08", 1396),
        (2014, "2015-11-13", 1397),
        (2016, "2017-03-20", 1418),
        (2016, "2017-05", 1418),
        ("2012-02", "2012-09-17", 90),
        ("2012-02", None, 84),
        ("2011-01", None, 179),
        ("2002-H1", None, 561),
        ("2003-H1", None, 598),
        ("2015-01/2015-10", None, 977),
        ("2016-01/2016-07", "2016-08-02", 815),
        ("2017-01-01/2017-03-14", None, 183),
        ("../2017-03-14", None, 30391),
        ("../2013-09", None, 25649),
        ("../2000", None, 1406),
        ("../2015-10", None, 28497),
        ("../2014", "2015-08", 27518),
        ("2012-01/2018-09", None, 9041),
        ("1998-01/2003-08", None, 2958),
        ("2009-01-01/2009-06-21", None, 1297),
    ],
)
def test_value_in_print(period, as_of, value):
    assert arrivals(period, as_of=as_of) == value


@pytest.mark.parametrize(
    ("period", "as_of"),
    [
        (2003, "2003-12-31"),
        (2006, "2008-10-05"),
        (2007, "2008-08-25"),
        (2014, "2015-07-04"),
        ("2003-H1", "2003-07-23"),
    ],
)
def test_nothing_in_print_yet(period, as_of):
    assert arrivals(period, as_of=as_of, default=None) is None


@pytest.mark.parametrize(
    ("period", "as_of", "male", "female"),
    [
        (2017, "2018-09-29", 189, 938),
        (2017, "2018-09-30", 188, 939),
        (2017, "2019", 188, 939),
        ("2003-H1", None, 244, 354),
        ("2016-Q1", None, 77, 265),
        ("2018-01/2018-08", None, 96, 607),
        ("../2018-08", None, 9089, 22953),
        ("2021-01/2021-09", None, 29, 19),
        ("2012-01", None, 61, 99),
        ("1998-01/2003-08", None, 1403, 1555),
    ],
)
def test_sexes_in_print(period, as_of, male, female):
    figure = arrivals(period, as_of=as_of)

    assert (figure.male, figure.female) == (male, female)


def test_values_in_print_for_a_time():
    assert 1385 in {step.value for step in revisions(2005)}
    assert [step.value for step in revisions(2007)] == [2544, 2553, 2548, 2554]
    assert [step.value for step in revisions(2014)] == [1396, 1397]
    assert verify(1396, 2014).verdict == "superseded"


def test_implied_figures_are_not_stored():
    """808 for January to September 2018 follows from two printed sums, and no derivation gives it."""
    assert arrivals("2018-01/2018-09", default=None) is None
    assert arrivals("2018-Q3", default=None) is None


def test_running_total_outlasts_new_split():
    """A new split of one year makes no new running total: 31,339 stays what was in print."""
    for day in ("2018-01-05", "2018-09-30", "2019-06"):
        assert arrivals("../2017", as_of=day) == 31339


def test_half_years_begin_in_2002():
    halves = series(frequency="half")

    assert halves[0].period == Period.parse("2002-H1")
    assert [str(gap.period) for gap in halves.gaps][:4] == ["2004-H1", "2004-H2", "2005-H1", "2005-H2"]
