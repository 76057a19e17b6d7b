"""Names in braces: plain, looked up when asked for, and never code."""

import pytest
from catalogues import catalogue_of, ledger_of

from defector_stats import DataError, UnknownNameError
from defector_stats._texts.numbers import names_in, placeholders

ROWS = [
    ["latest", "arrivals", "", "latest", "value"],
    ["latest_year", "arrivals", "", "latest", "period"],
    ["latest_share", "arrivals", "", "latest", "female_share"],
    ["latest_change", "arrivals", "", "latest", "change"],
    ["peak", "arrivals", "", "peak", "value"],
    ["peak_year", "arrivals", "", "peak", "period"],
    ["all", "arrivals", "", "../latest", "value"],
    ["all_women", "arrivals", "", "../latest", "female"],
    ["men_2020", "arrivals", "KOR", "2020", "male"],
    ["men_1998", "arrivals", "", "1998", "male"],
    ["share_1998", "arrivals", "", "1998", "female_share"],
    ["q1", "arrivals", "", "2020-Q1", "value"],
    ["returned", "re-entries", "", "total", "value"],
    ["stock", "refugees", "WLD", "2016", "value"],
    ["stock_day", "refugees", "WLD", "2016", "period"],
    ["robinson", "in-china", "", "1998", "C. Robinson, Johns Hopkins University"],
    ["robinson_2009", "in-china", "", "2009", "C. Robinson, Johns Hopkins University"],
    ["children", "children-in-china", "", "2007-12", "US Committee for Refugees and Immigrants"],
    ["nobody", "in-china", "", "1998", "Nobody"],
    ["twenties", "age", "20-29", "", "value"],
    ["twenties_share", "age", "20-29", "", "share"],
    ["twenties_women", "age", "20-29", "", "female"],
    ["twenties_men", "age", "20-29", "", "male"],
    ["newest_men", "age", "", "", "male"],
    ["ages", "age", "", "../2022-12", "value"],
    ["ages_women", "age", "", "../2022-12", "female"],
    ["ages_date", "age", "", "../2022-12", "period"],
    ["newest_ages", "age", "", "", "period"],
    ["newest_residents", "residence", "", "", "period"],
    ["first", "arrivals", "", "1992", "value"],
    ["second", "arrivals", "", "1993", "value"],
    ["giants", "age", "giants", "", "value"],
    ["pupils_2014", "pupils", "all", "2014", "Ministry of Education"],
    ["wage_2025", "mean-monthly-wage", "all", "2025", "Korea Hana Foundation"],
    [
        "four_years",
        "time-between-leaving-and-arriving",
        "4 to under 5 years",
        "2003-01/2003-05",
        "survey of arrivals, reported by Yonhap",
    ],
]


def numbers_of(catalogue, rows):
    """Return the placeholders of a catalogue with other names."""
    return placeholders(ledger_of(catalogue_of(catalogue, {"placeholders": rows})))


@pytest.fixture
def numbers(catalogue):
    return numbers_of(catalogue, ROWS)


@pytest.mark.parametrize(
    ("template", "text"),
    [
        ("no name", "no name"),
        ("{latest} in {latest_year}", "223 in 2025"),
        pytest.param("{latest_share}, {latest_change}", "88.8%, 13 fewer (−5.5%)", id="share and change"),
        ("{peak} in {peak_year}", "2,914 in 2009"),
        ("{all}, {all_women}", "34,537, 24,944"),
        ("{men_2020} and {q1}", "72 and 135"),
        ("{men_1998}, {share_1998}", "an unknown number, an unknown share"),
        ("{returned}", "31"),
        ("{stock} at {stock_day}", "1,419 at the end of 2016"),
        ("{robinson}", "35,000 to 125,000 (75,000)"),
        ("{twenties} ({twenties_share}), {twenties_women}", "9,662 (28.3%), 7,021"),
        ("{ages}, {ages_women} by {ages_date}", "33,836, an unknown number by 2022"),
        ("{newest_ages}, {newest_residents}", "September 2024, September 2024"),
        ("{children}", "5,000 to 8,000"),
        ("{robinson_2009}", "about 10,000"),  # the same organisation made one for 1998
        ("{newest_men}, {twenties_men}", "9,544, 2,641"),
        ("{pupils_2014} pupils, {wage_2025}, {four_years}", "2,183 pupils, 2.614 million KRW, 28.2%"),
    ],
)
def test_fill_replaces_names(numbers, template, text):
    assert numbers.fill(template) == text


def test_figures_of_template(numbers):
    """Each figure that a text rests on is given once."""
    latest, robinson = numbers.figures("{latest} in {latest_year}", "{robinson}, {latest}")

    assert (latest + 0, str(latest.period)) == (223, "2025")
    assert robinson.point == 75000
    assert numbers.figures("nothing") == ()
    assert len(numbers.figures("{twenties} {twenties_share}")) == 1
    assert [str(figure.period) for figure in numbers.figures("{first} {second}")] == ["1992", "1993"]


@pytest.mark.parametrize(
    ("period", "field", "text"),
    [
        ("2012", "value", "9"),
        ("latest", "change", "2 more (+22%)"),
        ("../latest", "value", "27"),
        ("peak", "period", "2013"),
        ("total", "value", "27"),
    ],
)
def test_fill_with_area(invented, period, field, text):
    rows = [["here", "crossings", "USA", period, field], ["there", "crossings", "KOR", "total", "value"]]

    # In South Korea 0, 5, 5, 400, 300, 200, 100 and 1.
    assert numbers_of(invented, rows).fill("{here}, {there}") == f"{text}, 1,011"


