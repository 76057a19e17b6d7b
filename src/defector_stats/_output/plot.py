"""Charts of series, revisions, breakdowns and estimates, each with a text that says what it shows."""

from __future__ import annotations

import functools
import itertools
from collections.abc import Mapping
from typing import Any, NamedTuple, cast

from defector_stats._analysis.breakdown import Breakdown, dated_title
from defector_stats._analysis.estimates import Estimates
from defector_stats._analysis.revisions import Revisions
from defector_stats._analysis.series import TimeSeries
from defector_stats._model.dates import last_day
from defector_stats._model.period import Period
from defector_stats._model.vocabulary import TOPICS
from defector_stats._model.words import (
    join_words,
    number,
    percent,
    period_name,
    release_phrase,
    sentence,
    unit_name,
    with_preposition,
)
from defector_stats._output.canvas import (
    BLUE,
    DIM,
    INK,
    NARROW,
    ORANGE,
    PALE,
    WHITE,
    WIDE,
    Chart,
    Look,
    add_legend,
    add_words,
    attribute,
    draw_chart,
    format_counts,
    format_dates,
    new_axes,
    new_figure,
    wrap,
)
from defector_stats.errors import InvalidValueError, NotComparableError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from defector_stats._model.observation import Observation
    from defector_stats._model.records import Estimate, Gap
    from defector_stats._output.canvas import Axes, Layout

# By status: how columns are filled, and how points are marked.
_PATTERNS = {"normal": "", "provisional": "////", "low-reliability": "\\\\\\\\"}
_POINTS = {"normal": "o", "provisional": "D", "low-reliability": "s"}
# A figure that nobody published again stays what it was called then, years ago or not.
_STATUS_NAMES = {"provisional": "provisional when published", "low-reliability": "low reliability"}
# The categories of these follow each other; all others are sorted by their size.
_ORDERED = ("age", "education")
# The marks of other vintages, in turn: as matplotlib draws them, and as labels write them.
_MARKS = (("D", "◇"), ("s", "□"), ("^", "△"))

# In inches: a whole chart, and each line of a label with a range.
_HEIGHT, _LINE_HEIGHT = 4.5, 0.17
# In characters: the labels of ranges begin beside an axis, while the source has the whole width.
_INDENT = 4
# In pixels, between a note and what stands beneath it.
_GAP = 8
# Each round makes room for notes, and comes closer to what they need.
_MAX_ROUNDS = 20
# The length of an arrow, as a share of the longest range.
_ARROW = 0.06
_MAX_ESTIMATES_IN_TEXT = 10
# A chart of fewer periods is as wide as one of so many, or its columns would be slabs.
_MIN_PERIODS = 4
# Years from one tick to the next.
_TICK_STEPS = (1, 2, 5, 10, 20, 50, 1000)
# The height of the axes, as a multiple of what the values need: labels stand above the columns.
_HEADROOM = 1.08


def plot(thing: object, *vintages: object, title: object, notes: object = None, narrow: object) -> Chart:
    """Return a chart of a series, revisions, a breakdown or estimates.

    Args:
        thing: What to draw.
        *vintages: The same series as of other days, to mark where they differ.
        title: A title that takes the place of the description.
        notes: By period, a text to write above a series.
        narrow: Whether the chart is for the screen of a phone.

    Raises:
        MissingExtraError: If matplotlib is not installed.
        InvalidValueError: If there is nothing to draw, or an argument is of another kind.
        InvalidPeriodError: If a note is for something that is no period.
        NotComparableError: If a vintage is another series.
    """
    if not isinstance(narrow, bool):
        raise InvalidValueError(narrow, "True or False")
    look = Look(
        title=None if title is None else _check_words(title),
        notes=_check_notes(notes),
        layout=NARROW if narrow else WIDE,
    )
    return draw_chart(_make_chart, thing, look, *vintages)


def _check_words(given: object) -> str:
    """Return some text that there is something in, without its line breaks."""
    if not isinstance(given, str) or not (words := " ".join(given.split())) or not words.isprintable():
        raise InvalidValueError(given, "some words")
    return words


def _check_notes(notes: object) -> tuple[tuple[Period, str], ...]:
    """Return notes in the order of their periods."""
    if notes is None:
        return ()
    if not isinstance(notes, Mapping):
        raise InvalidValueError(notes, "a mapping from periods to words")
    given = cast("Mapping[Any, object]", notes)
    read = {Period.parse(period): _check_words(text) for period, text in given.items()}
    return tuple(sorted(read.items(), key=lambda note: _position(note[0])))


