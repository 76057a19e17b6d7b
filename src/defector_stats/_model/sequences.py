"""The base class of answers with several rows: sequences that are also tables and data frames."""

from __future__ import annotations

import datetime as dt
import importlib
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, ClassVar, Self, SupportsIndex, TypeVar, cast, get_args, overload

import attrs

from defector_stats import _model as hints
from defector_stats._model.plain import flat
from defector_stats._model.vocabulary import (
    DIMENSIONS,
    MEASURE_KINDS,
    PUBLISHED_BASES,
    STATUSES,
    TOPICS,
    VERDICTS,
    Frequency,
)
from defector_stats.errors import MissingExtraError, kind_of

T = TypeVar("T")

# The fixed words of some columns, the same in every catalogue; those of `status` are ordered.
_CLOSED: dict[str, tuple[str, ...]] = {
    "frequency": get_args(Frequency),
    "kind": MEASURE_KINDS,
    "status": STATUSES,
    "topic": tuple(TOPICS),
    "dimension": DIMENSIONS,
    "verdict": VERDICTS,
    "published_basis": PUBLISHED_BASES,
}
_ORDERED = "status"
# The columns of each type, by name; all others hold text.
_COLUMN_TYPES = {
    # The names of places are text: as categories, all of them would fill the legend of a chart.
    "category": ("measure", "area", *_CLOSED),
    "count": ("year", "value", "male", "female", "low", "point", "high", "sample_size"),
    "day": ("start_date", "end_date", "known_from", "reviewed"),
    "flag": ("computed",),
    "share": ("share",),
}
_TYPE_OF_COLUMN = {name: kind for kind, names in _COLUMN_TYPES.items() for name in names}

# Categories have types of their own. Int64 and string are nullable; the integers of NumPy have no missing value.
_PANDAS_TYPES = {
    "count": "Int64",
    "day": "datetime64[s]",
    "flag": "boolean",
    "share": "float64",
    "text": "string",
}


@attrs.frozen(kw_only=True)
class Imprint:
    """What is true of all rows of a catalogue: edition, compilers, credits and licences."""

    edition: str
    """The edition of the data."""
    compilers: str
    """The compilers of the data."""
    credits: dict[str, str]
    """The attribution of each measure, by id."""
    licences: tuple[tuple[str, str], ...]
    """The licences, each with its id and title, that of the compilation first."""
    places: dict[str, str]
    """The names of the areas, by code."""

    def licence(self, attribution: str) -> str:
        """Return the ids of the licences of rows: that of the compilation, and those named in their attribution."""
        named = (name for name, title in self.licences[1:] if title and title in attribution)
        return "; ".join([*(name for name, _ in self.licences[:1]), *named])


