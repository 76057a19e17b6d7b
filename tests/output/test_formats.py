"""Invented rows in every format, to the letter."""

import csv
import json
import xml.etree.ElementTree as ET
from pathlib import Path

import attrs
import pytest
from catalogues import catalogue_of, rows_of, tables_of

from defector_stats import Area, Source
from defector_stats._output.dataset import Dataset, Variable
from defector_stats._output.export import file_bytes, package_bytes
from defector_stats._output.sdmx import observations
from defector_stats._store.schema import columns
from defector_stats._store.tables import Tables

ONE = Source(
    key="one", publisher="Office", title="A, b", url="https://example.org", published="2021", published_basis="stated",
    language="en", kind="news", licence="not seen",
)  # fmt: skip
TWO = Source(
    key="two", publisher="Büro", title="C", url=None, published="2021-05", published_basis="inferred", language="de",
    kind="ngo", licence="not seen", via="Blatt", note="title not seen",
)  # fmt: skip
CITED_ONE, CITED_BOTH = (
    "Office, “A, b” (2021) <https://example.org>",
    "Office, “A, b” (2021) <https://example.org>; Büro, “C” [title not seen], via Blatt (2021-05)",
)


def dataset(rows, names=("period", "value"), gaps=(), measures=None):
    return Dataset(
        name="boats",
        title="Boats",
        description="Invented.",
        variables=(Variable(id="boats", title="Boats", definition="", unit="boats"),),
        columns=names,
        rows=rows,
        gaps=gaps,
        sources=(ONE, TWO),
        attribution=("Ours.", "Theirs."),
        licences=({"name": "X"},),
        edition="7",
        as_of="2026-01-25",
        measures=measures,
        key=("period",),
    )


GAP = {"measure": "boats", "area": "KOR", "period": "2022", "reason": "not-found", "note": ""}
ROWS = (
    {
        "period": "2020",
        "start_date": "2020-01-01",
        "end_date": "2020-12-31",
        "share": 0.5,
        "value": 5,
        "sources": "one",
    },
    {
        "period": "2021",
        "start_date": "2021-01-01",
        "end_date": "2021-12-31",
        "share": None,
        "value": 6,
        "sources": "one two",
    },
)
BOATS = dataset(ROWS, tuple(ROWS[0]), (GAP,))
PLAIN = [
    {"key": "one", "publisher": "Office", "title": "A, b", "url": "https://example.org", "published": "2021",
     "published_basis": "stated", "language": "en", "kind": "news", "licence": "not seen", "via": "", "note": "",
     "origin": ""},
    {"key": "two", "publisher": "Büro", "title": "C", "url": None, "published": "2021-05",
     "published_basis": "inferred", "language": "de", "kind": "ngo", "licence": "not seen", "via": "Blatt",
     "note": "title not seen", "origin": ""},
]  # fmt: skip
CONTENT = {
    "title": "Boats",
    "description": "Invented.",
    "edition": "7",
    "as_of": "2026-01-25",
    "attribution": ["Ours.", "Theirs."],
    "rows": list(ROWS),
    "gaps": [GAP],
    "sources": PLAIN,
}


def test_csv_exact():
    assert file_bytes(BOATS, "csv").decode().splitlines() == [
        "period,start_date,end_date,share,value,sources,citations,attribution,edition,as_of",
        f'2020,2020-01-01,2020-12-31,0.5,5,one,"{CITED_ONE}",Ours. Theirs.,7,2026-01-25',
        f'2021,2021-01-01,2021-12-31,,6,one two,"{CITED_BOTH}",Ours. Theirs.,7,2026-01-25',
    ]
    assert b"\r" not in file_bytes(BOATS, "csv")


def test_json_exact():
    assert file_bytes(BOATS, "json").decode() == json.dumps(CONTENT, indent=2, ensure_ascii=False) + "\n"


