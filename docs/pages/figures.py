"""The page of figures: charts with their tables."""

from __future__ import annotations

from defector_stats import Breakdown, Estimates, Revisions, TimeSeries, breakdown, estimates, series
from defector_stats._output.cells import cells

from .charts import picture
from .markdown import cell, table

# What is drawn, under which heading, in the order of the page.
FIGURES = {
    "Arrivals in South Korea": {
        "By year": series(),
        "By half-year": series(frequency="half"),
        "By quarter": series(frequency="quarter"),
        "All arrivals so far": series(frequency="running-total"),
    },
    "Who the people are": {
        f"By {dimension}": breakdown(dimension) for dimension in ("age", "occupation", "province", "education")
    }
    | {"Where they live in the South": breakdown("residence")},
    "Other countries": {
        "Refugees, all countries that report them": series("refugees", area="WLD"),
        "Pending claims for asylum, all countries that report them": series("asylum-seekers", area="WLD"),
        "New applications for asylum, all countries that report them": series("asylum-applications", area="WLD"),
        "Admissions to the United States": series("us-refugee-admissions", frequency="fiscal-year"),
        "Applications in the United Kingdom, main applicants": series("uk-asylum-applications"),
        "Arrests in Thailand, on the way": series("thailand-arrests"),
    },
    "Back to the North": {"Confirmed re-entries": series("re-entries")},
    "Estimates": {
        "People who live in China": estimates("in-china"),
        "Children in China": estimates("children-in-china"),
        "People held in China": estimates("detained-in-china"),
        "Forced returns": estimates("forced-returns"),
        "Departures": estimates("departures"),
    },
}


def figures() -> str:
    """Return every chart with its text and its table."""
    parts: list[str] = []
    for section, things in FIGURES.items():
        parts.append(f"## {section}\n")
        for place, (title, thing) in enumerate(things.items()):
            name = f"{section}-{place}".casefold().replace(" ", "-")
            parts += [f"### {title}\n", picture(name, thing), thing.plot().alt + "\n", _table(thing)]
    return "\n".join(parts)


def _table(thing: TimeSeries | Breakdown | Estimates | Revisions) -> str:
    """Return the figures of a chart, folded away until they are wanted."""
    header, rows = cells(thing)
    figures = table(header, [[cell(text) for text in row] for row in rows])
    return f"<details><summary>The figures as a table</summary>\n\n{figures}\n</details>\n"
