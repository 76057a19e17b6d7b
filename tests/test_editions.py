"""What one edition of the figures says otherwise than another: invented figures, and invented rows beside real ones."""

import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from defector_stats import DataError, data_version
from defector_stats._store.reading import read
from defector_stats._store.tables import TABLES, Tables
from defector_stats.editions import Turnover, changes

MEASURE = ["guests", "Guests", "Invented.", "persons", "flow", "Nobody", "KOR JPN WLD", "year half", "Invented.",
           "None.", "", "Nobody.", "guests in {area}"]  # fmt: skip
ONE_AREA = [*MEASURE[:6], "KOR", *MEASURE[7:]]
AREAS = [["KOR", "South Korea", "", ""], ["JPN", "Japan", "", ""], ["WLD", "World", "all countries", ""]]
SOURCE = ["s", "Nobody", "Invented", "", "2000", "stated", "en", "news", "not seen", "", ""]
GUESTS = {2001: 10, 2002: 30, 2003: 20, 2004: 5}

YEARS = st.dictionaries(st.integers(1990, 2020), st.integers(0, 3000), max_size=6)
ROWS = st.lists(
    st.tuples(st.sampled_from(["KOR", "JPN"]), st.integers(1990, 2020), st.integers(0, 50), st.integers(2021, 2030)),
    max_size=8,
    unique_by=lambda row: (row[0], row[1], row[3]),
)


def row(period, value, *, area="KOR", split=("", ""), status="normal", released="2021", sources="s", note=""):
    male, female = split
    return ["guests", area, str(period), str(value), str(male), str(female), status, released, sources, note]


def edition(rows, version="1", **tables):
    tables = {"measures": [MEASURE], "areas": AREAS, "sources": [SOURCE], "guests": rows, **tables}
    return Tables({name: [list(each) for each in several] for name, several in tables.items()}, {"version": version})


def in_years(values, **more):
    return [row(year, value, **more) for year, value in values.items()]


def test_an_edition_says_nothing_otherwise_than_itself(folder):
    found = changes(read(folder), read(folder))

    assert str(found) == f"From edition {data_version()} to {data_version()}:\nNothing differs."
    assert found.problems == ()


def test_the_order_of_rows_and_the_version_alone_say_nothing():
    rows = in_years(GUESTS)

    assert str(changes(edition(rows, "1"), edition(rows[::-1], "2"))) == "From edition 1 to 2:\nNothing differs."
    assert changes(edition(rows), edition(rows[::-1])).problems == ()


@given(YEARS, YEARS)
def test_the_values_that_changed_are_told_and_no_others(old, new):
    told = []
    for year in sorted(old.keys() | new.keys()):
        if year not in old:
            told.append(f"guests, South Korea, {year}: new, {new[year]:,}")
        elif year not in new:
            told.append(f"guests, South Korea, {year}: gone, was {old[year]:,}")
        elif old[year] != new[year]:
            told.append(f"guests, South Korea, {year}: {old[year]:,} → {new[year]:,}")
    before, after = (edition(in_years(values), measures=[ONE_AREA]) for values in (old, new))

    assert list(changes(before, after).values) == told


@given(ROWS, ROWS)
def test_each_new_row_is_shown_and_each_lost_one_is_a_problem(old, new):
    before, after = ([row(year, value, area=area, released=str(day)) for area, year, value, day in rows]
                     for rows in (old, new))  # fmt: skip
    came, went = [each for each in new if each not in old], [each for each in old if each not in new]
    found = changes(edition(before, "1"), edition(after, "2"))
    shown = "\n".join(found.rows) + "\n"

    assert len(found.problems) == len(went)
    for area, year, value, day in came:
        changed = [each for each in found.problems if f"guests, {area}, {year}, changed: " in each]
        assert f"  {area}, {year}: {value}, normal, {day}, s\n" in shown or changed
    if not went:
        assert [line.split(":")[0] for line in found.rows] == (
            ["guests", *(f"  {area}, {year}" for area, year, _, _ in came)] if came else []
        )


