"""Names of places: read exactly, whatever their case, and never guessed."""

import pytest
from catalogues import catalogue_of, rows_of

from defector_stats import UnknownNameError, areas, estimates, measures, observation, series

# ISO 3166-1, typed from the standard.
ALPHA_2 = {
    "AUS": "AU", "AUT": "AT", "BEL": "BE", "BGR": "BG", "BRA": "BR", "CAN": "CA", "CHE": "CH", "CHL": "CL", "CHN": "CN",
    "DEU": "DE", "DNK": "DK", "ESP": "ES", "FIN": "FI", "FRA": "FR", "GBR": "GB", "IRL": "IE", "ISR": "IL", "KGZ": "KG",
    "KHM": "KH", "KOR": "KR", "KWT": "KW", "LUX": "LU", "NLD": "NL", "NOR": "NO", "NZL": "NZ", "PHL": "PH", "PRK": "KP",
    "RUS": "RU", "SWE": "SE", "THA": "TH", "UKR": "UA", "USA": "US", "UZB": "UZ",
}  # fmt: skip


def refused(measure, area):
    return pytest.raises(UnknownNameError, observation, measure, 2020, area=area).value


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ("GBR", "GBR"), ("gbr", "GBR"), ("GB", "GBR"), ("gb", "GBR"), ("UK", "GBR"), ("uk", "GBR"), ("England", "GBR"),
        ("united kingdom", "GBR"), ("the United Kingdom", "GBR"), ("Germany", "DEU"), ("GERMANY", "DEU"), ("de", "DEU"),
        (" Germany ", "DEU"), ("Holland", "NLD"), ("world", "WLD"), ("US", "USA"),
    ],
)  # fmt: skip
def test_area_by_code_name_or_alias(given, code):
    assert series("refugees", area=given).area == code
    assert observation("refugees", 2020, area=given).area == code


@pytest.mark.parametrize("given", ["KOR", "kr", "South Korea", "ROK", pytest.param("대한민국", id="korean")])
def test_area_of_single_area_measure(given):
    assert observation("arrivals", 2020, area=given) == 229


def test_area_by_iso_alpha_2_and_alpha_3():
    assert {area.code: area.aliases[0] for area in areas() if area.code != "WLD"} == ALPHA_2
    for measure in measures():
        for code in measure.areas:
            for given in (code, code.lower(), ALPHA_2.get(code, code), ALPHA_2.get(code, code).lower()):
                assert series(measure.id, area=given).area == code


@pytest.mark.parametrize(
    ("measure", "area", "told", "hint"),
    [
        ("refugees", "KOR", "'KOR' is not an area of 'refugees': South Korea", "Ask for observation('arrivals')."),
        ("refugees", "CHN", "'CHN' is not an area of 'refugees': China does not", "Ask for estimates('in-china')."),
        ("refugees", "china", "'china' is China (CHN), which is not an area of 'refugees': China does not", None),
        ("asylum-applications", "PRC", "'PRC' is China (CHN), which is not an area of", None),
        ("refugees", "Republic of Korea", "is South Korea (KOR), which is not an area of 'refugees': South", None),
        ("refugees", "North Korea", "'North Korea' is not an area of 'refugees': People come from North Korea", ""),
        ("arrivals", "DPRK", "is North Korea (PRK), which is not an area of 'arrivals': People come from", ""),
        ("arrivals", "North Korea", "the area of this measure is where they arrive, South Korea (KOR).", ""),
        ("re-entries", "South Korea", "the area of this measure is where they went back to, North Korea (PRK).", ""),
        ("refugees", "Austria", "'Austria' is not an area of 'refugees', only of asylum-applications.", None),
        ("arrivals", "USA", "'USA' is not an area of 'arrivals', only of refugees, asylum-seekers, ", None),
    ],
)
def test_area_of_other_measure_has_hint(measure, area, told, hint):
    error = refused(measure, area)
    assert told in str(error)
    assert error.suggestions == ()
    assert hint is None or error.hint == hint
    if error.hint:
        call = error.hint.removeprefix("Ask for ").removesuffix(".")
        assert eval(call, {"observation": observation, "estimates": estimates, "series": series})  # noqa: S307


@pytest.mark.parametrize(
    ("measure", "given", "codes"),
    [
        ("arrivals", "Korea", ("KOR",)),
        ("arrivals", "korea", ("KOR",)),
        ("re-entries", "Korea", ("PRK",)),
        ("refugees", "United", ("GBR", "USA")),
        ("us-refugee-admissions", "united", ("USA",)),
    ],
)
def test_ambiguous_area_is_refused(measure, given, codes):
    error = refused(measure, given)
    assert (error.kind, error.given, error.suggestions, error.problem[:8]) == ("area", given, codes, "may mean")


def test_area_korea_is_ambiguous():
    error = refused("refugees", "Korea")
    assert str(error) == (
        "'Korea' may mean South Korea (KOR) or North Korea (PRK), none of them an area of 'refugees'. "
        "Ask for observation('arrivals')."
    )
    assert (error.kind, error.given, error.suggestions) == ("area", "Korea", ())
    assert refused("us-refugee-admissions", "Korea").hint == "Ask for series('arrivals', area='KOR')."


def test_area_refuses_part_of_name():
    assert refused("refugees", "Kingdom").problem == ""


def test_area_without_figures():
    assert str(refused("us-refugee-admissions", "China")) == "'China' is not an area of 'us-refugee-admissions'."


def test_ambiguous_alias_is_refused(catalogue):
    areas = [[*row[:3], f"{row[3]}; Elsewhere"] for row in rows_of(catalogue)["areas"]]
    with pytest.raises(UnknownNameError) as caught:
        catalogue_of(catalogue, {"areas": areas}).series("refugees", area="elsewhere")
    assert caught.value.problem.startswith("may mean Australia (AUS) or Austria (AUT) or ")


def test_ambiguous_areas_without_figures(catalogue):
    areas = [*rows_of(catalogue)["areas"], ["XXA", "Far North", "", ""], ["XXB", "Far South", "", ""]]
    with pytest.raises(UnknownNameError) as caught:
        catalogue_of(catalogue, {"areas": areas}).series("refugees", area="far")
    assert str(caught.value) == (
        "'far' may mean Far North (XXA) or Far South (XXB), none of them an area of 'refugees'."
    )
    assert caught.value.hint == ""


def test_area_suggestions_match_names_only():
    """Similar spelling finds the names of areas, never their codes."""
    every = next(measure.areas for measure in measures() if measure.id == "refugees")
    for given in ("NORR", "KOS", "CHX", "JPN", "ZZZ", "", "X", "GBRR", "deux"):
        assert refused("refugees", given).suggestions == every
    for given, code in (
        ("Germny", "DEU"),
        ("Swizerland", "CHE"),
        ("Untied Kingdom", "GBR"),
        ("Republic of Korra", None),
    ):
        assert refused("refugees", given).suggestions == ((code,) if code else every)
    names = next(measure.areas for measure in measures() if measure.id == "asylum-seekers")
    assert refused("asylum-seekers", "Spian").suggestions == ("ESP",)
    assert refused("asylum-seekers", "Span").suggestions == names  # four letters are close to too much
    for given in (5, ["KOR"], b"KOR", True):
        error = refused("refugees", given)
        assert (error.given, error.suggestions) == (given, every)
