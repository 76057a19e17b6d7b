"""A catalogue is loaded whole, by the rules, or not at all."""

import json
import os

import pytest
from catalogues import catalogue_of, rows_of

from defector_stats import Catalogue, DataError, NoDataError, UnknownNameError, data_path, data_version

PAGE = "https://www.unikorea.go.kr/web/unikorea/contents/status_lately"


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


def test_read_bundled_files(folder):
    catalogue = Catalogue.read(folder)

    Catalogue.bundled().check()
    assert catalogue.data_path() == folder
    assert catalogue.data_version() == data_version()
    assert [(s.period, s.value, s.sources) for s in catalogue.revisions()] == [
        (s.period, s.value, s.sources) for s in Catalogue.bundled().revisions()
    ]
    Catalogue.read(str(folder))


def test_read_catalogue_ignores_later_edits(folder):
    catalogue = Catalogue.read(folder)
    edit(folder, "arrivals.csv", "2020,229,72,157", "2020,230,72,158")

    assert catalogue.arrivals(2020) == 229


ROW = "arrivals,KOR,2020,229,72,157,normal,2021-01-20,"


def test_read_names_broken_row(folder):
    line = line_of(folder, "arrivals.csv", ROW)
    edit(folder, "arrivals.csv", ROW, ROW.replace("157", "156"))

    assert broken(folder) == ("arrivals.csv", line, "value", "72 and 156 do not add up to 229")


def test_read_refuses_duplicate_row(folder):
    text = (folder / "arrivals.csv").read_text(encoding="utf-8")
    (old,) = [row for row in text.splitlines() if row.startswith(ROW)]
    line = line_of(folder, "arrivals.csv", ROW)
    edit(folder, "arrivals.csv", old, f"{old}\n{old.replace('229,72,157', '228,71,157')}")

    rule = "an earlier row has the same measure, area, period and released"
    assert broken(folder) == ("arrivals.csv", line + 1, "released", rule)


def test_read_names_missing_or_unknown_column(folder):
    edit(folder, "arrivals.csv", "value,male", "male")
    assert broken(folder) == ("arrivals.csv", 1, "value", "the column is missing")
    edit(folder, "arrivals.csv", "period,male", "period,value,male,colour")
    assert broken(folder) == ("arrivals.csv", 1, "colour", "unknown column")
    edit(folder, "arrivals.csv", "value,male,colour,female", "male,value,female")
    order = "measure, area, period, value, male, female, status, released, sources, note"
    assert broken(folder) == ("arrivals.csv", 1, None, f"the columns must be, in this order: {order}")
    (folder / "arrivals.csv").write_text("value\n", encoding="utf-8")
    assert broken(folder) == ("arrivals.csv", 1, "measure", "the column is missing")


def test_read_refuses_empty_file(folder):
    (folder / "arrivals.csv").write_text("", encoding="utf-8")

    assert broken(folder) == ("arrivals.csv", 1, "measure", "the column is missing")


@pytest.mark.parametrize("cut", [1, 5, 40, 130, 20000])
def test_read_refuses_truncated_file(folder, cut):
    path = folder / "arrivals.csv"
    raw = path.read_bytes()
    path.write_bytes(raw[:-cut])

    file, line, _, rule = broken(folder)
    assert file == "arrivals.csv"
    assert line > 1
    assert rule


def test_read_refuses_unended_last_line(folder):
    path = folder / "areas.csv"
    path.write_bytes(path.read_bytes().rstrip(b"\n"))

    assert broken(folder) == ("areas.csv", 35, None, "the file does not end with a newline; it may be truncated")


def test_read_refuses_unclosed_quote(folder):
    edit(folder, "areas.csv", "KOR,", '"KOR,')
    file, line, column, rule = broken(folder)

    assert (file, line, column) == ("areas.csv", 35, None)
    assert rule.startswith("it is not CSV: ")


def test_read_refuses_text_after_quote(folder):
    edit(folder, "areas.csv", "KOR,", '"KOR"x,')
    file, line, column, rule = broken(folder)

    assert (file, line, column) == ("areas.csv", 21, None)
    assert rule.startswith("it is not CSV: ")


def test_read_refuses_line_break_in_field(folder):
    edit(folder, "areas.csv", "South Korea,", '"South\nKorea",')

    assert broken(folder) == ("areas.csv", 21, None, "a field contains a line break")


