"""cloudpickle and joblib: figures sent to other processes."""

import pytest

import defector_stats as ds


def test_cloudpickle_of_function_that_asks():
    cloudpickle = pytest.importorskip("cloudpickle")
    year = 2020

    assert cloudpickle.loads(cloudpickle.dumps(lambda: ds.arrivals(year).female))() == 157


def test_joblib_asks_in_other_processes():
    joblib = pytest.importorskip("joblib")
    found = joblib.Parallel(n_jobs=2)(joblib.delayed(ds.arrivals)(year) for year in (2019, 2020))

    assert [(int(figure), figure.female) for figure in found] == [(1047, 845), (229, 157)]


def test_joblib_hashes_equal_answers_equally():
    joblib = pytest.importorskip("joblib")

    assert joblib.hash(ds.series(start=2020)) == joblib.hash(ds.series(start=2020))
    assert joblib.hash(ds.series(start=2020)) != joblib.hash(ds.series(start=2021))
