"""Whatever comes in, only documented errors come out, and nothing else is read or written.

Four of these tests are worth a million examples, once in a while: `nox -s fuzz`.
"""

import contextlib
import csv
import datetime as dt
import functools
import io
import itertools
import json
import os
import pickle
import re
import shutil
import sys
from collections.abc import Hashable
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

import defector_stats
from defector_stats import (
    Breakdown,
    Catalogue,
    DefectorStatsError,
    Period,
    TimeSeries,
    cli,
)
from defector_stats._model.dates import read_as_of
from defector_stats._store.history import COLUMNS
from defector_stats._store.schema import columns

MEASURE = "Invented.,persons,{kind},Nobody,{areas},{by},Invented.,None.,{hidden},Nobody.,{of},"

# A little of everything that a catalogue may hold, all of it invented.
TABLES = {
    "measures": [
        "arrivals,Arrivals," + MEASURE.format(
            kind="flow", areas="KOR", by="year half quarter running-total", hidden="", of="arrivals"
        ),
        "guests,Guests," + MEASURE.format(kind="stock", areas="JPN USA WLD", by="year", hidden="Few.", of="in {area}"),
        "admissions,Admissions," + MEASURE.format(kind="flow", areas="USA", by="year fiscal-year", hidden="", of="to"),
    ],
    "areas": ["JPN,Japan,,", "KOR,South Korea,,Korea; ROK", "USA,United States,the United States,", "WLD,World,,"],
    "sources": [
        "s,Nobody,Invented,https://example.org,2010,stated,en,official,not seen,,,",
        "t,Somebody,Invented,,2021-03-04,inferred,ko,news,not seen,Nobody,title not seen,s",
    ],
    "arrivals": [
        "arrivals,KOR,../2018,90,40,50,normal,2019,s,",
        "arrivals,KOR,2019,20,,,normal,2020-01,s,",
        "arrivals,KOR,2019,20,5,15,normal,2020-02,s t,Later.",
        "arrivals,KOR,2020,9,,,normal,2021-01-20,s,",
        "arrivals,KOR,2020,10,,,provisional,2021-03-04,t,",
        "arrivals,KOR,2020-H1,4,1,3,normal,2020-07,s,",
        "arrivals,KOR,2020-Q1,3,,,normal,2020-04-05,s,",
        "arrivals,KOR,2020-05-06,1,,,normal,2020-06,t,",
        "arrivals,KOR,2015/2017,33,,,normal,2019,s,",
    ],
    "guests": [f"guests,{area},{year},{year % 7},,,normal,2021,s," for area in ("JPN", "USA") for year in (2018, 2020)],
    "admissions": ["admissions,USA,FY2019,4,,,normal,2020,s,", "admissions,USA,2019,0,,,low-reliability,2020,s,Zero."],
    "gaps": ["arrivals,KOR,2020-Q3,not-published,s,Halves only.", "guests,,2019,not-found,,"],
    "alternatives": ["arrivals,KOR,2020,11,5,6,2021-02,t,A blog."],
    "series-breaks": ["guests,JPN,2020,s,Children are counted too."],
    "misprints": ["arrivals,KOR,2019,female,51,2020-02,t,The sum is 20."],
    "estimates": [
        "in-china,2019,1,,3,persons,Nobody,survey,normal,2020,s,",
        "departures,2018/2020,,2,,persons,Somebody,count,normal,2021,t,",
    ],
    "indicators": [
        "seasick,work,2019,all,about,12.5,percent,crews,Nobody,40,normal,2020,s,",
        "seasick,work,2020,women,,7,percent,crews,Somebody,,low-reliability,2020,s t,Few.",
    ],
    "breakdowns": ["age,../2020,0-9,40,10,30,normal,2021,s,", "age,../2020,10+,60,30,30,normal,2021,s,Half."],
    "categories": ["age,0-9,,0~9세,s,", "age,10+,,,,"],
    "titles": ["arrivals,도착,s,", "age,나이,t,A heading."],
    "breakdown-tables": ["age,../2020,At entry.,"],
    "faq": ["how-many,How many arrive?,It was {latest} in {year}.,numbers,count,2021-01-01"],
    "faq-statements": ["how-many,1,Of {latest} there are {share} in {table}.,s",
                       "how-many,limit,Perhaps {range}; {ill} felt ill.,"],
    "placeholders": [
        "latest,arrivals,KOR,latest,value", "year,arrivals,KOR,latest,period", "share,arrivals,,2019,female_share",
        "table,age,0-9,../2020,share", "range,in-china,,2019,Nobody", "ill,seasick,all,2019,Nobody",
        "change,arrivals,,2020,change",
        "top,guests,JPN,peak,value", "all,arrivals,,../latest,female",
    ],
    "claims": ["C1,An article,2021,It rises.,increasing,,,s", "C2,An article,,It is cold.,,,,t"],
    "claim-verdicts": ["C1,contradicted,It was {peak_value} in {peak_year}.", "C1,supported,So it is.",
    "C2,supported,Yes."],
    "glossary": ["arrival,en,Who came.,since 1962,s"],
    "release-calendar": ["arrivals,year,1,s,January.", "arrivals,H1,2,s t,August.", "admissions,fiscal-year,1,s,"],
}  # fmt: skip

