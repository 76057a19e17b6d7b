"""attrs itself: records as dictionaries, records with another value, hints."""

import attrs
import pytest
from things import things

import defector_stats as ds

RECORDS = {name: thing for name, thing in things().items() if attrs.has(type(thing))}


def values(thing):
    """Everything in nested dictionaries and sequences."""
    if isinstance(thing, dict):
        for value in thing.values():
            yield from values(value)
    elif isinstance(thing, list | tuple):
        for value in thing:
            yield from values(value)
    else:
        yield thing


@pytest.mark.parametrize("name", RECORDS)
def test_asdict_holds_no_function(name):
    assert not any(callable(value) for value in values(attrs.asdict(RECORDS[name])))


def test_asdict_of_observation():
    assert attrs.asdict(ds.arrivals(2020)) == {
        "value": 229,
        "measure": "arrivals",
        "area": "KOR",
        "period": {"first": "2020-01-01", "last": "2020-12-31", "fiscal": False},
        "male": 72,
        "female": 157,
    }


def test_evolve_cannot_keep_sources():
    figure = ds.arrivals(2020)
    origin = ds.Provenance(status="low-reliability", released="2027", sources=figure.sources[-1:])

    with pytest.raises(TypeError, match="provenance"):
        attrs.evolve(figure, value=230, male=None, female=None)
    other = attrs.evolve(figure, value=230, male=None, female=None, provenance=origin)
    assert (int(other), other.sources, figure.value) == (230, figure.sources[-1:], 229)


@pytest.mark.parametrize("name", RECORDS)
def test_resolve_types(name):
    kind = type(RECORDS[name])

    attrs.resolve_types(kind)
    assert not any(isinstance(field.type, str) for field in attrs.fields(kind))
