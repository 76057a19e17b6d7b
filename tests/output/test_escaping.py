"""What somebody else's folder says is text, wherever it is shown."""

import csv
import json
import xml.etree.ElementTree as ET
from html.parser import HTMLParser

import pytest

from defector_stats import Catalogue, DataError

HOSTILE = r"</text><script>alert('x')</script> $\frac{1}{2$ & \"y\" {arrivals.__class__} =cmd()"
SHOWN = {
    "about": lambda c: c.about(2020),
    "figure": lambda c: c.arrivals(2020),
    "series": lambda c: c.series(),
    "comparison": lambda c: c.compare(2019, 2020),
    "breakdown": lambda c: c.breakdown("age"),
    "estimates": lambda c: c.estimates("in-china"),
    "question": lambda c: c.faq()[0],
    "context": lambda c: c.context(2019),
    "destinations": lambda c: c.destinations(2016),
}


@pytest.fixture
def hostile(folder):
    """The bundled figures, with a hostile text before every text; no two rows become one that way."""
    columns = {
        "sources": ("publisher", "title", "via", "note"),
        "measures": ("title", "definition", "attribution", "subject"),
        "areas": ("name", "in_text"),
        "arrivals": ("note",),
        "estimates": ("organisation", "method"),
        "glossary": ("definition",),
        "faq": ("question",),
        "claims": ("statement",),
    }
    # The figures of an organisation are looked up by its name, from these.
    kept = {row["field"] for row in read(folder / "placeholders.csv")}
    for table, changed in columns.items():
        rows = read(folder / f"{table}.csv")
        for row in rows:
            row.update({name: f"{HOSTILE} {row[name]}" for name in changed if row[name] and row[name] not in kept})
        with (folder / f"{table}.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, rows[0], lineterminator="\n")
            writer.writeheader()
            writer.writerows(rows)
    return Catalogue.read(folder)


def read(path):
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


class Page(HTMLParser):
    def __init__(self):
        super().__init__()
        self.tags, self.text = set(), ""

    def handle_starttag(self, tag, attrs):
        self.tags.add(tag)
        self.text += dict(attrs).get("alt") or ""

    def handle_data(self, data):
        self.text += data


@pytest.mark.parametrize("show", SHOWN.values(), ids=SHOWN)
def test_html_escapes_markup(hostile, show):
    page = Page()
    page.feed(show(hostile)._repr_html_())

    assert HOSTILE in page.text
    assert "script" not in page.tags


@pytest.mark.parametrize("name", ["series", "breakdown", "estimates"])
def test_chart_escapes_markup(hostile, name, tmp_path):
    pytest.importorskip("matplotlib")
    chart = SHOWN[name](hostile).plot()
    drawn = ET.parse(chart.save(tmp_path / "chart.svg")).getroot()  # noqa: S314 -- written by ourselves
    page = Page()
    page.feed(chart._repr_html_())

    assert not [each for each in drawn.iter() if each.tag.endswith("script")]
    assert "script" not in page.tags
    assert ET.fromstring(chart._repr_html_()).get("aria-label") == chart.alt  # noqa: S314


def test_sentences_keep_markup(hostile):
    """Sentences and texts are no HTML and repeat the note as it is."""
    assert HOSTILE in str(hostile.compare(2019, 2020))
    assert HOSTILE in hostile.faq().markdown()
    assert hostile.claims()[0].statement.startswith(HOSTILE)


def test_export_keeps_markup(hostile, tmp_path):
    as_csv = hostile.export("arrivals", tmp_path / "arrivals.csv", format="csv")
    as_json = hostile.export("arrivals", tmp_path / "arrivals.json", format="json")

    assert any(row["note"].startswith(HOSTILE) for row in read(as_csv))
    assert json.dumps(HOSTILE).removesuffix('"') in as_json.read_text(encoding="utf-8")


@pytest.mark.parametrize("address", ["javascript:alert(1)", "data:text/html;x", "file:///etc/passwd", "//x"])
def test_source_refuses_bad_url(folder, address):
    path = folder / "sources.csv"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace(",https://", f",{address}", 1), encoding="utf-8", newline="")
    with pytest.raises(DataError, match="the URL must start with http:// or https://"):
        Catalogue.read(folder)
