"""Claims: verdicts that are worked out change with the data; words are defined."""

import pickle
from collections import Counter

import pytest
from catalogues import catalogue_of, rows_of

from defector_stats import DataError, arrivals, claims, data_version, glossary, verify


@pytest.fixture
def by_id():
    return {claim.id: claim for claim in claims()}


def test_claims_have_verdicts_of_evidence(by_id):
    assert list(by_id) == [f"C{number:02}" for number in range(1, 32)]
    assert Counter(claim.verdict for claim in claims()) == {"supported": 11, "needs-nuance": 15, "contradicted": 5}
    assert [claim.id for claim in claims() if claim.verdict == "contradicted"] == ["C09", "C17", "C29", "C30", "C31"]
    assert [claim.id for claim in claims() if claim.verdict == "supported"] == [
        "C02", "C03", "C04", "C08", "C10", "C12", "C15", "C18", "C19", "C22", "C27",
    ]  # fmt: skip


def test_claims_explained_and_sourced():
    for claim in claims():
        assert claim.statement
        assert claim.explanation.endswith(".")
        assert not {"{", "}"} & set(claim.explanation)
        assert claim.sources
    assert [claim.id for claim in claims() if claim.computed] == [
        "C09", "C10", "C12", "C14", "C25", "C26", "C27", "C28", "C29", "C30",
    ]  # fmt: skip


def test_claims_name_where_and_when():
    """The first article comes first; a claim has a date only where its origin is known to have one."""
    origins = {claim.origin: claim.published for claim in claims()}

    assert [claim.origin for claim in claims()[:24]] == ["A web article of 25 November 2023"] * 24
    assert origins == {
        "A web article of 25 November 2023": "2023-11-25",
        "A second web article of 25 November 2023": "2023-11-25",
        "A third web article of 25 November 2023": "2023-11-25",
        "A web article of 26 November 2023": "2023-11-26",
        "A news report by Fox News, as a website repeats it": "",
        "A web article": "",
        "A question of the public": "",
    }


def test_claim_steadily_increasing(by_id):
    """Steadily increasing is contradicted by the peak and the years of decline."""
    claim = by_id["C09"]
    years = [str(figure.period) for figure in claim.evidence]

    assert years[0] == "2009"
    assert claim.evidence[0] == 2914
    assert years[1:13] == [
        "1995", "1998", "2005", "2010", "2012", "2014", "2015", "2017", "2019", "2020", "2021", "2025",
    ]  # fmt: skip
    assert "2,914" in claim.explanation
    assert "2009" in claim.explanation
    assert "1995, 1998, 2005, 2010, 2012, 2014, 2015, 2017, 2019, 2020, 2021 and 2025" in claim.explanation
    assert [source.key for source in claim.sources] == [
        source.key for source in dict.fromkeys(sorted(claim.sources, key=lambda s: s.kind != "official"))
    ]
    first = {figure.sources[0].key for figure in claim.evidence}
    assert first <= {source.key for source in claim.sources}
    assert len(claim.sources) < 40


def rising(catalogue, but=None):
    """An invented catalogue in which each year has more arrivals than the one before, but for some."""
    values = {year: 10 * (year - 1990) for year in range(1992, 2026)} | (but or {})
    return catalogue.extended(
        [
            {"period": year, "value": value, "released": "2027-01", "sources": ["newsis_20260204"]}
            for year, value in values.items()
        ]
    )


def test_claim_increasing_if_true(catalogue):
    """If the data made it true the verdict would change by itself."""
    invented = {claim.id: claim for claim in rising(catalogue).claims()}

    assert invented["C09"].verdict == "supported"
    assert [figure + 0 for figure in invented["C09"].evidence][:3] == [20, 30, 40]
    assert len(invented["C09"].evidence) == 34
    assert "1992" in invented["C09"].explanation
    assert "2025" in invented["C09"].explanation
    assert invented["C10"].verdict == "needs-nuance"  # 229 was published, and replaced by an invented value
    assert invented["C12"].verdict == "contradicted"
    assert invented["C17"].verdict == "contradicted"
    assert invented["C14"].verdict == "needs-nuance"


