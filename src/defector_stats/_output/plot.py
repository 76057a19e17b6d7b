"""Charts of series, revisions, breakdowns and estimates, each with a text that says what it shows."""

from __future__ import annotations

import functools
import itertools
import textwrap

from defector_stats._analysis.breakdown import Breakdown
from defector_stats._analysis.estimates import Estimates
from defector_stats._analysis.revisions import Revisions
from defector_stats._analysis.series import TimeSeries
from defector_stats._model.dates import last_day
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
    BLACK,
    BLUE,
    GREY,
    ORANGE,
    PALE,
    WHITE,
    Chart,
    add_legend,
    add_title_and_source,
    attribute,
    draw_chart,
    format_counts,
    format_dates,
    new_axes,
    new_figure,
)
from defector_stats.errors import InvalidValueError, NotComparableError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from defector_stats._model.observation import Observation
    from defector_stats._model.period import Period
    from defector_stats._model.records import Estimate, Gap
    from defector_stats._output.canvas import Axes

# By status: how columns are filled, and how points are marked.
_PATTERNS = {"normal": "", "provisional": "////", "low-reliability": "...."}
_POINTS = {"normal": "o", "provisional": "D", "low-reliability": "s"}
# The marks of other vintages, in turn: as matplotlib draws them, and as labels write them.
_MARKS = (("D", "◇"), ("s", "□"), ("^", "△"))

# In inches: a whole chart, and each row of bars or ranges.
_HEIGHT, _ROW_HEIGHT = 4.5, 0.3
# The length of an arrow, as a share of the longest range.
_ARROW = 0.06
# As many as fit beside each other.
_MAX_LABELS, _MAX_TICKS = 16, 12
_MAX_ESTIMATES_IN_TEXT = 10
_LABEL_WIDTH = 44  # characters
# A chart of fewer periods is as wide as one of so many, or its columns would be slabs.
_MIN_PERIODS = 4
# Years from one tick to the next.
_TICK_STEPS = (1, 2, 5, 10, 20, 50, 1000)
# The height of the axes, as a multiple of what the values need: labels stand above the columns.
_HEADROOM = 1.08


def plot(thing: object, *vintages: object) -> Chart:
    """Return a chart of a series, revisions, a breakdown or estimates.

    Args:
        thing: What to draw.
        *vintages: The same series as of other days, to mark where they differ.

    Raises:
        MissingExtraError: If matplotlib is not installed.
        InvalidValueError: If there is nothing to draw, or a vintage is not a series.
        NotComparableError: If a vintage is another series.
    """
    return draw_chart(_make_chart, thing, *vintages)


@functools.singledispatch
def _make_chart(thing: object, *_: object) -> Chart:
    raise TypeError(type(thing))


@_make_chart.register(TimeSeries)
def _chart_series(series: TimeSeries, *others: object) -> Chart:
    """Draw columns for a flow, a line for people on a day, and hollow marks for other vintages."""
    vintages = [_check_vintage(series, other) for other in others]
    figure, axes = new_axes(_HEIGHT)
    is_flow = series.measure.kind == "flow" and series.frequency != "running-total"
    (_draw_columns if is_flow else _draw_line)(axes, series)
    _draw_gaps(axes, series)
    for vintage, marker, _ in _assign_marks(vintages):
        _draw_vintage(axes, series, vintage, marker)
    _label_values(axes, series, vintages)
    _label_years(axes, series)
    axes.set_ylim(0, axes.get_ylim()[1] * _HEADROOM)
    axes.set_ylabel("persons" if is_flow else f"persons {_say_when_counted(series)}")
    format_counts(axes.yaxis)
    axes.grid(axis="y", color=PALE)
    add_legend(axes)
    title = f"{series.title}, {_name_extent(series)}"
    add_title_and_source(figure, title, series.measure.attribution, series.edition, series.as_of)
    return Chart(figure=figure, alt=_describe_series(series, vintages, "Column chart." if is_flow else "Line chart."))


def _check_vintage(series: TimeSeries, other: object) -> TimeSeries:
    """Return the other series, if it is the same one as of another day."""
    if not isinstance(other, TimeSeries):
        raise InvalidValueError(other, "the same series as of another day; several stand side by side, in no list")
    identity, other_identity = ((one.measure.id, one.area, one.frequency) for one in (series, other))
    if identity != other_identity:
        raise NotComparableError(series.title, other.title, "vintages are of one measure, area and frequency")
    return other


