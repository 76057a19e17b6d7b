"""Questions, claims, terms and datasets as Markdown, JSON-LD and plain text."""

from __future__ import annotations

import functools
import re
from urllib.parse import quote

from defector_stats._model.records import as_read
from defector_stats._model.vocabulary import VERDICT_NAMES
from defector_stats._model.words import sentence
from defector_stats._texts.claims import Claims
from defector_stats._texts.faq import Faq
from defector_stats._texts.glossary import Glossary

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from defector_stats._model.records import Source
    from defector_stats._output.dataset import Dataset
    from defector_stats._texts.faq import FaqEntry

CONTEXT = "https://schema.org"
AUTHOR = {"@type": "Organization", "name": "The defector-stats developers"}
# Each rating also states the worst and the best.
_RATINGS = {"contradicted": 1, "needs-nuance": 2, "supported": 3}

# The heading of the sources that the answer itself does not cite.
OTHER_SOURCES = "Sources for what is contested or unknown"

# A link ends at a bracket without a backslash.
LINK = r"(?<!\\)\[((?:\\.|[^\[\]\\])+)\]\((\S+)\)"


@functools.singledispatch
def markdown(thing: object) -> str:
    """Return an object as Markdown."""
    raise TypeError(type(thing))


@functools.singledispatch
def jsonld(thing: object) -> Any:
    """Return an object as JSON-LD."""
    raise TypeError(type(thing))


def _entry_markdown(entry: FaqEntry) -> str:
    """Return one entry: question, summary, answer with numbered citations, limits, sources."""
    answer, cited = cite_in_answer(entry)
    parts = [f"## {entry.question}", f"*{entry.summary}*", answer]
    if entry.limits:
        parts.append("What is contested or unknown:")
        parts.append("\n".join(f"- {limit}" for limit in entry.limits))
    if cited:
        parts.append("Sources:")
        parts.append("\n".join(f"{number}. {link(source)}" for number, source in enumerate(cited, start=1)))
    if others := [source for source in entry.sources if source not in cited]:
        parts.append(f"{OTHER_SOURCES}:")
        parts.append("\n".join(f"- {link(source)}" for source in others))
    parts.append(f"Last checked against its sources on {entry.reviewed}.")
    return "\n\n".join(parts)


@markdown.register(Faq)
def _faq_markdown(faq: Faq) -> str:
    """Return all entries, each with its question as a heading."""
    return "\n\n".join(_entry_markdown(entry) for entry in faq) + "\n"


@markdown.register(Claims)
def _claims_markdown(claims: Claims) -> str:
    """Return all claims, each with its statement as a heading."""
    parts: list[str] = []
    for claim in claims:
        how = "calculated from the figures" if claim.computed else "editorial judgement"
        parts += [
            f"## {claim.id}: {claim.statement}",
            f"**{VERDICT_NAMES[claim.verdict]}** ({how}). {claim.explanation}",
            f"Stated in: {claim.origin}. Sources: {'; '.join(link(source) for source in claim.sources)}.",
        ]
    return "\n\n".join(parts) + "\n"


@jsonld.register(Glossary)
def _glossary_jsonld(glossary: Glossary) -> dict[str, Any]:
    """Return all terms as one schema.org DefinedTermSet."""
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
    """Return all terms as one list."""
    lines: list[str] = []
    for term in glossary:
        used = f" In use: {term.in_use}." if term.in_use else ""
        cited = f" ({'; '.join(link(source) for source in term.sources)})" if term.sources else ""
        lines.append(f"- **{term.term}** ({term.language}): {term.definition}{used}{cited}")
    return "\n".join(lines) + "\n"


@jsonld.register(Faq)
def _faq_jsonld(faq: Faq) -> dict[str, Any]:
    """Return all entries as one schema.org FAQPage."""
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
                    # Programs that read JSON-LD do not interpret Markdown.
                    "text": _strip_emphasis(f"{entry.summary}\n\n{entry.answer}"),
                    "dateModified": entry.reviewed,
                    "author": AUTHOR,
                    "citation": [describe_source(source) for source in entry.sources],
                },
            }
            for entry in faq
        ],
    }


@jsonld.register(Claims)
def _claims_jsonld(claims: Claims) -> list[dict[str, Any]]:
    """Return a schema.org ClaimReview for each claim."""
    return [
        {
            "@context": CONTEXT,
            "@type": "ClaimReview",
            "name": claim.id,
            "inLanguage": "en",
            "claimReviewed": claim.statement,
            "reviewBody": _strip_emphasis(claim.explanation),
            "author": AUTHOR,
            "itemReviewed": {
                "@type": "Claim",
                "text": claim.statement,
                "appearance": {
                    "@type": "CreativeWork",
                    "name": claim.origin,
                    **({"datePublished": claim.published} if claim.published else {}),
                },
            },
            "reviewRating": {
                "@type": "Rating",
                "ratingValue": _RATINGS[claim.verdict],
                "bestRating": max(_RATINGS.values()),
                "worstRating": min(_RATINGS.values()),
                "alternateName": VERDICT_NAMES[claim.verdict],
            },
            "citation": [describe_source(source) for source in claim.sources],
        }
        for claim in claims
    ]


