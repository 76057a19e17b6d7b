"""References to paste: for one number, a series, an estimate, a breakdown, a source, or the library."""

from __future__ import annotations

import hashlib
import json
import re

import attrs

from defector_stats.breakdowns import Breakdown
from defector_stats.errors import InvalidValueError, unknown
from defector_stats.estimation import TOPICS
from defector_stats.figure import Observation
from defector_stats.markup import escaped
from defector_stats.package import columns
from defector_stats.records import Estimate, Source
from defector_stats.timeseries import TimeSeries
from defector_stats.wording import name, sentence, when

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from defector_stats.package import Tables

STYLES = ("text", "markdown", "bibtex", "csl-json")
LIBRARY = "defector-stats: published figures on people who fled North Korea, with their sources"
AUTHOR = "The defector-stats developers"
_DISTRIBUTION = "defector-stats"

# What LaTeX would read as its own.
_LATEX = {"\\": r"\textbackslash{}", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}"} | {
    each: f"\\{each}" for each in "{}#$%&_"
}


@attrs.frozen(kw_only=True)
class Reference:
    """What every style of citation is made from.

    Attributes:
        key: The id, in ASCII.
        kind: The type of item in CSL: ``dataset``, ``webpage``, ``report`` or ``software``.
        author: Who published it.
        title: What it is.
        issued: When, as ISO text at the precision known; empty where that is not known.
        container: The page that it was read on, or empty.
        url: The address of that page, or ``None``.
        language: ISO 639-1 code, or empty.
        version: The version of a piece of software, or empty.
        note: What else to say.
    """

    key: str
    kind: str
    author: str
    title: str
    issued: str
    container: str = ""
    url: str | None = None
    language: str = ""
    version: str = ""
    note: str = ""


def citation(thing: object, style: object, tables: Tables, subject: Callable[[Observation], tuple[str, str]]) -> str:
    """A reference to something, in one of `STYLES`.

    Args:
        thing: What to cite; ``None`` for the library.
        style: One of `STYLES`.
        tables: The tables of the catalogue that is named as the compilation.
        subject: Gives the words for what an observation counts, and the kind of its measure.

    Raises:
        UnknownNameError: If the style is not known.
        InvalidValueError: If the thing cannot be cited.
    """
    if not isinstance(style, str) or style not in STYLES:
        raise unknown("style", style, STYLES)
    return _RENDER[style](_reference(thing, tables, subject))


def digest(tables: Tables) -> str:
    """The SHA-256 of all tables: of their CSV files one after the other, in the order of their names."""
    import csv
    import io

    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    for table, rows in sorted(tables.everything().items(), key=lambda item: f"{item[0]}.csv"):
        writer.writerow(columns(table))
        writer.writerows(rows)
    return hashlib.sha256(text.getvalue().encode()).hexdigest()


def _reference(thing: object, tables: Tables, subject: Callable[[Observation], tuple[str, str]]) -> Reference:
    compiled = f"Compiled by defector-stats {_version()}, data edition {tables.descriptor['version']}."
    if thing is None:
        note = f"Data edition {tables.descriptor['version']}, SHA-256 {digest(tables)}."
        issued = str(tables.descriptor.get("created", ""))[:10]
        return Reference(
            key="defector-stats",
            kind="software",
            author=AUTHOR,
            title=LIBRARY,
            issued=issued,
            version=_version(),
            note=note,
        )
    if isinstance(thing, Source):
        return _of_source(thing)
    if isinstance(thing, Observation):
        what, kind = subject(thing)
        title = f"{sentence(what)} {when(thing.period, kind)}: {thing:,}"
        key = f"defector-stats-{thing.measure}-{thing.area}-{thing.period}"
        worked = f" Worked out as {thing.formula}." if thing.is_derived else ""
        return _read_on(thing.sources, key, title, f"{_status(thing.status)}{worked} {compiled}".strip())
    if isinstance(thing, Estimate):
        title = f"{TOPICS[thing.topic]}, {name(thing.reference)}: {thing.spread} {thing.unit} (estimate)"
        key = f"defector-stats-{thing.topic}-{thing.reference}-{thing.organisation}"
        own = _read_on(thing.provenance.sources, key, title, f"{_status(thing.provenance.status)} {compiled}".strip())
        return attrs.evolve(own, author=thing.organisation)
    if isinstance(thing, Breakdown):
        title = f"{thing.title}, {name(thing.period, 'stock')}"
        key = f"defector-stats-{thing.dimension}-{thing.period}"
        return _read_on(thing.provenance.sources, key, title, f"{_status(thing.provenance.status)} {compiled}".strip())
    if isinstance(thing, TimeSeries):
        return _of_series(thing, compiled)
    expected = "an observation, a series, an estimate, a breakdown or a source; nothing for the library"
    raise InvalidValueError(thing, expected)


