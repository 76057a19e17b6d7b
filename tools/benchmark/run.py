"""What the library costs, as ratios of instruction counts taken side by side in one run.

    .venv/bin/nox -s bench

Needs valgrind. Makes an environment for each peer, measures, prints the tables,
and writes `results.json` beside this file.
Exits with 1 if a limit is passed; why a goal is missed is told in `docs/developers/costs.md`.
"""

import csv
import datetime as dt
import json
import math
import os
import platform
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from statistics import linear_regression

ROOT = Path(__file__).parents[2]
RESULTS = Path(__file__).with_name("results.json")
ENVIRONMENTS = ROOT / ".nox" / "bench"
US = "defector-stats"
VERSIONS = ("3.11", "3.12", "3.13")
# How often a call is repeated; the difference is what is counted. Some peers take long for one.
OFTEN, SELDOM = (1000, 5000), (20, 100)
SIZES = (1_000, 10_000, 100_000)

LOOKUP = """
table = {2020: 229}
def ask(year):
    if type(year) is int:
        try:
            return table[year]
        except KeyError:
            return None
"""
# The floor of a call with arguments that must be named, which CPython does not specialise.
SAME_SIGNATURE = """
class Asker:
    def __init__(self):
        self.table = {2020: 229}
    def ask(self, period=None, *, as_of=None, default=None):
        if as_of is None and (period.__class__ is int or period.__class__ is str):
            return self.table[period]
ask = Asker().ask
"""
DOOR = "from defector_stats import arrivals as ask"
ASKED = "from defector_stats import arrivals, compare, destinations, export, faq, verify"
# Questions as users ask them, each with the goal and the limit of the first answer and of the next.
# The first counts from `import attrs`, an export from a bare interpreter; None is no budget.
QUESTIONS = {
    "print(compare(2019, 2020))": ((3.0, 3.0), (0.5, 1.0)),
    "faq()": ((13, 16), (2, 6.5)),
    "export('all', '/dev/shm/all.csv', format='csv', overwrite=True)": ((60, 80), None),
    "verify(947, 1998)": (None, (0.5, 0.8)),
    "destinations(2016)": (None, (0.5, 1.3)),
    "arrivals()": (None, (0.05, 0.06)),
}
FIRST = "import defector_stats; defector_stats.arrivals(2020)"

# Each peer, with its import, what it must make once, and how it is then asked for one datum.
PEERS = {
    "periodictable==2.1.0": ("import periodictable", "pass", "periodictable.Fe.mass"),
    "pycountry==26.2.16": ("import pycountry", "pass", "pycountry.countries.get(alpha_3='KOR')"),
    "holidays==0.109": (
        "import holidays",
        "days = holidays.country_holidays('KR', years=2020)",
        "days.get('2020-01-01')",
    ),
    "pandas==3.1.1": ("import pandas", "table = pandas.Series({2020: 229})", "table[2020]"),
    "palmerpenguins==0.1.6": ("import palmerpenguins", "table = palmerpenguins.load_penguins()", "table.iat[0, 0]"),
    "astropy==8.0.2": ("from astropy import constants", "pass", "constants.c.value"),
}


Pair = tuple[float, float] | None
Budget = tuple[str, float, float, float]


@cache
def environment(requirement: str, made_by: str = sys.executable) -> Path:
    """Return the Python of an environment that has one thing and what it needs; made once."""
    suffix = "" if made_by == sys.executable else f"-{Path(made_by).name}"
    folder = ENVIRONMENTS / (re.sub(r"\W+", "-", Path(requirement).name) + suffix)
    python = folder / "bin" / "python"
    if not python.exists():
        subprocess.run([made_by, "-m", "venv", folder], check=True)
    subprocess.run([python, "-m", "pip", "install", "-q", requirement], check=True)
    return python


def run(python: Path, code: str, *before: str) -> subprocess.CompletedProcess[str]:
    """Run code in a process of its own, the same each time."""
    fixed = {"PYTHONHASHSEED": "0", "LANG": "C.UTF-8", "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}
    surroundings = {**os.environ, **fixed, "PYTHONDONTWRITEBYTECODE": ""}  # what is measured was compiled before
    command = [*before, python, "-c", code]
    return subprocess.run(command, capture_output=True, encoding="utf-8", check=True, cwd="/", env=surroundings)


def instructions(python: Path, code: str) -> int:
    """User-space instructions of one Python process, its files compiled before."""
    run(python, code)
    done = run(python, code, "valgrind", "--tool=callgrind", "--callgrind-out-file=/dev/null")
    (count,) = re.findall(r"Collected : (\d+)", done.stderr)
    return int(count)


def each_call(python: Path, setup: str, call: str, counts: tuple[int, int] = OFTEN) -> float:
    """Instructions of one call, without the loop around it and the first calls."""
    few, many = (instructions(python, f"{setup}\n{call}\nfor _ in range({count}): {call}") for count in counts)
    bare = [instructions(python, f"{setup}\n{call}\nfor _ in range({count}): pass") for count in counts]
    return ((many - few) - (bare[1] - bare[0])) / (counts[1] - counts[0])


def peak(python: Path, code: str) -> int:
    """Return the highest resident memory of one Python process, in KiB; the least of several runs."""
    probe = "print(open('/proc/self/status').read().split('VmHWM:')[1].split()[0])"
    return min(int(run(python, f"{code}\n{probe}").stdout) for _ in range(9))


def installed(python: Path) -> int:
    """KiB of what an environment holds beside pip."""
    folder = next((python.parents[1] / "lib").glob("python*")) / "site-packages"
    files = (path for path in folder.rglob("*") if path.is_file())
    tools = ("pip", "setuptools", "pkg_resources", "_distutils_hack")
    return sum(path.stat().st_size for path in files if not path.relative_to(folder).parts[0].startswith(tools)) // 1024


def wheel_size() -> float:
    """KiB of the built wheel."""
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, "-m", "pip", "wheel", "-q", "--no-deps", "-w", folder, str(ROOT)]
        subprocess.run(command, check=True)
        (wheel,) = Path(folder).glob("*.whl")
        return wheel.stat().st_size / 1024


