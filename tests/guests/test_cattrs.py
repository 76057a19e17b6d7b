"""cattrs: records as plain dictionaries, and back."""

import pytest
from things import things

import defector_stats as ds

cattrs = pytest.importorskip("cattrs")

RECORDS = things()


@pytest.mark.parametrize("name", RECORDS)
def test_every_record_unstructures(name):
    assert cattrs.unstructure(RECORDS[name])


def test_observation_unstructures_to_its_fields():
    found = cattrs.unstructure(ds.arrivals(2020))

    assert (found["value"], found["female"], found["period"]["first"]) == (229, 157, "2020-01-01")


def test_records_survive_the_way_there_and_back():
    period, source = ds.Period.parse("2020-Q1"), ds.arrivals(2020).sources[0]

    assert cattrs.structure(cattrs.unstructure(period), ds.Period) == period
    assert cattrs.structure(cattrs.unstructure(source), ds.Source) == source


def test_observation_cannot_be_structured_without_sources():
    with pytest.raises(ds.InvalidValueError):
        cattrs.structure(cattrs.unstructure(ds.arrivals(2020)), ds.Observation)