@functools.singledispatch
def _make_chart(thing: object, *_: object) -> Chart:
    raise TypeError(type(thing))


@_make_chart.register(TimeSeries)
def _chart_series(series: TimeSeries, look: Look, *others: object) -> Chart:
    """Draw columns for a flow, a line for people on a day, and hollow marks for other vintages."""
    vintages = [_check_vintage(series, other) for other in others]
    figure, axes = new_axes(look.layout, _HEIGHT)
    is_flow = series.measure.kind == "flow" and series.frequency != "running-total"
    (_draw_columns if is_flow else _draw_line)(axes, series)
    _draw_gaps(axes, series)
    for vintage, marker, _ in _assign_marks(vintages):
        _draw_vintage(axes, series, vintage, marker)
    _label_values(axes, series, vintages, look.layout)
    _label_years(axes, series, look.layout)
    axes.set_ylim(0, axes.get_ylim()[1] * _HEADROOM)
    format_counts(axes.yaxis)
    axes.grid(axis="y", color=INK, alpha=PALE)
    add_legend(axes, look.layout)
    description = f"{series.title}, {_name_extent(series)}"
    unit = "persons" if is_flow else f"persons {_say_when_counted(series)}"
    add_words(figure, look, description, unit, series.measure.attribution, series.edition, series.as_of)
    _draw_notes(figure, axes, series, look)
    form = "Column chart." if is_flow else "Line chart."
    return Chart(figure=figure, alt=_describe_series(series, vintages, look, form))


def _check_vintage(series: TimeSeries, other: object) -> TimeSeries:
    """Return the other series, if it is the same one as of another day."""
    if not isinstance(other, TimeSeries):
        raise InvalidValueError(other, "the same series as of another day; several stand side by side, in no list")
    identity, other_identity = ((one.measure.id, one.area, one.frequency) for one in (series, other))
    if identity != other_identity:
        raise NotComparableError(series.title, other.title, "vintages are of one measure, area and frequency")
    return other


@_make_chart.register(Revisions)
def _chart_revisions(revisions: Revisions, look: Look) -> Chart:
    """Draw the values of one period as they were printed over time."""
    periods = {step.period for step in revisions}
    if len(periods) != 1:
        raise InvalidValueError(revisions, "the revisions of one period")
    (period,) = periods
    figure, axes = new_axes(look.layout, _HEIGHT)
    # Each step is a line from its first print to its last; the last step has none that follows.
    before = 0
    date = slice(10 if len(revisions) <= look.layout.dates else 4)
    for step, following in itertools.zip_longest(revisions, revisions[1:]):
        first, last = last_day(step.released), last_day(step.last_seen)
        axes.plot([first, last], [step.value, step.value], color=BLUE, linewidth=3, solid_capstyle="butt", marker="o")
        if following is not None:
            # Nobody knows on which day between the two prints the value changed.
            axes.plot(
                [last, last_day(following.released)],
                [step.value, following.value],
                color=INK,
                alpha=DIM,
                linewidth=1,
                linestyle=":",
            )
        # A value that fell stands below its line, or it would hide the one before.
        above = step.value > before
        axes.annotate(
            f"{step.value:,}\n{step.released[date]}", (first, step.value), (0, 6 if above else -6),
            textcoords="offset points", va="bottom" if above else "top",
        )  # fmt: skip
        before = step.value
    axes.margins(x=0.12, y=0.3)
    format_counts(axes.yaxis)
    format_dates(axes, look.layout)
    axes.grid(axis="y", color=INK, alpha=PALE)
    description = f"{sentence(revisions.subject)} {with_preposition(period, revisions.kind)}, as published"
    attribution = attribute(step.sources[0] for step in revisions)
    unit = "persons; the axis does not begin at zero"
    add_words(figure, look, description, unit, attribution, revisions.edition, None)
    steps = join_words([f"{number(step.value)} {release_phrase(step.released)}" for step in revisions])
    return Chart(figure=figure, alt=f"Line chart. {description}: {steps}.")


