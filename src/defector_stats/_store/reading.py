"""Read and validate a user's Data Package folder."""

from __future__ import annotations

import csv
import functools
import io
import json
import os
import stat
from pathlib import Path, PureWindowsPath

from defector_stats._model.dates import last_day
from defector_stats._model.paths import as_path
from defector_stats._store.rules import blank, check, hidden
from defector_stats._store.schema import columns
from defector_stats._store.tables import DESCRIPTOR, REQUIRED, Tables
from defector_stats.errors import DataError, short_repr

TYPE_CHECKING = False
if TYPE_CHECKING:
    from _csv import Reader
    from collections.abc import Iterable, Iterator
    from typing import Any, TypeGuard

    from defector_stats._store.history import Row

# Hundreds of times the bundled data, and small enough for any machine.
_MAX_BYTES = 64 * 2**20
_MAX_DESCRIPTOR_BYTES = 2**20
_MAX_LEVELS = 100
_MAX_VERSION_LENGTH = 60  # repeated in every row of an export
_MAX_NAME_LENGTH = 255  # the limit of most systems for the name of a file
_DAY = len("2026-11-23")
_TOO_DEEP = "it is nested too deeply"
# The dialect of the files, in the words of the standard, whose defaults are the same.
_DIALECT = {
    "delimiter": ",", "quoteChar": '"', "doubleQuote": True, "escapeChar": None, "skipInitialSpace": False,
    "nullSequence": None, "commentChar": None, "commentRows": None, "header": True, "headerRows": [1],
}  # fmt: skip


class Folder:
    """The files of a folder, up to a total size.

    Args:
        root: The path of the folder.
    """

    def __init__(self, root: Path) -> None:
        self._root = root
        self._left = _MAX_BYTES

    @functools.cached_property
    def _home(self) -> Path:
        """The path of the folder without links; a loop of links is reported when a file is read."""
        return self._root.resolve()

    def text(self, path: str, most: int = _MAX_BYTES) -> str:
        """Return the text of a file.

        Raises:
            DataError: If it is not a regular file inside the folder, is too large, or is not UTF-8.
        """
        name = Path(path).name
        try:
            raw = self._bytes(path, name, most)
        except DataError:
            raise
        # A loop of links is a RuntimeError before Python 3.13.
        except (OSError, ValueError, RuntimeError) as error:
            raise DataError(f"the file cannot be read ({type(error).__name__})", name) from None
        try:
            # Spreadsheets may begin a file with a byte-order mark, which is not part of the text.
            return raw.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            raise DataError("the file is not UTF-8", name, raw[: error.start].count(b"\n") + 1) from None

    def _bytes(self, path: str, name: str, most: int) -> bytes:
        file = (self._home / path).resolve()
        if not file.is_relative_to(self._home):
            raise DataError("the file is a link that leaves the folder", name)
        _check_plain(file.stat(), name)
        with open(file, "rb", opener=_open) as stream:
            # The file may have been replaced since the check.
            found = os.fstat(stream.fileno())
            _check_plain(found, name)
            self._left -= found.st_size
            if self._left < 0:
                raise DataError(f"the files are larger than {_MAX_BYTES // 2**20} MiB in all", name)
            if found.st_size > most:
                raise DataError(f"it is larger than {most // 2**20} MiB", name)
            return stream.read(found.st_size)


def _open(path: str, flags: int) -> int:
    """Open a file without following links or waiting for a pipe."""
    return os.open(path, flags | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0))


def _check_plain(found: os.stat_result, name: str) -> None:
    # Opening a pipe would block, and a device might never end.
    if not stat.S_ISREG(found.st_mode):
        raise DataError("it is not a plain file", name)


