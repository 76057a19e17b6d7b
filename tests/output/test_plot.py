"""Charts: the data and the labels that are drawn, and the text that says the same.

`drawings.txt` holds all that some charts draw, as it was read beside their pictures.
After a change: python tests/output/test_plot.py > new.txt, read it, and let it replace drawings.txt.
"""

import itertools
import re
import struct
import subprocess
import sys
import threading
import warnings
import xml.etree.ElementTree as ET
from pathlib import Path

import attrs
import pytest
from catalogues import catalogue_of

from defector_stats import (
    Chart,
    Estimates,
    FileError,
    InvalidPeriodError,
    InvalidValueError,
    MissingExtraError,
    NoDataError,
    NotComparableError,
    Period,
    UnknownNameError,
    arrivals,
    breakdown,
    data_version,
    estimates,
    revisions,
    series,
)
from defector_stats._model.vocabulary import DIMENSIONS
from defector_stats._output.canvas import attribute, draw_chart, wrap

mpl = pytest.importorskip("matplotlib")
np = pytest.importorskip("numpy")

BY_MINISTRY = (
    "Source: Ministry of Unification, Republic of Korea, and reports of its briefings; "
    f"compiled by defector-stats (CC BY 4.0). Data edition {data_version()}."
)
BLUE, ORANGE, INK = "#1f80bf", "#d55e00", "#1b1f24"


SVG = "{http://www.w3.org/2000/svg}"
FILE = Path(__file__).with_name("drawings.txt")

# What is told of each kind of artist, where it is not as matplotlib has it.
WRITING = ("fontsize", "fontweight", "color", "alpha", "ha", "va", "rotation")
LINE = (
    "color", "linestyle", "linewidth", "solid_capstyle", "marker", "markersize", "markerfacecolor", "markeredgecolor",
    "markeredgewidth", "alpha",
)  # fmt: skip
PATCH = ("facecolor", "edgecolor", "linewidth", "hatch", "alpha")


def axes_of(chart):
    (axes,) = chart.figure.axes
    return axes


def labels(chart):
    return [each.get_text() for axes in chart.figure.axes for each in axes.texts]


def legend(chart):
    drawn = axes_of(chart).get_legend()
    return [] if drawn is None else [each.get_text() for each in drawn.get_texts()]


def foot(chart):
    return " ".join(chart.figure.get_supxlabel().split())


def subtitle(chart):
    """What stands below the title, which matplotlib keeps apart from other texts."""
    (text,) = {*chart.figure.texts} - {chart.figure._suptitle, chart.figure._supxlabel}
    return text.get_text()


def color(artist):
    return mpl.colors.to_hex(artist.get_facecolor())


def span(band):
    """From where to where; matplotlib drew a band as a polygon before it was a rectangle."""
    across = band.get_patch_transform().transform(band.get_path().vertices)[:, 0]
    return round(float(min(across)), 2), round(float(max(across)), 2)


def points(chart):
    """All that lines go through."""
    return {
        (round(float(x), 2), float(y))
        for axes in chart.figure.axes
        for line in axes.lines
        for x, y in zip(line.get_xdata(), line.get_ydata(), strict=True)
    }


def told(value):
    """A value as it is written in the file."""
    if isinstance(value, str):
        return value.replace("\n", " / ")
    if isinstance(value, int | float | np.number):
        return f"{value:.7g}"
    return " ".join(map(told, value)) if isinstance(value, list | tuple | np.ndarray) else str(value)


def settings(artist, like, names):
    """What an artist has otherwise than a new one of its kind."""
    for name in names:
        has, usual = (mpl.artist.getp(each, name) for each in (artist, like))
        if "color" in name:
            has, usual = (mpl.colors.to_hex(each) if mpl.colors.to_rgba(each)[3] else "none" for each in (has, usual))
        if has != usual:
            yield f"; {name} {told(has)}"


def written(text):
    """Where words stand, and how."""
    settled = "".join(settings(text, mpl.text.Text(color=INK), WRITING))
    at = [text.xycoords, text.xy, text.anncoords] if isinstance(text, mpl.text.Annotation) else []
    return f"{told(text.get_text())} | {told([*at, text.get_position()])}{settled}"


def beside(axis):
    """The marks along an axis, and how they are written."""
    marks, formatter, locator = axis.get_majorticklabels(), axis.get_major_formatter(), axis.get_major_locator()
    yield f"{told(axis.get_view_interval())} {axis.get_label_text()}"
    yield from (f"size {told(each.get_fontsize())}" for each in marks[:1])
    yield from (f"grid {each.get_color()} {each.get_alpha()}" for each in axis.get_gridlines()[:1])
    if isinstance(locator, mpl.ticker.FixedLocator):
        yield from (f"{place:.7g} is {told(each.get_text())}" for place, each in zip(locator.locs, marks, strict=True))
    elif isinstance(formatter, mpl.dates.ConciseDateFormatter):
        yield f"{locator.minticks} to {told(sorted(set(locator.maxticks.values())))} dates"
        yield f"{told(formatter.formats)} from {told(formatter.zero_formats)}, apart: {formatter.show_offset}"
    else:
        yield f"1234.4 is {formatter(1234.4, 0)}; marks at {told(locator.tick_values(0, 2))}"


def recorded(chart):
    """All that a chart draws."""
    figure = chart.figure
    yield chart.alt
    yield f"  figure: {told(figure.get_size_inches())}, {mpl.colors.to_hex(figure.get_facecolor())}"
    yield f"  layout: {type(figure.get_layout_engine()).__name__}"
    yield from (f"  words: {written(text)}" for text in figure.texts)
    for axes in figure.axes:
        lines = " ".join(side for side, spine in axes.spines.items() if spine.get_visible())
        height = axes.get_subplotspec().get_gridspec().get_height_ratios()[axes.get_subplotspec().rowspan.start]
        titles = {each for each in axes.get_children() if isinstance(each, mpl.text.Text)} - {*axes.texts}
        yield f"  axes: height {told(height)}"
        yield from (f"  title: {written(each)}" for each in titles if each.get_text())
        yield f"  lines {lines}; all below: {axes.get_axisbelow()}; margins {told(axes.margins())}"
        for axis in (axes.xaxis, axes.yaxis):
            yield from (f"  {axis.axis_name}: {line}" for line in beside(axis))
        for line in axes.lines:
            places = ", ".join(map(told, zip(line.get_xdata(), line.get_ydata(), strict=True)))
            yield f"  line: {places}" + "".join(settings(line, mpl.lines.Line2D([], []), LINE))
        for patch in axes.patches:
            settled = settings(patch, mpl.patches.Rectangle((0, 0), 1, 1), PATCH)
            corners = patch.get_patch_transform().transform(patch.get_path().vertices)
            yield f"  patch: {told(corners.min(axis=0))} to {told(corners.max(axis=0))}" + "".join(settled)
        yield from (f"  text: {written(text)}" for text in axes.texts)
        if axes.get_legend():
            yield f"  legend: framed {axes.get_legend().get_frame_on()}"
            yield from (
                f"  {told(each.get_text())}; size {told(each.get_fontsize())}" for each in axes.get_legend().texts
            )