COMMANDS = [*cli.COMMANDS]
OPTIONS = [
    "--from", "--to", "--frequency", "--crossing", "--format", "--as-of", "--measure", "--area", "--sex", "--during",
    "--search", "--topic", "--series", "--style", "--overwrite", "--breakdown", "--estimates", "--all-sources",
    "--output", "-o", "-", "--", "--version", "--help",
]  # fmt: skip
PERIODS = [
    "2020", "2019", "2020-H1", "2020H2", "2020-Q1", "2020-05", "2020-05-06", "FY2019", "2015/2017", "../2018",
    "2019-01/2019-09", "../2020-05-06", "0001", "9999", "../9999", "0001-01-01", "9999-12-31", "2020-02-29",
]  # fmt: skip
DATES = [
    "2020",
    "2021-03",
    "2021-03-04",
    "4 Mar 2021",
    "March 2021",
    "4th of March, 2021",
    "9999",
    "0001-01-01",
    "1.2.2021",
]
NAMES = [
    *TABLES, "KOR", "USA", "WLD", "UK", "Japan", "year", "quarter", "A", "fiscal-year", "running-total", "total",
    "male", "in-china", "age", "numbers", "how-many", "text", "bibtex", "ris", "csl-json", "csv", "json",
    "sdmx-csv", "datapackage", "jsonld", "markdown", "table", "normal", "all", "0-9", "month", "span", "latest", "peak",
    "value", "C1", "increasing",
]  # fmt: skip
PIECES = st.sampled_from(
    ["", "", "0", "9", "-", "/", ".", "..", "Q", "h", "S", "FY", " ", ",", ";", ":", "T", "Z", "+", "%", "{", "}",
     "{a}", "é", "٣", "\0", "\n", "\ud800", "\u202e", "am", "UTC", "EST", "Jan", "x" * 200, "1" * 5000]
)  # fmt: skip


@st.composite
def near(draw, words):
    """One of some words, or what somebody typed instead."""
    text = draw(words)
    for _ in range(draw(st.integers(0, 2))):
        place = draw(st.integers(0, len(text)))
        text = text[:place] + draw(PIECES) + text[place + draw(st.integers(0, 2)) :]
    return text


class Odd:
    """A value of no known type."""

    def __repr__(self):
        return "<odd>"


ODD = [
    None, True, False, -1, 0, 1, 2020, 10_000, 10**12, 10**30, 10**4000, 1.5, 2020.0, float("nan"),
    float("inf"), 1j, Decimal(2020), Fraction(2020), b"2020", bytearray(b"x"), [], [2020], (), {}, {"period": 2020},
    set(), range(3), Odd(), Odd, int, str, Period, dt.date, dt.date(2020, 5, 6), dt.datetime(2020, 5, 6, tzinfo=dt.UTC),
    dt.timedelta(1), dt.time(1), Period.parse(2020), defector_stats.arrivals(2020), defector_stats.estimates()[0],
    defector_stats.series(start=2020), defector_stats.breakdown("age"), defector_stats.sources()[0],
    "", " ", "\0", "\n", "\ud800", "٢٠٢٠", "2020\n", "..", "/", "x" * 10_000, "1" * 10_000, "{}", "%s", "-1", "--",
]  # fmt: skip
ANYTHING = st.sampled_from(ODD) | st.text(max_size=20) | st.integers() | st.floats()
PERIOD = near(st.sampled_from(PERIODS)) | st.integers(2015, 2022) | ANYTHING
DATE = near(st.sampled_from(DATES)) | near(st.sampled_from(PERIODS)) | st.dates() | ANYTHING
NAME = st.sampled_from(NAMES) | near(st.sampled_from(NAMES)) | ANYTHING
NUMBER = st.integers(0, 120) | ANYTHING
VALUE = PERIOD | DATE | NAME | NUMBER
ROW = st.dictionaries(
    st.sampled_from(COLUMNS) | NAME.filter(lambda name: isinstance(name, Hashable)), VALUE, max_size=4
).map(lambda more: {"period": 2021, "value": 5, "released": "2022-01", "sources": ["s"], **more})


