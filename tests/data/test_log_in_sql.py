"""The log, read in SQL and without the library: it says the same on any day."""

import datetime as dt
import random

import pytest

from defector_stats import data_path, measures, observation, revisions

# The last row known on each day, and the last split of the rows before it that have the same total.
ANSWERS = """
with printed as (
    select area, period, value::int as value, male::int as male, female::int as female, released,
        case length(released)
            when 4 then make_date(released::int, 12, 31)
            when 7 then last_day((released || '-01')::date)
            else released::date
        end as known
    from read_csv($log, header = true, all_varchar = true, nullstr = '')
),
seen as (
    select day, printed.*,
        row_number() over (partition by day, area, period order by known desc, released desc) as back,
        first(value) over (partition by day, area, period order by known desc, released desc) as answer
    from printed join (select unnest($days::date[]) as day) on known <= day
),
runs as (
    select *, coalesce(min(back) filter (value <> answer) over (partition by day, area, period), 1000000) as other
    from seen
)
select area, period, day, any_value(answer), max(known),
    arg_min(male, back) filter (back < other and male is not null),
    arg_min(female, back) filter (back < other and male is not null)
from runs group by all
"""
DAYS = 200


@pytest.fixture(scope="module")
def days(descriptor):
    last = dt.date.fromisoformat(descriptor["created"][:10])
    first = dt.date(1994, 7, 28)
    every = [first + dt.timedelta(days=number) for number in range((last - first).days + 1)]
    return sorted(random.Random(19).sample(every, DAYS))  # noqa: S311


@pytest.mark.parametrize("measure", measures(), ids=lambda measure: measure.id)
def test_log_in_sql_agrees(measure, days):
    """For every period that was ever printed, the library answers what SQL finds, or a figure worked out later."""
    duckdb = pytest.importorskip("duckdb")
    log = str(data_path() / f"{measure.id}.csv")
    rows = duckdb.execute(ANSWERS, {"log": log, "days": days}).fetchall()
    found = {(area, period, day): answer for area, period, day, *answer in rows}
    periods = duckdb.execute("select distinct area, period from read_csv($log, all_varchar = true)", {"log": log})

    for area, period in periods.fetchall():
        for day in days:
            figure = observation(measure.id, period, area=area, as_of=day, default=None)
            value, known, male, female = found.get((area, period, day), (None, None, None, None))
            if figure is not None and figure.is_derived:
                assert known is None or known < figure.known_from, (area, period, day)
            elif figure is None:
                assert value is None, (area, period, day)
            elif figure.formula:  # only the sexes were worked out
                assert (figure, male, female) == (value, None, None), (area, period, day)
            else:
                assert (figure, figure.male, figure.female) == (value, male, female), (area, period, day)


@pytest.mark.parametrize("measure", measures(), ids=lambda measure: measure.id)
def test_steps_in_sql_agree(measure):
    """On the last day of each log, the last step of each period is what SQL finds, derived figures or not."""
    duckdb = pytest.importorskip("duckdb")
    log = str(data_path() / f"{measure.id}.csv")
    rows = duckdb.execute(ANSWERS, {"log": log, "days": [dt.date(2100, 1, 1)]}).fetchall()

    for area, period, _, value, _, male, female in rows:
        step = revisions(period, measure.id, area=area)[-1]
        assert (step.value, step.male, step.female) == (value, male, female), (area, period)
    assert rows
