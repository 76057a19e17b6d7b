"""Frames: the same plain values in pandas, polars, Arrow and DuckDB, with proper types."""

import datetime as dt
import sys
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from defector_stats import (
    Estimates,
    MissingExtraError,
    areas,
    breakdown,
    claims,
    destinations,
    estimates,
    faq,
    glossary,
    measures,
    observations,
    revisions,
    series,
    sources,
)

THINGS = {
    "series": series(start=2009),
    "quarters": series(frequency="quarter"),
    "running totals": series(frequency="running-total"),
    "world": series("refugees", area="WLD"),
    "breakdown": breakdown("age", "../2022-12"),
    "estimates": estimates(),
    "revisions": revisions(2009),
    "destinations": destinations(2016),
    "panel": observations("re-entries"),
    "sources": sources(),
    "nothing": series(start=2030),
    "no estimates": Estimates(rows=(), edition=""),
    "no revisions": revisions(2009)[:0],
}

each = pytest.mark.parametrize("thing", THINGS.values(), ids=THINGS)


@each
def test_columns_match_records(thing):
    assert all(tuple(record) == thing.COLUMNS for record in thing.records())
    assert len(set(thing.COLUMNS)) == len(thing.COLUMNS)


def plain(value):
    """A cell as the records have it."""
    return value.isoformat()[:10] if isinstance(value, dt.date) else value


@each
def test_to_polars_matches_records(thing):
    polars = pytest.importorskip("polars")
    frame = thing.to_polars()

    assert tuple(frame.columns) == thing.COLUMNS
    assert [{name: plain(cell) for name, cell in row.items()} for row in frame.to_dicts()] == thing.records()
    kinds = {"value": polars.Int64, "start_date": polars.Date, "status": polars.Categorical, "sources": polars.String}
    assert {name: frame.schema[name] for name in kinds if name in frame.columns} == {
        name: kind for name, kind in kinds.items() if name in frame.columns
    }
    assert polars.Object not in frame.dtypes


@each
def test_to_pandas_matches_records(thing):
    pandas = pytest.importorskip("pandas")
    frame = thing.to_pandas()

    assert tuple(frame.columns) == thing.COLUMNS
    rows = [
        {
            name: None if pandas.isna(cell) else cell.date().isoformat() if hasattr(cell, "date") else cell
            for name, cell in row.items()
        }
        for row in frame.to_dict("records")
    ]
    assert rows == thing.records()
    kinds = {
        "value": "Int64",
        "start_date": "datetime64[s]",
        "status": "category",
        "sources": "string",
        "share": "float64",
    }
    for name, kind in kinds.items():
        if name in frame.columns:
            assert str(frame[name].dtype) == kind, name
    assert "object" not in {str(kind) for kind in frame.dtypes}


@each
def test_to_arrow_matches_records(thing):
    pyarrow = pytest.importorskip("pyarrow")
    table = thing.to_arrow()

    assert tuple(table.column_names) == thing.COLUMNS
    assert [{name: plain(cell) for name, cell in row.items()} for row in table.to_pylist()] == thing.records()
    kinds = {
        "value": pyarrow.int64(),
        "known_from": pyarrow.date32(),
        "status": pyarrow.dictionary(pyarrow.int32(), pyarrow.string()),
        "note": pyarrow.string(),
        "share": pyarrow.float64(),
    }
    for name, kind in kinds.items():
        if name in table.column_names:
            assert table.schema.field(name).type == kind, name


def test_to_pandas_gives_fresh_frame():
    pytest.importorskip("pandas")
    years = series(start=2024)
    frame = years.to_pandas()
    frame.loc[0, "value"] = 0

    assert years.to_pandas()["value"].tolist() == [236, 223]


def test_arrow_stream_of_series():
    """Arrow and DuckDB take a series as it is; Polars looks for a sequence first, and has `to_polars`."""
    pyarrow = pytest.importorskip("pyarrow")
    duckdb = pytest.importorskip("duckdb")
    years = series(start=2020)

    wanted = years.to_arrow().schema.set(5, pyarrow.field("value", pyarrow.int32()))
    assert pyarrow.RecordBatchReader.from_stream(years, schema=wanted).schema == wanted
    assert pyarrow.table(years).column("value").to_pylist() == [229, 63, 67, 196, 236, 223]
    assert duckdb.sql("select sum(value), max(female) from years").fetchall() == [(1014, 210)]