def test_a_new_row_changes_its_figure_and_those_that_are_worked_out_from_it():
    old = edition([row("2004-H1", 3), row(2004, 5), row(2004, 7, area="JPN")])
    new = edition([row("2004-H1", 3), row(2004, 5), row(2004, 1006, released="2022"), row(2004, 7, area="JPN")], "2")
    found = changes(old, new)

    assert found.rows == ("guests: 1 new", "  KOR, 2004: 1006, normal, 2022, s")
    assert found.values == (
        "guests, South Korea, 2004-H2: 2 → 1,003 (worked out: 2004 − 2004-H1)",
        "guests, South Korea, 2004: 5 → 1,006",
        "guests, World, 2004: 12 → 1,013 (worked out: KOR + JPN)",
    )
    assert (found.problems, found.questions, found.claims) == ((), (), ())


def test_a_printed_figure_whose_split_was_worked_out_is_not_worked_out():
    quarters = [row("2004-Q1", 10, split=(4, 6)), row("2004-Q2", 20, split=(7, 13))]
    old = edition([quarters[0]], measures=[ONE_AREA])
    found = changes(old, edition([*quarters, row("2004-H1", 30)], "2", measures=[ONE_AREA]))

    assert found.values == (
        "guests, South Korea, 2004-Q2: new, 20",
        "guests, South Korea, 2004-H1: new, 30",
    )


def test_a_row_of_a_log_is_shown_with_its_split_and_its_sources():
    new = edition([row(2004, 5, split=(2, 3), status="provisional", released="2005-01-20", sources="s t")], "2",
                  sources=[SOURCE, ["t", *SOURCE[1:]]])  # fmt: skip

    assert changes(edition([]), new).rows == (
        "guests: 1 new",
        "  KOR, 2004: 5 (2 male, 3 female), provisional, 2005-01-20, s t",
        "sources: 1 new",
    )


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        ({"status": "provisional"}, {}, "status provisional → normal"),
        ({"released": "2005-02"}, {"released": "2005-01"}, "released 2005-02 → 2005-01"),
        ({}, {"split": (0, 1005)}, "male unknown → 0, female unknown → 1005"),
        ({"split": (2, 1003)}, {"split": (1, 1004)}, "male 2 → 1, female 1003 → 1004"),
        ({"split": (2, 1003)}, {}, "male 2 → unknown, female 1003 → unknown"),
        ({}, {"note": "A note."}, ""),
    ],
)
def test_of_a_value_that_stays_the_split_the_status_and_the_release_are_told(before, after, told):
    values = changes(edition([row(2004, 1005, **before)]), edition([row(2004, 1005, **after)])).values

    assert values[:1] == ((f"guests, South Korea, 2004: still 1,005; {told}",) if told else ())


def test_a_context_with_another_place_or_number_known_takes_one_line_with_its_like():
    only = (
        "4 years: only “4 years known (2001 to 2004)” → “5 years known (2001 to 2005)” "
        "and the place of 2001 (3rd → 4th) and 2003 (2nd → 3rd)"
    )

    assert changes(edition(in_years(GUESTS)), edition(in_years({**GUESTS, 2005: 25}), "2")).contexts == (
        f"guests, South Korea, {only}",
        f"guests, World, {only}",
    )


def test_a_place_that_stays_is_not_told():
    """The new year is the lowest, so the places of the others stay; the one that was the lowest is told whole."""
    contexts = changes(edition(in_years(GUESTS)), edition(in_years({**GUESTS, 2005: 1}), "2")).contexts

    assert contexts[:4] == (
        "guests, South Korea, 3 years: only “4 years known (2001 to 2004)” → “5 years known (2001 to 2005)”",
        "guests, South Korea, 2004",
        "  - That is the lowest of the 4 years known (2001 to 2004).",
        "  + That was the lowest up to then, and is the 4th highest of the 5 years known (2001 to 2005).",
    )


def test_halves_are_counted_as_halves():
    old = edition([row("2001-H1", 30), row("2002-H1", 20)])
    new = edition([row("2001-H1", 30), row("2002-H1", 20), row("2003-H1", 10)], "2")

    assert changes(old, new).contexts[0] == (
        "guests, South Korea, 1 half-year: only "
        "“2 half-years known (the first half of 2001 to the first half of 2002; 1 missing)” → "
        "“3 half-years known (the first half of 2001 to the first half of 2003; 2 missing)”"
    )


