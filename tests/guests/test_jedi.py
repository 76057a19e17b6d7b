"""jedi, which completes in Spyder, JupyterLab and many editors."""

import inspect
from pathlib import Path

import pytest

import defector_stats as ds

jedi = pytest.importorskip("jedi")

FUNCTIONS = [name for name in ds.__all__ if name.islower()]
HOME = Path(ds.__file__).parent


def names(code):
    return {completion.name for completion in jedi.Script(code).complete()}


def test_completes_public_names():
    assert set(ds.__all__) <= names("from defector_stats import ")
    assert set(ds.__all__) <= names("import defector_stats as ds\nds.")


@pytest.mark.parametrize("name", FUNCTIONS)
def test_function_has_signature_docstring_and_place(name):
    script = jedi.Script(f"from defector_stats import {name}\n{name}()")
    (signature,) = script.get_signatures(2, len(name) + 1)
    (found,) = script.infer(2, 1)
    lines, first = inspect.getsourcelines(getattr(ds.Catalogue, name))
    shown = [parameter.name for parameter in signature.params]

    assert [each for each in shown if each not in {"*", "/"}] == list(inspect.signature(getattr(ds, name)).parameters)
    assert inspect.getdoc(getattr(ds, name)).splitlines()[0] in found.docstring()
    assert (found.module_path, found.name) == (HOME / "catalogue.py", name)
    assert first <= found.line < first + len(lines)


@pytest.mark.parametrize("name", [name for name in ds.__all__ if name not in FUNCTIONS])
def test_class_has_docstring_and_place(name):
    (found,) = jedi.Script(f"from defector_stats import {name}\n{name}").goto(2, 1, follow_imports=True)

    assert found.type == "class"
    assert inspect.getdoc(getattr(ds, name)).splitlines()[0] in found.docstring()
    assert found.module_path.is_relative_to(HOME)
    assert found.module_path.suffix == ".py"


def test_completes_answers():
    start = "from defector_stats import arrivals, faq_entry, series\n"

    assert {"female", "female_share", "sources"} <= names(f"{start}arrivals(2020).")
    assert {"at", "between", "peak"} <= names(f"{start}series().")
    assert {"female", "sources"} <= names(f"{start}series()[0].")
    assert {"summary", "citations"} <= names(f"{start}faq_entry('cost').")
