"""Laws that hold for every catalogue, stated over invented figures."""

import pickle
from itertools import pairwise

from hypothesis import assume, given
from hypothesis import strategies as st

from defector_stats import Catalogue, Period
from defector_stats.vintage import last_day

BASE = Catalogue.bundled()
PERIODS = sorted({step.period for step in BASE.revisions()} | {Period.parse(p) for p in ("2025-H2", "2016-Q4", 2026)})
DAYS = st.dates(min_value=last_day("1999"), max_value=last_day("2028")).map(lambda day: day.isoformat())
KEYS = [source.key for source in BASE.sources()]


@st.composite
def figures(draw):
    """A row that keeps the rules: released after the period's end, with a split that adds up."""
    period = draw(st.sampled_from(PERIODS))
    day = draw(st.dates(min_value=max(period.end, last_day("2026-11-24")), max_value=last_day("2030")))
    male, female = draw(st.integers(0, 5000)), draw(st.integers(0, 5000))
    row = {
        "period": period,
        "value": male + female,
        "released": draw(st.sampled_from([day.isoformat(), day.isoformat()[:7], day.isoformat()[:4]])),
        "status": draw(st.sampled_from(["normal", "provisional", "low-reliability"])),
        "sources": draw(st.lists(st.sampled_from(KEYS), min_size=1, max_size=3, unique=True)),
        "note": draw(st.text(st.characters(codec="utf-8", exclude_categories=["C", "Z"]), max_size=20)),
    }
    if draw(st.booleans()):
        row |= {"male": male, "female": female}
    return row


def what_was_printed(observation):
    """All but the note, which may tell what was learned later about that day."""
    if observation is None:
        return None
    record = observation.record()
    for part in (record, *record["inputs"]):
        del part["note"]
    return record


@given(st.sampled_from(PERIODS), DAYS)
def test_as_of_never_shows_a_later_release(period, day):
    observation = BASE.arrivals(period, as_of=day, default=None)
    assume(observation is not None)

    seen = [observation, *observation.inputs]
    assert max(figure.known_from.isoformat() for figure in seen) <= day
    for figure in seen:
        assert all(last_day(step.released).isoformat() <= day for step in figure.alternatives)
        assert figure.sources
        for source in figure.sources:
            assert last_day(source.published).isoformat() <= day


@given(figures(), st.sampled_from(PERIODS), DAYS)
def test_extending_never_changes_an_answer_dated_before_the_new_row(row, period, day):
    known = last_day(row["released"]).isoformat()
    assume(day < known)
    more = BASE.extended([row])
    before = BASE.arrivals(period, as_of=day, default=None)
    after = more.arrivals(period, as_of=day, default=None)

    assert what_was_printed(after) == what_was_printed(before)


@given(figures())
def test_a_new_row_is_the_current_value_from_its_day_on(row):
    assume(last_day(row["released"]).isoformat() > "2026-12-31")
    figure = BASE.extended([row]).arrivals(row["period"])
    old = BASE.arrivals(row["period"], default=None)

    assert figure == row["value"]
    if old is None or old + 0 != row["value"]:
        assert {source.key for source in figure.sources} >= set(row["sources"])
        assert figure.released == row["released"]
        assert figure.status == row["status"]


@given(figures())
def test_the_new_figure_survives_pickling_with_its_sources(row):
    figure = BASE.extended([row]).arrivals(row["period"])
    again = pickle.loads(pickle.dumps(figure))  # noqa: S301

    assert again.record() == figure.record()
    assert again.sources == figure.sources


@given(figures())
def test_revisions_end_with_what_is_published_now(row):
    catalogue = BASE.extended([row])
    steps = catalogue.revisions(row["period"])
    days = [last_day(step.released) for step in steps]

    assert days == sorted(days)
    assert all(last_day(step.last_seen) >= last_day(step.released) for step in steps)
    assert all((a.value, a.male, a.female) != (b.value, b.male, b.female) for a, b in pairwise(steps))
    assert steps[-1].value == row["value"] or last_day(row["released"]).isoformat() <= "2026-12-31"


@given(st.permutations([("2027-01-20", 1), ("2027-02-20", 2), ("2027", 3), ("2027-03", 2)]))
def test_the_order_of_the_rows_does_not_matter(rows):
    added = [{"period": 2026, "value": v, "released": d, "sources": [KEYS[0]]} for d, v in rows]
    steps = BASE.extended(added).revisions(2026)

    assert [(step.value, step.released, step.last_seen) for step in steps] == [
        (1, "2027-01-20", "2027-01-20"),
        (2, "2027-02-20", "2027-03"),
        (3, "2027", "2027"),
    ]


@given(st.sampled_from([f"{year}-{part}" for year in range(2011, 2026) for part in ("H1", "H2", "Q2", "Q4")]), DAYS)
def test_a_derived_value_is_the_signed_sum_of_its_inputs(period, day):
    observation = BASE.arrivals(period, as_of=day, default=None)
    if observation is None or observation.formula is None:
        return

    terms = observation.formula.removeprefix("sexes: ").replace("− ", "−").replace("+ ", "").split()
    signs = [-1 if term.startswith("−") else 1 for term in terms]
    assert [term.lstrip("−") for term in terms] == [str(figure.period) for figure in observation.inputs]
    pairs = list(zip(signs, observation.inputs, strict=True))
    assert sum(sign * figure for sign, figure in pairs) == observation
    if observation.female is not None:
        assert sum(sign * figure.female for sign, figure in pairs) == observation.female
