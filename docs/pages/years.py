"""A page for each year of arrivals in South Korea, and the table of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from defector_stats import Period, about, cite, revisions, series
from defector_stats._analysis.breakdown import dated_title
from defector_stats._model.words import number, percent, period_name, release_phrase, sentence
from defector_stats._output.cells import write_count
from defector_stats._output.page import (
    NEVER_ADDED,
    NOT_ADDED_UP,
    OF_EVERYBODY,
    count_sources,
    credit,
    describe_alternative,
    describe_step,
    title_history,
)

from . import charts
from .markdown import cell, cited, contents, folded, table, write_pages

if TYPE_CHECKING:
    from defector_stats import About, Observation

# With fewer values, a chart of how a figure changed shows less than its table.
_WORTH_DRAWING = 3

_STATUSES = {
    "normal": "published by the ministry, or reported from it",
    "provisional": "provisional: it was marked or reported as such when it was published",
    "low-reliability": "of low reliability: it rests on a compilation, or mixes figures of different days",
}


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
    header = ("year", "people", "women", "share", "versions", "status", "current value since")
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
    known = about(year)
    links = [
        f"{{doc}}`← {before} <{before}>`" if before else "",
        "{doc}`All years <index>`",
        f"{{doc}}`{after} → <{after}>`" if after else "",
    ]
    parts = [
        f"# Arrivals in {year}\n",
        " · ".join(filter(None, links)) + "\n",
        f"{known.context}\n",
        _facts(known),
        *_history(known),
        *_others(known),
        *_parts(known),
        *_longer(known),
        *_tables(known),
        *_elsewhere(known),
        "## Sources\n",
        f"{count_sources(figure)}\n",
        *(f"1. {cited(source)}" for source in figure.sources),
        f"\nThe ministry shows its newest figures at <{known.url}>.\n",
        "## Related questions\n",
        *(f"- {{ref}}`{cell(question)} <question-{name}>`" for name, question in known.questions),
        "\n## Cite this figure\n",
        f"```text\n{known.citation}\n```\n",
        folded("BibTeX", f"```bibtex\n{cite(figure, 'bibtex')}\n```\n"),
        folded("RIS", f"```text\n{cite(figure, 'ris')}\n```\n"),
        "## Ask for this figure\n",
        "In Python:\n",
        f"```python\n>>> from defector_stats import arrivals\n>>> arrivals({year})\n{figure!r}\n```\n",
        "In a shell:\n",
        f"```console\n$ defector-stats {year}\n```\n",
        f"`about({year})` returns all of this page, and `defector-stats about {year}` prints it.\n",
    ]
    return "\n".join(parts)


def _facts(known: About) -> str:
    """Return the figure and what belongs to it, as a table."""
    figure, steps = known.figure, known.revisions
    first = steps[0]
    by = next((source for source in figure.sources if source.published == figure.released), figure.sources[0])
    since = f"{_day(figure.released)}, by {cell(by.publisher)}"
    if len(steps) > 1:
        published = f"{first.value:,}, {release_phrase(first.released)}, by {cell(first.sources[0].publisher)}"
        history = {"First published": published, "Current value since": since}
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


def _history(known: About) -> list[str]:
    """Return each value that was published, in order of time."""
    steps = known.revisions
    if len(steps) == 1:
        return ["## How the figure changed\n", "No revision of the figure is on record.\n"]
    drawn = [charts.picture(f"revisions-{known.figure.period}", steps)] if len(steps) >= _WORTH_DRAWING else []
    line = ["```{container} timeline", *(f"- {describe_step(step)}" for step in steps), "```\n"]
    return [f"## {title_history(steps)}\n", *drawn, *line]


def _others(known: About) -> list[str]:
    """Return what others published, and why it is not the figure."""
    lines = [f"- {describe_alternative(other)}" for other in known.alternatives]
    return ["## Other values, and why they are not used\n", *lines, ""] if lines else []


def _parts(known: About) -> list[str]:
    """Return the figures of half-years, quarters, months and other parts of the year."""
    rows = [
        (
            sentence(period_name(part.period)),
            number(int(part)),
            write_count(part.female),
            write_count(part.male),
            "calculated" if part.is_derived else part.status.replace("-", " "),
            _day(part.released),
            credit(part.sources).replace("|", r"\|"),
        )
        for part in known.parts
    ]
    header = ("period", "people", "women", "men", "status", "first published", "source")
    return ["## Parts of the year\n", f"{NOT_ADDED_UP}\n", table(header, rows)] if rows else []


def _longer(known: About) -> list[str]:
    """Return the figures for several years that share days with the year, and the running total at its end."""
    rows = [
        f"- All arrivals by {period_name(longer.period)}: **{longer:,}**, "
        f"first published {release_phrase(longer.released)}."
        if longer.period.first is None
        else f"- {sentence(period_name(longer.period))}: **{longer:,}**, a figure for several years and not for one."
        for longer in known.longer
    ]
    return ["## Longer periods\n", *rows, ""] if rows else []


def _tables(known: About) -> list[str]:
    """Return the tables whose date is in the year."""
    rows = [f"- {dated_title(found)}: **{found.total:,}** people in {len(found)} categories." for found in known.tables]
    words = f"{OF_EVERYBODY} {{doc}}`../figures/who-the-people-are` has the newest.\n"
    return ["## Tables\n", words, *rows, ""] if rows else []


def _elsewhere(known: About) -> list[str]:
    """Return what is known of other countries in the year."""
    rows = [
        (row.place.name, f"{row.figure:,}", f"{{doc}}`{cell(row.measure.title)} <../figures/{row.measure.id}>`")
        for row in known.elsewhere or ()
    ]
    shown = table(("country", "people", "what is counted"), rows)
    heading = f"## Other countries in {known.figure.period}\n"
    return [heading, f"{NEVER_ADDED}\n", folded(f"{len(rows)} figures", shown)] if rows else []


def _day(released: str) -> str:
    return period_name(Period.parse(released))
