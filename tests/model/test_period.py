"""Periods: what can be read, what is refused, how they are written and ordered."""

import datetime as dt
import pickle

import pytest
from hypothesis import given
from hypothesis import strategies as st

from defector_stats import InvalidPeriodError, InvalidPeriodTypeError, Period, arrivals


class Index:
    """A whole number that is no `int`, as NumPy's are."""

    def __init__(self, number):
        self.number = number

    def __index__(self):
        return self.number


@pytest.mark.parametrize(
    ("text", "start", "end", "written", "frequency"),
    [
        ("2020", "2020-01-01", "2020-12-31", "2020", "year"),
        ("2020-Q2", "2020-04-01", "2020-06-30", "2020-Q2", "quarter"),
        ("2020Q2", "2020-04-01", "2020-06-30", "2020-Q2", "quarter"),
        ("2020-q4", "2020-10-01", "2020-12-31", "2020-Q4", "quarter"),
        ("2020-H1", "2020-01-01", "2020-06-30", "2020-H1", "half"),
        ("2020-S2", "2020-07-01", "2020-12-31", "2020-H2", "half"),
        ("2020H1", "2020-01-01", "2020-06-30", "2020-H1", "half"),
        ("2020s2", "2020-07-01", "2020-12-31", "2020-H2", "half"),
        ("2020-07", "2020-07-01", "2020-07-31", "2020-07", "month"),
        ("2020-02", "2020-02-01", "2020-02-29", "2020-02", "month"),
        ("2023-10-09", "2023-10-09", "2023-10-09", "2023-10-09", "day"),
        ("FY2010", "2009-10-01", "2010-09-30", "FY2010", "fiscal-year"),
        ("FY0002", "0001-10-01", "0002-09-30", "FY0002", "fiscal-year"),
        ("fy2010", "2009-10-01", "2010-09-30", "FY2010", "fiscal-year"),
        ("1999/2001", "1999-01-01", "2001-12-31", "1999/2001", "span"),
        ("2024-01/2024-09", "2024-01-01", "2024-09-30", "2024-01/2024-09", "span"),
        ("2024-02/2024-04", "2024-02-01", "2024-04-30", "2024-02/2024-04", "span"),
        ("2024-02/2024-07", "2024-02-01", "2024-07-31", "2024-02/2024-07", "span"),
        ("2024-01/2024-03", "2024-01-01", "2024-03-31", "2024-Q1", "quarter"),
        ("2024-Q1/2024-Q2", "2024-01-01", "2024-06-30", "2024-H1", "half"),
        ("2020-01/2020-12", "2020-01-01", "2020-12-31", "2020", "year"),
        ("2020-01-01/2020-02-28", "2020-01-01", "2020-02-28", "2020-01-01/2020-02-28", "span"),
        ("2020-02-02/2020-02-02", "2020-02-02", "2020-02-02", "2020-02-02", "day"),
        ("2020-01-02/2020-12-31", "2020-01-02", "2020-12-31", "2020-01-02/2020-12-31", "span"),
        ("1996-01/2000-07", "1996-01-01", "2000-07-31", "1996-01/2000-07", "span"),
        ("2019-10/2020-03", "2019-10-01", "2020-03-31", "2019-10/2020-03", "span"),
        ("2009-10-01/2010-09-30", "2009-10-01", "2010-09-30", "2009-10/2010-09", "span"),
        ("2009-10-01/P1Y", "2009-10-01", "2010-09-30", "2009-10/2010-09", "span"),
        ("1999-01-01/P3Y", "1999-01-01", "2001-12-31", "1999/2001", "span"),
        ("2011-01-01/P4M", "2011-01-01", "2011-04-30", "2011-01/2011-04", "span"),
        ("2010-01-01/P1Y3M", "2010-01-01", "2011-03-31", "2010-01/2011-03", "span"),
        ("2020-02-28/P2D", "2020-02-28", "2020-02-29", "2020-02-28/2020-02-29", "span"),
        ("../1998", None, "1998-12-31", "../1998", "running-total"),
        ("../2024-Q3", None, "2024-09-30", "../2024-09", "running-total"),
        ("../2016-11-11", None, "2016-11-11", "../2016-11-11", "running-total"),
        ("0001", "0001-01-01", "0001-12-31", "0001", "year"),
        ("9999-12", "9999-12-01", "9999-12-31", "9999-12", "month"),
    ],
)
def test_parse_text_and_str(text, start, end, written, frequency):
    """Text is read as a span of days and written in its shortest form."""
    period = Period.parse(text)

    assert (period.start and period.start.isoformat(), period.end.isoformat()) == (start, end)
    assert str(period) == written
    assert repr(period) == f"Period.parse({written!r})"
    assert period.frequency == frequency