def invent(folder: Path, rows: int) -> Path:
    """Invent a catalogue with so many rows, five vintages a day, and no more of the other tables than it needs."""
    import defector_stats

    target = folder / str(rows)
    target.mkdir()
    needed = {"arrivals": "", "measures": "arrivals,", "areas": "KOR,", "sources": "kjd_20260120,"}
    for name, start in needed.items():
        header, *lines = (defector_stats.data_path() / f"{name}.csv").read_text(encoding="utf-8").splitlines()
        kept = [line for line in lines if start and line.startswith(start)]
        (target / f"{name}.csv").write_text("".join(f"{line}\n" for line in [header, *kept]), encoding="utf-8")
    resources = [{"name": name, "path": f"{name}.csv"} for name in needed]
    (target / "datapackage.json").write_text(json.dumps({"version": "1", "resources": resources}), encoding="utf-8")
    with (target / "arrivals.csv").open("a", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        for number in range(rows // 5):
            day = dt.date(1900, 1, 1) + dt.timedelta(days=number)
            for vintage in range(5):
                released = day + dt.timedelta(days=30 * (vintage + 1))
                # Every other period is a running total, so that a series has many figures.
                period = defector_stats.Period.parse(f"../{day}" if number % 2 else str(day))
                row = ["arrivals", "KOR", period, 10 + vintage, 4, 6 + vintage, "normal", released, "kjd_20260120", ""]
                writer.writerow(row)
    return target


# What is done with a catalogue of many rows, once it is read.
TASKS = {
    "a look-up as of a day": "catalogue.arrivals('1900-04-01', as_of='1900-06-15')",
    "a series of running totals": "catalogue.series(frequency='running-total')",
    "all steps of all periods": "catalogue.revisions()",
    "an export of everything as CSV": "catalogue.export('all', '{folder}/out.csv', format='csv', overwrite=True)",
}


def growth(python: Path) -> tuple[list[float], dict[str, list[int]]]:
    """Return what reading costs beside reading the CSV, and instructions of each task, for each size."""
    ratios: list[float] = []
    costs: dict[str, list[int]] = {"reading and checking": [], **{name: [] for name in TASKS}}
    with tempfile.TemporaryDirectory() as folder:
        for rows in SIZES:
            path = invent(Path(folder), rows)
            load = (
                "import csv, dateutil.relativedelta, defector_stats._store.reading, defector_stats._output.export\n"
                "from defector_stats import Catalogue"
            )
            base = instructions(python, load)
            text = f"{load}\nlist(csv.reader(open({str(path / 'arrivals.csv')!r}, encoding='utf-8', newline='')))"
            whole = f"{load}\ncatalogue = Catalogue.read({str(path)!r})"
            read = instructions(python, whole)
            ratios.append((read - base) / (instructions(python, text) - base))
            costs["reading and checking"].append(read - base)
            for name, task in TASKS.items():
                ask = task.format(folder=folder)
                once = instructions(python, f"{whole}\n{ask}")
                # A look-up is measured when it is warm; the others are done once.
                many = instructions(python, f"{whole}\n{ask}\nfor _ in range(200): {ask}") if "as of" in name else None
                costs[name].append(once - read if many is None else (many - once) // 200)
    return ratios, costs


def exponent(costs: list[int]) -> float:
    """Return the slope through the points on logarithmic axes: 0 is constant, 1 is linear."""
    return linear_regression(list(map(math.log, SIZES)), list(map(math.log, costs))).slope


def peer(requirement: str, importing: str, making: str, asking: str, floor: dict[str, float]) -> dict[str, str | float]:
    """One line of the table of peers."""
    python = environment(requirement)
    held = (peak(python, f"{importing}; {making}; {asking}") - floor["memory"]) / floor["attrs memory"]
    return {
        "name": requirement,
        "import": instructions(python, importing) / floor["bare"],
        "first answer": instructions(python, f"{importing}; {making}; {asking}") / floor["attrs"],
        "next answer": each_call(python, f"{importing}; {making}", asking, SELDOM) / floor["lookup"],
        "memory": held,
        "installed": installed(python),
    }


def next_answer(version: str) -> float:
    """Return what the next answer costs on a Python, beside a method that only looks up."""
    found = shutil.which(f"python{version}")
    if found is None:
        sys.exit(f"python{version} is not on the PATH.")
    python = environment(str(ROOT), found)
    return each_call(python, DOOR, "ask(2020)") / each_call(python, SAME_SIGNATURE, "ask(2020)")


def ask(python: Path, question: str, first: Pair, again: Pair, bare: int, attrs: int) -> Iterator[Budget]:
    """Measure a question, asked once and once more."""
    once = instructions(python, f"{ASKED}\n{question}")
    title = "export('all', csv)" if question.startswith("export") else question
    if first is not None and title != question:
        yield (f"{title} / bare interpreter", once / bare, *first)
    elif first is not None:
        yield (f"{title} over import attrs, in bare interpreters", (once - attrs) / bare, *first)
    if again is not None:
        twice = instructions(python, f"{ASKED}\n{question}\n{question}")
        yield (f"{title} again / bare interpreter", (twice - once) / bare, *again)


def main() -> int:
    """Measure, print, write."""
    python = environment(str(ROOT))
    bare, attrs = instructions(python, "pass"), instructions(python, "import attrs")
    memory = peak(python, "pass")
    floor = {
        "bare": bare,
        "attrs": attrs,
        "lookup": each_call(python, LOOKUP, "ask(2020)"),
        "memory": memory,
        "attrs memory": peak(python, "import attrs") - memory,
    }
    first = instructions(python, FIRST)
    us = {
        "name": US,
        "import": instructions(python, "import defector_stats") / bare,
        "first answer": first / attrs,
        "next answer": each_call(python, DOOR, "ask(2020)") / floor["lookup"],
        "memory": (peak(python, FIRST) - memory) / floor["attrs memory"],
        "installed": installed(python),
    }
    asked = [budget for question, limits in QUESTIONS.items() for budget in ask(python, question, *limits, bare, attrs)]
    ratios, costs = growth(python)
    lookups = costs["a look-up as of a day"]
    budgets = [
        ("import / bare interpreter", us["import"], 1.03, 1.05),
        ("first answer over import attrs, in bare interpreters", (first - attrs) / bare, 0.6, 0.9),
        *(
            (f"next answer / a bound method with the same signature, Python {version}", next_answer(version), 1.05, 1.1)
            for version in VERSIONS
        ),
        ("peak memory of the first answer / import attrs, over bare", us["memory"], 1.15, 1.25),
        ("wheel, KiB", wheel_size(), 150, 300),
        *asked,
        *((f"Catalogue.read of {n:,} rows / reading the CSV", r, 6, 10) for n, r in zip(SIZES, ratios, strict=True)),
        ("look-up as of a day at 100,000 rows / at 1,000 rows", lookups[-1] / lookups[0], 1.2, 2),
    ]
    found = {
        "python": platform.python_version(),
        "sizes": SIZES,
        "budgets": [dict(zip(("what", "measured", "goal", "limit"), row, strict=True)) for row in budgets],
        "peers": [us, *(peer(name, *code, floor) for name, code in PEERS.items())],
        "growth": [{"what": name, "instructions": each, "exponent": exponent(each)} for name, each in costs.items()],
    }
    show(found)
    RESULTS.write_text(json.dumps(found, indent=1, default=float) + "\n", encoding="utf-8")
    return int(any(value > limit for _, value, _, limit in budgets))


def show(found: dict[str, list[dict[str, float]]]) -> None:
    """Print the three tables."""
    width = max(len(str(row["what"])) for row in found["budgets"])
    print(f"{'':{width}}  measured    goal   limit")
    for row in found["budgets"]:
        value, goal, limit = row["measured"], row["goal"], row["limit"]
        missed = f"{100 * (value / goal - 1):.0f} % above the goal" if value <= limit else "ABOVE THE LIMIT"
        verdict = missed if value > goal else ""
        print(f"{row['what']:{width}}  {value:8.3f}  {goal:6}  {limit:6}  {verdict}".rstrip())
    print(f"\n{'':24}  import   first    next  memory  installed")
    for row in found["peers"]:
        ratios = "  ".join(f"{row[name]:6.2f}" for name in ("import", "first answer", "next answer", "memory"))
        print(f"{row['name']:24}  {ratios}  {row['installed']:9,}")
    print(f"\n{'':32}" + "".join(f"{size:>16,}" for size in SIZES) + "  exponent")
    for row in found["growth"]:
        print(
            f"{row['what']:32}" + "".join(f"{cost:16,}" for cost in row["instructions"]) + f"  {row['exponent']:8.2f}"
        )


if __name__ == "__main__":
    sys.exit(main())
