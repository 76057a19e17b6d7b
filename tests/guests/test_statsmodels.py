"""statsmodels: formulas over a frame, columns with gaps as floats."""

import pytest

from defector_stats import series

formulas = pytest.importorskip("statsmodels.formula.api")
pytest.importorskip("pandas")


def test_complete_columns_are_taken():
    fitted = formulas.ols("value ~ year", series(start=2020).to_pandas()).fit()
    # By hand: the sums of products of both from their means, 17.5 and 1 014 / 6.
    years, values = range(2020, 2026), [229, 63, 67, 196, 236, 223]
    middle, mean = sum(years) / 6, sum(values) / 6
    slope = sum((year - middle) * (value - mean) for year, value in zip(years, values, strict=True)) / 17.5

    assert fitted.params["year"] == pytest.approx(slope)


def test_gaps_need_floats():
    """The recipe of frames.md is needed, and is enough: years without a split are left out."""
    frame = series().to_pandas()
    with pytest.raises(TypeError):
        formulas.ols("female ~ year", frame)

    fitted = formulas.ols("female ~ year", frame.astype({"female": "float64"})).fit()
    assert fitted.nobs == frame["female"].notna().sum() < len(frame)
