"""plotnine: charts of a frame."""

import pytest

from defector_stats import observations, series

plotnine = pytest.importorskip("plotnine")
pyplot = pytest.importorskip("matplotlib.pyplot")
pytest.importorskip("pandas")


@pytest.fixture(autouse=True)
def close():
    yield
    pyplot.close("all")


def columns(frame, x):
    """The heights of the columns that are drawn."""
    chart = plotnine.ggplot(frame, plotnine.aes(x, "value")) + plotnine.geom_col()
    (axes,) = chart.draw(show=False).axes
    return [path.get_extents().y1 for drawn in axes.collections for path in drawn.get_paths()]


def test_lines_of_panel(tmp_path):
    panel = observations("refugees", areas=["GBR", "DEU"], frequency="year").to_pandas()
    chart = plotnine.ggplot(panel, plotnine.aes("year", "value", colour="place")) + plotnine.geom_line()
    figure = chart.draw(show=False)
    texts = [text.get_text() for text in figure.findobj(pyplot.Text)]

    assert [max(line.get_ydata()) for line in figure.axes[0].get_lines()] == [276, 630]
    assert texts[:3] == ["place", "Germany", "United Kingdom"]
    chart.save(tmp_path / "chart.png", verbose=False)
    assert (tmp_path / "chart.png").read_bytes().startswith(b"\x89PNG")


@pytest.mark.parametrize("x", ["period", "start_date"])
def test_columns_of_series(x):
    assert columns(series(start=2020).to_pandas(), x) == [229, 63, 67, 196, 236, 223]


def test_columns_of_polars_frame():
    pytest.importorskip("polars")

    assert columns(series(start=2020).to_polars(), "year") == [229, 63, 67, 196, 236, 223]


def test_columns_by_year_need_plain_integers():
    """The recipe of frames.md is needed, and is enough."""
    frame = series(start=2020).to_pandas()
    with pytest.raises(TypeError):
        columns(frame, "year")

    assert columns(frame.astype({"year": "int64"}), "year") == [229, 63, 67, 196, 236, 223]
