"""Text for standard output and standard error, fitted to the width and the encoding of the terminal."""

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
# Replacements for characters that a console lacks.
_STAND_INS: Mapping[str, str] = {
    "−": "-", "–": "-", "“": '"', "”": '"', "‘": "'", "’": "'", "…": "...", "█": "#", "─": "-", "●": "o", "▶": ">",
}  # fmt: skip
# In columns: with less room beside the other columns of a table, text goes to its own line.
_MIN_TEXT, _INDENT = 16, 4
# The beginning of a line: a list mark, or the columns of a table before the last.
_HEAD = re.compile(r"(?:.*\S)?  +|- |\d+\. ")
# Follows a character that is two columns wide, so that counting characters counts columns.
_WIDE = "\0"


def columns() -> int:
    """Return the width of the terminal; without one, the value of ``COLUMNS``, or 80."""
    return shutil.get_terminal_size().columns


def print_text(lines: Iterable[str]) -> None:
    """Print lines for people, and wrap long ones between words.

    Raises:
        FileError: If standard output is closed or full.
    """
    width = columns()
    text = _stand_in("\n".join(lines), sys.stdout)
    print_exact("\n".join(part for line in text.split("\n") for part in wrap(line, width)))


def print_exact(text: str) -> None:
    """Print a text unchanged, with escapes for characters that standard output cannot encode.

    Raises:
        FileError: If standard output is closed or full.
    """
    _write(lambda stream: stream.write(_stand_in(text, stream) + "\n"))


def print_bytes(content: bytes) -> None:
    """Print the bytes of a file, whatever the encoding of the console.

    Raises:
        FileError: If standard output is closed or full.
    """
    # A stream in memory accepts only text.
    _write(lambda stream: stream.buffer.write(content) if hasattr(stream, "buffer") else stream.write(content.decode()))


def print_error(message: str) -> None:
    """Print one line on standard error, if there is a standard error."""
    if sys.stderr is not None:
        with contextlib.suppress(OSError):
            sys.stderr.write(_stand_in(" ".join(message.split()), sys.stderr) + "\n")
            sys.stderr.flush()


def can_print(text: str) -> bool:
    """Return whether standard output can encode every character of a text."""
    return _holds(text, _encoding(sys.stdout))


def can_show(text: str) -> bool:
    """Return whether a text is readable on standard output, with replacements for some characters."""
    return can_print(text.translate({ord(sign): other for sign, other in _STAND_INS.items()}))


def require_printable(text: str) -> str:
    """Return a text for programs, in a format without escapes, if standard output can encode it.

    Raises:
        FileError: If standard output cannot encode it.
    """
    # A program that uses the encoding of the console would silently misread UTF-8.
    if not can_print(text):
        problem = f"cannot show every character of the answer (its encoding is {_encoding(sys.stdout)})"
        raise FileError(_STANDARD_OUTPUT, problem, "Set PYTHONIOENCODING=utf-8, or ask for JSON.")
    return text


def wrap(line: str, width: int) -> list[str]:
    """Return a line wrapped to a width; no word is cut, and further lines are indented to the last column.

    Examples:
        >>> wrap("a  b  one two three four five six", 24)
        ['a  b  one two three four', '      five six']
    """
    wide = "".join(sign + _WIDE * (unicodedata.east_asian_width(sign) in {"W", "F"}) for sign in line)
    if len(wide) <= width:
        return [line]
    found = _HEAD.match(wide)
    head = found[0] if found else ""
    body, indent, lines = wide[len(head) :], " " * len(head), []
    if head.strip() and len(head) > _INDENT and width - len(head) < _MIN_TEXT:
        lines, head, indent = [head.rstrip()], " " * _INDENT, " " * _INDENT
    lines += textwrap.wrap(
        body, width, initial_indent=head, subsequent_indent=indent,
        break_long_words=False, break_on_hyphens=False,
    )  # fmt: skip
    return [part.replace(_WIDE, "") for part in lines]


def _write(write: Callable[[Any], object]) -> None:
    """Write to standard output and flush it."""
    # Without a console, Python has no standard output.
    if sys.stdout is None:
        raise FileError(_STANDARD_OUTPUT, "is closed", "Let it lead to a terminal, a file or another program.")
    try:
        write(sys.stdout)
        sys.stdout.flush()
    except OSError as error:
        # The rest of the buffer is discarded, or Python would try to write it again at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        # A reader may stop early, as `head` does; that is not an error.
        if not isinstance(error, BrokenPipeError):
            problem = f"cannot be written ({error.strerror})"
            raise FileError(_STANDARD_OUTPUT, problem, "See that there is room where it leads.") from None


def _encoding(stream: object) -> str:
    return getattr(stream, "encoding", None) or "utf-8"


def _holds(text: str, encoding: str) -> bool:
    # Some encodings substitute characters without an error, so the text is decoded again to compare.
    return text.encode(encoding, "ignore").decode(encoding) == text


def _stand_in(text: str, stream: object) -> str:
    """Return a text that a stream can encode, with replacements or escapes for other characters."""
    encoding = _encoding(stream)
    lacking = {ord(sign): other for sign, other in _STAND_INS.items() if not _holds(sign, encoding)}
    return text.translate(lacking).encode(encoding, "backslashreplace").decode(encoding)
