"""pandas: frames that are put together, joined, filtered by status and kept; gaps; values as of each day."""

import datetime as dt

import log_model
import pytest

from defector_stats import data_path, observations, revisions, series

pandas = pytest.importorskip("pandas")

CATEGORIES = ["measure", "area", "frequency", "status"]


def test_rows_are_taken_as_they_are():
    if not hasattr(pandas.DataFrame, "from_arrow"):  # new in pandas 3
        pytest.skip("this pandas takes no Arrow stream")
    pytest.importorskip("pyarrow")
    frame = pandas.DataFrame.from_arrow(series(start=2020))

    assert dict(zip(frame["year"], frame["value"], strict=True)) == {
        2020: 229, 2021: 63, 2022: 67, 2023: 196, 2024: 236, 2025: 223,
    }  # fmt: skip
    assert list(frame.select_dtypes("category")) == CATEGORIES
    assert frame["status"].cat.ordered


def test_concat_keeps_categories():
    parts = [series("refugees", area=area).to_pandas() for area in ("GBR", "DEU", "USA")]
    frame = pandas.concat([*parts, series().to_pandas(), revisions(2009).to_pandas()])

    assert list(frame.select_dtypes("category")) == CATEGORIES
    assert frame["status"].cat.ordered
    assert pandas.concat(parts).attrs == parts[0].attrs
    assert pandas.concat(parts).attrs["licence"] == "CC-BY-4.0"


def test_concat_of_other_attributions_drops_them():
    """Pandas keeps what all frames agree on, so nothing is credited to the wrong publisher."""
    frame = pandas.concat([series().to_pandas(), series("refugees", area="GBR").to_pandas()])

    assert frame.attrs == {}


def test_status_is_ordered():
    frame = series(start=1992).to_pandas()

    assert frame.loc[frame["status"] > "normal", "year"].tolist() == [1992, 1993, 1995, 2025]
    assert frame["status"].max() == "low-reliability"


def test_years_join_with_integers():
    population = pandas.DataFrame({"year": [2019, 2020], "staff": [3, 4]})
    joined = population.merge(series().to_pandas(), on="year")

    assert joined[["year", "staff", "value"]].to_numpy().tolist() == [[2019, 3, 1047], [2020, 4, 229]]


def test_frequency_picks_rows_of_panel():
    panel = observations("arrivals").to_pandas()
    years = panel[panel["frequency"] == "year"]

    assert years["value"].sum() == 33912
    assert years["year"].tolist() == list(range(1992, 2026))


def test_parquet_keeps_attrs_and_types(tmp_path):
    pytest.importorskip("pyarrow")
    frame = series().to_pandas()
    frame.to_parquet(tmp_path / "arrivals.parquet")
    back = pandas.read_parquet(tmp_path / "arrivals.parquet")

    assert back.attrs == series().metadata
    assert list(back.select_dtypes("category")) == CATEGORIES
    assert back["status"].cat.categories.tolist() == ["normal", "provisional", "low-reliability"]
    assert back["value"].tolist() == frame["value"].tolist()


def test_columns_without_any_value_are_dropped():
    frame = series(start=2020).to_pandas()

    assert frame.columns.difference(frame.dropna(axis=1, how="all").columns).tolist() == ["formula", "split_released"]


def test_stata_takes_frame_without_empty_columns(tmp_path):
    frame = series(start=2020).to_pandas().dropna(axis=1, how="all")
    frame.to_stata(tmp_path / "arrivals.dta")

    assert pandas.read_stata(tmp_path / "arrivals.dta")["value"].tolist() == [229, 63, 67, 196, 236, 223]


@pytest.fixture(scope="module")
def vintages():
    """The recipe of frames.md: years by the day from which a value is known, each filled forward."""
    steps = revisions().to_pandas()
    years = steps[steps["frequency"] == "year"]
    return years.pivot_table(index="year", columns="known_from", values="value", aggfunc="last").ffill(axis=1)


def test_vintages_of_evidence(vintages):
    """What was published of some years, and when, as the evidence has it."""

    def changes(year):
        row = vintages.loc[year].dropna()
        return [(day.date().isoformat(), int(value)) for day, value in row[row.diff().fillna(1) != 0].items()]

    assert changes(2025) == [("2026-01-20", 224), ("2026-02-04", 223)]
    # Dates of a month or of a year count as known from their last day.
    assert changes(2016) == [("2017-01-03", 1417), ("2017-01-31", 1414), ("2017-03-20", 1418)]
    assert changes(2007)[1:] == [("2012-10-28", 2553), ("2013-12-25", 2548), ("2020-12-31", 2554)]
    assert [value for _, value in changes(2009)] == [2952, 2927, 2914, 2929, 2914]


def test_vintages_match_model_of_log(vintages):
    """Each column is what the rules of the log give as of that day, by a model that shares no code."""
    model = log_model.Model(log_model.read_rows(data_path() / "arrivals.csv"), ["KOR"])
    for day in vintages.columns:
        known = {year: model.published("KOR", str(year), day.date()) for year in vintages.index}
        wanted = {year: answer.value for year, answer in known.items() if answer is not None}
        assert vintages[day].dropna().to_dict() == wanted, day


@pytest.mark.parametrize("day", ["2010-06-30", "2012-12-31", "2018-09-30", "2026-01-25", "2026-11-28"])
def test_vintages_match_series(vintages, day):
    known = vintages.loc[:, : dt.datetime.fromisoformat(day)].iloc[:, -1].dropna()

    assert known.to_dict() == {figure.period.year: figure.value for figure in series(as_of=day)}
