"""Comparing two editions of the data: invented figures, and invented rows beside real ones."""

import csv
import itertools
import json
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest
from compare_editions import Change, compare_editions, is_lost, main
from hypothesis import given
from hypothesis import strategies as st

from defector_stats import Catalogue, NotComparableError, data_path, data_version

DESCRIPTOR = json.loads((data_path() / "datapackage.json").read_text(encoding="utf-8"))
SCHEMAS = {resource["name"]: resource["schema"] for resource in DESCRIPTOR["resources"]}

MEASURE = ["guests", "Guests", "Invented.", "persons", "flow", "Nobody", "KOR JPN WLD", "year half", "Invented.",
           "None.", "", "Nobody.", "guests in {area}", ""]  # fmt: skip
ONE_AREA = [*MEASURE[:6], "KOR", *MEASURE[7:]]
AREAS = [["KOR", "South Korea", "", ""], ["JPN", "Japan", "", ""], ["WLD", "World", "all countries", ""]]
SOURCE = ["s", "Nobody", "Invented", "", "2000", "stated", "en", "news", "not seen", "", "", ""]
GUESTS = {2001: 10, 2002: 30, 2003: 20, 2004: 5}
TEXTS = {
    "placeholders": [["n", "guests", "KOR", "latest", "value"], ["year", "guests", "KOR", "latest", "period"]],
    "faq": [["how", "How many?", "They were {n}.", "numbers", "guests", "2020"],
            ["who", "Who?", "Nobody knows.", "people", "guests", "2020"]],
    "faq-statements": [["how", "1", "They came by ferry.", "s"], ["how", "1", "In {year} there were {n}.", "s"],
                   ["how", "limit", "The figure for {year} is invented.", ""]],
    "claims": [["C1", "Nobody", "", "There were many.", "", "", "", "s"],
               ["C2", "Nobody", "", "They like it.", "", "", "", "s"]],
    "claim-verdicts": [["C1", "supported", "They were {n}."], ["C2", "needs-nuance", "Nobody asked."]],
}  # fmt: skip

YEARS = st.dictionaries(st.integers(2001, 2008), st.integers(0, 30), max_size=6)
ROWS = st.lists(
    st.tuples(st.sampled_from(["KOR", "JPN"]), st.integers(1990, 2020), st.integers(0, 50), st.integers(2021, 2030)),
    max_size=8,
    unique_by=lambda row: (row[0], row[1], row[3]),
)


def row(period, value, *, area="KOR", split=("", ""), status="normal", released="2021", note=""):
    return ["guests", area, period, value, *split, status, released, "s", note]


def in_years(values):
    return [row(year, value) for year, value in values.items()]


def write(folder, rows, version="1", *, schemas=SCHEMAS, **tables):
    """Write an edition with invented rows, and return its folder."""
    tables = {"measures": [MEASURE], "areas": AREAS, "sources": [SOURCE], "guests": rows, **tables}
    folder.mkdir()
    resources = []
    for name, listed in tables.items():
        schema = SCHEMAS.get(name, SCHEMAS["arrivals"])
        with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
            columns = [field["name"] for field in schema["fields"]]
            csv.writer(file, lineterminator="\n").writerows([columns, *listed])
        kept = schemas and {"schema": schemas.get(name, schemas["arrivals"])}
        resources.append({"name": name, "path": f"{name}.csv", **kept})
    text = json.dumps({"version": version, "resources": resources})
    (folder / "datapackage.json").write_text(text, encoding="utf-8")
    return folder


@pytest.fixture
def edition(tmp_path):
    """Write an edition to a folder of its own."""
    numbers = itertools.count()
    return lambda *arguments, **more: write(tmp_path / f"edition-{next(numbers)}", *arguments, **more)


def append(folder, name, line):
    with (folder / name).open("a", encoding="utf-8", newline="") as file:
        file.write(f"{line}\n")


def titles(report):
    return [title for title, lines in report.items() if lines]


