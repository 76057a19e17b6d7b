"""What a prompt and a notebook show of everything that the library answers."""

import re
from collections.abc import Sequence
from functools import partial

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


REPRS = {
    "About": "<About arrivals, KOR, 2020: 229>",
    "Alternative": "Alternative(value=86, released='2016')",
    "Area": "Area(code='AUS', name='Australia')",
    "Areas": "<Areas: 34 areas>",
    "Break": "Break(area='CAN', period='2016')",
    "Breakdown": "<Breakdown by age, ../2024-09: 7 categories>",
    "BreakdownRow": "BreakdownRow(category='0-9', value=1298)",
    "Catalogue": "<Catalogue: edition 2026.12.0>",
    "Chart": "<Chart: A long text. A long text. A long text. …>",
    "Claim": "Claim(id='C09', verdict='contradicted')",
    "Claims": "<Claims: 31 claims>",
    "Comparison": "<Comparison 2019 to 2020: 1,047 to 229>",
    "Context": "<Context of arrivals, KOR, 2019: 1,047>",
    "Derived": "Derived(value=Fraction(169, 1), formula='(2020 + 2021 + 2022 + 2023 + 2024 + 202…')",
    "Destination": (
        "Destination(figure=Observation(1418, measure='arrivals', area='KOR', period='2016', status='normal'))"
    ),
    "Destinations": "<Destinations: 34 figures>",
    "Estimate": (
        "Estimate(topic='in-china', reference='1997-01', spread='about 1,300', "
        "organisation='Unification Board (South Korea)')"
    ),
    "Estimates": "<Estimates: 100 estimates>",
    "Faq": "<Faq: 32 questions>",
    "FaqEntry": "FaqEntry(id='how-many', question='How many North Koreans reach South Kore…')",
    "Freshness": (
        "Freshness(newest=Observation(223, measure='arrivals', area='KOR', period='2025', status='provisional'), "
        "next_period='2026', next_due=datetime.date(2027, 1, 31))"
    ),
    "Gap": "Gap(period='2005-Q1', reason='not-found')",
    "Glossary": "<Glossary: 33 terms>",
    "Indicator": (
        "Indicator(indicator='economic-activity-rate', period='2011', category='all', number='56.5', unit='percent')"
    ),
    "Indicators": "<Indicators: 382 indicators>",
    "Match": "Match(kind='running-total', period='../1998', value=947)",
    "Measure": "Measure(id='arrivals', kind='flow', title='Arrivals of North Korean escapees in So…')",
    "Measures": "<Measures: 9 measures>",
    "Observation": "Observation(229, measure='arrivals', area='KOR', period='2020', status='normal')",
    "Observations": "<Observations: 11 figures>",
    "Period": "Period.parse('2020-Q1')",
    "Provenance": "Provenance(status='normal', released='2021-01-20')",
    "Revision": "Revision(period='2025', value=224, status='provisional', released='2026-01-20')",
    "Revisions": "<Revisions: 2 steps>",
    "Source": "Source(key='wikileaks_05geneva', publisher='US Mission Geneva', published='2005-10-14')",
    "Sources": "<Sources: 554 sources>",
    "Term": "Term(term='abducted person', language='en')",
    "TimeSeries": "<TimeSeries arrivals KOR by year: 6 figures, 2020 to 2025>",
    "Verification": "Verification(value=947, period='1998', verdict='misread')",
}


def test_repr_exactly():
    assert {name: repr(thing) for name, thing in THINGS.items()} == REPRS


ONE = {
    "Areas": "1 area", "Breakdown": "1 category", "Claims": "1 claim", "Destinations": "1 figure",
    "Estimates": "1 estimate", "Faq": "1 question", "Glossary": "1 term", "Indicators": "1 indicator",
    "Measures": "1 measure", "Observations": "1 figure", "Revisions": "1 step", "Sources": "1 source",
    "TimeSeries": "1 figure",
}  # fmt: skip


def test_repr_of_one_row_is_singular():
    shown = {name: repr(thing[:1]) for name, thing in SEQUENCES.items() if isinstance(thing, tuple | Sequence)}

    assert {name: re.search(r": (1 \w+)", text)[1] for name, text in shown.items()} == ONE


@pytest.mark.parametrize(
    ("name", "fields"),
    [
        ("About", ["figure"]),
        ("Comparison", ["formula", "difference", "direction"]),
        ("Context", ["figure"]),
        ("Destination", ["figure"]),
    ],
)
def test_rich_shows_fields(name, fields):
    """What `rich.pretty` and a notebook are told of records with a short form of their own."""
    assert [field for field, _ in THINGS[name].__rich_repr__()] == fields


@pytest.mark.parametrize("ask", [ds.series, partial(ds.breakdown, "age"), partial(ds.observations, "arrivals")])
def test_same_rows_of_another_day_are_equal(ask):
    assert ask() == ask(as_of="2099-12-31")
    assert ask(as_of="2099-12-31").as_of == "2099-12-31"


def test_same_years_of_another_day_are_equal():
    """What else was known on that day makes no difference."""
    assert ds.series(start=2020, end=2023) == ds.series(start=2020, end=2023, as_of="2024-12-31")


def test_about_of_another_day_is_equal():
    """But for what is due next, which only today's page says."""
    page, later = ds.about("../1998"), ds.about("../1998", as_of="2099-12-31")

    assert attrs.evolve(later, next_period=page.next_period, next_due=page.next_due) == page


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