DRAWN = {
    "columns and a vintage": lambda: series(start=2023, end=2025).plot(series(start=2023, as_of="2026-01-25")),
    "a gap": lambda: series(frequency="quarter", start="2024-Q4", end="2025").plot(),
    "fiscal years": lambda: series("us-refugee-admissions", frequency="fiscal-year", end="FY2007").plot(),
    "a stock": lambda: series("refugees", area="GBR", start=2016, end=2018).plot(),
    "revisions": lambda: revisions(2009).plot(),
    "a breakdown": lambda: breakdown("age", "../2022-12").plot(),
    "a breakdown by sex": lambda: breakdown("age", "../2024-09").plot(),
    "a breakdown for a phone": lambda: breakdown("province", "../2024-09").plot(title="A finding", narrow=True),
    "estimates": lambda: estimates("departures").plot(),
    "invented estimates": lambda: ranges(*(row for row, _ in PROPOSED), estimate(1, None, 2, unit="children")).plot(),
}


def section(name):
    """The lines of one chart."""
    lines = [f"# {name}", *recorded(DRAWN[name]())]
    return "".join(f"{line.replace(data_version(), '...').rstrip()}\n" for line in lines)


@pytest.mark.parametrize("name", DRAWN)
def test_plot_drawings_unchanged(name):
    read = FILE.read_text(encoding="utf-8").split("\n\n")

    assert section(name).splitlines() in [each.splitlines() for each in read]


# Series


def test_plot_flow_as_columns():
    """A flow is drawn as columns from zero each with its value."""
    chart = series(start=2020).plot()
    axes = axes_of(chart)
    columns = sorted(axes.patches, key=lambda each: each.get_x())

    assert [each.get_height() for each in columns] == [229, 63, 67, 196, 236, 223]
    assert [round(each.get_x() + each.get_width() / 2, 1) for each in columns] == [
        2020.5, 2021.5, 2022.5, 2023.5, 2024.5, 2025.5,
    ]  # fmt: skip
    assert labels(chart) == ["229", "63", "67", "196", "236", "223"]
    assert [each.get_text() for each in axes.get_xticklabels()] == ["2020", "2021", "2022", "2023", "2024", "2025"]
    assert axes.get_ylim()[0] == 0
    assert axes.get_ylim()[1] > 236
    assert subtitle(chart) == "persons"
    assert chart.figure.get_suptitle() == "Arrivals in South Korea by year, 2020 to 2025"
    assert foot(chart) == BY_MINISTRY


@pytest.mark.parametrize(
    "thing", [series("re-entries", area="PRK", start=2018), revisions(2025), breakdown("age"), estimates("departures")]
)
def test_plot_ticks_are_whole(thing):
    chart = thing.plot()
    chart.figure.draw_without_rendering()
    for axes in chart.figure.axes:
        for axis in (axes.xaxis, axes.yaxis):
            marks = [each.get_text() for each in axis.get_majorticklabels() if each.get_text()]
            assert len(set(marks)) == len(marks)
            assert marks or axis is axes.yaxis


@pytest.mark.parametrize(("most", "step"), [(2, 1), (95, 20), (225, 25), (400, 50)])
def test_plot_tick_step(most, step):
    marks = axes_of(series(start=2020).plot()).yaxis.get_major_locator().tick_values(0, most)

    assert marks[1] - marks[0] == step


@pytest.mark.parametrize(("narrow", "rows"), [(False, 1), (True, 2)], ids=["wide", "narrow"])
def test_plot_legend_below_axes(narrow, rows):
    chart = series(start=2024).plot(series(start=2024, as_of="2026-01-25"), narrow=narrow)
    chart.figure.draw_without_rendering()
    box, axes = axes_of(chart).get_legend().get_window_extent(), axes_of(chart)
    source = chart.figure._supxlabel.get_window_extent()

    assert len({round(each.get_window_extent().y0, -1) for each in axes.get_legend().get_texts()}) == rows
    assert box.y1 < min(each.get_window_extent().y0 for each in axes.get_xticklabels())
    assert box.y0 > source.y1
    assert abs(box.x0 - axes.get_window_extent().x0) < 1
    assert box.y1 - max(each.get_window_extent().y1 for each in axes.get_legend().get_texts()) < 2


def test_plot_patterns_of_status():
    """Provisional and weak figures have patterns that the legend names."""
    chart = series(start=2020).plot()
    *plain, last = sorted(axes_of(chart).patches, key=lambda each: each.get_x())
    halves = series(frequency="half", start="2025-H1", end="2025-H2").plot()
    known, weak = sorted(axes_of(halves).patches, key=lambda each: each.get_x())

    assert {(each.get_hatch(), color(each)) for each in plain} == {("", BLUE)}
    assert (last.get_hatch(), last.get_facecolor()[-1]) == ("////", 0)
    assert legend(chart) == ["provisional when published"]
    assert (known.get_hatch(), weak.get_hatch(), weak.get_facecolor()[-1]) == ("", r"\\\\", 0)
    assert legend(halves) == ["low reliability"]
    assert legend(series(start=2020, end=2024).plot()) == []


def test_plot_labels_of_many():
    """Many figures are labelled at the highest and the last, which may be one."""
    chart = series(start=1998).plot()

    assert labels(chart) == ["2,914", "223"]
    assert labels(series(start=1992, end=2009).plot()) == ["2,914"]
    assert [each.get_text() for each in axes_of(chart).get_xticklabels()] == [
        "2000",
        "2005",
        "2010",
        "2015",
        "2020",
        "2025",
    ]


@pytest.mark.parametrize(
    ("start", "values", "years"),
    [(2010, 16, [*range(2010, 2026, 2)]), (2009, 2, [*range(2010, 2026, 2)]), (2014, 12, [*range(2014, 2026)]),
     (2013, 13, [*range(2014, 2026, 2)]), (1992, 2, [*range(1995, 2026, 5)])],
)  # fmt: skip
def test_plot_labels_that_fit(start, values, years):
    chart = series(start=start, end=2025).plot()

    assert len(labels(chart)) == values
    assert [each.get_text() for each in axes_of(chart).get_xticklabels()] == [str(year) for year in years]


@pytest.mark.parametrize(
    ("until", "years"),
    [(2060, [*range(2000, 2061, 10)]), (2140, [*range(2000, 2141, 20)]), (2250, [*range(2000, 2251, 50)])],
)
def test_plot_years_of_centuries(invented, until, years):
    """Only the first and the last have a figure; what lies between is a gap."""
    rows = [["crossings", "KOR", year, 5, "", "", "normal", "2020", "s", ""] for year in ("2000", str(until))]
    chart = catalogue_of(invented, {"crossings": rows}).series("crossings", area="KOR").plot()

    assert [each.get_text() for each in axes_of(chart).get_xticklabels()] == [str(year) for year in years]


