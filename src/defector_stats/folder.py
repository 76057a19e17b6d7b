"""Reading a Data Package folder that is not ours: whole, by the rules, or not at all."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import cast

from defector_stats.errors import DataError
from defector_stats.package import DESCRIPTOR, REQUIRED, Tables, columns
from defector_stats.rules import UNWRITABLE, check

TYPE_CHECKING = False
if TYPE_CHECKING:
    import os
    from typing import Any

    from defector_stats.log import Row


def read(folder: str | os.PathLike[str]) -> Tables:
    """Read and check the files that ``datapackage.json`` lists.

    Raises:
        DataError: If a file is missing, cannot be read, or breaks a rule.
    """
    root = Path(folder)
    descriptor = _descriptor(root)
    paths = _resources(descriptor)
    tables = {name: _table(root, path, name) for name, path in paths.items()}
    check(tables, {name: Path(path).name for name, path in paths.items()})
    return Tables(tables, descriptor, root)


def _descriptor(root: Path) -> dict[str, Any]:
    try:
        descriptor: Any = json.loads(_text(root, DESCRIPTOR))
    except json.JSONDecodeError as error:
        raise DataError(f"it is not JSON: {error.msg}", DESCRIPTOR, error.lineno) from None
    except RecursionError:
        raise DataError("it is nested too deeply", DESCRIPTOR) from None
    found = _mapping(descriptor)
    if not isinstance(found.get("resources"), list):
        raise DataError("it has no list of resources", DESCRIPTOR, column="resources")
    if not isinstance(found.get("version"), str):
        raise DataError("it has no version", DESCRIPTOR, column="version")
    if UNWRITABLE.search(found["version"]):
        raise DataError("the version holds a control character", DESCRIPTOR, column="version")
    return found


def _mapping(value: object) -> dict[str, Any]:
    """The value if it is a JSON object, else an empty one."""
    return cast("dict[str, Any]", value) if isinstance(value, dict) else {}


def _resources(descriptor: dict[str, Any]) -> dict[str, str]:
    """The path of each table, by name."""
    found: dict[str, str] = {}
    for resource in descriptor["resources"]:
        described = _mapping(resource)
        name, path = described.get("name"), described.get("path")
        if not isinstance(name, str) or not isinstance(path, str):
            raise DataError("a resource needs one name and one path", DESCRIPTOR, column="resources")
        if name in found:
            raise DataError(f"the resource {name!r} is listed twice", DESCRIPTOR, column="resources")
        if Path(path).is_absolute() or ".." in Path(path).parts:
            raise DataError(f"the path {path!r} leaves the folder", DESCRIPTOR, column="path")
        found[name] = path
    for name in REQUIRED:
        if name not in found:
            raise DataError(f"the resource {name!r} is missing", DESCRIPTOR, column="resources")
    return found


def _text(root: Path, path: str) -> str:
    """The text of a file inside the folder."""
    name = Path(path).name
    try:
        inside = (root / path).resolve().is_relative_to(root.resolve())
        raw = (root / path).read_bytes() if inside else b""
    except (OSError, ValueError) as error:
        raise DataError(f"the file cannot be read ({type(error).__name__})", name) from None
    if not inside:
        raise DataError("the file is a link that leaves the folder", name)
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError as error:
        raise DataError("the file is not UTF-8", name, raw[: error.start].count(b"\n") + 1) from None
    if text.startswith("\ufeff"):
        raise DataError("the file begins with a byte-order mark; save it as plain UTF-8", name, 1)
    return text


def _table(root: Path, path: str, name: str) -> list[Row]:
    text = _text(root, path)
    file = Path(path).name
    lines = csv.reader(io.StringIO(text), strict=True)
    rows: list[Row] = []
    try:
        no_header: list[str] = []
        _check_header(next(lines, no_header), name, file)
        width = len(columns(name))
        for number, row in enumerate(lines, start=2):
            if lines.line_num != number:
                raise DataError("a field holds a line break", file, number)
            if UNWRITABLE.search("".join(row)):
                raise DataError("a field holds a control character", file, number)
            if len(row) != width:
                raise DataError(f"the row has {len(row)} fields, expected are {width}", file, number)
            rows.append(row)
    except csv.Error as error:
        raise DataError(f"it is not CSV: {error}", file, lines.line_num) from None
    if not text.endswith("\n"):
        raise DataError("the last line does not end; the file may be cut off", file, lines.line_num)
    return rows


def _check_header(header: list[str], name: str, file: str) -> None:
    expected = columns(name)
    if len(header) == 1 and ";" in header[0]:
        raise DataError("the fields are separated by semicolons; save it with commas", file, 1)
    for column in expected:
        if column not in header:
            raise DataError("the column is missing", file, 1, column)
    for column in header:
        if column not in expected:
            raise DataError("the column is not known here", file, 1, column)
    if header != list(expected):
        raise DataError(f"the columns must be, in this order: {', '.join(expected)}", file, 1)
