"""What the catalogue answers, from now and from a day in the past."""

from functools import partial

import pytest

from defector_stats import (
    Catalogue,
    DataError,
    InvalidPeriodError,
    InvalidPeriodTypeError,
    NoDataError,
    Period,
    Source,
    UnknownNameError,
    areas,
    arrivals,
    compare,
    data_path,
    data_version,
    freshness,
    measures,
    observation,
    revisions,
    series,
    sources,
)

NEW = Source(
    key="new",
    publisher="Ministry of Unification",
    title="New table",
    url="https://example.org/new",
    published="2027-01-20",
    published_basis="stated",
    language="ko",
    kind="official",
    licence="not seen",
)


@pytest.mark.parametrize(
    ("period", "as_of", "value", "male", "female", "status", "released"),
    [
        (2020, None, 229, 72, 157, "normal", "2021-01-20"),
        (2025, None, 223, 25, 198, "provisional", "2026-02-04"),
        (2025, "2026-01-25", 224, 26, 198, "provisional", "2026-01-20"),
        (2009, None, 2914, 662, 2252, "normal", "2015-11-13"),
        (2009, "2010-01-06", 2952, 679, 2273, "provisional", "2010-01-06"),
        (2009, "2010-12-31", 2927, None, None, "normal", "2010-10"),
        (2009, "2012-01-11", 2927, 666, 2261, "normal", "2010-10"),
        (2009, "2012-10-28", 2914, None, None, "normal", "2012-10-28"),
        (2009, "4 Feb 2013", 2929, None, None, "normal", "2013-01-02"),
        (2017, "2018-02-01", 1127, 189, 938, "provisional", "2018-01-05"),
        (2017, None, 1127, 188, 939, "normal", "2018-01-05"),
        (1998, None, 71, None, None, "normal", "2000-10-22"),
        ("../1998", None, 947, 831, 116, "normal", "2011-07-14"),
        ("../1998", "2012-02", 947, 829, 118, "normal", "2011-07-14"),
        ("1999/2001", None, 1043, 565, 478, "normal", "2020"),
        ("1999/2001", "2012-11", 1046, None, None, "normal", "2012-10-28"),
        ("2020-Q2", None, 12, 2, 10, "normal", "2020-07-01"),
        ("2020-Q2", "2020-07-15", 12, None, None, "provisional", "2020-07-01"),
        ("2021-Q2", "2021-07-20", 2, 1, 1, "normal", "2021-07-16"),
        ("2021-Q2", "2021-07-10", 2, None, None, "normal", "2021-06-30"),
        ("2021-Q2", None, 5, 3, 2, "normal", "2021-10-22"),
        ("2016-01/2016-09", None, 1036, None, None, "normal", "2017-10-15"),
        ("2012-01/2012-09", None, 1086, 303, 783, "provisional", "2012-10-28"),
        ("2019-H1", "2019-08", 546, None, None, "normal", "2019-07-02"),
        ("2019-H1", None, 549, None, None, "normal", "2020-01-28"),
        ("2025-H2", None, 127, 17, 110, "low-reliability", "2026-02-04"),
        ("2025-H2", "2026-01-25", 128, 18, 110, "provisional", "2026-01-20"),
        ("2025-Q2", None, 58, 7, 51, "normal", "2025-08-24"),
        ("2017-Q4", None, 246, 35, 211, "low-reliability", "2018-01-05"),
        ("2012-Q2", None, 358, None, None, "low-reliability", "2014-04-08"),
        ("2012-Q3", None, 376, None, None, "low-reliability", "2013-07"),
        ("../2025", None, 34537, 9593, 24944, "provisional", "2026-02-04"),
        ("../2025", "2026-01-25", 34538, 9594, 24944, "provisional", "2026-01-20"),
        ("../2024-09", None, 34259, 9564, 24695, "normal", "2024-10-22"),
        ("../2001", None, 1990, 1396, 594, "normal", "2020"),
        ("../2001", "2010", 1990, 1395, 595, "normal", "2002-02-17"),
        ("../2014", None, 27519, 8252, 19267, "normal", "2020"),
        ("../2016-11-11", None, 30005, None, None, "normal", "2016-11-14"),
        ("2014-02", None, 111, None, None, "normal", "2014-04-08"),
        (1995, None, 42, None, None, "low-reliability", "2016"),
    ],
    ids=repr,
)
def test_arrivals_as_of(period, as_of, value, male, female, status, released):
    figure = arrivals(period, as_of=as_of)

    assert (figure + 0, figure.male, figure.female) == (value, male, female)
    assert (figure.status, figure.released) == (status, released)
    assert figure.period == Period.parse(period)
    assert (figure.measure, figure.area) == ("arrivals", "KOR")
    assert figure.sources


def test_arrivals_without_period():
    """Without a period, the answer is the latest full year in print."""
    assert (arrivals().period, arrivals() + 0) == (Period.parse(2025), 223)
    assert arrivals(as_of="2026-01-01").period == Period.parse(2024)
    assert arrivals(as_of="2021-06").period == Period.parse(2020)


