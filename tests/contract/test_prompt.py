"""What a prompt and a notebook show of everything that the library answers."""

import attrs
import pytest
from things import things

import defector_stats as ds

THINGS = things() | {"Catalogue": ds.Catalogue.bundled(), "Chart": ds.Chart(figure=None, alt="A long text. " * 100)}
SEQUENCES = {name: thing for name, thing in THINGS.items() if hasattr(thing, "records")}


def inside(thing):
    """A thing and all that can be read from it."""
    yield thing
    if isinstance(thing, tuple):
        for part in thing:
            yield from inside(part)
    elif attrs.has(type(thing)) and not isinstance(thing, ds.Chart):
        for field in attrs.fields(type(thing)):
            if field.name.startswith("_"):
                continue
            yield from inside(getattr(thing, field.name))


@pytest.mark.parametrize("name", THINGS)
def test_repr_is_short(name):
    shown = [part for part in inside(THINGS[name]) if type(part).__module__.startswith("defector_stats")]

    assert shown
    for part in shown:
        assert len(repr(part)) <= 200
        assert "\n" not in repr(part)


def test_no_repr_shows_source_whole():
    source = ds.sources()[0]
    titles = {each.title for each in ds.sources()}

    assert repr(source) == "Source(key='wikileaks_05geneva', publisher='US Mission Geneva', published='2005-10-14')"
    assert not [name for name, thing in THINGS.items() for title in titles if title in repr(thing)]


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("About", "<About arrivals, KOR, 2020: 229>"),
        ("Areas", "<Areas: 34 areas>"),
        ("Claims", "<Claims: 31 claims>"),
        ("Breakdown", "<Breakdown by age, ../2024-09: 7 categories>"),
        ("Catalogue", "<Catalogue: edition 2026.12.0>"),
        ("Chart", "<Chart: A long text. A long text. A long text. …>"),
        ("Comparison", "<Comparison 2019 to 2020: 1,047 to 229>"),
        ("Context", "<Context of arrivals, KOR, 2019: 1,047>"),
        ("Derived", "Derived(value=Fraction(169, 1), formula='(2020 + 2021 + 2022 + 2023 + 2024 + 202…')"),
        ("Faq", "<Faq: 32 questions>"),
        ("Gap", "Gap(period='2005-Q1', reason='not-found')"),
        ("Measure", "Measure(id='arrivals', kind='flow', title='Arrivals of North Korean escapees in So…')"),
        ("Observations", "<Observations: 11 figures>"),
        ("Revisions", "<Revisions: 2 steps>"),
        ("TimeSeries", "<TimeSeries arrivals KOR by year: 6 figures, 2020 to 2025>"),
        ("Verification", "Verification(value=947, period='1998', verdict='misread')"),
    ],
)
def test_repr_exactly(name, shown):
    assert repr(THINGS[name]) == shown


def test_one_row_is_singular():
    assert repr(ds.faq()[:1]) == "<Faq: 1 question>"


@pytest.mark.parametrize("name", SEQUENCES)
def test_str_of_sequence_is_small(name):
    lines = str(SEQUENCES[name]).splitlines()

    assert 1 < len(lines) <= 140
    # The sentence of a series or a table stands before it.
    table = lines[lines.index("") + 1 :] if name in {"TimeSeries", "Breakdown"} else lines
    assert name == "Estimates" or all(len(line) <= 140 for line in table)


def test_str_cuts_long_tables_and_cells():
    lines = str(ds.sources()).splitlines()

    assert lines[0].split() == ["key", "published", "kind", "publisher"]
    assert (len(lines), lines[-1]) == (42, f"... and {len(ds.sources()) - 40} more")
    assert str(ds.measures()).splitlines()[1] == (
        "arrivals                flow   Arrivals of North Korean escapees in South Korea"
    )
    assert any(line.endswith("…") for line in str(ds.glossary()).splitlines())
    assert str(ds.faq()[:2]).splitlines() == [
        "id              question",
        "how-many        How many North Koreans reach South Korea, in a year and in all?",
        "how-many-leave  How many people leave North Korea each year?",
    ]
    assert str(ds.faq()[:0]) == "id  question"


@pytest.mark.parametrize("name", sorted({*THINGS} - {"Catalogue", "Chart", "Period"}))
def test_notebook_shows_table_or_sentence(name):
    thing = THINGS[name]
    shown = thing._repr_html_()

    assert shown.startswith(("<table", "<p>", "<section"))
    assert len(shown) < 60_000
    sources = getattr(thing, "sources", ())
    assert not sources or sources[0].title[:20] in shown


def test_notebook_cuts_long_tables():
    assert ds.sources()._repr_html_().count("<li>") == 100
    assert ds.sources()._repr_html_().endswith(f"<p>… and {len(ds.sources()) - 100} more</p>")
    assert ds.observations("refugees")._repr_html_().count("<tr>") == 101
    assert "more" not in ds.sources()[:100]._repr_html_()
    assert ds.revisions(2009)._repr_html_().count("<tr>") == 6
