"""Verify: every verdict, in the order of the design, with what matched."""

import pickle

import pytest
from catalogues import catalogue_of

from defector_stats import (
    Catalogue,
    InvalidPeriodError,
    InvalidValueError,
    Period,
    UnknownNameError,
    arrivals,
    revisions,
    verify,
)


def kinds(found):
    return [match.kind for match in found.matches]


@pytest.mark.parametrize(
    ("value", "period", "sex", "tables", "people"),
    [
        (34134, "../2024-09", "total", ("age", "occupation", "education"), "people still in protection facilities"),
        (34134, 2024, "total", ("age", "occupation", "education"), "people still in protection facilities"),
        (24590, "../2024-09", "female", ("age", "occupation", "education"), "people still in protection facilities"),
        (9544, "../2024-09", "male", ("age", "occupation", "education"), "people still in protection facilities"),
        (33501, "../2020-03", "total", ("age", "province"), "people still in protection facilities"),
        (31383, "../2024-09", "total", ("residence",), "people who died, moved abroad, are not registered or are"),
        (31383, "2024-09", "total", ("residence",), "people who died, moved abroad, are not registered or are"),
    ],
)
def test_verify_table_total(value, period, sex, tables, people):
    """The totals are those of the evidence: the tables of September 2024 each sum to 34,134 = 9,544 + 24,590."""
    found = verify(value, period, sex=sex)
    match = found.matches[0]
    assert (found.verdict, match.kind, match.value, match.sex) == ("misread", "table-total", value, sex)
    assert (match.tables, match.is_current, match.record()["tables"]) == (tables, False, list(tables))
    assert match.note.startswith(people)
    assert f"table{'s' if len(tables) > 1 else ''} by {tables[0]}" in str(found)
    assert f" out {people}" in str(found)
    assert ("residents at" in str(found)) == (tables == ("residence",))
    assert set(match.sources) <= set(found.sources)


def test_verify_table_total_of_other_date():
    found = verify(34134, "../2025")
    assert (found.verdict, found.matches[0].kind) == ("misread", "other-period")
    assert "it is the total of the tables by age, occupation and education of arrivals to" in str(found)
    assert verify(31383, 2020).matches[0].kind == "other-period"
    (match,) = verify(13_760, "../2008-05").matches
    assert (match.tables, match.note) == (("age", "occupation"), "")  # whom they leave out is not known
    assert "the tables by age and occupation of arrivals to the end of May 2008 (Yonhap)." in str(
        verify(13_760, "../2008-05")
    )
    assert all(not each.tables for each in verify(34134, 2020, measure="refugees", area="WLD").matches)


@pytest.mark.parametrize(
    ("value", "period", "reached"), [(30_000, 2024, "2016"), (34_000, "../2023", "2023"), (10_000, 2020, "2007")]
)
def test_verify_round_number_milestone(value, period, reached):
    """A round number names the year in which the running total reached it."""
    found = verify(value, period)
    assert (found.verdict, str(found.reached), found.record()["reached"]) == ("unknown", reached, reached)
    assert str(found).endswith(f"The running total reached {value:,} in {reached}.")


def test_verify_no_milestone_for_others():
    """Only a round number that the running total is known to have reached names a year."""
    for value, period, named in (
        (30_005, 2016, {}),  # a running total of its own
        (229, 2020, {}),
        (500, 2020, {}),
        (30_500, 2024, {}),
        (50_000, 2024, {}),  # never reached
        (1_000, 2024, {}),  # when it was reached is not known
        (30_000, 2024, {"sex": "female"}),
        (1_000, 2024, {"measure": "refugees", "area": "WLD"}),  # a stock
        (0, 2020, {}),
    ):
        found = verify(value, period, **named)
        assert found.reached is None
        assert "reached" not in str(found)
        assert found.record()["reached"] is None


def test_verify_table_date_and_sources():
    (match,) = verify(34134, "2024-09-30").matches
    assert (match.kind, match.released, [source.key for source in match.sources]) == (
        "table-total", "2025-01-27", ["gh_clawson"],
    )  # fmt: skip


