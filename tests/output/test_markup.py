"""Markdown and JSON-LD: one renderer, true to the objects, valid by the vocabulary of schema.org."""

import json
import re

import attrs
import pytest

from defector_stats import Claim, Claims, Faq, FaqEntry, Glossary, Source, Term, cite, claims, faq, faq_entry, glossary
from defector_stats._output.markup import text_of


def test_jsonld_validates(check_jsonld):
    check_jsonld(faq().jsonld())
    check_jsonld(glossary().jsonld())
    for claim in claims().jsonld():
        check_jsonld(claim)


@pytest.mark.parametrize(
    "wrong",
    [
        {"@type": "FAQPage", "mainQuestion": "x"},
        {"@type": "FAQPage", "mainEntity": {"@type": "Question", "claimReviewed": "x"}},
        {"@type": "ClaimReview", "reviewRating": {"@type": "Organization", "name": "x"}},
    ],
)
def test_jsonld_check_catches_fault(check_jsonld, wrong):
    with pytest.raises(AssertionError):
        check_jsonld(wrong)


def test_jsonld_faq_page():
    page = faq().jsonld()

    assert (page["@context"], page["@type"]) == ("https://schema.org", "FAQPage")
    assert [each["name"] for each in page["mainEntity"]] == [entry.question for entry in faq()]
    first, entry = page["mainEntity"][0]["acceptedAnswer"], faq()[0]
    assert first["text"].startswith(entry.summary)
    assert first["dateModified"] == entry.reviewed
    assert [work["name"] for work in first["citation"]] == [source.title for source in entry.sources]
    assert json.loads(json.dumps(page)) == page
    for each in page["mainEntity"]:
        assert not re.search(r"[*`]", each["acceptedAnswer"]["text"])


def test_jsonld_claim_review():
    review = claims().jsonld()[8]

    assert (review["@type"], review["claimReviewed"]) == ("ClaimReview", claims()[8].statement)
    assert review["itemReviewed"]["appearance"]["datePublished"] == "2023-11-25"
    assert claims().jsonld()[-2]["itemReviewed"]["appearance"] == {"@type": "CreativeWork", "name": "A web article"}
    assert review["reviewRating"]["alternateName"] == "contradicted"
    assert (review["reviewRating"]["worstRating"], review["reviewRating"]["bestRating"]) == (1, 3)
    ratings = {each["reviewRating"]["alternateName"]: each["reviewRating"]["ratingValue"] for each in claims().jsonld()}
    assert ratings == {"contradicted": 1, "partly true": 2, "supported": 3}
    assert review["author"]["name"] == "The defector-stats developers"


def test_jsonld_source_without_url():
    works = [work for each in faq().jsonld()["mainEntity"] for work in each["acceptedAnswer"]["citation"]]
    sources = [source for entry in faq() for source in entry.sources]

    assert [work.get("url") for work in works] == [source.url for source in sources]
    assert [work["publisher"]["name"] for work in works] == [source.publisher for source in sources]


def source(key, url):
    return Source(
        key=key,
        publisher=f"Office {key}",
        title=f"Title_{key} [*]",
        url=url,
        published="2020-05",
        published_basis="stated",
        language="ko",
        kind="news",
        licence="not seen",
    )


