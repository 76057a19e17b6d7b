"""A sequence of records, the shape of every answer with several rows."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, SupportsIndex, TypeVar, overload

import attrs

from defector_stats.errors import kind_of

T = TypeVar("T")


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
        found: T | tuple[T, ...] = placed(self.rows, index)
        return found


def placed(rows: tuple[Any, ...], index: SupportsIndex | slice) -> Any:
    """What stands at a position, or in a slice.

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
