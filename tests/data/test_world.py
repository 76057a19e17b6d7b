"""Other places: published totals, definitions, hazards, what is not shown."""

import attrs
import pytest

from defector_stats import (
    Catalogue,
    DataError,
    NoDataError,
    NotComparableError,
    Period,
    UnknownNameError,
    areas,
    arrivals,
    compare,
    context,
    destinations,
    freshness,
    measures,
    observation,
    series,
    verify,
)

US_FISCAL = [0, 0, 0, 0, 0, 9, 22, 37, 25, 8, 23, 22, 17, 8, 15, 14, 12, 5, 1, 2, 0, 4, 0, 0]
US_CALENDAR = [9, 28, 38, 18, 17, 16, 23, 14, 15, 14, 19, 1, 6, 0, 2, 4, 0, 0, 0]
UNHCR_REFUGEES = {
    1996: 10, 1998: 5, 1999: 10, 2000: 15, 2001: 17, 2002: 256, 2003: 306, 2004: 344, 2005: 287, 2006: 394, 2007: 602,
    2008: 881, 2009: 878, 2010: 915, 2011: 1046, 2012: 1126, 2013: 1163, 2014: 1275, 2015: 1094, 2016: 1419, 2017: 1176,
    2018: 797, 2019: 758, 2020: 689, 2021: 528, 2022: 267, 2023: 239, 2024: 283, 2025: 263,
}  # fmt: skip
UNHCR_PENDING = {
    2000: 50, 2001: 49, 2002: 70, 2003: 41, 2004: 64, 2005: 67, 2006: 95, 2007: 232, 2008: 213, 2009: 125, 2010: 268,
    2011: 550, 2012: 1023, 2013: 940, 2014: 233, 2015: 223, 2016: 526, 2017: 587, 2018: 146, 2019: 112, 2020: 88,
    2021: 108, 2022: 127, 2023: 96, 2024: 105, 2025: 45,
}  # fmt: skip
UNHCR_NEW = {
    1991: 6, 1996: 9, 1997: 22, 1998: 24, 1999: 80, 2000: 138, 2001: 170, 2002: 339, 2003: 185, 2004: 125, 2005: 61,
    2006: 171, 2007: 853, 2008: 402, 2009: 214, 2010: 369, 2011: 626, 2012: 1043, 2013: 553, 2014: 166, 2015: 159,
    2016: 245, 2017: 215, 2018: 81, 2019: 39, 2020: 27, 2021: 32, 2022: 45, 2023: 31, 2025: 11,
}  # fmt: skip


@pytest.mark.parametrize(
    ("measure", "published"),
    [("refugees", UNHCR_REFUGEES), ("asylum-seekers", UNHCR_PENDING), ("asylum-applications", UNHCR_NEW)],
)
def test_world_total_sums_areas(measure, published):
    world = series(measure, area="WLD")

    assert {figure.period.end.year: figure + 0 for figure in world} == published
    for figure in world:
        assert figure.formula is not None
        assert sum(figure.inputs) == figure
        assert {each.area for each in figure.inputs} <= set(world.measure.areas) - {"WLD"}
        assert len({each.area for each in figure.inputs}) == len(figure.inputs)


def test_us_admissions():
    fiscal = series("us-refugee-admissions", frequency="fiscal-year")
    calendar = series("us-refugee-admissions")

    assert [figure + 0 for figure in fiscal] == US_FISCAL
    assert [figure + 0 for figure in calendar] == US_CALENDAR
    assert (str(fiscal[0].period), str(fiscal[-1].period)) == ("FY2001", "FY2024")
    assert sum(fiscal) == fiscal.total() == 224
    assert observation("us-refugee-admissions", "FY2008") == 37
    assert observation("us-refugee-admissions", 2008) == 38


def test_not_listed_zero_has_note():
    fiscal = series("us-refugee-admissions", frequency="fiscal-year")
    marked = [str(figure.period) for figure in fiscal if "not listed in the sheet" in figure.note]

    assert marked == ["FY2001", "FY2002", "FY2003", "FY2004", "FY2005", "FY2021", "FY2023", "FY2024"]
    assert [figure + 0 for figure in fiscal if str(figure.period) in marked] == [0] * 8
    assert "read as 0" in observation("us-refugee-admissions", 2024).note
    assert "read as 0" not in observation("us-refugee-admissions", 2019).note
    for year in (2018, 2021):
        assert observation("re-entries", year) == 0
        assert observation("re-entries", year).note == "The year is not in the list; read as 0."
    assert observation("re-entries", 2019).note == ""