def test_claim_increasing_on_equal_years(catalogue):
    level = {claim.id: claim for claim in rising(catalogue, but={1993: 20}).claims()}["C09"]
    lower = {claim.id: claim for claim in rising(catalogue, but={1994: 29, 2000: 88}).claims()}["C09"]

    assert level.verdict == "contradicted"
    assert level.explanation.startswith("Yearly arrivals fell in no year. They were highest in 2025, at 350.")
    assert [figure + 0 for figure in level.evidence[:1]] == [350]
    assert lower.explanation.startswith("Yearly arrivals fell in 1994 and 2000. ")


def test_claim_sources(table):
    """The sources of a claim are those of the data and the first of each figure."""
    for claim, row in zip(claims(), table("claims"), strict=True):
        first = {figure.provenance.sources[0].key for figure in claim.evidence}

        assert {source.key for source in claim.sources} == {*row["sources"].split(), *first}


def test_claim_figure_of_2020(by_id):
    """The 2020 figure is supported while it is the current one."""
    assert (by_id["C10"].verdict, [figure + 0 for figure in by_id["C10"].evidence][:1]) == ("supported", [229])
    assert [figure + 0 for figure in by_id["C12"].evidence][:2] == [1047, 229]
    assert [str(figure.period) for figure in by_id["C14"].evidence][:3] == ["2020", "2021", "2022"]
    assert by_id["C10"].evidence[0].record() == arrivals(2020).record()


def test_claim_latest_year_2020(catalogue):
    rows = rows_of(catalogue)["arrivals"]
    early = [row for row in rows if not row[2].startswith(("2021", "2022")) or row[7] > "2023-11-25"]
    cut = catalogue_of(catalogue, {"arrivals": early})

    assert {claim.id: claim.verdict for claim in cut.claims()}["C14"] == "supported"


def with_figure(catalogue, period, value):
    """A catalogue in which the newest figure for a period is an invented one."""
    row = {"period": period, "value": value, "released": "2027-01", "sources": ["newsis_20260204"]}
    return {claim.id: claim for claim in catalogue.extended([row]).claims()}


def test_claim_of_number_that_was_never_published(by_id):
    """319 for the first nine months of 2023: the ministry counted 139, and 319 in the first quarter of 2013."""
    claim = by_id["C30"]

    assert (claim.verdict, [figure + 0 for figure in claim.evidence]) == ("contradicted", [139])
    assert claim.explanation == verify(319, "2023-01/2023-09").explanation
    assert "first quarter of 2013" in claim.explanation
    assert "139" in claim.explanation


@pytest.mark.parametrize(
    ("values", "verdict"), [([319], "supported"), ([319, 320], "needs-nuance"), ([320], "contradicted")]
)
def test_claim_exact_follows_log(catalogue, values, verdict):
    """A number is supported while it is current, partly true if it was so once, and contradicted otherwise."""
    rows = [
        {"period": "2023-01/2023-09", "value": value, "released": f"2027-0{month}", "sources": ["newsis_20260204"]}
        for month, value in enumerate(values, 1)
    ]
    claim = {claim.id: claim for claim in catalogue.extended(rows).claims()}["C30"]

    assert (claim.verdict, claim.evidence[0] + 0) == (verdict, values[-1])


def test_claim_exact_published_by_others(catalogue):
    """A number that is on record but not preferred is partly true."""
    other = ["arrivals", "KOR", "2023-01/2023-09", "319", "", "", "2023-10", "ktv_687967", "Invented."]
    changed = catalogue_of(catalogue, {"alternatives": [*rows_of(catalogue)["alternatives"], other]})

    assert {claim.id: claim.verdict for claim in changed.claims()}["C30"] == "needs-nuance"