def test_sources_official_first_then_by_date():
    cited = arrivals(2020).sources

    assert cited[0].kind == "official"
    assert [s.key for s in cited[1:4]] == ["barun_20210120", "sbs_20210120", "ytn_20220120"]
    assert "official" not in [s.kind for s in cited[1:]]
    assert cited[0].url == "https://www.unikorea.go.kr/eng_unikorea/whatwedo/support/"
    assert arrivals(1992).sources[0].url is None


def test_derived_figure_has_formula_and_inputs():
    half = arrivals("2025-H2")

    assert half.formula == "2025 − 2025-H1"
    assert [(str(i.period), i + 0, i.male) for i in half.inputs] == [("2025", 223, 25), ("2025-H1", 96, 8)]
    assert half.note == "2025 was revised after 2025-H1 was last published."
    assert {s.key for s in half.sources} == {s.key for i in half.inputs for s in i.sources}
    assert arrivals("2019-H1").formula == "2019-Q1 + 2019-Q2"
    assert arrivals("2017-Q3").formula == "2017-01/2017-09 − 2017-H1"
    assert arrivals("2017-Q4").formula == "2017 − 2017-01/2017-09"
    assert arrivals("2025-Q2").formula == "2025-H1 − 2025-Q1"
    assert arrivals("../2021").formula == "../1998 + 1999/2001 + 2002 + ... + 2021"
    assert arrivals("../2001").formula == "../1998 + 1999/2001"
    assert arrivals("../2002").formula == "../1998 + 1999/2001 + 2002"
    assert arrivals("../2003").formula == "../1998 + 1999/2001 + 2002 + 2003"
    assert len(arrivals("../2021").inputs) == 22
    assert (arrivals(2020).formula, arrivals(2020).inputs) == (None, ())


def test_split_from_agreeing_figures():
    """A published total without a split takes it from figures that agree."""
    half = arrivals("2024-H1")

    assert (half + 0, half.male, half.female, half.released) == (105, 10, 95, "2024-07-23")
    assert half.formula == "sexes: 2024-Q1 + 2024-Q2"
    assert [str(i.period) for i in half.inputs] == ["2024-Q1", "2024-Q2"]
    assert {"newdaily_20240430", "news1_20240723"} <= {s.key for s in half.sources}
    assert arrivals("2023-Q1").formula is None


def test_as_of_last_day_of_short_month():
    """What was published in February is known on the 28th."""
    figure = arrivals("2024-Q4", as_of="2025-02")
    assert (figure, figure.released, figure.is_derived) == (55, "2025-02", False)
    assert arrivals("2024-Q4", as_of="2025-02-27").is_derived
    assert "chosun_200702" in {source.key for source in arrivals(2002, as_of="2007-02").sources}
    assert "sedaily_20160902" in {source.key for source in arrivals(2009, as_of="2016-09").sources}


@pytest.mark.parametrize(
    ("period", "value", "released", "split_released"),
    [("../1998", 947, "2011-07-14", "2020"), (2017, 1127, "2018-01-05", "2018-09-30"), (2020, 229, "2021-01-20", None)],
)
def test_new_split_keeps_release_of_total(period, value, released, split_released):
    figure = arrivals(period)
    assert (figure, figure.released, figure.split_released) == (value, released, split_released)
    assert figure.record()["split_released"] == split_released
    assert str(figure.known_from).startswith(released)
    assert any(source.published == released for source in figure.sources)


def test_note_tells_each_split_of_one_total():
    dates = {"2027-01": (10, 0), "2027-02": (0, 10), "2027-03": (3, 7)}
    rows = [
        {"period": 2026, "value": 10, "male": male, "female": female, "released": day, "sources": ["newsis_20260204"]}
        for day, (male, female) in dates.items()
    ]
    figure = Catalogue.bundled().extended(rows).arrivals(2026)
    assert (figure.released, figure.split_released, figure.male) == ("2027-01", "2027-03", 3)
    assert figure.note == (
        "The same total was published in February 2027 with 0 men and 10 women. "
        "The same total was published in January 2027 with 10 men and 0 women."
    )


def test_derived_figure_split_released():
    assert (arrivals("2024-Q4").released, arrivals("2024-Q4").split_released) == ("2025-02", "2025-02-04")


def test_note_tells_earlier_split():
    note = "The same total was published on 5 January 2018 with 189 men and 938 women."
    assert note in arrivals(2017).note
    assert "The same total" not in arrivals(2017, as_of="2018-06").note


@pytest.mark.parametrize(
    ("period", "value", "formula"),
    [
        ("../2020-03", 33658, "../1998 + 1999/2001 + 2002 + ... + 2019 + 2020-Q1"),  # 33,523 + 135
        ("../2023-09", 34021, "../2022 + 2023-01/2023-09"),  # 33,882 + 139
        ("../2024-09", 34259, None),
        ("../2018-06", 31827, None),
    ],
)
def test_running_total_at_end_of_quarter(period, value, formula):
    """Where nothing was published, it is derived, and only if it is asked for."""
    figure = arrivals(period)
    assert (figure, figure.formula) == (value, formula)
    listed = {str(each.period) for each in series(frequency="running-total")}
    assert (period in listed) == (formula is None)
    assert compare(period, period).difference == 0


