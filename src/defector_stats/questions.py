"""The questions that people ask, with answers whose figures are filled in when they are asked for."""

from __future__ import annotations

import itertools
import re
import unicodedata

import attrs

from defector_stats.errors import InvalidValueError, unknown
from defector_stats.registry import sources
from defector_stats.rows import Rows

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import Any

    from defector_stats.log import Row
    from defector_stats.package import Tables
    from defector_stats.placeholders import Figure, Placeholders
    from defector_stats.records import Source

LIMIT = "limit"

# How much a word counts by where it stands; of several places, the last in this order counts.
_WEIGHTS = {"answer": 1, "summary": 2, "topics": 3, "question": 3, "keywords": 4}
# Two words that are less alike are different words, and short ones have too many neighbours.
_ALIKE = 0.8
_SHORT = 4
# So that a text of any length is searched for quickly.
_MOST_WORDS = 40


@attrs.frozen(kw_only=True)
class FaqEntry:
    """A question with its answer, sources and limits.

    Attributes:
        id: The id to ask with.
        question: The question.
        summary: The answer in one sentence.
        answer: The answer, in Markdown.
        topics: What it is about.
        keywords: Further words that people search with.
        figures: The figures that it rests on: `Observation`, `Estimate` or `Breakdown`.
        sources: Everything that is cited, official first, then by date.
        citations: Pairs of a statement and its sources, in the order of the answer.
        limits: What is contested or unknown, one sentence or two each.
        reviewed: The day on which a person last read it against its sources.

    Examples:
        >>> from defector_stats import faq_entry
        >>> entry = faq_entry("how-many")
        >>> entry.question, len(entry.citations) > 0
        ('How many North Koreans reach South Korea, in a year and in all?', True)
    """

    id: str
    question: str
    summary: str
    answer: str
    topics: tuple[str, ...]
    keywords: tuple[str, ...]
    figures: tuple[Figure, ...]
    sources: tuple[Source, ...]
    citations: tuple[tuple[str, tuple[Source, ...]], ...]
    limits: tuple[str, ...]
    reviewed: str

    def record(self) -> dict[str, Any]:
        """The entry as plain values, ready for JSON.

        Returns:
            A new dictionary; sources are keys, figures are records.
        """
        return {
            "id": self.id,
            "question": self.question,
            "summary": self.summary,
            "answer": self.answer,
            "topics": list(self.topics),
            "figures": [figure.record() for figure in self.figures],
            "citations": [[statement, [source.key for source in cited]] for statement, cited in self.citations],
            "limits": list(self.limits),
            "sources": [source.key for source in self.sources],
            "reviewed": self.reviewed,
        }

    def _repr_html_(self) -> str:
        from defector_stats.notebook import entry_html

        return entry_html(self)

    def __str__(self) -> str:
        return f"{self.question}\n\n{self.summary}\n\n{self.answer}"


@attrs.frozen(kw_only=True)
class Faq(Rows[FaqEntry]):
    """A sequence of `FaqEntry`.

    Attributes:
        rows: The entries.

    Examples:
        >>> from defector_stats import faq
        >>> [entry.id for entry in faq("returns")]
        ['if-caught', 'sent-back', 'going-back']
    """

    def records(self) -> list[dict[str, Any]]:
        """The entries as plain values, ready for JSON."""
        return [entry.record() for entry in self]

    def markdown(self) -> str:
        """All entries as Markdown, with citations and sources."""
        from defector_stats.markup import faq_markdown

        return faq_markdown(self)

    def jsonld(self) -> dict[str, Any]:
        """All entries as a schema.org ``FAQPage``."""
        from defector_stats.markup import faq_jsonld

        return faq_jsonld(self)


def questions(tables: Tables, numbers: Placeholders, topic: object = None) -> Faq:
    """All entries, or those of a topic, with their figures filled in.

    Raises:
        UnknownNameError: If the topic is not known.
    """
    rows = tables.rows("faq")
    if topic is not None:
        topics = tuple(dict.fromkeys(each for row in rows for each in row[3].split()))
        if not isinstance(topic, str) or topic not in topics:
            raise unknown("topic", topic, topics)
        rows = [row for row in rows if topic in row[3].split()]
    return Faq(rows=tuple(_entry(tables, numbers, row) for row in rows))


def question(tables: Tables, numbers: Placeholders, entry: object) -> FaqEntry:
    """One entry.

    Raises:
        UnknownNameError: If the id is not known.
    """
    rows = {row[0]: row for row in tables.rows("faq")}
    if not isinstance(entry, str) or entry not in rows:
        raise unknown("question", entry, tuple(rows))
    return _entry(tables, numbers, rows[entry])


