"""Laws that hold for every catalogue, stated over invented figures."""

import pickle
from itertools import pairwise

from catalogues import catalogue_of, rows_of
from hypothesis import assume, given
from hypothesis import strategies as st
from log_model import last_day

from defector_stats import Catalogue, NoDataError, NotComparableError, Period

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
def test_law_as_of_shows_no_later_release(period, day):
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
def test_law_extending_keeps_older_answers(row, period, day):
    """Extending never changes an answer dated before the new row."""
    known = last_day(row["released"]).isoformat()
    assume(day < known)
    more = BASE.extended([row])
    before = BASE.arrivals(period, as_of=day, default=None)
    after = more.arrivals(period, as_of=day, default=None)

    assert what_was_printed(after) == what_was_printed(before)


@given(figures())
def test_law_new_row_is_current(row):
    assume(last_day(row["released"]).isoformat() > "2026-12-31")
    figure = BASE.extended([row]).arrivals(row["period"])
    old = BASE.arrivals(row["period"], default=None)

    assert figure == row["value"]
    if old is None or old + 0 != row["value"]:
        assert {source.key for source in figure.sources} >= set(row["sources"])
        assert figure.released == row["released"]
        assert figure.status == row["status"]


@given(figures())
def test_law_new_figure_pickles(row):
    figure = BASE.extended([row]).arrivals(row["period"])
    again = pickle.loads(pickle.dumps(figure))  # noqa: S301

    assert again.record() == figure.record()
    assert again.sources == figure.sources


@given(figures())
def test_law_revisions_end_with_current(row):
    catalogue = BASE.extended([row])
    steps = catalogue.revisions(row["period"])
    days = [last_day(step.released) for step in steps]

    assert days == sorted(days)
    assert all(last_day(step.last_seen) >= last_day(step.released) for step in steps)
    assert all((a.value, a.male, a.female) != (b.value, b.male, b.female) for a, b in pairwise(steps))
    assert steps[-1].value == row["value"] or last_day(row["released"]).isoformat() <= "2026-12-31"


@given(st.permutations([("2027-01-20", 1), ("2027-02-20", 2), ("2027", 3), ("2027-03", 2)]))
def test_law_row_order_does_not_matter(rows):
    added = [{"period": 2026, "value": v, "released": d, "sources": [KEYS[0]]} for d, v in rows]
    steps = BASE.extended(added).revisions(2026)

    assert [(step.value, step.released, step.last_seen) for step in steps] == [
        (1, "2027-01-20", "2027-01-20"),
        (2, "2027-02-20", "2027-03"),
        (3, "2027", "2027"),
    ]


@given(st.sampled_from([f"{year}-{part}" for year in range(2011, 2026) for part in ("H1", "H2", "Q2", "Q4")]), DAYS)
def test_law_derived_is_signed_sum(period, day):
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


YEARS = [figure.period for figure in BASE.series()]
FREQUENCIES = st.sampled_from(["year", "half", "quarter", "running-total"])


@given(FREQUENCIES, st.data())
def test_law_compare_composes(frequency, data):
    series = BASE.series(frequency=frequency)
    places = st.integers(0, len(series) - 1)
    first, second, third = (series[data.draw(places)] for _ in range(3))
    one, two, both = BASE.compare(first, second), BASE.compare(second, third), BASE.compare(first, third)

    assert one.difference + two.difference == both.difference == third - first
    assert one.ratio * two.ratio == both.ratio
    assert (1 + one.percent / 100) * (1 + two.percent / 100) == 1 + both.percent / 100


@given(st.sampled_from(YEARS), st.sampled_from(YEARS), DAYS)
def test_law_compare_reversed(one, other, day):
    try:
        there, back = BASE.compare(one, other, as_of=day), BASE.compare(other, one, as_of=day)
    except NoDataError:
        return

    assert there.difference == -back.difference
    assert there.ratio * back.ratio == 1
    assert {there.direction, back.direction} in ({"up", "down"}, {"unchanged"})
    assert (there.direction == "up") == (there.difference > 0) == (there.percent > 0)
    assert set(there.sources) == set(back.sources)


