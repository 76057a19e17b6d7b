"""The rules of the tables: the first row that breaks one is named with its place, and with the whole rule."""

import contextlib
import csv
import functools

import pytest
from catalogues import catalogue_of, rows_of
from hypothesis import example, given, settings
from hypothesis import strategies as st

from defector_stats import Catalogue, DataError, NoDataError
from defector_stats._model.vocabulary import DIMENSIONS as NAMES_OF_DIMENSIONS
from defector_stats._store.rules import blank, check, hidden
from defector_stats._store.schema import columns
from defector_stats._store.schema import tables as known_tables

# An invented catalogue; every table has one row that keeps the rules, or more.
TABLES = {
    "areas": [["CHN", "China", "", ""], ["JPN", "Japan", "", ""], ["PRK", "North Korea", "", ""],
              ["KOR", "South Korea", "", ""]],
    "sources": [
        ["s", "Nobody", "Invented", "https://example.org", "2000", "stated", "en", "news", "not seen", "", "", ""],
        ["t", "Nobody", "Copied", "http://example.org", "2000-05", "inferred", "ko", "ngo", "unseen", "N", "n", "s"],
    ],
    "measures": [
        ["boats", "Boats", "All boats.", "boats", "flow", "Nobody", "JPN KOR", "year", "All.", "None.", "", "Nobody.",
         "boats to {area}", "https://example.org/boats"],
    ],
    "boats": [["boats", "KOR", "2020", "5", "2", "3", "normal", "2020-12-31", "s t", ""]],
    "excluded-areas": [["boats", "CHN", "No coast is watched there.", "in-china"], ["boats", "PRK", "They leave.", ""]],
    "gaps": [["boats", "", "2021", "not-found", "", ""], ["boats", "KOR", "2021", "suppressed", "t", "Hidden."]],
    "alternatives": [["boats", "KOR", "2020", "6", "1", "5", "2021", "s", "Copied."]],
    "series-breaks": [["boats", "KOR", "2020", "s", "Rafts are counted too."]],
    "misprints": [["boats", "KOR", "2020", "total", "50", "2021", "s", "A slip of the pen."]],
    "estimates": [
        ["in-china", "1999", "7", "", "7", "persons", "Nobody", "guessed", "normal", "1999", "s", ""],
        ["in-china", "1998", "5", "6", "7", "persons", "Nobody", "guessed", "normal", "1999", "s", ""],
    ],
    "indicators": [
        ["seasick", "work", "2019", "all", "about", "30", "percent", "crews", "Nobody", "", "normal", "2020", "s", ""],
        ["seasick", "work", "2020", "all", "", "12.5", "percent", "crews", "Nobody", "40", "normal", "2020", "s", ""],
    ],
    "categories": [["age", "0-9", "", "", "", ""], ["province", "Kangwon", "KP-07", "강원", "s t", ""],
                   ["age", "10-19", "", "", "", ""]],
    "titles": [["boats", "배", "s", ""], ["age", "나이", "s t", "A heading."]],
    "breakdowns": [["age", "../2020", "0-9", "5", "2", "3", "normal", "2020-12", "s", ""]],
    "breakdown-tables": [["age", "../2020", "Ages at entry.", ""]],
    "placeholders": [["all", "boats", "KOR", "latest", "value"], ["few", "age", "0-9", "../2020", "share"],
                ["many", "in-china", "", "1998", "Nobody"], ["ill", "seasick", "all", "2020", "Nobody"],
                ["some", "boats", "KOR", "2020", "male"]],
    "faq": [["how", "How many?", "There were {some} boats.", "numbers", "boat", "2021"]],
    "faq-statements": [["how", "1", "It was {many} or {few}; {ill} felt ill.", ""], ["how", "1", "It was {all}.", "s"]],
    "claims": [["C1", "A page", "2021", "It is so.", "", "", "", "s"],
               ["C2", "A page", "", "There are more.", "increasing", "", "", "s"]],
    "claim-verdicts": [["C1", "supported", "It is."], ["C2", "supported", "There are, to {last_year}."],
                 ["C2", "contradicted", "There were {peak_value} in {peak_year}."]],
    "glossary": [["boat", "en", "A unit.", "", ""], ["boat", "nl", "A unit.", "since 2000", "s"]],
    "release-calendar": [["boats", "year", "1", "s t", ""], ["boats", "H1", "2", "s", ""]],
}  # fmt: skip

# What the methods of claims read.
ASKED = {"published": "2021-05", "value": "7", "period": "2020"}
LONG = "x" * 61
CUT = f"'{'x' * 56}..."
STATUSES = "normal, provisional, low-reliability"
DIMENSIONS = "age, occupation, province, education, residence"
FREQUENCIES = "year, half, quarter, month, fiscal-year, running-total"
NO_NUMBER = "is not a whole number, zero or more"
TYPED = "is typed; a placeholder has its source"
NO_DECIMAL = "is not a decimal number, zero or more"
TAKEN = "is the name of a measure, a topic of estimates or a dimension"
NO_CODE = "is neither an ISO 3166-2 code of Korea nor several, separated by a space"
NO_DAY = "is not an ISO year, month or day"
TWICE = "words must be separated by single spaces and must not repeat"
HOW_READ = "says how the source was read, which belongs in 'via' or 'note'"
NO_SOURCE = "there is no value without a source"


