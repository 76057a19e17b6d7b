"""The commands and their options."""

from __future__ import annotations

import argparse

from defector_stats._model.vocabulary import FORMATS
from defector_stats._output.terminal import print_error, print_text

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import Any, NoReturn

    from _typeshed import SupportsWrite

PROGRAM = "defector-stats"
EXIT_MISTAKE = 2
# Values whose option has another name.
_OPTION_NAMES = {"start": "from", "end": "to"}

# Narrow enough for a manual page, which indents it.
_HELP = """\
How many people flee North Korea? Published figures with their sources, offline.

  defector-stats                  the latest year, the total, a chart
  defector-stats 2020             one figure with its sources
  defector-stats 2020-Q2          also 2020-H1, 2020-07, ../1998
  defector-stats 2025 --as-of 2026-01-25
                                  the figure as published by that day
  defector-stats latest           the latest year; 'total' for all
  defector-stats compare 2019 2020
                                  the difference, and what to know
  defector-stats context 2019     how a figure ranks among the others
  defector-stats verify 947 1998  whether a number was ever published
  defector-stats chart --from 2015 -o arrivals.svg
                                  a chart; without -o, in the terminal
  defector-stats destinations 2016, estimates in-china, breakdown age
                                  other places, estimates, who came
"""


class Parser(argparse.ArgumentParser):
    """A parser without abbreviations, which prints its errors and its help as every other answer is printed."""

    def __init__(self, **settings: Any) -> None:
        super().__init__(**settings, allow_abbrev=False)

    def refuse_together(self, option: str, others: Iterable[str], given: argparse.Namespace) -> None:
        """Refuse other options beside one, by the names of their values."""
        for other in others:
            if getattr(given, other):
                name = _OPTION_NAMES.get(other, other).replace("_", "-")
                self.error(f"{option} does not go together with --{name}")

    def refuse_unknown(self, words: list[str]) -> None:
        """Refuse words that no command takes, and name an option that is close to the first."""
        from difflib import get_close_matches

        word = words[0].partition("=")[0]
        # The dashes, which all options share, would make any two short names alike.
        names = {name.lstrip("-"): name for name in self._option_string_actions}
        close = [names[name] for name in get_close_matches(word.lstrip("-"), names, n=1)]
        # After "--", an option is taken for what it is not.
        meant = f" (did you mean {close[0]}?)" if close and close != [word] else ""
        self.error(f"unrecognized arguments: {' '.join(words)}{meant}")

    def error(self, message: str) -> NoReturn:
        """Refuse a command with one line, without the usage text."""
        print_error(f"{self.prog}: {message}; try --help")
        self.exit(EXIT_MISTAKE)

    def print_help(self, file: SupportsWrite[str] | None = None) -> None:
        """Print the help: to standard output as every answer, to any other file as argparse does."""
        if file is None:
            print_text([self.format_help().removesuffix("\n")])
        else:
            super().print_help(file)


def parser() -> argparse.ArgumentParser:
    """Return the parser of all commands, with their options."""
    top = Parser(prog=PROGRAM, description=_HELP, formatter_class=argparse.RawDescriptionHelpFormatter)
    top.add_argument("--version", action="store_true", help="print the versions of library and data")
    commands = top.add_subparsers(dest="command", metavar="command")
    _add_figures(commands)
    _add_tables(commands)
    _add_texts(commands)
    _add_files(commands)
    _add_lists(commands)
    for one in (top, *commands.choices.values()):
        one.set_defaults(parser=one)
    return top


def _add_figures(commands: Any) -> None:
    """Add the commands that answer about one figure or two."""
    show = commands.add_parser("show", help="one figure with its sources (the word 'show' may be left out)")
    show.add_argument("period", help="such as 2020, 2020-Q2 or ../2025")
    latest = commands.add_parser("latest", help="the figure of the latest year")
    total = commands.add_parser("total", help="how many people have arrived in South Korea in all")
    compare = commands.add_parser("compare", help="from one figure to another")
    compare.add_argument("first", metavar="period", help="the period to compare with")
    compare.add_argument("second", metavar="period", help="the period that is compared")
    context = commands.add_parser("context", help="what a figure means beside the others")
    context.add_argument("period", nargs="?", help="such as 2020 or 2020-Q2; without it, the latest year")
    verify = commands.add_parser("verify", help="whether a number was ever published for a period")
    verify.add_argument("value", metavar="number", help="such as 947 or 1,043")
    verify.add_argument("period", help="the period that it was published for")
    verify.add_argument("--sex", default="total", help="total, male or female")
    for command in (show, latest, compare, context):
        _add_subject(command)
    _add_subject(verify, as_of=False)
    _add_as_of(total)
    for command in (show, latest, total, compare, context, verify):
        _add_all_sources(command)
        _add_format(command)


