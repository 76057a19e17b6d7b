"""The pictures of pages."""

from __future__ import annotations

from pathlib import Path

from defector_stats import Breakdown, Estimates, Revisions, TimeSeries, estimates, revisions, series

from .markdown import cell

GENERATED = Path(__file__).parents[1] / "_generated"

# Pictures of one chart, by the name of the part that shows it.
PICTURES = {
    "index": series(),
    "start": series(start=2015),
    "revisions-2009": revisions(2009),
    "revisions-2025": revisions(2025),
    "estimates-in-china": estimates("in-china"),
}


def picture(name: str, thing: TimeSeries | Breakdown | Estimates | Revisions, *vintages: TimeSeries) -> str:
    """Draw a chart, and return the Markdown that shows it."""
    chart = thing.plot(*vintages) if isinstance(thing, TimeSeries) else thing.plot()
    path = chart.save(GENERATED / f"{name}.svg", overwrite=True)
    return f"![{cell(chart.alt)}]({path.name})\n"
