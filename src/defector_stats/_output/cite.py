"""Citations of figures, series, estimates, breakdowns, sources and the library, in several styles."""

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
from defector_stats._model.vocabulary import STYLES, TOPICS
from defector_stats._model.words import join_words, period_name, sentence, with_preposition
from defector_stats._output.markup import AUTHOR, describe_reading, escape_markdown
from defector_stats._output.release import version
from defector_stats._store.schema import columns
from defector_stats.errors import InvalidValueError, unknown_name_error

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from defector_stats._model.subject import Subject
    from defector_stats._store.ledger import Ledger
    from defector_stats._store.tables import Tables

LIBRARY = "defector-stats: published figures on people who fled North Korea, with their sources"
# Of the sources that went into a derived figure; the others are counted.
_MAX_SOURCES_NAMED = 3
# A key that LaTeX takes as it stands.
_SAFE_KEY = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")

# Characters that LaTeX would read as its own.
_LATEX = {"\\": r"\textbackslash{}", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}"} | {
    character: f"\\{character}" for character in "{}#$%&_"
}


@attrs.frozen(kw_only=True)
class Reference:
    """The content of a citation, from which every style is written."""

    key: str
    """The id of the reference, in ASCII; two references share one only if they differ in nothing but ``compiled``."""
    kind: str
    """The type of item in CSL, which is ``dataset``, ``webpage``, ``report`` or ``software``."""
    author: str
    """Who published the thing, or the developers of this library if it was calculated here."""
    title: str
    """What the thing is."""
    issued: str
    """When the thing was published, as ISO text to the precision known; empty if that is not known."""
    container: str = ""
    """The title of the page that the thing was read on; empty if the thing is the page."""
    aside: str = ""
    """How the page was read, to set behind its title; empty if it was read as published."""
    reading: str = ""
    """How the page was read, in sentences; empty if it was read as published."""
    url: str | None = None
    """The address of the page, or ``None`` if it has none."""
    language: str = ""
    """The language of the page, as an ISO 639-1 code; empty if there is no page."""
    version: str = ""
    """The version of a piece of software; empty for anything else."""
    note: str = ""
    """What else a reader should know about the thing; empty where there is nothing."""
    compiled: str = ""
    """The version of the library and the edition of the data; empty if nothing in the thing is a figure."""


def cite(ledger: Ledger, thing: object, style: object) -> str:
    """Return a citation of something, in one of `STYLES`.

    Args:
        ledger: The ledger of the catalogue whose edition is named.
        thing: What to cite; ``None`` for the library.
        style: One of `STYLES`.

    Raises:
        UnknownNameError: If the style is not known.
        InvalidValueError: If the thing cannot be cited.
    """
    if not isinstance(style, str) or style not in STYLES:
        raise unknown_name_error("style", style, STYLES)
    return _WRITERS[style](_refer_to(ledger, thing))


def digest(tables: Tables) -> str:
    """Return the SHA-256 of all CSV files of a catalogue, one after the other, in the order of their names."""
    from defector_stats._output.export import csv_text

    files = sorted(tables.everything().items(), key=lambda item: f"{item[0]}.csv")
    content = "".join(csv_text(columns(table), rows) for table, rows in files)
    return hashlib.sha256(content.encode()).hexdigest()


def _refer_to(ledger: Ledger, thing: object) -> Reference:
    tables = ledger.tables
    if isinstance(thing, Source):
        return _refer_to_source(thing)
    if thing is None:
        return _add_digest(_refer_to_library(tables))
    if isinstance(thing, Observation):
        # A figure of another catalogue can be cited if its measure and area are known here.
        figures = ledger.figures(thing.measure, thing.area)
        reference = _refer_to_observation(thing, ledger.subject(figures.measure, figures.area))
    elif isinstance(thing, Estimate):
        reference = _refer_to_estimate(thing)
    elif isinstance(thing, Breakdown):
        reference = _refer_to_breakdown(thing)
    elif isinstance(thing, TimeSeries):
        reference = _refer_to_series(thing)
    else:
        expected = "an observation, a series, an estimate, a breakdown or a source; nothing for the library"
        raise InvalidValueError(thing, expected)
    # The key comes first: the same figure keeps it in later editions.
    compiled = f"Compiled by defector-stats {version()}, data edition {tables.descriptor['version']}."
    return attrs.evolve(_add_digest(reference), compiled=compiled)