def test_a_revision_changes_the_contexts_of_other_periods_too():
    old, new = edition(in_years(GUESTS)), edition([*in_years(GUESTS), row(2004, 25, released="2022")], "2")

    assert changes(old, new).contexts[:8] == (
        "guests, South Korea, 1 year: only the place of 2003 (2nd → 3rd)",
        "guests, South Korea, 2001",
        "  - That is the 3rd highest of the 4 years known (2001 to 2004).",
        "  + That is the lowest of the 4 years known (2001 to 2004).",
        "guests, South Korea, 2004",
        "  - Guests in South Korea numbered 5 in 2004, 15 fewer (−75%) than in 2003.",
        "  + Guests in South Korea numbered 25 in 2004, 5 more (+25%) than in 2003.",
        "  - That is the lowest of the 4 years known (2001 to 2004).",
    )


def test_a_year_that_is_no_longer_the_last_was_and_is_not():
    old, new = edition(in_years({2001: 10, 2002: 30, 2003: 20})), edition(in_years({**GUESTS, 2004: 40}), "2")

    assert changes(old, new).contexts[:7] == (
        "guests, South Korea, 1 year: only “3 years known (2001 to 2003)” → “4 years known (2001 to 2004)”",
        "guests, South Korea, 2002",
        "  - That is the highest of the 3 years known (2001 to 2003).",
        "  + That was the highest up to then, and is the 2nd highest of the 4 years known (2001 to 2004).",
        "guests, South Korea, 2003",
        "  - That is the lowest since 2001, and is the 2nd highest of the 3 years known (2001 to 2003).",
        "  + That was the lowest since 2001, and is the 3rd highest of the 4 years known (2001 to 2004).",
    )


def test_sentences_that_come_or_go_stand_alone():
    old, new = edition([row(2001, 200), row(2002, 300)]), edition([row(2001, 200, split=(50, 150)), row(2002, 300)])
    came, went = changes(old, new).contexts, changes(new, old).contexts

    assert came[:2] == ("guests, South Korea, 2001", "  + 75.0% were women or girls.")
    assert went[:2] == ("guests, South Korea, 2001", "  - 75.0% were women or girls.")


def test_parts_of_years_stand_beside_their_like_and_rows_of_several_years_beside_none():
    spans = ["2001-02/2001-04", "2001-05/2001-09", "2001/2003"]
    old = edition([row(span, 9) for span in spans])
    new = edition([*(row(span, 9) for span in spans[:2]), row(spans[2], 8),
                   row("2004-02/2004-04", 5), row("2005-05/2005-09", 9)], "2")  # fmt: skip

    assert changes(old, new).contexts[:6] == (
        "guests, South Korea, 2001-02/2001-04",
        "  - No other figure of its kind is known.",
        "  + That is the highest of the 2 known for these days of a year (2001 to 2004; 2 missing).",
        "guests, South Korea, 2001-05/2001-09",
        "  - No other figure of its kind is known.",
        "  + That is the joint highest of the 2 known for these days of a year (2001 to 2005; 3 missing).",
    )


@pytest.mark.parametrize(
    ("table", "rows"),
    [
        ("measures", [[*MEASURE[:-1], "visitors in {area}"]]),
        ("areas", [["KOR", "South Korea", "the South", ""], *AREAS[1:]]),
    ],
)
def test_other_words_change_every_context_and_no_value(table, rows):
    found = changes(edition([row(2001, 10)]), edition([row(2001, 10)], "2", **{table: rows}))

    assert found.rows == (f"{table}: 1 changed",)
    assert found.values == ()
    assert found.contexts[:2] == (
        "guests, South Korea, 2001",
        "  - Guests in South Korea numbered 10 in 2001.",
    )
    assert found.problems == ()


