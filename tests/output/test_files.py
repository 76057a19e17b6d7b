"""Files and folders: whole or not at all, and never over something else."""

import contextlib
import errno
import itertools
import os
import shutil
import stat
import tempfile
from pathlib import Path

import pytest

from defector_stats import Catalogue, FileError, InvalidValueError, data_path, export
from defector_stats._output.export import FORMATS
from defector_stats._output.files import write_file, write_folder
from defector_stats._store.tables import FOLDER


def tree(folder):
    """All that lies in a folder, with its permissions and its content."""
    return {
        each.relative_to(folder).as_posix(): (
            stat.S_IMODE(each.stat().st_mode), each.read_bytes() if each.is_file() else None,
        )
        for each in folder.rglob("*")
    }  # fmt: skip


@pytest.mark.parametrize("form", FORMATS)
def test_write_existing_needs_overwrite(tmp_path, form):
    path = export("arrivals", str(tmp_path / "x"), format=form)
    before = {each: each.read_bytes() for each in tmp_path.rglob("*") if each.is_file()}
    assert path == tmp_path / "x"

    with pytest.raises(FileError) as caught:
        export("arrivals", path, format=form)

    assert caught.value.args == (str(path), "exists already", "Choose another path, or pass overwrite=True.")
    assert {each: each.read_bytes() for each in tmp_path.rglob("*") if each.is_file()} == before
    assert isinstance(caught.value, OSError)
    for each in before:
        each.write_bytes(b"old")
    assert export("arrivals", path, format=form, overwrite=True) == path
    assert {each: each.read_bytes() for each in tmp_path.rglob("*") if each.is_file()} == before
    assert list(tmp_path.iterdir()) == [path]


def test_write_into_empty_folder(tmp_path):
    assert Catalogue.read(export("arrivals", tmp_path, format="datapackage")).arrivals(2020) == 229


def test_write_refuses_symlink_loop(tmp_path):
    path = tmp_path / "loop"
    path.symlink_to("loop")
    with pytest.raises(FileError) as caught:
        export("arrivals", path, format="csv", overwrite=True)

    assert caught.value.args == (str(path), "is a loop of links", "Choose another path.")
    assert path.is_symlink()


OTHERS = "holds other files than this Data Package"


@pytest.mark.parametrize(
    ("stands", "form", "problem", "hint"),
    [
        ("folder", "csv", "is a folder", "Give the path of a file."),
        ("file", "datapackage", "is a file", "Give the path of a folder."),
        ("folder of others", "datapackage", OTHERS, "Give it a folder of its own."),
        ("package of others", "datapackage", OTHERS, "Give it a folder of its own."),
        ("tables alone", "datapackage", OTHERS, "Give it a folder of its own."),
        ("folder in a package", "datapackage", OTHERS, "Give it a folder of its own."),
        ("pipe", "csv", "is not a plain file", "Give the path of a file."),
    ],
)
def test_overwrite_spares_other_files(tmp_path, stands, form, problem, hint):
    """What the library did not write itself is never replaced."""
    path = tmp_path / "x"
    if stands == "file":
        path.write_text("mine")
    elif stands == "pipe":
        os.mkfifo(path)
    elif stands == "folder in a package":
        (path / "arrivals.csv").mkdir(parents=True)
        (path / "datapackage.json").write_text("mine")
    else:
        path.mkdir()
        names = {"folder of others": ["mine"], "package of others": ["datapackage.json", "mine"],
                 "tables alone": ["arrivals.csv"]}.get(stands, [])  # fmt: skip
        for name in names:
            (path / name).write_text("mine")
    before = sorted(tmp_path.rglob("*"))

    with pytest.raises(FileError) as caught:
        export("arrivals", path, format=form, overwrite=True)

    assert caught.value.args == (str(path), problem, hint)
    assert sorted(tmp_path.rglob("*")) == before
    assert all(each.read_text() == "mine" for each in before if each.is_file())


def test_overwrite_keeps_readme(tmp_path):
    """A copy of the bundled folder can be written again, and what somebody wrote about it stays."""
    folder = shutil.copytree(data_path(), tmp_path / "copy")
    (folder / "README.md").write_text("mine")
    (folder / "arrivals.csv").write_text("old")

    export("all", folder, format="datapackage", overwrite=True)

    assert (folder / "README.md").read_text() == "mine"
    assert (folder / "arrivals.csv").read_bytes() == (data_path() / "arrivals.csv").read_bytes()


