"""What the last benchmark found keeps the limits, and the page about it explains each goal that was missed."""

import json
import re
from pathlib import Path

import pytest

import defector_stats as ds

ROOT = Path(__file__).parents[2]
SOURCE = ROOT / "src" / "defector_stats"

pytestmark = pytest.mark.skipif(not SOURCE.exists(), reason="not part of the wheel")


@pytest.fixture(scope="module")
def measured():
    """Everything with a goal: its name, what was measured at most, the goal and the limit."""
    found = json.loads((ROOT / "tools" / "benchmark" / "results.json").read_text(encoding="utf-8"))
    rows = [(row["what"], row["measured"], row["goal"], row["limit"]) for row in found["budgets"]]
    asked = [(row, when) for row in found["questions"] for when in ("first", "again") if row[f"{when} goal"]]
    return rows + [(f"{row['what']}, {when}", max(row[when].values()), *row[f"{when} goal"]) for row, when in asked]


def test_costs_within_limits(measured):
    assert [name for name, value, _, limit in measured if value > limit] == []


def test_missed_goals_are_explained(measured):
    """The page names each goal that was missed, and no other."""
    missed = {re.split(" / |, (?:first|again)$", name)[0].lower() for name, value, goal, _ in measured if value > goal}
    page = (ROOT / "docs" / "developers" / "costs.md").read_text(encoding="utf-8")
    (section,) = re.findall(r"^## Goals that are not met\n(.*?)^## ", page, re.MULTILINE | re.DOTALL)
    named = set(re.findall(r"^- \*\*(.+)\.\*\*", section, re.MULTILINE)) - {"First answers"}
    asked = set(re.findall(r"^  (?:-|  |and).*", section, re.MULTILINE))
    questions = {code for line in asked for code in re.findall("`([^`]+)`", line)}

    assert {name.lower() for name in named | questions} == missed


def test_every_public_question_is_measured():
    """A new function is measured too."""
    found = json.loads((ROOT / "tools" / "benchmark" / "results.json").read_text(encoding="utf-8"))
    asked = {re.match(r"\w+", row["what"])[0] for row in found["questions"]}

    # Two return what was read at once.
    assert {name for name in ds.__all__ if name.islower()} - asked == {"data_path", "data_version"}
