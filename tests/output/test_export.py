"""Exports: every format, with the sources of the rows, and a Data Package that loses nothing."""

import csv
import io
import json
import re
import tempfile
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from catalogues import catalogue_of
from hypothesis import given, settings
from hypothesis import strategies as st

from defector_stats import (
    Catalogue,
    DataError,
    Estimates,
    InvalidValueError,
    Source,
    UnknownNameError,
    areas,
    arrivals,
    breakdown,
    claims,
    data_path,
    data_version,
    destinations,
    estimates,
    export,
    faq,
    glossary,
    indicators,
    measures,
    observations,
    revisions,
    series,
    sources,
)
from defector_stats._analysis.breakdown import DIMENSIONS
from defector_stats._output.export import FORMATS

BY_MINISTRY = (
    "Ministry of Unification, Republic of Korea, and reports of its briefings; compiled by defector-stats (CC BY 4.0)."
)
BY_UNHCR = "UNHCR, Refugee Population Statistics Database (CC BY 4.0), a subset; world sums are ours."
BY_HOME_OFFICE = "Contains public sector information licensed under the Open Government Licence v3.0 (Home Office)."
CREDITS = {
    "arrivals": BY_MINISTRY,
    "refugees": BY_UNHCR,
    "asylum-seekers": BY_UNHCR,
    "asylum-applications": BY_UNHCR,
    "us-refugee-admissions": "US Department of State, Bureau of Population, Refugees, and Migration "
    "(a US government work).",
    "uk-asylum-applications": BY_HOME_OFFICE,
    "uk-asylum-applicants": BY_HOME_OFFICE,
    "thailand-arrests": "Thai police data as relayed by the Bangkok Post and Voice of America; "
    "compiled by defector-stats (CC BY 4.0).",
    "re-entries": "Ministry of Unification, Republic of Korea, as reported; compiled by defector-stats (CC BY 4.0).",
}
THINGS = {
    "all": "all",
    "a measure by its id": "refugees",
    "a measure": measures()[0],
    "a series": series(start=2020),
    "quarters": series(frequency="quarter", start=2024, end=2025),
    "a vintage": series(start=2024, as_of="2026-01-25"),
    "nothing": series(start=2030),
    "a breakdown": breakdown("age"),
    "residents": breakdown("residence"),
    "estimates": estimates(),
    "no estimates": Estimates(rows=(), edition=""),
    "several places": observations("uk-asylum-applicants"),
    "places of a year": destinations(2016),
}
# All that is no set of figures, or holds several values of a period.
LISTS = {
    "indicators": indicators(),
    "revisions": revisions(2009),
    "questions": faq(),
    "claims": claims(),
    "words": glossary(),
    "measures": measures(),
    "areas": areas(),
    "sources": sources(),
}

each = pytest.mark.parametrize("thing", THINGS.values(), ids=THINGS)
EVERYTHING = THINGS | LISTS
every = pytest.mark.parametrize("thing", EVERYTHING.values(), ids=EVERYTHING)


def read_csv(path):
    return list(csv.DictReader(io.StringIO(path.read_text(encoding="utf-8"), newline="")))


def everything(catalogue):
    """All that a catalogue can say, in plain values and records."""
    held = [(measure, area) for measure in catalogue.measures() for area in measure.areas]
    return {
        "measures": catalogue.measures(),
        "areas": catalogue.areas(),
        "sources": catalogue.sources(),
        "revisions": [tuple(catalogue.revisions(measure=measure.id, area=area)) for measure, area in held],
        "series": [
            (found.records(), [figure.provenance for figure in found], found.gaps)
            for measure, area in held
            for frequency in measure.frequencies
            for found in [catalogue.series(measure.id, area=area, frequency=frequency)]
        ],
    }


def texts(catalogue):
    """What a whole catalogue says beside its figures."""
    return {
        "estimates": catalogue.estimates(),
        "indicators": catalogue.indicators(),
        "breakdowns": [catalogue.breakdown(dimension) for dimension in DIMENSIONS],
        "older": catalogue.breakdown("age", "../2022-12"),
        "faq": catalogue.faq(),
        "claims": catalogue.claims(),
        "glossary": catalogue.glossary(),
        "freshness": catalogue.freshness("2026-11-23"),
        "misprint": catalogue.verify(24_538, "../2025"),
        "cited": catalogue.cite(),
    }


# The Data Package


def test_package_round_trip(tmp_path):
    export("all", tmp_path / "package", format="datapackage")
    again = Catalogue.read(tmp_path / "package")

    assert everything(again) == everything(Catalogue.bundled())
    assert texts(again) == texts(Catalogue.bundled())
    for path in data_path().glob("*.csv"):
        assert (tmp_path / "package" / path.name).read_bytes() == path.read_bytes()
    assert json.loads((tmp_path / "package" / "datapackage.json").read_text(encoding="utf-8")) == json.loads(
        (data_path() / "datapackage.json").read_text(encoding="utf-8")
    )


