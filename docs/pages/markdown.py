"""Tables and cells in Markdown."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

# What is set to the right: numbers, with a share or a gap among them.
_COUNT = re.compile(r"[\d,.%−]*")


def table(header: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Return a table, its columns of numbers set to the right."""
    found = list(rows)
    columns = list(zip(*found, strict=True))[1:]
    marks = ["---:" if all(map(_COUNT.fullmatch, column)) else "---" for column in columns]
    lines = [header, ["---", *marks], *found]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines) + "\n"


def cell(text: str) -> str:
    """Return text that stays within its cell."""
    return " ".join(text.split()).replace("|", "\\|").replace("[", "\\[").replace("]", "\\]")
