"""The diagrams that are drawn by hand say what the library says, and can be read by everyone."""

import datetime as dt
import re
from pathlib import Path
from typing import get_args

import pytest

from defector_stats import arrivals, measures, revisions
from defector_stats._model.vocabulary import TOPICS, VerificationVerdict

FOLDER = Path(__file__).parents[2] / "docs" / "_static" / "diagrams"
PAGES = {"journey": "explanation/counted.html", "log": "explanation/changes.html", "verify": "how-to/check.html"}
SMALLEST = """
    it => Math.min(...[...it.querySelectorAll("text")].map((text) => parseFloat(getComputedStyle(text).fontSize)))
        * it.getBoundingClientRect().width / it.viewBox.baseVal.width
"""
OUTSIDE = """
    it => {
        const { left, right, top, bottom } = it.getBoundingClientRect();
        return [...it.querySelectorAll("text")].filter((text) => {
            const box = text.getBoundingClientRect();
            return box.left < left || box.right > right || box.top < top || box.bottom > bottom;
        }).map((text) => text.textContent);
    }
"""
# The colour of text in a theme that a reader chooses.
COLOUR = """
    (theme) => {
        document.body.dataset.theme = theme;
        return getComputedStyle(document.querySelector(".diagram text:not([class])")).fill;
    }
"""


def read(name):
    return (FOLDER / f"{name}.svg").read_text(encoding="utf-8")


def words(name):
    return re.findall(r"[\w-]+", " ".join(re.findall(r"<text[^>]*>(.*?)</text>", read(name))))


def label(name):
    return re.search(r'aria-label="(.*?)"', read(name))[1]


def test_diagrams_all_shown():
    assert {path.stem for path in FOLDER.iterdir()} == set(PAGES)


@pytest.mark.parametrize("diagram", PAGES)
def test_diagram_fits_phone_in_readable_size(visit, diagram):
    drawn = visit(PAGES[diagram], screen="phone").locator("svg.diagram")

    assert drawn.evaluate(SMALLEST) >= 11
    assert drawn.evaluate(OUTSIDE) == []


@pytest.mark.parametrize("diagram", PAGES)
def test_diagram_follows_theme(visit, diagram):
    """The colours are those of the page, also if a reader chooses another theme than that of the system."""
    page = visit(PAGES[diagram])
    light, dark = (page.evaluate(COLOUR, theme) for theme in ("light", "dark"))
    page.evaluate(COLOUR, "auto")

    assert light != dark


def test_journey_names_every_measure_and_topic():
    names = {measure.id for measure in measures()} | set(TOPICS)

    assert names <= set(words("journey"))
    assert all(name in label("journey") for name in names)


def test_log_draws_revisions():
    """Each step stands at the day of its first publication on the scale of the years."""
    steps = revisions(2009)
    years = {int(year): float(x) for x, year in re.findall(r'<text x="([\d.]+)"[^>]*>(20\d\d)</text>', read("log"))}
    first, last = min(years), max(years)
    scale = (years[last] - years[first]) / (last - first)
    drawn = [float(x) for x in re.findall(r'<circle class="tip" cx="([\d.]+)" cy="(?!254)', read("log"))]
    days = [dt.date.fromisoformat(step.released.ljust(10, "-").replace("---", "-01")) for step in steps]
    expected = [years[first] + scale * (day.year - first + (day.timetuple().tm_yday - 1) / 365) for day in days]

    assert re.findall(r">(\d,\d{3})<", read("log")) == [f"{step.value:,}" for step in steps]
    assert drawn == pytest.approx(expected, abs=1)
    assert all(f"{step.value:,}" in label("log") for step in steps)


def test_log_cuts_at_day_it_names():
    (day,) = re.findall(r'as_of="([\d-]+)"', read("log"))
    (answer,) = re.findall(r"before the cut: ([\d,]+)\.", read("log"))

    assert answer == f"{arrivals(2009, as_of=day):,}"
    assert answer in label("log")


def test_verify_has_every_verdict():
    shown = re.findall(r'<text[^>]*class="middle code accent">(\w+)<', read("verify"))

    assert set(shown) == set(get_args(VerificationVerdict))
    assert all(f" {verdict}" in label("verify") for verdict in shown)
