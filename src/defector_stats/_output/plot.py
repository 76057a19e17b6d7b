"""Charts of series, revisions, breakdowns and estimates, each with a text for those who do not see it."""

from __future__ import annotations

import functools
import itertools
import textwrap

from defector_stats._analysis.breakdown import Breakdown
from defector_stats._analysis.estimates import Estimates
from defector_stats._analysis.series import TimeSeries
from defector_stats._model.dates import last_day
from defector_stats._model.records import Revisions
from defector_stats._model.vocabulary import TOPICS
from defector_stats._model.words import listed, name, number, percent, printed, sentence, unit, when
from defector_stats._output.canvas import (
    BLACK,
    BLUE,
    GREY,
    ORANGE,
    PALE,
    WHITE,
    Chart,
    blank,
    compiled,
    date_axis,
    drawn,
    frame,
    legend,
    people,
    sheet,
)
from defector_stats.errors import InvalidValueError, NotComparableError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from defector_stats._model.observation import Observation
    from defector_stats._model.period import Period
    from defector_stats._model.records import Estimate, Gap
    from defector_stats._output.canvas import Axes

_PATTERNS = {"normal": "", "provisional": "////", "low-reliability": "...."}
_POINTS = {"normal": "o", "provisional": "D", "low-reliability": "s"}
# How other vintages are marked on the chart and in its labels, in turn.
_MARKS = (("D", "◇"), ("s", "□"), ("^", "△"))

_HEIGHT, _ROW = 4.5, 0.3
# The length of an arrow, as a share of the longest range.
_ARROW = 0.06
# As much as fits beside each other.
_MOST_LABELS, _MOST_TICKS, _MOST_LISTED, _LABEL_COLUMNS = 16, 12, 10, 44
_LEAST_PERIODS = 4
_STEPS = (1, 2, 5, 10, 20, 50, 1000)
_HEADROOM = 1.08


def plot(thing: object, *vintages: object) -> Chart:
    """Return a chart of a thing.

    Raises:
        MissingExtraError: If matplotlib is not installed.
    """
    return drawn(_chart, thing, *vintages)


@functools.singledispatch
def _chart(thing: object, *_: object) -> Chart:
    raise TypeError(type(thing))


@_chart.register(TimeSeries)
def _series_chart(series: TimeSeries, *others: object) -> Chart:
    """Columns for a flow, a line for people on a day; other vintages as hollow marks."""
    vintages = [_vintage_of(series, other) for other in others]
    figure, axes = sheet(_HEIGHT)
    flow = series.measure.kind == "flow" and series.frequency != "running-total"
    (_columns if flow else _line)(axes, series)
    _bands(axes, series)
    for other, marker, _ in _marked(vintages):
        _vintage(axes, series, other, marker)
    _value_labels(axes, series, vintages)
    _years(axes, series)
    axes.set_ylim(0, axes.get_ylim()[1] * _HEADROOM)
    axes.set_ylabel("persons" if flow else f"persons {_held(series)}")
    people(axes.yaxis)
    axes.grid(axis="y", color=PALE)
    legend(axes)
    frame(figure, f"{series.title}, {_extent(series)}", series.measure.attribution, series.edition, series.as_of)
    return Chart(figure=figure, alt=_series_alt(series, vintages, "Column chart." if flow else "Line chart."))


def _vintage_of(series: TimeSeries, other: object) -> TimeSeries:
    """The other series, if it is the same one as of another day."""
    if not isinstance(other, TimeSeries):
        raise InvalidValueError(other, "the same series as of another day; several stand side by side, in no list")
    what, as_what = ((each.measure.id, each.area, each.frequency) for each in (series, other))
    if what != as_what:
        raise NotComparableError(series.title, other.title, "vintages are of one measure, area and frequency")
    return other


