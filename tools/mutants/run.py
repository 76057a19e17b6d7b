"""Change the code in one small way after the other, and see whether a test notices.

    .venv/bin/nox -s mutants                                # every module: many hours
    .venv/bin/nox -s mutants -- period history              # two of them
    .venv/bin/nox -s mutants -- --only constants vocabulary # of one, its constants and tables
    .venv/bin/nox -s mutants -- --every 4                   # of every module, each fourth mutant

The counts are written to `scores.csv` beside this file, a row for each module and kind;
survivors, with the lines changed, to `build/mutants/survivors.csv`.
Survivors that were examined, and that no test could tell from the original, are named in `equivalent.csv`
beside this file, by module, function or constant, and operator, with their number and the reason.
Only what survives beyond these is printed; it exits with 1 then, or if the score is too low.
The wording of sentences is exempt: a survivor that differs only in the text between quotes, if that has a space.
"""

import argparse
import csv
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from unittest import mock

import constants
import libcst
from mutmut.mutation import file_mutation
from mutmut.mutation.trampoline_templates import mangle_function_name

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
SOURCES = ROOT / "src"
PACKAGE = SOURCES / "defector_stats"
EQUIVALENT = HERE / "equivalent.csv"
SCORES = HERE / "scores.csv"
SURVIVORS = ROOT / "build" / "mutants" / "survivors.csv"

Row = dict[str, str]
Key = tuple[str, ...]
KINDS = ("functions", "constants")
KEY = ("module", "of", "name", "operator")
CHANGES = ("name", "operator", "before", "after")
GOAL = 95  # per cent of the mutants
# No test could be run, which mutmut takes for tests without end: a folder for their files was not to be had,
# or `ids` gave them a name with a sign that pytest escapes, twice, as it collects twice.
NOT_RUN = 255
# No test failed, there was none, or none could be run, not even when tried again.
ALIVE = {0, 5, 33, NOT_RUN}
# "mutants" is where mutmut works; this folder, of the same name, is found where it stands.
LEFT_BEHIND = (".*", "build", "dist", "mutants", "_build", "_generated", "__pycache__", "*.egg-info")
SENTENCE = re.compile(r'"[^"]*[A-Za-z{}][^"]* [^"]*"|"[^"]* [^"]*[A-Za-z{}][^"]*"')

# The tests that must notice, besides those in the file with the module's own name.
# None may start a program in another folder that runs the module: mutmut finds no settings there.
TESTS = {
    "_strategies": "hypothesis",
    "about": "page prompt",
    "absence": "catalogue destinations figures series world",
    "answers": "cli terminal",
    "area_names": "catalogue world",
    "arguments": "hints",
    "breakdown": "about html plot verify sequences prompt",
    "canvas": "plot prompt",
    "catalogue": (
        "breakdown cite claims compare context estimates export "
        "faq files observation sequences series verify world hints observations standard_library"
    ),
    "cells": "html observations prompt",
    "cite": "about",
    "claims": "markup",
    "compare": "html indicators sentences",
    "context": "laws sentences",
    "dataset": "export",
    "dates": "period",
    "derived": "catalogue laws model world",
    "destinations": "about sentences sequences world",
    "duration": "period",
    "errors": "absence advice catalogue context period reading series",
    "estimates": "cite html plot sentences sequences",
    "export": "formats reading",
    "extended": "catalogue laws reading",
    "faq": "html markup",
    "figures": "absence catalogue series world",
    "files": "export",
    "freshness": "about catalogue reading prompt world",
    "glossary": "claims faq markup",
    "history": "catalogue dates derived laws model",
    "html": "page prompt",
    "imprint": "about cite dataset sequences standard_library",
    "indicators": "cite evidence_of_indicators export html numbers",
    "ledger": "area_names catalogue figures world",
    "listings": "sequences prompt",
    "markup": "export formats page",
    "numbers": "about faq",
    "observation": "catalogue html kinds laws verify attrs standard_library rich",
    "observations": "sequences prompt",
    "page": "about prompt",
    "parser": "cli shtab",
    "paths": "export files reading",
    "period": "hints kinds rich",
    "plain": "breakdown catalogue dataset sequences verify json_libraries",
    "provenance": "catalogue hints cite estimates observation records world",
    "reading": "hostile",
    "record": "prompt json_libraries rich html",
    "records": "catalogue estimates indicators plot sentences sequences prompt json_libraries",
    "revisions": "catalogue laws model plot sentences sequences",
    "rules": "hostile reading vocabulary",
    "schema": "dataset export package reading rules",
    "sdmx": "formats",
    "sequences": "catalogue estimates html plot prompt observations rich",
    "series": "absence figures html laws plot sentences world prompt sequences standard_library",
    "shown": "about html markup plot prompt",
    "subject": "catalogue sentences",
    "tables": "catalogue estimates package reading verify world",
    "text": "cli page prompt",
    "verify": "sentences",
    "vocabulary": "breakdown catalogue cite faq hints kinds rules",
    "words": "indicators numbers sentences",
}

