"""The command line: what it prints, and how it ends.

`commands.txt` holds every option, and questions with their answers, as they were read by eye.
After a change: python tests/contract/test_cli.py > new.txt, read it, and let it replace commands.txt.
"""

import contextlib
import csv
import io
import json
import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from defector_stats import Catalogue, TimeSeries, data_version, faq_entry, series, sources
from defector_stats.cli import main, parser

FILE = Path(__file__).with_name("commands.txt")
OPTIONS, *ANSWERS = re.split(r"^(?=\$ )", FILE.read_text(encoding="utf-8"), flags=re.MULTILINE)
FACTS = ("dest", "metavar", "nargs", "const", "default", "choices")


def options():
    """What the parsers know; each version of Python lays out its help in another way."""
    whole = parser()
    _, version, commands = whole._actions
    yield f"{whole.prog}: {whole.description}"
    yield option(version)
    yield option(commands).partition(" choices")[0]
    for named in commands._choices_actions:
        command = commands.choices[named.dest]
        yield f"\n{command.prog}: {named.help}"
        yield from map(option, command._actions[1:])


def option(action):
    """The names, the help and the settings of an option."""
    facts = [f"{name}={fact!r}" for name in FACTS if (fact := getattr(action, name)) is not None]
    return " ".join(["   ", *action.option_strings, *([action.help] if action.help else []), "|", *facts])


def answered(question):
    """A question and its answer as a terminal of 80 columns shows them."""
    shown = io.StringIO()
    with contextlib.redirect_stdout(shown), contextlib.redirect_stderr(shown):
        code = ended(main, shlex.split(question))
    return f"$ {question}\n{shown.getvalue()}" + f"exit code {code}\n" * bool(code)


def ended(function, *arguments):
    """The exit code, however a command ends."""
    try:
        return function(*arguments)
    except SystemExit as stop:
        return stop.code


def asked(answer):
    """The question of an answer in the file."""
    return answer.partition("\n")[0].removeprefix("$ ")


@pytest.fixture(autouse=True)
def columns(monkeypatch):
    """As wide as where nobody says how wide it is."""
    monkeypatch.setenv("COLUMNS", "80")


@pytest.fixture
def run(capsys):
    def call(*arguments):
        code = ended(main, list(arguments))
        printed = capsys.readouterr()
        return code, printed.out, printed.err

    return call


def test_cli_options_match_kept_file():
    assert list("\n".join(options()).splitlines()) == OPTIONS.rstrip("\n").splitlines()


@pytest.mark.parametrize("answer", ANSWERS, ids=asked)
def test_cli_answers_match_kept_file(answer):
    if asked(answer).startswith("chart -o"):
        pytest.importorskip("matplotlib")
    assert answered(asked(answer)).splitlines() == answer.rstrip("\n").splitlines()


def test_cli_show_figure(run):
    code, out, err = run("2020")

    assert (code, err) == (0, "")
    lines = out.splitlines()
    assert lines[:3] == [
        "229  arrivals in South Korea in 2020",
        "72 men and boys, 157 women and girls",
        "First published on 20 January 2021.",
    ]
    assert lines[3] == "Sources, official ones first:"
    assert lines[4].startswith("- Ministry of Unification, “Settlement Support for North Korean Defectors”")
    assert lines[-1] == "and 4 more; --all-sources lists them"
    assert run("show", "2020")[1] == out


def test_cli_show_and_about_stock(run):
    place = ("2023", "--measure", "refugees", "--area", "GBR")

    assert run(*place)[1].startswith("24  refugees from North Korea in the United Kingdom at the end of 2023\n")
    assert run("about", *place)[1].startswith(
        "Refugees from North Korea in the United Kingdom at the end of 2023: 24\n"
    )


def test_cli_show_derived_and_noted(run):
    """A derived figure shows its working, and an old one its note and rivals."""
    derived, undated, contested = run("2025-H2")[1], run("2009", "--as-of", "2012-06")[1], run("1997")[1]

    assert derived.startswith("127  arrivals in South Korea in the second half of 2025 (low reliability)\n")
    assert "\nCalculated: 2025 − 2025-H1\n" in derived
    assert "\nThe newest of its inputs was published on 4 February 2026.\n" in derived
    split = run("2024-H1")[1].splitlines()
    assert split[1:4] == [
        "10 men and boys, 95 women and girls",
        "First published on 23 July 2024.",
        "Calculated: sexes: 2024-Q1 + 2024-Q2",
    ]
    assert "\nNote: 2025 was revised after 2025-H1 was last published.\n" in derived
    assert undated.startswith("2,927  arrivals in South Korea in 2009\n")
    assert "\nFirst published in October 2010; this split by sex on 11 January 2012.\n" in undated
    assert "the date of the change is not known" in undated
    assert "\nAlso published: 86 (An encyclopedia table" in contested
    assert "men and boys" not in contested
    assert contested.count("\n- ") == 2
    assert "more" not in contested.splitlines()[-1]


@pytest.mark.parametrize("command", ["2020", "compare 2019 2020", "context 2020", "verify 229 2020", "latest", "total"])
def test_cli_all_sources_have_addresses(run, command):
    found = json.loads(run(*shlex.split(command), "--format", "json")[1])
    listed = found["sources"] if "sources" in found else found["figure"]["sources"]
    lines = run(*shlex.split(command), "--all-sources")[1].splitlines()
    told = " ".join(line.strip() for line in lines[lines.index(next(one for one in lines if one[:6] == "Source")) :])

    assert told.count(" - ") == len({source["key"] for source in listed})
    assert all(f"({source['published']}) {source['url'] or ''}".rstrip() in told for source in listed)
    assert "more; --all-sources" not in told


