"""The `Chart` class, and what all charts share: settings, colours, axes, title and source."""

from __future__ import annotations

import copy
import io
import os
import textwrap
import threading
from collections.abc import Callable, Iterable
from html import escape
from pathlib import Path
from typing import Any

import attrs

from defector_stats import _model as hints
from defector_stats._model.paths import as_path
from defector_stats._model.record import shorten
from defector_stats._model.records import Source
from defector_stats._model.words import number, publishers, release_phrase
from defector_stats._output.files import write_file
from defector_stats.errors import MissingExtraError, UnknownNameError, offer_names

# The types of matplotlib leave most keywords open.
Axes = Any

# Blue and orange of a palette made for colour-blind readers; grey is dark enough to read on white.
BLUE, ORANGE, GREY, PALE = "#0072B2", "#E69F00", "#595959", "#E8E8E8"
BLACK, WHITE = "black", "white"

# By format: the metadata field for the description, and the one that would record the moment or the tool.
_METADATA_FIELDS = {
    "svg": ("Description", "Date"),
    "png": ("Description", "Software"),
    "pdf": ("Subject", "CreationDate"),
}
# The first, or no two files would be the same; the second, because dollar signs are dollars, not mathematics.
_SETTINGS = {"svg.hashsalt": "defector-stats", "text.parse_math": False}
_WIDTH = 8.0  # inches
_DPI = 200
# In characters.
_TITLE_WIDTH, _FOOTER_WIDTH = 80, 150
# matplotlib has one set of settings for all threads; two that draw at once would put back each other's.
_DRAWING = threading.RLock()


@attrs.frozen(kw_only=True, eq=False, repr=False)
class Chart:
    """A chart of figures, with a text alternative.

    Charts neither use nor change the matplotlib settings of your program.
    Those settings are global, though: while a chart is drawn, other threads see the settings of the chart,
    and lose any changes that they make.

    Examples:
        >>> from defector_stats import series
        >>> chart = series(start=2020).plot()
        >>> print(chart.alt)
        Column chart. Arrivals in South Korea by year, 2020 to 2025: the highest is 236 in 2024, the lowest 63 in ...
    """

    figure: hints.Figure
    """The ``matplotlib.figure.Figure``, which you can change further."""
    alt: str
    """The text alternative, which says what the chart shows and is made from its figures."""

    def save(self, path: str | os.PathLike[str], *, overwrite: bool = False) -> Path:
        """Save the chart to a file, with its text alternative in the metadata.

        Args:
            path: The path of the file, which ends in ``.svg``, ``.png`` or ``.pdf``.
            overwrite: Whether to replace an existing file.

        Returns:
            The path that was written, as a ``pathlib.Path``.

        Raises:
            InvalidValueError: If the path is not a path.
            UnknownNameError: If the path has another ending.
            FileError: If the file cannot be written.
        """
        extension = as_path(path).suffix.lower().removeprefix(".")
        if extension not in _METADATA_FIELDS:
            formats = tuple(_METADATA_FIELDS)
            raise UnknownNameError("picture format", extension, formats, hint=offer_names(formats))
        return write_file(path, self._render(extension), overwrite=overwrite)

    def _render(self, extension: str) -> bytes:
        description, moment_or_tool = _METADATA_FIELDS[extension]
        content = io.BytesIO()
        with _DRAWING, _fixed_settings():
            # Each drawing moves the axes by a hair; a copy leaves the next one the same.
            figure: Any = copy.deepcopy(self.figure)
            # With None, the field is left out, so that the same figures give the same file.
            metadata = {"Title": figure.get_suptitle(), description: self.alt, moment_or_tool: None}
            figure.savefig(content, format=extension, dpi=_DPI, metadata=metadata)
        return content.getvalue()

    def __repr__(self) -> str:
        return f"<Chart: {shorten(self.alt)}>"

    def _repr_html_(self) -> str:
        from base64 import b64encode

        picture = b64encode(self._render("svg")).decode()
        return f'<img alt="{escape(self.alt)}" src="data:image/svg+xml;base64,{picture}" style="max-width: 100%">'


def draw_chart(make: Callable[..., Chart], *things: object) -> Chart:
    """Return the chart that a function draws, with the settings of this library in force.

    Args:
        make: The function.
        *things: Its arguments.

    Raises:
        MissingExtraError: If matplotlib is not installed.
    """
    try:
        settings = _fixed_settings()
    except ModuleNotFoundError as error:
        if error.name != "matplotlib":
            raise
        raise MissingExtraError("matplotlib", "plot") from None
    with _DRAWING, settings:
        return make(*things)


def add_title_and_source(figure: Any, title: str, attribution: str, edition: str, as_of: str | None) -> None:
    """Write the title above all axes of a figure, and the source and the edition below."""
    data_edition = f" Data edition {edition}." if edition else ""
    vintage = f" As known {release_phrase(as_of)}." if as_of else ""
    footer = textwrap.fill(f"Source: {attribution}{data_edition}{vintage}", _FOOTER_WIDTH)
    figure.suptitle(textwrap.fill(title, _TITLE_WIDTH), x=0.01, ha="left", fontsize=12, fontweight="bold")
    figure.supxlabel(footer, x=0.01, ha="left", fontsize=7, color=GREY)
    for axes in figure.axes:
        axes.spines[["top", "right"]].set_visible(False)
        axes.set_axisbelow(True)


def attribute(sources: Iterable[Source]) -> str:
    """Return the attribution of figures that come from some sources."""
    return f"{publishers(sources, most=6)}; compiled by defector-stats (CC BY 4.0)."


def new_axes(height: float) -> tuple[hints.Figure, Axes]:
    """Return a new figure of a height in inches, and its one pair of axes."""
    figure = new_figure(height)
    axes: Any = figure.subplots()
    return figure, axes


def new_figure(height: float) -> Any:
    """Return a new figure of a height in inches, without axes."""
    # pyplot would keep every figure, and choose a backend for windows.
    from matplotlib.figure import Figure

    return Figure(figsize=(_WIDTH, height), layout="constrained")


def _fixed_settings() -> Any:
    """Return a context with the default settings of matplotlib and ours, so that charts look the same anywhere."""
    from matplotlib import style

    return style.context(_SETTINGS, after_reset=True)


def format_counts(axis: Any) -> None:
    """Write whole numbers of people beside an axis."""
    from matplotlib import ticker

    locator = ticker.MaxNLocator("auto", steps=[1, 2, 2.5, 5, 10], integer=True)
    axis.set_major_locator(locator)
    axis.set_major_formatter(_format_count)


def _format_count(value: float, _: object) -> str:
    return number(round(value))


def format_dates(axes: Axes) -> None:
    """Write dates below the axes in digits only, so that they are the same in every locale."""
    from matplotlib import dates

    kinds: Any = dates
    locator = kinds.AutoDateLocator(minticks=2, maxticks=7)
    axes.xaxis.set_major_locator(locator)
    forms = ["%Y", "%Y-%m", "%Y-%m-%d", "%Y-%m-%d", "%Y-%m-%d", "%Y-%m-%d"]
    axes.xaxis.set_major_formatter(
        kinds.ConciseDateFormatter(locator, formats=forms, zero_formats=forms, show_offset=False)
    )


def add_legend(axes: Axes) -> None:
    """Say what patterns and marks mean, if there are any."""
    handles, _ = axes.get_legend_handles_labels()
    # Above the axes, where no column is.
    if handles:
        axes.legend(loc="lower right", bbox_to_anchor=(1, 1), ncols=len(handles), frameon=False, fontsize=8)