# The tests of what all records and all sequences declare of themselves.
OF_ALL = ("prompt", "record", "sequences")


def find_modules(wanted: list[str]) -> list[Path]:
    """Return the files with something to change, all or those that are named."""
    files = {path.stem: path for path in sorted(PACKAGE.rglob("*.py")) if "__" not in path.stem}
    if unknown := sorted({*wanted} - {*files}):
        sys.exit(f"There is no module {', '.join(unknown)}.")
    return [files[name] for name in wanted or files]


def find_tests(module: str, *more: str) -> list[str]:
    """Return the files of tests that must notice a change of a module."""
    named = [*TESTS.get(module, "").split(), *more]
    # What a page shows is read from a site that was built before.
    paths = sorted(path for path in (ROOT / "tests").rglob("test_*.py") if path.parent.name != "site")
    files = {path.stem.removeprefix("test_"): path for path in paths}
    if len(files) < len(paths):
        sys.exit("Two files of tests have the same name.")
    found = [files[name].relative_to(ROOT).as_posix() for name in dict.fromkeys((module, *named)) if name in files]
    if not found or not {*named} <= {*files}:
        sys.exit(f"The tests of {module} are not found; TESTS names them: {named}")
    return found


def name_operators(path: Path) -> dict[str, str]:
    """Return the operator of mutmut that made each mutant of a file; mutmut does not keep it."""
    made: dict[libcst.CSTNode, str] = {}

    def noting(operator: Callable[..., Iterable[libcst.CSTNode]]) -> Callable[..., Iterator[libcst.CSTNode]]:
        def mutate(node: libcst.CSTNode) -> Iterator[libcst.CSTNode]:
            for mutated in operator(node):
                made[mutated] = operator.__name__.removeprefix("operator_")
                yield mutated

        return mutate

    noted = [(kind, noting(operator)) for kind, operator in file_mutation.mutation_operators]
    with mock.patch.object(file_mutation, "mutation_operators", noted):
        tree, mutations, *_ = file_mutation.create_mutations(str(path), path.read_text(encoding="utf-8"))
    owners = dict.fromkeys(tree.body)
    for statement in tree.body:
        if isinstance(statement, libcst.ClassDef):
            owners |= dict.fromkeys(statement.body.body, statement.name.value)
    return {
        f"{mangle_function_name(name=function.name.value, class_name=owners[function])}__mutmut_{number}": (
            made[mutation.mutated_node]
        )
        for function, made_here in file_mutation.group_by_top_level_node(mutations).items()
        if isinstance(function, libcst.FunctionDef)
        for number, mutation in enumerate(made_here, 1)
    }


def run_mutmut(copy: Path, *arguments: str) -> str:
    """Return what mutmut prints; programs that the tests start see the mutant too, and no other run shares files."""
    paths = os.pathsep.join([str(copy / "mutants" / "src"), str(HERE)])  # the second for the plug-in `fresh`
    surroundings = {**os.environ, "PYTHONPATH": paths, "PYTEST_DEBUG_TEMPROOT": str(copy.parent)}
    return subprocess.run(
        [sys.executable, "-m", "mutmut", *arguments],
        cwd=copy, env=surroundings, stdout=subprocess.PIPE, encoding="utf-8", check=False,
    ).stdout  # fmt: skip


