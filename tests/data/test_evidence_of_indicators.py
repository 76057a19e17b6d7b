"""No row of the evidence on rates is lost in silence, and each indicator says what the evidence says."""

from decimal import Decimal

import pytest

KEY = ("indicator", "period", "category", "survey")
# The rows of each file of the evidence.
LINES = {
    "topics/settlement": 144,
    "topics/time_between": 14,
    "topics/deaths": 22,
    "topics/direct": 15,
    "topics/elite": 4,
    "topics/protection": 27,
    "topics/students": 34,
    "topics/remittances": 20,
    "topics/money": 25,
    "topics/motives": 26,
    "faq/indicators": 148,
}


@pytest.fixture(scope="module")
def evidence(table):
    return table("evidence_indicators", beside_tests=True)


@pytest.fixture(scope="module")
def bundled(table):
    return {"@".join(row[column] for column in KEY): row for row in table("indicators")}


def test_evidence_on_rates_has_outcomes(evidence):
    """Each line of the evidence has an outcome or a reason; the statements of answers and two notes come on top."""
    for file, count in LINES.items():
        assert [int(row["line"]) for row in evidence if row["file"] == file] == list(range(2, count + 2)), file
    assert {row["file"] for row in evidence} == {*LINES, "answers", "faq/notes"}
    assert all(bool(row["outcome"]) != bool(row["why_not"]) for row in evidence)


def test_indicators_equal_evidence(evidence, bundled):
    for row in evidence:
        if not row["outcome"]:
            continue
        found = bundled[row["outcome"]]
        value = Decimal(row["value"])
        if found["indicator"] == "mean-time-between-leaving-and-arriving":
            # The reports speak of years and months, which the evidence has as rounded years.
            value = round(12 * value)
        assert Decimal(found["value"]) == value, row
        assert set(row["source"].split()) <= set(found["sources"].split()), row


def test_indicators_come_from_evidence(evidence, bundled):
    """Each indicator and each of its sources comes from the evidence."""
    traced = {(row["outcome"], key) for row in evidence for key in row["source"].split()}
    for key, row in bundled.items():
        for source in row["sources"].split():
            assert (key, source) in traced, (key, source)


def test_derived_rates_are_left_out(evidence, bundled):
    """What the evidence derived from a change is not bundled, unless another report has it as published."""
    derived = {row["indicator"] for row in evidence if row["why_not"].startswith("derived")}

    assert {"mean time in the present job", "economic_participation_rate"} <= derived
    for survey in ("Korea Hana Foundation",):
        for name, year in (
            ("economic-activity-rate", "2024"),
            ("mean-monthly-wage", "2017"),
            ("life-satisfaction", "2024"),
            ("time-in-present-job", "2024"),
            ("discrimination", "2017"),
        ):
            assert f"{name}@{year}@all@{survey}" not in bundled


def test_settlement_table_is_complete(bundled):
    """The settlement table has five rates for each year from 2008 to 2023."""
    early, late = "Ministry of Unification, settlement table", "Korea Hana Foundation"
    for year in range(2008, 2024):
        survey = early if year < 2011 else late
        for name in ("economic-activity-rate", "employment-rate", "unemployment-rate"):
            assert f"{name}@{year}@all@{survey}" in bundled
        for name in ("living-cost-benefit", "school-drop-out"):
            assert f"{name}@{year}@all@{early}" in bundled


def test_settlement_table_contradicts_itself_in_2015_alone(bundled):
    """Employment over activity gives the rate of unemployment, except in 2015, whose note says so."""
    found = []
    for year in range(2011, 2024):
        active, employed, unemployed = (
            Decimal(bundled[f"{name}@{year}@all@Korea Hana Foundation"]["value"])
            for name in ("economic-activity-rate", "employment-rate", "unemployment-rate")
        )
        # Each of the three is rounded to a tenth.
        if abs(100 - 100 * employed / active - unemployed) > Decimal("0.3"):
            found.append((year, round(100 - 100 * employed / active, 1), unemployed))
    row = bundled["unemployment-rate@2015@all@Korea Hana Foundation"]

    assert found == [(2015, Decimal("8.1"), Decimal("4.8"))]
    assert all(number in row["note"] for number in ("59.4%", "54.6%", "8.1%", "4.8"))
    assert "25.4%" in bundled["living-cost-benefit@2015@all@Ministry of Unification, settlement table"]["note"]
    assert "1.1 points" in bundled["life-satisfaction@2018@all@Korea Hana Foundation"]["note"]


def test_single_protection_has_two_spans_and_their_sum(bundled):
    rows = [row for row in bundled.values() if row["indicator"] == "single-protection"]

    assert {row["period"]: row["value"] for row in rows} == {
        "1997-07/2011-12": "54", "2012-01/2024-06": "134", "1997-07/2024-06": "188",
    }  # fmt: skip


def test_indicators_tell_no_causes_and_no_ways(bundled):
    """No cause of a death, no place or way of crossing, no fee, and no prisoner."""
    told = {(row["topic"], row["category"]) for row in bundled.values() if row["topic"] in {"deaths", "direct"}}
    text = " ".join(" ".join(row.values()).lower() for row in bundled.values())

    assert told == {("deaths", "all"), ("deaths", "general public"), ("direct", "all")}
    assert not [
        word for word in ("illness", "accident", "land line", "by sea", "coast", " fee", "prison") if word in text
    ]


def test_answers_cite_their_rates(table):
    """Each statement names a source of each rate in it."""
    rates = {row["name"]: row for row in table("placeholders")}
    rows = {
        "@".join((row["indicator"], row["category"], row["period"], row["survey"])): row for row in table("indicators")
    }
    checked = 0
    for statement in table("faq-statements"):
        for name, rate in rates.items():
            key = "@".join((rate["of"], rate["area"], rate["period"], rate["field"]))
            if f"{{{name}}}" in statement["text"] and key in rows:
                checked += 1
                assert set(rows[key]["sources"].split()) & set(statement["sources"].split()), (statement["text"], name)
    assert checked == 195