def broken(name, rows):
    """The place, and the rule that the rows of a table break there."""
    with pytest.raises(DataError) as caught:
        check(TABLES | {name: rows})
    error = caught.value
    return error.file, error.line, error.column, error.rule


def last_row(name, changes):
    return [changes.get(column, text) for column, text in zip(columns(name), TABLES[name][-1], strict=True)]


def test_invented_tables_keep_rules():
    """The invented tables are all that there are, and they keep the rules."""
    assert set(TABLES) == {*known_tables(), "boats"}
    check(TABLES)


@pytest.mark.parametrize(
    ("name", "column", "given", "rule"),
    [
        ("areas", "code", "ko", "'ko' is not an ISO 3166-1 alpha-3 code"),
        ("areas", "code", "KO", "'KO' is not an ISO 3166-1 alpha-3 code"),
        ("areas", "code", "kor", "'kor' is not an ISO 3166-1 alpha-3 code"),
        pytest.param("areas", "code", "KÖR", "'KÖR' is not an ISO 3166-1 alpha-3 code", id="areas-code-umlaut"),
        ("areas", "code", "K-R", "'K-R' is not an ISO 3166-1 alpha-3 code"),
        ("areas", "code", "KORE", "'KORE' is not an ISO 3166-1 alpha-3 code"),
        ("areas", "code", LONG, f"{CUT} is not an ISO 3166-1 alpha-3 code"),
        ("sources", "key", "a b", "'a b' is not one word"),
        ("sources", "key", " t", "' t' is not one word"),
        pytest.param("sources", "key", "t\u3000", "'t\\u3000' is not one word", id="sources-key-ideographic-space"),
        ("sources", "title", " ", "the field is empty"),
        pytest.param("sources", "title", "\u3000", "the field is empty", id="sources-title-ideographic-space"),
        pytest.param("sources", "title", " \u200d\u00a0", "the field is empty", id="sources-title-joiner"),
        ("sources", "title", "(title not shown)", f"'title not shown' {HOW_READ}"),
        ("sources", "title", "ALREADY BUNDLED", f"'ALREADY BUNDLED' {HOW_READ}"),
        ("sources", "publisher", "A, original not seen", f"'original not seen' {HOW_READ}"),
        ("measures", "title", "  ", "the field is empty"),
        pytest.param("faq-statements", "text", "\u2003", "the field is empty", id="statements-text-em-space"),
        ("sources", "origin", "unheard", "'unheard' is not in the table of sources"),
        ("sources", "origin", "t", "'t' is itself a copy"),
        ("sources", "url", "ftp://example.org", "the URL must start with http:// or https://"),
        ("sources", "published", "2009-13", f"'2009-13' {NO_DAY}"),
        ("sources", "published", LONG, f"{CUT} {NO_DAY}"),
        ("measures", "kind", "river", "'river' is not one of flow, stock"),
        ("measures", "frequencies", "year week", f"'week' is not one of {FREQUENCIES}"),
        ("measures", "frequencies", LONG, f"{CUT} is not one of {FREQUENCIES}"),
        ("excluded-areas", "measure", "ships", "'ships' is not in the table of measures"),
        ("excluded-areas", "area", "XXX", "'XXX' is not in the table of areas"),
        ("excluded-areas", "area", "KOR", "'KOR' is an area of 'boats'"),
        ("excluded-areas", "area", "CHN", "an earlier row has the same measure and area"),
        ("excluded-areas", "note", "", "the field is empty"),
        ("excluded-areas", "ask", "ships", "'ships' is not a measure or a topic"),
        ("measures", "areas", "KOR XXX", "'XXX' is not in the table of areas"),
        ("measures", "areas", LONG, f"{CUT} is not in the table of areas"),
        ("measures", "areas", "KOR KOR", TWICE),
        ("measures", "areas", " KOR", TWICE),
        ("measures", "frequencies", "year year", TWICE),
        ("measures", "frequencies", "year  half", TWICE),
        ("boats", "measure", "rafts", "'rafts' is in the log of 'boats'"),
        ("boats", "measure", LONG, f"{CUT} is in the log of 'boats'"),
        ("boats", "area", "WLD", "the sum of all areas is calculated, not stored"),
        ("boats", "area", "USA", "'USA' is not an area of 'boats'"),
        ("boats", "area", LONG, f"{CUT} is not an area of 'boats'"),
        ("boats", "period", "20x0", "'20x0' is not a period"),
        ("boats", "period", LONG, f"{CUT} is not a period"),
        ("boats", "period", "2020-01/2020-12", "'2020-01/2020-12' is written '2020'"),
        ("boats", "value", "-5", f"'-5' {NO_NUMBER}"),
        ("boats", "value", "007", "'007' is written '7'"),
        ("boats", "value", "00", "'00' is written '0'"),
        ("boats", "male", "02", "'02' is written '2'"),
        ("boats", "female", "03", "'03' is written '3'"),
        ("misprints", "printed", "050", "'050' is written '50'"),
        ("estimates", "low", "05", "'05' is written '5'"),
        ("release-calendar", "months", "01", "'01' is written '1'"),
        pytest.param("boats", "value", "５", f"'５' {NO_NUMBER}", id="boats-value-full-width"),
        ("boats", "value", "1000000000000", f"'1000000000000' {NO_NUMBER}"),
        ("boats", "value", LONG, f"{CUT} {NO_NUMBER}"),
        ("boats", "value", "999999999999", "2 and 3 do not add up to 999999999999"),
        ("boats", "value", "5.0", f"'5.0' {NO_NUMBER}"),
        ("boats", "male", "-1", f"'-1' {NO_NUMBER}"),
        ("boats", "male", "", "the field is empty"),
        ("boats", "female", "", "the field is empty"),
        ("boats", "status", "final", f"'final' is not one of {STATUSES}"),
        ("boats", "status", LONG, f"{CUT} is not one of {STATUSES}"),
        ("boats", "released", "soon", f"'soon' {NO_DAY}"),
        ("boats", "released", "2020-12-30", "released in 2020-12-30, before the period 2020 ends"),
        ("boats", "sources", "s unheard", "'unheard' is not in the table of sources"),
        ("boats", "sources", LONG, f"{CUT} is not in the table of sources"),
        ("boats", "sources", "s s", TWICE),
        ("boats", "sources", "s  t", TWICE),
        ("boats", "sources", " s", TWICE),
        ("gaps", "measure", "rafts", "'rafts' is not in the table of measures"),
        ("gaps", "measure", LONG, f"{CUT} is not in the table of measures"),
        ("gaps", "area", "USA", "'USA' is not an area of 'boats'"),
        ("gaps", "period", "2021-01/2021-12", "'2021-01/2021-12' is written '2021'"),
        ("gaps", "sources", "unheard", "'unheard' is not in the table of sources"),
        ("alternatives", "area", "USA", "'USA' is not an area of 'boats'"),
        ("alternatives", "value", "-6", f"'-6' {NO_NUMBER}"),
        ("alternatives", "value", "7", "1 and 5 do not add up to 7"),
        ("alternatives", "female", "", "the field is empty"),
        ("alternatives", "released", "soon", f"'soon' {NO_DAY}"),
        ("alternatives", "sources", "unheard", "'unheard' is not in the table of sources"),
        ("series-breaks", "area", "USA", "'USA' is not an area of 'boats'"),
        ("series-breaks", "sources", "unheard", "'unheard' is not in the table of sources"),
        ("misprints", "area", "USA", "'USA' is not an area of 'boats'"),
        ("misprints", "sex", "all", "'all' is not one of total, male, female"),
        ("misprints", "printed", "x", f"'x' {NO_NUMBER}"),
        ("misprints", "released", "soon", f"'soon' {NO_DAY}"),
        ("misprints", "source", "unheard", "'unheard' is not in the table of sources"),
        ("misprints", "source", "s t", "'s t' is not in the table of sources"),
        ("estimates", "reference", "98", "'98' is not a period"),
        ("estimates", "low", "x", f"'x' {NO_NUMBER}"),
        ("estimates", "point", "x", f"'x' {NO_NUMBER}"),
        ("estimates", "high", "x", f"'x' {NO_NUMBER}"),
        ("estimates", "low", "8", "at least one of low, point and high is needed, in ascending order"),
        ("estimates", "status", "sure", f"'sure' is not one of {STATUSES}"),
        ("estimates", "released", "1998-11", "released in 1998-11, before the period 1998 ends"),
        ("estimates", "sources", "unheard", "'unheard' is not in the table of sources"),
        ("indicators", "indicator", "boats", f"'boats' {TAKEN}"),
        ("indicators", "indicator", "in-china", f"'in-china' {TAKEN}"),
        ("indicators", "indicator", "age", f"'age' {TAKEN}"),
        ("indicators", "indicator", "Sea sick",
         "'Sea sick' is not a name of up to 60 small letters, digits, dots, dashes and underscores"),
        ("indicators", "topic", "school", "a row with the same indicator has 'work' above"),
        ("indicators", "unit", "persons", "a row with the same indicator has 'percent' above"),
        ("indicators", "period", "20", "'20' is not a period"),
        ("indicators", "value", "12,5", f"'12,5' {NO_DECIMAL}"),
        ("indicators", "value", "-1", f"'-1' {NO_DECIMAL}"),
        ("indicators", "value", "012", f"'012' {NO_DECIMAL}"),
        ("indicators", "value", "12.", f"'12.' {NO_DECIMAL}"),
        ("indicators", "value", ".5", f"'.5' {NO_DECIMAL}"),
        ("indicators", "value", "1.2.3", f"'1.2.3' {NO_DECIMAL}"),
        pytest.param("indicators", "value", "５", f"'５' {NO_DECIMAL}", id="indicators-value-full-width"),
        ("indicators", "value", "1" * 19, f"'{'1' * 19}' {NO_DECIMAL}"),
        ("indicators", "sample_size", "4.0", f"'4.0' {NO_NUMBER}"),
        ("indicators", "sample_size", "0", "'0' is not the size of a sample"),
        ("indicators", "released", "2019-12-31", "released in 2019-12-31, before the period 2020 begins"),
        ("indicators", "sources", "unheard", "'unheard' is not in the table of sources"),
        ("breakdowns", "dimension", "height", f"'height' is not one of {DIMENSIONS}"),
        ("breakdowns", "period", "2008/05", "'2008/05' is not a period"),
        ("breakdowns", "value", "6", "2 and 3 do not add up to 6"),
        ("breakdowns", "male", "", "the field is empty"),
        ("breakdowns", "status", "low", f"'low' is not one of {STATUSES}"),
        ("breakdowns", "released", "2020-11", "released in 2020-11, before the period ../2020 ends"),
        ("breakdowns", "sources", "unheard", "'unheard' is not in the table of sources"),
        ("breakdown-tables", "dimension", "height", f"'height' is not one of {DIMENSIONS}"),
        ("breakdown-tables", "period", "2008/05", "'2008/05' is not a period"),
        ("placeholders", "name", "2019", "'2019' is not a plain name"),
        ("placeholders", "name", "-" * 61, f"'{'-' * 56}... is not a plain name"),
        ("placeholders", "of", "rafts", "'rafts' is not a measure, an indicator, a topic or a dimension"),
        ("placeholders", "of", LONG, f"{CUT} is not a measure, an indicator, a topic or a dimension"),
        ("placeholders", "period", "summit", "'summit' is not a period"),
        ("placeholders", "field", "share", "'share' is not one of value, male, female, female_share, change, period"),
        ("faq", "summary", "{some} or 12.5% of all.", f"the percentage '12.5%' {TYPED}"),
        ("faq", "summary", "It was 3 Percent.", f"the percentage '3 Percent' {TYPED}"),
        ("faq-statements", "text", "It was 7 per cent.", f"the percentage '7 per cent' {TYPED}"),
        ("claim-verdicts", "explanation", "It was 60%.", f"the percentage '60%' {TYPED}"),
        ("faq", "summary", "{unheard}", "unknown placeholder 'unheard'"),
        ("faq", "summary", "{some.real}", "'some.real' is not a plain name in braces"),
        ("faq", "reviewed", "soon", f"'soon' {NO_DAY}"),
        ("faq-statements", "text", "{unheard}", "unknown placeholder 'unheard'"),
        ("faq-statements", "sources", "unheard", "'unheard' is not in the table of sources"),
        ("titles", "of", "in-china", "'in-china' is not a measure or a dimension"),
        ("titles", "of", "boats", "an earlier row has the same of"),
        ("titles", "title_ko", "", "the field is empty"),
        ("titles", "sources", "", "the field is empty"),
        ("titles", "sources", "unheard", "'unheard' is not in the table of sources"),
        ("claims", "published", "25 November 2023", f"'25 November 2023' {NO_DAY}"),
        (
            "claims", "method", "rising",
            "'rising' is not one of increasing, every-year, exact, about, at-least, estimated, down, latest",
        ),
        ("claims", "value", "many", f"'many' {NO_NUMBER}"),
        ("claims", "period", "lately", "'lately' is not a period"),
        ("claims", "sources", "unheard", "'unheard' is not in the table of sources"),
        ("claim-verdicts", "verdict", "false", "'false' is not one of supported, contradicted, needs-nuance"),
        ("claim-verdicts", "explanation", "{unheard}", "unknown placeholder 'unheard'"),
        ("glossary", "sources", "unheard", "'unheard' is not in the table of sources"),
        ("breakdowns", "category", "9-0", "'age' and '9-0' do not occur together in the table of categories"),
        ("categories", "code", "KP-7", f"'KP-7' {NO_CODE}"),
        ("categories", "code", "JP-13", f"'JP-13' {NO_CODE}"),
        ("categories", "code", "KR-44  KR-50", f"'KR-44  KR-50' {NO_CODE}"),
        ("categories", "code", "KP-07", "'KP-07' is not a place of the dimension 'age'"),
        ("categories", "sources", "unheard", "'unheard' is not in the table of sources"),
        ("release-calendar", "measure", "rafts", "'rafts' is not in the table of measures"),
        ("release-calendar", "period", "month", "'month' is not one of year, H1, fiscal-year"),
        ("release-calendar", "sources", "unheard", "'unheard' is not in the table of sources"),
        ("release-calendar", "months", "x", f"'x' {NO_NUMBER}"),
        ("release-calendar", "months", "121", "121 is more than 120"),
    ],
)  # fmt: skip
def test_broken_field_is_named(name, column, given, rule):
    *above, _ = TABLES[name]
    found = broken(name, [*above, last_row(name, {column: given})])

    assert found == (f"{name}.csv", len(above) + 2, column, rule)