def show_change(copy: Path, mutant: str) -> tuple[str, str]:
    """Return the lines that a mutant replaces, and those that it has instead."""
    lines = run_mutmut(copy, "show", mutant).splitlines()
    removed = [line[1:].strip() for line in lines if line.startswith("-") and not line.startswith("---")]
    added = [line[1:].strip() for line in lines if line.startswith("+") and not line.startswith("+++")]
    return " ".join(removed), " ".join(added)


def read_exit_codes(copy: Path, module: Path) -> dict[str, int | None]:
    """Return how the tests of each mutant ended."""
    found = copy / "mutants" / module.relative_to(ROOT).with_suffix(".py.meta")
    return json.loads(found.read_text(encoding="utf-8"))["exit_code_by_key"]


def is_wording(before: str, after: str) -> bool:
    """Return whether a change is one of the wording of a sentence alone."""
    return SENTENCE.sub('" "', before) == SENTENCE.sub('" "', after)


def change_functions(copy: Path, module: Path, every: int) -> tuple[int, int, list[Row]]:
    """Return how many mutants the functions of a module have, how many were tried, and those that no test notices."""
    shutil.rmtree(copy / "mutants", ignore_errors=True)
    (copy / "mutants" / "src").mkdir(parents=True)  # Python would forget a missing folder of PYTHONPATH for good
    shutil.copy(ROOT / "pyproject.toml", copy)
    with (copy / "pyproject.toml").open("a", encoding="utf-8") as file:  # its last table is that of mutmut
        file.write(f'only_mutate = ["{module.relative_to(ROOT).as_posix()}"]\n')
        file.write(f"pytest_add_cli_args_test_selection = {find_tests(module.stem)}\n")
    made = name_operators(module)
    package = ".".join(module.relative_to(SOURCES).with_suffix("").parts)
    tried = [f"{package}.{name}" for name in [*made][::every]]
    if not tried:
        return 0, 0, []
    said = run_mutmut(copy, "run", *tried) if every > 1 else run_mutmut(copy, "run")
    codes = {mutant: code for mutant, code in read_exit_codes(copy, module).items() if mutant in tried}
    if len(codes) < len(tried) or None in codes.values():
        lines = [line for line in said.splitlines() if not "\u2800" <= line[:1] <= "\u28ff"]  # a wheel that turns
        sys.exit("\n".join([f"mutmut did not examine {module.stem}:", *lines[-60:]]))
    if again := [mutant for mutant, code in codes.items() if code == NOT_RUN]:
        run_mutmut(copy, "run", *again)
        codes |= {mutant: code for mutant, code in read_exit_codes(copy, module).items() if mutant in tried}
    alive: list[Row] = []
    for mutant in (mutant for mutant, code in codes.items() if code in ALIVE):
        before, after = show_change(copy, mutant)
        name = re.sub(r"^x_?|__mutmut_\d+$", "", mutant.rpartition(".")[2]).strip("ǁ").replace("ǁ", ".")
        operator = made[mutant.rpartition(".")[2]]
        alive.append(dict(zip(CHANGES, (name, operator, before, after), strict=True)))
    return len(made), len(codes), alive


def change_constants(copy: Path, module: Path, every: int) -> tuple[int, int, list[Row]]:
    """Return how many mutants the constants of a module have, how many were tried, and those that no test notices."""
    tests = find_tests(module.stem, *OF_ALL)
    made, tried, found = constants.find_survivors(copy, module.relative_to(ROOT), tests, every)
    return made, tried, [{name: getattr(mutant, name) for name in CHANGES} for mutant in found]


CHANGE = dict(zip(KINDS, (change_functions, change_constants), strict=True))


