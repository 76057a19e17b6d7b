"""FAQ, claims and glossary as Markdown and as JSON-LD; everything that shows them comes through here."""

from __future__ import annotations

import functools
import re

from defector_stats._model.records import as_read
from defector_stats._model.words import sentence
from defector_stats._texts.claims import ARTICLE_DAY, Claims
from defector_stats._texts.faq import Faq
from defector_stats._texts.glossary import Glossary

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from defector_stats._model.records import Source
    from defector_stats._output.dataset import Dataset
    from defector_stats._texts.faq import FaqEntry

CONTEXT = "https://schema.org"
AUTHOR = {"@type": "Organization", "name": "The defector-stats developers"}
_RATINGS = {"contradicted": 1, "needs-nuance": 2, "supported": 3}


@functools.singledispatch
def markdown(thing: object) -> str:
    """Return a thing as Markdown."""
    raise TypeError(type(thing))


@functools.singledispatch
def jsonld(thing: object) -> Any:
    """Return a thing as JSON-LD."""
    raise TypeError(type(thing))


def _entry_markdown(entry: FaqEntry) -> str:
    """One entry: question, summary, answer with numbered citations, limits, sources."""
    numbered = {source.key: place for place, source in enumerate(entry.sources, start=1)}
    parts = [f"## {entry.question}", f"*{entry.summary}*"]
    parts += [_cited_answer(entry, numbered)]
    if entry.limits:
        parts.append("What is contested or unknown:")
        parts.append("\n".join(f"- {limit}" for limit in entry.limits))
    parts.append("Sources:")
    parts.append("\n".join(f"{numbered[source.key]}. {_linked(source)}" for source in entry.sources))
    parts.append(f"Last read against its sources on {entry.reviewed}.")
    return "\n\n".join(parts)


@markdown.register(Faq)
def _faq_markdown(faq: Faq) -> str:
    """All entries."""
    return "\n\n".join(_entry_markdown(entry) for entry in faq) + "\n"


@markdown.register(Claims)
def _claims_markdown(claims: Claims) -> str:
    """All claims."""
    parts: list[str] = []
    for claim in claims:
        how = "worked out from the figures" if claim.computed else "judged by reading"
        parts += [
            f"## {claim.id}: {claim.statement}",
            f"**{claim.verdict}** ({how}). {claim.explanation}",
            f"Stated in: {claim.origin}. Sources: {'; '.join(_linked(source) for source in claim.sources)}.",
        ]
    return "\n\n".join(parts) + "\n"


@jsonld.register(Glossary)
def _glossary_jsonld(glossary: Glossary) -> dict[str, Any]:
    """A schema.org DefinedTermSet."""
    return {
        "@context": CONTEXT,
        "@type": "DefinedTermSet",
        "name": "Words about people from North Korea",
        "author": AUTHOR,
        "hasDefinedTerm": [
            {
                "@type": "DefinedTerm",
                "name": term.term,
                "description": term.definition,
            }
            for term in glossary
        ],
    }


@markdown.register(Glossary)
def _glossary_markdown(glossary: Glossary) -> str:
    """All terms."""
    lines: list[str] = []
    for term in glossary:
        used = f" In use: {term.in_use}." if term.in_use else ""
        cited = f" ({'; '.join(_linked(source) for source in term.sources)})" if term.sources else ""
        lines.append(f"- **{term.term}** ({term.language}): {term.definition}{used}{cited}")
    return "\n".join(lines) + "\n"


@jsonld.register(Faq)
def _faq_jsonld(faq: Faq) -> dict[str, Any]:
    """A schema.org FAQPage."""
    return {
        "@context": CONTEXT,
        "@type": "FAQPage",
        "inLanguage": "en",
        "author": AUTHOR,
        "mainEntity": [
            {
                "@type": "Question",
                "name": entry.question,
                "acceptedAnswer": {
                    "@type": "Answer",
                    "text": _plain(f"{entry.summary}\n\n{entry.answer}"),
                    "dateModified": entry.reviewed,
                    "author": AUTHOR,
                    "citation": [_work(source) for source in entry.sources],
                },
            }
            for entry in faq
        ],
    }


