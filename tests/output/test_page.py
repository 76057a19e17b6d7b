"""The page about one number: what it says, in which order, and what a short one leaves out."""

import html
import re

import attrs
import pytest
from catalogues import catalogue_of, rows_of

from defector_stats import Provenance, __version__, about, arrivals, data_version, faq_entry, sources
from defector_stats._output.html import html_of
from defector_stats._output.markup import text_of
from defector_stats._output.page import count_sources, describe_alternative, describe_step, title_history

COMPILED = f"Compiled by defector-stats {__version__}, data edition {data_version()}."


def headings(text):
    return re.findall(r"^#+ (.+)$", text, flags=re.MULTILINE)


def test_page_order_of_sections():
    assert headings(about(2012).markdown()) == [
        "Arrivals in South Korea in 2012: 1,502",
        "How the figure changed",
        "Other values, and why they are not used",
        "Parts of the period",
        "Longer periods",
        "Other measures and countries in 2012",
        "Related questions",
        "Sources",
        "Where to check it",
        "How to cite it",
    ]
    assert "## Tables" in about(2020).markdown()


def test_whole_page_as_text():
    """A row of three years, as it was known when it had been published twice."""
    text = f"""\
Arrivals in South Korea from 1999 to 2001: 1,046

The current value was published on 28 October 2012.

The figure for 1999 to 2001 was last published on 28 October 2012 and was changed later; \
the date of the change is not known.

How the figure changed
- 1,043. 563 men and boys, 480 women and girls. Published on 11 January 2012, by Ministry of Unification \
<https://www.unikorea.go.kr/eng_unikorea/news/releases/?boardId=bbs_0000000000000034&mode=view&cntId=31617&category=&pageIdx=16>.
- 1,046. Published on 28 October 2012, by Yonhap <http://www.wowkorea.jp/news/korea/2012/1028/10104595.html>. \
Published as "2001"; it is the three-year row.

Parts of the period
These were published at different times, so they need not add up to the figure for the whole period.
- 1999: 148
- January to July 2000: 135
- 2000: 312
- January to July 2001: 309 (low reliability)
- 1 January to 10 October 2001: 389 (low reliability)
- 1 January to 14 October 2001: 401 (low reliability)
- 2001: 583

Longer periods
These include the period, or share days with it.
- 1990 to 1999: 488
- January 1996 to July 2000: 495
- January 1998 to August 2003: 2,958
- Running total to the end of 2001: 1,993 (calculated)

Related questions
- How many North Koreans reach South Korea, in a year and in all? (how-many)
- How are arrivals counted, and why do the figures change? (how-counted)

Sources
One source gives this figure.
- Yonhap, “1~9月の脱北者1086人” <http://www.wowkorea.jp/news/korea/2012/1028/10104595.html> \
[title not seen], via wowkorea.jp (2012-10-28)

Where to check it
- The publisher shows its newest figures at <https://www.unikorea.go.kr/web/unikorea/contents/status_lately>.

How to cite it
- Yonhap (2012-10-28): Arrivals in South Korea from 1999 to 2001: 1,046. “1~9月の脱北者1086人” [title not seen], \
via wowkorea.jp. http://www.wowkorea.jp/news/korea/2012/1028/10104595.html. {COMPILED}"""

    assert str(about("1999/2001", as_of="2012-12")) == text


def test_whole_page_as_markdown():
    markdown = f"""\
# Confirmed re-entries to North Korea in 2012: 7

Confirmed re-entries to North Korea numbered 7 in 2012. \
That is the joint highest of the 10 years on record (2012 to 2021).

First published on 27 September 2022; no revision is on record.

## Other measures and countries in 2012

These count different things and partly the same people, so they are never added up.

- Arrivals in South Korea in 2012: **1,502**

## Related questions

- Does anyone go back to the North? (`going-back`)

## Sources

One source gives this figure.

- News1, [“통일부 “최근 10년간 ‘재입북’ 31명…정착 어려움 등 복합 원인””]\
(https://donga.com/news/amp/all/20220927/115680429/1), via Dong-A Ilbo (2022-09-27)

## How to cite it

- News1 (2022-09-27): Confirmed re-entries to North Korea in 2012: 7. \
“통일부 “최근 10년간 ‘재입북’ 31명…정착 어려움 등 복합 원인””, via Dong-A Ilbo. \
https://donga.com/news/amp/all/20220927/115680429/1. {COMPILED}
"""

    assert about(2012, "re-entries", as_of="2022-12-31").markdown() == markdown


def test_page_keeps_addresses_as_they_are():
    cited = about("1999/2001", as_of="2012-06").markdown().partition("## How to cite it")[2]

    assert "https://www.unikorea.go.kr/eng_unikorea/news/releases/?boardId=bbs_0000000000000034" in cited


