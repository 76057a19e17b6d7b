"""The pages of figures: one for each measure, one for the tables of people, and one for each topic of estimates."""

from __future__ import annotations

import re

import attrs

from defector_stats import (
    Breakdown,
    Estimates,
    Observation,
    TimeSeries,
    areas,
    breakdown,
    estimates,
    measures,
    observations,
    series,
)
from defector_stats._model.words import (
    percent,
    period_name,
    release_phrase,
    sentence,
    with_preposition,
)
from defector_stats._output.cells import cells

from . import charts, downloads
from .markdown import cell, cited, contents, folded, table, write_pages

MEASURES = {measure.id: measure for measure in measures()}
_NAMES = {area.code: area.name for area in areas()}

# Rows of these have an order of their own; all others stand by size.
_ORDERED = {"age", "education"}


@attrs.frozen(kw_only=True)
class Figure:
    """A chart with its files and its table."""

    name: str
    title: str
    thing: TimeSeries | Breakdown | Estimates
    caption: str
    """One sentence, with the names of `_facts` in braces."""


@attrs.frozen(kw_only=True)
class Page:
    """What one page shows, under which name and title."""

    name: str
    title: str
    figures: tuple[Figure, ...]


def _by_time(measure: str, title: str, caption: str, frequency: str = "year", name: str = "") -> Figure:
    area = "WLD" if "WLD" in MEASURES[measure].areas else None
    thing = series(measure, area=area, frequency=frequency)
    return Figure(name=name or measure, title=title, thing=thing, caption=caption)


def _by_group(dimension: str, title: str, caption: str) -> Figure:
    rows = breakdown(dimension)
    if dimension not in _ORDERED:
        rows = attrs.evolve(rows, rows=tuple(sorted(rows, key=lambda row: -row.value)))
    return Figure(name=dimension, title=title, thing=rows, caption=caption)


def _by_organisation(topic: str, title: str) -> Page:
    caption = "{count} estimates, for times between {first} and {last}."
    thing = estimates(topic)
    return Page(
        name=topic,
        title=title,
        figures=(Figure(name=topic, title="What organisations estimated", thing=thing, caption=caption),),
    )


def _of_one_measure(measure: str, title: str, heading: str, caption: str, frequency: str = "year") -> Page:
    return Page(name=measure, title=title, figures=(_by_time(measure, heading, caption, frequency),))


# The pages, under the headings of their list.
PAGES = {
    "South Korea": (
        Page(
            name="arrivals",
            title="Arrivals in South Korea",
            figures=(
                _by_time(
                    "arrivals", "By year", "Arrivals peaked at {peak} {peak_in}; {last_in}, {last} people arrived."
                ),
                _by_time(
                    "arrivals",
                    "By half-year",
                    "Arrivals were highest {peak_in}, at {peak}; {last_in}, {last} people arrived.",
                    "half",
                    "arrivals-by-half-year",
                ),
                _by_time(
                    "arrivals",
                    "By quarter",
                    "Of the quarters on record, {peak_period} had the most arrivals: {peak}.",
                    "quarter",
                    "arrivals-by-quarter",
                ),
                _by_time(
                    "arrivals",
                    "All arrivals so far",
                    "{Last_in}, {last} people had arrived in all.",
                    "running-total",
                    "arrivals-so-far",
                ),
            ),
        ),
        Page(
            name="who-the-people-are",
            title="Who the people are",
            figures=(
                _by_group("age", "By age", "The largest group was aged {top} on arrival: {share} of {total} people."),
                _by_group("occupation", "By occupation", "The largest group is “{top}”: {share} of {total} people."),
                _by_group("province", "By province", "{share} of {total} people last lived in {top}."),
                _by_group("education", "By education", "The largest group is “{top}”: {share} of {total} people."),
                _by_group("residence", "Where they live in the South", "{share} of {total} people live in {top}."),
            ),
        ),
    ),
    "Other countries": (
        _of_one_measure(
            "refugees",
            "Refugees in other countries",
            "All countries that report them",
            "{Last_in}, {last} people were recorded as refugees; the highest number was {peak}, {peak_in}.",
        ),
        _of_one_measure(
            "asylum-seekers",
            "Pending claims for asylum",
            "All countries that report them",
            "{Last_in}, {last} people had a claim pending; the highest number was {peak}, {peak_in}.",
        ),
        _of_one_measure(
            "asylum-applications",
            "New applications for asylum",
            "All countries that report them",
            "New claims were most numerous {peak_in}, at {peak}; {last_in}, {last} were made.",
        ),
        _of_one_measure(
            "us-refugee-admissions",
            "Admissions to the United States",
            "By US fiscal year",
            "Admissions were highest {peak_in}, at {peak}; the figure for {last_period} is {last}.",
            "fiscal-year",
        ),
        _of_one_measure(
            "uk-asylum-applications",
            "Applications in the United Kingdom",
            "Main applicants",
            "Main applicants were most numerous {peak_in}, at {peak}; the figure for {last_period} is {last}.",
        ),
        _of_one_measure(
            "uk-asylum-applicants",
            "Applicants in the United Kingdom, with dependants",
            "Main applicants and their dependants",
            "Applicants were most numerous {peak_in}, at {peak}; the figure for {last_period} is {last}.",
        ),
        _of_one_measure(
            "thailand-arrests",
            "Arrests in Thailand, on the way",
            "By year",
            "Reported arrests were most numerous {peak_in}, at {peak}. Most of these people reached South Korea, "
            "and are counted there again.",
        ),
    ),
    "Back to the North": (
        _of_one_measure(
            "re-entries",
            "Confirmed re-entries to the North",
            "By year",
            "Confirmed re-entries were most numerous {peak_in}, at {peak}; the figure for {last_period} is {last}.",
        ),
    ),
    "Where nobody can count": (
        _by_organisation("in-china", "People in China, estimated"),
        _by_organisation("children-in-china", "Children in China, estimated"),
        _by_organisation("detained-in-china", "People held in China, estimated"),
        _by_organisation("forced-returns", "Forced returns, estimated"),
        _by_organisation("departures", "Departures from the North, estimated"),
    ),
}

