"""What a notebook shows: tables with real headers and a caption, escaped, without colours of their own."""

import re
from html.parser import HTMLParser

import attrs
import pytest

from defector_stats import arrivals, breakdown, compare, estimates, faq, faq_entry, observation, series

THINGS = {
    "number": arrivals(2020),
    "derived": arrivals("2025-H2"),
    "series": series(start=2020),
    "series with gaps": series(frequency="quarter", start=2025),
    "empty series": series(start=2030),
    "comparison": compare(2024, 2025),
    "breakdown": breakdown("age", "../2022-12"),
    "estimates": estimates("in-china"),
    "question": faq_entry("which-word"),
}
VOID = {"br"}


class Page(HTMLParser):
    """Reads a page, and refuses tags that are not closed in their order."""

    def __init__(self):
        super().__init__()
        self.open, self.tags, self.texts, self.links = [], [], [], []

    def handle_starttag(self, tag, found):
        self.tags.append((tag, dict(found), self.open[-1] if self.open else None))
        if tag == "a":
            self.links.append(dict(found)["href"])
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        self.texts.append(data)


def read(thing):
    page = Page()
    page.feed(thing._repr_html_())
    page.close()
    assert page.open == []
    return page


each = pytest.mark.parametrize("thing", THINGS.values(), ids=THINGS)


@each
def test_it_is_well_formed_and_takes_the_colours_of_its_page(thing):
    page = read(thing)

    assert page.tags
    for _, found, _ in page.tags:
        assert not re.search(r"color|background|font|border", found.get("style", ""))
    assert not {"script", "style", "link", "img"} & {tag for tag, *_ in page.tags}
    assert all(link.startswith(("https://", "http://")) for link in page.links)


@each
def test_a_table_has_a_caption_and_headers(thing):
    tags = [tag for tag, *_ in read(thing).tags]
    if "table" not in tags:
        assert tags[:2] == ["section", "h3"]
        return
    rows = [place for place, tag in enumerate(tags) if tag == "tr"]
    assert tags[1] == "caption"
    assert all(tags[place + 1] == "th" for place in rows)
    scopes = {found["scope"] for tag, found, _ in read(thing).tags if tag == "th"}
    assert scopes <= {"col", "row"}
    assert "row" in scopes or thing is THINGS["empty series"]


def text_of(thing):
    return " ".join(" ".join(read(thing).texts).split())


def test_a_number_shows_what_is_known_about_it():
    text = text_of(arrivals(2020))

    assert text.startswith("arrivals, KOR, 2020 Source: Ministry of Unification, “Settlement Support")
    assert "; and 4 more." in text
    assert "value 229 men and boys 72 women and girls 157 status normal in print since 2021-01-20" in text
    assert "worked out 2025 − 2025-H1 note 2025 was revised after" in text_of(arrivals("2025-H2"))
    assert "worked out" not in text
    assert "note" not in text
    assert "more" not in text_of(observation("refugees", 2016, area="CAN"))


def test_a_series_shows_members_gaps_and_attribution():
    text = text_of(series(frequency="quarter", start=2025))

    assert "2025-Q1 38 1 37 normal 2025-04-17" in text
    assert "2025-Q3 not-published" in text
    assert "compiled by defector-stats (CC BY 4.0)." in text
    assert "period persons men and boys women and girls status released" in text
    assert text_of(series(start=2030)).startswith("Arrivals in South Korea by year: no figure.")


def test_a_comparison_shows_its_sentence_and_its_caveats():
    text = text_of(compare(2024, 2025))

    assert text.startswith("Arrivals in South Korea fell from 236 in 2024 to 223 in 2025: 13 fewer (−5.5%). Source: ")
    assert text.endswith(
        "2024 236 normal 2025-02-04 2025 223 provisional 2026-02-04 The figure for 2025 is provisional."
    )
    assert "<ul>" not in compare(2019, 2020)._repr_html_()


def test_a_breakdown_and_estimates_show_their_rows():
    assert "0-9 1,297 3.8%" in text_of(breakdown("age", "../2022-12"))
    assert "total 33,836" in text_of(breakdown("age", "../2022-12"))
    assert "1998 in-china 35,000 to 125,000 (75,000) persons C. Robinson, Johns Hopkins University" in text_of(
        estimates("in-china")
    )
    assert text_of(estimates("in-china")).startswith(
        "Ranges that organisations proposed, not counts: they are never added"
    )


def test_a_question_shows_its_answer_limits_and_all_sources():
    entry = faq_entry("which-word")
    text = text_of(entry)

    assert text.startswith(f"{entry.question} {entry.summary}")
    assert "What is contested or unknown:" in text
    assert len(read(entry).links) == sum(source.url is not None for source in entry.sources)
    assert "<em>Escapee</em>" in entry._repr_html_()
    assert "*" not in text
    bare = attrs.evolve(entry, limits=(), sources=())
    assert "contested or unknown" not in text_of(bare)
    assert "Source:" not in text_of(bare)


def test_what_others_wrote_is_escaped(catalogue):
    hostile = "<script>alert('x')</script> & \"y\""
    row = {"period": 2026, "value": 1, "released": "2027", "sources": ["newsis_20260204"], "note": hostile}
    figure = catalogue.extended([row]).arrivals(2026)

    assert hostile not in figure._repr_html_()
    assert "&lt;script&gt;alert(&#x27;x&#x27;)&lt;/script&gt; &amp; &quot;y&quot;" in figure._repr_html_()
    assert hostile in " ".join(read(figure).texts)
    entry = attrs.evolve(faq()[0], question=hostile, summary=hostile, answer=hostile, limits=(hostile,))
    assert "<script>" not in entry._repr_html_()


def test_numbers_stand_to_the_right_and_words_to_the_left():
    html = series(start=2025)._repr_html_()

    assert '<td style="text-align: right; padding-left: 1em">223</td>' in html
    assert '<td style="text-align: left; padding-left: 1em">provisional</td>' in html
    assert '<th scope="row" style="text-align: left">2025</th>' in html