def _refer_to_library(tables: Tables) -> Reference:
    return Reference(
        key="defector-stats",
        kind="software",
        author=AUTHOR["name"],
        title=LIBRARY,
        issued=str(tables.descriptor.get("created", ""))[:10],
        version=version(),
        note=f"Data edition {tables.descriptor['version']}, SHA-256 {digest(tables)}.",
    )


def _refer_to_source(source: Source) -> Reference:
    kind = "report" if source.kind in {"official", "academic", "ngo"} else "webpage"
    reference = Reference(
        key=source.key,
        kind=kind,
        author=source.publisher,
        title=source.title,
        issued=source.published,
        aside=as_read(source),
        reading=describe_reading(source),
        url=source.url,
        language=source.language,
    )
    # The key of the data files leads back to their row.
    return reference if _SAFE_KEY.fullmatch(source.key) else _add_digest(reference)


def _refer_to_observation(figure: Observation, subject: Subject) -> Reference:
    title = f"{sentence(subject.words)} {with_preposition(figure.period, subject.kind)}: {figure:,}"
    key = f"defector-stats-{figure.measure}-{figure.area}-{figure.period}"
    status = _word_status(figure.status)
    if not figure.is_derived:
        sexes = f"The sexes are worked out as {figure.formula.removeprefix(SPLIT)}." if figure.formula else ""
        return _refer_to_page(_find_printer(figure), figure.sources, key, title, status, sexes)
    # Nobody printed a derived figure, so the compilers answer for it and its sources go into the note.
    origins = join_words([f"{source.publisher} ({source.published})" for source in figure.sources], _MAX_SOURCES_NAMED)
    return Reference(
        key=key,
        kind="dataset",
        author=AUTHOR["name"],
        title=title,
        issued=figure.released,
        note=_join(status, f"Worked out as {figure.formula}, from {origins}."),
    )


def _find_printer(figure: Observation) -> Source:
    """Return the first source that can have printed the total; older ones printed something else."""
    # A month or a year may lie as late as its last day, and "~" sorts behind all digits.
    able = [source for source in figure.sources if source.published.ljust(10, "~") >= figure.released]
    # Where the split was worked out, the sources of its inputs are among them.
    if figure.inputs:
        able = [source for source in able if source.published == figure.released] or able
    return next(iter(able), figure.sources[0])


def _refer_to_estimate(estimate: Estimate) -> Reference:
    title = f"{TOPICS[estimate.topic]}, {period_name(estimate.reference)}: {estimate.spread} {estimate.unit} (estimate)"
    key = f"defector-stats-{estimate.topic}-{estimate.reference}-{estimate.organisation}"
    origin = estimate.provenance
    reference = _refer_to_page(origin.sources[0], origin.sources, key, title, _word_status(origin.status))
    # Often read in the news: the organisation answers for the estimate, not the newspaper.
    return attrs.evolve(reference, author=estimate.organisation)


def _refer_to_breakdown(breakdown: Breakdown) -> Reference:
    title = f"{breakdown.title}, {period_name(breakdown.period, 'stock')}"
    key = f"defector-stats-{breakdown.dimension}-{breakdown.period}"
    origin = breakdown.provenance
    return _refer_to_page(origin.sources[0], origin.sources, key, title, _word_status(origin.status))


def _refer_to_series(series: TimeSeries) -> Reference:
    title = series.title
    key = f"defector-stats-{series.measure.id}-{series.area}-by-{series.frequency}"
    if series.rows:
        first, last = (period_name(figure.period, series.measure.kind) for figure in (series[0], series[-1]))
        title += f", {first} to {last}"
    if series.as_of is not None:
        title += f", as published by {period_name(Period.parse(series.as_of))}"
        key += f"-as-of-{series.as_of}"
    return Reference(
        key=key,
        kind="dataset",
        author=series.measure.publisher,
        title=title,
        issued=max((figure.known_from.isoformat() for figure in series), default=""),
        note=series.measure.attribution,
    )


