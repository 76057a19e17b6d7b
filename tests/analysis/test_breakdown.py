"""Breakdowns: tables as published, what they add up to, and who is missing."""

import pickle
from fractions import Fraction
from itertools import pairwise

import pytest
from catalogues import catalogue_of, rows_of, tables_of
from hypothesis import given
from hypothesis import strategies as st

from defector_stats import InvalidPeriodError, NoDataError, UnknownNameError, about, arrivals, breakdown, measures
from defector_stats._analysis.breakdown import tables_with_total

DIMENSIONS = ("age", "occupation", "province", "education", "residence")
TABLES = [
    ("age", "../2008-05", 7, 13760, None, None, None),
    ("age", "../2020-03", 7, 33501, 9354, 24147, 157),
    ("age", "../2020-09", 7, 33648, 9396, 24252, 33718 - 33648),
    ("age", "../2022-12", 7, 33836, None, None, 33882 - 33836),
    ("age", "../2024-09", 7, 34134, 9544, 24590, 34259 - 34134),
    ("occupation", "../2008-05", 6, 13760, None, None, None),
    ("occupation", "../2020-09", 8, 33648, 9396, 24252, 70),
    ("occupation", "../2022-12", 8, 33836, None, None, 46),
    ("occupation", "../2024-09", 8, 34134, 9544, 24590, 125),
    ("province", "../2020-03", 13, 33501, 9354, 24147, 157),
    ("province", "../2024-09", 11, 33821, 9400, 24421, 34259 - 33821),
    ("education", "../2022-12", 8, 33836, None, None, 46),
    ("education", "../2024-09", 8, 34134, 9544, 24590, 125),
    ("residence", "2008-05", 16, 13242, None, None, None),
    ("residence", "2024-09", 16, 31383, 7932, 23451, 34259 - 31383),
]


@pytest.mark.parametrize(("dimension", "period", "rows", "total", "male", "female", "missing"), TABLES)
def test_breakdown_sums_to_published_total(dimension, period, rows, total, male, female, missing):
    found = breakdown(dimension, period)

    assert (found.dimension, len(found.rows), found.total) == (dimension, rows, total)
    assert (found.male, found.female, found.missing) == (male, female, missing)
    assert sum(row.share for row in found.rows) == 1
    assert len({row.category for row in found.rows}) == rows


@pytest.mark.parametrize("dimension", DIMENSIONS)
def test_breakdown_defaults_to_newest(dimension):
    newest = max((table for table in TABLES if table[0] == dimension), key=lambda table: table[1].removeprefix("../"))

    assert breakdown(dimension) == breakdown(dimension, newest[1])


def test_breakdown_copied_by_hand_is_weak():
    for dimension in DIMENSIONS:
        assert breakdown(dimension).provenance.status == "low-reliability"
        assert "copied by hand" in breakdown(dimension).note
    assert breakdown("age", "../2020-09").provenance.status == "provisional"
    assert breakdown("age", "../2022-12").provenance.status == "normal"


def test_breakdown_note_on_missing_people():
    assert "still in protection facilities are left out" in breakdown("age").note
    assert "Kaesong and for other origins were not transcribed" in breakdown("province").note
    assert "died, moved abroad" in breakdown("residence").note
    assert str(breakdown("age", "../2022-12")).startswith(
        "Arrivals in South Korea by age at entry, to the end of 2022: 33,836 people, "
        "46 fewer than all arrivals by then. "
    )
    assert str(breakdown("residence", "2008-05")).startswith(
        "Residents in South Korea by region, at the end of May 2008: 13,242 people. The table counts"
    )


def test_breakdown_row_value_sexes_share():
    ages = breakdown("age")
    row = ages.row("20-29")

    assert (row.value, row.male, row.female, row.of) == (9662, 2641, 7021, 34134)
    assert row.share == Fraction(9662, 34134)
    assert breakdown("occupation", "../2022-12").row("worker").male is None
    with pytest.raises(UnknownNameError) as caught:
        ages.row("20s")
    assert (caught.value.kind, caught.value.given, caught.value.suggestions[0]) == ("category", "20s", "0-9")