def test_jsonld_exact():
    korea = Area(code="KOR", name="South Korea", in_text="South Korea", aliases=())
    boats, rafts = (
        Variable(id=title.lower(), title=title, definition=title[:4], unit="boats") for title in ("Boats", "Rafts")
    )
    licences = ({"name": "X", "path": "https://example.org/x"}, {"name": "Y"})
    described = attrs.evolve(BOATS, places=(korea,), variables=(boats, rafts), licences=licences)
    author = {"@type": "Organization", "name": "The defector-stats developers"}

    assert json.loads(file_bytes(described, "jsonld")) == {
        "@context": "https://schema.org",
        "@type": "Dataset",
        "name": "Boats",
        "description": "Invented.",
        "identifier": "defector-stats/boats/7/2026-01-25",
        "inLanguage": "en",
        "version": "7",
        "creator": author,
        "creditText": "Ours. Theirs.",
        "isAccessibleForFree": True,
        "license": ["https://example.org/x"],
        "temporalCoverage": "2020-01-01/2021-12-31",
        "spatialCoverage": [{"@type": "Country", "name": "South Korea", "identifier": "KOR"}],
        "variableMeasured": [
            {"@type": "PropertyValue", "name": "Boats", "unitText": "boats", "description": "Boat"},
            {"@type": "PropertyValue", "name": "Rafts", "unitText": "boats", "description": "Raft"},
        ],
        "distribution": [{"@type": "DataDownload", "encodingFormat": "text/csv", "contentUrl": "boats.csv"}],
        "isBasedOn": [
            {
                "@type": "CreativeWork",
                "name": "A, b",
                "publisher": {"@type": "Organization", "name": "Office"},
                "datePublished": "2021",
                "inLanguage": "en",
                "url": "https://example.org",
            },
            {
                "@type": "CreativeWork",
                "name": "C",
                "publisher": {"@type": "Organization", "name": "Büro"},
                "datePublished": "2021-05",
                "inLanguage": "de",
                "description": "Title not seen. Read via Blatt.",
            },
        ],
    }
    bare = json.loads(file_bytes(attrs.evolve(BOATS, rows=(), sources=(), licences=()), "jsonld"))
    assert bare["variableMeasured"] == [{"@type": "PropertyValue", "name": "Boats", "unitText": "boats"}]
    assert bare.keys().isdisjoint({"license", "temporalCoverage", "spatialCoverage", "isBasedOn"})


def described(name, description, key, fields, **keys):
    return {
        "$schema": "https://datapackage.org/profiles/2.0/dataresource.json",
        "name": name,
        "type": "table",
        "path": f"{name}.csv",
        "description": description,
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "schema": {
            "$schema": "https://datapackage.org/profiles/2.0/tableschema.json",
            "fields": fields,
            "missingValues": [""],
            "primaryKey": key,
            **keys,
        },
    }


def test_package_of_rows(descriptor):
    bundled = {resource["name"]: resource["schema"]["fields"] for resource in descriptor["resources"]}
    log = {field["name"]: field for field in bundled["arrivals"]}
    files = package_bytes(BOATS, Tables({}, {}))

    assert list(files) == ["datapackage.json", "boats.csv", "sources.csv", "citations.csv"]
    assert json.loads(files["datapackage.json"]) == {
        "$schema": "https://datapackage.org/profiles/2.0/datapackage.json",
        "name": "boats",
        "title": "Boats",
        "description": "Invented. Ours. Theirs.",
        "version": "7",
        "licenses": [{"name": "X"}],
        "sources": [
            {"title": "Office, “A, b” (2021)", "path": "https://example.org"},
            {"title": "Büro, “C” [title not seen], via Blatt (2021-05)"},
        ],
        "resources": [
            described(
                "boats",
                "Boats",
                ["period"],
                [
                    log["period"],
                    {
                        "name": "start_date", "type": "date",
                        "description": "The first day of the period; empty for a running total.",
                    },
                    {"name": "end_date", "type": "date", "description": "The last day of the period."},
                    {"name": "share", "type": "number", "description": "The share of the total of the table."},
                    log["value"],
                    log["sources"],
                ],
            ),
            described("sources", "Where the rows were read.", ["key"], bundled["sources"]),
            described(
                "citations",
                "Which row cites which source, in order.",
                ["period", "position"],
                [
                    log["period"],
                    {
                        "name": "position", "type": "integer",
                        "description": "The place of the source among those of the row, from 1.",
                    },
                    {"name": "source", "type": "string", "description": "The key of a source in sources.csv."},
                ],
                foreignKeys=[
                    {"fields": ["period"], "reference": {"resource": "boats", "fields": ["period"]}},
                    {"fields": ["source"], "reference": {"resource": "sources", "fields": ["key"]}},
                ],
            ),
        ],
    }  # fmt: skip
    assert files["citations.csv"].decode().splitlines() == [
        "period,position,source", "2020,1,one", "2021,1,one", "2021,2,two",
    ]  # fmt: skip
    assert files["boats.csv"].decode().splitlines() == [
        "period,start_date,end_date,share,value,sources",
        "2020,2020-01-01,2020-12-31,0.5,5,one",
        "2021,2021-01-01,2021-12-31,,6,one two",
    ]
    assert files["sources.csv"].decode().splitlines() == [
        "key,publisher,title,url,published,published_basis,language,kind,licence,via,note,origin",
        'one,Office,"A, b",https://example.org,2021,stated,en,news,not seen,,,',
        "two,Büro,C,,2021-05,inferred,de,ngo,not seen,Blatt,title not seen,",
    ]


