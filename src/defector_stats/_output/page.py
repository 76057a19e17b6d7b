"""The page about one number, as Markdown, plain text, HTML and JSON-LD."""

from __future__ import annotations

from typing import NamedTuple

from defector_stats._analysis.breakdown import dated_title
from defector_stats._model.period import Period
from defector_stats._model.words import (
    figure_for,
    number,
    period_name,
    release_phrase,
    say_published,
    sentence,
    split_by_sex,
    with_preposition,
)
from defector_stats._output.markup import AUTHOR, CONTEXT, describe_source, escape_markdown, link, text_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any

    from defector_stats._analysis.destinations import Destination
    from defector_stats._analysis.revisions import Revisions
    from defector_stats._model.observation import Observation
    from defector_stats._model.records import Alternative, Revision, Source
    from defector_stats._texts.about import About

# A terminal and a notebook show about a screen; Markdown has all.
_MAX_LINES = 8
_MAX_SOURCES = 3
NOT_ADDED_UP = "These were published at different times, so they need not add up to the figure for the whole period."
OVERLAPPING = "These include the period, or share days with it."
OF_EVERYBODY = "These count everybody up to their date, not only those of the period."
NEVER_ADDED = "These count different things and partly the same people, so they are never added up."


class Section(NamedTuple):
    """A part of the page, in Markdown of one line each, without marks of lists and headings."""

    title: str
    """The heading of the section."""
    lines: list[str]
    """The items of its list."""
    words: str = ""
    """A sentence before the list."""
    most: int = _MAX_LINES
    """The number of items that a short page shows."""


def page_markdown(about: About) -> str:
    """Return the whole page as Markdown."""
    parts = [f"# {_title(about)}", *_opening(about)]
    for section in _sections(about):
        parts += [f"## {section.title}", section.words, "\n".join(f"- {line}" for line in section.lines)]
    return "\n\n".join(filter(None, parts)) + "\n"


def page_text(about: About) -> str:
    """Return a short page as plain text."""
    parts = [text_of(_title(about)), *map(text_of, _opening(about))]
    for section in _sections(about):
        lines = [section.title, section.words, *(f"- {line}" for line in _shorten(section))]
        parts.append(text_of("\n".join(filter(None, lines))))
    return "\n\n".join(parts)


def page_html(about: About) -> str:
    """Return a short page as HTML for a notebook."""
    # HTML needs more than the other forms.
    from defector_stats._output.html import html_of

    parts = [f"<h3>{html_of(_title(about))}</h3>", *(f"<p>{html_of(words)}</p>" for words in _opening(about))]
    for section in _sections(about):
        words = f"<p>{html_of(section.words)}</p>" if section.words else ""
        items = "".join(f"<li>{html_of(line)}</li>" for line in _shorten(section))
        parts.append(f"<h4>{html_of(section.title)}</h4>{words}{f'<ul>{items}</ul>' if items else ''}")
    return f"<section>{''.join(parts)}</section>"


def page_jsonld(about: About) -> dict[str, Any]:
    """Return one number as a schema.org Dataset."""
    figure, measure, place = about.figure, about.measure, about.place
    return {
        "@context": CONTEXT,
        "@type": "Dataset",
        "name": about.title,
        "description": measure.definition,
        "identifier": "/".join(("defector-stats", figure.measure, figure.area, str(figure.period), figure.released)),
        "version": about.edition,
        "inLanguage": "en",
        "creator": AUTHOR,
        "creditText": measure.attribution,
        "isAccessibleForFree": True,
        "temporalCoverage": f"{figure.period.first or '..'}/{figure.period.last}",
        "spatialCoverage": {"@type": "Place", "name": place.name, "identifier": place.code},
        "variableMeasured": {
            "@type": "PropertyValue",
            "name": measure.title,
            "value": int(figure),
            "unitText": measure.unit,
        },
        "isBasedOn": [describe_source(source) for source in about.sources],
    }


def _shorten(section: Section) -> list[str]:
    """Return the first lines of a section, and how many are left out."""
    left = len(section.lines) - section.most
    return [*section.lines[: section.most], *([f"and {number(left)} more"] if left > 0 else [])]


def _title(about: About) -> str:
    return f"{escape_markdown(about.title)}: {about.figure:,}"


def _opening(about: About) -> list[str]:
    """Return the paragraphs on the number itself."""
    figure, steps = about.figure, about.revisions
    sexes = split_by_sex(figure)
    published = say_published(figure, "The current value was published" if len(steps) > 1 else None)
    unrevised = "; no revision is on record" if len(steps) == 1 else ""
    paragraphs = [
        "" if about.context is None else str(about.context),
        f"{sexes}." if sexes else "",
        f"{published}{unrevised}.",
        "" if figure.formula is None else f"Calculated: {figure.formula}.",
        # Of a revised figure, each value below has its own note.
        "" if len(steps) > 1 or any(figure.note in caveat for caveat in about.caveats) else figure.note,
        *about.caveats,
    ]
    return [escape_markdown(words) for words in paragraphs if words]


