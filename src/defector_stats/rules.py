"""The rules that every catalogue keeps; a broken one is a `DataError` with its place."""

from __future__ import annotations

import re

from defector_stats.breakdowns import DIMENSIONS
from defector_stats.errors import REASONS, DataError, InvalidPeriodError
from defector_stats.estimation import TOPICS
from defector_stats.log import AREA, MEASURE, PERIOD, RELEASED, STATUS, VALUE, WORLD
from defector_stats.package import TABLES, columns
from defector_stats.period import Period
from defector_stats.placeholders import COUNTED, OBSERVED, WORDS, names_in
from defector_stats.provenance import STATUSES
from defector_stats.shelf import FORMS
from defector_stats.verdicts import CHECKS, PROVIDED, VERDICTS
from defector_stats.vintage import last_day

TYPE_CHECKING = False
if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping, Sequence

    from defector_stats.log import Row

SEXES = ("total", "male", "female")
KINDS = ("flow", "stock")

# Control characters, which a terminal obeys, and halves of surrogate pairs, which UTF-8 cannot write.
UNWRITABLE = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff]")
# Longer than any count of people; keeps int() fast on hostile input.
_MAX_DIGITS = 12
# The calendar would end before figures that are due later.
_MOST_MONTHS = 120


class Place:
    """The file and line that are being read, so that an error can name them."""

    __slots__ = ("columns", "file", "line")

    def __init__(self, name: str, file: str | None) -> None:
        self.file: str | None = file
        self.columns: Sequence[str] = columns(name)
        self.line: int = 0

    def broken(self, rule: str, column: int | None = None) -> DataError:
        """The error for a rule that is broken here."""
        return DataError(rule, self.file, self.line, None if column is None else self.columns[column])


class Checker:
    """Remembers what earlier rows said: periods and dates that were read, rows that exist."""

    def __init__(
        self, sources: set[str], areas: set[str], measures: Mapping[str, Sequence[str]], names: set[str]
    ) -> None:
        self.names = names
        self._sources = sources
        self._areas = areas
        self._measures = measures
        self._periods: dict[str, Period] = {}
        self._days: dict[str, dt.date] = {}
        self._seen: set[tuple[str, ...]] = set()

    def is_measure(self, text: str) -> bool:
        """Whether this is the id of a measure."""
        return text in self._measures

    def log(self, place: Place, row: Row, measure: str) -> None:
        """Check a row of the log of a measure."""
        if row[AREA] == WORLD:
            raise place.broken("the sum of all areas is worked out, not stored", AREA)
        if row[MEASURE] != measure:
            raise place.broken(f"{row[MEASURE][:60]!r} stands in the log of {measure[:60]!r}", MEASURE)
        self.subject(place, row)
        _check_split(place, row, VALUE)
        _check_print(self, place, row, self.period(place, row[PERIOD], PERIOD), STATUS)
        self.once(place, (*row[:VALUE], row[RELEASED]), RELEASED)

    def subject(self, place: Place, row: Row, *, every_area: bool = False) -> None:
        """Check measure, area and period, the first three columns of several tables.

        An empty area stands for all of them where that is allowed.
        """
        if row[MEASURE] not in self._measures:
            raise place.broken(f"{row[MEASURE][:60]!r} is not in the table of measures", MEASURE)
        if row[AREA] not in self._measures[row[MEASURE]] and not (every_area and not row[AREA]):
            raise place.broken(f"{row[AREA][:60]!r} is not an area of {row[MEASURE][:60]!r}", AREA)
        self.period(place, row[PERIOD], PERIOD)

    def period(self, place: Place, text: str, column: int) -> Period:
        """Read a period; it must stand in its shortest form, because rows are found by it."""
        if text not in self._periods:
            try:
                period = Period.parse(text)
            except InvalidPeriodError:
                raise place.broken(f"{text[:60]!r} is not a period", column) from None
            if str(period) != text:
                raise place.broken(f"{text!r} is written {str(period)!r}", column)
            self._periods[text] = period
        return self._periods[text]

    def day(self, place: Place, text: str, column: int) -> dt.date:
        """The last day of an ISO date of any precision."""
        if text not in self._days:
            try:
                self._days[text] = last_day(text)
            except ValueError:
                raise place.broken(f"{text[:60]!r} is not an ISO year, month or day", column) from None
        return self._days[text]

    def sources(self, place: Place, text: str, column: int) -> None:
        """Check that there is a source and that each is known."""
        keys = text.split()
        if not keys:
            raise place.broken("there is no value without a source", column)
        for key in keys:
            if key not in self._sources:
                raise place.broken(f"{key[:60]!r} is not in the table of sources", column)
        if len(set(keys)) < len(keys) or text != " ".join(keys):
            raise place.broken("keys are separated by one space and stand once", column)

    def once(self, place: Place, key: tuple[str, ...], column: int) -> None:
        """Refuse a second row for the same thing."""
        if key in self._seen:
            raise place.broken("a row with the same measure, area, period and date stands above", column)
        self._seen.add(key)

    def areas(self, place: Place, codes: str, column: int) -> None:
        """Check that each area is known."""
        for code in codes.split():
            if code not in self._areas:
                raise place.broken(f"{code[:60]!r} is not in the table of areas", column)


