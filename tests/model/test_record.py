"""What all records have in common."""

import attrs
import pytest

from defector_stats import Period, sources
from defector_stats._model.record import Record, shorten


@attrs.frozen(kw_only=True, repr=False)
class Note(Record):
    SHOWN = ("text", "period")

    text: str
    period: Period
    sources: tuple[object, ...] = ()
    _private: int = 0


def test_record_of_public_fields():
    source = sources()[0]
    note = Note(text="a", period=Period.parse("2020-Q1"), sources=(source,), private=1)

    assert note.record() == {"text": "a", "period": "2020-Q1", "sources": ["wikileaks_05geneva"]}
    assert list(note.record()) == ["text", "period", "sources"]


def test_repr_of_shown_fields():
    note = Note(text="a" * 41, period=Period.parse("../1998"))

    assert repr(note) == f"Note(text='{'a' * 39}…', period='../1998')"
    assert list(note.__rich_repr__()) == [("text", f"{'a' * 39}…"), ("period", "../1998")]


@pytest.mark.parametrize(
    ("value", "short"),
    [
        ("a" * 40, "a" * 40),
        ("a" * 41, f"{'a' * 39}…"),
        (Period.parse("2020-Q1"), "2020-Q1"),
        (10**50, 10**50),
        (None, None),
    ],
)
def test_shorten(value, short):
    assert shorten(value) == short


def test_html_of_fields():
    shown = Note(text="1 < 2", period=Period.parse(2020))._repr_html_()

    assert ">Note</caption>" in shown
    assert "1 &lt; 2" in shown
    assert "sources" not in shown
