"""A catalogue is loaded whole, by the rules, or not at all."""

import json

import pytest

from defector_stats import Catalogue, DataError, NoDataError, UnknownNameError, data_path, data_version


def edit(folder, name, old, new, count=1):
    path = folder / name
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, count), encoding="utf-8", newline="")


def line_of(folder, name, start):
    lines = (folder / name).read_text(encoding="utf-8").splitlines()
    return next(number for number, line in enumerate(lines, start=1) if line.startswith(start))


def broken(folder):
    with pytest.raises(DataError) as caught:
        Catalogue.read(folder)
    error = caught.value
    return error.file, error.line, error.column, error.rule


def test_the_bundled_files_keep_every_rule_and_answer_the_same(folder):
    catalogue = Catalogue.read(folder)

    Catalogue.bundled().check()
    assert catalogue.data_path() == folder
    assert catalogue.data_version() == data_version()
    assert [(s.period, s.value, s.sources) for s in catalogue.revisions()] == [
        (s.period, s.value, s.sources) for s in Catalogue.bundled().revisions()
    ]
    Catalogue.read(str(folder))


def test_a_file_that_was_read_is_not_read_again(folder):
    catalogue = Catalogue.read(folder)
    edit(folder, "arrivals.csv", "2020,229,72,157", "2020,230,72,158")

    assert catalogue.arrivals(2020) == 229


ROW = "arrivals,KOR,2020,229,72,157,normal,2021-01-20,"


@pytest.mark.parametrize(
    ("new", "column", "rule"),
    [
        ("arrivals,KOR,2020,-229,72,157,normal,2021-01-20,", "value", "'-229' is not a whole number, zero or more"),
        ("arrivals,KOR,2020,229.0,72,157,normal,2021-01-20,", "value", "'229.0' is not a whole number, zero or more"),
        ("arrivals,KOR,2020,,72,157,normal,2021-01-20,", "value", "'' is not a whole number, zero or more"),
        ("arrivals,KOR,2020,229,72,,normal,2021-01-20,", "female", "'' is not a whole number, zero or more"),
        ("arrivals,KOR,2020,229,-1,230,normal,2021-01-20,", "male", "'-1' is not a whole number, zero or more"),
        ("arrivals,KOR,2020,229,72,156,normal,2021-01-20,", "value", "72 and 156 do not add up to 229"),
        ("arrivals,KOR,20x0,229,72,157,normal,2021-01-20,", "period", "'20x0' is not a period"),
        ("arrivals,KOR,2020-01/2020-12,229,72,157,normal,2021-01-20,", "period", "'2020-01/2020-12' is written '2020'"),
        ("arrivals,USA,2020,229,72,157,normal,2021-01-20,", "area", "'USA' is not an area of 'arrivals'"),
        ("boats,KOR,2020,229,72,157,normal,2021-01-20,", "measure", "'boats' stands in the log of 'arrivals'"),
        (
            "arrivals,KOR,2020,229,72,157,final,2021-01-20,",
            "status",
            "'final' is not one of normal, provisional, low-reliability",
        ),
        ("arrivals,KOR,2020,229,72,157,normal,soon,", "released", "'soon' is not an ISO year, month or day"),
        (
            "arrivals,KOR,2020,229,72,157,normal,2020-12-30,",
            "released",
            "released in 2020-12-30, before the period 2020 ends",
        ),
        (ROW + "unheard ", "sources", "'unheard' is not in the table of sources"),
        (ROW + "barun_20210120 ", "sources", "keys are separated by one space and stand once"),
        (ROW + " ", "sources", "keys are separated by one space and stand once"),
    ],
    ids=repr,
)
def test_a_row_that_breaks_a_rule_is_named_with_its_place(folder, new, column, rule):
    line = line_of(folder, "arrivals.csv", ROW)
    edit(folder, "arrivals.csv", ROW, new)

    assert broken(folder) == ("arrivals.csv", line, column, rule)