def test_verify_dates_by_sex():
    """Women stay as many while the total changes; the first total had no split for a month."""
    rows = [
        {"period": 2026, "value": 9, "released": "2027-01"},
        {"period": 2026, "value": 9, "male": 4, "female": 5, "released": "2027-02"},
        {"period": 2026, "value": 10, "male": 4, "female": 6, "released": "2027-03"},
        {"period": 2026, "value": 11, "male": 5, "female": 6, "released": "2027-04"},
    ]
    more = Catalogue.bundled().extended([row | {"sources": ["newsis_20260204"]} for row in rows])
    women, men = more.verify(6, 2026, sex="female").matches[0], more.verify(4, 2026, sex="male").matches[0]
    assert (women.kind, women.released, women.last_seen) == ("current", "2027-03", "2027-04")
    assert (men.kind, men.released, men.last_seen) == ("superseded", "2027-02", "2027-03")
    assert more.verify(5, 2026, sex="female").matches[0].released == "2027-02"
    total = more.verify(9, 2026).matches[0]
    assert (total.kind, total.released, total.last_seen) == ("superseded", "2027-01", "2027-02")


def test_verify_merges_other_splits():
    """A total that was printed again with another split by sex is one match."""
    found = verify(1127, 2017)
    assert [match.kind for match in found.matches if match.period == Period.parse(2017)] == ["current"]
    assert "since 5 January 2018" in str(found)
    assert "earlier" not in str(found)
    assert "since 14 July 2011" in str(verify(947, "../1998"))
    assert "since 30 September 2018" in str(verify(939, 2017, sex="female"))
    assert "in 2017 on 5 January 2018 (" in str(verify(938, 2017, sex="female"))
    assert [match.kind for match in verify(2914, 2009).matches][:2] == ["current", "superseded"]


@pytest.mark.parametrize(
    ("value", "period", "sex", "verdict", "kind"),
    [
        (229, 2020, "total", "current", "current"),
        (157, 2020, "female", "current", "current"),
        (72, 2020, "male", "current", "current"),
        (498, "2019-H2", "total", "current", "current"),
        (34537, "../2025", "total", "current", "current"),
        (2737, 2011, "total", "superseded", "superseded"),
        (2952, 2009, "total", "superseded", "superseded"),
        (224, 2025, "total", "superseded", "superseded"),
        (26, 2025, "male", "superseded", "superseded"),
        (34538, "../2025", "total", "superseded", "superseded"),
        (1506, 2012, "total", "alternative", "alternative"),
        (947, 1998, "total", "misread", "running-total"),
        (1043, 2001, "total", "misread", "longer-period"),
        (1046, 2001, "total", "misread", "longer-period"),
        (1043, 2000, "total", "misread", "longer-period"),
        (34537, 2025, "total", "misread", "running-total"),
        (34538, 2025, "total", "misread", "running-total"),
        (34259, 2024, "total", "misread", "running-total"),
        (30005, "2016-11-11", "total", "misread", "running-total"),
        (30005, "2016-11-12", "total", "misread", "other-period"),
        (127, 2025, "total", "misread", "part"),
        (181, 2024, "total", "misread", "part"),
        (135, 2020, "total", "misread", "part"),
        (546, 2019, "total", "misread", "part"),
        (223, "../2025", "total", "misread", "part"),
        (157, 2020, "total", "misread", "other-sex"),
        (229, 2020, "female", "misread", "other-sex"),
        (72, 2020, "female", "misread", "other-sex"),
        (34, "2023-H1", "total", "misread", "part"),
        (88, "2025-H1", "male", "misread", "other-sex"),
        (216, 2024, "female", "misprint", "misprint"),
        (216, 2024, "total", "misprint", "misprint"),
        (1142, 2001, "total", "misprint", "misprint"),
        (24538, "../2025", "total", "misprint", "misprint"),
        (1127, 2018, "total", "misread", "other-period"),
        (198, 2024, "female", "misread", "other-period"),
        (947, 2001, "total", "misread", "other-period"),
        (500, 2020, "total", "unknown", None),
        (0, 2020, "total", "unknown", None),
        (100, 2026, "total", "unknown", None),
        (1127, 2018, "female", "unknown", None),
    ],
)
def test_verify_verdict_order(value, period, sex, verdict, kind):
    found = verify(value, period, sex=sex)

    assert found.verdict == verdict
    assert kinds(found)[:1] == ([] if kind is None else [kind])
    assert (found.value, found.period, found.sex) == (value, Period.parse(period), sex)
    assert all(match.value == value for match in found.matches)