def number(place: Place, text: str, column: int) -> int:
    """A non-negative whole number in ASCII digits."""
    if not (text.isascii() and text.isdigit() and len(text) <= _MAX_DIGITS):
        raise place.broken(f"{text[:60]!r} is not a whole number, zero or more", column)
    return int(text)


def check(
    tables: Mapping[str, Sequence[Row]],
    files: Mapping[str, str] | None = None,
    added: Mapping[str, Sequence[Row]] | None = None,
) -> None:
    """Check every row of every table.

    Args:
        tables: The rows by name of the table, without headers.
        files: The name of the file of each table, for the errors; that of the table if not given.
        added: Further rows that come from no file; their lines count from 1.
            With them, only the tables that grow are checked.

    Raises:
        DataError: At the first row that breaks a rule.
    """
    added = added or {}
    files = files or {name: f"{name}.csv" for name in tables}
    measures = {row[0]: row[6].split() for row in tables.get("measures", ())}
    for name in (*measures, *tables):
        if name not in tables:
            raise DataError(f"the log of the measure {name[:60]!r} is missing", files.get("measures"))
        if name not in TABLES and name not in measures:
            raise DataError("it is neither a known table nor the log of a measure", files.get(name))
    checker = Checker(
        {row[0] for rows in (tables, added) for row in rows.get("sources", ())},
        {row[0] for row in tables.get("areas", ())},
        measures,
        {row[0] for row in tables.get("numbers", ())} | {name for names in PROVIDED.values() for name in names},
    )
    for name, rows in tables.items():
        if added and name not in added:
            continue  # what stands was checked before
        place = Place(name, files.get(name))
        for place.line, row in enumerate(rows, start=2):
            _check_row(checker, place, row, name)
        place.file = None
        for place.line, row in enumerate(added.get(name, ()), start=1):
            _check_row(checker, place, row, name)


def _check_row(checker: Checker, place: Place, row: Row, name: str) -> None:
    special = _CHECKS.get(name)
    if special is None:
        checker.log(place, row, name)
    else:
        special(checker, place, row)


def _check_measure(checker: Checker, place: Place, row: Row) -> None:
    checker.once(place, ("measures", row[0]), 0)
    if row[0] in TABLES:
        raise place.broken(f"{row[0][:60]!r} is the name of another table", 0)
    for column, text in enumerate(row):
        if not text and place.columns[column] != "suppression":
            raise place.broken("the field is empty", column)
    if row[4] not in KINDS:
        raise place.broken(f"{row[4][:60]!r} is not one of {', '.join(KINDS)}", 4)
    checker.areas(place, row[6], 6)
    for frequency in row[7].split():
        if frequency not in FORMS:
            raise place.broken(f"{frequency[:60]!r} is not one of {', '.join(FORMS)}", 7)


