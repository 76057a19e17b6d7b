"""The wrong kind of thing, in every place where a public function takes one: only errors of this library come out."""

import functools
import importlib.util
import inspect
import itertools
import types

import attrs
import pytest
from things import things

import defector_stats as ds
from defector_stats import Catalogue, DefectorStatsError, InvalidPeriodTypeError, InvalidValueError, Period


class Hostile:
    """Whatever it is asked, it fails; its text as Python does for a number of too many digits."""

    def __index__(self):
        raise ZeroDivisionError

    __str__ = __eq__ = __hash__ = __iter__ = __len__ = __int__ = __fspath__ = isoformat = __index__
    year = property(__index__)

    def __repr__(self):
        raise ValueError


class Lying:
    """It says that it is a number, and is none."""

    def __index__(self):
        return "2020"  # noqa: PLE0305


class Endless:
    def __index__(self):
        return 10**4000


class Undated:
    """It says that it is a date, and names no day."""

    year = 2020

    def isoformat(self):
        return "once upon a time"


# Each is made anew, as some can be gone through only once.
ODD = {
    "none": lambda: None,
    "float": lambda: 2020.0,
    "nan": lambda: float("nan"),
    "bool": lambda: True,
    "bytes": lambda: b"2020",
    "list": lambda: [2020],
    "dict": lambda: {"period": 2020},
    "set": lambda: {2020},
    "object": object,
    "class": lambda: int,
    "huge": lambda: 10**4000,
    "negative": lambda: -1,
    "nul": lambda: "2020\0",
    "surrogate": lambda: "\ud800",
    "observation": lambda: ds.arrivals(2020),
    "estimate": lambda: ds.estimates()[0],
    "indicator": lambda: ds.indicators()[0],
    "period": lambda: Period.parse(2020),
    "source": lambda: ds.sources()[0],
    "function": lambda: len,
    "generator": lambda: (each for each in (2020, 2021)),
    "hostile": Hostile,
    "lying": Lying,
    "endless": Endless,
    "undated": Undated,
}  # fmt: skip
if importlib.util.find_spec("numpy"):
    import numpy as np

    ODD |= {
        "no number": lambda: np.array([], dtype=int),
        "one number": lambda: np.array([2020]),
        "two numbers": lambda: np.array([229, 230]),
        "nothing but a number": lambda: np.array(2020),
        "numpy bool": lambda: np.bool_(True),  # noqa: FBT003
        "numpy float": lambda: np.float64(2020),
    }
if importlib.util.find_spec("pandas"):
    import pandas as pd

    ODD |= {"missing": lambda: pd.NaT, "missing value": lambda: pd.NA, "column": lambda: pd.Series([2020, 2021])}

# What is right in a place, by the name of the argument, or by the call and the name.
RIGHT = {
    "a": 2019, "area": "KOR", "as_of": "2026-11-01", "b": 2020, "category": "20-29", "count": 1, "default": 0,
    "dimension": "age", "during": 1998, "end": 2022, "format": "csv", "frequency": "year", "id": "cost", "index": 0,
    "measure": "arrivals", "narrow": True, "notes": {2020: "closed"}, "other": 2020, "overwrite": True, "period": 2020,
    "rows": (), "sex": "total", "start": 2020, "style": "text", "text": "cost", "thing": None, "title": "A title",
    "today": "2026-11-23", "value": 229, "vintages": (), "what": "arrivals", "year": 2016,
    "Catalogue.breakdown period": "../2022-12", "Catalogue.estimates topic": "in-china",
    "Catalogue.faq topic": "numbers", "Measure.subject_in area": ds.areas()[0], "TimeSeries.crossing value": 10_000,
}  # fmt: skip
# A path is what the operating system takes.
PATHS = {("Catalogue.read", "folder"), ("Catalogue.export", "path"), ("Chart.save", "path")}


EXAMPLES = things()


FUNCTIONS = (types.FunctionType, classmethod, staticmethod)


def ours(call):
    return inspect.unwrap(call).__module__.startswith("defector_stats")


def methods():
    """Every public method that takes something, with its name; those of the door are those of `Catalogue`."""
    owners = {**EXAMPLES, "Catalogue": Catalogue.bundled(), "Chart": ds.Chart(figure=None, alt="")}
    for name, owner in owners.items():
        # While mutants are tried, they stand among the methods; their names have a letter beyond ASCII.
        for each in filter(str.isascii, dir(owner)):
            if each[0] != "_" and isinstance(inspect.getattr_static(owner, each), FUNCTIONS):
                method = getattr(owner, each)
                if inspect.signature(method).parameters and ours(method):
                    yield f"{name}.{each}", method
    for name in ("TimeSeries", "Estimates"):
        yield f"{name}.__getitem__", EXAMPLES[name].__getitem__


METHODS = dict(methods())


def arguments(name):
    parameters = inspect.signature(METHODS[name]).parameters.values()
    named = [each.name for each in parameters if each.kind is not inspect.Parameter.VAR_KEYWORD]
    return [each for each in named if (name, each) not in PATHS]


