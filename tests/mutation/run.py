"""Change the code in one small way after the other, and see whether a test notices.

    .venv/bin/nox -s mutants                # every module: an hour or two
    .venv/bin/nox -s mutants -- period log  # two of them

The mutants of a module must be killed by the tests that are named for it below.
What survives is listed in `survivors.csv`, each with the reason why it may;
`scores.csv` counts. A survivor without a reason, or a score that is too low, exits with 1.
The wording of sentences is exempt: a survivor that differs only in the text between quotes, if that has a space.
"""

import csv
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from pathlib import Path

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
SCORES, SURVIVORS = HERE / "scores.csv", HERE / "survivors.csv"
COLUMNS = ("module", "function", "before", "after", "reason")
GOAL = 95  # per cent of the mutants
# No test could be run, which mutmut takes for tests without end: a folder for their files was not to be had,
# or `ids` gave them a name with a sign that pytest escapes, twice, as it collects twice.
NOT_RUN = 255
# No test failed, there was none, or none could be run, not even when tried again.
ALIVE = {0, 5, 33, NOT_RUN}
LEFT_BEHIND = (".*", "build", "dist", "mutants", "_build", "_generated", "__pycache__", "*.egg-info")
SENTENCE = re.compile(r'"[^"]*[A-Za-z{}][^"]* [^"]*"|"[^"]* [^"]*[A-Za-z{}][^"]*"')

# The tests that must notice, besides those in the file with the module's own name.
TESTS = {
    "absence": ("catalogue", "timeseries", "world", "shelf"),
    "addition": ("catalogue", "folder", "laws"),
    "breakdowns": ("notebook", "charts", "verification"),
    "canvas": ("charts",),
    "catalogue": (
        "world", "breakdowns", "citations", "comparison", "estimation", "export", "figure", "files", "questions",
        "standing", "timeseries", "verdicts", "verification",
    ),
    "charts": (),
    "comparison": ("notebook", "sentences"),
    "dataset": ("export",),
    "geography": ("catalogue", "world"),
    "derivation": ("catalogue", "laws", "model", "world"),
    "errors": ("advice", "catalogue", "folder", "period"),
    "estimation": ("charts", "citations", "notebook", "sentences"),
    "figure": ("catalogue", "laws", "notebook", "verification"),
    "files": ("export",),
    "folder": ("hostile",),
    "formats": ("export",),
    "log": ("catalogue", "derivation", "laws", "model", "vintage"),
    "markup": ("formats",),
    "package": ("catalogue", "folder"),
    "placeholders": ("questions",),
    "places": ("world", "sentences"),
    "provenance": ("catalogue", "citations", "estimation", "figure", "world"),
    "questions": ("markup", "notebook"),
    "records": ("catalogue", "charts", "estimation", "frames", "sentences"),
    "registry": ("catalogue", "estimation", "verification", "world"),
    "rhythm": ("catalogue", "folder"),
    "rows": ("catalogue", "estimation"),
    "rules": ("folder", "hostile"),
    "sdmx": ("formats",),
    "shelf": ("absence", "catalogue", "timeseries", "world"),
    "standing": ("sentences", "laws"),
    "terms": ("verdicts", "questions", "markup"),
    "timeseries": ("absence", "laws", "sentences", "world", "shelf", "notebook", "charts"),
    "verdicts": ("markup",),
    "verification": ("sentences",),
    "vintage": ("period",),
    "wording": ("sentences",),
}  # fmt: skip


def modules() -> list[str]:
    """Every module with something to change."""
    return sorted(path.stem for path in (ROOT / "src" / "defector_stats").glob("*.py") if "__" not in path.stem)


def mutmut(copy: Path, *arguments: str) -> str:
    """What mutmut prints; processes that the tests start see the mutant too, and no other run shares their files."""
    fixed = {"PYTHONPATH": str(copy / "mutants" / "src"), "PYTEST_DEBUG_TEMPROOT": str(copy.parent)}
    surroundings = {**os.environ, **fixed}
    return subprocess.run(
        [sys.executable, "-m", "mutmut", *arguments],
        cwd=copy, env=surroundings, stdout=subprocess.PIPE, encoding="utf-8", check=False,
    ).stdout  # fmt: skip


def change(copy: Path, mutant: str) -> tuple[str, str]:
    """The lines that a mutant has instead of others."""
    lines = mutmut(copy, "show", mutant).splitlines()
    removed = [line[1:].strip() for line in lines if line.startswith("-") and not line.startswith("---")]
    added = [line[1:].strip() for line in lines if line.startswith("+") and not line.startswith("+++")]
    return " ".join(removed), " ".join(added)


