"""References: five styles, read back by real parsers, whatever the letters."""

import hashlib
import json
import re
from importlib.metadata import version

import attrs
import pytest
from catalogues import catalogue_of, ledger_of, rows_of
from hypothesis import given
from hypothesis import strategies as st
from log_model import last_day

from defector_stats import (
    Catalogue,
    InvalidValueError,
    Source,
    UnknownNameError,
    areas,
    arrivals,
    breakdown,
    cite,
    claims,
    compare,
    data_path,
    data_version,
    destinations,
    estimates,
    faq,
    faq_entry,
    indicators,
    observation,
    observations,
    revisions,
    series,
    sources,
)
from defector_stats._analysis.breakdown import DIMENSIONS

STYLES = ("text", "markdown", "bibtex", "ris", "csl-json")
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
    "comparison": compare(2019, 2020),
    "mean": series().mean(),
    "revision": revisions(2009)[0],
    "estimate": estimates("in-china", during=1998)[0],
    "indicator": indicators("unemployment-rate", during=2025)[0],
    "breakdown": breakdown("age"),
    "question": faq()[0],
    "claim": claims()[0],
    "source": sources()[3],
    "library": None,
}


def test_cite_observation():
    assert cite(arrivals(2020)) == (
        "Ministry of Unification (2024): Arrivals in South Korea in 2020: 229. "
        f"“Settlement Support for North Korean Defectors”. {PLACE}. And 6 more sources. {COMPILED}"
    )
    assert cite(arrivals(2020), "markdown") == (
        "Ministry of Unification (2024): Arrivals in South Korea in 2020: 229. "
        f"“[Settlement Support for North Korean Defectors]({PLACE})”. And 6 more sources. {COMPILED}"
    )
    assert "Provisional. Compiled" in cite(arrivals(2025))
    world = cite(observation("refugees", 2016, area="WLD"))
    assert "Refugees from North Korea in all countries that report them at the end of 2016: 1,419." in world
    assert "more source" not in cite(observation("refugees", 2016, area="CAN"))


def test_cite_series_estimate_breakdown():
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
    assert ": Arrivals in South Korea by age at entry, to the end of September 2024. “" in cite(breakdown("age"))
    assert "Of low reliability. Compiled" in cite(breakdown("age"))


def test_cite_indicator():
    (rate,) = indicators("unemployment-rate", during=2025)
    women = next(row for row in indicators("unemployment-rate") if row.category == "women")

    assert cite(rate).startswith(
        "Korea Hana Foundation (2025-12-23): Unemployment rate, 2025: 5.4%, "
        "people from North Korea in South Korea aged 15 and over. “2025 북한이탈주민 실태조사”"
    )
    assert "Unemployment rate (women), 2017: 7.7%, people" in cite(women)
    assert "Of low reliability. Compiled" in cite(women)


def test_cite_source():
    (source,) = [each for each in sources() if each.key == "mou_en_support_2409"]

    assert cite(source) == (f"Ministry of Unification (2024): Settlement Support for North Korean Defectors. {PLACE}.")
    assert cite(source, "markdown") == (
        f"Ministry of Unification (2024): [Settlement Support for North Korean Defectors]({PLACE})."
    )


def test_cite_library(descriptor):
    """The library is cited with versions and the digest of its files."""
    files = sorted(data_path().glob("*.csv"))
    digest = hashlib.sha256(b"".join(file.read_bytes() for file in files)).hexdigest()

    assert cite() == (
        f"The defector-stats developers ({descriptor['created'][:10]}): "
        "defector-stats: published figures on people who fled North Korea, with their sources. "
        f"Version {version('defector-stats')}. Data edition {data_version()}, SHA-256 {digest}."
    )
    assert "\n" not in cite()


def test_cite_digest_follows_data(catalogue, folder):
    row = {"period": 2026, "value": 1, "released": "2027-01-31", "sources": ["newsis_20260204"]}

    assert cite() != catalogue.extended([row]).cite()
    assert Catalogue.read(folder).cite() == cite()


@pytest.mark.parametrize("thing", THINGS.values(), ids=THINGS)
def test_bibtex_parses(thing):
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
def test_csl_json_matches_schema(thing):
    model = pytest.importorskip("csl_reference")
    (item,) = json.loads(cite(thing, "csl-json"))

    assert model.Reference.model_validate(item)
    assert item["author"] == [{"literal": item["author"][0]["literal"]}]
    assert item["type"] in {"article-newspaper", "dataset", "document", "report", "webpage", "software"}
    assert None not in item.values()


MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
MINISTRY = (
    "Ministry of Unification, Republic of Korea, and reports of its briefings; compiled by defector-stats (CC BY 4.0)."
)


