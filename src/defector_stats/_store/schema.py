"""The schema of every table, from the bundled `datapackage.json`."""

from __future__ import annotations

import functools
from typing import NamedTuple

from defector_stats._store.tables import bundled_descriptor

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

# Each measure has its own log, and all logs have the schema of this one.
_LOG = "arrivals"


class Column(NamedTuple):
    """The constraints on the values of one column."""

    name: str
    is_required: bool
    is_integer: bool
    words: tuple[str, ...]
    pattern: str
    maximum: int | None
    table: str  # the table that its values refer to, or empty


class Schema(NamedTuple):
    """The columns of a table, its unique columns, and its references to other tables."""

    columns: tuple[Column, ...]
    primary_key: tuple[str, ...]
    # Several columns, and the table that they refer to.
    joint_keys: tuple[tuple[tuple[str, ...], str], ...]

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the columns, in order."""
        return tuple(column.name for column in self.columns)


@functools.cache
def tables() -> tuple[str, ...]:
    """Return the names of all tables except the logs."""
    log = _names(_LOG)
    return tuple(name for name in _described() if _names(name) != log)


@functools.cache
def schema(name: str) -> Schema:
    """Return the schema of a table; any unknown name is taken for that of a log."""
    described = _described().get(name, _described()[_LOG])
    keys = [(tuple(key["fields"]), key["reference"]["resource"]) for key in described.get("foreignKeys", ())]
    referred = {fields[0]: table for fields, table in keys if len(fields) == 1}
    return Schema(
        columns=tuple(_column(field, referred.get(field["name"], "")) for field in described["fields"]),
        primary_key=tuple(described["primaryKey"]),
        joint_keys=tuple(key for key in keys if len(key[0]) > 1),
    )


def columns(name: str) -> tuple[str, ...]:
    """Return the names of the columns of a table."""
    return schema(name).names


def fields(name: str) -> dict[str, dict[str, Any]]:
    """Return the fields of the descriptor for the columns of a table, by name."""
    return {field["name"]: dict(field) for field in _described().get(name, _described()[_LOG])["fields"]}


@functools.cache
def _described() -> dict[str, Any]:
    """Return the schema of each resource in the descriptor, by name."""
    return {resource["name"]: resource["schema"] for resource in bundled_descriptor()["resources"]}


def _names(name: str) -> list[str]:
    return [field["name"] for field in _described()[name]["fields"]]


def _column(field: dict[str, Any], table: str) -> Column:
    constraints = field.get("constraints", {})
    return Column(
        name=field["name"],
        is_required=constraints.get("required", False),
        is_integer=field["type"] == "integer",
        words=tuple(constraints.get("enum", ())),
        pattern=constraints.get("pattern", ""),
        maximum=constraints.get("maximum"),
        table=table,
    )
