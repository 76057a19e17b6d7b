"""What a notebook shows: plain tables with headers and a caption, in the colours of the page that they stand on."""

from __future__ import annotations

import functools
import re
from html import escape

from defector_stats._analysis.breakdown import Breakdown
from defector_stats._analysis.compare import Comparison, describe
from defector_stats._analysis.estimates import Estimates
from defector_stats._analysis.series import TimeSeries
from defector_stats._model.observation import Observation
from defector_stats._model.records import as_read
from defector_stats._model.words import number
from defector_stats._output.cells import Table, cells, write_count
from defector_stats._texts.faq import FaqEntry

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from defector_stats._model.records import Source

_MAX_SOURCES_SHOWN = 3
# There is room for the words in full.
_HEADS = {"male": "men and boys", "female": "women and girls"}


@functools.singledispatch
def html(thing: object) -> str:
    """Return a thing as HTML for a notebook."""
    raise TypeError(type(thing))


@html.register(Observation)
def _observation(figure: Observation) -> str:
    """Return one figure with what is known about it."""
    rows = [
        ["value", number(int(figure))],
        ["men and boys", write_count(figure.male)],
        ["women and girls", write_count(figure.female)],
        ["status", figure.status],
        ["in print since", figure.released],
        *([["worked out", figure.formula]] if figure.formula else []),
        *([["note", figure.note]] if figure.note else []),
    ]
    return _table(describe(figure), None, rows, figure.sources)


@html.register(TimeSeries)
def _series(series: TimeSeries) -> str:
    """Return the members and the gaps of a series."""
    # A notebook is narrow, and the chart shows the changes.
    return _answer(f"{series} {series.measure.attribution}", cells(series).without("change"))


@html.register(Comparison)
def _comparison(comparison: Comparison) -> str:
    """Return the sentence, the two figures, and what to know."""
    return _answer(str(comparison), cells(comparison), comparison.sources) + _list(comparison.caveats)


@html.register(Breakdown)
def _breakdown(breakdown: Breakdown) -> str:
    """Return the categories and their shares."""
    return _answer(str(breakdown), cells(breakdown), breakdown.provenance.sources)


@html.register(Estimates)
def _estimates(estimates: Estimates) -> str:
    """Return the ranges, who proposed them, and how."""
    caption = "Ranges that organisations proposed, not counts: they are never added up."
    first = [source for estimate in estimates for source in estimate.provenance.sources[:1]]
    return _answer(caption, cells(estimates), first)


@html.register(FaqEntry)
def _entry(entry: FaqEntry) -> str:
    """Return a question with its answer, limits and sources."""
    paragraphs = "".join(f"<p>{_marked(text)}</p>" for text in entry.answer.split("\n\n"))
    limits = _list(entry.limits, "What is contested or unknown:")
    return (
        f"<section><h3>{escape(entry.question)}</h3><p><em>{_marked(entry.summary)}</em></p>{paragraphs}{limits}"
        f"{_cited(entry.sources, most=len(entry.sources))}</section>"
    )


def _answer(caption: str, table: Table, sources: Sequence[Source] = ()) -> str:
    """Return the cells of an answer as a table."""
    return _table(caption, [_HEADS.get(name, name) for name in table.header], table.rows, sources)


def _table(
    caption: str, header: Sequence[str] | None, rows: Iterable[Sequence[str]], sources: Sequence[Source] = ()
) -> str:
    """Return a table whose first cells head their rows; numbers stand to the right."""
    head = ""
    if header is not None:
        cells = "".join(f'<th scope="col" style="padding-left: 1em">{escape(text)}</th>' for text in header)
        head = f"<thead><tr>{cells}</tr></thead>"
    body = "".join(
        f'<tr><th scope="row" style="text-align: left">{escape(first)}</th>'
        + "".join(f'<td style="text-align: {_side(text)}; padding-left: 1em">{escape(text)}</td>' for text in rest)
        + "</tr>"
        for first, *rest in rows
    )
    about = f'<caption style="text-align: left">{escape(caption)}{_cited(sources)}</caption>'
    return f'<table style="min-width: 36em">{about}{head}<tbody>{body}</tbody></table>'


def _cited(sources: Sequence[Source], most: int = _MAX_SOURCES_SHOWN) -> str:
    """Say where something was read, with links."""
    if not sources:
        return ""
    unique = list(dict.fromkeys(sources))
    shown = "; ".join(map(_linked, unique[:most]))
    more = f"; and {len(unique) - most} more" if len(unique) > most else ""
    return f"<br>Source: {shown}{more}."


def _linked(source: Source) -> str:
    title = escape(f"“{source.title}”")
    link = f'<a href="{escape(source.url)}">{title}</a>' if source.url else title
    return f"{escape(source.publisher)}, {link}{escape(as_read(source))} ({escape(source.published)})"


def _list(texts: Sequence[str], title: str = "") -> str:
    if not texts:
        return ""
    items = "".join(f"<li>{_marked(text)}</li>" for text in texts)
    return f"{f'<p>{escape(title)}</p>' if title else ''}<ul>{items}</ul>"


def _marked(text: str) -> str:
    """Return Markdown emphasis as HTML."""
    return re.sub(r"\*([^*]+)\*", r"<em>\1</em>", escape(text))


def _side(text: str) -> str:
    return "right" if re.fullmatch(r"[\d,.%]*", text) else "left"
