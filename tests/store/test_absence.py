"""One fact has one reason, whoever asks, and whatever the day asked about."""

import pytest
from catalogues import catalogue_of

from defector_stats import (
    Catalogue,
    InvalidPeriodError,
    NoDataError,
    Period,
    arrivals,
    measures,
    observation,
    series,
)
from defector_stats._store.absence import due


def refused(ask, *arguments, **named):
    return pytest.raises(NoDataError, ask, *arguments, **named).value


@pytest.mark.parametrize(
    "cut",
    [
        lambda: series(start=2020),
        lambda: series().between(2020),
        lambda: series(start=2015).between(2020, 2025),
        lambda: series(start=2020, as_of="2026-03"),
    ],
    ids=["start", "between", "twice", "dated"],
)
def test_series_outside_reason(cut):
    for ask in (cut().at, cut().rank):
        error = refused(ask, 2010)
        assert (error.reason, error.period) == ("outside-series", Period.parse(2010))
        assert "It shows 2020 to 2025; a figure for 2010 exists outside of it." in str(error)
        as_of = "" if cut().as_of is None else f", as_of={cut().as_of!r}"
        assert error.hint == f"Ask for it alone: observation('arrivals', '2010', area='KOR'{as_of})."
        assert (error.measure, error.area) == ("arrivals", "KOR")
    assert refused(cut().at, 1980).reason == "before-coverage"
    assert refused(cut().at, 2030).reason == "after-coverage"


def test_series_errors_without_hint():
    for error in (refused(series().at, 1980), refused(series("refugees", area="GBR", as_of="1990").peak)):
        assert error.hint == ""
    assert refused(series().at, 1980).note == ""
    nothing = refused(series("refugees", area="GBR", as_of="1990").peak)
    assert (nothing.measure, nothing.area, nothing.period) == ("refugees", "GBR", None)
    latest = refused(observation, "refugees", area="GBR", as_of="1990")
    assert (latest.measure, latest.area, latest.note) == ("refugees", "GBR", "")
    assert latest.hint == "Pass default=None to get None instead."


def test_due_at_end_of_calendar():
    rhythm = [{"period": "year", "months": "120"}, {"period": "H1", "months": "2"}]
    assert str(due(rhythm, Period.parse(9989))) == "9999-12-31"
    assert due(rhythm, Period.parse(9990)) is None
    assert str(due(rhythm, Period.parse("2027-H1"))) == "2027-08-31"
    assert str(due(rhythm, Period.parse("2027-H2"))) == "2037-12-31"
    assert due([], Period.parse("2027-H1")) is None
    assert due(rhythm, Period.parse("2027-Q1")) is None


def test_due_by_fiscal_year():
    """It ends on 30 September, and has a schedule of its own."""
    rhythm = [{"period": "fiscal-year", "months": "1"}, {"period": "year", "months": "5"}]
    assert str(due(rhythm, Period.parse("FY2026"))) == "2026-10-31"
    assert str(due(rhythm, Period.parse(2026))) == "2027-05-31"
    assert str(due([{"period": "fiscal-year", "months": "5"}], Period.parse("FY2027"))) == "2028-02-29"
    assert str(due([{"period": "fiscal-year", "months": "0"}], Period.parse("FY2026"))) == "2026-09-30"
    assert due([{"period": "year", "months": "1"}], Period.parse("FY2026")) is None
    assert due([{"period": "fiscal-year", "months": "1"}], Period.parse(2026)) is None
    # The same days, which are no fiscal year.
    assert due(rhythm, Period.parse("2025-10/2026-09")) is None
    assert str(due(rhythm, Period.parse("FY9989"))) == "9989-10-31"
    assert due(rhythm, Period.parse("FY9990")) is None


def test_at_refuses_other_frequency():
    error = refused(series().at, "2020-Q1")
    assert (error.reason, error.note) == ("outside-series", "It is by year, and 2020-Q1 is a quarter.")
    totals = series(frequency="running-total")
    assert refused(totals.at, "../2020-03").reason == "outside-series"  # worked out when asked for, and not listed
    assert refused(totals.at, "../2020-05").reason == "not-found"


