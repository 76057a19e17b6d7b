"""Files and folders: whole or not at all, and never over something else."""

import os
import tempfile
from pathlib import Path

import pytest

from defector_stats import Catalogue, FileError, export
from defector_stats.formats import FORMATS


@pytest.mark.parametrize("form", FORMATS)
def test_what_stands_there_stays_unless_asked(tmp_path, form):
    path = export("arrivals", str(tmp_path / "x"), format=form)
    before = {each: each.read_bytes() for each in tmp_path.rglob("*") if each.is_file()}
    assert path == tmp_path / "x"

    with pytest.raises(FileError) as caught:
        export("arrivals", path, format=form)

    assert caught.value.args == (str(path), "exists already", "Choose another path, or ask to overwrite it.")
    assert {each: each.read_bytes() for each in tmp_path.rglob("*") if each.is_file()} == before
    assert isinstance(caught.value, OSError)
    for each in before:
        each.write_bytes(b"old")
    assert export("arrivals", path, format=form, overwrite=True) == path
    assert {each: each.read_bytes() for each in tmp_path.rglob("*") if each.is_file()} == before
    assert list(tmp_path.iterdir()) == [path]


def test_an_empty_folder_may_become_a_package(tmp_path):
    assert Catalogue.read(export("arrivals", tmp_path, format="datapackage")).arrivals(2020) == 229


def test_a_loop_of_links_is_no_place_for_a_file(tmp_path):
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
        ("pipe", "csv", "is not a plain file", "Give the path of a file."),
    ],
)
def test_nothing_else_is_ever_replaced(tmp_path, stands, form, problem, hint):
    path = tmp_path / "x"
    if stands == "file":
        path.write_text("mine")
    elif stands == "pipe":
        os.mkfifo(path)
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


def test_a_link_keeps_its_place_and_its_target_takes_the_content(tmp_path):
    target, link = tmp_path / "target", tmp_path / "link"
    target.write_text("old")
    link.symlink_to(target)

    export("arrivals", link, format="csv", overwrite=True)

    assert link.is_symlink()
    assert target.read_bytes().startswith(b"measure,area,period")


@pytest.mark.parametrize(
    ("path", "reason"),
    [
        ("missing/x", "No such file or directory"),
        ("file/x", "Not a directory"),
        ("x" * 300, "File name too long"),
        ("nul\0x", None),  # every Python has words of its own
    ],
)
@pytest.mark.parametrize("form", ["csv", "datapackage"])
def test_a_path_that_cannot_be_written_is_a_clear_error(tmp_path, path, reason, form):
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


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="only root can step down")
def test_a_folder_that_may_not_be_written_to_is_a_clear_error():
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o555)
        os.seteuid(65534)
        try:
            with pytest.raises(FileError, match="cannot be written \\(Permission denied\\)"):
                export("arrivals", Path(folder) / "x.csv", format="csv")
        finally:
            os.seteuid(0)


@pytest.mark.parametrize("form", FORMATS)
def test_a_write_that_fails_half_way_leaves_the_old_content_whole(tmp_path, monkeypatch, form):
    path = export("arrivals", tmp_path / "x", format=form)
    before = {each: each.read_bytes() for each in tmp_path.rglob("*") if each.is_file()}
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

    assert all(each.relative_to(tmp_path).parts[0].startswith(".defector-stats-") for each in written)
    assert {each: each.read_bytes() for each in tmp_path.rglob("*") if each.is_file()} == before
    assert [each.name for each in tmp_path.iterdir()] == ["x"]


@pytest.mark.parametrize("stands", ["nothing", "empty", "package"])
def test_a_folder_that_cannot_be_moved_into_place_leaves_the_old_one(tmp_path, monkeypatch, stands):
    path = tmp_path / "x"
    if stands == "package":
        export("arrivals", path, format="datapackage")
    elif stands == "empty":
        path.mkdir()
    before = sorted(tmp_path.rglob("*"))
    replace = Path.replace

    def fail(self, target):
        if self.name == "new":
            raise OSError(13, "Permission denied")
        return replace(self, target)

    monkeypatch.setattr(Path, "replace", fail)
    with pytest.raises(FileError, match="Permission denied"):
        export("arrivals", path, format="datapackage", overwrite=True)

    assert sorted(tmp_path.rglob("*")) == before
