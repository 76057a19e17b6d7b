"""Strategies for the tests of projects that use Hypothesis, which loads this module through its entry point."""

from __future__ import annotations

from defector_stats._model.period import Period


def register() -> None:
    """Register a strategy for `Period`, whose days cannot be arbitrary text."""
    from hypothesis import strategies as st

    years = st.integers(2, 9998)
    forms = st.sampled_from(["{:04}", "{:04}-H1", "{:04}-Q3", "{:04}-07", "FY{:04}", "../{:04}"])
    named = st.tuples(forms, years).map(lambda form_and_year: form_and_year[0].format(form_and_year[1]))
    spans = st.lists(st.dates(), min_size=2, max_size=2).map(lambda days: f"{min(days)}/{max(days)}")
    st.register_type_strategy(Period, (named | spans).map(Period.parse))
