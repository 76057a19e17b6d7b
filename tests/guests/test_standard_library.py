"""The standard library, and NumPy: a series is a sequence of whole numbers."""

import bisect
import copy
import fractions
import gc
import heapq
import math
import random
import statistics
import weakref

import pytest

import defector_stats as ds

YEARS = ds.series()
NUMBERS = [int(figure) for figure in YEARS]
SPANS = [(start, end) for start in range(len(YEARS)) for end in range(start + 1, len(YEARS) + 1)]


@pytest.mark.parametrize("function", [statistics.mean, statistics.fmean, statistics.median, statistics.pvariance])
def test_statistics_of_every_span(function):
    for start, end in SPANS:
        assert function(YEARS[start:end]) == function(NUMBERS[start:end])


@pytest.mark.parametrize("function", [statistics.variance, statistics.stdev, statistics.quantiles])
def test_statistics_of_two_or_more(function):
    for start, end in SPANS:
        if end - start > 1:
            assert function(YEARS[start:end]) == function(NUMBERS[start:end])


def test_mean_that_is_whole_is_no_observation():
    mean = statistics.mean(ds.series(start=2020))

    assert (mean, type(mean)) == (169, int)


def test_class_of_observation_gives_plain_number():
    for given in (229, 229.0, fractions.Fraction(229), ds.arrivals(2020)):
        found = ds.Observation(given)
        assert (found, type(found)) == (229, int)
    for given in (None, 1.5, "229", float("nan"), []):
        with pytest.raises(ds.InvalidValueError):
            ds.Observation(given)
    assert int.from_bytes(b"\0\1") == ds.Observation.from_bytes(b"\0\1") == 1


def test_sequence_functions():
    assert sorted(random.Random(1).sample(YEARS, 34)) == sorted(NUMBERS)  # noqa: S311
    assert random.Random(1).choice(YEARS) in NUMBERS  # noqa: S311
    assert heapq.nlargest(2, YEARS) == [2914, 2803]
    assert bisect.bisect(ds.series(start=2021, end=2024), 100) == 2
    assert math.fsum(YEARS) == sum(NUMBERS)
    assert list(reversed(YEARS)) == NUMBERS[::-1]
    match ds.series(start=2024):
        case [first, last]:
            assert (first, last) == (236, 223)
    assert copy.deepcopy(YEARS) == YEARS


def test_weak_reference_to_catalogue():
    """What others keep of a catalogue may end with it."""
    catalogue = ds.Catalogue.read(ds.data_path())
    answers = weakref.WeakKeyDictionary({catalogue: 229})
    assert answers[catalogue] == 229
    del catalogue
    gc.collect()
    assert len(answers) == 0


def test_numpy_functions():
    np = pytest.importorskip("numpy")

    assert np.mean(YEARS) == pytest.approx(33912 / 34)
    assert type(np.mean(YEARS)) is float
    assert (np.sum(YEARS), np.max(YEARS), np.median(YEARS)) == (33912, 2914, 1087)
    assert np.array(YEARS).tolist() == NUMBERS
    with pytest.raises(TypeError, match="weights"):
        YEARS.mean(weights=None)
