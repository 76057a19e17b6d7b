"""The version is told with the metadata of a distribution, and without them; `test_door.py` tries a copied folder."""

from importlib.metadata import PackageNotFoundError
from importlib.metadata import version as installed

import pytest

import defector_stats
from defector_stats import Catalogue, data_path
from defector_stats._output.release import version
from defector_stats.cli import main


def test_version_of_distribution():
    assert version() == defector_stats.__version__ == installed("defector-stats")


def test_version_without_distribution(monkeypatch, capsys):
    def nowhere(name):
        raise PackageNotFoundError(name)

    monkeypatch.setattr("importlib.metadata.version", nowhere)

    catalogue = Catalogue.read(data_path())
    assert version() == defector_stats.__version__ == "unknown"
    assert f" Compiled by defector-stats unknown, data edition {catalogue.data_version()}." in catalogue.cite(
        catalogue.arrivals(2020)
    )
    assert " Version unknown. Data edition " in catalogue.cite()
    assert main(["--version"]) == 0
    assert capsys.readouterr().out == f"defector-stats unknown, data edition {defector_stats.data_version()}\n"


def test_version_of_broken_distribution(monkeypatch):
    def broken(name):
        raise OSError(name)

    monkeypatch.setattr("importlib.metadata.version", broken)

    with pytest.raises(OSError, match="defector-stats"):
        version()