ERRORS = [name for name in ds.__all__ if name.endswith("Error") and name != "DefectorStatsError"]
PLACES = [(name, argument) for name in METHODS for argument in arguments(name)]


def called(name, argument, value, path):
    """Call a method with one argument that is odd."""
    signature = inspect.signature(METHODS[name])
    values = {each: RIGHT.get(f"{name} {each}", RIGHT.get(each, path)) for each in signature.parameters}
    several = signature.parameters[argument].kind is inspect.Parameter.VAR_POSITIONAL
    bound = signature.bind_partial()
    bound.arguments.update(values | {argument: (value,) if several else value})
    return METHODS[name](*bound.args, **bound.kwargs)


def test_public_functions_and_records_are_walked():
    walked = {name.partition(".")[0] for name in METHODS} | set(EXAMPLES)
    functions = {name.partition(".")[2] for name in METHODS if name.startswith("Catalogue.")}
    asked = {name for name in ds.__all__ if name.islower() and inspect.signature(getattr(ds, name)).parameters}
    errors = {name for name in ds.__all__ if name.endswith("Error")}

    assert asked <= functions
    assert {name for name in ds.__all__ if not name.islower()} == walked | errors | {"Fraction"}
    assert set(PATHS) <= {(name, each) for name in METHODS for each in inspect.signature(METHODS[name]).parameters}


def assert_ours(what, call, *further):
    """Call something, from which only an error of this library may come, and say what it was given if not."""
    try:
        call()
    except DefectorStatsError as error:
        assert str(error)
    except further:
        pass
    except Exception as error:  # noqa: BLE001
        pytest.fail(f"{what}: {error!r}")


@pytest.mark.parametrize(("name", "argument"), PLACES)
def test_wrong_types_raise_our_errors(name, argument, tmp_path):
    if name.endswith(".plot"):
        pytest.importorskip("matplotlib")
    # An index is what a sequence takes.
    further = (TypeError, IndexError) if argument == "index" else ()
    for odd, make in ODD.items():
        assert_ours(odd, functools.partial(called, name, argument, make(), tmp_path / odd), *further)


@pytest.mark.parametrize("name", [*EXAMPLES, *ERRORS])
def test_records_with_wrong_types(name):
    """A record or an error takes the wrong kind of thing or refuses it."""
    kind = getattr(ds, name)
    if name in EXAMPLES:
        right = {field.alias: getattr(EXAMPLES[name], field.name) for field in attrs.fields(kind)}
        if name == "Observation":  # its provenance is no field
            right["provenance"] = EXAMPLES[name].provenance
    else:
        right = dict.fromkeys(inspect.signature(kind).parameters)
    for place, (odd, make) in itertools.product(right, ODD.items()):
        try:
            kind(**right | {place: make()})
        except DefectorStatsError:
            pass
        except Exception as error:  # noqa: BLE001
            pytest.fail(f"{place}, {odd}: {error!r}")


@pytest.mark.parametrize(
    "column", ["period", "value", "male", "female", "released", "sources", "status", "note", "measure", "area", "odd"]
)
def test_extended_rows_with_wrong_types(catalogue, column):
    """A row with the wrong kind of thing is refused or is a row."""
    right = {"period": 2026, "value": 5, "male": 2, "female": 3, "released": "2027-01", "sources": ["ktv_2012"]}
    for odd, make in ODD.items():
        assert_ours(odd, lambda make=make: catalogue.extended([right | {column: make()}]))


def test_extended_sources_with_wrong_types(catalogue):
    """A source with the wrong kind of thing is refused or is a source."""
    right = {"period": 2026, "value": 5, "released": "2027-01"}
    for field, (odd, make) in itertools.product(attrs.fields(ds.Source), ODD.items()):
        source = attrs.evolve(EXAMPLES["Source"], **{"key": "new", field.name: make()})
        assert_ours(f"{field.name}, {odd}", lambda source=source: catalogue.extended([right | {"sources": [source]}]))


class Refusing:
    def __init__(self, error):
        self.error = error

    def __index__(self):
        raise self.error


REFUSING = [
    Refusing(error) for error in (ZeroDivisionError(), OverflowError(), KeyError("x"), RecursionError(), TypeError())
]
QUARTER = Period.parse("2020-Q1")
PERIODS = {
    "about": ds.about,
    "arrivals": ds.arrivals,
    "as_of": lambda odd: ds.arrivals(2020, as_of=odd),
    "verify": lambda odd: ds.verify(229, odd),
    "parse": Period.parse,
    "shift": QUARTER.shift,
    "in_year": QUARTER.in_year,
    "within": lambda odd: QUARTER.within(odd, None),
    "within, end": lambda odd: QUARTER.within(None, odd),
    "overlaps": QUARTER.overlaps,
    "rank": lambda odd: ds.series().rank(odd),
    "at": lambda odd: ds.series().at(odd),
    "between": lambda odd: ds.series().between(odd),
    "start": lambda odd: ds.series(start=odd),
    "end": lambda odd: ds.series(end=odd),
    "compare": lambda odd: ds.compare(odd, 2020),
    "estimates": lambda odd: ds.estimates(during=odd),
    "revisions": ds.revisions,
    "breakdown": lambda odd: ds.breakdown("age", odd),
    "destinations": ds.destinations,
    "freshness": ds.freshness,
}
COUNTS = {"verify": lambda odd: ds.verify(odd, 2020), "crossing": lambda odd: ds.series().crossing(odd)}


