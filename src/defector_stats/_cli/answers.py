"""The answer of each command: lines for people, text for programs, or the bytes of a file."""

from __future__ import annotations

import re
from typing import cast

from defector_stats import __version__
from defector_stats._model.records import as_read
from defector_stats._model.vocabulary import FORMATS
from defector_stats._model.words import period_name, release_phrase, say_published, split_by_sex, with_preposition
from defector_stats._output.terminal import can_print, can_show, columns, require_printable
from defector_stats._output.text import draw_bars, format_table
from defector_stats.catalogue import Catalogue
from defector_stats.errors import InvalidValueError, unknown_name_error

TYPE_CHECKING = False
if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterable
    from typing import Any

    from defector_stats._analysis.compare import Comparison
    from defector_stats._analysis.context import Context
    from defector_stats._analysis.series import TimeSeries
    from defector_stats._model.observation import Observation
    from defector_stats._model.records import Source
    from defector_stats._model.sequences import Rows
    from defector_stats._texts.claims import Claims
    from defector_stats._texts.faq import Faq
    from defector_stats._texts.glossary import Glossary

    Answer = list[str] | str | bytes

_ARRIVALS = "arrivals"
_STANDARD_OUTPUT = "-"
_CHARTS = (".svg", ".png", ".pdf")
_MAX_SOURCES = 3
_YEARS_OF_OVERVIEW = 25
# Normal figures are not called so.
_STATUSES = {"normal": "", "low-reliability": "low reliability"}
_SPAN = ("start", "end", "frequency")
_SUBJECT = ("measure", "area", "as_of")


def overview(catalogue: Catalogue, options: argparse.Namespace) -> Answer:
    """Answer a call without a command: the latest year, the total, and a small chart."""
    if options.version:
        return [f"defector-stats {__version__}, data edition {catalogue.data_version()}"]
    latest = catalogue.arrivals()
    series = catalogue.series()
    shown = series[-_YEARS_OF_OVERVIEW:]
    totals = catalogue.series(frequency="running-total")[-1:]
    return [
        *_name_figure(catalogue, latest),
        "",
        str(catalogue.context(latest.period)),
        *(f"The running total to {period_name(total.period)} is {total:,}." for total in totals),
        "",
        f"{series.title}, {shown[0].period} to {latest.period}:",
        *draw_bars(shown, columns()),
        "",
        "More: defector-stats latest (with sources), defector-stats chart (every year), defector-stats --help;",
        "in Python: from defector_stats import arrivals",
    ]


def _show(catalogue: Catalogue, options: argparse.Namespace) -> Answer:
    return _tell_figure(catalogue, options, _find_figure(catalogue, options, options.period))


def _latest(catalogue: Catalogue, options: argparse.Namespace) -> Answer:
    return _tell_figure(catalogue, options, _find_figure(catalogue, options, None))


def _total(catalogue: Catalogue, options: argparse.Namespace) -> Answer:
    totals = catalogue.series(frequency="running-total", as_of=options.as_of)
    if not totals:
        totals.peak()  # which says why there is none
    return _tell_figure(catalogue, options, totals[-1])


def _find_figure(catalogue: Catalogue, options: argparse.Namespace, period: str | None) -> Observation:
    return catalogue.observation(options.measure or _ARRIVALS, period, area=options.area, as_of=options.as_of)


def _tell_figure(catalogue: Catalogue, options: argparse.Namespace, figure: Observation) -> Answer:
    """Return a figure with its split, its dates, its note and its sources."""
    if options.format == "json":
        return _write_json(_with_sources(catalogue, figure.record()))
    lines = _name_figure(catalogue, figure)
    lines.append(f"{say_published(figure)}.")
    if figure.formula is not None:
        lines.append(f"Calculated: {figure.formula}")
    if figure.note:
        lines.append(f"Note: {figure.note}")
    lines += [f"Also published: {other.value:,} ({other.reason})" for other in figure.alternatives]
    return [*lines, *_list_sources(figure.sources, options, ", official ones first")]