def dataset_jsonld(dataset: Dataset, stem: str) -> dict[str, Any]:
    """Return the description of a dataset as a schema.org Dataset, without the rows.

    Args:
        dataset: The dataset.
        stem: The name of the CSV file beside the description, without its ending.
    """
    description: dict[str, Any] = {
        "@context": CONTEXT,
        "@type": "Dataset",
        "name": dataset.title,
        "description": dataset.description,
        "url": dataset.about.get("homepage"),
        # Each vintage is a separate dataset.
        "identifier": "/".join(filter(None, ("defector-stats", dataset.name, dataset.edition, dataset.as_of))),
        "keywords": dataset.about.get("keywords"),
        "inLanguage": "en",
        "version": dataset.edition,
        "dateModified": str(dataset.about.get("created", ""))[: len("2026-11-28")],
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
        "measurementTechnique": dataset.technique,
        # The CSV file belongs beside the description.
        "distribution": [{"@type": "DataDownload", "encodingFormat": "text/csv", "contentUrl": f"{quote(stem)}.csv"}],
        "isBasedOn": [describe_source(source) for source in dataset.sources],
    }
    # Unknown entries are left out, not left empty.
    return {name: value for name, value in description.items() if value}


def cite_in_answer(entry: FaqEntry) -> tuple[str, tuple[Source, ...]]:
    """Return the answer with numbers after each statement, and the sources that they mean, by first use."""
    cited = tuple(dict.fromkeys(source for _, sources in entry.citations for source in sources))
    numbers = {source.key: number for number, source in enumerate(cited, start=1)}

    def mark(sources: tuple[Source, ...]) -> str:
        marks = "".join(f"[{number}]" for number in sorted(numbers[source.key] for source in sources))
        return f" {marks}" if marks else ""

    return mark_statements(entry, mark), cited


def mark_statements(entry: FaqEntry, mark: Callable[[tuple[Source, ...]], str]) -> str:
    """Return the answer with a mark after each statement, made of its sources."""
    text = entry.answer
    # Statements are in the order of the answer, so a repeated one is found at its own place.
    position = 0
    for statement, sources in entry.citations:
        position = text.index(statement, position) + len(statement)
        insertion = mark(sources)
        text = text[:position] + insertion + text[position:]
        position += len(insertion)
    return text


def escape_markdown(text: str) -> str:
    r"""Return a text with a backslash before every character that is special in Markdown.

    Examples:
        >>> print(escape_markdown("[sic] *"))
        \[sic\] \*
    """
    return re.sub(r"([\[\]*_])", r"\\\1", text)


def link(source: Source) -> str:
    """Return a source in Markdown, with a link if it has an address."""
    title = escape_markdown(f"“{source.title}”")
    link = f"[{title}]({source.url})" if source.url else title
    return f"{source.publisher}, {link}{escape_markdown(as_read(source))} ({source.published})"


def describe_reading(source: Source) -> str:
    """Return how a source was read, in sentences; empty for the publisher's own page, read in full."""
    remarks = [sentence(source.note), f"Read via {source.via}" if source.via else ""]
    return " ".join(f"{remark}." for remark in remarks if remark)


def describe_source(source: Source) -> dict[str, Any]:
    """Return a source as a schema.org CreativeWork."""
    work: dict[str, Any] = {
        "@type": "CreativeWork",
        "name": source.title,
        "publisher": {"@type": "Organization", "name": source.publisher},
        "datePublished": source.published,
        "inLanguage": source.language,
    }
    optional = {"url": source.url, "description": describe_reading(source)}
    return work | {name: text for name, text in optional.items() if text}


def _strip_emphasis(text: str) -> str:
    """Return Markdown without asterisks and backticks."""
    return re.sub(r"[*`]+", "", text)


def text_of(markdown: str) -> str:
    """Return Markdown as plain text for a terminal, without marks and with addresses after titles."""
    # The backslashes of `escape_markdown` are removed after the links are found.
    text = unescape_markdown(re.sub(LINK, r"\1 <\2>", markdown))
    return _strip_emphasis(re.sub(r"^#+ ", "", text, flags=re.MULTILINE)).rstrip()


def unescape_markdown(text: str) -> str:
    """Return a text without the backslashes of `escape_markdown`."""
    return re.sub(r"\\([\[\]*_])", r"\1", text)
