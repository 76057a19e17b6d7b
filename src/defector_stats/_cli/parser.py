"""The parser of the command line: its commands and their options."""

from __future__ import annotations

import argparse

from defector_stats._model.vocabulary import FORMATS, TOPICS
from defector_stats._model.words import sentence
from defector_stats._output.terminal import print_error, print_text

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import Any, NoReturn

    from _typeshed import SupportsWrite

PROGRAM = "defector-stats"
EXIT_MISTAKE = 2
# Options whose values have another name.
_OPTION_NAMES = {"start": "from", "end": "to"}

# Narrow enough for a manual page, which indents it.
_HELP = """\
How many people flee North Korea? Published figures with their sources, offline.

  defector-stats                  show the latest year, total and chart
  defector-stats 2020             show one figure with its sources
  defector-stats 2020-Q2          or 2020-H1, 2020-07, ../1998
  defector-stats 2025 --as-of 2026-01-25
                                  use the figures published by this date
  defector-stats latest           show the latest year
  defector-stats total            show the total to date
  defector-stats about 2020       show all that is known about one figure
  defector-stats compare 2019 2020
                                  compare two periods
  defector-stats context 2019     rank a figure among all years
  defector-stats verify 947 1998  check whether a number was published
  defector-stats chart            draw a chart in the terminal
  defector-stats chart --from 2015 -o arrivals.svg
                                  save a chart to a file
  defector-stats destinations 2016
                                  show figures by country
  defector-stats estimates in-china
                                  list estimates where no count exists
  defector-stats indicators work  list published rates, such as unemployment
  defector-stats breakdown age    show arrivals by age
"""


class Parser(argparse.ArgumentParser):
    """A parser that accepts no abbreviations and prints its help and errors like every other answer."""

    def __init__(self, **settings: Any) -> None:
        super().__init__(**settings, allow_abbrev=False)

    def refuse_together(self, option: str, others: Iterable[str], given: argparse.Namespace) -> None:
        """Refuse options that cannot be combined with another."""
        for other in others:
            if getattr(given, other):
                name = _OPTION_NAMES.get(other, other).replace("_", "-")
                self.error(f"{option} cannot be combined with --{name}")

    def refuse_unknown(self, words: list[str]) -> None:
        """Refuse words that the command does not take; suggest an option close to the first."""
        from difflib import get_close_matches

        word = words[0].partition("=")[0]
        # The dashes, which all options share, would make any two short names alike.
        names = {name.lstrip("-"): name for name in self._option_string_actions}
        close = [names[name] for name in get_close_matches(word.lstrip("-"), names, n=1)]
        # After "--", even a known option is an unknown word.
        meant = f" (did you mean {close[0]}?)" if close and close != [word] else ""
        self.error(f"unrecognized arguments: {' '.join(words)}{meant}")

    def error(self, message: str) -> NoReturn:
        """Print the error in one line, without the usage text, and exit."""
        print_error(f"{self.prog}: {message}; try --help")
        self.exit(EXIT_MISTAKE)

    def print_help(self, file: SupportsWrite[str] | None = None) -> None:
        """Print the help to standard output like any other answer, or to another file as argparse does."""
        if file is None:
            print_text([self.format_help().removesuffix("\n")])
        else:
            super().print_help(file)


def parser() -> argparse.ArgumentParser:
    """Return the parser of all commands and their options."""
    top = Parser(prog=PROGRAM, description=_HELP, formatter_class=argparse.RawDescriptionHelpFormatter)
    top.add_argument("--version", action="store_true", help="print the versions of the library and the data")
    commands = top.add_subparsers(dest="command", metavar="command")
    _add_figures(commands)
    _add_tables(commands)
    _add_texts(commands)
    _add_files(commands)
    _add_lists(commands)
    for command in (top, *commands.choices.values()):
        command.set_defaults(parser=command)
    return top


def _add_command(commands: Any, name: str, purpose: str) -> Any:
    """Add a command and return its parser, which opens its own help with the purpose."""
    return commands.add_parser(name, help=purpose, description=f"{sentence(purpose)}.")