def test_a_row_without_a_source_is_refused(folder):
    line = line_of(folder, "arrivals.csv", ROW)
    text = (folder / "arrivals.csv").read_text(encoding="utf-8")
    (old,) = [row for row in text.splitlines() if row.startswith(ROW)]
    edit(folder, "arrivals.csv", old, ROW + ",")

    assert broken(folder) == ("arrivals.csv", line, "sources", "there is no value without a source")


def test_a_duplicate_row_is_refused(folder):
    text = (folder / "arrivals.csv").read_text(encoding="utf-8")
    (old,) = [row for row in text.splitlines() if row.startswith(ROW)]
    line = line_of(folder, "arrivals.csv", ROW)
    edit(folder, "arrivals.csv", old, f"{old}\n{old.replace('229,72,157', '228,71,157')}")

    file, found, column, rule = broken(folder)
    assert (file, found, column) == ("arrivals.csv", line + 1, "released")
    assert "stands above" in rule


def test_a_missing_or_foreign_column_is_named(folder):
    edit(folder, "arrivals.csv", "value,male", "male")
    assert broken(folder) == ("arrivals.csv", 1, "value", "the column is missing")
    edit(folder, "arrivals.csv", "period,male", "period,value,male,colour")
    assert broken(folder) == ("arrivals.csv", 1, "colour", "the column is not known here")
    edit(folder, "arrivals.csv", "value,male,colour,female", "male,value,female")
    file, line, column, rule = broken(folder)
    assert (file, line, column) == ("arrivals.csv", 1, None)
    assert rule.startswith("the columns must be, in this order: measure, area")


def test_an_empty_file_has_no_columns(folder):
    (folder / "arrivals.csv").write_text("", encoding="utf-8")

    assert broken(folder) == ("arrivals.csv", 1, "measure", "the column is missing")


@pytest.mark.parametrize("cut", [1, 5, 40, 130, 20000])
def test_a_file_that_is_cut_off_is_refused(folder, cut):
    path = folder / "arrivals.csv"
    raw = path.read_bytes()
    path.write_bytes(raw[:-cut])

    file, line, _, rule = broken(folder)
    assert file == "arrivals.csv"
    assert line > 1
    assert rule


def test_a_line_without_its_end_is_refused(folder):
    path = folder / "areas.csv"
    path.write_bytes(path.read_bytes().rstrip(b"\n"))

    assert broken(folder) == ("areas.csv", 34, None, "the last line does not end; the file may be cut off")


def test_a_quote_that_never_closes_is_refused(folder):
    edit(folder, "areas.csv", "KOR,", '"KOR,')
    file, _, column, rule = broken(folder)

    assert (file, column) == ("areas.csv", None)
    assert rule.startswith("it is not CSV: ")


def test_a_line_break_inside_a_field_is_refused(folder):
    edit(folder, "areas.csv", "South Korea,", '"South\nKorea",')

    assert broken(folder) == ("areas.csv", 20, None, "a field holds a line break")


def test_a_character_that_a_terminal_obeys_is_refused(folder):
    edit(folder, "areas.csv", "South Korea,", "South \x1b[2JKorea,")

    assert broken(folder) == ("areas.csv", 20, None, "a field holds a control character")
    edit(folder, "areas.csv", "\x1b[2J", "")
    edit(folder, "datapackage.json", '"version": "', '"version": "\\u001b[2J')
    assert broken(folder) == ("datapackage.json", None, "version", "the version holds a control character")


def test_a_row_of_another_width_is_refused(folder):
    edit(folder, "areas.csv", "KOR,South", "KOR,x,South")

    assert broken(folder) == ("areas.csv", 20, None, "the row has 5 fields, expected are 4")


def test_another_encoding_is_refused(folder):
    path = folder / "areas.csv"
    path.write_bytes(path.read_bytes().replace("대한민국".encode(), "대한민국".encode("euc-kr")))

    assert broken(folder) == ("areas.csv", 20, None, "the file is not UTF-8")


