"""What is shipped: the descriptor, the versions, the dependencies, the size."""

import hashlib
import json
import re
import tomllib
from pathlib import Path

import pytest
from log_model import last_day

import defector_stats
from defector_stats import Period, cite, data_path, data_version, measures
from defector_stats._output.cite import HOME
from defector_stats._store.schema import columns
from defector_stats._store.tables import Tables

ROOT = Path(__file__).parents[2]
needs_tree = pytest.mark.skipif(not (ROOT / "pyproject.toml").exists(), reason="not part of the wheel")


@pytest.fixture(scope="module")
def descriptor():
    return json.loads((data_path() / "datapackage.json").read_text(encoding="utf-8"))


# frictionless and what it imports warn about their own future
@pytest.mark.filterwarnings("ignore")
def test_descriptor_validates(folder):
    from frictionless import Package

    def errors(path):
        report = Package(str(path / "datapackage.json")).validate()
        return report.flatten(["type"])

    assert errors(data_path()) == []
    path = folder / "arrivals.csv"
    path.write_text(path.read_text(encoding="utf-8").replace(",229,72,157,", ",-229,72,157,", 1), encoding="utf-8")
    assert errors(folder) == [["constraint-error"]]


def test_descriptor_lists_files_and_columns(descriptor):
    """The descriptor lists every file with the columns that are read."""
    resources = {resource["name"]: resource for resource in descriptor["resources"]}
    files = {path.name for path in data_path().iterdir()} - {"datapackage.json", "README.md"}

    assert {resource["path"] for resource in resources.values()} == files
    for name, resource in resources.items():
        fields = [field["name"] for field in resource["schema"]["fields"]]
        assert fields == list(columns(name))
        assert all(field["description"] for field in resource["schema"]["fields"])
    assert descriptor["version"] == data_version()
    assert descriptor["$schema"] == "https://datapackage.org/profiles/2.0/datapackage.json"


def test_readme_explains_each_file_once(descriptor):
    text = (data_path() / "README.md").read_text(encoding="utf-8")
    told = re.findall(r"^\| `(.+)` \| (.+) \|$", text, re.MULTILINE)

    assert sorted(name for name, _ in told) == sorted(resource["path"] for resource in descriptor["resources"])
    assert [name for name, words in told if words.startswith("log: ")] == [f"{one.id}.csv" for one in measures()]


def test_edition_of_folder(invented):
    assert invented.data_version() == "1"


def test_bundled_log_lines_unparsed():
    _, *lines = (data_path() / "re-entries.csv").read_text(encoding="utf-8").splitlines()

    assert Tables().lines("re-entries") == lines


def test_data_files_sorted_and_plain(table):
    keys = [row["key"] for row in table("sources")]
    assert keys == sorted(keys)
    order = [row["id"] for row in table("measures")]
    for name in (*order, "gaps", "alternatives", "misprints"):
        places = [
            (
                order.index(row["measure"]),
                row["area"],
                Period.parse(row["period"]),
                last_day(row.get("released") or "2026"),
            )
            for row in table(name)
        ]
        assert places == sorted(places), name
    for path in data_path().glob("*.csv"):
        raw = path.read_bytes()
        assert b"\r" not in raw
        assert raw.endswith(b"\n")
        assert not raw.startswith(b"\xef\xbb\xbf")


def test_edition_fingerprint():
    """Change the fingerprint together with the edition and the data news."""
    logs = [f"{measure.id}.csv" for measure in measures()]
    printed = b"".join(
        (data_path() / name).read_bytes() for name in (*logs, "estimates.csv", "indicators.csv", "breakdowns.csv")
    )

    assert (data_version(), hashlib.sha256(printed).hexdigest()[:16]) == ("2026.12.0", "f86d9af62d9f4109")


def test_wording_avoids_defection():
    texts = [path.read_text(encoding="utf-8") for path in data_path().glob("*.csv") if path.name != "sources.csv"]
    if (ROOT / "README.md").exists():
        # Generated pages quote the titles of sources.
        pages = [path for path in (ROOT / "docs").glob("*/*.md") if not path.parent.name.startswith("_")]
        texts += [path.read_text(encoding="utf-8") for path in (ROOT / "README.md", ROOT / "docs" / "index.md", *pages)]
    texts += [path.read_text(encoding="utf-8") for path in data_path().parent.rglob("*.py")]

    assert not [text for text in texts if re.search("defection", text, re.IGNORECASE)]


