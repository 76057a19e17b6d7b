"""The budgets, as ratios of instruction counts taken side by side in one run.

    .venv/bin/python benchmarks/run.py

Needs valgrind and an environment in which defector-stats is installed.
Exits with 1 if a limit is passed.
"""

import csv
import datetime as dt
import json
import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).parents[1]
WARM = (1000, 5000)
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
DOOR = "from defector_stats import arrivals as ask"
FIRST = "import defector_stats; defector_stats.arrivals(2020)"


def instructions(code: str) -> int:
    """User-space instructions of one Python process."""
    command = ["valgrind", "--tool=callgrind", "--callgrind-out-file=/dev/null", sys.executable, "-c", code]
    environment = {**os.environ, "PYTHONHASHSEED": "0", "LANG": "C.UTF-8"}
    done = subprocess.run(command, capture_output=True, encoding="utf-8", check=True, cwd="/", env=environment)
    (count,) = re.findall(r"Collected : (\d+)", done.stderr)
    return int(count)


def each_call(setup: str, call: str) -> float:
    """Instructions of one call, without the loop around it and the first calls."""
    few, many = (instructions(f"{setup}\n{call}\nfor _ in range({count}): {call}") for count in WARM)
    bare = [instructions(f"{setup}\n{call}\nfor _ in range({count}): pass") for count in WARM]
    return ((many - few) - (bare[1] - bare[0])) / (WARM[1] - WARM[0])


def peak(code: str) -> int:
    """The highest resident memory of one Python process, in KiB; the least of several runs."""
    probe = "print(open('/proc/self/status').read().split('VmHWM:')[1].split()[0])"
    command = [sys.executable, "-c", f"{code}\n{probe}"]
    return min(int(subprocess.run(command, capture_output=True, check=True, cwd="/").stdout) for _ in range(9))


def wheel_size() -> float:
    """KiB of the built wheel."""
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, "-m", "pip", "wheel", "-q", "--no-deps", "-w", folder, str(ROOT)]
        subprocess.run(command, check=True)
        (wheel,) = Path(folder).glob("*.whl")
        return wheel.stat().st_size / 1024


def invent(folder: Path, rows: int) -> Path:
    """A catalogue with so many rows, five vintages a day, and no more of the other tables than it needs."""
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
                row = ["arrivals", "KOR", day, 10 + vintage, 4, 6 + vintage, "normal", released, "kjd_20260120", ""]
                writer.writerow(row)
    return target


def growth() -> list[tuple[str, float, float, float]]:
    """What reading and asking cost as the catalogue grows."""
    found = []
    lookups = []
    with tempfile.TemporaryDirectory() as folder:
        for rows in SIZES:
            path = invent(Path(folder), rows)
            load = "import csv, dateutil.relativedelta, defector_stats.folder; from defector_stats import Catalogue"
            base = instructions(load)
            text = f"{load}\nlist(csv.reader(open({str(path / 'arrivals.csv')!r}, encoding='utf-8', newline='')))"
            whole = f"{load}\ncatalogue = Catalogue.read({str(path)!r})"
            ratio = (instructions(whole) - base) / (instructions(text) - base)
            found.append((f"Catalogue.read of {rows:,} rows / reading the CSV", ratio, 6, 10))
            ask = "catalogue.arrivals('1900-04-01', as_of='1900-06-15')"
            lookups.append(
                (instructions(f"{whole}\n{ask}\nfor _ in range(200): {ask}"), instructions(f"{whole}\n{ask}"))
            )
    costs = [many - one for many, one in lookups]
    found.append(("as_of lookup at 100,000 rows / at 1,000 rows", costs[-1] / costs[0], 1.2, 2))
    return found


def main() -> int:
    """Print the table."""
    bare, attrs = instructions("pass"), instructions("import attrs")
    first = (instructions(FIRST) - attrs) / bare
    warm = each_call(DOOR, "ask(2020)") / each_call(LOOKUP, "ask(2020)")
    memory = [peak(code) for code in ("pass", "import attrs", FIRST)]
    held = (memory[2] - memory[0]) / (memory[1] - memory[0])
    rows = [
        ("import defector_stats / bare interpreter", instructions("import defector_stats") / bare, 1.03, 1.05),
        ("first arrivals(2020): over import attrs, in bare interpreters", first, 0.6, 0.9),
        ("next arrivals(2020) / dict lookup", warm, 1.2, 1.5),
        ("peak memory of the first answer / import attrs, over bare", held, 1.15, 1.25),
        ("wheel, KiB", wheel_size(), 150, 300),
        *growth(),
    ]  # fmt: skip
    width = max(len(name) for name, *_ in rows)
    print(f"{'':{width}}  measured    goal   limit")
    for name, value, goal, limit in rows:
        verdict = "" if value <= goal else "above the goal" if value <= limit else "ABOVE THE LIMIT"
        print(f"{name:{width}}  {value:8.3f}  {goal:6}  {limit:6}  {verdict}".rstrip())
    return int(any(value > limit for _, value, _, limit in rows))


if __name__ == "__main__":
    sys.exit(main())
