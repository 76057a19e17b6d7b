"""What the library costs, as ratios of instruction counts taken side by side in one run.

    .venv/bin/nox -s bench

Needs valgrind. Makes an environment for each peer, measures, prints the tables,
and writes `results.json` beside this file.
Exits with 1 if a limit is passed; why a goal is missed is told in `docs/developers/costs.md`.
"""

import json
import platform
import sys
import tempfile
from pathlib import Path
from typing import Any

from catalogues import many_days, write
from growth import SIZES as GROWTH_SIZES
from growth import growth
from measure import (
    ROOT,
    SELDOM,
    VERSIONS,
    each_call,
    environment,
    installed,
    instructions,
    peak,
    version_of_us,
    wheel_over_xz,
)
from questions import guests, questions

RESULTS = Path(__file__).with_name("results.json")
US = "defector-stats"
# Rows of a log whose figures are read and looked up.
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


def read_many(python: Path) -> tuple[list[float], list[int]]:
    """Return, for each size, what reading costs beside reading the CSV, and a look-up as of a day."""
    ratios: list[float] = []
    lookups: list[int] = []
    load = "import csv, dateutil.relativedelta, defector_stats._store.reading\nfrom defector_stats import Catalogue"
    base = instructions(python, load)
    for size in SIZES:
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            write(folder, many_days(size))
            text = f"list(csv.reader(open({str(folder / 'arrivals.csv')!r}, encoding='utf-8', newline='')))"
            whole = f"{load}\ncatalogue = Catalogue.read({name!r})"
            ask = "catalogue.arrivals('1900-04-01', as_of='1900-06-15')"
            read, once = instructions(python, whole), instructions(python, f"{whole}\n{ask}")
            ratios.append((read - base) / (instructions(python, f"{load}\n{text}") - base))
            lookups.append((instructions(python, f"{whole}\n{ask}\nfor _ in range(200): {ask}") - once) // 200)
    return ratios, lookups


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
    python = version_of_us(version)
    return each_call(python, DOOR, "ask(2020)") / each_call(python, SAME_SIGNATURE, "ask(2020)")


def users(python: Path, lookup: float) -> list[dict[str, str | float]]:
    """Return what the next answer costs in the forms that users write, beside a dictionary look-up."""
    forms = {
        "arrivals(2020), asked with the same constant": (DOOR, "ask(2020)"),
        "arrivals(year), asked with an equal number": (f"{DOOR}\nyear = int('2020')\nask(2020)", "ask(year)"),
        "defector_stats.arrivals(2020)": ("import defector_stats", "defector_stats.arrivals(2020)"),
    }
    return [{"what": form, "measured": each_call(python, *code) / lookup} for form, code in forms.items()]


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
    ratios, lookups = read_many(python)
    asked, growing = list(questions()), growth()
    budgets = [
        ("import / bare interpreter", us["import"], 1.03, 1.05),
        ("first answer over import attrs, in bare interpreters", (first - attrs) / bare, 0.6, 0.9),
        *(
            (f"next answer / a bound method with the same signature, Python {version}", next_answer(version), 1.05, 1.1)
            for version in VERSIONS
        ),
        ("peak memory of the first answer / import attrs, over bare", us["memory"], 1.15, 1.25),
        ("wheel / its files as one solid xz", wheel_over_xz(), 1.5, 1.7),
        *((f"Catalogue.read of {n:,} rows / reading the CSV", r, 6, 10) for n, r in zip(SIZES, ratios, strict=True)),
        ("look-up as of a day at 100,000 rows / at 1,000 rows", lookups[-1] / lookups[0], 1.2, 2),
    ]
    found = {
        "python": platform.python_version(),
        "growth sizes": GROWTH_SIZES,
        "budgets": [dict(zip(("what", "measured", "goal", "limit"), row, strict=True)) for row in budgets],
        "peers": [us, *(peer(name, *code, floor) for name, code in PEERS.items())],
        "users": users(python, floor["lookup"]),
        "questions": asked,
        "guests": list(guests()),
        "growth": growing,
    }
    RESULTS.write_text(json.dumps(found, indent=1, default=float) + "\n", encoding="utf-8")
    show(found)
    above = [what for what, value, limit in measured_and_limits(found) if value > limit]
    print("\nAbove the limit:", ", ".join(above) or "nothing")
    return int(bool(above))


def measured_and_limits(found: dict[str, Any]) -> list[tuple[str, float, float]]:
    """Return everything that has a limit, with what was measured; of several Pythons, the highest."""
    rows = [(row["what"], row["measured"], row["limit"]) for row in found["budgets"]]
    asked = [(row, when) for row in found["questions"] for when in ("first", "again") if row[f"{when} goal"]]
    return rows + [(f"{row['what']}, {when}", max(row[when].values()), row[f"{when} goal"][1]) for row, when in asked]


def show(found: dict[str, Any]) -> None:
    """Print the tables."""
    width = max(len(row["what"]) for row in found["budgets"])
    print(f"{'':{width}}  measured    goal   limit")
    for row in found["budgets"]:
        print(f"{row['what']:{width}}  {row['measured']:8.3f}  {row['goal']:6}  {row['limit']:6}")
    print(f"\n{'':40}  " + "".join(f"{when} {version}  " for when in ("first", "again") for version in VERSIONS))
    for row in found["questions"]:
        values = [*row["first"].values(), *(row["again"] or {}).values()]
        print(f"{row['what'][:40]:40}  " + "".join(f"{value:10.3f}  " for value in values))
    for row in found["guests"]:
        print(f"{row['what']:40}  {row['first']:10.3f}  {row['again']:10.3f}")
    for row in found["users"]:
        print(f"{row['what']:60}  {row['measured']:6.2f} dictionary look-ups")
    print(f"\n{'':24}  import   first    next  memory  installed")
    for row in found["peers"]:
        ratios = "  ".join(f"{row[name]:6.2f}" for name in ("import", "first answer", "next answer", "memory"))
        print(f"{row['name']:24}  {ratios}  {row['installed']:9,}")
    print()
    for row in found["growth"]:
        print(f"{row['axis']:24} {row['task']:24} {row['cost']:8.1f} {row['exponent']:6.2f}")


if __name__ == "__main__":
    sys.exit(main())
