"""The history of a value: how it is drawn."""

import pytest

from defector_stats import revisions


def test_revisions_draw_themselves():
    pytest.importorskip("matplotlib")

    assert revisions(2025).plot().alt.startswith("Line chart. Arrivals in South Korea in 2025, as published: 224 on ")
