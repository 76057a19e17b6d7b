"""Hints that tools can read while the program runs."""

import inspect
import subprocess
import sys
import types
import typing

import attrs
import pytest
from things import things

import defector_stats as ds

CLASSES = [name for name in ds.__all__ if isinstance(getattr(ds, name), type)]


def unwrapped(member):
    """The function behind a method or a property."""
    for name in ("fget", "__func__", "func"):
        member = getattr(member, name, None) or member
    return member


def calls():
    """Every public function, method and property, with its name."""
    for name in ds.__all__:
        thing = getattr(ds, name)
        if name not in CLASSES:
            yield name, thing
            continue
        for member in dir(thing):
            call = unwrapped(inspect.getattr_static(thing, member))
            ours = isinstance(call, types.FunctionType) and call.__module__.startswith("defector_stats")
            if ours and (not member.startswith("_") or member in {"__init__", "__getitem__"}):
                yield f"{name}.{member}", call


CALLS = dict(calls())
THINGS = things()


@pytest.mark.parametrize("name", CALLS)
def test_hints_and_signature_resolve(name):
    call = CALLS[name]
    hints = typing.get_type_hints(call)
    signature = inspect.signature(call, eval_str=True)

    assert not any(isinstance(hint, str) for hint in hints.values())
    assert set(hints) <= {*signature.parameters, "return"}


@pytest.mark.parametrize("name", CLASSES)
def test_hints_of_classes_resolve(name):
    kind = getattr(ds, name)

    assert not any(isinstance(hint, str) for hint in typing.get_type_hints(kind).values())
    if attrs.has(kind):
        attrs.resolve_types(kind)


@pytest.mark.parametrize("name", ["arrivals", "series", "breakdown", "data_path", "Catalogue.export"])
def test_hints_resolve_in_fresh_interpreter(name):
    code = f"import typing, defector_stats as ds; print(*typing.get_type_hints(ds.{name}))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, encoding="utf-8", check=True)

    assert done.stdout.split() == [*inspect.signature(CALLS[name]).parameters, "return"][name == "Catalogue.export" :]


def fits(value, hint):
    """Whether a value is what a hint says; plain numbers and texts are no subclass of themselves."""
    origin, arguments = typing.get_origin(hint), typing.get_args(hint)
    if origin in {typing.Union, types.UnionType}:
        return any(fits(value, each) for each in arguments)
    if origin is typing.Literal:
        return type(value) is str and value in arguments
    if origin is tuple:
        parts = arguments[:1] * len(value) if arguments[-1] is ... else arguments
        return type(value) is tuple and all(map(fits, value, parts))
    if hint in {int, str, bool, float}:
        return type(value) is hint
    kind = origin or hint
    return not isinstance(kind, type) or isinstance(value, kind)


@pytest.mark.parametrize("name", THINGS)
def test_values_fit_their_hints(name):
    """Each field and each property, of what a public function gives."""
    thing = THINGS[name]
    hints = typing.get_type_hints(type(thing))
    for member in dir(type(thing)):
        call = unwrapped(inspect.getattr_static(type(thing), member))
        if not member.startswith("_") and isinstance(call, types.FunctionType) and not callable(getattr(thing, member)):
            hints[member] = typing.get_type_hints(call)["return"]
    shown = {member: hint for member, hint in hints.items() if not member.startswith("_")}

    assert shown
    for member, hint in shown.items():
        assert fits(getattr(thing, member), hint), (member, hint, getattr(thing, member))


def find_records(value, found):
    """The records that an answer holds, and those that these hold, by their identities."""
    if isinstance(value, tuple):
        for item in value:
            find_records(item, found)
    elif isinstance(value, ds.Observation):
        find_records(value.provenance, found)
    elif attrs.has(type(value)) and id(value) not in found:
        found[id(value)] = value
        for field in attrs.fields(type(value)):
            find_records(getattr(value, field.name), found)
    return found


@pytest.mark.parametrize("name", THINGS)
def test_fields_of_inner_records_fit_their_hints(name):
    for record in find_records(THINGS[name], {}).values():
        for field, hint in typing.get_type_hints(type(record)).items():
            if typing.get_origin(hint) is not typing.ClassVar:
                assert fits(getattr(record, field), hint), (type(record), field, hint, getattr(record, field))


def test_results_fit_their_hints():
    years = ds.series()
    for call, arguments in (
        (years.rank, (2009,)), (years.is_increasing, ()), (years.crossing, (30_000,)), (years.mean, ()),
        (years.total, ()), (years.peak, ()), (years.changes, ()), (ds.data_version, ()), (ds.data_path, ()),
        (ds.cite, (ds.arrivals(2020),)), (ds.Period.parse(2020).within, (2020, None)),
        (ds.Period.parse(2020).overlaps, (2021,)), (ds.Period.parse(2020).shift, (1,)),
    ):  # fmt: skip
        assert fits(call(*arguments), typing.get_type_hints(call)["return"]), call


def test_what_functions_return():
    returned = {name: typing.get_type_hints(CALLS[name])["return"] for name in CALLS if name in ds.__all__}

    assert (returned["arrivals"], returned["observation"]) == (ds.Observation, ds.Observation)
    assert (returned["series"], returned["observations"]) == (ds.TimeSeries, ds.Observations)
    assert (returned["measures"], returned["areas"], returned["sources"]) == (ds.Measures, ds.Areas, ds.Sources)


def test_editors_are_offered_closed_sets():
    def offered(name, argument):
        hint = typing.get_type_hints(CALLS[name])[argument]
        assert str in typing.get_args(hint)
        return {word for part in typing.get_args(hint) for word in typing.get_args(part)}

    assert offered("observation", "measure") == {measure.id for measure in ds.measures()}
    assert offered("estimates", "topic") == {estimate.topic for estimate in ds.estimates()}
    assert offered("indicators", "topic") == {indicator.topic for indicator in ds.indicators()}
    assert offered("faq", "topic") == {topic for entry in ds.faq() for topic in entry.topics}
    assert offered("breakdown", "dimension") == {"age", "occupation", "province", "education", "residence"}
    assert offered("series", "frequency") == {*"ASQM"} | {
        frequency for measure in ds.measures() for frequency in measure.frequencies
    }
    assert offered("verify", "sex") == {"total", "male", "female"}
    assert offered("cite", "style") == {"text", "markdown", "bibtex", "ris", "csl-json"}
    assert offered("export", "format") == {"csv", "json", "sdmx-csv", "sdmx-structure", "datapackage", "jsonld"}
    assert offered("export", "encoding") == {"utf-8", "utf-8-sig"}


def test_frames_of_libraries_that_are_not_installed(monkeypatch):
    """Nobody can have a frame of a library that is not there, so that its hint is any object."""
    for name in ("pandas", "polars", "pyarrow"):
        monkeypatch.setitem(sys.modules, name, None)

    for method in ("to_pandas", "to_polars", "to_arrow"):
        assert typing.get_type_hints(getattr(ds.TimeSeries, method)) == {"return": object}


@pytest.mark.parametrize(
    ("method", "library", "kind"),
    [("to_pandas", "pandas", "DataFrame"), ("to_polars", "polars", "DataFrame"), ("to_arrow", "pyarrow", "Table")],
)
def test_frames_of_installed_libraries(method, library, kind):
    frame = getattr(pytest.importorskip(library), kind)

    assert typing.get_type_hints(getattr(ds.TimeSeries, method)) == {"return": frame}
