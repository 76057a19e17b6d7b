"""Spark: the page's program on a log of a million rows; run by name only, with `nox -s spark`."""

import ast
import csv
import shutil
import subprocess
import sys

import large_log
import pytest

from defector_stats import Catalogue, data_path

pytest.importorskip("pyspark", reason="the group 'spark' of pyproject.toml has pyspark")

ROWS = 1_000_000
# February ends with a leap day in 2000 and without one in 2100.
DAYS = ("1904-02-29", "2000-02-28", "2100-02-28", "2199-12-31")
# Spark and its Java process talk on this machine alone.
OPTIONS = "--master local[2] --conf spark.ui.enabled=false --conf spark.driver.bindAddress=127.0.0.1 pyspark-shell"
SURROUNDINGS = {"PYSPARK_SUBMIT_ARGS": OPTIONS, "SPARK_LOCAL_IP": "127.0.0.1", "PYSPARK_PYTHON": sys.executable}


def number(cell):
    return int(cell) if cell else None


@pytest.fixture
def run(program, many_rows, monkeypatch):
    """Run the page's program in a folder with a log, as of a day; return what it printed."""
    program("java")
    for name, value in SURROUNDINGS.items():
        monkeypatch.setenv(name, value)
    (_, query), *_ = many_rows("Write the query")
    (_, code), *_ = many_rows("Run it in Spark")
    assert query.count("2026-01-25") == 1

    def answer(folder, day, more=""):
        (folder / "as-of.sql").write_text(query.replace("2026-01-25", day), encoding="utf-8")
        (folder / "program.py").write_text(code + more, encoding="utf-8")
        command = [sys.executable, "program.py"]
        done = subprocess.run(command, cwd=folder, capture_output=True, encoding="utf-8", check=False)
        assert done.returncode == 0, done.stderr
        return done.stdout

    return answer


def found(folder):
    """Return what the program wrote, by area and period."""
    answers = {}
    for path in (folder / "found").glob("part-*.csv"):
        with path.open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                answers[row["area"], row["period"]] = tuple(number(row[name]) for name in ("total", "men", "women"))
    return answers


def test_notes_read(run, table, tmp_path):
    """The query needs no notes, but what else is asked of the log may."""
    shutil.copy(data_path() / "arrivals.csv", tmp_path)
    printed = run(tmp_path, "2026-01-25", 'print([row.note for row in log.select("note").collect()])')
    notes = [row["note"] or None for row in table("arrivals")]

    assert any('"' in (note or "") for note in notes)
    assert ast.literal_eval(printed) == notes
    assert found(tmp_path)["KOR", "2025"] == (224, 26, 198)


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return large_log.write(tmp_path_factory.mktemp("million"), ROWS)


@pytest.fixture(scope="module")
def catalogue(folder):
    return Catalogue.read(folder)


@pytest.mark.parametrize("day", DAYS)
def test_million_rows_equal_library(run, folder, catalogue, tmp_path, day):
    (tmp_path / "arrivals.csv").symlink_to(folder / "arrivals.csv")

    run(tmp_path, day)
    answers = found(tmp_path)

    assert len(answers) > 1_000
    assert answers == large_log.answers(catalogue, day)