def test_note_tells_undated_change():
    sentence = "The figure for 2009 was last published in January 2012 and was changed later"

    assert sentence in arrivals(2009, as_of="2012-06").note
    assert sentence not in arrivals(2009, as_of="2012-01-31").note
    assert sentence not in arrivals(2009, as_of="2010-12-31").note
    assert "changed later" not in arrivals(2009).note
    assert "2021-Q1" not in arrivals("2021-Q1", as_of="2021-05").note
    total = arrivals("../2011", as_of="2012-12")
    assert total.formula
    split = "The split by sex of the running total to the end of 1998 was last published on 11 January 2012"
    assert split in total.note
    assert "The figure for 2017 was last seen" not in arrivals(2017, as_of="2018-06").note
    assert "The split by sex of the figure for 2017 was last published on 5 J" in arrivals(2017, as_of="2018-06").note


def test_alternatives_with_reason():
    (other,) = arrivals(1997).alternatives

    assert (other.value, other.male, other.female, other.released) == (86, None, None, "2016")
    assert [s.key for s in other.sources] == ["wp_nkinsk"]
    assert "preferred" in other.reason
    assert arrivals(1997, as_of="2016").alternatives == (other,)
    assert arrivals(1997, as_of="2016-12-30").alternatives == ()
    assert arrivals(1996).alternatives == ()
    assert arrivals(2014).alternatives == ()
    assert [o.value for o in arrivals(2012, as_of="2018").alternatives] == [1506]
    assert {o.value for o in arrivals("2008-H1").alternatives} == {1745, 1748}


@pytest.mark.parametrize(
    ("period", "as_of", "reason", "first", "last", "nearest"),
    [
        (1800, None, "before-coverage", "1992", "2025", "1992"),
        (2031, None, "after-coverage", "1992", "2025", "2025"),
        (2026, None, "after-coverage", "1992", "2025", "2025"),
        ("2025-Q4", None, "not-published", "2004-Q4", "2025-Q2", "2025-Q2"),
        ("2025-Q4", "2020", "not-published", "2004-Q4", "2020-Q3", "2020-Q3"),
        ("2026-H1", None, "not-found", "2002-H1", "2025-H2", "2025-H2"),
        ("2017-Q1", None, "not-found", "2004-Q4", "2025-Q2", "2016-Q4"),
        ("2010-Q4", None, "not-found", "2004-Q4", "2025-Q2", "2011-Q1"),
        ("2004-Q3", None, "before-coverage", "2004-Q4", "2025-Q2", "2004-Q4"),
        (2020, "2020", "not-yet-released", "1992", "2019", "2019"),
        (2020, "1990", "not-yet-released", None, None, None),
        ("../1980", None, "before-coverage", "../1989", "../2025", "../1989"),
        ("../2026-06", None, "after-coverage", "../1989", "../2025", "../2025"),
        ("../2015-08", None, "not-found", "../1989", "../2025", "../2015-10"),
        ("FY2010", None, "not-found", None, None, None),
        ("2003/2005", None, "not-found", "1990/1994", "2024-01/2024-09", "2005-01/2005-11"),
        ("2024-05/2024-09", None, "not-found", "1990/1994", "2024-01/2024-09", "2024-01/2024-09"),
        ("../2025-11", None, "not-found", "../1989", "../2025", "../2025"),
        ("2020-09", None, "after-coverage", "2011-01", "2020-08", "2020-08"),
    ],
    ids=repr,
)
def test_no_data_error_says_why_and_nearest(period, as_of, reason, first, last, nearest):
    with pytest.raises(NoDataError) as caught:
        arrivals(period, as_of=as_of)

    error = caught.value
    found = tuple(None if p is None else str(p) for p in (error.first, error.last, error.nearest))
    assert (error.reason, *found) == (reason, first, last, nearest)
    assert (error.measure, error.area, error.period) == ("arrivals", "KOR", Period.parse(period))
    assert all(gap.period == error.period and gap.note for gap in error.gaps)
    assert len(error.gaps) == (1 if period in {"2025-Q4", "2026-H1", "2017-Q1"} else 0)
    assert arrivals(period, as_of=as_of, default=None) is None


def test_newest_before_any_was_published():
    with pytest.raises(NoDataError) as caught:
        arrivals(as_of="1950")

    error = caught.value
    assert (error.period, error.reason, error.note) == (None, "not-yet-released", "")
    assert error.hint == "Pass default=None to get None instead."
    assert arrivals(as_of="1950", default=None) is None


def test_span_points_to_total():
    """A span that is not in the list points to the sum of its years."""
    with pytest.raises(NoDataError, match=r"start='2003', end='2005'\)\.total\(\)"):
        arrivals("2003/2005")
    with pytest.raises(NoDataError) as caught:
        arrivals("../1980")
    assert caught.value.hint == "Pass default=None to get None instead."


