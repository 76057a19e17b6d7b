"""The rows of the tables stand in the records, cell by cell."""

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
        for measure in measures()
        for each in measure.breaks
    ]

    assert found == [list(row.values()) for row in table("breaks")]


def test_alternative_split():
    key = ("m", "KOR", "2020")
    source = ["s", "Nobody", "Invented", "", "2021", "stated", "en", "news", "not seen", "", ""]
    rows = [[*key, "3", "1", "2", "2021-05", "s", "Copied."], [*key, "4", "", "", "2021-06", "s", "Misread."]]
    split, unsplit = Tables({"sources": [source], "alternatives": rows}).alternatives(*key, None)

    assert (split.value, split.male, split.female, split.released, split.reason) == (3, 1, 2, "2021-05", "Copied.")
    assert (unsplit.value, unsplit.male, unsplit.female, unsplit.reason) == (4, None, None, "Misread.")
