"""Series: members, gaps, bounds, sums and plain records."""

import pickle
from fractions import Fraction

import attrs
import pytest

from defector_stats import (
    Gap,
    InvalidPeriodError,
    InvalidValueError,
    NoDataError,
    NotComparableError,
    Period,
    UnknownNameError,
    arrivals,
    series,
)

YEARS = [
    8, 8, 52, 42, 56, 85, 71, 148, 312, 583, 1142, 1285, 1898, 1384, 2028, 2554, 2803, 2914, 2402, 2706, 1502, 1514,
    1397, 1275, 1418, 1127, 1137, 1047, 229, 63, 67, 196, 236, 223,
]  # fmt: skip


def test_series_years_of_official_table():
    """The years are those of the official table and the single years before."""
    assert [int(figure) for figure in series()] == YEARS
    assert [str(figure.period) for figure in series()] == [str(year) for year in range(1992, 2026)]
    assert series().gaps == ()
    assert sum(series(start=2002)) == 34537 - 947 - 1043


def test_series_quarters_and_halves():
    quarters = series(frequency="Q", start=2020, end=2021)
    halves = series(frequency="S", start=2019)

    assert [int(q) for q in quarters] == [135, 12, 48, 34, 31, 5, 12, 15]
    assert [int(h) for h in halves] == [549, 498, 147, 82, 36, 27, 19, 48, 99, 97, 105, 131, 96, 127]
    assert series(frequency="A").frequency == "year"
    assert (quarters.frequency, halves.frequency) == ("quarter", "half")


def test_series_running_totals():
    totals = series(frequency="running-total")

    assert (str(totals[0].period), totals[0] + 0) == ("../1989", 607)
    assert (str(totals[-1].period), totals[-1] + 0) == ("../2025", 34537)
    assert {f"../{year}" for year in range(2001, 2026)} <= {str(t.period) for t in totals}
    assert totals.gaps == ()


def test_series_gaps_have_reasons():
    """Gaps between members and stated ones after them have reasons."""
    gaps = {str(gap.period): gap for gap in series(frequency="quarter").gaps}

    assert gaps["2025-Q3"].reason == gaps["2026-Q3"].reason == "not-published"
    assert gaps["2017-Q1"].reason == gaps["2011-Q3"].reason == "not-found"
    assert gaps["2017-Q1"].note == "Only the half-year and the count to the middle of March were found."
    assert gaps["2011-Q3"].note == ""
    assert "2026-Q4" not in gaps
    assert list(gaps) == sorted(gaps)
    with pytest.raises(TypeError, match=r"neither true nor false.*\.reason"):
        bool(gaps["2025-Q3"])


def test_series_gaps_outside_coverage():
    reasons = {str(gap.period): gap.reason for gap in series(start=1990, end=2027).gaps}

    assert reasons == {
        "1990": "before-coverage",
        "1991": "before-coverage",
        "2026": "after-coverage",
        "2027": "after-coverage",
    }
    assert [g.reason for g in series(start=2030, end=2031).gaps] == ["after-coverage"] * 2
    assert series(start="../1998", end=1993).gaps == ()
    assert [(str(gap.period), gap.reason) for gap in series(start=2030).gaps] == [("2030", "after-coverage")]
    assert [(str(gap.period), gap.reason) for gap in series(end=1980).gaps] == [("1980", "before-coverage")]
    assert [str(gap.period) for gap in series(frequency="half", start=2030).gaps] == ["2030-H1", "2030-H2"]
    for quarter, reason in (("2011-Q4", "not-found"), ("2004-Q3", "before-coverage"), ("2027-Q1", "after-coverage")):
        (gap,) = series(frequency="quarter", start=quarter, end=quarter).gaps
        assert (str(gap.period), gap.reason) == (quarter, reason)
    assert series(frequency="running-total", start=2020, end=2021).gaps == ()


