"""The pictures of pages."""

from __future__ import annotations

import re
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from defector_stats import Breakdown, Estimates, Revisions, TimeSeries, estimates, revisions, series

if TYPE_CHECKING:
    from defector_stats import Chart

Drawable = TimeSeries | Breakdown | Estimates | Revisions

GENERATED = Path(__file__).parents[1] / "_generated"

# Pictures of one chart, by the name of the part that shows it.
PICTURES: dict[str, Drawable] = {
    "start": series(start=2015),
    "revisions-2009": revisions(2009),
    "revisions-2025": revisions(2025),
    "estimates-in-china": estimates("in-china"),
}

# Where an element of a drawing has a name, and where another is drawn with it.
_NAMES = re.compile(r'\bid="|url\(#|href="#')


def picture(name: str, thing: Drawable, *vintages: TimeSeries) -> str:
    """Draw a figure, and return the Markdown that shows it."""
    return show(name, layouts(thing, *vintages))


def layouts(thing: Drawable, *vintages: TimeSeries) -> dict[str, Chart]:
    """Return the charts of a figure by layout."""
    plot = partial(thing.plot, *vintages) if isinstance(thing, TimeSeries) else thing.plot
    return {"wide": plot(), "narrow": plot(narrow=True)}


def show(name: str, drawn: dict[str, Chart]) -> str:
    """Return the Markdown that holds charts as a part of the page, so that they follow it into the dark.

    Args:
        name: The name of the figure, which no other on the page has.
        drawn: Its charts, by layout; the page shows the one that fits the screen.
    """
    boxes = [f'<div class="chart-{layout}">{_draw(f"{name}-{layout}", chart)}</div>' for layout, chart in drawn.items()]
    return "\n".join(["```{raw} html", '<div class="chart">', *boxes, "</div>", "```\n"])


def _draw(name: str, chart: Chart) -> str:
    """Return a chart as an element whose parts have names of their own: a pattern of a hidden one is not drawn."""
    return _NAMES.sub(lambda found: f"{found[0]}{name}-", chart.svg())