def test_uk_applications_and_applicants():
    """Uk applications count main applicants and applicants count dependants too."""
    assert series("uk-asylum-applications", start=2003, end=2015).total() == 902
    assert observation("uk-asylum-applications", 2007) == 412
    assert observation("uk-asylum-applicants", 2007) == 602
    for main, everyone in zip(series("uk-asylum-applications"), series("uk-asylum-applicants"), strict=True):
        assert main.period == everyone.period
        assert main <= everyone
    part = observation("uk-asylum-applications", "2024-01/2024-09")
    assert (part + 0, part.note) == (1, "January to September only.")
    with pytest.raises(NoDataError) as caught:
        observation("uk-asylum-applications", 2024)
    assert caught.value.reason == "not-found"
    assert "Only January to September 2024 was found." in str(caught.value)


def test_thai_arrests_and_re_entries_add_up():
    """Thai arrests and re entries add up to the printed totals."""
    arrests = series("thailand-arrests")
    assert [figure + 0 for figure in arrests] == [46, 115, 752, 1785, 1724, 1848, 2482]
    assert arrests.total() + observation("thailand-arrests", "2011-01/2011-04") == 9622
    assert [other.value for other in observation("thailand-arrests", 2007).alternatives] == [1767]
    assert series("re-entries").total() == 31
    assert series("re-entries", end=2018).total() == 28


def test_re_entry_of_2022():
    """The re entry of 2022 rests on the total of december 2025."""
    assert observation("re-entries", 2022).released == "2025-12-19"
    with pytest.raises(NoDataError) as caught:
        observation("re-entries", 2022, as_of="2022-12-31")
    assert caught.value.reason == "not-yet-released"
    assert series("re-entries", as_of="2023").total() == 30


def test_unhcr_rounding_notes():
    """Every unhcr cell of 5 carries its rounding and no other does."""
    note = "Shown as 5 under the publisher's rounding; the number may be 3 to 5."
    for measure in ("refugees", "asylum-seekers", "asylum-applications"):
        for area in observation_areas(measure):
            for figure in series(measure, area=area):
                assert (figure.note == note) == (figure == 5), figure
                assert not 0 <= figure < 5
    world = observation("refugees", 2016, area="WLD")
    assert world.note == "Shown as 5 under the publisher's rounding; the number may be 3 to 5 (3 of 14 areas)."
    assert (world.formula, world.status, world.released) == ("AUS + BEL + CAN + ... + USA", "normal", "2026-06-25")
    assert observation("asylum-seekers", 2019, area="WLD").note == ""
    assert observation("refugees", 1998, area="WLD").formula == "FRA"


def observation_areas(measure):
    (found,) = [each for each in measures() if each.id == measure]
    return [code for code in found.areas if code != "WLD"]


def test_first_published_totals_are_alternatives():
    first = {
        2010: 917, 2011: 1052, 2012: 1110, 2013: 1166, 2015: 1103, 2016: 1422, 2017: 1175, 2018: 802, 2019: 762,
        2020: 782, 2022: 260,
    }  # fmt: skip
    world = series("refugees", area="WLD")

    found = {figure.period.end.year: [other.value for other in figure.alternatives] for figure in world}
    assert {year: values for year, values in found.items() if values} == {
        year: [value] for year, value in first.items()
    }
    assert [other.value for other in observation("asylum-seekers", 2011, area="WLD").alternatives] == [490]
    assert [other.value for other in observation("asylum-seekers", 2019, area="WLD").alternatives] == [124]
    assert observation("asylum-seekers", 2020, area="WLD").alternatives == ()
    assert [other.value for other in observation("asylum-applications", 2004, area="THA").alternatives] == [73]
    assert verify(1422, 2016, measure="refugees", area="WLD").verdict == "alternative"
    assert verify(1419, 2016, measure="refugees", area="WLD").verdict == "current"


