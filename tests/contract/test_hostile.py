"""Files, numbers and paths that are made to do harm are refused, and nothing else is read or written."""

import csv
import datetime as dt
import json
import os
import shutil
import subprocess
import sys
import tracemalloc
from pathlib import Path

import pytest

from defector_stats import (
    Catalogue,
    DataError,
    DefectorStatsError,
    FileError,
    InvalidPeriodError,
    InvalidPeriodTypeError,
    InvalidValueError,
    NotComparableError,
    Period,
    about,
    arrivals,
    compare,
    destinations,
    estimates,
    export,
    freshness,
    indicators,
    observation,
    series,
    verify,
)
from defector_stats.cli import main

needs_pipes = pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no named pipes here")

HUGE = 10**1_000_000
DIGITS = "1" * 10**6


def refused(folder):
    with pytest.raises(DataError) as caught:
        Catalogue.read(folder)
    error = caught.value
    assert len(str(error)) < 300
    return error.file, error.column, error.rule


@pytest.mark.parametrize(
    "path",
    [
        "../areas.csv", "x/../../areas.csv", "..", "/etc/hostname", "//server/share/areas.csv", "..\\areas.csv",
        "x\\..\\..\\areas.csv", "C:\\areas.csv", "C:/areas.csv", "C:areas.csv", "\\areas.csv", "\\\\server\\share\\a",
        "../" * 80,
    ],
    ids=range(13),
)  # fmt: skip
def test_read_refuses_path_outside(folder, describe, path):
    describe(lambda d: d["resources"][1].update(path=path))
    file, column, rule = refused(folder)

    assert (file, column) == ("datapackage.json", "path")
    assert rule.endswith(" leaves the folder")


@pytest.mark.parametrize("path", ["https://example.org/areas.csv", "file:///etc/hostname", ".", "x", "x/" * 127 + "x"])
def test_read_refuses_path_of_no_file(folder, describe, path):
    describe(lambda d: d["resources"][1].update(path=path))

    assert refused(folder)[2] in {
        "it is not a plain file",
        "the file cannot be read (FileNotFoundError)",
        "the file cannot be read (OSError)",
    }


@pytest.mark.parametrize("path", ["", "\0", "areas.csv\n", "\x1b[2J", "x" * 256, "x" * 10**5], ids=range(6))
def test_read_refuses_unprintable_path(folder, describe, path):
    describe(lambda d: d["resources"][1].update(path=path))
    file, column, rule = refused(folder)

    assert (file, column) == ("datapackage.json", "path")
    assert rule.endswith(" is not the path of a file")


def test_read_refuses_link_to_outside_folder(folder, describe, tmp_path):
    (tmp_path / "outside").mkdir()
    (folder / "areas.csv").rename(tmp_path / "outside" / "areas.csv")
    (folder / "inside").symlink_to(tmp_path / "outside", target_is_directory=True)
    describe(lambda d: next(r for r in d["resources"] if r["name"] == "areas").update(path="inside/areas.csv"))

    assert refused(folder) == ("areas.csv", None, "the file is a link that leaves the folder")


def test_read_refuses_descriptor_link_outside(folder, tmp_path):
    (folder / "datapackage.json").rename(tmp_path / "outside.json")
    (folder / "datapackage.json").symlink_to(tmp_path / "outside.json")

    assert refused(folder) == ("datapackage.json", None, "the file is a link that leaves the folder")


def test_read_follows_links_inside(folder, tmp_path):
    """Links inside the folder and to the folder are followed."""
    (folder / "areas.csv").rename(folder / "places.csv")
    (folder / "areas.csv").symlink_to("places.csv")
    (tmp_path / "link").symlink_to(folder, target_is_directory=True)

    assert Catalogue.read(tmp_path / "link").arrivals(2020) == 229


def test_read_refuses_link_loop(folder):
    (folder / "areas.csv").unlink()
    (folder / "areas.csv").symlink_to("areas.csv")
    file, _, rule = refused(folder)

    assert file == "areas.csv"
    assert rule.startswith("the file cannot be read (")


@pytest.fixture
def swapped(monkeypatch):
    """Put something else in the place of a file after its path was judged."""

    def before_it_is_opened(path, put):
        judge, stat, judged = Path.is_relative_to, Path.stat, []

        def note(self, *others):
            judged.append(self)
            return judge(self, *others)

        def swap(self, **how):
            found = stat(self, **how)
            if self == path and path in judged:
                monkeypatch.setattr(Path, "stat", stat)
                path.unlink()
                put(path)
            return found

        monkeypatch.setattr(Path, "is_relative_to", note)
        monkeypatch.setattr(Path, "stat", swap)

    return before_it_is_opened


