"""Dates of release, and what counts as known on a day."""

import calendar
import datetime as dt
import itertools
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from defector_stats import (
    InvalidPeriodError,
    InvalidPeriodTypeError,
    arrivals,
    breakdown,
    compare,
    context,
    freshness,
    observation,
    series,
)
from defector_stats._model.dates import last_day, read_as_of, sort_key


@pytest.mark.parametrize(
    ("given_date", "expected"),
    [
        (dt.date(2026, 2, 4), "2026-02-04"),
        (dt.datetime(2026, 2, 4, 12, 30), "2026-02-04"),  # noqa: DTZ001
        (2020, "2020-12-31"),
        ("2020", "2020-12-31"),
        ("2019-02", "2019-02-28"),
        ("2019-08", "2019-08-31"),
        ("2026-02-04", "2026-02-04"),
        ("4 Feb 2026", "2026-02-04"),
        ("Feb 4, 2026", "2026-02-04"),
        ("4th February 2026", "2026-02-04"),
        ("Wednesday 4 February 2026", "2026-02-04"),
        ("15 July 2004", "2004-07-15"),
        ("1 January 2000", "2000-01-01"),
        ("January 2012", "2012-01-31"),
        ("february 2012", "2012-02-29"),
        ("July 2004", "2004-07-31"),
        ("4 Feb 2026" + " " * 31, "2026-02-04"),
        (" 2026-02-04 ", "2026-02-04"),
        ("\t2026-02\n", "2026-02-28"),
        ("Feb 4,2026", "2026-02-04"),
        ("Feb 26,2025", "2025-02-26"),
        ("Dec 31,2024", "2024-12-31"),
        ("4th of February 2026", "2026-02-04"),
        ("2026 Feb 4", "2026-02-04"),
        ("4-Feb-2026", "2026-02-04"),
        ("4Feb2026", "2026-02-04"),
        ("Wed, 4 Feb 2026", "2026-02-04"),
        ("Sept 2012", "2012-09-30"),
        ("29 Feb 2024", "2024-02-29"),
        ("31 May 1999", "1999-05-31"),
        (dt.date(2024, 2, 29), "2024-02-29"),
        (1, "0001-12-31"),
        (9999, "9999-12-31"),
    ],
    ids=itertools.count(),  # a text with a line break is no name
)
def test_read_as_of_gives_last_day(given_date, expected):
    """A year or a month counts from its last day."""
    assert read_as_of(given_date) == expected


NOT_IN_WORDS = "is not a date with a month in letters and a year of four digits, and nothing else"
REFUSED = {
    "is not a date in ISO form": ["", "20190", "2019-13", "2019-02-30", "2019-1", "1.5", "99/99/99"],
    "is not a date in ISO form (it could mean 4 March 2026 or 3 April 2026)": ["03/04/2026"],
    (
        "is not a date in ISO form "
        "(it could mean 3 February 2001 or 2 March 2001 or 2 January 2003 or 1 February 2003)"
    ): ["01/02/03"],
    "is not a date in ISO form (it could mean 5 January 2000 or 1 May 2000)": ["0/1/5"],
    "is not a date": ["４ Feb 2026", "２０２６", "4 Févr 2026"],
    NOT_IN_WORDS: [
        "soon", "today", "noon", "4 Feb 99999999999999999999", "4 Feb 2026 UTC", "2019-Q1", "4 Feb", "4 Feb 26", "Feb",
        "Monday", "4 Feb 2026 12:30", "4 Feb 2026 30m", "4 Feb 2026 30s", "4 Feb 2026 10h", "4 Feb 2026 2025",
        "2026-02-04T10:00", "2019-W05-7", "4 Feb 0026", "Jan 2026 T", "ad Jan 2026", "Feb Mar 2026", "Wed Feb 2026",
        "4 5 Feb 2026", "Feb 2026 (provisional)", "2020 11111111111111111111111111111h",
        "11111111111111111111111111111 m", "m 8602\x00\x0024", "Feb " + "1" * 5000,
    ],
    f"{NOT_IN_WORDS} (it could mean 4 February 2026 or 2 April 2026)": [
        "Wed 4/2/2026", "on 4/2/2026", "4/2/2026 AD", "at 04.02.2026", "4th of 2 2026", "2nd 4 2026",
    ],
    f"{NOT_IN_WORDS} (it could mean 4 March 2026 or 3 April 2026)": ["3rd 4th 2026"],
    f"{NOT_IN_WORDS} (it could mean 2 January 2023 or 1 February 2023)": ["Mon 01/02/2023"],
    "names a day that its month does not have": [
        "30 Feb 2026", "Feb 99,2200", "Feb 43,2200", "0 Feb 2026", "29 Feb 2025",
    ],
    "contradicts itself: 4 February 2026 is a Wednesday": ["Tue 4 Feb 2026", "Thursday 4 February 2026"],
}  # fmt: skip


@pytest.mark.parametrize(
    ("problem", "text"),
    [(problem, text) for problem, texts in REFUSED.items() for text in texts],
    ids=itertools.count(),
)
def test_read_as_of_refuses_vague_text(problem, text):
    """Text that would need guessing is refused, with what it could mean."""
    with pytest.raises(InvalidPeriodError) as caught:
        read_as_of(text)

    assert (caught.value.given, caught.value.problem) == (text, problem)
    assert "4 Feb 2026" in caught.value.hint


