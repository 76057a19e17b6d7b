"""The rules that every catalogue keeps; a broken one is a `DataError` with its place."""

from __future__ import annotations

import re
import unicodedata

from defector_stats._model.dates import last_day
from defector_stats._model.period import Period
from defector_stats._model.vocabulary import (
    CHECKS,
    DIMENSIONS,
    MEASURE_KINDS,
    OBSERVATION_FIELDS,
    PERIOD_WORDS,
    PROVIDED,
    PUBLISHED_BASES,
    REGULAR,
    SEXES,
    SOURCE_KINDS,
    STATED_REASONS,
    STATUSES,
    TABLE_FIELDS,
    TOPICS,
    VERDICTS,
    WORLD,
)
from defector_stats._model.words import listed, names_in
from defector_stats._store.history import AREA, FEMALE, MALE, MEASURE, PERIOD, RELEASED, STATUS, VALUE
from defector_stats._store.tables import TABLES, columns
from defector_stats.errors import DataError, InvalidPeriodError, shown

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from defector_stats._store.history import Row

# The tables whose rows are named in others, by what they begin with.
_REFERRED = ("measures", "areas", "sources", "faq", "claims", "verdicts", "numbers")
# The id of a measure is the name of a file when the measure is exported.
_FILE_NAME = re.compile(r"[a-z0-9][a-z0-9._-]{0,59}")
_AREA = re.compile(r"[A-Z]{3}")  # ISO 3166-1 alpha-3
# Controls of a terminal, a line or the direction of writing, invisible marks, and halves of surrogate pairs.
_HIDDEN = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})
# Persian, the scripts of India and many emoji need them; they move nothing and hide nothing.
_JOINERS = "\u200c\u200d"
# Longer than any count of people; keeps int() fast on hostile input.
_MAX_DIGITS = 12
# The calendar would end before figures that are due later.
_MOST_MONTHS = 120


class Place:
    """The line of a table that is being read, so that an error can name it, and the rows above it."""

    __slots__ = ("_above", "columns", "file", "line", "table")

    line: int

    def __init__(self, name: str, file: str | None) -> None:
        self.table: str = name
        self.file: str | None = file
        self.columns: Sequence[str] = columns(name)
        self._above: dict[tuple[str, ...], Row] = {}

    def broken(self, rule: str, column: int) -> DataError:
        """The error for a rule that is broken here."""
        return DataError(rule, self.file, self.line, self.columns[column])

    def once(self, row: Row, *fields: int) -> None:
        """Refuse a second row that is about the same thing."""
        key = tuple(map(row.__getitem__, fields))
        if key in self._above:
            same = listed([self.columns[field] for field in fields])
            raise self.broken(f"a row with the same {same} stands above", fields[-1])
        self._above[key] = row

    def alike(self, row: Row, subject: Sequence[int], *fields: int) -> None:
        """Refuse a row that differs in some fields from those above that are about the same subject."""
        above = self._above.setdefault(tuple(map(row.__getitem__, subject)), row)
        for field in fields:
            if row[field] != above[field]:
                same = listed([self.columns[each] for each in subject])
                raise self.broken(f"a row with the same {same} has {shown(above[field])} above", field)