def test_report_of_same_edition_is_empty(folder, capsys):
    assert main([str(folder), str(folder)]) == 0
    assert capsys.readouterr() == ("Nothing differs.\n", "")


def test_ignores_row_order_and_version(edition):
    rows = in_years(GUESTS)

    assert titles(compare_editions(edition(rows, "1"), edition(rows[::-1], "2"))) == []
    assert titles(compare_editions(edition(rows), edition(rows[::-1]))) == []


@given(ROWS, ROWS)
def test_rows_added_removed_changed(old, new):
    """A row of a log is named by area, period and release."""
    before, after = ({(area, year, day): value for area, year, value, day in rows} for rows in (old, new))
    told = set()
    for key in before.keys() | after.keys():
        area, year, day = key
        printed = (
            f"measure: guests; area: {area}; period: {year}; value: {{}}; status: normal; released: {day}; sources: s"
        )
        if key not in before:
            told.add("added: " + printed.format(after[key]))
        elif key not in after:
            told.add("removed: " + printed.format(before[key]))
        elif before[key] != after[key]:
            told.add(f"changed: guests, {area}, {year}, {day}: value: {before[key]} → {after[key]}")
    with tempfile.TemporaryDirectory() as folder:
        editions = [
            write(
                Path(folder, version),
                [row(year, value, area=area, released=day) for area, year, value, day in rows],
                version,
            )
            for version, rows in (("1", old), ("2", new))
        ]
        report = compare_editions(*editions)

    assert {line.strip() for line in report["Rows"][1:]} == told
    lost = [line for line in told if not line.startswith("added")]
    assert sorted(report["Problems"]) == sorted(f"guests, {line}" for line in lost)


@given(YEARS, YEARS)
def test_current_values_and_contexts(old, new):
    told = []
    for year in old.keys() | new.keys():
        if year not in old:
            told.append(f"added: measure: guests; area: KOR; period: {year}; value: {new[year]}; ...")
        elif year not in new:
            told.append(f"removed: measure: guests; area: KOR; period: {year}; value: {old[year]}; ...")
        elif old[year] != new[year]:
            told.append(f"changed: guests, KOR, {year}: value: {old[year]} → {new[year]}")
    with tempfile.TemporaryDirectory() as folder:
        editions = [write(Path(folder, str(len(values)) + side), in_years(values), measures=[ONE_AREA])
                    for values, side in ((old, "old"), (new, "new"))]  # fmt: skip
        report = compare_editions(*editions)
        before, after = map(Catalogue.read, editions)

    values = [re.sub("status: .*", "...", line) for line in report["Current values"]]
    assert sorted(values) == sorted(told)
    moved = {year for year in old.keys() & new.keys()
             if str(before.context(year, measure="guests")) != str(after.context(year, measure="guests"))}  # fmt: skip
    revised = {year for year in old.keys() & new.keys() if old[year] != new[year]}
    named = {int(year) for line in report["Contexts"] for years in re.findall(r"\((\d{4}(?:, \d{4})*)\)", line)
             for year in years.split(", ")}  # fmt: skip
    assert moved - revised <= named <= moved


def test_derived_values(edition):
    rows = [row("2004-H1", 3), row(2004, 5), row(2004, 7, area="JPN")]
    report = compare_editions(edition(rows), edition([*rows, row(2004, 1006, released="2022")], "2"))

    assert report["Rows"] == [
        "guests: 1 added",
        "  added: measure: guests; area: KOR; period: 2004; value: 1006; status: normal; released: 2022; sources: s",
    ]
    assert report["Current values"] == [
        "changed: guests, KOR, 2004: value: 5 → 1006; released: 2021 → 2022",
        "changed: guests, KOR, 2004-H2: value: 2 → 1003; status: normal → low-reliability; released: 2021 → 2022",
        "changed: guests, WLD, 2004: value: 12 → 1013; status: normal → low-reliability; released: 2021 → 2022",
    ]
    assert report["Problems"] == []


