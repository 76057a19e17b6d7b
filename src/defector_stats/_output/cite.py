"""References to paste: for one number, a series, an estimate, a breakdown, a source, or the library."""

from __future__ import annotations

import hashlib
import json
import re

import attrs

from defector_stats._analysis.breakdown import Breakdown
from defector_stats._analysis.series import TimeSeries
from defector_stats._model.observation import SPLIT, Observation
from defector_stats._model.period import Period
from defector_stats._model.records import Estimate, Source, as_read
from defector_stats._model.vocabulary import TOPICS
from defector_stats._model.words import listed, name, sentence, when
from defector_stats._output.markup import AUTHOR, escaped, reading
from defector_stats._output.release import version
from defector_stats._store.schema import columns
from defector_stats.errors import InvalidValueError, unknown

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from defector_stats._model.subject import Subject
    from defector_stats._store.ledger import Ledger
    from defector_stats._store.tables import Tables

STYLES = ("text", "markdown", "bibtex", "csl-json")
LIBRARY = "defector-stats: published figures on people who fled North Korea, with their sources"
_MOST = 3  # of the sources that went into a derived figure, the others are counted
_KEY = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")

# What LaTeX would read as its own.
_LATEX = {"\\": r"\textbackslash{}", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}"} | {
    each: f"\\{each}" for each in "{}#$%&_"
}


@attrs.frozen(kw_only=True)
class Reference:
    """What every style of citation is made from.

    Attributes:
        key: The id, in ASCII; what differs in anything but the compilation differs in it.
        kind: The type of item in CSL: ``dataset``, ``webpage``, ``report`` or ``software``.
        author: Who published it; the compilers, if it was worked out.
        title: What it is.
        issued: When, as ISO text at the precision known; empty where that is not known.
        container: The page that it was read on, or empty.
        aside: How that page was read, as it stands behind its title, or empty.
        reading: The same in sentences.
        url: The address of that page, or ``None``.
        language: ISO 639-1 code, or empty.
        version: The version of a piece of software, or empty.
        note: What else to say.
        compiled: By what version of the library, from what edition, or empty.
    """

    key: str
    kind: str
    author: str
    title: str
    issued: str
    container: str = ""
    aside: str = ""
    reading: str = ""
    url: str | None = None
    language: str = ""
    version: str = ""
    note: str = ""
    compiled: str = ""


def cite(ledger: Ledger, thing: object, style: object) -> str:
    """Return a reference to something, in one of `STYLES`.

    Args:
        ledger: The catalogue that is named as the compilation.
        thing: What to cite; ``None`` for the library.
        style: One of `STYLES`.

    Raises:
        UnknownNameError: If the style is not known.
        InvalidValueError: If the thing cannot be cited.
    """
    if not isinstance(style, str) or style not in STYLES:
        raise unknown("style", style, STYLES)
    return _RENDER[style](_reference(ledger, thing))


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


def _reference(ledger: Ledger, thing: object) -> Reference:
    tables = ledger.tables
    if isinstance(thing, Source):
        return _of_source(thing)
    if thing is None:
        return _keyed(_of_library(tables))
    if isinstance(thing, Observation):
        figures = ledger.figures(thing.measure, thing.area)
        found = _of_observation(thing, ledger.subject(figures.measure, figures.area))
    elif isinstance(thing, Estimate):
        found = _of_estimate(thing)
    elif isinstance(thing, Breakdown):
        title = f"{thing.title}, {name(thing.period, 'stock')}"
        origin = thing.provenance
        key = f"defector-stats-{thing.dimension}-{thing.period}"
        found = _read_on(origin.sources[0], origin.sources, key, title, _status(origin.status))
    elif isinstance(thing, TimeSeries):
        found = _of_series(thing)
    else:
        expected = "an observation, a series, an estimate, a breakdown or a source; nothing for the library"
        raise InvalidValueError(thing, expected)
    compiled = f"Compiled by defector-stats {version()}, data edition {tables.descriptor['version']}."
    return attrs.evolve(_keyed(found), compiled=compiled)


def _of_library(tables: Tables) -> Reference:
    return Reference(
        key="defector-stats",
        kind="software",
        author=AUTHOR["name"],
        title=LIBRARY,
        issued=str(tables.descriptor.get("created", ""))[:10],
        version=version(),
        note=f"Data edition {tables.descriptor['version']}, SHA-256 {digest(tables)}.",
    )


def _of_source(source: Source) -> Reference:
    kind = "report" if source.kind in {"official", "academic", "ngo"} else "webpage"
    found = Reference(
        key=source.key,
        kind=kind,
        author=source.publisher,
        title=source.title,
        issued=source.published,
        aside=as_read(source),
        reading=reading(source),
        url=source.url,
        language=source.language,
    )
    # The key of the data files leads back to their row.
    return found if _KEY.fullmatch(source.key) else _keyed(found)


def _of_observation(figure: Observation, subject: Subject) -> Reference:
    title = f"{sentence(subject.words)} {when(figure.period, subject.kind)}: {figure:,}"
    key = f"defector-stats-{figure.measure}-{figure.area}-{figure.period}"
    status = _status(figure.status)
    if not figure.is_derived:
        sexes = f"The sexes are worked out as {figure.formula.removeprefix(SPLIT)}." if figure.formula else ""
        return _read_on(_printer(figure), figure.sources, key, title, status, sexes)
    origins = listed([f"{source.publisher} ({source.published})" for source in figure.sources], _MOST)
    return Reference(
        key=key,
        kind="dataset",
        author=AUTHOR["name"],
        title=title,
        issued=figure.released,
        note=_joined(status, f"Worked out as {figure.formula}, from {origins}."),
    )


