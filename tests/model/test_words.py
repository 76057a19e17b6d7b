"""The grammar: numbers and times as people write them, never more precise than the figures."""

import decimal as decimal_module
import locale
from fractions import Fraction

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from defector_stats import Period, revisions
from defector_stats._model.words import (
    decimal,
    figure_for,
    join_words,
    multiple,
    number,
    ordinal,
    percent,
    period_name,
    split_by_sex,
    unit_name,
    with_preposition,
)

COUNTS = st.integers(0, 10**9)


@pytest.mark.parametrize(
    ("share", "base", "text"),
    [
        (Fraction(-81800, 1047), 1047, "−78.1%"),
        (Fraction(204, 10), 196, "+20.4%"),
        (Fraction(0), 8, "0%"),
        (Fraction(0), 800, "0.0%"),
        (Fraction(300), 12, "+300%"),
        (Fraction(-100), 5, "−100%"),
        (Fraction(-100), 500, "−100.0%"),
        (Fraction(3068_400, 1000), 947, "+3,068.4%"),
        (Fraction(9995, 100), 100_000, "+99.9%"),
        (Fraction(-9999, 100), 100_000, "−99.9%"),
        (Fraction(9999, 100), 99, "+99%"),
        (Fraction(10_004, 100), 100_000, "+100.0%"),
        (Fraction(4, 100), 100_000, "less than 0.1%"),
        (Fraction(-4, 100), 100_000, "less than 0.1%"),
        (Fraction(5, 100), 100_000, "+0.1%"),
        (Fraction(-5, 100), 100_000, "−0.1%"),
        (Fraction(4, 10), 99, "less than 1%"),
        (Fraction(5, 2), 99, "+3%"),
        (Fraction(-5, 2), 99, "−3%"),
        (Fraction(5, 2), 100, "+2.5%"),
    ],
    ids=lambda cell: str(cell).replace("−", "-"),
)
def test_percent_precision(share, base, text):
    assert percent(share, base, signed=True) == text
    assert percent(share, base) == text.removeprefix("+")


@given(COUNTS.filter(bool), COUNTS.filter(bool))
def test_percent_never_rounds_to_all(part, rest):
    text = percent(Fraction(100 * part, part + rest), part + rest)

    assert text not in {"0%", "0.0%", "100%", "100.0%"}
    assert "-" not in text


@given(st.integers(-(10**12), 10**12), st.integers(1, 10**12))
def test_decimal_rounds_to_nearest_tenth(numerator, denominator):
    value = Fraction(numerator, denominator)
    shown = Fraction(decimal(value).replace(",", "").replace("−", "-"))

    assert abs(shown - value) <= Fraction(1, 20)


def test_rounding_ignores_host_context():
    """Rounding does not follow the settings of the host program."""
    with decimal_module.localcontext(decimal_module.Context(prec=2, rounding=decimal_module.ROUND_DOWN)):
        assert decimal(Fraction(123_456, 100)) == "1,234.6"


def test_period_name_ignores_locale():
    for wanted in ("de_DE.UTF-8", "ko_KR.UTF-8", "C.UTF-8"):
        try:
            locale.setlocale(locale.LC_ALL, wanted)
        except locale.Error:
            continue
        try:
            assert period_name(Period.parse("2023-10")) == "October 2023"
        finally:
            locale.setlocale(locale.LC_ALL, "")
    months = [period_name(Period.parse(f"2020-{month:02}")).split()[0] for month in range(1, 13)]
    assert months == [
        "January", "February", "March", "April", "May", "June",
        "July", "August", "September", "October", "November", "December",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("period", "flow", "stock"),
    [
        ("2020", "in 2020", "at the end of 2020"),
        ("2020-H1", "in the first half of 2020", "at the end of June 2020"),
        ("2020-H2", "in the second half of 2020", "at the end of 2020"),
        ("2020-Q3", "in the third quarter of 2020", "at the end of September 2020"),
        ("2020-Q4", "in the fourth quarter of 2020", "at the end of 2020"),
        ("2020-02", "in February 2020", "at the end of February 2020"),
        ("2023-10-09", "on 9 October 2023", "on 9 October 2023"),
        ("FY2010", "in the US fiscal year 2010", "at the end of September 2010"),
        ("1999/2001", "from 1999 to 2001", "at the end of 2001"),
        ("2024-01/2024-09", "from January to September 2024", "at the end of September 2024"),
        ("1996-01/2000-07", "from January 1996 to July 2000", "at the end of July 2000"),
        ("2010-01-05/2010-03-17", "from 5 January to 17 March 2010", "on 17 March 2010"),
        ("../1998", "by the end of 1998", "at the end of 1998"),
        ("../2024-09", "by the end of September 2024", "at the end of September 2024"),
        ("../2016-11-11", "by 11 November 2016", "on 11 November 2016"),
    ],
)
def test_with_preposition_flow_and_stock(period, flow, stock):
    assert with_preposition(Period.parse(period)) == flow
    assert with_preposition(Period.parse(period), "stock") == stock


