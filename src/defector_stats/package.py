"""Reading the files of a catalogue: the bundled ones on trust, a user's by the rules."""

from __future__ import annotations

import csv
import os

from defector_stats.log import COLUMNS

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path
    from typing import Any

    from defector_stats.log import Row

DESCRIPTOR = "datapackage.json"

# The tables beside the logs; a log has the columns of `log.COLUMNS` and the name of its measure.
TABLES: dict[str, Sequence[str]] = {
    "measures": (
        "id", "title", "definition", "unit", "kind", "publisher", "areas", "frequencies",
        "coverage", "rounding", "suppression", "attribution", "subject",
    ),
    "areas": ("code", "name", "in_text", "aliases"),
    "sources": (
        "key", "publisher", "title", "url", "published", "published_basis", "language", "kind", "licence", "via",
        "note",
    ),
    "exclusions": ("measure", "area", "note", "ask"),
    "gaps": ("measure", "area", "period", "reason", "sources", "note"),
    "alternatives": ("measure", "area", "period", "value", "male", "female", "released", "sources", "reason"),
    "breaks": ("measure", "area", "period", "sources", "note"),
    "misprints": ("measure", "area", "period", "sex", "printed", "released", "source", "arithmetic"),
    "estimates": (
        "topic", "reference", "low", "point", "high", "unit", "organisation", "method", "status", "released", "sources",
        "note",
    ),
    "breakdowns": (
        "dimension", "period", "category", "value", "male", "female", "status", "released", "sources", "note",
    ),
    "tables": ("dimension", "period", "note", "left_out"),
    "faq": ("id", "question", "summary", "topics", "keywords", "reviewed"),
    "statements": ("faq", "part", "text", "sources"),
    "numbers": ("name", "of", "area", "period", "field"),
    "claims": ("id", "origin", "statement", "check", "sources"),
    "verdicts": ("claim", "verdict", "explanation"),
    "glossary": ("term", "language", "definition", "in_use", "sources"),
    "rhythm": ("measure", "period", "months", "note"),
}  # fmt: skip
REQUIRED = ("measures", "areas", "sources")

FOLDER = os.path.join(os.path.dirname(__file__), "data")  # noqa: PTH118, PTH120, pathlib costs as much as the answer


class Tables:
    """The files of one catalogue as rows of text, by name, without their headers.

    A missing table is read from the package if the catalogue is the bundled one, else it is empty.
    """

    __slots__ = ("_bundled", "_descriptor", "_folder", "_rows")

    def __init__(
        self,
        rows: dict[str, list[Row]] | None = None,
        descriptor: dict[str, Any] | None = None,
        folder: Path | None = None,
    ) -> None:
        self._bundled = rows is None
        self._folder = folder
        self._rows: dict[str, list[Row]] = rows or {}
        self._descriptor = descriptor

    def __reduce__(self) -> tuple[type[Tables], tuple[object, ...]]:
        return Tables, () if self._bundled else (self._rows, self._descriptor, self._folder)

    def rows(self, name: str) -> list[Row]:
        """The rows of one table."""
        if name not in self._rows and self._bundled:
            self._rows[name] = list(csv.reader(_bundled_lines(name)))
        return self._rows.get(name, [])

    def lines(self, name: str) -> Sequence[str | Row]:
        """The same, but lines of text where no file was read yet: a log parses those that it is asked for."""
        return _bundled_lines(name) if self._bundled else self.rows(name)

    def everything(self) -> dict[str, list[Row]]:
        """All tables, in a dictionary and lists of their own."""
        names = [*TABLES, *(row[0] for row in self.rows("measures"))]
        return {name: list(self.rows(name)) for name in names}

    @property
    def descriptor(self) -> dict[str, Any]:
        """The Data Package descriptor."""
        if self._descriptor is None:
            import json

            self._descriptor = json.loads(_bundled(DESCRIPTOR))
        return self._descriptor

    @property
    def edition(self) -> str:
        """The edition of the figures."""
        return str(self.descriptor["version"])

    @property
    def folder(self) -> Path:
        """The folder that the files lie in.

        Raises:
            FileNotFoundError: If there is none.
        """
        from pathlib import Path

        folder = Path(FOLDER) if self._bundled else self._folder
        if folder is None or not folder.is_dir():
            msg = "this catalogue does not lie in a folder of files"
            raise FileNotFoundError(msg)
        return folder


def columns(name: str) -> Sequence[str]:
    """The columns of a table; every name that is not a table of its own is a log."""
    return TABLES.get(name, COLUMNS)


def _bundled_lines(name: str) -> list[str]:
    """The lines after the header; no field holds a line break."""
    return _bundled(f"{name}.csv").decode().split("\n")[1:-1]


def _bundled(name: str) -> bytes:
    # The loader's own reader serves zip files too, at a fraction of the cost of importlib.resources.
    loader: Any = __spec__.loader
    raw: bytes = loader.get_data(os.path.join(FOLDER, name))  # noqa: PTH118
    return raw
