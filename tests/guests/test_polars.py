"""polars: frames, and the Parquet files that it writes of them."""

import inspect

import pytest

from defector_stats import estimates, revisions, series

polars = pytest.importorskip("polars")


def test_constructor_sees_numbers():
    """Polars looks at the numbers of a sequence first, so `to_polars` or an Arrow table is the way in."""
    pyarrow = pytest.importorskip("pyarrow")
    years = series(start=2020)

    assert polars.DataFrame(years).shape == (6, 1)
    frame = polars.DataFrame(pyarrow.table(years))
    assert frame["value"].to_list() == years.to_polars()["value"].to_list() == [229, 63, 67, 196, 236, 223]
    assert frame.columns == years.to_polars().columns == list(years.COLUMNS)


def test_frames_of_measures_and_areas_are_put_together():
    frame = polars.concat([series().to_polars(), series("refugees", area="GBR").to_polars()])

    assert dict(frame.group_by("measure").agg(polars.col("value").max()).iter_rows()) == {
        "arrivals": 2914, "refugees": 630,
    }  # fmt: skip


def test_status_is_ordered():
    frame = series().to_polars()

    assert frame.filter(polars.col("status") > "normal")["year"].to_list() == [1992, 1993, 1995, 2025]
    assert estimates().to_polars()["topic"].dtype.categories.to_list()[0] == "in-china"


def test_vintages():
    steps = revisions().to_polars().filter(polars.col("frequency") == "year")
    known = steps.filter(polars.col("known_from") <= polars.date(2026, 1, 25)).group_by("year").last()

    assert dict(known.select("year", "value").iter_rows())[2025] == 224


def test_parquet_keeps_metadata_that_is_handed_on(tmp_path):
    """A polars frame has no place for it, so that it is lost unless it is given to `write_parquet`."""
    path, years = tmp_path / "arrivals.parquet", series()
    if "metadata" not in inspect.signature(polars.DataFrame.write_parquet).parameters:
        pytest.skip("this polars writes no metadata")
    years.to_polars().write_parquet(path)
    assert not {*years.metadata} & {*polars.read_parquet_metadata(path)}

    years.to_polars().write_parquet(path, metadata=years.metadata)
    assert {name: polars.read_parquet_metadata(path)[name] for name in years.metadata} == years.metadata
    parquet = pytest.importorskip("pyarrow.parquet")
    assert parquet.read_metadata(path).metadata[b"licence"] == b"CC-BY-4.0"
    assert polars.read_parquet(path).equals(years.to_polars())
