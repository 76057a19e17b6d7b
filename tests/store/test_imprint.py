"""The imprint: what the descriptor and the tables say of all rows of a catalogue."""

from catalogues import catalogue_of, ledger_of

from defector_stats import data_version
from defector_stats._store.imprint import imprint


def imprint_of(catalogue, **descriptor):
    return imprint(ledger_of(catalogue_of(catalogue, {}, **descriptor)))


def test_imprint_of_bundled_figures(catalogue, table):
    found = imprint_of(catalogue)

    assert (found.edition, found.compilers) == (data_version(), "The defector-stats developers")
    assert found.licences == (
        ("CC-BY-4.0", "Creative Commons Attribution 4.0"),
        ("OGL-UK-3.0", "Open Government Licence v3.0"),
    )
    assert found.credits == {row["id"]: row["attribution"] for row in table("measures")}
    assert found.places == {row["code"]: row["name"] for row in table("areas")}


def test_imprint_of_own_catalogue(invented):
    """A licence is named by its address if it has no name; its title ends before the first parenthesis."""
    licences = [
        {"name": "N", "path": "https://example.org/n", "title": "Nobody (in short) and more (in long)"},
        {"path": "https://example.org"},
        {"title": "Untold"},
    ]
    found = imprint_of(invented, licenses=licences, contributors=[{"title": "A"}, {}, {"title": "B"}])

    assert found.licences == (("N", "Nobody"), ("https://example.org", ""), ("", "Untold"))
    assert found.compilers == "A; B"
    bare = imprint_of(invented)
    assert (bare.edition, bare.compilers, bare.licences) == ("1", "", ())
    assert bare.credits == {"crossings": "Nobody.", "tickets": "Nobody.", "guests": "Nobody."}
    assert bare.places == {"KOR": "South Korea", "USA": "United States"}