@pytest.mark.skipif(not hasattr(os, "O_NOFOLLOW"), reason="links cannot be told here")
def test_read_follows_no_swapped_in_link(folder, tmp_path, swapped):
    """A link put in place between the check and the read is not followed."""
    outside = shutil.copy(folder / "areas.csv", tmp_path / "outside.csv")
    swapped(folder / "areas.csv", lambda path: path.symlink_to(outside))

    assert refused(folder) == ("areas.csv", None, "the file cannot be read (OSError)")


@needs_pipes
def test_read_never_waits_for_swapped_in_pipe(folder, swapped):
    swapped(folder / "areas.csv", os.mkfifo)

    assert refused(folder) == ("areas.csv", None, "it is not a plain file")


def test_read_refuses_swapped_in_huge_file(folder, swapped):
    def put(path):
        path.touch()
        os.truncate(path, 2**40)

    swapped(folder / "areas.csv", put)

    assert refused(folder) == ("areas.csv", None, "the files are larger than 64 MiB in all")


@needs_pipes
@pytest.mark.parametrize("name", ["areas.csv", "datapackage.json"])
def test_read_never_waits_for_pipe(folder, name):
    (folder / name).unlink()
    os.mkfifo(folder / name)

    assert refused(folder) == (name, None, "it is not a plain file")


def test_read_refuses_folder_as_file(folder):
    (folder / "areas.csv").unlink()
    (folder / "areas.csv").mkdir()

    assert refused(folder) == ("areas.csv", None, "it is not a plain file")


@pytest.mark.skipif(not os.path.exists("/dev/zero"), reason="there are no devices here")  # noqa: PTH110
def test_read_refuses_device():
    """A device has no descriptor, so its path as the folder is all that can be given."""
    with pytest.raises(DataError):
        Catalogue.read("/dev/zero")


@pytest.mark.parametrize("name", ["areas.csv", "datapackage.json"])
def test_read_refuses_huge_file(folder, name):
    os.truncate(folder / name, 2**40)

    assert refused(folder) == (name, None, "the files are larger than 64 MiB in all")


def test_read_size_limit_is_of_all_files(folder, monkeypatch):
    # The README is not read, so its size does not count.
    sizes = [path.stat().st_size for path in folder.iterdir() if path.name != "README.md"]
    assert max(sizes) < sum(sizes) / 4
    monkeypatch.setattr("defector_stats._store.reading._MAX_BYTES", sum(sizes))
    Catalogue.read(folder)
    monkeypatch.setattr("defector_stats._store.reading._MAX_BYTES", sum(sizes) - 1)

    assert refused(folder)[2].startswith("the files are larger than ")


def test_read_size_limit_counts_repeats(folder, describe, monkeypatch):
    describe(lambda d: d.update(resources=[{"name": f"x{n}", "path": "arrivals.csv"} for n in range(1000)]))
    described = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))["resources"]
    described += [{"name": name, "path": f"{name}.csv"} for name in ("measures", "areas", "sources")]
    describe(lambda d: d.update(resources=described))
    monkeypatch.setattr("defector_stats._store.reading._MAX_BYTES", 2**20)

    assert refused(folder) == ("arrivals.csv", None, "the files are larger than 1 MiB in all")


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        (f'{{"version": "1", "x": {DIGITS}}}', "it contains a number with thousands of digits"),
        (f'{{"version": {DIGITS}}}', "it contains a number with thousands of digits"),
        ('{"x": ' * 100_000, "it is nested too deeply"),
        ('{"version": "1", "resources": [], "x": ' + "[" * 200 + "]" * 200 + "}", "it is nested too deeply"),
        ('{"version": "1", "resources": [], "x": "\\ud800"}', "it contains U+D800, which is not allowed"),
        ('{"version": "1", "resources": [], "\\udfff": 1}', "it contains U+DFFF, which is not allowed"),
        (json.dumps({"version": "1", "resources": [{"name": DIGITS[:10**5], "path": "a"}] * 2}),
         "the resource '" + "1" * 56 + "... is listed twice"),
    ],
    ids=range(7),
)  # fmt: skip
def test_read_refuses_hostile_descriptor(folder, text, rule):
    (folder / "datapackage.json").write_text(text, encoding="utf-8")

    assert refused(folder)[::2] == ("datapackage.json", rule)


def test_read_takes_deep_descriptor(folder, describe):
    describe(lambda d: d.update(x=json.loads("[" * 90 + "]" * 90)))

    Catalogue.read(folder).export("all", folder / "again", format="datapackage")


@pytest.fixture
def as_it_comes():
    """Another library may have raised the longest field that the whole process reads."""
    limit = csv.field_size_limit(131_072)
    yield
    csv.field_size_limit(limit)


