"""The sentences of real periods, kept in a file that was read by eye.

After a change of wording: python tests/contract/test_sentences.py > tests/contract/sentences.txt, and read it again.
"""

import re
import sys
from fractions import Fraction
from pathlib import Path

import log_model
import pytest

from defector_stats import arrivals, compare, context, data_path, observation, series, verify

FILE = Path(__file__).with_name("sentences.txt")

COMPARED = [
    (2019, 2020), (2020, 2019), (2008, 2009), (1992, 1993), (2020, 2021), (2021, 2022), (2024, 2025), (2001, 2002),
    ("2019-H1", "2020-H1"), ("2024-H2", "2025-H2"), ("2020-Q1", "2020-Q2"), ("2021-Q2", "2020-Q2"),
    ("2012-01", "2012-02"), ("2012-01/2012-09", "2024-01/2024-09"), ("../2024", "../2025"),
    ("../1998", "../2016-11-11"),
]  # fmt: skip
IN_CONTEXT = [
    1992, 1993, 1995, 1998, 2001, 2002, 2005, 2008, 2009, 2010, 2011, 2012, 2016, 2017, 2018, 2019, 2020, 2021, 2022,
    2023, 2024, 2025, "2006-H1", "2019-H2", "2025-H1", "2025-H2", "2011-Q1", "2020-Q2", "2021-Q2", "2025-Q2",
    "2012-02", "2012-01/2012-09", "2024-01/2024-09", "../1998", "../2025", "../2016-11-11",
]  # fmt: skip
CHECKED = [
    (229, 2020), (2914, 2009), (498, "2019-H2"), (2737, 2011), (2952, 2009), (2929, 2009), (224, 2025),
    (34538, "../2025"),
    (1396, 2014), (1506, 2012), (86, 1997), (947, 1998), (1043, 2001), (1043, 2000),
    (34537, 2025), (34259, 2024), (181, 2024),
    (135, 2020), (157, 2020), (34, "2023-H1"), (216, 2024), (1142, 2001), (24538, "../2025"), (31, "2021-Q3"),
    (5, 1950), (100, 2026), (500, 2020), (57, "2025-Q4"), (1043, "2001-Q1"), (0, 2020), (223, "../2025"),
]  # fmt: skip
CHECKED_BY_SEX = [
    (157, 2020, "female"), (216, 2024, "female"), (88, "2025-H1", "male"), (26, 2025, "male"), (236, 2024, "male"),
    (5, 1992, "male"), (198, 2024, "female"), (157, 2019, "female"),
]  # fmt: skip
ELSEWHERE = [
    ("refugees", "WLD", 2015, 2016), ("refugees", "CAN", 2015, 2016), ("refugees", "GBR", 2017, 2018),
    ("asylum-seekers", "WLD", 2011, 2012), ("asylum-applications", "USA", 2016, 2017),
    ("us-refugee-admissions", "USA", 2021, 2022), ("us-refugee-admissions", "USA", "FY2007", "FY2008"),
    ("uk-asylum-applications", "GBR", 2006, 2007), ("uk-asylum-applicants", "GBR", 2020, 2021),
    ("thailand-arrests", "THA", 2009, 2010), ("re-entries", "PRK", 2020, 2021),
]  # fmt: skip


def lines():
    yield "COMPARE"
    for before, after in COMPARED:
        found = compare(before, after)
        yield from ("", f"{before} {after}", f"  {found}", *(f"  Note: {caveat}" for caveat in found.caveats))
    then = compare(arrivals(2025, as_of="2026-01-25"), arrivals(2025))
    yield from ("", "2025 in two vintages", f"  {then}", *(f"  Note: {caveat}" for caveat in then.caveats))
    yield from ("", "CONTEXT")
    for period in IN_CONTEXT:
        found = context(period)
        yield from ("", str(period), f"  {found}", *(f"  Note: {caveat}" for caveat in found.caveats))
    yield from ("", "VERIFY")
    for value, period, *sex in [*CHECKED, *CHECKED_BY_SEX]:
        found = verify(value, period, sex=sex[0] if sex else "total")
        yield from ("", " ".join(map(str, [value, period, *sex])), f"  {found.verdict}: {found}")
    yield from ("", "OTHER PLACES")
    for measure, area, before, after in ELSEWHERE:
        yield from ("", f"{measure} {area} {before} {after}")
        for found in (
            compare(before, after, measure=measure, area=area),
            context(after, measure=measure, area=area),
        ):
            yield from (f"  {found}", *(f"  Note: {caveat}" for caveat in found.caveats))
        value = int(observation(measure, before, area=area))
        yield f"  {verify(value, after, measure=measure, area=area)}"
        yield f"  {series(measure, area=area).summary}"
    yield from ("", "SERIES", "")
    for frequency in ("year", "half", "quarter", "running-total"):
        yield f"  {series(frequency=frequency).summary}"
    for start, end in ((2020, 2025), (2020, 2020), (2030, 2031)):
        yield f"  {series(start=start, end=end).summary}"


