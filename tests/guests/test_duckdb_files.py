"""DuckDB: the SQL of two pages, and every log read with it."""

import contextlib

import large_log
import pytest

from defector_stats import Catalogue, measures

duckdb = pytest.importorskip("duckdb")

# More than the 20,480 from which DuckDB guesses how a file is quoted.
ROWS = 25_000


@pytest.fixture
def run(figures):
    def answer(code):
        with contextlib.chdir(figures):
            return duckdb.sql(code).fetchall()

    return answer


@pytest.fixture(scope="session")
def as_of(many_rows):
    """Return what the page's query finds on a day in a log of a folder, by area and period."""
    (_, query), *_ = many_rows("Write the query")
    (_, view), *_ = many_rows("Run it in DuckDB")
    assert query.count("2026-01-25") == view.count("'arrivals.csv'") == 1

    def answers(folder, measure, day):
        with contextlib.chdir(folder), duckdb.connect() as connection:
            connection.execute(view.replace("'arrivals.csv'", f"'{measure}.csv'"))
            rows = connection.execute(query.replace("2026-01-25", day)).fetchall()
        return {(area, period): tuple(answer) for area, period, *answer in rows}

    return answers


def test_page_prints_what_it_shows(snippets, run):
    (_, year), (_, row) = snippets("DuckDB")

    assert [" ".join(map(str, found)) for found in run(year)] == row.splitlines() == ["229 72 157 normal"]


def test_page_of_many_rows_prints_what_it_shows(many_rows, as_of, figures):
    _, (_, rows) = many_rows("Run it in DuckDB")
    found = as_of(figures, "arrivals", "2026-01-25")

    shown = [("KOR", period) for period in ("2009", "2025")]
    assert [" ".join(map(str, (*place, *found[place]))) for place in shown] == rows.splitlines()
    # The evidence has 224 for 2025 until it was corrected, and five values for 2009, of which the last is 2,914.
    assert rows.splitlines() == ["KOR 2009 2914 662 2252", "KOR 2025 224 26 198"]


@pytest.mark.parametrize("measure", measures(), ids=lambda measure: measure.id)
def test_logs_as_of_days(as_of, figures, known, day, measure):
    model = known(measure.id, day)
    published = {place: (answer.value, *(answer.split or (None, None))) for place, answer in model.items()}

    assert as_of(figures, measure.id, day) == published


@pytest.fixture(scope="module")
def large(tmp_path_factory):
    return large_log.write(tmp_path_factory.mktemp("large"), ROWS)


@pytest.fixture(scope="module")
def large_catalogue(large):
    return Catalogue.read(large)


@pytest.mark.parametrize("invented_day", large_log.DAYS)
def test_large_log_equals_library(as_of, large, large_catalogue, invented_day):
    found = as_of(large, "arrivals", invented_day)

    assert len(found) > 300
    assert found == large_log.answers(large_catalogue, invented_day)


def test_year_file_equals_log(as_of, figures, run):
    """The file of years is what the log has for each year today."""
    log = as_of(figures, "arrivals", "2100-01-01")
    years = [(int(period), *answer) for (_, period), answer in log.items() if period.isdecimal()]

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