@pytest.mark.parametrize("period", ["20x0", "2025-Q5"])
def test_default_only_for_missing_data(period):
    with pytest.raises(InvalidPeriodError):
        arrivals(period, default=None)
    with pytest.raises(InvalidPeriodTypeError):
        arrivals([], default=None)
    with pytest.raises(InvalidPeriodError):
        arrivals(2020, as_of=period, default=None)
    assert arrivals(1800, default="none") == "none"
    assert arrivals(2020, default=0) == 229


@pytest.mark.parametrize("value", [2020.0, True, False, None, [], {}, 229.0])
def test_memo_keeps_types_apart(value):
    assert arrivals(2020) == arrivals("2020") == 229
    if value is None:
        assert arrivals(value) == 223
    else:
        with pytest.raises(InvalidPeriodTypeError):
            arrivals(value)


def test_memo_refuses_observation():
    """An observation is no period, even after its number was asked for as a year."""
    assert arrivals(2028, default=None) is None
    with pytest.raises(InvalidPeriodTypeError):
        arrivals(arrivals(2006))


def test_memo_keeps_answers_not_misses():
    catalogue = Catalogue.bundled().extended([])

    assert catalogue.arrivals(2020) is catalogue.arrivals(2020)
    assert catalogue.arrivals("2020-Q2") is catalogue.arrivals("2020-Q2")
    assert catalogue.arrivals(1800, default=7) == 7
    assert catalogue.arrivals(1800, default=8) == 8
    assert catalogue.arrivals(2025, as_of="2026-01-25") == 224
    assert catalogue.arrivals(2025) == 223
    assert catalogue.arrivals(2025, as_of="2026-01-25") == 224


MEASURES = (
    "arrivals", "refugees", "asylum-seekers", "asylum-applications", "us-refugee-admissions",
    "uk-asylum-applications", "uk-asylum-applicants", "thailand-arrests", "re-entries",
)  # fmt: skip


@pytest.mark.parametrize(
    ("ask", "kind", "given", "suggestions"),
    [
        (partial(observation, "arivals", 2020), "measure", "arivals", ("arrivals",)),
        (partial(observation, "xyz", 2020), "measure", "xyz", MEASURES),
        (partial(observation, None, 2020), "measure", None, MEASURES),
        (partial(observation, ["arrivals"], 2020), "measure", ["arrivals"], MEASURES),
        (partial(observation, "arrivals", 2020, area="UK"), "area", "UK", ()),
        (partial(observation, "arrivals", 2020, area=["KOR"]), "area", ["KOR"], ("KOR",)),
        (partial(observation, "refugees", 2016, area="Untied Kingdom"), "area", "Untied Kingdom", ("GBR",)),
        (partial(observation, "refugees", 2016, area="canda"), "area", "canda", ("CAN",)),
        (partial(observation, "re-entries", 2016, area="Narnia"), "area", "Narnia", ("PRK",)),
        (partial(observation, "us-refugee-admissions", 2016, area="Canada"), "area", "Canada", ()),
        (partial(series, "arivals"), "measure", "arivals", ("arrivals",)),
        (partial(series, frequency="yearly"), "frequency", "yearly", ("year",)),
        (
            partial(series, frequency="fiscal-year"),
            "frequency",
            "fiscal-year",
            ("year", "half", "quarter", "month", "running-total"),
        ),
        (
            partial(series, frequency=["year"]),
            "frequency",
            ["year"],
            ("year", "half", "quarter", "month", "running-total"),
        ),
        (partial(series, frequency=4), "frequency", 4, ("year", "half", "quarter", "month", "running-total")),
        (partial(revisions, 2020, "arivals"), "measure", "arivals", ("arrivals",)),
    ],
    ids=lambda value: value.func.__name__ if isinstance(value, partial) else repr(value),
)
def test_unknown_name_error_has_suggestions(ask, kind, given, suggestions):
    with pytest.raises(UnknownNameError) as caught:
        ask()

    assert (caught.value.kind, caught.value.given, caught.value.suggestions) == (kind, given, suggestions)


def test_observation_matches_arrivals():
    assert observation("arrivals", 2020, area="KOR").record() == arrivals(2020).record()
    assert observation("arrivals").period == Period.parse(2025)
    assert observation("arrivals", 1800, default=None) is None


def test_revisions_of_one_period():
    steps = [(s.value, s.male, s.female, s.status, s.released, s.last_seen) for s in revisions(2009)]

    assert steps == [
        (2952, 679, 2273, "provisional", "2010-01-06", "2010-01-06"),
        (2927, 666, 2261, "normal", "2010-10", "2012-01"),
        (2914, None, None, "normal", "2012-10-28", "2012-10-28"),
        (2929, None, None, "normal", "2013-01-02", "2014-01-13"),
        (2914, 662, 2252, "normal", "2015-11-13", "2026-10-05"),
    ]
    assert [s.value for s in revisions(2017)] == [1127, 1127]
    assert revisions(2009)[0].sources[0].key == "voa_20100106"
    assert revisions(2025)[1].note == "Corrected by the ministry: one man fewer. No reason was given."
    assert len(revisions("2020-Q2")) == 1


