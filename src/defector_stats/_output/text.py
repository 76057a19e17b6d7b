"""Answers as tables and bars of plain text, for the command line and for `print`."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from defector_stats._analysis.series import TimeSeries
    from defector_stats._output.cells import Table

# About a screen; records and data frames have all rows.
_MAX_ROWS = 40
_MAX_CELL = 64  # characters
_MAX_BAR = 60
_MARKS = {"provisional": "*", "low-reliability": "?"}
_RIGHT_ALIGNED = {"persons", "change", "male", "female", "share"}


def text(thing: object) -> str:
    """Return an answer with several rows as a table; a long table is cut."""
    from defector_stats._output.cells import cells

    table = cells(thing)
    left = len(table.rows) - _MAX_ROWS
    lines = format_table(table._replace(rows=[tuple(map(_cut, row)) for row in table.rows[:_MAX_ROWS]]))
    return "\n".join([*lines, f"... and {left:,} more"] if left > 0 else lines)


def format_table(table: Table) -> list[str]:
    """Return the lines of a table with aligned columns, those of numbers to the right."""
    widths = [max(map(len, column)) for column in zip(table.header, *table.rows, strict=True)]
    sides = [str.rjust if name in _RIGHT_ALIGNED else str.ljust for name in table.header]
    return [
        "  ".join(side(cell, width) for side, cell, width in zip(sides, row, widths, strict=True)).rstrip()
        for row in (table.header, *table.rows)
    ]


def draw_bars(series: TimeSeries, width: int) -> list[str]:
    """Return the figures as bars up to the width, with the gaps and a legend of the marks."""
    label = max((len(str(row.period)) for row in (*series, *series.gaps)), default=0)
    peak = max(series, default=0)
    digits = len(f"{peak:,}")
    room = max(1, min(_MAX_BAR, width - label - digits - 4))
    rows = {gap.period: f"{gap.period!s:>{label}}  {gap.reason}" for gap in series.gaps}
    for figure in series:
        head = f"{figure.period!s:>{label}}  {figure:>{digits},}{_MARKS.get(figure.status, ' ')}"
        rows[figure.period] = f"{head} {'█' * round(figure * room / (peak or 1))}".rstrip()
    seen = {figure.status for figure in series}
    legend = [f"{mark} {status.replace('-', ' ')}" for status, mark in _MARKS.items() if status in seen]
    return [*(rows[period] for period in sorted(rows)), *legend]


def _cut(cell: str) -> str:
    """Return a cell, shortened if it is long."""
    return cell if len(cell) <= _MAX_CELL else f"{cell[: _MAX_CELL - 1].rstrip()}…"
