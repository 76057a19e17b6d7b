"""Writing files and folders: whole or not at all, and never over something else by accident."""

from __future__ import annotations

import contextlib
import os
import tempfile
from pathlib import Path

from defector_stats.errors import FileError
from defector_stats.package import DESCRIPTOR

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Generator, Mapping

_ANOTHER = "Choose another path, or ask to overwrite it."
_NEW, _OLD = "new", "old"
_PREFIX = ".defector-stats-"


def write_file(path: str | os.PathLike[str], content: bytes, *, overwrite: bool) -> Path:
    """Write a file in one step.

    Raises:
        FileError: If it cannot be written; then nothing has changed.
    """
    with _beside(path) as (target, folder):
        if target.is_dir():
            raise FileError(str(path), "is a folder", "Give the path of a file.")
        if target.exists() and not target.is_file():
            raise FileError(str(path), "is not a plain file", "Give the path of a file.")
        if target.exists() and not overwrite:
            raise FileError(str(path), "exists already", _ANOTHER)
        new = folder / _NEW
        new.write_bytes(content)
        new.replace(target)
    return Path(path)


def write_folder(path: str | os.PathLike[str], files: Mapping[str, bytes], *, overwrite: bool) -> Path:
    """Write a Data Package folder in one step.

    An empty folder may stand there, and with ``overwrite`` one that holds the same files, all or some of them.

    Raises:
        FileError: If it cannot be written; then nothing has changed.
    """
    with _beside(path) as (target, folder):
        if target.exists() and not target.is_dir():
            raise FileError(str(path), "is a file", "Give the path of a folder.")
        standing = {each.name for each in target.iterdir()} if target.exists() else set[str]()
        if standing and not overwrite:
            raise FileError(str(path), "exists already", _ANOTHER)
        if standing and (DESCRIPTOR not in standing or not standing <= set(files)):
            raise FileError(str(path), "holds other files than this Data Package", "Give it a folder of its own.")
        new, old = folder / _NEW, folder / _OLD
        new.mkdir()
        for name, content in files.items():
            (new / name).write_bytes(content)
        if target.exists():
            target.replace(old)
        try:
            new.replace(target)
        except OSError:
            if old.exists():
                old.replace(target)
            raise
    return Path(path)


@contextlib.contextmanager
def _beside(path: str | os.PathLike[str]) -> Generator[tuple[Path, Path]]:
    """Where a path really leads, and a folder beside it, on the same disk, that goes when the work is done."""
    try:
        target = _resolved(path)
        with tempfile.TemporaryDirectory(dir=target.parent, prefix=_PREFIX) as folder:
            yield target, Path(folder)
    except FileError:
        raise
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        hint = "Nothing was changed. See that the folder exists, has room and may be written to."
        raise FileError(str(path), f"cannot be written ({reason})", hint) from error


def _resolved(path: str | os.PathLike[str]) -> Path:
    # Path.resolve tells of a loop of links in one way or another, by the version of Python.
    target = Path(os.path.realpath(path))
    if target.is_symlink():
        raise FileError(str(path), "is a loop of links", "Choose another path.")
    return target
