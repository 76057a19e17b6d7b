"""A sequence of records, the shape of every answer with several rows."""

from __future__ import annotations

from collections.abc import Sequence
from typing import SupportsIndex, TypeVar, overload

import attrs

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
        return self.rows[index]
