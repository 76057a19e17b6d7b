"""The tables of what was measured: the costs, and how many mutants the tests notice."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]

Table = tuple[tuple[str, ...], list[tuple[str, ...]]]


def costs() -> dict[str, Table]:
    """Return the last benchmark: the budgets, each question, other libraries, and how costs grow."""
    found = json.loads((ROOT / "tools" / "benchmark" / "results.json").read_text(encoding="utf-8"))
    ratios = ("import", "first answer", "next answer", "memory")
    budgets = [
        (each["what"], *(_number(each[name]) for name in ("measured", "goal", "limit")), _verdict(each))
        for each in found["budgets"]
    ]
    peers = [
        (each["name"].replace("==", " "), *(_number(each[name]) for name in ratios), f"{each['installed']:,}")
        for each in found["peers"]
    ]
    guests = [(f"`{each['what']}`", _number(each["first"]), _number(each["again"])) for each in found["guests"]]
    users = [(each["what"], _number(each["measured"])) for each in found["users"]]
    return {
        "budgets": (("what is compared", "measured", "goal", "limit", "result"), budgets),
        "asked": (("question", "first", "goal", "again", "goal"), list(map(_question, found["questions"]))),
        "guests": (("answer", "first", "again"), guests),
        "users": (("what is written", "dictionary look-ups"), users),
        "peers": (("library", *ratios, "installed, KiB"), peers),
        "growth": _growth(found["growth"]),
    }


def mutants() -> dict[str, Table]:
    """Return how many of the mutants of each module the tests notice, of its functions and of its constants."""
    found: dict[str, dict[str, tuple[str, ...]]] = {}
    for row in _rows(ROOT / "tools" / "mutants" / "scores.csv"):
        noticeable = int(row["killed"]) + int(row["survivors"])
        share = f"{100 * int(row['killed']) / noticeable:.1f}%" if noticeable else ""
        found.setdefault(row["module"], {})[row["of"]] = f"{int(row['made']):,}", f"{noticeable:,}", share
    kinds = ("functions", "constants")
    header = ("module", *(name for kind in kinds for name in (f"of {kind}", "tried", "noticed")))
    rows = [
        (f"`{module}`", *(cell for kind in kinds for cell in of.get(kind, ("", "", ""))))
        for module, of in found.items()
    ]
    return {"mutants": (header, rows)}


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _question(row: dict[str, Any]) -> tuple[str, ...]:
    """Return what a question costs; of several versions of Python, the highest."""
    cells = [f"`{row['what']}`"]
    for when in ("first", "again"):
        goal = row[f"{when} goal"]
        cells += [_number(max(row[when].values())) if row[when] else "", "" if goal is None else _number(goal[0])]
    return tuple(cells)


def _growth(rows: list[dict[str, Any]]) -> Table:
    """Return the exponents, a column for each axis; a question that costs next to nothing more has none."""
    axes = list(dict.fromkeys(row["axis"] for row in rows))
    tasks = dict.fromkeys(row["task"] for row in rows)
    found = {(row["task"], row["axis"]): f"{row['exponent']:.2f}" for row in rows}
    return ("question", *axes), [(task, *(found.get((task, axis), "") for axis in axes)) for task in tasks]


def _number(value: float) -> str:
    if isinstance(value, int) or value >= 100:  # noqa: PLR2004, a size
        return f"{value:,.0f}"
    return f"{value:.2f}" if value >= 0.1 or value == 0 else f"{value:.3f}"  # noqa: PLR2004


def _verdict(budget: dict[str, Any]) -> str:
    measured, goal, limit = budget["measured"], budget["goal"], budget["limit"]
    if measured <= goal:
        return "goal met"
    share = f"{100 * (measured / goal - 1):.0f}% above the goal"
    return share if measured <= limit else f"{share}, above the limit"