@pytest.mark.parametrize(
    ("thing", "item"),
    [
        (
            arrivals(2025),
            {
                "id": "defector-stats-arrivals-KOR-2025",
                "type": "dataset",
                "title": "Arrivals in South Korea in 2025: 223",
                "author": [{"literal": "News1"}],
                "issued": {"date-parts": [[2026, 2, 4]]},
                "archive": "통일부, 지난해 입국한 탈북민 224→223명으로 정정",
                "URL": "https://www.news1.kr/amp/nk/politics-diplomacy/6061941",
                "language": "en",
                "note": "And 4 more sources. Provisional.",
            },
        ),
        (
            arrivals("2025-H2"),
            {
                "id": "defector-stats-arrivals-KOR-2025-H2",
                "type": "dataset",
                "title": "Arrivals in South Korea in the second half of 2025: 127",
                "author": [{"literal": "The defector-stats developers"}],
                "issued": {"date-parts": [[2026, 2, 4]]},
                "note": "Of low reliability. Calculated as 2025 − 2025-H1, from Yonhap (2025-08-24), "
                "KBS World (French) (2025-08), News1 (2026-02-04) and 4 more.",
            },
        ),
        (
            observation("refugees", 2016, area="CAN"),
            {
                "id": "defector-stats-refugees-CAN-2016",
                "type": "dataset",
                "title": "Refugees from North Korea in Canada at the end of 2016: 485",
                "author": [{"literal": "UNHCR"}],
                "issued": {"date-parts": [[2026, 6, 25]]},
                "archive": "Refugee Population Statistics Database (Refugee Data Finder)",
                "URL": "https://github.com/PopulationStatistics/refugees",
                "language": "en",
                "note": "Read via the R package refugees 2025.12.1.",
            },
        ),
        (
            series(frequency="quarter", start=2020),
            {
                "id": "defector-stats-arrivals-KOR-by-quarter",
                "type": "dataset",
                "title": "Arrivals in South Korea by quarter, the first quarter of 2020 to the second quarter of 2025",
                "author": [{"literal": "Ministry of Unification, Republic of Korea"}],
                "issued": {"date-parts": [[2025, 8, 24]]},
                "note": MINISTRY,
            },
        ),
        (
            series(start=2030),
            {
                "id": "defector-stats-arrivals-KOR-by-year",
                "type": "dataset",
                "title": "Arrivals in South Korea by year",
                "author": [{"literal": "Ministry of Unification, Republic of Korea"}],
                "note": MINISTRY,
            },
        ),
        (
            series("refugees", area="CAN", start=2015, end=2016),
            {
                "id": "defector-stats-refugees-CAN-by-year",
                "type": "dataset",
                "title": "Refugees from North Korea in Canada by year, the end of 2015 to the end of 2016",
                "author": [{"literal": "UNHCR"}],
                "issued": {"date-parts": [[2026, 6, 25]]},
                "note": "UNHCR, Refugee Population Statistics Database (CC BY 4.0), a subset; world sums are ours.",
            },
        ),
        (
            estimates("in-china", during=1998)[0],
            {
                "id": "defector-stats-in-china-1998-C.-Robinson-Johns-Hopkins-University",
                "type": "dataset",
                "title": "North Koreans living in China, 1998: 35,000 to 125,000 (75,000) persons (estimate)",
                "author": [{"literal": "C. Robinson, Johns Hopkins University"}],
                "issued": {"date-parts": [[2010, 6, 4]]},
                "archive": "북중 국경지대 탈북자 90% 감소",
                "URL": "http://rfa.org/korean/in_focus/defector_population-06042010164432.html",
                "language": "en",
            },
        ),
        (
            breakdown("age"),
            {
                "id": "defector-stats-age-to-2024-09",
                "type": "dataset",
                "title": "Arrivals in South Korea by age at entry, to the end of September 2024",
                "author": [{"literal": "j-clawson"}],
                "issued": {"date-parts": [[2025, 1, 27]]},
                "archive": "nkdefector_project",
                "URL": "https://github.com/j-clawson/nkdefector_project",
                "language": "en",
                "note": "The files sql_queries/annual_defectors.sql and "
                "defector_{ages,background,birthplace,education,residence}.sql. Read via GitHub. "
                "Of low reliability.",
            },
        ),
        (
            breakdown("age", "../2008-05"),
            {
                "id": "defector-stats-age-to-2008-05",
                "type": "dataset",
                "title": "Arrivals in South Korea by age at entry, to the end of May 2008",
                "author": [{"literal": "Yonhap"}],
                "issued": {"date-parts": [[2008]]},
                "archive": "탈북자, 30대가 33%로 최다",
                "URL": "https://www.dailynk.com/"
                "%ED%83%88%EB%B6%81%EC%9E%90-30%EB%8C%80%EA%B0%80-33%EB%A1%9C-%EC%B5%9C%EB%8B%A4/",
                "language": "en",
                "note": "Read via Daily NK.",
            },
        ),
        (
            next(source for source in sources() if source.key == "mou_en_pr_20120111"),
            {
                "id": "mou_en_pr_20120111",
                "type": "report",
                "title": "Number of North Korean Refugees in South Korea in 2011",
                "author": [{"literal": "Ministry of Unification"}],
                "issued": {"date-parts": [[2012, 1, 11]]},
                "URL": "https://www.unikorea.go.kr/eng_unikorea/news/releases/"
                "?boardId=bbs_0000000000000034&mode=view&cntId=31617&category=&pageIdx=16",
                "language": "en",
            },
        ),
    ],
    ids=lambda value: value["id"] if isinstance(value, dict) else "",
)
def test_csl_json_exact(thing, item):
    (found,) = json.loads(cite(thing, "csl-json"))
    digest = found["id"].removeprefix(item["id"])

    edition = {"version": data_version(), "publisher": f"defector-stats {version('defector-stats')}", "language": "en"}
    assert found == ({} if isinstance(thing, Source) else edition) | item | {"id": found["id"]}
    assert re.fullmatch("" if isinstance(thing, Source) else "-[0-9a-f]{8}", digest)


