"""HTML for notebooks: plain tables with headers and a caption, in the colours of the page."""

from __future__ import annotations

import functools
import re
from html import escape

from defector_stats._analysis.breakdown import Breakdown
from defector_stats._analysis.compare import Comparison, describe
from defector_stats._analysis.destinations import Destination, Destinations
from defector_stats._analysis.estimates import Estimates
from defector_stats._analysis.indicators import Indicators
from defector_stats._analysis.revisions import Revisions
from defector_stats._analysis.series import TimeSeries
from defector_stats._model.listings import Sources
from defector_stats._model.observation import Observation
from defector_stats._model.plain import flat
from defector_stats._model.record import Record
from defector_stats._model.records import Indicator, Source, as_read
from defector_stats._model.sequences import Rows
from defector_stats._model.vocabulary import VERDICT_NAMES
from defector_stats._model.words import number, sentence
from defector_stats._output.cells import Table, cells, write_count
from defector_stats._output.markup import LINK, OTHER_SOURCES, cite_in_answer, unescape_markdown
from defector_stats._texts.claims import Claim
from defector_stats._texts.faq import FaqEntry

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from typing import Any

_MAX_SOURCES_SHOWN = 3
_MAX_ROWS_SHOWN = 100
# HTML has room for the full words.
_HEADS = {"male": "men and boys", "female": "women and girls"}


@functools.singledispatch
def html(thing: object) -> str:
    """Return an object as HTML for a notebook."""
    raise TypeError(type(thing))


@html.register(Observation)
def _observation(figure: Observation) -> str:
    """Return one figure with its split, its dates, its note and its sources."""
    rows = [
        ["value", number(int(figure))],
        ["men and boys", write_count(figure.male)],
        ["women and girls", write_count(figure.female)],
        ["status", figure.status],
        ["first published", figure.released],
        *([["calculated", figure.formula]] if figure.formula else []),
        *([["note", figure.note]] if figure.note else []),
    ]
    return _table(describe(figure), None, rows, figure.sources)


@html.register(TimeSeries)
def _series(series: TimeSeries) -> str:
    """Return the members and the gaps of a series."""
    # Without the changes, because a notebook is narrow and the chart shows them.
    return _answer(f"{series.summary} {series.measure.attribution}", cells(series).without("change"))


@html.register(Comparison)
def _comparison(comparison: Comparison) -> str:
    """Return the sentence, the two figures and the caveats."""
    return _answer(str(comparison), cells(comparison), comparison.sources) + _list(comparison.caveats)


@html.register(Breakdown)
def _breakdown(breakdown: Breakdown) -> str:
    """Return the categories and their shares."""
    return _answer(breakdown.summary, cells(breakdown), breakdown.provenance.sources)


@html.register(Estimates)
def _estimates(estimates: Estimates) -> str:
    """Return the ranges, the organisations and their methods."""
    caption = "These are published estimates, not counts: never add them up."
    first = [source for estimate in estimates for source in estimate.provenance.sources[:1]]
    return _answer(caption, cells(estimates), first)


@html.register(Indicators)
def _indicators(indicators: Indicators) -> str:
    """Return the numbers with the people asked and the surveys."""
    caption = "Published by different surveys, which are never added up, compared or joined."
    first = [source for row in indicators for source in row.provenance.sources[:1]]
    return _answer(caption, cells(indicators), first)


@html.register(Revisions)
def _revisions(revisions: Revisions) -> str:
    """Return the published values with their sources."""
    sources = [source for step in revisions for source in step.sources]
    table = cells(revisions)
    one_period = len({step.period for step in revisions}) == 1
    caption = f"{sentence(revisions.subject)}{f', {revisions[0].period}' if one_period else ''}: what was published."
    return _answer(caption, table.without("period") if one_period else table, sources)


@html.register(Destinations)
def _destinations(destinations: Destinations) -> str:
    """Return the figures by country with their sources."""
    caption = f"Known by place for {destinations.year}. The figures count different things and are never added up."
    sources = [source for row in destinations for source in row.figure.sources[:1]]
    return _answer(caption, cells(destinations), sources)


@html.register(Sources)
def _sources(sources: Sources) -> str:
    """Return the sources, each with its link."""
    shown = "".join(f"<li>{_linked(source)}</li>" for source in sources[:_MAX_ROWS_SHOWN])
    return f"<p>{_count(sources)}</p><ul>{shown}</ul>{_more(len(sources))}"


@html.register(Rows)
def _rows(rows: Rows[Any]) -> str:
    """Return any other answer as a table."""
    sources = [source for row in rows for source in getattr(row, "sources", ())]
    return _answer(f"{_count(rows)}.", cells(rows), sources)


@html.register(Source)
def _source(source: Source) -> str:
    """Return a source with its link."""
    return f"<p>{_linked(source)}</p>"


@html.register(Destination)
def _destination(row: Destination) -> str:
    """Return the figure, whose caption names the country."""
    return html(row.figure)


@html.register(Record)
def _record(record: Record) -> str:
    """Return the sentence of a record, or its fields if it has none, with its sources."""
    sources = getattr(record, "sources", ()) or getattr(getattr(record, "provenance", None), "sources", ())
    if type(record).__str__ is not object.__str__:
        return f"<p>{escape(str(record))}{_cited(sources)}</p>"
    return _fields(type(record).__name__, flat(record.record()), sources)