@pytest.mark.parametrize("measure", [measure.id for measure in measures()])
def test_package_round_trip_of_measure(tmp_path, measure):
    export(measure, tmp_path / "package", format="datapackage")
    whole, part = everything(Catalogue.bundled()), everything(Catalogue.read(tmp_path / "package"))
    (kept,) = part["measures"]

    assert kept == next(each for each in measures() if each.id == measure)
    at = [(each.id, area) for each in measures() for area in each.areas]
    assert part["revisions"] == [steps for (of, _), steps in zip(at, whole["revisions"], strict=True) if of == measure]
    at = [each.id for each in measures() for _ in each.areas for _ in each.frequencies]
    assert part["series"] == [found for of, found in zip(at, whole["series"], strict=True) if of == measure]
    with (data_path() / "excluded-areas.csv").open(encoding="utf-8", newline="") as file:
        left_out = {row["area"] for row in csv.DictReader(file) if row["measure"] == measure}
    assert {area.code for area in part["areas"]} == {*kept.areas, *left_out}
    for area in left_out:
        with pytest.raises(UnknownNameError) as caught:
            Catalogue.read(tmp_path / "package").series(measure, area=area)
        assert (caught.value.suggestions, caught.value.hint) == ((), "")
    assert {source.key for source in part["sources"]} < {source.key for source in sources()}
    described = json.loads((tmp_path / "package" / "datapackage.json").read_text(encoding="utf-8"))
    assert (described["name"], described["title"]) == (measure, kept.title)
    assert kept.definition in described["description"]
    assert {each["name"] for each in described["resources"]} == {
        path.stem for path in (tmp_path / "package").glob("*.csv")
    }


def test_package_files_of_measure(tmp_path, table):
    """The tables of the package that have a column of measures, without the logs of the others."""
    others = {row["id"] for row in table("measures")} - {"refugees"}
    heads = {
        path.stem: path.read_text(encoding="utf-8").split("\n")[0].split(",") for path in data_path().glob("*.csv")
    }
    named = {name for name, columns in heads.items() if "measure" in columns} - others
    files = {path.name for path in export("refugees", tmp_path / "x", format="datapackage").iterdir()}

    assert named == {
        "alternatives",
        "series-breaks",
        "excluded-areas",
        "gaps",
        "misprints",
        "refugees",
        "release-calendar",
    }
    also = ("areas", "measures", "sources", "titles")
    assert files == {"datapackage.json", *(f"{name}.csv" for name in (*also, *named))}


text = st.text(max_size=20)
counts = st.integers(min_value=0, max_value=10**9)
invented = st.builds(
    Source,
    key=st.text("abcxyz_0189", min_size=1, max_size=8).map("invented_{}".format),
    publisher=text.filter(str.strip),
    title=text.filter(str.strip),
    url=st.one_of(st.none(), text.map("https://{}".format)),
    published=st.sampled_from(["2026-12", "2027-01-31", "2027"]),
    published_basis=st.sampled_from(["stated", "inferred"]),
    language=st.sampled_from(["en", "ko"]),
    kind=st.sampled_from(["official", "news"]),
    licence=text.filter(str.strip),
    via=text,
    note=text,
)


@st.composite
def figures(draw):
    split = draw(st.one_of(st.none(), st.tuples(counts, counts)))
    row = {
        "period": draw(st.sampled_from([2026, "2026-Q1", "../2026", "2026-01/2026-09", "2026-05-01"])),
        "value": sum(split) if split else draw(counts),
        "released": draw(st.sampled_from(["2027-01-31", "2027-02", "2028"])),
        "sources": [draw(invented)],
        "status": draw(st.sampled_from(["normal", "provisional", "low-reliability"])),
        "note": draw(text),
    }
    return row | (dict(zip(("male", "female"), split, strict=True)) if split else {})


@settings(max_examples=60)
@given(row=figures())
def test_package_round_trip_of_new_figures(row):
    """Whatever figure is added comes back or is refused at once."""
    try:
        catalogue = Catalogue.bundled().extended([row])
    except DataError:
        return
    with tempfile.TemporaryDirectory() as folder:
        again = Catalogue.read(catalogue.export("arrivals", Path(folder) / "new", format="datapackage"))
        period = row["period"]
        assert again.revisions(period) == catalogue.revisions(period)
        assert again.arrivals(period).record() == catalogue.arrivals(period).record()
        assert again.arrivals(period).provenance == catalogue.arrivals(period).provenance
        assert again.arrivals(period).note == row["note"]
        (added,) = row["sources"]
        assert added in again.sources()


def test_package_of_own_catalogue(tmp_path, invented):
    again = Catalogue.read(invented.export("all", tmp_path / "again", format="datapackage"))

    assert everything(again) == everything(invented)
    assert again.data_version() == "1"
    described = json.loads(invented.export("all", tmp_path / "x.jsonld", format="jsonld").read_text(encoding="utf-8"))
    assert (described["name"], described["version"]) == ("All figures", "1")
    assert "license" not in described


