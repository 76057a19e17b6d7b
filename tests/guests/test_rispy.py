"""rispy: a file of references in RIS is read back, field by field."""

import pytest

import defector_stats as ds

rispy = pytest.importorskip("rispy")


def test_figure():
    (entry,) = rispy.loads(ds.cite(ds.arrivals(2025), "ris"))

    assert entry["type_of_reference"] == "DATA"
    assert entry["title"] == "Arrivals in South Korea in 2025: 223"
    assert entry["authors"] == ["News1"]
    assert entry["secondary_title"] == "통일부, 지난해 입국한 탈북민 224→223명으로 정정"
    assert (entry["year"], entry["date"], entry["language"]) == ("2026", "2026/02/04/", "en")
    assert (entry["publisher"].split()[0], entry["edition"]) == ("defector-stats", ds.data_version())
    assert entry["urls"] == ["https://www.news1.kr/amp/nk/politics-diplomacy/6061941"]


def test_file_of_everything():
    things = [*ds.sources(), *ds.series(), ds.series(), *ds.faq(), None]
    entries = rispy.loads(ds.cite(things, "ris"))

    assert len(entries) == len(things)
    assert not [entry for entry in entries if "unknown_tag" in entry]
    assert [(entry["id"], entry["title"]) for entry in entries[: len(ds.sources())]] == [
        (source.key, source.title) for source in ds.sources()
    ]