@pytest.mark.parametrize(
    ("changes", "column", "rule"),
    [
        ({"dimension": "province", "code": "KR-42"}, "code", "'KR-42' is not a place of the dimension 'province'"),
        ({"dimension": "residence", "code": "KR-44 KP-07"}, "code",
         "'KP-07' is not a place of the dimension 'residence'"),
        ({"name_ko": "0~9세"}, "sources", "there is no name without a source"),
        ({"dimension": "province", "category": "Kangwon"}, "category",
         "an earlier row has the same dimension and category"),
    ],
)  # fmt: skip
def test_category_that_breaks_rules(changes, column, rule):
    *above, _ = TABLES["categories"]

    assert broken("categories", [*above, last_row("categories", changes)]) == ("categories.csv", 4, column, rule)


def test_category_with_two_codes():
    two = last_row("categories", {"dimension": "residence", "category": "both", "code": "KR-44 KR-50"})

    check(TABLES | {"categories": [*TABLES["categories"], two]})


def test_breakdown_needs_described_categories():
    """A category that another dimension has is not one of this."""
    row = last_row("breakdowns", {"category": "Kangwon", "period": "../2019"})

    assert broken("breakdowns", [*TABLES["breakdowns"], row]) == (
        "breakdowns.csv", 3, "category", "'age' and 'Kangwon' do not occur together in the table of categories",
    )  # fmt: skip
    placed = last_row("breakdowns", {"dimension": "province", "category": "Kangwon"})
    check(TABLES | {"breakdowns": [*TABLES["breakdowns"], placed]})


