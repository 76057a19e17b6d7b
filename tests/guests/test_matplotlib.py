"""matplotlib: columns of a frame, those with gaps as floats."""

import math

import pytest

from defector_stats import series

pyplot = pytest.importorskip("matplotlib.pyplot")
pytest.importorskip("pandas")


def test_bars_of_complete_column(axes):
    frame = series(start=2020).to_pandas()

    assert [bar.get_height() for bar in axes.bar(frame["year"], frame["value"])] == [229, 63, 67, 196, 236, 223]


def test_gaps_need_floats(axes):
    """The recipe of frames.md is needed, and is enough."""
    frame = series().to_pandas()
    missing = int(frame["female"].isna().sum())

    assert missing > 0
    with pytest.raises(TypeError):
        axes.bar(frame["year"], frame["female"])
    bars = axes.bar(frame["year"], frame.astype({"female": "float64"})["female"])
    heights = [bar.get_height() for bar in bars]
    assert sum(map(math.isnan, heights)) == missing
    assert heights[-2:] == [210, 198]


def test_plot_of_frame(axes):
    series(start=2020).to_pandas().set_index("year")["female"].plot.bar(ax=axes)

    assert [bar.get_height() for bar in axes.patches] == [157, 23, 32, 164, 210, 198]
    assert [text.get_text() for text in axes.get_xticklabels()][-1] == "2025"