def test_page_of_stock_names_days(invented):
    """People who are counted on a day belong to that day, not to the time before it."""
    half = ["guests", "KOR", "2010-H1", 45, "", "", "normal", "2020", "s", ""]
    counted = catalogue_of(invented, {"guests": [*rows_of(invented)["guests"], half]})

    assert "\n- The end of June 2010: 45\n" in str(counted.about(2010, "guests"))
    assert "\n- The end of 2010: 50\n" in str(counted.about("2010-H1", "guests"))


def test_page_omits_empty_sections():
    assert headings(about(2012, "re-entries").markdown())[1:] == [
        "Other measures and countries in 2012",
        "Related questions",
        "Sources",
        "How to cite it",
    ]


def test_page_says_when_published():
    assert "\nFirst published on 20 January 2021; no revision is on record.\n" in str(about(2020))
    assert "\nThe current value was published on 25 December 2013; this split by sex in 2020.\n" in str(about(2012))
    assert "\nThe newest of its inputs was published on 4 February 2026.\n" in str(about("2025-H2"))


def test_page_has_note_once():
    """A note that is a caveat too, or belongs to one of several values, is not repeated."""
    assert "\nThe government figure of October 2000.\n" in str(about(1997))
    noted, page = arrivals(1993), about(1993)
    assert str(page).count(noted.note) == " ".join(page.caveats).count(noted.note) > 0
    assert str(about("2025-H2")).count("2025 was revised after 2025-H1 was last published.") == 1
    assert str(about(2025)).count("Corrected by the ministry: one man fewer.") == 1


def test_short_page_counts_what_it_leaves_out(catalogue):
    year = about(2012)
    short, whole = str(year), year.markdown()

    parts = [line for line in whole.splitlines() if line.startswith("- ") and "2012: **" in line]
    assert len(parts) > 8
    assert f"\n- and {len(year.parts) - 8} more\n" in short
    assert f"\n- and {len(year.sources) - 3} more\n" in short
    assert f"\n- and {len(year.elsewhere) - 8} more\n" in short
    assert "more\n" not in whole.replace("1 more", "")[whole.index("## Parts") : whole.index("## Sources")]
    assert all(f"“{source.title}”" in whole.replace("\\", "") for source in year.sources)
    assert "\n- and 3 more\n" in str(about("2020-H1", as_of="2020-12-31"))  # of six sources
    assert "\n- and 1 more\n" in str(about("2004-Q4", as_of="2026-10"))  # of four
    assert "more\n" not in str(about("2020-H2", as_of="2021-12-31"))  # of three
    # A history is never cut.
    assert short.count("Published ") == len(about(2012).revisions)
    assert len(about(2005).revisions) == 6
    assert str(about(2005)).count("\n- 1,38") == 6
    rows = [
        {"period": 2025, "value": 230 + number, "released": f"2027-{number:02}", "sources": ["newsis_20260204"]}
        for number in range(1, 10)
    ]
    assert str(catalogue.extended(rows).about(2025)).count(" Published in ") == 9


def test_page_forms_say_the_same():
    """Text, Markdown and HTML of a short page differ in marks alone."""
    for period in (2020, "2025-H2", "1999/2001", "../1998"):
        page = about(period)
        linked = re.sub(r'<a href="([^"]*)">\1</a>', r"\1", page._repr_html_())
        linked = re.sub(r'<a href="([^"]*)">(.*?)</a>', r"\2 \1", linked)
        words = re.findall(r"\w+", html.unescape(re.sub(r"<[^>]+>", " ", linked)))
        assert words == re.findall(r"\w+", str(page))


def test_page_related_questions_have_ids():
    assert f"- {faq_entry('how-many').question} (how-many)\n" in str(about(2020))
    assert "(`how-many`)\n" in about(2020).markdown()
    assert "(<code>how-many</code>)" in about(2020)._repr_html_()


def test_page_where_to_check():
    text = str(about(2020))

    assert "- The publisher shows its newest figures at <https://www.unikorea.go.kr/" in text
    due = "is that for the first half of 2026, by the end of August 2026."
    assert f"- The next figure on the publisher's usual schedule {due}" in text
    assert "that for the end of 2026, by the end of June 2027." in str(about(2023, "refugees", area="GBR"))
    assert "Where to check it" not in str(about(2012, "re-entries"))


def test_page_names_other_periods_and_places():
    text = str(about(2020))

    assert "\n- The second half of 2020: 82 (calculated)\n" in text
    assert "\n- Running total to the end of 2020: 33,752 (calculated)\n" in text
    assert "\n- Refugees from North Korea in the United Kingdom at the end of 2020: 72\n" in text
    assert "\n- Arrivals in South Korea by age at entry, to the end of March 2020: 33,501\n" in text
    assert "\n- Residents in South Korea by region, at the end of September 2024: 31,383\n" in about(
        2024
    ).markdown().replace("**", "")
    assert "(low reliability)" in str(about("1999/2001"))


