"""What was known on the day of each release, frozen: it changes only by hand.

A new figure adds a line. A line that changes means that the past is told otherwise than before:
see what it was, tell it in the changelog, then: python tests/data/test_snapshot.py > tests/data/snapshot.csv
"""

import csv
import hashlib
import sys
from pathlib import Path

import pytest

from defector_stats import breakdown, data_path, measures, revisions, series
from defector_stats._model.dates import last_day

FILE = Path(__file__).with_name("snapshot.csv")
COLUMNS = ("what", "as_of", "figures", "persons", "digest")


def printed(what, day, rows):
    """How many figures there were, what they add up to, and a digest of them with their splits."""
    text = "\n".join(" ".join(map(str, row)) for row in rows)
    digest = hashlib.sha256(text.encode()).hexdigest()[:16]
    return what, day, str(len(rows)), str(sum(row[2] for row in rows)), digest


def vintages(measure):
    days = {last_day(step.released) for area in measure.areas for step in revisions(measure=measure.id, area=area)}
    known_months = []
    for day in sorted(map(str, days)):
        by_frequency = {
            frequency: [
                (figure.area, figure.period, figure + 0, figure.male, figure.female, figure.status)
                for area in measure.areas
                for figure in series(measure.id, area=area, frequency=frequency, as_of=day)
            ]
            for frequency in measure.frequencies
        }
        months = by_frequency.pop("month", [])
        every = [row for area in measure.areas for rows in by_frequency.values() for row in rows if row[0] == area]
        yield printed(measure.id, day, every)
        if months and months != known_months:  # few days bring one
            known_months = months
            yield printed(f"{measure.id} by month", day, months)


def tables():
    with (data_path() / "breakdowns.csv").open(encoding="utf-8", newline="") as file:
        rows = {(row["dimension"], row["period"], str(last_day(row["released"]))) for row in csv.DictReader(file)}
    for dimension, period, day in sorted(rows):
        found = breakdown(dimension, period, as_of=day)
        figures = [(row.of, row.category, row.value, row.male, row.female) for row in found.rows]
        yield printed(f"{dimension} {period}", day, figures)


@pytest.fixture(scope="module")
def frozen():
    with FILE.open(encoding="utf-8", newline="") as file:
        header, *rows = map(tuple, csv.reader(file))
    assert header == COLUMNS
    return rows


@pytest.mark.parametrize("measure", measures(), ids=lambda measure: measure.id)
def test_snapshot_of_vintages(frozen, measure):
    assert list(vintages(measure)) == [row for row in frozen if row[0] in {measure.id, f"{measure.id} by month"}]


def test_snapshot_of_tables(frozen):
    known = {what for measure in measures() for what in (measure.id, f"{measure.id} by month")}

    assert list(tables()) == [row for row in frozen if row[0] not in known]


if __name__ == "__main__":
    every = [*(line for measure in measures() for line in vintages(measure)), *tables()]
    csv.writer(sys.stdout, lineterminator="\n").writerows([COLUMNS, *every])
