"""What single statements say and whom they cite, typed from the evidence."""

import pytest

from defector_stats import faq_entry, glossary, measures


def statements(name):
    """Return all statements of an answer with the keys of their sources, the limits without."""
    entry = faq_entry(name)
    cited = [(text, {source.key for source in sources}) for text, sources in entry.citations]
    return [*cited, *((limit, set()) for limit in entry.limits)]


@pytest.mark.parametrize(
    ("name", "words", "keys"),
    [
        ("if-caught", "12 August 1986", "donga_20030106 donga_20070122 tongilnews_2007"),
        ("if-caught", "July 1998 revised", "donga_20070122"),
        ("if-caught", "crimes against humanity", "hrw_2025_tolerance brookings_cohen_2014"),
        ("if-caught", "aiding and abetting", "brookings_cohen_2014"),
        ("if-caught", "Committee against Torture", "cat_2016"),
        ("if-caught", "early 1960s", ""),
        ("sent-back", "108 of them were workers", "segye_2025_hrw"),
        ("how-counted", "1,154 of the 1,534 pupils", "kukinews_20251221 sbs_2022_children kihoilbo_202210"),
        ("how-counted", "Chinese citizens", "asiatoday_20250713"),
        ("how-counted", "always lived in China", "donga_20190727"),
        ("how-counted", "80 came back from 1994 to 2010, with four hundred and thirty", ""),
        ("how-many", "197 had died, 35 had emigrated and 1,758 lived", ""),
        ("how-many", "788 counted by January 1997, one hundred and eighty-one", ""),
        ("how-many", "1997, among others", ""),
        (
            "in-china",
            "50,000 to 130,000 for 1998, 30,000 to 70,000 for 2002 and 6,000 to 16,000",
            "dailynk_2009_robinson",
        ),
        ("cost", "15 to 20 million won ten years earlier to 3 to 4 million", "ppp_20081006"),
        ("cost", "4 million won in December 2010, after 2 to 2.5 million", "nocut_2010_cost"),
        ("cost", "more than ten thousand dollars", "nkchosun_20130912"),
        ("other-countries", "None came in 2019, 2022, 2023 or 2024", "us_prm_2024_12_31"),
        ("going-back", "in 2001 according to Kukmin Ilbo and in 2000 according to Tongil News", ""),
        ("going-back", "2,166", ""),
        ("which-word", "(귀순자) in an act of 1962", "archives_1978_act"),
        ("which-word", "(귀순용사) in one of 1978", "archives_1978_act"),
        ("which-word", "(귀순북한동포) in one of 1993", "archives_1997_act"),
        ("which-word", "gwisunja* in 1994", "joongang_2992381 hankookilbo_19940728"),
        ("which-word", "58.9%", "yonhap_20240712"),
        ("which-word", "14 July", "ajunews_20240520"),
        ("which-word", "28 November 2024", "seoul_20241129"),
        ("support", "7,443 of 31,297", ""),
        ("work-and-income", "7,443 of 31,297", ""),
    ],
)
def test_statement_says_and_cites(name, words, keys):
    (found,) = [(text, cited) for text, cited in statements(name) if words in text]

    assert set(keys.split()) <= found[1]


@pytest.mark.parametrize(
    ("name", "keys"),
    [
        ("how-many", "hankyung_20020217 donga_19970209"),
        ("how-counted", "donga_20020201 kmib_20150110"),
        ("going-back", "tongilnews_2015 kmib_20150911 donga_20251012"),
        ("support", "donga_20251012"),
    ],
)
def test_limits_are_sourced(name, keys):
    assert set(keys.split()) <= {source.key for source in faq_entry(name).sources}


def test_definition_says_who_is_not_counted():
    definition = measures()[0].definition
    (coverage,) = [term for term in glossary() if term.term == "coverage of the South Korean count"]

    for words in ("Children born in third countries", "Chinese citizens", "prisoners of war", "among others"):
        assert words in definition
    assert "children born there" in coverage.definition
    assert {"sbs_2022_children", "kihoilbo_202210"} <= {source.key for source in coverage.sources}


def test_everyday_words_have_no_firm_years():
    """Only the law dates a word to a year; an encyclopedia's list does not."""
    texts = [text for text, _ in statements("which-word")] + [term.in_use for term in glossary()]

    assert not [text for text in texts if "until 1993" in text or "since 1994" in text or "from 1994" in text]