@pytest.mark.parametrize(
    "text",
    [
        "", " 2020", "2020 ", "20x0", "202", "20200", "0000", "2020-", "2020-Q5", "2020-Q0", "2020-H3", "2020-13",
        "2020-00", "2020-02-30", "2020-2", "202007", "FY20", "FY0001", "FY0000", "FY20x0", "XX2010", "2020/", "/2020",
        "2020/x", "x/2020", "../", "../x", "2020/..", "../FY2010", "FY2009/FY2010", "1/2/3",
        pytest.param("２０２０", id="full-width"), pytest.param("2020\n", id="line-break"),
        "0000-Q1", "2020-W01-1", "20200101", "2020-001", "2020H", "2020-HH", "2020-S3",
        "-2020", "1,047", "../0000",
        "2020/P1Y", "2020-01-01/P", "2020-01-01/P1", "2020-01-01/PT1H", "2020-01-01/P-1Y", "2020-01-01/P1Y1Y",
        "2020-01-01/P9000Y", "2020-01-01/P9999999D", "../P1Y", "P1Y/2020-01-01",
    ],
)  # fmt: skip
def test_parse_refuses_bad_text(text):
    """Text that is no period is refused, and the hint shows the forms."""
    with pytest.raises(InvalidPeriodError) as caught:
        Period.parse(text)

    assert caught.value.given == text
    assert caught.value.problem == "is not a period"
    assert "2020-Q2" in caught.value.hint
    assert not isinstance(caught.value, InvalidPeriodTypeError)


@pytest.mark.parametrize("text", ["2001/1999", "2024-09/2024-01", "2020-02-02/2020-02-01", "2020-01-01/P0D"])
def test_parse_refuses_reversed_span(text):
    with pytest.raises(InvalidPeriodError, match="is reversed") as caught:
        Period.parse(text)

    assert (caught.value.given, caught.value.hint) == (text, "Write the earlier end first.")


@pytest.mark.parametrize("value", [2020.0, 2020.5, True, False, None, [], (2020,), b"2020", {"year": 2020}])
def test_parse_refuses_other_types(value):
    with pytest.raises(InvalidPeriodTypeError, match=f"is a {type(value).__name__}, not a period") as caught:
        Period.parse(value)

    assert caught.value.given is value
    assert "2020-Q2" in caught.value.hint
    assert isinstance(caught.value, TypeError)
    assert isinstance(caught.value, ValueError)


def test_parse_refuses_observation():
    """An observation is refused: a figure is not a year."""
    with pytest.raises(InvalidPeriodTypeError):
        Period.parse(arrivals(2006))


@pytest.mark.parametrize("day", [dt.date(2020, 1, 2), dt.datetime(2020, 1, 2, 10, 30)], ids=repr)  # noqa: DTZ001
def test_parse_refuses_date(day):
    """The hint says what to write for the day and for the year."""
    with pytest.raises(InvalidPeriodTypeError) as caught:
        Period.parse(day)

    assert (caught.value.given, caught.value.problem) == (day, "is a date, not a period")
    assert caught.value.hint == "Write 2020-01-02 in quotes for the day, or 2020 for the year."
    with pytest.raises(InvalidPeriodTypeError, match="is a time, not a period"):
        Period.parse(dt.time(10, 30))