def test_revisions_of_all_periods(table):
    """Revisions without a period are those of all periods, in order."""
    every = revisions()
    periods = [step.period for step in every]

    assert periods == sorted(periods)
    assert str(periods[0]) == "../1989"
    assert [step for step in every if step.period == Period.parse(2009)] == list(revisions(2009))
    assert {str(period) for period in periods} == {row["period"] for row in table("arrivals")}


def test_revisions_of_derived_period():
    """A period that is only derived has no revisions of its own."""
    with pytest.raises(NoDataError) as caught:
        revisions("2025-H2")
    assert caught.value.note == "The value is calculated as 2025 − 2025-H1."
    assert "such as revisions('2025', 'arrivals', area='KOR')." in caught.value.hint
    error = caught.value
    assert (error.measure, str(error.period), error.area, error.reason) == ("arrivals", "2025-H2", "KOR", "not-found")
    with pytest.raises(NoDataError) as caught:
        revisions(1800)
    assert caught.value.hint == ""


@pytest.mark.parametrize(
    ("asked", "subject", "kind"),
    [
        ((2009, "arrivals", "KOR"), "arrivals in South Korea", "flow"),
        ((None, "refugees", "GBR"), "refugees from North Korea in the United Kingdom", "stock"),
    ],
)
def test_revisions_subject_and_edition(asked, subject, kind):
    period, measure, area = asked
    found = revisions(period, measure, area=area)

    assert (found.subject, found.kind, found.edition) == (subject, kind, data_version())
    assert {(step.measure, step.area) for step in found} == {(measure, area)}


def test_measures_areas_sources():
    measure = measures()[0]

    assert tuple(each.id for each in measures()) == MEASURES
    assert (measure.id, measure.unit, measure.kind, measure.areas) == ("arrivals", "persons", "flow", ("KOR",))
    assert measure.frequencies == ("year", "half", "quarter", "month", "running-total")
    assert measure.breaks == ()
    assert measure.publisher == "Ministry of Unification, Republic of Korea"
    assert measure.rounding == "Exact counts."
    assert measure.attribution.endswith("compiled by defector-stats (CC BY 4.0).")
    for word in ("1948", "1950", "1953", "1962", "1997", "contested"):
        assert word in measure.definition
    places = {area.code: area for area in areas()}
    assert len(places) == 34
    assert "ROK" in places["KOR"].aliases
    assert (places["USA"].name, places["USA"].in_text) == ("United States", "the United States")
    assert (places["KOR"].name, places["KOR"].in_text) == ("South Korea", "South Korea")
    assert sources()[0].kind == "official"


def test_data_version_and_data_path(descriptor):
    assert data_version() == descriptor["version"]
    assert (data_path() / "arrivals.csv").is_file()
    with pytest.raises(FileNotFoundError):
        Catalogue.bundled().extended([]).data_path()


def test_series_edition_and_as_of(invented):
    found = series(as_of="2024-06")

    assert (found.edition, found.as_of) == (data_version(), "2024-06-30")
    assert invented.extended([]).data_version() == invented.series("tickets").edition == "1"


def test_breakdown_missing_as_of():
    """How many a breakdown misses is counted by the arrivals in print on that day."""
    row = {"period": "../2024-09", "value": 34260, "released": "2027-01-20", "sources": [NEW]}
    catalogue = Catalogue.bundled().extended([row])

    assert catalogue.breakdown("age", "../2024-09").missing == 126
    assert catalogue.breakdown("age", "../2024-09", as_of="2026-01").missing == 125


@pytest.mark.parametrize(
    ("today", "overdue", "period", "due"),
    [
        ("2026-02-05", [], "2026-H1", "2026-08-31"),
        ("2026-08-31", [], "2026-H1", "2026-08-31"),
        ("2026-09-01", ["2026-H1"], "2026", "2027-01-31"),
        ("2027-01-31", ["2026-H1"], "2026", "2027-01-31"),
        ("2028-05-01", ["2026-H1", "2026", "2027-H1", "2027"], "2028-H1", "2028-08-31"),
    ],
)
def test_freshness_by_rhythm(until_2025, today, overdue, period, due):
    fresh = until_2025.freshness(today)

    assert (fresh.newest.period, fresh.newest + 0) == (Period.parse(2025), 223)
    assert [str(p) for p in fresh.overdue] == overdue
    assert (str(fresh.next_period), fresh.next_due.isoformat()) == (period, due)
    assert (fresh.edition, fresh.today.isoformat()) == (data_version(), today)
    assert ("Overdue in this edition" in str(fresh)) is bool(overdue)
    assert "223 for 2025, released 2026-02-04" in str(fresh)


def test_freshness_in_sentences(until_2025):
    assert str(until_2025.freshness("2026-09-01")) == (
        f"The newest yearly figure is 223 for 2025, released 2026-02-04 (data edition {data_version()}). "
        "Overdue in this edition: 2026-H1. The next, for 2026, is due by the end of January 2027. "
        "Check it at https://www.unikorea.go.kr/web/unikorea/contents/status_lately"
    )


