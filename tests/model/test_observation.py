"""An observation is its number, and keeps its provenance."""

import copy
import json
import pickle
from fractions import Fraction

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from defector_stats import DataError, InvalidValueError, Observation, Period, Provenance, Source, arrivals
from defector_stats._model.provenance import weakest

SOURCE = Source(
    key="harbour",
    publisher="Harbour Office",
    title="Bulletin",
    url=None,
    published="2001-02",
    published_basis="stated",
    language="en",
    kind="official",
    licence="not seen",
)


def make(value=10, male=None, female=None, **changes):
    provenance = Provenance(**{"status": "normal", "released": "2001-02", "sources": (SOURCE,), **changes})
    period = Period.parse(2000)
    return Observation(
        value=value, measure="boats", area="KOR", period=period, male=male, female=female, provenance=provenance
    )


def test_split_may_be_left_out():
    """Tools that make records read from the fields what may be left out."""
    assert {field.name: field.default for field in attrs.fields(Observation)} == {
        **dict.fromkeys(("value", "measure", "area", "period"), attrs.NOTHING),
        **dict.fromkeys(("male", "female")),
    }


def test_observation_is_int():
    figure = arrivals(2020)

    assert figure == 229
    assert hash(figure) == hash(229)
    assert {229: "found"}[figure] == "found"
    assert figure < 230
    assert type(figure + 0) is int
    assert type(sum([figure, figure])) is int
    assert sum([figure, figure]) == 458
    assert json.dumps({"n": figure}) == '{"n": 229}'
    assert f"{arrivals(2019):,}" == "1,047"
    assert f"{figure}" == str(figure) == "229"
    assert f"{figure:>5}" == "  229"
    assert isinstance(figure, int)


def test_observation_repr():
    expected = "Observation(229, measure='arrivals', area='KOR', period='2020', status='normal')"

    assert repr(arrivals(2020)) == expected


def test_observation_is_frozen():
    figure = arrivals(2020)
    for name in ("value", "male", "provenance", "other"):
        with pytest.raises(attrs.exceptions.FrozenInstanceError):
            setattr(figure, name, 1)


def test_observation_has_provenance_fields():
    figure = make(10, 4, 6, note="n", formula="5 + 5", inputs=(make(5), make(5)))

    for field in attrs.fields(Provenance):
        assert getattr(figure, field.name) == getattr(figure.provenance, field.name)
    assert figure.known_from.isoformat() == figure.provenance.known_from.isoformat() == "2001-02-28"
    assert (figure.value, type(figure.value)) == (10, int)


def test_observation_record_is_plain():
    record = make(10, 4, 6, status="provisional", note="n", formula="7 + 3", inputs=(make(7), make(3))).record()

    part = {
        "measure": "boats", "area": "KOR", "period": "2000", "frequency": "year", "year": 2000,
        "start_date": "2000-01-01", "end_date": "2000-12-31", "male": None, "female": None, "status": "normal",
        "released": "2001-02", "split_released": None, "known_from": "2001-02-28", "sources": ["harbour"], "url": None,
        "note": "", "formula": None, "inputs": [],
    }  # fmt: skip
    assert record == {
        **part,
        "value": 10,
        "male": 4,
        "female": 6,
        "status": "provisional",
        "note": "n",
        "formula": "7 + 3",
        "inputs": [{**part, "value": 7}, {**part, "value": 3}],
    }
    assert json.loads(json.dumps(record)) == record


def test_female_share():
    """The share of women is exact, and `None` without a split or without people."""
    assert arrivals(2020).female_share == Fraction(157, 229)
    assert make(10).female_share is None
    assert make(0, 0, 0).female_share is None


class Tally(int):
    """A number of another library."""


def test_observation_numbers_are_plain():
    """Whatever type of number comes in, plain numbers come out."""
    for number in (Tally(5), 5.0, Fraction(5), True, arrivals("2021-Q2")):
        assert type(Observation(number)) is int
    figure = arrivals(2020)
    for number in (figure.value, figure.male, figure + 0, figure * 2, -figure, abs(figure), figure // 2, sum([figure])):
        assert type(number) is int


@pytest.mark.parametrize("value", [-1, 1.0, True, "10", None, arrivals(2020)])
def test_observation_refuses_bad_values(value):
    with pytest.raises(InvalidValueError) as caught:
        make(value)

    assert caught.value.given is value
    assert caught.value.expected == "a whole number, zero or more"


@pytest.mark.parametrize("value", [2.5, "many", None, float("nan")])
def test_observation_of_result_names_value(value):
    """What `statistics` makes of a result is a plain number, or an error that says what it was given."""
    with pytest.raises(InvalidValueError) as caught:
        Observation(value)

    assert caught.value.given is value
    assert caught.value.expected == "a whole number"


@pytest.mark.parametrize(
    ("male", "female", "given"),
    [(4, None, (4, None)), (None, 6, (None, 6)), (4, 7, (4, 7)), (11, -1, -1), (4.0, 6, 4.0)],
)
def test_observation_split_adds_up(male, female, given):
    """Men and women add up to the value, or both are absent."""
    with pytest.raises(InvalidValueError) as caught:
        make(10, male, female)

    both, each = "both sexes or neither, adding up to 10", "a whole number, zero or more"
    assert (caught.value.given, caught.value.expected) == (given, both if isinstance(given, tuple) else each)
    assert (make(0, 0, 0).male, make(10).male) == (0, None)


def test_observation_needs_source():
    with pytest.raises(DataError, match="no value without a source") as caught:
        make(sources=())
    assert (caught.value.column, caught.value.file) == ("sources", None)
    with pytest.raises(TypeError):
        Observation(value=1, measure="boats", area="KOR", period=Period.parse(2000))


@pytest.mark.parametrize(
    ("field", "value"), [("status", "final"), ("released", "soon"), ("released", "2001-13"), ("split_released", "soon")]
)
def test_provenance_refuses_bad_fields(field, value):
    with pytest.raises(DataError, match=repr(value)) as caught:
        make(**{field: value})

    assert caught.value.column == field


def test_weakest_status():
    assert weakest(["normal", "normal"]) == "normal"
    assert weakest(["provisional", "normal"]) == "provisional"
    assert weakest(["normal", "low-reliability", "provisional"]) == "low-reliability"


@pytest.mark.parametrize("period", [2020, 1997, "2025-H2", "../2017", "2024-H1"])
@pytest.mark.parametrize("twin", [copy.copy, copy.deepcopy, lambda f: pickle.loads(pickle.dumps(f))])  # noqa: S301
def test_observation_copy_and_pickle(period, twin):
    figure = arrivals(period, as_of="2026-03-01")
    again = twin(figure)

    assert type(again) is Observation
    assert again.record() == figure.record()
    assert again.sources == figure.sources
    assert again.alternatives == figure.alternatives
    assert again.period == figure.period


def test_provenance_evolve_needs_source():
    raw = pickle.dumps(make(10))
    emptied = copy.copy(make(10).provenance)
    object.__setattr__(emptied, "sources", ())

    assert pickle.loads(raw).sources == (SOURCE,)  # noqa: S301
    with pytest.raises(DataError):
        attrs.evolve(emptied)


@given(st.integers(0, 10**9), st.integers(0, 10**9))
def test_observation_pickle_keeps_split(male, female):
    figure = make(male + female, male, female)
    again = pickle.loads(pickle.dumps(figure))  # noqa: S301

    assert again.record() == figure.record()
    assert (again.male, again.female, again + 0) == (male, female, male + female)
    assert figure.female_share is None or 0 <= figure.female_share <= 1