def test_a_measure_or_an_area_may_come_and_go():
    tickets = ["tickets", *ONE_AREA[1:]]
    sold = [["tickets", *row(2001, 4)[1:]]]
    small = edition([row(2001, 10)])
    large = edition([row(2001, 10)], "2", measures=[MEASURE, tickets], tickets=sold)
    more, less = changes(small, large), changes(large, small)

    assert more.rows == ("tickets: 1 new", "  KOR, 2001: 4, normal, 2021, s", "measures: 1 new")
    assert (more.values, more.problems, more.contexts) == (("tickets, South Korea, 2001: new, 4",), (), ())
    assert less.rows == ("tickets: 1 removed", "measures: 1 removed")
    assert less.values == ("tickets, South Korea, 2001: gone, was 4",)
    assert less.problems == ("tickets, KOR, 2001, removed: 4, normal, 2021, s",)

    alone = edition([row(2001, 10)], "2", measures=[ONE_AREA], areas=AREAS[:1])
    assert changes(small, alone).values == ("guests, World, 2001: gone, was 10",)
    (value,) = changes(alone, small).values
    assert value.startswith("guests, World, 2001: new, 10 (worked out: ")


def test_a_place_has_its_new_name():
    renamed = [["KOR", "The South", "South Korea", ""], *AREAS[1:]]
    found = changes(edition([row(2001, 10)]), edition([row(2001, 10), row(2002, 30)], "2", areas=renamed))

    assert found.values[0] == "guests, The South, 2002: new, 30"


GROWING = {"alternatives", "misprints", "estimates", "breakdowns", "sources", "guests"}


@pytest.mark.parametrize("table", [*TABLES, "guests"])
def test_what_was_printed_stays_and_texts_may_change(table):
    width = len(TABLES.get(table, row(2001, 1)))
    old, new = ["x"] * width, [*["x"] * (width - 1), "y"]
    changed = Turnover(table=table, new=(), changed=((old, new),), removed=())
    removed = Turnover(table=table, new=(), changed=(), removed=(old,))

    assert bool(changed.problems()) == bool(removed.problems()) == (table in GROWING)
    assert changed.lines() == [f"{table}: 1 changed"]
    assert removed.lines() == [f"{table}: 1 removed"]


def test_a_changed_row_is_told_field_by_field_and_a_removed_one_whole():
    old = edition([row(2003, 20, split=(8, 12)), row(2004, 5, note="First announcement.")])
    new = edition([row(2003, 21, split=(9, 12))], "2", sources=[["s", "Nobody", "Invented", "https://example.org",
                                                                 *SOURCE[4:]]])  # fmt: skip
    found = changes(old, new)

    assert found.problems == (
        "guests, KOR, 2003, changed: value “20” → “21”; male “8” → “9”",
        "guests, KOR, 2004, removed: 5, normal, 2021, s, First announcement.",
        "sources, s, changed: url “” → “https://example.org”",
    )
    assert found.rows == ("guests: 1 changed, 1 removed", "sources: 1 changed")


def test_of_several_new_rows_the_one_most_alike_is_the_changed_one():
    old = edition([row(2004, 5, released="2005-02", note="A nte.")])
    new = edition([row(2004, 6, released="2005-01"), row(2004, 5, released="2005-02", note="A note.")], "2")
    found = changes(old, new)

    assert found.problems == ("guests, KOR, 2004, changed: note “A nte.” → “A note.”",)
    assert found.rows == ("guests: 1 new, 1 changed", "  KOR, 2004: 6, normal, 2005-01, s")


def test_each_changed_row_has_a_new_one_of_its_own():
    old = edition([row(2004, 5, released="2005-01"), row(2004, 5, released="2005-02")])
    new = edition([row(2004, 6, released="2005-01")], "2")

    assert changes(old, new).problems == (
        "guests, KOR, 2004, changed: value “5” → “6”",
        "guests, KOR, 2004, removed: 5, normal, 2005-02, s",
    )


def test_a_row_that_stands_twice_and_then_once_was_removed():
    estimate = ["in-china", "1998", "5", "", "9", "persons", "Nobody", "a guess", "normal", "2000", "s", ""]
    old, new = edition([], estimates=[estimate] * 2), edition([], "2", estimates=[estimate])

    assert changes(old, new).problems == (
        "estimates, in-china, 1998, removed: 5, 9, persons, Nobody, a guess, normal, 2000, s",
    )