def exit_codes(copy: Path, module: str) -> dict[str, int | None]:
    """How the tests of each mutant ended."""
    found = (copy / "mutants" / "src" / "defector_stats" / f"{module}.py.meta").read_text(encoding="utf-8")
    return json.loads(found)["exit_code_by_key"]


def examine(copy: Path, module: str, reasons: dict[tuple[str, ...], str]) -> tuple[dict[str, object], list[list[str]]]:
    """The counts of one module, and its survivors."""
    names = TESTS.get(module, ())
    files = [f"tests/test_{name}.py" for name in (module, *names) if (ROOT / "tests" / f"test_{name}.py").exists()]
    shutil.rmtree(copy / "mutants", ignore_errors=True)
    (copy / "mutants" / "src").mkdir(parents=True)  # Python would forget a missing folder of PYTHONPATH for good
    shutil.copy(ROOT / "pyproject.toml", copy)
    with (copy / "pyproject.toml").open("a", encoding="utf-8") as file:  # its last table is that of mutmut
        file.write(f'only_mutate = ["src/defector_stats/{module}.py"]\n')
        file.write(f"pytest_add_cli_args_test_selection = {files}\n")
    said = mutmut(copy, "run")
    codes = exit_codes(copy, module)
    if None in codes.values():
        sys.exit(f"mutmut did not examine {module}:\n{said[-2000:]}")
    if again := [mutant for mutant, code in codes.items() if code == NOT_RUN]:
        mutmut(copy, "run", *again)
        codes = exit_codes(copy, module)
    alive, wording = [], 0
    for mutant, code in codes.items():
        if code not in ALIVE:
            continue
        before, after = change(copy, mutant)
        if SENTENCE.sub('" "', before) == SENTENCE.sub('" "', after):
            wording += 1
            continue
        function = re.sub(r"^x_?|__mutmut_\d+$", "", mutant.removeprefix(f"defector_stats.{module}."))
        row = (module, function.strip("ǁ").replace("ǁ", "."), before, after)
        alive.append([*row, reasons.get(row, "")])
    counts = {"module": module, "mutants": len(codes), "wording": wording, "survivors": len(alive)}
    counts |= {"killed": len(codes) - wording - len(alive)}
    print(", ".join(f"{name} {count}" for name, count in counts.items()), flush=True)
    return counts, alive


def read(path: Path) -> list[dict[str, str]]:
    """The rows of one of the two tables, if there is one."""
    if not path.exists():
        return []
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def write(path: Path, columns: tuple[str, ...], rows: list[list[object]]) -> None:
    """Write a table."""
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows([columns, *rows])


def main(wanted: list[str]) -> int:
    """Examine modules, bring the two tables up to date, and judge."""
    reasons = {tuple(row[name] for name in COLUMNS[:-1]): row["reason"] for row in read(SURVIVORS)}
    counts = {row["module"]: row for row in read(SCORES) if row["module"] in modules()}
    alive = [[row[name] for name in COLUMNS] for row in read(SURVIVORS) if row["module"] in modules()]
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(shutil.copytree(ROOT, f"{folder}/tree", ignore=shutil.ignore_patterns(*LEFT_BEHIND)))
        for name in (".ci", ".github"):  # a test reads what a release runs
            shutil.copytree(ROOT / name, copy / name)
        for module in wanted or modules():
            counts[module], found = examine(copy, module, reasons)
            alive = sorted([row for row in alive if row[0] != module] + found)
            # Written after each module: a long run may be stopped.
            columns = ("module", "mutants", "killed", "survivors", "wording")
            write(SCORES, columns, [[counts[name][column] for column in columns] for name in sorted(counts)])
            write(SURVIVORS, COLUMNS, alive)
    total = Counter()
    for row in counts.values():
        total.update({name: int(row[name]) for name in ("killed", "survivors", "wording")})
    score = 100 * total["killed"] / (total["killed"] + total["survivors"])
    unexplained = [row for row in alive if not row[-1]]
    print(f"killed {score:.2f} % of {total['killed'] + total['survivors']:,}; {total['wording']:,} wording exempt")
    for row in unexplained:
        print(f"no reason yet: {row[0]}.{row[1]}\n  - {row[2]}\n  + {row[3]}")
    return int(score < GOAL or bool(unexplained))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
