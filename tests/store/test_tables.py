"""The rows of the tables stand in the records, cell by cell."""

import pickle

import pytest

from defector_stats import measures, sources
from defector_stats._store.tables import Tables


def cell(value):
    """A field of a record as the files have it."""
    return " ".join(value) if isinstance(value, tuple) else value or ""


@pytest.mark.parametrize(("ask", "name"), [(measures, "measures"), (sources, "sources")])
def test_cells_are_fields(table, ask, name):
    rows = table(name)
    records = [{column: cell(getattr(record, column)) for column in rows[0]} for record in ask()]

    assert sorted(records, key=str) == sorted(rows, key=str)


def test_breaks_of_measures(table):
    found = [
        [measure.id, each.area, str(each.period), *(source.key for source in each.sources), each.note]
        for measure in Tables().measures.values()
        for each in measure.breaks
    ]

    assert found == [list(row.values()) for row in table("series-breaks")]


def test_alternative_split():
    key = ("m", "KOR", "2020")
    source = ["s", "Nobody", "Invented", "", "2021", "stated", "en", "news", "not seen", "", "", ""]
    rows = [[*key, "3", "1", "2", "2021-05", "s", "Copied."], [*key, "4", "", "", "2021-06", "s", "Misread."]]
    split, unsplit = Tables({"sources": [source], "alternatives": rows}).alternatives(*key, None)

    assert (split.value, split.male, split.female, split.released, split.reason) == (3, 1, 2, "2021-05", "Copied.")
    assert (unsplit.value, unsplit.male, unsplit.female, unsplit.reason) == (4, None, None, "Misread.")


def test_alternatives_known_from_last_day():
    key = ("m", "KOR", "2020")
    source = ["s", "Nobody", "Invented", "", "2021", "stated", "en", "news", "not seen", "", "", ""]
    rows = [
        [*key, str(value), "", "", day, "s", "."] for value, day in ((1, "2021-02"), (2, "2021"), (3, "2022-03-01"))
    ]
    tables = Tables({"sources": [source], "alternatives": rows})

    def known(day):
        return [other.value for other in tables.alternatives(*key, day)]

    assert (known("2021-02-27"), known("2021-02-28")) == ([], [1])
    assert (known("2021-12-30"), known("2021-12-31")) == ([1], [1, 2])
    assert (known("2022-02-28"), known("2022-03-01")) == ([1, 2], [1, 2, 3])


AREAS = [["KOR", "South Korea", "", ""], ["USA", "United States", "the United States", ""]]


def test_pickle_of_tables():
    """The bundled tables are read again where they are needed; all others travel with their rows."""
    bundled, other = (pickle.loads(pickle.dumps(tables)) for tables in (Tables(), Tables({"areas": AREAS}, {"a": 1})))  # noqa: S301

    assert [row[0] for row in bundled.rows("measures")][:2] == ["arrivals", "refugees"]
    assert (other.rows("areas"), other.rows("measures"), other.descriptor) == (AREAS, [], {"a": 1})


@pytest.mark.parametrize("row", [["KOR", "South Korea", ""], ["KOR", "South Korea", "", "", ""]], ids=["short", "long"])
def test_cells_need_every_column(row):
    with pytest.raises(ValueError, match="zip"):
        Tables({"areas": [row]}).cells("areas")


def test_rows_about_are_sorted_once():
    tables = Tables({"areas": AREAS})
    found = tables.about("areas", "USA")

    assert [cells["name"] for cells in found] == ["United States"]
    assert tables.about("areas", "USA") is found
    assert tables.about("areas", "USA", "United States") == found
    assert tables.about("areas", "CHN") == []


def test_gap_without_area_is_of_all():
    rows = [["m", "", "2020", "not-found", "", "All."], ["m", "KOR", "2021", "suppressed", "", "One."]]
    tables = Tables({"gaps": rows})

    assert [gap.note for gap in tables.gaps("m", "KOR")] == ["All.", "One."]
    assert [gap.note for gap in tables.gaps("m", "USA")] == ["All."]
