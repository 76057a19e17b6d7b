"""LibreOffice, without a window: the page's import."""

import csv
import datetime as dt
import shlex
import subprocess
import xml.etree.ElementTree as ET
import zipfile

import pytest

TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"


def cells(path):
    """Return the rows of a spreadsheet as numbers, days and text."""
    with zipfile.ZipFile(path) as file:
        content = ET.fromstring(file.read("content.xml"))  # noqa: S314 - made a moment ago
    rows = []
    for row in content.iter(f"{TABLE}table-row"):
        found = []
        for cell in row.iter(f"{TABLE}table-cell"):
            found += [value(cell)] * int(cell.get(f"{TABLE}number-columns-repeated", "1"))
        rows.append(found)
    return rows


def value(cell):
    kind = cell.get(f"{OFFICE}value-type")
    if kind == "float":
        return float(cell.get(f"{OFFICE}value"))
    if kind == "date":
        return dt.date.fromisoformat(cell.get(f"{OFFICE}date-value"))
    return "\n".join("".join(line.itertext()) for line in cell.iter(f"{TEXT}p"))


@pytest.fixture(scope="module")
def opened(snippets, program, figures, tmp_path_factory):
    """Each file that the page names, as the text that it is and as LibreOffice keeps it."""
    soffice, profile = program("soffice"), tmp_path_factory.mktemp("profile").as_uri()
    ((_, commands),) = snippets("A spreadsheet")
    for line in commands.splitlines():
        name, *arguments = shlex.split(line)
        assert name == "soffice"
        subprocess.run([soffice, f"-env:UserInstallation={profile}", *arguments], cwd=figures, check=True, timeout=120)

    def read(name):
        with (figures / f"{name}.csv").open(encoding="utf-8", newline="") as file:
            return list(csv.reader(file)), cells(figures / f"{name}.ods")

    return read


def test_numbers_are_numbers(opened):
    texts, years = opened("arrivals-by-year")

    assert years[0] == texts[0]
    assert [row[:4] for row in years[1:]] == [[float(cell) if cell else "" for cell in row[:4]] for row in texts[1:]]
    (year,) = (row for row in years if row[0] == 2020)
    assert year[1:5] == [229, 72, 157, "normal"]


def test_days_are_days_and_months_text(opened):
    texts, years = opened("arrivals-by-year")
    kinds = {4: float, 7: str, 10: dt.date.fromisoformat}

    assert [row[5] for row in years[1:]] == [kinds[len(row[5])](row[5]) for row in texts[1:]]


def test_ages_are_text(opened):
    texts, rows = opened("breakdowns")

    assert [row[:3] for row in rows] == [row[:3] for row in texts]
    assert {"10-19", "60+"} <= {row[2] for row in rows}
    assert [row[3] for row in rows[1:]] == [float(row[3]) for row in texts[1:]]


def test_korean_titles_read(opened):
    texts, rows = opened("sources")
    titles = [row[2] for row in rows]

    assert titles == [row[2] for row in texts]
    assert "통일부, 지난해 입국한 탈북민 224→223명으로 정정" in titles