@pytest.mark.parametrize(
    ("area", "before", "after", "crosses"),
    [
        ("GBR", 2015, 2016, False),
        ("GBR", 2016, 2017, True),
        ("GBR", 2017, 2018, True),
        ("GBR", 2018, 2019, False),
        ("CAN", 2015, 2016, True),
        ("CAN", 2021, 2022, True),
        ("CAN", 2016, 2021, False),
        ("FRA", 2014, 2017, True),
        ("DEU", 2018, 2019, True),
        ("NLD", 2015, 2016, False),
        ("WLD", 2013, 2014, True),
        ("WLD", 2014, 2015, True),
        ("WLD", 2009, 2010, False),
    ],
)
def test_breaks_say_method_not_movement(area, before, after, crosses):
    """A break is method and not movement wherever it is compared."""
    change = compare(before, after, measure="refugees", area=area)
    told = [caveat for caveat in change.caveats if "method, not movement" in caveat]

    assert bool(told) == crosses
    if crosses:
        assert [c for c in context(after, measure="refugees", area=area).caveats if "method, not movement" in c]


def test_small_numbers_have_caveats():
    """How a small number was rounded or a zero read is a caveat."""
    rounded = "The figure for the end of 2016: Shown as 5 under the publisher's rounding; the number may be 3 to 5"
    assert compare(2015, 2016, measure="refugees", area="WLD").caveats[1] == f"{rounded} (3 of 14 areas)."
    assert context(2016, measure="refugees", area="IRL").caveats[0] == f"{rounded}."
    assert compare(2016, 2017, measure="refugees", area="CAN").caveats == ()
    assert (
        "The figure for 2021: The year is not in the list; read as 0."
        in compare(2020, 2021, measure="re-entries").caveats
    )
    assert "read as 0" not in " ".join(compare(2019, 2020, measure="re-entries").caveats)


def test_suppressed_raises_no_data():
    for area, year in (("FRA", 1996), ("FRA", 2010), ("FRA", 2025), ("KHM", 2010), ("WLD", 1997), ("THA", 2024)):
        with pytest.raises(NoDataError) as caught:
            observation("refugees", year, area=area)
        assert caught.value.reason == "suppressed"
        assert "none or too few to show" in str(caught.value)
        assert caught.value.note.startswith("Coverage: 31 December of 1996 and of 1998 to 2025")
    reasons = {gap.reason for gap in series("asylum-seekers", area="AUS").gaps}
    assert reasons == {"suppressed"}
    assert pytest.raises(NoDataError, observation, "refugees", 1990, area="CAN").value.reason == "before-coverage"
    assert pytest.raises(NoDataError, observation, "refugees", "2010-Q1", area="CAN").value.reason != "suppressed"


@pytest.mark.parametrize(
    ("measure", "area", "period", "until"),
    [
        ("refugees", "FRA", 2026, "1998 to 2025"),
        ("refugees", "WLD", 2026, "1998 to 2025"),
        ("asylum-applications", "GBR", 2026, "no row for 2024"),
        ("uk-asylum-applications", None, 2025, "from 2001 to 2023"),
        ("re-entries", None, 2023, "from 2012 to 2022"),
        ("us-refugee-admissions", None, "FY2026", "from FY2001 to FY2024"),
    ],
)
def test_after_coverage_names_last_period(measure, area, period, until):
    with pytest.raises(NoDataError) as caught:
        observation(measure, period, area=area)

    assert caught.value.reason == "after-coverage"
    assert until in str(caught.value)


def test_stated_gap_outranks_coverage():
    for area in ("GBR", "WLD", "CAN"):
        error = pytest.raises(NoDataError, observation, "asylum-applications", 2024, area=area).value
        assert error.reason == "not-found"
        assert "The flow dataset that was read has no row for 2024." in str(error)
    for period in (2025, "FY2025"):
        error = pytest.raises(NoDataError, observation, "us-refugee-admissions", period).value
        assert error.reason == "not-found"
        assert "after December 2024" in str(error)
    assert pytest.raises(NoDataError, observation, "thailand-arrests", 2011).value.reason == "not-found"


def test_unknown_frequency_names_others():
    """A form of period that a measure lacks says which there are."""

    def note(measure, period):
        return pytest.raises(NoDataError, observation, measure, period).value.note

    assert note("uk-asylum-applications", "FY2010") == "Figures exist by year."
    assert (
        note("us-refugee-admissions", "2010-Q1") == "It is part of 2010 (17). Figures exist by US fiscal year and year."
    )
    with pytest.raises(UnknownNameError) as caught:
        series("uk-asylum-applications", frequency="fiscal-year")
    assert caught.value.suggestions == ("year",)
    with pytest.raises(UnknownNameError) as caught:
        series("us-refugee-admissions", frequency="half")
    assert caught.value.suggestions == ("year", "fiscal-year")


