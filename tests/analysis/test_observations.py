"""The panel: every figure of a measure in its areas."""

import pytest

from defector_stats import (
    InvalidPeriodError,
    Observations,
    UnknownNameError,
    arrivals,
    data_version,
    measures,
    observation,
    observations,
    series,
)


def test_all_areas_but_the_world(table):
    """The rows are those of the log; nobody is counted again in a sum of the world."""
    rows = table("refugees")
    panel = observations("refugees")

    assert isinstance(panel, Observations)
    assert len(panel) == len({(row["area"], row["period"]) for row in rows})
    assert {figure.area for figure in panel} == {row["area"] for row in rows}
    (refugees,) = [measure for measure in measures() if measure.id == "refugees"]
    assert "WLD" in refugees.areas
    assert [*dict.fromkeys(figure.area for figure in panel)] == [area for area in refugees.areas if area != "WLD"]
    assert (panel.measure, panel.edition) == (refugees, data_version())


def test_areas_by_name_in_the_order_asked():
    panel = observations("refugees", areas=["United Kingdom", "DE", "gbr"], frequency="year")

    assert [*dict.fromkeys(figure.area for figure in panel)] == ["GBR", "DEU"]
    assert tuple(panel) == (*series("refugees", area="GBR"), *series("refugees", area="DEU"))
    assert {figure.area for figure in observations("refugees", areas="Germany")} == {"DEU"}
    assert int(observations("refugees", areas="WLD")[-1]) == int(observation("refugees", 2025, area="WLD"))
    assert len(observations("refugees", areas=[])) == 0


def test_frequencies():
    quarters = observations("arrivals", frequency="Q")

    assert {figure.period.frequency for figure in quarters} == {"quarter"}
    assert tuple(quarters) == tuple(series(frequency="quarter"))
    kinds = {figure.period.frequency for figure in observations("arrivals")}
    assert {"year", "half", "quarter", "running-total", "span"} <= kinds


def test_panel_as_of():
    panel = observations("arrivals", frequency="year", as_of="2026-01-25")

    assert int(panel[-1]) == arrivals(2025, as_of="2026-01-25") == 224
    assert (panel.as_of, observations("arrivals").as_of) == ("2026-01-25", None)


def test_panel_as_frame():
    pytest.importorskip("pandas")
    frame = observations("refugees", areas=["GBR", "DEU"]).to_pandas()

    assert frame.groupby("area", observed=True)["value"].max().to_dict() == {"DEU": 276, "GBR": 630}
    assert list(frame.columns[:5]) == ["measure", "area", "place", "period", "frequency"]
    assert len(frame) == 46


def test_slice_keeps_measure():
    part = observations("re-entries")[:2]

    assert (repr(part), part.measure.id) == ("<Observations: 2 figures>", "re-entries")


@pytest.mark.parametrize(
    ("arguments", "error"),
    [
        ({"measure": "refugee"}, UnknownNameError),
        ({"measure": "refugees", "areas": ["GBR", "Atlantis"]}, UnknownNameError),
        ({"measure": "refugees", "areas": 5}, UnknownNameError),
        ({"measure": "refugees", "areas": [None]}, UnknownNameError),
        ({"measure": "refugees", "frequency": "quarter"}, UnknownNameError),
        ({"measure": "refugees", "as_of": "soon"}, InvalidPeriodError),
    ],
)
def test_panel_refuses(arguments, error):
    with pytest.raises(error):
        observations(**arguments)
