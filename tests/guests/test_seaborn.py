"""seaborn: charts of a frame."""

import pytest

from defector_stats import observations, series

seaborn = pytest.importorskip("seaborn")
pyplot = pytest.importorskip("matplotlib.pyplot")
pytest.importorskip("pandas")


def test_bars_of_series(axes):
    seaborn.barplot(series(start=2020).to_pandas(), x="year", y="value", ax=axes)

    assert [bar.get_height() for bar in axes.patches] == [229, 63, 67, 196, 236, 223]


def test_legend_names_only_places_that_are_shown(axes):
    panel = observations("refugees", areas=["GBR", "DEU"], frequency="year").to_pandas()
    seaborn.lineplot(panel, x="year", y="value", hue="place", ax=axes)

    assert [text.get_text() for text in axes.get_legend().get_texts()] == ["United Kingdom", "Germany"]


def test_years_without_split_have_no_bar(axes):
    years = series(start=1998, end=2003)
    seaborn.barplot(years.to_pandas(), x="year", y="female", ax=axes)
    heights = [bar.get_height() for bar in axes.patches]

    assert None in {figure.female for figure in years}
    assert [height for height in heights if height > 0] == [figure.female for figure in years if figure.female]