def test_series_members_within_bounds():
    assert [str(f.period) for f in series(start="2020-H1", end="2022-H1")] == ["2020", "2021"]
    assert [str(f.period) for f in series(frequency="quarter", start="2020-02", end="2020-H2")] == [
        "2020-Q2", "2020-Q3", "2020-Q4",
    ]  # fmt: skip
    assert len(series(start="../2022", end=2020)) == len(series(end=2020))


def test_series_as_of():
    then = series(start=2009, as_of="2012-01-11")

    assert [int(f) for f in then] == [2927, 2379, 2737]
    assert [f.status for f in then] == ["normal", "normal", "provisional"]
    assert len(series(as_of="1999")) == 0


def test_series_indexed_by_position():
    """An index that looks like a year points to `at`."""
    years = series()

    assert (years[0] + 0, years[-1] + 0, [int(f) for f in years[-2:]]) == (8, 223, [236, 223])
    with pytest.raises(IndexError, match=r"34 members.*; for a year write \.at\(2020\)$"):
        years[2020]
    with pytest.raises(IndexError, match="34 members") as caught:
        years[34]
    assert ".at(" not in str(caught.value)
    assert ".at(1000)" in str(pytest.raises(IndexError, years.__getitem__, 1000).value)
    assert ".at(9999)" in str(pytest.raises(IndexError, years.__getitem__, 9999).value)
    for number in (999, 10_000):
        assert ".at(" not in str(pytest.raises(IndexError, years.__getitem__, number).value)


def test_series_at():
    assert series().at(2020).record() == arrivals(2020).record()
    quarters = series(frequency="quarter")
    with pytest.raises(NoDataError) as caught:
        quarters.at("2025-Q3")
    error = caught.value
    assert (error.reason, str(error.first), str(error.last), str(error.nearest)) == (
        "not-published", "2004-Q4", "2025-Q2", "2025-Q2",
    )  # fmt: skip
    assert (error.measure, error.area, str(error.period)) == ("arrivals", "KOR", "2025-Q3")
    assert [gap.period for gap in error.gaps] == [Period.parse("2025-Q3")]
    assert error.hint == ""
    reasons = [pytest.raises(NoDataError, series().at, p).value.reason for p in (1900, 2050, "2020-Q1", "2025-Q1")]
    assert reasons == ["before-coverage", "after-coverage", "outside-series", "outside-series"]


def test_series_between_members_and_gaps():
    quarters = series(frequency="quarter")
    some = quarters.between("2016-Q4", 2017)

    assert [str(f.period) for f in some] == ["2016-Q4", "2017-Q3", "2017-Q4"]
    assert [str(g.period) for g in some.gaps] == ["2017-Q1", "2017-Q2"]
    assert [int(f) for f in series().between(end=1993)] == [8, 8]
    assert len(quarters.between()) == len(quarters)


def test_total_is_derived_observation():
    total = series(start=2020, end=2022).total()

    assert (total + 0, total.male, total.female, str(total.period)) == (359, 147, 212, "2020/2022")
    assert (total.formula, total.status, total.released) == ("2020 + 2021 + 2022", "normal", "2023-01-10")
    assert [i + 0 for i in total.inputs] == [229, 63, 67]
    assert {s.key for s in total.sources} == {s.key for i in total.inputs for s in i.sources}
    assert series(start=2024).total().status == "provisional"
    assert series(start=1995, end=1996).total().status == "low-reliability"
    assert series(start=1998, end=1999).total().male is None
    total = series(start=2016, end=2018).total()
    assert (total.released, total.split_released) == ("2019-01", "2020")
    vague = series(start=2008, end=2019).total()  # 2,803 for 2008 is known from the end of 2020
    assert (vague.released, vague.split_released) == ("2020", None)
    assert series(start=1998, end=1999).total().split_released is None
    assert (total.measure, total.area) == ("arrivals", "KOR")
    assert series(frequency="quarter", start="2020-Q1", end="2020-Q2").total() == 147


