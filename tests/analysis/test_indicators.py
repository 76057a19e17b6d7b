"""Indicators: results of surveys, with exact values that are never calculated with."""

import pickle
from decimal import Decimal
from fractions import Fraction

import pytest

import defector_stats as ds
from defector_stats import (
    Indicator,
    Indicators,
    InvalidPeriodError,
    InvalidValueError,
    NotComparableError,
    UnknownNameError,
    arrivals,
    compare,
    indicators,
)

TOPICS = (
    "work", "income", "benefits", "settlement-money", "school", "satisfaction", "discrimination", "deaths",
    "language", "housing",
    "protection", "remittances", "returns", "journey-time", "journey", "direct", "motives", "life-in-the-north",
    "in-china", "women", "arrivals", "words",
)  # fmt: skip


def find(indicator, period, survey="Korea Hana Foundation", category="all"):
    """The only indicator that answers this."""
    (found,) = [
        row
        for row in indicators(indicator)
        if (str(row.period), row.survey, row.category) == (str(period), survey, category)
    ]
    return found


def test_indicator_of_2025():
    rate = find("unemployment-rate", 2025)

    assert (rate.topic, rate.unit, rate.number, rate.qualifier) == ("work", "percent", "5.4", "")
    assert rate.population == "people from North Korea in South Korea aged 15 and over"
    assert rate.sample_size == 2500
    assert rate.provenance.released == "2025-12-23"
    assert [source.key for source in rate.provenance.sources] == ["hana_2025_donga", "hana_2025_news1"]


def test_indicator_value_is_exact():
    rate = find("discrimination", 2025)

    assert type(rate.value) is ds.Fraction
    assert rate.value == Fraction(14)
    assert (f"{rate.value:.2f}", str(rate), rate.record()["value"]) == ("14.00", "14.0%", 14.0)
    for row in indicators():
        assert row.value == Fraction(row.number)
        assert Decimal(str(row.record()["value"])) == Decimal(row.number)


@pytest.mark.parametrize(
    ("indicator", "period", "survey", "category", "shown"),
    [
        ("mean-monthly-wage", 2025, "Korea Hana Foundation", "women", "2.242 million KRW"),
        ("police-protection", 2017, "South Korean police, as reported", "all", "29,870 persons"),
        ("suicides-per-100000", "2006/2020", "Ministry of Unification", "all", "27.3 per 100,000 people"),
        ("mean-time-between-leaving-and-arriving", 2005, "Ministry of Unification", "all", "about 48 months"),
    ],
)
def test_indicator_in_words(indicator, period, survey, category, shown):
    assert str(find(indicator, period, survey, category)) == shown


def test_indicators_without_topic():
    """Without a topic all are given in the order of the topics, each with what it needs."""
    everything = indicators()

    assert tuple(dict.fromkeys(row.topic for row in everything)) == TOPICS
    assert len(everything) == sum(len(indicators(topic)) for topic in TOPICS)
    assert type(everything[:2]) is Indicators
    for row in everything:
        assert isinstance(row, Indicator)
        assert row.population
        assert row.survey
        assert row.provenance.sources


def test_indicators_of_topic_or_id():
    assert {row.indicator for row in indicators("income")} == {
        "mean-monthly-wage", "wage-gap", "wage-share-of-the-general-public",
    }  # fmt: skip
    assert {row.topic for row in indicators("wage-gap")} == {"income"}


@pytest.mark.parametrize(("during", "found"), [("2007", 0), ("2008", 1), ("2011-06", 2), ("../2008", 1), (2030, 0)])
def test_indicators_during_overlaps(during, found):
    """An indicator is found when its period shares a day with the period asked for."""
    assert len(indicators("employment-rate", during=during)) == found


@pytest.mark.parametrize(
    ("topic", "suggestions"),
    [
        ("unemployment", ("unemployment-rate", "employment-rate")),
        ("incomes", ("income",)),
        ("", TOPICS),
        (2025, TOPICS),
        (["work"], TOPICS),
    ],
    ids=repr,
)
def test_indicators_unknown_topic(topic, suggestions):
    with pytest.raises(UnknownNameError) as caught:
        indicators(topic)

    assert (caught.value.kind, caught.value.given) == ("topic", topic)
    assert caught.value.suggestions == suggestions


def test_indicators_invalid_period():
    with pytest.raises(InvalidPeriodError):
        indicators(during="20x0")


def test_indicator_refuses_arithmetic():
    one, two = indicators("work")[:2]
    for left, right in ((one, two), (one, arrivals(2020)), (arrivals(2020), one), (one, 1)):
        with pytest.raises(TypeError, match="an indicator cannot be added up"):
            left + right
        with pytest.raises(TypeError, match=r"read its \.value"):
            left - right
    with pytest.raises(TypeError, match="cannot be added up"):
        sum(indicators("work"))