def test_cli_latest_and_total(run):
    assert run("latest", "--format", "json") == run("2025", "--format", "json")
    assert run("latest", "--as-of", "2026-01-25")[1].startswith("224  arrivals in South Korea in 2025 (provisional)\n")
    place = ["--measure", "refugees", "--area", "Canada"]
    assert run("latest", *place) == run("2025", *place)
    assert run("total", "--format", "json") == run("../2025", "--format", "json")
    assert run("total")[1].startswith("34,537  arrivals in South Korea by the end of 2025 (provisional)\n")
    assert run("total", "--as-of", "2012-01-31")[1].startswith("23,100  arrivals in South Korea by the end of 2011")
    assert run("total", "--as-of", "1990")[0] == 1


def test_cli_overview(run):
    """Without arguments, the command tells the latest year and draws the series."""
    code, out, err = run()

    assert (code, err) == (0, "")
    lines = out.splitlines()
    assert lines[:3] == [
        "223  arrivals in South Korea in 2025 (provisional)", "25 men and boys, 198 women and girls", "",
    ]  # fmt: skip
    assert " ".join(lines[3:6]).startswith(
        "Arrivals in South Korea numbered 223 in 2025, 13 fewer (−5.5%) than in 2024. That is the lowest since 2023; "
    )
    assert lines[6:9] == [
        "The running total to the end of 2025 is 34,537.", "", "Arrivals in South Korea by year, 2001 to 2025:",
    ]  # fmt: skip
    bars = [line for line in lines if "█" in line]
    assert len(bars) == 25
    assert bars[0] == f"2001    583  {'█' * 12}"
    assert [line.count("█") for line in bars[8:10]] == [60, 49]
    assert bars[-1] == "2025    223* █████"
    assert bars[-2].startswith("2024    236  ")
    assert lines[34:36] == ["* provisional", ""]
    assert lines[36].startswith("More: defector-stats latest")


def test_cli_overview_star(run, folder, monkeypatch):
    path = folder / "arrivals.csv"
    path.write_text(path.read_text(encoding="utf-8").replace(",provisional,", ",normal,"), encoding="utf-8")
    settled = Catalogue.read(folder)
    monkeypatch.setattr("defector_stats.catalogue.Catalogue.bundled", lambda: settled)
    out = run()[1]

    assert "*" not in out
    assert "provisional" not in out


def test_cli_series_table(run):
    """The series is an aligned table with changes and a summary."""
    code, out, _ = run("series", "--from", "2008", "--to", "2010")

    assert code == 0
    *table, empty, first, last = out.splitlines()
    summary = (first, last)
    assert table == [
        "period  persons  change  male  female  status  released",
        "2008      2,803           608   2,195          2020",
        "2009      2,914    +111   662   2,252          2015-11-13",
        "2010      2,402    −512   591   1,811          2013-12-25",
    ]
    assert empty == ""
    assert " ".join(summary) == (
        "Arrivals in South Korea by year, 2008 to 2010: the highest is 2,914 in 2009, the lowest 2,402 in 2010; "
        "8,119 in all, 2,706.3 a year on average."
    )
    assert run("series", "--from", "1992", "--to", "1993")[1].splitlines()[2].split()[:3] == ["1993", "8", "0"]


def test_cli_series_table_states_gaps(run):
    out = run("series", "--frequency", "quarter", "--from", "2025", "--to", "2025")[1].splitlines()

    assert [line.split()[:2] for line in out[1:5]] == [
        ["2025-Q1", "38"],
        ["2025-Q2", "58"],
        ["2025-Q3", "not-published"],
        ["2025-Q4", "not-published"],
    ]
    assert run("series", "--from", "2030")[1].splitlines()[1:] == [
        "2030    after-coverage",
        "",
        "Arrivals in South Korea by year: no figures.",
    ]


def test_cli_series_crossing(run):
    assert run("series", "--crossing", "20,000")[:2] == (0, "The running total reached 20,000 in 2010.\n")
    assert run("series", "--crossing", "30000", "--frequency", "half")[1].endswith(" in the second half of 2016.\n")
    assert run("series", "--crossing", "50000")[0] == 1
    assert run("series", "--crossing", "many")[0] == 2


def test_cli_compare_context_verify(run):
    """`compare`, `context` and `verify` print sentences, notes and sources."""
    code, out, err = run("compare", "2024", "2025", "--as-of", "2026-01-25")
    assert (code, err) == (0, "")
    lines = out.splitlines()
    assert lines[:2] == [
        "Arrivals in South Korea fell from 236 in 2024 to 224 in 2025: 12 fewer (−5.1%).",
        "Note: The figure for 2025 is provisional.",
    ]
    assert lines[2].startswith("Note: The figure for 2025 was last published on 20 January 2026")
    assert lines[4] == "Sources:"
    assert lines[-1] == "and 5 more; --all-sources lists them"

    out = run("context", "2019")[1].replace("\n", " ")
    assert out.startswith("Arrivals in South Korea numbered 1,047 in 2019, 90 fewer (−7.9%) than in 2018. That was ")
    assert " Sources: - Ministry of Unification, “脱北居民现况” (2020)   https://" in out
    assert run("context")[1] == run("context", "2025")[1]
    assert "numbered 2,737 in 2011" in run("context", "2011", "--as-of", "2012-01-11")[1]

    out = run("verify", "1,043", "2001")[1].replace("\n", " ")
    assert out.startswith(
        "misread: 1,043 is not the figure for arrivals in South Korea in 2001 but the figure for 1999 to 2001 "
    )
    assert " Sources: - " in out
    assert run("verify", "216", "2024", "--sex", "female")[1].startswith(
        "misprint: 216 was published for women and girls "
    )
    assert "Source" not in run("verify", "100", "2026")[1]