@pytest.mark.parametrize(("end", "run"), [("2017-Q3", "'2016-Q4', '2016-Q4'"), ("2017-Q4", "'2017-Q3', '2017-Q4'")])
def test_total_across_gap_raises(end, run):
    with pytest.raises(NoDataError) as caught:
        series(frequency="quarter", start="2016-Q4", end=end).total()
    error = caught.value
    assert [str(g.period) for g in error.gaps] == ["2017-Q1", "2017-Q2"]
    assert (str(error.period), error.reason, str(error.first), str(error.last)) == (
        "2017-Q1", "not-found", "2016-Q4", end,
    )  # fmt: skip
    assert (error.measure, error.area, error.nearest) == ("arrivals", "KOR", None)
    assert error.hint == f"Leave the gaps out, for instance with .between({run})."


def test_total_ignores_trailing_gap():
    """A gap after the last member is in nobody's way, and a total of nothing is refused."""
    assert series(frequency="quarter", start=2025).total() == 96
    nothing = pytest.raises(NoDataError, series(start=2030, end=2031).total).value
    assert (str(nothing.period), len(nothing.gaps)) == ("2030", 2)
    assert (nothing.measure, nothing.area, nothing.reason) == ("arrivals", "KOR", "after-coverage")
    assert nothing.note == "The series is empty."
    assert str(pytest.raises(NoDataError, series(start=2030).total).value.period) == "2030"


def test_total_of_stock_or_running_total_raises():
    with pytest.raises(NotComparableError, match="each running total holds the earlier ones") as caught:
        series(frequency="running-total").total()
    assert (caught.value.left, caught.value.right) == ("'arrivals' by running-total",) * 2
    years = series(start=2020)
    stock = attrs.evolve(years, measure=attrs.evolve(years.measure, kind="stock"))
    with pytest.raises(NotComparableError, match="holds the people of the day before") as caught:
        stock.total()
    assert (caught.value.left, caught.value.right) == ("'arrivals' by year",) * 2


@pytest.mark.parametrize(("male", "female", "men", "women"), [(0, 5, 25, 203), (5, 0, 30, 198)])
def test_total_of_split_with_zero(catalogue, male, female, men, women):
    row = {"period": 2026, "value": 5, "male": male, "female": female, "released": "2027-02",
           "sources": ["newsis_20260204"]}  # fmt: skip
    total = catalogue.extended([row]).series(start=2025).total()

    assert (total + 0, total.male, total.female) == (228, men, women)


def test_series_records_are_plain_values():
    records = series(start=2024).records()

    assert records[1]["value"] == 223
    assert records[0]["sources"].startswith("yonhap_20250204") or " " in records[0]["sources"]
    assert {type(cell) for row in records for cell in row.values()} <= {str, int, type(None)}
    assert all("inputs" not in row for row in records)
    assert series(start=2024).records() is not series(start=2024).records()


def test_series_repr():
    assert repr(series(start=2024)) == "<TimeSeries arrivals KOR by year: 2 figures, 2024 to 2025>"
    assert repr(series(start=2030)) == "<TimeSeries arrivals KOR by year: 0 figures>"


def test_series_unknown_frequency():
    with pytest.raises(UnknownNameError):
        series(frequency="fiscal-year")


def test_gap_is_frozen():
    gap = Gap(period=Period.parse(2020), reason="not-found", note="")
    with pytest.raises(attrs.exceptions.FrozenInstanceError):
        gap.reason = "x"


def test_series_peak_and_trough_on_ties():
    assert (series().peak() + 0, str(series().peak().period)) == (2914, "2009")
    assert (series().trough() + 0, str(series().trough().period)) == (8, "1992")
    assert (series(start=1993).trough() + 0, str(series(start=1993).trough().period)) == (8, "1993")
    assert str(series(frequency="quarter").trough().period) == "2021-Q2"
    assert series().peak().record() == arrivals(2009).record()
    assert series(frequency="running-total").peak() == 34537
    nothing = series(start=2030, end=2031)
    assert str(pytest.raises(NoDataError, nothing.peak).value.period) == "2030"
    assert pytest.raises(NoDataError, nothing.trough).value.reason == "after-coverage"