def _name_figure(catalogue: Catalogue, figure: Observation) -> list[str]:
    """Return the number with what it counts, and its split by sex if there is one."""
    subject = catalogue._ledger.subject(figure.measure, figure.area)  # noqa: SLF001  # pyright: ignore[reportPrivateUsage]
    when = with_preposition(figure.period, subject.measure.kind)
    lines = [f"{figure:,}  {subject.words} {when}{_name_status(figure.status)}"]
    return [*lines, *filter(None, [split_by_sex(figure)])]


def _name_status(status: str) -> str:
    """Return a status in brackets after a space; empty if it is normal."""
    name = _STATUSES.get(status, status)
    return f" ({name})" if name else ""


def _list_sources(sources: tuple[Source, ...], options: argparse.Namespace, order: str = "") -> list[str]:
    """Return the sources as a list with addresses, and the number of those left out."""
    shown = sources if options.all_sources else sources[:_MAX_SOURCES]
    left = len(sources) - len(shown)
    title = "Source:" if len(sources) == 1 else f"Sources{order}:"
    more = [f"and {left} more; --all-sources lists them"] if left else []
    return [title, *(f"- {_name_source(source)}" for source in shown), *more] if sources else []


def _name_source(source: Source) -> str:
    """Return a source with its address, and without its title if the console cannot show that."""
    name = str(source) if can_show(source.title) else f"{source.publisher}{as_read(source)} ({source.published})"
    return f"{name} {source.url or ''}".rstrip()


def _about(catalogue: Catalogue, options: argparse.Namespace) -> Answer:
    answer = catalogue.about(options.period, options.measure or _ARRIVALS, area=options.area, as_of=options.as_of)
    if options.format == "markdown":
        return answer.markdown().rstrip()
    if options.format == "html":
        return answer._repr_html_()  # pyright: ignore[reportPrivateUsage]
    if options.format == "json":
        return _write_json(_with_sources(catalogue, answer.record()))
    return [str(answer)]


def _compare(catalogue: Catalogue, options: argparse.Namespace) -> Answer:
    measure = options.measure or _ARRIVALS
    change = catalogue.compare(options.first, options.second, measure=measure, area=options.area, as_of=options.as_of)
    return _tell_answer(catalogue, options, change, change.sources)


def _context(catalogue: Catalogue, options: argparse.Namespace) -> Answer:
    measure = options.measure or _ARRIVALS
    period = options.period or _find_figure(catalogue, options, None).period
    answer = catalogue.context(period, measure=measure, area=options.area, as_of=options.as_of)
    return _tell_answer(catalogue, options, answer, answer.figure.sources)


def _tell_answer(
    catalogue: Catalogue, options: argparse.Namespace, answer: Comparison | Context, sources: tuple[Source, ...]
) -> Answer:
    if options.format == "json":
        return _write_json(_with_sources(catalogue, answer.record()))
    return [str(answer), *(f"Note: {caveat}" for caveat in answer.caveats), *_list_sources(sources, options)]


def _verify(catalogue: Catalogue, options: argparse.Namespace) -> Answer:
    answer = catalogue.verify(
        _read_number(options.value),
        options.period,
        sex=options.sex,
        measure=options.measure or _ARRIVALS,
        area=options.area,
    )
    if options.format == "json":
        return _write_json(_with_sources(catalogue, answer.record()))
    return [f"{answer.verdict}: {answer.explanation}", *_list_sources(answer.sources, options)]


def _read_number(text: str) -> int:
    """Read a number as people write it, with or without commas between thousands."""
    if not re.fullmatch(r"\d{1,3}(,\d{3}){1,4}|\d{1,15}", text, re.ASCII):
        raise InvalidValueError(text, "a whole number such as 947 or 1,043")
    return int(text.replace(",", ""))


def _series(catalogue: Catalogue, options: argparse.Namespace) -> Answer:
    answer = _find_series(catalogue, options)
    if options.crossing is not None:
        if options.format == "csv":
            options.parser.error("--crossing cannot be combined with --format csv")
        options.parser.refuse_together("--crossing", ["output"], options)
        reached = _read_number(options.crossing)
        period = answer.crossing(reached)
        if options.format == "json":
            return _write_json({"number": reached, "period": str(period)})
        return [f"The running total reached {reached:,} {with_preposition(period)}."]
    return _tell_rows(catalogue, options, answer) or [*_draw_table(answer), "", answer.summary]