def test_cli_compare_context_verify_json(run):
    change = json.loads(run("compare", "2019", "2020", "--format", "json")[1])
    assert (change["difference"], change["direction"]) == (-818, "down")
    assert json.loads(run("context", "2019", "--format", "json")[1])["lowest_since"] == "2001"
    found = json.loads(run("verify", "947", "1998", "--format", "json")[1])
    assert (found["verdict"], found["current"]["value"]) == ("misread", 71)


@pytest.mark.parametrize(
    "question",
    [
        "about 2009", "compare 2019 2020", "context 2019", "verify 216 2024 --sex female", "series", "estimates",
        "indicators work",
        "breakdown age", "destinations 2016", "faq cost", "faq --topic returns", "claims", "glossary",
        "cite 2025-H2",
    ],
)  # fmt: skip
def test_cli_json_is_indented_and_not_ascii(run, question):
    out = run(*shlex.split(question), "--format", "json")[1]

    assert out == json.dumps(json.loads(out), ensure_ascii=False, indent=2) + "\n"
    assert json.loads(out)


def test_cli_estimates_draw_ranges(run):
    robinson = "C. Robinson, Johns Hopkins University"
    code, out, err = run("estimates", "in-china", "--during", "1998")

    assert (code, err) == (0, "")
    assert out.splitlines() == [
        "in-china (persons; the scale ends at 130,000)",
        f"1998  35,000 to 125,000 (75,000)  {' ' * 8}{'─' * 9}●{'─' * 11}",
        f"    {robinson}",
        f"1998           50,000 to 130,000  {' ' * 11}{'─' * 19}",
        f"    {robinson}, as reported by Yonhap",
        "",
        "These are published estimates, not counts: never add them up.",
    ]
    assert json.loads(run("estimates", "--format", "json")[1])[0]["topic"] == "in-china"
    assert run("estimates", "in-china", "--during", "1900")[1].startswith("No estimates.\n")


def test_cli_breakdown_table(run):
    out = run("breakdown", "age", "../2022-12")[1]
    lines = out.splitlines()

    assert lines[0].split() == ["age", "persons", "male", "female", "share"]
    assert lines[1].split() == ["0-9", "1,297", "3.8%"]
    assert lines[8] == "total   33,836"
    assert lines[10].startswith("Arrivals in South Korea by age at entry, to the end of 2022: 33,836 people, 46")
    assert " A news site published the ministry's table without the sexes. Published in 2023. Source: - DataSom, " in (
        out.replace("\n", " ")
    )
    assert (
        run("breakdown", "age", "--as-of", "2024", "--format", "csv")[1]
        .splitlines()[1]
        .startswith("age,../2022,running-total,,,2022-12-31,0-9,,0~9세,1297,")
    )


def test_cli_about_as_html_and_markdown(run):
    status, html, _ = run("about", "2020", "--format", "html")

    assert status == 0
    assert html.startswith("<section><h3>Arrivals in South Korea in 2020: 229</h3>")
    assert "<li>The first quarter of 2020: <strong>135</strong></li>" in html
    assert run("about", "2020", "--format", "markdown")[1].startswith("# Arrivals in South Korea in 2020: 229\n")


def test_cli_destinations_table(run):
    lines = run("destinations", "2016")[1].splitlines()

    assert lines[0].split() == ["place", "persons", "measure", "kind", "period"]
    assert lines[1].split() == ["South", "Korea", "1,418", "arrivals", "flow", "2016"]
    assert "Never add these up: they count different things, and partly the same people." in lines
    assert sum(line.startswith("refugees: People from North Korea whom a country") for line in lines) == 1
    assert not [line for line in lines if line.startswith("World")]
    records = json.loads(run("destinations", "2016", "--format", "json")[1])
    assert records[0]["place"] == "South Korea"


def test_cli_faq_list_show_search(run):
    listed = run("faq")[1]
    assert listed.startswith("how-many: How many North Koreans reach South Korea, in a year and in all?\n  ")
    assert len([line for line in listed.splitlines() if not line.startswith("  ")]) == 32

    shown = run("faq", "why-leave")[1]
    assert shown.startswith("Why do people leave North Korea?\n\n")
    assert "What is contested or unknown:\n\n- " in shown
    assert "*" not in shown

    assert run("faq", "--search", "settlement mony")[1].startswith("support: ")
    assert run("faq", "--search", "pizza") == (1, "", "No question matches 'pizza'.\n")
    assert run("faq", "--search", "pizza", "--format", "json") == (1, "", "No question matches 'pizza'.\n")
    assert run("faq", "--topic", "returns")[1].startswith("if-caught: ")
    (cost,) = json.loads(run("faq", "cost", "--format", "json")[1])
    assert cost["id"] == "cost"
    known = {source.key: source.record() for source in sources()}
    assert cost["citations"] == [
        {"statement": statement, "sources": [known[source.key] for source in cited]}
        for statement, cited in faq_entry("cost").citations
    ]
    assert json.loads(run("faq", "--format", "jsonld")[1])["@type"] == "FAQPage"
    assert run("faq", "cost", "--format", "markdown")[1].startswith("## What does it cost to get out?\n\n*")


def test_cli_claims_and_glossary(run):
    assert "contradicted (calculated from the figures)." in run("claims")[1]
    assert json.loads(run("claims", "--format", "jsonld")[1])[0]["@type"] == "ClaimReview"
    assert len(json.loads(run("claims", "--format", "json")[1])) == 31
    assert "북향민 (ko): " in run("glossary")[1]
    assert run("glossary", "--format", "markdown")[1].startswith("- **")
    assert not run("glossary", "--format", "markdown")[1].endswith("\n\n")


