"""Every example in README, docs and docstrings runs, with its output compared."""

import doctest
import importlib
import inspect
import pkgutil
import re
from pathlib import Path

import pytest

import defector_stats
from defector_stats.cli import main

OPTIONS = doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE
ROOT = Path(__file__).parents[1]
PAGES = [path for path in (ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))) if path.exists()]
# What the examples of a page, or of a module, need besides the library itself.
LIBRARIES = {
    "frames.md": ("pandas", "polars", "pyarrow", "duckdb"),
    "charts.md": ("matplotlib",),
    "notebooks.md": ("matplotlib",),
    "canvas": ("matplotlib",),
}
MODULES = [module.name for module in pkgutil.iter_modules(defector_stats.__path__)]

needs_pages = pytest.mark.skipif(not (ROOT / "pyproject.toml").exists(), reason="the pages are not part of the wheel")


def blocks(path, language):
    text = path.read_text(encoding="utf-8")
    return re.findall(rf"^```{language}\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)


@pytest.mark.parametrize("name", MODULES)
def test_the_examples_in_docstrings_run(name):
    for library in LIBRARIES.get(name, ()):
        pytest.importorskip(library)
    module = importlib.import_module(f"defector_stats.{name}")
    result = doctest.testmod(module, optionflags=OPTIONS)

    assert result.failed == 0
    assert result.attempted == len(re.findall(r"^ *>>> ", inspect.getsource(module), re.MULTILINE))


def test_the_public_functions_and_most_records_have_an_example():
    with_example = {
        test.name.split(".")[-1]
        for name in MODULES
        for test in doctest.DocTestFinder().find(importlib.import_module(f"defector_stats.{name}"))
        if test.examples
    }
    functions = {name for name in defector_stats.__all__ if name[0].islower()}

    assert functions <= with_example
    assert {"Observation", "TimeSeries", "Period", "Gap", "Catalogue"} <= with_example


@needs_pages
@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.name)
def test_the_python_examples_on_the_pages_run(path):
    for library in LIBRARIES.get(path.name, ()):
        pytest.importorskip(library)
    names = {}
    runner = doctest.DocTestRunner(optionflags=OPTIONS)
    examples = 0
    for block in blocks(path, "python"):
        test = doctest.DocTestParser().get_doctest(block, names, path.name, str(path), 0)
        examples += len(test.examples)
        runner.run(test, clear_globs=False)
        names = test.globs

    assert examples > 0
    assert runner.failures == 0


@needs_pages
def test_the_command_line_examples_print_what_the_readme_shows(capsys):
    sessions = blocks(ROOT / "README.md", "console")
    assert sessions
    for session in sessions:
        command, _, expected = session.partition("\n")
        main(command.removeprefix("$ defector-stats").split())
        assert capsys.readouterr().out == expected


@needs_pages
def test_the_reference_shows_every_public_name():
    text = (ROOT / "docs" / "reference.md").read_text(encoding="utf-8")
    shown = set(re.findall(r"auto(?:class|exception):: (\w+)", text)) | set(re.findall(r"<Catalogue\.(\w+)>", text))

    assert shown == set(defector_stats.__all__)


@needs_pages
def test_the_numbers_in_the_changelog_are_those_of_the_data(table):
    text = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    logs = [row["id"] for row in table("measures")][1:]
    said = re.search(
        r"(\d+) rows on arrivals.*?(\d+) rows in (\d+) logs.*?(\d+) estimates.*?(\d+) breakdowns, in (\d+) rows"
        r".*?from (\d+) sources.*?(\d+) printed.*?(\d+) values.*?(\d+) changes of method.*?(\d+) gaps",
        text,
        re.DOTALL,
    )

    assert [int(number) for number in said.groups()] == [
        len(table("arrivals")),
        sum(len(table(name)) for name in logs),
        len(logs),
        *(len(table(name)) for name in ("estimates", "tables", "breakdowns", "sources", "misprints")),
        *(len(table(name)) for name in ("alternatives", "breaks", "gaps")),
    ]