# frictionless and what it imports warn about their own future
@pytest.mark.filterwarnings("ignore")
@every
def test_package_validates(tmp_path, thing):
    from frictionless import Package

    export(thing, tmp_path / "package", format="datapackage")

    assert Package(str(tmp_path / "package" / "datapackage.json")).validate().flatten(["type", "note"]) == []


def test_package_of_rows(tmp_path):
    figures = series(start=2024, as_of="2026-01-25")
    export(figures, tmp_path / "package", format="datapackage")
    described = json.loads((tmp_path / "package" / "datapackage.json").read_text(encoding="utf-8"))
    rows, cited = (read_csv(tmp_path / "package" / name) for name in ("arrivals-kor-by-year.csv", "sources.csv"))

    assert described["version"] == data_version()
    assert "As known on 25 January 2026." in described["description"]
    assert described["description"].endswith(BY_MINISTRY)
    assert [licence["name"] for licence in described["licenses"]] == ["CC-BY-4.0"]
    fields = {field["name"]: field["type"] for field in described["resources"][0]["schema"]["fields"]}
    assert tuple(fields) == series().COLUMNS
    assert {name: fields[name] for name in ("value", "start_date", "note")} == {
        "value": "integer", "start_date": "date", "note": "string",
    }  # fmt: skip
    assert [(row["period"], row["value"]) for row in rows] == [("2024", "236"), ("2025", "224")]
    assert {row["key"] for row in cited} == {key for row in rows for key in row["sources"].split()}
    with pytest.raises(DataError, match="the resource 'measures' is missing"):
        Catalogue.read(tmp_path / "package")


def test_package_of_rows_as_rich_as_bundled(tmp_path, descriptor):
    """The package of a series has what the bundled one says of the same columns, and of all figures."""
    path = export(series(), tmp_path / "package") / "datapackage.json"
    described = json.loads(path.read_text(encoding="utf-8"))
    (log,) = [resource["schema"] for resource in descriptor["resources"] if resource["name"] == "arrivals"]
    rows, cited, citations = (resource["schema"] for resource in described["resources"])
    bundled, fields = ({field["name"]: field for field in table["fields"]} for table in (log, rows))

    for name, field in fields.items():
        assert field["description"]
        if name in bundled:
            assert {key: field[key] for key in bundled[name]} == bundled[name]
    assert fields["status"]["constraints"]["enum"] == ["normal", "provisional", "low-reliability"]
    assert fields["area"]["categories"] == [{"value": "KOR", "label": "South Korea"}]
    assert fields["measure"]["categories"] == [
        {"value": "arrivals", "label": "Arrivals of North Korean escapees in South Korea"}
    ]
    assert [table["primaryKey"] for table in (rows, cited, citations)] == [
        ["measure", "area", "period"], ["key"], ["measure", "area", "period", "position"],
    ]  # fmt: skip
    assert citations["foreignKeys"] == [
        {
            "fields": ["measure", "area", "period"],
            "reference": {"resource": "arrivals-kor-by-year", "fields": ["measure", "area", "period"]},
        },
        {"fields": ["source"], "reference": {"resource": "sources", "fields": ["key"]}},
    ]
    for entry in ("created", "keywords", "contributors"):
        assert described[entry] == descriptor[entry]
    assert described["sources"] == descriptor["sources"][:1]


def test_package_names_topics_of_estimates(tmp_path):
    """A topic is what an estimate is of, and has a name; that of an indicator is a heading, and has none."""
    named = {}
    for kind, answer in {"estimates": estimates("in-china"), "indicators": indicators(topic="work")}.items():
        path = export(answer, tmp_path / kind, format="datapackage") / "datapackage.json"
        rows, *_ = json.loads(path.read_text(encoding="utf-8"))["resources"]
        named[kind] = {field["name"]: field.get("categories") for field in rows["schema"]["fields"]}

    assert named["estimates"]["topic"] == [{"value": "in-china", "label": "North Koreans living in China"}]
    assert named["indicators"]["topic"] is None
    assert {"value": "employment-rate", "label": "Employment rate"} in named["indicators"]["indicator"]


def test_package_of_rows_cites_in_order(tmp_path):
    folder = export(series(), tmp_path / "package")
    cited = {}
    for row in read_csv(folder / "citations.csv"):
        cited.setdefault(row["period"], []).append((row["position"], row["source"]))

    for row in read_csv(folder / "arrivals-kor-by-year.csv"):
        assert cited.pop(row["period"]) == [(str(place), key) for place, key in enumerate(row["sources"].split(), 1)]
    assert cited == {}