def test_cli_cite_figure_series_library(run, monkeypatch):
    monkeypatch.setenv("COLUMNS", "2000")
    assert run("cite", "2020")[1].startswith("Ministry of Unification (2024): Arrivals in South Korea in 2020: 229. ")
    assert ": Arrivals in South Korea in 2025: 224. " in run("cite", "2025", "--as-of", "2026-01-25")[1]
    assert run("cite", "2020", "--style", "bibtex")[1].startswith("@misc{defector-stats-arrivals-KOR-2020-")
    assert (
        ": Refugees from North Korea in Canada by year, "
        in run("cite", "--series", "--measure", "refugees", "--area", "CAN")[1]
    )
    assert (
        ": Refugees from North Korea in Canada at the end of 2016: 485. "
        in (run("cite", "2016", "--measure", "refugees", "--area", "CAN")[1])
    )
    vintage = run("cite", "--series", "--as-of", "2003-01-01")[1]
    assert ": Arrivals in South Korea by year, 1996 to 2001, as published by 1 January 2003. " in vintage
    assert "SHA-256 " in run("cite")[1]
    monkeypatch.setenv("COLUMNS", "80")
    assert max(map(len, run("cite", "2020")[1].splitlines())) <= 80


def test_cli_measures(run):
    out = run("measures")[1]

    assert "  Rounding: Counts under 5 are rounded to the nearest multiple of 5" in out
    assert "  Change of method: GBR, 2017/2018: The stock in the United Kingdom falls" in out


def test_cli_measure_and_area_options(run, monkeypatch, invented):
    monkeypatch.setattr("defector_stats.catalogue.Catalogue.bundled", lambda: invented)
    place = ["--measure", "crossings", "--area", "USA"]

    assert run("compare", "2011", "2012", *place)[1].startswith(
        "Crossings to the United States rose from 7 in 2011 to 9"
    )
    assert run("context", "2012", *place)[1].startswith("Crossings to the United States numbered 9 in 2012")
    assert run("verify", "11", "2013", *place)[1].startswith("current: 11 is the current figure for crossings to the ")
    assert run("series", *place)[1].splitlines()[1].startswith("2011          7")
    assert run("show", "2013", *place)[1].startswith("11  crossings to the United States in 2013\n")


def test_cli_series_csv_and_json_match_records(run):
    figures = series(start=2020, as_of="2024")
    records = figures.records()
    rows = list(csv.DictReader(io.StringIO(run("series", "--from", "2020", "--as-of", "2024", "--format", "csv")[1])))
    found = json.loads(run("series", "--from", "2020", "--as-of", "2024", "--format", "json")[1])

    assert [row | {"sources": ""} for row in found] == [row | {"sources": ""} for row in records]
    assert [row["sources"] for row in found] == [[source.record() for source in figure.sources] for figure in figures]
    assert [row["value"] for row in rows] == ["229", "63", "67", "196"]
    assert list(rows[0]) == list(records[0])


def test_cli_empty_series_has_columns(run):
    assert run("series", "--from", "2030", "--format", "csv")[1] == f"{','.join(TimeSeries.COLUMNS)}\n"
    assert run("series", "--from", "2030", "--format", "json")[1] == "[]\n"


def test_cli_csv_row_stays_on_one_line(run, monkeypatch):
    note = 'one, "two"'
    row = {"period": 2026, "value": 1, "released": "2027", "sources": "kjd_20260120", "note": note}
    more = Catalogue.bundled().extended([row])
    monkeypatch.setattr(Catalogue, "bundled", lambda: more)
    out = run("series", "--from", "2026", "--format", "csv")[1]

    assert out.count("\n") == 2
    assert next(csv.DictReader(io.StringIO(out)))["note"] == note


def test_cli_revisions_show_each_step(run):
    out = run("revisions", "2025")[1].splitlines()

    assert out[0].split() == ["persons", "male", "female", "status", "released", "last", "seen", "source"]
    assert [line.split()[:6] for line in out[1:]] == [
        ["224", "26", "198", "provisional", "2026-01-20", "2026-01-20"],
        ["223", "25", "198", "provisional", "2026-02-04", "2026-10"],
    ]


def test_cli_measures_areas_sources_freshness(run, monkeypatch):
    assert run("measures")[1].startswith("arrivals: Arrivals of North Korean escapees in South Korea (persons, flow)")
    assert "\n  Coverage: Single years from 1992" in run("measures")[1]
    assert run("measures")[1].endswith(
        "\n  Rounding: Exact counts; a year that the list leaves out is read as 0.\n"
        "  Ministry of Unification, Republic of Korea, as reported; compiled by\n"
        "  defector-stats (CC BY 4.0).\n"
    )
    assert "\n  Change of method: CAN, 2016: The stock in Canada rises several times over" in run("measures")[1]
    assert "GBR  United Kingdom, GB, UK, Britain, " in run("areas")[1]
    listed = run("sources")[1].split("\n- ")
    assert [line.removeprefix("- ").partition(":")[0] for line in listed] == [source.key for source in sources()]
    assert all((source.url or "") in line for source, line in zip(sources(), listed, strict=True))
    monkeypatch.setenv("COLUMNS", "1000")
    assert not [line for line in run("sources")[1].splitlines() if line != line.rstrip()]
    monkeypatch.setenv("COLUMNS", "80")
    assert "The newest yearly figure is 223 for 2025" in run("freshness")[1]


@pytest.mark.parametrize("command", ["measures", "areas", "sources"])
def test_cli_lists_as_json(run, command):
    rows = getattr(Catalogue.bundled(), command)()
    found = json.loads(run(command, "--format", "json")[1])

    assert [next(iter(row.values())) for row in found] == [next(iter(row.values())) for row in rows.records()]
    if command == "measures":
        assert found[0]["areas"] == ["KOR"]
        assert found[1]["breaks"][0]["sources"][0]["url"].startswith("https://")