@pytest.mark.parametrize(
    ("value", "verdict"),
    [
        (33_499, "contradicted"),
        (33_501, "needs-nuance"),
        (34_000, "needs-nuance"),
        (34_499, "needs-nuance"),
        (34_501, "contradicted"),
    ],
)
def test_claim_about_34000(catalogue, value, verdict):
    """A round number is compared to its own precision, and is partly true at best."""
    claim = with_figure(catalogue, "../2023-09", value)["C25"]

    assert (claim.verdict, claim.evidence[0] + 0) == (verdict, value)
    assert f"{value:,} people had reached South Korea by the end of September 2023" in claim.explanation
    assert "1953" in claim.explanation


def test_claim_about_sum_of_years(catalogue, by_id):
    """The claim of 33,000 for 1996 to 2019 is compared with the sum of these years."""
    years = 33_523 - 947 + (56 + 85 + 71)  # the totals to 2019 and to 1998, and three years of the second
    claim = by_id["C26"]

    assert (claim.verdict, [figure + 0 for figure in claim.evidence]) == ("needs-nuance", [years])
    assert f"{years:,} from 1996 to 2019" in claim.explanation
    assert with_figure(catalogue, 2009, 2914 + 33_500 - years)["C26"].verdict == "contradicted"
    assert with_figure(catalogue, "1996/2019", 40_000)["C26"].evidence[0] == 40_000  # a published one comes first


@pytest.mark.parametrize(("value", "verdict"), [(29_999, "needs-nuance"), (30_000, "supported")])
def test_claim_of_more_than_30000(catalogue, by_id, value, verdict):
    """Fewer arrivals do not refute it, since people may have escaped without arriving."""
    assert (by_id["C27"].verdict, by_id["C27"].evidence[0]) == ("supported", 34_021)
    assert "and reached 30,000 in 2016" in by_id["C27"].explanation
    assert with_figure(catalogue, "../2023-09", value)["C27"].verdict == verdict


def test_claim_of_300000_is_one_estimate(catalogue, by_id):
    """It is partly true as long as someone estimated that number for the people who left."""
    claim = by_id["C28"]
    others = [
        [*row[:4], "299999", *row[5:]] if (row[0], row[4]) == ("departures", "300000") else row
        for row in rows_of(catalogue)["estimates"]
    ]
    without = {claim.id: claim for claim in catalogue_of(catalogue, {"estimates": others}).claims()}["C28"]

    assert (claim.verdict, claim.evidence[0].high) == ("needs-nuance", 300_000)
    assert "34,537 people had reached South Korea" in claim.explanation
    assert (without.verdict, [figure + 0 for figure in without.evidence]) == ("contradicted", [34_537])
    assert "no estimate on record gives 300,000" in without.explanation


def test_claim_of_30000_each_year(catalogue, by_id):
    """It is contradicted by the highest year; it would hold if each year, or in part if some year, were as high."""
    claim = by_id["C29"]
    assert (claim.verdict, claim.evidence[0]) == ("contradicted", 2914)
    assert "the highest is 2009, with 2,914. " in claim.explanation
    assert "The running total of all years reached 30,000 in 2016. " in claim.explanation

    some = with_figure(catalogue, 2024, 30_000)["C29"]
    assert (some.verdict, [str(figure.period) for figure in some.evidence]) == ("needs-nuance", ["2024"])
    assert "in 2024, but fewer in the other years" in some.explanation
    years = range(1992, 2026)
    every = {claim.id: claim for claim in rising(catalogue, but=dict.fromkeys(years, 30_000)).claims()}["C29"]
    assert (every.verdict, len(every.evidence)) == ("supported", len(years))