@jsonld.register(Claims)
def _claims_jsonld(claims: Claims) -> list[dict[str, Any]]:
    """A schema.org ClaimReview for each claim."""
    return [
        {
            "@context": CONTEXT,
            "@type": "ClaimReview",
            "name": claim.id,
            "inLanguage": "en",
            "claimReviewed": claim.statement,
            "reviewBody": _plain(claim.explanation),
            "author": AUTHOR,
            "itemReviewed": {
                "@type": "Claim",
                "text": claim.statement,
                "appearance": {"@type": "CreativeWork", "name": claim.origin, "datePublished": ARTICLE_DAY},
            },
            "reviewRating": {
                "@type": "Rating",
                "ratingValue": _RATINGS[claim.verdict],
                "bestRating": max(_RATINGS.values()),
                "worstRating": min(_RATINGS.values()),
                "alternateName": claim.verdict,
            },
            "citation": [_work(source) for source in claim.sources],
        }
        for claim in claims
    ]


def dataset_jsonld(dataset: Dataset) -> dict[str, Any]:
    """A schema.org Dataset."""
    described: dict[str, Any] = {
        "@context": CONTEXT,
        "@type": "Dataset",
        "name": dataset.title,
        "description": dataset.description,
        "inLanguage": "en",
        "version": dataset.edition,
        "creator": AUTHOR,
        "creditText": " ".join(dataset.attribution),
        "isAccessibleForFree": True,
        "license": [licence["path"] for licence in dataset.licences if "path" in licence],
        "temporalCoverage": dataset.span,
        "spatialCoverage": [
            {"@type": "Country", "name": area.name, "identifier": area.code} for area in dataset.places
        ],
        "variableMeasured": [
            {
                "@type": "PropertyValue",
                "name": variable.title,
                "unitText": variable.unit,
                **({"description": variable.definition} if variable.definition else {}),
            }
            for variable in dataset.variables
        ],
        "isBasedOn": [_work(source) for source in dataset.sources],
    }
    return {name: value for name, value in described.items() if value}


def _cited_answer(entry: FaqEntry, numbered: dict[str, int]) -> str:
    """The answer with the numbers of its sources behind each statement."""
    text = entry.answer
    position = 0
    for statement, cited in entry.citations:
        position = text.index(statement, position) + len(statement)
        marks = "".join(f"[{place}]" for place in sorted(numbered[source.key] for source in cited))
        mark = f" {marks}" if marks else ""
        text = text[:position] + mark + text[position:]
        position += len(mark)
    return text


def escaped(text: str) -> str:
    r"""Text without meaning in Markdown.

    Examples:
        >>> print(escaped("[sic] *"))
        \[sic\] \*
    """
    return re.sub(r"([\[\]*_])", r"\\\1", text)


def _linked(source: Source) -> str:
    """A source, with a link where there is an address."""
    title = escaped(f"“{source.title}”")
    linked = f"[{title}]({source.url})" if source.url else title
    return f"{source.publisher}, {linked}{escaped(as_read(source))} ({source.published})"


def reading(source: Source) -> str:
    """How a source was read, in sentences; empty for the publisher's own page, read whole."""
    told = [sentence(source.note), f"Read via {source.via}" if source.via else ""]
    return " ".join(f"{each}." for each in told if each)


def _work(source: Source) -> dict[str, Any]:
    """A source as a schema.org CreativeWork."""
    work: dict[str, Any] = {
        "@type": "CreativeWork",
        "name": source.title,
        "publisher": {"@type": "Organization", "name": source.publisher},
        "datePublished": source.published,
        "inLanguage": source.language,
    }
    told = {"url": source.url, "description": reading(source)}
    return work | {name: text for name, text in told.items() if text}


def _plain(text: str) -> str:
    """Markdown without its marks."""
    return re.sub(r"[*`]+", "", text)


def text_of(markdown: str) -> str:
    """Markdown as plain text for a terminal: no marks, titles with their addresses."""
    text = re.sub(r"\\([\[\]*_])", r"\1", re.sub(r"(?<!\\)\[([^\]]*[^\]\\])\]\((\S+)\)", r"\1 <\2>", markdown))
    return _plain(re.sub(r"^#+ ", "", text, flags=re.MULTILINE)).rstrip()
