"""Which sources copy each other, as the second reading of the evidence found it."""

import pytest

from defector_stats import arrivals, estimates, sources

# One table of the ministry: its page as of 2020 and of 2024, and what a program read out of it.
ONE_TABLE = {"mou_cn_2009", "mou_en_support_2409", "gh_fnk"}


@pytest.mark.parametrize("year", range(2002, 2017))
def test_sexes_have_one_origin(table, year):
    present = arrivals(year)
    printed = {"period": str(year), "value": str(present.value), "male": str(present.male)}
    rows = [row for row in table("arrivals") if printed.items() <= row.items()]
    keys = {key for row in rows for key in row["sources"].split()}

    assert keys == ONE_TABLE
    assert {source.origin or source.key for source in sources() if source.key in keys} == {"mou_cn_2009"}


@pytest.mark.parametrize("year", [2002, 2004, 2006, 2007, 2008])
def test_totals_with_one_origin(year):
    assert {source.key for source in arrivals(year).sources} == ONE_TABLE
    assert arrivals(year).provenance.origins == 1


@pytest.mark.parametrize(
    ("year", "origins"),
    [
        # The table of the ministry; Kukmin Ilbo and KBS, both of November 2015.
        (2003, 3),
        # The table; Metro (2013), NK Economy Watch (2014), SBS, Seoul Shinmun and JoongAng Ilbo (2018).
        (2010, 6),
    ],
)
def test_totals_with_several_origins(year, origins):
    assert arrivals(year).provenance.origins == origins


def test_origins_of_others():
    """Reports of one briefing count apart, translations by one agency do not."""
    (first,) = [source for source in arrivals(2017).sources if source.key == "livedoor_20180105"]
    assert (first.origin, first.publisher, first.language) == ("hankyung_20180105", "Yonhap", "ja")
    assert {"hankyung_20180105", "youthdaily_20180105"} <= {source.key for source in arrivals(2017).sources}
    assert all(1 <= estimate.provenance.origins <= len(estimate.provenance.sources) for estimate in estimates())


def test_copy_is_not_older_than_its_origin():
    by_key = {source.key: source for source in sources()}
    copies = [source for source in sources() if source.origin]

    assert copies
    for copy in copies:
        assert by_key[copy.origin].origin == ""
        assert by_key[copy.origin].published[:4] <= copy.published[:4]
