"""Citations of figures, answers, sources and the library, in several styles."""

from __future__ import annotations

import hashlib
import json
import re
import textwrap

import attrs

from defector_stats import __version__
from defector_stats._analysis.breakdown import Breakdown, dated_title
from defector_stats._analysis.compare import Comparison
from defector_stats._analysis.destinations import Destination
from defector_stats._analysis.indicators import EVERYBODY
from defector_stats._analysis.series import Derived, TimeSeries
from defector_stats._model.dates import last_day
from defector_stats._model.observation import SPLIT, Observation
from defector_stats._model.period import Period
from defector_stats._model.records import Estimate, Indicator, Revision, Source, as_read
from defector_stats._model.sequences import Rows
from defector_stats._model.vocabulary import STYLES, TOPICS, VERDICT_NAMES
from defector_stats._model.words import join_words, period_name, release_phrase, sentence, with_preposition
from defector_stats._output.markup import AUTHOR, describe_reading, escape_markdown
from defector_stats._store.schema import columns
from defector_stats._texts.claims import Claim
from defector_stats._texts.faq import FaqEntry
from defector_stats.errors import InvalidValueError, unknown_name_error

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from typing import Any

    from defector_stats._model.subject import Subject
    from defector_stats._store.ledger import Ledger
    from defector_stats._store.tables import Tables

_EXPECTED = (
    "an observation, a series, a comparison, a mean, a revision, an estimate, an indicator, a breakdown, a question, "
    "a claim or a source, or several of these; nothing for the library"
)
LIBRARY = "defector-stats: published figures on people who fled North Korea, with their sources"
# The public address of the project, once it has one; other mentions use or match this.
HOME: str | None = None
# The number of sources of a derived figure to name; the others are counted.
_MAX_SOURCES_NAMED = 3
_SHA_256 = re.compile(r"\b[0-9a-f]{64}\b")
# Keys that LaTeX accepts unchanged.
_SAFE_KEY = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
# The names of languages in the LaTeX packages babel and polyglossia.
_LANGUAGES = {
    "ar": "arabic", "de": "german", "en": "english", "es": "spanish", "fr": "french", "ja": "japanese", "ko": "korean",
    "pl": "polish", "pt": "portuguese", "ru": "russian", "zh": "chinese",
}  # fmt: skip
# The RIS types by their CSL types.
_RIS_TYPES = {
    "article-newspaper": "NEWS", "dataset": "DATA", "document": "GEN", "report": "RPRT", "software": "COMP",
    "webpage": "ELEC",
}  # fmt: skip

# Characters that are special in LaTeX.
_LATEX = {"\\": r"\textbackslash{}", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}"} | {
    character: f"\\{character}" for character in "{}#$%&_"
}


@attrs.frozen(kw_only=True)
class Reference:
    """The content of a citation, from which every style is written."""

    key: str
    """The id of the reference, in ASCII, which does not depend on the edition or the version of the library."""
    kind: str
    """The CSL type of the item, which is one of `_RIS_TYPES`."""
    author: str
    """The publisher, or the developers of this library if the number was calculated here."""
    title: str
    """The title of the cited thing."""
    issued: str
    """The date of publication, as ISO text to the precision known; empty if not known."""
    container: str = ""
    """The title of the page on which a figure was read; empty if the page itself is cited."""
    aside: str = ""
    """A short note on how the page was read, for use after its title; empty if it was read as published."""
    reading: str = ""
    """A note on how the page was read, in sentences; empty if it was read as published."""
    url: str | None = HOME
    """The address of the page, or of the project for our own work; ``None`` if there is none."""
    language: str = "en"
    """The language of the title, as an ISO 639-1 code."""
    version: str = ""
    """The version of a piece of software, or the edition of the data; empty for a source."""
    publisher: str = ""
    """The library and its version, for compiled figures and texts; empty for a source and the library itself."""
    note: str = ""
    """A free-text note for readers; empty if there is none."""

    @property
    def compiled(self) -> str:
        """A sentence with the compilers and the edition; empty for a source and the library itself."""
        if not self.publisher:
            return ""
        # The attribution of a measure may already name the compilers.
        said = "compiled by defector-stats" in self.note
        library = self.publisher.replace("defector-stats", "Version") if said else f"Compiled by {self.publisher}"
        return f"{library}, data edition {self.version}."