def _of_source(source: Source) -> Reference:
    kind = "report" if source.kind in {"official", "academic", "ngo"} else "webpage"
    return Reference(
        key=source.key,
        kind=kind,
        author=source.publisher,
        title=source.title,
        issued=source.published,
        url=source.url,
        language=source.language,
    )


def _of_series(series: TimeSeries, compiled: str) -> Reference:
    title = series.title
    if series.observations:
        title += f", {name(series[0].period, series.measure.kind)} to {name(series[-1].period, series.measure.kind)}"
    released = max((figure.known_from.isoformat() for figure in series), default="")
    return Reference(
        key=f"defector-stats-{series.measure.id}-{series.area}-by-{series.frequency}",
        kind="dataset",
        author=series.measure.publisher,
        title=title,
        issued=released,
        note=f"{series.measure.attribution} {compiled}",
    )


def _read_on(sources: tuple[Source, ...], key: str, title: str, note: str) -> Reference:
    """A figure, with the page that it was read on first."""
    first, more = sources[0], len(sources) - 1
    others = f"And {more} more {'source' if more == 1 else 'sources'}. " if more else ""
    return Reference(
        key=_ascii(key),
        kind="dataset",
        author=first.publisher,
        title=title,
        issued=first.published,
        container=first.title,
        url=first.url,
        language=first.language,
        note=f"{others}{note}",
    )


def _status(status: str) -> str:
    return {"normal": "", "provisional": "Provisional.", "low-reliability": "Of low reliability."}[status]


def _text(reference: Reference) -> str:
    page = f"“{reference.container}”" if reference.container else ""
    return _prose(reference, reference.title, page, reference.url or "")


def _markdown(reference: Reference) -> str:
    def linked(text: str) -> str:
        return f"[{escaped(text)}]({reference.url})" if reference.url else escaped(text)

    # The page carries the link; where there is none, the title is the page.
    if reference.container:
        return _prose(reference, reference.title, f"“{linked(reference.container)}”")
    return _prose(reference, linked(reference.title))


def _prose(reference: Reference, title: str, *page: str) -> str:
    """The parts that there are, one after the other."""
    issued = reference.issued or "no date"
    version = f"Version {reference.version}" if reference.version else ""
    parts = [f"{reference.author} ({issued}): {title}", version, *page]
    return " ".join([*(f"{part}." for part in parts if part), reference.note]).strip()


def _bibtex(reference: Reference) -> str:
    year, *rest = reference.issued.split("-")
    fields = {
        "author": f"{{{_latex(reference.author)}}}",
        "title": f"{{{_latex(reference.title)}}}",
        "howpublished": _latex(reference.container),
        "version": _latex(reference.version),
        "year": year,
        "month": str(int(rest[0])) if rest else "",
        "url": "" if reference.url is None else re.sub(r"[{}\\\s]", _quoted, reference.url),
        "note": _latex(reference.note),
    }
    lines = [f"  {name_} = {{{text}}}," for name_, text in fields.items() if text]
    return "\n".join([f"@misc{{{_ascii(reference.key)},", *lines, "}"])


def _csl(reference: Reference) -> str:
    item: dict[str, Any] = {
        "id": _ascii(reference.key),
        "type": reference.kind,
        "title": reference.title,
        "author": [{"literal": reference.author}],
        "issued": {"date-parts": [[int(part) for part in reference.issued.split("-")]]} if reference.issued else None,
        "container-title": reference.container,
        "URL": reference.url,
        "language": reference.language,
        "version": reference.version,
        "note": reference.note,
    }
    return json.dumps([{field: value for field, value in item.items() if value}], ensure_ascii=False, indent=2)


def _latex(text: str) -> str:
    return "".join(_LATEX.get(each, each) for each in text)


def _quoted(match: re.Match[str]) -> str:
    return f"%{ord(match[0]):02X}"


def _ascii(key: str) -> str:
    return re.sub(r"[^A-Za-z0-9.]+", "-", key.replace("../", "to-")).strip("-")


def _version() -> str:
    from importlib.metadata import version

    return version(_DISTRIBUTION)


_RENDER: dict[str, Callable[[Reference], str]] = {
    "text": _text,
    "markdown": _markdown,
    "bibtex": _bibtex,
    "csl-json": _csl,
}