class Checker:
    """Knows what the rows may name, and remembers periods, days and lists of sources that were read.

    Args:
        tables: The rows by name of the table.
        added: Further rows, which may be named too.
    """

    def __init__(self, tables: Mapping[str, Sequence[Row]], added: Mapping[str, Sequence[Row]]) -> None:
        self._ids = {table: {row[0] for rows in (tables, added) for row in rows.get(table, ())} for table in _REFERRED}
        self._areas = {row[0]: row[6].split() for row in tables["measures"]}
        self._checks = {row[0]: row[3] for row in tables.get("claims", ())}
        self._peopled = {(row[0], row[1]) for row in tables.get("breakdowns", ()) if row[3].strip("0")}
        self._periods: dict[str, Period] = {}
        self._days: dict[str, str] = {}
        self._cited: set[str] = set()

    def knows(self, table: str, text: str) -> bool:
        """Whether a row of a table begins with this."""
        return text in self._ids[table]

    def refers(self, place: Place, text: str, column: int, table: str) -> None:
        """Check that a row of another table begins with this."""
        if text not in self._ids[table]:
            raise place.broken(f"{shown(text)} is not in the table of {table}", column)

    def has_area(self, measure: str, area: str) -> bool:
        """Whether a measure has an area."""
        return area in self._areas[measure]

    def check_of(self, claim: str) -> str:
        """The check that works out the verdict on a claim; empty where a person judged."""
        return self._checks[claim]

    def is_peopled(self, dimension: str, period: str) -> bool:
        """Whether a breakdown counts anybody."""
        return (dimension, period) in self._peopled

    def log(self, place: Place, row: Row) -> None:
        """Check a row of the log of a measure."""
        if row[AREA] == WORLD:
            raise place.broken("the sum of all areas is worked out, not stored", AREA)
        if row[MEASURE] != place.table:
            raise place.broken(f"{shown(row[MEASURE])} stands in the log of {shown(place.table)}", MEASURE)
        period = self.subject(place, row)
        _check_count(place, row)
        _check_print(self, place, row, period, STATUS)
        place.once(row, MEASURE, AREA, PERIOD, RELEASED)

    def subject(self, place: Place, row: Row, *, every_area: bool = False) -> Period:
        """Check measure, area and period, the first three columns of several tables; the period comes back.

        An empty area stands for all of them where that is allowed.
        """
        self.refers(place, row[MEASURE], MEASURE, "measures")
        if row[AREA] not in self._areas[row[MEASURE]] and not (every_area and not row[AREA]):
            raise place.broken(f"{shown(row[AREA])} is not an area of {shown(row[MEASURE])}", AREA)
        return self.period(place, row[PERIOD], PERIOD)

    def period(self, place: Place, text: str, column: int) -> Period:
        """Read a period; it must stand in its shortest form, because rows are found by it."""
        if text not in self._periods:
            try:
                period = Period.parse(text)
            except InvalidPeriodError:
                raise place.broken(f"{shown(text)} is not a period", column) from None
            if str(period) != text:
                raise place.broken(f"{shown(text)} is written {str(period)!r}", column)
            self._periods[text] = period
        return self._periods[text]

    def day(self, place: Place, text: str, column: int) -> str:
        """The last day of an ISO date of any precision, as ISO text."""
        if text not in self._days:
            try:
                self._days[text] = last_day(text).isoformat()
            except ValueError:
                raise place.broken(f"{shown(text)} is not an ISO year, month or day", column) from None
        return self._days[text]

    def sources(self, place: Place, text: str, column: int) -> None:
        """Check that there is a source and that each is known."""
        if text in self._cited:
            return
        keys = text.split()
        if not keys:
            raise place.broken("there is no value without a source", column)
        for key in keys:
            self.refers(place, key, column, "sources")
        _check_list(place, text, column)
        self._cited.add(text)


def number(place: Place, text: str, column: int) -> int:
    """A non-negative whole number in ASCII digits, written in one way only."""
    if not (text.isascii() and text.isdigit() and len(text) <= _MAX_DIGITS):
        raise place.broken(f"{shown(text)} is not a whole number, zero or more", column)
    found = int(text)
    if text[0] == "0" and text != "0":
        raise place.broken(f"{shown(text)} is written '{found}'", column)
    return found


def hidden(text: str) -> str:
    """The code of the first character that does not show or that a terminal obeys, or nothing."""
    # This is quick; the two spaces that texts often hold beside the plain one are not printable.
    if text.isprintable() or text.replace("\u00a0", "").replace("\u3000", "").isprintable():
        return ""
    found = (each for each in text if unicodedata.category(each) in _HIDDEN and each not in _JOINERS)
    return next((f"U+{ord(each):04X}" for each in found), "")


def blank(text: str) -> bool:
    """Whether nothing of a text shows."""
    return not text.strip() or (not text.isprintable() and all(each.isspace() or each in _JOINERS for each in text))


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
    measures = {row[0] for row in tables["measures"]}
    for name in (*measures, *tables):
        if name not in tables:
            raise DataError(f"the log of the measure {shown(name)} is missing", files.get("measures"))
        if name not in TABLES and name not in measures:
            raise DataError("it is neither a known table nor the log of a measure", files.get(name))
    checker = Checker(tables, added)
    for name, rows in tables.items():
        if added and name not in added:
            continue  # what stands was checked before
        place = Place(name, files.get(name))
        check_row = _CHECKS.get(name, Checker.log)
        for place.line, row in enumerate(rows, start=2):
            check_row(checker, place, row)
        place.file = None
        for place.line, row in enumerate(added.get(name, ()), start=1):
            check_row(checker, place, row)
    if not added:
        _check_together(tables, files)


