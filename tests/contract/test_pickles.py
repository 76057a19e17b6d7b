"""What an earlier version pickled can still be read, and says the same.

Before a release: python tests/contract/test_pickles.py
It pickles one of each public record and error, and writes down beside it, as text, what they say.
"""

import copy
import json
import pickle
import subprocess
import sys
from pathlib import Path

import attrs
import pytest

import defector_stats as ds

FOLDER = Path(__file__).with_name("pickles")
# Not records: the root of the errors, what answers, what is drawn, and a number.
NO_RECORDS = {"Catalogue", "Chart", "DefectorStatsError", "Fraction"}


def things():
    """One of each public record and error."""
    errors = [
        ds.DataError("there is no value", "arrivals.csv", 7, "value"),
        ds.FileError("figures.csv", "exists already", "Choose another path."),
        ds.InvalidPeriodError("20x0", "is not a period", "Write 2020."),
        ds.InvalidPeriodTypeError([], "is a list, not a period", "Write 2020."),
        ds.InvalidValueError(-1, "a whole number"),
        ds.MissingExtraError("pandas", "pandas"),
        ds.NoDataError("arrivals", ds.Period.parse(1800), "KOR", "before-coverage", ds.Period.parse(1992)),
        ds.NotComparableError("a stock", "a flow", "one counts people on a day"),
        ds.UnknownNameError("area", "UK", ("GBR",)),
    ]
    return [
        ds.arrivals("2019-H2"),
        ds.series(start=2024),
        ds.series(start=2024).mean(),
        ds.series(start=2020, frequency="quarter").gaps[0],
        ds.arrivals(2012).alternatives,
        ds.revisions(2021),
        ds.compare(2019, 2020),
        ds.context("2012-01/2012-09"),
        ds.verify(223, 2025),
        ds.breakdown("age"),
        ds.destinations(1995),
        ds.estimates("children-in-china"),
        ds.indicators("unemployment-rate", during=2023),
        ds.Faq(rows=(ds.faq_entry("support"),)),
        ds.Claims(rows=(ds.claims()[1],)),
        ds.Glossary(rows=(ds.glossary()[0],)),
        ds.measures()[:2],
        ds.areas()[:1],
        ds.sources()[:1],
        ds.observations("re-entries"),
        ds.freshness("2026-11-23"),
        ds.about("2020-Q1"),
        errors,
    ]


def plain(thing):
    """The public fields of a record, and of all that it holds, as JSON has them."""
    fields = {}
    if isinstance(thing, BaseException):
        fields = vars(thing)
    elif isinstance(thing, ds.Observation):
        fields = {
            "number": int(thing),
            **{name: getattr(thing, name) for name in ("note", "formula", "inputs", "sources")},
        }
        fields |= {field.name: getattr(thing, field.name) for field in attrs.fields(ds.Observation)}
    elif attrs.has(type(thing)):
        fields = {field.name: getattr(thing, field.name) for field in attrs.fields(type(thing))}
    elif isinstance(thing, list | tuple):
        return [plain(each) for each in thing]
    else:
        return thing if isinstance(thing, str | int | None) else str(thing)
    found = {name: plain(value) for name, value in fields.items() if not name.startswith("_")}
    return {"type": type(thing).__name__, **found}


def assert_says(now, then):
    """Everything that was said then; a later version may say more."""
    if isinstance(then, dict):
        for name, value in then.items():
            assert_says(now[name], value)
    elif isinstance(then, list):
        assert len(now) == len(then)
        for one, other in zip(now, then, strict=True):
            assert_says(one, other)
    else:
        assert now == then


def types(text):
    """The name of every record in what was written down."""
    if isinstance(text, dict):
        yield text["type"]
    for each in text.values() if isinstance(text, dict) else text if isinstance(text, list) else ():
        yield from types(each)


@pytest.mark.parametrize("version", sorted(path.stem for path in FOLDER.glob("*.pickle")))
def test_pickles_of_earlier_versions(version):
    found = pickle.loads((FOLDER / f"{version}.pickle").read_bytes())  # noqa: S301
    lines = (FOLDER / f"{version}.jsonl").read_text(encoding="utf-8").splitlines()

    for thing, line in zip(found, lines, strict=True):
        assert_says(plain(thing), json.loads(line))


def test_kept_pickles_cover_public_types():
    public = {name for name in ds.__all__ if isinstance(getattr(ds, name), type)}

    assert public - set(types(plain(things()))) == NO_RECORDS


PROTOCOLS = range(pickle.HIGHEST_PROTOCOL + 1)


@pytest.mark.parametrize("protocol", PROTOCOLS)
def test_bundled_catalogue_pickles_as_itself(protocol):
    bundled = ds.Catalogue.bundled()
    ds.series(), ds.faq(), ds.claims()

    assert pickle.loads(pickle.dumps(bundled, protocol)) is bundled  # noqa: S301
    assert copy.copy(bundled) is copy.deepcopy(bundled) is copy.deepcopy([bundled])[0] is bundled
    for name in ("arrivals", "faq", "export"):
        function = getattr(ds, name)
        pickled = pickle.dumps(function, protocol)
        assert len(pickled) < 1000
        assert pickle.loads(pickled) == function  # noqa: S301


@pytest.mark.parametrize("protocol", PROTOCOLS)
def test_other_catalogue_pickles_whole(protocol, folder):
    """Another catalogue is pickled and copied with what it holds."""
    row = {"period": 2026, "value": 7, "released": "2027-01", "sources": "newsis_20260204"}
    more = ds.Catalogue.bundled().extended([row])
    for copied in (pickle.loads(pickle.dumps(more, protocol)), copy.copy(more), copy.deepcopy(more)):  # noqa: S301
        assert copied is not more
        assert copied.arrivals(2026).record() == more.arrivals(2026).record()
        assert copied.data_version() == ds.data_version()
        copied.check()

    read = ds.Catalogue.read(folder)
    assert pickle.loads(pickle.dumps(read, protocol)).data_path() == read.data_path() == folder  # noqa: S301


ASKED_AT_ONCE = """
import threading, time
import defector_stats.catalogue
tables = defector_stats.catalogue.Tables
defector_stats.catalogue.Tables = lambda *given: time.sleep(0.01) or tables(*given)  # on a busy machine
together = threading.Barrier(200)
found = []
def ask():
    together.wait()
    from defector_stats import Catalogue, arrivals
    found.append((id(Catalogue.bundled()), id(arrivals.__self__), int(arrivals(2020))))
threads = [threading.Thread(target=ask) for _ in range(200)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
print(len(found), len(set(found)), found[0][0] == found[0][1], found[0][2])
"""


def test_one_bundled_catalogue_for_threads():
    done = subprocess.run([sys.executable, "-c", ASKED_AT_ONCE], capture_output=True, encoding="utf-8", check=True)

    assert done.stdout == "200 1 True 229\n"


@pytest.mark.parametrize("thing", [ds.arrivals(2020), ds.arrivals("2019-H2"), ds.series(start=2024)], ids=repr)
def test_yaml_round_trip(thing):
    yaml = pytest.importorskip("yaml")
    text = yaml.dump({"n": thing})
    (again,) = yaml.unsafe_load(text).values()

    assert plain(again) == plain(thing)


if __name__ == "__main__":
    (FOLDER / f"{ds.__version__}.pickle").write_bytes(pickle.dumps(things(), protocol=4))
    text = "".join(json.dumps(plain(thing), ensure_ascii=False) + "\n" for thing in things())
    (FOLDER / f"{ds.__version__}.jsonl").write_text(text, encoding="utf-8")
