"""Tables of people by age, occupation, province, education or residence."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, ClassVar, NamedTuple, Self

import attrs

import defector_stats as ds
from defector_stats import _model as hints
from defector_stats._model.dates import read_as_of, sort_key
from defector_stats._model.fraction import Fraction
from defector_stats._model.period import Period
from defector_stats._model.plain import flat, period_columns, plain, source_columns
from defector_stats._model.provenance import Provenance
from defector_stats._model.record import Record
from defector_stats._model.sequences import Imprint, Rows
from defector_stats._model.vocabulary import DIMENSIONS, RESIDENCE
from defector_stats._model.words import number, period_name, sentence, with_preposition
from defector_stats._store.imprint import imprint
from defector_stats._store.ledger import Ledger
from defector_stats._store.tables import Cells, Tables, optional
from defector_stats.errors import NoDataError, unknown_name_error

# The measure and area whose cumulative figures the tables break down.
_ARRIVALS, _SOUTH_KOREA = "arrivals", "KOR"
_TITLES = {
    "age": "arrivals in South Korea by age at entry",
    "occupation": "arrivals in South Korea by occupation in the North",
    "province": "arrivals in South Korea by last region in the North",
    "education": "arrivals in South Korea by education in the North",
    "residence": "residents in South Korea by region",
}


@attrs.frozen(kw_only=True, repr=False)
class BreakdownRow(Record):
    """One category of a breakdown.

    Examples:
        >>> from defector_stats import breakdown
        >>> row = breakdown("age").row("20-29")
        >>> row.value, row.female, row.share
        (9662, 7021, Fraction(4831, 17067))
    """

    SHOWN: ClassVar[tuple[str, ...]] = ("category", "value")

    category: str
    """The name of the category, such as ``20-29`` or ``North Hamgyong``."""
    code: str | None
    """The ISO 3166-2 code of a province or a region, such as ``KP-09``; ``None`` for any other category.

    A row for two regions has two codes, separated by a space.
    """
    name_ko: str | None
    """The Korean name in the table of the ministry or a report on it; ``None`` if none was found."""
    value: int
    """The number of people in the category."""
    male: int | None
    """The number of men and boys in the category; ``None`` if no split was published."""
    female: int | None
    """The number of women and girls in the category; ``None`` if no split was published."""
    of: int
    """The number of people in the whole table, from which the share is calculated."""

    @property
    def share(self) -> Fraction:
        """The exact share of the category in the total of the table."""
        return Fraction(self.value, self.of)


@attrs.frozen(kw_only=True, repr=False)
class Breakdown(Rows[BreakdownRow]):
    """A table of people by age, occupation, province, education or residence, as published for one date.

    Examples:
        >>> from defector_stats import breakdown
        >>> ages = breakdown("age")
        >>> ages.total, ages.male, ages.female, ages.missing
        (34134, 9544, 24590, 125)
        >>> ages.row("20-29").female, ages.row("20-29").share
        (7021, Fraction(4831, 17067))
    """

    NOUNS: ClassVar[tuple[str, str]] = ("category", "categories")

    COLUMNS: ClassVar[tuple[str, ...]] = (
        "dimension", "period", "frequency", "year", "start_date", "end_date", "category", "code", "name_ko", "value",
        "male", "female", "share", "status", "released", "sources", "url", "note",
    )  # fmt: skip

    dimension: str
    """The dimension of the table, which is ``age``, ``occupation``, ``province``, ``education`` or ``residence``."""
    title_ko: str | None
    """The title in Korean, as a table of the ministry or a report on one gives it; ``None`` if none was found."""
    period: Period
    """The span of the table, which has an open start for cumulative arrivals and is one month for residents."""
    rows: tuple[BreakdownRow, ...]
    """The categories in the order of the table, each a `BreakdownRow`."""
    missing: int | None
    """The number of people that the table leaves out, which is all arrivals by its date less its total.

    It is ``None`` if no figure for all arrivals is known for that date.
    """
    provenance: Provenance
    """The `Provenance` of the table, whose note says who is counted and why people are missing."""
    edition: str
    """The edition of the data, as `data_version` returns it."""
    as_of: str | None = attrs.field(eq=False)
    """The date by which the table had to be published, as ISO text; ``None`` if no date was given."""

    @property
    def title(self) -> str:
        """The title of the table, which says what it counts and by which dimension."""
        return sentence(_TITLES[self.dimension])

    @property
    def total(self) -> int:
        """The number of people in all rows."""
        return sum(row.value for row in self.rows)

    @property
    def male(self) -> int | None:
        """The number of men and boys in all rows; ``None`` if no split was published."""
        return _sum_if_complete([row.male for row in self.rows])

    @property
    def female(self) -> int | None:
        """The number of women and girls in all rows; ``None`` if no split was published."""
        return _sum_if_complete([row.female for row in self.rows])

    @property
    def note(self) -> str:
        """A note on what the table counts, and why its total differs from the cumulative arrivals."""
        return self.provenance.note

    def row(self, category: str) -> BreakdownRow:
        """Return the row of a category.

        Raises:
            UnknownNameError: If the table has no such category.
        """
        return _find_row(self.rows, category)

    def record(self) -> dict[str, Any]:
        """Return the description of the table as plain values; `records` returns its rows.

        Returns:
            A new dictionary; sources are given by their keys.
        """
        table = plain(self, "dimension", "title_ko", "period", "total", "male", "female", "missing")
        return table | plain(self.provenance, "status", "released", "sources", "note")

    def records(self) -> list[dict[str, Any]]:
        """Return the rows as plain values, ready for JSON or a data frame.

        Returns:
            A new list with a new dictionary for each row; shares are floats.
        """
        about = plain(self, "dimension") | period_columns("period", self.period)
        published = plain(self.provenance, "status", "released")
        origin = published | source_columns(self.provenance.sources) | plain(self.provenance, "note")
        names = ("category", "code", "name_ko", "value", "male", "female", "share")
        return [flat(about | plain(row, *names) | origin) for row in self]

    def _credits(self, imprint: Imprint) -> Iterable[str]:
        """Return the attribution of the arrivals, whose publisher also publishes the tables."""
        return [imprint.credits.get(_ARRIVALS, imprint.compilers)]

    def _part(self, rows: tuple[BreakdownRow, ...]) -> Self:
        """Return some of the rows, without the number of people left out, which is known only for the whole table."""
        return attrs.evolve(self, rows=rows, missing=self.missing if len(rows) == len(self) else None)

    def plot(self, *, title: str | None = None, narrow: bool = False) -> ds.Chart:
        """Draw a bar chart, divided by sex where a split was published.

        Ages and levels of education keep their own order; other categories are sorted by size.

        Args:
            title: A title, such as what the chart shows; without one, a description of it.
            narrow: Whether to draw the chart for the screen of a phone.

        Returns:
            A `Chart` with a text alternative.

        Raises:
            MissingExtraError: If matplotlib is not installed.
            InvalidValueError: If the title is not a text.
        """
        from defector_stats._model.shown import plot

        return plot(self, title=title, narrow=narrow)

    @property
    def summary(self) -> str:
        """A summary of what the table counts, whom it leaves out, and why."""
        text = f"{dated_title(self)}: {number(self.total)} people"
        if self.missing is not None:
            text += f", {number(self.missing)} fewer than all arrivals by then"
        return f"{text}. {self.note}".strip()

    def __str__(self) -> str:
        return f"{self.summary}\n\n{super().__str__()}"

    def __repr__(self) -> str:
        return f"<Breakdown by {self.dimension}, {self.period}: {self._count()}>"


def dated_title(table: Breakdown) -> str:
    """Return the title of a table with its date: arrivals are all those to a day, residents those on it."""
    period = table.period
    date = f"to {period_name(period)}" if period.first is None else with_preposition(period, "stock")
    return f"{table.title}, {date}"


def breakdown(
    ledger: Ledger, dimension: object, period: hints.PeriodLike | None, as_of: hints.DateLike | None
) -> Breakdown:
    """Return the newest table of a dimension, or the one for a period; see `Catalogue.breakdown` for the errors."""
    day = None if as_of is None else read_as_of(as_of)
    asked = None if period is None else Period.parse(period)
    if not isinstance(dimension, str) or dimension not in DIMENSIONS:
        raise unknown_name_error("dimension", dimension, DIMENSIONS)
    rows = ledger.tables.about("breakdowns", dimension)
    rows_by_period: dict[Period, list[Cells]] = {}
    for cells in rows:
        if day is None or sort_key(cells["released"]) <= day:
            rows_by_period.setdefault(Period.parse(cells["period"]), []).append(cells)
    periods = sorted(rows_by_period, key=lambda period: period.last)
    wanted = asked if asked is not None else periods[-1] if periods else None
    if wanted is None or wanted not in rows_by_period:
        # A row for the period that was left out above was published after the day asked about.
        later = any(asked is None or cells["period"] == str(asked) for cells in rows)
        raise NoDataError(
            f"{'residents' if dimension == 'residence' else 'arrivals'} by {dimension}",
            wanted,
            "KOR",
            "not-yet-released" if later else "not-found",
            note="" if periods else "There are no tables.",
            hint=f"Choose from: {', '.join(map(str, periods))}." if periods else "",
        )
    return _build_table(ledger, dimension, wanted, rows_by_period[wanted], day)


def breakdowns_in(ledger: Ledger, period: Period, as_of: str | None) -> tuple[Breakdown, ...]:
    """Return the tables whose date is in a period, or is its last day if it has no first, in order of time.

    Args:
        ledger: The ledger of the catalogue.
        period: The period.
        as_of: The last day of release that counts, as ISO text; ``None`` for all.
    """
    found = {
        (Period.parse(cells["period"]), cells["dimension"])
        for cells in ledger.tables.cells("breakdowns")
        if as_of is None or sort_key(cells["released"]) <= as_of
    }
    dated = [table for table in found if (period.first or period.last) <= table[0].last <= period.last]
    dated.sort(key=lambda table: (table[0].last, DIMENSIONS.index(table[1])))
    return tuple(breakdown(ledger, dimension, date, as_of) for date, dimension in dated)


class TablesWithTotal(NamedTuple):
    """Tables of one date that have the same total and leave out the same people."""

    period: Period
    """The span that the tables cover."""
    dimensions: list[str]
    """The dimensions of the tables."""
    left_out: str
    """The people whom the tables leave out, in words."""
    released: str
    """The date on which the first of the tables was published."""
    sources: list[str]
    """The keys of the sources of all tables."""


def tables_with_total(tables: Tables, total: int, sex: str) -> list[TablesWithTotal]:
    """Return the tables whose total is a given number, grouped by date and by the people left out.

    Args:
        tables: The tables of the catalogue.
        total: The number of people.
        sex: ``total``, ``male`` or ``female``.
    """
    column = "value" if sex == "total" else sex
    left_out = {(cells["dimension"], cells["period"]): cells["left_out"] for cells in tables.cells("breakdown-tables")}
    rows_by_table: dict[tuple[str, str], list[Cells]] = {}
    for cells in tables.cells("breakdowns"):
        rows_by_table.setdefault((cells["dimension"], cells["period"]), []).append(cells)
    groups: dict[tuple[str, bool, str], TablesWithTotal] = {}
    for (dimension, period), rows in rows_by_table.items():
        # A table has a total by sex only if every one of its rows has a split.
        if all(cells[column] for cells in rows) and sum(int(cells[column]) for cells in rows) == total:
            missing = left_out.get((dimension, period), "")
            # A table of residents counts other people than one of arrivals, even if it has the same total.
            group = groups.setdefault(
                (period, dimension == RESIDENCE, missing),
                TablesWithTotal(Period.parse(period), [], missing, rows[0]["released"], []),
            )
            group.dimensions.append(dimension)
            group.sources.extend(key for cells in rows for key in cells["sources"].split())
    return list(groups.values())


def _build_table(ledger: Ledger, dimension: str, period: Period, rows: list[Cells], as_of: str | None) -> Breakdown:
    tables = ledger.tables
    total = sum(int(cells["value"]) for cells in rows)
    first, *_ = rows
    status: Any = first["status"]  # the rules of the data allow no other
    arrivals = tables.measures.get(_ARRIVALS)
    everyone = None
    # Another catalogue may not count arrivals in South Korea.
    if arrivals is not None and _SOUTH_KOREA in arrivals.areas:
        everyone = ledger.figures_on(_ARRIVALS, _SOUTH_KOREA, as_of).at(Period(first=None, last=period.last))
    about = tables.about("breakdown-tables", dimension, str(period))
    notes = dict.fromkeys(cells["note"] for cells in (*about, *rows))
    return Breakdown(
        dimension=dimension,
        title_ko=tables.korean_title(dimension),
        period=period,
        rows=tuple(_build_row(tables, cells, total) for cells in rows),
        missing=None if everyone is None else everyone - total,
        provenance=Provenance(
            status=status,
            released=first["released"],
            sources=tables.cited(key for cells in rows for key in cells["sources"].split()),
            note=" ".join(filter(None, notes)),
        ),
        edition=tables.edition,
        as_of=as_of,
        imprint=imprint(ledger),
    )


def _find_row(rows: tuple[BreakdownRow, ...], category: object) -> BreakdownRow:
    for row in rows:
        if isinstance(category, str) and row.category == category:
            return row
    raise unknown_name_error("category", category, (row.category for row in rows))


def _build_row(tables: Tables, cells: Cells, total: int) -> BreakdownRow:
    [described] = tables.about("categories", cells["dimension"], cells["category"])
    return BreakdownRow(
        category=cells["category"],
        code=described["code"] or None,
        name_ko=described["name_ko"] or None,
        value=int(cells["value"]),
        male=optional(cells["male"]),
        female=optional(cells["female"]),
        of=total,
    )


def _sum_if_complete(numbers: list[int | None]) -> int | None:
    """Return the sum of several numbers; ``None`` if one of them is not known."""
    known_numbers = [number for number in numbers if number is not None]
    return sum(known_numbers) if len(known_numbers) == len(numbers) else None
