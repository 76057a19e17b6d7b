"""A catalogue is loaded whole, by the rules, or not at all."""

import pytest

from defector_stats import Catalogue, DataError, NoDataError, UnknownNameError, data_path, data_version
from defector_stats.package import Tables


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


def test_a_row_that_breaks_a_rule_is_named_with_its_place(folder):
    line = line_of(folder, "arrivals.csv", ROW)
    edit(folder, "arrivals.csv", ROW, ROW.replace("157", "156"))

    assert broken(folder) == ("arrivals.csv", line, "value", "72 and 156 do not add up to 229")


def test_a_duplicate_row_is_refused(folder):
    text = (folder / "arrivals.csv").read_text(encoding="utf-8")
    (old,) = [row for row in text.splitlines() if row.startswith(ROW)]
    line = line_of(folder, "arrivals.csv", ROW)
    edit(folder, "arrivals.csv", old, f"{old}\n{old.replace('229,72,157', '228,71,157')}")

    rule = "a row with the same measure, area, period and released stands above"
    assert broken(folder) == ("arrivals.csv", line + 1, "released", rule)


def test_a_missing_or_foreign_column_is_named(folder):
    edit(folder, "arrivals.csv", "value,male", "male")
    assert broken(folder) == ("arrivals.csv", 1, "value", "the column is missing")
    edit(folder, "arrivals.csv", "period,male", "period,value,male,colour")
    assert broken(folder) == ("arrivals.csv", 1, "colour", "the column is not known here")
    edit(folder, "arrivals.csv", "value,male,colour,female", "male,value,female")
    order = "measure, area, period, value, male, female, status, released, sources, note"
    assert broken(folder) == ("arrivals.csv", 1, None, f"the columns must be, in this order: {order}")
    (folder / "arrivals.csv").write_text("value\n", encoding="utf-8")
    assert broken(folder) == ("arrivals.csv", 1, "measure", "the column is missing")


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

    assert broken(folder) == ("areas.csv", 35, None, "the last line does not end; the file may be cut off")


def test_a_quote_that_never_closes_is_refused(folder):
    edit(folder, "areas.csv", "KOR,", '"KOR,')
    file, line, column, rule = broken(folder)

    assert (file, line, column) == ("areas.csv", 35, None)
    assert rule.startswith("it is not CSV: ")


def test_a_line_break_inside_a_field_is_refused(folder):
    edit(folder, "areas.csv", "South Korea,", '"South\nKorea",')

    assert broken(folder) == ("areas.csv", 21, None, "a field holds a line break")


def test_a_character_that_a_terminal_obeys_is_refused(folder):
    edit(folder, "areas.csv", "South Korea,", "South \x1b[2JKorea,")

    assert broken(folder) == ("areas.csv", 21, None, "a field holds a control character")
    edit(folder, "areas.csv", "\x1b[2J", "")
    edit(folder, "datapackage.json", '"version": "', '"version": "\\u001b[2J')
    assert broken(folder) == ("datapackage.json", None, "version", "the version holds a control character")


def test_a_row_of_another_width_is_refused(folder):
    edit(folder, "areas.csv", "KOR,South", "KOR,x,South")

    assert broken(folder) == ("areas.csv", 21, None, "the row has 5 fields, expected are 4")


def test_another_encoding_is_refused(folder):
    path = folder / "areas.csv"
    path.write_bytes(path.read_bytes().replace("대한민국".encode(), "대한민국".encode("euc-kr")))

    assert broken(folder) == ("areas.csv", 21, None, "the file is not UTF-8")


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
    for path, reason in [
        (tmp_path / "nowhere", "FileNotFoundError"),
        (data_path() / "areas.csv", "NotADirectoryError"),
        ("a\0b", "ValueError"),
    ]:
        assert broken(path) == ("datapackage.json", None, None, f"the file cannot be read ({reason})")


def test_lines_may_end_as_on_windows_but_not_as_on_old_macs(folder):
    path = folder / "areas.csv"
    raw = path.read_bytes()
    path.write_bytes(raw.replace(b"\n", b"\r\n"))
    assert Catalogue.read(folder).areas() == Catalogue.bundled().areas()

    path.write_bytes(raw.replace(b"\n", b"\r"))
    file, line, column, rule = broken(folder)
    assert (file, line, column) == ("areas.csv", 1, None)
    assert rule.startswith("it is not CSV: ")


def test_a_table_may_lie_deeper_in_the_folder(folder, describe):
    (folder / "tables").mkdir()
    (folder / "areas.csv").rename(folder / "tables" / "places.csv")
    describe(lambda d: next(r for r in d["resources"] if r["name"] == "areas").update(path="tables/places.csv"))
    assert Catalogue.read(folder).areas() == Catalogue.bundled().areas()

    edit(folder, "tables/places.csv", "KOR,South Korea", "KOR,")
    assert broken(folder) == ("places.csv", 21, "name", "the field is empty")
    (folder / "tables" / "places.csv").write_text("code\n", encoding="utf-8")
    assert broken(folder) == ("places.csv", 1, "name", "the column is missing")