def test_mean_is_exact_with_formula():
    mean = series(start=2020, end=2022).mean()

    assert (mean.value, mean.formula) == (Fraction(359, 3), "(2020 + 2021 + 2022) / 3")
    assert (str(mean), float(mean)) == ("119.7", pytest.approx(119.6667, abs=0.0001))
    assert [figure + 0 for figure in mean.inputs] == [229, 63, 67]
    assert {s.key for s in mean.sources} == {s.key for i in mean.inputs for s in i.sources}


def test_mean_refused_like_total(invented):
    assert len(pytest.raises(NoDataError, series(frequency="quarter").mean).value.gaps) == 37
    assert str(pytest.raises(NoDataError, series(start=2030, end=2031).mean).value.period) == "2030"
    with pytest.raises(NotComparableError, match="each running total holds the earlier ones"):
        series(frequency="running-total").mean()
    with pytest.raises(NotComparableError, match="holds the people of the day before"):
        invented.series("guests").mean()


def test_changes_between_neighbours():
    changes = series(start=2020).changes()

    assert [change.difference for change in changes] == [63 - 229, 67 - 63, 196 - 67, 236 - 196, 223 - 236]
    assert [str(change.inputs[0].period) for change in changes] == ["2020", "2021", "2022", "2023", "2024"]
    assert str(changes[3]) == "Arrivals in South Korea rose from 196 in 2023 to 236 in 2024: 40 more (+20.4%)."
    assert changes[4].caveats == ("The figure for 2025 is provisional.",)
    across = series(frequency="quarter", start="2016-Q4", end="2017-Q3").changes()
    assert [str(figure.period) for figure in across[0].inputs] == ["2016-Q4", "2017-Q3"]
    assert series(start=2025).changes() == series(start=2030).changes() == ()


def test_series_rank_shared_by_equals():
    years = series()

    assert [years.rank(year) for year in (2009, 2008, 2011, 1992, 1993, 1995)] == [1, 2, 3, 33, 33, 32]
    assert series(start=2020).rank(2024) == 1
    assert pytest.raises(NoDataError, years.rank, 1950).value.reason == "before-coverage"
    with pytest.raises(InvalidPeriodError):
        years.rank("20x0")


def test_is_increasing():
    assert series(start=2021, end=2024).is_increasing()
    assert not series(start=2002).is_increasing()
    assert not series(start=1992, end=1994).is_increasing()  # 8, 8, 52
    assert series(start=1993, end=1994).is_increasing()
    assert not series(start=2009, end=2010).is_increasing()
    assert not series(start=2020, end=2020).is_increasing()
    assert not series(start=2030).is_increasing()


def test_crossing_follows_running_total():
    """Crossing follows the running total not the members shown."""
    assert [str(series().crossing(n)) for n in (10_000, 20_000, 30_000)] == ["2007", "2010", "2016"]
    assert str(series(start=2010).crossing(30_000)) == "2016"
    assert str(series(start=2010).crossing(10_000)) == "2010"
    assert str(series(frequency="half").crossing(12_000)) == "2007-H2"
    # 30,212 by the end of 2016, 31,093 by September 2017; the first half of 2017 is no member.
    assert str(series(frequency="quarter").crossing(31_000)) == "2017-Q3"
    assert str(series(frequency="running-total").crossing(30_000)) == "../2016-11-11"
    assert str(series().crossing(34_537)) == "2025"
    assert str(series().crossing(34_314)) == "2024"
    assert str(series().crossing(34_315)) == "2025"
    assert str(series(as_of="2026-01-25").crossing(34_538)) == "2025"
    assert str(series(start=1999, end=2001).crossing(947)) == "1999"


