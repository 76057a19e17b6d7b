"""The library agrees with the second model on random catalogues, and both with the two laws of the log."""

import calendar
import csv
import datetime as dt
import json
import shutil

import attrs
import log_model as model
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from defector_stats import Catalogue, NoDataError, Source, data_path

# A few years with their parts, so that one is often worked out from others.
PARTS = ["{}", "{}-H1", "{}-H2", "{}-Q1", "{}-Q2", "{}-Q3", "{}-Q4", "{0}-01/{0}-09", "../{}", "../{}-03", "../{}-06"]
PERIODS = [
    "../1998",
    "1999/2001",
    "../2001",
    *(part.format(year) for year in (2002, 2003) for part in [*PARTS, "../{}-09"]),
]
KEYS = ["a", "b", "c"]
LOG = ["measure", "area", "period", "value", "male", "female", "status", "released", "sources", "note"]
FREQUENCIES = {
    "year": ["2002", "2003"],
    "half": ["2002-H1", "2002-H2", "2003-H1", "2003-H2"],
    "quarter": [f"{year}-Q{number}" for year in (2002, 2003) for number in (1, 2, 3, 4)],
}


@pytest.fixture(scope="module")
def empty(tmp_path_factory):
    """A catalogue of two measures without any figure."""
    folder = tmp_path_factory.mktemp("empty")
    descriptor = {"version": "1", "resources": []}
    tables = {
        "measures": [
            ["id", "title", "definition", "unit", "kind", "publisher", "areas", "frequencies", "coverage", "rounding",
             "suppression", "attribution", "subject", "url"],
            ["arrivals", "A", "D", "persons", "flow", "P", "KOR", "year half quarter running-total", "C", "R", "", "T",
             "arrivals", ""],
            ["crossings", "A", "D", "persons", "flow", "P", "KOR USA WLD", "year", "C", "R", "", "T", "crossings", ""],
        ],
        "areas": None,
        "sources": [list(attrs.fields_dict(Source))],
        "arrivals": [LOG],
        "crossings": [LOG],
    }  # fmt: skip
    bundled = data_path()
    for name, rows in tables.items():
        path = folder / f"{name}.csv"
        if rows is None:
            shutil.copy(bundled / path.name, path)
        else:
            with path.open("w", encoding="utf-8", newline="") as file:
                csv.writer(file, lineterminator="\n").writerows(rows)
        descriptor["resources"].append({"name": name, "path": path.name})
    (folder / "datapackage.json").write_text(json.dumps(descriptor), encoding="utf-8")
    return Catalogue.read(folder)


def source(key):
    return Source(
        key=key, publisher="P", title="T", url=None, published="2000", published_basis="stated", language="en",
        kind="news", licence="not seen",
    )  # fmt: skip


SOURCES = {key: source(key) for key in KEYS}


@st.composite
def logs(draw, measure="arrivals"):
    """Rows with days, months and years of release, of which no two are of the same text for one period."""
    areas = ["KOR"] if measure == "arrivals" else ["KOR", "USA"]
    periods = PERIODS if measure == "arrivals" else ["2002", "2003", "FY2003"]
    # Few days, so that prints of different precision often become known on the same one.
    days = st.sampled_from(
        [dt.date(year, month, calendar.monthrange(year, month)[1]) for year in (2004, 2005) for month in (2, 6, 12)]
        + [dt.date(2004, 2, 28), dt.date(2004, 3, 1), dt.date(2005, 5, 31)]
    )
    rows = {}
    for _ in range(draw(st.integers(1, 16))):
        period, area = draw(st.sampled_from(periods)), draw(st.sampled_from(areas))
        day = draw(days).isoformat()
        released = draw(st.sampled_from([day, day[:7], day[:4]]))
        male, female = draw(st.sampled_from([(3, 4), (4, 3), (2, 4), (10, 12), (0, 0)]))
        both = draw(st.booleans())
        row = {
            "measure": measure,
            "area": area,
            "period": period,
            "value": male + female,
            "male": male if both else None,
            "female": female if both else None,
            "released": released,
            "status": draw(st.sampled_from(model.STATUSES)),
            "sources": draw(st.lists(st.sampled_from(KEYS), min_size=1, max_size=2, unique=True)),
        }
        rows[area, period, released] = row
    return list(rows.values())