@pytest.mark.parametrize("month", range(1, 13))
def test_read_as_of_month_names(month):
    for form in ("%b", "%B"):
        for day in (1, 28):
            given_date = dt.date(2023, month, day)
            assert read_as_of(given_date.strftime(f"{day} {form} %Y")) == given_date.isoformat()


class Missing(dt.date):
    """A date that is none, as the missing date of pandas."""

    def isoformat(self):
        return "NaT"


class Broken(dt.datetime):
    def isoformat(self, *_):
        raise ZeroDivisionError


@pytest.mark.parametrize("missing", [Missing(1, 1, 1), Broken(1, 1, 1)], ids=["NaT", "raises"])
def test_as_of_refuses_missing_date(missing):
    """Every call that takes a date refuses one that is no day of the calendar."""
    calls = [
        lambda: arrivals(2025, as_of=missing),
        lambda: observation("arrivals", 2025, as_of=missing),
        lambda: series(as_of=missing),
        lambda: compare(2024, 2025, as_of=missing),
        lambda: context(2025, as_of=missing),
        lambda: breakdown("age", as_of=missing),
        lambda: freshness(missing),
    ]
    for call in calls:
        with pytest.raises(InvalidPeriodTypeError) as caught:
            call()
        assert (caught.value.given is missing, caught.value.problem) == (True, "is no day of the calendar")
        assert "4 Feb 2026" in caught.value.hint


def test_as_of_refuses_pandas_nat():
    pandas = pytest.importorskip("pandas")
    for call in (lambda: arrivals(2025, as_of=pandas.NaT), lambda: freshness(pandas.NaT)):
        with pytest.raises(InvalidPeriodTypeError, match="NaT is no day of the calendar"):
            call()
    assert arrivals(2025, as_of=pandas.Timestamp("2026-01-25")) == 224


@pytest.mark.parametrize("zone", ["UTC", "EST", "XYZ", "+0900"])
def test_read_as_of_refuses_time_of_day(zone):
    with pytest.raises(InvalidPeriodError, match="nothing else"):
        read_as_of(f"4 Feb 2026 10:00 {zone}")


@pytest.mark.parametrize("value", [2020.0, True, [], b"2020"])
def test_read_as_of_refuses_other_types(value):
    with pytest.raises(InvalidPeriodTypeError, match="not a date") as caught:
        read_as_of(value)

    assert caught.value.given is value
    assert "4 Feb 2026" in caught.value.hint


def test_as_of_refuses_observation():
    with pytest.raises(InvalidPeriodTypeError):
        arrivals(2020, as_of=arrivals(2006))


@pytest.mark.parametrize("number", [0, 10000])
def test_read_as_of_refuses_year_out_of_range(number):
    with pytest.raises(InvalidPeriodError, match="not a year between 1 and 9999") as caught:
        read_as_of(number)

    assert caught.value.given == number
    assert "4 Feb 2026" in caught.value.hint


def test_as_of_before_any_release():
    from defector_stats import NoDataError

    with pytest.raises(NoDataError) as caught:
        arrivals(2020, as_of="1990")
    assert caught.value.reason == "not-yet-released"


iso = st.dates(dt.date(1, 1, 1), dt.date(9999, 12, 31)).flatmap(
    lambda day: st.sampled_from([day.isoformat(), day.isoformat()[:7], day.isoformat()[:4]])
)


@pytest.mark.parametrize(
    "text",
    ["", "2019-1", "2019-13", "0000", "２０２６", "2019-02-30", "2019-2-003", "2019_02_03", "20190203T1", "2019-00-00",
     "２０１９-02-03", "2019-02-03 ", "2019-02-3", "2019-W05-7", "\ud800" * 10],
    ids=range(15),
)  # fmt: skip
def test_last_day_refuses_text_not_iso(text):
    with pytest.raises(ValueError, match=rf"^{text}$|month|year|isoformat"):
        last_day(text)


@given(st.text("0123456789-W", min_size=10, max_size=10) | st.dates().map(str))
def test_last_day_of_day_is_itself(text):
    try:
        assert str(last_day(text)) == text
    except ValueError:
        assert not re.fullmatch(r"\d{4}-(0[1-9]|1[0-2])-(0[1-9]|1\d|2[0-8])", text) or text.startswith("0000")


def known_from(released):
    """The last day of a release, by the calendar of the standard library."""
    year, month, day = [*map(int, released.split("-")), None, None][:3]
    return dt.date(year, month or 12, day or calendar.monthrange(year, month or 12)[1])


@given(iso)
def test_sort_key_matches_calendar(released):
    assert sort_key(released) == known_from(released).isoformat() == last_day(released).isoformat()


@pytest.mark.parametrize("year", [1900, 2000, 2023, 2024])
@pytest.mark.parametrize("month", range(1, 13))
def test_sort_key_of_month(year, month):
    assert sort_key(f"{year}-{month:02}") == f"{year}-{month:02}-{calendar.monthrange(year, month)[1]}"


@given(iso)
def test_last_day_round_trip(text):
    day = last_day(text)

    assert day.isoformat().startswith(text)
    if day < dt.date.max:
        assert not (day + dt.timedelta(days=1)).isoformat().startswith(text)
    assert read_as_of(text) == day.isoformat()


@given(st.text(max_size=50) | st.integers() | st.floats() | st.dates())
def test_read_as_of_gives_day_or_error(value):
    """Any value gives an ISO day or `InvalidPeriodError`, and nothing else."""
    try:
        text = read_as_of(value)
    except InvalidPeriodError as error:
        assert error.given is value
    else:
        assert dt.date.fromisoformat(text).isoformat() == text
