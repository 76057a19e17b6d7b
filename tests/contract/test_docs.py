"""Every example in README, docs and docstrings runs, with its output compared.

Run as a program, this writes the results of the examples on the pages anew.
"""

import contextlib
import doctest
import importlib.util
import inspect
import io
import os
import pkgutil
import re
import shlex
import subprocess
import sys
import tempfile
import traceback
import typing
from pathlib import Path

import pytest

import defector_stats
from defector_stats import arrivals
from defector_stats.cli import main

OPTIONS = doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE
ROOT = Path(__file__).parents[2]
# The folders of answers are made at each build of the pages.
WRITTEN = [
    path
    for path in sorted((ROOT / "docs").rglob("*.md"))
    if not any(part.startswith("_") for part in path.relative_to(ROOT).parts)
    and path.parent.parent != ROOT / "docs" / "answers"
]
PAGES = [path for path in (ROOT / "README.md", *WRITTEN) if path.exists()]
# What the examples of a page, or of a module, need besides the library itself.
LIBRARIES = {
    "software.md": ("fastapi", "pydantic"),
    "frames.md": ("pandas", "polars", "pyarrow", "duckdb", "matplotlib"),
    **dict.fromkeys(("start.md", "as-of.md", "charts.md", "anywhere.md", "changes.md"), ("matplotlib",)),
    "_output.canvas": ("matplotlib",),
}
MODULES = [
    module.name.removeprefix("defector_stats.")
    for module in pkgutil.walk_packages(defector_stats.__path__, "defector_stats.")
]

NUMBER = re.compile(r"(?<![\w.,-])\d[\d,]*\d")
# Numbers in prose that are no figures: a year, the day before the name of a month, a standard.
OTHER = re.compile(r"\b(?:19|20)\d\d\b|\b\d{1,2} (?=[JFMASOND][a-z]{2,8} \d{4})|\bISO \d+")

WORDS = re.compile("<text[^>]*>(.*?)</text>", re.DOTALL)

needs_pages = pytest.mark.skipif(not (ROOT / "pyproject.toml").exists(), reason="the pages are not part of the wheel")


def blocks(path, language):
    text = path.read_text(encoding="utf-8")
    return re.findall(rf"^```{language}\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)


@pytest.mark.parametrize("name", MODULES)
def test_docstring_examples_run(name, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    for library in LIBRARIES.get(name, ()):
        pytest.importorskip(library)
    module = importlib.import_module(f"defector_stats.{name}")
    result = doctest.testmod(module, optionflags=OPTIONS)

    assert result.failed == 0
    assert result.attempted == len(re.findall(r"^ *>>> ", inspect.getsource(module), re.MULTILINE))


def test_public_names_have_docstring_example():
    with_example = {
        test.name.split(".")[-1]
        for name in MODULES
        for test in doctest.DocTestFinder().find(importlib.import_module(f"defector_stats.{name}"))
        if test.examples
    }

    assert set(defector_stats.__all__) <= with_example


@needs_pages
@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.name)
def test_python_examples_on_pages_run(path, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
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

    assert examples > 0 or blocks(path, "console")
    assert runner.failures == 0


@needs_pages
@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.name)
def test_figures_in_prose_have_examples(path):
    """An example on the page prints each figure of its prose."""
    text = path.read_text(encoding="utf-8")
    prose = re.sub(r"^```.*?^```$|`[^`\n]*`|\{\w+\}`[^`]*`|<\w[^>]*>", "", text, flags=re.MULTILINE | re.DOTALL)
    shown = {int(number.replace(",", "")) for block in blocks(path, r"\w+") for number in NUMBER.findall(block)}

    said = {int(number.replace(",", "")) for number in NUMBER.findall(OTHER.sub("", prose))}
    assert said <= shown


@needs_pages
def test_shell_examples_on_pages_run(capsys, monkeypatch):
    monkeypatch.setenv("COLUMNS", "80")
    sessions = [session for path in PAGES for session in blocks(path, "console")]
    assert len(sessions) > 2
    for session in sessions:
        command, _, expected = session.partition("\n")
        main(shlex.split(command.removeprefix("$ defector-stats")))
        assert capsys.readouterr().out == expected


@needs_pages
def test_reference_shows_public_names():
    text = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "docs" / "reference").glob("*.md"))
    shown = re.findall(r"^\.\. auto(?:class|exception|function):: (\w+)$", text, re.MULTILINE)

    assert sorted(shown) == sorted(defector_stats.__all__)


@needs_pages
def test_tables_of_functions_in_order_of_page():
    text = (ROOT / "docs" / "reference" / "api.md").read_text(encoding="utf-8")
    lists = re.findall(r"^\.\. autosummary::\n   :nosignatures:\n\n((?:   \w+\n)+)", text, re.MULTILINE)
    described = re.findall(r"^\.\. autofunction:: (\w+)$", text, re.MULTILINE)

    assert [name for names in lists for name in names.split()] == described


def test_public_names_fields_methods_have_docstring():
    """What tools find that read the source alone, the stub among it; a field may be documented on a base."""
    griffe = pytest.importorskip("griffe")
    package = griffe.load("defector_stats", search_paths=[Path(defector_stats.__file__).parents[1]])

    def documented(member, name):
        return member.has_docstring or any(
            name in base.members and base.members[name].has_docstring for base in member.parent.mro()
        )

    public = {name: package[name] for name in defector_stats.__all__}
    members = {
        f"{name}.{member}": documented(found, member)
        for name, thing in public.items()
        if thing.is_class
        for member, found in thing.members.items()
        if not member.startswith("_")
    }
    assert [name for name, thing in public.items() if not thing.has_docstring] == []
    assert {"Observation.female", "TimeSeries.COLUMNS", "Period.parse", "NoDataError.reason"} <= set(members)
    assert [name for name, found in members.items() if not found] == []