@_make_chart.register(Revisions)
def _chart_revisions(revisions: Revisions) -> Chart:
    """Draw the values of one period as they were printed over time."""
    periods = {step.period for step in revisions}
    if len(periods) != 1:
        raise InvalidValueError(revisions, "the revisions of one period")
    (period,) = periods
    figure, axes = new_axes(_HEIGHT)
    # Each step is a line from its first print to its last; the last step has none that follows.
    for step, following in itertools.zip_longest(revisions, revisions[1:]):
        first, last = last_day(step.released), last_day(step.last_seen)
        axes.plot([first, last], [step.value, step.value], color=BLUE, linewidth=3, solid_capstyle="butt", marker="o")
        if following is not None:
            # Nobody knows on which day between the two prints the value changed.
            axes.plot(
                [last, last_day(following.released)],
                [step.value, following.value],
                color=GREY,
                linewidth=1,
                linestyle=":",
            )
        axes.annotate(
            f"{step.value:,}\n{step.released}", (first, step.value), (0, 6), textcoords="offset points", fontsize=8,
            va="bottom",
        )  # fmt: skip
    axes.margins(x=0.12, y=0.3)
    axes.set_ylabel("persons (the axis does not begin at zero)")
    format_counts(axes.yaxis)
    format_dates(axes)
    axes.grid(axis="y", color=PALE)
    title = f"{sentence(revisions.subject)} {with_preposition(period, revisions.kind)}, as published"
    attribution = attribute(step.sources[0] for step in revisions)
    add_title_and_source(figure, title, attribution, revisions.edition, None)
    steps = join_words([f"{number(step.value)} {release_phrase(step.released)}" for step in revisions])
    return Chart(figure=figure, alt=f"Line chart. {title}: {steps}.")


@_make_chart.register(Breakdown)
def _chart_breakdown(breakdown: Breakdown) -> Chart:
    """Draw a bar for each category, divided by sex where that was printed."""
    figure, axes = new_axes(1.8 + _ROW_HEIGHT * len(breakdown.rows))
    names = [textwrap.fill(row.category, _LABEL_WIDTH) for row in breakdown.rows]
    positions = range(len(names))
    if breakdown.male is None:
        axes.barh(positions, [row.value for row in breakdown.rows], color=BLUE)
    else:
        women = [row.female or 0 for row in breakdown.rows]
        axes.barh(positions, women, color=ORANGE, edgecolor=WHITE, label="women and girls")
        men = [row.male or 0 for row in breakdown.rows]
        axes.barh(positions, men, left=women, color=BLUE, edgecolor=WHITE, hatch="//", label="men and boys")
        add_legend(axes)
    for position, row in enumerate(breakdown.rows):
        share = percent(row.share * 100, row.of)
        axes.annotate(f" {row.value:,} ({share})", (row.value, position), va="center", fontsize=8)
    axes.set_yticks(positions, names)
    # matplotlib counts upwards; the first category belongs at the top.
    axes.invert_yaxis()
    axes.margins(x=0.2)
    axes.set_xlabel("persons")
    format_counts(axes.xaxis)
    title = f"{breakdown.title}, {period_name(breakdown.period, 'stock')}"
    attribution = attribute(breakdown.provenance.sources)
    add_title_and_source(figure, title, attribution, breakdown.edition, breakdown.as_of)
    rows = join_words([f"{row.category}: {number(row.value)}" for row in breakdown.rows])
    return Chart(figure=figure, alt=f"Bar chart. {breakdown.summary} {sentence(rows)}.")


@_make_chart.register(Estimates)
def _chart_estimates(estimates: Estimates) -> Chart:
    """Draw the ranges one below the other, with axes of their own for each topic and unit."""
    groups: dict[tuple[str, str], list[Estimate]] = {}
    for estimate in estimates:
        groups.setdefault((estimate.topic, estimate.unit), []).append(estimate)
    if not groups:
        raise InvalidValueError(estimates, "at least one estimate")
    # In rows: besides its ranges, each group needs room for a title and an axis.
    heights = [len(group) + 2.5 for group in groups.values()]
    figure = new_figure(1.2 + _ROW_HEIGHT * sum(heights))
    figure.subplots(len(groups), gridspec_kw={"height_ratios": heights})
    for index, ((topic, of), group) in enumerate(groups.items()):
        axes = figure.axes[index]
        _draw_ranges(axes, group)
        axes.set_title(f"{TOPICS[topic]} ({of})", loc="left", fontsize=9)
    organisations = join_words(list(dict.fromkeys(estimate.organisation for estimate in estimates)), most=6)
    attribution = f"{organisations}; ranges that organisations proposed, not counts."
    title = f"{'; '.join(dict.fromkeys(TOPICS[topic] for topic, _ in groups))}: what organisations proposed"
    add_title_and_source(figure, title, attribution, estimates.edition, None)
    ranges = [
        f"{estimate.organisation} for {estimate.reference}: {estimate.spread} {estimate.unit}" for estimate in estimates
    ]
    return Chart(figure=figure, alt=f"Chart of ranges. {title}. {'; '.join(_shorten(ranges))}.")


