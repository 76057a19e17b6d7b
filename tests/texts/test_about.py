"""All about one number: the example years from the evidence, laws over every figure, and what is left out when."""

import datetime as dt
import json
import pickle

import pytest
from catalogues import ledger_of

import defector_stats as ds
from defector_stats import InvalidPeriodError, NoDataError, NotComparableError, Period, UnknownNameError, about

FIGURES = [figure for measure in ds.measures() for figure in ds.observations(measure.id, areas=measure.areas)]


def about_figure(figure):
    return about(figure.period, figure.measure, area=figure.area)


def by_period(figures):
    return {str(figure.period): int(figure) for figure in figures}


def test_about_2009():
    """Five values were published for 2009, the year with the most arrivals."""
    year = about(2009)

    assert [step.value for step in year.revisions] == [2952, 2927, 2914, 2929, 2914]
    assert (year.figure, year.figure.male, year.figure.female) == (2914, 662, 2252)
    assert year.context.is_record
    assert year.title == "Arrivals in South Korea in 2009"
    assert "how-counted" in dict(year.questions)


def test_about_2020():
    year = about(2020)
    quarters = {f"2020-Q{number}": value for number, value in enumerate((135, 12, 48, 34), start=1)}

    assert by_period(part for part in year.parts if part.period.frequency == "quarter") == quarters
    assert by_period(year.longer) == {"../2020": 33752}
    assert [(table.dimension, str(table.period), table.total) for table in year.tables] == [
        ("age", "../2020-03", 33501),
        ("province", "../2020-03", 33501),
        ("age", "../2020-09", 33648),
        ("occupation", "../2020-09", 33648),
    ]
    assert ("KOR", "arrivals") not in {(row.place.code, row.measure.id) for row in year.elsewhere}
    assert [int(row.figure) for row in year.elsewhere if row.measure.id == "us-refugee-admissions"] == [2]
    assert {"how-many", "how-counted", "why-2020"} <= {name for name, _ in year.questions}
    assert year.url == "https://www.unikorea.go.kr/web/unikorea/contents/status_lately"
    assert (str(year.next_period), year.next_due) == ("2026-H1", dt.date(2026, 8, 31))
    assert year.citation == ds.cite(ds.arrivals(2020))
    assert (year.measure.id, year.place.name, year.subject) == ("arrivals", "South Korea", "arrivals in South Korea")


def test_about_2019():
    assert about(2019).figure == 1047
    assert str(about(2019)).startswith("Arrivals in South Korea in 2019: 1,047\n\n")


def test_about_latest_year():
    latest = about()

    assert (latest.figure, latest.figure.status, str(latest.figure.period)) == (223, "provisional", "2025")
    assert [step.value for step in latest.revisions] == [224, 223]
    assert latest.caveats == ("The figure for 2025 is provisional.",)


def test_about_has_caveats_of_comparisons():
    """The caveats are those of the context, which compares with the half-years before."""
    assert about("2013-H2", as_of="2014-12-31").caveats == (
        "The figure for the second half of 2013 is of low reliability.",
        "2013 was revised after 2013-H1 was last published.",
        "The figure for the second half of 2012 is of low reliability.",
        "2012 was revised after 2012-H1 was last published.",
        (
            "No figures are known for 8 half-years before it, most recently the second half of 2010; "
            "this comparison leaves them out."
        ),
    )


def test_about_as_of():
    """What was not yet published is not there, and schedules are those of today."""
    then = about(2025, as_of="2026-01-25")

    assert (then.figure, [step.value for step in then.revisions], then.as_of) == (224, [224], "2026-01-25")
    assert "223" not in str(then)
    assert then.next_period is then.next_due is None
    # The tables of March 2020 were read in a copy of 2026, and those of September in a page of 2020.
    assert about("2020-Q1", as_of="2021").tables == ()
    assert "occupation" in {table.dimension for table in about("2020", as_of="2021-02").tables}
    others = about(2016, as_of="2024-12-31").elsewhere
    assert 0 < len(others) < len(about(2016).elsewhere)
    assert max(row.figure.known_from for row in others) <= dt.date(2024, 12, 31)
    assert all(part.known_from <= dt.date(2020, 8, 1) for part in about("2020-H1", as_of="2020-08-01").parts)


def test_about_others_published_too():
    assert [(other.value, other.released) for other in about(2012).alternatives] == [(1506, "2017-10-13")]


