"""DuckDB: rows as tables of a query, and what it reads in a Parquet file."""

import datetime as dt

import pytest

from defector_stats import areas, observations, revisions, series

duckdb = pytest.importorskip("duckdb")
pytest.importorskip("pyarrow")


def test_rows_are_tables_of_a_query():
    years, places, steps = series(start=2020), areas(), revisions()
    answer = duckdb.sql(
        "select years.place, sum(years.value), max(years.end_date) "
        "from years join places on years.area = places.code where places.name = 'South Korea' group by all"
    )

    assert answer.fetchall() == [("South Korea", 1014, dt.date(2025, 12, 31))]
    assert duckdb.sql(
        "select arg_max(value, known_from) from steps where period = '2025' and known_from <= date '2026-01-25'"
    ).fetchall() == [(224,)]
    assert len(steps) > len(places) > len(years)


def test_pivot_of_panel():
    panel = observations("refugees", areas=["GBR", "DEU", "CAN"], frequency="year")
    answer = duckdb.sql("pivot (select place, year, value from panel where year = 2016) on place using first(value)")

    assert len(panel) > 60
    assert dict(zip(answer.columns, answer.fetchall()[0], strict=True)) == {
        "year": 2016, "Canada": 485, "Germany": 95, "United Kingdom": 585,
    }  # fmt: skip


def test_parquet_shows_metadata(tmp_path):
    parquet = pytest.importorskip("pyarrow.parquet")
    path, years = tmp_path / "arrivals.parquet", series()
    parquet.write_table(years.to_arrow(), path)

    read = duckdb.sql("select decode(key), decode(value) from parquet_kv_metadata($1)", params=[str(path)]).fetchall()
    assert {name: text for name, text in read if name in years.metadata} == years.metadata
    years = duckdb.read_parquet(str(path)).order("year desc").limit(1)
    assert years.project("year, status").fetchall() == [(2025, "provisional")]