def examine(copy: Path, module: Path, kind: str, every: int) -> tuple[Row, list[Row]]:
    """Return the counts of one kind of a module, and its survivors without those in wording alone."""
    about = {"module": module.stem, "of": kind}
    made, tried, found = CHANGE[kind](copy, module, every)
    alive = [about | row for row in found if not is_wording(row["before"], row["after"])]
    new = sum((count(alive) - allow(about)).values())
    counts = {
        "made": made, "tried": tried, "killed": tried - len(found), "survivors": new,
        "equivalent": len(alive) - new, "wording": len(found) - len(alive),
    }  # fmt: skip
    score = about | {name: str(number) for name, number in counts.items()}
    print(", ".join(f"{name} {number}" for name, number in score.items()), flush=True)
    return score, alive


def count(alive: list[Row]) -> Counter[Key]:
    """Return how many survivors there are of each function or constant and operator."""
    return Counter(tuple(row[name] for name in KEY) for row in alive)


def allow(about: Row) -> Counter[Key]:
    """Return how many survivors of a module were found to be equivalent."""
    rows = [row for row in read(EQUIVALENT) if about.items() <= row.items()]
    return Counter({tuple(row[name] for name in KEY): int(row["mutants"]) for row in rows})


def read(path: Path) -> list[Row]:
    """Return the rows of a table."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def write(path: Path, header: tuple[str, ...], rows: list[Row]) -> None:
    """Write a table."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, header, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def keep_score(score: Row) -> None:
    """Write down the counts of a module in place of those of an earlier run."""
    scores = {(row["module"], row["of"]): row for row in read(SCORES)}
    scores[score["module"], score["of"]] = score
    write(SCORES, tuple(score), [scores[key] for key in sorted(scores)])


def judge(scores: list[Row], alive: list[Row]) -> int:
    """Print the score and what survives beyond the equivalent mutants; return the exit code."""
    names = ("made", "tried", "killed", "survivors", "equivalent", "wording")
    total = {name: sum(int(row[name]) for row in scores) for name in names}
    counting = total["killed"] + total["survivors"]
    score = 100 * total["killed"] / counting if counting else 100
    modules = len({row["module"] for row in scores})
    told = ", ".join(f"{name} {number:,}" for name, number in total.items())
    print(f"modules {modules}, {told}; killed {total['killed']:,} of {counting:,}, {score:.2f}%")
    allowed = sum((allow({name: row[name] for name in ("module", "of")}) for row in scores), Counter[Key]())
    found = count(alive)
    # Where not all were tried, those that are missing need not be killed.
    if total["made"] == total["tried"]:
        for key, number in (allowed - found).items():
            print(f"{' '.join(key)}: {number} fewer than equivalent.csv names")
    new = found - allowed
    for key in new:
        print(f"{' '.join(key)}: {new[key]} more than equivalent.csv names, of")
        for row in alive:
            if tuple(row[name] for name in KEY) == key:
                print(f"  - {row['before']}\n  + {row['after']}")
    return int(bool(new) or score < GOAL)


def main() -> int:
    """Examine modules, write what was found, and judge."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("modules", nargs="*", help="names of modules; all without one")
    parser.add_argument("--only", choices=KINDS, help="what to change; both without it")
    parser.add_argument("--every", type=int, default=1, metavar="N", help="try each N-th mutant of a module only")
    arguments = parser.parse_args()
    chosen = find_modules(arguments.modules)
    SURVIVORS.parent.mkdir(parents=True, exist_ok=True)
    scores: list[Row] = []
    alive: list[Row] = []
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)  # tests that become another user read it too
        copy = Path(shutil.copytree(ROOT, f"{folder}/tree", ignore=shutil.ignore_patterns(*LEFT_BEHIND)))
        for name in (".ci", ".github"):  # a test reads what a release runs
            shutil.copytree(ROOT / name, copy / name)
        kinds = (arguments.only,) if arguments.only else KINDS
        for module, kind in ((module, kind) for module in chosen for kind in kinds):
            score, found = examine(copy, module, kind, arguments.every)
            scores.append(score)
            alive += found
            # Written after each module: a long run may be stopped.
            keep_score(score)
            write(SURVIVORS, (*KEY, "before", "after"), alive)
    return judge(scores, alive)


if __name__ == "__main__":
    sys.exit(main())