def documented(call, *further):
    """What a call gives; ``None`` if it raises an error that is documented."""
    try:
        return call()
    except further:
        return None
    except DefectorStatsError as error:
        text = str(error)
        assert re.fullmatch(r".+[.?)]", text), repr(text)
        assert len(text) < 2000, text
        again = pickle.loads(pickle.dumps(error))  # noqa: S301
        assert (type(again), str(again), repr(vars(again))) == (type(error), text, repr(vars(error)))
        return None


class Watch:
    """What the process opens and writes while it is watched; it can write inside of one folder only."""

    WRITES = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND
    CHANGES = frozenset({"os.mkdir", "os.rename", "os.remove", "os.rmdir", "os.link", "os.symlink", "os.truncate"})

    def __init__(self):
        self.inside = None
        self.read = set()
        self.written = set()
        sys.addaudithook(self.hook)  # nothing takes it away again

    def hook(self, event, arguments):
        if self.inside is None or not (event == "open" or event in self.CHANGES):
            return
        paths = arguments[:2] if event in {"os.rename", "os.link"} else arguments[:1]
        writes = event != "open" or bool(arguments[2] & self.WRITES)
        # A tree is removed by names inside of open folders.
        within = Path(f"/proc/self/fd/{arguments[1]}" if event in {"os.remove", "os.rmdir"} else "nowhere")
        for path in paths:
            if isinstance(path, (str, bytes)):
                real = os.path.realpath((within if within.exists() else Path()) / os.fsdecode(path))
                (self.written if writes else self.read).add(real)
                if writes and not real.startswith(self.inside):
                    raise PermissionError(13, "Permission denied", real)

    @contextlib.contextmanager
    def over(self, folder):
        self.read, self.written = set(), set()
        self.inside = os.path.realpath(folder)
        try:
            yield self
        finally:
            self.inside = None


@pytest.fixture(scope="module")
def watch():
    return Watch()