_INTRODUCTIONS = {
    "Where nobody can count": ["Organisations estimate. Estimates are not counts, and are never added up.\n"]
}


def figures() -> str:
    """Write the pages of figures, and return the list of them."""
    parts: list[str] = []
    for heading, pages in PAGES.items():
        parts += [f"## {heading}\n", *_INTRODUCTIONS.get(heading, ())]
        parts += [f"- {{doc}}`figures/{page.name}`: {_say(page.figures[0])}" for page in pages]
        parts.append("")
    written = {page.name: _page(page) for under in PAGES.values() for page in under}
    write_pages("figures", written)
    return "\n".join([*parts, contents(f"figures/{name}" for name in written)])


def _page(page: Page) -> str:
    parts = [f"# {page.title}\n", _summary(page.figures[0].thing)]
    for shown in page.figures:
        drawn = charts.layouts(shown.thing)
        parts += [
            f"## {shown.title}\n",
            charts.show(f"chart-{shown.name}", drawn),
            f"{_say(shown)}{_say_gaps(shown.thing)}\n",
            downloads.figure(shown.name, shown.thing, drawn["wide"]),
            folded("The figures as a table", _table(shown.thing)),
        ]
    return "\n".join([*parts, _about(page)])


def _say(shown: Figure) -> str:
    """Return the sentence of a chart, with its numbers."""
    facts = _facts(shown.thing)
    return sentence(shown.caption.format(**facts, Last_in=sentence(facts.get("last_in", ""))))


def _facts(thing: TimeSeries | Breakdown | Estimates) -> dict[str, str]:
    """Return what captions name."""
    if isinstance(thing, TimeSeries):
        peak, last, kind = thing.peak(), thing[-1], thing.measure.kind
        return {
            "peak": f"{peak:,}",
            "peak_in": with_preposition(peak.period, kind),
            "peak_period": period_name(peak.period, kind),
            "last": f"{last:,}",
            "last_period": period_name(last.period, kind),
            "last_in": with_preposition(last.period, kind),
        }
    if isinstance(thing, Breakdown):
        top = max(thing, key=lambda row: row.value)
        return {"top": top.category, "share": percent(top.share * 100, top.of), "total": f"{thing.total:,}"}
    return {
        "count": str(len(thing)),
        "first": str(min(one.reference.end.year for one in thing)),
        "last": str(max(one.reference.end.year for one in thing)),
    }


def _say_gaps(thing: TimeSeries | Breakdown | Estimates) -> str:
    gaps = isinstance(thing, TimeSeries) and thing.gaps
    return " Grey bands mark periods without a figure; the table gives the reasons." if gaps else ""


