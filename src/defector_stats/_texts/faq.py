"""The questions that people ask, with answers whose figures are filled in when they are asked for."""

from __future__ import annotations

import collections
import itertools
import math
import re

import attrs

from defector_stats._model.sequences import Rows
from defector_stats._texts.numbers import placeholders
from defector_stats.errors import InvalidValueError, unknown

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import Any

    from defector_stats._model.records import Source
    from defector_stats._store.ledger import Ledger
    from defector_stats._store.tables import Cells
    from defector_stats._texts.numbers import Figure

LIMIT = "limit"

# How much a word counts by where it stands.
_WEIGHTS = {"question": 6.0, "keywords": 4.0, "topics": 3.0, "summary": 2.0, "answer": 1.0}
# Below this, two words are different words and not a slip of the keyboard.
_CUTOFF = 0.8
_MOST_WORDS = 12
_SHORT = 4
_IRREGULAR = {"women": "woman", "men": "man", "children": "child", "left": "leave", "went": "go", "gone": "go"}


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
        from defector_stats._model.shown import html

        return html(self)

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
        from defector_stats._model.shown import markdown

        return markdown(self)

    def jsonld(self) -> dict[str, Any]:
        """All entries as a schema.org ``FAQPage``."""
        from defector_stats._model.shown import jsonld

        described: dict[str, Any] = jsonld(self)
        return described


def faq(ledger: Ledger, topic: object = None) -> Faq:
    """Return all entries, or those of a topic, with their figures filled in; each entry is made once.

    Raises:
        UnknownNameError: If the topic is not known.
    """
    rows = ledger.tables.cells("faq")
    if topic is not None:
        topics = tuple(dict.fromkeys(known for cells in rows for known in cells["topics"].split()))
        if not isinstance(topic, str) or topic not in topics:
            raise unknown("topic", topic, topics)
        rows = [cells for cells in rows if topic in cells["topics"].split()]
    return Faq(rows=tuple(_entry(ledger, cells) for cells in rows))


def faq_entry(ledger: Ledger, id: object) -> FaqEntry:  # noqa: A002, the word of the records
    """Return one entry.

    Raises:
        UnknownNameError: If the id is not known.
    """
    rows = {cells["id"]: cells for cells in ledger.tables.cells("faq")}
    if not isinstance(id, str) or id not in rows:
        raise unknown("question", id, tuple(rows))
    return _entry(ledger, rows[id])


def search(entries: Faq, text: object) -> Faq:
    """The entries that match words, the most relevant first; none rather than nonsense.

    A word that few entries have counts more than one that many have, one in the question more than one in the answer.
    At least half of the words that tell entries apart must be found.

    Raises:
        InvalidValueError: If there is no word to look for.
    """
    if not isinstance(text, str) or not _words(text):
        raise InvalidValueError(text, "some words to look for")
    indexed = [_weights(entry) for entry in entries]
    vocabulary = list(dict.fromkeys(word for index in indexed for word in index))
    words = list(dict.fromkeys(_words(text)))[:_MOST_WORDS]
    # What most entries have tells none of them apart.
    telling = [word for word in words if sum(word in index for index in indexed) <= len(indexed) / 2]
    scores: dict[int, float] = collections.defaultdict(float)
    found: list[set[str]] = [set() for _ in indexed]
    for word in words:
        near = _near(word, vocabulary)
        hits = [max((index[each] * near[each] for each in near if each in index), default=0.0) for index in indexed]
        rarity = math.log(1 + len(indexed) / (1 + sum(hit > 0 for hit in hits)))
        for place, hit in enumerate(hits):
            scores[place] += hit * rarity
            if hit:
                found[place].add(word)
    needed = telling or words
    order = sorted(range(len(indexed)), key=lambda place: -scores[place])
    enough = [place for place in order if 2 * len(found[place].intersection(needed)) >= len(needed)]
    return Faq(rows=tuple(entries[place] for place in enough))


def sources_of(figures: Iterable[Figure]) -> list[Source]:
    """Where figures were read: the first source of each, official before others; a figure itself names all."""
    return list(dict.fromkeys(figure.provenance.sources[0] for figure in figures))


def _entry(ledger: Ledger, cells: Cells) -> FaqEntry:
    return ledger.once(f"faq:{cells['id']}", lambda: _make_entry(ledger, cells))


def _make_entry(ledger: Ledger, cells: Cells) -> FaqEntry:
    tables, numbers = ledger.tables, placeholders(ledger)
    parts: dict[str, list[tuple[str, tuple[Source, ...]]]] = {}
    limits: list[str] = []
    texts = [cells["summary"]]
    keys: list[str] = []
    for statement in tables.about("statements", cells["id"]):
        text = numbers.fill(statement["text"])
        cited = _cited(ledger, statement)
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


def _cited(ledger: Ledger, statement: Cells) -> tuple[Source, ...]:
    """Return the sources of a statement: those that it names, then those of its figures."""
    named = ledger.tables.cited(statement["sources"].split())
    figures = placeholders(ledger).figures(statement["text"])
    return tuple(dict.fromkeys([*named, *sources_of(figures)]))


def _weights(entry: FaqEntry) -> dict[str, float]:
    """Each word of an entry with how much it counts: by where it stands, and how often."""
    found: dict[str, float] = {}
    for field, weight in _WEIGHTS.items():
        value = getattr(entry, field)
        text = value if isinstance(value, str) else " ".join(value)
        for word, count in collections.Counter(_words(text)).items():
            found[word] = found.get(word, 0.0) + weight * (1 + math.log(count))
    return found


def _near(word: str, vocabulary: list[str]) -> dict[str, float]:
    """The words that may be meant, with how likely that is."""
    from difflib import SequenceMatcher, get_close_matches

    if word in vocabulary:
        return {word: 1.0}
    # Short words have too many neighbours, and the first letter is seldom wrong.
    if len(word) < _SHORT:
        return {}
    close = [each for each in get_close_matches(word, vocabulary, n=5, cutoff=_CUTOFF) if each[0] == word[0]]
    return {each: SequenceMatcher(None, word, each).ratio() / 2 for each in close}


def _words(text: str) -> list[str]:
    """The stems of the words, in lower case."""
    return [_stem(word) for word in re.findall(r"[^\W_]+", text.casefold())]


def _stem(word: str) -> str:
    """A word without the common endings of English, so that its forms are found together."""
    word = _IRREGULAR.get(word, word)
    if len(word) > _SHORT and word.endswith("ies"):
        return f"{word[:-3]}y"
    if len(word) >= _SHORT and word.endswith("s") and not word.endswith(("ss", "us", "is")):
        word = word[:-1]
    for ending in ("ing", "ed", "al", "e"):
        if len(word) > _SHORT and word.endswith(ending):
            return word.removesuffix(ending)
    return word