@_make_chart.register(Breakdown)
def _chart_breakdown(breakdown: Breakdown, look: Look) -> Chart:
    """Draw a bar for each category, divided by sex where that was published."""
    layout = look.layout
    rows = breakdown.rows
    if breakdown.dimension not in _ORDERED:
        rows = tuple(sorted(rows, key=lambda row: row.value, reverse=True))
    figure, axes = new_axes(layout, 1.8 + layout.row * len(rows))
    positions = range(len(rows))
    if breakdown.male is None:
        axes.barh(positions, [row.value for row in rows], color=BLUE, height=layout.bar)
    else:
        # The white is that of the pattern; the bars have no edge.
        women = [row.female or 0 for row in rows]
        axes.barh(positions, women, color=ORANGE, height=layout.bar, linewidth=0, label="women and girls")
        axes.barh(
            positions, [row.male or 0 for row in rows], left=women, color=BLUE, height=layout.bar, edgecolor=WHITE,
            linewidth=0, hatch="//", label="men and boys",
        )  # fmt: skip
        add_legend(axes, layout)
    names = [wrap(row.category, layout.category) for row in rows]
    values = [f"{row.value:,} ({percent(row.share * 100, row.of)})" for row in rows]
    # matplotlib counts upwards; the first category belongs at the top.
    axes.invert_yaxis()
    if layout is NARROW:
        # Beside the bars, names and values would leave no room for them.
        axes.set_yticks([])
        for position, name, value in zip(positions, names, values, strict=True):
            place = (0, position - layout.bar / 2)
            axes.annotate(f"{name}: {value}", place, (2, 2), textcoords="offset points", va="bottom")
        axes.set_ylim(len(rows) - 0.6, -1)
    else:
        axes.set_yticks(positions, names)
        for row, position, value in zip(rows, positions, values, strict=True):
            axes.annotate(value, (row.value, position), (4, 0), textcoords="offset points", va="center")
        axes.margins(x=0.2)
    format_counts(axes.xaxis, layout.counts)
    axes.grid(axis="x", color=INK, alpha=PALE)
    description = dated_title(breakdown)
    attribution = attribute(breakdown.provenance.sources)
    add_words(figure, look, description, "persons", attribution, breakdown.edition, breakdown.as_of)
    shown = join_words([f"{row.category}: {number(row.value)}" for row in rows])
    return Chart(figure=figure, alt=f"Bar chart. {breakdown.summary} {sentence(shown)}.")


@_make_chart.register(Estimates)
def _chart_estimates(estimates: Estimates, look: Look) -> Chart:
    """Draw the ranges one below the other, with axes of their own for each topic and unit."""
    groups: dict[tuple[str, str], list[Estimate]] = {}
    for estimate in estimates:
        groups.setdefault((estimate.topic, estimate.unit), []).append(estimate)
    if not groups:
        raise InvalidValueError(estimates, "at least one estimate")
    topics = dict.fromkeys(topic for topic, _ in groups)
    labels = [[_label_estimate(estimate, look.layout) for estimate in group] for group in groups.values()]
    # In lines: besides its labels and ranges, each group needs room for a title and an axis.
    heights = [sum(map(_count_lines, group)) + 3 for group in labels]
    figure = new_figure(look.layout, 1.5 + _LINE_HEIGHT * sum(heights))
    figure.subplots(len(groups), gridspec_kw={"height_ratios": heights})
    for index, ((topic, of), group) in enumerate(groups.items()):
        axes = figure.axes[index]
        _draw_ranges(axes, group, labels[index], look.layout)
        name = of if len(topics) == 1 else f"{TOPICS[topic]} ({of})"
        axes.set_title(wrap(name, look.layout.title), loc="left", fontweight="bold")
    organisations = join_words(list(dict.fromkeys(estimate.organisation for estimate in estimates)), most=6)
    attribution = f"{organisations}; ranges that organisations proposed, not counts."
    description = f"{'; '.join(TOPICS[topic] for topic in topics)}: what organisations proposed"
    add_words(figure, look, description, None, attribution, estimates.edition, None)
    ranges = [
        f"{estimate.organisation} for {estimate.reference}: {estimate.spread} {estimate.unit}" for estimate in estimates
    ]
    return Chart(figure=figure, alt=f"Chart of ranges. {description}. {'; '.join(_shorten(ranges))}.")


def _label_estimate(estimate: Estimate, layout: Layout) -> str:
    """Return who proposed what for when, in lines that fit across the chart."""
    return wrap(f"{estimate.reference} {estimate.organisation}: {estimate.spread}", layout.source - _INDENT)


