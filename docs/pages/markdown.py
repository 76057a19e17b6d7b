"""Pages, and what they are made of in Markdown."""

from __future__ import annotations

import re
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

from defector_stats import Period
from defector_stats._model.records import as_read
from defector_stats._model.words import period_name

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from defector_stats import Source

ANSWERS = Path(__file__).parents[1] / "answers"

# What is set to the right: numbers, with a share, a sign or a gap among them.
_COUNT = re.compile(r"[\d,.%+−]*")


def table(header: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Return a table, its columns of numbers set to the right."""
    found = list(rows)
    columns = list(zip(*found, strict=True))[1:]
    marks = ["---:" if all(map(_COUNT.fullmatch, column)) else "---" for column in columns]
    lines = [header, ["---", *marks], *found]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines) + "\n"


def cell(text: str) -> str:
    """Return text that stays within its cell."""
    return _escape(" ".join(text.split()))


def _escape(text: str) -> str:
    return text.replace("|", "\\|").replace("[", "\\[").replace("]", "\\]")


def folded(title: str, text: str) -> str:
    """Return text that is folded away until it is wanted."""
    return f"<details><summary>{title}</summary>\n\n{text}\n</details>\n"


def cited(source: Source) -> str:
    """Return a source in one line, with a link if it has an address."""
    title = f"[{cell(source.title)}](<{source.url}>)" if source.url else f"“{cell(source.title)}”"
    return f"{cell(source.publisher)}: {title}{_escape(as_read(source))}, {period_name(Period.parse(source.published))}"


def write_pages(folder: str, pages: Mapping[str, str]) -> None:
    """Write pages into a folder of the answers, in place of those of the last build."""
    place = ANSWERS / folder
    shutil.rmtree(place, ignore_errors=True)
    place.mkdir()
    for name, text in pages.items():
        (place / f"{name}.md").write_text(text, encoding="utf-8")


def contents(names: Iterable[str]) -> str:
    """Return a hidden table of contents, which puts pages into the order of the site."""
    return "\n".join(["```{toctree}", ":hidden:", "", *names, "```\n"])
