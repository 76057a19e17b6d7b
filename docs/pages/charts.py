"""The pictures of pages."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from pathlib import Path
from typing import TYPE_CHECKING

from defector_stats import Breakdown, Estimates, Revisions, TimeSeries, estimates, revisions, series

if TYPE_CHECKING:
    from defector_stats import Chart

Drawable = TimeSeries | Breakdown | Estimates | Revisions

GENERATED = Path(__file__).parents[1] / "_generated"

# Pictures of one chart, by the name of the part that shows it.
PICTURES: dict[str, Drawable] = {
    "index": series(),
    "start": series(start=2015),
    "revisions-2009": revisions(2009),
    "revisions-2025": revisions(2025),
    "estimates-in-china": estimates("in-china"),
}

_SVG = "{http://www.w3.org/2000/svg}"
_LINK = "{http://www.w3.org/1999/xlink}href"
# Matplotlib writes a rule for all elements, which a page would take for its own.
_FOR_ALL = re.compile(r"(?:^|(?<=[\s};]))\*\s*\{")

ET.register_namespace("", _SVG.strip("{}"))
ET.register_namespace("xlink", _LINK.partition("}")[0].strip("{"))


def picture(name: str, thing: Drawable, *vintages: TimeSeries) -> str:
    """Draw a figure, and return the Markdown that shows it."""
    return show(name, layouts(thing, *vintages))


def layouts(thing: Drawable, *vintages: TimeSeries) -> dict[str, Chart]:
    """Return the charts of a figure by layout: `wide` and `narrow`, or the `only` one."""
    return {"only": thing.plot(*vintages) if isinstance(thing, TimeSeries) else thing.plot()}


def show(name: str, drawn: dict[str, Chart]) -> str:
    """Return the Markdown that holds charts as a part of the page, so that they follow it into the dark.

    Args:
        name: The name of the figure, which no other on the page has.
        drawn: Its charts, by layout; of several, the page shows the one that fits the screen.
    """
    boxes = [
        f'<div class="chart-{layout}">{_inline(f"{name}-{layout}", chart)}</div>' for layout, chart in drawn.items()
    ]
    return "\n".join(["```{raw} html", '<div class="chart">', *boxes, "</div>", "```\n"])


def _inline(name: str, chart: Chart) -> str:
    """Return a chart as an element of a page that has others: names are its own, and rules hold for it alone."""
    path = chart.save(GENERATED / f"{name}.svg", overwrite=True)
    root = ET.parse(path).getroot()  # noqa: S314, our own drawing
    for described in root.findall(f"{_SVG}metadata"):
        root.remove(described)
    for element in root.iter():
        if element.tag == f"{_SVG}style":
            element.text = _FOR_ALL.sub(f"#{name} * {{", element.text or "")
        for attribute, value in element.items():
            if attribute == "id":
                element.set(attribute, f"{name}-{value}")
            elif attribute in {"href", _LINK} and value.startswith("#"):
                element.set(attribute, f"#{name}-{value[1:]}")
            elif "url(#" in value:
                element.set(attribute, value.replace("url(#", f"url(#{name}-"))
    # Its size is that of its box.
    for attribute in ("width", "height"):
        root.attrib.pop(attribute, None)
    for attribute, value in {"id": name, "role": "img", "aria-label": chart.alt}.items():
        root.set(attribute, value)
    return ET.tostring(root, encoding="unicode")
