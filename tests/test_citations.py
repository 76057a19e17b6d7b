"""References: four styles, read back by real parsers, whatever the letters."""

import hashlib
import json
import re
from importlib.metadata import version

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from defector_stats import (
    Catalogue,
    InvalidValueError,
    Source,
    UnknownNameError,
    arrivals,
    breakdown,
    cite,
    data_path,
    data_version,
    estimates,
    faq,
    observation,
    series,
    sources,
)
from defector_stats.citations import STYLES

COMPILED = f"Compiled by defector-stats {version('defector-stats')}, data edition {data_version()}."
PLACE = "https://www.unikorea.go.kr/eng_unikorea/whatwedo/support/"
THINGS = {
    "number": arrivals(2020),
    "provisional": arrivals(2025),
    "derived": arrivals("2025-H2"),
    "running total": arrivals("../2025"),
    "stock": observation("refugees", 2016, area="WLD"),
    "series": series(),
    "empty series": series(start=2030),
    "estimate": estimates("in-china", during=1998)[0],
    "breakdown": breakdown("age"),
    "source": sources()[3],
    "library": None,
}


def test_a_number_names_its_page_its_sources_and_the_edition():
    assert cite(arrivals(2020)) == (
        "Ministry of Unification (2024): Arrivals in South Korea in 2020: 229. "
        f"“Settlement Support for North Korean Defectors”. {PLACE}. And 6 more sources. {COMPILED}"
    )
    assert cite(arrivals(2020), "markdown") == (
        "Ministry of Unification (2024): Arrivals in South Korea in 2020: 229. "
        f"“[Settlement Support for North Korean Defectors]({PLACE})”. And 6 more sources. {COMPILED}"
    )
    assert "Provisional. Compiled" in cite(arrivals(2025))
    assert "Of low reliability. Worked out as 2025 − 2025-H1. Compiled" in cite(arrivals("2025-H2"))
    assert "Refugees from North Korea in all countries that report them at the end of 2016: 1,419." in cite(
        observation("refugees", 2016, area="WLD")
    )
    assert "more source" not in cite(observation("refugees", 2016, area="CAN"))


def test_a_series_an_estimate_and_a_breakdown_are_cited():
    assert cite(series()).startswith(
        "Ministry of Unification, Republic of Korea (2026-02-04): Arrivals in South Korea by year, 1992 to 2025. "
    )
    assert cite(series("refugees", area="GBR")).endswith(f"a subset; world sums are ours. {COMPILED}")
    assert cite(series(start=2030)).startswith(
        "Ministry of Unification, Republic of Korea (no date): Arrivals in South Korea by year. "
    )
    assert cite(estimates("in-china", during=1998)[0]).startswith(
        "C. Robinson, Johns Hopkins University (2010-06-04): "
        "North Koreans living in China, 1998: 35,000 to 125,000 (75,000) persons (estimate). “"
    )
    assert ": Arrivals in South Korea by age at entry, the end of September 2024. “" in cite(breakdown("age"))
    assert "Of low reliability. Compiled" in cite(breakdown("age"))


def test_a_source_is_cited_as_what_it_is():
    (source,) = [each for each in sources() if each.key == "mou_en_support_2409"]

    assert cite(source) == (f"Ministry of Unification (2024): Settlement Support for North Korean Defectors. {PLACE}.")
    assert cite(source, "markdown") == (
        f"Ministry of Unification (2024): [Settlement Support for North Korean Defectors]({PLACE})."
    )


def test_the_library_is_cited_with_versions_and_the_digest_of_its_files(descriptor):
    files = sorted(data_path().glob("*.csv"))
    digest = hashlib.sha256(b"".join(file.read_bytes() for file in files)).hexdigest()

    assert cite() == (
        f"The defector-stats developers ({descriptor['created'][:10]}): "
        "defector-stats: published figures on people who fled North Korea, with their sources. "
        f"Version {version('defector-stats')}. Data edition {data_version()}, SHA-256 {digest}."
    )
    assert "\n" not in cite()


def test_other_data_have_another_digest(catalogue, folder):
    row = {"period": 2026, "value": 1, "released": "2027-01-31", "sources": ["newsis_20260204"]}

    assert cite() != catalogue.extended([row]).cite()
    assert Catalogue.read(folder).cite() == cite()


@pytest.mark.parametrize("thing", THINGS.values(), ids=THINGS)
def test_bibtex_is_read_back_by_a_parser(thing):
    bibtexparser = pytest.importorskip("bibtexparser")
    library = bibtexparser.parse_string(cite(thing, "bibtex"))

    assert not library.failed_blocks
    (entry,) = library.entries
    assert entry.entry_type == "misc"
    assert re.fullmatch(r"[A-Za-z0-9._-]+", entry.key)
    fields = {field.key: field.value for field in entry.fields}
    assert {"author", "title"} <= set(fields)
    for text in fields.values():
        assert text.count("{") == text.count("}")