def catalogue_of(empty, rows):
    return empty.extended([row | {"sources": [SOURCES[key] for key in row["sources"]]} for row in rows])


def days_to_ask(rows):
    """Each day on which something becomes known, the day before, and none."""
    known = sorted({model.last_day(row["released"]) for row in rows})
    return [None, *known, *(day - dt.timedelta(days=1) for day in known)]


def told(observation):
    """An observation in the words of the model."""
    formula = observation.formula and observation.formula.removeprefix("sexes: ")
    return {
        "value": int(observation),
        "split": None if observation.male is None else (observation.male, observation.female),
        "status": observation.status,
        "released": observation.released,
        "split_released": observation.split_released,
        "sources": {each.key for each in observation.sources},
        "derived": observation.is_derived,
        "formula": formula is not None,
        "inputs": [int(each) for each in observation.inputs],
    }


def expected(answer):
    later = answer.split_released if answer.split is not None else None
    return {
        "value": answer.value,
        "split": answer.split,
        "status": answer.status,
        "released": answer.released,
        "split_released": None if later == answer.released else later,
        "sources": answer.sources,
        "derived": answer.derived,
        "formula": answer.formula is not None,
        "inputs": answer.inputs,
    }


def check(catalogue, log, measure, area, period, day):
    given_day = None if day is None else day.isoformat()
    answer = log.answer(area, period, day)
    observation = catalogue.observation(measure, period, area=area, as_of=given_day, default=None)
    assert (observation is None) == (answer is None)
    if answer is not None:
        assert told(observation) == expected(answer)


@given(logs())
@settings(max_examples=30)
def test_model_answers(empty, rows):
    catalogue, log = catalogue_of(empty, rows), model.Model(rows, ["KOR"])
    for period in sorted({*PERIODS} | {row["period"] for row in rows}):
        for day in days_to_ask(rows):
            check(catalogue, log, "arrivals", "KOR", period, day)


@given(logs(measure="crossings"))
@settings(max_examples=50)
def test_model_sum_of_areas(empty, rows):
    catalogue, log = catalogue_of(empty, rows), model.Model(rows, ["KOR", "USA"])
    for period in sorted({row["period"] for row in rows}):
        for day in days_to_ask(rows):
            for area in ("KOR", "USA", "WLD"):
                check(catalogue, log, "crossings", area, period, day)


@given(logs())
def test_model_revisions(empty, rows):
    catalogue, log = catalogue_of(empty, rows), model.Model(rows, ["KOR"])
    for period in sorted({row["period"] for row in rows}):
        found = catalogue.revisions(period)
        steps = log.steps("KOR", period)
        assert [(r.value, r.released, r.last_seen, r.status) for r in found] == [
            (step[0]["value"], step[0]["released"], step[-1]["released"], step[-1]["status"]) for step in steps
        ]
        splits = [next((model.split(row) for row in step if model.split(row)), (None, None)) for step in steps]
        assert [(r.male, r.female) for r in found] == splits


@given(logs(), st.sampled_from(sorted(FREQUENCIES)))
def test_model_series(empty, rows, frequency):
    catalogue, log = catalogue_of(empty, rows), model.Model(rows, ["KOR"])
    for day in days_to_ask(rows):
        series = catalogue.series(frequency=frequency, as_of=day)
        answers = {period: log.answer("KOR", period, day) for period in FREQUENCIES[frequency]}
        assert {str(each.period): int(each) for each in series} == {
            period: answer.value for period, answer in answers.items() if answer is not None
        }


@given(logs())
def test_model_series_of_running_totals(empty, rows):
    """A series of running totals has year ends and what was published."""
    catalogue, log = catalogue_of(empty, rows), model.Model(rows, ["KOR"])
    for day in days_to_ask(rows):
        found = {str(each.period): int(each) for each in catalogue.series(frequency="running-total", as_of=day)}
        totals = [period for period in PERIODS if period.startswith("../")]
        listed = [p for p in totals if "-" not in p[3:] or log.published("KOR", p, day) is not None]
        answers = {period: log.answer("KOR", period, day) for period in listed}
        assert found == {period: answer.value for period, answer in answers.items() if answer is not None}


