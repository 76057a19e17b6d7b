"""Frequently asked questions, whose answers are filled with figures on request, and a search."""

from __future__ import annotations

import itertools
import re
import unicodedata
from collections.abc import Iterable
from typing import Any, ClassVar

import attrs

from defector_stats._model.plain import plain
from defector_stats._model.record import Record
from defector_stats._model.records import Indicator, Source
from defector_stats._model.sequences import Rows
from defector_stats._model.vocabulary import LIMIT
from defector_stats._store.imprint import imprint
from defector_stats._store.ledger import Ledger
from defector_stats._store.tables import Cells
from defector_stats._texts.numbers import Figure, placeholders
from defector_stats.errors import InvalidValueError, unknown_name_error

# The weight of a word by its place; in several places, the last in this order decides.
_WEIGHTS = {"answer": 1, "summary": 4, "topics": 9, "question": 9, "keywords": 16}
# Words less similar than this are different words, and short ones have too many neighbours.
_ALIKE = 0.8
_SHORT = 4
# Limits the time to search for a long text.
_MAX_WORDS = 40
# Words of grammar tell no entry apart, and count less.
_GRAMMAR = {
    "a", "an", "and", "any", "are", "as", "at", "be", "been", "by", "can", "did", "do", "does", "for", "from", "had",
    "has", "have", "how", "i", "in", "is", "it", "its", "many", "me", "much", "my", "of", "on", "or", "our", "should",
    "some", "than", "that", "the", "their", "them", "then", "there", "these", "they", "this", "those", "to", "was",
    "we", "were", "what", "when", "where", "which", "who", "whom", "whose", "why", "will", "with", "would", "you",
    "your",
}  # fmt: skip
_GRAMMAR_VOTES = 0.5
# Entries with a smaller part of the best one's votes answer something else.
_ENOUGH = 0.5


@attrs.frozen(kw_only=True, repr=False)
class FaqEntry(Record):
    """A question with its answer, sources and limits.

    Examples:
        >>> from defector_stats import faq_entry
        >>> entry = faq_entry("how-many")
        >>> print(entry.question)
        How many North Koreans reach South Korea, in a year and in all?
        >>> entry.topics, entry.figures[0].measure
        (('numbers',), 'arrivals')
    """

    SHOWN: ClassVar[tuple[str, ...]] = ("id", "question")

    id: str
    """The id of the entry, such as ``how-many``."""
    question: str
    """The question, as people ask it."""
    summary: str
    """The answer in one sentence."""
    answer: str
    """The full answer, in Markdown."""
    topics: tuple[str, ...]
    """The topics that the entry belongs to, such as ``numbers`` or ``routes``."""
    keywords: tuple[str, ...]
    """Further words by which `search_faq` finds the entry."""
    figures: tuple[Figure, ...]
    """The figures in the answer, each an `Observation`, an `Estimate`, an `Indicator` or a `Breakdown`."""
    sources: tuple[Source, ...]
    """All sources cited in the entry, each a `Source`, official ones first, then by date."""
    citations: tuple[tuple[str, tuple[Source, ...]], ...]
    """Pairs of a statement and a tuple of its sources, in the order of the answer."""
    limits: tuple[str, ...]
    """The limits of the answer, each a sentence or two on what is contested or unknown."""
    reviewed: str
    """The date on which a person last checked the entry against its sources, as ISO text."""

    def record(self) -> dict[str, Any]:
        """Return the entry as plain values, ready for JSON.

        Returns:
            A new dictionary; sources are given by their keys, and figures are records.
        """
        told = plain(self, "id", "question", "summary", "answer", "topics", "figures", "citations")
        return told | plain(self, "limits", "sources", "reviewed")

    def __str__(self) -> str:
        return f"{self.question}\n\n{self.summary}\n\n{self.answer}"