AMONG = "women and girls among arrivals in South Korea in 2020"


@pytest.mark.parametrize(
    ("value", "period", "sex", "words"),
    [
        (157, 2020, "total", "arrivals in South Korea in 2020 but the number of women and girls in 2020"),
        (1043, 2001, "total", "arrivals in South Korea in 2001 but the figure for 1999 to 2001"),
        (229, 2020, "female", f"{AMONG} but the number of both sexes in 2020"),
        (72, 2020, "female", f"{AMONG} but the number of men and boys in 2020"),
    ],
)
def test_verify_says_what_a_number_is(value, period, sex, words):
    found = verify(value, period, sex=sex)

    assert found.explanation.startswith(f"{value:,} is not the figure for {words} (")
    assert (found.reached, found.matches[0].tables) == (None, ())


def test_verify_every_misprint(table):
    """Every misprint is recognised or has a better explanation."""
    for row in table("misprints"):
        found = verify(int(row["printed"]), row["period"], sex=row["sex"])

        assert "misprint" in kinds(found), row
        assert found.verdict in {"misprint", "misread"}, row
        if found.verdict == "misread":
            assert found.matches[0].kind in {"part", "other-sex", "longer-period", "running-total"}, row


@pytest.mark.parametrize("form", ["year", "half", "quarter", "running-total"])
def test_verify_every_step(catalogue, form):
    steps = [step for step in catalogue.revisions() if step.period.frequency == form]
    for step in steps[::3]:
        for sex, value in (("total", step.value), ("male", step.male), ("female", step.female)):
            if value is not None:
                assert verify(value, step.period, sex=sex).verdict in {"current", "superseded"}, step


def test_verify_match_dates_and_sources():
    (match,) = verify(2737, 2011).matches
    assert (match.period, match.sex, match.value, match.is_current) == (Period.parse(2011), "total", 2737, False)
    assert (match.released, match.last_seen) == ("2012-01-11", "2012-01")
    assert match.sources
    current, other = verify(229, 2020).matches
    assert (other.kind, str(other.period)) == ("other-period", "2019-Q1")
    assert (current.released, current.last_seen, current.is_current) == ("2021-01-20", "2026-10-05", True)
    assert (current.sources, current.note) == (arrivals(2020).sources, "")
    (derived,) = verify(498, "2019-H2").matches
    assert (derived.note, derived.last_seen, derived.is_current) == ("2019-Q3 + 2019-Q4.", None, True)
    one, two = verify(216, 2024, sex="female").matches
    assert (one.sex, two.sex) == ("female", "female")
    assert one.note == "26 men and 216 women make 242; the published total is 236."
    assert (one.is_current, one.last_seen, one.released) == (False, None, "2025-02")
    (other,) = verify(1506, 2012).matches
    assert (other.released, other.last_seen, other.is_current) == ("2017-10-13", None, False)
    assert other.note.startswith("A table by motive,")


def test_verify_derived_split():
    """A split that was worked out says so and its printed total does not."""
    assert "in South Korea in the first half of 2024, calculated as 2024-Q1 + 2024-Q2 (" in str(
        verify(95, "2024-H1", sex="female")
    )
    assert "in the first half of 2024, published since 23 July 2024 (" in str(verify(105, "2024-H1"))
    (superseded, *_) = verify(546, "2019-H1").matches
    assert superseded.kind == "superseded"
    assert superseded.note == next(step.note for step in revisions("2019-H1") if step.value == 546)
    (alternative,) = verify(1506, 2012).matches
    assert (alternative.sex, alternative.period) == ("total", Period.parse(2012))


