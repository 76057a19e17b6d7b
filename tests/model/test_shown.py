"""The seam: what may be shown is, and everything else is refused by its type."""

import pytest

from defector_stats import claims, faq, faq_entry, glossary, series
from defector_stats._model import shown
from defector_stats._output.cells import cells


@pytest.mark.parametrize(
    ("show", "wishes"),
    [(shown.html, {}), (shown.markdown, {}), (shown.jsonld, {}), (shown.plot, {"title": None, "narrow": False}),
     (cells, {})],
)  # fmt: skip
def test_show_refuses_unknown_types(show, wishes):
    pytest.importorskip("matplotlib")
    with pytest.raises(TypeError, match="tuple"):
        show((), **wishes)


@pytest.mark.parametrize(
    ("show", "thing", "begins"),
    [
        (shown.html, faq_entry("how-many"), "<section><h3>How many"),
        (shown.html, series(), "<table "),
        (shown.markdown, faq(), "## How many"),
        (shown.markdown, claims(), "## C01"),
        (shown.markdown, glossary(), "- **"),
    ],
)
def test_show_by_type(show, thing, begins):
    assert show(thing).startswith(begins)
