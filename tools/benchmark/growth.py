"""How the cost of each question grows with each thing that a catalogue may have many of."""

import csv
import gc
import math
import os
import re
import tempfile
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from catalogues import AXES, Tables, write
from measure import ROOT, environment, instructions, run

from defector_stats import Catalogue, NoDataError, Period

# Above the 4,096 texts of periods that are kept, below which the second reading is free.
SIZES = (5_000, 20_000)
# What a question costs of so few is what does not grow: imports, above all.
FEW = 10


def tasks(catalogue: Catalogue, folder: Path) -> dict[str, Callable[[], object]]:
    """Return what is asked of a catalogue, by name."""
    with (folder / "arrivals.csv").open(encoding="utf-8", newline="") as file:
        *_, last = csv.DictReader(file)
    period, area = last["period"], last["area"]
    frequency = Period.parse(period).frequency
    return {
        "a look-up": lambda: catalogue.observation("arrivals", period, area=area),
        "a look-up as of a day": lambda: catalogue.observation("arrivals", period, area=area, as_of="2030-01-01"),
        "a miss": lambda: catalogue.observation("arrivals", "2026-03", area=area, default=None),
        "context": lambda: catalogue.context(period, area=area),
        "verify": lambda: catalogue.verify(999, period, area=area),
        "about": lambda: catalogue.about(period, area=area),
        "series": lambda: catalogue.series("arrivals", frequency=frequency, area=area),
        "revisions": lambda: catalogue.revisions(area=area),
        "observations": lambda: catalogue.observations("arrivals"),
        "destinations": lambda: catalogue.destinations(1995),
        "estimates": lambda: catalogue.estimates("in-china"),
        "faq": catalogue.faq,
        "search_faq": lambda: catalogue.search_faq("word7 question"),
        "claims": catalogue.claims,
        "sources": catalogue.sources,
        "cite": catalogue.cite,
        "extended": lambda: catalogue.extended([]),
        "export as CSV": lambda: catalogue.export("all", folder / "all.csv", format="csv", overwrite=True),
    }


def between_marks(task: Callable[[], Any]) -> Any:
    """Return what a task returns, nothing if there is no figure; valgrind has its instructions apart."""
    gc.collect()  # what was left before is not this task's
    os.getloadavg()  # rarely called: valgrind writes down its count at each call
    try:
        return task()
    except NoDataError:
        return None
    finally:
        os.getloadavg()


def ask(folder: str) -> None:
    """Do each task in turn, and print their names; the process that is counted."""
    catalogue = between_marks(lambda: Catalogue.read(folder))
    asked = tasks(catalogue, Path(folder))
    for task in asked.values():
        between_marks(task)
    print(*("reading and checking", *asked), sep="\n")


def measure(python: Path, content: Tables) -> dict[str, int]:
    """Return the instructions of each task; an answer may use what the ones before it have kept."""
    with tempfile.TemporaryDirectory() as name, tempfile.TemporaryDirectory() as counts:
        write(Path(name), content)
        code = f"import sys\nsys.path.insert(0, {str(Path(__file__).parent)!r})\nimport growth\ngrowth.ask({name!r})"
        count = ("--tool=callgrind", f"--callgrind-out-file={counts}/count", "--dump-before=getloadavg")
        names = run(python, code, "valgrind", *count).stdout.splitlines()
        # Every other count is that of a task; those between are of what lies between two tasks.
        files = [Path(counts, f"count.{2 * number}") for number in range(1, len(names) + 1)]
        totals = [int(re.search(r"^totals: (\d+)", file.read_text(), re.MULTILINE)[1]) for file in files]
        return dict(zip(names, totals, strict=True))


def exponents(python: Path, axis: str) -> Iterator[dict[str, object]]:
    """Yield the exponent of each task on an axis: 0 is constant, 1 is in proportion."""
    bare = instructions(python, "pass")
    fixed, before, last = (measure(python, AXES[axis](size)) for size in (FEW, *SIZES))
    for task, count in last.items():
        grown, smaller = count - fixed[task], before[task] - fixed[task]
        if grown > bare:
            exponent = math.log(grown / smaller) / math.log(SIZES[1] / SIZES[0])
            yield {"axis": axis, "task": task, "cost": count / bare, "exponent": exponent}


def growth() -> list[dict[str, object]]:
    """Return the exponent of each task on each axis, but for tasks that cost next to nothing more."""
    python = environment(str(ROOT))
    # Counts do not depend on what else runs, unlike times.
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        return [row for rows in pool.map(lambda axis: list(exponents(python, axis)), AXES) for row in rows]


if __name__ == "__main__":
    for found in growth():
        print(f"{found['axis']:24} {found['task']:24} {found['cost']:8.1f} {found['exponent']:6.2f}")
