"""Advice that works: each hint of each wrong call is followed to the letter, in Python and in a shell."""

import datetime as dt
import re
import shlex

import pytest

import defector_stats as ds
from defector_stats._model.dates import read_as_of
from defector_stats.cli import main

# Wrong calls: names, periods, dates and pairs that people get wrong.
CALLS = """
arrivals(2026)
arrivals(2027)
arrivals(9999)
arrivals(1950)
arrivals(1800)
arrivals(20)
arrivals("2026-H1")
arrivals("2026-H2")
arrivals("2025-Q3")
arrivals("2025-Q4")
arrivals("2014-Q3")
arrivals("2025-06")
arrivals("2020-07")
arrivals("2020-07-01")
arrivals("FY2010")
arrivals("FY2013")
arrivals("FY2020")
arrivals("2010/2012")
arrivals("2003/2005")
arrivals("1980/1989")
arrivals("2020-02/2020-03")
arrivals("2020-04/2020-09")
arrivals("2019-07/2020-06")
arrivals("../1980")
arrivals("../2026")
arrivals("../2020-05")
arrivals(as_of=1990)
arrivals(2007, as_of="2008-06-30")
arrivals(2006, as_of="2008-06")
arrivals("2010/2012", as_of="2015")
arrivals("../2020-03", as_of=2015)
arrivals("last year")
arrivals("20x0")
arrivals("Q2 2020")
arrivals("2019-2020")
arrivals("July 2020")
arrivals("2020-13")
arrivals("2020-Q5")
arrivals("")
arrivals("2020/2010")
arrivals("2020-02-30")
arrivals(0)
arrivals(10000)
arrivals(-5)
arrivals(2020.5)
arrivals(True)
arrivals([2020])
arrivals(b"2020")
arrivals(arrivals(2020))
arrivals(dt.date(2023, 10, 9))
arrivals(dt.datetime(2023, 10, 9, 12, 30))
arrivals(2025, as_of="4/2/2026")
arrivals(2025, as_of="Wed 4/2/2026")
arrivals(2025, as_of="4 Feb 26")
arrivals(2025, as_of="Tue 4 Feb 2026")
arrivals(2025, as_of="30 Feb 2026")
arrivals(2025, as_of="soon")
arrivals(2025, as_of="")
arrivals(2025, as_of=0)
arrivals(2025, as_of=2026.5)
arrivals(2025, as_of=True)
arrivals(2025, as_of=[])
observation("arivals", 2020)
observation("Arrivals", 2020)
observation("refugee", 2020, area="GBR")
observation("arrival", 2020)
observation(None, 2020)
observation(5, 2020)
observation("refugees", 2020)
observation("refugees", 2020, area="KOR")
observation("refugees", 2020, area="CHN")
observation("refugees", 2020, area="China")
observation("refugees", 2020, area="Austria")
observation("refugees", 2020, area="Korea")
observation("refugees", 2020, area="North Korea")
observation("refugees", 2020, area="Germny")
observation("refugees", 2020, area="Untied Kingdom")
observation("refugees", 2020, area="JPN")
observation("refugees", 2020, area="")
observation("refugees", 2020, area=5)
observation("refugees", 2001, area="GBR")
observation("refugees", 2026, area="GBR")
observation("refugees", 1990, area="CAN")
observation("refugees", "2010/2012", area="USA")
observation("refugees", "2010-Q1", area="USA")
observation("refugees", 2016, area="GBR", as_of="2018-01-01")
observation("asylum-applications", 2024, area="GBR")
observation("asylum-applications", "2010/2012", area="USA")
observation("asylum-seekers", 2020, area="ROK")
observation("arrivals", 2020, area="North Korea")
observation("arrivals", 2020, area="USA")
observation("arrivals", 2020, area="China")
observation("re-entries", 2020, area="South Korea")
observation("re-entries", 2023)
observation("us-refugee-admissions", "FY2026")
observation("us-refugee-admissions", 2025)
observation("us-refugee-admissions", "2010-Q1")
observation("uk-asylum-applications", "FY2010")
observation("thailand-arrests", 2011)
series("arivals")
series("refugees")
series("refugees", area="UKR")
series(frequency="week")
series(frequency="yearly")
series(frequency="annual")
series(frequency="fiscal-year")
series(frequency=None)
series(start=2022, end=2020)
series(start="2020-Q3", end="2020-Q1")
series(start="x")
series(start=2020.5)
series(as_of="4/2/2026")
series().at(1950)
series().at(2026)
series().at("2020-Q1")
series(start=2020).at(2010)
series(start=2020).rank(2010)
series(start=2020, as_of="2025").at(2010)
series(start=2020).between(2023, 2021)
series(start=1980, end=1985).total()
series(start=2030).total()
series(start=2030).peak()
series(start=2030).trough()
series(start=2030).mean()
series("refugees", area="GBR", as_of=1990).peak()
series("refugees", area="GBR").total()
series("refugees", area="GBR").crossing(5)
series(frequency="running-total").total()
series(frequency="running-total").at("../2020-03")
series(frequency="quarter").total()
series(frequency="quarter", start=2016, end=2018).mean()
series().crossing(50_000)
series().crossing(900)
series().crossing(-1)
series().crossing("many")
series().plot(series("refugees", area="GBR"))
revisions(2026)
revisions(1800)
revisions("2025-H2")
revisions("../2020-03")
revisions(2020, "arivals")
revisions(2020, "refugees")
revisions("2020", "refugees", area="WLD")
compare(2019, 2026)
compare(2019, "2020-Q1")
compare(2019, "../2020")
compare("FY2010", 2010, measure="us-refugee-admissions")
compare("2020/2019", 2020)
compare(arrivals(2019), 2020)
compare(arrivals(2019), arrivals(2020), as_of=2021)
compare(arrivals(2019), estimates("in-china")[0])
context(2026)
context("1999/2001")
verify(-1, 2020)
verify(2.5, 2020)
verify(229, "20x0")
verify(229, 2020, sex="women")
verify(229, 2020, sex="females")
estimates("china")
estimates("in_china")
estimates("forced returns")
estimates("in-china", during="x")
breakdown("gender")
breakdown("ages")
breakdown("age", "../2001")
breakdown("age", 2024)
breakdown("education", as_of=2020)
breakdown("age").row("20-30")
destinations(1900)
destinations(1980)
destinations("2020-Q1")
destinations("1999/2001")
destinations("../2016")
destinations("1916-Q1")
faq("money")
faq("number")
faq_entry("how many")
faq_entry("suport")
search_faq("")
cite(arrivals(2020), "apa")
cite(arrivals(2020), "bib")
cite(2020)
export("all", "x.csv", format="xlsx")
export("all", "x.csv", format="JSON")
export("arivals", "x.csv", format="csv")
export(2020, "x.csv", format="csv")
export("all", "no-such-folder/x.csv", format="csv")
freshness("2200-01-01")
freshness("soon")
Period.parse("2020").shift("x")
Period.parse("2020").shift(10_000)
Period.parse("1999/2001").shift(1)
Period.parse("2020").in_year(0)
Period.parse("2020").in_year(None)
""".strip().splitlines()