@pytest.mark.parametrize(
    ("text", "line", "column", "rule"),
    [
        ("{\n\n1", 3, None, "it is not JSON: "),
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
    ids=range(10),
)
def test_a_descriptor_that_describes_nothing_is_refused(folder, text, line, column, rule):
    (folder / "datapackage.json").write_text(text, encoding="utf-8")
    found = broken(folder)

    assert found[:3] == ("datapackage.json", line, column)
    assert found[3].startswith(rule)
    assert found[3] == rule or rule.endswith(": ")


@pytest.mark.parametrize("path", ["../sources.csv", "/etc/hostname", "x/../../y"])
def test_a_path_that_leaves_the_folder_is_refused(folder, describe, path):
    describe(lambda d: d["resources"][1].update(path=path))

    assert broken(folder) == ("datapackage.json", None, "path", f"the path {path!r} leaves the folder")


def test_a_link_that_leaves_the_folder_is_refused(folder, tmp_path):
    outside = tmp_path / "outside.csv"
    (folder / "areas.csv").rename(outside)
    (folder / "areas.csv").symlink_to(outside)

    assert broken(folder) == ("areas.csv", None, None, "the file is a link that leaves the folder")


def test_resources_stand_once_and_are_known(folder, describe):
    describe(lambda d: d["resources"].append(d["resources"][0]))
    assert broken(folder) == ("datapackage.json", None, "resources", "the resource 'arrivals' is listed twice")
    describe(lambda d: d["resources"][-1].update(name="boats"))
    assert broken(folder) == ("arrivals.csv", None, None, "it is neither a known table nor the log of a measure")


def test_a_measure_without_its_log_is_refused(folder, describe):
    describe(lambda d: d["resources"].pop(0))

    assert broken(folder) == ("measures.csv", None, None, "the log of the measure 'arrivals' is missing")


def test_optional_tables_may_be_absent(folder, describe):
    optional = {"gaps", "alternatives", "misprints", "rhythm", "breaks", "estimates", "breakdowns", "tables"}
    optional |= {"faq", "statements", "numbers", "claims", "verdicts", "glossary"}
    describe(lambda d: d.update(resources=[r for r in d["resources"] if r["name"] not in optional]))
    catalogue = Catalogue.read(folder)

    assert catalogue.arrivals(1997).alternatives == ()
    assert catalogue.series(frequency="half").gaps
    fresh = catalogue.freshness("2026-11-23")
    assert (fresh.overdue, fresh.next_period, fresh.next_due) == ((), None, None)
    assert str(fresh).endswith(f"(data edition {data_version()}).")


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


def test_what_is_about_south_korea_is_the_same_beside_another_area(two_areas, catalogue):
    assert str(two_areas.freshness("2026-11-23")) == str(catalogue.freshness("2026-11-23"))
    assert two_areas.claims().records() == catalogue.claims().records()
    assert two_areas.faq().records() == catalogue.faq().records()
    assert two_areas.breakdown("age").missing == 125


def test_a_breakdown_beside_arrivals_elsewhere_or_none_does_not_say_who_is_missing(catalogue):
    tables = catalogue._tables.everything()
    (arrivals, *others) = tables["measures"]
    for measures in ([[*arrivals[:6], "JPN", *arrivals[7:]], *others], others):
        elsewhere = Catalogue(Tables(tables | {"measures": measures}, catalogue._tables.descriptor))
        assert (elsewhere.breakdown("age").total, elsewhere.breakdown("age").missing) == (34134, None)
        with pytest.raises(UnknownNameError):
            elsewhere.freshness("2026-11-23")


def test_what_was_not_collected_goes_before_any_other_reason(two_areas):
    with pytest.raises(NoDataError) as caught:
        two_areas.observation("arrivals", 2021, area="JPN", as_of="2020")

    assert (caught.value.reason, caught.value.area) == ("not-collected", "JPN")


@pytest.mark.parametrize(("entry", "word"), [("licenses", "licences"), ("sources", "sources")])
@pytest.mark.parametrize("stated", [1, {}, "CC BY", [1], [None], [{}, []]], ids=repr)
def test_licences_and_sources_are_lists_of_objects(folder, describe, entry, word, stated):
    describe(lambda d: d.update({entry: stated}))

    assert broken(folder) == ("datapackage.json", None, entry, f"the {word} are not a list of objects")


@pytest.mark.parametrize(
    "day", [None, 2026, "", "soon", "2026", "2026-11", "2026-11-31T00:00:00Z", "2026-1-1"], ids=repr
)
def test_a_descriptor_was_created_on_a_day_or_does_not_say(folder, describe, day):
    describe(lambda d: d.update(created=day))
    assert broken(folder) == ("datapackage.json", None, "created", "it was not created on an ISO day")
    describe(lambda d: d.pop("created"))
    Catalogue.read(folder)


def test_the_edition_is_that_of_the_folder(folder, describe):
    describe(lambda d: d.update(version="2099.1.0"))

    assert Catalogue.read(folder).data_version() == "2099.1.0"


def test_a_field_may_hold_letters_that_do_not_show(folder):
    edit(folder, "areas.csv", "KOR,South Korea", "KOR,South\u00a0Korea\u200b")

    assert {area.code: area.name for area in Catalogue.read(folder).areas()}["KOR"] == "South\u00a0Korea\u200b"


@pytest.mark.parametrize("day", ["2026-11-23", "2026-11-23T00:00:00Z"])
def test_the_day_of_a_descriptor_may_have_a_time(folder, describe, day):
    describe(lambda d: d.update(created=day))
    Catalogue.read(folder)
