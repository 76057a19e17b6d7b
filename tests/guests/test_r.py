"""R, without packages: the page's code, and the log read with it."""

import csv
import subprocess

import pytest

# What the evidence has for 2020, for the peak, and for 2025 before and after it was corrected.
YEAR, PEAK, BEFORE, AFTER = "229  72   157", "2009  2914", "[1] 224", "[1] 223"


@pytest.fixture
def run(program, figures):
    def answer(code):
        command = [program("Rscript"), "--vanilla", "-e", code]
        done = subprocess.run(command, cwd=figures, capture_output=True, encoding="utf-8", check=True)
        assert done.stderr == ""
        return done.stdout

    return answer


def test_page_prints_what_it_shows(snippets, run):
    (_, years), (_, table), (_, log), (_, totals) = snippets("R")

    assert run(years) == table
    assert run(log) == totals
    assert YEAR in table
    assert PEAK in table
    assert totals.splitlines() == [BEFORE, AFTER]


def test_log_as_of_days(snippets, run, figures, known, day):
    code = snippets("R")[2][1]
    run(f'{code}write.csv(as_of("{day}"), "found.csv", row.names = FALSE)')
    with (figures / "found.csv").open(encoding="utf-8", newline="") as file:
        found = {(row["area"], row["period"]): int(row["value"]) for row in csv.DictReader(file)}

    assert found == {place: answer.value for place, answer in known("arrivals", day).items()}


def test_korean_titles_read(run):
    title = "통일부, 지난해 입국한 탈북민 224→223명으로 정정"
    code = f'sum(read.csv("sources.csv", encoding = "UTF-8")$title == "{title}")'

    assert run(code) == "[1] 1\n"