@pytest.fixture(scope="module", autouse=True)
def unwritten():
    """Modules that are first imported while the process is watched leave no files behind."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sys, "dont_write_bytecode", True)
        yield


LICENCE = {"name": "CC-BY-4.0", "title": "Invented", "path": "https://example.org"}
DESCRIPTOR = {
    "version": "1",
    "created": "2021-01-01",
    "licenses": [LICENCE],
    "resources": [{"name": name, "path": f"{name}.csv"} for name in TABLES],
}
FILES = {
    "datapackage.json": json.dumps(DESCRIPTOR).encode(),
    **{f"{name}.csv": "\n".join([",".join(columns(name)), *lines, ""]).encode() for name, lines in TABLES.items()},
}


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    """The folder of the invented catalogue; a link leads out of it, and a pipe has no end."""
    folder = tmp_path_factory.mktemp("fuzz") / "catalogue"
    folder.mkdir()
    for name, raw in FILES.items():
        (folder / name).write_bytes(raw)
    (folder.parent / "outside.csv").write_bytes(FILES["arrivals.csv"])
    (folder / "link.csv").symlink_to("../outside.csv")
    if hasattr(os, "mkfifo"):
        os.mkfifo(folder / "pipe.csv")
    return folder


@pytest.fixture(scope="module")
def small(home):
    return Catalogue.read(home)


# How each public function is called.
CALLS = {
    "about": lambda c, a: c.about(a.period, a.measure, area=a.area, as_of=a.date),
    "areas": lambda c, _: c.areas(),
    "arrivals": lambda c, a: c.arrivals(a.period, as_of=a.date),
    "breakdown": lambda c, a: c.breakdown(a.name, a.period, as_of=a.date),
    "check": lambda c, _: c.check(),
    "cite": lambda c, a: c.cite(a.anything, a.name),
    "claims": lambda c, _: c.claims(),
    "compare": lambda c, a: c.compare(a.period, a.other, measure=a.measure, area=a.area, as_of=a.date),
    "context": lambda c, a: c.context(a.period, measure=a.measure, area=a.area, as_of=a.date),
    "data_path": lambda c, _: c.data_path(),
    "data_version": lambda c, _: c.data_version(),
    "destinations": lambda c, a: c.destinations(a.period),
    "estimates": lambda c, a: c.estimates(a.name, during=a.period),
    "indicators": lambda c, a: c.indicators(a.name, during=a.period),
    "export": lambda c, a: c.export(a.anything, a.path, format=a.name, overwrite=a.anything),
    "extended": lambda c, a: c.extended(a.rows),
    "faq": lambda c, a: c.faq(a.name),
    "faq_entry": lambda c, a: c.faq_entry(a.name),
    "freshness": lambda c, a: c.freshness(a.date),
    "glossary": lambda c, _: c.glossary(),
    "measures": lambda c, _: c.measures(),
    "observations": lambda c, a: c.observations(a.measure, areas=a.area, frequency=a.name, as_of=a.date),
    "observation": lambda c, a: c.observation(a.measure, a.period, area=a.area, as_of=a.date),
    "read": lambda c, a: type(c).read(a.path),
    "revisions": lambda c, a: c.revisions(a.period, a.measure, area=a.area),
    "search_faq": lambda c, a: c.search_faq(a.name),
    "series": lambda c, a: c.series(
        a.measure, area=a.area, frequency=a.name, start=a.period, end=a.other, as_of=a.date
    ),
    "sources": lambda c, _: c.sources(),
    "verify": lambda c, a: c.verify(a.number, a.period, sex=a.name, measure=a.measure, area=a.area),
    "Breakdown.row": lambda c, a: c.breakdown("age").row(a.name),
    "Period": lambda _, a: str(Period(first=a.other, last=a.anything)),
    "Period.parse": lambda _, a: Period.parse(a.anything),
    "Period.shift": lambda _, a: Period.parse("2020-Q1").shift(a.number),
    "Period.in_year": lambda _, a: Period.parse("../2020").in_year(a.number),
    "Period.overlaps": lambda _, a: Period.parse("2020-Q1").overlaps(a.period),
    "Period.within": lambda _, a: Period.parse("2020-Q1").within(a.period, a.other),
    "TimeSeries.__getitem__": lambda c, a: c.series()[a.number],
    "TimeSeries.at": lambda c, a: c.series().at(a.period),
    "TimeSeries.between": lambda c, a: str(c.series().between(a.period, a.other)),
    "TimeSeries.crossing": lambda c, a: c.series().crossing(a.number),
    "TimeSeries.rank": lambda c, a: c.series().rank(a.period),
    **{
        f"TimeSeries.{name}": lambda c, a, name=name: getattr(c.series(start=a.year, end=2020), name)()
        for name in ("changes", "is_increasing", "mean", "peak", "records", "total", "trough")
    },
}  # fmt: skip
# What Python itself raises: an index is what a sequence takes.
FURTHER = {"TimeSeries.__getitem__": (TypeError, IndexError)}
# Drawing takes a tenth of a second, and these take no values.
ELSEWHERE = {
    "TimeSeries.plot", "TimeSeries.to_arrow", "TimeSeries.to_pandas", "TimeSeries.to_polars", "Breakdown.plot",
    "Breakdown.record", "Breakdown.records", "Breakdown.to_arrow", "Breakdown.to_pandas", "Breakdown.to_polars",
    "bundled", *(f"{name}.{method}" for name in ("TimeSeries", "Breakdown") for method in ("count", "index")),
}  # fmt: skip


def methods(owner):
    return {name for name in dir(owner) if name[0] != "_" and callable(getattr(owner, name))}


def test_public_functions_are_all_called():
    functions = {name for name in defector_stats.__all__ if name.islower()} | methods(Catalogue)
    for owner in (TimeSeries, Period, Breakdown):
        functions |= {f"{owner.__name__}.{name}" for name in methods(owner)}

    assert functions | {"Period", "TimeSeries.__getitem__"} == set(CALLS) | ELSEWHERE
    assert not set(CALLS) & ELSEWHERE


class Arguments:
    """One value for each argument that a public function has."""

    def __init__(self, **values):
        vars(self).update(values)

    def __repr__(self):
        return f"Arguments({vars(self)})"


ARGUMENTS = st.builds(
    Arguments,
    period=PERIOD,
    other=PERIOD,
    date=st.none() | DATE,
    number=NUMBER,
    name=NAME,
    measure=st.sampled_from(["arrivals", "guests", "admissions"]) | NAME,
    area=st.sampled_from([None, "KOR", "USA", "WLD"]) | NAME,
    anything=VALUE,
    path=st.sampled_from(["x", "y/z", "", ".", "..", "y"]) | ANYTHING,
    year=st.integers(2014, 2021),
    rows=st.lists(ROW | ANYTHING, max_size=2),
)


def emptied(folder):
    """The folder, without what was written into it."""
    for path in folder.iterdir():
        shutil.rmtree(path) if path.is_dir() and not path.is_symlink() else path.unlink()
    return folder


@pytest.fixture(scope="module")
def work(tmp_path_factory):
    """A folder to work in, with another one beside it that nothing may touch."""
    beside = tmp_path_factory.mktemp("work")
    (beside / "kept").write_text("kept", encoding="utf-8")
    (beside / "inside").mkdir()
    with contextlib.chdir(beside / "inside"):
        yield beside / "inside"


def call_everything(watch, small, work, values):
    for name, call in CALLS.items():
        with watch.over(emptied(work)):
            documented(functools.partial(call, small, values), *FURTHER.get(name, ()))
    assert sorted(each.name for each in work.parent.iterdir()) == ["inside", "kept"]


@given(ARGUMENTS)
def test_public_calls_raise_documented_errors(watch, small, work, values):
    """Only documented errors come out of every public function."""
    call_everything(watch, small, work, values)


@pytest.mark.parametrize("value", ODD, ids=range(len(ODD)))
def test_odd_types_raise_documented_errors(watch, small, work, value):
    """A value of an odd type in every place gives a documented error."""
    for measure, area in ((value, None), ("guests", value)):
        names = ("period", "other", "date", "number", "name", "anything", "path")
        values = Arguments(**dict.fromkeys(names, value), measure=measure, area=area, year=2014, rows=[value])
        call_everything(watch, small, work, values)


@given(PERIOD)
def test_fuzz_period(value):
    period = documented(lambda: Period.parse(value))

    if period is not None:
        assert Period.parse(str(period)) == period


@given(DATE)
def test_fuzz_date(value):
    day = documented(lambda: read_as_of(value))

    if day is not None:
        assert dt.date.fromisoformat(day).isoformat() == day


BYTES = st.sampled_from(
    [b"", b",", b"\n", b"\r", b'"', b"\0", b"\xff", "\ufeff".encode(), b"1" * 13, b"1" * 5000, b"[" * 5000, b"{}", b";",
     b"-", b"../", b" ", b"\\ud800", b"null", b"9999", b"0", b"s", b"KOR", b"year"]
)  # fmt: skip
JSON = st.sampled_from(
    [None, True, 0, 10**4000, -1.5, float("nan"), "", "2", "x", "\ud800", [], {}, [1], {"a": 1}, "..", "../x",
     "/etc/passwd", "arrivals.csv", "arrivals", "sources", "areas", "link.csv", "pipe.csv", "..\\x", [[[]]],
     "2021-13-99"]
)  # fmt: skip
CELLS = [
    *sorted({cell for lines in TABLES.values() for line in csv.reader(lines) for cell in line}), *TABLES,
    "-1", "1.0", "0", "1" * 12, "1" * 13, "month", "span", "year month", " ", "s  t", "9999", "../9999", "0001",
    "x" * 200, "{", "{}", "{0}", "{a.b}", "{latest!r}", "{nothing}", "٣", "é", "=1+1", "every-year",
    "exact", "about", "at-least", "estimated", "down", "latest",
]  # fmt: skip


CELL = st.sampled_from(CELLS)
DAMAGE = st.sampled_from(["cell", "cell", "cell", "line", "bytes"])
FILE = st.just("datapackage.json") | st.sampled_from(sorted(FILES))


def places(value):
    """Every place inside of a JSON value, as its container and key."""
    keys = value if isinstance(value, dict) else range(len(value)) if isinstance(value, list) else ()
    for key in keys:
        yield value, key
        yield from places(value[key])


def damaged(draw, name, raw):
    """The content of a file after one thing happened to it."""
    how = draw(DAMAGE)
    if name.endswith(".json") and how == "cell":
        try:
            described = json.loads(raw)
            found = list(places(described))
        except (ValueError, RecursionError):  # it was damaged before
            found = []
        if found:
            paths = [place for place in found if place[1] == "path"]
            container, key = draw(st.sampled_from(found) | st.sampled_from(paths or found))
            container[key] = draw(JSON)
            return json.dumps(described).encode()
    lines = raw.split(b"\n")
    if how == "cell":
        row = draw(st.integers(0, len(lines) - 1))
        cells = lines[row].split(b",")
        cells[draw(st.integers(0, len(cells) - 1))] = draw(CELL).encode()
        return b"\n".join([*lines[:row], b",".join(cells), *lines[row + 1 :]])
    if how == "line":
        one, other = draw(st.integers(0, len(lines) - 1)), draw(st.integers(0, len(lines) - 1))
        return b"\n".join(
            [*lines[:one], *draw(st.sampled_from([[], [lines[other]], [lines[other]] * 2])), *lines[one + 1 :]]
        )
    start = draw(st.integers(0, len(raw)))
    return raw[:start] + draw(BYTES) + raw[start + draw(st.integers(0, 3)) :]


@st.composite
def damages(draw):
    """Files of the catalogue that are no longer what they were."""
    changed = {}
    for _ in range(draw(st.integers(1, 3))):
        name = draw(FILE)
        changed[name] = damaged(draw, name, changed.get(name, FILES[name]))
    return changed


@contextlib.contextmanager
def written(folder, files):
    """The folder with other files in it."""
    for name, raw in files.items():
        put(folder / name, raw)
    try:
        yield folder
    finally:
        for name in files:
            put(folder / name, FILES[name])


def put(path, raw):
    """Write a new file: to cut off an old one, many a disk waits until it is safe."""
    path.unlink()
    path.write_bytes(raw)


@given(damages())
def test_fuzz_folder(watch, home, files):
    with written(home, files), watch.over("/nowhere"):
        documented(lambda: Catalogue.read(home))

    assert not watch.written
    assert {
        path for path in watch.read if not path.startswith(f"{home}/") and not path.endswith((".py", ".pyc"))
    } == set()


def asked(catalogue, forms=("csv", "json", "sdmx-csv", "datapackage", "jsonld")):
    """Everything that a catalogue can be asked without a word of one's own."""
    for measure in documented(catalogue.measures):
        for area in measure.areas:
            yield functools.partial(catalogue.revisions, measure=measure.id, area=area)
            yield functools.partial(catalogue.observation, measure.id, area=area)
            for by in measure.frequencies:
                yield lambda by=by, area=area, measure=measure: str(
                    catalogue.series(measure.id, area=area, frequency=by)
                )
    for name in (
        "areas",
        "sources",
        "faq",
        "claims",
        "glossary",
        "estimates",
        "indicators",
        "freshness",
        "check",
        "cite",
    ):
        yield lambda name=name: str(getattr(catalogue, name)())
    for style in ("bibtex", "ris", "csl-json"):
        yield functools.partial(catalogue.cite, None, style)
    yield lambda: (str(catalogue.breakdown("age")), catalogue.breakdown("age").records())
    yield lambda: catalogue.destinations(2019).records()
    yield lambda: catalogue.context(2020).record()
    yield lambda: catalogue.about().record()
    yield lambda: catalogue.about().markdown()
    yield lambda: catalogue.compare(2019, 2020).record()
    yield lambda: catalogue.verify(20, 2019).record()
    yield lambda: catalogue.verify(51, 2019, sex="female").record()
    for shown in (
        catalogue.series,
        catalogue.estimates,
        catalogue.indicators,
        functools.partial(catalogue.breakdown, "age"),
    ):
        yield lambda shown=shown: shown()._repr_html_()
    for form in forms:
        yield functools.partial(catalogue.export, "all", form, format=form)