def test_empty_series_errors_say_so():
    for empty, reason in (
        (series(start=1980, end=1985), "before-coverage"),
        (series(start=2030), "after-coverage"),
        (series("refugees", area="GBR", as_of="1990"), "not-yet-released"),
        (series().between(2020, 2021).between(2023, 2024), "outside-series"),
    ):
        for ask in (empty.total, empty.mean, empty.peak, empty.trough) if empty.measure.kind == "flow" else (
            empty.peak, empty.trough,
        ):  # fmt: skip
            error = refused(ask)
            assert (error.reason, error.note) == (reason, "The series is empty.")
            assert "9999" not in str(error)
            assert "default" not in str(error)
    empty = refused(series().between(2020, 2021).between(2023, 2024).peak)
    assert (empty.measure, empty.area, empty.period) == ("arrivals", "KOR", None)
    assert (empty.first, empty.last) == (Period.parse(1992), Period.parse(2025))
    assert refused(series().between(2020, 2021).between(2023, 2024).at, 2010).note == (
        "It is empty; a figure for 2010 exists outside of it."
    )


# What is not in the log on some days, each with the one reason that there is.
FACTS = [
    (2006, "2008-06", "not-yet-released"),
    (2006, "2008-09-30", "not-yet-released"),
    (2007, "2008-06", "not-yet-released"),
    (1992, "2010", "not-yet-released"),
    (1980, None, "before-coverage"),
    (1980, "2010", "before-coverage"),
    (1980, "1990", "before-coverage"),
    (2026, None, "after-coverage"),
    (2026, "2010", "after-coverage"),
    (2026, "1990", "after-coverage"),
    ("2014-Q3", None, "not-found"),
    ("2014-Q3", "2016", "not-found"),
    ("2025-Q4", None, "not-published"),
    ("2025-Q4", "2012", "not-published"),
    ("2020-07", None, "not-found"),
    ("2025-06", None, "after-coverage"),
]


@pytest.mark.parametrize(("period", "day", "reason"), FACTS)
def test_reason_is_same_for_all_calls(period, day, reason):
    """`arrivals`, the series, its rank and its gaps give one reason for one missing figure."""
    wanted = Period.parse(period)
    frequency = wanted.frequency
    given_day = {} if day is None else {"as_of": day}
    whole = series(frequency=frequency, **given_day)
    cut = series(frequency=frequency, start=wanted, end=wanted, **given_day)
    assert refused(arrivals, wanted, **given_day).reason == reason
    assert refused(whole.at, wanted).reason == reason
    assert refused(whole.rank, wanted).reason == reason
    assert [gap.reason for gap in cut.gaps if gap.period == wanted] == [reason]
    assert [gap.reason for gap in whole.gaps if gap.period == wanted] in ([], [reason])
    assert refused(cut.total).reason == reason
    assert refused(cut.at, wanted).reason == reason


@pytest.mark.parametrize(
    ("stated", "reason"),
    [
        ("not-published", "not-published"),
        ("not-collected", "not-collected"),
        ("not-found", "not-yet-released"),
    ],
)
def test_reason_before_late_release(invented, stated, reason):
    """What was never published stays so until the day on which it is; what nobody found may only be late."""
    rows = [["crossings", "KOR", "2020", "5", "", "", "normal", "2026-05", "s", ""]]
    gaps = [["crossings", "KOR", "2020", stated, "s", ""]]
    late = catalogue_of(invented, {"crossings": rows, "gaps": gaps})
    assert refused(late.observation, "crossings", 2020, area="KOR", as_of="2026-04").reason == reason
    assert late.observation("crossings", 2020, area="KOR") == 5


def test_gap_reasons_match_observation():
    """Ask for all measures, areas and frequencies, now and as of past days."""
    seen = 0
    for measure in measures():
        for area in measure.areas[:4]:
            for frequency in measure.frequencies:
                for day in (None, "2009-06", "2015"):
                    for gap in series(measure.id, area=area, frequency=frequency, as_of=day).gaps[::3]:
                        assert refused(observation, measure.id, gap.period, area=area, as_of=day).reason == gap.reason
                        seen += 1
    assert seen > 100


