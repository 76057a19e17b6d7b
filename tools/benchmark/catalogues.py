"""Invented catalogues with many of one thing: rows, sources, areas and so on."""

import csv
import datetime as dt
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import defector_stats
from defector_stats import Period

Cells = dict[str, Any]
Tables = dict[str, list[Cells]]


def bundled(table: str, **wanted: str) -> list[Cells]:
    """Return the rows of a bundled table that have these cells."""
    path = defector_stats.data_path() / f"{table}.csv"
    with path.open(encoding="utf-8", newline="") as file:
        return [row for row in csv.DictReader(file) if all(row[name] == text for name, text in wanted.items())]


SOURCE, *_ = bundled("sources", key="kjd_20260120")
MEASURE, *_ = bundled("measures", id="arrivals")
AREA, *_ = bundled("areas", code="KOR")
ESTIMATE, *_ = bundled("estimates", topic="in-china")


def log_row(period: str, value: int, released: str, **more: str) -> Cells:
    """Return a row of a log."""
    fixed = {"measure": "arrivals", "area": "KOR", "status": "normal", "sources": SOURCE["key"]}
    return {**fixed, "period": period, "value": value, "released": released, **more}


def day(number: int) -> str:
    """Return a day, by its number."""
    return (dt.date(1930, 1, 1) + dt.timedelta(days=number)).isoformat()


def total(number: int) -> str:
    """Return a running total; a series has one for each day."""
    return str(Period.parse(f"../{day(number)}"))


def code(number: int) -> str:
    """Return one of 17,576 codes of three letters, by its number."""
    return "".join(chr(65 + number // power % 26) for power in (676, 26, 1))


def tables(rows: list[Cells], **more: list[Cells]) -> Tables:
    """Return the tables of a catalogue with one measure, one area and one source."""
    return {"arrivals": rows, "measures": [MEASURE], "areas": [AREA], "sources": [SOURCE], **more}


def many_rows(size: int) -> Tables:
    """Return five values for each of many running totals."""
    return tables([log_row(total(n // 5), 10 + n % 5, day(n // 5 + 30 * (n % 5 + 1))) for n in range(size)])


def many_days(size: int) -> Tables:
    """Return five values for each of many days, published a month apart."""
    days = (dt.date(1900, 1, 1) + dt.timedelta(days=number) for number in range(size // 5))
    rows = [
        log_row(str(date), 10 + vintage, str(date + dt.timedelta(days=30 * (vintage + 1))))
        for date in days
        for vintage in range(5)
    ]
    return tables(rows)


def many_sources(size: int) -> Tables:
    """Return rows that each have a source of their own."""
    named = [{**SOURCE, "key": f"s{n}"} for n in range(size)]
    return tables([log_row(total(n), 10, day(n + 30), sources=f"s{n}") for n in range(size)], sources=[SOURCE, *named])


def many_revisions(size: int) -> Tables:
    """Return many values of one period."""
    return tables([log_row("1930", 10 + n, day(400 + n)) for n in range(size)])


def many_areas(size: int) -> Tables:
    """Return areas with ten years each."""
    codes = [code(n) for n in range(size // 10) if code(n) != "KOR"]
    areas = [{**AREA, "code": each, "name": f"Area {each}", "aliases": ""} for each in codes]
    rows = [log_row(str(1990 + n), 10 + n, f"{1991 + n}-01-10", area=each) for each in codes for n in range(10)]
    return tables(rows, areas=[AREA, *areas], measures=[{**MEASURE, "areas": " ".join(["KOR", *codes])}])


def many_measures(size: int) -> Tables:
    """Return measures with a log of ten years each."""
    ids = [f"m{n}" for n in range(size // 10)]
    years = [(str(1990 + n), 10 + n, f"{1991 + n}-01-10") for n in range(10)]
    logs = {each: [log_row(*year, measure=each) for year in years] for each in ids}
    measures = [{**MEASURE, "id": each, "title": f"Measure {each}"} for each in ids]
    return tables([log_row("2000", 10, "2001-01-10")], measures=[MEASURE, *measures], **logs)


def many_alternatives(size: int) -> Tables:
    """Return rows that each have another published value."""
    other = {"measure": "arrivals", "area": "KOR", "value": 11, "sources": SOURCE["key"], "reason": "Another count."}
    others = [{**other, "period": total(n), "released": day(n + 40)} for n in range(size)]
    return tables([log_row(total(n), 10, day(n + 30)) for n in range(size)], alternatives=others)


def many_estimates(size: int) -> Tables:
    """Return many estimates of one thing."""
    names = {"reference": "1990", "released": "2000-01-01", "sources": SOURCE["key"]}
    named = [{**ESTIMATE, **names, "organisation": f"Organisation {n}"} for n in range(size)]
    return tables([log_row("2000", 10, "2001-01-10")], estimates=named)


def many_questions(size: int) -> Tables:
    """Return questions with three statements each; a tenth as many as of other things."""
    asked = [
        {"id": f"q{n}", "question": f"Question word{n}?", "summary": f"Summary {n}.", "topics": "numbers",
         "keywords": f"key{n}", "reviewed": "2026-01-01"}
        for n in range(size // 10)
    ]  # fmt: skip
    told = [
        {"faq": entry["id"], "part": part, "text": f"Statement {part} of {entry['id']}.", "sources": SOURCE["key"]}
        for entry in asked
        for part in ("1", "2", "limit")
    ]
    return {**tables([log_row("2000", 10, "2001-01-10")], faq=asked), "faq-statements": told}


AXES: dict[str, Callable[[int], Tables]] = {
    "rows": many_rows,
    "sources": many_sources,
    "revisions of one period": many_revisions,
    "areas": many_areas,
    "measures": many_measures,
    "alternatives": many_alternatives,
    "estimates": many_estimates,
    "questions": many_questions,
}


def write(folder: Path, content: Tables) -> None:
    """Write a catalogue."""
    for name, rows in content.items():
        like = name if (defector_stats.data_path() / f"{name}.csv").exists() else "arrivals"
        header = (defector_stats.data_path() / f"{like}.csv").read_text(encoding="utf-8").splitlines()[0].split(",")
        with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, header, restval="", lineterminator="\n")
            writer.writeheader()
            writer.writerows(rows)
    resources = [{"name": name, "path": f"{name}.csv"} for name in content]
    (folder / "datapackage.json").write_text(json.dumps({"version": "1", "resources": resources}), encoding="utf-8")