ONE, TWO = source("a", "https://example.org/a"), source("b", None)
ENTRY = FaqEntry(
    id="x",
    question="What?",
    summary="This.",
    answer="First *word*. Second.\n\nThird.",
    topics=("numbers",),
    keywords=("n",),
    figures=(),
    sources=(ONE, TWO),
    citations=(("First *word*.", (TWO, ONE)), ("Second.", ()), ("Third.", (TWO,))),
    limits=("Unknown.", "Contested."),
    reviewed="2026-11-23",
)
CLAIM = Claim(
    id="C99",
    origin="A web page",
    published="2023-11-25",
    statement="It is so.",
    verdict="needs-nuance",
    explanation="Partly *so*.",
    evidence=(),
    sources=(ONE, TWO),
    computed=False,
)
WORD = Term(term="word", language="en", definition="A unit.", in_use="since 1997", sources=(ONE, TWO))
PLAIN_WORD = Term(term="말", language="ko", definition="A word.", in_use="", sources=())
LINK_ONE = r"Office a, [“Title\_a \[\*\]”](https://example.org/a) (2020-05)"
LINK_TWO = r"Office b, “Title\_b \[\*\]” (2020-05)"
WORK_ONE = {
    "@type": "CreativeWork",
    "name": "Title_a [*]",
    "publisher": {"@type": "Organization", "name": "Office a"},
    "datePublished": "2020-05",
    "inLanguage": "ko",
    "url": "https://example.org/a",
}
WORK_TWO = {
    "@type": "CreativeWork",
    "name": "Title_b [*]",
    "publisher": {"@type": "Organization", "name": "Office b"},
    "datePublished": "2020-05",
    "inLanguage": "ko",
}
AUTHOR = {"@type": "Organization", "name": "The defector-stats developers"}


def test_markdown_of_entry():
    block = (
        "## What?\n\n*This.*\n\nFirst *word*. [1][2] Second.\n\nThird. [1]\n\n"
        "What is contested or unknown:\n\n- Unknown.\n- Contested.\n\n"
        f"Sources:\n\n1. {LINK_TWO}\n2. {LINK_ONE}\n\n"
        "Last checked against its sources on 2026-11-23."
    )

    assert Faq(rows=(ENTRY,)).markdown() == f"{block}\n"
    assert Faq(rows=(ENTRY, ENTRY)).markdown() == f"{block}\n\n{block}\n"


def test_markdown_cites_repeated_statement():
    entry = attrs.evolve(ENTRY, answer="So. So. So.", citations=(("So.", (TWO,)), ("So.", ()), ("So.", (ONE,))))

    assert "\n\nSo. [1] So. So. [2]\n\n" in Faq(rows=(entry,)).markdown()


def test_jsonld_of_faq_entry_exact():
    assert Faq(rows=(ENTRY,)).jsonld() == {
        "@context": "https://schema.org",
        "@type": "FAQPage",
        "inLanguage": "en",
        "author": AUTHOR,
        "mainEntity": [
            {
                "@type": "Question",
                "name": "What?",
                "acceptedAnswer": {
                    "@type": "Answer",
                    "text": "This.\n\nFirst word. Second.\n\nThird.",
                    "dateModified": "2026-11-23",
                    "author": AUTHOR,
                    "citation": [WORK_ONE, WORK_TWO],
                },
            }
        ],
    }


def test_claim_markdown_and_jsonld_exact():
    found = Claims(rows=(CLAIM, attrs.evolve(CLAIM, computed=True)))

    assert found.markdown() == (
        "## C99: It is so.\n\n**partly true** (editorial judgement). Partly *so*.\n\n"
        f"Stated in: A web page. Sources: {LINK_ONE}; {LINK_TWO}.\n\n"
        "## C99: It is so.\n\n**partly true** (calculated from the figures). Partly *so*.\n\n"
        f"Stated in: A web page. Sources: {LINK_ONE}; {LINK_TWO}.\n"
    )
    assert found.jsonld()[0] == {
        "@context": "https://schema.org",
        "@type": "ClaimReview",
        "name": "C99",
        "inLanguage": "en",
        "claimReviewed": "It is so.",
        "reviewBody": "Partly so.",
        "author": AUTHOR,
        "itemReviewed": {
            "@type": "Claim",
            "text": "It is so.",
            "appearance": {"@type": "CreativeWork", "name": "A web page", "datePublished": "2023-11-25"},
        },
        "reviewRating": {
            "@type": "Rating",
            "ratingValue": 2,
            "bestRating": 3,
            "worstRating": 1,
            "alternateName": "partly true",
        },
        "citation": [WORK_ONE, WORK_TWO],
    }


