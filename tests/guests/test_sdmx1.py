"""sdmx1: the figures with the structure beside them."""

import pytest

from defector_stats import estimates, export, series

sdmx = pytest.importorskip("sdmx")
# It leaves the files open that it reads.
pytestmark = pytest.mark.filterwarnings("ignore:Exception ignored in:pytest.PytestUnraisableExceptionWarning")


@pytest.fixture
def read(sdmx_files):
    """What sdmx1 reads of a thing: the structure, and the figures with it."""
    figures, described = sdmx_files
    structure = sdmx.read_sdmx(described)
    return structure, sdmx.read_sdmx(figures, structure=structure.dataflow["FIGURES"]), figures


def test_every_observation_is_read(read):
    _, data, path = read
    (found,) = data.data

    assert len(found.obs) == path.read_text(encoding="utf-8").count("\n") - 1


def test_codes_stand_in_their_lists(read):
    structure, data, _ = read
    lists = {name.removeprefix("CL_"): set(codes.items) for name, codes in structure.codelist.items()}
    listed = structure.structure["FIGURES"]

    assert [dimension.id for dimension in listed.dimensions] == [
        "FREQ", "REF_AREA", "MEASURE", "CATEGORY", "ORGANISATION", "SEX", "TIME_PERIOD",
    ]  # fmt: skip
    for observation in data.data[0].obs:
        for dimension, value in observation.dimension.values.items():
            assert dimension == "TIME_PERIOD" or value.value in lists[dimension]


def test_codes_have_names(tmp_path):
    structure = sdmx.read_sdmx(export(estimates(), tmp_path / "x.xml", format="sdmx-structure"))
    organisations, units = (structure.codelist[name] for name in ("CL_ORGANISATION", "CL_UNIT_MEASURE"))

    assert str(organisations["C_Robinson_Johns_Hopkins_University"].name) == "C. Robinson, Johns Hopkins University"
    assert str(units["persons_returned_a_year"].name) == "persons returned a year"
    assert str(structure.codelist["CL_MEASURE"]["IN_CHINA"].name) == "North Koreans living in China"


def test_series_as_frame(tmp_path):
    pytest.importorskip("pandas")
    thing = series(start=2015)
    structure = sdmx.read_sdmx(export(thing, tmp_path / "x.xml", format="sdmx-structure"))
    path = export(thing, tmp_path / "x.csv", format="sdmx-csv")
    frame = sdmx.to_pandas(sdmx.read_sdmx(path, structure=structure.dataflow["FIGURES"]))

    assert list(frame.xs("_T", level="SEX")) == [int(figure) for figure in thing]