def test_plot_gap_is_band():
    chart = series(frequency="quarter", start=2025, end=2025).plot()
    axes = axes_of(chart)
    (band,) = [each for each in axes.patches if color(each) == INK]

    assert len(axes.patches) == 3
    assert span(band) == (2025.5, 2026.0)
    assert labels(chart) == ["38", "58"]
    assert legend(chart) == ["no figure: not published"]
    assert chart.figure.get_suptitle() == "Arrivals in South Korea by quarter, 2025-Q1 to 2025-Q2"
    assert chart.alt == (
        "Column chart. Arrivals in South Korea by quarter, the first quarter of 2025 to the second quarter of 2025: "
        "the highest is 58 in the second quarter of 2025, the lowest 38 in the first quarter of 2025; 96 in all, "
        "48.0 a quarter on average. No figure for 2025-Q3 and 2025-Q4: not published."
    )


def test_plot_separate_gaps(invented):
    chart = invented.series("guests").plot()
    bands = [each for each in axes_of(chart).patches if color(each) == INK]
    halves = series(frequency="half", start="2008-H2", end="2014").plot()

    assert [span(each) for each in bands] == [(2012.0, 2013.0)]
    assert [span(each) for each in axes_of(halves).patches if color(each) == INK] == [(2009, 2011), (2014, 2015)]
    assert [text for text in legend(halves) if "no figure" in text] == ["no figure: not found"]


def test_plot_stock_as_line(invented):
    chart = invented.series("guests").plot()
    axes = axes_of(chart)
    joined = [line for line in axes.lines if line.get_linestyle() == "-"]

    assert [list(line.get_ydata()) for line in joined] == [[50, 40], [1000]]
    assert points(chart) == {(2010.5, 50), (2011.5, 40), (2013.5, 1000)}
    assert subtitle(chart) == "persons at the end of the year"
    assert axes.get_ylim()[0] == 0
    assert chart.alt == (
        "Line chart. Guests in South Korea by year, the end of 2010 to the end of 2013: "
        "the highest is 1,000 at the end of 2013, the lowest 40 at the end of 2011. No figure for 2012: not found."
    )
    whole = series("refugees", area="GBR", start=2010, end=2014).plot()
    assert [len(line.get_xdata()) for line in axes_of(whole).lines if line.get_linestyle() == "-"] == [5]


def test_plot_running_totals_as_points():
    chart = series(frequency="running-total", start="../2023", end="../2025").plot()
    weak = series(frequency="running-total").plot()

    assert series(frequency="running-total")[-1].period == Period.parse("../2025")
    assert (2026.0, 34537.0) in points(weak)
    assert subtitle(weak) == "persons by then, in all"
    assert weak.figure.get_suptitle() == "Arrivals in South Korea as running totals, the end of 1989 to the end of 2025"
    assert legend(weak) == ["low reliability", "provisional when published"]
    markers = {
        line.get_marker(): line.get_markerfacecolor() for line in axes_of(weak).lines if line.get_linestyle() == "None"
    }
    assert markers == {"o": "#1F80BF", "s": "none", "D": "none"}
    assert isinstance(chart, Chart)


def test_plot_vintages_hollow():
    now = series(start=2024)
    chart = now.plot(series(start=2024, as_of="2026-01-25"))
    (mark,) = [line for line in axes_of(chart).lines if line.get_linestyle() == "None"]

    assert points(chart) == {(2025.5, 224)}
    assert (mark.get_marker(), mark.get_markerfacecolor(), mark.get_color()) == ("D", "none", "#D55E00")
    assert labels(chart) == ["236", "223\n◇ 224"]
    assert legend(chart) == ["as known on 25 January 2026", "provisional when published"]
    assert chart.alt.endswith("Provisional when published: 2025. As known on 25 January 2026: 224 in 2025.")
    assert "As in print" not in foot(chart)


def test_plot_several_vintages():
    """Several vintages have marks of their own and a chart as of a day says so."""
    old = series(start=2009, end=2009, as_of="2010-03")
    chart = old.plot(
        series(start=2009, end=2009, as_of="2011"),
        series(start=2009, end=2010),
        series(start=2009, end=2009, as_of="2010-06"),
    )

    assert labels(chart) == ["2,952\n◇ 2,927\n□ 2,914"]
    assert [line.get_marker() for line in axes_of(chart).lines] == ["D", "s", "^"]
    assert points(chart) == {(2009.5, 2927), (2009.5, 2914), (2010.5, 2402)}
    assert legend(chart) == [
        "as known on 31 December 2011",
        "as last published",
        "as known on 30 June 2010",
        "provisional when published",
    ]
    assert foot(chart) == f"{BY_MINISTRY} As known on 31 March 2010."
    assert "As last published: 2,914 in 2009 and 2,402 in 2010." in chart.alt
    assert "30 June 2010" not in chart.alt


def test_plot_fiscal_years():
    chart = series("us-refugee-admissions", frequency="fiscal-year", start="FY2008", end="FY2010").plot()
    axes = axes_of(chart)

    assert [each.get_text() for each in axes.get_xticklabels()] == ["FY2008", "FY2009", "FY2010"]
    assert [round(tick, 2) for tick in axes.get_xticks()] == [2008.25, 2009.25, 2010.25]
    assert [round(each.get_x() + each.get_width() / 2, 2) for each in axes.patches] == [2008.25, 2009.25, 2010.25]
    assert labels(chart) == ["37", "25", "8"]
    years = series("us-refugee-admissions", frequency="fiscal-year", end="FY2007")
    assert labels(years.plot()) == ["0", "0", "0", "0", "0", "9", "22"]


def test_plot_single_column_width():
    axes = axes_of(series(start=2025).plot())
    (column,) = axes.patches

    assert column.get_width() / (axes.get_xlim()[1] - axes.get_xlim()[0]) < 0.3
    assert axes_of(series(start=2025).plot()).figure.get_suptitle() == "Arrivals in South Korea by year, 2025"


def test_plot_refuses_empty_or_unlike():
    with pytest.raises(NoDataError):
        series(start=2030).plot()
    for other in (
        series("refugees", area="WLD"),
        series(frequency="quarter"),
    ):
        with pytest.raises(NotComparableError) as caught:
            series().plot(other)
        assert caught.value.args == (
            "Arrivals in South Korea by year", other.title, "vintages are of one measure, area and frequency", "",
        )  # fmt: skip
    with pytest.raises(NotComparableError):
        series("refugees", area="WLD").plot(series("refugees", area="GBR"))
    for thing, expected in (
        (Estimates(rows=(), edition=""), "at least one estimate"), (revisions(), "the revisions of one period"),
    ):  # fmt: skip
        with pytest.raises(InvalidValueError) as wrong:
            thing.plot()
        assert wrong.value.args == (thing, expected)


# Revisions


