"""The front door: what it names, and what opening it costs."""

import ast
import importlib
import inspect
import itertools
import os
import shutil
import subprocess
import sys
import sysconfig
from pathlib import Path

import attrs
import dateutil
import pytest

import defector_stats

# attrs loads more or less of the standard library from version to version; csv is ours.
BASE = "import sys, attrs, csv, functools; before = set(sys.modules); "
REPORT = "print(*sorted(set(sys.modules) - before))"


def printed(code):
    """What a fresh interpreter prints."""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, encoding="utf-8", check=True)
    return done.stdout


def loaded(statement, base=BASE):
    return printed(f"{base}{statement}; {REPORT}").split()


def test_import_loads_one_module():
    base = "import sys; before = set(sys.modules); "

    assert loaded("import defector_stats", base) == ["defector_stats"]


def test_first_answer_loads_few_modules():
    """No `fractions`, `pathlib`, `importlib.resources` or `json`: each costs a twentieth of attrs or more."""
    modules = loaded("import defector_stats; defector_stats.arrivals(2020)")

    assert [name for name in modules if name.partition(".")[0] != "defector_stats"] == []
    assert len(modules) <= 14


def test_first_answer_makes_two_classes():
    """Each attrs class costs a tenth of a bare interpreter."""
    code = (
        "import sys, attrs, defector_stats; defector_stats.arrivals(2020); "
        "ours = [module for name, module in sys.modules.items() if name.startswith('defector_stats')]; "
        "things = [thing for module in ours for thing in vars(module).values()]; "
        "print(*sorted({thing.__name__ for thing in things if isinstance(thing, type) and attrs.has(thing)}))"
    )

    assert printed(code).split() == ["Observation", "Period"]


def test_first_answer_reads_two_files():
    """The first answer reads the log and the table of measures only."""
    code = (
        "import sys; opened = []; "
        "sys.addaudithook(lambda event, args: opened.append(str(args[0])) if event == 'open' else None); "
        "import defector_stats; defector_stats.arrivals(2020); "
        "print(*sorted({name for name in opened if '/data/' in name}), sep='\\n')"
    )

    assert [Path(name).name for name in printed(code).splitlines()] == ["arrivals.csv", "measures.csv"]


def reexports():
    """The names of the stub, each with its module; functions are methods of the bundled catalogue."""
    stub = Path(defector_stats.__file__).with_suffix(".pyi")
    for node in ast.parse(stub.read_text(encoding="utf-8")).body:
        if isinstance(node, ast.ImportFrom) and node.module != "typing":
            for alias in node.names:
                assert alias.asname == alias.name
                yield alias.name, node.module
        elif isinstance(node, ast.AnnAssign) and node.value is not None:
            assert node.value.attr == node.target.id
            yield node.target.id, "defector_stats.catalogue"


def test_table_stub_all_and_dir_are_equal():
    names = dict(reexports())

    assert sorted(names) == sorted(defector_stats.__all__)
    assert dir(defector_stats) == sorted([*defector_stats.__all__, "__version__"])
    for name, module in names.items():
        found = getattr(defector_stats, name)
        home = importlib.import_module(module)
        bound = getattr(home.Catalogue.bundled(), name, None) if module.endswith("catalogue") else None
        assert found == (bound or getattr(home, name)), name


def test_stub_says_first_line_of_docstrings():
    stub = Path(defector_stats.__file__).with_suffix(".pyi")
    body = ast.parse(stub.read_text(encoding="utf-8")).body
    said = {
        node.target.id: text.value.value
        for node, text in itertools.pairwise(body)
        if isinstance(node, ast.AnnAssign) and isinstance(text, ast.Expr)
    }
    things = {name: getattr(defector_stats, name) for name in defector_stats.__all__}

    assert said == {
        name: inspect.getdoc(thing).partition("\n")[0] for name, thing in things.items() if not isinstance(thing, type)
    }


def test_names_after_importing_all_modules():
    code = (
        "import pkgutil, importlib, defector_stats as d; "
        "names = [m.name for m in pkgutil.walk_packages(d.__path__, 'defector_stats.') if '__' not in m.name]; "
        "assert names; [importlib.import_module(name) for name in names]; "
        "print(d.arrivals(2020), len(d.series()), all(callable(getattr(d, n)) for n in d.__all__))"
    )

    assert printed(code) == "229 34 True\n"


def test_misspelt_name_raises_attribute_error():
    with pytest.raises(AttributeError, match="module 'defector_stats' has no attribute 'arivals'"):
        defector_stats.arivals  # noqa: B018


def test_star_import_gives_public_names():
    space = {}
    exec("from defector_stats import *", space)  # noqa: S102

    assert set(defector_stats.__all__) <= set(space)


def test_version_of_installed_package():
    from importlib.metadata import version

    assert defector_stats.__version__ == version("defector-stats")


# From the ground to the roof.
ROOMS = [
    "errors",
    "_model",
    "_store",
    "_analysis",
    "_texts",
    "_output",
    "_strategies",
    "catalogue",
    "_cli",
    "cli",
    "__init__",
    "__main__",
]
SEAM = "_model/shown.py"