def test_claim_of_number_never_reached(catalogue):
    """The sentence stays true where the running total has not come so far."""
    rows = rows_of(catalogue)["arrivals"]
    early = catalogue_of(catalogue, {"arrivals": [row for row in rows if row[2] in {"2008", "2009", "2010"}]})
    claim = {claim.id: claim for claim in early.claims()}["C29"]

    assert "The running total of all years reached 30,000 in no year on record." in claim.explanation


def test_claims_of_unusual_periods_decide_nothing(catalogue):
    """No year comes before the first, and the years of a stock are not added up."""
    rows = rows_of(catalogue)["claims"]
    first = [[*row[:6], "0001", row[7]] if row[0] == "C12" else row for row in rows]
    found = {claim.id: claim for claim in catalogue_of(catalogue, {"claims": first}).claims()}
    assert (found["C12"].verdict, found["C12"].evidence) == ("needs-nuance", ())

    arrivals_, *others = rows_of(catalogue)["measures"]
    stock = catalogue_of(catalogue, {"measures": [[*arrivals_[:4], "stock", *arrivals_[5:]], *others]})
    found = {claim.id: claim for claim in stock.claims()}
    assert (found["C26"].verdict, found["C26"].evidence) == ("needs-nuance", ())
    assert "in no year on record" in found["C29"].explanation


def test_claim_without_explanation(catalogue):
    """A claim whose verdict nobody explains is refused when it is asked for."""
    kept = [row for row in rows_of(catalogue)["claim-verdicts"] if (row[0], row[1]) != ("C09", "contradicted")]
    broken = catalogue_of(catalogue, {"claim-verdicts": kept})
    with pytest.raises(DataError) as caught:
        broken.claims()

    rule = "there is no explanation of 'C09' for the verdict 'contradicted'"
    assert caught.value.args == (rule, "claim-verdicts.csv", None, None)


def test_claim_without_figures(catalogue, by_id):
    """A check that misses its figures says so and decides nothing."""
    bare = catalogue_of(catalogue, {"arrivals": []})
    found = {claim.id: claim for claim in bare.claims()}

    for each in ("C09", "C10", "C12", "C14"):
        assert (found[each].verdict, found[each].evidence, found[each].computed) == ("needs-nuance", (), True)
        assert found[each].sources
        assert set(found[each].sources) <= set(by_id[each].sources)
        figure = "arrivals (KOR), 2021" if each == "C14" else "arrivals by year"
        assert found[each].explanation == f"A figure of this statement is missing: {figure}."


def test_claim_without_measure(invented):
    """A check in a catalogue without the measure decides nothing."""
    tables = {
        "claims": [["C1", "A page", "", "It rises.", "increasing", "", "", "s"]],
        "claim-verdicts": [["C1", "supported", "It does."], ["C1", "contradicted", "It does not."]],
    }
    elsewhere = catalogue_of(invented, tables)
    elsewhere.check()

    (claim,) = elsewhere.claims()
    assert (claim.verdict, claim.explanation) == (
        "needs-nuance",
        "A figure of this statement is missing: arrivals by year.",
    )


def test_claims_records_and_pickle():
    record = claims().records()[8]

    assert (record["id"], record["verdict"], record["computed"]) == ("C09", "contradicted", True)
    assert record["evidence"][0]["value"] == 2914
    assert list(record) == [
        "id", "origin", "published", "statement", "verdict", "computed", "explanation", "evidence", "sources",
    ]  # fmt: skip
    assert record["published"] == "2023-11-25"
    assert pickle.loads(pickle.dumps(claims())) == claims()  # noqa: S301