@pytest.mark.filterwarnings("ignore")
def test_package_keys_hold(tmp_path):
    """A reader of Data Packages finds a source that is cited and missing, and a period that stands twice."""
    from frictionless import Package

    folder = export(series(), tmp_path / "package")
    for name, drop in (("sources.csv", 1), ("arrivals-kor-by-year.csv", None)):
        lines = (folder / name).read_text(encoding="utf-8").splitlines(keepends=True)
        changed = [*lines[:drop], *lines[drop + 1 :]] if drop else [*lines, lines[-1]]
        (folder / name).write_text("".join(changed), encoding="utf-8")
    found = Package(str(folder / "datapackage.json")).validate().flatten(["type"])

    assert {kind for (kind,) in found} == {"foreign-key", "primary-key"}


def test_package_names_sources_without_publishers(tmp_path):
    path = export(estimates("departures"), tmp_path / "package") / "datapackage.json"
    stated = json.loads(path.read_text(encoding="utf-8"))["sources"]

    cited = dict.fromkeys(source for row in estimates("departures") for source in row.provenance.sources)
    assert [(each["title"], each.get("path")) for each in stated] == [(str(source), source.url) for source in cited]


def test_package_of_questions(tmp_path):
    """Answers are filled in, lists are text, and what only the exported rows have is described."""
    folder = export(faq(), tmp_path / "package")
    described = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
    fields = {field["name"]: field for field in described["resources"][0]["schema"]["fields"]}
    rows = read_csv(folder / "faq.csv")

    assert fields["summary"]["description"] == "The answer in one sentence."
    assert fields["reviewed"]["type"] == "date"
    assert [row["answer"] for row in rows] == [entry.answer for entry in faq()]
    assert [row["topics"].split() for row in rows] == [list(entry.topics) for entry in faq()]
    assert [row["limits"] for row in rows] == ["; ".join(entry.limits) for entry in faq()]


# The other formats


@pytest.mark.parametrize("name", LISTS)
def test_csv_of_lists(tmp_path, name):
    """What has no sources has no citations, and no column stands twice."""
    rows = read_csv(export(LISTS[name], tmp_path / "x.csv"))
    columns = LISTS[name].COLUMNS

    assert len(rows) == len(LISTS[name])
    for row in rows:
        cited = ["citations"] if "sources" in columns else []
        credit = [] if "attribution" in columns else ["attribution"]
        assert list(row) == [*columns, *cited, *credit, "edition", "as_of"]
        assert row["edition"] == data_version()
        assert all(row[column] for column in credit)


@pytest.mark.parametrize(("name", "kind"), [("questions", "FAQPage"), ("words", "DefinedTermSet"), ("claims", list)])
def test_jsonld_of_texts(tmp_path, name, kind):
    described = json.loads(export(LISTS[name], tmp_path / "x.jsonld").read_text(encoding="utf-8"))

    assert described == LISTS[name].jsonld()
    assert kind in (type(described), *([described["@type"]] if isinstance(described, dict) else []))


@pytest.mark.parametrize("name", LISTS)
@pytest.mark.parametrize("form", FORMATS)
def test_lists_in_formats_that_make_sense(tmp_path, name, form):
    possible = {"csv", "json", "datapackage"}
    possible |= {"jsonld"} if name in ("indicators", "revisions", "questions", "claims", "words") else set()
    if form in possible:
        assert export(LISTS[name], tmp_path / "x", format=form).exists()
        return
    with pytest.raises(InvalidValueError) as caught:
        export(LISTS[name], tmp_path / "x", format=form)

    offered, _, reason = caught.value.expected.rstrip(")").partition(" (")
    assert (caught.value.given, set(offered.removeprefix("the format ").replace(" or ", ", ").split(", "))) == (
        form, possible,
    )  # fmt: skip
    assert reason.startswith(("SDMX holds ", "JSON-LD describes "))
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name", ["a series", "a vintage", "a breakdown", "residents", "estimates", "nothing"])
def test_csv_has_attribution(tmp_path, name):
    thing = THINGS[name]
    rows = read_csv(export(thing, tmp_path / "x.csv", format="csv"))
    plain = [{key: "" if value is None else str(value) for key, value in row.items()} for row in thing.records()]

    assert [{key: row[key] for key in thing.COLUMNS} for row in rows] == plain
    for row in rows:
        assert tuple(row) == (*thing.COLUMNS, "citations", "attribution", "edition", "as_of")
        assert row["citations"].count(" (") >= len(row["sources"].split())
        assert row["edition"] == data_version()
        assert row["as_of"] == ("2026-01-25" if name == "a vintage" else "")
        assert row["attribution"] == (
            "The organisations named in the rows; compiled by defector-stats (CC BY 4.0)."
            if name == "estimates"
            else BY_MINISTRY
        )
    if name == "a series":
        assert rows[0]["citations"].startswith(
            "Ministry of Unification, “Settlement Support for North Korean Defectors” (2024) "
            "<https://www.unikorea.go.kr/eng_unikorea/whatwedo/support/>; "
        )


