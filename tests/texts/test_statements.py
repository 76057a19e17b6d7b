"""What single statements say and whom they cite, typed from the evidence."""

import re

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
        ("work-and-income", "49.7% were employed in 2011, 58.2% in 2019, 54.4% in 2020 and 61.3%", "sbs_2020"),
        ("work-and-income", "12.1% in 2011, 9.4% in 2020, 4.5% in 2023 and 5.4% in 2025", "hana_2024_sbsbiz"),
        ("work-and-income", "from 54.8% in 2008 to 46.7% in 2011, 25.3% in 2015 and 22.7% in 2023", "gh_clawson"),
        ("work-and-income", "59.4% economically active, 54.6% employed and 4.8% unemployed", ""),
        ("work-and-income", "must not be joined", ""),
        ("time-between", "38 months, just over three years", "hankyung_20031104"),
        ("time-between", "47 months, almost four years", "hankyung_20031104"),
        ("time-between", "about four years (48 months). In June 2009", "nkd_20050922 nkd_20090630"),
        ("time-between", "more than five years", "kjd_20250417"),
        ("suicide", "27.3 per 100,000 people for 2006 to 2020, and 27.1 per 100,000 people", "segye_20220113"),
        ("suicide", "one in ten", "segye_20220113 cdnk_20220117"),
        ("suicide", "100 people took their own lives, 11.4%", "jtbc_20240927 kmib_2025_suicide"),
        ("suicide", "Talk to a person you trust", "ifotes_helplines siec_who_2018"),
        (
            "elites",
            "188 of them from July 1997 to June 2024: 54 by the end of 2011, and 134",
            "donga_20240822 newsis_20240822",
        ),
        ("straight-across", "10 people in 2010, 39 in 2011, 5 in 2012, 1 in 2013 and 6 in 2014", "ajunews_20150908"),
        ("straight-across", "must not be subtracted", ""),
        ("refused", "refused to 236 people, 186 of them", "hankyung_20180702 sbs_20181023"),
        ("refused", "53 people", "tongil_2016"),
        ("pupils", "1,226 had been born in the North and 1,249 in a third country", "ytn_2016_students"),
        ("pupils", "2,915 pupils", "donga_20251129"),
        ("pupils", "not among the arrivals", "sbs_2022_children"),
        ("money-home", "28.5% in 2019, 26.6% in 2020, 20.9% in 2021, 17.8% in 2022 and 20.0% in 2023", "rfa_20231204"),
        ("money-home", "must not be multiplied", ""),
        ("living-now", "31,383 people: 23,451 women and girls, and 7,932 men and boys", "gh_clawson"),
        ("living-now", "34,259 people had arrived", "mou_en_support_2409 gh_clawson"),
        ("returned-by-south", "two men back to the North", "yna_en_20191107 ktv_20191107"),
        ("returned-by-south", "four former officials", "donga_en_20250220 kjd_20250219 voa_20250219"),
        ("returned-by-south", "276 people", "fnnews_20220715 econotimes_2022"),
        ("who-arrives", "70.4% had left the North alone and 29.6% with family", "nocut_2015_motive"),
        ("family-left-behind", "white paper of 2016", "fnnews_20160426 jtbc_20160426"),
        ("language", "41.4%", "nkd_20140401 nkchosun_156001"),
        ("to-the-north", "55 people went", "hani_en_20201006 donga_20201006"),
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


def test_deaths_have_no_cause_and_no_method():
    text = " ".join(text for text, _ in statements("suicide")).lower()

    assert not re.search(r"\b(poverty|lonel|debt|illness|depress|jump|hang|poison|drug|commit)", text)


def test_small_groups_stay_in_their_published_spans(table):
    """No placeholder names members of the elite in one year, and no text says how or where people crossed."""
    spans = {row["period"] for row in table("placeholders") if row["of"] == "single-protection"}
    text = " ".join(text for text, _ in statements("straight-across")).lower()

    assert spans == {"1997-07/2011-12", "2012-01/2024-06", "1997-07/2024-06"}
    assert not re.search(r"\b(boat|swam|swim|fence|island|river|goseong|paju|cheorwon|panmunjom)", text)


def test_money_home_tells_no_way_and_no_fee():
    text = " ".join(text for text, _ in statements("money-home")).lower()

    assert not re.search(r"broker|bank|phone|commission|\bfees?\b|through china", text)


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