@_chart.register(Revisions)
def _revisions_chart(revisions: Revisions) -> Chart:
    """The values of one period as they were printed over time."""
    periods = {step.period for step in revisions}
    if len(periods) != 1:
        raise InvalidValueError(revisions, "the revisions of one period")
    (period,) = periods
    figure, axes = sheet(_HEIGHT)
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
    people(axes.yaxis)
    date_axis(axes)
    axes.grid(axis="y", color=PALE)
    title = f"{sentence(revisions.subject)} {when(period, revisions.kind)}, as printed"
    frame(figure, title, compiled(step.sources[0] for step in revisions), revisions.edition, None)
    steps = listed([f"{number(step.value)} {printed(step.released)}" for step in revisions])
    return Chart(figure=figure, alt=f"Line chart. {title}: {steps}.")


@_chart.register(Breakdown)
def _breakdown_chart(breakdown: Breakdown) -> Chart:
    """Bars by category, divided by sex where that was printed."""
    figure, axes = sheet(1.8 + _ROW * len(breakdown.rows))
    names = [textwrap.fill(row.category, _LABEL_COLUMNS) for row in breakdown.rows]
    places = range(len(names))
    if breakdown.male is None:
        axes.barh(places, [row.value for row in breakdown.rows], color=BLUE)
    else:
        women = [row.female or 0 for row in breakdown.rows]
        axes.barh(places, women, color=ORANGE, edgecolor=WHITE, label="women and girls")
        men = [row.male or 0 for row in breakdown.rows]
        axes.barh(places, men, left=women, color=BLUE, edgecolor=WHITE, hatch="//", label="men and boys")
        legend(axes)
    for place, row in enumerate(breakdown.rows):
        share = percent(row.share * 100, row.of)
        axes.annotate(f" {row.value:,} ({share})", (row.value, place), va="center", fontsize=8)
    axes.set_yticks(places, names)
    axes.invert_yaxis()
    axes.margins(x=0.2)
    axes.set_xlabel("persons")
    people(axes.xaxis)
    title = f"{breakdown.title}, {name(breakdown.period, 'stock')}"
    frame(figure, title, compiled(breakdown.provenance.sources), breakdown.edition, breakdown.as_of)
    rows = listed([f"{row.category}: {number(row.value)}" for row in breakdown.rows])
    return Chart(figure=figure, alt=f"Bar chart. {breakdown} {sentence(rows)}.")


@_chart.register(Estimates)
def _estimates_chart(estimates: Estimates) -> Chart:
    """Ranges, one below the other; what is counted in different units stands apart."""
    groups: dict[tuple[str, str], list[Estimate]] = {}
    for each in estimates:
        groups.setdefault((each.topic, each.unit), []).append(each)
    if not groups:
        raise InvalidValueError(estimates, "at least one estimate")
    heights = [len(group) + 2.5 for group in groups.values()]
    figure = blank(1.2 + _ROW * sum(heights))
    figure.subplots(len(groups), gridspec_kw={"height_ratios": heights})
    for place, ((topic, of), group) in enumerate(groups.items()):
        axes = figure.axes[place]
        _ranges(axes, group)
        axes.set_title(f"{TOPICS[topic]} ({of})", loc="left", fontsize=9)
    whom = listed(list(dict.fromkeys(each.organisation for each in estimates)), most=6)
    about = f"{whom}; ranges that organisations proposed, not counts."
    title = f"{'; '.join(dict.fromkeys(TOPICS[topic] for topic, _ in groups))}: what organisations proposed"
    frame(figure, title, about, estimates.edition, None)
    shown = [f"{each.organisation} for {each.reference}: {each.spread} {each.unit}" for each in estimates]
    return Chart(figure=figure, alt=f"Chart of ranges. {title}. {'; '.join(_first(shown))}.")


