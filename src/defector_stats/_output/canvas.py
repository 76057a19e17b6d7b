"""The sheet that charts are drawn on, and the picture with its text that comes of it.

Everything is drawn on a figure of its own, in the colours and patterns that are chosen here.
The settings of the host program are not read, and they are the same afterwards.
matplotlib keeps them for the whole process: while a chart is drawn, other threads of the host meet those of the chart,
and what they set then is lost.
"""

from __future__ import annotations

import copy
import io
import textwrap
import threading
from html import escape

import attrs

from defector_stats._model.paths import as_path
from defector_stats._model.words import number, printed, publishers
from defector_stats._output.files import write_file
from defector_stats.errors import MissingExtraError, UnknownNameError

TYPE_CHECKING = False
if TYPE_CHECKING:
    import os
    from collections.abc import Callable, Iterable
    from pathlib import Path
    from typing import Any

    from matplotlib.figure import Figure

    from defector_stats._model.records import Source

    # The types of matplotlib leave most keywords open.
    Axes = Any

# Blue and orange of a palette made for colour-blind readers; grey is dark enough to read on white.
BLUE, ORANGE, GREY, PALE = "#0072B2", "#E69F00", "#595959", "#E8E8E8"
BLACK, WHITE = "black", "white"

# Where a format keeps its description, and what it would note of the moment and of the tool.
_IMAGES = {"svg": ("Description", "Date"), "png": ("Description", "Software"), "pdf": ("Subject", "CreationDate")}
# The first, or no two files would be the same; the second, because dollar signs are dollars, not mathematics.
_FIXED = {"svg.hashsalt": "defector-stats", "text.parse_math": False}
_WIDTH = 8.0
_DPI = 200
_TITLE_COLUMNS, _FOOT_COLUMNS = 80, 150
# The settings are those of all threads; two that draw at once would put back each other's.
_ALONE = threading.RLock()


@attrs.frozen(kw_only=True, eq=False)
class Chart:
    """A picture of figures, with a text that says what it shows.

    Attributes:
        figure: The figure of matplotlib, which can be changed further.
        alt: What the picture shows, in words, made from the same figures.

    Examples:
        >>> from defector_stats import series
        >>> chart = series(start=2020).plot()
        >>> print(chart.alt)
        Column chart. Arrivals in South Korea by year, 2020 to 2025: the highest is 236 in 2024, the lowest 63 in ...
    """

    figure: Figure
    alt: str

    def save(self, path: str | os.PathLike[str], *, overwrite: bool = False) -> Path:
        """Write the picture, with its text in the file's own description.

        Args:
            path: Where to; the ending says the format: ``.svg``, ``.png`` or ``.pdf``.
            overwrite: Whether a file that stands there may be replaced.

        Returns:
            The path.

        Raises:
            InvalidValueError: If the path is none.
            UnknownNameError: If the ending is another one.
            FileError: If the file cannot be written.
        """
        ending = as_path(path).suffix.lower().removeprefix(".")
        if ending not in _IMAGES:
            raise UnknownNameError("picture format", ending, tuple(_IMAGES))
        return write_file(path, self._drawn(ending), overwrite=overwrite)

    def _drawn(self, ending: str) -> bytes:
        described, noted = _IMAGES[ending]
        content = io.BytesIO()
        with _ALONE, _settings():
            # Each drawing moves the axes by a hair; a copy leaves the next one the same.
            figure: Any = copy.deepcopy(self.figure)
            about = {"Title": figure.get_suptitle(), described: self.alt, noted: None}
            figure.savefig(content, format=ending, dpi=_DPI, metadata=about)
        return content.getvalue()

    def _repr_html_(self) -> str:
        from base64 import b64encode

        picture = b64encode(self._drawn("svg")).decode()
        return f'<img alt="{escape(self.alt)}" src="data:image/svg+xml;base64,{picture}" style="max-width: 100%">'


def drawn(make: Callable[..., Chart], *things: object) -> Chart:
    """Let a function draw.

    Raises:
        MissingExtraError: If matplotlib is not installed.
    """
    try:
        settings = _settings()
    except ModuleNotFoundError as error:
        if error.name != "matplotlib":
            raise
        raise MissingExtraError("matplotlib", "plot") from None
    with _ALONE, settings:
        return make(*things)


def frame(figure: Any, title: str, attribution: str, edition: str, as_of: str | None) -> None:
    """The title above, the source and the edition below."""
    stamp = f" Data edition {edition}." if edition else ""
    known = f" As in print {printed(as_of)}." if as_of else ""
    foot = textwrap.fill(f"Source: {attribution}{stamp}{known}", _FOOT_COLUMNS)
    figure.suptitle(textwrap.fill(title, _TITLE_COLUMNS), x=0.01, ha="left", fontsize=12, fontweight="bold")
    figure.supxlabel(foot, x=0.01, ha="left", fontsize=7, color=GREY)
    for axes in figure.axes:
        axes.spines[["top", "right"]].set_visible(False)
        axes.set_axisbelow(True)


def compiled(sources: Iterable[Source]) -> str:
    """What to write under figures from some sources."""
    return f"{publishers(sources, most=6)}; compiled by defector-stats (CC BY 4.0)."


def sheet(height: float) -> tuple[Figure, Axes]:
    """A figure with one pair of axes."""
    figure = blank(height)
    axes: Any = figure.subplots()
    return figure, axes


def blank(height: float) -> Any:
    """A figure of a height in inches."""
    from matplotlib.figure import Figure

    return Figure(figsize=(_WIDTH, height), layout="constrained")


def _settings() -> Any:
    """The settings of matplotlib as it comes, so that a chart looks the same anywhere and at any time."""
    from matplotlib import style

    return style.context(_FIXED, after_reset=True)


def people(axis: Any) -> None:
    """Whole numbers of people beside an axis."""
    from matplotlib import ticker

    locator = ticker.MaxNLocator("auto", steps=[1, 2, 2.5, 5, 10], integer=True)
    axis.set_major_locator(locator)
    axis.set_major_formatter(_tick)


def _tick(value: float, _: object) -> str:
    return number(round(value))


def date_axis(axes: Axes) -> None:
    """Dates in figures, which every locale reads alike."""
    from matplotlib import dates

    kinds: Any = dates
    locator = kinds.AutoDateLocator(minticks=2, maxticks=7)
    axes.xaxis.set_major_locator(locator)
    forms = ["%Y", "%Y-%m", "%Y-%m-%d", "%Y-%m-%d", "%Y-%m-%d", "%Y-%m-%d"]
    axes.xaxis.set_major_formatter(
        kinds.ConciseDateFormatter(locator, formats=forms, zero_formats=forms, show_offset=False)
    )


def legend(axes: Axes) -> None:
    """What patterns and marks mean, above the axes, where no column is."""
    handles, _ = axes.get_legend_handles_labels()
    if handles:
        axes.legend(loc="lower right", bbox_to_anchor=(1, 1), ncols=len(handles), frameon=False, fontsize=8)
