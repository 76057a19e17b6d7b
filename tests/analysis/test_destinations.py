"""Figures by place, over invented ones: why a year has none."""

import pytest
from catalogues import catalogue_of

from defector_stats import NoDataError

CELLS = "", "", "normal", "2020", "s", ""


def refused(invented, years, asked):
    """Return the error for a year, where one area has figures for some years and nothing else is known."""
    rows = [["crossings", "KOR", year, "5", *CELLS] for year in years]
    few = catalogue_of(invented, {"crossings": rows, "tickets": [], "guests": []})
    return pytest.raises(NoDataError, few.destinations, asked).value


@pytest.mark.parametrize(
    ("asked", "reason", "nearest"),
    [
        ("2009", "before-coverage", "2010"),
        ("2011", "not-found", "2010"),
        ("2015", "not-found", "2016"),
        ("2017", "after-coverage", "2016"),
    ],
)
def test_destinations_of_missing_year(invented, asked, reason, nearest):
    error = refused(invented, ("2010", "2013", "2016"), asked)

    assert (error.reason, str(error.first), str(error.last), str(error.nearest)) == (reason, "2010", "2016", nearest)
    assert (error.measure, error.area, str(error.period)) == ("destinations", "WLD", asked)


def test_destinations_of_empty_catalogue(invented):
    error = refused(invented, (), "2010")

    assert (error.reason, error.first, error.last, error.nearest) == ("not-found", None, None, None)