def test_read_refuses_hidden_characters(folder):
    edit(folder, "areas.csv", "South Korea,", "South \x1b[2JKorea,")

    assert broken(folder) == ("areas.csv", 21, None, "a field contains U+001B, which is not allowed")
    edit(folder, "areas.csv", "\x1b[2J", "")
    edit(folder, "datapackage.json", '"version": "', '"version": "\\u001b[2J')
    assert broken(folder) == ("datapackage.json", None, "version", VERSION)


def test_read_refuses_row_of_other_width(folder):
    edit(folder, "areas.csv", "KOR,South", "KOR,x,South")

    assert broken(folder) == ("areas.csv", 21, None, "the row has 5 fields; expected 4")


def test_read_refuses_other_encoding(folder):
    path = folder / "areas.csv"
    path.write_bytes(path.read_bytes().replace("대한민국".encode(), "대한민국".encode("euc-kr")))

    assert broken(folder) == ("areas.csv", 21, None, "the file is not UTF-8")


@pytest.mark.parametrize("name", ["areas.csv", "arrivals.csv", "datapackage.json"])
def test_read_takes_byte_order_mark(folder, name):
    """Excel begins the files that it saves as UTF-8 with one."""
    before = Catalogue.read(folder)
    path = folder / name
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes())
    after = Catalogue.read(folder)

    assert (after.areas(), after.series(), after.data_version()) == (
        before.areas(),
        before.series(),
        before.data_version(),
    )


def test_read_takes_file_edited_with_pandas(folder):
    """Text stays text by the two arguments that the page on own figures names."""
    pandas = pytest.importorskip("pandas")
    path = folder / "arrivals.csv"
    before = path.read_bytes()
    pandas.read_csv(path, dtype=str, keep_default_na=False).to_csv(path, index=False)
    assert path.read_bytes() == before
    pandas.read_csv(path).to_csv(path, index=False)

    name, line, column, rule = broken(folder)
    assert (name, column) == ("arrivals.csv", "male")
    assert rule.endswith(".0' is not a whole number, zero or more")
    assert line > 1


def test_read_refuses_second_byte_order_mark(folder):
    path = folder / "areas.csv"
    path.write_bytes(2 * b"\xef\xbb\xbf" + path.read_bytes())

    assert broken(folder)[:2] == ("areas.csv", 1)


def test_read_refuses_semicolons(folder):
    path = folder / "areas.csv"
    path.write_text("code;name;aliases\nKOR;South Korea;\n", encoding="utf-8")
    assert broken(folder) == ("areas.csv", 1, None, "the fields are separated by semicolons; use commas")


def test_read_refuses_missing_file_or_folder(folder, tmp_path):
    (folder / "sources.csv").unlink()
    assert broken(folder) == ("sources.csv", None, None, "the file cannot be read (FileNotFoundError)")
    for path, reason in [
        (tmp_path / "nowhere", "FileNotFoundError"),
        (data_path() / "areas.csv", "NotADirectoryError"),
        ("a\0b", "ValueError"),
    ]:
        assert broken(path) == ("datapackage.json", None, None, f"the file cannot be read ({reason})")


def test_read_line_ends(folder):
    """CRLF is read as LF; a lone CR is refused."""
    path = folder / "areas.csv"
    raw = path.read_bytes()
    path.write_bytes(raw.replace(b"\n", b"\r\n"))
    assert Catalogue.read(folder).areas() == Catalogue.bundled().areas()

    path.write_bytes(raw.replace(b"\n", b"\r"))
    file, line, column, rule = broken(folder)
    assert (file, line, column) == ("areas.csv", 1, None)
    assert rule.startswith("it is not CSV: ")


def test_read_without_flags_of_posix(folder, monkeypatch):
    for flag in ("O_NOFOLLOW", "O_NONBLOCK"):
        monkeypatch.delattr(os, flag, raising=False)

    assert Catalogue.read(folder).data_version() == data_version()


def test_read_table_in_subfolder(folder, describe):
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
def test_read_empty_descriptor(folder, text, line, column, rule):
    (folder / "datapackage.json").write_text(text, encoding="utf-8")
    found = broken(folder)

    assert found[:3] == ("datapackage.json", line, column)
    assert found[3].startswith(rule)
    assert found[3] == rule or rule.endswith(": ")


