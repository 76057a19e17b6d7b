"""Answers with several rows: sequences of records, which are tables and data frames too."""

from __future__ import annotations

import datetime as dt
import importlib
from collections.abc import Iterator, Sequence
from typing import Any, ClassVar, Self, SupportsIndex, TypeVar, cast, overload

import attrs

from defector_stats import _model as hints
from defector_stats._model.plain import flat
from defector_stats.errors import MissingExtraError, kind_of

T = TypeVar("T")

# The columns of each type, by name; all others hold text.
_COLUMN_TYPES = {
    "category": ("measure", "area", "place", "kind", "status", "topic", "dimension", "unit"),
    "count": ("value", "male", "female", "low", "point", "high"),
    "day": ("start_date", "end_date", "known_from"),
    "flag": ("computed",),
    "share": ("share",),
}
_TYPE_OF_COLUMN = {name: kind for kind, names in _COLUMN_TYPES.items() for name in names}

# Int64 and string are nullable; the integers of NumPy hold no missing value.
_PANDAS_TYPES = {
    "category": "category",
    "count": "Int64",
    "day": "datetime64[s]",
    "flag": "boolean",
    "share": "float64",
    "text": "string",
}


class Rows(Sequence[T]):
    """Several records in a fixed order: a sequence, a small table as text, and a data frame.

    Indexing goes by position, and a slice is of the same class.
    """

    __slots__ = ()

    COLUMNS: ClassVar[tuple[str, ...]]
    """The names of the columns of the table and of the data frames, in order."""
    NOUNS: ClassVar[tuple[str, str]]
    """What one row and several rows are called."""

    rows: tuple[T, ...]
    """The records themselves, as a tuple."""

    def __len__(self) -> int:
        return len(self.rows)

    def __iter__(self) -> Iterator[T]:
        return iter(self.rows)

    @overload
    def __getitem__(self, index: SupportsIndex) -> T: ...
    @overload
    def __getitem__(self, index: slice) -> Self: ...
    def __getitem__(self, index: SupportsIndex | slice) -> T | Self:
        found: Any = _take(self.rows, index)
        return self._part(found) if isinstance(index, slice) else found

    def _part(self, rows: tuple[T, ...]) -> Self:
        """Return some of the rows as an answer of the same class."""
        whole: Any = self
        part: Self = attrs.evolve(whole, rows=rows)
        return part

    def records(self) -> list[dict[str, Any]]:
        """Return the rows as plain values, ready for JSON or a data frame.

        Returns:
            A new list of new dictionaries, as ``record()`` of each row gives them,
            but with sources as text and without inputs, so that each cell is one value.
        """
        rows: tuple[Any, ...] = self.rows
        return [flat(row.record()) for row in rows]

    def __repr__(self) -> str:
        return f"<{type(self).__name__}: {self._count()}>"

    def __rich_repr__(self) -> Iterator[object]:
        yield self._count()

    def _count(self) -> str:
        """Say how many rows there are, and of which kind."""
        one, several = self.NOUNS
        return f"{len(self)} {one if len(self) == 1 else several}"

    def __str__(self) -> str:
        from defector_stats._model.shown import text

        return text(self)

    def _repr_html_(self) -> str:
        from defector_stats._model.shown import html

        return html(self)

    def to_pandas(self) -> hints.PandasFrame:
        """Return a new pandas data frame: nullable integers, categories, days as datetimes, text as strings.

        Raises:
            MissingExtraError: If pandas is not installed.
        """
        library = _import_library("pandas")
        frame: hints.PandasFrame = library.DataFrame(
            {
                name: library.Series(values, dtype=_PANDAS_TYPES[column_type(name)])
                for name, values in self._columns().items()
            }
        )
        return frame

    def to_polars(self) -> hints.PolarsFrame:
        """Return a new polars data frame: integers, categories, dates, text.

        Raises:
            MissingExtraError: If polars is not installed.
        """
        library = _import_library("polars")
        types = {
            "category": library.Categorical,
            "count": library.Int64,
            "day": library.Date,
            "flag": library.Boolean,
            "share": library.Float64,
            "text": library.String,
        }
        frame: hints.PolarsFrame = library.DataFrame(
            self._columns(), schema={name: types[column_type(name)] for name in self.COLUMNS}
        )
        return frame

    def to_arrow(self) -> hints.ArrowTable:
        """Return a new Arrow table: integers, dictionaries, dates, text.

        Raises:
            MissingExtraError: If pyarrow is not installed.
        """
        library = _import_library("pyarrow", "arrow")
        types = {
            "category": library.dictionary(library.int32(), library.string()),
            "count": library.int64(),
            "day": library.date32(),
            "flag": library.bool_(),
            "share": library.float64(),
            "text": library.string(),
        }
        fields = [(name, types[column_type(name)]) for name in self.COLUMNS]
        table: hints.ArrowTable = library.table(self._columns(), schema=library.schema(fields))
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
        """Return the values by column, one in each cell."""
        records = [flat(record) for record in self.records()]
        return {name: [_cell(name, record[name]) for record in records] for name in self.COLUMNS}


def column_type(name: str) -> str:
    """Tell what a column of this name holds: ``category``, ``count``, ``day``, ``flag``, ``share`` or ``text``."""
    return _TYPE_OF_COLUMN.get(name, "text")


def _take(rows: tuple[Any, ...], index: SupportsIndex | slice) -> Any:
    """Return the row at a position, or the rows of a slice.

    Raises:
        IndexError: If there is no such position.
        TypeError: If the index is neither a position nor a slice.
    """
    try:
        return rows[index]
    except (IndexError, TypeError, ValueError):
        raise
    # An __index__ of another library may raise anything.
    except Exception as error:
        msg = f"a position is a whole number, or a slice between two, not {kind_of(index)}"
        raise TypeError(msg) from error


def _cell(column: str, value: Any) -> Any:
    """Return a value as a frame holds it: a day as a date, a list as text."""
    if column_type(column) == "day" and value is not None:
        return dt.date.fromisoformat(value)
    return "; ".join(cast("list[str]", value)) if isinstance(value, list) else value


def _import_library(name: str, extra: str | None = None) -> Any:
    """Import an optional library, or say how to install it."""
    try:
        return importlib.import_module(name)  # noqa: TID251 -- three names, all ours
    except ModuleNotFoundError as error:
        # The library is installed, but something that it needs itself is not.
        if error.name != name:
            raise
        raise MissingExtraError(name, extra or name) from None
