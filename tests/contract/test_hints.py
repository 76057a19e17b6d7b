"""Hints that tools can read while the program runs."""

import inspect
import subprocess
import sys
import types
import typing

import attrs
import pytest

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
