"""Mutants of the constants and tables of modules and classes; mutmut changes functions only."""

import json
import math
import os
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from importlib.util import cache_from_source
from itertools import islice
from pathlib import Path
from queue import SimpleQueue
from typing import NamedTuple
from xml.etree import ElementTree as ET

import libcst
from mutmut.mutation.mutators import mutation_operators

HERE = Path(__file__).parent
# What a type checker alone reads, and what only a star import reads.
UNREAD = {"TYPE_CHECKING", "__all__"}
# No test failed, or there was none.
ALIVE = {0, 5}
# In seconds: what all tests of a module may take, and the longest of those that are quick.
LIMIT, QUICK = 900, 0.2


class Mutant(NamedTuple):
    """One change: the name that is assigned, the operator, the text before and after, and the whole module."""

    name: str
    operator: str
    before: str
    after: str
    code: str


def find_assignments(
    body: Sequence[libcst.CSTNode], owner: str = ""
) -> Iterator[tuple[str, libcst.Assign | libcst.AnnAssign]]:
    """Yield the assignments of a module and of its classes, each with its name."""
    for statement in body:
        if isinstance(statement, libcst.ClassDef):
            yield from find_assignments(statement.body.body, f"{owner}{statement.name.value}.")
        elif isinstance(statement, libcst.SimpleStatementLine):
            for part in statement.body:
                if isinstance(part, libcst.Assign | libcst.AnnAssign) and part.value is not None:
                    target = part.targets[0].target if isinstance(part, libcst.Assign) else part.target
                    yield owner + libcst.Module([]).code_for_node(target), part


def find_nodes(node: libcst.CSTNode) -> Iterator[libcst.CSTNode]:
    """Yield a node and all that it holds."""
    yield node
    for child in node.children:
        yield from find_nodes(child)


def make_mutants(path: Path) -> Iterator[Mutant]:
    """Yield each change of a constant or a table; a text is changed in one way only."""
    module = libcst.parse_module(path.read_text(encoding="utf-8"))
    for name, assignment in find_assignments(module.body):
        if name in UNREAD or assignment.value is None:
            continue
        for node in (assignment, *find_nodes(assignment.value)):
            for kind, operator in mutation_operators:
                made = operator(node) if isinstance(node, kind) else ()
                for mutated in islice(made, 1 if isinstance(node, libcst.BaseString) else None):
                    yield Mutant(
                        name,
                        operator.__name__.removeprefix("operator_"),
                        module.code_for_node(node),
                        module.code_for_node(mutated),
                        module.deep_replace(node, mutated).code,
                    )


def note_seconds(report: Path, stats: Path) -> None:
    """Write down how long each test of a report took, in the form in which mutmut does."""
    cases = ET.parse(report).iter("testcase")  # noqa: S314, we made it
    seconds = {
        f"{case.attrib['classname'].replace('.', '/')}.py::{case.attrib['name']}": float(case.attrib["time"])
        for case in cases
    }
    stats.write_text(json.dumps({"duration_by_test": seconds}), encoding="utf-8")


def run_tests(
    tree: Path, sources: Path, tests: list[str], *more: str, above: float = -math.inf, longest: float = math.inf
) -> int:
    """Return how pytest ends with the package of a folder; programs that the tests start see that package too."""
    options = tomllib.loads((tree / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["mutmut"]
    surroundings = {
        **os.environ,
        "PYTHONPATH": os.pathsep.join([str(sources), str(HERE)]),  # the second for the plug-in `fresh`
        "PYTEST_DEBUG_TEMPROOT": str(sources.parent),
        "PYTHONDONTWRITEBYTECODE": "",  # the tests are compiled once
        "SECONDS_OF_TESTS": f"{above} {longest}",
    }
    command = [sys.executable, "-m", "pytest", "-q", "-x", *options["pytest_add_cli_args"], *more, *tests]
    try:
        return subprocess.run(
            command, cwd=tree, env=surroundings, capture_output=True, timeout=LIMIT, check=False
        ).returncode
    except subprocess.TimeoutExpired:
        return 1


def find_survivors(tree: Path, module: Path, tests: list[str], every: int) -> tuple[int, int, list[Mutant]]:
    """Return how many mutants a module of a tree has, how many were tried, and those that no test notices."""
    made = list(make_mutants(tree / module))
    mutants = made[::every]
    if not mutants:
        return 0, 0, []
    folders: SimpleQueue[Path] = SimpleQueue()
    for number in range(os.cpu_count() or 1):
        folder = tree.parent / f"constants-{number}"
        shutil.rmtree(folder, ignore_errors=True)
        shutil.copytree(tree / "src", folder / "src")
        folders.put(folder)

    def survives(code: str) -> bool:
        folder = folders.get()
        (folder / module).write_text(code, encoding="utf-8")
        # A mutant of the same size, written in the same second, would pass for the one before.
        Path(cache_from_source(str(folder / module))).unlink(missing_ok=True)
        try:
            # Most are killed by a quick test of the module itself, and need not wait until the others are collected.
            return (
                run_tests(tree, folder / "src", tests[:1], longest=QUICK) in ALIVE
                and run_tests(tree, folder / "src", tests[1:], longest=QUICK) in ALIVE
                and run_tests(tree, folder / "src", tests, above=QUICK) in ALIVE
            )
        finally:
            folders.put(folder)

    report, stats = tree.parent / "report.xml", tree / "mutmut-stats.json"
    stats.unlink(missing_ok=True)
    if run_tests(tree, tree / "src", tests, f"--junitxml={report}") not in ALIVE:
        sys.exit(f"The tests of {module.stem} fail without a mutant.")
    note_seconds(report, stats)
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        alive = pool.map(survives, [mutant.code for mutant in mutants])
        return len(made), len(mutants), [mutant for mutant, lives in zip(mutants, alive, strict=True) if lives]