BUNDLED = Catalogue.bundled()


def bundled_log(measure):
    rows = model.read_rows(data_path() / f"{measure.id}.csv")
    return model.Model(rows, [area for area in measure.areas if area != "WLD"])


@pytest.mark.parametrize("measure", BUNDLED.measures(), ids=lambda measure: measure.id)
def test_model_bundled_answers(measure):
    """Every period, published or worked out, now and on the day of each release; what is new, on the day before too."""
    log = bundled_log(measure)
    for day in [None, *log.days()]:
        for area in measure.areas:
            for period in log.periods():
                check(BUNDLED, log, measure.id, area, period, day)
    for (area, period), rows in log.rows.items():
        for known, _ in rows:
            check(BUNDLED, log, measure.id, area, period, known - dt.timedelta(days=1))


@pytest.mark.parametrize("measure", BUNDLED.measures(), ids=lambda measure: measure.id)
def test_model_bundled_series(measure):
    """After the last news of a year, the series of each frequency hold what the model lists, in its order."""
    log = bundled_log(measure)
    for day in [None, *{day.year: day for day in log.days()}.values()]:
        for area in measure.areas:
            for frequency in measure.frequencies:
                found = BUNDLED.series(measure.id, area=area, frequency=frequency, as_of=day)
                listed = [(period, answer.value) for period, answer in log.series(area, frequency, day)]
                assert [(str(each.period), int(each)) for each in found] == listed, (area, frequency, day)


@given(logs())
def test_model_row_known_from(empty, rows):
    """Each row on its own, so that nothing but its date decides."""
    for row in rows:
        catalogue = catalogue_of(empty, [row])
        known = model.last_day(row["released"])
        figure = catalogue.arrivals(row["period"], as_of=known)
        assert (figure, figure.known_from, figure.released) == (row["value"], known, row["released"])
        assert catalogue.arrivals(row["period"], as_of=row["released"]) == row["value"]
        with pytest.raises(NoDataError) as caught:
            catalogue.arrivals(row["period"], as_of=known - dt.timedelta(days=1))
        assert caught.value.reason == "not-yet-released"


@given(logs())
def test_model_step_known_from(empty, rows):
    """Of several steps that become known on one day, the last; what is worked out is left to the model."""
    catalogue, log = catalogue_of(empty, rows), model.Model(rows, ["KOR"])
    for period in sorted({row["period"] for row in rows}):
        known = {model.last_day(step[0]["released"]): step[0]["value"] for step in log.steps("KOR", period)}
        days = sorted(known)
        for before, day in zip([None, *days], days, strict=False):
            on_the_day = catalogue.arrivals(period, as_of=day)
            the_day_before = catalogue.arrivals(period, as_of=day - dt.timedelta(days=1), default=None)
            assert on_the_day == known[day] or on_the_day.is_derived
            if the_day_before is not None and not the_day_before.is_derived:
                assert the_day_before == known[before]


@pytest.mark.parametrize("month", range(1, 13))
@pytest.mark.parametrize("year", [2003, 2004])
def test_model_order_within_a_day(empty, year, month):
    """The vague one goes first, the exact one wins; in a year's last month, the year goes before both."""
    last = f"{year}-{month:02}-{calendar.monthrange(year, month)[1]}"
    prints = [(last, 2), (last[:7], 1), *([(last[:4], 0)] if month == 12 else [])]
    rows = [{"period": "2002", "value": value, "released": day, "sources": ["a"]} for day, value in prints]
    catalogue = catalogue_of(empty, rows)

    assert [step.value for step in catalogue.revisions("2002")] == [0, 1, 2][-len(rows) :]
    assert catalogue.arrivals(2002) == catalogue.arrivals(2002, as_of=last) == 2
    assert catalogue.arrivals(2002, as_of=last[:7]) == 2
