"""The list of questions, the page of each, and the page of claims."""

import json
import re

import pytest

from defector_stats import claims, faq

REFERENCE = re.compile(r'<a class="footnote-reference brackets" href="#([^"]+)" id="([^"]+)".*?</span>(\d+)<')
SOURCE = re.compile(r'<aside class="footnote brackets" id="([^"]+)".*?</aside>', re.DOTALL)
ENTRIES = {entry.id: entry for entry in faq()}
BADGES = {"contradicted": "Contradicted", "needs-nuance": "Partly true", "supported": "Supported"}


@pytest.fixture(scope="module")
def read(site):
    return lambda name: (site / "answers" / f"{name}.html").read_text(encoding="utf-8")


@pytest.mark.parametrize("question", ENTRIES)
def test_question_sources_numbered_by_first_use(read, question):
    """Each number leads to its source, each source back to all its numbers, and every source has one."""
    html = read(f"questions/{question}")
    references = REFERENCE.findall(html)
    sources = {found[1]: found[0] for found in SOURCE.finditer(html)}
    first_used = list(dict.fromkeys((int(number), target) for target, _, number in references))

    assert first_used == list(enumerate(sources, start=1))
    for source, text in sources.items():
        assert re.findall(r'href="#(id\d+)"', text) == [own for target, own, _ in references if target == source]
    assert {source.key.replace("_", "-") for source in ENTRIES[question].sources} == set(sources)


def test_questions_listed_each_once(read):
    html = read("questions")
    listed = re.findall(r'<span id="question-([\w-]+)"></span><a [^>]*href="questions/([\w-]+)\.html', html)

    assert sorted(listed) == sorted((name, name) for name in ENTRIES)


@pytest.mark.parametrize("question", ENTRIES)
def test_question_page_describes_itself(read, question):
    (described,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', read(f"questions/{question}"))

    assert [each["name"] for each in json.loads(described)["mainEntity"]] == [ENTRIES[question].question]


@pytest.mark.parametrize("question", ENTRIES)
def test_question_page_leads_on(visit, question):
    """A page ends with figures, each with its definition, and with questions that are near."""
    page = visit(f"answers/questions/{question}.html")
    related = page.locator("#related-questions a.reference").all()
    figures = page.locator("#figures-in-this-answer li li").all()

    assert 1 <= len(related) <= 4
    assert f"{question}.html" not in " ".join(link.get_attribute("href") for link in related)
    assert len(figures) == len(ENTRIES[question].figures)
    for group in page.locator("#figures-in-this-answer li:has(li)").all():
        assert group.locator(":scope > a, :scope > p > a").count() == 1


def test_claims_table_and_headings_have_verdict_first(visit):
    page = visit("answers/article.html")
    shown = [(BADGES[claim.verdict], claim.statement) for claim in claims()]
    rows = page.locator("tbody tr").all()
    anchors = [row.locator("a").get_attribute("href").removeprefix("#") for row in rows]

    assert [tuple(row.locator("td").all_inner_texts()) for row in rows] == shown
    assert anchors == [f"claim-{claim.id.lower()}" for claim in claims()]
    for anchor, (verdict, statement) in zip(anchors, shown, strict=True):
        heading = page.locator(f":is(section, span)#{anchor}").locator("xpath=ancestor-or-self::section[1]/h3")
        assert heading.inner_text().removesuffix("¶").strip("# \n") == f"{verdict}: {statement}"
    articles = [heading.inner_text().removesuffix("¶").strip("# \n") for heading in page.locator("article h2").all()]
    assert articles == list(dict.fromkeys(claim.origin for claim in claims()))


def test_claims_badges_told_apart(visit):
    """Each verdict has a colour of its own, light and dark."""
    for scheme in ("light", "dark"):
        page = visit("answers/article.html", scheme=scheme)
        colours = {
            badge.inner_text(): badge.evaluate("it => getComputedStyle(it).color")
            for badge in page.locator("td .verdict").all()
        }
        assert sorted(colours) == sorted(BADGES.values())
        assert len(set(colours.values())) == len(BADGES)