@pytest.fixture(scope="module")
def schemas(descriptor):
    """What the descriptor of the bundled figures says of the columns of each table."""
    schemas = {each["name"]: each["schema"] for each in descriptor["resources"]}
    return {name: schemas.get(name, schemas["arrivals"]) for name in TABLES}


def test_alternative_that_log_prints_is_refused():
    """A value that was known on a day is a figure of that day."""
    printed = last_row("alternatives", {"value": "5", "male": "", "female": ""})

    assert broken("alternatives", [printed]) == (
        "alternatives.csv", 2, "value", "the log has 5 for 2020, so it is not an alternative",
    )  # fmt: skip
    check(TABLES | {"alternatives": [last_row("alternatives", {"value": "5", "period": "2021", "male": "", "female": "",
                                                               "released": "2022"})]})  # fmt: skip


def test_title_may_speak_of_what_was_not_seen():
    check(TABLES | {"sources": [*TABLES["sources"], last_row("sources", {"key": "u", "title": "The war not seen"})]})


@pytest.mark.parametrize("name", TABLES)
def test_required_field_is_never_empty(schemas, name):
    *above, _ = TABLES[name]
    required = [field["name"] for field in schemas[name]["fields"] if field.get("constraints", {}).get("required")]
    # A measure without an id is one without a log.
    for column in set(required) - ({"id"} if name == "measures" else set()):
        found = broken(name, [*above, last_row(name, {column: ""})])
        assert found == (f"{name}.csv", len(above) + 2, column, "the field is empty")