@attrs.frozen(kw_only=True, repr=False)
class Faq(Rows[FaqEntry]):
    """Frequently asked questions, as a sequence of `FaqEntry`.

    Examples:
        >>> from defector_stats import faq
        >>> [entry.id for entry in faq("returns")]
        ['if-caught', 'sent-back', 'going-back', 'returned-by-south', 'to-the-north']
    """

    NOUNS: ClassVar[tuple[str, str]] = ("question", "questions")
    COLUMNS: ClassVar[tuple[str, ...]] = (
        "id",
        "question",
        "summary",
        "answer",
        "topics",
        "limits",
        "sources",
        "reviewed",
    )

    rows: tuple[FaqEntry, ...]
    """The entries, each an `FaqEntry`, in the order of the data; for a search, best match first."""

    def records(self) -> list[dict[str, Any]]:
        """Return the entries as plain values, ready for JSON; unlike in data frames, lists are kept."""
        return [entry.record() for entry in self]

    def markdown(self) -> str:
        """Return all entries as Markdown, with citations and sources."""
        from defector_stats._model.shown import markdown

        return markdown(self)

    def jsonld(self) -> dict[str, Any]:
        """Return all entries as a schema.org ``FAQPage``."""
        from defector_stats._model.shown import jsonld

        page: dict[str, Any] = jsonld(self)
        return page


def faq(ledger: Ledger, topic: object = None) -> Faq:
    """Return all entries, or those on a topic, with their figures; each entry is made once.

    Raises:
        UnknownNameError: If the topic is not known.
    """
    rows = ledger.tables.cells("faq")
    if topic is not None:
        topics = tuple(dict.fromkeys(word for cells in rows for word in cells["topics"].split()))
        if not isinstance(topic, str) or topic not in topics:
            raise unknown_name_error("topic", topic, topics)
        rows = [cells for cells in rows if topic in cells["topics"].split()]
    return Faq(rows=tuple(_get_entry(ledger, cells) for cells in rows), imprint=imprint(ledger))


def faq_entry(ledger: Ledger, id: object) -> FaqEntry:  # noqa: A002, the word of the records
    """Return the entry with an id.

    Raises:
        UnknownNameError: If the id is not known.
    """
    rows = {cells["id"]: cells for cells in ledger.tables.cells("faq")}
    if not isinstance(id, str) or id not in rows:
        raise unknown_name_error("question", id, tuple(rows))
    return _get_entry(ledger, rows[id])


def search_faq(ledger: Ledger, text: object) -> Faq:
    """Return the entries that match a text; see `Catalogue.search_faq` for the errors."""
    return search(faq(ledger), text)


def search(entries: Faq, text: object) -> Faq:
    """Return the entries that match a text, best match first; empty if no entry matches well.

    Each word has one vote, which is shared among the entries that have it or a similar word,
    in proportion to the weight of its place in each.
    Words that at most half of the entries have are distinctive, unless they are words of grammar:
    an entry matches if it has one of these among its keywords, or at least half of them anywhere.

    Raises:
        InvalidValueError: If the text has no words.
    """
    if not isinstance(text, str) or not (words := _words(text)):
        raise InvalidValueError(text, "some words to look for")
    indexed = [_weights(entry) for entry in entries]
    known = sorted({word for index in indexed for word in index})
    longest = sorted(words, key=lambda word: (-len(word), word))[:_MAX_WORDS]
    alike = {word: _alike(word, known) for word in longest}
    hits = {word: _hits(indexed, others) for word, others in alike.items()}
    telling = [
        found for word, found in hits.items() if word not in _GRAMMAR and 2 * sum(map(bool, found)) <= len(indexed)
    ]
    votes = dict.fromkeys(range(len(indexed)), 0.0)
    for word, found in hits.items():
        # A word that may only be meant has less than a vote.
        vote = max(alike[word].values(), default=0.0) * (_GRAMMAR_VOTES if word in _GRAMMAR else 1)
        weight = sum(found)
        for place in filter(found.__getitem__, votes):
            votes[place] += vote * found[place] / weight
    matches = [place for place in votes if votes[place] and _is_match([found[place] for found in telling])]
    enough = _ENOUGH * max((votes[place] for place in matches), default=0.0)
    order = sorted((place for place in matches if votes[place] >= enough), key=lambda place: -votes[place])
    return attrs.evolve(entries, rows=tuple(entries[place] for place in order))