def _count_lines(label: str) -> int:
    """Return how many lines a label takes with its range below it."""
    return label.count("\n") + 2


def _draw_ranges(axes: Axes, group: Sequence[Estimate], labels: Sequence[str], layout: Layout) -> None:
    """Draw a line from the low to the high end, a point for the best guess, and an arrow where the high end is open."""
    top = max(estimate.high or estimate.point or estimate.low or 0 for estimate in group)
    line = 0
    for estimate, label in zip(group, labels, strict=True):
        axes.annotate(label, (0, line), (2, 0), textcoords="offset points", va="top")
        line += _count_lines(label)
        position = line - 0.7
        style = "-" if estimate.provenance.status == "normal" else ":"
        low, high = estimate.low, estimate.high
        if low is not None and high is not None:
            axes.plot([low, high], [position, position], color=BLUE, linewidth=3, linestyle=style, marker="|")
        elif low is not None:
            axes.plot([low, low + top * _ARROW], [position, position], color=BLUE, linewidth=2, linestyle=style)
            axes.plot([low + top * _ARROW], [position], color=BLUE, marker=">")
        elif high is not None:
            # "Up to" so many may mean none: a thin line from zero.
            axes.plot([0, high], [position, position], color=BLUE, linewidth=1, linestyle="--", marker="")
            axes.plot([high], [position], color=BLUE, marker="|")
        if estimate.point is not None:
            axes.plot([estimate.point], [position], color=ORANGE, markeredgecolor=INK, marker="o")
    axes.set_yticks([])
    # From the bottom to the top: the first estimate stands highest.
    axes.set_ylim(line, -0.3)
    axes.set_xlim(0, top * 1.1 or 1)
    format_counts(axes.xaxis, layout.counts)
    axes.grid(axis="x", color=INK, alpha=PALE)


def _draw_columns(axes: Axes, series: TimeSeries) -> None:
    """Draw a column for each figure, with a pattern if its status is not normal."""
    # One call for each status, so that the legend names each once.
    for status in dict.fromkeys(figure.status for figure in series):
        figures = [figure for figure in series if figure.status == status]
        spans = [_span(figure.period) for figure in figures]
        is_normal = status == "normal"
        axes.bar(
            [(first + last) / 2 for first, last in spans],
            [int(figure) for figure in figures],
            width=[(last - first) * 0.8 for first, last in spans],
            color=BLUE if is_normal else "none",
            edgecolor=BLUE,
            hatch=_PATTERNS[status],
            label=_STATUS_NAMES.get(status),
        )


def _draw_line(axes: Axes, series: TimeSeries) -> None:
    """Draw a point for each figure, and a line between those without a gap between them."""
    values = {figure.period: int(figure) for figure in series}
    periods = sorted([*values, *(gap.period for gap in series.gaps)])
    for has_value, run in itertools.groupby(periods, values.__contains__):
        if has_value:
            joined = list(run)
            axes.plot([_position(period) for period in joined], [values[period] for period in joined], color=BLUE)
    for status in dict.fromkeys(figure.status for figure in series):
        figures = [figure for figure in series if figure.status == status]
        axes.plot(
            [_position(figure.period) for figure in figures],
            [int(figure) for figure in figures],
            color=BLUE,
            linestyle="",
            marker=_POINTS[status],
            markerfacecolor=BLUE if status == "normal" else "none",
            label=_STATUS_NAMES.get(status),
        )


def _draw_gaps(axes: Axes, series: TimeSeries) -> None:
    """Draw a grey band with its reason for each run of periods without a figure."""
    named: set[str] = set()
    for reason, run in _group_gaps(series):
        first, last = _span(run[0].period)[0], _span(run[-1].period)[1]
        # The legend names each reason once.
        label = None if reason in named else f"no figure: {reason.replace('-', ' ')}"
        axes.axvspan(first, last, color=INK, alpha=PALE, linewidth=0, label=label)
        named.add(reason)


def _group_gaps(series: TimeSeries) -> list[tuple[str, list[Gap]]]:
    """Return the gaps in runs that follow each other and have the same reason."""
    runs: list[tuple[str, list[Gap]]] = []
    for gap in series.gaps:
        if runs and runs[-1][0] == gap.reason and runs[-1][1][-1].period.shift(1) == gap.period:
            runs[-1][1].append(gap)
        else:
            runs.append((gap.reason, [gap]))
    return runs


