"""What goes into a file: each kind of rows, with everything that must travel along."""

import attrs
import pytest
from catalogues import catalogue_of, ledger_of

from defector_stats import Estimates, Faq, Indicators, InvalidValueError, UnknownNameError, data_version
from defector_stats._output.dataset import Dataset, Variable, dataset

MINISTRY = (
    "Ministry of Unification, Republic of Korea, and reports of its briefings; compiled by defector-stats (CC BY 4.0)."
)
NEWEST = "The newest value of every period, published or calculated."
COLUMNS = (
    "measure", "area", "place", "period", "frequency", "year", "start_date", "end_date", "value", "male", "female",
    "status", "released", "split_released", "known_from", "sources", "url", "note", "formula",
)  # fmt: skip

KEY = ("measure", "area", "period")
TECHNIQUE = "Published figures, compiled with the day of each publication; some are calculated from others."


def put(catalogue, what):
    return dataset(ledger_of(catalogue), what)


@pytest.fixture(scope="module")
def about(descriptor):
    return {entry: descriptor[entry] for entry in ("created", "keywords", "contributors")}


@pytest.fixture(scope="module")
def areas(catalogue):
    return {area.code: area for area in catalogue.areas()}


def test_dataset_of_series_with_as_of_and_gap(catalogue, areas, descriptor, about):
    arrivals = catalogue.measures()[0]
    quarters = catalogue.series(frequency="quarter", start="2025-Q2", end="2025-Q3", as_of="2026-01-25")

    assert put(catalogue, quarters) == Dataset(
        name="arrivals-kor-by-quarter",
        title="Arrivals in South Korea by quarter",
        description=f"{quarters.summary} As known on 25 January 2026. {arrivals.definition} "
        f"Coverage: {arrivals.coverage} Rounding: Exact counts.",
        variables=(
            Variable(
                id="arrivals",
                title="Arrivals of North Korean escapees in South Korea",
                definition=arrivals.definition,
                unit="persons",
            ),
        ),
        columns=COLUMNS,
        rows=tuple(quarters.records()),
        gaps=(
            {
                "measure": "arrivals", "area": "KOR", "period": "2025-Q3", "reason": "not-published",
                "note": "The ministry ended quarterly publication; since August 2025 it publishes half-years.",
            },
        ),
        sources=quarters[0].sources,
        places=(areas["KOR"],),
        attribution=(MINISTRY,),
        licences=(descriptor["licenses"][0],),
        edition=data_version(),
        as_of="2026-01-25",
        publishers=(descriptor["sources"][0],),
        key=KEY,
        about=about,
        technique=TECHNIQUE,
    )  # fmt: skip


def test_dataset_name_of_fiscal_years(catalogue):
    found = put(catalogue, catalogue.series("us-refugee-admissions", frequency="fiscal-year"))

    assert found.name == "us-refugee-admissions-usa-by-us-fiscal-year"


def test_dataset_description_without_as_of(catalogue, invented):
    tickets, ages = invented.series("tickets"), catalogue.breakdown("age")

    assert put(invented, tickets).description == f"{tickets.summary} Invented. Coverage: Invented. Rounding: None."
    assert put(catalogue, ages).description == ages.summary


def test_dataset_name_is_plain(invented):
    tickets = invented.series("tickets")
    found = put(invented, attrs.evolve(tickets, measure=attrs.evolve(tickets.measure, id="표")))

    assert found.name == "kor-by-year"


def test_dataset_licences(invented):
    first, named, other, bare = {"title": "A"}, {"title": "Nobody (in) (short)"}, {"title": "Another"}, {"name": "X"}
    descriptor = {"licenses": [first, other, named, bare], "sources": [first, named, bare, other]}
    catalogue = catalogue_of(invented, {}, **descriptor)

    assert put(catalogue, "tickets").licences == (first, named)
    assert put(catalogue, "tickets").publishers == (named,)