def _printer(figure: Observation) -> Source:
    """The first source that can have printed the total: older ones printed less, or the inputs of the split."""
    # A month or a year may lie as late as its last day.
    able = [source for source in figure.sources if source.published.ljust(10, "~") >= figure.released]
    if figure.inputs:
        able = [source for source in able if source.published == figure.released] or able
    return next(iter(able), figure.sources[0])


def _of_estimate(estimate: Estimate) -> Reference:
    title = f"{TOPICS[estimate.topic]}, {name(estimate.reference)}: {estimate.spread} {estimate.unit} (estimate)"
    key = f"defector-stats-{estimate.topic}-{estimate.reference}-{estimate.organisation}"
    origin = estimate.provenance
    found = _read_on(origin.sources[0], origin.sources, key, title, _status(origin.status))
    return attrs.evolve(found, author=estimate.organisation)


def _of_series(series: TimeSeries) -> Reference:
    title = series.title
    key = f"defector-stats-{series.measure.id}-{series.area}-by-{series.frequency}"
    if series.observations:
        title += f", {name(series[0].period, series.measure.kind)} to {name(series[-1].period, series.measure.kind)}"
    if series.as_of is not None:
        title += f", as published by {name(Period.parse(series.as_of))}"
        key += f"-as-of-{series.as_of}"
    return Reference(
        key=key,
        kind="dataset",
        author=series.measure.publisher,
        title=title,
        issued=max((figure.known_from.isoformat() for figure in series), default=""),
        note=series.measure.attribution,
    )


def _read_on(page: Source, sources: tuple[Source, ...], key: str, title: str, *notes: str) -> Reference:
    """A figure, with the page that it was read on first."""
    more = len(sources) - 1
    others = f"And {more} more {'source' if more == 1 else 'sources'}." if more else ""
    return Reference(
        key=key,
        kind="dataset",
        author=page.publisher,
        title=title,
        issued=page.published,
        container=page.title,
        aside=as_read(page),
        reading=reading(page),
        url=page.url,
        language=page.language,
        note=_joined(others, *notes),
    )


def _keyed(reference: Reference) -> Reference:
    """With a key that begins in words and ends in a digest of the content, so that no two things share one."""
    content = hashlib.sha256(json.dumps(attrs.astuple(reference)).encode()).hexdigest()[:8]
    words = re.sub(r"[^A-Za-z0-9.]+", "-", reference.key.replace("../", "to-")).strip("-")
    return attrs.evolve(reference, key=f"{words}-{content}".strip("-"))


def _status(status: str) -> str:
    return {"normal": "", "provisional": "Provisional.", "low-reliability": "Of low reliability."}[status]


def _joined(*parts: str) -> str:
    return " ".join(filter(None, parts))


def _text(reference: Reference) -> str:
    if reference.container:
        page = f"“{reference.container}”{reference.aside}"
        return _prose(reference, reference.title, page, reference.url or "")
    return _prose(reference, f"{reference.title}{reference.aside}", reference.url or "")


def _markdown(reference: Reference) -> str:
    def linked(text: str) -> str:
        return f"[{escaped(text)}]({reference.url})" if reference.url else escaped(text)

    # The page carries the link; where there is none, the title is the page.
    aside = escaped(reference.aside)
    if reference.container:
        return _prose(reference, reference.title, f"“{linked(reference.container)}”{aside}")
    return _prose(reference, f"{linked(reference.title)}{aside}")


def _prose(reference: Reference, title: str, *page: str) -> str:
    """The parts that there are, one after the other."""
    issued = reference.issued or "no date"
    edition = f"Version {reference.version}" if reference.version else ""
    parts = [f"{reference.author} ({issued}): {title}", edition, *page]
    return _joined(*(f"{part}." for part in parts if part), reference.note, reference.compiled)


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
        "note": _latex(_joined(reference.reading, reference.note, reference.compiled)),
    }
    lines = [f"  {name_} = {{{text}}}," for name_, text in fields.items() if text]
    return "\n".join([f"@misc{{{reference.key},", *lines, "}"])


def _csl(reference: Reference) -> str:
    item: dict[str, Any] = {
        "id": reference.key,
        "type": reference.kind,
        "title": reference.title,
        "author": [{"literal": reference.author}],
        "issued": {"date-parts": [[int(part) for part in reference.issued.split("-")]]} if reference.issued else None,
        "container-title": reference.container,
        "URL": reference.url,
        "language": reference.language,
        "version": reference.version,
        "note": _joined(reference.reading, reference.note, reference.compiled),
    }
    return json.dumps([{field: value for field, value in item.items() if value}], ensure_ascii=False, indent=2)


def _latex(text: str) -> str:
    return "".join(_LATEX.get(each, each) for each in text)


def _quoted(match: re.Match[str]) -> str:
    return f"%{ord(match[0]):02X}"


_RENDER: dict[str, Callable[[Reference], str]] = {
    "text": _text,
    "markdown": _markdown,
    "bibtex": _bibtex,
    "csl-json": _csl,
}