def test_plot_revisions():
    """The history of a value is lines from its first to its last print."""
    chart = revisions(2009).plot()
    lines = axes_of(chart).lines
    seen = [(str(line.get_xdata()[0]), str(line.get_xdata()[1]), line.get_ydata()[0]) for line in lines[::2]]
    unknown = [(line.get_linestyle(), tuple(line.get_ydata())) for line in lines[1::2]]

    assert seen == [
        ("2010-01-06", "2010-01-06", 2952),
        ("2010-10-31", "2012-01-31", 2927),
        ("2012-10-28", "2012-10-28", 2914),
        ("2013-01-02", "2014-01-13", 2929),
        ("2015-11-13", "2026-10-05", 2914),
    ]
    assert unknown == [(":", (2952, 2927)), (":", (2927, 2914)), (":", (2914, 2929)), (":", (2929, 2914))]
    assert labels(chart)[:2] == ["2,952\n2010-01-06", "2,927\n2010-10"]
    assert chart.figure.get_suptitle() == "Arrivals in South Korea in 2009, as published"
    assert subtitle(chart) == "persons; the axis does not begin at zero"
    assert chart.alt == (
        "Line chart. Arrivals in South Korea in 2009, as published: 2,952 on 6 January 2010, 2,927 in October 2010, "
        "2,914 on 28 October 2012, 2,929 on 2 January 2013 and 2,914 on 13 November 2015."
    )
    assert foot(chart).startswith("Source: VOA Korean, Ministry of Unification and Yonhap;")
    assert foot(chart).endswith(f"; compiled by defector-stats (CC BY 4.0). Data edition {data_version()}.")


def test_plot_revisions_small_change():
    """The history of a small change has whole numbers and plain dates."""
    chart = revisions(2025).plot()
    chart.figure.draw_without_rendering()
    axes = axes_of(chart)

    assert {"223", "224"} <= {each.get_text() for each in axes.get_yticklabels()}
    assert all(re.fullmatch(r"[\d,]*", each.get_text()) for each in axes.get_yticklabels())
    assert all(re.fullmatch(r"(20\d\d(-\d\d)*)?", each.get_text()) for each in axes.get_xticklabels())
    stock = revisions(2016, "refugees", area="GBR").plot()
    assert "United Kingdom at the end of 2016, as published" in stock.figure.get_suptitle()


# Breakdowns


def test_plot_breakdown():
    chart = breakdown("age").plot()
    axes = axes_of(chart)
    women, men = axes.containers

    assert [each.get_width() for each in women] == [row.female for row in breakdown("age").rows]
    assert [(each.get_x(), each.get_width()) for each in men] == [
        (row.female, row.male) for row in breakdown("age").rows
    ]
    assert {each.get_hatch() for each in men} == {"//"}
    assert next(each.get_text() for each in axes.get_yticklabels()) == "0-9"
    assert axes.get_ylim()[0] > axes.get_ylim()[1]
    assert labels(chart)[2] == "9,662 (28.3%)"
    assert legend(chart) == ["women and girls", "men and boys"]
    assert chart.figure.get_suptitle() == "Arrivals in South Korea by age at entry, to the end of September 2024"
    assert chart.alt.startswith(
        "Bar chart. Arrivals in South Korea by age at entry, to the end of September 2024: 34,134 people, 125 fewer"
    )
    assert chart.alt.endswith(
        " 0-9: 1,298, 10-19: 3,821, 20-29: 9,662, 30-39: 9,813, 40-49: 6,086, 50-59: 2,092 and 60+: 1,362."
    )
    assert foot(chart) == (f"Source: j-clawson; compiled by defector-stats (CC BY 4.0). Data edition {data_version()}.")


def test_plot_breakdown_without_sexes():
    (unsplit,) = [each for each in [breakdown("age", "../2022-12")] if each.male is None] or [None]
    chart = unsplit.plot()

    assert [each.get_width() for each in axes_of(chart).patches] == [row.value for row in unsplit.rows]
    assert legend(chart) == []


def test_plot_breakdown_as_of():
    assert foot(breakdown("age", as_of="2024-06-30").plot()).endswith(" As known on 30 June 2024.")


def test_plot_breakdown_long_categories():
    whole = breakdown("age")
    long = "people whose age was not printed anywhere that we know of"
    row = attrs.evolve(whole.rows[0], category=long, male=0, female=0)
    chart = attrs.evolve(whole, rows=(row, *whole.rows[1:])).plot()

    assert [each[0].get_width() for each in axes_of(chart).containers] == [0, 0]
    assert (
        axes_of(chart).get_yticklabels()[0].get_text() == "people whose age was not printed anywhere\nthat we know of"
    )


# Estimates


def estimate(low, point, high, status="normal", **changes):
    given = estimates("in-china", during=1998)[0]
    return attrs.evolve(
        given, low=low, point=point, high=high, provenance=attrs.evolve(given.provenance, status=status), **changes
    )


def ranges(*rows):
    return Estimates(rows=rows, edition="9")


PROPOSED = [
    (estimate(10, None, 20), [("-", [10, 20], "|")]),
    (estimate(10, None, 20, "low-reliability"), [(":", [10, 20], "|")]),
    (estimate(10, 15, 20), [("-", [10, 20], "|"), ("-", [15], "o")]),
    (estimate(None, 15, None), [("-", [15], "o")]),
    (estimate(None, 0, None), [("-", [0], "o")]),
    (estimate(None, None, 20), [("--", [0, 20], ""), ("-", [20], "|")]),
    (estimate(100, None, None), [("-", [100, 106], "None"), ("-", [106], ">")]),
    (estimate(100, None, None, "low-reliability"), [(":", [100, 106], "None"), ("-", [106], ">")]),
    (estimate(100, 120, None), [("-", [100, 107.2], "None"), ("-", [107.2], ">"), ("-", [120], "o")]),
]


@pytest.mark.parametrize(("row", "lines"), PROPOSED)
def test_plot_estimate_as_proposed(row, lines):
    """A range is a line, a point a dot; an open end is an arrow or a dashed line."""
    chart = ranges(row).plot()
    axes = axes_of(chart)

    assert [(line.get_linestyle(), list(line.get_xdata()), line.get_marker()) for line in axes.lines] == lines
    assert labels(chart) == [f"1998 C. Robinson, Johns Hopkins University: {row.spread}"]
    assert axes.get_xlim()[0] == 0
    assert axes.get_xlim()[1] > max(max(each[1]) for each in lines)
    assert [each.get_text() for each in axes.get_yticklabels()] == []


def test_plot_estimates_by_topic_and_unit():
    chart = ranges(estimate(1, None, 2), estimate(3, None, 4), estimate(5, None, 6, unit="children")).plot()
    first, second = chart.figure.axes

    assert (first.get_title(loc="left"), second.get_title(loc="left")) == ("persons", "children")
    assert [text.rpartition(": ")[2] for text in labels(chart)] == ["1 to 2", "3 to 4", "5 to 6"]
    # Each label has its range below it, and above the next label.
    places = [y for text, line in zip(first.texts, first.lines, strict=True) for y in (text.xy[1], line.get_ydata()[0])]
    assert places == sorted({*places})
    assert first.get_ylim()[0] > first.get_ylim()[1]
    assert chart.figure.get_suptitle() == "North Koreans living in China: what organisations proposed"
    assert foot(chart) == (
        "Source: C. Robinson, Johns Hopkins University; ranges that organisations proposed, not counts. Data edition 9."
    )