def test_fill_with_extra_names(numbers):
    assert numbers.fill("{latest} and {other}", {"other": "x"}) == "223 and x"
    assert numbers.figures("{other}") == ()


def test_fill_follows_new_figure(catalogue):
    row = {"period": 2026, "value": 1, "released": "2027-01-31", "sources": ["newsis_20260204"]}

    assert numbers_of(catalogue.extended([row]), ROWS).fill("{latest} in {latest_year}") == "1 in 2026"


@pytest.fixture(scope="module")
def after_a_hole(catalogue):
    """The bundled figures with one for 2027, and none for 2026."""
    row = {"period": 2027, "value": 1, "released": "2028-01-31", "sources": ["newsis_20260204"]}
    return catalogue.extended([row])


@pytest.mark.parametrize(
    ("period", "field", "missing"),
    [
        ("../latest", "value", "arrivals, all to the latest year"),
        ("../latest", "female", "arrivals, all to the latest year"),
        ("latest", "change", "arrivals, the latest year or the year before"),
        ("total", "value", "arrivals, all years"),
        ("2026", "value", "arrivals, 2026"),
        ("2026", "period", "arrivals, 2026"),
        ("2027", "change", "arrivals, 2027 or the year before"),
        ("1800", "female_share", "arrivals, 1800"),
    ],
)
def test_fill_names_missing_figure(after_a_hole, period, field, missing):
    """A figure that is missing is named in place of the statement."""
    numbers = numbers_of(
        after_a_hole, [["known", "arrivals", "", "2025", "value"], ["odd", "arrivals", "", period, field]]
    )

    for template in ("{odd}", "Of {known} and {odd}.", "{other}, {odd}, {odd}"):
        assert numbers.fill(template, {"other": "x"}) == f"A figure of this statement is missing: {missing}."
        assert numbers.figures(template) == ()
    assert numbers.fill("{known}") == "223"
    assert [figure + 0 for figure in numbers.figures("{known} {odd}", "{known}", "{odd}")] == [223]


def test_fill_names_missing_area_and_table(catalogue, invented):
    """The place of a missing figure and a missing table are named."""
    rows = [["there", "crossings", "USA", "1950", "value"], ["highest", "tickets", "KOR", "peak", "value"]]
    bare = catalogue_of(invented, {"tickets": []})
    numbers = numbers_of(bare, rows)
    assert numbers.fill("{there}") == "A figure of this statement is missing: crossings (USA), 1950."
    assert numbers.fill("{highest}") == "A figure of this statement is missing: tickets (KOR), the highest year."

    tables = numbers_of(catalogue, [["old", "age", "", "../1950", "value"]])
    assert tables.fill("{old}") == "A figure of this statement is missing: age, ../1950."
    none = catalogue_of(catalogue, {"breakdowns": []})
    ages = numbers_of(none, [["new", "age", "0-9", "", "share"]])
    assert ages.fill("{new}") == "A figure of this statement is missing: age (0-9), the newest table."


@pytest.mark.parametrize("period", ["0001", "2024-01-15/2024-02-29"])
def test_fill_change_without_earlier_year(catalogue, period):
    """There is no year before the first, and a span that holds a leap day has no equal in the year before."""
    spans = {period, "2023-01-15/2023-02-28"}
    row = {"value": 1, "released": "2028-01-31", "sources": ["newsis_20260204"]}
    more = catalogue.extended([{**row, "period": each} for each in spans])
    text = numbers_of(more, [["odd", "arrivals", "", period, "change"]]).fill("{odd}")

    assert text == f"A figure of this statement is missing: arrivals, {period} or the year before."


@pytest.mark.parametrize(
    ("name", "rule", "column"),
    [
        ("unheard", "unknown placeholder 'unheard'", "name"),
        ("nobody", "there is no estimate of in-china for 1998 by 'Nobody'", None),
    ],
)
def test_fill_refuses_undefined_name(numbers, name, rule, column):
    with pytest.raises(DataError) as caught:
        numbers.fill(f"{{{name}}}")

    assert (caught.value.rule, caught.value.file, caught.value.column) == (rule, "placeholders.csv", column)


def test_fill_unknown_category(numbers):
    with pytest.raises(UnknownNameError):
        numbers.fill("{giants}")


@pytest.mark.parametrize(
    ("template", "name"),
    [
        ("{latest.__class__}", "latest.__class__"),
        ("{latest[0]}", "latest[0]"),
        ("{latest:>99}", "latest"),
        ("{latest!r}", "latest"),
        ("{latest:{latest}}", "latest"),
        ("{__class__.__mro__}", "__class__.__mro__"),
        ("{}", ""),
        ("{0}", "0"),
        ("{a b}", "a b"),
        ("{", None),
        ("}", None),
        ("{latest", None),
    ],
)
def test_fill_refuses_bad_template(numbers, template, name):
    rule = "the template is broken (" if name is None else f"{name!r} is not a plain name in braces"
    for read in (names_in, numbers.fill):
        assert pytest.raises(DataError, read, template).value.rule.startswith(rule)


def test_names_in_once_in_order():
    assert names_in("{{c}} {b} {a} {b} {{c}}") == ["b", "a"]
