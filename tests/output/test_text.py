"""Answers as tables of plain text."""

import attrs
import pytest

from defector_stats import Areas, areas, sources
from defector_stats._output.cells import Table
from defector_stats._output.text import format_table, text


def test_numbers_stand_to_the_right():
    table = Table(("period", "persons", "status"), [("2019", "1,047", "normal"), ("2020", "229", "")])

    assert format_table(table) == ["period  persons  status", "2019      1,047  normal", "2020        229"]


def test_rows_have_a_cell_for_each_column():
    with pytest.raises(ValueError, match="zip"):
        format_table(Table(("period", "persons"), [("2019",)]))


@pytest.mark.parametrize(("rows", "last"), [(40, "shown"), (41, "... and 1 more"), (1040, "... and 1,000 more")])
def test_long_tables_are_cut(rows, last):
    area = areas()[0]
    lines = text(Areas(rows=(area,) * rows)).splitlines()

    assert lines[-1] == (f"{area.code}   {area.name}" if last == "shown" else last)
    assert len(lines) == (41 if last == "shown" else 42)


@pytest.mark.parametrize(
    ("publisher", "shown"), [("a" * 64, "a" * 64), ("a" * 65, f"{'a' * 63}…"), (f"{'a' * 62} bcd", f"{'a' * 62}…")]
)
def test_long_cells_are_cut(publisher, shown):
    one = attrs.evolve(sources()[:1], rows=(attrs.evolve(sources()[0], publisher=publisher),))

    assert text(one).splitlines()[1].endswith(f"  {shown}")
