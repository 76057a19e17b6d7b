"""A page for each year of arrivals in South Korea, and the table of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from defector_stats import (
    Observation,
    Period,
    Revision,
    arrivals,
    context,
    destinations,
    faq,
    observations,
    revisions,
    series,
)
from defector_stats._model.words import number, ordinal, percent, period_name, release_phrase, sentence
from defector_stats._output.cells import write_count

from . import charts, downloads
from .markdown import cell, cited, contents, folded, table, write_pages

if TYPE_CHECKING:
    from collections.abc import Sequence

    from defector_stats import Source

# With fewer values, a chart of how a figure changed shows less than its table.
_WORTH_DRAWING = 3

_STATUSES = {
    "normal": "published by the ministry, or reported from it",
    "provisional": "provisional: marked or reported as such when it was published",
    "low-reliability": "of low reliability: it rests on a compilation, or mixes figures of different days",
}
# The questions that matter to every year.
_GENERAL = ("how-many", "how-counted")


def years() -> str:
    """Write the pages of years, and return the table of them, the newest first."""
    figures = list(series())
    names = [str(figure.period) for figure in figures]
    neighbours = zip([None, *names[:-1]], figures, [*names[1:], None], strict=True)
    pages = {str(figure.period): _page(figure, before, after) for before, figure, after in neighbours}
    rows = [
        (
            f"{{doc}}`{figure.period} <{figure.period}>`",
            number(int(figure)),
            _women(figure),
            figure.status.replace("-", " "),
            figure.released,
            str(len(revisions(str(figure.period)))),
        )
        for figure in reversed(figures)
    ]
    header = ("year", "people", "women and girls", "status", "first published", "values published")
    listed = f"{table(header, rows)}\n{contents(names)}"
    write_pages("years", {"index": f"{_INTRODUCTION}\n{listed}"} | pages)
    return listed


_INTRODUCTION = """# Arrivals by year