def _check_area(checker: Checker, place: Place, row: Row) -> None:
    checker.once(place, ("areas", row[0]), 0)
    if len(row[0]) != 3 or not row[0].isascii() or not row[0].isupper():  # noqa: PLR2004, ISO 3166-1 alpha-3
        raise place.broken(f"{row[0][:60]!r} is not an ISO 3166-1 alpha-3 code", 0)
    if not row[1]:
        raise place.broken("the field is empty", 1)


def _check_source(checker: Checker, place: Place, row: Row) -> None:
    checker.once(place, ("sources", row[0]), 0)
    for column in (0, 1, 2, 4, 5, 6, 7, 8):
        if not row[column]:
            raise place.broken("the field is empty", column)
    if row[3] and not row[3].startswith(("https://", "http://")):
        raise place.broken("the address is not one of the web", 3)
    checker.day(place, row[4], 4)


def _check_gap(checker: Checker, place: Place, row: Row) -> None:
    checker.subject(place, row, every_area=True)
    checker.once(place, ("gaps", *row[:3]), PERIOD)
    if row[3] not in REASONS:
        raise place.broken(f"{row[3][:60]!r} is not one of {', '.join(REASONS)}", 3)
    if row[4]:
        checker.sources(place, row[4], 4)


def _check_alternative(checker: Checker, place: Place, row: Row) -> None:
    checker.subject(place, row)
    _check_split(place, row, 3)
    checker.day(place, row[6], 6)
    checker.sources(place, row[7], 7)
    if not row[8]:
        raise place.broken("the field is empty", 8)


def _check_break(checker: Checker, place: Place, row: Row) -> None:
    checker.subject(place, row)
    checker.once(place, ("breaks", *row[:3]), PERIOD)
    checker.sources(place, row[3], 3)
    if not row[4]:
        raise place.broken("the field is empty", 4)


def _check_misprint(checker: Checker, place: Place, row: Row) -> None:
    checker.subject(place, row)
    if row[3] not in SEXES:
        raise place.broken(f"{row[3][:60]!r} is not one of {', '.join(SEXES)}", 3)
    number(place, row[4], 4)
    checker.day(place, row[5], 5)
    checker.sources(place, row[6], 6)


def _check_estimate(checker: Checker, place: Place, row: Row) -> None:
    if row[0] not in TOPICS:
        raise place.broken(f"{row[0][:60]!r} is not one of {', '.join(TOPICS)}", 0)
    reference = checker.period(place, row[1], 1)
    values = [number(place, row[column], column) for column in (2, 3, 4) if row[column]]
    if not values or values != sorted(values):
        raise place.broken("there must be a low, a point or a high, in this order of size", 2)
    for column in (5, 6, 7):
        if not row[column]:
            raise place.broken("the field is empty", column)
    _check_print(checker, place, row, reference, 8)


def _check_breakdown(checker: Checker, place: Place, row: Row) -> None:
    period = _check_table_key(checker, place, row)
    if not row[2]:
        raise place.broken("the field is empty", 2)
    checker.once(place, ("breakdowns", *row[:3]), 2)
    _check_split(place, row, 3)
    _check_print(checker, place, row, period, 6)


def _check_table(checker: Checker, place: Place, row: Row) -> None:
    _check_table_key(checker, place, row)
    checker.once(place, ("tables", *row[:2]), 1)
    if not row[2]:
        raise place.broken("the field is empty", 2)


def _check_table_key(checker: Checker, place: Place, row: Row) -> Period:
    if row[0] not in DIMENSIONS:
        raise place.broken(f"{row[0][:60]!r} is not one of {', '.join(DIMENSIONS)}", 0)
    return checker.period(place, row[1], 1)


def _check_split(place: Place, row: Row, column: int) -> None:
    """Check a value and its two sexes, which stand side by side."""
    value = number(place, row[column], column)
    if row[column + 1] or row[column + 2]:
        male, female = (number(place, row[each], each) for each in (column + 1, column + 2))
        if male + female != value:
            raise place.broken(f"{male} and {female} do not add up to {value}", column)


