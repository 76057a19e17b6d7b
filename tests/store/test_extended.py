"""Records, answers, files and frames of this library, given back to a catalogue."""

import csv

import pytest

from defector_stats import (
    Catalogue,
    DataError,
    InvalidValueError,
    destinations,
    measures,
    observations,
    revisions,
    series,
)

BASE = Catalogue.bundled()
ROW = {"period": 2026, "value": 230, "male": 30, "female": 200, "released": "2027-01-20", "sources": "newsis_20260204"}
ANSWERS = {
    **{measure.id: observations(measure.id) for measure in measures()},
    "revisions": revisions(),
    "destinations": destinations(2016),
    "a vintage": series(end=2010, as_of="2012-12-31"),
    "nothing": series(start=2030),
}


def held(catalogue):
    """What a catalogue answers about every measure."""
    return [catalogue.observations(measure.id).records() for measure in measures()]


@pytest.fixture(scope="module")
def held_before():
    return held(BASE)


@pytest.mark.parametrize("answer", ANSWERS.values(), ids=ANSWERS)
def test_extended_has_own_figures_already(held_before, answer):
    again = BASE.extended(answer)

    assert held(again) == held_before == held(BASE.extended(answer.records()))
    assert again.revisions().records() == revisions().records()


@pytest.mark.parametrize("library", ["pandas", "polars", "arrow"])
def test_extended_takes_frames(library):
    pytest.importorskip({"arrow": "pyarrow"}.get(library, library))
    frame = getattr(BASE.extended([ROW]).series(), f"to_{library}")()

    assert BASE.extended(frame).arrivals(2026).record() == BASE.extended([ROW]).arrivals(2026).record()


def test_extended_takes_file_with_row_below(tmp_path):
    """A row that somebody added in a spreadsheet fills what it must and leaves the rest empty."""
    path = BASE.export(series(), tmp_path / "years.csv")
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    rows.append(dict.fromkeys(rows[0], "") | {name: str(cell) for name, cell in ROW.items()})

    assert BASE.extended(rows).arrivals(2026).record() == BASE.extended([ROW]).arrivals(2026).record()


def test_extended_takes_floats_and_gaps_of_pandas(tmp_path):
    pandas = pytest.importorskip("pandas")
    frame = pandas.read_csv(BASE.export(series(), tmp_path / "years.csv"))
    assert frame["male"].dtype == "float64"
    frame.loc[len(frame)] = ROW
    missing = {"male": pandas.NA, "female": float("nan"), "note": pandas.NaT}

    assert BASE.extended(frame).arrivals(2026).record() == BASE.extended([ROW]).arrivals(2026).record()
    assert BASE.extended([ROW | missing]).arrivals(2026).male is None


def test_extended_keeps_text_that_looks_missing():
    assert BASE.extended([ROW | {"note": "nan"}]).arrivals(2026).note == "nan"


def test_extended_refuses_calculated_values():
    """A value that follows from other figures here was published by nobody."""
    known = BASE.arrivals("2025-H2").record()
    assert known["formula"] == "2025 − 2025-H1"
    assert held(BASE.extended([known])) == held(BASE)
    with pytest.raises(DataError) as caught:
        BASE.extended([known | {"value": 126, "male": None, "female": None}])

    assert caught.value.rule == "the value was not published but calculated, as '2025 − 2025-H1'"
    assert caught.value.line == 1


@pytest.mark.parametrize("name", ["url", "place", "formula"])
def test_extended_row_by_hand_has_no_other_columns(name):
    with pytest.raises(DataError) as caught:
        BASE.extended([ROW | {name: "x"}])

    assert (caught.value.rule, caught.value.column) == ("unknown column", name)


@pytest.mark.parametrize("name", ["colour", 1])
def test_extended_record_with_unknown_column(name):
    with pytest.raises(DataError) as caught:
        BASE.extended([BASE.arrivals(2020).record() | {name: "x"}])

    assert (caught.value.rule, caught.value.column) == ("unknown column", str(name))


@pytest.mark.parametrize("name", ["note", "colour"])
def test_extended_record_that_cannot_be_written(name):
    """The error names the record and its field, as it does for a row by hand."""
    figure = BASE.arrivals(2020).record()

    with pytest.raises(DataError) as caught:
        BASE.extended([figure, figure | {name: 10**5000}])

    assert (caught.value.rule, caught.value.line, caught.value.column) == (
        "a value of type int cannot be written out", 2, name
    )  # fmt: skip


def test_extended_record_of_unknown_area():
    with pytest.raises(DataError) as caught:
        BASE.extended([BASE.arrivals(2020).record() | {"area": "FRA"}])

    assert caught.value.rule == "'FRA' is not an area of 'arrivals'"


class Broken:
    def records(self):
        raise ZeroDivisionError


def test_extended_refuses_what_gives_no_rows():
    with pytest.raises(InvalidValueError):
        BASE.extended(Broken())