def _ranges(axes: Axes, group: Sequence[Estimate]) -> None:
    """A line from the low to the high end, a point for the best guess, an arrow where an end is open."""
    top = max(each.high or each.point or each.low or 0 for each in group)
    for place, each in enumerate(group):
        style = "-" if each.provenance.status == "normal" else ":"
        low, high = each.low, each.high
        if low is not None and high is not None:
            axes.plot([low, high], [place, place], color=BLUE, linewidth=3, linestyle=style, marker="|")
        elif low is not None:
            axes.plot([low, low + top * _ARROW], [place, place], color=BLUE, linewidth=2, linestyle=style)
            axes.plot([low + top * _ARROW], [place], color=BLUE, marker=">")
        elif high is not None:
            axes.plot([0, high], [place, place], color=BLUE, linewidth=1, linestyle="--", marker="")
            axes.plot([high], [place], color=BLUE, marker="|")
        if each.point is not None:
            axes.plot([each.point], [place], color=ORANGE, markeredgecolor=BLACK, marker="o")
        open_end = low + top * _ARROW if low is not None and high is None else 0
        right = max(open_end, each.point or 0, high or 0)
        axes.annotate(each.spread, (right, place), (8, 0), textcoords="offset points", va="center", fontsize=7)
    labels = [
        textwrap.shorten(f"{each.reference}  {each.organisation}", _LABEL_COLUMNS, placeholder="…") for each in group
    ]
    axes.set_yticks(range(len(group)), labels)
    axes.set_ylim(len(group) - 0.4, -0.6)
    axes.set_xlim(0, top * 1.35 or 1)
    axes.tick_params(labelsize=7)
    people(axes.xaxis)


def _columns(axes: Axes, series: TimeSeries) -> None:
    """One column a figure; a pattern tells those that are not plain."""
    for status in dict.fromkeys(figure.status for figure in series):
        some = [figure for figure in series if figure.status == status]
        spans = [_span(figure.period) for figure in some]
        plain = status == "normal"
        axes.bar(
            [(first + last) / 2 for first, last in spans],
            [int(figure) for figure in some],
            width=[(last - first) * 0.8 for first, last in spans],
            color=BLUE if plain else WHITE,
            edgecolor=BLUE,
            hatch=_PATTERNS[status],
            label=None if plain else status.replace("-", " "),
        )


def _line(axes: Axes, series: TimeSeries) -> None:
    """Points joined where nothing lies between them."""
    values = {figure.period: int(figure) for figure in series}
    periods = sorted([*values, *(gap.period for gap in series.gaps)])
    for known, run in itertools.groupby(periods, values.__contains__):
        if known:
            joined = list(run)
            axes.plot([_place(each) for each in joined], [values[each] for each in joined], color=BLUE)
    for status in dict.fromkeys(figure.status for figure in series):
        some = [figure for figure in series if figure.status == status]
        axes.plot(
            [_place(figure.period) for figure in some],
            [int(figure) for figure in some],
            color=BLUE,
            linestyle="",
            marker=_POINTS[status],
            markerfacecolor=BLUE if status == "normal" else WHITE,
            label=None if status == "normal" else status.replace("-", " "),
        )


def _bands(axes: Axes, series: TimeSeries) -> None:
    """A grey band with its reason for each run of periods without a figure."""
    for reason, run in _runs(series):
        first, last = _span(run[0].period)[0], _span(run[-1].period)[1]
        axes.axvspan(first, last, color=PALE, linewidth=0)
        axes.annotate(
            f"no figure: {reason.replace('-', ' ')}", ((first + last) / 2, 0.5), xycoords=("data", "axes fraction"),
            rotation=90, ha="center", va="center", fontsize=7, color=GREY,
        )  # fmt: skip


def _runs(series: TimeSeries) -> list[tuple[str, list[Gap]]]:
    """Gaps that follow each other and have the same reason."""
    runs: list[tuple[str, list[Gap]]] = []
    for gap in series.gaps:
        if runs and runs[-1][0] == gap.reason and runs[-1][1][-1].period.shift(1) == gap.period:
            runs[-1][1].append(gap)
        else:
            runs.append((gap.reason, [gap]))
    return runs


def _value_labels(axes: Axes, series: TimeSeries, vintages: Sequence[TimeSeries]) -> None:
    """All values if they fit, else the highest, the lowest and the last; other vintages with their mark."""
    shown = list(series) if len(series) <= _MOST_LABELS else [series.peak(), series.trough(), series[-1]]
    wanted = {figure.period: figure for figure in shown}
    for figure in series:
        others = [
            (int(each), mark)
            for vintage, _, mark in _marked(vintages)
            for each in _changed(series, vintage)
            if each.period == figure.period
        ]
        if figure.period in wanted or others:
            text = "\n".join([f"{figure:,}", *(f"{mark} {other:,}" for other, mark in others)])
            top = (_place(figure.period), max([int(figure), *(other for other, _ in others)]))
            axes.annotate(text, top, (0, 8 if others else 4), textcoords="offset points", ha="center", fontsize=8)


