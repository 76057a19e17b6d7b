"""Answers with several rows: sequences of records, and their data frames."""

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

# The columns of each type, by name; all others hold text.
_COLUMN_TYPES = {
    "category": ("measure", "area", "place", "kind", "status", "topic", "dimension", "unit"),
    "count": ("value", "male", "female", "low", "point", "high"),
    "day": ("start", "end", "known_from"),
    "share": ("share",),
}
_TYPE_OF_COLUMN = {name: kind for kind, names in _COLUMN_TYPES.items() for name in names}

# Int64 and string are nullable; the integers of NumPy hold no missing value.
_PANDAS_TYPES = {"category": "category", "count": "Int64", "day": "datetime64[s]", "share": "float64", "text": "string"}


@attrs.frozen(kw_only=True)
class Rows(Sequence[T]):
    """A sequence of records in a fixed order; indexing and slicing go by position.

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
        selected: T | tuple[T, ...] = item_at(self.rows, index)
        return selected


def item_at(rows: tuple[Any, ...], index: SupportsIndex | slice) -> Any:
    """Return the row at a position, or the rows of a slice.

    Raises:
        IndexError: If there is no such position.
        TypeError: If the index is neither a position nor a slice.
    """
    try:
        return rows[index]
    except (IndexError, TypeError):
        raise
    # An __index__ of another library may raise anything.
    except Exception as error:
        msg = f"a position is a whole number, or a slice between two, not {kind_of(index)}"
        raise TypeError(msg) from error


class Frames(abc.ABC):
    """An answer whose rows can be had as a data frame.

    A subclass defines ``records``, and names their columns in ``COLUMNS``.
    """

    __slots__ = ()

    COLUMNS: ClassVar[tuple[str, ...]]

    @abc.abstractmethod
    def records(self) -> list[dict[str, Any]]:
        """Return the rows as plain values, ready for JSON or a data frame."""

    def to_pandas(self) -> pd.DataFrame:
        """Return a new pandas data frame: nullable integers, categories, days as datetimes, text as strings.

        Raises:
            MissingExtraError: If pandas is not installed.
        """
        library = _import_library("pandas")
        frame: pd.DataFrame = library.DataFrame(
            {
                name: library.Series(values, dtype=_PANDAS_TYPES[column_type(name)])
                for name, values in self._columns().items()
            }
        )
        return frame

    def to_polars(self) -> pl.DataFrame:
        """Return a new polars data frame: integers, categories, dates, text.

        Raises:
            MissingExtraError: If polars is not installed.
        """
        library = _import_library("polars")
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
        """Return a new Arrow table: integers, dictionaries, dates, text.

        Raises:
            MissingExtraError: If pyarrow is not installed.
        """
        library = _import_library("pyarrow", "arrow")
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
            name: [_to_date(row[name]) if column_type(name) == "day" else row[name] for row in records]
            for name in self.COLUMNS
        }


def column_type(name: str) -> str:
    """Tell what a column of this name holds: ``category``, ``count``, ``day``, ``share`` or ``text``."""
    return _TYPE_OF_COLUMN.get(name, "text")


def _to_date(text: str | None) -> dt.date | None:
    return None if text is None else dt.date.fromisoformat(text)


def _import_library(name: str, extra: str | None = None) -> Any:
    """Import an optional library, or say how to install it."""
    try:
        return importlib.import_module(name)  # noqa: TID251 -- three names, all ours
    except ModuleNotFoundError as error:
        # The library is installed, but something that it needs itself is not.
        if error.name != name:
            raise
        raise MissingExtraError(name, extra or name) from None