@pytest.mark.parametrize("path", ["../sources.csv", "/etc/hostname", "x/../../y"])
def test_read_refuses_path_out_of_folder(folder, describe, path):
    describe(lambda d: d["resources"][1].update(path=path))

    assert broken(folder) == ("datapackage.json", None, "path", f"the path {path!r} leaves the folder")


def test_read_shows_path_of_no_file(folder, describe):
    describe(lambda d: d["resources"][1].update(path="areas.csv\n"))

    assert broken(folder)[3] == "'areas.csv\\n' is not the path of a file"


def test_read_refuses_link_out_of_folder(folder, tmp_path):
    outside = tmp_path / "outside.csv"
    (folder / "areas.csv").rename(outside)
    (folder / "areas.csv").symlink_to(outside)

    assert broken(folder) == ("areas.csv", None, None, "the file is a link that leaves the folder")


def test_read_refuses_duplicate_or_unknown_table(folder, describe):
    describe(lambda d: d["resources"].append(d["resources"][0]))
    assert broken(folder) == ("datapackage.json", None, "resources", "the resource 'arrivals' is listed twice")
    describe(lambda d: d["resources"][-1].update(name="boats"))
    assert broken(folder) == ("arrivals.csv", None, None, "it is neither a known table nor the log of a measure")


def test_read_refuses_measure_without_log(folder, describe):
    describe(lambda d: d["resources"].pop(0))

    assert broken(folder) == ("measures.csv", None, None, "the log of the measure 'arrivals' is missing")


def test_read_without_optional_tables(folder, describe):
    optional = {"gaps", "alternatives", "misprints", "release-calendar", "series-breaks", "estimates", "breakdowns",
                "breakdown-tables", "categories"}  # fmt: skip
    optional |= {"faq", "faq-statements", "placeholders", "claims", "claim-verdicts", "glossary"}
    describe(lambda d: d.update(resources=[r for r in d["resources"] if r["name"] not in optional]))
    catalogue = Catalogue.read(folder)

    assert catalogue.arrivals(1997).alternatives == ()
    assert catalogue.series(frequency="half").gaps
    fresh = catalogue.freshness("2026-11-23")
    assert (fresh.overdue, fresh.next_period, fresh.next_due) == ((), None, None)
    assert str(fresh).endswith(f"(data edition {data_version()}). Check it at {PAGE}")


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


def test_areas_have_own_figures(two_areas):
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


def test_area_needed_if_several(two_areas):
    for ask in (two_areas.series, two_areas.revisions, two_areas.arrivals):
        with pytest.raises(UnknownNameError) as caught:
            ask()
        assert (caught.value.kind, caught.value.given, caught.value.suggestions) == ("area", None, ("KOR", "JPN"))


def test_south_korea_beside_other_area(two_areas, catalogue):
    """Freshness, claims, answers and breakdowns of South Korea stay the same beside another area."""
    assert str(two_areas.freshness("2026-11-23")) == str(catalogue.freshness("2026-11-23"))
    assert two_areas.claims().records() == catalogue.claims().records()
    assert two_areas.faq().records() == catalogue.faq().records()
    assert two_areas.breakdown("age").missing == 125


def test_breakdown_missing_needs_arrivals(catalogue):
    """A breakdown does not say how many are missing if the arrivals are another area's or absent."""
    (arrivals, *others) = rows_of(catalogue)["measures"]
    for measures in ([[*arrivals[:6], "JPN", *arrivals[7:]], *others], others):
        elsewhere = catalogue_of(catalogue, {"measures": measures})
        assert (elsewhere.breakdown("age").total, elsewhere.breakdown("age").missing) == (34134, None)
        with pytest.raises(UnknownNameError):
            elsewhere.freshness("2026-11-23")


def test_reason_not_collected_goes_first(two_areas):
    """A gap that is `not-collected` is told even before the release of the figure."""
    with pytest.raises(NoDataError) as caught:
        two_areas.observation("arrivals", 2021, area="JPN", as_of="2020")

    assert (caught.value.reason, caught.value.area) == ("not-collected", "JPN")