def test_records_make_data_frames():
    pandas, polars = pytest.importorskip("pandas"), pytest.importorskip("polars")
    records = series().records()
    cited = "news1_20260204 newsis_20260204 segye_20260204 gh_fnk gh_fnk_json"

    assert records[-1]["sources"] == cited
    assert pandas.DataFrame(records)["value"].sum() == polars.DataFrame(records)["value"].sum() == 33912


def test_write_parquet_with_polars(tmp_path):
    polars = pytest.importorskip("polars")
    series().to_polars().write_parquet(tmp_path / "arrivals.parquet")

    assert polars.read_parquet(tmp_path / "arrivals.parquet")["value"].max() == 2914


@pytest.mark.parametrize(
    ("method", "library", "extra"),
    [
        ("to_pandas", "pandas", "pandas"),
        ("to_polars", "polars", "polars"),
        ("to_arrow", "pyarrow", "arrow"),
        ("__arrow_c_stream__", "pyarrow", "arrow"),
    ],
)
def test_missing_library_names_extra(monkeypatch, method, library, extra):
    monkeypatch.setitem(sys.modules, library, None)
    with pytest.raises(MissingExtraError) as caught:
        getattr(series(), method)()

    assert (caught.value.library, caught.value.extra) == (library, extra)
    assert str(caught.value) == f"{library} is not installed. Install it with: pip install {library}"


def test_broken_library_error_is_kept(monkeypatch):
    """A library that fails to import one of its own parts is not a missing extra."""

    def fail(_):
        raise ModuleNotFoundError("no part", name="part_of_pandas")

    monkeypatch.setattr("defector_stats._model.sequences.importlib.import_module", fail)
    with pytest.raises(ModuleNotFoundError, match="no part"):
        series().to_pandas()


TEXTS = {"faq": faq(), "claims": claims(), "glossary": glossary(), "measures": measures(), "areas": areas()}


@pytest.mark.parametrize("name", TEXTS)
def test_frames_of_texts_hold_lists_as_text(name):
    polars, pandas = pytest.importorskip("polars"), pytest.importorskip("pandas")
    thing = TEXTS[name]

    for frame in (thing.to_polars(), thing.to_pandas()):
        assert tuple(frame.columns) == thing.COLUMNS
        assert len(frame) == len(thing)
    assert not any(isinstance(kind, polars.List) for kind in thing.to_polars().dtypes)
    assert not pandas.isna(thing.to_pandas().iloc[0, 0])


def test_cells_of_frames():
    pytest.importorskip("polars")
    first = areas().to_polars().row(0, named=True)

    assert first == {"code": "AUS", "name": "Australia", "aliases": "AU"}
    assert measures().to_polars()["frequencies"][0].startswith("year; ")
    entry = faq()[0]
    assert faq().to_polars()["sources"][0].split() == [source.key for source in entry.sources]
    assert [row["computed"] for row in claims().to_polars().to_dicts()][8] is True


def test_flags_keep_their_type():
    pandas, polars, pyarrow = map(pytest.importorskip, ("pandas", "polars", "pyarrow"))
    found = claims()

    assert found.to_pandas()["computed"].dtype == pandas.BooleanDtype()
    assert found.to_polars().schema["computed"] == polars.Boolean
    assert found.to_arrow().schema.field("computed").type == pyarrow.bool_()


ALL = {**THINGS, **TEXTS}
SLICES = st.slices(40)


@pytest.mark.parametrize("name", ALL)
@given(part=SLICES)
def test_slices_are_of_the_same_class(name, part):
    thing = ALL[name]
    found = thing[part]

    assert type(found) is type(thing)
    assert tuple(found) == tuple(thing)[part]
    assert list(reversed(found)) == list(found)[::-1]
    assert thing[:] == thing


@pytest.mark.parametrize("name", ALL)
def test_every_answer_is_a_sequence(name):
    thing = ALL[name]

    assert isinstance(thing, Sequence)
    assert [thing[index] for index in range(len(thing))] == list(thing)
    with pytest.raises(IndexError):
        thing[len(thing)]
    with pytest.raises(TypeError):
        thing["first"]


class Broken:
    def __index__(self):
        raise ZeroDivisionError


def test_position_of_another_library_may_fail():
    with pytest.raises(TypeError) as caught:
        faq()[Broken()]
    assert str(caught.value) == "a position is a whole number, or a slice between two, not a Broken"
    assert isinstance(caught.value.__cause__, ZeroDivisionError)