def test_formula_of_new_value(edition):
    old = edition([row(2004, 5)], measures=[ONE_AREA])
    new = edition([row(2004, 5), row("2004-H1", 3)], "2", measures=[ONE_AREA])

    assert compare_editions(old, new)["Current values"][-1] == (
        "added: measure: guests; area: KOR; period: 2004-H2; value: 2; status: normal; released: 2021; "
        "formula: 2004 − 2004-H1"
    )


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        ({"status": "provisional"}, {}, "status: provisional → normal"),
        ({"released": "2005-02"}, {"released": "2005-01"}, "released: 2005-02 → 2005-01"),
        ({}, {"split": (0, 1005)}, "male: empty → 0; female: empty → 1005"),
        ({"split": (2, 1003)}, {}, "male: 2 → empty; female: 1003 → empty"),
        ({}, {"note": "A note."}, None),
    ],
    ids=["status", "released", "split came", "split went", "note"],
)
def test_fields_of_unchanged_value(edition, before, after, told):
    report = compare_editions(
        *(edition([row(2004, 1005, **fields)], measures=[ONE_AREA]) for fields in (before, after))
    )

    assert report["Current values"] == ([f"changed: guests, KOR, 2004: {told}"] if told else [])
    assert report["Rows"]


def test_contexts_after_new_year(edition):
    old, new = edition(in_years(GUESTS)), edition(in_years({**GUESTS, 2005: 1}), "2")

    assert compare_editions(old, new)["Contexts"][:4] == [
        (
            "guests, KOR, coverage: 4 years on record (2001 to 2004) → 5 years on record (2001 to 2005) "
            "(2001, 2002, 2003, 2004)"
        ),
        "guests, KOR, is_lowest: True → False (2004)",
        (
            "guests, WLD, coverage: 4 years on record (2001 to 2004) → 5 years on record (2001 to 2005) "
            "(2001, 2002, 2003, 2004)"
        ),
        "guests, WLD, is_lowest: True → False (2004)",
    ]


def test_contexts_after_revision(edition):
    rows = in_years(GUESTS)
    old = edition(rows, measures=[ONE_AREA])
    new = edition([*rows, row(2004, 20, released="2022")], "2", measures=[ONE_AREA])

    assert compare_editions(old, new)["Contexts"] == [
        "guests, KOR, rank: 3 → 4 (2001); 4 → 2 (2004)",
        "guests, KOR, is_lowest: False → True (2001); True → False (2004)",
        "guests, KOR, equal figures: 1 → 2 (2003, 2004)",
        "guests, KOR, was_lowest: True → False (2004)",
        "guests, KOR, previous: 15 fewer (−75%) → as many (2004)",
        "guests, KOR, year_earlier: 15 fewer (−75%) → as many (2004)",
    ]


def test_several_years_have_no_context(edition):
    old, new = (edition([row(2001, 3), row("2001/2003", value)]) for value in (8, 9))
    with pytest.raises(NotComparableError):
        Catalogue.read(new).context("2001/2003", measure="guests", area="KOR")

    assert compare_editions(old, new)["Contexts"] == []


def test_renamed_subject(edition):
    old = edition([row(2001, 10)], measures=[ONE_AREA])
    new = edition([row(2001, 10)], "2", measures=[[*ONE_AREA[:-2], "visitors in {area}", ""]])
    report = compare_editions(old, new)

    assert report["Rows"] == [
        "measures: 1 changed",
        "  changed: guests: subject: guests in {area} → visitors in {area}",
    ]
    assert titles(report) == ["Rows"]


