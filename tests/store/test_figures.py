"""What is known of one measure in one area on one day."""

import pytest
from catalogues import catalogue_of, ledger_of

from defector_stats import NoDataError, Period


def test_revisions_as_of(catalogue):
    period = Period.parse(2025)

    def values(as_of):
        return [step.value for step in ledger_of(catalogue).figures("arrivals", None, as_of).revisions(period)]

    assert values("2026-01-19") == []
    assert values("2026-01-25") == [224]
    assert values(None) == [224, 223]


def test_everything_holds_published_and_derived(catalogue):
    figures = {str(figure.period): figure for figure in ledger_of(catalogue).figures("arrivals", None).everything}

    assert not figures["2025"].is_derived
    assert {figures[period].is_derived for period in ("2025-H2", "2019-H1", "../2009")} == {True}


@pytest.mark.parametrize(
    ("measure", "area", "period", "note"),
    [
        ("crossings", "KOR", "FY2012", "It comes by year."),
        (
            "crossings",
            "USA",
            "2012-Q1",
            "It lies within 2012 (9). It comes by US fiscal year, day, running total and year.",
        ),
        ("guests", "KOR", "2012", ""),
    ],
)
def test_unknown_kind_of_period_names_others(invented, measure, area, period, note):
    catalogue = catalogue_of(invented, {"guests": []})
    with pytest.raises(NoDataError) as caught:
        catalogue.observation(measure, period, area=area)

    assert caught.value.note == note


def test_derived_inputs_as_of(catalogue):
    (year, half) = catalogue.arrivals("2025-H2", as_of="2026-01-25").inputs

    assert [(each + 0, each.measure, each.area) for each in (year, half)] == [
        (224, "arrivals", "KOR"), (96, "arrivals", "KOR"),
    ]  # fmt: skip
    (caveat,) = year.caveats
    assert caveat.startswith("The figure for 2025 was last seen in print on 20 January 2026 and was changed later;")


@pytest.mark.parametrize(
    ("released", "figure"), [("2031-02-04", 100), ("2031-02-05", 90)], ids=["the same day", "a day later"]
)
def test_published_stands_until_later_parts(catalogue, released, figure):
    """What is printed stands until its parts are printed later."""
    printed = [("2030-H1", 100, "2031-02-04"), ("2030-Q1", 40, released), ("2030-Q2", 50, released)]
    rows = [
        {"period": period, "value": value, "released": day, "sources": ["newsis_20260204"]}
        for period, value, day in printed
    ]

    assert catalogue.extended(rows).arrivals("2030-H1") == figure
