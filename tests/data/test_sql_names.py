"""The columns of the files are names that SQL takes without quotation marks."""

import sqlite3

import pytest

from defector_stats import (
    Breakdown,
    Destinations,
    Estimates,
    Observations,
    Revisions,
    TimeSeries,
    data_path,
)

ROWS = (Breakdown, Destinations, Estimates, Observations, Revisions, TimeSeries)


def _headers():
    for path in sorted(data_path().glob("*.csv")):
        with path.open(encoding="utf-8") as file:
            yield pytest.param(file.readline().strip().split(","), id=path.stem)
    for rows in ROWS:
        yield pytest.param(list(rows.COLUMNS), id=rows.__name__)


HEADERS = [*_headers()]


@pytest.mark.parametrize("columns", HEADERS)
def test_columns_need_no_quotes_in_sqlite(columns):
    database = sqlite3.connect(":memory:")
    try:
        database.execute(f"CREATE TABLE answer ({', '.join(columns)})")
        made = database.execute("SELECT name FROM pragma_table_info('answer')").fetchall()
        assert [name for (name,) in made] == columns
    finally:
        database.close()


@pytest.mark.parametrize("columns", HEADERS)
def test_columns_need_no_quotes_in_duckdb(columns):
    duckdb = pytest.importorskip("duckdb")
    with duckdb.connect() as database:
        reserved = database.sql("SELECT keyword_name FROM duckdb_keywords() WHERE keyword_category = 'reserved'")
        assert {name for (name,) in reserved.fetchall()}.isdisjoint(columns)
