"""Frames: the same plain values in pandas, polars, Arrow and DuckDB, with proper types."""

import datetime as dt
import sys
from collections.abc import Sequence

import attrs
import pytest
from catalogues import catalogue_of
from hypothesis import given
from hypothesis import strategies as st

from defector_stats import (
    Estimates,
    Indicators,
    MissingExtraError,
    areas,
    arrivals,
    breakdown,
    claims,
    data_version,
    destinations,
    estimates,
    faq,
    glossary,
    indicators,
    measures,
    observations,
    revisions,
    search_faq,
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
    "indicators": indicators(),
    "revisions": revisions(2009),
    "destinations": destinations(2016),
    "panel": observations("re-entries"),
    "sources": sources(),
    "nothing": series(start=2030),
    "no estimates": Estimates(rows=(), edition=""),
    "no revisions": revisions(2009)[:0],
}

each = pytest.mark.parametrize("thing", THINGS.values(), ids=THINGS)
# From the strongest to the weakest.
RELIABILITY = ["normal", "provisional", "low-reliability"]
MINISTRY = (
    "Ministry of Unification, Republic of Korea, and reports of its briefings; compiled by defector-stats (CC BY 4.0)."
)


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
    kinds = {
        "year": polars.Int64,
        "value": polars.Float64 if isinstance(thing, Indicators) else polars.Int64,
        "start_date": polars.Date,
        "area": polars.Categorical,
        "status": polars.Enum(RELIABILITY),
        "sources": polars.String,
    }
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
        "year": "Int64",
        "value": "float64" if isinstance(thing, Indicators) else "Int64",
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
        "value": pyarrow.float64() if isinstance(thing, Indicators) else pyarrow.int64(),
        "known_from": pyarrow.date32(),
        "status": pyarrow.dictionary(pyarrow.int32(), pyarrow.string(), ordered=True),
        "area": pyarrow.dictionary(pyarrow.int32(), pyarrow.string()),
        "note": pyarrow.string(),
        "share": pyarrow.float64(),
    }
    for name, kind in kinds.items():
        if name in table.column_names:
            assert table.schema.field(name).type == kind, name


def test_days_of_review_are_dates():
    """Those of questions, whose records are not flat."""
    for library in ("pandas", "polars", "pyarrow"):
        pytest.importorskip(library)
    questions = faq()
    days = [dt.date.fromisoformat(entry.reviewed) for entry in questions]
    column = questions.to_pandas()["reviewed"]

    assert (str(column.dtype), [stamp.date() for stamp in column]) == ("datetime64[s]", days)
    assert str(questions.to_polars()["reviewed"].dtype) == "Date"
    assert questions.to_polars()["reviewed"].to_list() == days
    assert questions.to_arrow()["reviewed"].to_pylist() == days


@pytest.mark.parametrize(
    ("thing", "wanted"),
    [
        (series(start=2020, end=2020), [("2020", "year", 2020, "South Korea")]),
        (series(frequency="quarter", start="2020-Q2", end="2020-Q2"), [("2020-Q2", "quarter", 2020, "South Korea")]),
        (series(frequency="running-total", end="../1989"), [("../1989", "running-total", None, "South Korea")]),
        (
            observations("us-refugee-admissions", frequency="fiscal-year")[:1],
            [("FY2001", "fiscal-year", 2001, "United States")],
        ),
        (observations("arrivals", frequency=None)[:0], []),
        (revisions("1999/2001")[:1], [("1999/2001", "span", None, "South Korea")]),
        (destinations(2016)[:1], [("2016", "year", 2016, "South Korea")]),
    ],
)  # fmt: skip
def test_records_have_year_and_place(thing, wanted):
    assert [tuple(row[name] for name in ("period", "frequency", "year", "place")) for row in thing.records()] == wanted


def test_records_have_first_address(table):
    addresses = {row["key"]: row["url"] for row in table("sources")}
    answers = (series(), revisions(), estimates(), indicators(), breakdown("province"))
    rows = [row for answer in answers for row in answer.records()]

    assert any(not addresses[row["sources"].split()[0]] and row["url"] for row in rows)
    for row in rows:
        cited = [addresses[key] for key in row["sources"].split()]
        assert row["url"] == next(filter(None, cited), None)