@given(damages())
def test_read_tables_answer_or_raise_documented(watch, home, work, files):
    with written(home, files):
        catalogue = documented(lambda: Catalogue.read(home))
    if catalogue is not None:
        with watch.over(emptied(work)):
            for ask in asked(catalogue):
                documented(ask)


def test_catalogue_of_zeros_answers(home, work):
    counts = {"value", "male", "female", "low", "point", "high"}

    def zeros(name, lines):
        for row in csv.reader(lines):
            yield ",".join(
                "0" if text and column in counts else text for column, text in zip(columns(name), row, strict=True)
            )

    files = {
        f"{name}.csv": "\n".join([",".join(columns(name)), *zeros(name, lines), ""]).encode()
        for name, lines in TABLES.items()
        # A table that counts nobody is refused, and an alternative that the log has.
        if name not in {"breakdowns", "alternatives"}
    }
    with written(home, files):
        catalogue = Catalogue.read(home)
    assert catalogue.series().trough() == catalogue.series().peak() == 0
    emptied(work)
    for ask in asked(catalogue):
        documented(ask)


LONG = {"word": "x" * 5000, "name": f"{{{'x' * 5000}}}", "no-name": f"{{{'1' * 5000}}}"}


@pytest.mark.parametrize("text", LONG.values(), ids=LONG)
@pytest.mark.parametrize("name", TABLES)
def test_long_cell_gives_short_error(home, name, text):
    lines = [*csv.reader(io.StringIO(FILES[f"{name}.csv"].decode()))]
    # The header, and the last row.
    for row, column in itertools.product((0, len(lines) - 1), range(len(lines[0]) + 1)):
        file = io.StringIO()
        cells = [*lines[row][:column], text, *lines[row][column + 1 :]]
        csv.writer(file, lineterminator="\n").writerows([*lines[:row], cells, *lines[row + 1 :]])
        with written(home, {f"{name}.csv": file.getvalue().encode()}):
            catalogue = documented(lambda: Catalogue.read(home))
        for ask in [] if catalogue is None else asked(catalogue, forms=()):
            documented(ask)


