"""Figures by place, over invented ones: why a year has none."""

import pytest
from catalogues import catalogue_of

from defector_stats import NoDataError, destinations

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


@pytest.mark.parametrize("year", range(1991, 2026))
def test_destinations_have_each_place_with_a_figure(year, table):
    """A place is listed if and only if something was published for the year or a part of it."""
    # Running totals begin with dots and fiscal years with letters.
    wanted = {
        (measure["id"], row["area"])
        for measure in table("measures")
        for row in table(measure["id"])
        if all(end.startswith(str(year)) for end in row["period"].split("/"))
    }

    assert {(row.measure.id, row.place.code) for row in destinations(year)} == wanted