def test_dataset_of_measure(invented):
    (nobody,), (korea, _) = invented.sources(), invented.areas()
    expected = Dataset(
        name="tickets",
        title="Tickets",
        description=f"Invented. Coverage: Invented. Rounding: None. {NEWEST}",
        variables=(Variable(id="tickets", title="Tickets", definition="Invented.", unit="persons"),),
        columns=COLUMNS,
        rows=(
            {
                "measure": "tickets", "area": "KOR", "place": "South Korea", "period": "2012", "frequency": "year",
                "year": 2012, "start_date": "2012-01-01", "end_date": "2012-12-31", "value": 5, "male": None,
                "female": None, "status": "normal", "released": "2020", "split_released": None,
                "known_from": "2020-12-31", "sources": "s", "url": None, "note": "", "formula": None,
            },
        ),
        sources=(nobody,),
        places=(korea,),
        attribution=("Nobody.",),
        licences=(),
        edition="1",
        measures=("tickets",),
        credits={"tickets": "Nobody."},
        key=KEY,
        technique=TECHNIQUE,
    )  # fmt: skip

    (measure,) = [measure for measure in invented.measures() if measure.id == "tickets"]
    assert put(invented, "tickets") == put(invented, measure) == expected


def test_dataset_of_all_figures(invented):
    found = put(invented, "all")

    assert (found.name, found.title, found.description) == ("defector-stats", "All figures", NEWEST)
    assert [variable.title for variable in found.variables] == ["Crossings", "Tickets", "Guests"]
    assert {(row["measure"], row["area"]) for row in found.rows} == {
        ("crossings", "KOR"), ("crossings", "USA"), ("tickets", "KOR"), ("guests", "KOR"),
    }  # fmt: skip
    assert [area.code for area in found.places] == ["KOR", "USA"]
    assert found.attribution == ("Nobody.",)
    assert (found.sources, found.edition, found.as_of) == (invented.sources().rows, "1", None)
    assert found.measures == ("crossings", "tickets", "guests")
    assert found.span == "../2017-12-31"
    assert (found.key, found.technique) == (KEY, TECHNIQUE)


@pytest.mark.parametrize(
    ("measure", "licences"), [("all", 2), ("refugees", 1), ("uk-asylum-applications", 2), ("us-refugee-admissions", 1)]
)
def test_dataset_licences_follow_rows(catalogue, descriptor, measure, licences):
    found = put(catalogue, measure)

    assert found.licences == tuple(descriptor["licenses"][:licences])
    assert found.description.endswith(f". {NEWEST}")
    assert not found.name.startswith("all")


def test_dataset_words_of_descriptor(catalogue, descriptor):
    found = put(catalogue, "all")

    assert found.title == descriptor["title"]
    assert found.description == f"{descriptor['description']} {NEWEST}"
    assert {source.key for source in found.sources} == {key for row in found.rows for key in row["sources"].split()}


def test_dataset_gaps_name_area(catalogue):
    found = put(catalogue, "asylum-applications")

    assert {"measure": "asylum-applications", "area": "AUS", "period": "2001", "reason": "suppressed", "note": ""} in (
        found.gaps
    )
    assert {gap["area"] for gap in found.gaps} > {"AUS", "WLD"}


@pytest.mark.parametrize(
    ("ask", "name", "title", "start"),
    [
        (
            ("age", "../2008-05"),
            "age-to-2008-05",
            "Arrivals in South Korea by age at entry, to the end of May 2008",
            "..",
        ),
        (
            ("residence",),
            "residence-2024-09",
            "Residents in South Korea by region, at the end of September 2024",
            "2024-09-01",
        ),
    ],
)
def test_dataset_of_breakdown(catalogue, areas, descriptor, about, ask, name, title, start):
    table = catalogue.breakdown(*ask, as_of="2026-01-25")

    found = put(catalogue, table)
    assert found == Dataset(
        name=name,
        title=title,
        description=f"{table.summary} As known on 25 January 2026.",
        variables=(
            Variable(
                id="arrivals-by-age" if ask[0] == "age" else "residents-by-residence",
                title=title.partition(", ")[0],
                definition=table.note,
                unit="persons",
            ),
        ),
        columns=(
            "dimension", "period", "frequency", "year", "start_date", "end_date", "category", "code", "name_ko",
            "value", "male", "female", "share", "status", "released", "sources", "url", "note",
        ),
        rows=tuple(table.records()),
        sources=table.provenance.sources,
        places=(areas["KOR"],),
        attribution=(MINISTRY,),
        licences=(descriptor["licenses"][0],),
        edition=data_version(),
        as_of="2026-01-25",
        publishers=(descriptor["sources"][0],),
        about=about,
        table="breakdowns",
        technique=TECHNIQUE,
    )  # fmt: skip
    assert found.span == f"{start}/{table.period.last}"


