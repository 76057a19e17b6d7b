"""The codes of places against the standard, and the Korean names against what the sources print."""

import pytest

# ISO 3166-2 as changed in 2022, for both Koreas, with English names.
STANDARD = {
    "KP-01": "Pyongyang", "KP-02": "South Pyongan", "KP-03": "North Pyongan", "KP-04": "Chagang",
    "KP-05": "South Hwanghae", "KP-06": "North Hwanghae", "KP-07": "Kangwon", "KP-08": "South Hamgyong",
    "KP-09": "North Hamgyong", "KP-10": "Ryanggang", "KP-13": "Rason", "KP-14": "Nampo", "KP-15": "Kaesong",
    "KR-11": "Seoul", "KR-26": "Busan", "KR-27": "Daegu", "KR-28": "Incheon", "KR-29": "Gwangju", "KR-30": "Daejeon",
    "KR-31": "Ulsan", "KR-41": "Gyeonggi", "KR-42": "Gangwon", "KR-43": "North Chungcheong",
    "KR-44": "South Chungcheong", "KR-45": "North Jeolla", "KR-46": "South Jeolla", "KR-47": "North Gyeongsang",
    "KR-48": "South Gyeongsang", "KR-49": "Jeju", "KR-50": "Sejong",
}  # fmt: skip
OTHER_SPELLINGS = {"Jagang": "Chagang"}
# Korean names of provinces and regions as the publisher shortens them, by the English ones.
KOREAN = {
    "Kangwon": "강원", "Nampo": "남포", "Ryanggang": "양강", "Jagang": "자강", "South Pyongan": "평남",
    "North Pyongan": "평북", "Pyongyang": "평양", "South Hamgyong": "함남", "North Hamgyong": "함북",
    "South Hwanghae": "황남", "North Hwanghae": "황북", "Kaesong": "개성",
    "Seoul": "서울", "Gyeonggi": "경기", "Incheon": "인천", "Busan": "부산", "South Chungcheong": "충남",
    "South Gyeongsang": "경남", "Daegu": "대구", "Daejeon": "대전", "North Gyeongsang": "경북",
    "North Chungcheong": "충북", "Gwangju": "광주", "Gangwon": "강원", "South Jeolla": "전남", "North Jeolla": "전북",
    "Ulsan": "울산", "Jeju": "제주", "South Chungcheong + Sejong": "충남·세종",
}  # fmt: skip
# The words for the categories, in the order in which each source prints them.
PRINTED = {
    "datasom_2023": (
        "0~9세 | 10대 | 20대 | 30대 | 40대 | 50대 | 60세 이상 | 관리직 | 군인 | 노동자 | 무직부양 | 봉사분야 | "
        "예술체육 | 전문직 | 아동 등 비대상 | 취학 전 아동 | 유치원 | 인민학교(소학교) | 중학교(고등·중) | "
        "전문대 | 대학 이상 | 무학 | 불상 등 기타"
    ),
    "dailynk_200807": (
        "30대 | 20대 | 10대 | 60세 이상 | 50대 | 10세 미만 | 서울 | 경기도 | 인천 | 부산 | 충남 | 경남 | 대구 | "
        "대전 | 경북 | 충북 | 광주 | 강원 | 전남 | 전북 | 울산 | 제주 | 중학 | 대학 이상 | 전문대 | 소학교 | "
        "무직자 | 노동자 | 봉사 분야 | 관리직 | 전문직 | 예술.체육 분야"
    ),
    "theminjoo_20241010": (
        "경기 | 서울 | 인천 | 충남·세종 | 충북 | 경북 | 경남 | 강원 | 부산 | 전남 | 대구 | 대전 | 광주 | 전북 | "
        "울산 | 제주"
    ),
    "gh_factdoc_202003": (
        "강원 | 남포 | 양강 | 자강 | 평남 | 평북 | 평양 | 함남 | 함북 | 황남 | 황북 | 개성 | 기타(재외 등)"
    ),
}
PLACES = ("province", "residence")


@pytest.fixture(scope="module")
def categories(table):
    return table("categories")


def test_categories_are_those_of_breakdowns(categories, table):
    used = {(row["dimension"], row["category"]) for row in table("breakdowns")}

    assert {(row["dimension"], row["category"]) for row in categories} == used


def test_codes_are_those_of_standard(categories):
    for row in categories:
        places = row["category"].split(" + ") if row["code"] else []
        assert [STANDARD[code] for code in row["code"].split()] == [
            OTHER_SPELLINGS.get(place, place) for place in places
        ], row


def test_every_place_has_code(categories):
    """All but those who came from elsewhere have one; the tables have no row for Rason."""
    without = [row["category"] for row in categories if row["dimension"] in PLACES and not row["code"]]
    codes = {code for row in categories for code in row["code"].split()}

    assert without == ["other (including born elsewhere)"]
    assert set(STANDARD) - codes == {"KP-13"}
    assert not any(row["code"] for row in categories if row["dimension"] not in PLACES)