def test_verify_value_that_came_back():
    found = verify(2914, 2009)

    assert [(match.kind, match.released, match.is_current) for match in found.matches[:2]] == [
        ("current", "2015-11-13", True),
        ("superseded", "2012-10-28", False),
    ]


def test_verify_earlier_part_or_total():
    assert [match.is_current for match in verify(34538, 2025).matches] == [False]
    assert "an earlier running total to the end of 2025" in str(verify(34538, 2025))
    assert [match.is_current for match in verify(546, 2019).matches] == [False]
    assert "an earlier figure for the first half of 2019" in str(verify(546, 2019))


def test_verify_order_of_matches():
    """Matches are in the order of the verdicts the nearest first."""
    found = verify(1142, 2001)
    assert kinds(found) == ["misprint", "other-period"]
    periods = [str(match.period) for match in verify(12, "2021-Q3").matches]
    assert periods[0] == "2021-Q3"
    assert kinds(verify(12, "2021-Q3"))[0] == "current"
    small = verify(5, 1950)
    distances = [abs(match.period.end.year - 1950) for match in small.matches]
    assert distances == sorted(distances)


def test_verify_explanation_names_all():
    assert str(verify(34, "2023-H1")) == (
        "34 is not the figure for arrivals in South Korea in the first half of 2023 "
        "but the figure for the first quarter of 2023 (Aju News), "
        "and also a misprint (KBS World: 34 is the figure for the first quarter). The current figure is 99."
    )
    assert verify(34, "2023-H1").explanation == str(verify(34, "2023-H1"))


def test_verify_small_number_names_three(invented):
    many = invented.verify(1, 2011, measure="crossings", area="USA")

    assert len(many.matches) == 4
    assert str(many) == (
        "No publication on record gives 1 for crossings to the United States in 2011; "
        "it is the figure for 5 January to 4 February 2012 (Nobody), "
        "the figure for 5 January to 5 February 2012 (Nobody), "
        "the figure for 1 March 2012 (Nobody) and 1 more. The current figure is 7."
    )


def test_verify_names_three_of_many_parts(invented):
    row = {"measure": "crossings", "area": "USA", "value": 1, "released": "2020", "sources": ["s"]}
    more = invented.extended([row | {"period": "2012-04-01"}, row | {"period": "2012-05-01"}])
    many = more.verify(1, 2012, measure="crossings", area="USA")

    assert kinds(many) == ["part"] * 5 + ["other-period"]
    assert str(many) == (
        "1 is not the figure for crossings to the United States in 2012 but "
        "the figure for 1 May 2012 (Nobody), the figure for 1 April 2012 (Nobody), "
        "the figure for 1 March 2012 (Nobody) and 2 more. The current figure is 9."
    )


def test_verify_other_sex_named_once(catalogue):
    """The other sex is named once even if it was printed in two steps."""
    row = {
        "period": 2026, "value": 9999, "male": 4444, "female": 5555,
        "released": "2027-01", "sources": ["newsis_20260204"],
    }  # fmt: skip
    more = catalogue.extended([row, row | {"value": 9998, "female": 5554, "released": "2027-02"}])
    (match,) = more.verify(4444, 2026).matches

    assert (match.kind, match.sex, match.is_current) == ("other-sex", "male", True)


def test_verify_superseded_and_alternative(invented):
    """An earlier number of women that stands beside another total too is named as both."""
    log = [["tickets", "KOR", "2012", "4", "1", "3", "normal", "2019", "s", ""],
           ["tickets", "KOR", "2012", "5", "1", "4", "normal", "2020", "s", ""]]  # fmt: skip
    aside = [["tickets", "KOR", "2012", "6", "3", "3", "2019-05", "s", "Copied."]]
    found = catalogue_of(invented, {"tickets": log, "alternatives": aside}).verify(
        3, 2012, measure="tickets", sex="female"
    )

    assert kinds(found) == ["superseded", "alternative"]
    assert str(found) == (
        "3 was published for women and girls among tickets in 2012 in 2019 (Nobody), "
        "and also a figure published in May 2019 (Nobody) that is not used here. The current figure is 4."
    )


