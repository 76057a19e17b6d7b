"""Write the list of questions, and a page for each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from defector_stats import Catalogue, Estimate, Indicator, Observation, Period, faq
from defector_stats._analysis.indicators import EVERYBODY
from defector_stats._model.vocabulary import LIMIT, TOPICS
from defector_stats._model.words import number, period_name, sentence
from defector_stats._output.markup import link, mark_statements
from defector_stats._texts.faq import cite_sources

from .markdown import cell, contents, write_pages

if TYPE_CHECKING:
    from collections.abc import Iterable

    from defector_stats import FaqEntry, Source
    from defector_stats._texts.numbers import Figure

# The list is read by what people want to know; a question in no group comes last.
GROUPS = {
    "Numbers of people": (
        "how-many",
        "living-now",
        "how-many-leave",
        "how-many-arrive",
        "straight-across",
        "elites",
        "in-china",
        "other-countries",
    ),
    "Who comes, and why": ("why-leave", "why-the-south", "who-arrives", "why-women", "why-2020"),
    "The way, and what it risks": (
        "how-escape",
        "time-between",
        "cost",
        "challenges",
        "if-caught",
        "family-left-behind",
    ),
    "Life in South Korea": ("support", "refused", "work-and-income", "language", "pupils", "money-home", "suicide"),
    "Going back and being sent back": ("sent-back", "returned-by-south", "going-back", "to-the-north"),
    "How it is counted, and what to call it": ("how-counted", "which-word"),
}
_MOST_RELATED = 4
_LEDGER = Catalogue.bundled()._ledger  # noqa: SLF001, which source is whose limit is not public


def questions() -> str:
    """Write a page for each question, and return the list of all."""
    entries = {entry.id: entry for entry in faq()}
    write_pages("questions", {name: _page(entry) for name, entry in entries.items()})
    grouped = {name for names in GROUPS.values() for name in names}
    groups = GROUPS | {"More questions": tuple(name for name in entries if name not in grouped)}
    parts = [_group(title, [entries[name] for name in names]) for title, names in groups.items() if names]
    return "\n".join([*parts, contents(f"questions/{name}" for names in groups.values() for name in names)])


def _group(title: str, entries: list[FaqEntry]) -> str:
    """Return the questions of a group, each with its short answer and the anchor of the time when all were one page."""
    lines = [
        f'- <span id="question-{entry.id}"></span>[{entry.question}](questions/{entry.id}.md)\\\n  {entry.summary}'
        for entry in entries
    ]
    return "\n".join([f"## {title}\n", *lines, ""])


def _page(entry: FaqEntry) -> str:
    """Return the page of a question; each number in it is a footnote, so that it and its source link to each other."""
    limits = _limits(entry)
    cited = list(dict.fromkeys(source for _, sources in (*entry.citations, *limits) for source in sources))

    def mark(sources: Iterable[Source]) -> str:
        return "".join(f"[^{source.key}]" for source in sorted(sources, key=cited.index))

    parts = [
        # The site's search finds these words too, which the answer may not use.
        f"---\nmyst:\n  html_meta:\n    keywords: {', '.join(entry.keywords)}\n---",
        f"(question-{entry.id})=",
        f"# {entry.question}",
        f"**{entry.summary}**",
        mark_statements(entry, mark),
        *_section("What is contested or unknown", [f"- {text}{mark(sources)}" for text, sources in limits]),
        # Whoever searches for what these sections name wants the page that is about it.
        "{.no-search}",
        *_section("Sources", [f"[^{source.key}]: {link(source)}" for source in cited]),
        f"Last checked against these sources on {period_name(Period.parse(entry.reviewed))}.",
        *(["{.no-search}", *_section("Figures in this answer", _figures(entry))] if entry.figures else []),
        "{.no-search}",
        *_section("Related questions", [f"- {{ref}}`question-{other.id}`" for other in _related(entry)]),
    ]
    return "\n\n".join(parts) + "\n"


def _section(title: str, lines: list[str]) -> list[str]:
    """Return a heading and the lines below it; nothing where there is no line."""
    return [f"## {title}", "\n".join(lines)] if lines else []


def _limits(entry: FaqEntry) -> list[tuple[str, tuple[Source, ...]]]:
    """Return each limit with its sources, which the library lists without saying which is whose."""
    rows = [row for row in _LEDGER.tables.about("faq-statements", entry.id) if row["part"] == LIMIT]
    return [(text, cite_sources(_LEDGER, row)) for text, row in zip(entry.limits, rows, strict=True)]


def _figures(entry: FaqEntry) -> list[str]:
    """Return a list of the figures in an answer: what they count, each with its values in order of time."""
    values: dict[str, list[tuple[Period, str]]] = {}
    for figure in entry.figures:
        title, period, value = _figure(figure)
        values.setdefault(title, []).append((period, value))
    lines: list[str] = []
    for title, found in values.items():
        lines += [f"- {title}", *(f"  - {value}" for _, value in sorted(found, key=lambda each: each[0].end))]
    return lines


def _figure(figure: Figure) -> tuple[str, Period, str]:
    """Return what a figure counts, with a link to its page, its period, and its value in words."""
    if isinstance(figure, Observation):
        subject = _LEDGER.subject(figure.measure, figure.area)
        title = f"[{sentence(subject.words)}](/answers/figures/{figure.measure}.md)"
        when = period_name(figure.period, subject.kind)
        if figure.measure == "arrivals" and figure.period.frequency == "year":
            when = f"[{when}](/answers/years/{figure.period}.md)"
        return title, figure.period, f"{when}: {number(int(figure))}"
    if isinstance(figure, Estimate):
        title = f"[{TOPICS[figure.topic]}](/answers/figures/{figure.topic}.md), estimates"
        unit = figure.unit.removeprefix("persons").strip()
        spread = f"{figure.spread} {unit}".strip()
        return title, figure.reference, f"{period_name(figure.reference)}: {spread} ({cell(figure.organisation)})"
    if isinstance(figure, Indicator):
        of = "" if figure.category == EVERYBODY else f", {figure.category}"
        value = f"{period_name(figure.period)}{of}: {figure} ({cell(figure.survey)})"
        title = f"[{sentence(figure.indicator.replace('-', ' '))}](/reference/dictionary.md), published rates"
        return title, figure.period, value
    title = f"[{figure.title}](/answers/figures/who-the-people-are.md)"
    return title, figure.period, f"{period_name(figure.period, 'stock')}: {number(figure.total)}"


def _related(entry: FaqEntry) -> list[FaqEntry]:
    """Return the questions that share most topics with an entry, and of these, most sources."""

    def nearness(other: FaqEntry) -> tuple[int, int]:
        return len({*entry.topics} & {*other.topics}), len({*entry.sources} & {*other.sources})

    others = [other for other in faq() if other is not entry and nearness(other) > (0, 0)]
    return sorted(others, key=nearness, reverse=True)[:_MOST_RELATED]