def test_rooms_import_downwards():
    """Imports for types and inside functions count too; only the seam imports upwards."""
    root = Path(defector_stats.__file__).parent
    upwards = []
    for path in root.rglob("*.py"):
        name = path.relative_to(root)
        height = ROOMS.index(name.parts[0].removesuffix(".py"))
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("defector_stats."):
                above = ROOMS.index(node.module.split(".")[1]) > height
                if above and name.as_posix() != SEAM:
                    upwards.append(f"{name}:{node.lineno} imports {node.module}")

    assert upwards == []


def test_no_text_becomes_code():
    """Lint refuses the rest: `eval`, `pickle`, shells, sockets and their like."""
    built_in = set()
    for path in Path(defector_stats.__file__).parent.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Name) and node.id in {"__import__", "compile", "eval", "exec"}:
                built_in.add((path.stem, node.id))

    assert built_in == {("__init__", "__import__")}


def test_records_frozen_slotted_keyword_only():
    public = [getattr(defector_stats, name) for name in defector_stats.__all__]
    records = [each for each in public if isinstance(each, type) and attrs.has(each)]
    assert defector_stats.Observation in records
    for record in records:
        assert hasattr(record, "__slots__") or record is defector_stats.Observation
        assert all(field.kw_only for field in attrs.fields(record))
        if record is not defector_stats.Observation:
            with pytest.raises(TypeError):
                record(1)


def test_first_calls_from_many_threads():
    code = (
        "from concurrent.futures import ThreadPoolExecutor as P; import defector_stats as d; "
        "print(set(P(100).map(lambda _: d.arrivals(2020).record()['value'], range(100))))"
    )

    assert printed(code) == "{229}\n"


def test_import_from_zip_file(tmp_path):
    import shutil

    folder = Path(defector_stats.__file__).parent
    archive = shutil.make_archive(str(tmp_path / "lib"), "zip", folder.parent, folder.name)
    code = (
        f"import sys; sys.path.insert(0, {archive!r}); import defector_stats as d; "
        "assert '.zip' in d.__file__; print(d.arrivals(2020), d.data_version())\n"
        "try:\n    d.data_path()\nexcept FileNotFoundError as error:\n    print(error)"
    )

    assert printed(code) == f"229 {defector_stats.data_version()}\nthis catalogue was not read from a folder of files\n"


def test_no_call_opens_socket():
    code = (
        "import sys; "
        "sys.addaudithook(lambda event, _: event.startswith('socket.') and sys.exit(3)); "
        "from defector_stats.cli import main; import defector_stats as d; "
        "[main(a) for a in ([], ['2020'], ['series'], ['check'])]; d.freshness(); "
        "d.compare(2019, 2020); d.context(2019); d.verify(1, 2020); "
        "d.estimates(); d.breakdown('age'); d.destinations(2016); d.faq(); d.claims(); d.Catalogue.read(d.data_path())"
    )
    environment = {**os.environ, "PYTHONIOENCODING": "utf-8"}
    assert (
        subprocess.run([sys.executable, "-c", code], capture_output=True, check=False, env=environment).returncode == 0
    )


# Only these are found: a copy of the package and what it needs, none with the metadata of a distribution.
ALONE = (
    "import sys; sys.path[:0] = [{folder!r}]; "
    "import importlib.metadata as metadata; assert [*metadata.distributions()] == []; "
)


@pytest.fixture(scope="module")
def vendored(tmp_path_factory):
    """A folder with a copy of the package, of attrs and of dateutil."""
    folder = tmp_path_factory.mktemp("vendored")
    homes = [Path(each.__file__).parent for each in (defector_stats, attrs, dateutil)]
    homes.append(homes[1].with_name("attr"))
    for home in homes:
        shutil.copytree(home, folder / home.name, ignore=shutil.ignore_patterns("__pycache__"))
    six = Path(sysconfig.get_path("purelib"), "six.py")
    if six.exists():  # dateutil 2 needs it
        shutil.copy(six, folder)
    return folder


def said(folder, code):
    """What a program prints that finds no distribution at all."""
    alone = ALONE.format(folder=str(folder))
    command = [sys.executable, "-I", "-S", "-X", "utf8", "-c", alone + code]
    done = subprocess.run(command, capture_output=True, encoding="utf-8", check=False)
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout.strip()


def test_vendored_copy_knows_its_version(vendored):
    version = defector_stats.__version__
    assert said(vendored, "import defector_stats; print(defector_stats.__version__)") == version
    assert said(vendored, "from defector_stats import *; print(arrivals(2020))") == "229"
    told = said(vendored, "from defector_stats import *; print(cite(arrivals(2020))); print(cite())").splitlines()
    assert told[0].endswith(f" Compiled by defector-stats {version}, data edition {defector_stats.data_version()}.")
    assert f" Version {version}. Data edition " in told[1]
    line = said(vendored, "from defector_stats.cli import main; sys.exit(main(['--version']))")
    assert line == f"defector-stats {version}, data edition {defector_stats.data_version()}"


def test_cite_from_zip_of_vendored_copy(vendored, tmp_path):
    archive = shutil.make_archive(str(tmp_path / "package"), "zip", vendored)
    told = said(archive, "from defector_stats import *; print(cite(arrivals(2020)))")

    assert f"Compiled by defector-stats {defector_stats.__version__}, data edition" in told