WORDS = [
    *COMMANDS,
    *OPTIONS,
    *PERIODS,
    *DATES,
    *NAMES,
    "x",
    "y/z",
    ".",
    "..",
    "../up",
    "/",
    "/dev/null",
    "/nowhere/x",
    "-1",
]
SENSIBLE = st.tuples(st.sampled_from(COMMANDS), st.sampled_from([*PERIODS, *NAMES]))
EXPORT = st.tuples(
    st.just("export"),
    st.sampled_from(["csv", "json", "sdmx-csv", "datapackage", "jsonld"]),
    st.sampled_from(["x", "./y", "../up", "z/../x", "/nowhere/x"]),
)
LINE = st.builds(
    lambda first, more: [*first, *more],
    st.just(()) | SENSIBLE | EXPORT,
    st.lists(st.sampled_from(WORDS) | near(st.sampled_from(WORDS)) | st.text(max_size=10), max_size=5),
)


@pytest.fixture(scope="module")
def quick_start(small):
    """The command line over the invented catalogue, with its parser made once."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Catalogue, "bundled", lambda: small)
        patch.setattr(cli, "parser", functools.cache(cli.parser))
        yield


@given(LINE)
@example(["export", "csv", "/0"])
@example(["series", "-o0"])
@example(["series", "--output=x"])
@pytest.mark.usefixtures("quick_start")
def test_fuzz_command(watch, work, line):
    out, err = (
        io.TextIOWrapper(io.BytesIO(), "utf-8", each, write_through=True) for each in ("strict", "backslashreplace")
    )
    with watch.over(emptied(work)), contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        try:
            code = cli.main(line)
        except SystemExit as error:
            code = error.code
    printed, told = (stream.buffer.getvalue().decode() for stream in (out, err))

    assert code in {0, 1, 2, 3}
    assert bool(told) == (code in {2, 3}) or code == 1
    assert len(told.splitlines()) <= 1
    assert "Traceback" not in told
    assert printed or told
    # A path may be joined to its option.
    given = {path for word in line for path in (word, word.removeprefix("-o"), word.partition("=")[2]) if path}
    targets = {Path(os.path.realpath(path)) for path in given if "\0" not in path and "\ud800" not in path}
    beside = tuple(str(target.parent / ".defector-stats-") for target in targets)
    for path in watch.written:
        assert path.startswith(beside) or not targets.isdisjoint([Path(path), *Path(path).parents]), path


@given(st.lists(ROW | ANYTHING, max_size=3))
def test_extended_takes_or_refuses_any_rows(small, rows):
    more = documented(lambda: small.extended(rows))

    if more is not None:
        assert len(more.revisions()) <= len(small.revisions()) + len(rows)
        more.check()
        for ask in asked(more):
            documented(ask)
