"""No row of the evidence is lost in silence, and the log says what the evidence says."""

import re
from collections import defaultdict

import pytest
from log_model import end_of, last_day

from defector_stats import arrivals, revisions, series


@pytest.fixture(scope="module")
def evidence(table):
    return table("evidence", beside_tests=True)


@pytest.fixture(scope="module")
def log(table):
    return {f"{row['period']}@{row['released']}": row for row in table("arrivals")}


def test_evidence_lines_have_outcomes(evidence):
    lines = {
        "annual.csv": 26,
        "annual_detail_pre2002.csv": 16,
        "cumulative.csv": 50,
        "quarterly/half_year.csv": 23,
        "quarterly/quarterly.csv": 52,
        "quarterly/vintages.csv": 74,
        "vintages.csv": 414,
        "second-reading/vintages.csv": 93,
        "second-reading/cumulative.csv": 11,
        "second-reading/half_year.csv": 2,
        "second-reading/quarterly.csv": 4,
        "second-reading/arrivals_bycatch.csv": 11,
    }
    for file, count in lines.items():
        seen = {int(row["line"]) for row in evidence if row["file"] == file}
        assert seen == set(range(2, count + 2)), file
    assert all(row["outcome"] or row["why_not"] for row in evidence)


def test_evidence_lines_match_rows(evidence, log):
    for row in evidence:
        if "@" not in row["outcome"]:
            continue
        printed = log[row["outcome"]]
        assert row["source"] in printed["sources"].split(), row
        for column in ("value", "male", "female"):
            assert row[column] in {"", printed[column]}, row


def test_log_rows_come_from_evidence(evidence, log):
    """Each row of the log and each of its sources comes from the evidence."""
    traced = {(row["outcome"], row["source"]) for row in evidence}
    for key, row in log.items():
        for source in row["sources"].split():
            assert (key, source) in traced, key


@pytest.fixture(scope="module")
def beyond(table):
    """The evidence on other places, on estimates and on who the people are."""
    return table("evidence_beyond", beside_tests=True)


def test_other_evidence_has_outcomes(beyond):
    """Each line of the other evidence has an outcome or a reason."""
    lines = {
        "world/unhcr.csv": 1626,
        "world/us.csv": 140,
        "world/other.csv": 391,
        "world/transit.csv": 33,
        "estimates/china_stock.csv": 57,
        "estimates/outflow_other.csv": 42,
        "estimates/repatriations.csv": 42,
        "demographics/age.csv": 62,
        "demographics/education.csv": 33,
        "demographics/occupation.csv": 44,
        "demographics/origin_province.csv": 42,
        "demographics/other.csv": 113,
        "second-reading/world/unhcr.csv": 12,
        "second-reading/estimates/china_stock.csv": 10,
        "second-reading/estimates/repatriations.csv": 2,
    }
    for file, count in lines.items():
        seen = [int(row["line"]) for row in beyond if row["file"] == file]
        assert seen == list(range(2, count + 2)), file
    assert len(beyond) == sum(lines.values())
    assert all(row["outcome"] or row["why_not"] for row in beyond)


def test_other_figures_come_from_evidence(beyond, table):
    traced = {row["outcome"] for row in beyond}
    for measure in [row["id"] for row in table("measures")][1:]:
        for row in table(measure):
            key = f"{measure}@{row['area']}@{row['period']}"
            assert key in traced or f"{measure}@{row['period']}" in traced, key
    for row in table("alternatives"):
        key = f"alternatives@{row['measure']}@{row['area']}@{row['period']}"
        assert key in traced or row["measure"] == "arrivals", key
    for row in table("estimates"):
        assert f"{row['topic']}@{row['reference']}@{row['organisation']}" in traced
    for row in table("breakdowns"):
        assert f"{row['dimension']}@{row['period']}@{row['category']}" in traced


@pytest.fixture(scope="module")
def others(table):
    """The rows of other places, of estimates and of breakdowns, by the outcomes that the evidence names."""
    rows = defaultdict(list)
    for measure in [row["id"] for row in table("measures")][1:]:
        for row in table(measure):
            rows[f"{measure}@{row['area']}@{row['period']}"].append(row)
            rows[f"{measure}@{row['period']}"].append(row)
    for row in table("alternatives"):
        rows[f"alternatives@{row['measure']}@{row['area']}@{row['period']}"].append(row)
    for row in table("estimates"):
        rows[f"{row['topic']}@{row['reference']}@{row['organisation']}"].append(row | {"value": row["point"]})
    for row in table("breakdowns"):
        rows[f"{row['dimension']}@{row['period']}@{row['category']}"].append(row)
    return rows


def test_other_outcomes_are_bundled(beyond, others):
    for row in beyond:
        assert not row["outcome"] or row["outcome"] in others, row


