"""pybtex: references as the oldest style of BibTeX prints them, and whole files."""

from importlib.metadata import version

import pytest

import defector_stats as ds

pybtex = pytest.importorskip("pybtex")
COMPILED = f"Compiled by defector-stats {version('defector-stats')}, data edition {ds.data_version()}."


def render(things):
    found = pybtex.format_from_string(ds.cite(things, "bibtex"), style="plain", output_backend="plaintext")
    return [line.partition("] ")[2] for line in found.splitlines()]


@pytest.mark.parametrize(
    ("thing", "reference"),
    [
        (
            ds.arrivals(2020),
            (
                "Ministry of Unification. Arrivals in South Korea in 2020: 229. Settlement Support for North Korean "
                f"Defectors, 2024. And 6 more sources. {COMPILED} URL: "
                "https://www.unikorea.go.kr/eng_unikorea/whatwedo/support/."
            ),
        ),
        (
            ds.arrivals("2025-H2"),
            (
                "The defector-stats developers. Arrivals in South Korea in the second half of 2025: 127. "
                "February 2026. Of low reliability. Calculated as 2025 − 2025-H1, from Yonhap (2025-08-24), "
                f"KBS World (French) (2025-08), News1 (2026-02-04) and 4 more. {COMPILED}"
            ),
        ),
        (
            ds.series(),
            (
                "Ministry of Unification, Republic of Korea. Arrivals in South Korea by year, 1992 to 2025. "
                "February 2026. Ministry of Unification, Republic of Korea, and reports of its briefings; compiled by "
                f"defector-stats (CC BY 4.0). Version {version('defector-stats')}, data edition {ds.data_version()}."
            ),
        ),
    ],
    ids=["figure", "derived", "series"],
)
def test_reference_in_plain_style(thing, reference):
    assert render(thing) == [reference]


def test_library_in_plain_style():
    (line,) = render(None)

    assert max(map(len, line.split())) <= 17  # with a full stop
    assert "".join(line.removesuffix(".").split()[-4:]) == ds.cite().removesuffix(".").split()[-1]


def test_file_of_everything():
    """All letters that mean something to LaTeX come back as they were."""
    from pybtex.database import parse_string
    from pybtex.richtext import Text

    library = parse_string(ds.cite(ds.sources(), "bibtex"), "bibtex")
    read = {key: str(Text.from_latex(entry.fields["title"])) for key, entry in library.entries.items()}
    # pybtex leaves the backslash of a dollar sign, in which LaTeX sees no mathematics.
    read = {key: title.replace(r"\$", "$") for key, title in read.items()}

    assert read == {source.key: source.title for source in ds.sources()}
