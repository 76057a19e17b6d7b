"""Shared by all tests."""

import csv
import shutil
from pathlib import Path

import pytest
from hypothesis import settings

from defector_stats import Catalogue, data_path

# No timing and no example database: the same run everywhere.
settings.register_profile("default", deadline=None, database=None, derandomize=True)
settings.load_profile("default")

HERE = Path(__file__).parent


@pytest.fixture(scope="session")
def catalogue():
    return Catalogue.bundled()


@pytest.fixture
def folder(tmp_path):
    """A copy of the bundled files that a test may break."""
    return Path(shutil.copytree(data_path(), tmp_path / "catalogue"))


@pytest.fixture(scope="session")
def table():
    """Read a bundled table, or one of the tables beside the tests, as dictionaries."""

    def read(name, *, beside_tests=False):
        path = (HERE if beside_tests else data_path()) / f"{name}.csv"
        with path.open(encoding="utf-8", newline="") as file:
            return list(csv.DictReader(file))

    return read