def _find_series(catalogue: Catalogue, options: argparse.Namespace) -> TimeSeries:
    return catalogue.series(
        options.measure or _ARRIVALS,
        area=options.area,
        frequency=options.frequency or "year",
        start=options.start,
        end=options.end,
        as_of=options.as_of,
    )


def _revisions(catalogue: Catalogue, options: argparse.Namespace) -> Answer:
    answer = catalogue.revisions(options.period, options.measure or _ARRIVALS, area=options.area)
    return _tell_rows(catalogue, options, answer) or _draw_table(answer, without="period")


def _estimates(catalogue: Catalogue, options: argparse.Namespace) -> Answer:
    answer = catalogue.estimates(options.topic, during=options.during)
    warning = "These are published estimates, not counts: never add them up."
    return _tell_rows(catalogue, options, answer) or [str(answer), "", warning]


def _indicators(catalogue: Catalogue, options: argparse.Namespace) -> Answer:
    answer = catalogue.indicators(options.topic, during=options.during)
    warning = "Published by different surveys, which are never added up, compared or joined."
    return _tell_rows(catalogue, options, answer) or [str(answer), "", warning]


def _breakdown(catalogue: Catalogue, options: argparse.Namespace) -> Answer:
    answer = catalogue.breakdown(options.dimension, options.period, as_of=options.as_of)
    provenance = answer.provenance
    published = f"Published {release_phrase(provenance.released)}{_name_status(provenance.status)}."
    return _tell_rows(catalogue, options, answer) or [
        *_draw_table(answer),
        "",
        f"{answer.summary} {published}",
        *_list_sources(provenance.sources, options),
    ]


def _destinations(catalogue: Catalogue, options: argparse.Namespace) -> Answer:
    answer = catalogue.destinations(options.year)
    definitions = dict.fromkeys(f"{row.measure.id}: {row.definition}" for row in answer.rows)
    warning = "Never add these up: they count different things, and partly the same people."
    return _tell_rows(catalogue, options, answer) or [*_draw_table(answer), "", warning, *definitions]


def _tell_rows(catalogue: Catalogue, options: argparse.Namespace, answer: Rows[Any]) -> str:
    """Return the rows of an answer as JSON or CSV, or the name of the file they went to; empty for text."""
    if written := _write_file(catalogue, options, answer):
        return written
    if options.format == "json":
        return _write_json(_with_sources(catalogue, answer.records()))
    if options.format == "csv":
        from defector_stats._output.export import as_cell, csv_text

        rows = ([as_cell(name, record[name]) for name in answer.COLUMNS] for record in answer.records())
        return require_printable(csv_text(answer.COLUMNS, rows).removesuffix("\n"))
    return ""


def _write_file(catalogue: Catalogue, options: argparse.Namespace, answer: Any) -> str:
    """Write an answer to the file of ``--output`` and name it; return nothing without that option."""
    if options.output in (None, _STANDARD_OUTPUT):
        if options.overwrite:
            options.parser.error("--overwrite needs a file to write")
        return ""
    if options.format != "text":
        options.parser.error("--format cannot be combined with --output, whose ending sets the format")
    if hasattr(answer, "plot") and options.output.lower().endswith(_CHARTS):
        return _tell_path(answer.plot().save(options.output, overwrite=options.overwrite))
    return _tell_path(catalogue.export(answer, options.output, overwrite=options.overwrite))


def _draw_table(answer: object, *, without: str = "") -> list[str]:
    """Return the lines of the table of an answer, without a column and the word ``normal``."""
    from defector_stats._output.cells import cells

    table = cells(answer).without(without)
    return format_table(table._replace(rows=[tuple(_STATUSES.get(cell, cell) for cell in row) for row in table.rows]))