def test_figures_that_differ_need_another_version():
    old, new = edition([row(2001, 10)], "7"), edition([row(2001, 10), row(2002, 30)], "7")
    problem = "The figures differ, but the version in datapackage.json is 7 in both."

    assert changes(old, new).problems == (problem,)
    assert changes(new, old).problems == (problem, "guests, KOR, 2002, removed: 30, normal, 2021, s")


TEXTS = {
    "numbers": [["n", "guests", "KOR", "latest", "value"], ["year", "guests", "KOR", "latest", "period"]],
    "faq": [["how", "How many?", "They were {n}.", "numbers", "guests", "2020"],
            ["who", "Who?", "Nobody knows.", "people", "guests", "2020"]],
    "statements": [["how", "1", "They came by ferry.", "s"], ["how", "1", "In {year} there were {n}.", "s"],
                   ["how", "limit", "The figure for {year} is invented.", ""]],
    "claims": [["C1", "Nobody", "There were many.", "", "s"], ["C2", "Nobody", "They like it.", "", "s"]],
    "verdicts": [["C1", "supported", "They were {n}."], ["C2", "needs-nuance", "Nobody asked."]],
}  # fmt: skip


def test_a_new_figure_changes_the_sentences_that_name_it():
    old, new = edition(in_years({2001: 10}), **TEXTS), edition(in_years({2001: 10, 2002: 30}), "2", **TEXTS)
    found = changes(old, new)

    assert found.questions == (
        "how",
        "  - They were 10.",
        "  + They were 30.",
        "  - In 2001 there were 10.",
        "  + In 2002 there were 30.",
        "  - The figure for 2001 is invented.",
        "  + The figure for 2002 is invented.",
    )
    assert found.claims == ("C1", "  - They were 10.", "  + They were 30.")
    assert found.rows == ("guests: 1 new", "  KOR, 2002: 30, normal, 2021, s")


def test_texts_that_change_come_or_go_are_told_and_are_no_problem():
    rows = in_years({2001: 10})
    later = {
        **TEXTS,
        "faq": [["how", "How many came?", "They were {n}.", "numbers", "guests", "2020"],
                ["why", "Why?", "For the view.", "reasons", "guests", "2020"]],
        "statements": [["how", "1", "They came by ship.", "s"], ["how", "2", "Some came twice.", "s"],
                       *TEXTS["statements"][1:]],
        "claims": [["C1", "Nobody", "There were many.", "", "s"], ["C3", "Nobody", "They stay.", "", "s"]],
        "verdicts": [["C1", "contradicted", "They were {n}."], ["C3", "supported", "They do."]],
    }  # fmt: skip
    found = changes(edition(rows, **TEXTS), edition(rows, "2", **later))

    assert found.questions == (
        "how",
        "  - How many?",
        "  + How many came?",
        "  - They came by ferry.",
        "  + They came by ship.",
        "  + Some came twice.",
        "who, removed: Who?",
        "why, new: Why?",
    )
    assert found.claims == (
        "C1", "  - supported", "  + contradicted", "C2, removed: They like it.", "C3, new: They stay.",
    )  # fmt: skip
    assert found.rows == (
        "faq: 1 new, 1 changed, 1 removed",
        "statements: 1 new, 1 changed",
        "claims: 1 new, 1 removed",
        "verdicts: 1 new, 1 changed, 1 removed",
    )
    assert (found.problems, found.values, found.contexts) == ((), (), ())


def test_the_order_of_statements_is_what_readers_see():
    rows = in_years({2001: 10})
    turned = {**TEXTS, "statements": TEXTS["statements"][::-1]}
    found = changes(edition(rows, **TEXTS), edition(rows, **turned))

    assert found.rows == ()
    assert found.questions[0] == "how"
    assert found.problems == ("The figures differ, but the version in datapackage.json is 1 in both.",)


