"""The steps that rows form, over invented ones."""

from defector_stats._store.history import Log

ROWS = [
    "m,KOR,2020,3,,,provisional,2021-01,s,Total.",
    "m,KOR,2020,3,,,normal,2021-02,t,The same again.",
    'm,KOR,2020,3,1,2,normal,2021-03,u s,"The split, at last."',
    "m,KOR,2020,3,1,2,normal,2021-04,v,Copied.",
    "m,KOR,2020,3,,,normal,2021-05,v,",
    "m,KOR,2020,3,2,1,normal,2021-06,w,Another split.",
]


def test_step_keeps_notes():
    """A step keeps the notes of the rows that gave the total and the split."""
    first, second = Log("m", ROWS, ["KOR"]).steps("KOR", "2020", None)

    assert (first.value, first.male, first.female, first.status) == (3, 1, 2, "normal")
    assert (first.released, first.last_seen) == ("2021-01", "2021-05")
    assert first.sources == ["s", "t", "u", "s", "v", "v"]
    assert first.note == "Total. The split, at last."
    assert (second.male, second.note, first.previous, second.previous) == (2, "Another split.", None, first)


def test_log_periods_of_area():
    log = Log("m", [*ROWS, "m,KOR,2019,1,,,normal,2020,s,"], ["KOR", "USA"])

    assert (log.periods("KOR"), log.periods("USA")) == (["2020", "2019"], [])


def test_log_reads_rows_once():
    """Neither steps nor rows are made again, whatever the day asked about."""
    log = Log("m", ROWS, ["KOR"])
    steps = log.steps("KOR", "2020", None)
    (early,) = log.steps("KOR", "2020", "2021-02-28")

    assert log.steps("KOR", "2020", None) is steps
    assert [row is same for row, same in zip(early.rows, steps[0].rows, strict=False)] == [True, True]


def test_many_splits_of_one_total():
    """However often the split changes, the total was first published once."""
    rows = [f"m,KOR,2020,3,{number % 2 + 1},{2 - number % 2},normal,{2021 + number},s," for number in range(3_000)]
    *_, last = Log("m", rows, ["KOR"]).steps("KOR", "2020", None)

    assert (last.released, last.began) == ("2021", "5020")


def test_steps_of_day_end_with_what_was_known():
    log = Log("m", ROWS, ["KOR"])
    ends = {day: [step.last_seen for step in log.steps("KOR", "2020", day)] for day in ("2021-01-30", "2021-03-31")}

    assert ends == {"2021-01-30": [], "2021-03-31": ["2021-03"]}
    (without,) = log.steps("KOR", "2020", "2021-02-28")
    assert (without.male, without.note, without.split_released) == (None, "Total.", None)