def test_cli_freshness_and_check_as_json(run):
    fresh = json.loads(run("freshness", "--format", "json")[1])
    assert (fresh["newest"]["value"], fresh["edition"]) == (223, data_version())
    assert fresh["newest"]["sources"][0]["publisher"] == "News1"
    checked = json.loads(run("check", "--format", "json")[1])
    assert (checked["edition"], checked["sources"]) == (data_version(), len(sources()))
    assert run("check")[1].startswith(f"Data OK: {checked['steps']:,} values from ")


def test_cli_check(run, folder):
    code, out, _ = run("check")
    assert (code, out) == (0, run("check", str(folder))[1])
    assert out.startswith("Data OK: ")
    assert out.endswith(f" values from {len(sources())} sources.\n")
    (folder / "areas.csv").write_text("code\n", encoding="utf-8")
    code, out, err = run("check", str(folder))
    assert (code, out) == (2, "")
    assert err == "areas.csv, line 1, column 'name': the column is missing. Nothing was loaded.\n"


@pytest.mark.usefixtures("invented")
def test_cli_check_counts_steps(run, tmp_path):
    assert run("check", str(tmp_path)) == (0, "Data OK: 25 values from 1 source.\n", "")


def test_cli_check_reads_bundled_files(run, folder, monkeypatch):
    monkeypatch.setattr("defector_stats._store.tables.FOLDER", str(folder))
    assert run("check")[0] == 0
    with (folder / "arrivals.csv").open("a", encoding="utf-8") as file:
        file.write("arrivals,KOR,2026,1")

    code, out, error = run("check")

    assert (code, out) == (2, "")
    assert error.startswith("arrivals.csv, line ")


def test_cli_check_needs_bundled_files(run, folder, monkeypatch):
    in_memory = Catalogue.read(folder).extended([])
    monkeypatch.setattr("defector_stats.catalogue.Catalogue.bundled", lambda: in_memory)

    assert run("check") == (2, "", "this catalogue was not read from a folder of files\n")


@pytest.mark.parametrize(
    "question",
    [
        ("compare", "2020", "2026"),
        ("compare", "1950", "2020"),
        ("context", "2025-Q4"),
        ("about", "2025-Q4"),
        ("2010", "--measure", "refugees", "--area", "FRA"),
        ("breakdown", "age", "../2019"),
        ("destinations", "1900"),
    ],
    ids=" ".join,
)
def test_cli_compare_exits_1(run, question):
    code, out, err = run(*question)

    assert (code, out) == (1, "")
    assert err.startswith("There is no '")


@pytest.mark.parametrize("period", ["1800", "2025-Q4", "2003/2005"])
def test_cli_no_data_exits_1(run, period):
    code, out, err = run(period)

    assert (code, out) == (1, "")
    assert err.startswith(f"There is no 'arrivals' figure for {period} (KOR): ")


@pytest.mark.parametrize(
    "arguments",
    [
        ("20x0",),
        ("2020", "--as-of", "03/04/2026"),
        ("2020", "--measure", "arivals"),
        ("2020", "--area", "UK"),
        ("series", "--frequency", "week"),
        ("check", "/nowhere"),
        ("compare", "2019", "2020-Q1"),
        ("compare", "2019", "2020/2019"),
        ("context", "1999/2001"),
        ("verify", "x", "2020"),
        ("verify", "1,0", "2020"),
        ("verify", "\N{ARABIC-INDIC DIGIT NINE}", "2020"),
        ("verify", "1.5", "2020"),
        ("verify", "9" * 16, "2020"),
        ("verify", "1", "2020", "--sex", "f"),
        ("estimates", "nowhere"),
        ("indicators", "nowhere"),
        ("breakdown", "height"),
        ("destinations", "FY2010"),
        ("faq", "why-leaf"),
        ("cite", "2020", "--style", "apa"),
        ("faq", "--topic", "weather"),
        ("faq", "--search", "?"),
    ],
)
def test_cli_bad_question_exits_2(run, arguments):
    code, out, err = run(*arguments)

    assert (code, out) == (2, "")
    assert len(err.splitlines()) == 1


@pytest.mark.parametrize(
    "arguments", [("--nonsense",), ("series", "--format", "xml"), ("revisions",), ("2020", "2021")]
)
def test_cli_bad_option_exits_2(capsys, arguments):
    with pytest.raises(SystemExit) as caught:
        main(list(arguments))

    printed = capsys.readouterr()
    assert (caught.value.code, printed.out) == (2, "")
    assert len(printed.err.splitlines()) == 1
    assert printed.err.startswith("defector-stats")


@pytest.mark.parametrize(
    ("arguments", "meant"),
    [
        ("series --freq half", "--frequency"), ("series --formt csv", "--format"), ("2020 --asof 2021", "--as-of"),
        ("2020 --sources", "--all-sources"), ("total --measure refugees", None), ("2020 --json", None),
        ("2020 -- --format", None), ("series -- --format", None), ("series --frm=2019-01-01/2020-12-31", "--from"),
    ],
)  # fmt: skip
def test_cli_close_option_is_suggested(capsys, arguments, meant):
    """An option of another command is not taken for one that is unlike it."""
    with pytest.raises(SystemExit):
        main(shlex.split(arguments))

    suggested = re.findall(r"did you mean (\S+)\?", capsys.readouterr().err)
    assert suggested == ([meant] if meant else [])


