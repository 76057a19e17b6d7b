"""Exact numbers that can be written like floats."""

import copy
import fractions
import pickle
import sys
from decimal import ROUND_HALF_EVEN, Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from defector_stats import Fraction, arrivals, compare, series

RATIONALS = st.fractions(min_value=-(10**6), max_value=10**6, max_denominator=10**6)


@pytest.mark.parametrize(
    ("number", "spec", "written"),
    [
        (Fraction(157, 229), ".1%", "68.6%"),
        (Fraction(157, 229), "", "157/229"),
        (Fraction(157, 229), ">9", "  157/229"),
        (Fraction(157, 229), "f", "0.685590"),
        (Fraction(157, 229), "%", "68.558952%"),
        (Fraction(157, 229), "e", "6.855895e-1"),
        (Fraction(157, 229), "E", "6.855895E-1"),
        (Fraction(157, 229), ".1E", "6.9E-1"),
        (Fraction(1, 4), "+f", "+0.250000"),
        (Fraction(1, 4), "9f", " 0.250000"),
        (Fraction(157, 229), ".3g", "0.686"),
        (Fraction(157, 229), "G", "0.68559"),
        (Fraction(-81800, 1047), "+.1f", "-78.1"),
        (Fraction(33912, 34), ",.1f", "997.4"),
        (Fraction(5, 2), ".0f", "2"),
        (Fraction(107, 40), ".2f", "2.68"),  # a tie that a float would round down
        (Fraction(1, 8), "08.2F", "00000.12"),
        (Fraction(1, 3), ".70f", f"0.{'3' * 70}"),
        (Fraction(2, 1), "", "2"),
    ],
)
def test_format_exactly(number, spec, written):
    assert f"{number:{spec}}" == written


@given(RATIONALS, st.integers(0, 12))
def test_fixed_point_is_rounded_once(number, places):
    """What is written is the nearest number with so many places, and of two the even one."""
    written = Decimal(f"{Fraction(number):.{places}f}")
    unit = fractions.Fraction(1, 10**places)

    assert abs(fractions.Fraction(written) - number) <= unit / 2
    scaled = Decimal(number.numerator) / Decimal(number.denominator) * 10**places
    if scaled % 1 == Decimal("0.5") and fractions.Fraction(scaled) == number * 10**places:
        assert int(written * 10**places) == int(scaled.to_integral_value(ROUND_HALF_EVEN))


@pytest.mark.skipif(sys.version_info < (3, 12), reason="Python's own fractions cannot be formatted")
@given(RATIONALS, st.sampled_from([".0f", ".1f", ",.2f", "+.3f", ".1%", "f", "%"]))
def test_format_like_own_fractions(number, spec):
    assert format(Fraction(number), spec) == format(number, spec)


def test_copies_and_arithmetic():
    third = Fraction(1, 3)

    for twin in (pickle.loads(pickle.dumps(third)), copy.copy(third), copy.deepcopy(third)):  # noqa: S301
        assert (twin, type(twin)) == (third, Fraction)
    assert (third + third, type(third + third)) == (fractions.Fraction(2, 3), fractions.Fraction)
    assert repr(third) == "Fraction(1, 3)"
    assert hash(third) == hash(fractions.Fraction(1, 3))
    assert not hasattr(third, "__dict__")


def test_answers_can_be_formatted():
    assert f"{arrivals(2020).female_share:.1%}" == "68.6%"
    assert f"{compare(2019, 2020).percent:+.1f}" == "-78.1"
    assert f"{compare(2019, 2020).ratio:.3f}" == "0.219"
    assert f"{series(start=2020).mean().value:.0f}" == "169"
