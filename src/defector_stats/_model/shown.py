"""The one way up: records are drawn and written by `_output`, which they reach through this module alone."""

from __future__ import annotations

from typing import Any

import defector_stats as ds


def text(thing: object) -> str:
    """Return a sequence of records as a small table."""
    from defector_stats._output.text import text

    return text(thing)


def html(thing: object) -> str:
    """Return a record, or a sequence of them, as HTML for a notebook."""
    from defector_stats._output.html import html

    return html(thing)


def plot(thing: object, *vintages: ds.TimeSeries, **wishes: object) -> ds.Chart:
    """Return a chart of a sequence of records as somebody wishes it; of a series, with its vintages beside it.

    Raises:
        MissingExtraError: If matplotlib is not installed.
    """
    from defector_stats._output.plot import plot

    return plot(thing, *vintages, **wishes)


def markdown(thing: object) -> str:
    """Return a text, or a sequence of texts, as Markdown."""
    from defector_stats._output.markup import markdown

    return markdown(thing)


def jsonld(thing: object) -> Any:
    """Return a text, or a sequence of texts, as JSON-LD."""
    from defector_stats._output.markup import jsonld

    return jsonld(thing)
