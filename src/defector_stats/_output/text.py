"""Answers as tables of plain text, for the command line and for `print`."""

from __future__ import annotations

from defector_stats._output.cells import Table, cells

# What a screen shows; whoever wants all rows asks for records or a frame.
_MAX_ROWS = 40
_MAX_CELL = 64  # characters
_RIGHT_ALIGNED = {"persons", "change", "male", "female", "share"}


def text(thing: object) -> str:
    """Return an answer with several rows as a table, or the beginning of one that is long."""
    table = cells(thing)
    left = len(table.rows) - _MAX_ROWS
    lines = format_table(Table(table.header, [tuple(map(_cut, row)) for row in table.rows[:_MAX_ROWS]]))
    return "\n".join([*lines, f"... and {left:,} more"] if left > 0 else lines)


def format_table(table: Table) -> list[str]:
    """Return the lines of a table with aligned columns, numbers to the right."""
    widths = [max(map(len, column)) for column in zip(table.header, *table.rows, strict=True)]
    sides = [str.rjust if name in _RIGHT_ALIGNED else str.ljust for name in table.header]
    return [
        "  ".join(side(cell, width) for side, cell, width in zip(sides, row, widths, strict=True)).rstrip()
        for row in (table.header, *table.rows)
    ]


def _cut(cell: str) -> str:
    """Return a cell, cut if it is long."""
    return cell if len(cell) <= _MAX_CELL else f"{cell[: _MAX_CELL - 1].rstrip()}…"