def test_files_saved_by_a_spreadsheet_are_refused_with_the_reason(folder):
    path = folder / "areas.csv"
    text = path.read_text(encoding="utf-8")
    path.write_text("\ufeff" + text, encoding="utf-8")
    assert broken(folder) == ("areas.csv", 1, None, "the file begins with a byte-order mark; save it as plain UTF-8")
    path.write_text("code;name;aliases\nKOR;South Korea;\n", encoding="utf-8")
    assert broken(folder) == ("areas.csv", 1, None, "the fields are separated by semicolons; save it with commas")


def test_a_missing_file_or_folder_is_refused(folder, tmp_path):
    (folder / "sources.csv").unlink()
    assert broken(folder) == ("sources.csv", None, None, "the file cannot be read (FileNotFoundError)")
    assert broken(tmp_path / "nowhere")[0] == "datapackage.json"
    assert broken(data_path() / "areas.csv")[0] == "datapackage.json"
    assert broken("a\0b")[0] == "datapackage.json"


@pytest.mark.parametrize(
    ("row", "column", "rule"),
    [
        ("arrivals,KOR,2012,mou_cn_2009,", "note", "the field is empty"),
        ("arrivals,KOR,2012,,Changed.", "sources", "there is no value without a source"),
        ("arrivals,KOR,2012-Q9,mou_cn_2009,Changed.", "period", "'2012-Q9' is not a period"),
        ("arrivals,PRK,2012,mou_cn_2009,Changed.", "area", "'PRK' is not an area of 'arrivals'"),
    ],
)
def test_a_change_of_method_needs_a_period_a_source_and_words(folder, row, column, rule):
    path = folder / "breaks.csv"
    path.write_text(path.read_text(encoding="utf-8") + row + "\n", encoding="utf-8")

    assert broken(folder) == ("breaks.csv", 7, column, rule)


def test_a_note_on_a_table_has_words(folder):
    (folder / "tables.csv").write_text("dimension,period,note\nage,../2022,\n", encoding="utf-8")

    assert broken(folder) == ("tables.csv", 2, "note", "the field is empty")


def test_a_change_of_method_stands_once(folder):
    path = folder / "breaks.csv"
    row = "arrivals,KOR,2012,mou_cn_2009,Changed.\n"
    path.write_text(path.read_text(encoding="utf-8") + row + row, encoding="utf-8")

    assert broken(folder)[:3] == ("breaks.csv", 8, "period")


def describe(folder, change):
    path = folder / "datapackage.json"
    descriptor = json.loads(path.read_text(encoding="utf-8"))
    change(descriptor)
    path.write_text(json.dumps(descriptor), encoding="utf-8")


@pytest.mark.parametrize(
    ("text", "line", "column", "rule"),
    [
        ("{", 1, None, "it is not JSON"),
        ("[" * 100_000, None, None, "it is nested too deeply"),
        ("[]", None, "resources", "it has no list of resources"),
        ('{"resources": {}}', None, "resources", "it has no list of resources"),
        ('{"resources": []}', None, "version", "it has no version"),
        ('{"resources": [], "version": 1}', None, "version", "it has no version"),
        ('{"resources": [], "version": "1"}', None, "resources", "the resource 'measures' is missing"),
        ('{"resources": [1], "version": "1"}', None, "resources", "a resource needs one name and one path"),
        ('{"resources": [{"name": "a"}], "version": "1"}', None, "resources", "a resource needs one name and one path"),
        ('{"resources": [{"path": "a"}], "version": "1"}', None, "resources", "a resource needs one name and one path"),
    ],
    ids=lambda value: repr(value)[:40],
)
def test_a_descriptor_that_describes_nothing_is_refused(folder, text, line, column, rule):
    (folder / "datapackage.json").write_text(text, encoding="utf-8")
    found = broken(folder)

    assert found[:3] == ("datapackage.json", line, column)
    assert found[3].startswith(rule)