@html.register(Indicator)
def _indicator(indicator: Indicator) -> str:
    """Return the fields of an indicator with its sources."""
    return _fields("Indicator", {**indicator.record(), "value": str(indicator)}, indicator.provenance.sources)


@html.register(Claim)
def _claim(claim: Claim) -> str:
    """Return the fields of a claim, with the name of its verdict instead of the code."""
    return _fields("Claim", {**flat(claim.record()), "verdict": VERDICT_NAMES[claim.verdict]}, claim.sources)


@html.register(FaqEntry)
def _entry(entry: FaqEntry) -> str:
    """Return a question with its answer, limits and sources."""
    answer, cited = cite_in_answer(entry)
    others = [source for source in entry.sources if source not in cited]
    paragraphs = "".join(f"<p>{_marked(text)}</p>" for text in answer.split("\n\n"))
    return (
        f"<section><h3>{escape(entry.question)}</h3><p><em>{_marked(entry.summary)}</em></p>{paragraphs}"
        f"{_list(entry.limits, 'What is contested or unknown:')}"
        f"{_titled('Sources:', 'ol', map(_linked, cited))}{_titled(f'{OTHER_SOURCES}:', 'ul', map(_linked, others))}"
        "</section>"
    )


def _fields(caption: str, fields: dict[str, Any], sources: Sequence[Source]) -> str:
    """Return the fields of a record as a table, one in each row, without those that are empty or hold records."""
    rows = [
        [name.replace("_", " "), number(value) if type(value) is int and name != "year" else str(value)]
        for name, value in fields.items()
        if name != "sources" and not isinstance(value, (list, dict)) and value not in {None, ""}
    ]
    return _table(caption, None, rows, sources)


def _count(rows: Rows[Any]) -> str:
    """Return the number and the kind of the rows."""
    return repr(rows).strip("<>")


def _more(count: int) -> str:
    """Return the number of rows that a table leaves out; empty if it has all."""
    return f"<p>… and {number(count - _MAX_ROWS_SHOWN)} more</p>" if count > _MAX_ROWS_SHOWN else ""


def _answer(caption: str, table: Table, sources: Sequence[Source] = ()) -> str:
    """Return an answer as an HTML table, cut after the first rows."""
    heads = [_HEADS.get(name, name) for name in table.header]
    return _table(caption, heads, table.rows[:_MAX_ROWS_SHOWN], sources) + _more(len(table.rows))


def _table(
    caption: str, header: Sequence[str] | None, rows: Sequence[Sequence[str]], sources: Sequence[Source] = ()
) -> str:
    """Return a table whose first column heads the rows; columns of numbers are aligned to the right."""
    head = ""
    if header is not None:
        # A header is aligned like its column; the first column heads the rows.
        sides = ["left", *map(_side, (rows or [header])[0][1:])]
        cells = "".join(
            f'<th scope="col" style="text-align: {side}; padding-left: 1em">{escape(text)}</th>'
            for side, text in zip(sides, header, strict=True)
        )
        head = f"<thead><tr>{cells}</tr></thead>"
    body = "".join(
        f'<tr><th scope="row" style="text-align: left">{escape(first)}</th>'
        + "".join(
            f'<td style="text-align: {_side(text) if header else "left"}; padding-left: 1em">{escape(text)}</td>'
            for text in rest
        )
        + "</tr>"
        for first, *rest in rows
    )
    about = f'<caption style="text-align: left">{escape(caption)}{_cited(sources)}</caption>'
    return f'<table style="min-width: 36em">{about}{head}<tbody>{body}</tbody></table>'


def _cited(sources: Sequence[Source]) -> str:
    """Return the list of sources with links."""
    if not sources:
        return ""
    unique = list(dict.fromkeys(sources))
    shown = "; ".join(map(_linked, unique[:_MAX_SOURCES_SHOWN]))
    left = len(unique) - _MAX_SOURCES_SHOWN
    more = f"; and {left} more" if left > 0 else ""
    return f"<br>Source: {shown}{more}."


def _linked(source: Source) -> str:
    title = escape(f"“{source.title}”")
    link = f'<a href="{escape(source.url)}">{title}</a>' if source.url else title
    return f"{escape(source.publisher)}, {link}{escape(as_read(source))} ({escape(source.published)})"


def _list(texts: Sequence[str], title: str = "") -> str:
    return _titled(title, "ul", map(_marked, texts))


def _titled(title: str, tag: str, items: Iterable[str]) -> str:
    """Return a list under its title; nothing where there is no item."""
    shown = "".join(f"<li>{item}</li>" for item in items)
    return f"{f'<p>{escape(title)}</p>' if title else ''}<{tag}>{shown}</{tag}>" if shown else ""


def _marked(text: str) -> str:
    """Return Markdown emphasis as HTML."""
    return re.sub(r"\*([^*]+)\*", r"<em>\1</em>", escape(text))


def html_of(markdown: str) -> str:
    """Return one line of Markdown as HTML, with its links, its emphasis and its code."""
    text = re.sub(r"&lt;(https?://\S+)&gt;", r'<a href="\1">\1</a>', escape(markdown))
    text = re.sub(LINK, r'<a href="\2">\1</a>', text)
    text = re.sub(r"\*\*([^*]+)\*\*", r"<strong>\1</strong>", text)
    return unescape_markdown(re.sub(r"`([^`]+)`", r"<code>\1</code>", text))


def _side(text: str) -> str:
    return "right" if re.fullmatch(r"[\d,.%]*", text) else "left"
