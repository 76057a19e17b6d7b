"""Sequences of records, the shape of every answer with several rows, and their frames."""

from __future__ import annotations

import abc
import datetime as dt
import importlib
from collections.abc import Sequence
from typing import Any, SupportsIndex, TypeVar, overload

import attrs

from defector_stats.errors import MissingExtraError, kind_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import ClassVar

    import pandas as pd
    import polars as pl
    import pyarrow as pa


T = TypeVar("T")

# What a column holds, by its name; all others hold text.
_KINDS = {
    "category": ("measure", "area", "place", "kind", "status", "topic", "dimension", "unit"),
    "count": ("value", "male", "female", "low", "point", "high"),
    "day": ("start", "end", "known_from"),
    "share": ("share",),
}
_KIND_OF = {name: kind for kind, names in _KINDS.items() for name in names}

_PANDAS = {"category": "category", "count": "Int64", "day": "datetime64[s]", "share": "float64", "text": "string"}


@attrs.frozen(kw_only=True)
class Rows(Sequence[T]):
    """Records in a fixed order; indexing and slicing go by position.

    Attributes:
        rows: The records.
    """

    rows: tuple[T, ...]

    def __len__(self) -> int:
        return len(self.rows)

    @overload
    def __getitem__(self, index: SupportsIndex) -> T: ...
    @overload
    def __getitem__(self, index: slice) -> tuple[T, ...]: ...
    def __getitem__(self, index: SupportsIndex | slice) -> T | tuple[T, ...]:
        found: T | tuple[T, ...] = item_at(self.rows, index)
        return found


def item_at(rows: tuple[Any, ...], index: SupportsIndex | slice) -> Any:
    """Return what stands at a position, or in a slice.

    Raises:
        IndexError: If there is no such position.
        TypeError: If it is no position, whatever it says of itself.
    """
    try:
        return rows[index]
    except (IndexError, TypeError):
        raise
    except Exception as error:
        msg = f"a position is a whole number, or a slice between two, not {kind_of(index)}"
        raise TypeError(msg) from error


class Frames(abc.ABC):
    """What has rows of plain values, and gives them as a data frame.

    A class that has ``records`` and names their columns in ``COLUMNS`` takes the methods from here.
    """

    __slots__ = ()

    COLUMNS: ClassVar[tuple[str, ...]]

    @abc.abstractmethod
    def records(self) -> list[dict[str, Any]]:
        """Return the rows as plain values, ready for JSON or a data frame."""

    def to_pandas(self) -> pd.DataFrame:
        """Return a fresh pandas frame: nullable integers, categories, days as datetimes, text as strings.

        Raises:
            MissingExtraError: If pandas is not installed.
        """
        library = _library("pandas")
        frame: pd.DataFrame = library.DataFrame(
            {name: library.Series(values, dtype=_PANDAS[column_type(name)]) for name, values in self._columns().items()}
        )
        return frame

    def to_polars(self) -> pl.DataFrame:
        """Return a fresh polars frame: integers, categories, dates, text.

        Raises:
            MissingExtraError: If polars is not installed.
        """
        library = _library("polars")
        types = {
            "category": library.Categorical,
            "count": library.Int64,
            "day": library.Date,
            "share": library.Float64,
            "text": library.String,
        }
        frame: pl.DataFrame = library.DataFrame(
            self._columns(), schema={name: types[column_type(name)] for name in self.COLUMNS}
        )
        return frame

    def to_arrow(self) -> pa.Table:
        """Return a fresh Arrow table: integers, dictionaries, dates, text.

        Raises:
            MissingExtraError: If pyarrow is not installed.
        """
        library = _library("pyarrow", "arrow")
        types = {
            "category": library.dictionary(library.int32(), library.string()),
            "count": library.int64(),
            "day": library.date32(),
            "share": library.float64(),
            "text": library.string(),
        }
        fields = [(name, types[column_type(name)]) for name in self.COLUMNS]
        table: pa.Table = library.table(self._columns(), schema=library.schema(fields))
        return table

    def __arrow_c_stream__(self, requested_schema: object | None = None) -> object:
        """Return the rows through the Arrow PyCapsule interface, for libraries that take any such object.

        Raises:
            MissingExtraError: If pyarrow is not installed.
        """
        table: Any = self.to_arrow()  # the stubs of pyarrow leave this method untyped
        stream: object = table.__arrow_c_stream__(requested_schema)
        return stream

    def _columns(self) -> dict[str, list[Any]]:
        """Return the values by column, with days as dates."""
        records = self.records()
        return {
            name: [_day(row[name]) if column_type(name) == "day" else row[name] for row in records]
            for name in self.COLUMNS
        }


def column_type(name: str) -> str:
    """Tell what a column of this name holds: ``category``, ``count``, ``day``, ``share`` or ``text``."""
    return _KIND_OF.get(name, "text")


def _day(text: str | None) -> dt.date | None:
    return None if text is None else dt.date.fromisoformat(text)


def _library(name: str, extra: str | None = None) -> Any:
    try:
        return importlib.import_module(name)  # noqa: TID251 -- three names, all ours
    except ModuleNotFoundError as error:
        if error.name != name:
            raise
        raise MissingExtraError(name, extra or name) from None
