"""Functions through which records reach `_output`, which draws and writes them; nothing else imports upwards."""

from __future__ import annotations

from typing import Any

import defector_stats as ds

TYPE_CHECKING = False
if TYPE_CHECKING:
    from defector_stats._store.ledger import Ledger


def text(thing: object) -> str:
    """Return a sequence of records as a small table."""
    from defector_stats._output.text import text

    return text(thing)


def html(thing: object) -> str:
    """Return a record, or a sequence of them, as HTML for a notebook."""
    from defector_stats._output.html import html

    return html(thing)


def plot(thing: object, *vintages: ds.TimeSeries, **wishes: object) -> ds.Chart:
    """Return a chart of a sequence of records; for a series, with other vintages of it.

    Raises:
        MissingExtraError: If matplotlib is not installed.
    """
    from defector_stats._output.plot import plot

    return plot(thing, *vintages, **wishes)


def markdown(thing: object) -> str:
    """Return questions, claims or terms as Markdown."""
    from defector_stats._output.markup import markdown

    return markdown(thing)


def jsonld(thing: object) -> Any:
    """Return questions, claims or terms as JSON-LD."""
    from defector_stats._output.markup import jsonld

    return jsonld(thing)


def page(about: ds.About, form: str) -> Any:
    """Return all about one number as ``text``, ``markdown``, ``html`` or ``jsonld``."""
    from defector_stats._output.page import FORMS

    return FORMS[form](about)


def cite(ledger: Ledger, thing: object) -> str:
    """Return the citation of a figure."""
    from defector_stats._output.cite import cite

    return cite(ledger, thing, "text")