def test_breakdown_row_code_and_korean_name():
    assert (breakdown("province").row("North Hamgyong").code, breakdown("residence").row("Jeju").code) == (
        "KP-09", "KR-49",
    )  # fmt: skip
    assert breakdown("residence").row("South Chungcheong + Sejong").code == "KR-44 KR-50"
    assert breakdown("residence", "2008-05").row("South Chungcheong").code == "KR-44"
    other = breakdown("province", "../2020-03").row("other (including born elsewhere)")
    assert (other.code, other.name_ko) == (None, "기타(재외 등)")
    assert (breakdown("age").row("60+").code, breakdown("age").row("60+").name_ko) == (None, "60세 이상")
    record = breakdown("occupation").records()[3]
    assert (record["category"], record["code"], record["name_ko"]) == ("unemployed or dependant", None, "무직부양")


def test_korean_titles():
    assert (breakdown("age").title_ko, breakdown("age").record()["title_ko"]) == ("연령대별 입국현황",) * 2
    assert breakdown("age", "../2008-05").title_ko == "연령대별 입국현황"
    assert breakdown("residence").title_ko == "북한이탈주민 지역별 거주 현황"
    titles = {measure.id: measure.title_ko for measure in measures()}
    assert titles.pop("arrivals") == "북한이탈주민 입국인원 현황"
    assert set(titles.values()) == {None}
    assert measures().records()[0]["title_ko"] == "북한이탈주민 입국인원 현황"


def test_breakdown_unnamed_category(catalogue):
    """What has neither a code nor a Korean name says so."""
    rows = [[*row[:2], "", "", "", ""] for row in rows_of(catalogue)["categories"]]
    row = catalogue_of(catalogue, {"categories": rows}).breakdown("province").row("Kangwon")

    assert (row.code, row.name_ko) == (None, None)


def test_breakdown_categories_never_shrink():
    ages = [
        breakdown("age", period) for period in ("../2008-05", "../2020-03", "../2020-09", "../2022-12", "../2024-09")
    ]
    for earlier, later in pairwise(ages):
        assert all(row.value >= earlier.row(row.category).value for row in later.rows)
    before, after = breakdown("province", "../2020-03"), breakdown("province")
    assert all(row.value >= before.row(row.category).value for row in after.rows)
    assert {row.category for row in before.rows} - {row.category for row in after.rows} == {
        "Kaesong", "other (including born elsewhere)",
    }  # fmt: skip


def test_breakdown_as_of():
    assert str(breakdown("age", as_of="2024").period) == "../2022"
    assert str(breakdown("age", as_of="2021").period) == "../2020-09"
    assert str(breakdown("age", as_of="2025-01-26").period) == "../2022"
    assert str(breakdown("age", as_of="2025-01-27").period) == "../2024-09"
    assert breakdown("age", as_of="2024").missing == 46
    assert (breakdown("age", as_of="2024").as_of, breakdown("age").as_of) == ("2024-12-31", None)
    with pytest.raises(NoDataError) as caught:
        breakdown("education", as_of=2020)
    assert (caught.value.reason, caught.value.period) == ("not-yet-released", None)
    assert str(caught.value) == (
        "There is no 'arrivals by education' figure (KOR): "
        "no publication of it by that date is on record. There are no tables."
    )
    with pytest.raises(NoDataError) as caught:
        breakdown("age", "../2024-09", as_of="2024")
    assert (caught.value.reason, str(caught.value.period)) == ("not-yet-released", "../2024-09")
    with pytest.raises(NoDataError) as caught:
        breakdown("age", "../2019", as_of="2024")
    assert (caught.value.reason, str(caught.value.period)) == ("not-found", "../2019")