@attrs.frozen(kw_only=True, repr=False)
class Rows(Sequence[T]):
    """A sequence of records, which prints as a table and converts to data frames.

    Indexing goes by position, and a slice has the same class.
    """

    # The words and the types of columns that differ from those of other answers, by name.
    _FIXED: ClassVar[dict[str, tuple[str, ...]]] = {}
    _TYPES: ClassVar[dict[str, str]] = {}

    COLUMNS: ClassVar[tuple[str, ...]]
    """The names of the columns of the table and of the data frames, in order."""
    NOUNS: ClassVar[tuple[str, str]]
    """The words for one row and for several rows."""

    rows: tuple[T, ...]
    """The records themselves, as a tuple."""
    # Rows that a user puts together belong to no catalogue.
    _imprint: Imprint | None = attrs.field(default=None, alias="imprint", eq=False)

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
            A new list with the ``record()`` of each row as a new dictionary,
            but with sources as text and without inputs, so that each cell is one value.
        """
        rows: tuple[Any, ...] = self.rows
        return self._with_place(flat(row.record()) for row in rows)

    def _with_place(self, records: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
        """Return records with the name of the area after its code, if the columns have one."""
        if "place" not in self.COLUMNS:
            return [*records]
        places = self._imprint.places if self._imprint else {}
        return [
            {name: places.get(row["area"]) if name == "place" else row[name] for name in self.COLUMNS}
            for row in records
        ]

    @property
    def metadata(self) -> dict[str, str]:
        """The ``edition``, ``attribution`` and ``licence`` of the rows, and ``as_of`` if a date was given.

        Data frames of pandas keep it in ``attrs``, and Arrow tables in the metadata of their schema.
        It is empty for rows that do not come from a catalogue.
        """
        if self._imprint is None:
            return {}
        attribution = " ".join(dict.fromkeys(self._credits(self._imprint)))
        as_of: str | None = getattr(self, "as_of", None)
        return {
            "edition": self._imprint.edition,
            "attribution": attribution,
            "licence": self._imprint.licence(attribution),
            **({} if as_of is None else {"as_of": as_of}),
        }

    def _credits(self, imprint: Imprint) -> Iterable[str]:
        """Return the attribution of the rows: that of their measure, or the compilers."""
        measure = getattr(self, "measure", None)
        return [imprint.compilers if measure is None else measure.attribution]

    def __repr__(self) -> str:
        return f"<{type(self).__name__}: {self._count()}>"

    def __rich_repr__(self) -> Iterator[object]:
        yield self._count()

    def _count(self) -> str:
        """Return the number and the kind of the rows, in words."""
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

        A category lists all words that its column may hold, so that concatenated frames keep it;
        `metadata` is in ``attrs``.

        Raises:
            MissingExtraError: If pandas is not installed.
        """
        library = _import_library("pandas")
        columns = self._columns()
        words = self._words(columns)
        types: dict[str, Any] = {
            name: library.CategoricalDtype(words[name], ordered=name == _ORDERED)
            if name in words
            else _PANDAS_TYPES[self._type(name)]
            for name in columns
        }
        frame: hints.PandasFrame = library.DataFrame(
            {name: library.Series(values, dtype=types[name]) for name, values in columns.items()}
        )
        frame.attrs.update(self.metadata)
        return frame

    def to_polars(self) -> hints.PolarsFrame:
        """Return a new polars data frame: integers, categories, dates, text.

        Polars cannot store `metadata` in a frame: pass it to ``write_parquet``.

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
        columns = self._columns()
        schema: dict[str, Any] = {name: types[self._type(name)] for name in columns}
        # Enums with different words cannot be concatenated, and catalogues have different measures and areas.
        schema |= {name: library.Enum(words) for name, words in self._words(columns).items() if name in _CLOSED}
        frame: hints.PolarsFrame = library.DataFrame(columns, schema=schema)
        return frame

    def to_arrow(self) -> hints.ArrowTable:
        """Return a new Arrow table: integers, dictionaries, dates, text; `metadata` is in its schema.

        Raises:
            MissingExtraError: If pyarrow is not installed.
        """
        library = _import_library("pyarrow", "arrow")
        types = {
            "count": library.int64(),
            "day": library.date32(),
            "flag": library.bool_(),
            "share": library.float64(),
            "text": library.string(),
        }
        columns = self._columns()
        words = self._words(columns)
        arrays: dict[str, Any] = {}
        for name, values in columns.items():
            if name in words:
                codes = {word: code for code, word in enumerate(words[name])}
                arrays[name] = library.DictionaryArray.from_arrays(
                    library.array([codes[value] for value in values], "int32"),
                    library.array(words[name], "string"),
                    ordered=name == _ORDERED,
                )
            else:
                arrays[name] = library.array(values, types[self._type(name)])
        table: hints.ArrowTable = library.table(arrays).replace_schema_metadata(self.metadata)
        return table

    def __arrow_c_stream__(self, requested_schema: object | None = None) -> object:
        """Return the rows through the Arrow PyCapsule interface, for libraries that support it.

        Raises:
            MissingExtraError: If pyarrow is not installed.
        """
        table: Any = self.to_arrow()  # the stubs of pyarrow leave this method untyped
        stream: object = table.__arrow_c_stream__(requested_schema)
        return stream

    def _columns(self) -> dict[str, list[Any]]:
        """Return the values of each column, one for each row."""
        records = [flat(record) for record in self.records()]
        return {name: [_cell(name, record[name]) for record in records] for name in self.COLUMNS}

    def _type(self, column: str) -> str:
        return self._TYPES.get(column) or column_type(column)

    def _words(self, columns: dict[str, list[Any]]) -> dict[str, list[str]]:
        """Return the words of each category: all known ones, then any others that occur in the rows."""
        known: dict[str, Iterable[str]] = {**_CLOSED, **self._FIXED}
        if self._imprint is not None:
            known |= {"measure": self._imprint.credits, "area": self._imprint.places}
        return {
            name: [*dict.fromkeys([*known.get(name, ()), *values])]
            for name, values in columns.items()
            if column_type(name) == "category"
        }


# Classes in other modules inherit this field, so its type must not depend on their names.
attrs.resolve_types(Rows)


def column_type(name: str) -> str:
    """Return the type of a column: ``category``, ``count``, ``day``, ``flag``, ``share`` or ``text``."""
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
    # The __index__ of another library may raise anything.
    except Exception as error:
        msg = f"indices must be integers or slices, not {kind_of(index)}"
        raise TypeError(msg) from error


def _cell(column: str, value: Any) -> Any:
    """Return a value as a data frame holds it: a day as a date, a list as text."""
    if column_type(column) == "day" and value is not None:
        return dt.date.fromisoformat(value)
    return "; ".join(cast("list[str]", value)) if isinstance(value, list) else value


def _import_library(name: str, extra: str | None = None) -> Any:
    """Import an optional library; if it is missing, raise an error that says how to install it."""
    try:
        return importlib.import_module(name)  # noqa: TID251 -- three names, all ours
    except ModuleNotFoundError as error:
        # The library is installed, but something that it needs itself is not.
        if error.name != name:
            raise
        raise MissingExtraError(name, extra or name) from None