@pytest.mark.parametrize(
    ("entry", "word"), [("licenses", "licences"), ("sources", "sources"), ("contributors", "contributors")]
)
@pytest.mark.parametrize("stated", [1, {}, "CC BY", [1], [None], [{}, []]], ids=repr)
def test_descriptor_lists_hold_objects(folder, describe, entry, word, stated):
    describe(lambda d: d.update({entry: stated}))

    assert broken(folder) == ("datapackage.json", None, entry, f"the {word} are not a list of objects")


@pytest.mark.parametrize(
    "day", [None, 2026, "", "soon", "2026", "2026-11", "2026-11-31T00:00:00Z", "2026-1-1"], ids=repr
)
def test_descriptor_created_is_iso_day(folder, describe, day):
    describe(lambda d: d.update(created=day))
    assert broken(folder) == ("datapackage.json", None, "created", "the date of creation is not an ISO day")
    describe(lambda d: d.pop("created"))
    Catalogue.read(folder)


def test_data_version_is_that_of_folder(folder, describe):
    describe(lambda d: d.update(version="2099.1.0"))

    assert Catalogue.read(folder).data_version() == "2099.1.0"


@pytest.mark.parametrize(
    "name", ["South\u00a0Korea", "کره\u200cجنوبی", "दक्षिण क्\u200dषेत्र", "👩\u200d🚀", "ㅤ"], ids=range(5)
)
def test_read_takes_ordinary_invisible_signs(folder, name):
    """Names may hold the no-break spaces and joiners that ordinary text needs."""
    edit(folder, "areas.csv", "KOR,South Korea", f"KOR,{name}")

    assert {area.code: area.name for area in Catalogue.read(folder).areas()}["KOR"] == name


# Bidirectional controls, marks and separators without a width, tags.
HIDDEN = [
    *range(0x202A, 0x202F), *range(0x2066, 0x206A), 0x200B, 0x200E, 0x200F, 0x061C, 0x00AD, 0x2028, 0x2029, 0x2060,
    0xFEFF, 0xE0001, 0xE0020, 0xE0041, 0xE007F, 0x00, 0x1B, 0x7F, 0x85, 0x9F,
]  # fmt: skip


@pytest.mark.parametrize("code", HIDDEN, ids=hex)
def test_read_refuses_invisible_text(folder, describe, code):
    """Text that does not show, or that moves what stands beside it, is refused."""
    rule = f"contains U+{code:04X}, which is not allowed"
    edit(folder, "areas.csv", "KOR,South Korea", f"KOR,South{chr(code)} Korea")
    assert broken(folder) == ("areas.csv", 21, None, f"a field {rule}")

    edit(folder, "areas.csv", chr(code), "")
    describe(lambda d: d.update(version=f"1{chr(code)}2"))
    assert broken(folder)[3] == (VERSION if code < 0x20 else f"it {rule}")


@pytest.mark.parametrize("code", [code for code in HIDDEN if code > 0x20], ids=hex)
def test_descriptor_refuses_invisible_text(folder, describe, code):
    describe(lambda d: d.update(title=f"Figures {chr(code)}922"))

    assert broken(folder) == ("datapackage.json", None, None, f"it contains U+{code:04X}, which is not allowed")


def test_descriptor_may_have_paragraphs(folder, describe):
    describe(lambda d: d.update(description="One.\n\n\tTwo."))

    Catalogue.read(folder)


VERSION = "the version is not one visible line of up to 60 characters"


@pytest.mark.parametrize("version", ["", " ", "\u3000", "1\n2", "\u200d", "1" * 61, "1" * 10**5], ids=range(7))
def test_descriptor_refuses_bad_version(folder, describe, version):
    describe(lambda d: d.update(version=version))

    assert broken(folder) == ("datapackage.json", None, "version", VERSION)


@pytest.mark.parametrize("version", ["1" * 60, "2026 가을", "1 \u00a0 b"], ids=["sixty", "korean", "no-break-space"])
def test_descriptor_version_up_to_60_characters(folder, describe, version):
    describe(lambda d: d.update(version=version))

    assert Catalogue.read(folder).data_version() == version