def _faq(catalogue: Catalogue, options: argparse.Namespace) -> Answer:
    if options.id is not None:
        from defector_stats._texts.faq import Faq

        return _tell_texts(catalogue, options, Faq(rows=(catalogue.faq_entry(options.id),)))
    entries = catalogue.faq(options.topic) if options.search is None else catalogue.search_faq(options.search)
    if not entries:
        return []
    # Without an id, text is the list of questions.
    if options.format == "text" and options.output in (None, _STANDARD_OUTPUT):
        return [line for entry in entries for line in (f"{entry.id}: {entry.question}", f"  {entry.summary}")]
    return _tell_texts(catalogue, options, entries)


def _claims(catalogue: Catalogue, options: argparse.Namespace) -> Answer:
    return _tell_texts(catalogue, options, catalogue.claims())


def _glossary(catalogue: Catalogue, options: argparse.Namespace) -> Answer:
    return _tell_texts(catalogue, options, catalogue.glossary())


def _tell_texts(catalogue: Catalogue, options: argparse.Namespace, texts: Faq | Claims | Glossary) -> Answer:
    """Return questions, claims or terms in a format, or the name of the file they went to."""
    if written := _write_file(catalogue, options, texts):
        return written
    if options.format == "text":
        from defector_stats._output.markup import text_of

        return [text_of(texts.markdown())]
    if options.format == "markdown":
        return texts.markdown().rstrip()
    if options.format == "jsonld":
        return _write_json(texts.jsonld())
    return _write_json(_with_sources(catalogue, texts.records()))


def _cite(catalogue: Catalogue, options: argparse.Namespace) -> Answer:
    thing: object = None
    if options.series:
        measure = options.measure or _ARRIVALS
        thing = catalogue.series(measure, area=options.area, as_of=options.as_of)
    elif options.period is not None:
        thing = _find_figure(catalogue, options, options.period)
    else:
        options.parser.refuse_together("a reference to the library", _SUBJECT, options)
    style = options.style or ("csl-json" if options.format == "json" else "text")
    text = catalogue.cite(thing, style)
    if style == "csl-json":
        import json

        return _write_json(json.loads(text))
    return require_printable(text) if style in {"bibtex", "ris"} else [text]


def _chart(catalogue: Catalogue, options: argparse.Namespace) -> Answer:
    answer = _find_series(catalogue, options)
    if options.output == _STANDARD_OUTPUT:
        options.parser.refuse_together("standard output", ["overwrite"], options)
        return answer.plot()._render("svg")  # noqa: SLF001  # pyright: ignore[reportPrivateUsage]
    if options.output is None:
        if options.overwrite:
            options.parser.error("--overwrite needs a file to write")
        return [f"{answer.title}:", *draw_bars(answer, columns()), "", answer.summary]
    return _tell_path(answer.plot().save(options.output, overwrite=options.overwrite))


def _export(catalogue: Catalogue, options: argparse.Namespace) -> Answer:
    from defector_stats._output.dataset import dataset
    from defector_stats._output.export import DATA_PACKAGE, file_bytes

    refuse = options.parser.refuse_together
    what: object = options.measure or "all"
    if options.estimates is not None:
        refuse("--estimates", (*_SPAN, *_SUBJECT), options)
        what = catalogue.estimates(options.estimates or None)
    elif options.breakdown is not None:
        refuse("--breakdown", (*_SPAN, "measure", "area"), options)
        what = catalogue.breakdown(options.breakdown, as_of=options.as_of)
    # Any option of a series asks for one.
    elif any((options.frequency, options.area, options.start, options.end, options.as_of)):
        what = _find_series(catalogue, options)
    if options.path != _STANDARD_OUTPUT:
        return _tell_path(catalogue.export(what, options.path, format=options.format, overwrite=options.overwrite))
    refuse("standard output", ["overwrite"], options)
    if options.format == DATA_PACKAGE:
        options.parser.error("a datapackage is a folder, so it cannot be written to standard output")
    if options.format not in FORMATS:
        raise unknown_name_error("format", options.format, FORMATS)
    return file_bytes(dataset(catalogue._ledger, what), options.format)  # noqa: SLF001  # pyright: ignore[reportPrivateUsage]


