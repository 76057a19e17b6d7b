"""Altair: charts of a frame, with the types of the columns found by themselves."""

import pytest

from defector_stats import observations, series

altair = pytest.importorskip("altair")
pytest.importorskip("pandas")


def encoding(chart):
    return {name: (channel["field"], channel["type"]) for name, channel in chart.to_dict()["encoding"].items()}


def test_chart_of_pandas_frame():
    chart = altair.Chart(series().to_pandas()).mark_bar().encode(x="start_date", y="value", color="status")
    (rows,) = chart.to_dict()["datasets"].values()

    assert encoding(chart) == {
        "x": ("start_date", "temporal"), "y": ("value", "quantitative"), "color": ("status", "ordinal"),
    }  # fmt: skip
    assert chart.to_dict()["encoding"]["color"]["sort"] == ["normal", "provisional", "low-reliability"]
    assert [row["value"] for row in rows][-2:] == [236, 223]
    assert rows[-1]["female"] == 198
    assert rows[0]["female"] is None


def test_chart_of_polars_frame():
    pytest.importorskip("polars")
    panel = observations("refugees", areas=["GBR", "DEU", "CAN"], frequency="year").to_polars()
    chart = altair.Chart(panel).mark_line().encode(x="year:O", y="value", color="place")

    assert encoding(chart) == {
        "x": ("year", "ordinal"), "y": ("value", "quantitative"), "color": ("place", "nominal"),
    }  # fmt: skip