NAMES = vars(ds) | {name: getattr(ds, name) for name in ds.__all__} | {"dt": dt}
FORMS = "Write a period as "
DATES = "Write a date as "


def run(call):
    return eval(call, NAMES)  # noqa: S307


def quoted(hint):
    """The names that a hint lists, in quotes or bare."""
    listed = re.sub(r"^(Did you mean|Choose from:) ", "", hint).rstrip(".?")
    return re.findall(r"'([^']+)'", listed) or listed.split(", ")


def is_wrong_name(error):
    return isinstance(error, ds.UnknownNameError)


def follow(call, error):
    """Do what the hint says; what comes of it must be an answer."""
    hint = error.hint
    code = re.search(r"(?:use |Ask for it alone: |Ask for |such as )([a-z_]+\(.*\)(?:\.total\(\))?)\.$", hint)
    between = re.search(r"for instance with (\.between\(.*\))\.$", hint)
    if hint.startswith(FORMS):
        for text in listed(hint.removeprefix(FORMS)):
            assert str(ds.Period.parse(text)) == text
    elif hint.startswith(DATES):
        assert all(map(read_as_of, listed(hint.removeprefix(DATES))))
    elif hint.startswith(("Did you mean ", "Choose from: ")):
        for name in quoted(hint):
            follow_name(call, error, name)
    elif code:
        assert run(code[1]) is not None
    elif between:
        assert run(re.sub(r"(\.(?:total|mean)\(\))$", rf"{between[1]}\1", call)) is not None
    elif hint == "Pass default=None to get None instead.":
        assert run(call.removesuffix(")") + ", default=None)") is None
    elif BY_HAND[hint] is not None:
        assert run(BY_HAND[hint]) is not None