def test_crossing_bounded_by_neighbours():
    """A running total that is not known is bounded by those around it."""
    # 607 were counted by the end of 1989, so 600 were at the end of 1992.
    assert str(series().crossing(600)) == "1992"
    assert str(series().crossing(0)) == "1992"
    # 788 by January 1997 and 947 by the end of 1998: 900 may have been reached in 1997 or in 1998.
    error = pytest.raises(NoDataError, series().crossing, 900).value
    assert (str(error.period), error.reason, error.measure, error.area) == ("../1997", "not-found", "arrivals", "KOR")
    assert error.note == "The running totals that are known do not say when 900 was reached."
    assert str(pytest.raises(NoDataError, series().crossing, 1000).value.period) == "../1999"


def test_crossing_not_reached_by_members():
    halves = series(frequency="half")

    # 9,727 by the end of 2006 and 1,230 in the next half-year; 12,281 by the end of 2007.
    assert str(halves.crossing(12_000)) == "2007-H2"
    # 28,794 by the end of 2015 and 749 in the next half-year; 30,212 by the end of 2016.
    assert str(halves.crossing(30_000)) == "2016-H2"
    # They never tell that it was: 9,727 and 1,230 make 10,957, but no such total is known.
    assert str(pytest.raises(NoDataError, halves.crossing, 10_900).value.period) == "../2007-06"


def test_crossing_never_reached(invented):
    error = pytest.raises(NoDataError, series().crossing, 50_000).value

    assert (str(error.period), error.reason) == ("../2026", "after-coverage")
    assert error.note == "By the end of 2025 the running total was 34,537, less than 50,000."
    earlier = pytest.raises(NoDataError, series(end=2007).crossing, 20_000).value
    assert earlier.note == "By the end of 2007 the running total was 12,281, less than 20,000."
    with pytest.raises(NoDataError):
        series(start=2030, end=2031).crossing(1)
    assert pytest.raises(NoDataError, invented.series("tickets").crossing, 1).value.reason == "not-found"
    with pytest.raises(NotComparableError) as caught:
        invented.series("guests").crossing(1)
    error = caught.value
    assert (error.left, error.right, error.difference) == ("'guests'", "a running total", "a stock has none")
    # 0 by the end of 2010 and 27 by the end of 2013: nothing is known between.
    crossings = invented.series("crossings", area="USA")
    assert str(pytest.raises(NoDataError, crossings.crossing, 1).value.period) == "../2011"
    assert str(crossings.between(2013).crossing(27)) == "2013"


@pytest.mark.parametrize("value", [-1, 1.5, "10", True, None])
def test_crossing_refuses_bad_number(value):
    with pytest.raises(InvalidValueError):
        series().crossing(value)


@pytest.mark.parametrize(
    ("part", "advice"),
    [
        (slice(2020), ".between(None, 2020)"),
        (slice(2015, 2020), ".between(2015, 2020)"),
        (slice(2015, None), ".between(2015, None)"),
        (slice("2015", None), ".between('2015', None)"),
        (slice(Period.parse("2015"), Period.parse(2020)), ".between('2015', '2020')"),
    ],
)
def test_series_slice_of_years_points_to_between(part, advice):
    with pytest.raises((IndexError, TypeError)) as caught:
        series()[part]
    assert str(caught.value).endswith(advice)
    assert "indexing goes by position" in str(caught.value)


@pytest.mark.parametrize("index", ["2020-Q2", Period.parse("2020-Q2")])
def test_series_indexed_by_period_points_to_at(index):
    with pytest.raises(TypeError, match=r"34 members.*; for a period write \.at\('2020-Q2'\)$"):
        series()[index]