def test_other_figures_match_evidence(beyond, others):
    """A bundled row has the numbers that its evidence has, and names the source."""
    checked = 0
    for row in beyond:
        if not row["outcome"] or row["why_not"].startswith("repeats "):
            continue
        checked += 1
        given = {name: row[name] for name in ("male", "female", "value", "low", "high") if row[name]}
        assert given, row
        assert any(
            row["source"] in other["sources"].split() and {name: other[name] for name in given} == given
            for other in others[row["outcome"]]
        ), row
    assert checked == 1028


def test_facts_for_texts_have_outcomes(table):
    rows = table("evidence_texts", beside_tests=True)
    assert all(row["outcome"] or row["why_not"] for row in rows)
    facts = " ".join(row["fact"] for row in rows)
    for section in ("A.1", "A.2", "A.3", "A.4", *(f"B.{number}" for number in range(5, 17))):
        assert section in facts, section
    for number in range(1, 25):
        assert f"C{number:02}" in facts, number


def test_misprints_are_bundled(evidence, table):
    misprints = {(row["period"], row["source"], row["printed"]) for row in table("misprints")}
    for row in evidence:
        if not row["why_not"].startswith("misprint"):
            continue
        period = row["why_not"].removeprefix("misprint").removeprefix(" of ") or row["period"]
        number = row["value"] or row["male"] or row["female"]
        assert any(p == period and (s, n) == (row["source"], number) for p, s, n in misprints), row


def test_alternatives_are_bundled(evidence):
    for row in evidence:
        if row["why_not"] == "alternative":
            assert int(row["value"]) in [other.value for other in arrivals(row["period"]).alternatives]


def _figures(observation):
    return tuple("" if n is None else str(int(n)) for n in (observation.value, observation.male, observation.female))


def test_log_reproduces_check_files(evidence):
    checked = 0
    for row in evidence:
        expected = (row["value"], row["male"], row["female"])
        if row["outcome"].startswith("as-of "):
            answer = arrivals(row["period"], as_of=row["outcome"].removeprefix("as-of "))
        elif row["outcome"] in {"check", "total"}:
            answer = arrivals(row["period"])
        else:
            continue
        checked += 1
        found = _figures(answer)
        known = 1 if row["outcome"] == "total" else 3
        assert all(e in {"", f} for e, f in zip(expected[:known], found[:known], strict=True)), (row, found)
    assert checked == 104


def test_sexes_follow_from_evidence(evidence):
    """The sexes that the evidence adds up follow from printed ones."""
    sums = [row for row in evidence if row["outcome"].startswith("arithmetic ")]
    assert len(sums) == 2
    for row in sums:
        terms = row["outcome"].removeprefix("arithmetic ").replace("- ", "-").replace("+ ", "").split()
        figures = [(-1 if term[0] == "-" else 1, arrivals(term.lstrip("-"))) for term in terms]
        assert sum(sign * f.male for sign, f in figures) == int(row["male"])
        assert sum(sign * f.female for sign, f in figures) == int(row["female"])
        assert arrivals(row["period"]) == int(row["value"])


def test_evidence_gaps_are_stated(evidence, table):
    stated = {row["period"] for row in table("gaps")}
    gaps = {row["period"] for row in evidence if row["outcome"] == "gap"}
    assert gaps <= stated
    assert all(arrivals(period, default=None) is None for period in gaps)


def test_log_sexes_add_up(log):
    split = [row for row in log.values() if row["male"] or row["female"]]
    assert len(split) > 150
    assert all(int(row["male"]) + int(row["female"]) == int(row["value"]) for row in split)


@pytest.mark.parametrize("year", range(2019, 2025))
def test_quarters_halves_years_add_up(year):
    quarters = [arrivals(f"{year}-Q{number}") for number in range(1, 5)]
    assert sum(quarters) == arrivals(year)
    assert arrivals(f"{year}-H1") == quarters[0] + quarters[1]
    assert arrivals(f"{year}-H2") == quarters[2] + quarters[3]


def test_official_table_adds_up(table):
    """The rows of the official table add up to each running total printed since november 2015."""
    exceptions = {(r["period"], r["released"]): r for r in table("running_totals", beside_tests=True)}
    printed = [r for r in table("arrivals") if r["period"][:3] == "../" and r["period"][3:] >= "2015-11"]
    assert len(printed) == 36
    for row in printed:
        exception = exceptions.pop((row["period"], row["released"]), None)
        year, _, month = row["period"][3:].partition("-")
        if exception is not None and not exception["now"]:
            assert arrivals(f"{year}-01/{year}-{month}", default=None) is None
            continue
        rest = {"": year, "03": f"{year}-Q1", "06": f"{year}-H1"}.get(month, f"{year}-01/{year}-{month}")
        rows = [arrivals(part) for part in ("../1998", "1999/2001", *range(2002, int(year)), rest)]
        split = None not in [part.male for part in rows]
        sums = [sum(rows), sum(p.male for p in rows) if split else "", sum(p.female for p in rows) if split else ""]
        found = [str(number) for number in sums]
        expected = [row["value"], row["male"], row["female"]]
        agrees = found[0] == expected[0] and (not split or not row["male"] or found == expected)
        assert agrees == (exception is None), (row, found)
        if exception is not None:
            assert found[0] == exception["now"]
    assert not exceptions


