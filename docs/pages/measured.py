"""The tables of what was measured: the costs."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]

Table = tuple[tuple[str, ...], list[tuple[str, ...]]]


def costs() -> dict[str, Table]:
    """Return the last benchmark: the budgets, other libraries, and how costs grow."""
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
    growth = [
        (each["what"], *(f"{count / 1e6:,.2f}" for count in each["instructions"]), f"{each['exponent']:.2f}")
        for each in found["growth"]
    ]
    return {
        "budgets": (("what is compared", "measured", "goal", "limit", "result"), budgets),
        "peers": (("library", *ratios, "installed, KiB"), peers),
        "growth": (("what is done", *(f"{size:,} rows" for size in found["sizes"]), "exponent"), growth),
    }


def _number(value: float) -> str:
    return f"{value:,.0f}" if isinstance(value, int) or value >= 100 else f"{value:.2f}"  # noqa: PLR2004, a size


def _verdict(budget: dict[str, Any]) -> str:
    measured, goal, limit = budget["measured"], budget["goal"], budget["limit"]
    if measured <= goal:
        return "goal met"
    share = f"{100 * (measured / goal - 1):.0f}% above the goal"
    return share if measured <= limit else f"{share}, above the limit"
