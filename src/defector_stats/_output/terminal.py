"""Standard output and standard error: as wide as the terminal, and in the signs that it has."""

from __future__ import annotations

import contextlib
import os
import re
import shutil
import sys
import textwrap
import unicodedata

from defector_stats.errors import FileError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from typing import Any

_STANDARD_OUTPUT = "standard output"
# What takes the place of signs of ours that a console lacks.
_STAND_INS: Mapping[str, str] = {
    "−": "-", "–": "-", "“": '"', "”": '"', "‘": "'", "’": "'", "…": "...", "█": "#", "─": "-", "●": "o", "▶": ">",
}  # fmt: skip
# In columns: what is left for text beside the other columns of a table, or it goes to a line of its own.
_MIN_TEXT, _INDENT = 16, 4
# A line begins with the mark of a list, or with the columns of a table before the last.
_HEAD = re.compile(r"(?:.*\S)?  +|- |\d+\. ")
# Stands behind a sign that is two columns wide, so that counting signs counts columns.
_WIDE = "\0"


def columns() -> int:
    """Return the width of the terminal; elsewhere what ``COLUMNS`` says, or 80."""
    return shutil.get_terminal_size().columns


def print_text(lines: Iterable[str]) -> None:
    """Print lines for people; one that is too long goes on in the next line, between two words.

    Raises:
        FileError: If standard output is closed or full.
    """
    width = columns()
    text = _stand_in("\n".join(lines), sys.stdout)
    print_exact("\n".join(part for line in text.split("\n") for part in wrap(line, width)))


def print_exact(text: str) -> None:
    """Print a text as it is; a letter that standard output does not hold appears as its escape.

    Raises:
        FileError: If standard output is closed or full.
    """
    _write(lambda stream: stream.write(_stand_in(text, stream) + "\n"))


def print_bytes(content: bytes) -> None:
    """Print the content of a file, whatever the encoding of the console is.

    Raises:
        FileError: If standard output is closed or full.
    """
    # A stream in memory takes text alone.
    _write(lambda stream: stream.buffer.write(content) if hasattr(stream, "buffer") else stream.write(content.decode()))


def print_error(message: str) -> None:
    """Print one line on standard error, if there is one."""
    if sys.stderr is not None:
        with contextlib.suppress(OSError):
            sys.stderr.write(_stand_in(" ".join(message.split()), sys.stderr) + "\n")
            sys.stderr.flush()


def can_print(text: str) -> bool:
    """Tell whether standard output holds every letter of a text."""
    return _holds(text, _encoding(sys.stdout))


def can_show(text: str) -> bool:
    """Tell whether people can read a text on standard output, with what stands in for our signs."""
    return can_print(text.translate({ord(sign): other for sign, other in _STAND_INS.items()}))


def require_printable(text: str) -> str:
    """Return a text for programs, in a format that has no escapes, if standard output holds its letters.

    Raises:
        FileError: If standard output does not hold them.
    """
    # Written in UTF-8 instead, it would be misread without notice by a program that reads as the console does.
    if not can_print(text):
        problem = f"does not hold every letter of the answer (it is in {_encoding(sys.stdout)})"
        raise FileError(_STANDARD_OUTPUT, problem, "Set PYTHONIOENCODING=utf-8, or ask for JSON.")
    return text


def wrap(line: str, width: int) -> list[str]:
    """Return a line as lines of a width; no word is cut, and what follows stands below the last column.

    Examples:
        >>> wrap("a  b  one two three four five six", 24)
        ['a  b  one two three four', '      five six']
    """
    wide = "".join(sign + _WIDE * (unicodedata.east_asian_width(sign) in "WF") for sign in line)
    if len(wide) <= width:
        return [line]
    found = _HEAD.match(wide)
    head = found[0] if found else ""
    body, indent, lines = wide[len(head) :], " " * len(head), []
    if head.strip() and len(head) > _INDENT and width - len(head) < _MIN_TEXT:
        lines, head, indent = [head.rstrip()], " " * _INDENT, " " * _INDENT
    lines += textwrap.wrap(
        body, max(width, len(indent) + 1), initial_indent=head, subsequent_indent=indent,
        break_long_words=False, break_on_hyphens=False,
    )  # fmt: skip
    return [part.replace(_WIDE, "") for part in lines]


def _write(write: Callable[[Any], object]) -> None:
    """Write to standard output, at once."""
    # Without a console, Python starts with no standard output.
    if sys.stdout is None:
        raise FileError(_STANDARD_OUTPUT, "is closed", "Let it lead to a terminal, a file or another program.")
    try:
        write(sys.stdout)
        sys.stdout.flush()
    except OSError as error:
        # What is still buffered is sent nowhere, or Python would try to write it again at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        # A reader may leave early, as `head` does; that is no error.
        if not isinstance(error, BrokenPipeError):
            problem = f"cannot be written ({error.strerror})"
            raise FileError(_STANDARD_OUTPUT, problem, "See that there is room where it leads.") from None


def _encoding(stream: object) -> str:
    return getattr(stream, "encoding", None) or "utf-8"


def _holds(text: str, encoding: str) -> bool:
    # Some encodings put another letter in its place without an error, so the text is read back.
    return text.encode(encoding, "ignore").decode(encoding) == text


def _stand_in(text: str, stream: object) -> str:
    """Return a text in the signs of a stream: what stands in for ours, and escapes for all others."""
    encoding = _encoding(stream)
    lacking = {ord(sign): other for sign, other in _STAND_INS.items() if not _holds(sign, encoding)}
    return text.translate(lacking).encode(encoding, "backslashreplace").decode(encoding)
