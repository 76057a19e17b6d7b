"""DuckDB: the page's SQL, and every log read with it."""

import contextlib

import pytest

from defector_stats import measures

duckdb = pytest.importorskip("duckdb")

SELECTED = "having period in ('2009', '2025')\n"


@pytest.fixture
def run(figures):
    def answer(code):
        with contextlib.chdir(figures):
            return duckdb.sql(code).fetchall()

    return answer


def test_page_prints_what_it_shows(snippets, run):
    (_, year), (_, row), (_, log), (_, rows) = snippets("DuckDB")

    assert [" ".join(map(str, found)) for found in run(year)] == row.splitlines() == ["229 72 157 normal"]
    # The evidence has 224 for 2025 until it was corrected, and five values for 2009, of which the last is 2,914.
    assert [" ".join(map(str, found)) for found in run(log)] == rows.splitlines()
    assert rows.splitlines() == ["KOR 2009 2914 662 2252", "KOR 2025 224 26 198"]


@pytest.mark.parametrize("measure", measures(), ids=lambda measure: measure.id)
def test_logs_as_of_days(snippets, run, known, day, measure):
    code = snippets("DuckDB")[2][1]
    assert code.count(SELECTED) == code.count("'arrivals.csv'") == code.count("2026-01-25") == 1
    code = code.replace(SELECTED, "").replace("'arrivals.csv'", f"'{measure.id}.csv'").replace("2026-01-25", day)
    found = {(area, period): answer for area, period, *answer in run(code)}
    model = known(measure.id, day)

    assert found == {place: [answer.value, *(answer.split or (None, None))] for place, answer in model.items()}


def test_year_file_equals_log(snippets, run):
    """The file of years is what the log has for each year today."""
    code = snippets("DuckDB")[2][1].replace("2026-01-25", "2100-01-01")
    years = [(int(row[1]), *row[2:]) for row in run(code.replace(SELECTED, "")) if row[1].isdecimal()]

    assert len(years) == 34
    assert run("select year, total, men, women from 'arrivals-by-year.csv'") == years


def test_year_file_says_who_and_when(run, known, table):
    """The status and the first publication are those of the log, and the address is that of one of its sources."""
    model = known("arrivals", "2100-01-01")
    sources = {row["key"]: (row["publisher"], row["url"] or None) for row in table("sources")}
    rows = run("from read_csv('arrivals-by-year.csv', all_varchar = true)")

    assert len(rows) == 34
    for year, _, _, _, status, released, *source in rows:
        answer = model["KOR", year]
        assert (status, released) == (answer.status, answer.released)
        cited = [sources[key] for key in answer.sources]
        assert tuple(source) in cited
        assert source[1] or not any(address for _, address in cited)