def test_about_row_of_several_years():
    """It has no rank, but the values published for it; 1,043 is the three-year row of the official table."""
    row = about("1999/2001")

    assert (row.figure, row.context, row.elsewhere) == (1043, None, None)
    assert [step.value for step in row.revisions] == [1043, 1046, 1043]
    assert by_period(part for part in row.parts if part.period.frequency == "year") == {
        "1999": 148,
        "2000": 312,
        "2001": 583,
    }
    # Years that lie partly in a longer period are no part of it, and it does not hold them.
    assert [str(longer.period) for longer in row.longer] == [
        "1990/1999",
        "1996-01/2000-07",
        "1998-01/2003-08",
        "../2001",
    ]
    with pytest.raises(NotComparableError):
        ds.context("1999/2001")


def test_about_period_as_long(catalogue):
    """Three years that start a year later are not longer, but others are, in which most of them lie."""
    rows = [
        {"period": period, "value": 2000, "released": "2027-01", "sources": ["newsis_20260204"]}
        for period in ("2000/2002", "2000/2003")
    ]
    longer = [str(other.period) for other in catalogue.extended(rows).about("1999/2001").longer]

    assert "2000/2002" not in longer
    assert "2000/2003" in longer


def test_about_tables_are_those_of_arrivals():
    """The tables of March and September 2020 count arrivals in South Korea alone."""
    assert about(2020, "re-entries").tables == about(2020, "refugees", area="GBR").tables == ()


def test_about_running_total():
    total = about("../2024-09")

    assert (total.figure, total.parts, total.longer, total.elsewhere) == (34259, (), (), None)
    assert {table.dimension for table in total.tables} == {"age", "occupation", "province", "education", "residence"}


def test_about_quarter():
    quarter = about("2020-Q2")

    assert (quarter.figure, quarter.parts, quarter.elsewhere) == (12, (), None)
    assert by_period(quarter.longer) | {"2020-H1": 147, "2020": 229, "../2020-06": 33670} == by_period(quarter.longer)


def test_about_ignores_overlaps_within_year():
    """January to August is longer than the second half, but says little of it; nor is a fiscal year a longer year."""
    assert [str(longer.period) for longer in about("2020-H2").longer] == ["2020", "../2020"]
    assert about(2019, "us-refugee-admissions").longer == ()


def test_about_derived_figure():
    half = about("2025-H2")

    assert (half.figure, half.figure.formula, len(half.revisions)) == (127, "2025 − 2025-H1", 0)
    assert "Calculated: 2025 − 2025-H1.\n" in str(half)


def test_about_other_measures_and_areas():
    """A stock of refugees has no parts and no tables, and its schedule is that of its publisher."""
    found = about(2023, "refugees", area="UK")

    assert (found.figure, found.place.name, found.title) == (
        24,
        "United Kingdom",
        "Refugees from North Korea in the United Kingdom at the end of 2023",
    )
    assert (found.parts, found.longer, found.tables) == ((), (), ())
    assert {"arrivals", "refugees"} <= {row.measure.id for row in found.elsewhere}
    assert ("GBR", "refugees") not in {(row.place.code, row.measure.id) for row in found.elsewhere}
    assert "other-countries" in dict(found.questions)
    assert (str(found.next_period), found.next_due) == ("2026", dt.date(2027, 6, 30))


def test_about_next_figure():
    """Without a schedule, or a figure for the newest year, nothing is due."""
    assert about(2012, "re-entries").next_due is None
    assert ds.series("refugees", area="FRA")[-1].period < Period.parse(2025)
    assert about(None, "refugees", area="FRA").next_due is None
    assert about("2020-Q1").next_period == ds.freshness("2026-02-04").next_period


def test_general_questions_exist():
    ids = {entry.id for entry in ds.faq()}

    for measure in ds.measures():
        figure = ds.observations(measure.id)[0]
        assert {name for name, _ in about_figure(figure).questions} & ids


def test_questions_are_those_whose_answers_have_the_figure():
    """The questions are found without filling in the answers, and are those of the filled ones."""
    named = {
        (entry.id, figure.measure, figure.area, figure.period)
        for entry in ds.faq()
        for figure in entry.figures
        # A sum of several years was not published.
        if isinstance(figure, ds.Observation) and len(figure.inputs) < 3
    }
    assert len(named) > 20
    general = {"how-many", "how-counted", "other-countries", "going-back"}
    for _, measure, area, period in named:
        found = dict(about(period, measure, area=area).questions)
        having = {name for name, *figure in named if figure == [measure, area, period]}
        assert having <= set(found) <= having | general
        assert all(ds.faq_entry(name).question == question for name, question in found.items())