def test_step_and_alternative_with_and_without_address():
    year = about(2012)
    [other] = year.alternatives
    with_address = sources()[0]
    without = attrs.evolve(with_address, url=None, publisher="A [paper]")

    assert describe_alternative(other) == (
        "**1,506**, on 13 October 2017, by [Yonhap](https://wowtv.co.kr/NewsCenter/News/Read?articleId=AKR20171012190800001)."
        " A table by motive, which counts differently; 1,502 was published before and after."
    )
    assert describe_alternative(attrs.evolve(other, sources=(without,))).startswith(
        r"**1,506**, on 13 October 2017, by A \[paper\]. "
    )
    step = attrs.evolve(year.revisions[1], sources=(without, with_address))
    assert describe_step(step) == (
        r"**1,509**. Published on 9 January 2013, last seen on 11 April 2013, by A \[paper\] and 1 more."
    )
    provisional = attrs.evolve(
        step, status="provisional", male=9, female=1500, last_seen=step.released, note="A *note*."
    )
    assert describe_step(provisional) == (
        r"**1,509**. 9 men and boys, 1,500 women and girls. Published on 9 January 2013, by A \[paper\] and 1 more."
        r" Provisional. A \*note\*."
    )
    unreliable = describe_step(attrs.evolve(step, status="low-reliability"))
    assert unreliable.endswith(r"by A \[paper\] and 1 more. Low reliability.")


def test_page_says_that_tables_are_cumulative():
    """A table to a date in the period also counts those who came before."""
    words = "\nThese count everybody up to their date, not only those of the period.\n- Arrivals in South Korea by age"
    assert words in str(about(2020))
    assert "\nTables\n- " in str(about("../2024-09"))


def test_title_of_history():
    assert title_history(about(2009).revisions) == "How the figure changed"
    split = about(2024).revisions
    assert title_history(split[:1]) == "How the split by sex changed"


@pytest.mark.parametrize(
    ("origins", "words"),
    [
        ([""], "One source gives this figure."),
        (["", ""], "2 sources give this figure; none of them is known to copy another."),
        (["", "", "0"], "3 sources give this figure; leaving out those known to copy another, 2 remain."),
        (["", "0"], "2 sources give this figure; leaving out those known to copy another, one remains."),
    ],
)
def test_count_sources(origins, words):
    copies = tuple(attrs.evolve(sources()[0], key=str(key), origin=origin) for key, origin in enumerate(origins))
    figure = attrs.evolve(arrivals(2020), provenance=Provenance(status="normal", released="2021", sources=copies))

    assert count_sources(figure) == words


@pytest.mark.parametrize(
    ("markdown", "page", "text"),
    [
        ("**229** `why-2020`", "<strong>229</strong> <code>why-2020</code>", "229 why-2020"),
        ("[a \\[b\\]](https://x.org/?a=1&b)", '<a href="https://x.org/?a=1&amp;b">a [b]</a>', "a [b] <https://x.org/?a=1&b>"),
        ("at <https://x.org/>.", 'at <a href="https://x.org/">https://x.org/</a>.', "at <https://x.org/>."),
        ('<b> & "q" 1\\_2', "&lt;b&gt; &amp; &quot;q&quot; 1_2", '<b> & "q" 1_2'),
        ("\\[no link\\](x)", "[no link](x)", "[no link](x)"),
    ],
)  # fmt: skip
def test_line_of_markdown(markdown, page, text):
    assert html_of(markdown) == page
    assert text_of(markdown) == text


def test_jsonld_describes_dataset(table):
    (measure,) = [row for row in table("measures") if row["id"] == "re-entries"]

    assert about(2012, "re-entries").jsonld() == {
        "@context": "https://schema.org",
        "@type": "Dataset",
        "name": "Confirmed re-entries to North Korea in 2012",
        "description": measure["definition"],
        "identifier": "defector-stats/re-entries/PRK/2012/2022-09-27",
        "version": data_version(),
        "inLanguage": "en",
        "creator": {"@type": "Organization", "name": "The defector-stats developers"},
        "creditText": measure["attribution"],
        "isAccessibleForFree": True,
        "temporalCoverage": "2012-01-01/2012-12-31",
        "spatialCoverage": {"@type": "Place", "name": "North Korea", "identifier": "PRK"},
        "variableMeasured": {
            "@type": "PropertyValue", "name": measure["title"], "value": 7, "unitText": "persons",
        },
        "isBasedOn": [
            {
                "@type": "CreativeWork",
                "name": "통일부 “최근 10년간 ‘재입북’ 31명…정착 어려움 등 복합 원인”",
                "publisher": {"@type": "Organization", "name": "News1"},
                "datePublished": "2022-09-27",
                "inLanguage": "ko",
                "url": "https://donga.com/news/amp/all/20220927/115680429/1",
                "description": "Read via Dong-A Ilbo.",
            }
        ],
    }  # fmt: skip
    assert [work["name"] for work in about(2020).jsonld()["isBasedOn"]] == [
        source.title for source in about(2020).sources
    ]
    assert about("../1998").jsonld()["temporalCoverage"] == "../1998-12-31"