def test_parse_whole_numbers():
    assert str(Period.parse(2020)) == str(Period.parse(Index(2020))) == "2020"
    period = Period.parse(2020)
    assert Period.parse(period) is period
    assert str(Period.parse(1)) == "0001"
    assert str(Period.parse(9999)) == "9999"


@pytest.mark.parametrize(
    "number", [0, -1, 10000, 10**30, 10**5000], ids=["zero", "minus", "five-digits", "long", "endless"]
)
def test_parse_refuses_year_out_of_range(number):
    with pytest.raises(InvalidPeriodError, match="not a year between 1 and 9999") as caught:
        Period.parse(number)

    assert caught.value.given == number
    assert "2020-Q2" in caught.value.hint
    assert len(str(caught.value)) < 300


def test_period_equality():
    """Equal days are equal periods, unless one is a fiscal year."""
    assert Period.parse("2024-01/2024-06") == Period.parse("2024-H1")
    assert hash(Period.parse("2024-01/2024-06")) == hash(Period.parse("2024-H1"))
    assert Period.parse("FY2010") != Period.parse("2009-10/2010-09")
    assert Period.parse(2020) != 2020


def test_period_order():
    texts = ["2020", "1999/2001", "../1998", "2020-Q1", "FY2020", "../1989"]
    ordered = [str(period) for period in sorted(map(Period.parse, texts))]

    assert ordered == ["../1989", "../1998", "1999/2001", "FY2020", "2020-Q1", "2020"]


def test_period_constructor_keeps_rules():
    first, last = "2009-10-01", "2010-09-30"

    assert Period(first=first, last=last, fiscal=True) == Period.parse("FY2010")
    with pytest.raises(InvalidPeriodError, match="is reversed") as caught:
        Period(first=last, last=first)
    assert (caught.value.given, caught.value.hint) == ("2010-09-30/2009-10-01", "Write the earlier end first.")
    for begin, end in [
        ("2009-10-02", last), ("2008-10-01", last), (None, last), (first, "2010-09-29"), (first, "2010-10-30"),
    ]:  # fmt: skip
        with pytest.raises(InvalidPeriodError, match="is not a US fiscal year") as caught:
            Period(first=begin, last=end, fiscal=True)
        assert caught.value.given == f"{begin}/{end}"
        assert caught.value.hint == "FY2010 runs from 2009-10-01 to 2010-09-30."
    with pytest.raises(InvalidPeriodTypeError) as caught:
        Period(first=first, last=last, fiscal=1)
    assert str(caught.value) == "1 is an int, and does not say whether the year is fiscal. Give True or False."


@pytest.mark.parametrize(
    "end",
    ["", "2020", "2020-02", "2021-02-29", "0000-12-31", pytest.param("٢٠٢٠-12-31", id="arabic"), "020-12-31", "now"],
)
@pytest.mark.parametrize("name", ["first", "last"])
def test_period_refuses_bad_days(name, end):
    with pytest.raises(InvalidPeriodError) as caught:
        Period(**{"first": "0001-01-01", "last": "9999-12-31", name: end})

    assert caught.value.args == (end, "is not a day", "Write a day as 2023-10-09.")


@pytest.mark.parametrize(
    ("end", "kind"),
    [
        (2020, "an int"),
        (dt.date(2020, 12, 31), "a date"),
        (b"2020-12-31", "a bytes"),
        (Period.parse(2020), "a Period"),
        (arrivals(2020), "an Observation"),
    ],
)
@pytest.mark.parametrize("name", ["first", "last"])
def test_period_refuses_days_not_text(name, end, kind):
    with pytest.raises(InvalidPeriodTypeError) as caught:
        Period(**{"first": "0001-01-01", "last": "9999-12-31", name: end})

    assert caught.value.args == (end, f"is {kind}, not a day as text", "Write a day as 2023-10-09.")