def _summary(thing: TimeSeries | Breakdown | Estimates) -> str:
    """Return what a page is about in a line or two."""
    if isinstance(thing, TimeSeries):
        last, kind = thing[-1], thing.measure.kind
        released = release_phrase(last.released)
        return f"Newest figure: **{last:,}** {with_preposition(last.period, kind)}, first published {released}.\n"
    if isinstance(thing, Breakdown):
        newest = period_name(thing.period, "stock")
        return f"The newest tables are of {newest}. Each leaves some people out; the end of the page says whom.\n"
    return (
        "Nobody can count these people. Estimates that conflict stand side by side, and are never added up; "
        "{doc}`../../explanation/estimates` explains how to read them.\n"
    )


def _table(thing: TimeSeries | Breakdown | Estimates) -> str:
    header, rows = cells(thing)
    return table(header, [[cell(text) for text in row] for row in rows])


def _about(page: Page) -> str:
    """Return what is counted, by whom and how, and where it can be checked."""
    thing = page.figures[0].thing
    if isinstance(thing, TimeSeries):
        return _about_measure(thing)
    if isinstance(thing, Breakdown):
        return _about_tables([shown.thing for shown in page.figures if isinstance(shown.thing, Breakdown)])
    return _sources(thing)


def _about_measure(thing: TimeSeries) -> str:
    measure = thing.measure
    where = f"<{measure.url}>" if measure.url else "No page of the publisher is known."
    facts = {
        "Unit": f"{measure.unit}, {_KINDS[measure.kind]}",
        "Publisher": measure.publisher,
        "Check it at": where,
        "Coverage": measure.coverage,
        "Rounding": measure.rounding,
        "Attribution": measure.attribution,
    }
    parts = [
        *_countries(thing),
        "## What is counted\n",
        f"{measure.definition}\n",
        *(f"- {name}: {value}" for name, value in facts.items() if value),
        *(f"- Change of method, {_NAMES[each.area]}, {each.period}: {each.note}" for each in measure.breaks),
        "",
        f"The {{ref}}`definition of the measure <measure-{measure.id}>` also gives its releases and frequencies.",
        *([_BY_YEAR] if measure.id == "arrivals" else []),
        "All figures of all measures can be {doc}`downloaded <../../how-to/without-python>`.",
    ]
    return "\n".join(parts) + "\n"


_SENTENCE_END = re.compile(r"(?<=\.) ")
_BY_YEAR = "{doc}`The page of each year <../years/index>` also has months and other parts of years."
_KINDS = {"flow": "in a period", "stock": "on the last day of a period"}


def _countries(thing: TimeSeries) -> list[str]:
    """Return a table of the countries behind a sum of all, the largest newest figure first."""
    if thing.area != "WLD":
        return []
    by_area: dict[str, list[Observation]] = {}
    for figure in observations(thing.measure.id, frequency="year"):
        by_area.setdefault(figure.area, []).append(figure)
    newest = sorted(by_area.values(), key=lambda one: (-one[-1].period.end.year, -one[-1], one[-1].area))
    rows = [
        (
            _NAMES[one[-1].area],
            f"{one[-1]:,}",
            str(one[-1].period),
            f"{max(one):,}",
            str(max(one).period),
            str(len(one)),
        )
        for one in newest
    ]
    header = ("country", "newest figure", "of", "highest figure", "of", "years with a figure")
    text = f"{thing.measure.suppression} A year without a figure need not mean that there was nobody.\n"
    return ["## By country\n", table(header, rows), text]


def _about_tables(tables: list[Breakdown]) -> str:
    """Return what the tables of people count; sentences that several share are told once."""
    parts = ["## What is counted\n"]
    said = [_SENTENCE_END.split(shown.summary.removeprefix(shown.title)) for shown in tables]
    shared = [each for each in said[0] if all(each in others for others in said)]
    for shown, sentences in zip(tables, said, strict=True):
        parts += [f"**{shown.title}**{' '.join(each for each in sentences if each not in shared)}\n"]
    if shared:
        parts += [f"**Each table.** {' '.join(shared)}\n"]
    seen = dict.fromkeys(source for shown in tables for source in shown.provenance.sources)
    return "\n".join([*parts, "## Sources\n", *(f"- {cited(source)}" for source in seen), ""])


def _sources(thing: Estimates) -> str:
    """Return where estimates were read."""
    seen = dict.fromkeys(source for one in thing for source in one.provenance.sources)
    return "\n".join(["## Sources\n", *(f"- {cited(source)}" for source in seen)]) + "\n"