@pytest.mark.parametrize(("newest", "due"), [(9988, ("9989-H1", "9989-08-31")), (9989, ("None", "None"))])
def test_freshness_ends_with_calendar(newest, due):
    """Ten years are left for the figure of the last year, and no later one is due."""
    row = {"period": newest, "value": 5, "released": f"{newest + 1}-01-05", "sources": [NEW]}
    fresh = Catalogue.bundled().extended([row]).freshness(f"{newest + 1}-01-10")

    assert (fresh.overdue, (str(fresh.next_period), str(fresh.next_due))) == ((), due)


def test_freshness_known_half_and_far_day(until_2025):
    """A half that is known is not due, and a day too far ahead is refused."""
    row = {"period": "2026-H1", "value": 90, "released": "2026-12-01", "sources": [NEW]}
    fresh = until_2025.extended([row]).freshness("2026-12-24")

    assert (fresh.overdue, str(fresh.next_period)) == ((), "2026")
    assert str(freshness("2125-01-01").next_period) == "2124"
    with pytest.raises(InvalidPeriodError) as caught:
        freshness("2126-01-01")
    assert (caught.value.given, caught.value.problem) == ("2126-01-01", "is too far ahead")
    assert "within a century" in caught.value.hint
    with pytest.raises(InvalidPeriodError, match="not a date"):
        freshness("soon")


def test_freshness_own_rhythm(folder):
    """Only the rhythm of the measure counts, and what came early is not next."""
    rows = "refugees,year,0,kjd_20260120,Not of this measure.\narrivals,H1,2,kjd_20260120,Half-years alone.\n"
    (folder / "release-calendar.csv").write_text(f"measure,period,months,sources,note\n{rows}", encoding="utf-8")
    catalogue = Catalogue.read(folder)
    early = {"period": "2026-H1", "value": 90, "released": "2026-12-01", "sources": [NEW]}
    late = {"period": "2027-H1", "value": 90, "released": "2027-07-20", "sources": [NEW]}

    assert str(catalogue.freshness("2026-08-31").next_period) == "2026-H1"
    assert [str(each) for each in catalogue.freshness("2026-09-01").overdue] == ["2026-H1"]
    fresh = catalogue.extended([early, late]).freshness("2027-07-31")
    assert (fresh.overdue, str(fresh.next_period), fresh.next_due.isoformat()) == ((), "2028-H1", "2028-08-31")


def test_freshness_by_fiscal_year(folder):
    """A US fiscal year ends on 30 September, and the month of its figure is counted from there."""
    row = "arrivals,fiscal-year,1,kjd_20260120,"
    (folder / "release-calendar.csv").write_text(f"measure,period,months,sources,note\n{row}\n", encoding="utf-8")
    catalogue = Catalogue.read(folder)

    fresh = catalogue.freshness("2026-10-31")
    assert (fresh.overdue, str(fresh.next_period), fresh.next_due.isoformat()) == ((), "FY2026", "2026-10-31")
    fresh = catalogue.freshness("2026-11-01")
    assert [str(period) for period in fresh.overdue] == ["FY2026"]
    assert (str(fresh.next_period), fresh.next_due.isoformat()) == ("FY2027", "2027-10-31")


def test_freshness_today_by_default():
    import datetime as dt

    before = dt.date.today()  # noqa: DTZ011
    assert before <= freshness().today <= dt.date.today()  # noqa: DTZ011


def test_extended_leaves_original_alone():
    """An extended catalogue answers with the new figure and leaves the old one alone."""
    row = {"period": 2026, "value": 200, "male": 20, "female": 180, "released": "2027-01-20", "sources": [NEW]}
    catalogue = Catalogue.bundled().extended([row])
    figure = catalogue.arrivals()

    assert (figure + 0, figure.male, figure.status, figure.released) == (200, 20, "normal", "2027-01-20")
    assert figure.sources == (NEW,)
    assert str(figure.period) == "2026"
    assert catalogue.arrivals("../2026") == 34737
    assert catalogue.arrivals(as_of="2027-01-19").period == Period.parse(2025)
    assert arrivals().period == Period.parse(2025)
    assert NEW not in sources()
    assert str(catalogue.freshness("2027-02-01").next_period) == "2027-H1"
    assert catalogue.data_version() == data_version()
    catalogue.check()


@pytest.mark.parametrize(
    "cited", ["new yonhap_20250824", NEW, [NEW, "yonhap_20250824"], ("yonhap_20250824",)], ids=type
)
def test_extended_sources_keys_or_records(cited):
    base = Catalogue.bundled().extended(
        [{"period": 2024, "value": 1, "released": "2027-01-20", "sources": NEW, "note": "n", "status": "provisional"}]
    )
    figure = base.extended([{"period": 2026, "value": 1, "released": "2027-02", "sources": cited}]).arrivals(2026)

    assert {s.key for s in figure.sources} <= {"new", "yonhap_20250824"}
    assert (base.arrivals(2024).note, base.arrivals(2024).status) == ("n", "provisional")


GOOD = {"period": 2026, "value": 200, "released": "2027-01-20", "sources": ["yonhap_20250824"]}


