"""Dates of release, and what counts as known on a day."""

import datetime as dt
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from defector_stats import InvalidPeriodError, InvalidPeriodTypeError, arrivals
from defector_stats.vintage import last_day, read_as_of, sort_key


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
        ("4 Feb 2026" + " " * 30, "2026-02-04"),
        (1, "0001-12-31"),
        (9999, "9999-12-31"),
    ],
    ids=repr,
)
def test_a_date_is_known_by_its_end(given_date, expected):
    assert read_as_of(given_date) == expected


REFUSED = {
    "is not a date in ISO form": ["", "20190", "2019-13", "2019-02-30", "2019-1", "1.5", "99/99/99"],
    "is not a date in ISO form (it could mean 4 March 2026 or 3 April 2026)": ["03/04/2026"],
    (
        "is not a date in ISO form "
        "(it could mean 3 February 2001 or 2 March 2001 or 2 January 2003 or 1 February 2003)"
    ): ["01/02/03"],
    "is not a date in ISO form (it could mean 5 January 2000 or 1 May 2000)": ["0/1/5"],
    "is not a date": [
        "soon", "today", "noon", "４ Feb 2026", "２０２６", "4 Feb 2026" + " " * 31, "4 Feb 99999999999999999999",
        "4 Feb 2026 UTC", "2019-Q1",
    ],
    "does not name a month and a year of four digits, and nothing else": [
        "4 Feb", "4 Feb 26", "Feb", "Monday", "4 Feb 2026 12:30", "4 Feb 2026 30m", "4 Feb 2026 30s", "4 Feb 2026 10h",
        "4 Feb 2026 2025", "2026-02-04T10:00",
    ],
}  # fmt: skip


@pytest.mark.parametrize(("problem", "text"), [(problem, text) for problem, texts in REFUSED.items() for text in texts])
def test_text_that_would_need_guessing_is_refused(problem, text):
    with pytest.raises(InvalidPeriodError) as caught:
        read_as_of(text)

    assert (caught.value.given, caught.value.problem) == (text, problem)
    assert "4 Feb 2026" in caught.value.hint


def test_nothing_is_filled_in_from_today(monkeypatch):
    """Each reading has a default of its own, and the two agree in no part."""
    import dateutil.parser

    defaults = []
    real = dateutil.parser.parse

    def parse(text, *, default, **options):
        defaults.append(default)
        return real(text, default=default, **options)

    monkeypatch.setattr(dateutil.parser, "parse", parse)
    assert read_as_of("January 2012") == "2012-01-31"

    one, two = defaults
    assert not any(a == b for a, b in zip(one.timetuple()[:6], two.timetuple()[:6], strict=True))


@pytest.mark.parametrize("zone", ["UTC", "EST", "XYZ", "+0900"])
def test_a_time_of_day_in_any_zone_is_refused_without_a_warning(zone):
    with pytest.raises(InvalidPeriodError, match="nothing else"):
        read_as_of(f"4 Feb 2026 10:00 {zone}")


@pytest.mark.parametrize("value", [2020.0, True, [], b"2020"])
def test_another_type_is_refused(value):
    with pytest.raises(InvalidPeriodTypeError, match="not a date") as caught:
        read_as_of(value)

    assert caught.value.given is value
    assert "4 Feb 2026" in caught.value.hint


def test_an_observation_is_no_date():
    with pytest.raises(InvalidPeriodTypeError):
        arrivals(2020, as_of=arrivals(2006))


@pytest.mark.parametrize("number", [0, 10000])
def test_a_year_outside_of_the_calendar_is_no_date(number):
    with pytest.raises(InvalidPeriodError, match="not a year between 1 and 9999") as caught:
        read_as_of(number)

    assert caught.value.given == number
    assert "4 Feb 2026" in caught.value.hint


def test_a_date_before_any_release_has_no_data_and_says_so():
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
def test_only_iso_text_has_a_last_day(text):
    with pytest.raises(ValueError, match=rf"^{text}$|month|year|isoformat"):
        last_day(text)


@given(st.text("0123456789-W", min_size=10, max_size=10) | st.dates().map(str))
def test_a_day_is_read_as_it_is_written(text):
    try:
        assert str(last_day(text)) == text
    except ValueError:
        assert not re.fullmatch(r"\d{4}-(0[1-9]|1[0-2])-(0[1-9]|1\d|2[0-8])", text) or text.startswith("0000")


@given(iso, iso)
def test_the_sort_key_orders_releases_like_their_last_days(one, other):
    if last_day(one) < last_day(other):
        assert sort_key(one) < sort_key(other)


@given(iso)
def test_the_last_day_is_the_last_that_begins_with_the_text(text):
    day = last_day(text)

    assert day.isoformat().startswith(text)
    if day < dt.date.max:
        assert not (day + dt.timedelta(days=1)).isoformat().startswith(text)
    assert read_as_of(text) == day.isoformat()


@given(st.text(max_size=50) | st.integers() | st.floats() | st.dates())
def test_as_of_gives_an_iso_day_or_its_own_error_and_nothing_else(value):
    try:
        text = read_as_of(value)
    except InvalidPeriodError as error:
        assert error.given is value
    else:
        assert dt.date.fromisoformat(text).isoformat() == text