def test_write_through_link(tmp_path):
    target, link = tmp_path / "target", tmp_path / "link"
    target.write_text("old")
    link.symlink_to(target)

    export("arrivals", link, format="csv", overwrite=True)

    assert link.is_symlink()
    assert target.read_bytes().startswith(b"measure,area,place,period")


@pytest.mark.parametrize(
    ("path", "reason"),
    [
        ("missing/x", "No such file or directory"),
        ("file/x", "Not a directory"),
        ("x" * 300, "File name too long"),
        pytest.param("nul\0x", None, id="nul"),  # every Python has words of its own
    ],
)
@pytest.mark.parametrize("form", ["csv", "datapackage"])
def test_write_unwritable_path(tmp_path, path, reason, form):
    (tmp_path / "file").write_text("mine")

    with pytest.raises(FileError) as caught:
        export("arrivals", tmp_path / path, format=form)

    assert caught.value.args == (
        str(tmp_path / path),
        f"cannot be written ({reason or caught.value.__cause__})",
        "Nothing was changed. See that the folder exists, has room and may be written to.",
    )
    assert isinstance(caught.value.__cause__, (OSError, ValueError))
    assert [each.name for each in tmp_path.iterdir()] == ["file"]


only_root = pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="only root can step down")


@contextlib.contextmanager
def somebody(folder):
    """Be a user who may not write to a folder."""
    folder.chmod(0o555)
    os.seteuid(65534)
    try:
        yield
    finally:
        os.seteuid(0)


@only_root
def test_write_to_read_only_folder():
    denied = pytest.raises(FileError, match="cannot be written \\(Permission denied\\)")
    with tempfile.TemporaryDirectory() as folder, somebody(Path(folder)), denied:
        export("arrivals", Path(folder) / "x.csv", format="csv")


@only_root
def test_write_with_read_only_parent():
    """A folder that the user may write in is enough."""
    with tempfile.TemporaryDirectory() as parent:
        folder = Path(parent) / "mine"
        folder.mkdir()
        os.chown(folder, 65534, 65534)
        with somebody(Path(parent)):
            for _ in range(2):
                export("arrivals", folder, format="datapackage", overwrite=True)
            assert Catalogue.read(folder).arrivals(2020) == 229
        assert [each.name for each in Path(parent).iterdir()] == ["mine"]


# Steps that fail

OLD, NEW = ({name: f"{when} {name}".encode() for name in ("datapackage.json", "a.csv", "b.csv")} for when in ("o", "n"))


@pytest.fixture(params=["nothing", "empty", "package", "part"])
def place(request, tmp_path):
    """Where a package is written: there is nothing, an empty folder, such a package, or some of its files."""
    path = tmp_path / "x"
    if request.param != "nothing":
        path.mkdir(mode=0o711)
    names = {"package": OLD, "part": ["datapackage.json", "a.csv"]}.get(request.param, [])
    for name in names:
        (path / name).write_bytes(OLD[name])
        (path / name).chmod(0o640)
    return path


@pytest.fixture
def stumble(monkeypatch):
    """Let a step of writing fail, before or after it is done; the steps that were taken come back."""

    def at(number=None, error=None, *, done=False):
        steps = []

        def step(name, act, *arguments, **named):
            steps.append((name, *map(str, arguments)))
            fails = len(steps) - 1 == number
            result = None if fails and not done else act(*arguments, **named)
            if fails:
                raise error
            return result

        monkeypatch.undo()
        # A folder that was made a moment ago has a name that nobody knows yet.
        for name in ("rename", "replace", "link", "chmod", *(() if done else ("mkdir",))):
            act = getattr(os, name)
            monkeypatch.setattr(os, name, lambda *a, act=act, name=name, **n: step(name, act, *a, **n))
        act = Path.write_bytes
        monkeypatch.setattr(Path, "write_bytes", lambda *a, act=act: step("write", act, *a))
        return steps

    return at


INTERRUPTIONS = [KeyboardInterrupt(), MemoryError(), SystemExit()]
ERRORS = [OSError(errno.ENOSPC, "No space left on device"), *INTERRUPTIONS]
RAISED = (FileError, KeyboardInterrupt, MemoryError, SystemExit)


