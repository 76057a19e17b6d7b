"""The `Chart` class, and what all charts share: settings, colours, axes, title and source."""

from __future__ import annotations

import copy
import io
import os
import re
import textwrap
import threading
import warnings
from collections.abc import Callable, Iterable
from html import escape
from pathlib import Path
from typing import Any

import attrs

from defector_stats import _model as hints
from defector_stats._model.paths import as_path
from defector_stats._model.period import Period
from defector_stats._model.record import shorten
from defector_stats._model.records import Source
from defector_stats._model.words import number, publishers, release_phrase
from defector_stats._output.files import write_file
from defector_stats.errors import MissingExtraError, unknown_name_error

# The types of matplotlib leave most keywords open.
Axes = Any

# Two colours that readers with any colour vision tell apart, and that stand out from white and from a dark page alike.
BLUE, ORANGE = "#1F80BF", "#D55E00"
# All else is drawn in ink, which an SVG may take from the page; paler parts are a share of it.
INK, DIM, PALE = "#1b1f24", 0.75, 0.15
WHITE = "white"

# By format: the metadata field for the description, and the one that would record the moment or the tool.
_METADATA_FIELDS = {
    "svg": ("Description", "Date"),
    "png": ("Description", "Software"),
    "pdf": ("Subject", "CreationDate"),
}
# Readers see the first of these fonts that they have and that has the letters, Korean ones too.
# matplotlib brings the second, and measures with it: it is wide, so text in another font fits as well.
_FONTS = ("system-ui", "DejaVu Sans", "Noto Sans CJK KR", "Apple SD Gothic Neo", "Malgun Gothic")
_TEXT_SIZE = 9  # points
# The height of a line of text, as a multiple of its size.
_LINE = 1.3
# Where text begins: from the left, as a share of the width, and from the top, in inches.
_LEFT, _EDGE = 0.01, 0.08
_INKED = ("text.color", "axes.labelcolor", "axes.edgecolor", "xtick.color", "ytick.color")
_SETTINGS: dict[str, Any] = {
    # Dollar signs are dollars, not mathematics.
    "text.parse_math": False,
    "svg.fonttype": "none",
    "font.sans-serif": _FONTS,
    "font.size": _TEXT_SIZE,
    "axes.titlesize": "medium",
    "figure.labelsize": "medium",
    "figure.titleweight": "bold",
    **dict.fromkeys(_INKED, INK),
}
_DPI = 200
# What matplotlib says of Korean and other letters that its own font does not have.
_NO_GLYPH = "Glyph .* missing from"
# In inches, from the axes to the legend, past the ticks and their labels.
_BELOW_TICKS = 0.3
# An SVG that is a file of its own cannot know the colours of the page that shows it, so it has both, ink and ground.
LIGHT, DARK = {"color": INK, "background": "#ffffff"}, {"color": "#e8ebee", "background": "#0d1117"}
# matplotlib has one set of settings for all threads; two that draw at once would put back each other's.
_DRAWING = threading.RLock()


@attrs.frozen(kw_only=True)
class Layout:
    """The sizes of a chart: its width, the height of a row in inches, its title in points, and what fits.

    The title, the source, a category and a note have a number of characters in a line;
    dates, values, years, counts and entries of the legend have a number that fits beside each other.
    """

    inches: float
    title_size: float
    row: float
    bar: float
    title: int
    source: int
    category: int
    note: int
    dates: int
    values: int
    years: int
    counts: int
    legend: int


WIDE = Layout(
    inches=8, title_size=12, row=0.3, bar=0.8,
    title=84, source=120, category=44, note=24, dates=8, values=16, years=12, counts=8, legend=3,
)  # fmt: skip
# About as wide as the screen of a phone.
NARROW = Layout(
    inches=3.75, title_size=11, row=0.38, bar=0.4,
    title=42, source=54, category=40, note=16, dates=3, values=8, years=6, counts=4, legend=1,
)  # fmt: skip