def _marked(vintages: Sequence[TimeSeries]) -> list[tuple[TimeSeries, str, str]]:
    """Each vintage with its mark on the chart and in the labels."""
    return [(each, *_MARKS[place % len(_MARKS)]) for place, each in enumerate(vintages)]


def _vintage(axes: Axes, series: TimeSeries, other: TimeSeries, marker: str) -> None:
    """A hollow mark where another vintage has another value."""
    some = _changed(series, other)
    axes.plot(
        [_place(figure.period) for figure in some],
        [int(figure) for figure in some],
        color=ORANGE,
        linestyle="",
        marker=marker,
        markersize=8,
        markerfacecolor="none",
        markeredgewidth=2,
        label=_vintage_name(other),
    )


def _changed(series: TimeSeries, vintage: TimeSeries) -> list[Observation]:
    """The members of another vintage that have another value, or that the series does not have."""
    known = {figure.period: int(figure) for figure in series}
    return [figure for figure in vintage if known.get(figure.period) != int(figure)]


def _vintage_name(series: TimeSeries) -> str:
    return "as last printed" if series.as_of is None else f"as in print {printed(series.as_of)}"


def _years(axes: Axes, series: TimeSeries) -> None:
    """Years below the axis, as many as fit, and room for several periods even around one."""
    periods = [each.period for each in (*series, *series.gaps)]
    years = range(min(each.end.year for each in periods), max(each.end.year for each in periods) + 1)
    step = next(each for each in _STEPS if len(years) / each <= _MOST_TICKS)
    shown = [year for year in years if year % step == 0]
    fiscal = series.frequency == "fiscal-year"
    # A US fiscal year begins a quarter before the year that it is named after.
    middle = 0.25 if fiscal else 0.5
    axes.set_xticks([year + middle for year in shown], [f"FY{year}" if fiscal else str(year) for year in shown])
    first, last = axes.get_xlim()
    more = (
        max(0, _LEAST_PERIODS * (axes.get_xlim()[1] - axes.get_xlim()[0]) / max(len(periods), 1) - (last - first)) / 2
    )
    axes.set_xlim(first - more, last + more)


def _series_alt(series: TimeSeries, vintages: Iterable[TimeSeries], form: str) -> str:
    """What a chart of a series shows, in words."""
    parts = [form, str(series)]
    marked = [str(figure.period) for figure in series if figure.status == "provisional"]
    if marked:
        parts.append(f"Provisional: {listed(marked)}.")
    for reason, run in _runs(series):
        missing = listed([str(gap.period) for gap in run])
        parts.append(f"No figure for {missing}: {reason.replace('-', ' ')}.")
    for other in vintages:
        changed = [
            f"{number(int(figure))} {when(figure.period, series.measure.kind)}" for figure in _changed(series, other)
        ]
        if changed:
            parts.append(f"{sentence(_vintage_name(other))}: {listed(changed)}.")
    return " ".join(parts)


def _extent(series: TimeSeries) -> str:
    """From the first member to the last."""
    total = series.frequency == "running-total"
    ends = [name(each.period) if total else str(each.period) for each in (series[0], series[-1])]
    return " to ".join(dict.fromkeys(ends))


def _held(series: TimeSeries) -> str:
    return "by then, in all" if series.frequency == "running-total" else f"at the end of the {unit(series.frequency)}"


def _span(period: Period) -> tuple[float, float]:
    """First and last day on an axis of years."""
    first = period.start or period.end
    return _decimal(first.year, first.timetuple().tm_yday - 1), _decimal(
        period.end.year, period.end.timetuple().tm_yday
    )


def _place(period: Period) -> float:
    """Where a figure stands: in the middle of its period, or of the day up to which it counts."""
    first, last = _span(period)
    return (first + last) / 2


def _decimal(year: int, day: int) -> float:
    return year + day / 365.25


def _first(texts: list[str]) -> list[str]:
    rest = len(texts) - _MOST_LISTED
    return [*texts[:_MOST_LISTED], f"and {rest} more"] if rest > 0 else texts