def test_cite_library_csl_and_bibtex_exact(descriptor):
    *_, digest = cite().removesuffix(".").split()
    year, month, day = (int(part) for part in descriptor["created"][:10].split("-"))
    note = f"Data edition {data_version()}, SHA-256 {digest}."
    title = "defector-stats: published figures on people who fled North Korea, with their sources"

    (item,) = json.loads(cite(style="csl-json"))
    assert re.fullmatch("defector-stats-[0-9a-f]{8}", item["id"])
    assert [item] == [
        {
            "id": item["id"],
            "type": "software",
            "title": title,
            "author": [{"literal": "The defector-stats developers"}],
            "issued": {"date-parts": [[year, month, day]]},
            "version": version("defector-stats"),
            "language": "en",
            "note": note,
        }
    ]
    # A line of print can be broken between the parts of the digest, and holds each of them.
    parts = " ".join(digest[place : place + 16] for place in (0, 16, 32, 48))
    assert cite(style="bibtex").splitlines() == [
        f"@misc{{{item['id']},",
        "  author = {{The defector-stats developers}},",
        f"  title = {{{{{title}}}}},",
        f"  version = {{{version('defector-stats')}}},",
        f"  year = {{{year}}},",
        f"  month = {MONTHS[month - 1]},",
        f"  date = {{{descriptor['created'][:10]}}},",
        "  langid = {english},",
        f"  note = {{{note.replace(digest, parts)}}},",
        "}",
    ]
    assert cite(style="csl-json").startswith('[\n  {\n    "id": ')


def test_digest_of_files(invented, tmp_path):
    """A hyphen sorts before the dot of an ending, so `tickets-late.csv` goes before `tickets.csv`."""
    tables = rows_of(invented)
    for name, new in (("measures", "measures"), ("tickets", "tickets-late")):
        late = [["tickets-late", *row[1:]] for row in tables[name] if row[0] == "tickets"]
        tables[new] = tables.get(new, []) + late
    resources = [{"name": name, "path": f"{name}.csv"} for name in tables]
    catalogue = catalogue_of(invented, tables, resources=resources)
    files = sorted(catalogue.export("all", tmp_path / "all", format="datapackage").glob("*.csv"))

    assert [file.stem for file in files if "tickets" in file.name] == ["tickets-late", "tickets"]
    assert hashlib.sha256(b"".join(file.read_bytes() for file in files)).hexdigest() in catalogue.cite()
    assert catalogue.cite().startswith("The defector-stats developers (no date): ")


def test_bibtex_of_observation_exact():
    first, *rest = cite(arrivals("../2025"), "bibtex").splitlines()
    assert re.fullmatch(r"@misc\{defector-stats-arrivals-KOR-to-2025-[0-9a-f]{8},", first)
    assert rest == [
        "  author = {{Newsis}},",
        "  title = {{Arrivals in South Korea by the end of 2025: 34,537}},",
        "  howpublished = {지난해 입국 탈북민 223명…추세 유지 (통일부 4일 수치 정정 공지)},",
        "  year = {2026},",
        "  month = feb,",
        "  date = {2026-02-04},",
        "  url = {https://mobile.newsis.com/view_amp.html?ar_id=NISX20260204_0003502497},",
        "  langid = {english},",
        f"  note = {{And 1 more source. Provisional. {COMPILED}}},",
        "}",
    ]


