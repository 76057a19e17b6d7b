"""A page for each year of arrivals in South Korea, and the table of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from defector_stats import (
    Observation,
    Period,
    arrivals,
    cite,
    context,
    destinations,
    faq,
    observations,
    revisions,
    series,
)
from defector_stats._model.words import number, percent, period_name, release_phrase, sentence
from defector_stats._output.cells import write_count

from . import charts
from .markdown import cell, cited, contents, folded, table, write_pages

if TYPE_CHECKING:
    from collections.abc import Sequence

    from defector_stats import Revision, Revisions, Source

# With fewer values, a chart of how a figure changed shows less than its table.
_WORTH_DRAWING = 3

_STATUSES = {
    "normal": "published by the ministry, or reported from it",
    "provisional": "provisional: it was marked or reported as such when it was published",
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
            write_count(figure.female),
            "" if figure.female_share is None else percent(figure.female_share * 100, int(figure)),
            str(len(revisions(str(figure.period)))),
            figure.status.replace("-", " "),
            _day(figure.released).replace(" ", "\N{NO-BREAK SPACE}"),
        )
        for figure in reversed(figures)
    ]
    header = ("year", "people", "women", "share", "versions", "status", "present value since")
    listed = f"{table(header, rows)}\n{contents(names)}"
    write_pages("years", {"index": f"{_INTRODUCTION}\n{listed}"} | pages)
    return listed


_INTRODUCTION = """# Arrivals by year

How many people from North Korea reached South Korea in each year.
The page of a year has its sources, all values that were published over time, and how to cite it;
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
        _facts(figure, steps),
        *_history(year),
        *_others(figure),
        *_parts(figure),
        *_longer(figure),
        *_elsewhere(year),
        "## Sources\n",
        _origins(figure),
        *(f"1. {cited(source)}" for source in figure.sources),
        f"\nThe ministry shows its newest figures at <{series().measure.url}>.\n",
        "## Related questions\n",
        *(f"- {{ref}}`{cell(question)} <question-{name}>`" for name, question in _questions(figure)),
        "\n## Cite this figure\n",
        f"```text\n{cite(figure)}\n```\n",
        folded("BibTeX", f"```bibtex\n{cite(figure, 'bibtex')}\n```\n"),
        folded("RIS", f"```text\n{cite(figure, 'ris')}\n```\n"),
        "## Ask for this figure\n",
        "In Python:\n",
        f"```python\n>>> from defector_stats import arrivals\n>>> arrivals({year})\n{figure!r}\n```\n",
        "In a shell:\n",
        f"```console\n$ defector-stats {year}\n```\n",
    ]
    return "\n".join(parts)


def _facts(figure: Observation, steps: Revisions) -> str:
    """Return the figure and what belongs to it, as a table."""
    first = steps[0]
    by = next((source for source in figure.sources if source.published == figure.released), figure.sources[0])
    since = f"{_day(figure.released)}, by {cell(by.publisher)}"
    if len(steps) > 1:
        published = f"{first.value:,}, {release_phrase(first.released)}, by {cell(first.sources[0].publisher)}"
        history = {"First published": published, "Present value since": since}
    else:
        history = {"First published": since}
    facts = {
        "People": f"**{figure:,}**",
        "Women and girls": _women(figure),
        "Men and boys": write_count(figure.male),
        "Status": sentence(_STATUSES[figure.status]),
        **history,
        "Split by sex since": _day(figure.split_released) if figure.split_released else "",
        "Calculated as": figure.formula or "",
        "Note": cell(figure.note) if len(steps) == 1 else "",
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
    heading = "How the figure changed" if len({step.value for step in steps}) > 1 else "How the split by sex changed"
    drawn = [charts.picture(f"revisions-{year}", steps)] if len(steps) >= _WORTH_DRAWING else []
    line = ["```{container} timeline", *map(_step, steps), "```\n"]
    return [f"## {heading}\n", *drawn, *line]


def _step(step: Revision) -> str:
    """Return one value of the history as an item of a list."""
    seen = "" if step.last_seen == step.released else f", last seen {release_phrase(step.last_seen)}"
    sexes = "" if step.female is None else f" {step.female:,} women and girls, {write_count(step.male)} men and boys."
    status = "" if step.status == "normal" else f" {sentence(step.status.replace('-', ' '))}."
    told = f"Published {release_phrase(step.released)}{seen}, by {_first_source(step.sources)}."
    return f"- **{step.value:,}**.{sexes} {told}{status} {cell(step.note)}".rstrip()


def _others(figure: Observation) -> list[str]:
    """Return what others published, and why it is not the figure."""
    if not figure.alternatives:
        return []
    lines = [
        f"- **{other.value:,}**, {release_phrase(other.released)}, by {_first_source(other.sources)}. {other.reason}"
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
        rows.append(
            f"- All arrivals by the end of {year}: **{total:,}**, first published {release_phrase(total.released)}."
        )
    return ["## Longer periods that include the year\n", *rows, ""] if rows else []


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