def _add_figures(commands: Any) -> None:
    """Add the commands that answer about one figure or two."""
    show = _add_command(commands, "show", "show one figure with its sources (the word 'show' is optional)")
    show.add_argument("period", help="the period, such as 2020, 2020-Q2 or ../2025")
    latest = _add_command(commands, "latest", "show the figure for the latest year")
    total = _add_command(commands, "total", "show how many people have arrived in South Korea to date")
    about = _add_command(commands, "about", "show all that is known about one figure")
    about.add_argument("period", nargs="?", help="the period, such as 2020 or 2020-Q2 (default: the latest year)")
    _add_format(about, "markdown", "html")
    compare = _add_command(commands, "compare", "compare two periods")
    compare.add_argument("first", metavar="period", help="the base period")
    compare.add_argument("second", metavar="period", help="the period to compare with the base")
    context = _add_command(commands, "context", "rank a figure and compare it with earlier years")
    context.add_argument("period", nargs="?", help="the period, such as 2020 or 2020-Q2 (default: the latest year)")
    verify = _add_command(commands, "verify", "check whether a number was ever published for a period")
    verify.add_argument("value", metavar="number", help="the number to check, such as 947 or 1,043")
    verify.add_argument("period", help="the period the number is claimed for")
    verify.add_argument("--sex", default="total", help="total, male or female (default: total)")
    for command in (show, latest, about, compare, context):
        _add_subject(command)
    _add_subject(verify, as_of=False)
    _add_as_of(total)
    for command in (show, latest, total, compare, context, verify):
        _add_all_sources(command)
        _add_format(command)


def _add_tables(commands: Any) -> None:
    """Add the commands that answer with a table."""
    series = _add_command(commands, "series", "list the figures of a series")
    _add_span(series)
    series.add_argument("--crossing", metavar="NUMBER", help="show when the running total reached this number instead")
    _add_subject(series)
    revisions = _add_command(commands, "revisions", "show how a published figure was revised")
    revisions.add_argument("period", help="the period, such as 2009")
    _add_subject(revisions, as_of=False)
    estimates = _add_command(commands, "estimates", "list published estimates where no count exists")
    estimates.add_argument("topic", nargs="?", help=f"{', '.join(TOPICS)} (default: all)")
    estimates.add_argument(
        "--during", metavar="PERIOD", help="only list estimates for a time that overlaps this period"
    )
    indicators = _add_command(commands, "indicators", "list published rates and results of surveys")
    indicators.add_argument(
        "topic", nargs="?", help="a topic, such as work or school, or an indicator, such as unemployment-rate"
    )
    indicators.add_argument("--during", metavar="PERIOD", help="only list numbers for a time that overlaps this period")
    breakdown = _add_command(commands, "breakdown", "show arrivals by age, occupation, province or education")
    breakdown.add_argument("dimension", help="age, occupation, province, education or residence")
    breakdown.add_argument(
        "period", nargs="?", help="the date of the table, such as ../2022-12 (default: the newest table)"
    )
    _add_as_of(breakdown)
    _add_all_sources(breakdown)
    destinations = _add_command(commands, "destinations", "show the figures by country for one year")
    destinations.add_argument("year", help="the year, such as 2016")
    for command in (series, revisions, estimates, indicators, breakdown, destinations):
        _add_format(command, "csv")
        charts = ", or a chart of it as .svg, .png or .pdf" if command not in {destinations, indicators} else ""
        _add_output(command, f"save the table as .csv or .json{charts}")


