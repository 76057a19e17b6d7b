"""What the last benchmark and the last run of mutants found, as the pages print it."""

import csv
import json
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
SOURCE = ROOT / "src" / "defector_stats"
MUTATION = ROOT / "tests" / "mutation"

pytestmark = pytest.mark.skipif(not SOURCE.exists(), reason="not part of the wheel")


def table(name):
    with (MUTATION / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_no_limit_was_passed():
    found = json.loads((ROOT / "benchmarks" / "results.json").read_text(encoding="utf-8"))

    assert [row["what"] for row in found["budgets"] if row["measured"] > row["limit"]] == []


def test_every_goal_that_was_missed_is_explained():
    found = json.loads((ROOT / "benchmarks" / "results.json").read_text(encoding="utf-8"))
    missed = {
        re.split(" / |, KiB| of [0-9]", row["what"])[0] for row in found["budgets"] if row["measured"] > row["goal"]
    }
    page = (ROOT / "docs" / "explanation" / "costs.md").read_text(encoding="utf-8")
    explained = re.findall(r"^- \*\*(.+)\.\*\*", page.replace("`", ""), re.MULTILINE)

    assert sorted(map(str.lower, explained)) == sorted(map(str.lower, missed))


def test_the_mutants_of_every_module_were_tried_and_nearly_all_were_killed():
    scores = {row["module"]: row for row in table("scores.csv")}
    killed, alive = (sum(int(row[name]) for row in scores.values()) for name in ("killed", "survivors"))

    assert set(scores) == {path.stem for path in SOURCE.glob("*.py") if not path.stem.startswith("__")}
    assert killed / (killed + alive) >= 0.95
    for row in scores.values():
        assert int(row["mutants"]) == sum(int(row[name]) for name in ("killed", "survivors", "wording"))


def test_every_survivor_is_in_the_code_as_it_stands_and_has_a_reason():
    survivors = table("survivors.csv")
    for row in survivors:
        source = (SOURCE / f"{row['module']}.py").read_text(encoding="utf-8")
        assert " ".join(row["before"].split()) in " ".join(source.split())
        assert row["reason"].endswith(".")

    counted = {row["module"]: int(row["survivors"]) for row in table("scores.csv")}
    assert counted == {name: sum(row["module"] == name for row in survivors) for name in counted}