@pytest.mark.usefixtures("as_it_comes")
@pytest.mark.parametrize("digits", [13, 5_000, 1_000_000])
def test_read_refuses_many_digits(folder, digits):
    path = folder / "arrivals.csv"
    row = f"arrivals,KOR,2020,{'1' * digits},,,normal,2021-01-20,barun_20210120,\n"
    path.write_text(path.read_text(encoding="utf-8") + row, encoding="utf-8")
    file, column, rule = refused(folder)

    assert file == "arrivals.csv"
    assert column == ("value" if digits < 100_000 else None)
    assert rule.endswith(
        "is not a whole number, zero or more" if digits < 100_000 else "field larger than field limit (131072)"
    )


@pytest.mark.parametrize(
    "ask",
    [
        Period.parse,
        lambda n: Period.parse(2020).shift(n),
        lambda n: Period.parse(2020).in_year(n),
        arrivals,
        lambda n: arrivals(2020, as_of=n),
        lambda n: observation(n, 2020),
        lambda n: verify(n, 2020),
        lambda n: verify(1, n),
        lambda n: series(start=n),
        lambda n: series(frequency=n),
        lambda n: series().at(n),
        lambda n: series().crossing(n),
        lambda n: compare(n, 2020),
        lambda n: compare(estimates()[0], n),
        lambda n: compare(indicators()[0], n),
        lambda n: destinations(2016)[0] + n,
        about,
        lambda n: about(2020, n),
        freshness,
        lambda n: export(n, "nowhere", format="csv"),
        lambda n: Catalogue.bundled().extended([{**ROW, "value": n}]),
        lambda n: Catalogue.bundled().extended([{**ROW, "period": n}]),
        lambda n: Catalogue.bundled().extended([{**ROW, "released": n}]),
        lambda n: Catalogue.bundled().extended([{**ROW, "measure": n}]),
        lambda n: Catalogue.bundled().extended([{**ROW, "area": n}]),
        lambda n: Catalogue.bundled().extended([{**ROW, "note": n}]),
        lambda n: Catalogue.bundled().extended([{**ROW, "sources": n}]),
        lambda n: Catalogue.bundled().extended([{**ROW, "sources": [n]}]),
        lambda n: Catalogue.bundled().extended([{**ROW, n: 1}]),
    ],
    ids=range(29),
)
@pytest.mark.parametrize("number", [HUGE, -HUGE], ids=["huge", "minus"])
def test_million_digits_short_error(ask, number):
    """A number of a million digits is refused with a short sentence."""
    with pytest.raises(DefectorStatsError) as caught:
        ask(number)

    assert len(str(caught.value)) < 700


ROW = {"period": 2026, "value": 1, "released": "2027-01-31", "sources": "barun_20210120"}


@pytest.mark.parametrize("number", [10**4, 10**30, HUGE, -HUGE], ids=range(4))
def test_series_index_out_of_range(number):
    with pytest.raises(IndexError, match=r"the series has 34 members, and indexing goes by position$"):
        series()[number]


@pytest.mark.parametrize("count", [1.5, None, "1", True, float("nan"), [], int])
def test_shift_and_in_year_refuse_other_types(count):
    with pytest.raises(InvalidPeriodTypeError, match="not a number of steps"):
        Period.parse(2020).shift(count)
    with pytest.raises(InvalidPeriodTypeError, match="not a year"):
        Period.parse(2020).in_year(count)


def test_types_as_values_are_refused():
    with pytest.raises(InvalidPeriodTypeError, match="is a type, not a period"):
        Period.parse(int)
    with pytest.raises(InvalidPeriodTypeError, match="is a type, not a date"):
        arrivals(2020, as_of=int)
    with pytest.raises(InvalidValueError, match="a whole number"):
        verify(int, 2020)


def test_error_names_type_if_repr_fails():
    nested = []
    for _ in range(100_000):
        nested = [nested]

    with pytest.raises(InvalidPeriodError, match=r"^a value of type list is a list, not a period\. "):
        Period.parse(nested)
    with pytest.raises(
        NotComparableError, match=r"^an estimate of in-china and a value of type int cannot be compared"
    ):
        compare(estimates()[0], HUGE)


@pytest.mark.parametrize(
    "arguments",
    [
        [DIGITS], ["verify", DIGITS, "2020"], ["verify", "1", DIGITS], ["series", "--crossing", DIGITS],
        ["2020", "--as-of", DIGITS], ["compare", "2020", DIGITS], ["destinations", DIGITS], ["faq", DIGITS],
        ["check", DIGITS], ["export", "csv", DIGITS],
    ],
    ids=lambda arguments: " ".join(each[:10] for each in arguments),
)  # fmt: skip
def test_cli_million_digits_one_line(arguments, capsys):
    assert main(arguments) == (3 if arguments[0] == "export" else 2)

    printed = capsys.readouterr()
    assert printed.out == ""
    assert len(printed.err.splitlines()) == 1
    assert len(printed.err) < 700