UNEMPLOYMENT = "unemployment-rate in 2023 (Korea Hana Foundation)"


@pytest.mark.parametrize(
    ("other", "named", "difference"),
    [
        (find("unemployment-rate", 2024), "unemployment-rate in 2024 (Korea Hana Foundation)",
         "the people asked and the questions may differ, so no change is calculated"),
        (find("unemployment-rate", 2023, "Database Center for North Korean Human Rights"),
         "unemployment-rate in 2023 (Database Center for North Korean Human Rights)",
         "they come from different surveys, which asked other people and other questions"),
        (find("unemployment-rate", 2017, category="women"), "unemployment-rate in 2017 (Korea Hana Foundation)",
         "they are about different people or answers"),
        (find("employment-rate", 2023), "employment-rate in 2023 (Korea Hana Foundation)",
         "they measure different things"),
        (2023, "2023", "the result of a survey is not a count"),
        (arrivals(2023), "arrivals, KOR, 2023", "the result of a survey is not a count"),
    ],
    ids=["year", "survey", "women", "indicator", "period", "observation"],
)  # fmt: skip
def test_indicators_are_not_compared(other, named, difference):
    one = find("unemployment-rate", 2023)
    for pair in ((one, other), (other, one)):
        with pytest.raises(NotComparableError) as caught:
            compare(*pair)
        assert {caught.value.left.casefold(), caught.value.right.casefold()} == {
            UNEMPLOYMENT.casefold(), named.casefold(),
        }  # fmt: skip
        assert caught.value.difference == difference


def test_indicator_is_no_estimate():
    with pytest.raises(NotComparableError, match="an estimate is not a count"):
        compare(ds.estimates()[0], indicators()[0])


def make(number="12.5", sample_size=40):
    return Indicator(
        indicator="seasick",
        topic="work",
        period=ds.Period.parse(2020),
        category="all",
        number=number,
        unit="percent",
        population="crews",
        survey="Harbour Office",
        sample_size=sample_size,
        provenance=arrivals(2020).provenance,
    )


@pytest.mark.parametrize("number", [12.5, "12,5", "-1", "", ".", "1.", ".5", "007", "1e3", "٣", None])
def test_indicator_needs_decimal_text(number):
    with pytest.raises(InvalidValueError, match="a number as decimal text"):
        make(number=number)


@pytest.mark.parametrize("size", [0, -1, True, 2.0, "40"])
def test_indicator_needs_size_of_sample(size):
    with pytest.raises(InvalidValueError, match="the number of people who were asked"):
        make(sample_size=size)


def test_indicator_made_by_hand():
    assert (str(make("0")), str(make("0.50", None)), make("1234567.8").value) == ("0%", "0.50%", Fraction(12345678, 10))


def test_indicators_text_keeps_surveys_apart():
    assert str(indicators("unemployment-rate", during=2023)).splitlines() == [
        "unemployment-rate (percent; Database Center for North Korean Human Rights)",
        "2023  5.5",
        "",
        "unemployment-rate (percent; Korea Hana Foundation)",
        "2023  4.5",
    ]
    assert str(indicators("employment-rate", during=2024)).splitlines() == [
        "employment-rate (percent; Korea Hana Foundation)",
        "2024  60.1",
        "2024  63.5  general public",
    ]
    assert str(indicators("work", during=1900)) == "No indicators."
    assert str(indicators()).endswith(f"\n\n... and {len(indicators()) - 80} more")
    assert str(indicators()[:81]).endswith("\n\n... and 1 more")
    assert "more" not in str(indicators()[:80])


def test_indicators_name_edition_and_credits():
    found = indicators("words")

    assert found.edition == ds.data_version()
    assert found.metadata == {
        "edition": ds.data_version(),
        "attribution": "The organisations named in the rows; compiled by defector-stats (CC BY 4.0).",
        "licence": "CC-BY-4.0",
    }


def test_indicators_pickle():
    rows = indicators("words")

    assert pickle.loads(pickle.dumps(rows)) == rows  # noqa: S301
    assert repr(rows) == "<Indicators: 5 indicators>"
    assert repr(rows[0]).startswith("Indicator(indicator='preferred-term', period='2024-07', category='bukhyangmin', ")


def test_suicides_have_both_published_measures():
    """The share of deaths and the rate for 100,000 people stand side by side, each with the general public."""
    rows = indicators("deaths")
    measured = {(row.indicator, row.category): row for row in rows if str(row.period) in {"2019", "2006/2020"}}

    assert {name: row.number for name, row in measured.items()} == {
        ("suicide-share-of-deaths", "all"): "10.1",
        ("suicide-share-of-deaths", "general public"): "4.5",
        ("suicides-per-100000", "all"): "27.3",
        ("suicides-per-100000", "general public"): "27.1",
    }
    assert all("younger" in row.provenance.note for row in measured.values())
