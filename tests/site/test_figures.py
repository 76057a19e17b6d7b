"""The pages of figures and of years: what can be taken away, and where one can go from each."""

import csv
import posixpath
import re
import xml.etree.ElementTree as ET

from defector_stats import arrivals, faq_entry

YEARS = [str(year) for year in range(1992, 2026)]

# Each chart of a page: the text of its files by their endings, and the rows of its table.
CHARTS = """
    () => Promise.all([...document.querySelectorAll("[role=main] section:has(> .chart)")].map(async (section) => {
        const links = [...section.querySelectorAll("a[href*='/downloads/figures/']")];
        const texts = links.map(async ({ href }) => [href.split(".").at(-1), await (await fetch(href)).text()]);
        const rows = [...section.querySelectorAll("table tr")];
        return {
            name: section.id,
            files: Object.fromEntries(await Promise.all(texts)),
            table: rows.map((row) => [...row.cells].map((cell) => cell.textContent.trim())),
        };
    }))
"""
ARTICLE = re.compile(r'<article role="main".*?</article>', re.DOTALL)
LINK = re.compile(r'<a [^>]*?href="([^"#:]+)[#"]')


def test_files_of_chart_match_table(visit, figures):
    charts = visit(figures).evaluate(CHARTS)

    assert charts
    for chart in charts:
        files, (header, *shown) = chart["files"], chart["table"]
        rows = list(csv.DictReader(files["csv"].splitlines()))
        assert set(files) == {"csv", "svg", "png", "bib", "ris", "json"}, chart["name"]
        assert [figure for row in rows for figure in numbers(row)] == [
            figure for row in shown for figure in said(dict(zip(header, row, strict=True)))
        ], chart["name"]
        assert ET.fromstring(files["svg"]).tag == "{http://www.w3.org/2000/svg}svg"  # noqa: S314, our own drawing
        assert files["png"][1:4] == "PNG"
        assert files["bib"].startswith("@")
        assert files["ris"].startswith("TY  - ")


def numbers(row):
    """The name of a row of a file, and its numbers."""
    kind = "organisation" if "organisation" in row else "category" if "category" in row else "period"
    wanted = ("low", "point", "high") if kind == "organisation" else ("value", "male", "female")
    return row[kind], sorted({int(row[column]) for column in wanted if row[column]})


def said(row):
    """The same of a row of a table; a sum and a gap are in no file."""
    name, *_ = row.values()
    if name == "total" or not re.search(r"\d", row.get("persons", "0")):
        return ()
    written = [row["proposed"]] if "proposed" in row else [row[column] for column in ("persons", "male", "female")]
    found = {int(one.replace(",", "")) for text in written for one in re.findall(r"\d[\d,]*", text)}
    # A page has the apostrophes of a printer.
    return row.get("organisation", name).replace("’", "'"), sorted(found)


def test_years_lead_to_neighbours_and_list(site):
    """The list leads to each year, and each year to the list and to the years beside it."""
    assert {f"answers/years/{year}.html" for year in YEARS} <= links(site, "answers/years/index.html")
    for before, year, after in zip(["", *YEARS], YEARS, [*YEARS[1:], ""], strict=False):
        found = links(site, f"answers/years/{year}.html")
        beside = {name for name in found if re.fullmatch(r"answers/years/\d{4}\.html", name)}
        assert beside == {f"answers/years/{name}.html" for name in (before, after) if name}
        assert "answers/years/index.html" in found


def test_first_page_two_clicks(site):
    """From the first page, a stranger finds each of five things in two clicks."""
    one = links(site, "index.html")
    two = one.union(*(links(site, name) for name in one if name.endswith(".html")))
    year, total = text(site, "answers/years/2020.html"), text(site, "answers/figures/arrivals.html")
    answers = [name for name in two if name.endswith(".html") and "question-if-caught" in article(site, name)]

    assert "answers/years/2020.html" in two
    assert "229" in year
    assert "Ministry of Unification" in year
    assert "answers/figures/arrivals.html" in two
    assert f"{arrivals('../2025'):,}" in total
    assert "downloads/figures/arrivals.svg" in two
    assert "downloads/arrivals-by-year.csv" in two
    assert any(faq_entry("if-caught").summary in text(site, name) for name in answers)


def links(site, name):
    """What the content of a page leads to on the site."""
    folder = posixpath.dirname(name)
    return {posixpath.normpath(posixpath.join(folder, address)) for address in LINK.findall(article(site, name))}


def article(site, name):
    (found,) = ARTICLE.findall((site / name).read_text(encoding="utf-8"))
    return found


def text(site, name):
    return " ".join(re.sub(r"<[^>]+>", "", article(site, name)).split())