@pytest.mark.parametrize("given", ["XYZ", "", ["GBR"], 826, None, "Narnia"], ids=repr)
def test_unknown_area_lists_areas(given):
    with pytest.raises(UnknownNameError) as caught:
        observation("asylum-seekers", 2016, area=given)

    assert caught.value.suggestions[0] == "AUS"
    assert caught.value.suggestions[-1] == "WLD"
    assert len(caught.value.suggestions) == 23


def test_areas_have_codes_and_names():
    """Every area has a code of three letters and an english name."""
    codes = [area.code for area in areas()]

    assert codes == sorted(codes)
    # Of China there are estimates only.
    assert {code for measure in measures() for code in measure.areas} == set(codes) - {"CHN"}
    for area in areas():
        assert area.name.isascii()
        assert area.in_text
        assert area.name not in area.aliases


def test_measures_fully_described():
    for measure in measures():
        for field in attrs.fields(type(measure)):
            if field.name not in {"breaks", "suppression", "title_ko", "url"}:
                assert getattr(measure, field.name), (measure.id, field.name)
        assert measure.unit == "persons"
    by_id = {measure.id: measure for measure in measures()}
    assert {measure.id for measure in measures() if measure.kind == "stock"} == {"refugees", "asylum-seekers"}
    assert {measure.id for measure in measures() if measure.suppression} == {
        "refugees", "asylum-seekers", "asylum-applications",
    }  # fmt: skip
    assert "CC BY 4.0" in by_id["refugees"].attribution
    assert "world sums are ours" in by_id["refugees"].attribution
    assert "Open Government Licence v3.0" in by_id["uk-asylum-applicants"].attribution
    assert "counted there again" in by_id["thailand-arrests"].definition


def test_unlike_measures_not_combined():
    """Stocks are not summed, and figures that count different things not compared."""
    with pytest.raises(NotComparableError, match="holds the people of the day before"):
        series("refugees", area="CAN").total()
    with pytest.raises(NotComparableError, match="holds the people of the day before"):
        series("asylum-seekers", area="WLD").mean()
    pairs = [
        (observation("refugees", 2016, area="GBR"), observation("asylum-applications", 2016, area="GBR")),
        (observation("refugees", 2016, area="GBR"), observation("asylum-seekers", 2016, area="GBR")),
        (observation("uk-asylum-applications", 2016), observation("uk-asylum-applicants", 2016)),
        (observation("thailand-arrests", 2010), arrivals(2010)),
        (observation("us-refugee-admissions", "FY2010"), observation("us-refugee-admissions", 2010)),
    ]
    for left, right in pairs:
        error = pytest.raises(NotComparableError, compare, left, right).value
        assert error.left == f"{left.measure}, {left.area}, {left.period}"
        assert error.right == f"{right.measure}, {right.area}, {right.period}"
        assert error.difference
    assert (
        compare(observation("refugees", 2016, area="GBR"), observation("refugees", 2016, area="CAN")).difference == -100
    )


def test_stored_world_total_raises(folder):
    path = folder / "refugees.csv"
    row = "refugees,WLD,2016,1,,,normal,2026-06-25,unhcr_rdf_2025_12_1,\n"
    path.write_text(path.read_text(encoding="utf-8") + row, encoding="utf-8")
    with pytest.raises(DataError) as caught:
        Catalogue.read(folder)

    assert (caught.value.column, caught.value.rule) == ("area", "the sum of all areas is calculated, not stored")


def test_extended_without_area(catalogue):
    row = {"measure": "re-entries", "period": 2023, "value": 0, "released": "2027", "sources": ["news1_20251219"]}
    assert catalogue.extended([row]).observation("re-entries", 2023).area == "PRK"
    with pytest.raises(DataError) as caught:
        catalogue.extended([row | {"measure": "refugees", "period": 2026}])
    error = caught.value
    assert (error.rule, error.line, error.column) == ("the measure has several areas, so one must be given", 1, "area")
    more = catalogue.extended([row | {"measure": "refugees", "area": "CAN", "period": 2026, "value": 12}])
    assert more.observation("refugees", 2026, area="WLD") == 12