@pytest.mark.parametrize("path", ["../sources.csv", "/etc/hostname", "x/../../y"])
def test_a_path_that_leaves_the_folder_is_refused(folder, path):
    describe(folder, lambda d: d["resources"][1].update(path=path))

    assert broken(folder) == ("datapackage.json", None, "path", f"the path {path!r} leaves the folder")


def test_a_link_that_leaves_the_folder_is_refused(folder, tmp_path):
    outside = tmp_path / "outside.csv"
    (folder / "areas.csv").rename(outside)
    (folder / "areas.csv").symlink_to(outside)

    assert broken(folder) == ("areas.csv", None, None, "the file is a link that leaves the folder")


def test_resources_stand_once_and_are_known(folder):
    describe(folder, lambda d: d["resources"].append(d["resources"][0]))
    assert broken(folder)[3] == "the resource 'arrivals' is listed twice"
    describe(folder, lambda d: d["resources"][-1].update(name="boats"))
    assert broken(folder) == ("arrivals.csv", None, None, "it is neither a known table nor the log of a measure")


def test_a_measure_without_its_log_is_refused(folder):
    describe(folder, lambda d: d["resources"].pop(0))

    assert broken(folder) == ("measures.csv", None, None, "the log of the measure 'arrivals' is missing")


def test_optional_tables_may_be_absent(folder):
    optional = {"gaps", "alternatives", "misprints", "rhythm", "breaks", "estimates", "breakdowns", "tables"}
    optional |= {"faq", "statements", "numbers", "claims", "verdicts", "glossary"}
    describe(folder, lambda d: d.update(resources=[r for r in d["resources"] if r["name"] not in optional]))
    catalogue = Catalogue.read(folder)

    assert catalogue.arrivals(1997).alternatives == ()
    assert catalogue.series(frequency="half").gaps
    fresh = catalogue.freshness("2026-11-23")
    assert (fresh.overdue, fresh.next_period, fresh.next_due) == ((), None, None)
    assert str(fresh).endswith(f"(data edition {data_version()}).")