def test_cli_help_and_version(run, capsys):
    from importlib.metadata import version

    assert run("--version")[1] == f"defector-stats {version('defector-stats')}, data edition {data_version()}\n"
    with pytest.raises(SystemExit) as caught:
        main(["--help"])
    assert caught.value.code == 0
    text = capsys.readouterr().out
    assert max(map(len, text.splitlines())) <= 80
    for word in ("How many people flee North Korea?", "series", "compare", "context", "verify", "check"):
        assert word in text
    assert "\n  defector-stats 2020             show one figure with its sources\n" in text


def test_cli_help_of_command_opens_with_purpose(run):
    shown = run("series", "--help")[1]
    assert "\nList the figures of a series.\n" in shown
    assert not shown.endswith("\n\n")
    _, _, commands = parser()._actions
    for listed in commands._choices_actions:
        first, rest = listed.help[0], listed.help[1:]
        assert commands.choices[listed.dest].description == f"{first.upper()}{rest}."


def test_cli_closed_pipe_is_no_error(run):
    command = [sys.executable, "-m", "defector_stats", "sources"]
    environment = {**os.environ, "PYTHONIOENCODING": "utf-8"}
    read, write = os.pipe()
    os.close(read)
    done = subprocess.run(command, stdout=write, stderr=subprocess.PIPE, check=False, env=environment)
    os.close(write)

    assert (done.returncode, done.stderr) == (run("sources")[0], b"") == (0, b"")


def test_cli_escapes_hidden_signs(monkeypatch):
    """What a terminal cannot show appears as its code point, and at once; other signs stand in for ours."""
    shown = io.BytesIO()
    monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(shown, "ascii"))

    assert main([]) == 0
    assert b"2025    223* #####\n" in shown.getvalue()
    assert b"13 fewer (-5.5%) than in 2024" in shown.getvalue()
    assert b"\\" not in shown.getvalue()
    assert main(["glossary"]) == 0
    assert rb"\ubd81\ud5a5\ubbfc (ko): " in shown.getvalue()


CODE_PAGES = ("cp949", "cp932", "cp1251", "cp1252", "ascii", "latin-1")
# What a command needs to be told besides its form.
NEEDED = {
    "show": "2009", "compare": "2008 2009", "context": "2019", "verify": "223 2025", "breakdown": "age",
    "destinations": "2016", "revisions": "2009", "cite": "2001", "faq": "cost",
}  # fmt: skip


def machine_questions():
    """Every command in every form that a program reads."""
    _, _, commands = parser()._actions
    for command, options in commands.choices.items():
        for option in options._actions:
            for form in ("json", "jsonld", "csv"):
                if option.dest == "format" and form in (option.choices or ()):
                    yield f"{command} {NEEDED.get(command, '')} --format {form}"
        if command == "cite":
            yield from (f"{command} {NEEDED[command]} --style {style}" for style in ("csl-json", "bibtex", "ris"))


def printed_in(encoding, question, monkeypatch):
    """The exit code, and the bytes that come out of a console with an encoding, as text."""
    shown = io.TextIOWrapper(io.BytesIO(), encoding)
    with monkeypatch.context() as patch:
        patch.setattr(sys, "stdout", shown)
        code = main(shlex.split(question))
    return code, shown.buffer.getvalue().decode(encoding)


def test_machine_questions_cover_commands():
    asked = {question.split()[0] for question in machine_questions()}

    assert set(parser()._actions[2].choices) - {"chart", "export"} == asked
    assert len(list(machine_questions())) > 25


@pytest.mark.parametrize("question", list(machine_questions()))
def test_cli_exact_output_on_consoles(question, monkeypatch, capsys):
    """What programs read is the same on every console, or is refused."""
    _, right = printed_in("utf-8", question, monkeypatch)

    for encoding in CODE_PAGES:
        code, out = printed_in(encoding, question, monkeypatch)
        err = capsys.readouterr().err
        if "json" in question:
            escaped = json.dumps(json.loads(right), indent=2) + "\n"
            assert (code, err, out in {right, escaped}) == (0, "", True)
        elif out:
            assert (code, err, out) == (0, "", right)
        else:
            assert code == 3
            assert err == (
                f"'standard output' cannot show every character of the answer (its encoding is {encoding}). "
                "Set PYTHONIOENCODING=utf-8, or ask for JSON.\n"
            )


@pytest.mark.parametrize("encoding", ["cp949", "ascii"])
def test_cli_csv_refused_by_console(encoding, monkeypatch):
    """CSV is refused on a console that would change it, and printed on one that would not."""
    assert printed_in(encoding, "estimates --format csv", monkeypatch) == (3, "")
    code, out = printed_in(encoding, "estimates departures --during 1900 --format csv", monkeypatch)

    assert (code, out.split(",")[:2]) == (0, ["topic", "reference"])


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_cli_json_keeps_letters(encoding, monkeypatch):
    code, out = printed_in(encoding, "estimates --format json", monkeypatch)

    assert (code, "\\u" in out) == (0, False)


def test_cli_json_of_process():
    command = [sys.executable, "-m", "defector_stats", "estimates", "--format", "json"]
    environment = {**os.environ, "PYTHONIOENCODING": "cp949"}
    done = subprocess.run(command, capture_output=True, encoding="cp949", check=True, env=environment)

    organisations = [row["organisation"] for row in Catalogue.bundled().estimates().records()]
    assert [row["organisation"] for row in json.loads(done.stdout)] == organisations