def test_text_with_missing_figure_has_none(catalogue):
    """Where a figure is missing, the sentence is not shown, and its other figures are not in the answer."""
    early = ds.Catalogue.bundled().extended([])
    numbers = ledger_of(early).tables.cells("placeholders")
    for cells in numbers:
        # All figures of 2020 but that of the first quarter are asked of a year that has none.
        if cells["of"] == "arrivals" and cells["period"].startswith("2020") and cells["name"] != "arrivals_2020_q1":
            cells["period"] = "1900"

    assert "why-2020" in dict(catalogue.about("2020-Q1").questions)
    asked = [entry.id for entry in early.faq() if 135 in entry.figures]
    found = dict(early.about("2020-Q1").questions)
    assert "why-2020" not in found
    assert set(asked) <= set(found) <= {*asked, "how-many", "how-counted"}


@pytest.mark.parametrize(
    ("arguments", "error"),
    [
        ((1950,), NoDataError),
        ((2026,), NoDataError),
        (("2025-Q4",), NoDataError),
        (("20x0",), InvalidPeriodError),
        ((2020, "arivals"), UnknownNameError),
        ((2020, "refugees"), UnknownNameError),
    ],
)
def test_about_raises_as_observation_does(arguments, error):
    caught = pytest.raises(error, about, *arguments).value
    measure = arguments[1] if len(arguments) > 1 else "arrivals"
    other = pytest.raises(error, ds.observation, measure, arguments[0]).value

    assert str(caught) == str(other).removesuffix(" Pass default=None to get None instead.")


def test_about_without_any_year():
    error = pytest.raises(NoDataError, about, as_of="1980").value

    assert error.reason == "not-yet-released"
    assert "default" not in str(error)


def test_about_far_future(catalogue):
    """After the last year that the calendar can promise, nothing is due."""
    row = {"period": 9990, "value": 1, "released": "9991-01-31", "sources": "newsis_20260204"}
    later = catalogue.extended([row])

    assert later.arrivals() == 1
    assert later.about("../2020").next_due is None


def test_about_has_every_figure():
    """Laws that hold for each of them."""
    assert len(FIGURES) > 1000
    for figure in FIGURES:
        found = about_figure(figure)
        period = figure.period
        assert (int(found.figure), found.figure.period, found.figure.area) == (int(figure), period, figure.area)
        assert found.figure.is_derived or found.revisions[-1].value == figure
        assert all(part.period.within(period, period) and part.period != period for part in found.parts)
        assert all(longer.period.overlaps(period) and longer.period != period for longer in found.longer)
        assert not {part.period for part in found.parts} & {longer.period for longer in found.longer}
        assert (found.elsewhere is not None) == (period.frequency == "year")
        assert len({name for name, _ in found.questions}) == len(found.questions) > 0


def test_about_shows_every_figure():
    """A sample of all, in each form; each page is some kilobytes of text."""
    for figure in FIGURES[::12]:
        found = about_figure(figure)
        assert json.loads(json.dumps(found.record()))["figure"]["value"] == figure
        text = str(found)
        assert text.startswith(f"{found.title}: {figure:,}\n")
        assert f"\n- {figure.sources[0].publisher}, “" in text
        assert found.citation in found.markdown().replace("\\", "")
        assert found.jsonld()["variableMeasured"]["value"] == figure
        assert found._repr_html_().startswith("<section>")


def test_whole_belongs_to_longer_of_each_part():
    """A part of a year names the year among longer periods."""
    for part in about(2020).parts:
        assert 229 in about(part.period).longer


@pytest.mark.parametrize("protocol", range(pickle.HIGHEST_PROTOCOL + 1))
def test_about_pickles(protocol):
    found = about(2020)
    again = pickle.loads(pickle.dumps(found, protocol))  # noqa: S301

    assert again == found
    assert again.record() == found.record()


def test_about_record_names():
    record = about(2020).record()

    assert list(record) == [
        "title", "figure", "measure", "place", "context", "caveats", "revisions", "alternatives", "parts", "longer",
        "tables", "elsewhere", "questions", "next_period", "next_due", "citation", "edition", "as_of",
    ]  # fmt: skip
    assert record["next_due"] == "2026-08-31"
    assert record["questions"][0] == {"id": "how-many", "question": ds.faq_entry("how-many").question}
    assert [part["value"] for part in record["parts"] if part["frequency"] == "quarter"] == [135, 12, 48, 34]
    assert about("2020-Q1").record()["elsewhere"] is None
    assert [row["value"] for row in record["elsewhere"] if row["measure"] == "us-refugee-admissions"] == [2]
    assert record["edition"] == ds.data_version()


def test_cite_takes_about():
    for style in ("text", "bibtex", "csl-json"):
        assert ds.cite(about(2020), style) == ds.cite(ds.arrivals(2020), style)