def test_wording_of_figures_lists_and_ordinals():
    assert figure_for(Period.parse("2020-Q1")) == "figure for the first quarter of 2020"
    assert figure_for(Period.parse("../2016-11-11")) == "running total to 11 November 2016"
    assert figure_for(Period.parse(2020), "stock") == "figure for the end of 2020"
    assert join_words(["a", "b"]) == "a and b"
    assert join_words(["a", "b", "c"], most=3) == "a, b and c"
    assert join_words(["a", "b", "c"], most=1) == "a and 2 more"
    assert [ordinal(place) for place in (3, 11, 13, 22, 101, 1112)] == [
        "3rd", "11th", "13th", "22nd", "101st", "1,112th",
    ]  # fmt: skip
    assert (number(-1234567), decimal(Fraction(-12345, 10))) == ("−1,234,567", "−1,234.5")
    assert [unit_name(each) for each in ("quarter", "day", "running-total", "span")] == [
        "quarter", "day", "running total", "span",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("after", "before", "text"),
    [
        (196, 67, "nearly three times as many"),
        (485, 126, "nearly four times as many"),
        (20, 10, "twice as many"),
        (25, 10, "more than twice as many"),
        (19, 10, "nearly twice as many"),
        (100, 10, "ten times as many"),
        (105, 10, "more than ten times as many"),
        (109, 10, "nearly 11 times as many"),
        (12_000, 10, "1,200 times as many"),
        (17, 10, ""),
        (10, 10, ""),
        (10, 17, ""),
        (10, 20, "half as many"),
        (10, 19, "just over half as many"),
        (229, 1047, "less than a quarter as many"),
        (10, 100, "a tenth as many"),
        (10, 101, "less than a tenth as many"),
        (10, 10_000, "less than a tenth as many"),
        (0, 10, ""),
    ],
)
def test_multiple_in_words(after, before, text):
    assert multiple(Fraction(after, before)) == text


TIMES = dict(zip(["twice", "three", "four", "five", "six", "seven", "eight", "nine", "ten"], range(2, 11), strict=True))
PARTS = dict(
    zip(
        ["half", "third", "quarter", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth"], range(2, 11), strict=True
    )
)


@given(st.integers(1, 5000), st.integers(1, 5000))
def test_multiple_is_true_and_close(after, before):
    """What is said holds for the exact ratio, read back by the words alone."""
    ratio = Fraction(after, before)
    words = multiple(ratio).removesuffix(" as many").replace(" times", "").split()
    if not words:
        assert Fraction(5, 9) < ratio < Fraction(9, 5)
        return
    *about, named = [word for word in words if word not in {"a", "an"}]
    steps, times = (
        (1 / ratio, PARTS[named]) if named in PARTS else (ratio, TIMES.get(named) or int(named.replace(",", "")))
    )
    if about in (["nearly"], ["just", "over"]):
        assert times - Fraction(1, 5) <= steps < times
    elif about in (["more", "than"], ["less", "than"]):
        assert times < steps
        assert steps < times + Fraction(4, 5) or named == "tenth"
    else:
        assert (about, steps) == ([], times)


@pytest.mark.parametrize(
    ("male", "female", "text"),
    [
        (1419, 1, "1,419 men and boys, 1 woman or girl"),
        (1, 2261, "1 man or boy, 2,261 women and girls"),
        (0, 0, "0 men and boys, 0 women and girls"),
        (None, None, ""),
    ],
)
def test_split_by_sex(male, female, text):
    assert split_by_sex(attrs.evolve(revisions(2020)[0], male=male, female=female)) == text