@given(FREQUENCIES)
def test_law_series_changes_add_up(frequency):
    series = BASE.series(frequency=frequency)

    assert sum(change.difference for change in series.changes()) == series[-1] - series[0]
    assert all(later.inputs[0] is earlier.inputs[1] for earlier, later in pairwise(series.changes()))
    assert series.is_increasing() == all(change.direction == "up" for change in series.changes())


@given(FREQUENCIES, st.data())
def test_law_rank_agrees_with_sorting(frequency, data):
    series = BASE.series(frequency=frequency)
    figure = data.draw(st.sampled_from(series.rows))
    rank = series.rank(figure.period)

    assert sorted(series, reverse=True)[rank - 1] == figure
    assert rank == 1 or sorted(series, reverse=True)[rank - 2] > figure
    assert (rank == 1) == (figure == series.peak())
    if frequency != "running-total":
        assert BASE.context(figure.period).rank == rank


@given(st.sampled_from(PERIODS))
def test_law_female_share_between_0_and_1(period):
    observation = BASE.arrivals(period, default=None)
    assume(observation is not None and observation.female_share is not None)

    assert 0 <= observation.female_share <= 1
    assert observation.female_share * observation == observation.female


@given(FREQUENCIES.filter(lambda frequency: frequency != "running-total"), st.data(), DAYS)
def test_law_since(frequency, data, day):
    series = BASE.series(frequency=frequency, as_of=day)
    assume(series)
    figure = data.draw(st.sampled_from(series.rows))
    found = BASE.context(figure.period, as_of=day)
    earlier = [each for each in series if each.period < figure.period]

    for since, beyond in (
        (found.lowest_since, lambda each: each > figure),
        (found.highest_since, lambda each: each < figure),
    ):
        if since is not None:
            between = [each for each in earlier if each.period > since]
            assert between
            assert all(beyond(each) for each in between)
            assert not beyond(series.at(since))
    assert found.was_record == (bool(earlier) and all(each < figure for each in earlier))
    assert found.was_lowest == (bool(earlier) and all(each > figure for each in earlier))
    # Each figure is a new high, a new low, higher or lower than some time ago, or moved back towards the one before.
    assert not (found.lowest_since and found.was_lowest)
    assert not (found.highest_since and found.was_record)


def cut_after(day):
    """The bundled catalogue as it would have been on a day."""
    rows = [row for row in rows_of(BASE)["arrivals"] if last_day(row[7]).isoformat() <= day]
    return catalogue_of(BASE, {"arrivals": rows})


@given(st.sampled_from(PERIODS), DAYS)
def test_law_context_as_of(period, day):
    """Leave out what was learned later about that day: a change whose date is not known."""
    try:
        then = BASE.context(period, as_of=day)
    except (NoDataError, NotComparableError) as error:
        with_cut = type(error)
        try:
            cut_after(day).context(period)
        except with_cut:
            return
        raise
    cut = cut_after(day).context(period)

    later = "the date of the change is not known."
    assert [caveat for caveat in then.caveats if later not in caveat] == list(cut.caveats)
    assert str(then) == str(cut)
    assert then.inputs == cut.inputs
    assert [what_was_printed(each) for each in then.inputs] == [what_was_printed(each) for each in cut.inputs]
    for name in ("lowest_since", "highest_since", "rank", "was_record", "was_lowest", "missing", "female_share"):
        assert getattr(then, name) == getattr(cut, name)


@given(st.sampled_from(PERIODS), st.integers(0, 40_000), st.sampled_from(["total", "male", "female"]))
def test_law_verify_agrees_with_log(period, value, sex):
    found = BASE.verify(value, period, sex=sex)
    figures = {"total": lambda each: each.value, "male": lambda each: each.male, "female": lambda each: each.female}
    current = BASE.arrivals(period, default=None)

    is_current = current is not None and figures[sex](current) == value
    assert (found.verdict == "current") == is_current
    if found.verdict == "unknown":
        assert not [s for s in BASE.revisions() if figures[sex](s) == value]
        assert not [s for s in BASE.revisions() if s.period == period and value in {s.value, s.male, s.female}]
    assert str(found).endswith(".")
    assert found.sources or current is None
