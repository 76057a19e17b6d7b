"""Writing files and folders: whole or not at all, and never over something else by accident."""

from __future__ import annotations

import contextlib
import os
import shutil
import tempfile
from pathlib import Path

from defector_stats._model.paths import as_path
from defector_stats._store.tables import DESCRIPTOR, FOLDER
from defector_stats.errors import FileError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Collection, Generator, Mapping, Sequence

_ANOTHER = "Choose another path, or pass overwrite=True."
_NEW = "new"
_PREFIX = ".defector-stats-"


def write_file(path: str | os.PathLike[str], content: bytes, *, overwrite: bool) -> Path:
    """Write a file in one step; one that is replaced hands on its permissions.

    Raises:
        InvalidValueError: If the path is none.
        FileError: If it cannot be written; then nothing has changed.
    """
    given = as_path(path)
    with _told(given):
        target = _resolved(given)
        if target.is_dir():
            raise FileError(str(given), "is a folder", "Give the path of a file.")
        stands = target.exists()
        if stands and not target.is_file():
            raise FileError(str(given), "is not a plain file", "Give the path of a file.")
        if stands and not overwrite:
            raise FileError(str(given), "exists already", _ANOTHER)
        with _workplace(target.parent) as folder:
            new = folder / _NEW
            new.write_bytes(content)
            if stands:
                shutil.copymode(target, new)
                new.replace(target)
            else:
                _place(new, target)
    return given


def write_folder(path: str | os.PathLike[str], files: Mapping[str, bytes], *, overwrite: bool) -> Path:
    """Write a Data Package folder; one that stands there stays, and its files hand on their permissions.

    An empty folder may stand there, and with ``overwrite`` one that holds the same files, all or some of them.

    Raises:
        InvalidValueError: If the path is none.
        FileError: If it cannot be written; then nothing has changed.
    """
    given = as_path(path)
    with _told(given):
        target = _resolved(given)
        stands = target.exists()
        if stands and not target.is_dir():
            raise FileError(str(given), "is a file", "Give the path of a folder.")
        standing = list(target.iterdir()) if stands else []
        if standing and not overwrite:
            raise FileError(str(given), "exists already", _ANOTHER)
        names = {each.name for each in standing if each.is_file()}
        if standing and (len(names) < len(standing) or DESCRIPTOR not in names or not names <= set(files)):
            raise FileError(str(given), "holds other files than this Data Package", "Give it a folder of its own.")
        with _workplace(target if stands else target.parent) as folder:
            new = folder / _NEW
            new.mkdir()
            for name, content in files.items():
                (new / name).write_bytes(content)
            if stands:
                for each in standing:
                    shutil.copymode(each, new / each.name)
                _exchange(new, target, names)
            else:
                _move(new, target)
    return given


def _exchange(new: Path, target: Path, standing: Collection[str]) -> None:
    """Put new files in the place of those that stand in a folder, or leave those.

    The descriptor goes first and comes last: nobody reads old and new files together as a catalogue.
    """
    names = sorted((each.name for each in new.iterdir()), key=DESCRIPTOR.__eq__)  # it sorts last
    old = Path(tempfile.mkdtemp(dir=target, prefix=_PREFIX))
    try:
        for name in reversed(names):
            if name in standing:
                (target / name).replace(old / name)
        for name in names:
            _place(new / name, target / name)
    except BaseException as error:
        try:
            _put_back(old, new, target, names)
        except OSError as problem:
            hint = f"What stood there lies in {str(old)!r}."
            raise FileError(str(target), f"cannot be put back ({problem.strerror})", hint) from error
        raise
    _remove(old)


def _put_back(old: Path, new: Path, target: Path, names: Sequence[str]) -> None:
    """Undo an exchange, however far it came."""
    for name in names:
        stood, placed = old / name, target / name
        if stood.exists():
            stood.replace(placed)
        elif placed.exists() and (not (new / name).exists() or placed.samefile(new / name)):
            placed.unlink()
    old.rmdir()


def _place(new: Path, target: Path) -> None:
    """Give a file its name, unless something else has taken it."""
    try:
        target.hardlink_to(new)
    except FileExistsError:
        raise
    except (OSError, NotImplementedError):  # not every disk, nor every system, has hard links
        with target.open("xb"):
            pass
        try:
            new.replace(target)
        except BaseException:
            target.unlink()
            raise


def _move(new: Path, target: Path) -> None:
    """Give a folder its name, unless something else has taken it."""
    try:
        new.rename(target)
    except OSError as error:
        if target.exists():
            raise FileExistsError(*error.args) from error
        raise


@contextlib.contextmanager
def _workplace(parent: Path) -> Generator[Path]:
    """A folder on the same disk as what is written, that goes when the work is done."""
    folder = Path(tempfile.mkdtemp(dir=parent, prefix=_PREFIX))
    try:
        yield folder
    finally:
        _remove(folder)


def _remove(folder: Path) -> None:
    try:
        shutil.rmtree(folder, ignore_errors=True)
    finally:  # once more, for an interruption
        shutil.rmtree(folder, ignore_errors=True)


@contextlib.contextmanager
def _told(given: Path) -> Generator[None]:
    """Say what the system says in an error of our own."""
    try:
        yield
    except FileError:
        raise
    except FileExistsError as error:
        raise FileError(str(given), "exists already", _ANOTHER) from error
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        hint = "Nothing was changed. See that the folder exists, has room and may be written to."
        raise FileError(str(given), f"cannot be written ({reason})", hint) from error


def _resolved(given: Path) -> Path:
    """Where a path really leads.

    Raises:
        FileError: If that is nowhere, or among the figures of this package.
    """
    # Path.resolve tells of a loop of links in one way or another, by the version of Python.
    target = Path(os.path.realpath(given))
    if target.is_symlink():
        raise FileError(str(given), "is a loop of links", "Choose another path.")
    own = Path(FOLDER)
    if own.exists() and any(each.exists() and own.samefile(each) for each in (target, *target.parents)):
        raise FileError(str(given), "lies among the figures of this package", "Choose another path.")
    return target