def test_reason_as_of():
    """An answer as of a past day claims no more than the library knows."""
    error = refused(arrivals, 2007, as_of="2008-06-30")
    assert "no publication of it by that date is on record" in str(error)
    assert "had not been released" not in str(error)


@pytest.mark.parametrize(
    ("start", "end"),
    [(2022, 2020), ("2020-Q3", "2020-Q1"), ("2020-02", "2020-01-31"), ("FY2010", "2009-09"), ("../2020", "../2018")],
)
def test_series_refuses_reversed_bounds(start, end):
    for ask in (lambda: series(start=start, end=end), lambda: series().between(start, end)):
        error = pytest.raises(InvalidPeriodError, ask).value
        assert (error.given, error.problem) == (f"{start} to {end}", "is reversed")
    assert error.hint == "Give the earlier bound as the start."


@pytest.mark.parametrize(
    ("start", "end"), [(2020, 2020), (2020, "2020-01-01"), ("../2020", 1995), ("../2018", "../2018")]
)
def test_series_takes_overlapping_bounds(start, end):
    assert series(start=start, end=end).frequency == "year"


@pytest.mark.parametrize(
    ("period", "due"),
    [(2026, "January 2027"), (2030, "January 2031"), ("2026-H2", "January 2027"), ("2027-H1", "August 2027")],
)
def test_future_figure_says_when_due(period, due):
    assert f"the figure is due by the end of {due}." in refused(arrivals, period).note


def test_due_within_a_century():
    assert "January 2125" in refused(arrivals, 2124).note
    assert "due" not in refused(arrivals, 2125).note


def test_note_of_future_year():
    assert refused(arrivals, 2026).note == (
        "On the publisher's usual schedule, the figure is due by the end of January 2027."
    )


def test_span_covered_to_last_day():
    row = {"period": "2020-02/2026-10", "value": 1, "released": "2027-01", "sources": ["newsis_20260204"]}
    more = Catalogue.bundled().extended([row])
    assert refused(more.arrivals, "2025-05/2026-08").reason == "not-found"
    assert refused(more.arrivals, "2025-05/2026-11").reason == "after-coverage"


@pytest.mark.parametrize(
    ("measure", "area", "period", "when"),
    [
        ("refugees", "GBR", 2026, "is due by the end of June 2027."),
        ("asylum-seekers", "WLD", 2026, "is due by the end of June 2027."),
        ("asylum-applications", "DEU", 2026, "is due by the end of June 2027."),
        ("us-refugee-admissions", "USA", "FY2027", "is due by the end of October 2027."),
        ("us-refugee-admissions", "USA", "FY2026", "was due by the end of October 2026, but it is not in this edition"),
        ("us-refugee-admissions", "USA", 2026, "is due by the end of January 2027."),
        ("uk-asylum-applications", "GBR", 2026, "is due by the end of February 2027."),
        (
            "uk-asylum-applicants",
            "GBR",
            2025,
            "was due by the end of February 2026, but it is not in this edition.",
        ),
    ],
)
def test_due_of_other_measures(measure, area, period, when):
    """As in earlier years: Global Trends of June, the sheets of the first days of October and January, February."""
    assert (
        f"On the publisher's usual schedule, the figure {when}" in refused(observation, measure, period, area=area).note
    )


@pytest.mark.parametrize(
    ("measure", "area", "period"),
    [
        ("us-refugee-admissions", "USA", "FY2025"),
        ("us-refugee-admissions", "USA", "2025-02"),
        ("us-refugee-admissions", "USA", "2026-H1"),
        ("uk-asylum-applications", "GBR", 2024),
        ("uk-asylum-applications", "GBR", "2024-Q4"),
        ("uk-asylum-applications", "GBR", "2026-H2"),
        ("refugees", "WLD", "2026-H2"),
        ("asylum-applications", "WLD", 2024),
        ("thailand-arrests", "THA", 2027),
        ("re-entries", "PRK", 2027),
    ],
)
def test_no_due_date_for_what_is_not_scheduled(measure, area, period):
    """A stated gap has its reason; other periods are not published, or nobody knows when."""
    text = str(refused(observation, measure, period, area=area))
    assert "schedule" not in text
    assert "no longer published" not in text


