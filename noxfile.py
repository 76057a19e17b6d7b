"""The checks, one session each; `.ci/run` runs them all."""

import shutil
import sys
import tempfile
from pathlib import Path

import nox

# The sessions use the environment that nox itself is installed in.
nox.options.default_venv_backend = "none"

SOURCES = ("src", "tests", "benchmarks", "docs/conf.py", "noxfile.py")


def run(session: nox.Session, module: str, *arguments: str) -> None:
    """Run a module of this environment."""
    session.run(sys.executable, "-m", module, *arguments, external=True)


@nox.session
def lint(session: nox.Session) -> None:
    run(session, "ruff", "check", *SOURCES)
    run(session, "ruff", "format", "--check", *SOURCES)
    run(session, "check_jsonschema", "--builtin-schema", "vendor.citation-file-format", "CITATION.cff")


@nox.session
def types(session: nox.Session) -> None:
    run(session, "mypy")
    run(session, "pyright", "--pythonpath", sys.executable)


@nox.session
def coverage(session: nox.Session) -> None:
    run(session, "coverage", "erase")
    run(session, "coverage", "run", "-m", "pytest", "-q")
    run(session, "coverage", "combine", "-q")
    run(session, "coverage", "report")


@nox.session
def docs(session: nox.Session) -> None:
    run(session, "sphinx", "-n", "-W", "--keep-going", "-q", "-E", "-b", "html", "docs", "docs/_build/html")


@nox.session
def wheel(session: nox.Session) -> None:
    """Test the built wheel in an environment of its own, with src/ out of reach."""
    with tempfile.TemporaryDirectory() as folder:
        run(session, "build", "--outdir", folder, ".")
        run(session, "venv", f"{folder}/venv")
        python = f"{folder}/venv/bin/python"
        (built,) = Path(folder).glob("*.whl")
        session.run(python, "-m", "pip", "install", "-q", f"{built}[test]", external=True)
        shutil.copytree("tests", f"{folder}/tests", ignore=shutil.ignore_patterns("typing"))
        session.chdir(folder)
        session.run(python, "-c", "import defector_stats as d; assert 'site-packages' in d.__file__", external=True)
        session.run(python, "-m", "pytest", "-q", "--import-mode=importlib", "tests", external=True)
