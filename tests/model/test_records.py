"""Records: those made by hand keep the rules, and each gives its fields as plain values."""

import pickle

import pytest

from defector_stats import (
    DataError,
    DefectorStatsError,
    Estimate,
    Gap,
    InvalidValueError,
    Period,
    Provenance,
    arrivals,
    estimates,
    measures,
    revisions,
    sources,
)

CITED = Provenance(status="normal", released="1998", sources=sources()[:1])


def make(low=None, point=None, high=None):
    return Estimate(
        topic="in-china",
        low=low,
        point=point,
        high=high,
        unit="persons",
        reference=Period.parse(1998),
        organisation="Harbour Office",
        method="Invented for this test.",
        provenance=CITED,
    )


@pytest.mark.parametrize("values", [(1, 2, 3), (0, None, None), (None, None, 5), (2, 2, 2), (1, None, 3)], ids=repr)
def test_estimate_needs_one_end(values):
    estimate = make(*values)

    assert (estimate.low, estimate.point, estimate.high) == values
    assert pickle.loads(pickle.dumps(estimate)) == estimate  # noqa: S301


@pytest.mark.parametrize(
    "values", [(None, None, None), (3, 2, None), (1, 3, 2), (-1, None, None), (1.0, None, None), (True, None, None)],
    ids=repr,
)  # fmt: skip
def test_estimate_refuses_disorder(values):
    """An estimate needs low <= point <= high, and at least one of them."""
    with pytest.raises(InvalidValueError) as caught:
        make(*values)

    assert caught.value.given == values
    assert caught.value.expected == "low <= point <= high, whole numbers, at least one of them"
    assert isinstance(caught.value, DefectorStatsError)


def test_estimate_refuses_arithmetic():
    one = make(1, 2, 3)
    for add in (
        lambda: one + one,
        lambda: one + arrivals(2020),
        lambda: arrivals(2020) + one,
        lambda: one - 1,
        lambda: 1 - one,
        lambda: sum([one, one]),
    ):
        with pytest.raises(TypeError, match=r"an estimate is not a number.*\.low, \.point and \.high"):
            add()


def test_source_str():
    assert str(arrivals(2020).sources[0]) == (
        "Ministry of Unification, “Settlement Support for North Korean Defectors” (2024)"
    )


def test_gap_refuses_bool():
    gap = Gap(period=Period.parse("2025-Q3"), reason="not-published", note="")
    with pytest.raises(TypeError, match=r"^a gap \(2025-Q3: not-published\) is neither .*; read its \.reason$"):
        bool(gap)


@pytest.mark.parametrize(
    ("ask", "record"),
    [
        (
            lambda: revisions(2025)[0],
            {
                "measure": "arrivals", "area": "KOR",
                "period": "2025", "frequency": "year", "year": 2025, "start_date": "2025-01-01",
                "end_date": "2025-12-31", "value": 224, "male": 26, "female": 198, "status": "provisional",
                "released": "2026-01-20", "known_from": "2026-01-20", "last_seen": "2026-01-20",
                "sources": "donga_20260120 kjd_20260120 mbc_20260120 news1_20260120",
                "url": "https://www.donga.com/news/amp/all/20260120/133192000/1", "note": "First announcement.",
            },
        ),
        (
            lambda: estimates("in-china", during="2000-08")[1],
            {
                "topic": "in-china", "reference": "2000-08", "frequency": "month", "year": 2000,
                "start_date": "2000-08-01", "end_date": "2000-08-31",
                "low": None, "point": 100_000, "high": None, "unit": "persons", "organisation": "UNHCR",
                "method": "monitoring by its office in Beijing, not a survey", "status": "normal",
                "released": "2000-08", "sources": "donga_ja_2000_unhcr",
                "url": "https://donga.com/jp/article/all/20000803/200861/1",
                "note": "Told to South Korean lawmakers by UN officials, and reported by Dong-A Ilbo. "
                "Conflicts with the 30,000 attributed to UNHCR in 2002.",
            },
        ),
    ],
    ids=["revision", "estimate"],
)  # fmt: skip
def test_record_of_revision_and_estimate(ask, record):
    assert ask().record() == record


@pytest.mark.parametrize("given", [sources()[:2], list(sources()[:2]), tuple(sources()[:2])])
def test_provenance_keeps_sources_as_tuple(given):
    origin = Provenance(status="normal", released="1998", sources=given)

    assert type(origin.sources) is tuple
    assert origin.sources == sources().rows[:2]


@pytest.mark.parametrize("given", ["abc", (), [], None, 5, sources()[:0]])
def test_provenance_refuses_what_are_no_sources(given):
    with pytest.raises(DataError, match="no value without a source"):
        Provenance(status="normal", released="1998", sources=given)


@pytest.mark.parametrize("area", ["KOR", None, measures()[0]], ids=lambda area: type(area).__name__)
def test_measure_subject_in_needs_area(area):
    with pytest.raises(InvalidValueError, match="Expected an area, got ") as caught:
        measures()[0].subject_in(area)

    assert (caught.value.given, caught.value.expected) == (area, "an area")
