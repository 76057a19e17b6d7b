"""What each mutant meets: figures that nobody has asked for yet, and the quickest tests first."""

import json
import os
from pathlib import Path

import pytest

from defector_stats import Catalogue


def pytest_sessionstart() -> None:
    """Forget what was read while the tests were collected: the mutant must read it again."""
    bundled = Catalogue.bundled()
    Catalogue.__init__(bundled, type(bundled._ledger.tables)())  # noqa: SLF001, of the kind that it has


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Ask the quickest tests first, since most mutants are killed by one of them; or only some, by their seconds."""
    stats = Path("mutmut-stats.json")
    seconds = json.loads(stats.read_text(encoding="utf-8"))["duration_by_test"] if stats.exists() else {}
    above, longest = map(float, os.environ.get("SECONDS_OF_TESTS", "-inf inf").split())
    items[:] = sorted(
        (item for item in items if above < seconds.get(item.nodeid, 0) <= longest),
        key=lambda item: seconds.get(item.nodeid, 0),
    )