def listed(forms):
    return forms.removesuffix(".").replace(" or ", ", ").split(", ")


def follow_name(call, error, name):
    """With the name that is advised, the question is understood; it may still have no figure."""
    try:
        run_with(call, error, name)
    except ds.DefectorStatsError as other:
        assert not is_wrong_name(other) or other.given is None, (name, other)


def run_with(call, error, name):
    """The call with another name in the place of the wrong one."""
    given = error.given if is_wrong_name(error) else str(error.period)
    if given is None and "None" not in call:
        return run(f"{call.removesuffix(')')}, {error.kind}={name!r})")
    for form in (f'"{given}"', str(given)):
        before, found, after = call.rpartition(form)
        if found:
            return run(f"{before}{name!r}{after}")
    raise AssertionError(call)


# What only a person can follow, and what that person would write; None where nothing can be evaluated.
BY_HAND = {
    "Write the earlier end first.": "arrivals('../2020')",
    "Give the earlier bound as the start.": "series(start=2020, end=2022)",
    "Write 2023-10-09 in quotes for the day, or 2023 for the year.": "Period.parse('2023-10-09'), Period.parse(2023)",
    "Give two of a kind.": "compare(arrivals(2019), arrivals(2020))",
    "Ask for each observation as of its day, or give two periods.": (
        "compare(arrivals(2019, as_of=2021), arrivals(2020, as_of=2021)), compare(2019, 2020, as_of=2021)"
    ),
    "Ask for a day within a century of the newest figure.": "freshness('2125-01-01')",
    "Give a whole number.": "Period.parse('2020').shift(1)",
    "Stay within the years 1 to 9999.": "Period.parse('2020').in_year(9999), Period.parse('2020').shift(7979)",
    "Shift a year, half, quarter or month.": (
        "[Period.parse(p).shift(1) for p in ('2020', '2020-H1', '2020-Q1', '2020-01')]"
    ),
    "Nothing was changed. See that the folder exists, has room and may be written to.": None,
}


@pytest.mark.parametrize("call", CALLS)
def test_hint_of_wrong_call_works(call, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)  # some of the files that are asked for are written
    if ".plot(" in call:
        pytest.importorskip("matplotlib")
    with pytest.raises(ds.DefectorStatsError) as caught:
        run(call)
    error = caught.value
    assert str(error) == f"{error.sentence} {error.hint}".strip()
    assert "../9999" not in error.sentence
    if error.hint:
        follow(call, error)


def test_wrong_calls_are_many_and_distinct():
    assert len(CALLS) == len(set(CALLS)) >= 150


