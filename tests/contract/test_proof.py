"""What the last benchmark found keeps the limits, and the page about it explains each goal that was missed."""

import json
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SOURCE = ROOT / "src" / "defector_stats"

pytestmark = pytest.mark.skipif(not SOURCE.exists(), reason="not part of the wheel")


def test_budgets_within_limits():
    found = json.loads((ROOT / "tools" / "benchmark" / "results.json").read_text(encoding="utf-8"))

    assert [row["what"] for row in found["budgets"] if row["measured"] > row["limit"]] == []


def test_missed_goals_are_explained():
    found = json.loads((ROOT / "tools" / "benchmark" / "results.json").read_text(encoding="utf-8"))
    missed = {
        re.split(" / |, KiB| of [0-9]", row["what"])[0] for row in found["budgets"] if row["measured"] > row["goal"]
    }
    page = (ROOT / "docs" / "developers" / "costs.md").read_text(encoding="utf-8")
    explained = re.findall(r"^- \*\*(.+)\.\*\*", page.replace("`", ""), re.MULTILINE)

    assert sorted(map(str.lower, explained)) == sorted(map(str.lower, missed))
