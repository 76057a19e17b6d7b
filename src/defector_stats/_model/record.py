"""The base class of all records, with their short form and their plain values."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, ClassVar

import attrs

from defector_stats._model.period import Period

# The longest text that the short form shows in full, in characters.
_LONGEST = 40


class Record:
    """A record with fields, and a short form for prompts, notebooks and other libraries."""

    __slots__ = ()

    SHOWN: ClassVar[tuple[str, ...]]
    """The names of the fields that identify a record, which the short form shows."""

    def record(self) -> dict[str, Any]:
        """Return the fields as plain values, ready for JSON.

        Returns:
            A new dictionary, in which periods and days are text, sources are keys and other records are dictionaries.
        """
        from defector_stats._model.plain import plain

        kind: Any = type(self)
        return plain(self, *(field.name for field in attrs.fields(kind) if not field.name.startswith("_")))

    def __rich_repr__(self) -> Iterator[tuple[str, object]]:
        for name in self.SHOWN:
            yield name, shorten(getattr(self, name))

    def __repr__(self) -> str:
        return f"{type(self).__name__}({', '.join(f'{name}={value!r}' for name, value in self.__rich_repr__())})"

    def _repr_html_(self) -> str:
        from defector_stats._model.shown import html

        return html(self)


def shorten(value: Any) -> Any:
    """Return a value as the short form shows it: periods as text, long texts cut."""
    if isinstance(value, Period):
        return str(value)
    return f"{value[: _LONGEST - 1]}…" if isinstance(value, str) and len(value) > _LONGEST else value