def _check_together(tables: Mapping[str, Sequence[Row]], files: Mapping[str, str]) -> None:
    """Check what rows that each keep the rules ask of other tables."""
    content = _Content(tables)
    for name, check_row in _TOGETHER.items():
        place = Place(name, files.get(name))
        for place.line, row in enumerate(tables.get(name, ()), start=2):
            check_row(content, place, row)


def _check_measure(checker: Checker, place: Place, row: Row) -> None:
    place.once(row, 0)
    _check_filled(place, row, *range(10), 11, 12)  # a measure may have no suppression
    _check_known(place, row, 4, MEASURE_KINDS)
    if not _FILE_NAME.fullmatch(row[0]):
        rule = "is not a name of up to 60 small letters, digits, dots, dashes and underscores"
        raise place.broken(f"{shown(row[0])} {rule}", 0)
    if row[0] in TABLES:
        raise place.broken(f"{shown(row[0])} is the name of another table", 0)
    for code in row[6].split():
        checker.refers(place, code, 6, "areas")
    _check_list(place, row[6], 6)  # the sum of all areas would count one twice
    for frequency in row[7].split():
        if frequency not in REGULAR:
            raise place.broken(f"{shown(frequency)} is not one of {', '.join(REGULAR)}", 7)
    _check_list(place, row[7], 7)


def _check_area(_: Checker, place: Place, row: Row) -> None:
    place.once(row, 0)
    if not _AREA.fullmatch(row[0]):
        raise place.broken(f"{shown(row[0])} is not an ISO 3166-1 alpha-3 code", 0)
    _check_filled(place, row, 1)


def _check_source(checker: Checker, place: Place, row: Row) -> None:
    place.once(row, 0)
    _check_filled(place, row, 0, 1, 2, 4, 5, 6, 7, 8)
    if row[0].split() != [row[0]]:  # or it could not be cited beside others
        raise place.broken(f"{shown(row[0])} is not one word", 0)
    if row[3] and not row[3].startswith(("https://", "http://")):
        raise place.broken("the address is not one of the web", 3)
    checker.day(place, row[4], 4)
    _check_known(place, row, 5, PUBLISHED_BASES)
    _check_known(place, row, 7, SOURCE_KINDS)


def _check_exclusion(checker: Checker, place: Place, row: Row) -> None:
    checker.refers(place, row[0], 0, "measures")
    checker.refers(place, row[1], 1, "areas")
    place.once(row, 0, 1)
    if checker.has_area(row[0], row[1]):
        raise place.broken(f"{shown(row[1])} is an area of {shown(row[0])}", 1)
    _check_filled(place, row, 2)
    if row[3] and row[3] not in TOPICS and not checker.knows("measures", row[3]):
        raise place.broken(f"{shown(row[3])} is no measure or topic", 3)


def _check_gap(checker: Checker, place: Place, row: Row) -> None:
    checker.subject(place, row, every_area=True)
    place.once(row, MEASURE, AREA, PERIOD)
    _check_known(place, row, 3, STATED_REASONS)
    if row[4]:
        checker.sources(place, row[4], 4)


def _check_alternative(checker: Checker, place: Place, row: Row) -> None:
    checker.subject(place, row)
    _check_count(place, row)
    checker.day(place, row[6], 6)
    checker.sources(place, row[7], 7)
    _check_filled(place, row, 8)
    place.once(row, MEASURE, AREA, PERIOD, VALUE, 6)


def _check_break(checker: Checker, place: Place, row: Row) -> None:
    checker.subject(place, row)
    place.once(row, MEASURE, AREA, PERIOD)
    checker.sources(place, row[3], 3)
    _check_filled(place, row)


def _check_misprint(checker: Checker, place: Place, row: Row) -> None:
    checker.subject(place, row)
    _check_known(place, row, 3, SEXES)
    number(place, row[4], 4)
    checker.day(place, row[5], 5)
    _check_filled(place, row)
    checker.refers(place, row[6], 6, "sources")
    place.once(row, MEASURE, AREA, PERIOD, 3, 4, 6)


def _check_estimate(checker: Checker, place: Place, row: Row) -> None:
    _check_known(place, row, 0, TOPICS)
    reference = checker.period(place, row[1], 1)
    values = [number(place, row[column], column) for column in (2, 3, 4) if row[column]]
    if not values or values != sorted(values):
        raise place.broken("there must be a low, a point or a high, in this order of size", 2)
    _check_filled(place, row, 5, 6, 7)
    _check_print(checker, place, row, reference, 8)
    place.once(row, 0, 1, 5, 6, 7, 9)


