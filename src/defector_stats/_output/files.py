"""Write files and folders completely or not at all, and never overwrite others by accident."""

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

_HINT_IF_TAKEN = "Choose another path, or pass overwrite=True."
_NEW_NAME = "new"
# Lies in the folder of the bundled data; what people write about a package stays with it.
_README = "README.md"
_TEMPORARY_PREFIX = ".defector-stats-"


def write_file(path: str | os.PathLike[str], content: bytes, *, overwrite: bool) -> Path:
    """Write a file in one step; a replacement takes over the permissions of the old file.

    Args:
        path: The path of the file.
        content: The bytes to write.
        overwrite: Whether a file that exists already may be replaced.

    Returns:
        The path as it was given.

    Raises:
        InvalidValueError: If the path is not a path.
        FileError: If the file cannot be written; then nothing has changed.
    """
    given = as_path(path)
    with _translate_errors(given):
        target = _resolve(given)
        if target.is_dir():
            raise FileError(str(given), "is a folder", "Give the path of a file.")
        exists = target.exists()
        if exists and not target.is_file():
            raise FileError(str(given), "is not a plain file", "Give the path of a file.")
        if exists and not overwrite:
            raise FileError(str(given), "exists already", _HINT_IF_TAKEN)
        with _temporary_folder(target.parent) as folder:
            new = folder / _NEW_NAME
            new.write_bytes(content)
            if exists:
                shutil.copymode(target, new)
                new.replace(target)
            else:
                # Somebody may have taken the name since we looked.
                _rename_file(new, target)
    return given


def write_folder(path: str | os.PathLike[str], files: Mapping[str, bytes], *, overwrite: bool) -> Path:
    """Write a Data Package folder; an existing folder is kept, and so are the permissions of replaced files.

    Args:
        path: The path of the folder, which may exist and be empty.
        files: The content of each file, by its name.
        overwrite: Whether a folder may be written to that holds some or all of these files, and no others;
            its ``README.md`` stays as it is.

    Returns:
        The path as it was given.

    Raises:
        InvalidValueError: If the path is not a path.
        FileError: If the folder cannot be written; then nothing has changed.
    """
    given = as_path(path)
    with _translate_errors(given):
        target = _resolve(given)
        exists = target.exists()
        if exists and not target.is_dir():
            raise FileError(str(given), "is a file", "Give the path of a folder.")
        children = [child for child in target.iterdir() if child.name != _README] if exists else []
        if children and not overwrite:
            raise FileError(str(given), "exists already", _HINT_IF_TAKEN)
        names = {child.name for child in children if child.is_file()}
        # Fewer names than children: a folder or something else lies there too.
        if children and (len(names) < len(children) or DESCRIPTOR not in names or not names <= set(files)):
            raise FileError(str(given), "holds other files than this Data Package", "Give it a folder of its own.")
        with _temporary_folder(target if exists else target.parent) as folder:
            new = folder / _NEW_NAME
            new.mkdir()
            for name, content in files.items():
                (new / name).write_bytes(content)
            if exists:
                for child in children:
                    shutil.copymode(child, new / child.name)
                _exchange(new, target, names)
            else:
                _rename_folder(new, target)
    return given


def _exchange(new: Path, target: Path, existing: Collection[str]) -> None:
    """Replace the files of a folder with new ones, all of them or none.

    Args:
        new: The folder with the new files.
        target: The folder to write to.
        existing: The names of the files in it.
    """
    # The descriptor goes first and comes last, so nobody reads old and new files together as a catalogue.
    names = sorted((file.name for file in new.iterdir()), key=DESCRIPTOR.__eq__)  # True sorts last
    old = Path(tempfile.mkdtemp(dir=target, prefix=_TEMPORARY_PREFIX))
    try:
        for name in reversed(names):
            if name in existing:
                (target / name).replace(old / name)
        for name in names:
            _rename_file(new / name, target / name)
    # An interruption must not leave half of each.
    except BaseException as error:
        try:
            _put_back(old, new, target, names)
        except OSError as problem:
            hint = f"What stood there lies in {str(old)!r}."
            raise FileError(str(target), f"cannot be put back ({problem.strerror})", hint) from error
        raise
    _remove(old)


def _put_back(old: Path, new: Path, target: Path, names: Sequence[str]) -> None:
    """Undo an exchange, even an incomplete one."""
    for name in names:
        saved, placed = old / name, target / name
        if saved.exists():
            saved.replace(placed)
        # A file that is not the new one was put there by somebody else, and stays.
        elif placed.exists() and (not (new / name).exists() or placed.samefile(new / name)):
            placed.unlink()
    old.rmdir()


def _rename_file(new: Path, target: Path) -> None:
    """Give a file its final name, unless that name is taken."""
    # A link is made in one step and fails if the name is taken; a renamed file would replace the other silently.
    try:
        target.hardlink_to(new)
    except FileExistsError:
        raise
    except (OSError, NotImplementedError):  # not every disk, nor every system, has hard links
        # The name is reserved by an empty file, which is then replaced.
        with target.open("xb"):
            pass
        try:
            new.replace(target)
        except BaseException:
            target.unlink()
            raise


def _rename_folder(new: Path, target: Path) -> None:
    """Give a folder its final name, unless that name is taken."""
    try:
        new.rename(target)
    except OSError as error:
        # The systems report a taken name by different errors.
        if target.exists():
            raise FileExistsError(*error.args) from error
        raise


@contextlib.contextmanager
def _temporary_folder(parent: Path) -> Generator[Path]:
    """Make a temporary folder inside another, and so on the same disk; remove it afterwards."""
    folder = Path(tempfile.mkdtemp(dir=parent, prefix=_TEMPORARY_PREFIX))
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
def _translate_errors(given: Path) -> Generator[None]:
    """Turn an error of the operating system into a `FileError`."""
    try:
        yield
    except FileError:
        raise
    except FileExistsError as error:
        raise FileError(str(given), "exists already", _HINT_IF_TAKEN) from error
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        hint = "Nothing was changed. See that the folder exists, has room and may be written to."
        raise FileError(str(given), f"cannot be written ({reason})", hint) from error


def _resolve(given: Path) -> Path:
    """Return a path with all its links followed.

    Raises:
        FileError: If it leads nowhere, or into the data of this package.
    """
    # Path.resolve tells of a loop of links in one way or another, by the version of Python.
    target = Path(os.path.realpath(given))
    if target.is_symlink():
        raise FileError(str(given), "is a loop of links", "Choose another path.")
    own = Path(FOLDER)
    # In a zip file, the package has no folder that could be written to.
    if own.exists() and any(folder.exists() and own.samefile(folder) for folder in (target, *target.parents)):
        raise FileError(str(given), "lies among the figures of this package", "Choose another path.")
    return target