@pytest.mark.parametrize("form", ["csv", "datapackage"])
def test_export_writes_only_to_path(tmp_path, form):
    (tmp_path / "given").mkdir()
    (tmp_path / "outside").mkdir()
    (tmp_path / "outside" / "kept").write_text("kept", encoding="utf-8")
    (tmp_path / "given" / "loop").symlink_to("loop")
    (tmp_path / "given" / "link").symlink_to(tmp_path / "outside", target_is_directory=True)
    for path in ("loop", "link", "link/kept", "link/kept/x", "../outside", "../given"):
        with pytest.raises(FileError):
            export(series(start=2020), tmp_path / "given" / path, format=form, overwrite=form == "datapackage")
    export(series(start=2020), tmp_path / "given" / ".." / "given" / "new", format=form)

    assert sorted(each.relative_to(tmp_path).as_posix() for each in tmp_path.rglob("*") if "new/" not in str(each)) == [
        "given", "given/link", "given/loop", "given/new", "outside", "outside/kept",
    ]  # fmt: skip
    assert (tmp_path / "outside" / "kept").read_text(encoding="utf-8") == "kept"


@pytest.fixture
def called(folder, describe):
    """Give a measure of that copy another name, wherever it stands."""

    def change(name):
        def rename(descriptor):
            (resource,) = [each for each in descriptor["resources"] if each["name"] == "re-entries"]
            resource["name"] = name

        describe(rename)
        for path in folder.glob("*.csv"):
            with path.open(encoding="utf-8", newline="") as file:
                rows = [[name if cell == "re-entries" else cell for cell in row] for row in csv.reader(file)]
            with path.open("w", encoding="utf-8", newline="") as file:
                csv.writer(file, lineterminator="\n").writerows(rows)

        return folder

    return change


@pytest.mark.parametrize("name", ["re", "2x", "a.b-c_d", "x" * 60])
def test_export_measure_file_name(called, tmp_path, name):
    Catalogue.read(called(name)).export("all", tmp_path / "new", format="datapackage")

    assert (tmp_path / "new" / f"{name}.csv").is_file()


@pytest.mark.parametrize(
    "name",
    ["../outside", "/nowhere/outside", "x/y", "..", ".x", "-x", "x\\y", "C:x", "X", "x y", "é", "٣", "x" * 61],
    ids=range(13),
)
def test_measure_name_is_no_path(called, name):
    file, column, rule = refused(called(name))

    assert (file, column) == ("measures.csv", "id")
    assert rule.endswith(" is not a name of up to 60 small letters, digits, dots, dashes and underscores")


@pytest.mark.parametrize(
    ("encoding", "arguments", "shown"),
    [("utf-8", ["export", "csv", b"\xff", "--frequency", "year"], rb"Wrote \udcff."), ("ascii", [], rb"* #####")],
    ids=["a path that is no text", "a terminal without blocks"],
)
@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere a path is always text")
def test_cli_escapes_signs_of_path_and_terminal(tmp_path, encoding, arguments, shown):
    done = subprocess.run(
        [sys.executable, "-m", "defector_stats", *arguments],
        cwd=tmp_path, capture_output=True, check=False, env={**os.environ, "PYTHONIOENCODING": encoding},
    )  # fmt: skip

    assert (done.returncode, done.stderr) == (0, b"")
    assert shown in done.stdout


@pytest.mark.parametrize("measure", ["sources", "measures", "claims", "boats", "", None, []])
def test_extended_adds_to_logs_only(measure):
    with pytest.raises(DataError, match="is not in the table of measures") as caught:
        Catalogue.bundled().extended([{**ROW, "measure": measure}])

    assert (caught.value.line, caught.value.column) == (1, "measure")


@pytest.mark.parametrize("sources", [None, 5, 1.5, object])
def test_extended_refuses_bad_sources(sources):
    with pytest.raises(DataError, match="is neither a source nor several") as caught:
        Catalogue.bundled().extended([{**ROW, "sources": sources}])

    assert (caught.value.line, caught.value.column) == (1, "sources")


def ask_for_missing(start):
    """Ask for periods without a value, each in several ways, on days of which each comes once."""
    for number in range(start, start + 5_000):
        day = dt.date(1000, 1, 1) + dt.timedelta(days=number)
        arrivals(str(day), default=None)
        observation("refugees", str(day), area="WLD", default=None)
        arrivals(2020, as_of=day, default=None)
        if number % 200 == 0:
            assert verify(number + 10**9, str(day)).verdict == "unknown"


def test_missing_values_keep_no_memory():
    """A program that asks for whatever it is told does not grow with the questions."""
    tracemalloc.start()
    try:
        ask_for_missing(0)
        before, _ = tracemalloc.get_traced_memory()
        ask_for_missing(5_000)
        after, _ = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()

    # Kept answers would take more than twice as much.
    assert after - before < 400_000