def read(folder: str | os.PathLike[str]) -> Tables:
    """Read and check the files that ``datapackage.json`` lists.

    Raises:
        InvalidValueError: If the folder is not a path.
        DataError: If a file is missing, cannot be read, or breaks a rule.
    """
    root = as_path(folder)
    files = Folder(root)
    descriptor = _descriptor(files)
    paths = _resources(descriptor)
    _check_described(descriptor["resources"])
    tables = {name: _table(files, path, name) for name, path in paths.items()}
    check(tables, {name: Path(path).name for name, path in paths.items()})
    return Tables(tables, descriptor, root)


def _descriptor(files: Folder) -> dict[str, Any]:
    text = files.text(DESCRIPTOR, _MAX_DESCRIPTOR_BYTES)
    try:
        descriptor: Any = json.loads(text, object_pairs_hook=_once)
    except DataError:
        raise
    except json.JSONDecodeError as error:
        raise DataError(f"it is not JSON: {error.msg}", DESCRIPTOR, error.lineno) from None
    except ValueError:
        raise DataError("it contains a number with thousands of digits", DESCRIPTOR) from None
    except RecursionError:
        raise DataError(_TOO_DEEP, DESCRIPTOR) from None
    _check_content(descriptor)
    found = _mapping(descriptor)
    _check_entries(found)
    return found


def _check_entries(found: dict[str, Any]) -> None:
    """Refuse a descriptor without a required entry, or with an invalid version, licence, contributor, source or day."""
    if not isinstance(found.get("resources"), list):
        raise DataError("it has no list of resources", DESCRIPTOR, column="resources")
    if not isinstance(found.get("version"), str):
        raise DataError("it has no version", DESCRIPTOR, column="version")
    version = found["version"]
    if len(version) > _MAX_VERSION_LENGTH or blank(version) or hidden(version):
        rule = f"the version is not one visible line of up to {_MAX_VERSION_LENGTH} characters"
        raise DataError(rule, DESCRIPTOR, column="version")
    for entry, word in (("licenses", "licences"), ("sources", "sources"), ("contributors", "contributors")):
        if not _is_list_of_objects(found.get(entry, [])):
            raise DataError(f"the {word} are not a list of objects", DESCRIPTOR, column=entry)
    if "created" in found and not _is_day(found["created"]):
        raise DataError("the date of creation is not an ISO day", DESCRIPTOR, column="created")


def _is_list_of_objects(value: object) -> bool:
    return _is_list(value) and all(map(_is_object, value))


def _is_day(value: object) -> bool:
    """Return whether a value is text that begins with an ISO day."""
    try:
        return isinstance(value, str) and len(value) >= _DAY and bool(last_day(value[:_DAY]))
    except ValueError:
        return False


def _check_content(descriptor: object) -> None:
    """Refuse content that could not be written to JSON again."""
    level = [descriptor]
    for _ in range(_MAX_LEVELS):
        level = [child for entry in level for child in _children(entry)]
    if level:
        raise DataError(_TOO_DEEP, DESCRIPTOR)
    try:
        text = json.dumps(descriptor, ensure_ascii=False, allow_nan=False)
    except ValueError:
        raise DataError("it contains NaN or Infinity, which JSON does not allow", DESCRIPTOR) from None
    if found := hidden(text):
        raise DataError(f"it contains {found}, which is not allowed", DESCRIPTOR)


def _once(pairs: list[tuple[str, object]]) -> dict[str, object]:
    """Return a JSON object, and refuse repeated keys."""
    found: dict[str, object] = {}
    for key, value in pairs:
        if key in found:
            raise DataError(f"the key {short_repr(key)} is repeated in one object", DESCRIPTOR)
        found[key] = value
    return found


def _children(value: object) -> Iterable[object]:
    return value if _is_list(value) else _mapping(value).values()


def _mapping(value: object) -> dict[str, Any]:
    """Return a JSON object as it is, and an empty one for any other value."""
    return value if _is_object(value) else {}


def _is_list(value: object) -> TypeGuard[list[object]]:
    return isinstance(value, list)


def _is_object(value: object) -> TypeGuard[dict[str, Any]]:
    return isinstance(value, dict)