SOURCE = Source(
    key="X_1",
    publisher="Zeitung {Ü} & Söhne",
    title=r"100% of #1: ~$5_000 ^ \ 탈북민 [*]",
    url="https://example.org/a_b{c}",
    published="2020-05",
    published_basis="stated",
    language="de",
    kind="news",
    licence="not seen",
)


def test_cite_escapes_letters():
    assert cite(SOURCE) == rf"{SOURCE.publisher} (2020-05): {SOURCE.title}. {SOURCE.url}."
    assert r"[100% of #1: ~$5\_000 ^ \ 탈북민 \[\*\]](https://example.org/a_b{c})" in cite(SOURCE, "markdown")
    text = cite(SOURCE, "bibtex")
    assert r"author = {{Zeitung \{Ü\} \& Söhne}}" in text
    assert r"title = {{100\% of \#1: \textasciitilde{}\$5\_000 \textasciicircum{} \textbackslash{} 탈북민 [*]}}" in text
    assert "url = {https://example.org/a_b%7Bc%7D}" in text
    assert "  year = {2020},\n  month = may,\n  url = " in text
    assert "  langid = {german},\n" in text
    (item,) = json.loads(cite(SOURCE, "csl-json"))
    assert (item["title"], item["author"][0]["literal"]) == (SOURCE.title, SOURCE.publisher)
    assert item["id"] == "X_1"
    assert "탈북민" in cite(SOURCE, "csl-json")
    bare = attrs.evolve(SOURCE, url=None, published="2020")
    assert cite(bare, "markdown").endswith(r"탈북민 \[\*\].")
    assert "url" not in cite(bare, "bibtex")
    assert "  year = {2020},\n  langid = {german},\n}" in cite(bare, "bibtex")
    assert "langid" not in cite(attrs.evolve(bare, language="xx"), "bibtex")
    assert "URL" not in json.loads(cite(bare, "csl-json"))[0]


# ISO 639-1, and what the packages babel and polyglossia of LaTeX call the language.
BABEL = {
    "ar": "arabic", "de": "german", "en": "english", "es": "spanish", "fr": "french", "ja": "japanese", "ko": "korean",
    "pl": "polish", "pt": "portuguese", "ru": "russian", "zh": "chinese",
}  # fmt: skip


@pytest.mark.parametrize("language", sorted({source.language for source in sources()}))
def test_bibtex_names_every_language_of_sources(language):
    text = cite(attrs.evolve(SOURCE, language=language), "bibtex")

    assert f"  langid = {{{BABEL[language]}}},\n" in text


@pytest.mark.parametrize("month", range(1, 13))
def test_bibtex_names_every_month(month):
    text = cite(attrs.evolve(SOURCE, published=f"2020-{month:02}"), "bibtex")

    assert f"  month = {MONTHS[month - 1]},\n" in text


@pytest.mark.parametrize(
    ("kind", "cited_as"),
    [
        ("official", "report"),
        ("academic", "report"),
        ("ngo", "report"),
        ("news", "article-newspaper"),
        ("encyclopedia", "webpage"),
    ],
)
def test_csl_type_by_source_kind(kind, cited_as):
    (item,) = json.loads(cite(attrs.evolve(SOURCE, kind=kind), "csl-json"))

    assert item["type"] == cited_as
    # Without a newspaper that holds it, styles set the title of an article like that of a book.
    assert item.get("container-title") == (SOURCE.publisher if kind == "news" else None)


def test_cite_key_is_ascii():
    """Letters of another script are left out of the key."""
    estimate = attrs.evolve(estimates("in-china", during=1998)[0], organisation="좋은벗들 (NGO)")

    assert re.fullmatch("defector-stats-in-china-1998-NGO-[0-9a-f]{8}", key_of(estimate))
    for name in ("탈북", "a b", "-a", "a,b", ""):
        assert re.fullmatch("((a|a-b)-)?[0-9a-f]{8}", key_of(attrs.evolve(SOURCE, key=name)))