def test_dataset_of_estimates(catalogue, descriptor, about):
    some = catalogue.estimates("forced-returns")
    units = dict.fromkeys(each.unit for each in some)

    assert len(units) > 1
    assert put(catalogue, some) == Dataset(
        name="estimates-forced-returns",
        title="Forced returns to North Korea: what organisations proposed",

               description="Published estimates where nobody can count. They are never added up.",
        variables=tuple(Variable(id="forced-returns", title="Forced returns to North Korea", definition="",
        unit=unit) for unit in units),

               columns=(
            "topic", "reference", "frequency", "year", "start_date", "end_date", "low", "point", "high", "unit",
            "organisation", "method", "status", "released", "sources", "url", "note",
        ),
        rows=tuple(some.records()),
        sources=tuple(dict.fromkeys(source for each in some for source in each.provenance.sources)),
        attribution=("The organisations named in the rows; compiled by defector-stats (CC BY 4.0).",),
        licences=(descriptor["licenses"][0],),
        edition=data_version(),
        about=about,
        table="estimates",
        technique="Estimates as their authors published them; the method stands in each row.",
    )  # fmt: skip


def test_dataset_of_many_or_no_estimates(catalogue):
    found = put(catalogue, catalogue.estimates(during=2010))
    nothing = put(catalogue, Estimates(rows=(), edition="1"))

    assert found.title.startswith("North Koreans living in China; Children of North Korean women in China; ")
    assert found.name.startswith("estimates-in-china-children-in-china-")
    assert (nothing.name, nothing.title) == ("estimates", "Estimates: what organisations proposed")
    assert (nothing.rows, nothing.variables, nothing.span, nothing.edition) == ((), (), "", "1")


def test_dataset_of_indicators(catalogue, descriptor, about):
    some = catalogue.indicators("income")

    assert put(catalogue, some) == Dataset(
        name="indicators",
        title="Income: published rates and results of surveys",
        description="Results of different surveys, which asked different people. They are never added up or joined.",
        variables=(
            Variable(id="mean-monthly-wage", title="Mean monthly wage", definition="", unit="million KRW"),
            Variable(id="wage-gap", title="Wage gap", definition="", unit="million KRW"),
            Variable(
                id="wage-share-of-the-general-public",
                title="Wage share of the general public",
                definition="",
                unit="percent",
            ),
        ),
        columns=(
            "indicator", "topic", "period", "frequency", "year", "start_date", "end_date", "category", "qualifier",
            "value", "unit", "population", "survey", "sample_size", "status", "released", "sources", "url", "note",
        ),
        rows=tuple(some.records()),
        sources=tuple(dict.fromkeys(source for each in some for source in each.provenance.sources)),
        attribution=("The organisations named in the rows; compiled by defector-stats (CC BY 4.0).",),
        licences=(descriptor["licenses"][0],),
        edition=data_version(),
        about=about,
        table="indicators",
        technique="Results of surveys as they were published; population, survey and sample stand in each row.",
        refused=dict.fromkeys(("sdmx-csv", "sdmx-structure"), "SDMX holds series, which different surveys do not form"),
    )  # fmt: skip


def test_dataset_of_one_or_no_indicators(catalogue):
    one = put(catalogue, catalogue.indicators("wage-gap"))
    nothing = put(catalogue, Indicators(rows=(), edition="1"))

    assert one.name == "indicators-wage-gap"
    assert (nothing.name, nothing.title) == ("indicators", "Indicators: published rates and results of surveys")
    assert (nothing.rows, nothing.variables, nothing.span, nothing.edition) == ((), (), "", "1")


@pytest.mark.parametrize(
    ("given", "suggestions"),
    [
        ("arrival", ("arrivals",)),
        ("???", ("all", "crossings", "tickets", "guests")),
        ("al", ("all",)),
        ("ticket", ("tickets",)),
    ],
)
def test_dataset_unknown_measure(catalogue, invented, given, suggestions):
    with pytest.raises(UnknownNameError) as caught:
        put(catalogue if given == "arrival" else invented, given)

    assert (caught.value.kind, caught.value.given, caught.value.suggestions) == ("measure", given, suggestions)