def test_package_of_measure(invented):
    """Its files have plain names, and its misprints bring their sources; the rest stays behind."""
    tables = rows_of(invented)
    cited = [[name, *tables["sources"][0][1:]] for name in ("elsewhere", "misprint", "s")]
    misprint = ["crossings", "KOR", "2012", "total", "7", "2020", "misprint", "A slip."]
    tables["areas"] = [["PRK", "North Korea", "", ""], *tables["areas"]]
    tables |= {"sources": cited, "misprints": [misprint, ["guests", *misprint[1:6], "elsewhere", "Another."]]}
    names = [name for name, rows in tables.items() if rows]
    resources = [{"name": name, "path": f"deep/{name}.txt", "title": name.upper()} for name in names]
    stated = {"licenses": [{"name": "Y"}], "sources": [{"title": "Y"}], "resources": resources}
    catalogue = catalogue_of(invented, tables, name="x", title="X", **stated)
    part = attrs.evolve(dataset((), measures=("crossings",)), publishers=({"title": "Z"},))

    files = package_bytes(part, tables_of(catalogue))
    kept = ["measures", "areas", "sources", "series-breaks", "misprints", "crossings", "alternatives"]
    assert json.loads(files.pop("datapackage.json")) == {
        "version": "1",
        "name": "boats",
        "title": "Boats",
        "description": "Invented.",
        "licenses": [{"name": "X"}],
        "sources": [{"title": "Z"}],
        "resources": [{"name": name, "path": f"{name}.csv", "title": name.upper()} for name in names if name in kept],
    }
    lines = {name: content.decode().splitlines() for name, content in files.items()}
    assert set(lines) == {f"{name}.csv" for name in kept}
    assert [line.split(",")[0] for line in lines["sources.csv"]] == ["key", "misprint", "s"]
    assert [line.split(",")[0] for line in lines["measures.csv"]] == ["id", "crossings"]
    assert [line.split(",")[0] for line in lines["areas.csv"]] == ["code", "KOR", "USA"]
    assert lines["misprints.csv"] == [",".join(columns("misprints")), ",".join(misprint)]
    assert len(lines["crossings.csv"]) == 1 + len(tables["crossings"])
    assert lines["alternatives.csv"] == [",".join(columns("alternatives"))]
    bare = package_bytes(attrs.evolve(part, licences=(), publishers=()), tables_of(catalogue))
    assert json.loads(bare["datapackage.json"]).keys() == {"version", "name", "title", "description", "resources"}


def test_package_of_catalogue(invented):
    tables, descriptor = rows_of(invented), tables_of(invented).descriptor
    files = package_bytes(dataset((), measures=("tickets", "guests", "crossings")), tables_of(invented))

    assert json.loads(files.pop("datapackage.json")) == descriptor
    assert list(files) == [resource["path"] for resource in descriptor["resources"]]
    for name, content in files.items():
        table = name.removesuffix(".csv")
        assert list(csv.reader(content.decode().splitlines())) == [[*columns(table)], *tables[table]]


# SDMX-CSV 2.0