def _label_values(axes: Axes, series: TimeSeries, vintages: Sequence[TimeSeries], layout: Layout) -> None:
    """Write all values and those of other vintages if they fit, otherwise those of the highest and the last period."""
    # A mark stands beside the value of a vintage.
    room = layout.values // 2 if vintages else layout.values
    shown = list(series) if len(series) <= room else [series.peak(), series[-1]]
    for figure in {figure.period: figure for figure in shown}.values():
        others = [
            (int(other), mark)
            for vintage, _, mark in _assign_marks(vintages)
            for other in _find_changes(series, vintage)
            if other.period == figure.period
        ]
        text = "\n".join([f"{figure:,}", *(f"{mark} {value:,}" for value, mark in others)])
        # Above the highest mark of the period, or the label would hide it.
        top = (_position(figure.period), max([int(figure), *(value for value, _ in others)]))
        axes.annotate(text, top, (0, 8 if others else 4), textcoords="offset points", ha="center")


def _draw_notes(figure: Any, axes: Axes, series: TimeSeries, look: Look) -> None:
    """Write each note above all that stands beneath it, with a line down to its period."""
    first, last = axes.get_xlim()
    for period, _ in look.notes:
        if not first <= _position(period) <= last:
            raise InvalidValueError(str(period), "a period of the chart")
    # Draw what there is, so that it has its place.
    figure.draw_without_rendering()
    bounds, points = axes.get_window_extent(), 72 / figure.dpi
    placed = _place_notes(axes, series, look)
    for _ in range(_MAX_ROUNDS):
        highest = max((note.top for note in placed), default=0)
        if highest <= bounds.y1:
            break
        # Make room above, which moves the columns and all that stands on them.
        axes.set_ylim(0, axes.get_ylim()[1] * (highest + _GAP - bounds.y0) / bounds.height)
        placed = _place_notes(axes, series, look)
    for note in placed:
        x, y = axes.transData.transform(note.point)
        line = {
            "arrowstyle": "-", "linestyle": ":", "color": INK, "alpha": DIM, "shrinkA": 0,
            "shrinkB": (note.foot - y) * points, "relpos": ((x - note.left) / note.width, 0),
        }  # fmt: skip
        place = ((note.left - x) * points, (note.bottom - y) * points)
        axes.annotate(note.text, note.point, place, textcoords="offset points", va="bottom", arrowprops=line)


class _Note(NamedTuple):
    """A note, the point that it is about, and its place in pixels; its line ends at the foot."""

    text: str
    point: tuple[float, int]
    left: float
    width: float
    foot: float
    bottom: float
    top: float


def _place_notes(axes: Axes, series: TimeSeries, look: Look) -> list[_Note]:
    """Return where the notes stand, as the axes are now."""
    # From where to where something stands, and how high.
    taken = [(box.x0, box.x1, box.y1) for box in (text.get_window_extent() for text in axes.texts)]
    for figure in series:
        first, last = _span(figure.period)
        (left, top), (right, _) = axes.transData.transform([(first, int(figure)), (last, 0)])
        taken.append((left, right, top))
    standing = [*taken]
    placed: list[_Note] = []
    # From the last to the first: each stands to the right of its line, and would hide those of later notes.
    for period, words in reversed(look.notes):
        at = _position(period)
        value = max((int(each) for each in series if _span(each.period)[0] <= at <= _span(each.period)[1]), default=0)
        x, y = axes.transData.transform((at, value))
        text = wrap(words, look.layout.note)
        measured = axes.text(0, 0, text)
        size = measured.get_window_extent()
        measured.remove()
        left = min(x, axes.get_window_extent().x1 - size.width)
        right = left + size.width
        bottom = max((top for first, last, top in taken if first < right and left < last), default=y) + _GAP
        foot = max((top for first, last, top in standing if first <= x <= last), default=y)
        placed.append(_Note(text, (at, value), left, size.width, foot, bottom, bottom + size.height))
        taken.append((left, right, bottom + size.height))
    return placed


def _assign_marks(vintages: Sequence[TimeSeries]) -> list[tuple[TimeSeries, str, str]]:
    """Return each vintage with its mark on the chart and its mark in the labels."""
    return [(vintage, *_MARKS[index % len(_MARKS)]) for index, vintage in enumerate(vintages)]