@attrs.frozen(kw_only=True)
class Look:
    """What a caller asks of a chart besides its figures."""

    title: str | None
    notes: tuple[tuple[Period, str], ...]
    layout: Layout


@attrs.frozen(kw_only=True, eq=False, repr=False)
class Chart:
    """A chart of figures, with a text alternative.

    The text in an SVG can be selected and searched.
    An SVG that is part of a page is transparent, and takes the colour of the text around it.
    An SVG file is light or dark, as its reader prefers; a PNG or a PDF is light.

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
            raise unknown_name_error("picture format", extension, (), offered=_METADATA_FIELDS)
        return write_file(path, self._render(extension), overwrite=overwrite)

    def _render(self, extension: str) -> bytes:
        description, moment_or_tool = _METADATA_FIELDS[extension]
        content = io.BytesIO()
        is_svg = extension == "svg"
        with _DRAWING, _fixed_settings(f"{self.figure.get_figwidth()} {self.alt}"), warnings.catch_warnings():
            if is_svg:
                # Readers have fonts of their own.
                warnings.filterwarnings("ignore", _NO_GLYPH)
            # Each drawing moves the axes by a hair; a copy leaves the next one the same.
            figure: Any = copy.deepcopy(self.figure)
            # With None, the field is left out, so that the same figures give the same file.
            metadata = {"Title": " ".join(figure.get_suptitle().split()), description: self.alt, moment_or_tool: None}
            figure.savefig(content, format=extension, dpi=_DPI, metadata=metadata, transparent=is_svg)
        return _follow_page(content.getvalue().decode(), self.alt).encode() if is_svg else content.getvalue()

    def svg(self) -> str:
        """Return the picture as an ``<svg>`` element for a web page, with its text as its label.

        It takes the colour of the text around it, so it follows a page from light to dark.
        """
        whole = self._render("svg").decode()
        element = re.sub(r"\s*<(metadata|style|title)\b.*?</\1>", "", whole[whole.index("<svg") :], flags=re.DOTALL)
        joins = ' stroke-linejoin="round"'
        return element.replace(joins, f'{joins} style="max-width: 100%; height: auto"', 1)

    def __repr__(self) -> str:
        return f"<Chart: {shorten(self.alt)}>"

    def _repr_html_(self) -> str:
        return self.svg()


def _follow_page(svg: str, alt: str) -> str:
    """Return an SVG whose ink is the colour of the page, with a label, and with nothing that is meant for all pages."""
    svg = re.sub(rf"\b(fill|stroke): {INK}\b", r"\1: currentColor", svg)
    # In quotes, it would be the name of one font.
    svg = svg.replace("'system-ui'", "system-ui")
    # Two pictures on one page would have the same names for their groups.
    svg = re.sub(r'(?<=<g) id="[\w.]+_\d+"', "", svg)
    # The rule for all elements would be one for the page; its joins are said once, on the picture.
    alone, dark = (";".join(f"{name}:{colour}" for name, colour in each.items()) for each in (LIGHT, DARK))
    style = f"svg:root{{{alone}}}@media(prefers-color-scheme:dark){{svg:root{{{dark}}}}}"
    svg = svg.replace("*{stroke-linejoin: round; stroke-linecap: butt}", style)
    return svg.replace("<svg ", f'<svg role="img" aria-label="{escape(alt)}" stroke-linejoin="round" ', 1)


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
    with _DRAWING, settings, warnings.catch_warnings():
        # Nothing is written to a file yet.
        warnings.filterwarnings("ignore", _NO_GLYPH)
        return make(*things)


def add_words(
    figure: Any, look: Look, description: str, unit: str | None, attribution: str, edition: str, as_of: str | None
) -> None:
    """Write the title above the axes of a figure, what it shows and in which unit, and the source below.

    A title that somebody asked for says what to see, so the description stands under it.
    """
    layout = look.layout
    title = wrap(look.title or description, layout.title)
    below = [*([description] if look.title else []), *([unit] if unit else [])]
    subtitle = wrap("; ".join(below), layout.source)
    # In inches; the axes have what is left.
    title_height = (title.count("\n") + 1) * layout.title_size * _LINE / 72
    subtitle_height = (subtitle.count("\n") + 1) * _TEXT_SIZE * _LINE / 72 if below else 0
    height = figure.get_figheight()
    figure.suptitle(title, x=_LEFT, y=1 - _EDGE / height, ha="left", va="top", fontsize=layout.title_size)
    figure.text(_LEFT, 1 - (_EDGE + title_height) / height, subtitle, va="top", alpha=DIM)
    figure.get_layout_engine().set(rect=(0, 0, 1, 1 - (_EDGE + title_height + subtitle_height) / height))
    data_edition = f" Data edition {edition}." if edition else ""
    vintage = f" As known {release_phrase(as_of)}." if as_of else ""
    footer = wrap(f"Source: {attribution}{data_edition}{vintage}", layout.source)
    figure.supxlabel(footer, x=_LEFT, ha="left", alpha=DIM)
    for axes in figure.axes:
        axes.spines[["top", "right"]].set_visible(False)
        axes.set_axisbelow(True)


def wrap(text: str, width: int) -> str:
    """Return a text in lines of so many characters, with its words whole."""
    return textwrap.fill(" ".join(text.split()), width, break_on_hyphens=False)


def attribute(sources: Iterable[Source]) -> str:
    """Return the attribution of figures that come from some sources."""
    return f"{publishers(sources, most=6)}; compiled by defector-stats (CC BY 4.0)."


def new_axes(layout: Layout, height: float) -> tuple[hints.Figure, Axes]:
    """Return a new figure of a height in inches, and its one pair of axes."""
    figure = new_figure(layout, height)
    axes: Any = figure.subplots()
    return figure, axes


def new_figure(layout: Layout, height: float) -> Any:
    """Return a new figure of a height in inches, without axes."""
    # pyplot would keep every figure, and choose a backend for windows.
    from matplotlib.figure import Figure

    return Figure(figsize=(layout.inches, height), layout="constrained")


def _fixed_settings(salt: str = "") -> Any:
    """Return a context with the default settings of matplotlib and ours, so that charts look the same anywhere.

    The salt makes the names of patterns: the same for a picture each time, and others for another on the same page.
    """
    from matplotlib import style

    return style.context(_SETTINGS | {"svg.hashsalt": salt}, after_reset=True)


def format_counts(axis: Any, most: int | None = None) -> None:
    """Write whole numbers of people beside an axis, at most so many, or as many as fit."""
    from matplotlib import ticker

    locator = ticker.MaxNLocator(most or "auto", steps=[1, 2, 2.5, 5, 10], integer=True)
    axis.set_major_locator(locator)
    axis.set_major_formatter(_format_count)


def _format_count(value: float, _: object) -> str:
    return number(round(value))


def format_dates(axes: Axes, layout: Layout) -> None:
    """Write dates below the axes in digits only, so that they are the same in every locale."""
    from matplotlib import dates

    kinds: Any = dates
    locator = kinds.AutoDateLocator(minticks=2, maxticks=layout.years - 2)
    axes.xaxis.set_major_locator(locator)
    forms = ["%Y", "%Y-%m", "%Y-%m-%d", "%Y-%m-%d", "%Y-%m-%d", "%Y-%m-%d"]
    axes.xaxis.set_major_formatter(
        kinds.ConciseDateFormatter(locator, formats=forms, zero_formats=forms, show_offset=False)
    )


def add_legend(axes: Axes, layout: Layout) -> None:
    """Say below the axes what patterns and marks mean, if there are any."""
    handles, _ = axes.get_legend_handles_labels()
    if handles:
        from matplotlib.transforms import ScaledTranslation

        below = axes.transAxes + ScaledTranslation(0, -_BELOW_TICKS, axes.figure.dpi_scale_trans)
        columns = min(len(handles), layout.legend)
        axes.legend(
            loc="upper left", bbox_to_anchor=(0, 0), bbox_transform=below, borderpad=0, borderaxespad=0,
            ncols=columns, frameon=False,
        )  # fmt: skip