# Where the data go, the dimensions of the standard with ours among them, the value, and what is said of it.
COLUMNS = (
    "STRUCTURE", "STRUCTURE_ID", "ACTION",
    "FREQ", "REF_AREA", "MEASURE", "CATEGORY", "ORGANISATION", "SEX", "TIME_PERIOD",
    "OBS_VALUE",
    "OBS_STATUS", "LOWER_BOUND", "UPPER_BOUND", "UNIT_MEASURE", "RELEASED", "SOURCE", "METHOD", "COMMENT_OBS",
    "ATTRIBUTION",
)  # fmt: skip
FIGURE = {
    "measure": "boat-trips", "area": "KOR", "period": "2020-H1", "value": 5, "male": 2, "female": 3,
    "status": "normal", "released": "2021", "sources": "one", "note": "A note.", "formula": "2020 − 2020-H2",
}  # fmt: skip
TABLE = {
    "dimension": "age", "period": "../2020-06", "start_date": None, "category": "0-9", "code": None, "value": 5,
    "male": None, "female": None, "share": 1.0, "status": "provisional", "released": "2021-05", "sources": "one two",
    "note": "",
}  # fmt: skip
PLACE = TABLE | {"dimension": "residence", "period": "2020-06", "start_date": "2020-06-01"}
RANGE = {
    "topic": "in-china", "reference": "1999/2001", "low": 1, "point": None, "high": 9, "unit": "persons",
    "organisation": "Nobody", "method": "guessed", "status": "low-reliability", "released": "2002", "sources": "one",
    "note": "A guess.",
}  # fmt: skip
SAME = {
    "STRUCTURE": "dataflow", "STRUCTURE_ID": "DEFECTOR_STATS:FIGURES(1.0.0)", "ACTION": "I", "CATEGORY": "_T",
    "ORGANISATION": "_Z", "SEX": "_T", "UNIT_MEASURE": "PS", "ATTRIBUTION": "Ours. Theirs.",
}  # fmt: skip
OF_FIGURE = {
    "FREQ": "S", "REF_AREA": "KOR", "MEASURE": "BOAT_TRIPS", "TIME_PERIOD": "2020-S1", "OBS_STATUS": "A",
    "RELEASED": "2021", "SOURCE": CITED_ONE, "METHOD": "2020 − 2020-H2", "COMMENT_OBS": "A note.",
}  # fmt: skip
OF_TABLE = {
    "FREQ": "M", "REF_AREA": "KOR", "MEASURE": "ARRIVALS_BY_AGE_CUMULATIVE", "CATEGORY": "0-9",
    "TIME_PERIOD": "2020-06", "OBS_VALUE": 5, "OBS_STATUS": "P", "RELEASED": "2021-05", "SOURCE": CITED_BOTH,
    "COMMENT_OBS": "",
}  # fmt: skip
OF_PLACE = OF_TABLE | {"MEASURE": "RESIDENTS_BY_RESIDENCE"}
OF_RANGE = {
    "FREQ": "_O", "REF_AREA": "_Z", "MEASURE": "IN_CHINA", "ORGANISATION": "Nobody", "TIME_PERIOD": "1999-01-01/P3Y",
    "OBS_STATUS": "E", "LOWER_BOUND": 1, "UPPER_BOUND": 9, "UNIT_MEASURE": "PS", "RELEASED": "2002",
    "SOURCE": CITED_ONE, "METHOD": "guessed", "COMMENT_OBS": "A guess.",
}  # fmt: skip
OF_GAP = {"FREQ": "A", "REF_AREA": "KOR", "MEASURE": "BOATS", "TIME_PERIOD": "2022"}