def test_no_place_twice_in_table(categories, table):
    """Of one table, no two rows hold the same place, so that they can be joined with a map."""
    codes = {(row["dimension"], row["category"]): row["code"].split() for row in categories}
    found = {}
    for row in table("breakdowns"):
        found.setdefault((row["dimension"], row["period"]), []).extend(codes[row["dimension"], row["category"]])
    assert all(len(places) == len(set(places)) for places in found.values())
    assert {len(places) for (dimension, _), places in found.items() if dimension == "residence"} == {16, 17}


def test_korean_names_are_printed(categories):
    for row in categories:
        for source in row["sources"].split():
            assert row["name_ko"] in PRINTED[source].split(" | "), row
        assert row["name_ko"] == KOREAN.get(row["category"], row["name_ko"])
        assert row["sources"]


def test_korean_titles_are_printed(table):
    """Each title stands in the source that it names: arrivals, and all dimensions of breakdowns."""
    printed = {
        "ohmynews_20250917": "통일부 홈페이지에 게시된 '북한이탈주민 입국인원 현황'에 따르면",
        "gh_factdoc_202003": (
            "북한이탈주민 통계_연령대별 입국현황(’20.3월말).csv | 북한이탈주민 통계_재북 출신지역별 현황(’20.3월말).csv"
        ),
        "datasom_2023": "재북 직업별로는 | 재북 학력별로는",
        "theminjoo_20241010": "< 북한이탈주민 지역별 거주 현황 >",
    }
    titles = table("titles")

    for row in titles:
        assert row["title_ko"] in printed[row["sources"]], row
    dimensions = dict.fromkeys(row["dimension"] for row in table("categories"))
    assert [row["of"] for row in titles] == ["arrivals", *dimensions]


def test_names_of_printed_counts(categories, table):
    """DataSom prints a count beside each name: the table of 2022 has the same count beside the English one."""
    order = PRINTED["datasom_2023"].split(" | ")
    names = {(row["dimension"], row["category"]): row["name_ko"] for row in categories}
    counts = {
        names[row["dimension"], row["category"]]: int(row["value"])
        for row in table("breakdowns")
        if row["period"] == "../2022"
    }
    printed = [1297, 3811, 9601, 9719, 6011, 2049, 1348, 550, 883, 13399, 15170, 1553, 305, 764, 1212,
               822, 350, 2305, 23471, 3537, 2343, 875, 133]  # fmt: skip

    assert counts == dict(zip(order, printed, strict=True))


def test_counts_of_korean_regions(categories, table):
    """Yonhap prints a count beside each region: the table of 2008 has the same count beside the English one."""
    names = {row["category"]: row["name_ko"] for row in categories if row["dimension"] == "residence"}
    counts = {
        names[row["category"]]: int(row["value"])
        for row in table("breakdowns")
        if (row["dimension"], row["period"]) == ("residence", "2008-05")
    }
    assert counts == {
        "서울": 4570, "경기": 3159, "인천": 1242, "부산": 619, "충남": 423, "경남": 422, "대구": 382, "대전": 376,
        "경북": 372, "충북": 359, "광주": 298, "강원": 288, "전남": 280, "전북": 204, "울산": 167, "제주": 81,
    }  # fmt: skip


def test_rhythms_fit_days_of_publication(table):
    """Each publication that is named came out in the months that the calendar gives, or tells when the next one did."""
    published = {row["key"]: row["published"] for row in table("sources")}
    rows = {(row["measure"], row["period"]): row for row in table("release-calendar")}
    months = {key: {published[source][5:7] for source in row["sources"].split()} for key, row in rows.items()}

    for measure in ("refugees", "asylum-seekers", "asylum-applications"):
        assert (rows[measure, "year"]["months"], months[measure, "year"]) == ("6", {"06"})
    assert (rows["us-refugee-admissions", "fiscal-year"]["months"], months["us-refugee-admissions", "fiscal-year"]) == (
        "1", {"10"},
    )  # fmt: skip
    assert (rows["us-refugee-admissions", "year"]["months"], months["us-refugee-admissions", "year"]) == (
        "1", {"01", "12"},
    )  # fmt: skip
    assert months["arrivals", "year"] == {"01", "02"}
    assert months["arrivals", "H1"] == {"08"}
    for measure in ("uk-asylum-applications", "uk-asylum-applicants"):
        assert rows[measure, "year"]["months"] == "2"
    assert {measure for measure, _ in rows} == {row["id"] for row in table("measures")} - {
        "thailand-arrests", "re-entries",
    }  # fmt: skip