@pytest.mark.parametrize("name", PERIODS)
def test_period_refuses_bad_index_types(name):
    for odd in (*REFUSING, Lying(), True):
        assert pytest.raises(InvalidPeriodTypeError, PERIODS[name], odd).value.given is odd


@pytest.mark.parametrize("name", COUNTS)
def test_count_refuses_bad_index_types(name):
    for odd in (*REFUSING, Lying(), True):
        error = pytest.raises(InvalidValueError, COUNTS[name], odd).value
        assert (error.given, error.expected) == (odd, "a whole number, zero or more")


@pytest.mark.parametrize("rows", [ds.series(), ds.estimates(), ds.faq("numbers")], ids=lambda rows: type(rows).__name__)
def test_index_that_raises_is_type_error(rows):
    for odd in REFUSING[:-1]:
        for index in (odd, slice(odd, None)):
            assert "indices must be integers" in str(pytest.raises(TypeError, rows.__getitem__, index).value)
    assert pytest.raises(TypeError, rows.__getitem__, REFUSING[-1]).value is REFUSING[-1].error
    assert pytest.raises(IndexError, rows.__getitem__, 999)


def test_numpy_integers_are_taken():
    numpy = pytest.importorskip("numpy")
    year = numpy.int64(2020)

    assert ds.arrivals(year) == ds.arrivals(year, as_of=numpy.uint16(2030)) == 229
    assert ds.verify(numpy.int32(229), year).verdict == ds.verify(ds.arrivals(2020), 2020).verdict == "current"
    assert type(ds.verify(ds.arrivals(2020), 2020).value) is int
    assert str(QUARTER.shift(numpy.int8(-1))) == "2019-Q4"
    assert ds.series()[numpy.int64(-1)] == ds.series()[-1]


class Number(int):
    """A whole number with a type of its own."""


def test_numbers_of_other_types_come_out_plain():
    row = {"period": Number(2026), "value": Number(5), "male": Number(2), "female": Number(3), "released": "2027-01"}
    figure = Catalogue.bundled().extended([row | {"sources": ["ktv_2012"]}]).arrivals(Number(2026))
    quarter = QUARTER.shift(Number(-1))

    assert (figure.value, figure.male, figure.female, ds.verify(Number(229), Number(2020)).value) == (5, 2, 3, 229)
    for number in (figure.value, figure.male, figure.female, figure.period.year, quarter.year):
        assert type(number) is int
    assert type(ds.verify(Number(229), Number(2020)).value) is int


def test_numpy_arrays_are_refused():
    numpy = pytest.importorskip("numpy")
    for array in (numpy.array([2020]), numpy.array([229, 230]), numpy.array([])):
        assert (
            str(pytest.raises(InvalidPeriodTypeError, ds.arrivals, array).value)
            .split(" is a ")[1]
            .startswith("ndarray")
        )
        assert pytest.raises(InvalidValueError, ds.verify, array, 2020).value.expected == "a whole number, zero or more"


def test_period_refuses_pandas_dates():
    pandas = pytest.importorskip("pandas")

    assert str(pytest.raises(InvalidPeriodTypeError, ds.arrivals, pandas.NaT).value).startswith(
        "NaT is a NaTType, not a "
    )
    with pytest.raises(InvalidPeriodTypeError) as caught:
        ds.arrivals(pandas.Timestamp("2020-05-06 07:08"))
    assert caught.value.hint == "Write 2020-05-06 in quotes for the day, or 2020 for the year."
    assert pytest.raises(InvalidPeriodTypeError, Period.parse, Undated()).value.problem == "is a Undated, not a period"


@pytest.mark.parametrize(
    "odd", ["2012", [ds.series(as_of=2012)], None, ds.estimates()], ids=lambda odd: type(odd).__name__
)
def test_plot_refuses_list_of_vintages(odd):
    pytest.importorskip("matplotlib")
    error = pytest.raises(InvalidValueError, ds.series().plot, ds.series(as_of=2012), odd).value

    assert error.given is odd
    assert error.expected == "the same series as of another day; several stand side by side, in no list"


@pytest.mark.parametrize("fiscal", [1, None, "FY"])
def test_period_fiscal_is_bool(fiscal):
    assert (
        pytest.raises(InvalidPeriodTypeError, Period, first="2009-10-01", last="2010-09-30", fiscal=fiscal).value.given
        is fiscal
    )