def text():
    return "\n".join(lines()) + "\n"


def test_sentences_match_kept_file():
    assert text().splitlines() == FILE.read_text(encoding="utf-8").splitlines()


@pytest.mark.parametrize(
    "slip",
    [
        r" {2,}", r" [.,;:)]", r"[.,;:]{2}", r"\( ", r"(?<![\w)])-\d", r"\b1 (years|half-years|quarters|people)",
        "(?i)defection", "None", "Fraction", r"Period\.", r"\d{4,}(?=[ ;:]* (fewer|more|men|women))",
    ],
    ids=[
        "two-spaces", "space-before-stop", "two-stops", "space-after-bracket", "hyphen-as-minus", "plural-of-one",
        "defection", "none", "fraction", "period", "number-without-comma",
    ],
)  # fmt: skip
def test_sentences_have_no_grammar_slip(slip):
    sentences = [line.strip() for line in FILE.read_text(encoding="utf-8").splitlines() if line.startswith("  ")]

    assert len(sentences) > 100
    assert [each for each in sentences if re.search(slip, each)] == []
    assert all(each.endswith(".") for each in sentences)


def read_log(measure):
    """The log of a measure, as the second model reads it."""
    rows = log_model.read_rows(data_path() / f"{measure}.csv")
    return log_model.Model(rows, {row["area"] for row in rows})


def kept(section):
    """The heading and the first sentence of each entry of a section."""
    sections = re.split(r"^([A-Z ]+)\n\n", FILE.read_text(encoding="utf-8"), flags=re.MULTILINE)
    part = sections[sections.index(section) + 1]
    return [entry.split("\n")[:2] for entry in part.strip("\n").split("\n\n")]


def numbers_in(sentence):
    return {int(number.replace(",", "")) for number in re.findall(r"\d+(?:,\d{3})*", sentence)}


def check_change(before, after, sentence):
    """The difference of two numbers, and its percentage as it is rounded."""
    if before == after:
        assert "as many as" in sentence, sentence
        return
    word = "more" if after > before else "fewer"
    change = re.search(rf"\b{abs(after - before):,} {word} \(([+−])([\d,]+\.?(\d*))%\)", sentence)
    assert change, sentence
    sign, percent, decimals = change.groups()
    assert (sign == "+") == (after > before), sentence
    exact = Fraction(100 * abs(after - before), before)
    assert abs(Fraction(percent.replace(",", "")) - exact) <= Fraction(1, 2 * 10 ** len(decimals)), sentence


def test_sentences_compare_figures_of_log():
    """The kept sentences agree with the second model of the log, which shares no code with the library."""
    compared = [("arrivals", "KOR", *heading.split(), sentence) for heading, sentence in kept("COMPARE")[:-1]]
    compared += [(*heading.split(), sentence) for heading, sentence in kept("OTHER PLACES")]
    assert len(compared) == len(COMPARED) + len(ELSEWHERE)
    for measure, area, *periods, sentence in compared:
        log = read_log(measure)
        before, after = (log.answer(area, period).value for period in periods)
        assert {before, after} <= numbers_in(sentence), sentence
        check_change(before, after, sentence)


def test_sentences_rank_years_of_log():
    years = {int(year): answer.value for year, answer in read_log("arrivals").series("KOR", "year")}
    ranked = [(int(heading), sentence) for heading, sentence in kept("CONTEXT") if re.fullmatch(r"\d{4}", heading)]
    assert len(ranked) == 22
    for year, sentence in ranked:
        value = years[year]
        assert value in numbers_in(sentence), sentence
        if year - 1 in years:
            check_change(years[year - 1], value, sentence)
        place = re.search(r"the (?:(\d+)\w\w |joint )?(highest|lowest) of the (\d+) years", sentence)
        rank, extreme, count = place.groups()
        assert int(count) == len(years), sentence
        if extreme == "highest":
            assert int(rank or 1) == 1 + sum(other > value for other in years.values()), sentence
        else:
            assert value == min(years.values()), sentence
        for extreme, since in re.findall(r"the (lowest|highest) since (\d{4})", sentence):
            between = [other for later, other in years.items() if int(since) < later < year]
            if extreme == "lowest":
                assert years[int(since)] <= value < min(between), sentence
            else:
                assert years[int(since)] >= value > max(between), sentence


if __name__ == "__main__":
    sys.stdout.write(text())