NO_NUMBER = "is not a whole number, zero or more"
NO_DAY = "is not an ISO year, month or day"
LONG = "x" * 61
HUGE = 10**5000  # more digits than Python writes
WRITTEN = "a value of type int cannot be written out"
WRITE = "Write a period as 2020, 2020-H1, 2020-Q2, 2020-07, 2023-10-09, FY2010, 1999/2001, 2024-01/2024-09 or ../1998"


@pytest.mark.parametrize(
    ("change", "column", "rule"),
    [
        ({"value": -1}, "value", f"'-1' {NO_NUMBER}"),
        ({"value": 1.5}, "value", f"'1.5' {NO_NUMBER}"),
        ({"value": True}, "value", f"'True' {NO_NUMBER}"),
        ({"value": None}, "value", "the field is empty"),
        pytest.param({"value": "２"}, "value", f"'２' {NO_NUMBER}", id="full-width"),
        ({"value": 10**12}, "value", f"'1000000000000' {NO_NUMBER}"),
        ({"period": "20x0"}, "period", f"'20x0' is not a period. {WRITE}"),
        ({"period": True}, "period", f"True is a bool, not a period. {WRITE}"),
        ({"released": "soon"}, "released", f"'soon' {NO_DAY}"),
        ({"released": "2027-12-30"}, "released", "released in 2027-12-30, before the period 2027 ends"),
        ({"sources": []}, "sources", "the field is empty"),
        ({"sources": ["unheard"]}, "sources", "'unheard' is not in the table of sources"),
        (
            {"sources": ["yonhap_20250824", "yonhap_20250824"]},
            "sources",
            "words must be separated by single spaces and must not repeat",
        ),
        ({"status": "final"}, "status", "'final' is not one of normal, provisional, low-reliability"),
        ({"male": 1}, "female", "the field is empty"),
        ({"male": 1, "female": 1}, "value", "1 and 1 do not add up to 200"),
        ({"measure": "arivals"}, "measure", "'arivals' is not in the table of measures"),
        ({"measure": LONG}, "measure", f"'{LONG[:56]}... is not in the table of measures"),
        ({"measure": "sources"}, "measure", "'sources' is not in the table of measures"),
        ({"area": "USA"}, "area", "'USA' is not an area of 'arrivals'"),
        ({"area": None}, "area", "the field is empty"),
        ({"colour": "red"}, "colour", "unknown column"),
        ({1: "red"}, "1", "unknown column"),
        ({"note": "a\nb"}, "note", "the text holds U+000A, which is not allowed"),
        ({"value": HUGE}, "value", WRITTEN),
        ({"measure": HUGE}, "measure", WRITTEN),
        ({"sources": [HUGE]}, "sources", WRITTEN),
        ({"sources": 5}, "sources", "5 is neither a source nor several"),
        ({HUGE: 1}, "name", WRITTEN),
    ],
)
def test_extended_keeps_rules(change, column, rule):
    """A new figure keeps the rules, or there is no new catalogue."""
    with pytest.raises(DataError) as caught:
        Catalogue.bundled().extended([GOOD, {**GOOD, "period": 2027, "released": "2028", **change}])

    assert caught.value.args == (rule, None, 2, column)
    assert arrivals(2026, default=None) is None


def test_extended_takes_value_of_alternative(tmp_path):
    """A value that the log has is no alternative any longer, so the figures can be read back."""
    row = {"period": 2012, "value": 1506, "released": "2027-01-05", "sources": ["newsis_20260204"]}
    more = Catalogue.bundled().extended([row])

    assert (more.arrivals(2012), more.arrivals(2012).alternatives) == (1506, ())
    assert [other.value for other in arrivals(2012).alternatives] == [1506]
    assert Catalogue.read(more.export("all", tmp_path / "more", format="datapackage")).arrivals(2012) == 1506


def test_extended_period_in_any_form():
    catalogue = Catalogue.bundled().extended([GOOD | {"period": "2026-01/2026-12"}])

    assert catalogue.arrivals(2026) == 200


@pytest.mark.parametrize("name", ["period", "value", "released", "sources"])
def test_extended_row_needs_each_key(name):
    with pytest.raises(DataError) as caught:
        Catalogue.bundled().extended([{key: value for key, value in GOOD.items() if key != name}])

    assert caught.value.args == ("the name is missing", None, 1, name)


REPEAT = {"period": 2025, "value": 223, "released": "2026-02-04", "sources": ["newsis_20260204"]}
TWICE = "an earlier row has the same measure, area, period and released"


@pytest.mark.parametrize(
    ("rows", "place"),
    [
        ([GOOD, ["2026", 200]], ("a figure is a mapping, not a list", None, 2, None)),
        ([GOOD, GOOD], (TWICE, None, 2, "released")),
        ([REPEAT], (TWICE, None, 1, "released")),
    ],
    ids=["no mapping", "twice", "known"],
)
def test_extended_refuses_no_mapping_or_duplicate(rows, place):
    with pytest.raises(DataError) as caught:
        Catalogue.bundled().extended(rows)

    assert caught.value.args == place