def _resources(descriptor: dict[str, Any]) -> dict[str, str]:
    """Return the path of each table, by name."""
    found: dict[str, str] = {}
    for resource in descriptor["resources"]:
        described = _mapping(resource)
        name, path = described.get("name"), described.get("path")
        if not isinstance(name, str) or not isinstance(path, str):
            raise DataError("a resource needs one name and one path", DESCRIPTOR, column="resources")
        if name in found:
            raise DataError(f"the resource {short_repr(name)} is listed twice", DESCRIPTOR, column="resources")
        if not path or len(path) > _MAX_NAME_LENGTH or not path.isprintable():
            raise DataError(f"{short_repr(path)} is not the path of a file", DESCRIPTOR, column="path")
        # Windows also accepts POSIX paths, and a folder may be read on either system.
        given = PureWindowsPath(path)
        if given.anchor or ".." in given.parts:
            raise DataError(f"the path {short_repr(path)} leaves the folder", DESCRIPTOR, column="path")
        found[name] = path
    for name in REQUIRED:
        if name not in found:
            raise DataError(f"the resource {name!r} is missing", DESCRIPTOR, column="resources")
    return found


def _check_described(resources: list[dict[str, Any]]) -> None:
    """Refuse resources that describe their files wrongly."""
    for resource in resources:
        table = f"of {short_repr(resource['name'])}"
        if str(resource.get("encoding", "utf-8")).lower() not in ("utf-8", "utf8"):
            raise DataError(f"the encoding {table} is not UTF-8", DESCRIPTOR, column="encoding")
        dialect: object = resource.get("dialect", {})
        said = _mapping(dialect)
        if dialect != said or any(said.get(key, value) != value for key, value in _DIALECT.items()):
            raise DataError(f"the dialect {table} is not that of plain CSV", DESCRIPTOR, column="dialect")
        if "schema" in resource:
            fields = _mapping(resource["schema"]).get("fields")
            listed = fields if _is_list(fields) else []
            if [_mapping(entry).get("name") for entry in listed] != list(columns(resource["name"])):
                raise DataError(f"the schema {table} does not match its columns", DESCRIPTOR, column="schema")


def _table(files: Folder, path: str, name: str) -> list[Row]:
    text = files.text(path)
    file = Path(path).name
    lines = csv.reader(io.StringIO(text), strict=True)
    no_header: list[str] = []
    try:
        _check_header(next(lines, no_header), name, file)
        # A check of the whole file saves one of each row.
        clean = not hidden(text.replace("\n", ""))
        rows = list(_check_rows(lines, len(columns(name)), clean, file))
    except csv.Error as error:
        raise DataError(f"it is not CSV: {error}", file, lines.line_num) from None
    if not text.endswith("\n"):
        raise DataError("the file does not end with a newline; it may be truncated", file, lines.line_num)
    return rows


def _check_rows(lines: Reader, width: int, clean: bool, file: str) -> Iterator[Row]:  # noqa: FBT001
    """Yield the rows after the header, and refuse the first that is malformed."""
    for number, row in enumerate(lines, start=2):
        if lines.line_num != number:
            raise DataError("a field contains a line break", file, number)
        if not clean and (found := hidden("".join(row))):
            raise DataError(f"a field contains {found}, which is not allowed", file, number)
        if len(row) != width:
            raise DataError(f"the row has {len(row)} fields; expected {width}", file, number)
        yield row


def _check_header(header: list[str], name: str, file: str) -> None:
    expected = columns(name)
    if len(header) == 1 and ";" in header[0]:
        raise DataError("the fields are separated by semicolons; use commas", file, 1)
    for column in expected:
        if column not in header:
            raise DataError("the column is missing", file, 1, column)
    for column in header:
        if column not in expected:
            raise DataError("unknown column", file, 1, column)
    if header != list(expected):
        raise DataError(f"the columns must be, in this order: {', '.join(expected)}", file, 1)