def _check_breakdown(checker: Checker, place: Place, row: Row) -> None:
    period = _check_table_key(checker, place, row)
    _check_filled(place, row, 2)
    place.once(row, 0, 1, 2)
    _check_count(place, row)
    if not checker.is_peopled(row[0], row[1]):
        raise place.broken("the whole table counts nobody", VALUE)
    _check_print(checker, place, row, period, 6)
    place.alike(row, (0, 1), 6, 7)  # a table has one status and one day of release


def _check_table(checker: Checker, place: Place, row: Row) -> None:
    _check_table_key(checker, place, row)
    place.once(row, 0, 1)
    _check_filled(place, row, 2)


def _check_table_key(checker: Checker, place: Place, row: Row) -> Period:
    _check_known(place, row, 0, DIMENSIONS)
    return checker.period(place, row[1], 1)


def _check_count(place: Place, row: Row) -> None:
    """Check value, male and female, which stand in the same places in several tables."""
    value = number(place, row[VALUE], VALUE)
    if row[MALE] or row[FEMALE]:
        male, female = number(place, row[MALE], MALE), number(place, row[FEMALE], FEMALE)
        if male + female != value:
            raise place.broken(f"{male} and {female} do not add up to {value}", VALUE)


def _check_print(checker: Checker, place: Place, row: Row, period: Period, status: int) -> None:
    """Check status, release and sources, which stand side by side."""
    released, sources = status + 1, status + 2
    _check_known(place, row, status, STATUSES)
    if checker.day(place, row[released], released) < period.last:
        raise place.broken(f"released in {row[released]}, before the period {period} ends", released)
    checker.sources(place, row[sources], sources)


def _check_faq(checker: Checker, place: Place, row: Row) -> None:
    place.once(row, 0)
    _check_filled(place, row)
    _check_template(checker, place, row[2], 2)
    checker.day(place, row[5], 5)


def _check_statement(checker: Checker, place: Place, row: Row) -> None:
    _check_filled(place, row, 0, 1, 2)
    checker.refers(place, row[0], 0, "faq")
    place.once(row, 0, 1, 2)
    _check_template(checker, place, row[2], 2)
    if row[3]:
        checker.sources(place, row[3], 3)


def _check_number(checker: Checker, place: Place, row: Row) -> None:
    place.once(row, 0)
    if not row[0].isidentifier():
        raise place.broken(f"{shown(row[0])} is not a plain name", 0)
    if row[1] not in TOPICS and row[1] not in DIMENSIONS and not checker.knows("measures", row[1]):
        raise place.broken(f"{shown(row[1])} is no measure, topic or dimension", 1)
    if row[3] and row[3] not in PERIOD_WORDS:
        checker.period(place, row[3], 3)
    fields = TABLE_FIELDS if row[1] in DIMENSIONS else OBSERVATION_FIELDS
    if row[1] not in TOPICS:
        _check_known(place, row, 4, fields)


class _Content:
    """What a catalogue holds, for rows that ask for it; made of rows that each keep the rules."""

    __slots__ = ("breakdowns", "estimates", "measures", "newest", "verdicts")

    def __init__(self, tables: Mapping[str, Sequence[Row]]) -> None:
        self.measures: dict[str, Row] = {row[0]: row for row in tables["measures"]}
        self.estimates = {(row[0], row[1], row[6]) for row in tables.get("estimates", ())}
        self.verdicts = {(row[0], row[1]) for row in tables.get("verdicts", ())}
        self.breakdowns: dict[tuple[str, str], set[str]] = {}
        for row in tables.get("breakdowns", ()):
            self.breakdowns.setdefault((row[0], row[1]), set()).add(row[2])
        # The last one of a dimension stays.
        self.newest = dict(sorted(self.breakdowns, key=lambda each: Period.parse(each[1]).last))


def _check_asked(content: _Content, place: Place, row: Row) -> None:
    """Refuse a number that the catalogue could not give, whatever figures it had."""
    _, of, _, period, field = row
    if of in DIMENSIONS:
        _check_counted(content, place, row)
    elif of not in TOPICS:
        _check_observed(content, place, row)
    elif (of, period, field) not in content.estimates:
        raise place.broken(f"there is no estimate of {of} for {period} by {shown(field)}", 4)