def test_extended_needs_area_if_several(invented):
    row = {"measure": "crossings", "period": 2019, "value": 1, "released": "2020", "sources": "s"}
    with pytest.raises(DataError) as caught:
        invented.extended([row])

    assert caught.value.args == ("the measure has several areas, so one must be given", None, 1, "area")
    assert invented.extended([row | {"area": "USA"}]).observation("crossings", 2019, area="USA") == 1


def ascii_code(character):
    return f"U{ord(character):04X}"


@pytest.mark.parametrize(
    "character", ["\n", "\r", "\x00", "\x1f", "\x7f", "\x9f", "\ud800", "\u202e", "\u200b", "\u2028"], ids=ascii_code
)
def test_extended_refuses_hidden_text(character):
    """Text that no line of a file can hold is refused."""
    import attrs

    spoilt = attrs.evolve(NEW, publisher=f"a{character}b")
    rule = f"the text holds U+{ord(character):04X}, which is not allowed"

    for change, where in [({"note": f"a{character}"}, (1, "note")), ({"sources": spoilt}, (1, "publisher"))]:
        with pytest.raises(DataError) as caught:
            Catalogue.bundled().extended([GOOD | change])
        assert caught.value.args == (rule, None, *where)
    fine = Catalogue.bundled().extended([GOOD | {"note": "a ~\xa0　é"}])
    assert fine.arrivals(2026).note == "a ~\xa0　é"


def test_extended_keeps_sources():
    import attrs

    bare = attrs.evolve(NEW, key="bare", url=None)
    rows = [GOOD | {"sources": [NEW, bare]}, GOOD | {"period": 2027, "released": "2028", "sources": bare}]
    more = Catalogue.bundled().extended(rows)

    assert [source for source in more.sources() if source not in sources()] == [bare, NEW]
    assert more.arrivals(2027).sources == (bare,)


@pytest.mark.parametrize("change", [{"publisher": "B"}, {"url": None}, {"via": "B"}, {"note": "B"}], ids=str)
def test_extended_refuses_sources_with_same_key(change):
    import attrs

    other = attrs.evolve(NEW, **change)
    later = GOOD | {"period": 2027, "released": "2028"}
    for rows, line in (
        ([GOOD | {"sources": [NEW]}, later | {"sources": [other]}], 2),
        ([GOOD | {"sources": [NEW, other]}], 1),
    ):
        with pytest.raises(DataError) as caught:
            Catalogue.bundled().extended(rows)
        assert caught.value.args == ("another source has the key 'new'", None, line, "sources")
    grown = Catalogue.bundled().extended([GOOD | {"sources": [NEW]}])
    with pytest.raises(DataError) as caught:
        grown.extended([later | {"sources": ["new", other]}])
    assert caught.value.args == ("another source has the key 'new'", None, 1, "sources")
    assert grown.arrivals(2027, default=None) is None


def test_extended_source_with_known_key():
    """A source with the key of a bundled one is that source, or it is refused."""
    import attrs

    (known,) = [source for source in sources() if source.key == "wikileaks_05geneva"]
    same = attrs.evolve(known)
    figure = Catalogue.bundled().extended([GOOD | {"sources": [same, "newsis_20260204"]}]).arrivals(2026)
    assert known in figure.sources
    with pytest.raises(DataError) as caught:
        Catalogue.bundled().extended([GOOD | {"sources": [attrs.evolve(known, publisher="B")]}])
    assert caught.value.args == ("another source has the key 'wikileaks_05geneva'", None, 1, "sources")


def test_extended_same_source_twice():
    import attrs

    rows = [GOOD | {"sources": [NEW]}, GOOD | {"period": 2027, "released": "2028", "sources": [attrs.evolve(NEW)]}]
    more = Catalogue.bundled().extended(rows)

    assert more.arrivals(2026).sources == more.arrivals(2027).sources == (NEW,)
    assert len(more.sources()) == len(sources()) + 1


def test_extended_source_with_bad_url():
    import attrs

    bad = attrs.evolve(NEW, url="javascript:alert(1)")
    with pytest.raises(DataError) as caught:
        Catalogue.bundled().extended([{**GOOD, "sources": [bad]}])
    assert caught.value.args == ("the URL must start with http:// or https://", None, 1, "url")


def test_arrivals_of_empty_catalogue():
    with pytest.raises(NoDataError) as caught:
        arrivals(as_of="1990")

    assert (caught.value.period, caught.value.reason) == (None, "not-yet-released")


def test_arrivals_of_catalogue_without_years(folder):
    path = folder / "arrivals.csv"
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    path.write_text("".join([lines[0], *(line for line in lines if ",2020-Q1," in line)]), encoding="utf-8")
    with pytest.raises(NoDataError) as caught:
        Catalogue.read(folder).arrivals()

    assert (caught.value.period, caught.value.reason) == (None, "not-found")


def test_signature_of_default():
    import inspect

    assert str(inspect.signature(Catalogue.arrivals)).endswith("default: 'Any' = <raise NoDataError>) -> 'Observation'")