def test_cite_derived_figure():
    assert cite(arrivals("2025-H2")) == (
        "The defector-stats developers (2026-02-04): Arrivals in South Korea in the second half of 2025: 127. "
        "Of low reliability. Calculated as 2025 − 2025-H1, from Yonhap (2025-08-24), KBS World (French) (2025-08), "
        f"News1 (2026-02-04) and 4 more. {COMPILED}"
    )
    assert cite(series().total()).startswith(
        "The defector-stats developers (2026-02-04): Arrivals in South Korea from 1992 to 2025: 33,912. "
    )
    world = observation("refugees", 2016, area="WLD")
    told = f"Calculated as AUS + BEL + CAN + ... + USA, from UNHCR (2026-06-25). {COMPILED}"
    assert cite(world).endswith(f": 1,419. {told}")
    assert cite(world, "markdown") == cite(world)
    assert "  author = {{The defector-stats developers}},\n" in cite(world, "bibtex")
    assert "howpublished" not in cite(world, "bibtex")


@pytest.mark.parametrize(
    ("period", "author", "issued"),
    [
        ("2023-H1", "Newspim", [2023, 7, 18]),
        ("2024-H1", "News1", [2024, 7, 23]),
        ("2024-Q4", "NKDB", [2025, 2]),
        ("../2016", "NUAC webzine", [2017]),
    ],
)
def test_cite_total_with_derived_split(period, author, issued):
    """A printed total is cited to its printer though its sexes were calculated."""
    figure = arrivals(period)
    (item,) = json.loads(cite(figure, "csl-json"))

    assert figure.formula.startswith("sexes: ")
    assert item["author"] == [{"literal": author}]
    assert item["issued"] == {"date-parts": [issued]}
    assert f"The sexes are calculated as {figure.formula.removeprefix('sexes: ')}." in item["note"]


def test_cite_no_older_page(catalogue):
    for measure, area in subjects(catalogue):
        for figure in ledger_of(catalogue).figures(measure, area).everything:
            (item,) = json.loads(cite(figure, "csl-json"))
            issued = "-".join(f"{part:02}" for part in item["issued"]["date-parts"][0])
            assert last_day(issued) >= figure.known_from, figure


def test_cite_page_of_another_day(catalogue):
    """A printer on another day than the release is cited all the same."""
    page = attrs.evolve(SOURCE, published="2026-07")
    quarters = [
        {"period": f"2026-Q{number}", "value": 3, "male": 1, "female": 2, "released": "2026-07", "sources": [page]}
        for number in (1, 2)
    ]
    half = {"period": "2026-H1", "value": 6, "released": "2026-08-01"}
    late, early = (attrs.evolve(SOURCE, key=day, publisher=day, published=day) for day in ("2026-09", "2026-08"))

    for printer in (late, early):
        figure = catalogue.extended([*quarters, {**half, "sources": [printer]}]).arrivals("2026-H1")
        assert figure.formula == "sexes: 2026-Q1 + 2026-Q2"
        assert cite(figure).startswith(f"{printer.published} ({printer.published}): ")
    month, other = (attrs.evolve(SOURCE, key=day, publisher=day, published=day) for day in ("2026-08-31", "2026-07-31"))
    one = catalogue.extended([{**half, "released": "2026-08", "sources": [other, month]}])
    assert cite(one.arrivals("2026-H1")).startswith("2026-08-31 (2026-08-31): ")
    old = attrs.evolve(SOURCE, key="old", publisher="Old", published="2020")
    assert cite(catalogue.extended([{**half, "sources": [old]}]).arrivals("2026-H1")).startswith("Old (2020): ")


def subjects(catalogue):
    return [(measure.id, area) for measure in catalogue.measures() for area in measure.areas]


def key_of(thing):
    (item,) = json.loads(cite(thing, "csl-json"))
    assert item["id"].isascii()
    return item["id"]


def test_cite_keys_differ():
    """Vintages series and tables that differ have different keys."""
    pairs = [
        (arrivals(2025), arrivals(2025, as_of="2026-01-25")),
        (series(), series(as_of=2012)),
        (series(as_of=2012), series(as_of=2013)),
        (series(), series(start=2030)),
        (series("refugees", area="GBR", as_of=2019), series("refugees", area="GBR", as_of=2020)),
        (breakdown("age"), breakdown("age", "../2008-05")),
        (observation("us-refugee-admissions", 2010), observation("us-refugee-admissions", "FY2010")),
    ]
    for one, other in pairs:
        assert key_of(one) != key_of(other)
    assert ", 1994 to 2011, as published by 31 December 2012. " in cite(series(as_of=2012))
    assert "-by-year-as-of-2012-12-31-" in key_of(series(as_of=2012))
    assert ": Refugees from North Korea in the United Kingdom by year, as published by 31 December 2020. " in cite(
        series("refugees", area="GBR", as_of=2020)
    )


def test_cite_key_ignores_version(monkeypatch):
    key = key_of(arrivals(2020))
    monkeypatch.setattr("defector_stats._output.cite.__version__", "9.9")
    later = Catalogue.read(data_path())

    assert "Compiled by defector-stats 9.9," in later.cite(arrivals(2020))
    assert json.loads(later.cite(arrivals(2020), "csl-json"))[0]["id"] == key


