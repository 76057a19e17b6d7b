"""Errors have fields, a sentence and advice, and survive pickling."""

import copy
import inspect
import pickle

import attrs
import pytest

import defector_stats
from defector_stats import Gap, Period, errors

GAP = Gap(period=Period.parse("2025-Q3"), reason="not-published", note="Halves only.")
SAMPLES = [
    (errors.InvalidPeriodError("20x0", "is not a period", "Write 2020."), ValueError),
    (errors.InvalidPeriodTypeError([], "is a list, not a period", "Write 2020."), TypeError),
    (errors.InvalidValueError(-1, "a whole number"), ValueError),
    (
        errors.NoDataError(
            "arrivals", GAP.period, "KOR", "not-published", Period.parse("2011-Q1"), Period.parse("2025-Q2"),
            Period.parse("2025-Q2"), (GAP,), "It lies in a half.", "Ask for the half.",
        ),
        LookupError,
    ),
    (errors.UnknownNameError("area", "UK", ("GBR",)), LookupError),
    (errors.NotComparableError("a stock", "a flow", "one counts people on a day"), ValueError),
    (errors.MissingExtraError("pandas", "pandas"), ImportError),
    (errors.FileError("figures.csv", "exists already", "Choose another path."), OSError),
    (errors.DataError("there is no value", "arrivals.csv", 7, "value"), ValueError),
]  # fmt: skip


@pytest.mark.parametrize(("error", "parent"), SAMPLES, ids=lambda value: type(value).__name__)
def test_error_parents_and_pickles(error, parent):
    """Each error has the one root and a built-in parent, and pickles with its fields."""
    again = pickle.loads(pickle.dumps(error))  # noqa: S301

    assert isinstance(error, errors.DefectorStatsError)
    assert isinstance(error, parent)
    assert type(again) is type(error)
    assert vars(again) == vars(error) == vars(copy.copy(error))
    assert again.args == error.args == tuple(vars(error).values()) != ()
    assert str(again) == str(error)


def test_every_error_has_sample():
    classes = {
        member for _, member in inspect.getmembers(errors, inspect.isclass) if member.__module__ == errors.__name__
    }

    assert classes - {errors.DefectorStatsError} == {type(error) for error, _ in SAMPLES}
    assert all(getattr(defector_stats, member.__name__) is member for member in classes)


def test_error_sentences():
    sentences = [str(error) for error, _ in SAMPLES]

    assert sentences == [
        "'20x0' is not a period. Write 2020.",
        "[] is a list, not a period. Write 2020.",
        "Expected a whole number, got -1.",
        (
            "There is no 'arrivals' figure for 2025-Q3 (KOR): the publisher did not publish it. Halves only. "
            "It lies in a half. "
            "Known quarters run from 2011-Q1 to 2025-Q2. The nearest is 2025-Q2. Ask for the half."
        ),
        "Unknown area 'UK'. Did you mean 'GBR'?",
        "a stock and a flow cannot be compared: one counts people on a day.",
        "pandas is not installed. Install it with: pip install pandas",
        "'figures.csv' exists already. Choose another path.",
        "arrivals.csv, line 7, column 'value': there is no value. Nothing was loaded.",
    ]


def test_error_sentences_omit_unknown_parts():
    period = Period.parse(2031)
    alone = "There is no 'arrivals' figure for 2031 (KOR): no figure was found."
    for known in ({}, {"first": period}, {"last": period}, {"gaps": (GAP,)}, {"gaps": (attrs.evolve(GAP, note=""),)}):
        assert str(errors.NoDataError("arrivals", period, "KOR", "not-found", **known)) == alone
    assert str(errors.DataError("there is no value")) == "a row: there is no value. Nothing was loaded."
    assert str(errors.UnknownNameError("area", None, ("KOR", "USA"))) == (
        "An area is needed here. Choose from: 'KOR', 'USA'."
    )
    assert str(errors.UnknownNameError("measure", None, ("arrivals",))) == (
        "A measure is needed here. Choose from: 'arrivals'."
    )
    for nothing in ((), None, 5):
        assert errors.UnknownNameError("area", "x", nothing).hint == ""
    assert str(errors.NoDataError("arrivals", None, "KOR", "not-found")) == (
        "There is no 'arrivals' figure (KOR): no figure was found."
    )


def test_error_message_is_sentence_and_hint():
    for error, _ in SAMPLES:
        assert str(error) == " ".join(filter(None, [error.sentence, error.hint]))
        assert error.sentence.endswith(".")
    assert str(errors.DefectorStatsError("something", "odd")) == "something odd"


def test_error_message_shortens_huge_values():
    for value in ("x" * 10**6, 10**5000, [0] * 10**5):
        assert len(str(errors.InvalidValueError(value, "a whole number"))) < 200
    for error in (
        errors.NoDataError("x" * 10**6, GAP.period, "KOR", "not-found"),
        errors.UnknownNameError("area", "x" * 10**6, ("x" * 10**6, "y" * 10**6)),
        errors.DataError("unknown column", "arrivals.csv", 1, "x" * 10**6),
    ):
        assert len(str(error)) < 300
    assert str(errors.InvalidValueError("x" * 58, "y")).endswith("'" + "x" * 58 + "'.")
    assert str(errors.InvalidValueError("x" * 59, "y")).endswith("'" + "x" * 56 + "....")


@pytest.mark.parametrize(
    ("reason", "words"),
    [
        ("not-published", "the publisher did not publish it"),
        ("not-collected", "it was not collected"),
        ("not-yet-released", "no publication of it by that date is on record"),
        ("before-coverage", "it is before the first known figure"),
        ("after-coverage", "it is after the last known figure"),
        ("suppressed", "the publisher shows no number, which can mean none or too few to show"),
        ("not-found", "no figure was found"),
    ],
)
def test_no_data_says_why(reason, words):
    day, last = Period.parse("2020-05-06"), Period.parse("2021-05-06")

    assert errors.NoDataError("arrivals", day, "KOR", reason, day, last).sentence == (
        f"There is no 'arrivals' figure for 2020-05-06 (KOR): {words}. Known days run from 2020-05-06 to 2021-05-06."
    )