def _check_print(checker: Checker, place: Place, row: Row, period: Period, status: int) -> None:
    """Check status, release and sources, which stand side by side."""
    released, sources = status + 1, status + 2
    if row[status] not in STATUSES:
        raise place.broken(f"{row[status][:60]!r} is not one of {', '.join(STATUSES)}", status)
    if checker.day(place, row[released], released) < period.end:
        raise place.broken(f"released in {row[released]}, before the period {period} ends", released)
    checker.sources(place, row[sources], sources)


def _check_faq(checker: Checker, place: Place, row: Row) -> None:
    checker.once(place, ("faq", row[0]), 0)
    _check_filled(place, row)
    _check_template(checker, place, row[2], 2)
    checker.day(place, row[5], 5)


def _check_statement(checker: Checker, place: Place, row: Row) -> None:
    _check_filled(place, row[:3])
    _check_template(checker, place, row[2], 2)
    if row[3]:
        checker.sources(place, row[3], 3)


def _check_number(checker: Checker, place: Place, row: Row) -> None:
    checker.once(place, ("numbers", row[0]), 0)
    if not row[0].isidentifier():
        raise place.broken(f"{row[0][:60]!r} is not a plain name", 0)
    if row[1] not in TOPICS and row[1] not in DIMENSIONS and not checker.is_measure(row[1]):
        raise place.broken(f"{row[1][:60]!r} is no measure, topic or dimension", 1)
    if row[3] and row[3] not in WORDS:
        checker.period(place, row[3], 3)
    fields = COUNTED if row[1] in DIMENSIONS else OBSERVED
    if row[1] not in TOPICS and row[4] not in fields:
        raise place.broken(f"{row[4][:60]!r} is not one of {', '.join(fields)}", 4)


def _check_claim(checker: Checker, place: Place, row: Row) -> None:
    checker.once(place, ("claims", row[0]), 0)
    _check_filled(place, row[:3])
    if row[3] and row[3] not in CHECKS:
        raise place.broken(f"{row[3][:60]!r} is not one of {', '.join(CHECKS)}", 3)
    checker.sources(place, row[4], 4)


def _check_verdict(checker: Checker, place: Place, row: Row) -> None:
    checker.once(place, ("verdicts", *row[:2]), 1)
    if row[1] not in VERDICTS:
        raise place.broken(f"{row[1][:60]!r} is not one of {', '.join(VERDICTS)}", 1)
    _check_filled(place, row)
    _check_template(checker, place, row[2], 2)


def _check_term(checker: Checker, place: Place, row: Row) -> None:
    checker.once(place, ("glossary", row[0], row[1]), 0)
    _check_filled(place, row[:3])
    if row[4]:
        checker.sources(place, row[4], 4)


def _check_filled(place: Place, row: Row) -> None:
    for column, text in enumerate(row):
        if not text:
            raise place.broken("the field is empty", column)


def _check_template(checker: Checker, place: Place, text: str, column: int) -> None:
    try:
        names = names_in(text)
    except DataError as error:
        raise place.broken(error.rule, column) from None
    for name in names:
        if name not in checker.names:
            raise place.broken(f"{{{name}}} stands for nothing", column)


def _check_rhythm(checker: Checker, place: Place, row: Row) -> None:
    checker.once(place, ("rhythm", row[0], row[1]), 1)
    if row[1] not in ("year", "H1"):
        raise place.broken(f"{row[1][:60]!r} is neither 'year' nor 'H1'", 1)
    if number(place, row[2], 2) > _MOST_MONTHS:
        raise place.broken(f"nothing is announced {row[2]} months later", 2)


_CHECKS = {
    "measures": _check_measure,
    "areas": _check_area,
    "sources": _check_source,
    "gaps": _check_gap,
    "alternatives": _check_alternative,
    "breaks": _check_break,
    "misprints": _check_misprint,
    "estimates": _check_estimate,
    "breakdowns": _check_breakdown,
    "tables": _check_table,
    "faq": _check_faq,
    "statements": _check_statement,
    "numbers": _check_number,
    "claims": _check_claim,
    "verdicts": _check_verdict,
    "glossary": _check_term,
    "rhythm": _check_rhythm,
}