def citable(catalogue):
    """All figures, at the days on which something was published for their periods, and everything else."""
    for measure, area in subjects(catalogue):
        shelf = ledger_of(catalogue).figures(measure, area)
        days = (None, "2012-12-31", "2016-12-31", "2024-12-31")
        for day in days:
            yield from ledger_of(catalogue).figures(measure, area, day).everything
        for text in shelf.log.periods(area):
            steps = shelf.log.steps(area, text, None)
            for day in {last_day(released) for step in steps for released in (step.released, step.last_seen)}:
                found = catalogue.observation(measure, text, area=area, as_of=day, default=None)
                yield from () if found is None or len(steps) == 1 else (found,)
        for frequency in next(each for each in catalogue.measures() if each.id == measure).frequencies:
            for day in days:
                yield catalogue.series(measure, area=area, frequency=frequency, as_of=day)
                yield catalogue.series(measure, area=area, frequency=frequency, start=2030, as_of=day)
        yield from catalogue.revisions(measure=measure, area=area) if shelf.log.periods(area) else ()
        if area == "KOR":
            yield from catalogue.series(measure, area=area).changes()
            yield catalogue.series(measure, area=area, start=2002).mean()
    for dimension in DIMENSIONS:
        for row in {row[1] for row in rows_of(catalogue)["breakdowns"] if row[0] == dimension}:
            yield catalogue.breakdown(dimension, row)
    yield from catalogue.estimates()
    yield from catalogue.indicators()
    yield from catalogue.faq()
    yield from catalogue.claims()
    yield from catalogue.sources()
    yield None


def test_cite_equal_keys_equal_citations(catalogue):
    found = {}
    for thing in citable(catalogue):
        (item,) = json.loads(catalogue.cite(thing, "csl-json"))
        assert re.fullmatch("[A-Za-z0-9][A-Za-z0-9._-]*", item["id"])
        assert found.setdefault(item["id"], item) == item
    assert len(found) > 2_000


@given(st.text(st.characters(exclude_categories=["C"]), min_size=1, max_size=40))
def test_cite_title_round_trip(title):
    source = attrs.evolve(SOURCE, title=title)
    bibtexparser = pytest.importorskip("bibtexparser")

    assert json.loads(cite(source, "csl-json"))[0]["title"] == title
    library = bibtexparser.parse_string(cite(source, "bibtex"))
    assert len(library.entries) == 1
    assert not library.failed_blocks


@pytest.mark.parametrize("style", ["apa", "", None, 1, ["text"]], ids=repr)
def test_cite_unknown_style(style):
    with pytest.raises(UnknownNameError) as caught:
        cite(arrivals(2020), style)

    assert (caught.value.kind, caught.value.given, caught.value.suggestions) == ("style", style, STYLES)


EXPECTED = (
    "an observation, a series, a comparison, a mean, a revision, an estimate, an indicator, a breakdown, a question, "
    "a claim or a source, or several of these; nothing for the library"
)


@pytest.mark.parametrize(
    ("thing", "refused"),
    [
        (2020, 2020),
        ("arrivals", "arrivals"),
        ({"a": 1}, {"a": 1}),
        ([arrivals(2020), 2020], 2020),
        (areas(), areas()[0]),
        ([[arrivals(2020)]], None),
    ],
    ids=["year", "text", "dictionary", "list", "areas", "nested"],
)
def test_cite_refuses_other_values(thing, refused):
    if refused is None:
        assert cite(thing[0]) == cite(arrivals(2020))
        refused = thing[0]
    with pytest.raises(InvalidValueError) as caught:
        cite(thing)

    assert caught.value.args == (refused, EXPECTED)


def test_cite_comparison():
    change = compare(2019, 2020)
    fell = "Arrivals in South Korea fell from 1,047 in 2019 to 229 in 2020"
    title = f"{fell}: 818 fewer (−78.1%), less than a quarter as many"

    assert cite(change) == (
        f"The defector-stats developers (2021-01-20): {title}. Calculated as 2020 − 2019, from "
        "Ministry of Unification (2020), Ministry of Unification (2024), KBS World (2020-01-27) and 7 more. "
        f"{COMPILED}"
    )
    assert re.fullmatch("defector-stats-arrivals-KOR-2019-to-2020-[0-9a-f]{8}", key_of(change))
    vintages = compare(arrivals(2025, as_of="2026-01-25"), arrivals(2025))
    assert cite(vintages).startswith("The defector-stats developers (2026-02-04): Arrivals in South Korea in 2025: ")
    assert key_of(compare(2024, arrivals(2025).period)) != key_of(
        compare(arrivals(2024), arrivals(2025, as_of="2026-01-25"))
    )