@pytest.mark.parametrize(
    ("name", "old", "new", "column"),
    [
        ("measures.csv", "arrivals,Arrivals", "arrivals,", "title"),
        ("measures.csv", ",flow,", ",river,", "kind"),
        ("measures.csv", ",KOR,year", ",KOR XXX,year", "areas"),
        ("measures.csv", ",KOR,year", ",KOR,month year", "frequencies"),
        ("measures.csv", "thailand-arrests,", "gaps,x,x,persons,flow,x,KOR,year,x,x,,x,x\nthailand-arrests,", "id"),
        ("areas.csv", "KOR,", "ko,x,,\nKOR,", "code"),
        ("areas.csv", "KOR,", "kor,x,,\nKOR,", "code"),
        ("areas.csv", "KOR,", "KÖR,x,,\nKOR,", "code"),
        ("areas.csv", "South Korea", "", "name"),
        ("sources.csv", ",ko,news,", ",,news,", "language"),
        ("sources.csv", "https://www5", "ftp://www5", "url"),
        ("sources.csv", "2009-01-05", "2009-13", "published"),
        ("gaps.csv", "not-found", "lost", "reason"),
        ("gaps.csv", "not-found,,", "not-found,unheard,", "sources"),
        ("gaps.csv", "2014-Q3", "2014-Q2", "period"),
        ("gaps.csv", "arrivals,", "boats,", "measure"),
        ("alternatives.csv", ",86,", ",-86,", "value"),
        ("alternatives.csv", ",86,,,", ",86,40,,", "female"),
        ("alternatives.csv", ",86,,,", ",86,40,47,", "value"),
        ("alternatives.csv", ",2016,", ",soon,", "released"),
        ("alternatives.csv", "wp_nkinsk", "unheard", "sources"),
        (
            "alternatives.csv",
            "An encyclopedia table; the government figure of October 2000 is preferred.",
            "",
            "reason",
        ),
        ("refugees.csv", "refugees,AUS,", "refugees,WLD,", "area"),
        ("refugees.csv", "refugees,AUS,", "refugees,KOR,", "area"),
        ("gaps.csv", "asylum-applications,,", "asylum-applications,KOR,", "area"),
        ("estimates.csv", "in-china,1998", "at-sea,1998", "topic"),
        ("estimates.csv", "in-china,1998", "in-china,98", "reference"),
        ("estimates.csv", "35000,75000", "85000,75000", "low"),
        ("estimates.csv", ",35000,75000,125000,", ",,,,", "low"),
        ("estimates.csv", ",35000,75000,125000,", ",x,75000,125000,", "low"),
        ("estimates.csv", "125000,persons,", "125000,,", "unit"),
        ("estimates.csv", ",US State Department,projection", ",,projection", "organisation"),
        ("estimates.csv", ",desk compilation at the end of the year,", ",,", "method"),
        ("estimates.csv", "normal,2010-06-04", "sure,2010-06-04", "status"),
        ("estimates.csv", "normal,2010-06-04", "normal,1998-06", "released"),
        ("estimates.csv", "rfa_ko_2010_robinson", "unheard", "sources"),
        ("breakdowns.csv", "age,../2008-05", "height,../2008-05", "dimension"),
        ("breakdowns.csv", "age,../2008-05", "age,2008/05", "period"),
        ("breakdowns.csv", "0-9", "", "category"),
        ("breakdowns.csv", "10-19", "0-9", "category"),
        ("breakdowns.csv", ",511,", ",511.0,", "value"),
        ("breakdowns.csv", "1295,650,645", "1295,650,646", "value"),
        ("breakdowns.csv", "1295,650,645", "1295,,645", "male"),
        ("breakdowns.csv", "normal,2008,", "low,2008,", "status"),
        ("breakdowns.csv", "normal,2008,", "normal,2008-04,", "released"),
        ("breakdowns.csv", "dailynk_200807", "", "sources"),
        ("tables.csv", "age,../2008-05", "height,../2008-05", "dimension"),
        ("tables.csv", "age,../2020-03", "age,../2008-05", "period"),
        ("misprints.csv", ",total,", ",all,", "sex"),
        ("misprints.csv", ",16124,", ",x,", "printed"),
        ("misprints.csv", "2014-01-13", "x", "released"),
        ("misprints.csv", "nkchosun_20140113", "unheard", "source"),
        ("rhythm.csv", "arrivals,year", "arrivals,month", "period"),
        ("rhythm.csv", "H1,2", "H1,x", "months"),
        ("rhythm.csv", "H1,2", "H1,121", "months"),
        ("rhythm.csv", "arrivals,H1", "arrivals,year", "period"),
    ],
    ids=repr,
)
def test_each_table_has_its_rules(folder, name, old, new, column):
    if new == "arrivals,":
        old, new = "arrivals,Arrivals of North Korean escapees in South Korea", "arrivals,"
    edit(folder, name, old, new)
    file, line, found, _ = broken(folder)

    assert (file, found) == (name, column)
    assert line >= 2


@pytest.fixture
def two_areas(folder):
    """Invented figures for a second area beside the bundled ones."""
    edit(folder, "measures.csv", ",KOR,year", ",KOR JPN,year")
    edit(folder, "areas.csv", "KOR,", "JPN,Japan,,\nKOR,")
    for name, row in {
        "arrivals": (
            "arrivals,JPN,2020,7,3,4,normal,2021-02,kjd_20260120,\narrivals,JPN,2022,9,,,normal,2023,kjd_20260120,\n"
        ),
        "gaps": "arrivals,JPN,2021,not-collected,,No count that year.\n",
        "alternatives": "arrivals,JPN,2022,8,3,5,2023-01,kjd_20260120,Invented.\n",
    }.items():
        path = folder / f"{name}.csv"
        path.write_text(path.read_text(encoding="utf-8") + row, encoding="utf-8")
    return Catalogue.read(folder)


