"""What follows from printed figures, over invented ones: each way in words, the one known latest first."""

import pytest

from defector_stats import Period
from defector_stats._store.derived import derivations
from defector_stats._store.history import WORLD, Log

# A value and its day of release; the parts of the year add up.
PRINTED = {
    ("KOR", "../2019"): (100, "2020-01"),
    ("KOR", "2020"): (15, "2021-03"),
    ("KOR", "2020-H1"): (3, "2020-07"),
    ("KOR", "2020-H2"): (12, "2021-02"),
    ("KOR", "2020-01/2020-09"): (7, "2020-11"),
    ("KOR", "2020-Q1"): (1, "2020-04"),
    ("KOR", "2020-Q2"): (2, "2020-07-02"),
    ("KOR", "2020-Q3"): (4, "2020-10"),
    ("KOR", "2020-Q4"): (8, "2021-01-20"),
    ("USA", "2020"): (0, "2022"),
    ("USA", "2021-H1"): (5, "2021-07"),
    ("USA", "2021-Q1"): (5, "2021-04"),
    ("USA", "2021-Q3"): (6, "2021-10"),
    ("USA", "2021-H2"): (5, "2022"),
}


def ways(area, period):
    """How a figure is worked out, and to what."""

    rows = [
        ("m", place, text, str(value), "", "", "normal", released, "s", "")
        for (place, text), (value, released) in PRINTED.items()
    ]
    found = derivations(Log("m", rows, ("GBR", "KOR", "USA")), area, Period.parse(period), None)
    return [(way.formula, way.value) for way in found]


@pytest.mark.parametrize(
    ("area", "period", "expected"),
    [
        ("KOR", "2020-H1", [("2020 − 2020-H2", 3), ("2020-Q1 + 2020-Q2", 3)]),
        ("KOR", "2020-H2", [("2020 − 2020-H1", 12), ("2020-Q3 + 2020-Q4", 12)]),
        ("KOR", "2020-Q1", [("2020-H1 − 2020-Q2", 1)]),
        ("KOR", "2020-Q2", [("2020-H1 − 2020-Q1", 2)]),
        ("KOR", "2020-Q3", [("2020-H2 − 2020-Q4", 4), ("2020-01/2020-09 − 2020-H1", 4)]),
        ("KOR", "2020-Q4", [("2020 − 2020-01/2020-09", 8), ("2020-H2 − 2020-Q3", 8)]),
        ("KOR", "../2020-03", [("../2019 + 2020-Q1", 101)]),
        ("KOR", "../2020-06", [("../2019 + 2020-H1", 103), ("../2019 + 2020-Q1 + 2020-Q2", 103)]),
        ("KOR", "../2020-09", [("../2019 + 2020-01/2020-09", 107), ("../2019 + 2020-Q1 + 2020-Q2 + 2020-Q3", 107)]),
        ("KOR", "../2020-08", []),
        ("KOR", "2020", []),
        ("GBR", "2020-H1", []),
        (WORLD, "2020", [("KOR + USA", 15)]),
        (WORLD, "2020-Q3", [("KOR", 4)]),
        (WORLD, "2019", []),
    ],
)
def test_derivations_of_period(area, period, expected):
    assert ways(area, period) == expected


def test_derivations_zero_but_not_negative():
    assert ways("USA", "2021-Q2") == [("2021-H1 − 2021-Q1", 0)]
    assert ways("USA", "2021-Q4") == []


@pytest.mark.parametrize("period", ["2020", "FY2020", "2020-07", "2019/2020", "2020-01/2020-09", "2020-12-31"])
def test_no_derivations_of_other_periods(period):
    """Years, months, days and spans are never derived, even if every possible input is known."""
    parts = ["2020", "2020-01/2020-09", *(f"2020-{part}" for part in ("H1", "H2", "Q1", "Q2", "Q3", "Q4"))]
    rows = [("m", "KOR", part, "5", "", "", "normal", "2030", "s", "") for part in (*parts, "../2019", "2018", "2019")]
    assert derivations(Log("m", rows, ("KOR",)), "KOR", Period.parse(period), None) == []


def test_derived_without_split_has_no_split_date():
    """One input has a split that was changed after its total was published, the other has none."""
    rows = [
        ("m", "KOR", "2020-H1", "5", "2", "3", "normal", "2020-08", "s", ""),
        ("m", "KOR", "2020-H1", "5", "3", "2", "normal", "2022", "s", ""),
        ("m", "KOR", "2020", "9", "", "", "normal", "2021-01", "s", ""),
    ]
    log = Log("m", rows, ("KOR",))
    old, split = log.steps("KOR", "2020-H1", None)
    (whole,) = log.steps("KOR", "2020", None)
    (way,) = derivations(log, "KOR", Period.parse("2020-H2"), None)
    assert (way.value, way.split, way.released, way.split_released, way.began) == (
        4,
        (None, None),
        "2021-01",
        None,
        "2022",
    )
    assert (split.released, split.split_released, old.split_released, whole.split_released) == (
        "2020-08",
        "2022",
        "2020-08",
        None,
    )


def test_derived_with_impossible_split_has_no_split_date():
    """Both inputs have a split, but more men in the part than in the whole."""
    rows = [
        ("m", "KOR", "2020", "7", "3", "4", "normal", "2021-01", "s", ""),
        ("m", "KOR", "2020-H1", "7", "", "", "normal", "2021-01", "s", ""),
        ("m", "KOR", "2020-H1", "7", "4", "3", "normal", "2022", "s", ""),
    ]
    (way,) = derivations(Log("m", rows, ("KOR",)), "KOR", Period.parse("2020-H2"), None)

    assert (way.value, way.split, way.released, way.split_released) == (0, (None, None), "2021-01", None)