@pytest.mark.parametrize("thing", [None, 2020, []])
def test_dataset_refuses_other_values(invented, thing):
    with pytest.raises(InvalidValueError) as caught:
        put(invented, thing)

    assert caught.value.args == (
        thing, "'all', a measure or its id, or an answer with rows, such as series() or faq() gives",
    )  # fmt: skip


def test_dataset_of_revisions(catalogue, areas, descriptor):
    steps = catalogue.revisions(2009)
    found = put(catalogue, steps)

    assert (found.name, found.title) == (
        "revisions-arrivals-kor-2009", "What was published on arrivals in South Korea in 2009",
    )  # fmt: skip
    assert found.description.startswith("One row for each change of a value, from its first publication on. ")
    assert found.rows == tuple(steps.records())
    assert found.sources == tuple(dict.fromkeys(source for step in steps for source in step.sources))
    assert (found.attribution, found.places, found.key) == ((MINISTRY,), (areas["KOR"],), ())
    assert (found.licences, found.publishers) == ((descriptor["licenses"][0],), (descriptor["sources"][0],))
    every = put(catalogue, catalogue.revisions())
    assert (every.name, every.title) == (
        "revisions-arrivals-kor", "What was published on arrivals in South Korea",
    )  # fmt: skip


def test_dataset_of_destinations(catalogue):
    figures = catalogue.destinations(2016)
    found = put(catalogue, figures)

    assert (found.name, found.title) == ("destinations-2016", "People from North Korea by place, 2016")
    assert found.credits == {row.measure.id: row.measure.attribution for row in figures}
    assert found.attribution == tuple(dict.fromkeys(found.credits.values()))
    assert {area.code for area in found.places} == {row.place.code for row in figures}
    assert found.sources == tuple(dict.fromkeys(source for row in figures for source in row.figure.sources))


def test_dataset_of_observations(catalogue):
    figures = catalogue.observations("refugees", areas=["GBR", "WLD"], as_of="2026-11-25")
    found = put(catalogue, figures)

    assert (found.name, found.title, found.as_of) == ("refugees-observations", figures.measure.title, "2026-11-25")
    assert found.description.startswith(f"As known on 25 November 2026. {figures.measure.definition}")
    assert [area.code for area in found.places] == ["GBR"]


@pytest.mark.parametrize("name", ["faq", "claims", "glossary", "measures", "areas", "sources"])
def test_dataset_of_lists(catalogue, descriptor, name):
    """Texts and lists of names have no figures, and the licence of the compilation."""
    rows = getattr(catalogue, name)()
    found = put(catalogue, rows)

    assert (found.name, found.table, found.columns) == (name, name, rows.COLUMNS)
    assert found.description == f"{found.title}."
    assert len(found.rows) == len(rows)
    assert (found.attribution, found.edition) == (("The defector-stats developers",), data_version())
    assert found.licences == (descriptor["licenses"][0],)
    assert (found.variables, found.technique, found.publishers) == ((), "", ())


def test_dataset_of_rows_without_catalogue(invented):
    """Rows that somebody put together have the edition of the catalogue that writes them."""
    found = put(invented, Faq(rows=()))

    assert (found.attribution, found.edition, found.rows) == ((), "1", ())


def test_dataset_homepage(invented):
    about = {"homepage": "https://example.org/x", "keywords": ["a"], "image": "y"}

    assert put(catalogue_of(invented, {}, **about), "tickets").about == {
        "homepage": "https://example.org/x", "keywords": ["a"],
    }  # fmt: skip


def test_dataset_citations_have_urls(catalogue):
    found = put(catalogue, catalogue.series("re-entries", start=2021))

    assert found.citations("donga_20220927 news1_20251219") == (
        "News1, “통일부 “최근 10년간 ‘재입북’ 31명…정착 어려움 등 복합 원인””, via Dong-A Ilbo (2022-09-27) "
        "<https://donga.com/news/amp/all/20220927/115680429/1>; "
        "News1, “南 떠난 재입북 탈북민 31명…소재 파악 안 되는 거주 불명자 460여명” (2025-12-19) "
        "<https://www.news1.kr/amp/nk/inter-korean/6014220>"
    )
    halves = put(catalogue, catalogue.series(frequency="half", start="2025-H1", end="2025-H1"))
    assert halves.citations("yonhap_20250824") == (
        "Yonhap, “통일부, 탈북민 입국인원 통계 공표 연 4회서 2회로 축소”, via Newspic (2025-08-24)"
    )
