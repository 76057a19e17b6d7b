"""The command-line program, with a command for each function of the catalogue."""

from __future__ import annotations

import re
import sys

from defector_stats._cli.answers import COMMANDS, overview
from defector_stats._cli.parser import EXIT_MISTAKE, PROGRAM, parser
from defector_stats._model.period import Period
from defector_stats._output.terminal import print_bytes, print_error, print_exact, print_text
from defector_stats.catalogue import Catalogue
from defector_stats.errors import (
    DefectorStatsError,
    FileError,
    InvalidPeriodError,
    NoDataError,
    short_repr,
)

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["main", "parser"]

EXIT_NO_DATA = 1
EXIT_OUTPUT = 3

# Patterns of the Python calls that hints suggest, and the commands that do the same.
_SERIES_CALL = r"use series\('([^']+)', area='([^']+)', frequency='([^']+)', start='([^']+)', end='([^']+)'"
_SERIES_COMMAND = r"run: defector-stats series --measure \1 --area \2 --frequency \3 --from \4 --to \5"
_SHELL_HINTS = (
    (rf"{_SERIES_CALL}\)\.total\(\)", _SERIES_COMMAND),
    (rf"{_SERIES_CALL}, as_of='([^']+)'\)\.total\(\)", rf"{_SERIES_COMMAND} --as-of \6"),
    (r"Ask for destinations\((.+?)\)", r"Run: defector-stats destinations \1"),
    (
        r"such as revisions\('(.+?)', '(.+?)', area='(.+?)'\)",
        r"such as: defector-stats revisions \1 --measure \2 --area \3",
    ),
    (r"Ask for estimates\('(.+?)'\)", r"Run: defector-stats estimates \1"),
    (r"Ask for observation\('arrivals'\)", "Run: defector-stats"),
    (r"Ask for series\('(.+?)', area='(.+?)'\)", r"Run: defector-stats series --measure \1 --area \2"),
    (r"pass overwrite=True", "add --overwrite"),
)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line.

    Returns:
        The exit code: 0 for an answer, 1 if there is none, 2 if the command is wrong,
        3 if the output cannot be written. Each error is printed as one line on standard error.
    """
    words = list(sys.argv[1:] if arguments is None else arguments)
    try:
        return _run(words)
    except DefectorStatsError as error:
        print_error(_format_error(error))
        return _exit_code(error)
    # A catalogue without a folder has no path of its files.
    except FileNotFoundError as error:
        print_error(str(error))
        return EXIT_MISTAKE


def _run(words: list[str]) -> int:
    """Answer a command and return the exit code."""
    # A first word that is neither a command nor an option is taken as a period.
    if words and (words[0] == "--" or (words[0] not in COMMANDS and not words[0].startswith("-"))):
        mistake = _find_mistake(words[0])
        if mistake:
            print_error(f"{PROGRAM}: {mistake}")
            return EXIT_MISTAKE
        words.insert(0, "show")
    options, unknown = parser().parse_known_args(words)
    if unknown:
        options.parser.refuse_unknown(unknown)
    if options.version and options.command:
        options.parser.error("--version cannot be combined with a command")
    answer = COMMANDS.get(options.command, overview)(Catalogue.bundled(), options)
    # Only a search may find nothing.
    if not answer:
        print_error(f"No question matches {short_repr(options.search)}.")
        return EXIT_NO_DATA
    if isinstance(answer, str):
        print_exact(answer)
    elif isinstance(answer, bytes):
        print_bytes(answer)
    else:
        print_text(answer)
    return 0


def _exit_code(error: DefectorStatsError) -> int:
    codes = ((NoDataError, EXIT_NO_DATA), (FileError, EXIT_OUTPUT))
    return next((code for kind, code in codes if isinstance(error, kind)), EXIT_MISTAKE)


def _find_mistake(word: str) -> str:
    """Return an error that suggests a command for a word that is no period; empty if none is close."""
    try:
        Period.parse(word)
    except InvalidPeriodError:
        from difflib import get_close_matches

        close = get_close_matches(word.lower(), [*COMMANDS, "help", "version"], n=1)
        for name in close:
            meant = name if name in COMMANDS else f"--{name}"
            return f"{short_repr(word)} is neither a command nor a period. Did you mean {meant}?"
    return ""


def _format_error(error: DefectorStatsError) -> str:
    """Return an error as one line, with its hint in the words of the command line."""
    return " ".join(f"{error.sentence} {_translate_hint(error)}".split())


def _translate_hint(error: DefectorStatsError) -> str:
    """Return the hint of an error with commands instead of Python calls; empty if no command does the same."""
    hint = error.hint
    for python, shell in _SHELL_HINTS:
        hint = re.sub(python, shell, hint)
    # No command does the same as a call or an argument that is left.
    return "" if re.search(r"\w\(|\bdefault=", hint) else hint