def test_destinations_kind_and_definition():
    """Destinations stand side by side with kind and definition."""
    found = destinations(2016)
    assert found.year == Period.parse(2016)
    rows = {(row.measure.id, row.place.code): row for row in found}

    assert rows["arrivals", "KOR"].figure == 1418
    assert rows["refugees", "CAN"].figure == 485
    assert rows["us-refugee-admissions", "USA"].figure == 19
    assert rows["uk-asylum-applications", "GBR"].figure == 7
    assert rows["re-entries", "PRK"].figure == 4
    assert not [row for row in found if row.place.code == "WLD"]
    assert {row.kind for row in found} == {"stock", "flow"}
    assert all(row.definition == row.measure.definition for row in found)
    assert {str(row.figure.period) for row in found} == {"2016"}
    assert (found[0].place.name, len(found), found[:1].rows) == ("South Korea", len(found.rows), found.rows[:1])
    refugees = [row.figure for row in found if row.measure.id == "refugees"]
    assert refugees == sorted(refugees, reverse=True)


def test_destinations_name_part_of_year():
    parts = {row.measure.id: str(row.figure.period) for row in destinations(2024)}
    assert parts["uk-asylum-applications"] == parts["uk-asylum-applicants"] == "2024-01/2024-09"
    assert {row.measure.id: row.figure + 0 for row in destinations(2011)}["thailand-arrests"] == 870


def test_destinations_take_longest_part(invented):
    """Where the whole year is unknown, its longest part stands for it."""
    row = {"measure": "crossings", "area": "USA", "released": "2020", "sources": ["s"]}
    parts = {"2014-01": 9, "2014-01/2014-08": 5, "2014-11-01": 8}
    more = invented.extended([row | {"period": period, "value": value} for period, value in parts.items()])
    figures = [row.figure for row in more.destinations(2014) if row.place.code == "USA"]

    assert [(str(figure.period), figure + 0) for figure in figures] == [("2014-01/2014-08", 5)]


def test_destinations_have_no_total():
    found = destinations(2016)

    error = pytest.raises(NotComparableError, found.total).value
    assert (error.left, error.right) == ("a stock", "a flow")
    assert "never added up" in error.difference
    with pytest.raises(NotComparableError) as caught:
        found[0] + found[1]
    assert (caught.value.left, caught.value.right) == ("arrivals, KOR, 2016", "refugees, GBR, 2016")
    assert "never added up" in caught.value.difference
    with pytest.raises(NotComparableError) as caught:
        sum(found)
    assert caught.value.right == "0"


def test_destinations_of_calendar_year():
    for period in ("FY2016", "2016-Q1", "1999/2001", "../2016"):
        error = pytest.raises(NotComparableError, destinations, period).value
        assert (error.left, error.right) == (period, "a calendar year")
        assert error.difference.endswith("for one calendar year")
    error = pytest.raises(NoDataError, destinations, 1900).value
    assert (error.measure, str(error.period), error.area, error.reason) == (
        "destinations",
        "1900",
        "WLD",
        "before-coverage",
    )
    assert (str(error.first), str(error.last), error.hint) == ("1991", "2025", "")
    assert pytest.raises(NotComparableError, destinations, "2016-Q1").value.hint == "Ask for destinations(2016)."
    assert pytest.raises(NotComparableError, destinations, "1916-Q1").value.hint == ""


def test_destinations_as_plain_records(table):
    records = destinations(2016).records()

    assert records[0]["place"] == "South Korea"
    assert records[0]["definition"] == table("measures")[0]["definition"]
    assert (records[0]["kind"], records[0]["measure"], records[0]["value"]) == ("flow", "arrivals", 1418)
    assert "inputs" not in records[0]
    assert {type(cell) for row in records for cell in row.values()} <= {str, int, type(None)}
    assert len(records) == len(destinations(2016))


def test_measures_name_the_page_of_their_publisher():
    """No page is known for what was relayed by the press alone."""
    pages = {measure.id: measure.url for measure in measures()}

    assert pages["arrivals"] == "https://www.unikorea.go.kr/web/unikorea/contents/status_lately"
    assert {pages[name] for name in ("refugees", "asylum-seekers", "asylum-applications")} == {
        "https://www.unhcr.org/refugee-statistics/"
    }
    assert [name for name, page in pages.items() if page is None] == ["thailand-arrests", "re-entries"]
    found = freshness("2026-11-23")
    assert found.url == pages["arrivals"]
    assert str(found).endswith(f". Check it at {found.url}")
    assert str(attrs.evolve(found, url=None)) == str(found).removesuffix(f" Check it at {found.url}")