def test_new_and_lost_table(edition):
    tickets = ["tickets", *ONE_AREA[1:]]
    small = edition([row(2001, 10)])
    large = edition([row(2001, 10)], "2", measures=[MEASURE, tickets], tickets=[["tickets", *row(2001, 4)[1:]]])
    printed = "measure: tickets; area: KOR; period: 2001; value: 4; status: normal; released: 2021"

    more, less = compare_editions(small, large), compare_editions(large, small)
    assert more["Rows"][-2:] == ["tickets: 1 added", f"  added: {printed}; sources: s"]
    assert more["Current values"] == [f"added: {printed}"]
    assert less["Current values"] == [f"removed: {printed}"]
    assert (more["Problems"], less["Problems"]) == ([], [f"tickets, removed: {printed}; sources: s"])


@pytest.mark.parametrize("table", [*SCHEMAS, "guests"])
def test_printed_rows_stay(table):
    """What was printed, and where, is a log that only grows; texts and definitions may be mended."""
    columns = [field["name"] for field in SCHEMAS.get(table, SCHEMAS["arrivals"])["fields"]]
    old, new = dict.fromkeys(columns, "x"), dict.fromkeys(columns, "y")
    texts = {"measures", "areas", "excluded-areas", "gaps", "series-breaks", "release-calendar", "breakdown-tables",
             "faq", "faq-statements", "placeholders", "claims", "claim-verdicts", "glossary", "categories",
             "titles"}  # fmt: skip

    assert is_lost(table, Change(("x",), old, new)) == is_lost(table, Change(("x",), old, {})) == (table not in texts)
    assert not is_lost(table, Change(("x",), {}, new))


def test_version_not_raised(edition, capsys):
    old, new = edition([row(2001, 10)], "7"), edition([row(2001, 10), row(2002, 30)], "7")

    assert compare_editions(old, new)["Problems"] == ["The editions differ, but both have the version 7."]
    assert main([str(old), str(new)]) == 1
    problem = "Problems\n  The editions differ, but both have the version 7.\n\nRows\n"
    assert capsys.readouterr().out.startswith(problem)


def test_new_figure_in_texts(edition):
    report = compare_editions(
        edition(in_years({2001: 10}), **TEXTS), edition(in_years({2001: 10, 2002: 30}), "2", **TEXTS)
    )

    assert report["Questions"] == [
        "how",
        "  - They were 10.",
        "  + They were 30.",
        "  - In 2001 there were 10.",
        "  + In 2002 there were 30.",
        "  - The figure for 2001 is invented.",
        "  + The figure for 2002 is invented.",
    ]
    assert report["Claims"] == ["C1", "  - They were 10.", "  + They were 30."]


def test_texts_changed_added_removed(edition):
    later = {
        **TEXTS,
        "faq": [["how", "How many came?", "They were {n}.", "numbers", "guests", "2020"],
                ["why", "Why?", "For the view.", "reasons", "guests", "2020"]],
        "faq-statements": TEXTS["faq-statements"][::-1],
        "claims": [["C1", "Nobody", "", "There were many.", "", "", "", "s"],
                   ["C3", "Nobody", "", "They stay.", "", "", "", "s"]],
        "claim-verdicts": [["C1", "contradicted", "They were {n}."], ["C3", "supported", "They do."]],
    }  # fmt: skip
    rows = in_years({2001: 10})
    report = compare_editions(edition(rows, **TEXTS), edition(rows, "2", **later))

    how, questions = report["Questions"][0], report["Questions"][1:]
    assert how == "how"
    assert questions[:2] == ["  - How many?", "  + How many came?"]
    assert {"  - In 2001 there were 10.", "  + In 2001 there were 10."} < set(questions)  # they changed places
    assert questions[-6:] == ["why", "  + Why?", "  + For the view.", "who", "  - Who?", "  - Nobody knows."]
    assert report["Claims"] == [
        "C1", "  - supported", "  + contradicted", "C3", "  + They stay.", "  + supported", "  + They do.",
        "C2", "  - They like it.", "  - needs-nuance", "  - Nobody asked.",
    ]  # fmt: skip
    assert [line for line in report["Rows"] if not line.startswith(" ")] == [
        "faq: 1 changed, 1 added, 1 removed",
        "claims: 1 added, 1 removed",
        "claim-verdicts: 2 added, 2 removed",
    ]
    assert report["Problems"] == []