FULL = "'standard output' cannot be written (No space left on device). See that there is room where it leads.\n"
CLOSED = "'standard output' is closed. Let it lead to a terminal, a file or another program.\n"


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no such device")
@pytest.mark.parametrize(
    ("question", "where", "code", "out", "err"),
    [
        ("2020", "> /dev/full", 3, "", FULL),
        ("--help", "> /dev/full", 3, "", FULL),
        ("series --help", "> /dev/full", 3, "", FULL),
        ("faq --format json", "> /dev/full", 3, "", FULL),
        ("--version", "> /dev/full", 3, "", FULL),
        ("2020", ">&-", 3, "", CLOSED),
        ("--help", ">&-", 3, "", CLOSED),
        ("1800", "2>&-", 1, "", ""),
        ("20x0", "2>&-", 2, "", ""),
        ("--nonsense", "2>&-", 2, "", ""),
        ("1800", "2> /dev/full", 1, "", ""),
        ("2020", ">&- 2>&-", 3, "", ""),
        ("export csv -", "> /dev/full", 3, "", FULL),
        ("export csv -", ">&-", 3, "", CLOSED),
        ("export csv -", "| head -n 1 > /dev/null", 0, "", ""),
        ("faq --search pizza", "2>&-", 1, "", ""),
        ("sereis", "2>&-", 2, "", ""),
        ("sources", "| head -n 1 > /dev/null", 0, "", ""),
        ("--help", "| head -n 1 > /dev/null", 0, "", ""),
    ],
    ids={FULL: "full", CLOSED: "closed"}.get,
)
def test_cli_unwritable_output_exits_3(question, where, code, out, err):
    line = f"set -o pipefail; {sys.executable} -m defector_stats {question} {where}"
    done = subprocess.run(["/bin/bash", "-c", line], capture_output=True, encoding="utf-8", check=False)

    assert (done.returncode, done.stdout, done.stderr) == (code, out, err)


def test_cli_closed_streams(run, monkeypatch, capsys):
    """An answer without a place to go is an error; an error without one is silent."""
    with monkeypatch.context() as patch:
        patch.setattr(sys, "stdout", None)
        assert main(["2020"]) == 3
    assert capsys.readouterr() == ("", CLOSED)
    with monkeypatch.context() as patch:
        patch.setattr(sys, "stderr", None)
        assert run("1800") == (1, "", "")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no such device")
def test_cli_full_disk(monkeypatch, capsys):
    """A full disk is reported, unless the report itself finds no room."""
    with Path("/dev/full").open("w", encoding="utf-8") as full, monkeypatch.context() as patch:
        patch.setattr(sys, "stdout", full)
        assert main(["2020"]) == 3
    assert capsys.readouterr() == ("", FULL)
    with Path("/dev/full").open("w", encoding="utf-8", buffering=1) as full, monkeypatch.context() as patch:
        patch.setattr(sys, "stderr", full)
        assert main(["1800"]) == 1
        os.dup2(os.open(os.devnull, os.O_WRONLY), full.fileno())


def test_cli_print_help_to_file():
    file = io.StringIO()
    parser().print_help(file)

    assert file.getvalue() == parser().format_help()


@pytest.mark.parametrize("end", ["\n", "\r\n", "\u2028", "\x0b", "\x85"], ids=["LF", "CRLF", "LS", "VT", "NEL"])
@pytest.mark.parametrize(
    ("question", "code"),
    [
        (("20{}20",), 2),
        (("2020", "--measure", "a{}b"), 2),
        (("2020", "20{}21"), 2),
        (("faq", "a{}b"), 2),
        (("check", "a{}b"), 2),
        (("export", "csv", "no{}where/x"), 3),
        (("cite", "--style", "a{}b"), 2),
    ],
)
def test_cli_line_break_in_argument(capsys, question, code, end):
    try:
        found = main([word.format(end) for word in question])
    except SystemExit as error:
        found = error.code

    printed = capsys.readouterr()
    assert (found, printed.out, len(printed.err.splitlines())) == (code, "", 1)


def test_cli_error_is_one_line(run, monkeypatch, catalogue):
    gaps = [["arrivals", "KOR", "1950", "not-found", "", "One\ntwo."]]
    from catalogues import catalogue_of  # this file is run as a program too, which does not find it

    noted = catalogue_of(catalogue, {"gaps": gaps})
    monkeypatch.setattr(Catalogue, "bundled", lambda: noted)
    code, _, err = run("1950")

    assert (code, len(err.splitlines())) == (1, 1)
    assert "One two." in err


def test_cli_runs_as_module(run):
    """`python -m` reads the arguments of the process."""
    command = [sys.executable, "-m", "defector_stats", "2020"]
    environment = {**os.environ, "PYTHONIOENCODING": "utf-8"}
    done = subprocess.run(command, capture_output=True, encoding="utf-8", check=True, env=environment)

    assert done.stdout.startswith("229  arrivals in South Korea in 2020\n")
    assert done.stdout == run("2020")[1]
    done = subprocess.run([*command[:-1], "1800"], capture_output=True, encoding="utf-8", check=False, env=environment)
    assert done.returncode == run("1800")[0] == 1


@pytest.mark.parametrize(
    ("arguments", "rows", "first"),
    [
        ([], 1106, "arrivals"),
        (["--measure", "refugees"], None, "refugees"),
        (["--frequency", "quarter", "--from", "2024", "--to", "2024"], 4, "arrivals"),
        (["--measure", "refugees", "--area", "GBR", "--from", "2020"], 6, "refugees"),
        (["--as-of", "2003-01-01"], None, "arrivals"),
        (["--breakdown", "age"], 7, "age"),
        (["--estimates"], 100, "in-china"),
        (["--estimates", "departures"], 4, "departures"),
    ],
)
def test_cli_export_says_where(run, tmp_path, arguments, rows, first):
    path = tmp_path / "figures.csv"
    code, out, err = run("export", "csv", str(path), *arguments)
    with path.open(encoding="utf-8", newline="") as file:
        written = list(csv.reader(file))[1:]

    assert (code, out, err) == (0, f"Wrote {path}.\n", "")
    assert written[0][0] == first
    assert rows is None or len(written) == rows
    if "--as-of" in arguments:
        assert max(row[3] for row in written) == "2001"
        assert {row[-1] for row in written} == {"2003-01-01"}


