"""Workbooks and Parquet files, through data frames: numbers, days and text stay what they are."""

import datetime as dt

import pytest

from defector_stats import breakdown, series, sources


def write_with_pandas(rows, path):
    pytest.importorskip("pandas")
    rows.to_pandas().to_excel(path, index=False)


def write_with_polars(rows, path):
    pytest.importorskip("polars")
    pytest.importorskip("xlsxwriter")
    rows.to_polars().write_excel(path)


@pytest.fixture(params=[write_with_pandas, write_with_polars])
def read(request, tmp_path):
    """Write rows to a workbook, and read its rows."""
    openpyxl = pytest.importorskip("openpyxl")

    def read(rows):
        request.param(rows, tmp_path / "x.xlsx")
        names, *cells = openpyxl.load_workbook(tmp_path / "x.xlsx").active.iter_rows(values_only=True)
        return [dict(zip(names, row, strict=True)) for row in cells]

    return read


def test_numbers_and_days(read):
    latest = read(series())[-1]

    assert (latest["period"], latest["value"], latest["female"], latest["formula"]) == ("2025", 223, 198, None)
    assert latest["start_date"] == dt.datetime(2025, 1, 1)  # noqa: DTZ001, a cell has no zone


def test_age_bands_stay_text(read):
    assert [row["category"] for row in read(breakdown("age"))] == [row.category for row in breakdown("age")]


def test_korean_stays_korean(read):
    assert [row["title"] for row in read(sources())] == [source.title for source in sources()]


def test_parquet_says_whose_figures_they_are(tmp_path):
    """What goes with the figures travels in the file, as the page on files shows."""
    pytest.importorskip("polars")
    parquet = pytest.importorskip("pyarrow.parquet")
    figures = series()
    figures.to_polars().write_parquet(tmp_path / "x.parquet", metadata=figures.metadata)
    kept = parquet.read_metadata(tmp_path / "x.parquet").metadata
    stated = {name.decode(): text.decode() for name, text in kept.items()}

    assert parquet.read_table(tmp_path / "x.parquet")["value"].to_pylist() == [int(figure) for figure in figures]
    assert {name: stated[name] for name in figures.metadata} == figures.metadata