def test_verdict_shown_in_words():
    """Readers see words; programs get the code."""
    shown = [Claims(rows=(CLAIM,)).markdown(), str(Claims(rows=(CLAIM,))), CLAIM._repr_html_(), cite(CLAIM)]

    assert [text.count("partly true") for text in shown] == [1, 1, 1, 1]
    assert not any("needs-nuance" in text for text in shown)
    assert "needs-nuance" in repr(CLAIM)
    assert CLAIM.record()["verdict"] == "needs-nuance"


def test_glossary_markdown_and_jsonld_exact():
    found = Glossary(rows=(WORD, PLAIN_WORD))

    assert found.markdown() == (
        f"- **word** (en): A unit. In use: since 1997. ({LINK_ONE}; {LINK_TWO})\n- **말** (ko): A word.\n"
    )
    assert found.jsonld() == {
        "@context": "https://schema.org",
        "@type": "DefinedTermSet",
        "name": "Words about people from North Korea",
        "author": AUTHOR,
        "hasDefinedTerm": [
            {"@type": "DefinedTerm", "name": "word", "description": "A unit."},
            {"@type": "DefinedTerm", "name": "말", "description": "A word."},
        ],
    }
    assert found.records()[0] == {
        "term": "word",
        "language": "en",
        "definition": "A unit.",
        "in_use": "since 1997",
        "sources": ["a", "b"],
    }


def test_markdown_cites_by_number():
    entry = faq_entry("why-leave")
    text = faq("reasons").markdown()

    assert f"## {entry.question}\n\n*{entry.summary}*\n\n" in text
    numbered = []
    for statement, cited in entry.citations:
        numbered += [source for source in cited if source not in numbered]
        marks = "".join(f"[{place}]" for place in sorted(numbered.index(source) + 1 for source in cited))
        assert f"{statement} {marks}" in text
    for limit in entry.limits:
        assert f"\n- {limit}" in text
    for place, source in enumerate(numbered, start=1):
        assert f"\n{place}. {source.publisher}, " in text
    assert f"Last checked against its sources on {entry.reviewed}." in text


def test_markdown_lists_other_sources_apart():
    """Sources that only the limits need have no number, since the answer never names it."""
    entry = attrs.evolve(ENTRY, citations=(("First *word*.", (TWO,)),))
    text = Faq(rows=(entry,)).markdown()

    assert f"Sources:\n\n1. {LINK_TWO}\n\n" in text
    assert f"Sources for what is contested or unknown:\n\n- {LINK_ONE}\n\n" in text
    uncited = attrs.evolve(ENTRY, citations=())
    assert "\n\nSources:" not in Faq(rows=(uncited,)).markdown()


def test_markdown_without_limits():
    entry = attrs.evolve(faq_entry("why-leave"), limits=(), sources=())

    assert "contested or unknown" not in Faq(rows=(entry,)).markdown()
    assert "contested or unknown" in Faq(rows=(faq_entry("why-leave"),)).markdown()


def test_markdown_of_claims():
    text = claims().markdown()

    assert f"## C09: {claims()[8].statement}\n\n**contradicted** (calculated from the figures). " in text
    assert "**contradicted** (editorial judgement). " in text
    assert text.count("Stated in: A web article of 25 November 2023. Sources: ") == 24
    assert text.count("Stated in: ") == len(claims()) == 31
    assert glossary().markdown().startswith("- **")
    assert glossary().markdown().count("\n- **") == len(glossary()) - 1


def test_text_of_strips_markdown():
    assert text_of("# A *b* **c**\n\n[“d”](https://e.f/g_h) `i`") == "A b c\n\n“d” <https://e.f/g_h> i"
    assert text_of(r"\[x\] [1][2]") == "[x] [1][2]"
    assert text_of(r"1\. [“\[a-b\]c”](https://e.f) [2][3]") == r"1\. “[a-b]c” <https://e.f> [2][3]"
    assert text_of("# A\n\nb\n\n## C\n") == "A\n\nb\n\nC"
    plain = text_of(faq_entry_markdown())
    assert not re.search(r"\*|^#|\]\(", plain, re.MULTILINE)
    assert plain.startswith("Why do people leave North Korea?\n\n")


def faq_entry_markdown():
    return Faq(rows=(faq_entry("why-leave"),)).markdown()