def test_a_text_that_names_nothing_is_an_error_and_no_change():
    with pytest.raises(DataError, match="stands for nothing"):
        changes(edition([]), edition([], **{**TEXTS, "numbers": []}))


def test_the_report_has_a_title_over_each_part_that_says_something():
    old, new = edition(in_years({2001: 10}), **TEXTS), edition(in_years({2001: 10, 2002: 30}), **TEXTS)

    assert str(changes(old, new)).splitlines()[:7] == [
        "From edition 1 to 1:",
        "",
        "Problems",
        "  The figures differ, but the version in datapackage.json is 1 in both.",
        "",
        "Rows",
        "  guests: 1 new",
    ]
    titles = [line for line in str(changes(old, new)).splitlines()[1:] if line and not line.startswith(" ")]
    assert titles == ["Problems", "Rows", "Current values", "Contexts", "Questions", "Claims"]
    assert str(changes(edition([], "1"), edition([], "2", sources=[])))[:5] == "From "


def append(folder, name, line):
    with (folder / name).open("a", encoding="utf-8", newline="") as file:
        file.write(f"{line}\n")


def raise_version(folder, version="2027.1.0"):
    path = folder / "datapackage.json"
    path.write_text(path.read_text(encoding="utf-8").replace(data_version(), version), encoding="utf-8")


def test_an_invented_year_beside_the_bundled_ones(folder):
    old = read(folder)
    append(folder, "arrivals.csv", "arrivals,KOR,2026,250,50,200,provisional,2027-01-20,segye_20260204,")
    raise_version(folder)
    found = changes(old, read(folder))

    assert (found.before, found.after, found.problems) == (data_version(), "2027.1.0", ())
    assert found.rows == (
        "arrivals: 1 new",
        "  KOR, 2026: 250 (50 male, 200 female), provisional, 2027-01-20, segye_20260204",
    )
    assert found.values == (
        "arrivals, South Korea, ../2026: new, 34,787 (worked out: ../1998 + 1999/2001 + 2002 + ... + 2026)",
        "arrivals, South Korea, 2026: new, 250",
    )
    assert found.contexts[0].startswith(
        "arrivals, South Korea, 33 years: only “34 years known (1992 to 2025)” → “35 years known (1992 to 2026)” "
        "and the place of 1994 (31st → 32nd), 1995 (32nd → 33rd), "
    )
    assert found.contexts[1:] == (
        "arrivals, South Korea, 2025",
        "  - That is the lowest since 2023, and is the 23rd highest of the 34 years known (1992 to 2025).",
        "  + That was the lowest since 2023, and is the 24th highest of the 35 years known (1992 to 2026).",
    )
    assert found.questions[0] == "how-many"
    assert found.questions[1].startswith(
        "  - South Korea counted 223 arrivals in 2025 and 34,537 in all by the end of "
    )
    assert found.questions[2].startswith(
        "  + South Korea counted 250 arrivals in 2026 and 34,787 in all by the end of "
    )
    assert [line for line in found.claims if not line.startswith(" ")] == ["C01", "C05", "C06", "C23"]


def test_an_invented_revision_of_2020_changes_a_verdict(folder):
    old = read(folder)
    append(folder, "arrivals.csv", "arrivals,KOR,2020,231,74,157,normal,2027-01-20,segye_20260204,")
    raise_version(folder)
    found = changes(old, read(folder))

    assert found.problems == ()
    assert "arrivals, South Korea, 2020: 229 → 231" in found.values
    at = found.claims.index("C10")
    assert found.claims[at + 1 : at + 5] == (
        "  - supported",
        "  + contradicted",
        "  - The ministry's figure for 2020 is 229, exactly as in the article.",
        "  + The ministry's figure for 2020 now stands at 231, which is not the number in the article.",
    )


def test_the_command_line_loads_it_only_when_it_is_asked_for():
    code = (
        "import sys; from defector_stats.cli import main; main(['2020']); "
        "assert not {'defector_stats.editions', 'difflib'} & set(sys.modules)"
    )

    assert subprocess.run([sys.executable, "-c", code], capture_output=True, check=False).returncode == 0