@pytest.mark.parametrize("name", TABLES)
def test_enum_is_all_that_is_known(schemas, name):
    """The words that the descriptor lists are all that the rules know."""
    *above, _ = TABLES[name]
    for field in schemas[name]["fields"]:
        if words := field.get("constraints", {}).get("enum"):
            found = broken(name, [*above, last_row(name, {field["name"]: "unheard"})])
            assert found == (
                f"{name}.csv", len(above) + 2, field["name"], f"'unheard' is not one of {', '.join(words)}",
            )  # fmt: skip


@pytest.mark.parametrize(
    ("column", "text", "above"), [("status", "provisional", "normal"), ("released", "2021", "2020-12")]
)
def test_breakdown_rows_alike(column, text, above):
    """The rows of a breakdown have one status and one day of release."""
    rows = [*TABLES["breakdowns"], last_row("breakdowns", {"category": "10-19", column: text})]
    rule = f"a row with the same dimension and period has {above!r} above"

    assert broken("breakdowns", rows) == ("breakdowns.csv", 3, column, rule)


@pytest.mark.parametrize("name", TABLES)
def test_foreign_keys_find_their_row(schemas, name):
    for points in schemas[name].get("foreignKeys", []):
        *others, column = points["fields"]
        if others or column == "area":  # of a row that several columns name, or of the measure
            continue
        *above, _ = TABLES[name]
        rows = [*above, last_row(name, {column: "unheard"})]
        rule = f"'unheard' is not in the table of {points['reference']['resource']}"
        if name in TABLES["measures"][0]:
            rule = f"'unheard' is in the log of {name!r}"
        assert broken(name, rows) == (f"{name}.csv", len(above) + 2, column, rule)


def test_judged_claim_has_one_verdict():
    undecided, _ = TABLES["claims"]
    found = broken("claims", [undecided, ["C3", "A page", "", "It is not so.", "", "", "", "s"]])
    assert found == ("claims.csv", 3, "method", "there is neither a method nor a verdict")

    both = [*TABLES["claim-verdicts"], ["C1", "contradicted", "It is not."]]
    assert broken("claim-verdicts", both) == (
        "claim-verdicts.csv",
        5,
        "claim",
        "an earlier row has the same claim",
    )


@pytest.mark.parametrize(
    ("name", "verdicts"),
    [
        ("increasing", ("supported", "contradicted")),
        ("every-year", ("supported", "needs-nuance", "contradicted")),
        ("exact", ("supported", "needs-nuance", "contradicted")),
        ("about", ("needs-nuance", "contradicted")),
        ("at-least", ("supported", "needs-nuance")),
        ("estimated", ("needs-nuance", "contradicted")),
        ("down", ("supported", "contradicted")),
        ("latest", ("supported", "needs-nuance")),
    ],
)
def test_checked_claim_explains_outcomes(name, verdicts):
    """A claim that a check decides has an explanation for each outcome."""
    claims = [TABLES["claims"][0], last_row("claims", {"method": name} | ASKED)]
    read = TABLES["claim-verdicts"][0]
    explained = [["C2", verdict, "So it is."] for verdict in verdicts]
    check(TABLES | {"claims": claims, "claim-verdicts": [read, *explained]})
    for verdict in verdicts:
        others = [row for row in explained if row[1] != verdict]
        with pytest.raises(DataError) as caught:
            check(TABLES | {"claims": claims, "claim-verdicts": [read, *others]})
        rule = f"there is no explanation of 'C2' for the verdict {verdict!r}"
        assert caught.value.args == (rule, "claims.csv", 3, "method")