def _draw_ranges(axes: Axes, group: Sequence[Estimate]) -> None:
    """Draw a line from the low to the high end, a point for the best guess, and an arrow where the high end is open."""
    top = max(estimate.high or estimate.point or estimate.low or 0 for estimate in group)
    for position, estimate in enumerate(group):
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
            axes.plot([estimate.point], [position], color=ORANGE, markeredgecolor=BLACK, marker="o")
        open_end = low + top * _ARROW if low is not None and high is None else 0
        right = max(open_end, estimate.point or 0, high or 0)
        axes.annotate(estimate.spread, (right, position), (8, 0), textcoords="offset points", va="center", fontsize=7)
    labels = [
        textwrap.shorten(f"{estimate.reference}  {estimate.organisation}", _LABEL_WIDTH, placeholder="…")
        for estimate in group
    ]
    axes.set_yticks(range(len(group)), labels)
    # From the bottom to the top: the first estimate stands highest.
    axes.set_ylim(len(group) - 0.4, -0.6)
    axes.set_xlim(0, top * 1.35 or 1)
    axes.tick_params(labelsize=7)
    format_counts(axes.xaxis)


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
            color=BLUE if is_normal else WHITE,
            edgecolor=BLUE,
            hatch=_PATTERNS[status],
            label=None if is_normal else status.replace("-", " "),
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
            markerfacecolor=BLUE if status == "normal" else WHITE,
            label=None if status == "normal" else status.replace("-", " "),
        )


def _draw_gaps(axes: Axes, series: TimeSeries) -> None:
    """Draw a grey band with its reason for each run of periods without a figure."""
    for reason, run in _group_gaps(series):
        first, last = _span(run[0].period)[0], _span(run[-1].period)[1]
        axes.axvspan(first, last, color=PALE, linewidth=0)
        axes.annotate(
            f"no figure: {reason.replace('-', ' ')}", ((first + last) / 2, 0.5), xycoords=("data", "axes fraction"),
            rotation=90, ha="center", va="center", fontsize=7, color=GREY,
        )  # fmt: skip


def _group_gaps(series: TimeSeries) -> list[tuple[str, list[Gap]]]:
    """Return the gaps in runs that follow each other and have the same reason."""
    runs: list[tuple[str, list[Gap]]] = []
    for gap in series.gaps:
        if runs and runs[-1][0] == gap.reason and runs[-1][1][-1].period.shift(1) == gap.period:
            runs[-1][1].append(gap)
        else:
            runs.append((gap.reason, [gap]))
    return runs


def _label_values(axes: Axes, series: TimeSeries, vintages: Sequence[TimeSeries]) -> None:
    """Write all values if they fit, otherwise the highest, the lowest and the last, and those of other vintages."""
    shown = list(series) if len(series) <= _MAX_LABELS else [series.peak(), series.trough(), series[-1]]
    wanted = {figure.period for figure in shown}
    for figure in series:
        others = [
            (int(other), mark)
            for vintage, _, mark in _assign_marks(vintages)
            for other in _find_changes(series, vintage)
            if other.period == figure.period
        ]
        if figure.period in wanted or others:
            text = "\n".join([f"{figure:,}", *(f"{mark} {value:,}" for value, mark in others)])
            # Above the highest mark of the period, or the label would hide it.
            top = (_position(figure.period), max([int(figure), *(value for value, _ in others)]))
            axes.annotate(text, top, (0, 8 if others else 4), textcoords="offset points", ha="center", fontsize=8)


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


def _label_years(axes: Axes, series: TimeSeries) -> None:
    """Write as many years below the axes as fit, and make room for several periods even around one."""
    periods = [member.period for member in (*series, *series.gaps)]
    years = range(min(period.end.year for period in periods), max(period.end.year for period in periods) + 1)
    step = next(step for step in _TICK_STEPS if len(years) / step <= _MAX_TICKS)
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


def _describe_series(series: TimeSeries, vintages: Iterable[TimeSeries], form: str) -> str:
    """Return the text that says what a chart of a series shows."""
    parts = [form, series.summary]
    provisional = [str(figure.period) for figure in series if figure.status == "provisional"]
    if provisional:
        parts.append(f"Provisional: {join_words(provisional)}.")
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
