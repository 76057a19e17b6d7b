"""great_tables: a table of a frame for a page."""

import re

import pytest

from defector_stats import series

great_tables = pytest.importorskip("great_tables")


@pytest.mark.parametrize("library", ["pandas", "polars"])
def test_table_of_frame(library):
    pytest.importorskip(library)
    years = series(start=2024)
    frame = getattr(years, f"to_{library}")()[["year", "value", "female", "status"]]
    page = great_tables.GT(frame).tab_source_note(years.metadata["attribution"]).as_raw_html()

    assert re.findall(r"<td[^>]*gt_row[^>]*>([^<]*)</td>", page) == [
        "2024", "236", "210", "normal", "2025", "223", "198", "provisional",
    ]  # fmt: skip
    assert "Ministry of Unification" in page