def test_plot_alt_of_estimates():
    few, many = estimates("departures").plot(), estimates("in-china").plot()
    rest = len(estimates("in-china")) - 10

    assert few.alt.startswith(
        "Chart of ranges. Departures from North Korea: what organisations proposed. United States"
    )
    assert "Pacific Forum (working paper) for 1995/2024: up to 300,000 persons who fled" in few.alt
    assert " more" not in few.alt
    assert many.alt.endswith(f"; and {rest} more.")
    assert many.alt.count("; ") == 10
    assert sum(len(axes.texts) for axes in many.figure.axes) == len(estimates("in-china"))


def test_plot_alt_of_ten_estimates():
    """Ten estimates are all in the text and of eleven one is left."""
    chart = ranges(*(estimate(low, None, 20) for low in range(10))).plot()

    assert chart.alt.endswith("for 1998: 9 to 20 persons.")
    more = ranges(*(estimate(low, None, 20) for low in range(11))).plot()
    assert more.alt.endswith("for 1998: 9 to 20 persons; and 1 more.")


def test_plot_names_six_sources():
    found = estimates("in-china")
    source = found[0].provenance.sources[0]
    eight = [attrs.evolve(source, publisher=letter) for letter in "ABCDEFGH"]

    assert "Good Friends, US State Department, UNHCR and 25 more; ranges" in foot(found.plot())
    assert attribute(eight) == "A, B, C, D, E, F and 2 more; compiled by defector-stats (CC BY 4.0)."


def test_plot_without_edition():
    assert foot(attrs.evolve(ranges(estimate(1, None, 2)), edition="").plot()).endswith("proposed, not counts.")


def test_plot_axis_of_lone_zero():
    assert axes_of(ranges(estimate(None, 0, None)).plot()).get_xlim() == (0, 1)


@pytest.mark.parametrize("narrow", [False, True], ids=["wide", "narrow"])
def test_plot_long_names(narrow):
    """Long names are whole, in lines that do not leave the picture."""
    whom = "An organisation with a name that is far too long for one line of the screen of any phone"
    chart = ranges(estimate(1, None, 2, organisation=whom), estimate(3, None, 4)).plot(narrow=narrow)
    chart.figure.draw_without_rendering()
    (axes,) = chart.figure.axes
    first, second = axes.texts

    assert " ".join(first.get_text().split()) == f"1998 {whom}: 1 to 2"
    assert ("\n" in first.get_text()) == narrow
    assert first.get_window_extent().x1 < chart.figure.bbox.x1
    assert first.get_window_extent().y0 > axes.transData.transform((1, axes.lines[0].get_ydata()[0]))[1]
    assert second.get_window_extent().y1 < axes.transData.transform((1, axes.lines[0].get_ydata()[0]))[1]
    assert whom in chart.alt


def test_plot_estimates_of_several_topics():
    chart = ranges(estimate(1, None, 2), estimate(3, None, 4, topic="departures")).plot()

    assert [axes.get_title(loc="left") for axes in chart.figure.axes] == [
        "North Koreans living in China (persons)",
        "Departures from North Korea (persons)",
    ]


# Pictures


@pytest.mark.parametrize(
    ("ending", "start"),
    [("svg", b"<?xml"), ("png", b"\x89PNG"), ("pdf", b"%PDF"), ("PNG", b"\x89PNG")],
    ids=["svg", "png", "pdf", "PNG"],
)
def test_save_with_alt_text(tmp_path, ending, start):
    """A picture is saved with its text and is the same each time."""
    chart = series(start=2020).plot()
    path = chart.save(tmp_path / f"x.{ending}")
    content = path.read_bytes()

    assert content.startswith(start)
    assert series(start=2020).plot().save(tmp_path / f"y.{ending}").read_bytes() == content
    if ending == "svg":
        described = {each.text for each in ET.fromstring(content).iter() if each.tag.endswith("}description")}  # noqa: S314
        assert described == {chart.alt}
    else:
        assert b"Arrivals in South Korea by year" in content
    if start == b"\x89PNG":
        assert struct.unpack(">II", content[16:24]) == (1600, 900)
        assert b"Software" not in content  # its version would make a new file of the same figures


MOVING = {
    "quarters": lambda: series(frequency="quarter").plot(),
    "a stock": lambda: series("refugees", area="GBR").plot(),
    "revisions": lambda: revisions(2009).plot(),
    "estimates": lambda: estimates("in-china").plot(),
}


@pytest.mark.parametrize("name", MOVING)
def test_save_is_repeatable(tmp_path, name):
    """In whichever order, and beside one that was saved once."""
    once = {}
    for ending in ("svg", "png", "pdf"):
        once[ending] = MOVING[name]().save(tmp_path / f"once.{ending}").read_bytes()
    chart = MOVING[name]()
    chart._repr_html_()
    for number, ending in enumerate(["pdf", "svg", "png", "svg", "pdf"]):
        assert chart.save(tmp_path / f"{number}.{ending}").read_bytes() == once[ending], (number, ending)


def test_save_keeps_changed_figure(tmp_path):
    chart = series(start=2020).plot()
    chart.save(tmp_path / "x.svg")
    axes_of(chart).set_ylabel("people")

    assert b">people</text>" in chart.save(tmp_path / "y.svg").read_bytes()


@pytest.mark.parametrize("given", [None, 5, b"x.svg", "", object()], ids=lambda given: type(given).__name__)
def test_save_refuses_bad_path(given):
    with pytest.raises(InvalidValueError) as caught:
        series(start=2020).plot().save(given)

    assert caught.value.args == (given, "the path of a file or a folder")


def test_save_never_over_bundled_data(folder, monkeypatch):
    """A picture is never saved among the figures of the package."""
    monkeypatch.setattr("defector_stats._output.files.FOLDER", str(folder), raising=False)
    with pytest.raises(FileError, match="lies among the figures of this package"):
        series(start=2020).plot().save(folder / "x.svg", overwrite=True)

    assert not (folder / "x.svg").exists()


def test_save_overwrite(tmp_path):
    chart = series(start=2020).plot()
    path = chart.save(tmp_path / "x.svg")

    with pytest.raises(FileError):
        chart.save(path)
    assert chart.save(path, overwrite=True) == path
    with pytest.raises(UnknownNameError) as caught:
        chart.save(tmp_path / "x.jpg")
    assert (caught.value.kind, caught.value.given, caught.value.suggestions) == (
        "picture format", "jpg", ("svg", "png", "pdf"),
    )  # fmt: skip


