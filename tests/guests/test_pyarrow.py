"""pyarrow: tables, and the files that it writes of them with edition, attribution and licence."""

import pytest

from defector_stats import faq, series, sources

pyarrow = pytest.importorskip("pyarrow")


def plain(metadata):
    return {name.decode(): text.decode() for name, text in metadata.items()}


@pytest.mark.parametrize("rows", [series(), sources(), faq()], ids=["series", "sources", "faq"])
def test_rows_are_taken_as_they_are(rows):
    table = pyarrow.table(rows)

    assert table.equals(rows.to_arrow(), check_metadata=True)
    assert plain(table.schema.metadata) == rows.metadata


def test_parquet_and_feather_keep_metadata(tmp_path):
    feather, parquet = pytest.importorskip("pyarrow.feather"), pytest.importorskip("pyarrow.parquet")
    years = series(as_of="2026-01-25")
    parquet.write_table(years.to_arrow(), tmp_path / "arrivals.parquet")
    feather.write_feather(years.to_arrow(), str(tmp_path / "arrivals.arrow"))

    for table in (parquet.read_table(tmp_path / "arrivals.parquet"), feather.read_table(tmp_path / "arrivals.arrow")):
        assert plain(table.schema.metadata) == years.metadata
        assert table.column("value").to_pylist()[-1] == 224
        assert table.schema.field("known_from").type == pyarrow.date32()
    assert years.metadata["as_of"] == "2026-01-25"


def test_tables_of_measures_are_put_together():
    table = pyarrow.concat_tables([series().to_arrow(), series("refugees", area="GBR").to_arrow()])
    measures = table["measure"].to_pylist()

    assert (measures.count("arrivals"), measures.count("refugees")) == (len(series()), len(measures) - len(series()))
    assert table["value"].to_pylist()[-1] == series("refugees", area="GBR")[-1]