FUNCTIONS = [name for name in defector_stats.__all__ if not isinstance(getattr(defector_stats, name), type)]
SECTIONS = re.compile(r"^(Args|Returns|Raises|Examples|See Also):$", re.MULTILINE)


@pytest.mark.parametrize("name", FUNCTIONS)
def test_function_docstring_complete(name):
    """Arguments are described one by one, those of a closed set with all names, then what is returned."""
    function = getattr(defector_stats, name)
    _, *parts = SECTIONS.split(inspect.getdoc(function))
    sections = dict(zip(parts[::2], parts[1::2], strict=True))
    described = re.split(r"^    (\w+): ", sections.get("Args", ""), flags=re.MULTILINE)
    arguments = dict(zip(described[1::2], described[2::2], strict=True))
    hints = typing.get_type_hints(function)

    assert list(sections) == [one for one in ("Args", "Returns", "Raises", "Examples", "See Also") if one in sections]
    assert {"Returns", "Examples", "See Also"} <= set(sections)
    assert list(arguments) == list(inspect.signature(function).parameters)
    for argument, text in arguments.items():
        # A catalogue may have more measures, so they are not listed.
        names = set() if argument == "measure" else literals(hints[argument])
        assert names <= set(re.findall(r"``([\w-]+)``", text)), argument


def literals(hint):
    """The names that a hint lists."""
    found = typing.get_args(hint)
    if typing.get_origin(hint) is typing.Literal:
        return set(found)
    return {name for part in found for name in literals(part)}


@needs_pages
def test_changelog_numbers_match_data(table):
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
        *(len(table(name)) for name in ("estimates", "breakdown-tables", "breakdowns", "sources", "misprints")),
        *(len(table(name)) for name in ("alternatives", "series-breaks", "gaps")),
    ]


@needs_pages
def test_chart_of_readme_is_current(tmp_path):
    """The chart in README says what one that is drawn today says."""
    pytest.importorskip("matplotlib")
    program = "import sys; from pages.landing import save; save(sys.argv[1])"
    subprocess.run([sys.executable, "-c", program, tmp_path], cwd=ROOT / "docs", check=True)
    text = (ROOT / "README.md").read_text(encoding="utf-8")

    for name in ("arrivals.svg", "arrivals-narrow.svg"):
        kept = (ROOT / "docs" / "_static" / name).read_text(encoding="utf-8")
        assert f'"docs/_static/{name}"' in text
        assert WORDS.findall(kept) == WORDS.findall((tmp_path / name).read_text(encoding="utf-8"))
        assert f">{arrivals(2009):,}</text>" in kept


def results(path):
    """The text of a page with the results that its examples have today."""
    names = {}

    def filled(block):
        lines = []
        examples = doctest.DocTestParser().get_examples(block[1])
        if not examples:
            return block[0]
        for example in examples:
            first, *others = example.source.rstrip("\n").split("\n")
            lines += [f">>> {first}", *(f"... {line}".rstrip() for line in others)]
            with contextlib.redirect_stdout(io.StringIO()) as printed:
                try:
                    exec(compile(example.source, path.name, "single"), names)  # noqa: S102 - our own examples
                except Exception as error:  # noqa: BLE001 - some examples show an error
                    print("Traceback (most recent call last):\n...")  # noqa: T201
                    print("".join(traceback.format_exception_only(error)).rstrip())  # noqa: T201
            # What an example leaves open with dots stays open as long as it holds.
            same = doctest.OutputChecker().check_output(example.want, printed.getvalue(), OPTIONS)
            lines += (example.want if same else printed.getvalue()).splitlines()
        return "\n".join(["```python", *lines, "```"])

    def told(block):
        command = block[1].partition("\n")[0]
        with contextlib.redirect_stdout(io.StringIO()) as printed:
            main(shlex.split(command.removeprefix("$ defector-stats")))
        return f"```console\n{command}\n{printed.getvalue()}```"

    text = path.read_text(encoding="utf-8")
    for language, written in {"python": filled, "console": told}.items():
        text = re.sub(rf"^```{language}\n(.*?)^```$", written, text, flags=re.MULTILINE | re.DOTALL)
    return text


@needs_pages
def test_rewrite_examples(tmp_path):
    """Rewriting the results corrects those that are wrong, and changes nothing else."""
    path = tmp_path / "page.md"
    text = (
        "Text.\n\n```python\nimport x\n```\n\n"
        "```python\n>>> x = 2\n>>> x\n2\n>>> for y in range(2):\n...     print(y, '.')\n0 ...\n1 .\n```\n"
    )
    path.write_text(text, encoding="utf-8")

    assert results(path) == text
    path.write_text(text.replace("x = 2", "x = 3") + "\n```python\n>>> 1 / 0\n```\n", encoding="utf-8")
    assert results(path) == text.replace("x = 2", "x = 3").replace("\n2\n", "\n3\n") + (
        "\n```python\n>>> 1 / 0\nTraceback (most recent call last):\n...\nZeroDivisionError: division by zero\n```\n"
    )


if __name__ == "__main__":
    os.environ["COLUMNS"] = "80"
    for page in PAGES:
        if all(map(importlib.util.find_spec, LIBRARIES.get(page.name, ()))):
            with tempfile.TemporaryDirectory() as elsewhere, contextlib.chdir(elsewhere):
                page.write_text(results(page), encoding="utf-8")
