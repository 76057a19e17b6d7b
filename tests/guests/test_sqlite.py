"""The program sqlite3: the page's SQL."""

import subprocess

import pytest

AS_OF = "2026-01-25"


@pytest.fixture
def run(program, figures):
    def answer(code):
        command = [program("sqlite3"), "-batch", ":memory:"]
        done = subprocess.run(command, cwd=figures, input=code, capture_output=True, encoding="utf-8", check=True)
        assert done.stderr == ""
        return done.stdout

    return answer


def test_page_prints_what_it_shows(snippets, run):
    (_, code), (_, shown) = snippets("SQLite")
    printed = [line.split() for line in run(code).splitlines()]

    assert printed == [line.split() for line in shown.splitlines()]
    assert printed[2:] == [["2020", "229"], ["2025", "224"]]


def test_log_as_of_days(snippets, run, known, day):
    code = snippets("SQLite")[0][1]
    wanted = "where back = 1 and period in ('2020', '2025')"
    assert code.count(AS_OF) == code.count(wanted) == code.count(".mode column") == 1
    code = code.replace(AS_OF, day).replace(wanted, "where back = 1").replace(".mode column", ".mode list")
    found = dict(line.split("|") for line in run(code).splitlines())

    assert found == {period: str(answer.value) for (_, period), answer in known("arrivals", day).items()}