def test_place_of_rows_without_catalogue():
    """Who puts rows together without a catalogue has their codes, and nothing to pass on."""
    figures = attrs.evolve(series(start=2025), imprint=None)

    assert (figures.records()[0]["area"], figures.records()[0]["place"]) == ("KOR", None)
    assert figures.metadata == {}


def test_metadata():
    first, ours = {"edition": data_version(), "licence": "CC-BY-4.0"}, {"attribution": "The defector-stats developers"}
    unhcr = "UNHCR, Refugee Population Statistics Database (CC BY 4.0), a subset; world sums are ours."
    office = "Contains public sector information licensed under the Open Government Licence v3.0 (Home Office)."

    assert series().metadata == revisions().metadata == breakdown("age").metadata == {**first, "attribution": MINISTRY}
    assert series("refugees", area="GBR").metadata == {**first, "attribution": unhcr}
    assert observations("uk-asylum-applicants").metadata == {
        **first, "attribution": office, "licence": "CC-BY-4.0; OGL-UK-3.0",
    }  # fmt: skip
    assert (
        indicators().metadata["attribution"]
        == estimates().metadata["attribution"]
        == ("The organisations named in the rows; compiled by defector-stats (CC BY 4.0).")
    )
    for thing in (faq(), faq("returns"), claims(), glossary(), measures(), areas(), sources(), search_faq("women")):
        assert thing.metadata == {**first, **ours}


def test_metadata_of_several_measures():
    places = destinations(2016)
    by_measure = {measure.id: measure.attribution for measure in measures()}
    shown = dict.fromkeys(by_measure[row.measure.id] for row in places)

    assert places.metadata["attribution"] == " ".join(shown)
    assert places.metadata["licence"] == "CC-BY-4.0; OGL-UK-3.0"
    assert places[:1].metadata["attribution"] == MINISTRY
    assert places[:0].metadata["attribution"] == "The defector-stats developers"


def test_metadata_says_as_of():
    known = series(as_of="Jan 2026"), observations("arrivals", as_of="2026-01"), breakdown("age", as_of="2026-01-31")

    assert [thing.metadata["as_of"] for thing in known] == ["2026-01-31"] * 3
    assert known[0][:1].metadata == known[0].metadata


def test_metadata_of_own_catalogue(invented):
    """A descriptor may name neither compilers nor licences, and a licence may have an address for a name."""
    assert invented.series("tickets").metadata == {"edition": "1", "attribution": "Nobody.", "licence": ""}
    assert invented.sources().metadata == {"edition": "1", "attribution": "", "licence": ""}
    licences = [{"path": "https://example.org"}, {"name": "N", "title": "Nobody (in short)"}, {"name": "X"}]
    described = catalogue_of(invented, {}, licenses=licences, contributors=[{"title": "A"}, {"title": "B"}, {}])

    assert described.series("tickets").metadata["licence"] == "https://example.org; N"
    assert described.areas().metadata == {"edition": "1", "attribution": "A; B", "licence": "https://example.org"}


@each
def test_frames_hold_metadata(thing):
    pytest.importorskip("pandas")
    pytest.importorskip("pyarrow")

    assert thing.to_pandas().attrs == thing.metadata
    stated = thing.to_arrow().schema.metadata or {}
    assert {name.decode(): text.decode() for name, text in stated.items()} == thing.metadata


def test_categories_are_whole():
    """A category has the words of the whole catalogue, in its order, and of a closed list all."""
    pytest.importorskip("pandas")
    words = {
        name: [*column.cat.categories]
        for name, column in series(start=2025).to_pandas().items()
        if column.dtype == "category"
    }

    assert list(words) == ["measure", "area", "frequency", "status"]
    assert words["measure"] == [measure.id for measure in measures()]
    assert words["area"] == [area.code for area in areas()]
    assert words["status"] == RELIABILITY
    assert words["frequency"] == ["year", "half", "quarter", "month", "day", "fiscal-year", "running-total", "span"]