@pytest.mark.parametrize("number", ["NaN", "Infinity", "-Infinity", "1e999", "-1e999"])
def test_descriptor_refuses_json_nan(folder, number):
    edit(folder, "datapackage.json", '"version"', f'"x": [{number}], "version"')
    rule = "it contains NaN or Infinity, which JSON does not allow"

    assert broken(folder) == ("datapackage.json", None, None, rule)


@pytest.mark.parametrize(
    ("old", "new", "key"),
    [
        ('"version"', '"version": "0", "version"', "version"),
        ('"resources"', '"x": {"a": 1, "b": 2, "a": 1}, "resources"', "a"),
        ('"resources": [', '"resources": [{"name": "arrivals", "name": "x", "path": "arrivals.csv"},', "name"),
    ],
)
def test_descriptor_refuses_duplicate_key(folder, old, new, key):
    edit(folder, "datapackage.json", old, new)

    assert broken(folder) == ("datapackage.json", None, None, f"the key {key!r} is repeated in one object")


def test_descriptor_size_up_to_1_mib(folder, describe):
    path = folder / "datapackage.json"
    describe(lambda d: d.update(x=""))
    describe(lambda d: d.update(x="x" * (2**20 - path.stat().st_size)))
    assert path.stat().st_size == 2**20
    Catalogue.read(folder)

    edit(folder, "datapackage.json", '"x": "', '"x": "x')
    assert broken(folder) == ("datapackage.json", None, None, "it is larger than 1 MiB")


@pytest.fixture
def resource(describe):
    """Change what the descriptor says of the areas."""

    def change(**said):
        describe(lambda d: next(each for each in d["resources"] if each["name"] == "areas").update(said))

    return change


def schema(*names):
    return {"fields": [{"name": name} for name in names]}


@pytest.mark.parametrize(
    ("said", "value", "rule"),
    [
        *(("encoding", each, "the encoding of 'areas' is not UTF-8") for each in ("latin-1", "utf-16", "", None, 8)),
        *(
            ("dialect", each, "the dialect of 'areas' is not that of plain CSV")
            for each in (
                {"delimiter": ";"}, {"quoteChar": "'"}, {"doubleQuote": False}, {"escapeChar": "\\"}, {"header": False},
                {"headerRows": [2]}, {"commentChar": "#"}, {"skipInitialSpace": True}, {"nullSequence": "-"},
                {"commentRows": [1]}, {"delimiter": ",", "header": False}, "dialect.json", None, [],
            )
        ),
        *(
            ("schema", each, "the schema of 'areas' does not match its columns")
            for each in (
                {"fields": []}, {}, None, "schema.json", {"fields": {}}, {"fields": "code"}, {"fields": ["code"]},
                schema("code", "name", "in_text"), schema("code", "in_text", "name", "aliases"),
                schema("code", "name", "in_text", "aliases", "colour"),
            )
        ),
    ],
)  # fmt: skip
def test_read_refuses_false_resource_properties(folder, resource, said, value, rule):
    """A resource must not state an encoding, dialect or schema that the file does not have."""
    resource(**{said: value})

    assert broken(folder) == ("datapackage.json", None, said, rule)


def test_read_takes_true_resource_properties(folder, resource, tmp_path):
    plain = {
        "delimiter": ",", "quoteChar": '"', "doubleQuote": True, "header": True, "lineTerminator": "\r\n", "title": "x",
    }  # fmt: skip
    fields = schema("code", "name", "in_text", "aliases")
    resource(encoding="UTF-8", dialect=plain, schema=fields, bytes=7, hash="sha256:0", title="Places")
    written = Catalogue.read(folder).export("all", tmp_path / "again", format="datapackage")
    described = json.loads((written / "datapackage.json").read_text(encoding="utf-8"))
    (areas,) = [each for each in described["resources"] if each["name"] == "areas"]

    assert areas["schema"] == fields
    assert areas["title"] == "Places"
    assert areas.keys().isdisjoint({"dialect", "bytes", "hash"})


@pytest.mark.parametrize("name", ["utf-8", "utf8", "UTF8"])
def test_read_takes_names_of_utf_8(folder, resource, name):
    resource(encoding=name)

    Catalogue.read(folder)


@pytest.mark.parametrize("day", ["2026-11-23", "2026-11-23T00:00:00Z"])
def test_descriptor_created_may_have_time(folder, describe, day):
    describe(lambda d: d.update(created=day))
    Catalogue.read(folder)