def _is_match(telling: list[float]) -> bool:
    """Return whether an entry has enough of the distinctive words, given how well it matches each."""
    return 2 * sum(map(bool, telling)) >= len(telling) or max(telling) > _WEIGHTS["question"]


def first_sources(figures: Iterable[Figure]) -> list[Source]:
    """Return the first source of each figure, which is an official one if there is any.

    A statement names the sources of its indicators itself, since they are the sources of its words too.
    """
    counted = (figure for figure in figures if not isinstance(figure, Indicator))
    return list(dict.fromkeys(figure.provenance.sources[0] for figure in counted))


def _get_entry(ledger: Ledger, cells: Cells) -> FaqEntry:
    return ledger.once(f"faq:{cells['id']}", lambda: _make_entry(ledger, cells))


def _make_entry(ledger: Ledger, cells: Cells) -> FaqEntry:
    tables, numbers = ledger.tables, placeholders(ledger)
    # Each part is a paragraph of the answer, with its statements in order and their sources.
    parts: dict[str, list[tuple[str, tuple[Source, ...]]]] = {}
    limits: list[str] = []
    texts = [cells["summary"]]
    keys: list[str] = []
    for statement in tables.about("faq-statements", cells["id"]):
        text = numbers.fill(statement["text"])
        cited = cite_sources(ledger, statement)
        texts.append(statement["text"])
        keys += [source.key for source in cited]
        if statement["part"] == LIMIT:
            limits.append(text)
        else:
            parts.setdefault(statement["part"], []).append((text, cited))
    return FaqEntry(
        id=cells["id"],
        question=cells["question"],
        summary=numbers.fill(cells["summary"]),
        answer="\n\n".join(" ".join(text for text, _ in part) for part in parts.values()),
        topics=tuple(cells["topics"].split()),
        keywords=tuple(cells["keywords"].split()),
        figures=numbers.figures(*texts),
        sources=tables.cited(keys),
        citations=tuple(itertools.chain(*parts.values())),
        limits=tuple(limits),
        reviewed=cells["reviewed"],
    )


def cite_sources(ledger: Ledger, statement: Cells) -> tuple[Source, ...]:
    """Return the sources of a statement: those in its row, then those of its figures."""
    named = ledger.tables.cited(statement["sources"].split())
    figures = placeholders(ledger).figures(statement["text"])
    return tuple(dict.fromkeys([*named, *first_sources(figures)]))


def _weights(entry: FaqEntry) -> dict[str, int]:
    """Return the words of an entry with their weights."""
    texts = {field: getattr(entry, field) for field in _WEIGHTS}
    joined = {field: text if isinstance(text, str) else " ".join(text) for field, text in texts.items()}
    return {word: weight for field, weight in _WEIGHTS.items() for word in _words(joined[field])}


def _hits(indexed: list[dict[str, int]], alike: dict[str, float]) -> list[float]:
    """Return how well each entry matches a word or a similar one; 0 for no match."""
    return [max((ratio * index.get(word, 0) for word, ratio in alike.items()), default=0.0) for index in indexed]


def _alike(word: str, known: list[str]) -> dict[str, float]:
    """Return known words similar to one that may be a plural or a typing error, with their similarity."""
    from difflib import SequenceMatcher, get_close_matches

    if len(word) < _SHORT:
        return {word: 1.0}
    # The first letter is rarely wrong.
    candidates = [other for other in known if other[0] == word[0]]
    close = get_close_matches(word, candidates, n=len(candidates) or 1, cutoff=_ALIKE)
    # Korean attaches endings to words.
    begins = (
        [] if word.isascii() else [other for other in candidates if len(other) >= _SHORT and word.startswith(other)]
    )
    return dict.fromkeys(begins, _ALIKE) | {other: SequenceMatcher(None, other, word).ratio() for other in close}


def _words(text: str) -> set[str]:
    """Return the words of a text in lower case; Korean ones are split into letters, so that endings matter less."""
    return {unicodedata.normalize("NFKD", word) for word in re.findall(r"\d+|[^\W\d_]+", text.casefold())}