def search(entries: Faq, text: object) -> Faq:
    """Return the entries that match words, the most relevant first, or none if no entry matches well.

    A word counts by where it stands, and is shared out among the entries that have it or one much like it.
    A word that at most half of the entries have tells them apart:
    an entry matches if it has one of these among its keywords, or at least half of them anywhere.

    Raises:
        InvalidValueError: If there is no word to look for.
    """
    if not isinstance(text, str) or not (words := _words(text)):
        raise InvalidValueError(text, "some words to look for")
    indexed = [_weights(entry) for entry in entries]
    known = sorted({word for index in indexed for word in index})
    longest = sorted(words, key=lambda word: (-len(word), word))[:_MOST_WORDS]
    hits = [_hits(indexed, _alike(word, known)) for word in longest]
    telling = [found for found in hits if 2 * sum(map(bool, found)) <= len(indexed)]
    scores: dict[int, float] = {}
    for place in range(len(indexed)):
        told = [found[place] for found in telling if found[place]]
        if 2 * len(told) >= len(telling) or max(told, default=0.0) > _WEIGHTS["question"]:
            scores[place] = sum(found[place] / sum(map(bool, found)) for found in hits if found[place])
    order = sorted(filter(scores.get, scores), key=lambda place: -scores[place])
    return Faq(rows=tuple(entries[place] for place in order))


def sources_of(figures: Iterable[Figure]) -> list[Source]:
    """Where figures were read: the first source of each, official before others; a figure itself names all."""
    return list(dict.fromkeys(figure.provenance.sources[0] for figure in figures))


def _entry(tables: Tables, numbers: Placeholders, row: Row) -> FaqEntry:
    entry, question_, summary, topics, keywords, reviewed = row
    statements = [each for each in tables.rows("statements") if each[0] == entry]
    parts: dict[str, list[tuple[str, tuple[Source, ...]]]] = {}
    for _, part, text, keys in statements:
        if part != LIMIT:
            parts.setdefault(part, []).append((numbers.fill(text), _cited(tables, numbers, text, keys)))
    answer = "\n\n".join(" ".join(text for text, _ in part) for part in parts.values())
    texts = [summary, *(text for _, _, text, _ in statements)]
    cited = [source for _, _, text, keys in statements for source in _cited(tables, numbers, text, keys)]
    return FaqEntry(
        id=entry,
        question=question_,
        summary=numbers.fill(summary),
        answer=answer,
        topics=tuple(topics.split()),
        keywords=tuple(keywords.split()),
        figures=numbers.figures(*texts),
        sources=sources(tables, [source.key for source in cited]),
        citations=tuple(itertools.chain(*parts.values())),
        limits=tuple(numbers.fill(text) for _, part, text, _ in statements if part == LIMIT),
        reviewed=reviewed,
    )


def _cited(tables: Tables, numbers: Placeholders, text: str, keys: str) -> tuple[Source, ...]:
    """The sources of a statement: those that it names, then those of its figures."""
    return tuple(dict.fromkeys([*sources(tables, keys.split()), *sources_of(numbers.figures(text))]))


def _weights(entry: FaqEntry) -> dict[str, int]:
    """Return the words of an entry, each with how much it counts."""
    texts = {field: getattr(entry, field) for field in _WEIGHTS}
    joined = {field: text if isinstance(text, str) else " ".join(text) for field, text in texts.items()}
    return {word: weight for field, weight in _WEIGHTS.items() for word in _words(joined[field])}


def _hits(indexed: list[dict[str, int]], alike: dict[str, float]) -> list[float]:
    """Return how well each entry has a word or one like it; 0 where it has none."""
    return [max((ratio * index.get(word, 0) for word, ratio in alike.items()), default=0.0) for index in indexed]


def _alike(word: str, known: list[str]) -> dict[str, float]:
    """Return the known words that may be meant, such as a plural or what a slip was to be, with how alike they are."""
    from difflib import SequenceMatcher, get_close_matches

    if len(word) < _SHORT:
        return {word: 1.0}
    # The first letter is seldom wrong.
    candidates = [other for other in known if other[0] == word[0]]
    close = get_close_matches(word, candidates, n=len(candidates) or 1, cutoff=_ALIKE)
    # Korean joins endings to its words.
    begins = (
        [] if word.isascii() else [other for other in candidates if len(other) >= _SHORT and word.startswith(other)]
    )
    return dict.fromkeys(begins, _ALIKE) | {other: SequenceMatcher(None, other, word).ratio() for other in close}


def _words(text: str) -> set[str]:
    """Return the words of a text in lower case; Korean ones letter by letter, which makes an ending a small change."""
    return {unicodedata.normalize("NFKD", word) for word in re.findall(r"\d+|[^\W\d_]+", text.casefold())}