def test_glossary_defines_contested_words():
    words = {term.term: term for term in glossary()}

    assert {"defector", "refugee", "북한이탈주민", "탈북민", "새터민", "북향민"} <= set(words)
    assert words["북향민"].language == "ko"
    assert words["북향민"].sources
    assert {"귀순자", "귀순용사", "귀순북한동포"} <= set(words)
    assert "1962" in words["귀순자"].in_use
    assert "1978" in words["귀순용사"].in_use
    assert "6 December 1978" in words["귀순용사"].definition
    assert "June 1993" in words["귀순북한동포"].definition
    assert words["귀순북한동포"].in_use == "1993 to 1997 in law"
    assert "14 July 1997" in words["북한이탈주민"].definition
    assert words["탈북자"].in_use == "since the 1990s"
    assert (words["북향민"].in_use, words["북한이탈주민"].in_use, words["estimate"].in_use) == (
        "since 2025",
        "since 1997",
        "",
    )
    assert len(words["북향민"].sources) == 3
    assert {term.language for term in glossary()} == {"en", "ko"}
    for term in glossary():
        assert term.definition.endswith(".")
        assert term.sources or term.language == "en"
    assert len(words) == len(glossary()) >= 15
    record = glossary().records()[0]
    assert list(record) == ["term", "language", "definition", "in_use", "sources"]
    assert all(isinstance(key, str) for key in record["sources"])


def test_glossary_tells_other_people_from_arrivals():
    """Counts that readers mix up with arrivals: each says who counted, until when, and that it is another count."""
    words = {term.term: term.definition for term in glossary()}

    assert "From 1994 to 2010, 80 came back" in words["prisoner of war who came back"]
    assert "Whether arrivals include them is not stated." in words["prisoner of war who came back"]
    assert "In December 2025" in words["abducted person"]
    assert "five hundred and sixteen" in words["abducted person"]
    assert "Arrivals count other people" in words["abducted person"]
    assert "134,516 by the end of 2025" in words["separated family"]
    assert "no count of arrivals" in words["separated family"]


def test_glossary_explains_names_in_answers():
    words = {term.term: term for term in glossary()}

    assert {"Hana Foundation", "NKDB", "living-cost benefit", "settlement money", "third country"} <= set(words)
    assert "2010" in words["Hana Foundation"].definition
    assert "2003" in words["NKDB"].definition
    assert "생계급여" in words["living-cost benefit"].definition
    english = [term.term for term in glossary() if term.language == "en"]
    assert english == sorted(english, key=str.casefold)
    assert [term.language for term in glossary()] == ["en"] * len(english) + ["ko"] * 9


def test_claims_as_their_table_has_them(catalogue, table):
    fields = ("id", "origin", "published", "statement")

    for found in (claims(), catalogue.extended([]).claims()):  # the second is made here
        assert [tuple(getattr(claim, field) for field in fields) for claim in found] == [
            tuple(row[field] for field in fields) for row in table("claims")
        ]


@pytest.mark.parametrize("ask", [claims, glossary])
def test_claims_and_glossary_name_edition_and_compilers(ask):
    assert ask().metadata == {
        "edition": data_version(),
        "attribution": "The defector-stats developers",
        "licence": "CC-BY-4.0",
    }


def test_evidence_of_computed_claims(catalogue):
    """Arrivals in another country than South Korea change nothing in what is said about these."""
    falls = ["1995", "1998", "2005", "2010", "2012", "2014", "2015", "2017", "2019", "2020", "2021", "2025"]
    rows = rows_of(catalogue)
    first, *others = rows["measures"]
    more = catalogue_of(catalogue, {"measures": [[*first[:6], f"{first[6]} USA", *first[7:]], *others]})

    for found in (claims(), more.claims()):
        periods = {
            claim.id: [str(getattr(figure, "period", "")) for figure in claim.evidence]
            for claim in found
            if claim.computed
        }
        assert periods == {
            "C09": ["2009", *falls],
            "C10": ["2020"],
            "C12": ["2019", "2020"],
            "C14": ["2020", "2021", "2022", "2023-H1"],
            "C25": ["../2023-09"],
            "C26": ["1996/2019"],
            "C27": ["../2023-09"],
            "C28": ["", "../2025"],  # an estimate first
            "C29": ["2009", ""],
            "C30": ["2023-01/2023-09"],
        }
