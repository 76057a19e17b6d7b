"""The glossary of contested and technical words."""

from __future__ import annotations

from typing import Any, ClassVar

import attrs

from defector_stats._model.record import Record
from defector_stats._model.records import Source
from defector_stats._model.sequences import Rows
from defector_stats._store.imprint import imprint
from defector_stats._store.ledger import Ledger


@attrs.frozen(kw_only=True, repr=False)
class Term(Record):
    """A word with its definition.

    Examples:
        >>> from defector_stats import glossary
        >>> next(term.in_use for term in glossary() if term.term == "새터민")
        '2005 to 2008'
    """

    SHOWN: ClassVar[tuple[str, ...]] = ("term", "language")

    term: str
    """The word, in its own script."""
    language: str
    """The language of the word, as an ISO 639-1 code such as ``ko``."""
    definition: str
    """The definition of the word, with a transliteration if it is Korean."""
    in_use: str
    """The years in which the word was in use, according to its sources; empty if none says."""
    sources: tuple[Source, ...]
    """The sources of the definition, each a `Source`; empty for a term that this library defines."""


@attrs.frozen(kw_only=True, repr=False)
class Glossary(Rows[Term]):
    """Contested and technical words, as a sequence of `Term`.

    Examples:
        >>> from defector_stats import glossary
        >>> [term.in_use for term in glossary() if term.term == "북향민"]
        ['since 2025']
    """

    NOUNS: ClassVar[tuple[str, str]] = ("term", "terms")
    COLUMNS: ClassVar[tuple[str, ...]] = ("term", "language", "definition", "in_use", "sources")

    rows: tuple[Term, ...]
    """The terms, each a `Term`, in the order of the data."""

    def records(self) -> list[dict[str, Any]]:
        """Return the terms as plain values, ready for JSON; unlike in data frames, lists are kept."""
        return [term.record() for term in self]

    def markdown(self) -> str:
        """Return all terms as Markdown, with their sources."""
        from defector_stats._model.shown import markdown

        return markdown(self)

    def jsonld(self) -> dict[str, Any]:
        """Return all terms as a schema.org ``DefinedTermSet``."""
        from defector_stats._model.shown import jsonld

        term_set: dict[str, Any] = jsonld(self)
        return term_set


def glossary(ledger: Ledger) -> Glossary:
    """Return all terms, in the order of the table."""
    tables = ledger.tables
    return Glossary(
        rows=tuple(
            Term(
                term=cells["term"],
                language=cells["language"],
                definition=cells["definition"],
                in_use=cells["in_use"],
                sources=tables.cited(cells["sources"].split()),
            )
            for cells in tables.cells("glossary")
        ),
        imprint=imprint(ledger),
    )