def test_series_slice_keeps_gaps_inside():
    """Quarters of 2011 to 2013 have gaps between and after the members that are known."""
    quarters = series(frequency="quarter")
    inside = quarters[:3]

    assert quarters.gaps
    assert [gap.period for gap in inside.gaps] == [
        gap.period for gap in quarters.gaps if gap.period.last <= inside[-1].period.last
    ]
    assert quarters[:].gaps == quarters.gaps
    assert quarters[5:].gaps == tuple(gap for gap in quarters.gaps if gap.period.first >= quarters[5].period.first)
    assert quarters[:0].gaps == ()
    assert series(start=2030)[:0] == series(start=2030)
    assert series(start=2030).gaps


def test_sum_of_slice_with_step_is_refused():
    """A sum that leaves years out would pass for the sum of its span."""
    some = series()[::2]

    assert [figure.period.year for figure in some] == list(range(1992, 2026, 2))
    for function in (some.total, some.mean):
        with pytest.raises(NoDataError) as caught:
            function()
        assert (caught.value.reason, str(caught.value.period)) == ("outside-series", "1993")
        assert caught.value.hint == "Add up .between('1992', '2024') of the whole series."
    assert "in all" not in some.summary


def test_series_backwards():
    """Whatever a series says of itself does not depend on the order of a slice."""
    back, years = series(start=2020)[::-1], series(start=2020)

    assert [figure.period.year for figure in back] == [2025, 2024, 2023, 2022, 2021, 2020]
    assert (back.total(), back.total().period) == (1014, Period.parse("2020/2025"))
    assert back.summary == years.summary
    assert repr(back) == repr(years)
    assert str(series()[::-1].crossing(10_000)) == "2007"
    quarters = series(frequency="quarter")
    later = [gap for gap in quarters.gaps if gap.period.first >= quarters[-3].period.first]
    assert list(quarters[::-1][:3].gaps) == later
    assert quarters[::-1][::-1] == quarters
    assert str(pytest.raises(NoDataError, back.at, 2010).value) == str(pytest.raises(NoDataError, years.at, 2010).value)


def test_series_summary_without_total(invented):
    """The sentence of a series leaves out what cannot be summed."""
    assert series(start=2020).summary == (
        "Arrivals in South Korea by year, 2020 to 2025: the highest is 236 in 2024, the lowest 63 in 2021; "
        "1,014 in all, 169.0 a year on average."
    )
    assert series(start=2020, end=2020).summary == "Arrivals in South Korea by year, 2020: 229."
    assert str(series(start=2030)) == series(start=2030).summary == "Arrivals in South Korea by year: no figures."
    assert invented.series("guests").summary == (
        "Guests in South Korea by year, the end of 2010 to the end of 2013: "
        "the highest is 1,000 at the end of 2013, the lowest 40 at the end of 2011."
    )
    years = invented.series("crossings", area="USA", frequency="fiscal-year")
    assert years.summary.startswith("Crossings to the United States by US fiscal year, the US fiscal year 2012 to ")
    assert "as running totals" in series(frequency="running-total").summary
    assert series().subject == "arrivals in South Korea"


def test_series_str_is_sentence_and_table():
    assert str(series(start=2024)) == (
        "Arrivals in South Korea by year, 2024 to 2025: the highest is 236 in 2024, the lowest 223 in 2025; "
        "459 in all, 229.5 a year on average.\n"
        "\n"
        "period  persons  change  male  female  status       released\n"
        "2024        236            26     210  normal       2025-02-04\n"
        "2025        223     −13    25     198  provisional  2026-02-04"
    )


def test_series_pickle_keeps_totals():
    """A series survives pickling and still knows the running totals."""
    years = series(as_of="2026-01-25")
    again = pickle.loads(pickle.dumps(years))  # noqa: S301

    assert again == years
    assert (again.as_of, again.records()) == ("2026-01-25", years.records())
    assert (again.gaps, again.subject, again.frequency) == (years.gaps, years.subject, years.frequency)
    assert str(again.crossing(34_538)) == "2025"
    assert str(pickle.loads(pickle.dumps(again)).crossing(20_000)) == "2010"  # noqa: S301
    assert str(years.between(2009, 2011).crossing(20_000)) == "2010"
