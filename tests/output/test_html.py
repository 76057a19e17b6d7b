"""What a notebook shows: tables with real headers and a caption, escaped, without colours of their own."""

import re
from html.parser import HTMLParser

import attrs
import pytest

from defector_stats import (
    areas,
    arrivals,
    breakdown,
    compare,
    estimates,
    faq,
    faq_entry,
    indicators,
    observation,
    series,
)

THINGS = {
    "number": arrivals(2020),
    "derived": arrivals("2025-H2"),
    "series": series(start=2020),
    "series with gaps": series(frequency="quarter", start=2025),
    "empty series": series(start=2030),
    "comparison": compare(2024, 2025),
    "breakdown": breakdown("age", "../2022-12"),
    "estimates": estimates("in-china"),
    "indicators": indicators("school"),
    "indicator": indicators("school")[0],
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
def test_html_well_formed_and_plain(thing):
    page = read(thing)

    assert page.tags
    for _, found, _ in page.tags:
        assert not re.search(r"color|background|font|border", found.get("style", ""))
    assert not {"script", "style", "link", "img"} & {tag for tag, *_ in page.tags}
    assert all(link.startswith(("https://", "http://")) for link in page.links)


@each
def test_html_table_caption_and_headers(thing):
    tags = [tag for tag, *_ in read(thing).tags]
    if "table" not in tags:
        assert tags[:2] == ["section", "h3"]
        return
    rows = [place for place, tag in enumerate(tags) if tag == "tr"]
    assert tags[1] == "caption"
    assert all(tags[place + 1] == "th" for place in rows)
    scopes = {found["scope"] for tag, found, _ in read(thing).tags if tag == "th"}
    assert scopes <= {"col", "row"}
    assert "row" in scopes


def text_of(thing):
    return " ".join(" ".join(read(thing).texts).split())


MINISTRY = (
    "Ministry of Unification, Republic of Korea, and reports of its briefings; compiled by defector-stats (CC BY 4.0)."
)
RESIDENTS = attrs.evolve(breakdown("residence"), rows=breakdown("residence").rows[:2])


@pytest.mark.parametrize(
    ("thing", "text"),
    [
        (
            observation("refugees", 2016, area="WLD"),
            (
                "refugees, WLD, 2016 Source: UNHCR, “Refugee Population Statistics Database (Refugee Data Finder)” , "
                "via the R package refugees 2025.12.1 (2026-06-25). "
                "value 1,419 men and boys women and girls status normal first published 2026-06-25 "
                "calculated AUS + BEL + CAN + ... + USA "
                "note Shown as 5 under the publisher's rounding; the number may be 3 to 5 (3 of 14 areas)."
            ),
        ),
        (
            arrivals(2002),
            (
                "arrivals, KOR, 2002 Source: Ministry of Unification, “脱北居民现况” (2020); "
                "Ministry of Unification, “Settlement Support for North Korean Defectors” (2024); "
                "Ahmet-Dedeler, “free-north-korea” [the files data/series/csv/defector-arrivals.csv and series.json, "
                "built 2026-10-05], via GitHub (2026-10-05). "
                "value 1,142 men and boys 510 women and girls 632 status normal first published 2020 "
                "note An undated page with data to September 2020."
            ),
        ),
        (
            observation("refugees", 2016, area="CAN"),
            (
                "refugees, CAN, 2016 Source: UNHCR, “Refugee Population Statistics Database (Refugee Data Finder)” , "
                "via the R package refugees 2025.12.1 (2026-06-25). "
                "value 485 men and boys women and girls status normal first published 2026-06-25"
            ),
        ),
        (
            series(frequency="quarter", start="2025-Q2", end="2025-Q3"),
            (
                f"Arrivals in South Korea by quarter, the second quarter of 2025: 58. {MINISTRY} "
                "period persons men and boys women and girls status released "
                "2025-Q2 58 7 51 normal 2025-08-24 2025-Q3 not-published"
            ),
        ),
        (
            series(start=2030),
            (
                f"Arrivals in South Korea by year: no figures. {MINISTRY} "
                "period persons men and boys women and girls status released 2030 after-coverage"
            ),
        ),
        (
            compare(2024, 2025),
            (
                "Arrivals in South Korea fell from 236 in 2024 to 223 in 2025: 13 fewer (−5.5%). "
                'Source: News1, “통일부 "작년 탈북민 236명 입국…전년보다 20% 증가"” (2025-02-04); '
                "Herald, “昨年の脱北者入国 236人” [title not seen], via wowkorea.jp (2025-02-04); "
                "Yonhap, “236 North Koreans defected to South Korea in 2024” "
                "[title not seen; read through a proxy page] (2025-02-04); "
                "and 7 more. period persons status released 2024 236 normal 2025-02-04 2025 223 provisional 2026-02-04 "
                "The figure for 2025 is provisional."
            ),
        ),
        (
            RESIDENTS,
            (
                f"{RESIDENTS.summary} Source: j-clawson, “nkdefector_project” "
                "[the files sql_queries/annual_defectors.sql "
                "and defector_{ages,background,birthplace,education,residence}.sql], via GitHub (2025-01-27). "
                "residence persons men and boys women and girls share "
                "Seoul 6,355 1,983 4,372 20.2% Gyeonggi 11,131 2,811 8,320 35.5% total 17,486 4,794 12,692"
            ),
        ),
        (
            indicators("unemployment-rate", during=2025),
            (
                "Published by different surveys, which are never added up, compared or joined. "
                "Source: Newsis, “2025 북한이탈주민 실태조사” , via Dong-A Ilbo (2025-12-23). "
                "period indicator category value population survey sample status "
                "2025 unemployment-rate all 5.4% people from North Korea in South Korea aged 15 and over "
                "Korea Hana Foundation 2,500 normal"
            ),
        ),
        (
            attrs.evolve(indicators("unemployment-rate", during=2025)[0], sample_size=None),
            (
                "Indicator Source: Newsis, “2025 북한이탈주민 실태조사” , via Dong-A Ilbo (2025-12-23); "
                "News1, “탈북민 81.2% 남한생활 만족” (2025-12-23). "
                "indicator unemployment-rate topic work period 2025 frequency year year 2025 start date 2025-01-01 "
                "end date 2025-12-31 category all value 5.4% unit percent "
                "population people from North Korea in South Korea aged 15 and over survey Korea Hana Foundation "
                "status normal released 2025-12-23 url https://www.donga.com/news/amp/all/20251223/133019847/1"
            ),
        ),
        (
            estimates("in-china", during=1998),
            (
                "These are published estimates, not counts: never add them up. "
                "Source: Radio Free Asia (Korean service), “북중 국경지대 탈북자 90% 감소” (2010-06-04); "
                "Yonhap, “중국내 탈북자 급감..98년 13만→07년 1만6천” [of 2008 or 2009; the page shows no date], "
                "via Daily NK (2009). "
                "reference topic proposed unit organisation method status "
                "1998 in-china 35,000 to 125,000 (75,000) persons C. Robinson, Johns Hopkins University survey of "
                "about 300 local informants at 108 sites in three north-eastern provinces; the mid-point was chosen "
                "normal "
                "1998 in-china 50,000 to 130,000 persons C. Robinson, Johns Hopkins University, as reported by Yonhap "
                "counts by observers at sites in Yanbian, put into a demographic model normal"
            ),
        ),
    ],
    ids=["derived", "three sources", "one source", "series", "empty series", "comparison", "breakdown", "indicators",
         "indicator", "estimates"],
)  # fmt: skip
def test_html_text_exact(thing, text):
    assert text_of(thing) == text


def test_html_first_published_before_first_source():
    """The official page of 2020 comes first, and the total was published in a report of 2018."""
    figure = arrivals(2017)

    assert figure.sources[0].published == "2020"
    assert " status normal first published 2018-01-05 " in text_of(figure)


def test_html_no_list_without_caveats():
    assert "<ul>" in compare(2024, 2025)._repr_html_()
    assert compare(2019, 2020)._repr_html_().endswith("</table>")


def test_html_estimate_first_source():
    (good_friends,) = [each for each in estimates("in-china", during=1999) if each.organisation == "Good Friends"]
    first, second = good_friends.provenance.sources
    text = text_of(attrs.evolve(estimates(), rows=(good_friends,)))

    assert first.title in text
    assert second.title not in text


def test_html_of_series_exact():
    left, right = 'style="text-align: left; padding-left: 1em"', 'style="text-align: right; padding-left: 1em"'
    heads = (
        f'<th scope="col" {left}>period</th><th scope="col" {right}>persons</th>'
        f'<th scope="col" {right}>men and boys</th><th scope="col" {right}>women and girls</th>'
        f'<th scope="col" {left}>status</th><th scope="col" {left}>released</th>'
    )
    last = series("re-entries", start=2022)

    assert last._repr_html_() == (
        '<table style="min-width: 36em"><caption style="text-align: left">'
        f"{last.summary} {last.measure.attribution}</caption>"
        f"<thead><tr>{heads}</tr></thead>"
        f'<tbody><tr><th scope="row" style="text-align: left">2022</th><td {right}>1</td><td {right}></td>'
        f"<td {right}></td><td {left}>normal</td><td {left}>2025-12-19</td></tr></tbody></table>"
    )


def test_html_faq_entry():
    entry = faq_entry("which-word")
    text = text_of(entry)

    assert text.startswith(f"{entry.question} {entry.summary}")
    assert "What is contested or unknown:" in text
    assert len(read(entry).links) == sum(source.url is not None for source in entry.sources)
    assert "<em>Escapee</em>" in entry._repr_html_()
    assert "*" not in text
    assert "; and" not in text
    bare = attrs.evolve(entry, limits=(), sources=(), citations=())
    assert "contested or unknown" not in text_of(bare)
    assert "Sources" not in text_of(bare)


def test_html_of_faq_entry_exact():
    one, two = (attrs.evolve(source, title="<T>", published="1") for source in faq_entry("which-word").sources[:2])
    first = attrs.evolve(one, publisher="A&B", url="https://a.org/?x&y", via="V&W", note="<n>")
    second = attrs.evolve(two, publisher="C", url="")
    entry = attrs.evolve(
        faq_entry("which-word"),
        question="A & b?",
        summary="*So*.",
        answer="One *two*.\n\nThree <4.",
        limits=("*Un*known.", "X & y."),
        sources=(first, second),
        citations=(("One *two*.", ()), ("Three <4.", (second,))),
    )

    assert entry._repr_html_() == (
        "<section><h3>A &amp; b?</h3><p><em><em>So</em>.</em></p><p>One <em>two</em>.</p><p>Three &lt;4. [1]</p>"
        "<p>What is contested or unknown:</p><ul><li><em>Un</em>known.</li><li>X &amp; y.</li></ul>"
        "<p>Sources:</p><ol><li>C, “&lt;T&gt;” (1)</li></ol><p>Sources for what is contested or unknown:</p>"
        '<ul><li>A&amp;B, <a href="https://a.org/?x&amp;y">“&lt;T&gt;”</a> [&lt;n&gt;], via V&amp;W (1)</li></ul>'
        "</section>"
    )


def test_html_escapes_data(catalogue):
    hostile = "<script>alert('x')</script> & \"y\""
    row = {"period": 2026, "value": 1, "released": "2027", "sources": ["newsis_20260204"], "note": hostile}
    figure = catalogue.extended([row]).arrivals(2026)

    assert hostile not in figure._repr_html_()
    assert "&lt;script&gt;alert(&#x27;x&#x27;)&lt;/script&gt; &amp; &quot;y&quot;" in figure._repr_html_()
    assert hostile in " ".join(read(figure).texts)
    entry = attrs.evolve(faq()[0], question=hostile, summary=hostile, answer=hostile, limits=(hostile,), citations=())
    assert "<script>" not in entry._repr_html_()


def test_html_alignment():
    html = series(start=2025)._repr_html_()

    assert '<td style="text-align: right; padding-left: 1em">223</td>' in html
    assert '<td style="text-align: left; padding-left: 1em">provisional</td>' in html
    assert '<th scope="row" style="text-align: left">2025</th>' in html


def test_html_of_sequence_counts_its_rows():
    found = text_of(faq()[:2])

    assert found.startswith("Faq: 2 questions. Source: ")
    assert "id question how-many How many North Koreans reach South Korea, in a year and in all?" in found


def test_html_of_fields_stands_to_the_left():
    shown = areas()[0]._repr_html_()

    assert shown == (
        '<table style="min-width: 36em"><caption style="text-align: left">Area</caption><tbody>'
        '<tr><th scope="row" style="text-align: left">code</th>'
        '<td style="text-align: left; padding-left: 1em">AUS</td></tr>'
        '<tr><th scope="row" style="text-align: left">name</th>'
        '<td style="text-align: left; padding-left: 1em">Australia</td></tr>'
        '<tr><th scope="row" style="text-align: left">in text</th>'
        '<td style="text-align: left; padding-left: 1em">Australia</td></tr></tbody></table>'
    )