@pytest.mark.parametrize("error", ERRORS, ids=lambda error: type(error).__name__)
def test_write_folder_survives_any_failure(place, tmp_path, stumble, error):
    before = tree(tmp_path)
    for number in itertools.count():
        stumble(number, error)
        try:
            write_folder(place, NEW, overwrite=True)
        except RAISED as caught:
            assert tree(tmp_path) == before
            assert caught is error or caught.problem == "cannot be written (No space left on device)"
        else:
            break

    assert number >= len(NEW) + 3
    assert {each.name: each.read_bytes() for each in place.iterdir()} == NEW
    assert [each.name for each in tmp_path.iterdir()] == ["x"]


@pytest.mark.parametrize("error", INTERRUPTIONS, ids=lambda error: type(error).__name__)
def test_write_folder_interrupted(place, tmp_path, stumble, error):
    """A new folder is there after the last step, which gives it its name."""
    before = tree(tmp_path)
    for number in itertools.count():
        stumble(number, error, done=True)
        try:
            write_folder(place, NEW, overwrite=True)
        except RAISED:
            if tree(tmp_path) == before:
                continue
        break

    assert number >= len(NEW)
    assert {each.name: each.read_bytes() for each in place.iterdir()} == NEW
    assert [each.name for each in tmp_path.iterdir()] == ["x"]


@pytest.mark.parametrize("stands", [False, True], ids=["new", "old"])
@pytest.mark.parametrize("error", ERRORS, ids=lambda error: type(error).__name__)
def test_write_file_atomic_on_failure(tmp_path, stumble, error, stands):
    path = tmp_path / "x"
    if stands:
        path.write_bytes(b"old")
    before = tree(tmp_path)
    for number in itertools.count():
        stumble(number, error)
        try:
            write_file(path, b"new", overwrite=True)
        except RAISED:
            assert tree(tmp_path) == before
        else:
            break

    assert number >= 2
    assert path.read_bytes() == b"new"
    assert [each.name for each in tmp_path.iterdir()] == ["x"]