@pytest.mark.parametrize(
    ("name", "column"),
    [
        ("every-year", "value"),
        ("exact", "value"),
        ("exact", "period"),
        ("about", "value"),
        ("about", "period"),
        ("at-least", "value"),
        ("at-least", "period"),
        ("estimated", "value"),
        ("down", "period"),
        ("latest", "published"),
        ("latest", "period"),
    ],
)
def test_checked_claim_has_what_its_method_reads(name, column):
    claims = [TABLES["claims"][0], last_row("claims", {"method": name} | ASKED | {column: ""})]

    assert broken("claims", claims) == ("claims.csv", 3, column, f"the method {name!r} needs it")


@pytest.mark.parametrize(
    ("asked", "column", "rule"),
    [
        (["in-china", "", "1998", "Somebody"], "field", "there is no estimate of in-china for 1998 by 'Somebody'"),
        (["in-china", "", "1997", "Nobody"], "field", "there is no estimate of in-china for 1997 by 'Nobody'"),
        (["in-china", "", "latest", "Nobody"], "field", "there is no estimate of in-china for latest by 'Nobody'"),
        (["departures", "", "1998", "Nobody"], "field", "there is no estimate of departures for 1998 by 'Nobody'"),
        (
            ["seasick", "all", "2020", "Somebody"],
            "field",
            "there is no indicator seasick for 2020 by 'Somebody' in this category",
        ),
        (
            ["seasick", "some", "2020", "Nobody"],
            "field",
            "there is no indicator seasick for 2020 by 'Nobody' in this category",
        ),
        (
            ["seasick", "all", "latest", "Nobody"],
            "field",
            "there is no indicator seasick for latest by 'Nobody' in this category",
        ),
        (["age", "0-9", "../2019", "value"], "period", "there is no such table by age"),
        (["age", "0-9", "latest", "value"], "period", "there is no such table by age"),
        (["residence", "", "", "value"], "period", "there is no such table by residence"),
        (["age", "10-19", "../2020", "value"], "area", "'10-19' is not a category of this table"),
        (["age", "10-19", "", "value"], "area", "'10-19' is not a category of this table"),
        (["age", "", "../2020", "share"], "field", "a share needs a category"),
        (["boats", "USA", "2020", "value"], "area", "'USA' is not an area of 'boats'"),
        (["boats", "", "2020", "value"], "area", "'' is not an area of 'boats'"),
        (["boats", "KOR", "", "value"], "period", "the field is empty"),
    ],
    ids=str,
)
def test_impossible_number_is_refused(asked, column, rule):
    rows = [*TABLES["placeholders"], ["odd", *asked]]

    assert broken("placeholders", rows) == ("placeholders.csv", len(rows) + 1, column, rule)


@pytest.mark.parametrize(
    ("period", "changes", "rule"),
    [
        ("peak", {"frequencies": "quarter"}, "'boats' has no yearly figures"),
        ("total", {"frequencies": "quarter"}, "'boats' has no yearly figures"),
        (
            "total",
            {"kind": "stock"},
            "a stock has no total: people who are counted on one day are counted again on the next",
        ),
    ],
)
def test_number_over_years(period, changes, rule):
    numbers = [*TABLES["placeholders"], ["over", "boats", "KOR", period, "value"]]
    check(TABLES | {"placeholders": numbers})
    with pytest.raises(DataError) as caught:
        check(TABLES | {"placeholders": numbers, "measures": [last_row("measures", changes)]})

    assert caught.value.args == (rule, "placeholders.csv", len(numbers) + 1, "period")


def test_number_of_newest_table():
    """A number of the newest table has a category of that table."""
    older, newer = (last_row("breakdowns", {"period": each}) for each in ("../2019", "../2020"))
    other = last_row("breakdowns", {"category": "10-19", "period": "../2019"})
    numbers = [*TABLES["placeholders"], ["odd", "age", "10-19", "", "value"]]
    check(TABLES | {"placeholders": numbers[:-1], "breakdowns": [newer, older, other]})
    with pytest.raises(DataError) as caught:
        check(TABLES | {"placeholders": numbers, "breakdowns": [newer, older, other]})

    assert caught.value.args[1:] == ("placeholders.csv", len(numbers) + 1, "area")


def test_number_of_whole_table_or_only_area():
    only = last_row("measures", {"areas": "KOR"})
    gaps = [row for row in TABLES["gaps"] if row[1] != "JPN"]
    numbers = [*TABLES["placeholders"], ["total", "age", "", "", "value"], ["here", "boats", "", "latest", "change"]]

    check(TABLES | {"measures": [only], "gaps": gaps, "placeholders": numbers})