How many people from North Korea reached South Korea in each year.
The page of a year has its sources, the values that were published before, and how to cite it;
{doc}`../figures/arrivals` shows all years as a chart.
Take the table as <a href="../../downloads/arrivals-by-year.csv">CSV</a>.
"""


def _page(figure: Observation, before: str | None, after: str | None) -> str:
    year = str(figure.period)
    steps = revisions(year)
    links = [
        f"{{doc}}`← {before} <{before}>`" if before else "",
        "{doc}`All years <index>`",
        f"{{doc}}`{after} → <{after}>`" if after else "",
    ]
    parts = [
        f"# Arrivals in {year}\n",
        " · ".join(filter(None, links)) + "\n",
        f"{context(year)}\n",
        _facts(figure, steps[0]),
        *_history(year),
        *_others(figure),
        *_parts(figure),
        *_longer(figure),
        *_elsewhere(year),
        "## Sources\n",
        _origins(figure),
        *(f"1. {cited(source)}" for source in figure.sources),
        "\n## Related questions\n",
        *(f"- {{ref}}`{cell(question)} <question-{name}>`" for name, question in _questions(figure)),
        "\n## Use this figure\n",
        downloads.citation(figure),
        f"```python\n>>> from defector_stats import arrivals\n>>> arrivals({year})\n{arrivals(year)!r}\n```\n",
        f"```console\n$ defector-stats {year}\n```\n",
    ]
    return "\n".join(parts)


def _facts(figure: Observation, first: Revision) -> str:
    """Return the figure and what belongs to it, as a table."""
    standing = context(figure.period)
    by = [source.publisher for source in figure.sources if source.published == figure.released]
    told = f"{release_phrase(figure.released)}{f', by {by[0]}' if by else ''}"
    facts = {
        "People": f"**{figure:,}**",
        "Women and girls": _women(figure),
        "Men and boys": write_count(figure.male),
        "Status": _STATUSES[figure.status],
        "First published": cell(sentence(told)),
        "Split by sex first published": sentence(release_phrase(figure.split_released))
        if figure.split_released
        else "",
        "First value for the year": f"{first.value:,}, {release_phrase(first.released)}"
        if first.value != figure
        else "",
        "Rank": f"{ordinal(standing.rank)} highest of {standing.coverage}",
        "Calculated as": figure.formula or "",
        "Note": cell(figure.note),
    }
    rows = [(name, value) for name, value in facts.items() if value]
    return table(("Arrivals in South Korea", str(figure.period)), rows)


def _women(figure: Observation) -> str:
    share = figure.female_share
    return "" if share is None else f"{figure.female:,} ({percent(share * 100, int(figure))})"


def _history(year: str) -> list[str]:
    """Return each value that was published, in order of time."""
    steps = revisions(year)
    if len(steps) == 1:
        return ["## How the figure changed\n", "No revision of the figure is on record.\n"]
    rows = [
        (
            _day(step.released),
            number(step.value),
            write_count(step.female),
            write_count(step.male),
            _day(step.last_seen),
            f"{_first_source(step.sources)}; {step.status.replace('-', ' ')}",
            cell(step.note),
        )
        for step in steps
    ]
    header = ("first published", "people", "women", "men", "last seen", "source and status", "note")
    heading = "How the figure changed" if len({step.value for step in steps}) > 1 else "How the split by sex changed"
    drawn = [charts.picture(f"revisions-{year}", steps)] if len(steps) >= _WORTH_DRAWING else []
    return [f"## {heading}\n", *drawn, table(header, rows)]


def _others(figure: Observation) -> list[str]:
    """Return what others published, and why it is not the figure."""
    if not figure.alternatives:
        return []
    lines = [
        f"- **{other.value:,}**, {release_phrase(other.released)}. {other.reason} Read in {_first_source(other.sources)}."
        for other in figure.alternatives
    ]
    return ["## Other values, and why they are not used\n", *lines, ""]


def _parts(figure: Observation) -> list[str]:
    """Return the figures of half-years, quarters, months and other parts of the year."""
    within = [
        part
        for part in observations("arrivals")
        if part.period.start and part.period.overlaps(figure.period) and _days(part.period) < _days(figure.period)
    ]
    if not within:
        return []
    rows = [
        (
            sentence(period_name(part.period)),
            number(int(part)),
            write_count(part.female),
            write_count(part.male),
            "calculated" if part.is_derived else part.status.replace("-", " "),
            _day(part.released),
            _first_source(part.sources),
        )
        for part in within
    ]
    header = ("period", "people", "women", "men", "status", "first published", "source")
    told = "These were published at different times, so they need not add up to the figure of the whole year.\n"
    return ["## Parts of the year\n", told, table(header, rows)]


def _longer(figure: Observation) -> list[str]:
    """Return the rows of several years that hold the year, and the running total at its end."""
    year = figure.period
    rows = [
        f"- {sentence(period_name(longer.period))}: **{longer:,}**, a figure for several years and not for one."
        for longer in observations("arrivals")
        if longer.period.start and longer.period.overlaps(year) and _days(longer.period) > _days(year)
    ]
    if (total := arrivals(f"../{year}", default=None)) is not None:
        rows.append(f"- All arrivals by the end of {year}: **{total:,}**, first published {release_phrase(total.released)}.")
    return ["## Figures that hold the year\n", *rows, ""] if rows else []


def _elsewhere(year: str) -> list[str]:
    """Return what is known of other countries in the year."""
    rows = [
        (place.place.name, f"{place.figure:,}", f"{{doc}}`{cell(place.measure.title)} <../figures/{place.measure.id}>`")
        for place in destinations(year)
        if place.measure.id != "arrivals"
    ]
    told = "These count different things, partly the same people, so they are never added up.\n"
    shown = table(("country", "people", "what is counted"), rows)
    return [f"## Other countries in {year}\n", told, folded(f"{len(rows)} figures", shown)] if rows else []


def _origins(figure: Observation) -> str:
    """Say how many sources there are, and how many of them do not copy each other."""
    found, origins = len(figure.sources), figure.provenance.origins
    if found == 1:
        return "One source gives this figure.\n"
    if found == origins:
        return f"{found} sources give this figure; none of them is known to copy another.\n"
    left = "one remains" if origins == 1 else f"{origins} remain"
    return f"{found} sources give this figure; leaving out those known to copy another, {left}.\n"


def _questions(figure: Observation) -> list[tuple[str, str]]:
    """Return the id and the text of the questions whose answers name the figure, and of the general ones."""
    return [
        (entry.id, entry.question)
        for entry in faq()
        if entry.id in _GENERAL or any(isinstance(said, Observation) and _same(said, figure) for said in entry.figures)
    ]


def _same(said: Observation, figure: Observation) -> bool:
    return (said.measure, said.area, said.period) == (figure.measure, figure.area, figure.period)


def _first_source(sources: Sequence[Source]) -> str:
    """Return the publisher of the first source with a link, and how many more there are."""
    first, *others = sources
    name = f"[{cell(first.publisher)}](<{first.url}>)" if first.url else cell(first.publisher)
    return f"{name} and {len(others)} more" if others else name


def _day(released: str) -> str:
    return period_name(Period.parse(released))


def _days(period: Period) -> int:
    """Return how long a period with a first day is."""
    return (period.end - (period.start or period.end)).days