def test_each_area_has_its_own_figures(two_areas):
    japan = two_areas.series(area="JPN")

    assert two_areas.observation("arrivals", 2020, area="KOR") == 229
    assert (two_areas.observation("arrivals", 2020, area="JPN") + 0, japan.area) == (7, "JPN")
    assert [int(figure) for figure in japan] == [7, 9]
    assert [(str(g.period), g.reason, g.note) for g in japan.gaps] == [("2021", "not-collected", "No count that year.")]
    assert two_areas.observation("arrivals", area="JPN").period.end.year == 2022
    assert [step.value for step in two_areas.revisions(area="JPN")] == [7, 9]
    assert [step.value for step in two_areas.revisions(2022, area="JPN")] == [9]
    (other,) = two_areas.observation("arrivals", 2022, area="JPN").alternatives
    assert (other.value, other.male, other.female) == (8, 3, 5)
    assert two_areas.observation("arrivals", 2022, area="KOR").alternatives == ()


def test_an_area_is_needed_where_there_are_several(two_areas):
    for ask in (two_areas.series, two_areas.revisions, two_areas.arrivals):
        with pytest.raises(UnknownNameError) as caught:
            ask()
        assert (caught.value.kind, caught.value.given, caught.value.suggestions) == ("area", None, ("KOR", "JPN"))


def test_what_was_not_collected_goes_before_any_other_reason(two_areas):
    with pytest.raises(NoDataError) as caught:
        two_areas.observation("arrivals", 2021, area="JPN", as_of="2020")

    assert (caught.value.reason, caught.value.area) == ("not-collected", "JPN")


def test_a_second_measure_area_or_source_with_one_name_is_refused(folder):
    for name in ("areas.csv", "sources.csv"):
        path = folder / name
        text = path.read_text(encoding="utf-8")
        path.write_text(text + text.splitlines()[1] + "\n", encoding="utf-8")
        file, line, _, rule = broken(folder)
        assert (file, line) == (name, len(text.splitlines()) + 1)
        assert "stands above" in rule
        path.write_text(text, encoding="utf-8")


def test_the_largest_number_has_twelve_digits(folder):
    edit(folder, "arrivals.csv", ROW, "arrivals,KOR,2020,999999999999,,,normal,2021-01-20,")
    assert 999999999999 in [step.value for step in Catalogue.read(folder).revisions(2020)]
    edit(folder, "arrivals.csv", "999999999999", "1000000000000")
    assert broken(folder)[2] == "value"


def test_a_claim_without_a_verdict_says_so_when_it_is_asked_for(folder):
    edit(folder, "verdicts.csv", "\nC02,", "\nC01,")

    with pytest.raises(DataError, match="there is no verdict on C02"):
        Catalogue.read(folder).claims()


@pytest.mark.parametrize("licences", [1, {}, "CC BY", [1], [None], [{}, []]], ids=repr)
def test_licences_are_a_list_of_objects(folder, licences):
    describe(folder, lambda d: d.update(licenses=licences))

    assert broken(folder) == ("datapackage.json", None, "licenses", "the licences are not a list of objects")


@pytest.mark.parametrize(
    "day", [None, 2026, "", "soon", "2026", "2026-11", "2026-11-31T00:00:00Z", "2026-1-1"], ids=repr
)
def test_a_descriptor_was_created_on_a_day_or_does_not_say(folder, day):
    describe(folder, lambda d: d.update(created=day))
    assert broken(folder) == ("datapackage.json", None, "created", "it was not created on an ISO day")
    describe(folder, lambda d: d.pop("created"))
    Catalogue.read(folder)
    describe(folder, lambda d: d.update(created="2026-11-23T00:00:00Z"))
    Catalogue.read(folder)