def test_csv_of_everything(tmp_path):
    rows = read_csv(export("all", tmp_path / "x.csv", format="csv"))
    found = {(row["measure"], row["area"], row["period"]): row for row in rows}

    assert len(found) == len(rows) == 1106
    assert found["arrivals", "KOR", "2025"]["value"] == "223"
    assert found["arrivals", "KOR", "../2025"]["value"] == "34537"
    assert found["arrivals", "KOR", "1999/2001"]["value"] == "1043"
    assert found["arrivals", "KOR", "2025-H2"]["formula"] == "2025 − 2025-H1"
    assert {row["measure"]: row["attribution"] for row in rows} == CREDITS
    assert len({(row["measure"], row["attribution"]) for row in rows}) == len(CREDITS)
    cited = found["arrivals", "KOR", "2025"]["citations"]
    places = [cited.index(f"{publisher}, “") for publisher in ("News1", "Newsis", "Segye Ilbo", "Ahmet-Dedeler")]
    assert places == sorted(places)
    assert places[0] == 0


def test_sdmx_attribution_by_row(tmp_path):
    """Sdmx csv of everything credits each row to its own publisher."""
    credited = {}
    for row in read_csv(export("all", tmp_path / "x.csv", format="sdmx-csv")):
        measure = row["MEASURE"].removesuffix("_CUMULATIVE").replace("_", "-").lower()
        credited.setdefault(measure, set()).add(row["ATTRIBUTION"])

    assert credited == {measure: {text} for measure, text in CREDITS.items()}


@pytest.mark.parametrize(
    ("measure", "licences", "publishers"),
    [
        ("arrivals", ["CC-BY-4.0"], ["Ministry of Unification, Republic of Korea"]),
        ("refugees", ["CC-BY-4.0"], ["UNHCR, Refugee Population Statistics Database"]),
        (
            "us-refugee-admissions",
            ["CC-BY-4.0"],
            ["US Department of State, Bureau of Population, Refugees, and Migration"],
        ),
        ("uk-asylum-applicants", ["CC-BY-4.0", "OGL-UK-3.0"], ["Home Office (Asylum and resettlement datasets)"]),
        (
            "thailand-arrests",
            ["CC-BY-4.0"],
            ["Thai police data as relayed by the Bangkok Post and Voice of America"],
        ),
        ("re-entries", ["CC-BY-4.0"], ["Ministry of Unification, Republic of Korea"]),
    ],
)
def test_package_licences_of_measure(tmp_path, measure, licences, publishers):
    """A package of a measure names its own licences and publishers."""
    path = export(measure, tmp_path / "package", format="datapackage") / "datapackage.json"
    described = json.loads(path.read_text(encoding="utf-8"))

    assert [each["name"] for each in described["licenses"]] == licences
    assert [each["title"] for each in described["sources"]] == publishers
    assert described["contributors"] == [{"title": "The defector-stats developers", "roles": ["compiler"]}]


def test_json_has_rows_gaps_and_sources(tmp_path):
    quarters = THINGS["quarters"]
    text = export(quarters, tmp_path / "x.json", format="json").read_text(encoding="utf-8")
    content = json.loads(text)

    assert content["title"] == "Arrivals in South Korea by quarter"
    assert content["description"].startswith(quarters.summary)
    assert content["rows"] == quarters.records()
    assert (content["edition"], content["as_of"], content["attribution"]) == (data_version(), None, [BY_MINISTRY])
    assert content["gaps"][0] == {
        "measure": "arrivals", "area": "KOR", "period": "2025-Q3", "reason": "not-published",
        "note": "The ministry ended quarterly publication; since August 2025 it publishes half-years.",
    }  # fmt: skip
    keys = {key for row in content["rows"] for key in row["sources"].split()}
    assert {source["key"] for source in content["sources"]} == keys
    assert "북" in text
    assert text.endswith("}\n")


def test_json_states_gaps_of_measure(tmp_path):
    content = json.loads(export("asylum-applications", tmp_path / "x", format="json").read_text(encoding="utf-8"))
    reasons = {(gap["area"], gap["period"]): gap["reason"] for gap in content["gaps"]}

    assert reasons["WLD", "2024"] == "not-found"
    assert "suppressed" in reasons.values()
    assert content["title"] == "New asylum applications by North Koreans"


@each
def test_jsonld_of_dataset_validates(tmp_path, check_jsonld, thing):
    described = json.loads(export(thing, tmp_path / "x.jsonld", format="jsonld").read_text(encoding="utf-8"))

    check_jsonld(described)
    assert (described["@context"], described["@type"]) == ("https://schema.org", "Dataset")
    # What search engines for datasets ask for.
    assert 50 <= len(described["description"]) <= 5000
    assert described["name"]
    assert described["license"][0] == "https://creativecommons.org/licenses/by/4.0/"