def test_table_without_primary_key(edition):
    """All of a row is its key then, so a row that changed was removed and added."""
    report = compare_editions(*(edition([row(2001, value)], schemas={}) for value in (10, 11)))

    printed = "measure: guests; area: KOR; period: 2001; value: {}; status: normal; released: 2021; sources: s"
    assert report["Rows"] == [
        "guests: 1 added, 1 removed",
        f"  added: {printed.format(11)}",
        f"  removed: {printed.format(10)}",
    ]


def test_primary_key_tightened(edition):
    """The key of the new edition is used for both."""
    loose = {**SCHEMAS, "arrivals": {**SCHEMAS["arrivals"], "primaryKey": ["measure", "area", "period"]}}
    report = compare_editions(edition([row(2001, 10)], schemas=loose), edition([row(2001, 11)]))

    assert report["Rows"] == ["guests: 1 changed", "  changed: guests, KOR, 2001, 2021: value: 10 → 11"]


def test_primary_key_repeats(edition, capsys):
    loose = {**SCHEMAS, "arrivals": {**SCHEMAS["arrivals"], "primaryKey": ["measure"]}}
    folder = edition(in_years(GUESTS), schemas=loose)
    with pytest.raises(SystemExit, match="2"):
        main([str(folder), str(folder)])

    assert f"two rows of guests in {folder} have the same primary key" in capsys.readouterr().err


@pytest.mark.parametrize("broken", [0, 1])
def test_unreadable_edition_exits(folder, tmp_path, capsys, broken):
    folders = [str(folder), str(folder)]
    folders[broken] = str(tmp_path / "nowhere")
    with pytest.raises(SystemExit, match="2"):
        main(folders)

    printed = capsys.readouterr()
    assert printed.out == ""
    assert "datapackage.json: the file cannot be read" in printed.err


def test_undefined_name_exits(edition, capsys):
    folder = edition([], **{**TEXTS, "placeholders": []})
    with pytest.raises(SystemExit, match="2"):
        main([str(folder), str(folder)])

    assert "unknown placeholder 'n'" in capsys.readouterr().err


def test_report_of_bundled_data(folder, tmp_path, capsys):
    """A new year and a revision of 2020, which the verdict on a claim rests on."""
    new = shutil.copytree(folder, tmp_path / "new")
    append(new, "arrivals.csv", "arrivals,KOR,2026,250,50,200,provisional,2027-01-20,segye_20260204,")
    append(new, "arrivals.csv", "arrivals,KOR,2020,231,74,157,normal,2027-01-20,segye_20260204,")
    path = new / "datapackage.json"
    path.write_text(path.read_text(encoding="utf-8").replace(data_version(), "2027.1.0"), encoding="utf-8")
    assert main([str(folder), str(new)]) == 0
    report = capsys.readouterr().out
    assert report.startswith(
        "Rows\n  arrivals: 2 added\n    added: measure: arrivals; area: KOR; period: 2026; value: 250"
    )
    assert "\nCurrent values\n" in report
    assert "\n  changed: arrivals, KOR, 2020: value: 229 → 231; male: 72 → 74; " in report
    assert "\nContexts\n  arrivals, KOR, rank: " in report
    assert "34 years on record (1992 to 2025) → 35 years on record (1992 to 2026) (1992, 1993, " in report
    assert "\nQuestions\n  how-many\n    - South Korea counted 223 arrivals in 2025 and 34,537 in all" in report
    assert "\n  C10\n    - supported\n" in report
    assert "\n    + needs-nuance\n" in report


def test_help():
    program = Path(__file__).parents[2] / "tools" / "compare_editions.py"
    done = subprocess.run([sys.executable, program, "--help"], capture_output=True, encoding="utf-8", check=True)

    assert "OLD NEW" in done.stdout