def test_chart_html_has_alt_text():
    """A notebook shows the picture itself, which is what `svg` gives to a page."""
    chart = series(start=2020).plot()
    picture = ET.fromstring(chart._repr_html_())  # noqa: S314

    assert chart._repr_html_() == chart.svg()
    assert (picture.tag, picture.get("role"), picture.get("aria-label")) == (f"{SVG}svg", "img", chart.alt)
    assert "max-width: 100%" in picture.get("style")
    assert {f"{SVG}{name}" for name in ("metadata", "style", "title")}.isdisjoint(each.tag for each in picture.iter())
    assert {each.tag for each in picture.iter() if (each.text or "").strip()} == {f"{SVG}text"}
    assert not any((each.tail or "").strip() for each in picture.iter())


def test_svg_text_is_text(tmp_path):
    chart = series(start=2020).plot()
    picture = ET.parse(chart.save(tmp_path / "x.svg")).getroot()  # noqa: S314
    texts = [each.text for each in picture.iter(f"{SVG}text")]

    assert {"Arrivals in South Korea by year, 2020 to 2025", "persons", "2020", "229", "236"} <= {*texts}
    fonts = {re.search(r"font(-family)?: [^;]*", each.get("style"))[0] for each in picture.iter(f"{SVG}text")}
    assert fonts
    for font in fonts:
        assert re.search(r"\bsystem-ui, 'DejaVu Sans', 'Noto Sans CJK KR', .*, sans-serif$", font)
        assert "'system-ui'" not in font


def colours(svg):
    """All that something is drawn in, which says whether it is readable on a page."""
    return {*re.findall(r"(?:fill|stroke)(?:: |=\")([^;\"(]+)[;\"]", svg)} - {"none"}


NOTED = {"notes": lambda: series(start=2018).plot(notes={2020: "some words"})}


@pytest.mark.parametrize("name", DRAWN | NOTED)
def test_svg_takes_colour_of_page(name):
    """Beside the two colours, and the lines of a pattern on one of them, everything is in the ink of the page."""
    picture = (DRAWN | NOTED)[name]().svg()

    assert {"currentColor"} < colours(picture) <= {"currentColor", BLUE, ORANGE, "#ffffff"}
    assert ("#ffffff" in colours(picture)) == (name in {"a breakdown by sex", "a breakdown for a phone"})
    assert "<style" not in picture
    assert "background" not in picture