@pytest.mark.parametrize(("name", "column"), [("faq", "summary"), ("faq-statements", "text")])
def test_provided_names_of_check(name, column):
    rule = "unknown placeholder 'peak_value'"
    *above, _ = TABLES[name]
    found = broken(name, [*above, last_row(name, {column: "It was {peak_value}."})])
    assert found == (f"{name}.csv", len(above) + 2, column, rule)

    verdicts = [["C1", "supported", "It was {peak_value}."], *TABLES["claim-verdicts"][1:]]
    assert broken("claim-verdicts", verdicts) == ("claim-verdicts.csv", 2, "explanation", rule)


def test_breakdown_of_nobody_is_refused():
    nobody = {"value": "0", "male": "", "female": ""}
    empty = [last_row("breakdowns", nobody), last_row("breakdowns", nobody | {"category": "10-19"})]
    found = broken("breakdowns", empty)
    assert found == ("breakdowns.csv", 2, "value", "the total of the table is zero")

    elsewhere = [
        last_row("breakdowns", {"period": "../2019"}),
        last_row("breakdowns", {"dimension": "province", "category": "Kangwon"}),
    ]
    assert broken("breakdowns", [*elsewhere, *empty]) == ("breakdowns.csv", 4, *found[2:])


def test_breakdown_category_may_be_zero():
    nobody = last_row("breakdowns", {"category": "10-19", "value": "0", "male": "", "female": ""})
    check(TABLES | {"breakdowns": [nobody, *TABLES["breakdowns"]]})


def test_rhythm_may_be_120_months():
    check(TABLES | {"release-calendar": [last_row("release-calendar", {"months": "120"})]})


def test_breakdowns_may_differ():
    other = last_row("breakdowns", {"period": "../2021", "status": "provisional", "released": "2022"})
    check(TABLES | {"breakdowns": [*TABLES["breakdowns"], other]})


@pytest.mark.parametrize("name", TABLES)
def test_duplicate_primary_key_is_refused(schemas, name):
    key = schemas[name]["primaryKey"]
    *rest, end = key
    same = f"{', '.join(rest)} and {end}" if rest else end
    numbers = {"value": "7", "male": "", "female": "", "months": "3", "reason": "not-found", "sources": "s"}
    other = {column: text for column, text in numbers.items() if column not in key}
    rows = [*TABLES[name], last_row(name, other)]
    assert broken(name, rows) == (f"{name}.csv", len(rows) + 1, end, f"an earlier row has the same {same}")


@pytest.mark.parametrize(
    ("change", "place"),
    [
        ({"measures": []}, ("boats.csv", None, None, "it is neither a known table nor the log of a measure")),
        ({"rafts": []}, ("rafts.csv", None, None, "it is neither a known table nor the log of a measure")),
        (
            {"measures": [*TABLES["measures"], ["rafts", *TABLES["measures"][0][1:]]]},
            ("measures.csv", None, None, "the log of the measure 'rafts' is missing"),
        ),
    ],
    ids=str,
)
def test_measures_and_logs_match(change, place):
    with pytest.raises(DataError) as caught:
        check(TABLES | change)

    assert caught.value.args == (place[3], *place[:3])


def test_measure_id_is_no_table_name():
    one_more = last_row("measures", {"id": "gaps"})

    assert broken("measures", [*TABLES["measures"], one_more])[2:] == ("id", "'gaps' is the name of another table")


@pytest.mark.parametrize("text", ["X\u200d", "\u200cX", "-\u200d "])
def test_rules_letter_beside_joiner_is_not_blank(text):
    assert not blank(text)


@pytest.mark.parametrize(
    ("text", "code"),
    [("plain", ""), ("\u00a0\u3000", ""), ("a\u200d\u200cb", ""), ("a\u3000b\u202ec\x1b", "U+202E"), ("\n", "U+000A")],
    ids=["plain", "spaces", "joiners", "override", "line break"],
)
def test_hidden_names_first_sign(text, code):
    assert hidden(text) == code


NEW = ["boats", "KOR", "2021", "7", "", "", "normal", "2022", "new", ""]
SOURCE = ["new", *TABLES["sources"][0][1:]]
SAME = "an earlier row has the same measure, area, period and released"


@pytest.mark.parametrize(
    ("rows", "place"),
    [
        ([TABLES["boats"][0]], (SAME, None, 1, "released")),
        ([NEW, NEW], (SAME, None, 2, "released")),
        ([NEW, [*NEW[:8], "unheard", ""]], ("'unheard' is not in the table of sources", None, 2, "sources")),
    ],
    ids=["printed before", "twice", "unknown source"],
)
def test_added_rows_count_from_one(rows, place):
    with pytest.raises(DataError) as caught:
        check(TABLES, added={"boats": rows, "sources": [SOURCE]})

    assert caught.value.args == place


def test_added_row_may_cite_known_source():
    check(TABLES, added={"boats": [[*NEW[:8], "s", ""]]})


def test_check_added_skips_other_tables():
    """Tables that do not grow are not checked again."""
    spoilt = TABLES | {"gaps": [["rafts"]]}

    check(spoilt, added={"boats": [NEW], "sources": [SOURCE]})


def test_data_error_names_given_file():
    with pytest.raises(DataError) as caught:
        check(TABLES | {"breakdown-tables": [["age", "../2020", "", ""]]}, {"breakdown-tables": "notes.csv"})

    assert caught.value.file == "notes.csv"


