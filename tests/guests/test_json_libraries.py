"""orjson, msgspec and YAML take what `record()` gives."""

import json

import pytest
from things import things

import defector_stats as ds

RECORDS = {name: thing.record() for name, thing in things().items() if hasattr(thing, "record")}
ROWS = {name: thing.records() for name, thing in things().items() if hasattr(thing, "records")}
PLAIN = {**RECORDS, **{f"{name} rows": rows for name, rows in ROWS.items()}}


def dumps_orjson(thing):
    return pytest.importorskip("orjson").dumps(thing)


def dumps_msgspec(thing):
    return pytest.importorskip("msgspec").json.encode(thing)


@pytest.mark.parametrize("dumps", [dumps_orjson, dumps_msgspec])
@pytest.mark.parametrize("name", PLAIN)
def test_plain_values_are_json(name, dumps):
    assert json.loads(dumps(PLAIN[name])) == json.loads(json.dumps(PLAIN[name])) == PLAIN[name]


@pytest.mark.parametrize("name", PLAIN)
def test_plain_values_are_yaml(name):
    yaml = pytest.importorskip("yaml")

    assert yaml.safe_load(yaml.safe_dump(PLAIN[name], allow_unicode=True)) == PLAIN[name]


def test_observation_is_its_number():
    assert (json.dumps(ds.arrivals(2020)), dumps_orjson(ds.arrivals(2020))) == ("229", b"229")


def test_each_record_has_record():
    """A period is its text; the others that have none are sequences, whose rows have one."""
    without = {name for name, thing in things().items() if not hasattr(thing, "record")}

    assert without - set(ROWS) == {"Period"}
    assert RECORDS["Source"]["publisher"] == ds.sources()[0].publisher
    assert RECORDS["Gap"]["reason"] == "not-found"
    assert RECORDS["Area"]["aliases"][0] == "AU"
