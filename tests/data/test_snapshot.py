"""What was known on the day of each release, frozen: it changes only by hand.

The second model of the log makes the lines, from the bundled rows and without the library.
`tests/contract/test_model.py` holds the library equal to the model on each of these days,
and `test_evidence.py` the rows equal to the evidence.

A new figure adds a line. A line that changes means that the past is told otherwise than before:
see what it was, tell it in the changelog, then: python tests/data/test_snapshot.py > tests/data/snapshot.csv
"""

import csv
import hashlib
import importlib.util
import sys
from itertools import groupby
from pathlib import Path

import log_model
import pytest

FILE = Path(__file__).with_name("snapshot.csv")
DATA = Path(importlib.util.find_spec("defector_stats").origin).with_name("data")
COLUMNS = ("what", "as_of", "figures", "persons", "digest")


def read(name):
    with (DATA / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


MEASURES = read("measures")


def line(what, day, rows):
    """How many figures there were, what they add up to, and a digest of them with their splits."""
    text = "\n".join(" ".join(map(str, row)) for row in rows)
    digest = hashlib.sha256(text.encode()).hexdigest()[:16]
    return what, str(day), str(len(rows)), str(sum(row[2] for row in rows)), digest


def figures(log, measure, frequencies, day):
    """The figures of a day, by area and frequency."""
    return [
        (area, period, answer.value, *(answer.split or (None, None)), answer.status)
        for area in measure["areas"].split()
        for frequency in frequencies
        for period, answer in log.series(area, frequency, day)
    ]


def vintages(measure):
    rows = log_model.read_rows(DATA / f"{measure['id']}.csv")
    log = log_model.Model(rows, [area for area in measure["areas"].split() if area != "WLD"])
    began = {log_model.last_day(step[0]["released"]) for place in log.rows for step in log.steps(*place)}
    frequencies = measure["frequencies"].split()
    known_months = []
    for day in sorted(began):
        yield line(measure["id"], day, figures(log, measure, [each for each in frequencies if each != "month"], day))
        months = figures(log, measure, ["month"], day) if "month" in frequencies else []
        if months != known_months:  # few days bring one
            known_months = months
            yield line(f"{measure['id']} by month", day, months)


def tables():
    def table(row):
        return row["dimension"], row["period"], log_model.last_day(row["released"])

    for (dimension, period, day), rows in groupby(sorted(read("breakdowns"), key=table), key=table):
        cells = [[row["category"], *(int(row[name]) if row[name] else None for name in ("value", "male", "female"))]
                 for row in rows]  # fmt: skip
        total = sum(value for _, value, *_ in cells)
        yield line(f"{dimension} {period}", day, [(total, *row) for row in cells])


@pytest.fixture(scope="module")
def frozen():
    with FILE.open(encoding="utf-8", newline="") as file:
        header, *rows = map(tuple, csv.reader(file))
    assert header == COLUMNS
    return rows


@pytest.mark.parametrize("measure", MEASURES, ids=lambda measure: measure["id"])
def test_snapshot_of_vintages(frozen, measure):
    assert list(vintages(measure)) == [row for row in frozen if row[0] in {measure["id"], f"{measure['id']} by month"}]


def test_snapshot_of_tables(frozen):
    known = {what for measure in MEASURES for what in (measure["id"], f"{measure['id']} by month")}

    assert list(tables()) == [row for row in frozen if row[0] not in known]


if __name__ == "__main__":
    every = [*(row for measure in MEASURES for row in vintages(measure)), *tables()]
    csv.writer(sys.stdout, lineterminator="\n").writerows([COLUMNS, *every])
