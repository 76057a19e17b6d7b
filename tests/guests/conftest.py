"""What several guests share: the pages on SQL and other programs, their files, SDMX messages, and axes to draw on."""

import datetime as dt
import re
import shutil
import subprocess
import sys
from pathlib import Path

import log_model
import pytest

from defector_stats import breakdown, data_path, destinations, estimates, export, series

DOCS = Path(__file__).parents[2] / "docs"
# Days on which much was about to change, or had just changed.
DAYS = ("2002-01-02", "2009-01-31", "2012-02-28", "2012-02-29", "2013-12-31", "2018-09-29", "2020-12-31", "2026-01-25")


def fences(name):
    """Return what stands in the fences of a section of a page: a list of pairs of a language and a text."""
    page = DOCS / "how-to" / name
    if not page.exists():
        pytest.skip("the pages are not part of the wheel")
    sections = re.split(r"^## (.+)\n", page.read_text(encoding="utf-8"), flags=re.MULTILINE)
    texts = dict(zip(sections[1::2], sections[2::2], strict=True))
    return lambda title: re.findall(r"^```(\w+)\n(.*?)^```$", texts[title], re.MULTILINE | re.DOTALL)


@pytest.fixture(scope="session")
def snippets():
    """The page *Use the figures without Python*."""
    return fences("without-python.md")


@pytest.fixture(scope="session")
def many_rows():
    """The page *Query a very large log*."""
    return fences("many-rows.md")


@pytest.fixture(scope="session")
def figures(tmp_path_factory):
    """A folder with the data and with the file of years, as the page makes it."""
    folder = shutil.copytree(data_path(), tmp_path_factory.mktemp("without-python") / "figures")
    subprocess.run([sys.executable, DOCS / "pages" / "by_year.py"], cwd=folder, check=True)
    return folder


@pytest.fixture(scope="session")
def known():
    """Return what was published of each area and period of a measure by a day, as a second model reads the log."""

    def answers(measure, day):
        model = log_model.Model(log_model.read_rows(data_path() / f"{measure}.csv"), [])
        found = {place: model.published(*place, dt.date.fromisoformat(day)) for place in model.rows}
        return {place: answer for place, answer in found.items() if answer is not None}

    return answers


@pytest.fixture(params=DAYS)
def day(request):
    return request.param


@pytest.fixture(scope="session")
def program():
    """Return the path of a program, or skip where it is not installed."""

    def find(name):
        path = shutil.which(name)
        if path is None:
            pytest.skip(f"{name} is not installed")
        return path

    return find


SDMX_THINGS = {
    "series": series(start=2015),
    "breakdown": breakdown("residence"),
    "estimates": estimates(),
    "places": destinations(2016),
    "everything": "all",
}


@pytest.fixture(params=SDMX_THINGS)
def sdmx_files(request, tmp_path):
    """The figures and the structure of a thing."""
    thing = SDMX_THINGS[request.param]
    return (
        export(thing, tmp_path / "figures.csv", format="sdmx-csv"),
        export(thing, tmp_path / "structure.xml", format="sdmx-structure"),
    )


@pytest.fixture
def axes():
    """Return axes of a figure of their own."""
    pyplot = pytest.importorskip("matplotlib.pyplot")
    figure, axes = pyplot.subplots()
    yield axes
    pyplot.close(figure)