def cite(ledger: Ledger, thing: object, style: object) -> str:
    """Return the citation of a thing, or of each of several things, in one of `STYLES`.

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
    several: Any = thing if _has_several(thing) else (thing,)
    # A bibliography has no repeats.
    references = {reference.key: reference for reference in (_refer_to(ledger, one) for one in several)}
    return _WRITERS[style]([*references.values()])


def digest(tables: Tables) -> str:
    """Return the SHA-256 of all CSV files of a catalogue, concatenated in the order of their names."""
    from defector_stats._output.export import csv_text

    files = sorted(tables.everything().items(), key=lambda item: f"{item[0]}.csv")
    content = "".join(csv_text(columns(table), rows) for table, rows in files)
    return hashlib.sha256(content.encode()).hexdigest()


def _has_several(thing: object) -> bool:
    """Return whether each member has its own citation; a series and a table are cited as a whole."""
    return isinstance(thing, (list, tuple, Rows)) and not isinstance(thing, (Breakdown, TimeSeries))


def _refer_to(ledger: Ledger, thing: object) -> Reference:
    tables = ledger.tables
    if isinstance(thing, Source):
        return _refer_to_source(thing)
    if thing is None:
        return ledger.once("library", lambda: _add_digest(_refer_to_library(tables)))
    reference = _add_digest(_refer_to_compiled(ledger, thing))
    # The key does not depend on the edition: the same figure keeps it in later ones.
    return attrs.evolve(reference, publisher=f"defector-stats {__version__}", version=tables.descriptor["version"])


def _refer_to_compiled(ledger: Ledger, thing: object) -> Reference:
    """Return the reference to a thing that depends on the edition of the data."""
    if isinstance(thing, Destination):
        thing = thing.figure
    if isinstance(thing, Observation):
        return _refer_to_observation(thing, _find_subject(ledger, thing))
    if isinstance(thing, Revision):
        return _refer_to_revision(thing, _find_subject(ledger, thing))
    if isinstance(thing, Derived):
        return _refer_to_mean(thing, _find_subject(ledger, thing.inputs[0]))
    if isinstance(thing, FaqEntry):
        return _refer_to_text(thing.id, thing.question, thing.reviewed)
    if isinstance(thing, Claim):
        # Claims have no dates of their own.
        title = f"{thing.statement.removesuffix('.')} (claim {thing.id}: {VERDICT_NAMES[thing.verdict]})"
        return _refer_to_text(thing.id, title, _day_of_edition(ledger.tables))
    for kind, refer_to in _REFERRERS.items():
        if isinstance(thing, kind):
            return refer_to(thing)
    # Imported last, since no other citation needs it.
    from defector_stats._texts.about import About

    if isinstance(thing, About):
        return _refer_to_compiled(ledger, thing.figure)
    raise InvalidValueError(thing, _EXPECTED)


def _find_subject(ledger: Ledger, figure: Observation | Revision) -> Subject:
    """Return what a figure counts; one of another catalogue needs a measure and an area known here."""
    figures = ledger.figures(figure.measure, figure.area)
    return ledger.subject(figures.measure, figures.area)


def _day_of_edition(tables: Tables) -> str:
    return str(tables.descriptor.get("created", ""))[:10]


def _refer_to_library(tables: Tables) -> Reference:
    return Reference(
        key="defector-stats",
        kind="software",
        author=AUTHOR["name"],
        title=LIBRARY,
        issued=_day_of_edition(tables),
        version=__version__,
        note=f"Data edition {tables.descriptor['version']}, SHA-256 {digest(tables)}.",
    )


def _refer_to_source(source: Source) -> Reference:
    kind = {"news": "article-newspaper", "encyclopedia": "webpage"}.get(source.kind, "report")
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
    # The key of a source in the data files leads back to its row.
    return reference if _SAFE_KEY.fullmatch(source.key) else _add_digest(reference)


def _refer_to_observation(figure: Observation, subject: Subject) -> Reference:
    title = f"{sentence(subject.words)} {with_preposition(figure.period, subject.kind)}: {figure:,}"
    key = f"defector-stats-{figure.measure}-{figure.area}-{figure.period}"
    status = _word_status(figure.status)
    if not figure.is_derived:
        sexes = f"The sexes are calculated as {figure.formula.removeprefix(SPLIT)}." if figure.formula else ""
        return _refer_to_page(_find_printer(figure), figure.sources, key, title, status, sexes)
    told = f"Calculated as {figure.formula}"
    return _refer_to_calculation(key, title, figure.released, figure.sources, told, status)


def _refer_to_calculation(
    key: str, title: str, issued: str, sources: Iterable[Source], told: str, status: str = ""
) -> Reference:
    """Return the reference to a calculated number, with the compilers as author and its sources in a note.

    Args:
        key: The key of the reference, without its digest.
        title: The name of the number.
        issued: The date on which the last of its inputs was published.
        sources: The sources of its inputs.
        told: How the number was calculated.
        status: The reliability of the number, as a sentence.
    """
    origins = join_words([f"{source.publisher} ({source.published})" for source in sources], _MAX_SOURCES_NAMED)
    return Reference(
        key=key, kind="dataset", author=AUTHOR["name"], title=title, issued=issued,
        note=_join(status, f"{told}, from {origins}."),
    )  # fmt: skip


def _refer_to_comparison(comparison: Comparison) -> Reference:
    before, after = comparison.inputs
    return _refer_to_calculation(
        f"defector-stats-{after.measure}-{after.area}-{before.period}-to-{after.period}",
        str(comparison).removesuffix("."),
        _find_last_release(comparison.inputs),
        comparison.sources,
        f"Calculated as {comparison.formula}",
    )


def _refer_to_mean(mean: Derived, subject: Subject) -> Reference:
    figures = mean.inputs
    first, last = figures[0], figures[-1]
    # The people of a stock are never averaged.
    span = " to ".join(dict.fromkeys(period_name(figure.period) for figure in (first, last)))
    return _refer_to_calculation(
        f"defector-stats-{first.measure}-{first.area}-mean-{first.period}-to-{last.period}",
        f"Mean of {subject.words}, {span}: {mean}",
        _find_last_release(figures),
        mean.sources,
        f"Calculated as the sum divided by {len(figures)}",
    )


def _find_last_release(figures: Sequence[Observation]) -> str:
    return max((figure.released for figure in figures), key=last_day)


def _refer_to_revision(step: Revision, subject: Subject) -> Reference:
    what = f"{sentence(subject.words)} {with_preposition(step.period, subject.kind)}"
    title = f"{what}: {step.value:,}, as published {release_phrase(step.released)}"
    key = f"defector-stats-{step.measure}-{step.area}-{step.period}-released-{step.released}"
    page = next((source for source in step.sources if source.published == step.released), step.sources[0])
    return _refer_to_page(page, step.sources, key, title, _word_status(step.status))


def _refer_to_text(name: str, title: str, issued: str) -> Reference:
    """Return the reference to an answer or a verdict of this library."""
    key = f"defector-stats-{name}"
    return Reference(key=key, kind="document", author=AUTHOR["name"], title=title, issued=issued, container=LIBRARY)


def _find_printer(figure: Observation) -> Source:
    """Return the first source that may have published the total; older ones published another number."""
    # A month or a year may mean its last day, and "~" sorts after all digits.
    able = [source for source in figure.sources if source.published.ljust(10, "~") >= figure.released]
    # If the split was calculated, the sources include those of its inputs.
    if figure.inputs:
        able = [source for source in able if source.published == figure.released] or able
    return next(iter(able), figure.sources[0])


def _refer_to_estimate(estimate: Estimate) -> Reference:
    title = f"{TOPICS[estimate.topic]}, {period_name(estimate.reference)}: {estimate.spread} {estimate.unit} (estimate)"
    key = f"defector-stats-{estimate.topic}-{estimate.reference}-{estimate.organisation}"
    origin = estimate.provenance
    reference = _refer_to_page(origin.sources[0], origin.sources, key, title, _word_status(origin.status))
    # Even if a newspaper reported it, the organisation is the author of the estimate.
    return attrs.evolve(reference, author=estimate.organisation)


def _refer_to_indicator(indicator: Indicator) -> Reference:
    of = "" if indicator.category == EVERYBODY else f" ({indicator.category})"
    what = f"{sentence(indicator.indicator.replace('-', ' '))}{of}"
    title = f"{what}, {period_name(indicator.period)}: {indicator}, {indicator.population}"
    key = f"defector-stats-{indicator.indicator}-{indicator.period}-{indicator.category}-{indicator.survey}"
    origin = indicator.provenance
    reference = _refer_to_page(origin.sources[0], origin.sources, key, title, _word_status(origin.status))
    return attrs.evolve(reference, author=sentence(indicator.survey))


def _refer_to_breakdown(breakdown: Breakdown) -> Reference:
    title = dated_title(breakdown)
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
        title: The name of the figure.
        *notes: Notes for readers, in sentences; empty ones are left out.
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
        note=_join(others, *notes),
    )


def _add_digest(reference: Reference) -> Reference:
    """Return the reference with a safe and unique key, which ends in a digest of the content."""
    content = hashlib.sha256(json.dumps(attrs.astuple(reference)).encode()).hexdigest()[:8]
    words = re.sub(r"[^A-Za-z0-9.]+", "-", reference.key.replace("../", "to-")).strip("-")
    # A key in another script may leave nothing.
    return attrs.evolve(reference, key=f"{words}-{content}".strip("-"))


def _word_status(status: str) -> str:
    return {"normal": "", "provisional": "Provisional.", "low-reliability": "Of low reliability."}[status]


def _join(*parts: str) -> str:
    return " ".join(filter(None, parts))


def _write_text(references: list[Reference]) -> str:
    return "\n".join(map(_describe, references))


def _describe(reference: Reference) -> str:
    if reference.container:
        page = f"“{reference.container}”{reference.aside}"
        return _write_prose(reference, reference.title, page, reference.url or "")
    return _write_prose(reference, f"{reference.title}{reference.aside}", reference.url or "")


def _write_markdown(references: list[Reference]) -> str:
    return "\n\n".join(map(_link, references))


def _link(reference: Reference) -> str:
    def link(text: str) -> str:
        return f"[{escape_markdown(text)}]({reference.url})" if reference.url else escape_markdown(text)

    # The title of the page has the link; without a page, the thing itself is the page.
    aside = escape_markdown(reference.aside)
    if reference.container:
        return _write_prose(reference, reference.title, f"“{link(reference.container)}”{aside}")
    return _write_prose(reference, f"{link(reference.title)}{aside}")


def _write_prose(reference: Reference, title: str, *page: str) -> str:
    """Return the parts of a reference as sentences; empty ones are left out."""
    issued = reference.issued or "no date"
    edition = f"Version {reference.version}" if reference.kind == "software" else ""
    parts = [f"{reference.author} ({issued}): {title}", edition, *page]
    ended = [part if part.endswith("?") else f"{part}." for part in parts if part]
    return _join(*ended, reference.note, reference.compiled)


def _write_bibtex(references: list[Reference]) -> str:
    return "\n\n".join(map(_make_entry, references))


def _make_entry(reference: Reference) -> str:
    year, *rest = reference.issued.split("-")
    # Lines may break between the parts of a digest.
    note = _SHA_256.sub(lambda match: " ".join(textwrap.wrap(match[0], 16)), reference.note)
    fields = {
        # Without a second pair of braces, BibTeX splits an organisation into first and last name.
        "author": f"{{{_escape_latex(reference.author)}}}",
        "title": f"{{{_escape_latex(reference.title)}}}",
        "howpublished": _escape_latex(reference.container),
        "version": _escape_latex(reference.version) if reference.kind == "software" else "",
        "year": year,
        "month": _MONTHS[int(rest[0]) - 1] if rest else "",
        # Only biblatex supports days, and it prefers the date.
        "date": reference.issued if len(rest) > 1 else "",
        "url": "" if reference.url is None else re.sub(r"[{}\\\s]", _quote, reference.url),
        "langid": _LANGUAGES.get(reference.language, ""),
        "note": _escape_latex(_join(reference.reading, note, reference.compiled)),
    }
    # The name of a month is a macro, which each style writes in its own way.
    lines = [f"  {field} = {text if field == 'month' else f'{{{text}}}'}," for field, text in fields.items() if text]
    return "\n".join([f"@misc{{{reference.key},", *lines, "}"])


def _write_csl(references: list[Reference]) -> str:
    return json.dumps([*map(_make_item, references)], ensure_ascii=False, indent=2)


def _make_item(reference: Reference) -> dict[str, Any]:
    # Styles print the edition after the container, as if it were that of the page; after the title, it is right.
    page = "archive" if reference.kind == "dataset" else "container-title"
    item: dict[str, Any] = {
        "id": reference.key,
        "type": reference.kind,
        "title": reference.title,
        "author": [{"literal": reference.author}],
        "issued": {"date-parts": [[int(part) for part in reference.issued.split("-")]]} if reference.issued else None,
        page: _find_container(reference),
        "publisher": reference.publisher,
        "version": reference.version,
        "URL": reference.url,
        "language": reference.language,
        "note": _join(reference.reading, reference.note),
    }
    return {field: value for field, value in item.items() if value}


def _write_ris(references: list[Reference]) -> str:
    return "\n\n".join(map(_make_record, references))


def _make_record(reference: Reference) -> str:
    year, *_ = date = reference.issued.split("-")
    fields = [
        ("TY", _RIS_TYPES[reference.kind]),
        ("ID", reference.key),
        # A comma would separate a family name from a given name.
        ("AU", reference.author.replace(", ", " – ")),
        ("TI", reference.title),
        ("T2", _find_container(reference)),
        ("PB", reference.publisher),
        ("ET", reference.version),
        ("PY", year),
        ("DA", "/".join([*date, "", "", ""][:3]) + "/" if year else ""),
        ("LA", reference.language),
        ("UR", reference.url or ""),
        ("N1", _join(reference.reading, reference.note)),
    ]
    # A line break would end a field.
    lines = [f"{tag}  - {' '.join(text.split())}" for tag, text in fields if text]
    return "\n".join([*lines, "ER  - "])


def _find_container(reference: Reference) -> str:
    # Without a newspaper, styles take an article for an independent publication.
    return reference.author if reference.kind == "article-newspaper" else reference.container


def _escape_latex(text: str) -> str:
    return "".join(_LATEX.get(character, character) for character in text)


def _quote(match: re.Match[str]) -> str:
    return f"%{ord(match[0]):02X}"


_REFERRERS: dict[type, Callable[[Any], Reference]] = {
    Estimate: _refer_to_estimate,
    Indicator: _refer_to_indicator,
    Breakdown: _refer_to_breakdown,
    TimeSeries: _refer_to_series,
    Comparison: _refer_to_comparison,
}
_WRITERS: dict[str, Callable[[list[Reference]], str]] = {
    "text": _write_text,
    "markdown": _write_markdown,
    "bibtex": _write_bibtex,
    "ris": _write_ris,
    "csl-json": _write_csl,
}