def test_categories_of_each_class():
    pytest.importorskip("pandas")
    found = {
        (type(thing).__name__, name): [*column.cat.categories]
        for thing in (destinations(2016), measures(), sources(), claims(), breakdown("age"), estimates(), indicators())
        for name, column in thing.to_pandas().items()
        if column.dtype == "category" and name not in {"measure", "area", "frequency", "status"}
    }

    assert found == {
        ("Destinations", "kind"): ["flow", "stock"],
        ("Measures", "kind"): ["flow", "stock"],
        ("Sources", "kind"): ["official", "news", "ngo", "academic", "encyclopedia"],
        ("Sources", "published_basis"): ["stated", "from-text", "inferred", "copy-seen"],
        ("Indicators", "topic"): [
            "work", "income", "benefits", "settlement-money", "school", "satisfaction", "discrimination", "deaths",
            "language", "housing", "protection", "remittances", "returns", "journey-time", "journey", "direct",
            "motives", "life-in-the-north", "in-china", "women", "arrivals", "words",
        ],
        ("Claims", "verdict"): ["supported", "contradicted", "needs-nuance"],
        ("Breakdown", "dimension"): ["age", "occupation", "province", "education", "residence"],
        ("Estimates", "topic"): [
            "in-china", "children-in-china", "detained-in-china", "forced-returns", "departures",
        ],
    }  # fmt: skip


def test_categories_have_unknown_words_too(invented):
    for library in ("pandas", "polars", "pyarrow"):
        pytest.importorskip(library)
    foreign = attrs.evolve(invented.series("tickets"), rows=(arrivals(2020),))
    frame = foreign.to_pandas()
    assert frame["measure"].tolist() == ["arrivals"]
    assert [*frame["measure"].cat.categories] == ["crossings", "tickets", "guests", "arrivals"]
    assert foreign.to_arrow().column("measure").to_pylist() == ["arrivals"]
    assert foreign.to_polars()["measure"].to_list() == ["arrivals"]
    odd = attrs.evolve(revisions(2020), rows=(attrs.evolve(revisions(2020)[0], status="odd"),))
    assert odd.to_polars()["status"].to_list() == odd.to_pandas()["status"].tolist() == ["odd"]
    nameless = attrs.evolve(foreign, imprint=None)
    assert nameless.to_pandas()["place"].isna().all()
    assert nameless.to_arrow().column("place").to_pylist() == nameless.to_polars()["place"].to_list() == [None]
    assert nameless[0:0].to_arrow().schema == nameless.to_arrow().schema


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

    schema = years.to_arrow().schema
    wanted = schema.set(schema.get_field_index("value"), pyarrow.field("value", pyarrow.int32()))
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
    assert str(caught.value) == "indices must be integers or slices, not a Broken"
    assert isinstance(caught.value.__cause__, ZeroDivisionError)


def test_frames_of_indicators_hold_decimals():
    """Values are not whole, so they are numbers with a fraction in every library; sizes of samples are counts."""
    pytest.importorskip("pandas")
    pytest.importorskip("polars")
    pytest.importorskip("pyarrow")
    rows = indicators("school-drop-out")
    first = {"value": [10.8, 6.1, 4.9], "sample_size": [None] * 3}
    at = [place for place, row in enumerate(rows) if str(row.period) in {"2008", "2009", "2010"}]

    assert dict(rows.to_pandas().dtypes[[*first]].astype(str)) == {"value": "float64", "sample_size": "Int64"}
    assert [*map(str, rows.to_polars()[[*first]].dtypes)] == ["Float64", "Int64"]
    assert [str(rows.to_arrow().schema.field(name).type) for name in first] == ["double", "int64"]
    assert rows.to_pandas()["value"].iloc[at].tolist() == first["value"]
    assert rows.to_polars()[at, "value"].to_list() == first["value"]
    assert {name: rows.to_arrow().take(at).column(name).to_pylist() for name in first} == first