def _tell_path(path: Any) -> str:
    # A path of dots alone would be taken for the end of the sentence.
    return f"Wrote {path if path.name.strip('.') else path.resolve()}."


def _measures(catalogue: Catalogue, options: argparse.Namespace) -> Answer:
    lines: list[str] = []
    for measure in catalogue.measures():
        lines += [f"{measure.id}: {measure.title} ({measure.unit}, {measure.kind})", f"  {measure.definition}"]
        lines += [f"  Coverage: {measure.coverage}", f"  Rounding: {measure.rounding}"]
        lines += [f"  Change of method: {change}" for change in measure.breaks]
        lines.append(f"  {measure.attribution}")
        lines += [f"  Check it at {measure.url}"] if measure.url else []
    return _tell_rows(catalogue, options, catalogue.measures()) or lines


def _areas(catalogue: Catalogue, options: argparse.Namespace) -> Answer:
    answer = catalogue.areas()
    lines = [f"{area.code}  {', '.join((area.name, *area.aliases))}" for area in answer]
    return _tell_rows(catalogue, options, answer) or lines


def _sources(catalogue: Catalogue, options: argparse.Namespace) -> Answer:
    answer = catalogue.sources()
    return _tell_rows(catalogue, options, answer) or [f"- {source.key}: {_name_source(source)}" for source in answer]


def _freshness(catalogue: Catalogue, options: argparse.Namespace) -> Answer:
    answer = catalogue.freshness()
    if options.format == "json":
        return _write_json(_with_sources(catalogue, answer.record()))
    return [str(answer)]


def _check(_: Catalogue, options: argparse.Namespace) -> Answer:
    # The bundled files are read again like any others, since someone may be editing them.
    catalogue = Catalogue.read(Catalogue.bundled().data_path() if options.folder is None else options.folder)
    steps = sum(
        len(catalogue.revisions(measure=measure.id, area=area))
        for measure in catalogue.measures()
        for area in measure.areas
    )
    cited = len(catalogue.sources())
    found = {"edition": catalogue.data_version(), "steps": steps, "sources": cited}
    if options.format == "json":
        return _write_json(found)
    return [f"Data OK: {steps:,} values from {cited:,} {'source' if cited == 1 else 'sources'}."]


def _with_sources(catalogue: Catalogue, content: Any) -> Any:
    """Return plain values in which whole records of sources replace their keys."""
    known = {source.key: source.record() for source in catalogue.sources()}

    def expand(value: Any, name: str = "") -> Any:
        if name == "sources":
            keys: list[str] = value.split() if isinstance(value, str) else value
            return [known[key] for key in keys]
        if name == "citations":
            return [{"statement": statement, "sources": expand(keys, "sources")} for statement, keys in value]
        if isinstance(value, dict):
            entries = cast("dict[str, Any]", value)
            return {key: expand(item, key) for key, item in entries.items()}
        if isinstance(value, list):
            return [expand(item) for item in cast("Iterable[Any]", value)]
        return value

    return expand(content)


def _write_json(content: object) -> str:
    """Return a JSON document, with escapes for characters that standard output cannot encode."""
    import json

    text = json.dumps(content, ensure_ascii=False, indent=2)
    return text if can_print(text) else json.dumps(content, indent=2)


# Defined last, because it names the functions above.
COMMANDS = {
    "show": _show,
    "latest": _latest,
    "total": _total,
    "about": _about,
    "series": _series,
    "compare": _compare,
    "context": _context,
    "verify": _verify,
    "estimates": _estimates,
    "indicators": _indicators,
    "breakdown": _breakdown,
    "destinations": _destinations,
    "chart": _chart,
    "cite": _cite,
    "export": _export,
    "faq": _faq,
    "claims": _claims,
    "glossary": _glossary,
    "revisions": _revisions,
    "measures": _measures,
    "areas": _areas,
    "sources": _sources,
    "freshness": _freshness,
    "check": _check,
}
