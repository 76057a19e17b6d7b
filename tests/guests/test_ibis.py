"""ibis: rows as a table in memory."""

import pytest

from defector_stats import observations, series

ibis = pytest.importorskip("ibis")
pytest.importorskip("duckdb")

# What ibis asks of the newest pandas is not ours to mend.
pytestmark = pytest.mark.filterwarnings("ignore:The .future.infer_string. option is deprecated")


@pytest.fixture
def connection():
    return ibis.duckdb.connect()


def test_rows_are_taken_as_they_are(connection):
    years = ibis.memtable(series(start=2020))

    assert (years.schema()["year"], years.schema()["known_from"]) == (ibis.dtype("int64"), ibis.dtype("date"))
    assert connection.execute(years.value.sum()) == 1014
    assert connection.execute(years.filter(years.status == "provisional").year).tolist() == [2025]


def test_panel_in_groups(connection):
    panel = ibis.memtable(observations("refugees", areas=["GBR", "DEU"], frequency="year"))
    highest = connection.execute(panel.group_by("place").agg(most=panel.value.max()))

    assert dict(zip(highest["place"], highest["most"], strict=True)) == {"Germany": 276, "United Kingdom": 630}