def test_breakdown_known_from_last_day():
    """The table of May 2008 is dated 2008, and that of September 2020 is dated 2020."""
    with pytest.raises(NoDataError) as caught:
        breakdown("age", "../2008-05", as_of="2008-12-30")
    assert caught.value.reason == "not-yet-released"
    assert breakdown("age", "../2008-05", as_of="2008-12-31").total == 13760
    assert about("../2020-09", as_of="2020-12-30").tables == ()
    then = about("../2020-09", as_of="2020-12-31").tables
    assert [(table.dimension, str(table.period)) for table in then] == [
        ("age", "../2020-09"),
        ("occupation", "../2020-09"),
    ]


@pytest.mark.parametrize("period", ["../2019", 2022, "2024-09", "../2026"])
def test_breakdown_unpublished_names_others(period):
    with pytest.raises(NoDataError) as caught:
        breakdown("age", period)

    error = caught.value
    assert (error.measure, error.area, error.reason) == ("arrivals by age", "KOR", "not-found")
    assert error.hint == "Choose from: ../2008-05, ../2020-03, ../2020-09, ../2022, ../2024-09."
    assert pytest.raises(NoDataError, breakdown, "residence", "2020-01").value.measure == "residents by residence"


@pytest.mark.parametrize("dimension", ["height", "", None, 1, ["age"]], ids=repr)
def test_breakdown_unknown_dimension(dimension):
    with pytest.raises(UnknownNameError) as caught:
        breakdown(dimension)

    assert (caught.value.kind, caught.value.given, caught.value.suggestions) == ("dimension", dimension, DIMENSIONS)


def test_breakdown_invalid_period():
    with pytest.raises(InvalidPeriodError):
        breakdown("age", "2022/2021")


@given(st.sampled_from(TABLES), st.data())
def test_breakdown_shares_and_sexes(table, data):
    found = breakdown(table[0], table[1])
    row = data.draw(st.sampled_from(found.rows))

    assert 0 <= row.share <= 1
    assert row.share * found.total == row.value
    assert row.male is None or row.male + row.female == row.value
    everyone = arrivals(f"../{table[1].removeprefix('../')}", default=None)
    assert found.missing == (None if everyone is None else everyone - found.total)


@pytest.mark.parametrize(
    ("dimension", "period", "frequency", "year", "start", "end"),
    [
        ("age", "../2022", "running-total", None, None, "2022-12-31"),
        ("province", "../2020-03", "running-total", None, None, "2020-03-31"),
        ("residence", "2024-09", "month", 2024, "2024-09-01", "2024-09-30"),
    ],
)
def test_breakdown_records_equal_data(table, descriptor, dimension, period, frequency, year, start, end):
    addresses = {row["key"]: row["url"] for row in table("sources")}
    described = {row["category"]: row for row in table("categories") if row["dimension"] == dimension}
    rows = [row for row in table("breakdowns") if (row["dimension"], row["period"]) == (dimension, period)]
    (about,) = [
        row["note"] for row in table("breakdown-tables") if (row["dimension"], row["period"]) == (dimension, period)
    ]
    note = " ".join(filter(None, dict.fromkeys([about, *(row["note"] for row in rows)])))
    total = sum(int(row["value"]) for row in rows)

    assert breakdown(dimension, period).edition == descriptor["version"]
    assert breakdown(dimension, period).records() == [
        {
            **{name: int(text) if text.isdigit() else text or None for name, text in row.items()},
            **{name: described[row["category"]][name] or None for name in ("code", "name_ko")},
            "frequency": frequency,
            "year": year,
            "url": addresses[row["sources"]],
            "start_date": start,
            "end_date": end,
            "share": int(row["value"]) / total,
            "released": row["released"],
            "note": note,
        }
        for row in rows
    ]


def test_breakdown_newest_is_last_to_end(catalogue):
    rows = [
        [row[0], row[1].replace("2024-09", "../2024-09"), *row[2:]]
        for row in rows_of(catalogue)["breakdowns"]
        if row[0] == "residence"
    ]
    mixed = catalogue_of(catalogue, {"breakdowns": rows})

    assert str(mixed.breakdown("residence").period) == "../2024-09"