def test_jsonld_of_series(tmp_path):
    """The description of a series says what where when and from whom."""
    figures = series("uk-asylum-applications", start=2020)
    described = json.loads(export(figures, tmp_path / "x.jsonld", format="jsonld").read_text(encoding="utf-8"))
    (home_office,) = [measure for measure in measures() if measure.id == "uk-asylum-applications"]

    assert described == {
        "@context": "https://schema.org",
        "@type": "Dataset",
        "name": "Asylum applications by North Koreans in the United Kingdom (main applicants) by year",
        "description": f"{figures.summary} {home_office.definition} Coverage: {home_office.coverage} "
        f"Rounding: {home_office.rounding}",
        "identifier": f"defector-stats/uk-asylum-applications-gbr-by-year/{data_version()}",
        "keywords": ["North Korea", "arrivals", "refugees", "asylum", "statistics"],
        "inLanguage": "en",
        "version": data_version(),
        "dateModified": "2026-11-28",
        "creator": {"@type": "Organization", "name": "The defector-stats developers"},
        "creditText": "Contains public sector information licensed under the Open Government Licence v3.0 "
        "(Home Office).",
        "isAccessibleForFree": True,
        "license": [
            "https://creativecommons.org/licenses/by/4.0/",
            "https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/",
        ],
        "temporalCoverage": "2020-01-01/2023-12-31",
        "spatialCoverage": [{"@type": "Country", "name": "United Kingdom", "identifier": "GBR"}],
        "variableMeasured": [
            {
                "@type": "PropertyValue",
                "name": home_office.title,
                "unitText": "persons",
                "description": home_office.definition,
            }
        ],
        "measurementTechnique": "Published figures, compiled with the day of each publication; "
        "some are calculated from others.",
        "distribution": [{"@type": "DataDownload", "encodingFormat": "text/csv", "contentUrl": "x.csv"}],
        "isBasedOn": [
            {
                "@type": "CreativeWork",
                "name": source.title,
                "publisher": {"@type": "Organization", "name": source.publisher},
                "datePublished": source.published,
                "inLanguage": "en",
                "url": source.url,
                "description": "Read via the R package asylum of humaniverse.",
            }
            for source in dict.fromkeys(source for figure in figures for source in figure.sources)
        ],
    }
    nothing = json.loads(export(series(start=2030), tmp_path / "y.jsonld", format="jsonld").read_text("utf-8"))
    assert {"temporalCoverage", "isBasedOn"}.isdisjoint(nothing)
    open_span = json.loads(export(breakdown("age"), tmp_path / "z.jsonld", format="jsonld").read_text("utf-8"))
    assert open_span["temporalCoverage"] == "../2024-09-30"
    everything = json.loads(export("arrivals", tmp_path / "all of it.jsonld").read_text("utf-8"))
    assert everything["temporalCoverage"] == "../2025-12-31"
    assert everything["distribution"][0]["contentUrl"] == "all%20of%20it.csv"
    vintage = json.loads(export(THINGS["a vintage"], tmp_path / "v.jsonld").read_text("utf-8"))
    assert vintage["identifier"] == f"defector-stats/arrivals-kor-by-year/{data_version()}/2026-01-25"


def test_jsonld_has_homepage_of_catalogue(tmp_path, invented):
    """A description has an address where the catalogue has one, which the bundled one has not."""
    catalogue = catalogue_of(invented, {}, homepage="https://example.org/tickets")
    described = json.loads(catalogue.export("tickets", tmp_path / "x.jsonld").read_text("utf-8"))

    assert described["url"] == "https://example.org/tickets"
    assert {"dateModified", "keywords"}.isdisjoint(described)
    assert "url" not in json.loads(export(series(), tmp_path / "y.jsonld").read_text("utf-8"))


def test_edition_is_that_of_the_answer(tmp_path, invented):
    """Whichever catalogue writes an answer down, the file says which edition it is from."""
    other = catalogue_of(invented, {}, version="1999.1.0")
    for name, answer in {"lists": other.measures(), "figures": other.observations("tickets")}.items():
        folder = export(answer, tmp_path / name, format="datapackage")

        assert json.loads((folder / "datapackage.json").read_text("utf-8"))["version"] == "1999.1.0"


# SDMX-CSV 2.0


@pytest.fixture(scope="module")
def sdmx(tmp_path_factory):
    path = tmp_path_factory.mktemp("sdmx") / "all.csv"
    rows = read_csv(export("all", path, format="sdmx-csv"))
    return {
        (row["MEASURE"], row["REF_AREA"], row["SEX"], row["TIME_PERIOD"]): row
        for row in rows
    }, rows, path  # fmt: skip