def _add_tables(commands: Any) -> None:
    """Add the commands that answer with a table."""
    series = commands.add_parser("series", help="a table of figures")
    _add_span(series)
    series.add_argument("--crossing", metavar="NUMBER", help="when the running total reached a number, instead")
    _add_subject(series)
    revisions = commands.add_parser("revisions", help="how a figure changed")
    revisions.add_argument("period", help="such as 2009")
    _add_subject(revisions, as_of=False)
    estimates = commands.add_parser("estimates", help="what organisations proposed where nobody can count")
    estimates.add_argument("topic", nargs="?", help="such as in-china or forced-returns; without it, all")
    estimates.add_argument("--during", metavar="PERIOD", help="only those whose reference overlaps it")
    breakdown = commands.add_parser("breakdown", help="who the people are who arrived")
    breakdown.add_argument("dimension", help="age, occupation, province, education or residence")
    breakdown.add_argument(
        "period", nargs="?", help="the date of the table, such as ../2022-12; without it, the newest"
    )
    _add_as_of(breakdown)
    _add_all_sources(breakdown)
    destinations = commands.add_parser("destinations", help="what is known by place for a year, never added up")
    destinations.add_argument("year", help="such as 2016")
    for command in (series, revisions, estimates, breakdown, destinations):
        _add_format(command, "csv")
        _add_output(command, "a file that ends in .csv or .json, or in .svg, .png or .pdf for a chart")


def _add_texts(commands: Any) -> None:
    """Add the commands that explain and cite."""
    faq = commands.add_parser("faq", help="what people ask, answered with sources")
    which = faq.add_mutually_exclusive_group()
    which.add_argument("id", nargs="?", help="one question; without it, the list of all")
    which.add_argument("--search", metavar="TEXT", help="only those that match some words, the best first")
    which.add_argument("--topic", help="only those about a topic, such as numbers or returns")
    claims = commands.add_parser("claims", help="what a web article states, with verdicts")
    glossary = commands.add_parser("glossary", help="the contested words, defined")
    for command in (faq, claims, glossary):
        _add_format(command, "jsonld", "markdown")
        _add_output(command, "a file that ends in .csv, .json or .jsonld")
    cite = commands.add_parser("cite", help="a reference to one figure, or to the library")
    which = cite.add_mutually_exclusive_group()
    which.add_argument("period", nargs="?", help="such as 2020; without it, the library")
    which.add_argument("--series", action="store_true", help="the whole series by year, instead of one figure")
    which = cite.add_mutually_exclusive_group()
    which.add_argument("--style", help="text, markdown, bibtex, ris or csl-json")
    which.add_argument("--format", choices=("text", "json"), default="text", help="json is the style csl-json")
    _add_subject(cite)


def _add_files(commands: Any) -> None:
    """Add the commands that write files."""
    chart = commands.add_parser("chart", help="a chart of a series, in the terminal or as a file")
    _add_output(chart, "a file that ends in .svg, .png or .pdf; - prints SVG to standard output")
    _add_span(chart)
    _add_subject(chart)
    export = commands.add_parser("export", help="write figures to a file or a folder")
    export.add_argument("format", help=", ".join(FORMATS))
    export.add_argument("path", help="a folder for datapackage, a file for the others; - is standard output")
    which = export.add_mutually_exclusive_group()
    which.add_argument("--breakdown", metavar="DIMENSION", help="who the people are, by age, province, ...")
    which.add_argument("--estimates", nargs="?", const="", metavar="TOPIC", help="estimates, of a topic or all")
    _add_span(export)
    _add_subject(export)
    _add_overwrite(export)


def _add_lists(commands: Any) -> None:
    """Add the commands about the catalogue itself."""
    measures = commands.add_parser("measures", help="what can be asked for, with definitions")
    areas = commands.add_parser("areas", help="the places that figures are about")
    sources = commands.add_parser("sources", help="everything that is cited")
    freshness = commands.add_parser("freshness", help="how new the figures are")
    check = commands.add_parser("check", help="check every rule of the data")
    check.add_argument("folder", nargs="?", help="a Data Package folder; without it, the bundled figures")
    for command in (measures, areas, sources):
        _add_format(command, "csv")
        _add_output(command, "a file that ends in .csv or .json")
    for command in (freshness, check):
        _add_format(command)


def _add_format(command: Any, *others: str) -> None:
    command.add_argument("--format", choices=("text", "json", *others), default="text")


def _add_output(command: Any, help: str) -> None:  # noqa: A002, the word of argparse
    command.add_argument("-o", "--output", metavar="PATH", help=help)
    _add_overwrite(command)


def _add_overwrite(command: Any) -> None:
    command.add_argument("--overwrite", action="store_true", help="replace what stands there")


def _add_as_of(command: Any) -> None:
    command.add_argument("--as-of", metavar="DATE", help="answer with what had been published by then")


def _add_all_sources(command: Any) -> None:
    command.add_argument("--all-sources", action="store_true", help="list every source, not the first three")


def _add_subject(command: Any, *, as_of: bool = True) -> None:
    """Add the options that say what is counted, where, and as of when."""
    command.add_argument("--measure", help="what to count, such as refugees; see 'measures'")
    command.add_argument("--area", help="a code, a name or an alias; see 'areas'")
    if as_of:
        _add_as_of(command)


def _add_span(command: Any) -> None:
    """Add the options that cut a series."""
    command.add_argument("--from", dest="start", metavar="PERIOD", help="the first period")
    command.add_argument("--to", dest="end", metavar="PERIOD", help="the last period")
    command.add_argument("--frequency", help="year, half, quarter, month, fiscal-year or running-total")
