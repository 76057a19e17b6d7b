"""The first page: the question answered by four figures and a chart."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from defector_stats import arrivals, revisions, series
from defector_stats._model.words import number, release_phrase

from . import charts

if TYPE_CHECKING:
    from defector_stats import Chart, Observation, TimeSeries

# What the ministry named as reasons; the answer on 2020 has them with their sources.
NOTES = {2012: "tighter control inside the North", 2020: "January: the North closes its border"}
CLOSED = 2020
ROUND = 50


def band() -> str:
    """Return four figures: the newest year, all arrivals, the highest year, and the share of women."""
    latest, peak = arrivals(), series().peak()
    total = series(frequency="running-total")[-1]
    first, *_ = revisions(peak.period)
    facts = [
        (number(latest), f"arrived in {latest.period}", _describe(latest)),
        (number(total), f"in all, to the end of {total.period.end.year}", "where the count begins is contested"),
        (number(peak), f"in {peak.period}, the highest year", f"first published as {number(first.value)}"),
        (
            f"{latest.female_share:.1%}",
            f"of those who came in {latest.period} were women or girls",
            f"{latest.female} of {latest}",
        ),
    ]
    pages = (
        f"answers/years/{latest.period}.html",
        "answers/questions/how-counted.html",
        f"answers/years/{peak.period}.html",
        "answers/questions/why-women.html",
    )
    items = [
        f'<li><a href="{page}"><b>{value}</b> {what}</a><small>{note}</small></li>'
        for page, (value, what, note) in zip(pages, facts, strict=True)
    ]
    return "\n".join(["```{raw} html", '<ul class="band">', *items, "</ul>", "```\n"])


def chart() -> str:
    """Return the chart of all years, with what it shows as its title."""
    return charts.show("arrivals", drawings())


def drawings() -> dict[str, Chart]:
    """Return that chart by layout."""
    years = series()
    plot = partial(years.plot, title=finding(years), notes=NOTES)
    return {"wide": plot(), "narrow": plot(narrow=True)}


def save(folder: str) -> None:
    """Save the chart for README in a folder, both layouts."""
    # In `docs`: python -c "import pages.landing; pages.landing.save('_static')"
    drawn = drawings()
    drawn["wide"].save(Path(folder, "arrivals.svg"), overwrite=True)
    drawn["narrow"].save(Path(folder, "arrivals-narrow.svg"), overwrite=True)


def finding(years: TimeSeries) -> str:
    """Return what the chart shows: the peak, and a round number that no later year has reached."""
    peak = years.peak()
    bound = -(-int(years.between(CLOSED, None).peak() + 1) // ROUND) * ROUND
    return f"Arrivals peaked at {number(peak)} in {peak.period} and have stayed below {bound} since {CLOSED}"


def _describe(figure: Observation) -> str:
    status = "" if figure.status == "normal" else f"{figure.status}; "
    return f"{status}first published {release_phrase(figure.released)}"
