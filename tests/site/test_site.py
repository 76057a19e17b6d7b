"""What must hold of every page of the built site, whichever pages there are."""

import json
import re
import zipfile

from sphinx.util.inventory import InventoryFile

import defector_stats

# What of the content sticks out to the right, and is in no box that scrolls.
CUT_OFF = """
    [...document.querySelectorAll("[role=main] *")].filter((it) => it.getBoundingClientRect().right > innerWidth + 1)
        .filter((it) => !it.closest("pre, .table-wrapper"))
        .map((it) => it.outerHTML)
"""
# Boxes of code that hide the end of a line.
CUT_CODE = """
    [...document.querySelectorAll("pre")].filter((it) => it.scrollWidth > it.clientWidth + 1).map((it) => it.outerHTML)
"""
# Pictures that say nothing to those who do not see them.
UNNAMED = """
    [...document.querySelectorAll("img, svg[role=img], object")]
        .filter((it) => !(it.getAttribute("alt") || it.getAttribute("aria-label") || "").trim())
        .map((it) => it.outerHTML)
"""
# Names that two elements of the page share: a link, or a part of a drawing, would find the first of them only.
TWICE = """
    [...document.querySelectorAll("[id]")].map((it) => it.id).filter((id, place, all) => all.indexOf(id) !== place)
"""
# The text behind each link to a file, by the address that the link has below the folder of downloads.
DOWNLOADS = """
    async () => {
        const links = [...document.querySelectorAll("[role=main] a[href*='/downloads/']")];
        const answers = links.map(async ({ href }) => [href.split("/downloads/")[1], await (await fetch(href)).text()]);
        return Object.fromEntries(await Promise.all(answers));
    }
"""
# Napoleon takes what stands before a colon for a type.
TYPE_FIELD = re.compile(r"<dt[^>]*>(?:Type|Return type)\b.*?</dd>", re.DOTALL)
JSON_LD = re.compile(r'<script type="application/ld\+json">(.*?)</script>', re.DOTALL)


def test_page_sound(visit, name):
    """A page loads, says its language, has a title and one main heading, names its pictures, and fits its screens."""
    page = visit(name)
    told = {
        "faults": page.faults,
        "language": page.get_attribute("html", "lang"),
        "title": bool(page.title()),
        "main headings": page.locator("h1").count(),
        "pictures without text": page.evaluate(UNNAMED),
        "names that stand twice": page.evaluate(TWICE),
    }
    for screen in ("laptop", "phone"):
        told[f"code cut off, {screen}"] = visit(name, screen=screen).evaluate(CUT_CODE)
    told["too wide for a phone"] = page.evaluate("Math.max(0, document.documentElement.scrollWidth - innerWidth)")
    told["cut off, phone"] = page.evaluate(CUT_OFF)

    assert told == {
        "faults": [],
        "language": "en-GB",
        "title": True,
        "main headings": 1,
        "pictures without text": [],
        "names that stand twice": [],
        "code cut off, laptop": [],
        "code cut off, phone": [],
        "too wide for a phone": 0,
        "cut off, phone": [],
    }


def test_page_accessible(visit, violations, contrasts, sample):
    page = visit(sample)

    assert violations(page) == []
    assert contrasts(page) == []


def test_page_accessible_on_phone(visit, violations, sample):
    # The colours are those of the large screen.
    assert violations(visit(sample, screen="phone")) == []


def test_page_contrast_in_dark_mode(visit, violations, contrasts, sample):
    page = visit(sample, scheme="dark")

    assert violations(page, runOnly=["link-in-text-block"]) == []
    assert contrasts(page) == []


def test_site_search_finds_revisions(visit):
    page = visit("search.html?q=2009+revision")
    page.wait_for_selector("#search-results li")
    found = [link.get_attribute("href") for link in page.locator("#search-results li > a").all()]
    texts = (visit(link.partition("?")[0]).inner_text("[role=main]") for link in found)

    assert any("2009" in text and "revision" in text for text in texts)


def test_downloads_open(visit, site):
    """Every file of the data can be downloaded, byte for byte, and so can the years and the archive of all."""
    page = visit("how-to/without-python.html")
    found = page.evaluate(DOWNLOADS)
    files = {path.name: path.read_bytes() for path in defector_stats.data_path().iterdir()}
    archive = found.pop("defector-stats-data.zip")
    years = found.pop("arrivals-by-year.csv").splitlines()

    assert page.faults == []
    assert archive.startswith("PK")
    assert years[0] == "year,total,men,women,status,released,publisher,url"
    assert [line.partition(",normal,")[0] for line in years if line.startswith("2020,")] == ["2020,229,72,157"]
    assert found == {f"data/{name}": text.decode() for name, text in files.items() if name.endswith(".csv")}
    assert {path.name: path.read_bytes() for path in (site / "downloads" / "data").iterdir()} == files
    with zipfile.ZipFile(site / "downloads" / "defector-stats-data.zip") as file:
        assert {name: file.read(name) for name in file.namelist() if not name.endswith("/")} == files


def test_downloads_linked_from_first_page(visit):
    page = visit("index.html")

    assert page.locator("[role=main] a[href='how-to/without-python.html']").count() == 1


def test_page_shows_no_type_that_nobody_wrote(site):
    found = [field for path in site.rglob("*.html") for field in TYPE_FIELD.findall(path.read_text(encoding="utf-8"))]

    assert found == []


def test_inventory_names_public_functions_and_classes(site):
    with (site / "objects.inv").open("rb") as file:
        inventory = InventoryFile.load(file, "", lambda *parts: "/".join(parts))
    kinds = {name: kind for kind in ("py:function", "py:class", "py:exception") for name in inventory[kind]}
    public = {name: getattr(defector_stats, name) for name in defector_stats.__all__}

    assert {name: kinds.get(f"defector_stats.{name}") for name in public} == {
        name: "py:function"
        if not isinstance(thing, type)
        else "py:exception"
        if issubclass(thing, Exception)
        else "py:class"
        for name, thing in public.items()
    }


def test_page_jsonld_parses(site):
    blocks = [block for path in site.rglob("*.html") for block in JSON_LD.findall(path.read_text(encoding="utf-8"))]

    assert blocks
    for block in blocks:
        assert '"@context"' in block
        assert json.loads(block)