BUNDLED = rows_of(Catalogue.bundled())
# What means something somewhere.
TELLING = [
    "", "0", "1", "2020", "9999", "0001", "../0001", "../latest", "latest", "peak", "total", "value", "share", "change",
    "period", "female_share", "flow", "stock", "KOR", "USA", "WLD", "KOR USA", "year", "quarter", "increasing",
    "exact", "supported", "needs-nuance", "contradicted", "{peak_value}", "{arrivals_2020}", "age", "in-china",
    "limit", "arrivals", "refugees", "x",
]  # fmt: skip


# The tables that ask for what others hold, and those that they ask.
ASKING = ["placeholders", "estimates", "breakdowns", "claims", "claim-verdicts", "faq-statements", "measures"]


@st.composite
def one_cell_changed(draw):
    """The bundled tables, of which one cell says something else, or one row is gone."""
    name = draw(st.sampled_from(sorted(BUNDLED)) | st.sampled_from(ASKING))
    rows = list(BUNDLED[name])
    line = draw(st.integers(0, len(rows) - 1))
    column = draw(st.integers(0, len(columns(name)) - 1))
    others = sorted({row[column] for row in rows})
    text = draw(st.none() | st.sampled_from(others) | st.sampled_from(TELLING) | st.just(f"{rows[line][column]}x"))
    changed = [] if text is None else [[*rows[line][:column], text, *rows[line][column + 1 :]]]
    return f"{name}, line {line + 2}, {columns(name)[column]}: {text!r}", {
        name: [*rows[:line], *changed, *rows[line + 1 :]]
    }


def written(found):
    return found.markdown(), found.jsonld(), found.records()


def questions_without_a_period(catalogue, path):
    """What a catalogue answers whatever figures it has."""
    for name in ("faq", "claims", "glossary"):
        yield lambda name=name: written(getattr(catalogue, name)())
    for name in ("measures", "areas", "sources", "estimates", "cite"):
        yield lambda name=name: str(getattr(catalogue, name)())
    yield lambda: catalogue.export("all", path, format="csv", overwrite=True)


def questions_of_periods(catalogue):
    yield catalogue.freshness
    yield lambda: catalogue.destinations(2016).records()
    for dimension in NAMES_OF_DIMENSIONS:
        yield lambda dimension=dimension: catalogue.breakdown(dimension).records()
    for measure in catalogue.measures():
        yield functools.partial(catalogue.observation, measure.id, area=measure.areas[0])
        for frequency in measure.frequencies:
            yield lambda measure=measure, by=frequency: str(
                catalogue.series(measure.id, area=measure.areas[0], frequency=by)
            )


def renamed(name, column, old):
    rows = [
        [f"{cell}x" if place == column and cell == old else cell for place, cell in enumerate(row)]
        for row in BUNDLED[name]
    ]
    return f"{name}: {old} renamed", {name: rows}


@settings(max_examples=10)
@example(renamed("estimates", 6, "Human Rights Watch"))
@example(renamed("breakdowns", 2, "20-29"))
@example(renamed("placeholders", 2, "KOR"))
@given(one_cell_changed())
def test_valid_catalogue_never_fails(catalogue, tmp_path_factory, changed):
    _, tables = changed
    try:
        check(BUNDLED | tables)
    except DataError:
        return
    changed = catalogue_of(catalogue, tables)
    for ask in questions_without_a_period(changed, tmp_path_factory.getbasetemp() / "all.csv"):
        ask()
    for ask in questions_of_periods(changed):
        with contextlib.suppress(NoDataError):
            ask()


def test_two_numbers_of_one_survey_are_refused():
    """A survey has one number for an indicator, a period and a category; another survey may have another."""
    above = TABLES["indicators"]
    again = last_row("indicators", {"value": "13"})

    assert broken("indicators", [*above, again]) == (
        "indicators.csv", 4, "survey", "an earlier row has the same indicator, period, category and survey",
    )  # fmt: skip
    check(TABLES | {"indicators": [*above, last_row("indicators", {"value": "13", "survey": "Somebody"})]})


def test_indicator_may_be_published_before_its_year_ends():
    early = last_row("indicators", {"period": "2021", "released": "2021-02"})
    open_span = last_row("indicators", {"period": "../2021", "released": "2020"})

    check(TABLES | {"indicators": [*TABLES["indicators"], early, open_span]})


def test_renamed_organisation_is_refused(folder):
    """A text that names a renamed organisation is refused with its place."""
    old = "C. Robinson, Johns Hopkins University"
    path = folder / "estimates.csv"
    text = path.read_text(encoding="utf-8")
    assert text.count(f'"{old}",') > 1
    path.write_text(text.replace(f'"{old}",', "Somebody,"), encoding="utf-8", newline="")
    with (folder / "placeholders.csv").open(encoding="utf-8", newline="") as file:
        line, row = next((place, row) for place, row in enumerate(csv.reader(file), start=1) if row[4] == old)
    with pytest.raises(DataError) as caught:
        Catalogue.read(folder)

    rule = f"there is no estimate of {row[1]} for {row[3]} by {old!r}"
    assert caught.value.args == (rule, "placeholders.csv", line, "field")