def _refer_to_page(page: Source, sources: tuple[Source, ...], key: str, title: str, *notes: str) -> Reference:
    """Return the reference to a figure that was read on a page.

    Args:
        page: The page.
        sources: All sources of the figure, the page among them.
        key: The key of the reference, without its digest.
        title: What the figure is.
        *notes: What else a reader should know, in sentences; those that are empty are left out.
    """
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
        reading=describe_reading(page),
        url=page.url,
        language=page.language,
        note=_join(others, *notes),
    )


def _add_digest(reference: Reference) -> Reference:
    """Return the reference with a safe key that ends in a digest of its content, so that no two things share one."""
    content = hashlib.sha256(json.dumps(attrs.astuple(reference)).encode()).hexdigest()[:8]
    words = re.sub(r"[^A-Za-z0-9.]+", "-", reference.key.replace("../", "to-")).strip("-")
    # Nothing may be left of a key in another script.
    return attrs.evolve(reference, key=f"{words}-{content}".strip("-"))


def _word_status(status: str) -> str:
    return {"normal": "", "provisional": "Provisional.", "low-reliability": "Of low reliability."}[status]


def _join(*parts: str) -> str:
    return " ".join(filter(None, parts))


def _write_text(reference: Reference) -> str:
    if reference.container:
        page = f"“{reference.container}”{reference.aside}"
        return _write_prose(reference, reference.title, page, reference.url or "")
    return _write_prose(reference, f"{reference.title}{reference.aside}", reference.url or "")


def _write_markdown(reference: Reference) -> str:
    def link(text: str) -> str:
        return f"[{escape_markdown(text)}]({reference.url})" if reference.url else escape_markdown(text)

    # The title of the page carries the link; where there is no page, the thing is the page.
    aside = escape_markdown(reference.aside)
    if reference.container:
        return _write_prose(reference, reference.title, f"“{link(reference.container)}”{aside}")
    return _write_prose(reference, f"{link(reference.title)}{aside}")


def _write_prose(reference: Reference, title: str, *page: str) -> str:
    """Return the parts of a reference as sentences; those that are empty are left out."""
    issued = reference.issued or "no date"
    edition = f"Version {reference.version}" if reference.version else ""
    parts = [f"{reference.author} ({issued}): {title}", edition, *page]
    return _join(*(f"{part}." for part in parts if part), reference.note, reference.compiled)


def _write_bibtex(reference: Reference) -> str:
    year, *rest = reference.issued.split("-")
    fields = {
        # A second pair of braces, or BibTeX takes an organisation for a first and a last name.
        "author": f"{{{_escape_latex(reference.author)}}}",
        "title": f"{{{_escape_latex(reference.title)}}}",
        "howpublished": _escape_latex(reference.container),
        "version": _escape_latex(reference.version),
        "year": year,
        "month": str(int(rest[0])) if rest else "",
        "url": "" if reference.url is None else re.sub(r"[{}\\\s]", _quote, reference.url),
        "note": _escape_latex(_join(reference.reading, reference.note, reference.compiled)),
    }
    lines = [f"  {field} = {{{text}}}," for field, text in fields.items() if text]
    return "\n".join([f"@misc{{{reference.key},", *lines, "}"])


def _write_csl(reference: Reference) -> str:
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
        "note": _join(reference.reading, reference.note, reference.compiled),
    }
    return json.dumps([{field: value for field, value in item.items() if value}], ensure_ascii=False, indent=2)


def _escape_latex(text: str) -> str:
    return "".join(_LATEX.get(character, character) for character in text)


def _quote(match: re.Match[str]) -> str:
    return f"%{ord(match[0]):02X}"


_WRITERS: dict[str, Callable[[Reference], str]] = {
    "text": _write_text,
    "markdown": _write_markdown,
    "bibtex": _write_bibtex,
    "csl-json": _write_csl,
}