def test_cite_comparison_on_last_day(catalogue):
    """A year is later than its months: the day counts on which the last figure was known for sure."""
    rows = [
        {
            "period": period,
            "value": 5,
            "released": released,
            "sources": [attrs.evolve(SOURCE, key=released, published=released)],
        }
        for period, released in ((2030, "2032"), (2031, "2032-07"))
    ]
    change = catalogue.extended(rows).compare(2030, 2031)

    assert cite(change).startswith("The defector-stats developers (2032): ")


def test_cite_keys_of_texts():
    """The key names the entry or the claim, before the digest of its content."""
    assert cite(faq_entry("cost"), "bibtex").startswith("@misc{defector-stats-cost-")
    assert cite(claims()[8], "bibtex").startswith("@misc{defector-stats-C09-")


def test_cite_mean():
    """The mean is dated by the last of its figures, whichever place it has."""
    assert cite(series(start=2020, end=2022).mean()) == (
        "The defector-stats developers (2023-01-10): Mean of arrivals in South Korea, 2020 to 2022: 119.7. "
        "Calculated as the sum divided by 3, from Ministry of Unification (2024), Newsis (2021-01-20), "
        f"SBS News (2021-01) and 9 more. {COMPILED}"
    )
    assert ": Mean of arrivals in South Korea, 2020: 229.0. " in cite(series(start=2020, end=2020).mean())
    figures = series(start=2020, end=2022)
    assert max(figure.released for figure in figures) == "2023-01-10"
    assert cite(figures[::-1].mean()).startswith("The defector-stats developers (2023-01-10): ")


def test_cite_revision():
    first, *_, last = revisions(2009)

    assert cite(first) == (
        "VOA Korean (2010-01-06): Arrivals in South Korea in 2009: 2,952, as published on 6 January 2010. "
        "“지난해 탈북자 3천명 육박” [title not seen]. https://www.voakorea.com/archive/35-2010-01-06-voa19-91420724. "
        f"Provisional. {COMPILED}"
    )
    assert ": Arrivals in South Korea in 2009: 2,914, as published on 13 November 2015. " in cite(last)
    assert [key_of(first), key_of(last)] == [item["id"] for item in json.loads(cite([first, last], "csl-json"))]
    german = revisions(2016, measure="refugees", area="DEU")[0]
    assert "Refugees from North Korea in Germany at the end of 2016: " in cite(german)


def test_cite_revision_by_its_first_publisher():
    """A page of the day comes before an official page of a later one; without it, the first page is taken."""
    step = revisions(2025)[-1]
    early, late = (attrs.evolve(SOURCE, key=day, publisher=day, published=day) for day in ("2026-02-04", "2026-09"))

    assert cite(attrs.evolve(step, sources=(late, early))).startswith("2026-02-04 (2026-02-04): ")
    assert cite(attrs.evolve(step, sources=(late,))).startswith("2026-09 (2026-09): ")


def test_cite_question_and_claim(descriptor):
    entry, claim = faq_entry("how-many"), claims()[2]
    library = "“defector-stats: published figures on people who fled North Korea, with their sources”"

    assert cite(entry) == f"The defector-stats developers ({entry.reviewed}): {entry.question} {library}. {COMPILED}"
    assert entry.question.endswith("?")
    assert cite(claim) == (
        f"The defector-stats developers ({descriptor['created'][:10]}): "
        f"{claim.statement.removesuffix('.')} (claim C03: supported). {library}. {COMPILED}"
    )
    (item,) = json.loads(cite(entry, "csl-json"))
    assert (item["type"], item["container-title"]) == ("document", library.strip("“”"))


def test_cite_several():
    """A list, or an answer with several rows, is a whole bibliography in which nothing stands twice."""
    figures = [arrivals(2020), arrivals(2025), arrivals(2020)]

    assert cite(figures) == f"{cite(figures[0])}\n{cite(figures[1])}"
    assert cite(tuple(figures), "markdown") == f"{cite(figures[0], 'markdown')}\n\n{cite(figures[1], 'markdown')}"
    assert cite(figures, "bibtex") == f"{cite(figures[0], 'bibtex')}\n\n{cite(figures[1], 'bibtex')}"
    assert cite(figures, "ris") == f"{cite(figures[0], 'ris')}\n\n{cite(figures[1], 'ris')}"
    assert json.loads(cite(figures, "csl-json")) == [
        item for figure in figures[:2] for item in json.loads(cite(figure, "csl-json"))
    ]
    assert cite([series(), None]) == f"{cite(series())}\n{cite()}"
    for style in STYLES:
        assert cite([arrivals(2020)], style) == cite(arrivals(2020), style)
    assert [cite([], style) for style in STYLES] == ["", "", "", "", "[]"]