def _add_texts(commands: Any) -> None:
    """Add the commands that explain and cite."""
    faq = _add_command(commands, "faq", "answer frequently asked questions, with sources")
    which = faq.add_mutually_exclusive_group()
    which.add_argument("id", nargs="?", help="the id of a question, such as how-many (default: list all questions)")
    which.add_argument("--search", metavar="TEXT", help="search the questions; best match first")
    which.add_argument("--topic", help="only list questions on this topic, such as numbers or returns")
    claims = _add_command(commands, "claims", "list claims that others make, with a verdict on each")
    glossary = _add_command(commands, "glossary", "define contested and technical words")
    for command in (faq, claims, glossary):
        _add_format(command, "jsonld", "markdown")
        _add_output(command, "save the texts as .csv, .json or .jsonld")
    cite = _add_command(commands, "cite", "print a citation")
    which = cite.add_mutually_exclusive_group()
    which.add_argument(
        "period", nargs="?", help="the period of the figure to cite, such as 2020 (default: the library)"
    )
    which.add_argument("--series", action="store_true", help="cite the whole yearly series instead of one figure")
    which = cite.add_mutually_exclusive_group()
    which.add_argument("--style", help="text, markdown, bibtex, ris or csl-json (default: text)")
    which.add_argument(
        "--format", choices=("text", "json"), default="text", help="set the output format; json is the style csl-json"
    )
    _add_subject(cite)


def _add_files(commands: Any) -> None:
    """Add the commands that write files."""
    chart = _add_command(commands, "chart", "draw a chart in the terminal or save it to a file")
    _add_output(chart, "save the chart as .svg, .png or .pdf; - writes SVG to standard output")
    _add_span(chart)
    _add_subject(chart)
    export = _add_command(commands, "export", "write figures to a file or a folder")
    export.add_argument("format", help=", ".join(FORMATS))
    export.add_argument("path", help="the file to write (for a datapackage, the folder); - is standard output")
    which = export.add_mutually_exclusive_group()
    which.add_argument(
        "--breakdown", metavar="DIMENSION", help="export the table by age, occupation, province, education or residence"
    )
    which.add_argument("--estimates", nargs="?", const="", metavar="TOPIC", help="export estimates on a topic, or all")
    _add_span(export)
    _add_subject(export)
    _add_overwrite(export)


def _add_lists(commands: Any) -> None:
    """Add the commands about the catalogue itself."""
    measures = _add_command(commands, "measures", "list the available series and their definitions")
    areas = _add_command(commands, "areas", "list the areas with their codes and names")
    sources = _add_command(commands, "sources", "list every source")
    freshness = _add_command(commands, "freshness", "show how recent the figures are and when the next are due")
    check = _add_command(commands, "check", "check the data against every rule")
    check.add_argument("folder", nargs="?", help="the Data Package folder to check (default: the bundled data)")
    for command in (measures, areas, sources):
        _add_format(command, "csv")
        _add_output(command, "save the list as .csv or .json")
    for command in (freshness, check):
        _add_format(command)


def _add_format(command: Any, *others: str) -> None:
    command.add_argument(
        "--format", choices=("text", "json", *others), default="text", help="set the output format (default: text)"
    )


def _add_output(command: Any, help: str) -> None:  # noqa: A002, the word of argparse
    command.add_argument("-o", "--output", metavar="PATH", help=help)
    _add_overwrite(command)


def _add_overwrite(command: Any) -> None:
    command.add_argument("--overwrite", action="store_true", help="overwrite an existing file")


def _add_as_of(command: Any) -> None:
    command.add_argument("--as-of", metavar="DATE", help="use the figures published by this date")


def _add_all_sources(command: Any) -> None:
    command.add_argument("--all-sources", action="store_true", help="list every source instead of the first three")


def _add_subject(command: Any, *, as_of: bool = True) -> None:
    """Add the options that say what is counted, where, and as of when."""
    command.add_argument("--measure", help="the measure, such as refugees; 'measures' lists them")
    command.add_argument("--area", help="the code, name or alias of an area; 'areas' lists them")
    if as_of:
        _add_as_of(command)


def _add_span(command: Any) -> None:
    """Add the options that select a part of a series."""
    command.add_argument("--from", dest="start", metavar="PERIOD", help="start with this period")
    command.add_argument("--to", dest="end", metavar="PERIOD", help="end with this period")
    command.add_argument("--frequency", help="year, half, quarter, month, fiscal-year or running-total")