def test_cli_export_breakdown_as_of(run, tmp_path):
    run("export", "csv", str(tmp_path / "x"), "--breakdown", "age", "--as-of", "2024-01-01")

    assert ",../2022," in (tmp_path / "x").read_text(encoding="utf-8")


def test_cli_export_overwrite(run, tmp_path):
    """Export replaces a file only when asked, and each error is one line."""
    path = str(tmp_path / "package")
    assert run("export", "datapackage", path)[0] == 0
    assert run("check", path)[0] == 0
    assert run("export", "datapackage", path) == (
        3, "", f"'{path}' exists already. Choose another path, or add --overwrite.\n",
    )  # fmt: skip
    assert run("export", "datapackage", path, "--overwrite")[0] == 0
    code, out, err = run("export", "xlsx", path)
    assert (code, out) == (2, "")
    assert err == (
        "Unknown format 'xlsx'. Choose from: 'csv', 'json', 'sdmx-csv', 'sdmx-structure', 'datapackage', 'jsonld'.\n"
    )
    assert run("export", "csv", str(tmp_path / "x"), "--from", "2030-Q1")[0] == 0


@pytest.mark.parametrize(
    ("question", "name", "begins", "rows"),
    [
        ("series --from 2015 --to 2020", "x.csv", "measure,area,place,period,", 6),
        ("revisions ../1998", "x.csv", "measure,area,place,period,", 2),
        ("breakdown age ../2022-12", "x.csv", "dimension,period,", 7),
        ("destinations 2016", "x.csv", "place,kind,", None),
        ("estimates children-in-china", "x.csv", "topic,", None),
        ("indicators work", "x.csv", "indicator,topic,", None),
        ("faq", "x.csv", "id,question,", 32),
        ("faq --search women", "x.csv", "id,question,", None),
        ("faq why-women", "x.csv", "id,question,", 1),
        ("claims", "x.csv", "id,", 31),
        ("glossary", "x.csv", "term,", None),
        ("measures", "x.csv", "id,title,", 9),
        ("areas", "x.csv", "code,name,", None),
        ("sources", "x.csv", "key,publisher,", len(sources())),
    ],
)
def test_cli_output_is_file(run, tmp_path, question, name, begins, rows):
    path = tmp_path / name
    command = (*question.split(), "-o", str(path))

    assert run(*command) == (0, f"Wrote {path}.\n", "")
    written = path.read_text(encoding="utf-8")
    assert written.startswith(begins)
    found = len(list(csv.DictReader(io.StringIO(written))))
    assert found == rows or (rows is None and found > 1)
    assert run(*command)[::2] == (3, f"'{path}' exists already. Choose another path, or add --overwrite.\n")
    path.write_text("old", encoding="utf-8")
    assert run(*command, "--overwrite")[0] == 0
    assert path.read_text(encoding="utf-8") == written


@pytest.mark.parametrize(
    ("name", "begins"), [("x.json", b"{"), ("x.svg", b"<?xml"), ("x.PNG", b"\x89PNG"), ("x.pdf", b"%PDF")]
)
def test_cli_output_format_told_by_ending(run, tmp_path, name, begins):
    pytest.importorskip("matplotlib")
    for question in ("breakdown age", "revisions 2009"):
        assert run(*question.split(), "-o", str(tmp_path / name), "--overwrite")[0] == 0
        assert (tmp_path / name).read_bytes().startswith(begins)


def test_cli_output_of_texts(run, tmp_path):
    """Texts are JSON-LD as well, and have no chart."""
    assert run("faq", "why-women", "-o", str(tmp_path / "x.jsonld"))[0] == 0
    described = json.loads((tmp_path / "x.jsonld").read_text(encoding="utf-8"))
    code, _, err = run("faq", "-o", str(tmp_path / "x.svg"))

    assert (described["@type"], len(described["mainEntity"])) == ("FAQPage", 1)
    assert (code, err[:41]) == (2, "Expected a folder, a path that ends in .c")


@pytest.mark.parametrize("question", ["series --from 2020 --format csv", "areas", "faq why-women --format markdown"])
def test_cli_output_dash_is_standard_output(run, question):
    assert run(*question.split(), "-o", "-") == run(*question.split())


def test_cli_lists_as_csv(run):
    code, out, _ = run("measures", "--format", "csv")
    rows = {row["id"]: row for row in csv.DictReader(io.StringIO(out))}

    assert code == 0
    assert rows["arrivals"]["areas"] == "KOR"
    assert rows["refugees"]["areas"].startswith("AUS BEL CAN ")
    assert rows["refugees"]["frequencies"] == "year"


def test_cli_cite_format_json(run):
    assert run("cite", "2020", "--format", "json") == run("cite", "2020", "--style", "csl-json")


if __name__ == "__main__":
    os.environ["COLUMNS"] = "80"
    sys.stdout.write("\n".join([*options(), "", "\n".join(map(answered, map(asked, ANSWERS)))]))


@pytest.mark.parametrize("given", [".", "./", "../x", "../x/."])
def test_cli_export_here_names_folder(run, tmp_path, monkeypatch, given):
    folder = tmp_path / "x"
    folder.mkdir()
    monkeypatch.chdir(folder)
    code, out, err = run("export", "datapackage", given)

    assert (code, err) == (0, "")
    assert out == f"Wrote {folder if given.startswith('./') or given == '.' else '../x'}.\n"
    assert Path("arrivals.csv").is_file()