@pytest.mark.parametrize(
    ("rows", "gaps", "expected"),
    [
        (
            (FIGURE,),
            (),
            [
                OF_FIGURE | {"OBS_VALUE": 5},
                OF_FIGURE | {"OBS_VALUE": 2, "SEX": "M"},
                OF_FIGURE | {"OBS_VALUE": 3, "SEX": "F"},
            ],
        ),
        (
            (
                TABLE,
                PLACE | {"category": "Jeju", "code": "KR-49"},
                PLACE | {"category": "South Chungcheong + Sejong", "code": "KR-44 KR-50"},
            ),
            (),
            [OF_TABLE, OF_PLACE | {"CATEGORY": "KR-49"}, OF_PLACE | {"CATEGORY": "South_Chungcheong_plus_Sejong"}],
        ),
        (
            (RANGE, RANGE | {"point": 5}),
            (),
            [OF_RANGE, OF_RANGE | {"OBS_VALUE": 5}],
        ),
        (
            (),
            (GAP, GAP | {"reason": "suppressed", "note": "Hidden."}, GAP | {"reason": "not-collected"}),
            [
                OF_GAP | {"OBS_STATUS": "O", "COMMENT_OBS": "not-found."},
                OF_GAP | {"OBS_STATUS": "Q", "COMMENT_OBS": "suppressed. Hidden."},
                OF_GAP | {"OBS_STATUS": "L", "COMMENT_OBS": "not-collected."},
            ],
        ),
    ],
    ids=["figure", "breakdowns", "estimates", "gaps"],
)  # fmt: skip
def test_sdmx_exact(rows, gaps, expected):
    wanted = [dict.fromkeys(COLUMNS) | SAME | cells for cells in expected]

    assert observations(dataset(rows, gaps=gaps)) == wanted
    header, *lines = file_bytes(dataset(rows, gaps=gaps), "sdmx-csv").decode().splitlines()
    assert header == ",".join(COLUMNS)
    assert len(lines) == len(wanted)


@pytest.mark.parametrize(
    ("period", "frequency", "written"),
    [
        ("2020", "A", "2020"),
        ("FY2010", "A", "2009-10-01/P1Y"),
        ("2020-Q2", "Q", "2020-Q2"),
        ("2020-07", "M", "2020-07"),
        ("2023-10-09", "D", "2023-10-09"),
        ("2011-01/2011-04", "_O", "2011-01-01/P4M"),
        ("2012-01-05/2012-02-05", "_O", "2012-01-05/P1M1D"),
        ("2010-01/2011-03", "_O", "2010-01-01/P1Y3M"),
    ],
)
def test_sdmx_periods(period, frequency, written):
    (row, *_) = observations(dataset((FIGURE | {"period": period},)))

    assert (row["FREQ"], row["TIME_PERIOD"]) == (frequency, written)


def test_sdmx_codes_of_names():
    """A name becomes a legal code, two names never the same one, and the structure keeps the names."""
    names = ["Nobody", "A & B <c>", "A & B (c)", "Médecins", "Radio X?", "남북"]
    rows = tuple(RANGE | {"organisation": name} for name in names)
    codes = [row["ORGANISATION"] for row in observations(dataset(rows))]
    described = file_bytes(dataset(rows), "sdmx-structure").decode()

    assert codes[:5] == ["Nobody", "A_B_c", "A_B_c_2", "Medecins", "Radio_X"]
    assert codes[5].isascii()
    assert len(set(codes)) == len(names)
    assert '<str:Code id="A_B_c"><com:Name xml:lang="en">A &amp; B &lt;c&gt;</com:Name></str:Code>' in described
    assert f'<str:Code id="{codes[5]}"><com:Name xml:lang="en">남북</com:Name></str:Code>' in described
    assert "<mes:Prepared>1970-01-01T00:00:00</mes:Prepared>" in described


def test_sdmx_structure_exact():
    """`structure.xml` holds the whole message, indented, as the schema of SDMX-ML 2.1 allows it."""
    rows = (
        FIGURE | {"place": "South Korea"},
        FIGURE | {"area": "USA", "period": "../2020", "male": None, "female": None},
        PLACE | {"category": "Jeju", "code": "KR-49"},
        RANGE | {"topic": "departures", "unit": "boats a year", "point": 5},
    )
    described = attrs.evolve(
        dataset(rows, gaps=(GAP | {"reason": "suppressed"},)),
        variables=(Variable(id="boat-trips", title="Boat trips", definition="", unit="boats"),),
        places=(Area(code="USA", name="United States", in_text="the United States", aliases=()),),
        about={"created": "2026-11-28T09:00:00Z"},
    )
    kept = Path(__file__).with_name("structure.xml").read_text(encoding="utf-8")

    written = file_bytes(described, "sdmx-structure").decode()

    assert ET.canonicalize(written) == ET.canonicalize(kept, strip_text=True)
    assert written.startswith('<?xml version="1.0" encoding="UTF-8"?>\n<mes:Structure ')
    assert written.endswith("</mes:Structure>\n")
