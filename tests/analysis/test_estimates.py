"""Estimates: ranges that stand side by side, and are no numbers."""

import pickle

import pytest

from defector_stats import Estimate, Estimates, InvalidPeriodError, Period, UnknownNameError, arrivals, estimates

TOPICS = ("in-china", "children-in-china", "detained-in-china", "forced-returns", "departures")


def numbers(topic, during):
    return {(each.low, each.point, each.high) for each in estimates(topic, during=during)}


def test_estimates_survey_of_1998():
    assert (35000, 75000, 125000) in numbers("in-china", 1998)
    (robinson,) = [each for each in estimates("in-china", during=1998) if each.point == 75000]
    assert robinson.organisation == "C. Robinson, Johns Hopkins University"
    assert "survey" in robinson.method
    assert (robinson.unit, str(robinson.reference)) == ("persons", "1998")
    assert robinson.provenance.sources[0].key == "rfa_ko_2010_robinson"
    assert (300000, None, None) in numbers("in-china", 1999)


@pytest.mark.parametrize(
    ("topic", "during", "expected"),
    [
        ("in-china", 2009, {(None, 10000, None), (None, 7500, None), (None, 30000, None)}),
        (
            "in-china",
            "2012-02",
            {(50000, None, 100000), (None, 10000, None), (10000, None, 20000), (None, 15000, None)},
        ),
        (
            "children-in-china",
            2012,
            {(15000, 20000, 25000), (None, 30000, None), (20000, None, 30000), (None, 50000, None)},
        ),
        ("detained-in-china", "2023-06", {(600, None, 2000), (None, 2500, None)}),
        ("departures", 2016, {(None, None, 300000), (None, 10, None)}),
    ],
)  # fmt: skip
def test_estimates_keep_conflicts(topic, during, expected):
    assert numbers(topic, during) == expected


def test_estimates_of_returns_add_up():
    returns = {
        (str(e.reference), e.low, e.point)
        for e in estimates("forced-returns")
        if e.organisation == "Human Rights Watch"
    }

    assert {("2020-01/2024-04", 670, None), ("2020-01/2025-10", 1076, None)} <= returns
    assert 50 + 80 + 40 + 500 == 670
    assert {
        ("2021-07-14", None, 50),
        ("2023-08-29", None, 80),
        ("2023-09-18", None, 40),
        ("2023-10-09", 500, None),
    } <= returns
    assert 108 + 270 + 28 == 406
    assert 670 + 406 == 1076


def test_estimates_without_topic():
    """Without a topic all are given in the order of the topics."""
    everything = estimates()

    assert tuple(dict.fromkeys(each.topic for each in everything)) == TOPICS
    assert len(everything) == sum(len(estimates(topic)) for topic in TOPICS)
    assert (everything[0], everything[:2].rows) == (everything.rows[0], everything.rows[:2])
    assert everything[-1].topic == "departures"
    for each in everything:
        assert isinstance(each, Estimate)
        assert not isinstance(each, int)
        assert each.provenance.sources
        assert each.method
        assert each.organisation


@pytest.mark.parametrize(
    ("during", "found"), [("1996", 0), ("1997", 1), ("1998-06", 2), ("../1998", 3), ("1999-12-31", 1), (2030, 0)]
)
def test_estimates_during_overlaps(during, found):
    """An estimate is found when its reference shares a day with the period asked for."""
    assert len(estimates("in-china", during=during)) == found


def test_estimates_units_hold_no_rates():
    for each in estimates():
        assert not {"percent", "per 1,000", "visits", "instances", "events"} & set(each.unit.split())


def test_estimate_refuses_arithmetic():
    one, two = estimates("in-china")[:2]
    for left, right in ((one, two), (one, arrivals(2020)), (arrivals(2020), one), (one, 1)):
        with pytest.raises(TypeError, match="an estimate is not a number and cannot be added up"):
            left + right
        with pytest.raises(TypeError, match=r"read its \.low"):
            left - right
    with pytest.raises(TypeError, match="cannot be added up"):
        sum(estimates("in-china"))


@pytest.mark.parametrize(
    ("topic", "suggestions"),
    [
        ("china", ("in-china",)),
        ("detained", ("detained-in-china",)),
        ("", TOPICS),
        (1998, TOPICS),
        (["in-china"], TOPICS),
    ],
    ids=repr,
)
def test_estimates_unknown_topic(topic, suggestions):
    with pytest.raises(UnknownNameError) as caught:
        estimates(topic)

    assert (caught.value.kind, caught.value.given, caught.value.suggestions) == ("topic", topic, suggestions)


def test_estimates_invalid_period():
    with pytest.raises(InvalidPeriodError):
        estimates(during="20x0")


def test_estimate_spread_wording():
    spread = {each.spread for each in estimates()}

    assert {"35,000 to 125,000 (75,000)", "about 10,000", "at least 670", "up to 600", "200 to 300"} <= spread


def make(low, point, high, unit="persons"):
    return Estimate(
        topic="in-china",
        low=low,
        point=point,
        high=high,
        unit=unit,
        reference=Period.parse(1998),
        organisation="Harbour Office",
        method="Invented for this test.",
        provenance=arrivals(2020).provenance,
    )


@pytest.mark.parametrize(
    ("estimate", "bar"),
    [
        (make(0, None, 290), "─" * 30),
        (make(100, 200, 290), " " * 10 + "─" * 10 + "●" + "─" * 9),
        (make(290, None, None), " " * 29 + "▶"),
        (make(None, None, 290), "─" * 30),
        (make(None, 290, None), " " * 29 + "●"),
        (make(None, 100, 290), " " * 10 + "●" + "─" * 19),
        (make(100, 290, None), " " * 10 + "─" * 19 + "●"),
    ],
    ids=lambda value: value.spread if isinstance(value, Estimate) else "bar",
)
def test_estimates_str_bar(estimate, bar):
    title, line = str(Estimates(rows=(estimate,), edition="")).splitlines()

    assert title == "in-china (persons; the scale ends at 290)"
    assert line == f"1998  {estimate.spread}  {bar}  Harbour Office"


def test_estimates_str_groups_units():
    text = str(Estimates(rows=(make(1, None, 2), make(None, 0, None, "children"), make(None, 2, None)), edition=""))

    assert text.splitlines()[0] == "in-china (persons; the scale ends at 2)"
    assert text.splitlines()[3:5] == ["", "in-china (children; the scale ends at 0)"]
    assert text.splitlines()[5] == f"1998  about 0  {'●':<30}  Harbour Office"
    assert str(Estimates(rows=(), edition="")) == "No estimates."


def test_estimates_records_equal_data(table, descriptor):
    assert estimates().edition == descriptor["version"]
    for record, row in zip(estimates().records(), table("estimates"), strict=True):
        texts = {name: "" if record[name] is None else str(record[name]) for name in row}

        assert set(texts.pop("sources").split()) == set(row.pop("sources").split())
        assert texts == row


def test_estimates_records_and_pickle():
    some = estimates("in-china", during=1998)
    record, other = some.records()

    assert (record["low"], record["point"], record["high"], record["reference"]) == (35000, 75000, 125000, "1998")
    assert (record["sources"], record["topic"]) == ("rfa_ko_2010_robinson", "in-china")
    assert (other["low"], other["point"], other["high"]) == (50000, None, 130000)
    assert {type(cell) for cell in record.values()} <= {str, int, type(None)}
    assert pickle.loads(pickle.dumps(some)) == some  # noqa: S301