def test_hint_names_default_only_where_it_exists(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    for call in CALLS:
        with pytest.raises(ds.DefectorStatsError) as caught:
            run(call)
        if "default" in str(caught.value):
            assert call.startswith(("arrivals(", "observation("))


@pytest.mark.parametrize(
    ("thing", "said"),
    [
        (ds.arrivals(2020), "is an Observation, not a period"),
        (object(), "is an object, not a period"),
        (2020.5, "is a float, not a period"),
        (True, "is a bool, not a period"),
        ([], "is a list, not a period"),
    ],
    ids=["Observation", "object", "float", "bool", "list"],
)
def test_type_error_uses_right_article(thing, said):
    assert pytest.raises(ds.InvalidPeriodTypeError, ds.arrivals, thing).value.problem == said


def test_missing_extra_error_names_pip_package():
    for library in ("pandas", "polars", "pyarrow", "matplotlib"):
        error = ds.MissingExtraError(library, "plot")
        assert error.hint == f"Install it with: pip install {library}"
        assert "defector-stats[" not in str(error)


def test_hint_of_export_names_overwrite(tmp_path):
    path = tmp_path / "x.csv"
    ds.export("arrivals", path, format="csv")
    with pytest.raises(ds.FileError) as caught:
        ds.export("arrivals", path, format="csv")
    assert caught.value.hint == "Choose another path, or pass overwrite=True."
    assert ds.export("arrivals", path, format="csv", overwrite=True) == path


# The same in a shell: each is a mistake, or asks for what is not there.
COMMANDS = """
2026
2010/2012
1980/1989
2020-02/2020-03
2010/2012 --as-of 2015
2025-06
../1980
20x0
"Q2 2020"
2020 --as-of 4/2/2026
2020 --as-of soon
2007 --as-of 2008-06-30
2020 --measure arivals
2020 --measure refugees
2020 --measure refugees --area CHN
2020 --measure refugees --area KOR
2020 --measure refugees --area Austria
2020 --measure refugees --area Korea
2020 --measure refugees --area Germny
2020 --measure arrivals --area USA
2020 --measure re-entries --area "South Korea"
2024 --measure asylum-applications --area GBR
series --frequency week
series --measure arivals
series --from 2022 --to 2020
series --crossing 50000
series --crossing many
series --measure refugees
compare 2019 2020-Q1
compare 2020 2026
context 2026
context 1999/2001
verify -1 2020
verify x 2020
verify 229 2020 --sex women
revisions 2025-H2
revisions 1800
estimates china
breakdown gender
breakdown age 2001
breakdown age --as-of 1990
destinations 1950
destinations 2020-Q1
faq suport
faq --topic money
cite 2020 --style apa
export xlsx x.xlsx
export csv no-such-folder/x.csv
export csv x.csv --measure arivals
""".strip().splitlines()


@pytest.mark.parametrize("command", COMMANDS)
def test_hint_of_wrong_command_works(command, capsys, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    words = shlex.split(command)
    try:
        code = main(words)
    except SystemExit as stop:
        code = stop.code
    out, told = capsys.readouterr()
    assert (out, code in {1, 2, 3}) == ("", True)
    assert told.count("\n") == 1
    # No hint tells a shell to write Python.
    assert not re.search(r"\w\(|default=|=None|\.total|as_of", told)
    advised = re.search(r"(?:[Rr]un|such as): (defector-stats.*)\.$", told)
    if advised:
        assert main(shlex.split(advised[1])[1:]) == 0
    named = re.search(r"(?:Did you mean|Choose from:) ('.*')[.?]$", told)
    assert named or not ("Unknown" in told or "is needed" in told)
    if named:
        for name in re.findall("'(.+?)'", named[1]):
            wrong = re.search(r"(?:Unknown [a-z ]+ '|')([^']*)'(?:\.| is| may)", told)
            again = [name if word == (wrong and wrong[1]) else word for word in words]
            if again == words:  # a table or an area was left out, or a period has no table
                again = [*words, "--area", name] if "area is needed" in told else [*words[:-1], name]
            if words[0] == "export":
                again[2] = f"{name}.file"
            assert main(again) in {0, 1}, again