def luminance(colour):
    """As the Web Content Accessibility Guidelines define it."""
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return sum(weight * part for weight, part in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def contrast(one, other):
    low, high = sorted(map(luminance, (one, other)))
    return (high + 0.05) / (low + 0.05)


def mixed(ink, ground, share):
    parts = [(int(ink[at : at + 2], 16), int(ground[at : at + 2], 16)) for at in (1, 3, 5)]
    return "#" + "".join(f"{round(share * one + (1 - share) * other):02x}" for one, other in parts)


def test_svg_alone_has_contrast(tmp_path):
    """A file has an ink and a ground for light and for dark; text needs 4.5 to 1, and columns 3 to 1."""
    svg = series(start=2020).plot().save(tmp_path / "x.svg").read_text(encoding="utf-8")
    (style,) = re.findall(r"<style.*?>(.*)</style>", svg)
    rule = r"svg:root\{color:(#\w{6});background:(#\w{6})\}"
    light, dark = re.fullmatch(rf"({rule})@media\(prefers-color-scheme:dark\)\{{({rule})\}}", style).groups()[::3]
    shares = {float(each) for each in re.findall(r"<text[^>]*opacity: ([\d.]+)", svg)}

    assert shares
    for ink, ground in (re.fullmatch(rule, each).groups() for each in (light, dark)):
        assert min(contrast(mixed(ink, ground, share), ground) for share in shares) > 4.5
        assert min(contrast(colour, ground) for colour in (BLUE, ORANGE)) > 3
    assert luminance(re.fullmatch(rule, light)[2]) > 0.9
    assert luminance(re.fullmatch(rule, dark)[2]) < 0.1


def test_svg_pictures_share_no_names():
    """Two pictures of one page have no name in common, or the pattern of the one would go with the other."""
    wide, narrow = (breakdown("age").plot(narrow=narrow).svg() for narrow in (False, True))
    names = [{*re.findall(r"\bid=\"([^\"]*)", picture)} for picture in (wide, narrow)]

    assert all(names)
    assert names[0].isdisjoint(names[1])
    assert {*re.findall(r"(?:href=\"|url\()#(\w+)", wide)} <= names[0]


def test_png_is_light(tmp_path):
    picture = mpl.image.imread(series(start=2020).plot().save(tmp_path / "x.png"))

    assert picture[0, 0].tolist() == [1, 1, 1, 1]


# Titles, notes, and phones


@pytest.mark.parametrize(
    ("thing", "below"),
    [(series(start=2024), "Arrivals in South Korea by year, 2024 to 2025; persons"),
     (revisions(2025), "Arrivals in South Korea in 2025, as published; persons; the axis does not begin at zero"),
     (breakdown("age"), "Arrivals in South Korea by age at entry, to the end of September 2024; persons"),
     (estimates("departures"), "Departures from North Korea: what organisations proposed")],
    ids=lambda thing: type(thing).__name__,
)  # fmt: skip
def test_plot_title(thing, below):
    """A finding is the title, what is shown stands below it, and the text stays as it was."""
    chart = thing.plot(title="A finding of ours")

    assert chart.figure.get_suptitle() == "A finding of ours"
    assert subtitle(chart) == below
    assert chart.alt == thing.plot().alt


def test_plot_title_in_korean(tmp_path):
    """Readers of an SVG have fonts for it; in a picture of dots, letters that no font has are missed aloud."""
    words = "\ubd81\ud55c\uc774\ud0c8\uc8fc\ubbfc"
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        chart = series(start=2020).plot(title=words, notes={2020: words})
        written = chart.svg()
    texts = [each.text for each in ET.fromstring(written).iter(f"{SVG}text")]  # noqa: S314

    assert texts.count(words) == 2
    with pytest.warns(UserWarning, match="Glyph"):
        chart.save(tmp_path / "x.png")


def test_plot_long_title_above_axes():
    chart = series().plot(title="Many words that are told at length " * 5, narrow=True)
    chart.figure.draw_without_rendering()
    title, below = chart.figure._suptitle.get_window_extent(), chart.figure.texts[1].get_window_extent()

    assert title.y1 <= chart.figure.bbox.y1
    assert title.x1 <= chart.figure.bbox.x1
    assert title.y0 >= below.y1
    assert below.y0 >= axes_of(chart).get_window_extent().y1


@pytest.mark.parametrize("narrow", [False, True], ids=["wide", "narrow"])
@pytest.mark.parametrize("title", [None, "A finding", "A finding in many words " * 9])
@pytest.mark.parametrize("thing", [series(start=2020), revisions(2025), estimates("departures")])
def test_plot_words_leave_no_hole(thing, title, narrow):
    """The axes begin right under the words, however many lines these take."""
    chart = thing.plot(title=title, narrow=narrow)
    chart.figure.draw_without_rendering()
    words = [each for each in {*chart.figure.texts} - {chart.figure._supxlabel} if each.get_text()]
    lowest = min(each.get_window_extent().y0 for each in words)
    highest = max(axes.get_tightbbox().y1 for axes in chart.figure.axes)

    line = 12 * chart.figure.dpi / 72
    assert 0 <= lowest - highest < line


def test_plot_other_warnings_are_heard(tmp_path):
    """Only missing letters are nobody's concern before the picture is a file."""

    def warn():
        warnings.warn("something else", UserWarning, stacklevel=2)

    with pytest.warns(UserWarning, match="something else"):
        draw_chart(warn)
    with pytest.warns(UserWarning, match="something else"), pytest.raises(FileError):
        Chart(figure=Drawing(warn), alt="").save(tmp_path / "nowhere" / "x.svg")


@pytest.mark.parametrize(
    ("text", "lines"), [("an after-effect", "an\nafter-effect"), ("two  words", "two words"), ("one\ntwo", "one two")]
)
def test_wrap_keeps_words_whole(text, lines):
    assert wrap(text, 12) == lines


def notes_of(chart):
    return [each for each in axes_of(chart).texts if each.arrow_patch]


def boxes(chart):
    chart.figure.draw_without_rendering()
    return [mpl.text.Text.get_window_extent(each) for each in axes_of(chart).texts]


@pytest.mark.parametrize("narrow", [False, True], ids=["wide", "narrow"])
@pytest.mark.parametrize(
    "thing",
    [series(start=1998), series("refugees", area="GBR"), series(start=2018), series(start=2025)],
    ids=["many", "line", "few", "one"],
)
def test_plot_notes_hide_nothing(thing, narrow):
    first, last = thing[0].period, thing[-1].period
    middle = thing[len(thing) // 2].period
    notes = dict.fromkeys((first, middle, last, str(middle)), "so many words that they need several lines")
    chart = thing.plot(notes=notes, narrow=narrow)
    axes, found = axes_of(chart), boxes(chart)

    assert len(notes_of(chart)) == len({first, middle, last})
    for one, other in itertools.combinations(found, 2):
        assert not mpl.transforms.Bbox.intersection(one, other)
    for box in found:
        assert box.x1 <= axes.get_window_extent().x1 + 20
        assert box.y1 <= axes.get_window_extent().y1 + 20
        below = [
            axes.transData.transform((0, int(figure)))[1]
            for figure in thing
            if box.x0 < axes.transData.transform((figure.period.end.year + 0.5, 0))[0] < box.x1
        ]
        assert max(below, default=0) <= box.y0


@pytest.mark.parametrize(
    "thing", [series(start=1998), series(start=2018), series(start=2025)], ids=["many", "few", "one"]
)
def test_plot_notes_stand_close(thing):
    """Each stands 8 pixels above what is highest beneath it; its line goes straight down to what its period has."""
    periods = dict.fromkeys((thing[0].period, thing[len(thing) // 2].period, thing[-1].period))
    chart = thing.plot(notes=dict.fromkeys(periods, "so many words that they need several lines"))
    axes, found = axes_of(chart), boxes(chart)
    right, transform = axes.get_window_extent().x1, axes.transData.transform
    below = [box for text, box in zip(axes.texts, found, strict=True) if not text.arrow_patch]
    for figure in thing:
        year = figure.period.end.year
        below.append(mpl.transforms.Bbox(transform([(year, 0), (year + 1, int(figure))])))
    standing = [*below]

    for note in notes_of(chart):
        box = found[axes.texts.index(note)]
        x, _ = transform(note.xy)
        path, _ = note.arrow_patch._get_path_in_displaycoord()
        top, *_, foot = path[0].vertices

        assert box.x0 == pytest.approx(min(x, right - box.width), abs=0.5)
        assert box.y0 - max(each.y1 for each in below if each.x0 < box.x1 and box.x0 < each.x1) == pytest.approx(
            8, abs=0.5
        )
        assert (top[0], foot[0]) == (pytest.approx(x, abs=0.5), pytest.approx(x, abs=0.5))
        assert 0 <= box.y0 - top[1] < 5
        assert foot[1] == pytest.approx(max(each.y1 for each in standing if each.x0 <= x <= each.x1), abs=0.5)
        below.append(box)


def test_plot_notes():
    """A note may be on any period that the axis has, whole in the text, in whichever order they are given."""
    chart = series(start=2018).plot(notes={2024: "the second", "2020-01": "border\n closes."})
    second, first = notes_of(chart)

    assert (first.get_text(), second.get_text()) == ("border closes.", "the second")
    assert first.xy == (pytest.approx(2020.04, abs=0.01), 229)
    assert second.xy == (pytest.approx(2024.5, abs=0.01), 236)
    assert chart.alt.endswith(
        " Provisional when published: 2025. Note on 2020-01: border closes. Note on 2024: the second."
    )
    assert notes_of(series(start=2018).plot(notes={})) == []


def test_plot_note_too_long():
    """A note that has no room in any picture is drawn all the same."""
    words = "There is so much to say about this year that no telephone shows it. " * 12
    chart = series().plot(notes={2020: words}, narrow=True)

    assert " ".join(notes_of(chart)[0].get_text().split()) == words.strip()


def test_plot_note_on_gap():
    chart = series(frequency="quarter", start=2025, end=2025).plot(notes={"2025-Q3": "nothing was published"})
    (note,) = notes_of(chart)

    assert note.xy == (pytest.approx(2025.62, abs=0.01), 0)


@pytest.mark.parametrize("beyond", [2017, 2027, "2030-01"])
def test_plot_refuses_note_beyond_axis(beyond):
    with pytest.raises(InvalidValueError) as caught:
        series(start=2020).plot(notes={beyond: "some words"})

    assert caught.value.args == (str(beyond), "a period of the chart")


@pytest.mark.parametrize(
    ("wishes", "given", "expected"),
    [({"title": ""}, "", "some words"), ({"title": 5}, 5, "some words"),
     ({"title": "\0"}, "\0", "some words"), ({"narrow": 1}, 1, "True or False"),
     ({"notes": {2020: " "}}, " ", "some words"), ({"notes": [2020]}, [2020], "a mapping from periods to words")],
)  # fmt: skip
def test_plot_refuses_odd_wishes(wishes, given, expected):
    with pytest.raises(InvalidValueError) as caught:
        series(start=2020).plot(**wishes)

    assert caught.value.args == (given, expected)


def test_plot_refuses_note_on_no_period():
    with pytest.raises(InvalidPeriodError):
        series(start=2020).plot(notes={"spring": "some words"})


NARROW = {
    "years": lambda: series().plot(narrow=True),
    "few years": lambda: series(start=2018).plot(narrow=True),
    "vintages": lambda: series(start=2005, end=2011).plot(series(start=2005, end=2011, as_of="2012"), narrow=True),
    "half-years": lambda: series(frequency="half").plot(narrow=True),
    "fiscal years": lambda: series("us-refugee-admissions", frequency="fiscal-year").plot(narrow=True),
    "running totals": lambda: series(frequency="running-total").plot(narrow=True),
    "a stock": lambda: series("refugees", area="GBR").plot(narrow=True),
    "revisions": lambda: revisions(2009).plot(narrow=True),
    "revisions of a year": lambda: revisions(2025).plot(narrow=True),
    **{name: lambda name=name: breakdown(name).plot(narrow=True) for name in DIMENSIONS},
    "departures": lambda: estimates("departures").plot(narrow=True),
    "in China": lambda: estimates("in-china").plot(narrow=True),
}


@pytest.mark.parametrize("name", NARROW)
def test_plot_narrow_fits_phone(name):
    """At 390 pixels, all text has at least 11 pixels, stays in the picture, and hides no other text."""
    figure = NARROW[name]().figure
    figure.draw_without_rendering()
    # Marks beyond the ends of an axis have words, and are not drawn.
    beyond = {
        mark
        for axis in (axis for axes in figure.axes for axis in (axes.xaxis, axes.yaxis))
        for place, mark in zip(axis.get_majorticklocs(), axis.get_majorticklabels(), strict=True)
        if not min(axis.get_view_interval()) <= place <= max(axis.get_view_interval())
    }
    texts = [each for each in figure.findobj(mpl.text.Text) if each not in beyond and each.get_text().strip()]
    boxes = [mpl.text.Text.get_window_extent(each) for each in texts]

    assert figure.get_size_inches()[0] * 96 <= 390
    assert min(each.get_fontsize() for each in texts) * 96 / 72 >= 11
    assert all(figure.bbox.x0 <= box.x0 and box.x1 <= figure.bbox.x1 for box in boxes)
    assert all(figure.bbox.y0 <= box.y0 and box.y1 <= figure.bbox.y1 for box in boxes)
    for one, other in itertools.combinations(boxes, 2):
        meeting = mpl.transforms.Bbox.intersection(one, other)
        assert meeting is None or min(meeting.width, meeting.height) < 2


def test_plot_narrow_labels():
    """On a phone, half as many values and years fit, and a breakdown has its labels above the bars."""
    assert labels(series(start=2018, end=2025).plot(narrow=True)) == [
        "1,137",
        "1,047",
        "229",
        "63",
        "67",
        "196",
        "236",
        "223",
    ]
    assert labels(series(start=2017, end=2025).plot(narrow=True)) == ["1,137", "223"]
    then = series(start=2005, end=2011, as_of="2012-01-31")
    assert labels(series(start=2005, end=2011).plot(then, narrow=True)) == ["2,914\n◇ 2,927", "2,706\n◇ 2,737"]
    assert labels(breakdown("age").plot(narrow=True))[:2] == ["0-9: 1,298 (3.8%)", "10-19: 3,821 (11.2%)"]
    assert labels(revisions(2025).plot(narrow=True)) == ["224\n2026-01-20", "223\n2026-02-04"]
    assert labels(revisions(2009).plot(narrow=True))[:2] == ["2,952\n2010", "2,927\n2010"]


def test_plot_breakdown_order():
    """Places and occupations are sorted by size; ages and schools have an order of their own."""
    for name in ("province", "residence", "occupation"):
        widths = [row.value for row in sorted(breakdown(name), key=lambda row: -row.value)]
        women, men = axes_of(breakdown(name).plot()).containers
        assert [one.get_width() + other.get_width() for one, other in zip(women, men, strict=True)] == widths
    schools = [each.get_text() for each in axes_of(breakdown("education").plot()).get_yticklabels()]

    assert schools[:4] == ["preschool child", "kindergarten", "primary school", "middle or high school"]
    assert ". North Hamgyong: 19,941, Ryanggang: 6,104, South Hamgyong: 2,906" in breakdown("province").plot().alt


def test_plot_ignores_host_settings(tmp_path):
    plain = series(start=2020).plot().save(tmp_path / "plain.svg").read_bytes()
    with mpl.rc_context({"axes.facecolor": "black", "font.size": 30, "axes.linewidth": 5, "xtick.major.size": 20}):
        before = dict(mpl.rcParams)
        chart = series(start=2020).plot()
        assert chart.save(tmp_path / "dark.svg").read_bytes() == plain
        assert dict(mpl.rcParams) == before


class Drawing:
    """Something in the place of a figure, that takes its time."""

    def __init__(self, draw):
        self.savefig = lambda *_, **__: draw()

    def __deepcopy__(self, _):
        return self

    @staticmethod
    def get_suptitle():
        return ""

    @staticmethod
    def get_figwidth():
        return 1.0


@pytest.mark.parametrize("saved", [False, True], ids=["drawn", "saved"])
def test_plot_threads_keep_settings(saved):
    """The first ends while the second still draws, if they draw at once."""
    begun, joined, ended = (threading.Event() for _ in range(3))

    def first():
        begun.set()
        joined.wait(0.5)

    def second():
        joined.set()
        ended.wait(5)

    def work(draw, end):
        if saved:
            Chart(figure=Drawing(draw), alt="")._render("svg")
        else:
            draw_chart(draw)
        end.set()

    with mpl.rc_context({"font.size": 20}):
        one, two = (threading.Thread(target=work, args=each) for each in ((first, ended), (second, threading.Event())))
        one.start()
        begun.wait(5)
        two.start()
        one.join()
        two.join()
        assert mpl.rcParams["font.size"] == 20


def test_plot_never_imports_pyplot():
    code = (
        "import sys; from defector_stats import series; series().plot()._repr_html_(); "
        "print('matplotlib.pyplot' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, encoding="utf-8", check=True)

    assert done.stdout == "False\n"


def test_plot_font_has_all_characters(tmp_path):
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        for number, thing in enumerate(
            [series().plot(series(as_of="2012")), estimates(), revisions(2009), breakdown("residence")]
        ):
            chart = thing if isinstance(thing, Chart) else thing.plot()
            chart.save(tmp_path / f"{number}.png")


@pytest.mark.parametrize(
    "thing", [series(), breakdown("age"), estimates(), revisions(2009)], ids=lambda thing: type(thing).__name__
)
def test_plot_without_matplotlib(monkeypatch, thing):
    for name in [name for name in sys.modules if name.partition(".")[0] == "matplotlib"]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "matplotlib", None)

    with pytest.raises(MissingExtraError) as caught:
        thing.plot()
    assert (caught.value.library, caught.value.extra) == ("matplotlib", "plot")


def test_plot_broken_matplotlib(monkeypatch):
    for name in [name for name in sys.modules if name.partition(".")[0] == "matplotlib"]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "numpy", None)

    with pytest.raises(ModuleNotFoundError) as caught:
        series().plot()
    assert not isinstance(caught.value, MissingExtraError)
    assert arrivals(2020) == 229


if __name__ == "__main__":
    sys.stdout.write("\n".join(map(section, DRAWN)))