def _draw_vintage(axes: Axes, series: TimeSeries, vintage: TimeSeries, marker: str) -> None:
    """Draw a hollow mark where another vintage has another value."""
    figures = _find_changes(series, vintage)
    axes.plot(
        [_position(figure.period) for figure in figures],
        [int(figure) for figure in figures],
        color=ORANGE,
        linestyle="",
        marker=marker,
        markersize=8,
        markerfacecolor="none",
        markeredgewidth=2,
        label=_name_vintage(vintage),
    )


def _find_changes(series: TimeSeries, vintage: TimeSeries) -> list[Observation]:
    """Return the members of another vintage that have another value, or that the series does not have."""
    values = {figure.period: int(figure) for figure in series}
    return [figure for figure in vintage if values.get(figure.period) != int(figure)]


def _name_vintage(series: TimeSeries) -> str:
    return "as last published" if series.as_of is None else f"as known {release_phrase(series.as_of)}"


def _label_years(axes: Axes, series: TimeSeries, layout: Layout) -> None:
    """Write as many years below the axes as fit, and make room for several periods even around one."""
    periods = [member.period for member in (*series, *series.gaps)]
    years = range(min(period.end.year for period in periods), max(period.end.year for period in periods) + 1)
    step = next(step for step in _TICK_STEPS if len(years) / step <= layout.years)
    shown = [year for year in years if year % step == 0]
    fiscal = series.frequency == "fiscal-year"
    # A US fiscal year begins a quarter before the year that it is named after.
    middle = 0.25 if fiscal else 0.5
    axes.set_xticks([year + middle for year in shown], [f"FY{year}" if fiscal else str(year) for year in shown])
    # The limits are read after the ticks are set, which may have moved them.
    first, last = axes.get_xlim()
    width = last - first
    margin = max(0, _MIN_PERIODS * width / max(len(periods), 1) - width) / 2
    axes.set_xlim(first - margin, last + margin)


def _describe_series(series: TimeSeries, vintages: Iterable[TimeSeries], look: Look, form: str) -> str:
    """Return the text that says what a chart of a series shows."""
    parts = [form, series.summary]
    provisional = [str(figure.period) for figure in series if figure.status == "provisional"]
    if provisional:
        parts.append(f"Provisional when published: {join_words(provisional)}.")
    for reason, run in _group_gaps(series):
        missing = join_words([str(gap.period) for gap in run])
        parts.append(f"No figure for {missing}: {reason.replace('-', ' ')}.")
    for vintage in vintages:
        changes = _find_changes(series, vintage)
        if changes:
            values = [
                f"{number(int(figure))} {with_preposition(figure.period, series.measure.kind)}" for figure in changes
            ]
            parts.append(f"{sentence(_name_vintage(vintage))}: {join_words(values)}.")
    parts += [f"Note on {period}: {text.removesuffix('.')}." for period, text in look.notes]
    return " ".join(parts)


def _name_extent(series: TimeSeries) -> str:
    """Name the first and the last period of a series; one period is named once."""
    total = series.frequency == "running-total"
    ends = [period_name(figure.period) if total else str(figure.period) for figure in (series[0], series[-1])]
    return " to ".join(dict.fromkeys(ends))


def _say_when_counted(series: TimeSeries) -> str:
    return (
        "by then, in all" if series.frequency == "running-total" else f"at the end of the {unit_name(series.frequency)}"
    )


def _span(period: Period) -> tuple[float, float]:
    """Return where a period begins and ends on an axis of years; a running total takes its last day alone."""
    first, last = period.start or period.end, period.end
    # From the morning of the first day to the evening of the last.
    return _decimal_year(first.year, first.timetuple().tm_yday - 1), _decimal_year(last.year, last.timetuple().tm_yday)


def _position(period: Period) -> float:
    """Return where a figure stands on an axis of years: in the middle of its span."""
    first, last = _span(period)
    return (first + last) / 2


def _decimal_year(year: int, days: int) -> float:
    return year + days / 365.25


def _shorten(texts: list[str]) -> list[str]:
    """Return the first texts, and how many there are beyond them."""
    rest = len(texts) - _MAX_ESTIMATES_IN_TEXT
    return [*texts[:_MAX_ESTIMATES_IN_TEXT], f"and {rest} more"] if rest > 0 else texts
