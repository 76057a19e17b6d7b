"""The ledger finds what is asked for by name, and makes it once."""

import itertools

import pytest
from catalogues import ledger_of

from defector_stats import UnknownNameError


class Odd:
    """Something that cannot be compared with anything, such as an array."""

    __hash__ = None

    def __eq__(self, other):
        raise AssertionError


def test_ledger_keeps_figures_of_now(invented):
    ledger = ledger_of(invented)

    assert ledger.figures_on("tickets", "KOR", None) is ledger.figures("tickets")
    assert ledger.figures_on("crossings", "USA", None) is ledger.figures("crossings", "United States")
    assert ledger.figures("crossings", "USA") is not ledger.figures("crossings", "KOR")


def test_ledger_makes_things_once(invented):
    ledger = ledger_of(invented)
    count = itertools.count(1)

    assert [ledger.once(name, lambda: next(count)) for name in ("a", "b", "a", "b")] == [1, 2, 1, 2]


def test_ledger_refuses_odd_area(invented):
    given = Odd()

    assert pytest.raises(UnknownNameError, ledger_of(invented).figures, "crossings", given).value.given is given
