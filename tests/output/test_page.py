"""The page about one number: what it says, in which order, and what a short one leaves out."""

import html
import re

import attrs
import pytest

from defector_stats import Provenance, about, arrivals, faq_entry, sources
from defector_stats._output.html import html_of
from defector_stats._output.markup import text_of
from defector_stats._output.page import count_sources, describe_alternative, describe_step, title_history


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


def test_short_page_counts_what_it_leaves_out():
    year = about(2012)
    short, whole = str(year), year.markdown()

    parts = [line for line in whole.splitlines() if line.startswith("- ") and "2012: **" in line]
    assert len(parts) > 8
    assert f"\n- and {len(year.parts) - 8} more\n" in short
    assert f"\n- and {len(year.sources) - 3} more\n" in short
    assert f"\n- and {len(year.elsewhere) - 8} more\n" in short
    assert "more\n" not in whole.replace("1 more", "")[whole.index("## Parts") : whole.index("## Sources")]
    assert all(f"“{source.title}”" in whole.replace("\\", "") for source in year.sources)
    # A history is never cut.
    assert short.count("Published ") == len(about(2012).revisions)
    assert len(about(2005).revisions) == 6
    assert str(about(2005)).count("\n- 1,38") == 6


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
        r"**1,509**. 1,500 women and girls, 9 men and boys. Published on 9 January 2013, by A \[paper\] and 1 more."
        r" Provisional. A \*note\*."
    )


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


def test_jsonld_describes_dataset():
    described = about(2020).jsonld()

    assert (described["@type"], described["name"]) == ("Dataset", "Arrivals in South Korea in 2020")
    assert described["temporalCoverage"] == "2020-01-01/2020-12-31"
    assert about("../1998").jsonld()["temporalCoverage"] == "../1998-12-31"
    assert described["spatialCoverage"] == {"@type": "Place", "name": "South Korea", "identifier": "KOR"}
    assert described["variableMeasured"]["value"] == 229
    assert [work["name"] for work in described["isBasedOn"]] == [source.title for source in about(2020).sources]
    assert described["identifier"] == "defector-stats/arrivals/KOR/2020/2021-01-20"