@pytest.mark.parametrize("thing", THINGS.values(), ids=THINGS)
def test_csl_json_is_valid_by_the_published_schema(thing):
    model = pytest.importorskip("csl_reference")
    (item,) = json.loads(cite(thing, "csl-json"))

    assert model.Reference.model_validate(item)
    assert item["author"] == [{"literal": item["author"][0]["literal"]}]
    assert item["type"] in {"dataset", "report", "webpage", "software"}
    assert None not in item.values()


def test_the_csl_of_a_number_to_the_letter():
    assert json.loads(cite(arrivals("2025"), "csl-json"))[0] == {
        "id": "defector-stats-arrivals-KOR-2025",
        "type": "dataset",
        "title": "Arrivals in South Korea in 2025: 223",
        "author": [{"literal": "News1"}],
        "issued": {"date-parts": [[2026, 2, 4]]},
        "container-title": "통일부, 지난해 입국한 탈북민 224→223명으로 정정",
        "URL": "https://www.news1.kr/amp/nk/politics-diplomacy/6061941",
        "language": "ko",
        "note": f"And 4 more sources. Provisional. {COMPILED}",
    }


def test_the_bibtex_of_a_number_to_the_letter():
    assert cite(arrivals("../2025"), "bibtex").splitlines() == [
        "@misc{defector-stats-arrivals-KOR-to-2025,",
        "  author = {{Newsis}},",
        "  title = {{Arrivals in South Korea by the end of 2025: 34,537}},",
        "  howpublished = {지난해 입국 탈북민 223명…추세 유지 (통일부 4일 수치 정정 공지)},",
        "  year = {2026},",
        "  month = {2},",
        "  url = {https://mobile.newsis.com/view_amp.html?ar_id=NISX20260204_0003502497},",
        f"  note = {{And 1 more source. Provisional. {COMPILED}}},",
        "}",
    ]


SOURCE = Source(
    key="x",
    publisher="Zeitung {Ü} & Söhne",
    title=r"100% of #1: ~$5_000 ^ \ 탈북민 [*]",
    url="https://example.org/a_b{c}",
    published="2020-05",
    published_basis="stated",
    language="de",
    kind="news",
    licence="not seen",
)


def test_letters_that_mean_something_elsewhere_survive():
    assert cite(SOURCE) == rf"{SOURCE.publisher} (2020-05): {SOURCE.title}. {SOURCE.url}."
    assert r"[100% of #1: ~$5\_000 ^ \ 탈북민 \[\*\]](https://example.org/a_b{c})" in cite(SOURCE, "markdown")
    text = cite(SOURCE, "bibtex")
    assert r"author = {{Zeitung \{Ü\} \& Söhne}}" in text
    assert r"title = {{100\% of \#1: \textasciitilde{}\$5\_000 \textasciicircum{} \textbackslash{} 탈북민 [*]}}" in text
    assert "url = {https://example.org/a_b%7Bc%7D}" in text
    (item,) = json.loads(cite(SOURCE, "csl-json"))
    assert (item["title"], item["author"][0]["literal"]) == (SOURCE.title, SOURCE.publisher)
    assert item["type"] == "webpage"
    assert (json.loads(cite(attrs.evolve(SOURCE, kind="ngo"), "csl-json"))[0]["type"]) == "report"
    bare = attrs.evolve(SOURCE, url=None)
    assert cite(bare, "markdown").endswith(r"탈북민 \[\*\].")
    assert "url" not in cite(bare, "bibtex")
    assert "URL" not in json.loads(cite(bare, "csl-json"))[0]


@given(st.text(st.characters(exclude_categories=["C"]), min_size=1, max_size=40))
def test_any_title_survives(title):
    source = attrs.evolve(SOURCE, title=title)
    bibtexparser = pytest.importorskip("bibtexparser")

    assert json.loads(cite(source, "csl-json"))[0]["title"] == title
    library = bibtexparser.parse_string(cite(source, "bibtex"))
    assert len(library.entries) == 1
    assert not library.failed_blocks


@pytest.mark.parametrize("style", ["apa", "", None, 1, ["text"]], ids=repr)
def test_an_unknown_style_is_refused(style):
    with pytest.raises(UnknownNameError) as caught:
        cite(arrivals(2020), style)

    assert (caught.value.kind, caught.value.given, caught.value.suggestions) == ("style", style, STYLES)


@pytest.mark.parametrize("thing", [2020, "arrivals", [arrivals(2020)], faq()], ids=["year", "text", "list", "faq"])
def test_what_cannot_be_cited_is_refused(thing):
    with pytest.raises(InvalidValueError) as caught:
        cite(thing)

    assert caught.value.given is thing
    assert "nothing for the library" in str(caught.value)