def test_sdmx_keys_and_codes(sdmx):
    """Sdmx keys are unique and codes are those of the standard lists."""
    _, rows, _ = sdmx
    key = ("FREQ", "REF_AREA", "MEASURE", "CATEGORY", "ORGANISATION", "SEX", "TIME_PERIOD")

    assert len({tuple(row[name] for name in key) for row in rows}) == len(rows)
    assert tuple(rows[0])[:3] == ("STRUCTURE", "STRUCTURE_ID", "ACTION")
    assert {(row["STRUCTURE"], row["STRUCTURE_ID"], row["ACTION"]) for row in rows} == {
        ("dataflow", "DEFECTOR_STATS:FIGURES(1.0.0)", "I")
    }
    assert {row["FREQ"] for row in rows} == {"A", "S", "Q", "M", "D", "_O"}
    assert {row["SEX"] for row in rows} == {"_T", "M", "F"}
    assert {row["OBS_STATUS"] for row in rows} == {"A", "P", "U", "O", "Q"}
    assert {row["UNIT_MEASURE"] for row in rows} == {"PS"}
    assert all(row["SOURCE"] and row["RELEASED"] for row in rows if row["OBS_VALUE"])
    assert all(row["COMMENT_OBS"] for row in rows if not row["OBS_VALUE"])


@pytest.mark.parametrize(
    ("key", "frequency", "value", "status"),
    [
        (("ARRIVALS", "KOR", "_T", "2020"), "A", "229", "A"),
        (("ARRIVALS", "KOR", "F", "2020"), "A", "157", "A"),
        (("ARRIVALS", "KOR", "M", "2020"), "A", "72", "A"),
        (("ARRIVALS", "KOR", "_T", "2025"), "A", "223", "P"),
        (("ARRIVALS", "KOR", "_T", "2020-Q2"), "Q", "12", "A"),
        (("ARRIVALS", "KOR", "_T", "2025-S2"), "S", "127", "U"),
        (("ARRIVALS", "KOR", "_T", "1999-01-01/P3Y"), "_O", "1043", "A"),
        (("ARRIVALS", "KOR", "_T", "2025-Q3"), "Q", "", "O"),
        (("ARRIVALS_CUMULATIVE", "KOR", "_T", "2025"), "A", "34537", "P"),
        (("ARRIVALS_CUMULATIVE", "KOR", "_T", "2024-09"), "M", "34259", "A"),
        (("ARRIVALS_CUMULATIVE", "KOR", "_T", "1998"), "A", "947", "A"),
        (("US_REFUGEE_ADMISSIONS", "USA", "_T", "2009-10-01/P1Y"), "A", "8", "A"),
        (("THAILAND_ARRESTS", "THA", "_T", "2011-01-01/P4M"), "_O", "870", "A"),
        (("ASYLUM_APPLICATIONS", "WLD", "_T", "2024"), "A", "", "O"),
        (("REFUGEES", "WLD", "_T", "2016"), "A", "1419", "A"),
    ],
)
def test_sdmx_values_as_published(sdmx, key, frequency, value, status):
    row = sdmx[0][key]

    assert (row["FREQ"], row["OBS_VALUE"], row["OBS_STATUS"]) == (frequency, value, status)


def test_sdmx_breakdowns_and_estimates(tmp_path):
    """Sdmx has breakdowns by category and estimates between bounds."""
    ages = read_csv(export(breakdown("age"), tmp_path / "a", format="sdmx-csv"))
    (women,) = [row for row in ages if (row["CATEGORY"], row["SEX"]) == ("20-29", "F")]
    residents = read_csv(export(breakdown("residence"), tmp_path / "r", format="sdmx-csv"))
    estimate, _ = read_csv(export(estimates("in-china", during=1998), tmp_path / "e", format="sdmx-csv"))

    assert (women["MEASURE"], women["TIME_PERIOD"], women["OBS_VALUE"]) == (
        "ARRIVALS_BY_AGE_CUMULATIVE", "2024-09", "7021",
    )  # fmt: skip
    assert {row["REF_AREA"] for row in ages} == {"KOR"}
    assert len(ages) == 3 * len(breakdown("age").rows)
    assert {(row["MEASURE"], row["FREQ"], row["TIME_PERIOD"]) for row in residents} == {
        ("RESIDENTS_BY_RESIDENCE", "M", "2024-09")
    }
    assert {name: estimate[name] for name in ("MEASURE", "REF_AREA", "SEX", "CATEGORY", "OBS_STATUS")} == {
        "MEASURE": "IN_CHINA", "REF_AREA": "_Z", "SEX": "_T", "CATEGORY": "_T", "OBS_STATUS": "E",
    }  # fmt: skip
    assert (estimate["LOWER_BOUND"], estimate["OBS_VALUE"], estimate["UPPER_BOUND"]) == ("35000", "75000", "125000")
    assert estimate["ORGANISATION"] == "C_Robinson_Johns_Hopkins_University"
    assert estimate["UNIT_MEASURE"] == "PS"
    assert estimate["METHOD"].startswith("survey of about 300 local informants")