def test_period_needs_last_day():
    with pytest.raises(InvalidPeriodTypeError, match="is a NoneType, not a day as text"):
        Period(first="2020-01-01", last=None)


@given(st.from_regex(r"[0-9]{4}-(0[0-9]|1[0-3])-([0-2][0-9]|3[0-2])", fullmatch=True))
def test_period_needs_calendar_days(text):
    try:
        dt.date.fromisoformat(text)
    except ValueError:
        with pytest.raises(InvalidPeriodError):
            Period(first=None, last=text)
    else:
        assert Period(first=None, last=text).end.isoformat() == text


@pytest.mark.parametrize(
    ("text", "count", "expected"),
    [
        ("2020", 1, "2021"),
        ("2020", -20, "2000"),
        ("2020-H2", 1, "2021-H1"),
        ("2020-Q1", -1, "2019-Q4"),
        ("2020-02", 12, "2021-02"),
        ("FY2010", -1, "FY2009"),
        ("2020-Q3", 0, "2020-Q3"),
    ],
)
def test_shift_regular_periods(text, count, expected):
    assert str(Period.parse(text).shift(count)) == expected


@pytest.mark.parametrize("text", ["2020-01-05", "1999/2001", "../1998"])
def test_shift_refuses_irregular_spans(text):
    with pytest.raises(InvalidPeriodError, match="has no neighbours") as caught:
        Period.parse(text).shift(1)

    assert caught.value.given == text
    assert caught.value.hint == "Shift a year, half, quarter or month."


@pytest.mark.parametrize(("text", "count"), [("9999", 1), ("0001", -1), ("2020", 10**9)])
def test_shift_refuses_leaving_calendar(text, count):
    with pytest.raises(InvalidPeriodError) as caught:
        Period.parse(text).shift(count)
    assert (caught.value.given, caught.value.problem) == (f"{text} shifted by {count}", "leaves the calendar")
    assert caught.value.hint == "Stay within the years 1 to 9999."


@pytest.mark.parametrize(
    ("text", "start", "end", "expected"),
    [
        ("2020", None, None, True),
        ("2020", "2020", "2020", True),
        ("2020", "2021", None, False),
        ("2020", None, "2020-H1", False),
        ("2020-Q4", "2020", "2020", True),
        ("../1998", "1990", None, False),
        ("../1998", "../1990", "1998", True),
        ("2020", "../1998", None, True),
    ],
)
def test_period_within(text, start, end, expected):
    first, last = (None if bound is None else Period.parse(bound) for bound in (start, end))

    assert Period.parse(text).within(first, last) is expected


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("2020", "2020-Q4", True),
        ("2020-Q1", "2020-Q2", False),
        ("2020-01/2020-04", "2020-04/2020-09", True),
        ("2020-06-30", "2020-Q2", True),
        ("2020-07-01", "2020-Q2", False),
        ("../2019", "2020", False),
        ("../2020-01-01", "2020", True),
        ("../1990", "../2020", True),
    ],
)
def test_period_overlaps(one, other, expected):
    one, other = Period.parse(one), Period.parse(other)

    assert one.overlaps(other) is other.overlaps(one) is expected


days = st.dates(dt.date(2, 1, 1), dt.date(9998, 12, 31))


@given(days, days)
def test_parse_reads_back_str(one, other):
    period = Period(first=min(one, other).isoformat(), last=max(one, other).isoformat())
    again = Period.parse(str(period))

    assert again == period
    assert (again.start, again.end, again.fiscal) == (min(one, other), max(one, other), False)
    assert pickle.loads(pickle.dumps(period)) == period  # noqa: S301


@given(days)
def test_parse_reads_back_open_span(end):
    period = Period(first=None, last=end.isoformat())
    assert period.end == end

    assert Period.parse(str(period)) == period