@needs_tree
def test_version_same_everywhere():
    """One version stands in the package, the changelog and the citation."""
    changelog = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    edition = re.search(r"^## .*, data edition (\S+)$", changelog, re.MULTILINE)
    newest = re.search(r"^## (\d\S*) \((\S+)\), data edition ", changelog, re.MULTILINE)
    citation = (ROOT / "CITATION.cff").read_text(encoding="utf-8")

    assert newest[1] == defector_stats.__version__
    assert edition[1] == data_version()
    assert f"version: {defector_stats.__version__}\n" in citation
    assert f"date-released: {newest[2]}\n" in citation


@needs_tree
def test_citation_file():
    """The developers are an entity, which has a name and no given one; the address is that of the project."""
    citation = (ROOT / "CITATION.cff").read_text(encoding="utf-8")
    title = re.search(r'^title: "(.*)"$', citation, re.MULTILINE)[1]

    assert f"): {title}. Version " in cite()
    assert re.findall(r"^authors:\n(?:  .*\n)+", citation, re.MULTILINE) == [
        'authors:\n  - name: "The defector-stats developers"\n' + f'    website: "{HOME}"\n' * bool(HOME)
    ]
    assert re.findall(r'^repository-code: "(.*)"$', citation, re.MULTILINE) == ([HOME] if HOME else [])


@needs_tree
def test_run_time_dependencies():
    """The run time dependencies are exactly two without an upper bound."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]

    assert project["dependencies"] == ["attrs>=23.2", "python-dateutil>=2.9.0.post0"]
    assert project["requires-python"] == ">=3.11"


@needs_tree
def test_extras_and_groups():
    """Users get extras, which any pip knows; what only maintainers need stays out of the metadata."""
    whole = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    project, groups = whole["project"], whole["dependency-groups"]
    extras = project["optional-dependencies"]

    assert set(extras) == {"all", "arrow", "docs", "pandas", "plot", "polars", "test"}
    assert extras["all"] == [f"{project['name']}[arrow,pandas,plot,polars]"]
    assert {"include-group": "guests"} in groups["dev"]


@needs_tree
def test_home_named_everywhere_or_nowhere():
    """Until the project has a home, nothing names one, and the README says so."""
    urls = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"].get("urls", {})
    told = re.search("<!-- home -->(.*)<!-- /home -->", (ROOT / "README.md").read_text(encoding="utf-8"), re.DOTALL)[1]

    assert urls.get("Repository") == HOME
    assert bool(urls) == bool(HOME)
    assert (HOME or "no public address yet") in told


@pytest.mark.skipif(not (ROOT / ".github").exists(), reason="not part of the sdist")
def test_workflows_run_existing_sessions():
    """A release passes `.ci/run` itself, and the sessions of the week are sessions of nox."""
    release, weekly = ((ROOT / f".github/workflows/{name}.yml").read_text() for name in ("release", "weekly"))
    sessions = re.findall(r"^def (\w+)\(session: nox\.Session[^)]*\)", (ROOT / "noxfile.py").read_text(), re.MULTILINE)

    assert "run: .ci/run\n" in release
    assert (ROOT / ".ci" / "run").stat().st_mode & 0o100
    assert set(re.search(r"session: \[(.*)\]", weekly)[1].split(", ")) <= set(sessions)


@pytest.mark.skipif(not (ROOT / ".github").exists(), reason="not part of the sdist")
def test_claimed_pythons_are_tested():
    """Each Python that the classifiers name is in the matrix; each of the matrix is installed for it."""
    places = {
        "pyproject.toml": r'"Programming Language :: Python :: (3\.\d+)"',
        "noxfile.py": r'(?<=[\[ ])"(3\.\d+)"(?=[,\]])',
        ".github/workflows/weekly.yml": r"^ {12}(3\.\d+)$",
    }
    claimed, tested, installed = (
        set(re.findall(pattern, (ROOT / name).read_text(), re.MULTILINE)) for name, pattern in places.items()
    )

    assert claimed <= tested == installed
    assert claimed