def test_breakdown_records_and_pickle():
    ages = breakdown("age")
    first = ages.records()[0]

    assert (first["category"], first["value"], first["male"], first["female"]) == ("0-9", 1298, 652, 646)
    assert first["share"] == pytest.approx(0.038, abs=0.0001)
    assert (first["dimension"], first["period"], first["sources"]) == ("age", "../2024-09", "gh_clawson")
    assert (first["status"], first["released"]) == ("low-reliability", "2025-01-27")
    assert pickle.loads(pickle.dumps(ages)) == ages  # noqa: S301
    assert breakdown("age", "../2022-12").record() == {
        "dimension": "age",
        "title_ko": "연령대별 입국현황",
        "period": "../2022",
        "total": 33836,
        "male": None,
        "female": None,
        "missing": 46,
        "status": "normal",
        "released": "2023",
        "sources": ["datasom_2023"],
        "note": breakdown("age", "../2022-12").note,
    }


def test_part_of_breakdown_does_not_say_who_is_missing():
    """Whom the whole table leaves out is not known of a part of it."""
    ages = breakdown("age")

    assert (ages.missing, ages[:].missing, ages[::-1].missing) == (125, 125, 125)
    assert (ages[:2].missing, ages[:2].total) == (None, 1298 + 3821)
    assert "fewer than all arrivals" not in ages[:2].summary


def test_breakdown_missing_is_as_of_the_day(catalogue):
    """A total that is corrected later changes nothing for the days before."""
    row = {"period": "../2024-09", "value": 34_260, "released": "2026-12-01", "sources": ["dailynk_200807"]}
    more = catalogue.extended([row])

    assert more.breakdown("age").missing == 126
    assert more.breakdown("age", as_of="2026-11-30").missing == 125


@pytest.mark.parametrize("areas", [None, "USA"])
def test_breakdown_without_arrivals_in_the_south(catalogue, areas):
    """A catalogue of somebody else may not count arrivals, or not those in South Korea."""
    rows = [list(row) for row in rows_of(catalogue)["measures"]]
    arrivals_row, *others = rows
    kept = others if areas is None else [[*arrivals_row[:6], areas, *arrivals_row[7:]], *others]

    assert catalogue_of(catalogue, {"measures": kept}).breakdown("age").missing is None


def test_breakdown_unpublished_has_no_note():
    with pytest.raises(NoDataError) as caught:
        breakdown("age", "../2001")
    assert caught.value.note == ""


def invented_tables(catalogue, rows, left_out=()):
    """The tables of a catalogue with a few people in them."""
    cells = [[dimension, period, category, value, "", "", "normal", released, "s", ""]
             for dimension, period, category, value, released in rows]  # fmt: skip
    return tables_of(catalogue_of(catalogue, {"breakdowns": cells, "breakdown-tables": list(left_out)}))


def test_tables_with_one_total_stand_together(catalogue):
    """Tables of residents count other people; what nobody said is empty; the first row dates a table."""
    tables = invented_tables(
        catalogue,
        [
            ("age", "../2020", "0-9", "4", "2021"),
            ("age", "../2020", "10-19", "6", "2022"),
            ("education", "../2020", "none", "10", "2021"),
            ("residence", "../2020", "Seoul", "10", "2021"),
            ("occupation", "../2020", "none", "10", "2021"),
            ("province", "../2020", "Pyongyang", "11", "2021"),
        ],
        [("occupation", "../2020", "", "children")],
    )
    found = tables_with_total(tables, 10, "total")

    assert [(table.dimensions, table.left_out, table.released) for table in found] == [
        (["age", "education"], "", "2021"),
        (["residence"], "", "2021"),
        (["occupation"], "children", "2021"),
    ]
    assert [str(table.period) for table in found] == ["../2020"] * 3