@pytest.mark.parametrize("form", FORMATS)
def test_write_failure_keeps_old_content(tmp_path, monkeypatch, form):
    """A write that fails half way leaves the old content whole."""
    path = export("arrivals", tmp_path / "x", format=form)
    before = tree(tmp_path)
    written = []

    def fail(self, content):
        written.append(self)
        if len(written) == (3 if form == "datapackage" else 1):
            with self.open("wb") as file:
                file.write(content[: len(content) // 2])
            raise OSError(28, "No space left on device")
        with self.open("wb") as file:
            return file.write(content)

    monkeypatch.setattr(Path, "write_bytes", fail)
    with pytest.raises(FileError, match="cannot be written \\(No space left on device\\)"):
        export("arrivals", path, format=form, overwrite=True)

    assert all(each.parents[form == "datapackage"].name.startswith(".defector-stats-") for each in written)
    assert tree(tmp_path) == before


@pytest.mark.parametrize("error", [OSError(errno.EIO, "Input/output error"), KeyboardInterrupt()], ids=repr)
def test_write_failed_restore_names_backup(tmp_path, monkeypatch, error):
    """A file that cannot be put back is kept, and the error names it."""
    path = tmp_path / "x"
    write_folder(path, OLD, overwrite=False)
    real, moves = os.replace, []

    def fail(old, new):
        moves.append(new)
        if len(moves) > 2:
            raise error
        real(old, new)

    monkeypatch.setattr(os, "replace", fail)
    with pytest.raises((FileError, KeyboardInterrupt)) as caught:
        write_folder(path, NEW, overwrite=True)

    kept = [each for each in path.iterdir() if each.is_dir()]
    (old,) = kept
    assert {each.name: each.read_bytes() for folder in (path, old) for each in folder.glob("[!.]*")} == OLD
    if isinstance(error, OSError):
        hint = f"What stood there lies in {str(old)!r}."
        assert caught.value.args == (str(path), "cannot be put back (Input/output error)", hint)


@pytest.mark.parametrize(("write", "content"), [(write_folder, NEW), (write_file, b"new")], ids=["folder", "file"])
def test_write_interrupted_clean_up(tmp_path, monkeypatch, write, content):
    real, calls = shutil.rmtree, []

    def fail(path, **named):
        calls.append(path)
        if len(calls) == 1:
            raise KeyboardInterrupt
        real(path, **named)

    monkeypatch.setattr(shutil, "rmtree", fail)
    with pytest.raises(KeyboardInterrupt):
        write(tmp_path / "x", content, overwrite=False)

    assert [each.name for each in tmp_path.iterdir()] == ["x"]


# What stands there


def test_write_while_another_program_looks_on(tmp_path, monkeypatch):
    """A temporary folder that is in use for a moment does not spoil what was written."""
    remove, refused = os.rmdir, []

    def refuse_once(path, **more):
        if not refused:
            refused.append(path)
            raise PermissionError(errno.EBUSY, "Device or resource busy", path)
        remove(path, **more)

    monkeypatch.setattr(os, "rmdir", refuse_once)
    write_file(tmp_path / "x.csv", b"1", overwrite=False)

    assert refused
    assert [path.name for path in tmp_path.iterdir()] == ["x.csv"]


def test_write_keeps_same_folder(place):
    """It may be one that a disk is mounted on, or the one that a shell stands in."""
    stood = place.stat() if place.exists() else None
    write_folder(place, NEW, overwrite=True)

    assert {each.name: each.read_bytes() for each in place.iterdir()} == NEW
    if stood is not None:
        assert (place.stat().st_ino, place.stat().st_mode) == (stood.st_ino, stood.st_mode)


def test_write_folder_descriptor_order(tmp_path, stumble):
    """The descriptor is moved away first and put in place last."""
    path = tmp_path / "x"
    write_folder(path, OLD, overwrite=False)
    steps = stumble()
    write_folder(path, NEW, overwrite=True)

    moved = [Path(step[-1]).name for step in steps if step[0] in ("replace", "link")]
    assert sorted(moved[:3]) == sorted(moved[3:]) == sorted(NEW)
    assert moved[0] == moved[-1] == "datapackage.json"


@pytest.mark.parametrize(
    ("umask", "of_file", "of_folder"), [(0o022, 0o644, 0o755), (0o027, 0o640, 0o750), (0o077, 0o600, 0o700)]
)
def test_new_files_have_permissions_of_any_other(tmp_path, umask, of_file, of_folder):
    """What a user creates is for whom the user's own settings say, though it was made in a private folder."""
    before = os.umask(umask)
    try:
        file = export("arrivals", tmp_path / "x.csv", format="csv")
        folder = export("arrivals", tmp_path / "x", format="datapackage")
    finally:
        os.umask(before)

    assert {stat.S_IMODE(each.stat().st_mode) for each in (file, *folder.iterdir())} == {of_file}
    assert stat.S_IMODE(folder.stat().st_mode) == of_folder


@pytest.mark.parametrize("mode", [0o600, 0o640, 0o644, 0o666])
def test_overwrite_keeps_permissions(tmp_path, mode):
    file, folder = tmp_path / "x.csv", tmp_path / "x"
    export("arrivals", file, format="csv")
    export("arrivals", folder, format="datapackage")
    folder.chmod(0o700)
    for each in (file, *folder.iterdir()):
        each.chmod(mode)

    export("refugees", file, format="csv", overwrite=True)
    export("arrivals", folder, format="datapackage", overwrite=True)

    assert {stat.S_IMODE(each.stat().st_mode) for each in (file, *folder.iterdir())} == {mode}
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700


@pytest.fixture(params=[None, PermissionError(errno.EPERM, "Not permitted"), NotImplementedError()], ids=repr)
def links(request, monkeypatch):
    """A disk with hard links, one without, and a system without."""
    if request.param is not None:
        real, refused = os.link, request.param

        def refuse(*_):
            raise refused

        monkeypatch.setattr(os, "link", refuse)
        assert real is not os.link


@pytest.mark.usefixtures("links")
def test_write_without_hard_links(place, tmp_path):
    write_folder(place, NEW, overwrite=True)
    write_file(tmp_path / "y", b"new", overwrite=False)

    assert {each.name: each.read_bytes() for each in place.iterdir()} == NEW
    assert (tmp_path / "y").read_bytes() == b"new"
    assert {each.stat().st_nlink for each in (*place.iterdir(), tmp_path / "y")} == {1}
    assert {each.name for each in tmp_path.iterdir()} == {"x", "y"}


@pytest.mark.usefixtures("links")
def test_write_file_keeps_late_arrival(tmp_path, monkeypatch):
    path = tmp_path / "x"
    real = Path.write_bytes

    def write(self, content):
        real(path, b"theirs")
        return real(self, content)

    monkeypatch.setattr(Path, "write_bytes", write)
    with pytest.raises(FileError) as caught:
        write_file(path, b"ours", overwrite=False)

    assert caught.value.args == (str(path), "exists already", "Choose another path, or pass overwrite=True.")
    assert tree(tmp_path) == {"x": (stat.S_IMODE(path.stat().st_mode), b"theirs")}


@pytest.mark.usefixtures("links")
@pytest.mark.parametrize("stands", [False, True], ids=["nothing", "empty folder"])
def test_write_folder_keeps_late_arrival(tmp_path, monkeypatch, stands):
    path = tmp_path / "x"
    if stands:
        path.mkdir()
    real = Path.write_bytes

    def write(self, content):
        path.mkdir(exist_ok=True)
        if not (path / "b.csv").exists():
            real(path / "b.csv", b"theirs")
        return real(self, content)

    monkeypatch.setattr(Path, "write_bytes", write)
    with pytest.raises(FileError) as caught:
        write_folder(path, NEW, overwrite=False)

    assert caught.value.args == (str(path), "exists already", "Choose another path, or pass overwrite=True.")
    assert {name: content for name, (_, content) in tree(tmp_path).items()} == {"x": None, "x/b.csv": b"theirs"}


@pytest.mark.usefixtures("links")
def test_write_interrupted_without_hard_links(tmp_path, stumble, monkeypatch):
    refuse = os.link
    steps = stumble()
    monkeypatch.setattr(os, "link", refuse)
    write_file(tmp_path / "x", b"new", overwrite=False)
    for number, step in enumerate(steps):
        if step[0] == "replace":
            stumble(number, KeyboardInterrupt())
            monkeypatch.setattr(os, "link", refuse)
            with pytest.raises(KeyboardInterrupt):
                write_file(tmp_path / "y", b"new", overwrite=False)

    assert [each.name for each in tmp_path.iterdir()] == ["x"]


# Figures of the package

OWN = "lies among the figures of this package"


@pytest.fixture
def own(folder, monkeypatch):
    """A copy that stands for the figures of the package."""
    monkeypatch.setattr("defector_stats._output.files.FOLDER", str(folder), raising=False)
    return folder


@pytest.fixture(scope="module")
def more():
    """The bundled figures and an invented one."""
    row = {"period": 2026, "value": 999_999, "released": "2027", "sources": "barun_20210120"}
    return Catalogue.bundled().extended([row])


@pytest.mark.parametrize("name", [".", "arrivals.csv", "new.csv", "deeper/new.csv", "../link", "../link/arrivals.csv"])
@pytest.mark.parametrize("form", ["csv", "datapackage"])
def test_write_never_over_bundled_data(own, more, name, form):
    (own / "deeper").mkdir()
    (own.parent / "link").symlink_to(own, target_is_directory=True)
    before = tree(own)
    if (form, name) == ("datapackage", "."):
        (own / "deeper").rmdir()
        before = tree(own)

    with pytest.raises(FileError) as caught:
        more.export("all", own / name, format=form, overwrite=True)

    assert caught.value.args == (str(own / name), OWN, "Choose another path.")
    assert tree(own) == before


def test_folder_of_bundled_data():
    assert Path(FOLDER) == data_path()
    with pytest.raises(FileError, match=OWN):
        export("all", data_path(), format="datapackage", overwrite=True)  # if it did, with what stands there


def test_write_without_bundled_folder(tmp_path, monkeypatch):
    """In a zip file there is none."""
    monkeypatch.setattr("defector_stats._output.files.FOLDER", str(tmp_path / "lib.zip" / "data"))

    assert write_file(tmp_path / "x", b"new", overwrite=False).read_bytes() == b"new"


# Paths that are none


class Odd:
    def __fspath__(self):
        return 5


NO_PATHS = [None, 5, 1.5, True, b"x", [], object(), Path, Odd(), ""]


@pytest.mark.parametrize("given", NO_PATHS, ids=lambda given: type(given).__name__)
@pytest.mark.parametrize("form", ["csv", "datapackage"])
def test_export_refuses_bad_path(tmp_path, monkeypatch, given, form):
    monkeypatch.chdir(tmp_path)
    with pytest.raises(InvalidValueError) as caught:
        export("re-entries", given, format=form)

    assert caught.value.args == (given, "the path of a file or a folder")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("given", NO_PATHS, ids=lambda given: type(given).__name__)
def test_read_refuses_bad_path(given):
    with pytest.raises(InvalidValueError) as caught:
        Catalogue.read(given)

    assert caught.value.args == (given, "the path of a file or a folder")