def test_official_table_adds_up_by_sex():
    """All years and buckets of the official table add up to the running total by sex."""
    rows = [arrivals("../1998"), arrivals("1999/2001"), *series(start=2002)]
    assert (sum(rows), sum(r.male for r in rows), sum(r.female for r in rows)) == (34537, 9593, 24944)


def test_years_and_spans_before_2002_add_up():
    assert arrivals("../1989") + arrivals("1990/1999") + arrivals(2000) + arrivals(2001) == 1990
    assert sum(arrivals(year) for year in (1999, 2000, 2001)) == arrivals("1999/2001")
    assert sum(arrivals(year) for year in range(1996, 2000)) + 135 == arrivals("1996-01/2000-07")
    assert sum(arrivals(year) for year in range(1994, 1999)) == 306


def test_release_dates_are_possible(log, descriptor):
    """No value is released before its period ends or after the edition."""
    for row in log.values():
        known = last_day(row["released"])
        assert known >= end_of(row["period"]), row
        assert known.isoformat() <= descriptor["created"][:10], row


def test_sources_used_and_known(table):
    used = set()
    logs = [row["id"] for row in table("measures")]
    texts = ("faq-statements", "claims", "glossary")
    for name in (
        *logs,
        "gaps",
        "alternatives",
        "series-breaks",
        "estimates",
        "indicators",
        "breakdowns",
        "categories",
        "release-calendar",
        *texts,
    ):
        used.update(key for row in table(name) for key in row["sources"].split())
    used.update(row["source"] for row in table("misprints"))
    assert used == {row["key"] for row in table("sources")}


def test_source_titles_hold_no_notes(table):
    """How a source was read stands in `via` and `note`."""
    word = re.compile(
        r"\bnot (shown|seen|stored)|translated|mirror|repost|scrape|\bvia\b|\bquot(es|ed|ing)\b|\bcit(es|ing)\b"
        r"|\bnotice\)|\bbuilt \d|github|\.sql\b|\.json\b|\(blog\)|\bcopy\b|\w / \w"
        r"|\((AFP|AP|PAP|Reuters|Yonhap|Newsis)\b",
        re.IGNORECASE,
    )
    found = {
        row["key"]
        for row in table("sources")
        if word.search(row["publisher"].replace("Embassy Seoul / State", "")) or word.search(row["title"])
    }

    # Two titles as their papers printed them.
    assert found == {"newser_2007_cost", "un_media_2025_ohchr"}


def test_source_notes_unseen_titles(table):
    rows = table("sources")

    assert sum(bool(re.match("title (and publisher )?not seen", row["note"])) for row in rows) == 97
    assert sum(row["note"].startswith("title translated") for row in rows) == 13
    assert {row["key"]: (row["publisher"], row["via"], row["note"]) for row in rows}.items() >= {
        "koreaherald_20130411": ("Yonhap", "Korea Herald", "title not seen"),
        "yonhap_201010_mirror": ("Yonhap", "a scraper site", "original not seen"),
        "archive_20041231": ("Chinese-language news archive", "", "title and publisher not seen"),
        "enku_gt2013": ("Voice of America", "enku.kr", "title translated"),
        "korrespondent_20160412": ("Korrespondent.net", "", "cites Yonhap"),
        "news1_20260204": ("News1", "", ""),
    }.items()


def test_source_mirrors_without_link(table):
    urls = {row["key"]: row["url"] for row in table("sources")}
    for key in ("yonhap_201010_mirror", "segye_ppomppu_20250417", "wp_nkinsk", "yonhap_20250824"):
        assert not urls[key]
    with_address = [url for url in urls.values() if url]
    shared = {url for url in with_address if with_address.count(url) > 1}
    assert shared == {"https://www.unikorea.go.kr/eng_unikorea/whatwedo/support/"}  # two copies of one page


def test_number_of_totals_matches_notes():
    totals = {y: len({step.value for step in revisions(y)}) for y in (2002, 2003, 2009, 2010, 2012, 2015, 2016, 2025)}
    assert totals == {2002: 6, 2003: 2, 2009: 4, 2010: 5, 2012: 3, 2015: 3, 2016: 3, 2025: 2}


def test_compilations_are_low_reliability():
    """A year known from compilations alone is of low reliability."""
    assert [arrivals(year).status for year in (1992, 1993, 1995, 1996)] == ["low-reliability"] * 3 + ["normal"]
