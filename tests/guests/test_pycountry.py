"""pycountry: the subdivisions of ISO 3166-2 know every code of a province or a region."""

import pytest

from defector_stats import breakdown

pycountry = pytest.importorskip("pycountry")

TABLES = [("province", "../2020-03"), ("province", "../2024-09"), ("residence", "2008-05"), ("residence", "2024-09")]
COUNTRIES = {"province": "KP", "residence": "KR"}


@pytest.mark.parametrize(("dimension", "period"), TABLES)
def test_codes_are_subdivisions(dimension, period):
    codes = [code for row in breakdown(dimension, period) for code in (row.code or "").split()]

    assert codes
    for code in codes:
        assert pycountry.subdivisions.get(code=code).country_code == COUNTRIES[dimension]


@pytest.mark.parametrize("row", breakdown("residence"), ids=lambda row: row.category)
def test_names_of_regions(row):
    """South Korea's own romanisation is that of the standard: `Gyeongsangbuk-do` for North Gyeongsang."""
    for place, code in zip(row.category.split(" + "), row.code.split(), strict=True):
        side, _, name = place.rpartition(" ")
        wanted = name + {"North": "buk", "South": "nam", "": ""}[side]
        assert pycountry.subdivisions.get(code=code).name.startswith(wanted)
