"""plotly: charts of a frame."""

import pytest

from defector_stats import observations, series

express = pytest.importorskip("plotly.express")


@pytest.mark.parametrize("library", ["pandas", "polars"])
def test_bars_of_frame(library):
    pytest.importorskip(library)
    frame = getattr(series(start=2020), f"to_{library}")()
    figure = express.bar(frame, x="year", y="value", color="status")

    assert [(trace.name, [*trace.x], [*trace.y]) for trace in figure.data] == [
        ("normal", [2020, 2021, 2022, 2023, 2024], [229, 63, 67, 196, 236]),
        ("provisional", [2025], [223]),
    ]


def test_lines_of_panel():
    pytest.importorskip("pandas")
    panel = observations("refugees", areas=["GBR", "DEU"], frequency="year").to_pandas()
    figure = express.line(panel, x="year", y="value", color="place")

    assert {trace.name: max(trace.y) for trace in figure.data} == {"Germany": 276, "United Kingdom": 630}