@each
def test_sdmx_codes_are_legal(tmp_path, thing):
    """Every code is one that SDMX allows, stands in the structure with a name, and keys stay unique."""
    rows = read_csv(export(thing, tmp_path / "x.csv", format="sdmx-csv"))
    tree = ET.parse(export(thing, tmp_path / "x.xml", format="sdmx-structure"))  # noqa: S314, written by us
    space = "{http://www.sdmx.org/resources/sdmxml/schemas/v2_1/"
    lists = {
        found.get("id").removeprefix("CL_"): {
            code.get("id"): code.findtext(f"{space}common}}Name") for code in found.iter(f"{space}structure}}Code")
        }
        for found in tree.iter(f"{space}structure}}Codelist")
    }
    key = ("FREQ", "REF_AREA", "MEASURE", "CATEGORY", "ORGANISATION", "SEX")

    assert set(lists) == {*key, "OBS_STATUS", "UNIT_MEASURE"}
    for column, codes in lists.items():
        assert set(codes) == {row[column] for row in rows}
        for code, name in codes.items():
            assert re.fullmatch(r"[A-Za-z0-9_@$-]+", code)
            assert name
    assert len({tuple(row[name] for name in (*key, "TIME_PERIOD", "UNIT_MEASURE", "METHOD")) for row in rows}) == len(
        rows
    )


@each
@pytest.mark.parametrize("form", FORMATS)
def test_export_everything_in_every_format(tmp_path, thing, form):
    """Everything goes into every format and the path comes back."""
    path = tmp_path / "x"

    assert export(thing, path, format=form) == path
    assert path.is_dir() == (form == "datapackage")
    assert export(thing, str(path), format=form, overwrite=True) == path
    assert [each.name for each in tmp_path.iterdir()] == ["x"]


# Mistakes


@pytest.mark.parametrize(
    ("name", "form"),
    [
        ("x.csv", "csv"), ("x.CSV", "csv"), ("x.y.json", "json"), ("x.jsonld", "jsonld"),
        ("x", "datapackage"), ("taken.v2", "datapackage"),
    ],
)  # fmt: skip
def test_format_told_by_ending(tmp_path, name, form):
    (tmp_path / "taken.v2").mkdir()
    told = export(series(start=2024), tmp_path / name)
    said = export(series(start=2024), tmp_path / "said", format=form)

    if form == "datapackage":
        assert {file.name: file.read_bytes() for file in told.iterdir()} == {
            file.name: file.read_bytes() for file in said.iterdir()
        }
    elif form != "jsonld":  # that names the file beside it
        assert told.read_bytes() == said.read_bytes()
    else:
        assert json.loads(told.read_text("utf-8"))["@type"] == "Dataset"


@pytest.mark.parametrize("name", ["x.xlsx", "x.parquet", "x.xml", "x.txt", "figures.v2"])
def test_ending_that_does_not_tell(tmp_path, name):
    with pytest.raises(InvalidValueError) as caught:
        export("all", tmp_path / name)

    assert caught.value.given == str(tmp_path / name)
    assert all(form in caught.value.expected for form in FORMATS)
    assert list(tmp_path.iterdir()) == []


def test_csv_with_byte_order_mark(tmp_path):
    plain, marked = (
        export(series(), tmp_path / f"{encoding}.csv", encoding=encoding).read_bytes()
        for encoding in ("utf-8", "utf-8-sig")
    )

    assert marked == b"\xef\xbb\xbf" + plain
    assert not plain.startswith(b"\xef\xbb\xbf")


@pytest.mark.parametrize("form", ["json", "jsonld", "sdmx-csv", "sdmx-structure", "datapackage"])
def test_byte_order_mark_only_in_csv(tmp_path, form):
    with pytest.raises(InvalidValueError) as caught:
        export(series(), tmp_path / "x", format=form, encoding="utf-8-sig")

    assert caught.value.given == "utf-8-sig"
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("encoding", ["utf8", "cp949", "", None, 1])
def test_export_unknown_encoding(tmp_path, encoding):
    with pytest.raises(UnknownNameError) as caught:
        export(series(), tmp_path / "x.csv", encoding=encoding)

    assert (caught.value.kind, caught.value.given) == ("encoding", encoding)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("form", ["xlsx", "CSV", "", 1, ["csv"]])
def test_export_unknown_format(tmp_path, form):
    with pytest.raises(UnknownNameError) as caught:
        export("all", tmp_path / "x", format=form)

    assert (caught.value.kind, caught.value.given) == ("format", form)
    assert set(caught.value.suggestions) <= set(FORMATS)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("thing", [None, 2020, arrivals(2020), faq()[0], sources()[0], [series()]])
def test_export_refuses_other_values(tmp_path, thing):
    with pytest.raises(InvalidValueError) as caught:
        export(thing, tmp_path / "x", format="csv")

    assert caught.value.given is thing
    assert caught.value.expected == (
        "'all', a measure or its id, or an answer with rows, such as series() or faq() gives"
    )
    assert list(tmp_path.iterdir()) == []
