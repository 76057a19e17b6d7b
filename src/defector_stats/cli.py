"""The command line: one command for each function of the catalogue."""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import re
import sys

from defector_stats._model.words import with_preposition
from defector_stats._output.cells import cells
from defector_stats._output.export import csv_text
from defector_stats._output.markup import text_of
from defector_stats._output.text import format_table
from defector_stats._texts.faq import Faq
from defector_stats.catalogue import Catalogue
from defector_stats.errors import DefectorStatsError, FileError, InvalidValueError, NoDataError, UnknownNameError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any, NoReturn

    from _typeshed import SupportsWrite

    from defector_stats._analysis.compare import Comparison
    from defector_stats._analysis.context import Context
    from defector_stats._analysis.series import TimeSeries
    from defector_stats._model.observation import Observation
    from defector_stats._model.records import Source
    from defector_stats._model.sequences import Rows
    from defector_stats._texts.claims import Claims
    from defector_stats._texts.glossary import Glossary

EXIT_NO_DATA = 1
EXIT_MISTAKE = 2
EXIT_OUTPUT = 3

_STANDARD_OUTPUT = "standard output"
# In characters.
_MAX_BAR_WIDTH = 40
# The columns of numbers, by their headings.
# The calls of Python that hints advise, as patterns, and the commands that do the same.
_SERIES_CALL = r"use series\('([^']+)', area='([^']+)', frequency='([^']+)', start='([^']+)', end='([^']+)'"
_SERIES_COMMAND = r"run: defector-stats series --measure \1 --area \2 --frequency \3 --from \4 --to \5"
_SHELL_HINTS = (
    (rf"{_SERIES_CALL}\)\.total\(\)", _SERIES_COMMAND),
    (rf"{_SERIES_CALL}, as_of='([^']+)'\)\.total\(\)", rf"{_SERIES_COMMAND} --as-of \6"),
    (r"Ask for destinations\((.+?)\)", r"Run: defector-stats destinations \1"),
    (r"such as revisions\('(.+?)', 'arrivals', area='KOR'\)", r"such as: defector-stats revisions \1"),
    (r"Ask for estimates\('(.+?)'\)", r"Run: defector-stats estimates \1"),
    (r"Ask for observation\('arrivals'\)", "Run: defector-stats"),
    (r"Ask for series\('(.+?)', area='(.+?)'\)", r"Run: defector-stats series --measure \1 --area \2"),
    (r"pass overwrite=True", "add --overwrite"),
)
_HELP = """\
How many people flee North Korea? Published figures with their sources, offline.

  defector-stats                  the latest year, and the series as a small chart
  defector-stats 2020             one figure with its source
  defector-stats 2020-Q2          also 2020-H1, 2020-07, ../1998, 1999/2001
  defector-stats 2025 --as-of 2026-01-25
                                  the figure as it was in print on that day
  defector-stats compare 2019 2020
                                  the difference, with what to know before it is used
  defector-stats context 2019     since when it was not so low, and its place
  defector-stats verify 947 1998  whether a number was ever published for a period
  defector-stats destinations 2016, estimates in-china, breakdown age
                                  other places, ranges where nobody can count, who the people are
"""