def test_due_day_before_edition(catalogue):
    """Whether a day has passed is told by the edition, never by a clock."""
    for created, verb in (("2027-01-31", "is"), ("2027-02-01", "was"), ("2027-01-31T00:00:00Z", "is")):
        other = catalogue_of(catalogue, {}, created=created)
        assert f"the figure {verb} due by the end of January 2027" in refused(other.arrivals, 2026).note


@pytest.mark.parametrize("period", [2200, 9999, "9999-H2", "2027-Q1", "../2026", 1980, "2014-Q3"])
def test_no_due_date_without_rhythm(period):
    assert "due" not in str(refused(arrivals, period))
    assert "due" not in str(refused(observation, "re-entries", 2030))


def test_missing_month_names_its_whole():
    error = refused(arrivals, "2025-06")
    assert error.note == (
        "Figures by month are no longer published. It is part of 2025-Q2 (58), 2025-H1 (96) and 2025 (223)."
    )
    assert refused(arrivals, "2026-Q4").note == "Figures by quarter are no longer published."
    assert refused(arrivals, "2014-07").note.startswith("It is part of ")
    assert refused(arrivals, "2020-02/2020-03").note.startswith("It is part of 2020-Q1 (135), 2020-H1 (147) and 2020")
    assert refused(observation, "us-refugee-admissions", "2010-06").note.startswith("It is part of 2010 (17).")


def test_every_month_is_known_or_a_gap():
    found = series(frequency="month")
    listed = sorted(str(period) for period in (*(each.period for each in found), *(gap.period for gap in found.gaps)))

    assert listed == [f"{year}-{month:02}" for year in range(2011, 2021) for month in range(1, 13)][: len(listed)]
    assert listed[-1] == "2020-08"


def test_series_by_month_has_gaps():
    months = series(frequency="month", start=2011, end=2012)
    assert {str(each.period): int(each) for each in months} == {
        "2011-01": 179, "2011-02": 166, "2011-03": 246, "2011-06": 309, "2011-12": 213,
        "2012-01": 160, "2012-02": 84, "2012-03": 116, "2012-04": 107, "2012-05": 137, "2012-06": 141, "2012-07": 164,
        "2012-12": 215,
    }  # fmt: skip
    assert len(months.gaps) == 11
    assert {gap.reason for gap in months.gaps} == {"not-found"}
    assert series(frequency="M") == series(frequency="month")
    assert series(frequency="month")[-1].period == Period.parse("2020-08")


def test_gaps_with_open_bound():
    """A bound that is open at the start begins before everything."""
    whole = series(frequency="quarter")
    assert series(frequency="quarter", start="../2020").gaps == whole.gaps
    until_2018 = series(frequency="quarter", end="../2018").gaps
    assert until_2018 == series(frequency="quarter", end=2018).gaps != ()
    assert series(frequency="running-total", start="../2020", end="../2024").gaps == ()


def test_span_hint_only_for_true_sum():
    def hint(period, measure="arrivals", area="KOR", **named):
        return refused(observation, measure, period, area=area, **named).hint

    def total(period, **named):
        return eval(hint(period, **named).partition("use ")[2].removesuffix("."), {"series": series})  # noqa: S307

    assert total("2010/2012") == 2402 + 2706 + 1502
    assert total("2020-04/2020-09") == 12 + 48
    assert total("2019-07/2020-06") == 498 + 147
    assert total("FY2020") == 272 + 135 + 12 + 48
    assert total("2009/2010", as_of="2012-06") == 2927 + 2379
    default = "Pass default=None to get None instead."
    assert hint("1980/1989") == hint("2020-02/2020-03") == hint("0001/9999") == hint("2020-01-05/2020-02-04") == default
    assert hint("2010/2012", "refugees", "USA") == default  # a stock
    assert "series('asylum-applications', area='USA'" in hint("2010/2012", "asylum-applications", "USA")