def _sections(about: About) -> list[Section]:
    """Return the sections that have anything to say."""
    figure, kind = about.figure, about.measure.kind
    steps = list(map(describe_step, about.revisions)) if len(about.revisions) > 1 else []
    tables = [f"{escape_markdown(dated_title(table))}: **{table.total:,}**" for table in about.tables]
    places = [_describe_place(row) for row in about.elsewhere or ()]
    sections = [
        Section(title_history(about.revisions), steps, most=len(steps)),
        Section("Other values, and why they are not used", list(map(describe_alternative, about.alternatives))),
        Section("Parts of the period", [_describe(part, kind) for part in about.parts], NOT_ADDED_UP),
        Section("Longer periods", [_describe(longer, kind) for longer in about.longer], OVERLAPPING),
        Section("Tables", tables, "" if figure.period.first is None else OF_EVERYBODY),
        Section(f"Other measures and countries in {figure.period}", places, NEVER_ADDED),
        Section("Related questions", [f"{escape_markdown(words)} (`{name}`)" for name, words in about.questions]),
        Section("Sources", list(map(link, about.sources)), count_sources(figure), _MAX_SOURCES),
        Section("Where to check it", _say_where(about)),
        # An underscore within a word is not special, and addresses are copied.
        Section("How to cite it", [escape_markdown(about.citation).replace(r"\_", "_")]),
    ]
    return [section for section in sections if section.lines]


def title_history(steps: Revisions) -> str:
    """Return the heading of the values published for a period."""
    return "How the figure changed" if len({step.value for step in steps}) > 1 else "How the split by sex changed"


def describe_step(step: Revision) -> str:
    """Return one of the values published for a period, with its dates, its note and a link to its source."""
    seen = "" if step.last_seen == step.released else f", last seen {release_phrase(step.last_seen)}"
    sexes = f" {split}." if (split := split_by_sex(step)) else ""
    published = f"Published {release_phrase(step.released)}{seen}, by {credit(step.sources)}."
    status = "" if step.status == "normal" else f" {sentence(step.status.replace('-', ' '))}."
    return f"**{step.value:,}**.{sexes} {published}{status} {escape_markdown(step.note)}".rstrip()


def describe_alternative(other: Alternative) -> str:
    """Return a published value that is not used, with the reason and a link to its source."""
    published = f"{release_phrase(other.released)}, by {credit(other.sources)}"
    return f"**{other.value:,}**, {published}. {escape_markdown(other.reason)}"


def count_sources(figure: Observation) -> str:
    """Return how many sources there are, and how many of them do not copy each other."""
    found, origins = len(figure.sources), figure.provenance.origins
    if found == 1:
        return "One source gives this figure."
    if found == origins:
        return f"{found} sources give this figure; none of them is known to copy another."
    left = "one remains" if origins == 1 else f"{origins} remain"
    return f"{found} sources give this figure; leaving out those known to copy another, {left}."


def _describe(figure: Observation, kind: str) -> str:
    """Return the figure for another period."""
    period = figure.period
    name = figure_for(period) if period.first is None else period_name(period, kind)
    status = "calculated" if figure.is_derived else figure.status.replace("-", " ")
    return f"{sentence(name)}: **{figure:,}**{'' if status == 'normal' else f' ({status})'}"


def _describe_place(row: Destination) -> str:
    """Return the figure of another measure or country."""
    what = sentence(row.measure.subject_in(row.place))
    return f"{escape_markdown(what)} {with_preposition(row.figure.period, row.kind)}: **{row.figure:,}**"


def _say_where(about: About) -> list[str]:
    """Return the page of the publisher, and when the next figure is due."""
    lines = [f"The publisher shows its newest figures at <{about.url}>."] if about.url else []
    if about.next_period is not None:
        due = period_name(Period.parse(str(about.next_due)[: len("2026-08")]), "stock")
        period = period_name(about.next_period, about.measure.kind)
        lines.append(f"The next figure on the publisher's usual schedule is that for {period}, by {due}.")
    return lines


def credit(sources: Sequence[Source]) -> str:
    """Return the publisher of the first source with a link, and how many more there are."""
    first, *others = sources
    name = escape_markdown(first.publisher)
    credit = f"[{name}]({first.url})" if first.url else name
    return f"{credit} and {len(others)} more" if others else credit


# The forms of the page, by name.
FORMS = {"text": page_text, "markdown": page_markdown, "html": page_html, "jsonld": page_jsonld}