def _check_counted(content: _Content, place: Place, row: Row) -> None:
    _, of, category, period, field = row
    categories = content.breakdowns.get((of, period or content.newest.get(of, "")))
    if categories is None:
        raise place.broken(f"there is no such table by {of}", 3)
    if category and category not in categories:
        raise place.broken(f"{shown(category)} is not a category of this table", 2)
    if field == "share" and not category:
        raise place.broken("a share is that of a category", 4)


def _check_observed(content: _Content, place: Place, row: Row) -> None:
    _, of, area, period, _ = row
    measure = content.measures[of]
    areas = measure[6].split()
    if area not in areas and (area or len(areas) > 1):
        raise place.broken(f"{shown(area)} is not an area of {shown(of)}", 2)
    if not period:
        raise place.broken("the field is empty", 3)
    if period in {"peak", "total"} and "year" not in measure[7].split():
        raise place.broken(f"{shown(of)} does not come by year", 3)
    if period == "total" and measure[4] == "stock":
        raise place.broken("a stock on one day holds the people of the day before", 3)


def _check_reached(content: _Content, place: Place, row: Row) -> None:
    """Refuse a claim whose check could come to a verdict that nobody explains."""
    claim, check = row[0], row[3]
    for verdict in CHECKS.get(check, ()):
        if (claim, verdict) not in content.verdicts:
            raise place.broken(f"there is no explanation of {shown(claim)} for the verdict {verdict!r}", 3)


def _check_claim(checker: Checker, place: Place, row: Row) -> None:
    place.once(row, 0)
    _check_filled(place, row, 0, 1, 2)
    if row[3]:
        _check_known(place, row, 3, CHECKS)
    elif not checker.knows("verdicts", row[0]):
        raise place.broken("there is neither a check nor a verdict", 3)
    checker.sources(place, row[4], 4)


def _check_verdict(checker: Checker, place: Place, row: Row) -> None:
    _check_filled(place, row, 0, 2)
    checker.refers(place, row[0], 0, "claims")
    check = checker.check_of(row[0])
    # Only a check chooses between several.
    place.once(row, *((0, 1) if check else (0,)))
    _check_known(place, row, 1, VERDICTS)
    _check_template(checker, place, row[2], 2, PROVIDED.get(check, ()))


def _check_term(checker: Checker, place: Place, row: Row) -> None:
    place.once(row, 0, 1)
    _check_filled(place, row, 0, 1, 2)
    if row[4]:
        checker.sources(place, row[4], 4)


def _check_filled(place: Place, row: Row, *fields: int) -> None:
    """Refuse an empty or blank field among some, or among all."""
    for field in fields or range(len(row)):
        if blank(row[field]):
            raise place.broken("the field is empty", field)


def _check_list(place: Place, text: str, column: int) -> None:
    """Refuse several words in one field that are not one space apart, or of which one stands twice."""
    words = text.split()
    if len(set(words)) < len(words) or text != " ".join(words):
        raise place.broken("words are separated by one space and stand once", column)


def _check_known(place: Place, row: Row, field: int, known: Collection[str]) -> None:
    if row[field] not in known:
        raise place.broken(f"{shown(row[field])} is not one of {', '.join(known)}", field)


def _check_template(checker: Checker, place: Place, text: str, column: int, provided: Collection[str] = ()) -> None:
    """Check that each name in braces stands for something: a number, or what a check provides."""
    try:
        names = names_in(text)
    except DataError as error:
        raise place.broken(error.rule, column) from None
    for name in names:
        if name not in provided and not checker.knows("numbers", name):
            raise place.broken(f"{shown(name)} in braces stands for nothing", column)


def _check_rhythm(checker: Checker, place: Place, row: Row) -> None:
    checker.refers(place, row[0], 0, "measures")
    place.once(row, 0, 1)
    if row[1] not in ("year", "H1"):
        raise place.broken(f"{shown(row[1])} is neither 'year' nor 'H1'", 1)
    if number(place, row[2], 2) > _MOST_MONTHS:
        raise place.broken(f"nothing is announced {row[2]} months later", 2)


_CHECKS = {
    "measures": _check_measure,
    "areas": _check_area,
    "sources": _check_source,
    "exclusions": _check_exclusion,
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
_TOGETHER = {"numbers": _check_asked, "claims": _check_reached}