@given(
    st.integers(2, 9998),
    st.sampled_from(["{:04}", "FY{:04}", "{:04}-H1", "{:04}-H2", "{:04}-Q1", "{:04}-Q4", "{:04}-02"]),
    st.integers(-50, 50),
)
def test_period_round_trip_and_shift(year, form, count):
    text = form.format(year)
    period = Period.parse(text)

    assert str(period) == text
    if 60 < year < 9900:
        shifted = period.shift(count)
        assert shifted.shift(-count) == period
        assert shifted.frequency == period.frequency
        assert (shifted > period) is (count > 0)


@given(st.text(max_size=30) | st.integers() | st.floats() | st.binary() | st.none() | st.booleans())
def test_parse_gives_period_or_error(value):
    try:
        period = Period.parse(value)
    except InvalidPeriodError as error:
        assert error.given is value
    else:
        assert Period.parse(str(period)) == period


@pytest.mark.parametrize(
    ("text", "year", "moved"),
    [
        ("2020", 2019, "2019"),
        ("2020-Q1", 2021, "2021-Q1"),
        ("2024-02", 2023, "2023-02"),
        ("2023-02", 2024, "2024-02"),
        ("2024-02-29", 2023, "2023-02-28"),
        ("2023-10-09", 2024, "2024-10-09"),
        ("../2016-11-11", 2017, "../2017-11-11"),
        ("../2023-02", 2024, "../2024-02"),
        ("FY2010", 2012, "FY2012"),
        ("2024-01/2024-09", 2012, "2012-01/2012-09"),
        ("1999/2001", 2004, "2002/2004"),
    ],
)
def test_in_year_moves_to_same_days(text, year, moved):
    assert str(Period.parse(text).in_year(year)) == moved


@pytest.mark.parametrize(("text", "year"), [("2020", 10_000), ("2020", 0), ("1999/2001", 2), ("2020", 10**10)])
def test_in_year_refuses_leaving_calendar(text, year):
    with pytest.raises(InvalidPeriodError) as caught:
        Period.parse(text).in_year(year)
    assert (caught.value.given, caught.value.problem) == (f"{text} in {year}", "leaves the calendar")
    assert caught.value.hint == "Stay within the years 1 to 9999."


@pytest.mark.parametrize(("move", "meant"), [(Period.shift, "a number of steps"), (Period.in_year, "a year")])
@pytest.mark.parametrize("value", [1.5, True, "2021", None, arrivals(2006)], ids=repr)
def test_shift_and_in_year_refuse_non_integers(move, meant, value):
    with pytest.raises(InvalidPeriodTypeError) as caught:
        move(Period.parse(2020), value)

    article = "an" if type(value).__name__ == "Observation" else "a"
    assert caught.value.args == (value, f"is {article} {type(value).__name__}, not {meant}", "Give a whole number.")


def test_shift_and_in_year_take_index_types():
    assert str(Period.parse(2020).shift(Index(1))) == str(Period.parse(2020).in_year(Index(2021))) == "2021"


def test_period_order_refuses_other_types():
    assert Period.parse("../2020") < Period.parse(1999) < Period.parse("1999/2001") <= Period.parse("1999/2001")
    for other in (2020, "2020", None):
        with pytest.raises(TypeError):
            Period.parse(2020) < other  # noqa: B015


@pytest.mark.parametrize(
    ("text", "year"),
    [
        ("2020", 2020), ("2020-H2", 2020), ("2020-Q1", 2020), ("2020-07", 2020), ("2023-10-09", 2023),
        ("2024-01/2024-09", 2024), ("FY2010", 2010), ("1999/2001", None), ("2019-07/2020-06", None),
        ("../1998", None), ("../2024-09", None), ("0001", 1), ("9999", 9999),
    ],
)  # fmt: skip
def test_period_year(text, year):
    assert Period.parse(text).year == year


@pytest.mark.parametrize(
    ("spec", "written"),
    [("", "2020-Q1"), (">9", "  2020-Q1"), ("*^9", "*2020-Q1*"), ("<8", "2020-Q1 "), (".4", "2020")],
)
def test_period_formats_like_text(spec, written):
    assert f"{Period.parse('2020-Q1'):{spec}}" == written