@pytest.mark.parametrize(
    "answer",
    [
        revisions(),
        destinations(2016),
        faq(),
        claims(),
        estimates(),
        indicators(),
        sources(),
        observations("re-entries"),
    ],
    ids=lambda answer: type(answer).__name__,
)
def test_cite_answer_with_rows(answer):
    bibtexparser = pytest.importorskip("bibtexparser")
    items = json.loads(cite(answer, "csl-json"))
    library = bibtexparser.parse_string(cite(answer, "bibtex"))

    assert [item["id"] for item in items] == list(dict.fromkeys(key_of(row) for row in answer))
    assert [entry.key for entry in library.entries] == [item["id"] for item in items]
    assert not library.failed_blocks
    assert cite(answer, "ris").count("\nER  - ") == len(items)


def test_ris_of_observation_exact():
    first, key, *rest = cite(arrivals("../2025"), "ris").splitlines()

    assert first == "TY  - DATA"
    assert key == f"ID  - {key_of(arrivals('../2025'))}"
    assert rest == [
        "AU  - Newsis",
        "TI  - Arrivals in South Korea by the end of 2025: 34,537",
        "T2  - 지난해 입국 탈북민 223명…추세 유지 (통일부 4일 수치 정정 공지)",
        f"PB  - defector-stats {version('defector-stats')}",
        f"ET  - {data_version()}",
        "PY  - 2026",
        "DA  - 2026/02/04/",
        "LA  - en",
        "UR  - https://mobile.newsis.com/view_amp.html?ar_id=NISX20260204_0003502497",
        "N1  - And 1 more source. Provisional.",
        "ER  - ",
    ]


def test_ris_of_sources():
    """A comma would part a name in two, and a line break would end a field."""
    office = attrs.evolve(SOURCE, publisher="Office, Bureau", title="One\nTwo", kind="official")
    tags = dict(line.split("  - ") for line in cite(office, "ris").splitlines())

    assert tags == {
        "TY": "RPRT",
        "ID": "X_1",
        "AU": "Office – Bureau",
        "TI": "One Two",
        "PY": "2020",
        "DA": "2020/05//",
        "LA": "de",
        "UR": "https://example.org/a_b{c}",
        "ER": "",
    }
    assert cite(attrs.evolve(SOURCE, kind="news"), "ris").startswith("TY  - NEWS\n")
    assert cite(attrs.evolve(SOURCE, kind="encyclopedia"), "ris").startswith("TY  - ELEC\n")
    assert "DA  - 2020///\n" in cite(attrs.evolve(SOURCE, published="2020"), "ris")
    undated = cite(series(start=2030), "ris")
    assert "PY" not in undated
    assert "\nDA" not in undated
    assert cite(style="ris").startswith("TY  - COMP\nID  - defector-stats-")
    assert cite(faq_entry("how-many"), "ris").startswith("TY  - GEN\n")


def test_cite_names_via_once():
    agency = attrs.evolve(SOURCE, publisher="Agency", title="T", url=None, via="Paper & Co", note="title not seen")
    figure = Catalogue.bundled().extended(
        [{"period": 2026, "value": 1, "released": "2027", "sources": [attrs.evolve(agency, published="2027")]}]
    ).arrivals(2026)  # fmt: skip

    assert str(agency) == "Agency, “T” [title not seen], via Paper & Co (2020-05)"
    assert cite(agency) == "Agency (2020-05): T [title not seen], via Paper & Co."
    assert cite(agency, "markdown") == r"Agency (2020-05): T \[title not seen\], via Paper & Co."
    assert cite(figure).startswith(
        "Agency (2027): Arrivals in South Korea in 2026: 1. “T” [title not seen], via Paper & Co. "
    )
    assert r": 1. “T” \[title not seen\], via Paper & Co. Compiled" in cite(figure, "markdown")
    (item,) = json.loads(cite(agency, "csl-json"))
    assert (item["title"], item["author"]) == ("T", [{"literal": "Agency"}])
    assert item["note"] == "Title not seen. Read via Paper & Co."
    assert r"  note = {Title not seen. Read via Paper \& Co.}," in cite(agency, "bibtex")
    assert "  title = {{T}},\n" in cite(agency, "bibtex")
    assert "note" not in json.loads(cite(SOURCE, "csl-json"))[0]
    for style in STYLES:
        assert cite(figure, style).lower().count("title not seen") == 1