class _Parser(argparse.ArgumentParser):
    """A parser that prints its errors and its help as every other answer is printed."""

    def error(self, message: str) -> NoReturn:
        """Refuse a command with one line, without the usage text."""
        _print_error(f"{self.prog}: {message}; try --help")
        self.exit(EXIT_MISTAKE)

    def print_help(self, file: SupportsWrite[str] | None = None) -> None:
        """Print the help: to standard output as every answer, to any other file as argparse does."""
        if file is None:
            _print_answer(self.format_help().removesuffix("\n"))
        else:
            super().print_help(file)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line.

    Returns:
        The exit code: 0, 1 if a figure does not exist, 2 for a mistake in the question,
        3 for output that cannot be written. Errors are printed on one line of standard error.
    """
    words = list(sys.argv[1:] if arguments is None else arguments)
    # A first word that is neither a command nor an option is a period.
    if words and words[0] not in _COMMANDS and not words[0].startswith("-"):
        words.insert(0, "show")
    try:
        options = parser().parse_args(words)
        command = _COMMANDS.get(options.command, _overview)
        _print_answer("\n".join(command(Catalogue.bundled(), options)))
    except NoDataError as error:
        _print_error(_format_error(error))
        return EXIT_NO_DATA
    except FileError as error:
        _print_error(_format_error(error))
        return EXIT_OUTPUT
    except DefectorStatsError as error:
        _print_error(_format_error(error))
        return EXIT_MISTAKE
    # A catalogue without a folder cannot say where its files are.
    except FileNotFoundError as error:
        _print_error(str(error))
        return EXIT_MISTAKE
    return 0


def _format_error(error: DefectorStatsError) -> str:
    """Return an error as one line, with a hint for users of a shell."""
    return " ".join(f"{error.sentence} {_translate_hint(error)}".split())


def _translate_hint(error: DefectorStatsError) -> str:
    """Return the hint of an error with commands instead of calls; empty if only Python can do what it advises."""
    if isinstance(error, UnknownNameError) and error.suggestions:
        return f"{'Choose from' if error.given is None else 'Try'}: {', '.join(error.suggestions)}."
    hint = error.hint
    for python, shell in _SHELL_HINTS:
        hint = re.sub(python, shell, hint)
    # A call or an argument that is left has no command.
    return "" if re.search(r"\w\(|\bdefault=", hint) else hint


def _print_answer(text: str) -> None:
    """Print a text; a letter that standard output does not hold appears as its escape.

    Raises:
        FileError: If standard output is closed or full.
    """
    # Without a console, Python starts with no standard output.
    if sys.stdout is None:
        raise FileError(_STANDARD_OUTPUT, "is closed", "Let it lead to a terminal, a file or another program.")
    encoding = _output_encoding()
    try:
        print(text.encode(encoding, "backslashreplace").decode(encoding), flush=True)
    except OSError as error:
        # What is still buffered is sent nowhere, or Python would try to write it again at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        # A reader may leave early, as `head` does; that is no error.
        if not isinstance(error, BrokenPipeError):
            problem = f"cannot be written ({error.strerror})"
            raise FileError(_STANDARD_OUTPUT, problem, "See that there is room where it leads.") from None


def _print_error(message: str) -> None:
    """Print one line on standard error, if there is one."""
    # Given no file, print would write to standard output.
    if sys.stderr is not None:
        with contextlib.suppress(OSError):
            print(" ".join(message.split()), file=sys.stderr)


def _output_encoding() -> str:
    return getattr(sys.stdout, "encoding", None) or "utf-8"


def _can_print(text: str) -> bool:
    """Tell whether standard output holds every letter of a text."""
    encoding = _output_encoding()
    # Some encodings put another letter in its place without an error, so the text is read back.
    return text.encode(encoding, "ignore").decode(encoding) == text


def parser() -> argparse.ArgumentParser:
    """Return the parser of all commands, with their options."""
    top = _Parser(prog="defector-stats", description=_HELP, formatter_class=argparse.RawDescriptionHelpFormatter)
    top.add_argument("--version", action="store_true", help="print the versions of library and data")
    commands = top.add_subparsers(dest="command", metavar="command")
    show = commands.add_parser("show", help="one figure with its source (the word 'show' may be left out)")
    show.add_argument("period", help="such as 2020, 2020-Q2 or ../2025")
    series = commands.add_parser("series", help="a table of figures")
    series.add_argument("--from", dest="start", metavar="PERIOD", help="the first period")
    series.add_argument("--to", dest="end", metavar="PERIOD", help="the last period")
    series.add_argument("--frequency", default="year", help="year, half, quarter or running-total")
    series.add_argument("--crossing", metavar="NUMBER", help="when the running total reached a number, instead")
    series.add_argument("--format", choices=("table", "csv", "json"), default="table")
    compare = commands.add_parser("compare", help="from one figure to another")
    compare.add_argument("first", metavar="period", help="the period to compare with")
    compare.add_argument("second", metavar="period", help="the period that is compared")
    context = commands.add_parser("context", help="what a figure means beside the others")
    context.add_argument("period", help="such as 2020 or 2020-Q2")
    verify = commands.add_parser("verify", help="whether a number was ever published for a period")
    verify.add_argument("value", metavar="number", help="such as 947 or 1,043")
    verify.add_argument("period", help="the period that it was printed for")
    verify.add_argument("--sex", default="total", help="total, male or female")
    for command in (show, series, compare, context):
        command.add_argument("--as-of", metavar="DATE", help="answer with what was in print by then")
    for command in (show, series, compare, context, verify):
        command.add_argument("--measure", default="arrivals", help="what to count; see 'measures'")
        command.add_argument("--area", help="ISO 3166-1 alpha-3 code; see 'areas'")
    for command in (compare, context, verify):
        command.add_argument("--format", choices=("text", "json"), default="text")
    revisions = commands.add_parser("revisions", help="how a figure changed")
    revisions.add_argument("period")
    estimates = commands.add_parser("estimates", help="what organisations proposed where nobody can count")
    estimates.add_argument("topic", nargs="?", help="such as in-china or forced-returns; without it, all")
    estimates.add_argument("--during", metavar="PERIOD", help="only those whose reference overlaps it")
    breakdown = commands.add_parser("breakdown", help="who the people are who arrived")
    breakdown.add_argument("dimension", help="age, occupation, province, education or residence")
    breakdown.add_argument(
        "period", nargs="?", help="the date of the table, such as ../2022-12; without it, the newest"
    )
    breakdown.add_argument("--as-of", metavar="DATE", help="answer with what was in print by then")
    destinations = commands.add_parser("destinations", help="what is known by place for a year, never added up")
    destinations.add_argument("year")
    for command in (estimates, breakdown, destinations):
        command.add_argument("--format", choices=("table", "csv", "json"), default="table")
    _add_texts(commands)
    _add_export(commands)
    commands.add_parser("measures", help="what can be asked for, with definitions")
    commands.add_parser("areas", help="the places that figures are about")
    commands.add_parser("sources", help="everything that is cited")
    commands.add_parser("freshness", help="how new the figures are")
    check = commands.add_parser("check", help="check every rule of the data")
    check.add_argument("folder", nargs="?", help="a Data Package folder; without it, the bundled figures")
    return top


def _add_texts(commands: Any) -> None:
    """Add the commands that explain and cite."""
    faq = commands.add_parser("faq", help="what people ask, answered with sources")
    faq.add_argument("id", nargs="?", help="one question; without it, the list of all")
    faq.add_argument("--search", metavar="TEXT", help="only those that match some words, the best first")
    faq.add_argument("--topic", help="only those about a topic, such as numbers or returns")
    claims = commands.add_parser("claims", help="what a web article states, with verdicts")
    glossary = commands.add_parser("glossary", help="the contested words, defined")
    for command in (faq, claims, glossary):
        command.add_argument("--format", choices=("text", "markdown", "json", "jsonld"), default="text")
    cite = commands.add_parser("cite", help="a reference to one figure, or to the library")
    cite.add_argument("period", nargs="?", help="such as 2020; without it, the library")
    cite.add_argument("--series", action="store_true", help="the whole series by year, instead of one figure")
    cite.add_argument("--style", default="text", help="text, markdown, bibtex, ris or csl-json")
    cite.add_argument("--as-of", metavar="DATE", help="the figure that was in print by then")
    cite.add_argument("--measure", default="arrivals", help="what to count; see 'measures'")
    cite.add_argument("--area", help="ISO 3166-1 alpha-3 code; see 'areas'")


def _add_export(commands: Any) -> None:
    """Add the command that writes files."""
    export = commands.add_parser("export", help="write figures to a file or a folder")
    export.add_argument("format", help="csv, json, sdmx-csv, datapackage or jsonld")
    export.add_argument("path", help="a folder for datapackage, a file for the others")
    export.add_argument("--overwrite", action="store_true", help="replace what stands there")
    export.add_argument("--measure", help="only what is known of one measure; without it, of all")
    export.add_argument("--frequency", help="a series, by year, half, quarter, fiscal-year or running-total")
    export.add_argument("--area", help="a series of one area, as an ISO 3166-1 alpha-3 code")
    export.add_argument("--from", dest="start", metavar="PERIOD", help="a series, from this period")
    export.add_argument("--to", dest="end", metavar="PERIOD", help="a series, to this period")
    export.add_argument("--as-of", metavar="DATE", help="a series, or a breakdown, that was in print by then")
    export.add_argument("--breakdown", metavar="DIMENSION", help="who the people are, by age, province, ...")
    export.add_argument("--estimates", nargs="?", const="", metavar="TOPIC", help="estimates, of a topic or all")


def _overview(catalogue: Catalogue, options: argparse.Namespace) -> list[str]:
    """Answer a call without a command: the latest figure, and a chart of the last 25 years."""
    if options.version:
        from defector_stats._output.release import version

        return [f"defector-stats {version()}, data edition {catalogue.data_version()}"]
    series = catalogue.series()
    latest = catalogue.arrivals()
    return [
        *_describe_figure(catalogue, latest),
        str(catalogue.context(latest.period)),
        "",
        "Arrivals in South Korea by year:",
        *_draw_bars(series.between(latest.period.shift(-24))),
        "",
        "* provisional" if any(figure.status == "provisional" for figure in series) else "",
        "More: defector-stats --help, or: from defector_stats import arrivals",
    ]


def _show(catalogue: Catalogue, options: argparse.Namespace) -> list[str]:
    figure = catalogue.observation(options.measure, options.period, area=options.area, as_of=options.as_of)
    return _describe_figure(catalogue, figure)


def _describe_figure(catalogue: Catalogue, figure: Observation) -> list[str]:
    """Describe a figure: what is known about it, and where it was read."""
    area_name = next(area.name for area in catalogue.areas() if area.code == figure.area)
    lines = [f"{figure:,}  {figure.measure}, {area_name}, {figure.period} ({figure.status})"]
    # A figure has both sexes or neither.
    if figure.male is not None:
        lines.append(f"{figure.male:,} men and boys, {figure.female:,} women and girls")
    lines.append(f"{'Its newest input is in' if figure.is_derived else 'In'} print since {figure.released}.")
    if figure.formula is not None:
        lines.append(f"Worked out: {figure.formula}")
    if figure.note:
        lines.append(f"Note: {figure.note}")
    lines += [f"Also printed: {other.value:,} ({other.reason})" for other in figure.alternatives]
    lines.append("Source: " + _cite_sources(figure.sources))
    return lines


def _cite_sources(sources: tuple[Source, ...], max_sources: int = 3) -> str:
    """Return the first sources as text, with the number of those that are left out."""
    text = "; ".join(map(str, sources[:max_sources]))
    rest = len(sources) - max_sources
    return f"{text}; and {rest} more" if rest > 0 else text


def _draw_bars(series: TimeSeries) -> list[str]:
    """Draw a bar for each figure; that of the highest is as wide as the chart."""
    peak = max(series)
    return [
        f"{figure.period!s:>8}  {figure:>6,}{'*' if figure.status == 'provisional' else ' '} "
        f"{'█' * round(figure * _MAX_BAR_WIDTH / peak)}".rstrip()
        for figure in series
    ]


def _series(catalogue: Catalogue, options: argparse.Namespace) -> list[str]:
    series = catalogue.series(
        options.measure,
        area=options.area,
        frequency=options.frequency,
        start=options.start,
        end=options.end,
        as_of=options.as_of,
    )
    if options.crossing is not None:
        reached = _read_number(options.crossing)
        return [f"The running total reached {reached:,} {with_preposition(series.crossing(reached))}."]
    if options.format != "table":
        return _format_records(series, options.format)
    return [*_format_table(series), "", series.summary]


def _read_number(text: str) -> int:
    """Read a number as people write it, with or without commas between thousands."""
    if not re.fullmatch(r"\d{1,3}(,\d{3}){1,4}|\d{1,15}", text, re.ASCII):
        raise InvalidValueError(text, "a whole number such as 947 or 1,043")
    return int(text.replace(",", ""))


def _compare(catalogue: Catalogue, options: argparse.Namespace) -> list[str]:
    comparison = catalogue.compare(
        options.first, options.second, measure=options.measure, area=options.area, as_of=options.as_of
    )
    return _format_answer(comparison, comparison.sources, options.format)


def _context(catalogue: Catalogue, options: argparse.Namespace) -> list[str]:
    context = catalogue.context(options.period, measure=options.measure, area=options.area, as_of=options.as_of)
    return _format_answer(context, context.figure.sources, options.format)


def _verify(catalogue: Catalogue, options: argparse.Namespace) -> list[str]:
    value = _read_number(options.value)
    answer = catalogue.verify(value, options.period, sex=options.sex, measure=options.measure, area=options.area)
    if options.format == "json":
        return _format_json(answer.record())
    lines = [f"{answer.verdict}: {answer.explanation}"]
    return [*lines, f"Source: {_cite_sources(answer.sources)}"] if answer.sources else lines


def _format_answer(answer: Comparison | Context, sources: tuple[Source, ...], form: str) -> list[str]:
    """Return an answer as its sentence, its caveats and its sources, or as JSON."""
    if form == "json":
        return _format_json(answer.record())
    return [str(answer), *(f"Note: {caveat}" for caveat in answer.caveats), f"Source: {_cite_sources(sources)}"]


def _estimates(catalogue: Catalogue, options: argparse.Namespace) -> list[str]:
    estimates = catalogue.estimates(options.topic, during=options.during)
    if options.format != "table":
        return _format_records(estimates, options.format)
    return [str(estimates), "", "Ranges that organisations proposed, not counts: they are never added up."]


def _breakdown(catalogue: Catalogue, options: argparse.Namespace) -> list[str]:
    breakdown = catalogue.breakdown(options.dimension, options.period, as_of=options.as_of)
    if options.format != "table":
        return _format_records(breakdown, options.format)
    provenance = breakdown.provenance
    return [
        *_format_table(breakdown),
        "",
        f"{breakdown.summary} ({provenance.status}, {provenance.released})",
        f"Source: {_cite_sources(provenance.sources)}",
    ]


def _destinations(catalogue: Catalogue, options: argparse.Namespace) -> list[str]:
    destinations = catalogue.destinations(options.year)
    if options.format != "table":
        return _format_records(destinations, options.format)
    definitions = dict.fromkeys(f"{row.measure.id}: {row.definition}" for row in destinations.rows)
    warning = "Never add these up: they count different things, partly the same people."
    return [*_format_table(destinations), "", warning, *definitions]


def _cite(catalogue: Catalogue, options: argparse.Namespace) -> list[str]:
    thing: object = None
    if options.series:
        thing = catalogue.series(options.measure, area=options.area, as_of=options.as_of)
    elif options.period is not None:
        thing = catalogue.observation(options.measure, options.period, area=options.area, as_of=options.as_of)
    text = catalogue.cite(thing, options.style)
    if options.style == "csl-json":
        return _format_json(json.loads(text))
    return _require_printable(text) if options.style in {"bibtex", "ris"} else [text]


def _export(catalogue: Catalogue, options: argparse.Namespace) -> list[str]:
    what: object = options.measure or "all"
    # Estimates come first, then a table of people; any option of a series asks for one.
    if options.estimates is not None:
        what = catalogue.estimates(options.estimates or None)
    elif options.breakdown is not None:
        what = catalogue.breakdown(options.breakdown, as_of=options.as_of)
    elif any((options.frequency, options.area, options.start, options.end, options.as_of)):
        what = catalogue.series(
            options.measure or "arrivals",
            area=options.area,
            frequency=options.frequency or "year",
            start=options.start,
            end=options.end,
            as_of=options.as_of,
        )
    path = catalogue.export(what, options.path, format=options.format, overwrite=options.overwrite)
    # A path of dots alone would be taken for the end of the sentence.
    return [f"Wrote {path if path.name.strip('.') else path.resolve()}."]


def _faq(catalogue: Catalogue, options: argparse.Namespace) -> list[str]:
    if options.id is not None:
        faq = Faq(rows=(catalogue.faq_entry(options.id),))
    elif options.search is not None:
        faq = catalogue.search_faq(options.search)
    else:
        faq = catalogue.faq(options.topic)
    # Without an id, text is the list of questions.
    if options.format == "text" and options.id is None:
        return [f"{entry.id}: {entry.question}\n  {entry.summary}" for entry in faq] or ["Nothing matches."]
    return _format_texts(faq, options.format)


def _claims(catalogue: Catalogue, options: argparse.Namespace) -> list[str]:
    return _format_texts(catalogue.claims(), options.format)


def _glossary(catalogue: Catalogue, options: argparse.Namespace) -> list[str]:
    return _format_texts(catalogue.glossary(), options.format)


def _format_texts(texts: Faq | Claims | Glossary, form: str) -> list[str]:
    """Return questions, claims or words as text, Markdown, JSON or JSON-LD."""
    if form == "text":
        return [text_of(texts.markdown())]
    if form == "markdown":
        return [texts.markdown().rstrip()]
    content = texts.jsonld() if form == "jsonld" else texts.records()
    return _format_json(content)


def _format_records(answer: Rows[Any], form: str) -> list[str]:
    """Return the rows of an answer as CSV or JSON."""
    records = answer.records()
    if form == "csv":
        return _require_printable(csv_text(answer.COLUMNS, (record.values() for record in records)).removesuffix("\n"))
    return _format_json(records)


def _format_json(content: object) -> list[str]:
    """Return a JSON document, with escapes where standard output does not hold its letters."""
    text = json.dumps(content, ensure_ascii=False, indent=2)
    return [text if _can_print(text) else json.dumps(content, indent=2)]


def _require_printable(text: str) -> list[str]:
    """Return a text for programs, in a format that has no escapes, if standard output holds its letters.

    Raises:
        FileError: If standard output does not hold them.
    """
    # Written in UTF-8 instead, it would be misread without notice by a program that reads as the console does.
    if not _can_print(text):
        hint = "Set PYTHONIOENCODING=utf-8, or ask for JSON."
        raise FileError(
            _STANDARD_OUTPUT, f"does not hold every letter of the answer (it is in {_output_encoding()})", hint
        )
    return [text]


def _format_table(answer: object) -> list[str]:
    return format_table(cells(answer))


def _revisions(catalogue: Catalogue, options: argparse.Namespace) -> list[str]:
    return format_table(cells(catalogue.revisions(options.period)).without("period"))


def _measures(catalogue: Catalogue, _: argparse.Namespace) -> list[str]:
    lines: list[str] = []
    for measure in catalogue.measures():
        lines += [f"{measure.id}: {measure.title} ({measure.unit}, {measure.kind})", f"  {measure.definition}"]
        lines += [f"  Coverage: {measure.coverage}", f"  Rounding: {measure.rounding}"]
        lines += [f"  Change of method: {change}" for change in measure.breaks]
        lines.append(f"  {measure.attribution}")
        lines += [f"  Check it at {measure.url}"] if measure.url else []
    return lines


def _areas(catalogue: Catalogue, _: argparse.Namespace) -> list[str]:
    return [f"{area.code}  {', '.join((area.name, *area.aliases))}" for area in catalogue.areas()]


def _sources(catalogue: Catalogue, _: argparse.Namespace) -> list[str]:
    return [f"{source.key}: {source}" for source in catalogue.sources()]


def _freshness(catalogue: Catalogue, _: argparse.Namespace) -> list[str]:
    return [str(catalogue.freshness())]


def _check(catalogue: Catalogue, options: argparse.Namespace) -> list[str]:
    # The bundled files are read again like any others, since someone may be editing them.
    catalogue = Catalogue.read(catalogue.data_path() if options.folder is None else options.folder)
    steps = sum(
        len(catalogue.revisions(measure=measure.id, area=area))
        for measure in catalogue.measures()
        for area in measure.areas
    )
    return [f"Every rule holds: {steps} steps from {len(catalogue.sources())} sources."]


# Defined last, because it names the functions above.
_COMMANDS = {
    "show": _show,
    "series": _series,
    "compare": _compare,
    "context": _context,
    "verify": _verify,
    "estimates": _estimates,
    "breakdown": _breakdown,
    "destinations": _destinations,
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
