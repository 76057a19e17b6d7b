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
        ("crossings", "KOR", "FY2012", "Figures exist by year."),
        (
            "crossings",
            "USA",
            "2012-Q1",
            "It is part of 2012 (9). Figures exist by US fiscal year, day, running total and year.",
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
    assert caveat.startswith("The figure for 2025 was last published on 20 January 2026 and was changed later;")


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


def printed(invented, rows, **tables):
    """Return the ledger of invented crossings: a period, a total, a day of release, and perhaps a split and a note."""
    lines = []
    for period, value, released, *more in rows:
        male, female, note, area = [*more, *("", "", "", "KOR")[len(more) :]]
        lines.append(["crossings", area, period, value, male, female, "normal", released, "s", note])
    return ledger_of(catalogue_of(invented, {"crossings": [[*map(str, line)] for line in lines], **tables}))


def test_figures_are_made_once(invented):
    figures = ledger_of(invented).figures("crossings", "KOR")
    period = Period.parse(2013)

    assert figures.at(period) is figures.at(period) is figures.require(period)


def test_require_names_period(invented):
    figures = ledger_of(invented).figures("crossings", "KOR")
    error = pytest.raises(NoDataError, figures.require, Period.parse(2018)).value

    assert (error.measure, error.area, error.period, error.reason) == (
        "crossings", "KOR", Period.parse(2018), "after-coverage",
    )  # fmt: skip


def test_newest_of_no_years(invented):
    """What was published only later is not said to be unknown."""
    ledger = printed(invented, [("2012", 5, "2014"), ("2012-H1", 2, "2013")])

    assert ledger.figures("crossings", "KOR").newest() == 5
    error = pytest.raises(NoDataError, ledger.figures("crossings", "KOR", "2013").newest).value
    assert (error.reason, error.period, error.note, error.hint) == ("not-yet-released", None, "", "")


def test_published_total_of_quarter_stands(invented):
    """Later parts of another sum do not replace a running total that was published for the end of a quarter."""
    rows = [
        ("../2011", 30, "2012-01"), ("../2012-06", 40, "2012-08"),
        ("2012-H1", 9, "2013"), ("2012-Q1", 4, "2012-05"),
    ]  # fmt: skip
    figures = printed(invented, rows).figures("crossings", "KOR")

    assert [figures.at(Period.parse(period)) for period in ("../2012-03", "../2012-06")] == [34, 40]


def test_published_stands_if_parts_agree(invented):
    rows = [("2012-H1", 9, "2012-08"), ("2012-Q1", 4, "2013"), ("2012-Q2", 5, "2013")]
    figure = printed(invented, rows).figures("crossings", "KOR").at(Period.parse("2012-H1"))

    assert (figure + 0, figure.is_derived, figure.released) == (9, False, "2012-08")


@pytest.mark.parametrize(("total", "split"), [(9, (3, 6)), (8, (None, None))], ids=["same total", "other total"])
def test_parts_supply_missing_split(invented, total, split):
    """The split of the parts is that of the whole only if they add up to it."""
    rows = [("2012-Q1", 4, "2012-05", 1, 3), ("2012-Q2", 5, "2012-07", 2, 3), ("2012-H1", total, "2013")]
    figure = printed(invented, rows).figures("crossings", "KOR").at(Period.parse("2012-H1"))

    assert (figure + 0, figure.male, figure.female) == (total, *split)


def test_split_from_any_way(invented):
    """The way that became possible last has no split, and another to the same total has one."""
    rows = [
        ("2012-H1", 9, "2013"), ("2012", 20, "2013-02"), ("2012-H2", 11, "2013-02"),
        ("2012-Q1", 4, "2012-05", 1, 3), ("2012-Q2", 5, "2012-07", 2, 3),
    ]  # fmt: skip
    figure = printed(invented, rows).figures("crossings", "KOR").at(Period.parse("2012-H1"))

    assert (figure + 0, figure.male, figure.female) == (9, 3, 6)


def test_gaps_to_end_of_calendar(invented):
    figures = ledger_of(invented).figures("crossings", "KOR")
    gaps = figures.gaps("year", Period.parse(9998), Period.parse(9999))

    assert [(str(gap.period), gap.reason) for gap in gaps] == [("9998", "after-coverage"), ("9999", "after-coverage")]


def test_known_running_totals(invented):
    error = pytest.raises(NoDataError, invented.observation, "crossings", "../2012", area="USA").value

    assert [str(period) for period in (error.first, error.last, error.nearest)] == ["../2010", "../2013", "../2013"]


def test_ended_frequency_has_own_rhythm(invented):
    """Only a measure that is published still can have given up its quarters."""
    rows = [("2012-Q1", 4, "2012-05"), ("2012", 9, "2013")]
    ledgers = [
        printed(invented, rows, **{"release-calendar": [[measure, "year", "1", "s", ""]]})
        for measure in ("tickets", "crossings")
    ]
    errors = [
        pytest.raises(NoDataError, ledger.figures("crossings", "KOR").require, Period.parse("2013-Q1")).value
        for ledger in ledgers
    ]

    assert [error.note for error in errors] == ["", "Figures by quarter are no longer published."]


def test_derived_total_of_quarter_unlisted(invented):
    """On a day before its print, a running total to the end of a quarter could only be worked out."""
    rows = [("../2012", 30, "2013-01"), ("2013-H1", 5, "2013-08"), ("../2013-06", 35, "2014")]
    ledger = printed(invented, rows)

    def listed(as_of):
        return [str(figure.period) for figure in ledger.figures("crossings", "KOR", as_of).by("running-total")]

    assert (listed("2013"), listed("2014")) == (["../2012"], ["../2012", "../2013-06"])
    assert ledger.figures("crossings", "KOR", "2013").at(Period.parse("../2013-06")) == 35


def test_derived_note_counts_areas(invented):
    """A world sum tells each note once; any other figure leaves the notes to its inputs."""
    rows = [
        ("2012", 5, "2013", "", "", "Rounded."), ("2012", 7, "2013", "", "", "Rounded.", "USA"),
        ("2013", 5, "2014", "", "", "Copied."), ("2013", 5, "2014", "", "", "", "USA"),
        ("2013-H1", 2, "2013", "", "", "Early."),
    ]  # fmt: skip
    ledger = printed(invented, rows)
    notes = [
        ledger.figures_on("crossings", area, None).at(Period.parse(period)).note
        for area, period in (("WLD", "2012"), ("WLD", "2013"), ("KOR", "2013-H2"))
    ]

    assert notes == ["Rounded (2 of 2 areas).", "Copied (1 of 2 areas).", ""]


def test_derived_has_alternatives(invented):
    row = ["crossings", "KOR", "2012-H2", "8", "", "", "2013", "s", "Copied."]
    ledger = printed(invented, [("2012", 9, "2013"), ("2012-H1", 2, "2012-08")], alternatives=[row])
    figure = ledger.figures("crossings", "KOR").at(Period.parse("2012-H2"))

    assert (figure + 0, [other.value for other in figure.alternatives]) == (7, [8])


def test_split_released_only_if_later(invented):
    rows = [("2011", 9, "2012", 4, 5), ("2012", 9, "2013"), ("2012", 9, "2014", 4, 5)]
    figures = printed(invented, rows).figures("crossings", "KOR")
    found = [figures.at(Period.parse(year)) for year in ("2011", "2012")]

    assert [(figure.released, figure.split_released) for figure in found] == [("2012", None), ("2013", "2014")]


def test_no_caveat_before_unchanged_print(invented):
    """A later print of the same figure is no change, so nothing is said of the days between the two."""
    rows = [("2012", 9, "2013"), ("2012", 9, "2015"), ("2012", 8, "2017")]
    ledger = printed(invented, rows)
    notes = [ledger.figures("crossings", "KOR", day).at(Period.parse("2012")).note for day in ("2014", "2015", "2016")]

    assert notes[:2] == ["", ""]
    assert notes[2].startswith("The figure for 2012 was last published in 2015 and was changed later;")