def test_verify_absent_period():
    unknown = verify(100, 2026)
    assert (unknown.current, unknown.absence) == (None, "it is after the last known figure")
    assert str(unknown).endswith("There is no figure for that period: it is after the last known figure.")
    assert verify(100, "2025-Q4").absence == "the publisher did not publish it"
    assert verify(229, 2020).absence == ""
    assert verify(3, 1992, sex="male").explanation.endswith("No figure by sex is known; the total is 8.")


def test_verify_sources_in_order():
    """Sources are those of the number then of the current figure."""
    found = verify(2737, 2011)

    assert found.sources[0] in found.matches[0].sources
    assert set(found.sources) == {*found.matches[0].sources, *arrivals(2011).sources}
    assert verify(100, 2026).sources == ()
    assert verify(500, 2020).sources == arrivals(2020).sources


class Whole:
    def __init__(self, number):
        self.number = number

    def __index__(self):
        return self.number


@pytest.mark.parametrize("value", [229, arrivals(2020), Whole(229)], ids=type)
def test_verify_integer_types(value):
    """Whatever has `__index__` is a whole number."""
    found = verify(value, 2020)

    assert (found.verdict, found.value, type(found.value)) == ("current", 229, int)


REFUSED = {
    "negative": -1, "negative index": Whole(-1), "float": 229.0, "text": "229", "truth": True, "nothing": None,
    "list": [229], "too many": 10**12 + 1, "too many to print": 10**9999,
}  # fmt: skip


@pytest.mark.parametrize(("name", "value"), REFUSED.items(), ids=REFUSED)
def test_verify_refuses_bad_value(name, value):
    with pytest.raises(InvalidValueError) as caught:
        verify(value, 2020)

    assert str(caught.value)
    assert caught.value.given in (value, -1)
    assert caught.value.expected == (
        "a number of people, a trillion at most" if name.startswith("too many") else "a whole number, zero or more"
    )


def test_verify_largest_value():
    assert verify(10**12, 2020).verdict == "unknown"


@pytest.mark.parametrize("sex", ["f", None, 1, [], ""], ids=repr)
def test_verify_unknown_sex(sex):
    with pytest.raises(UnknownNameError) as caught:
        verify(229, 2020, sex=sex)

    assert (caught.value.kind, caught.value.given) == ("sex", sex)
    assert caught.value.suggestions == ("total", "male", "female")


def test_verify_suggests_nearest_sex():
    with pytest.raises(UnknownNameError) as caught:
        verify(229, 2020, sex="Female")

    assert caught.value.suggestions == ("female", "male")


def test_verify_bad_period_measure_area():
    assert pytest.raises(InvalidPeriodError, verify, 1, "2020/2019").value.problem == "is reversed"
    with pytest.raises(UnknownNameError):
        verify(1, 2020, measure="x")
    with pytest.raises(UnknownNameError):
        verify(1, 2020, area="UK")


def test_verify_stock_names_day(invented):
    assert str(invented.verify(40, 2010, measure="guests")) == (
        "No publication on record gives 40 for guests in South Korea at the end of 2010; "
        "it is the figure for the end of 2011 (Nobody). The current figure is 50."
    )


def test_verification_record_and_pickle():
    found = verify(2737, 2011)
    record = found.record()

    assert (record["value"], record["period"], record["sex"], record["verdict"]) == (
        2737,
        "2011",
        "total",
        "superseded",
    )
    assert record["current"]["value"] == 2706
    assert record["explanation"] == str(found)
    assert record["sources"] == [source.key for source in found.sources]
    (match,) = record["matches"]
    assert (match["kind"], match["period"], match["is_current"]) == ("superseded", "2011", False)
    assert match["sources"] == [source.key for source in found.matches[0].sources]
    again = pickle.loads(pickle.dumps(found))  # noqa: S301
    assert again.record() == record
    assert verify(100, 2026).record()["current"] is None


def test_total_of_residents_names_the_day():
    """A table of residents is of the end of its month, also where only the sentence says so."""
    assert "residents at the end of September 2024, which" in str(verify(31383, "2024-09"))
