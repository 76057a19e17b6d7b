"""Rules for the data of every catalogue; a broken rule raises a `DataError` that names its place.

The schema says what a column may hold and which rows must exist.
This module adds the rules on columns of the same name in any table, and on several columns together.
The checks of a table are assembled once, before its rows are read.
"""

from __future__ import annotations

import functools
import operator
import re
import unicodedata
from typing import NamedTuple

from defector_stats._model.dates import last_day, sort_key
from defector_stats._model.period import Period
from defector_stats._model.records import is_decimal
from defector_stats._model.vocabulary import (
    CHECKS,
    DIMENSIONS,
    OBSERVATION_FIELDS,
    PERIOD_WORDS,
    PROVIDED,
    READ,
    REGULAR,
    TABLE_FIELDS,
    TOPICS,
)
from defector_stats._model.words import join_words, names_in
from defector_stats._store.history import VALUE, WORLD
from defector_stats._store.schema import schema
from defector_stats._store.schema import tables as known_tables
from defector_stats._store.tables import Tables
from defector_stats.errors import DataError, InvalidPeriodError, short_repr

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping, Sequence
    from typing import Any

    from defector_stats._store.history import Row
    from defector_stats._store.schema import Column
    from defector_stats._store.tables import Cells

    # The rule that a text breaks, as a sentence; empty if it breaks none.
    Rule = Callable[["Known", str], str]
    # The sentence of a broken rule, and the column to blame.
    Fault = tuple[str, str]
    # The rule that some cells of a row break, given the other tables.
    CellsFault = Callable[["Known", Any], Fault | None]

# The rule for a text that does not match a pattern.
_PATTERNS = {
    "^[A-Z]{3}$": "is not an ISO 3166-1 alpha-3 code",
    "^K[PR]-\\d{2}( K[PR]-\\d{2})*$": "is neither an ISO 3166-2 code of Korea nor several, separated by a space",
    "^[a-z0-9][a-z0-9._-]{0,59}$": "is not a name of up to 60 small letters, digits, dots, dashes and underscores",
}
# Control characters for terminals, lines and writing direction, invisible marks, and surrogates.
_HIDDEN = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})
# Needed by Persian, the scripts of India and many emoji; they move and hide nothing.
_JOINERS = "\u200c\u200d"
# Notes by a reader, which belong in `via` and `note`.
_WORKING_NOTE = re.compile(
    r"\b(title|headline|publisher|original|date) (was )?not (shown|seen|stored|kept|found)\b"
    r"|\btitle translated\b|\balready bundled\b",
    re.IGNORECASE,
)
_TYPED_PERCENTAGE = re.compile(r"\d+(?:[.,]\d+)? ?(?:%|per ?cent)", re.IGNORECASE)
# The country of the places in a dimension.
_COUNTRIES = {"province": "KP", "residence": "KR"}
# Longer than any count of people; keeps int() fast on hostile input.
_MAX_DIGITS = 12


def check(
    tables: Mapping[str, Sequence[Row]],
    files: Mapping[str, str] | None = None,
    added: Mapping[str, Sequence[Row]] | None = None,
) -> None:
    """Check every row of every table.

    Args:
        tables: The rows by name of the table, without headers.
        files: The name of the file of each table, for the errors; by default, the name of the table.
        added: Further rows that come from no file; their lines count from 1.
            With them, only the tables that grow are checked.

    Raises:
        DataError: At the first row that breaks a rule.
    """
    added = added or {}
    files = files or {name: f"{name}.csv" for name in tables}
    measures = {measure for measure, *_ in tables["measures"]}
    for name in (*measures, *tables):
        if name not in tables:
            raise DataError(f"the log of the measure {short_repr(name)} is missing", files.get("measures"))
        if name not in known_tables() and name not in measures:
            raise DataError("it is neither a known table nor the log of a measure", files.get(name))
    known = Known(tables, added)
    for name, rows in tables.items():
        # The tables that do not grow were checked before.
        if not added or name in added:
            _check_table(known, name, files.get(name), rows, added.get(name, ()))
    if not added:
        _check_texts(known, files)


def _check_table(known: Known, name: str, file: str | None, rows: Sequence[Row], added: Sequence[Row]) -> None:
    if Checker(known, name).holds([*rows, *added]):
        return
    # A rule is broken, so the rows are checked again to find the first.
    checker = Checker(known, name)
    numbered = [
        *((file, line, row) for line, row in enumerate(rows, 2)),
        *((None, *row) for row in enumerate(added, 1)),
    ]
    faults = ((place, line, fault) for place, line, row in numbered if (fault := checker.fault(row)))
    place, line, (rule, column) = next(faults)
    raise DataError(rule, place, line, column)


def _check_texts(known: Known, files: Mapping[str, str]) -> None:
    """Check the numbers and claims of texts against other tables, each of which has been checked."""
    for name, check_cells in (("placeholders", _check_number), ("claims", _check_claim)):
        for line, cells in enumerate(known.cells(name), start=2):
            if fault := check_cells(known, cells):
                rule, column = fault
                raise DataError(rule, files.get(name), line, column)


def hidden(text: str) -> str:
    """Return the code of the first invisible or control character; empty if there is none."""
    if text.isprintable():  # this is quick
        return ""
    found = {sign for sign in set(text) if unicodedata.category(sign) in _HIDDEN and sign not in _JOINERS}
    return f"U+{ord(min(found, key=text.index)):04X}" if found else ""


def blank(text: str) -> bool:
    """Return whether a text has no visible character."""
    return not text.strip() or (not text.isprintable() and all(sign.isspace() or sign in _JOINERS for sign in text))


class Known:
    """The ids that rows may refer to, and the periods and days already read.

    Args:
        tables: The rows by name of the table.
        added: Further rows, which may be referred to as well.
    """

    def __init__(self, tables: Mapping[str, Sequence[Row]], added: Mapping[str, Sequence[Row]]) -> None:
        self._rows = (tables, added)
        # Rows by the names of their columns, without the added ones.
        self.cells = Tables({name: list(rows) for name, rows in tables.items()}).cells
        self.areas = {measure: set(cells["areas"].split()) for measure, cells in self.measures.items()}
        self.ends: dict[str, str] = {}  # the last day of each period, and of each day of publication
        self._ids: dict[str, set[str]] = {}

    def ids(self, name: str) -> set[str]:
        """Return the first cells of the rows of a table."""
        if name not in self._ids:
            self._ids[name] = {key for rows in self._rows for key, *_ in rows.get(name, ())}
        return self._ids[name]

    def keys(self, name: str, width: int) -> set[tuple[str, ...]]:
        """Return the first few cells of the rows of a table."""
        return {tuple(row[:width]) for rows in self._rows for row in rows.get(name, ())}

    @functools.cached_property
    def checks(self) -> dict[str, str]:
        """The check that decides the verdict on each claim; empty for an editorial judgement."""
        return {claim["id"]: claim["method"] for claim in self.cells("claims")}

    @functools.cached_property
    def copies(self) -> set[str]:
        """The sources that copy another."""
        return {key for rows in self._rows for key, *_, origin in rows.get("sources", ()) if origin}

    @functools.cached_property
    def peopled(self) -> set[tuple[str, str]]:
        """The breakdowns with a total above zero."""
        return {(row["dimension"], row["period"]) for row in self.cells("breakdowns") if row["value"].strip("0")}

    @functools.cached_property
    def first(self) -> dict[tuple[str, str], Cells]:
        """The first row of each breakdown, whose status and release all its rows have."""
        return {(row["dimension"], row["period"]): row for row in reversed(self.cells("breakdowns"))}

    @functools.cached_property
    def measures(self) -> dict[str, Cells]:
        """The measures by id."""
        return {measure["id"]: measure for measure in self.cells("measures")}

    @functools.cached_property
    def printed(self) -> set[tuple[str, ...]]:
        """The values of the logs, each with its measure, area and period."""
        tables, _ = self._rows
        return {tuple(row[: VALUE + 1]) for measure in self.measures for row in tables[measure]}

    @functools.cached_property
    def estimates(self) -> set[tuple[str, str, str]]:
        """The topic, the period and the organisation of each estimate."""
        return {(row["topic"], row["reference"], row["organisation"]) for row in self.cells("estimates")}

    @functools.cached_property
    def indicators(self) -> set[tuple[str, str, str, str]]:
        """The id, the category, the period and the survey of each indicator."""
        rows = self.cells("indicators")
        return {(row["indicator"], row["category"], row["period"], row["survey"]) for row in rows}

    @functools.cached_property
    def measured(self) -> dict[str, Cells]:
        """The first row of each indicator, whose topic and unit all its rows have."""
        return {row["indicator"]: row for row in reversed(self.cells("indicators"))}

    @functools.cached_property
    def explained(self) -> set[tuple[str, str]]:
        """The pairs of a claim and a verdict that have an explanation."""
        return {(row["claim"], row["verdict"]) for row in self.cells("claim-verdicts")}

    @functools.cached_property
    def categories(self) -> dict[tuple[str, str], set[str]]:
        """The categories of each breakdown, and under an empty period those of the newest of each dimension."""
        found: dict[tuple[str, str], set[str]] = {}
        for row in sorted(self.cells("breakdowns"), key=lambda row: Period.parse(row["period"]).last):
            found.setdefault((row["dimension"], row["period"]), set()).add(row["category"])
        return found | {(dimension, ""): categories for (dimension, _), categories in found.items()}


class Check(NamedTuple):
    """A check of some cells of a row, which returns the rule that they break and the column to blame, if any."""

    pick: Callable[[Row], Any]
    fault: Callable[[Any], Fault | None]


class Checker:
    """The checks of one table, assembled before its rows are read.

    Args:
        known: The ids that rows may refer to.
        name: The name of the table.
    """

    def __init__(self, known: Known, name: str) -> None:
        self.known = known
        self.name = name
        described = schema(name)
        self._names = described.names
        self._is_log = name not in known_tables()
        self._key = described.primary_key
        self._joint_keys = described.joint_keys
        self._checks = [*map(self._of_column, described.columns), *self._of_columns()]
        self._key_of = self._verdict_key() if name == "claim-verdicts" else self.picker(*self._key)
        self._above: set[Any] = set()

    def holds(self, rows: Sequence[Row]) -> bool:
        """Return whether all rows keep the rules; equal cells are checked once."""
        for pick, fault in self._checks:
            if any(map(fault, set(map(pick, rows)))):
                return False
        return len(set(map(self._key_of, rows))) == len(rows)

    def fault(self, row: Row) -> Fault | None:
        """Return the first rule that a row breaks, with the column to blame; rows must come in order."""
        for pick, fault in self._checks:
            if found := fault(pick(row)):
                return found
        key = self._key_of(row)
        if key in self._above:
            names = self._key if isinstance(key, tuple) else self._key[:1]
            return f"an earlier row has the same {join_words(names)}", names[-1]
        self._above.add(key)
        return None

    def picker(self, *names: str) -> Callable[[Row], Any]:
        """Return a function that picks some cells of a row."""
        return operator.itemgetter(*map(self._names.index, names))

    def _verdict_key(self) -> Callable[[Row], Any]:
        """Return a function that picks the unique cells of a verdict: only a claim with a check may have several."""
        pick = self.picker(*self._key)

        def key(row: Row) -> Any:
            claim, verdict = pick(row)
            return (claim, verdict) if self.known.checks[claim] else claim

        return key

    def _of_column(self, column: Column) -> Check:
        rules = [*_of_schema(column), *_of_name(self.name, column.name)]
        # An area must belong to its measure, and a measure to its log, which is stricter than being in a table.
        stricter = ("measure", "area") if self._is_log else ("area",)
        if column.table and (column.name not in stricter or self.name == "excluded-areas"):
            rules.append(lambda known, text: _refers(known, text, column.table))

        def fault(text: str) -> Fault | None:
            if column.is_required and blank(text):
                return "the field is empty", column.name
            for rule in rules if text else ():
                if broken := rule(self.known, text):
                    return broken, column.name
            return None

        return Check(self.picker(column.name), fault)

    def _of_columns(self) -> list[Check]:
        """Return the checks of several columns together."""
        names = {*self._names}
        asked: list[tuple[tuple[str, ...], CellsFault]] = []
        if self._is_log:
            asked.append((("measure", "area"), self._outside_its_log))
        if {"measure", "area"} <= names:
            asked.append(
                (("measure", "area"), _not_excluded if self.name == "excluded-areas" else _outside_its_measure)
            )
        if {"value", "male", "female"} <= names:
            asked.append((("value", "male", "female"), _uneven))
        if {"status", "released"} <= names:
            # The survey of a year may be out before the year ends.
            premature = _before_it_begins if self.name == "indicators" else _premature
            asked.append((("released", "period" if "period" in names else "reference"), premature))
        asked += [(fields, _refer_together(self.known, fields, table)) for fields, table in self._joint_keys]
        if self.name in _TOGETHER:
            asked.append(_TOGETHER[self.name])
        return [Check(self.picker(*cells), functools.partial(fault, self.known)) for cells, fault in asked]

    def _outside_its_log(self, _: Known, cells: tuple[str, str]) -> Fault | None:
        measure, area = cells
        if area == WORLD:
            return "the sum of all areas is calculated, not stored", "area"
        if measure != self.name:
            return f"{short_repr(measure)} is in the log of {short_repr(self.name)}", "measure"
        return None


def _outside_its_measure(known: Known, cells: tuple[str, str]) -> Fault | None:
    """Refuse an area that the measure does not cover; an empty one, where allowed, means all areas."""
    measure, area = cells
    if area and area not in known.areas[measure]:
        return f"{short_repr(area)} is not an area of {short_repr(measure)}", "area"
    return None


def _not_excluded(known: Known, cells: tuple[str, str]) -> Fault | None:
    measure, area = cells
    if area in known.areas[measure]:
        return f"{short_repr(area)} is an area of {short_repr(measure)}", "area"
    return None


def _refer_together(known: Known, names: tuple[str, ...], table: str) -> CellsFault:
    """Return a check that refuses cells that are not the first cells of a row in another table."""
    keys = known.keys(table, len(names))

    def fault(_: Known, cells: tuple[str, ...]) -> Fault | None:
        if cells in keys:
            return None
        return f"{join_words([*map(short_repr, cells)])} do not occur together in the table of {table}", names[-1]

    return fault


def _premature(known: Known, cells: tuple[str, str]) -> Fault | None:
    """Refuse a figure that was published before its period ended."""
    released, period = cells
    ends = known.ends
    if ends[released] < ends[period]:
        return f"released in {released}, before the period {period} ends", "released"
    return None


def _before_it_begins(known: Known, cells: tuple[str, str]) -> Fault | None:
    """Refuse a number that was published before its period began."""
    released, period = cells
    first = Period.parse(period).first
    if first is not None and known.ends[released] < first:
        return f"released in {released}, before the period {period} begins", "released"
    return None


def _uneven(_: Known, cells: tuple[str, str, str]) -> Fault | None:
    """Refuse a split by sex that does not add up or is incomplete."""
    value, male, female = cells
    if not (male or female):
        return None
    if not (male and female):
        return "the field is empty", "female" if male else "male"
    return None if int(male) + int(female) == int(value) else (f"{male} and {female} do not add up to {value}", "value")


def _of_schema(column: Column) -> list[Rule]:
    """Return the checks that the schema of a column requires."""
    found: list[Rule] = []
    if column.is_integer:
        found.append(lambda _, text: _check_integer(text, column.maximum))
    if column.words:
        found.append(lambda _, text: _one_of(text, column.words))
    if column.pattern in _PATTERNS and not column.table:
        pattern = re.compile(column.pattern)
        found.append(lambda _, text: "" if pattern.search(text) else f"{short_repr(text)} {_PATTERNS[column.pattern]}")
    return found


def _of_name(table: str, column: str) -> list[Rule]:
    """Return the checks of a column by its name, which has one meaning in every table, with few exceptions."""
    check = _EXCEPTIONS.get((table, column)) or _BY_NAME.get(column)
    return [] if check is None else [check]


def _one_of(text: str, words: Collection[str]) -> str:
    return "" if text in words else f"{short_repr(text)} is not one of {', '.join(words)}"


def _refers(known: Known, text: str, table: str) -> str:
    return "" if text in known.ids(table) else f"{short_repr(text)} is not in the table of {table}"


def _check_integer(text: str, maximum: int | None) -> str:
    """Refuse anything but a non-negative integer in ASCII digits, without leading zeros."""
    if not (text.isascii() and text.isdigit() and len(text) <= _MAX_DIGITS):
        return f"{short_repr(text)} is not a whole number, zero or more"
    if text.startswith("0") and text != "0":
        return f"{short_repr(text)} is written '{int(text)}'"
    return f"{text} is more than {maximum}" if maximum is not None and int(text) > maximum else ""


def _check_decimal(_: Known, text: str) -> str:
    return "" if is_decimal(text) else f"{short_repr(text)} is not a decimal number, zero or more"


def _check_period(known: Known, text: str) -> str:
    """Refuse anything but a period in its shortest form, by which rows are found."""
    try:
        period = Period.parse(text)
    except InvalidPeriodError:
        return f"{short_repr(text)} is not a period"
    if str(period) != text:
        return f"{short_repr(text)} is written {str(period)!r}"
    known.ends[text] = period.last
    return ""


def _check_day(known: Known, text: str) -> str:
    """Refuse anything but an ISO year, month or day."""
    try:
        last_day(text)
    except ValueError:
        return f"{short_repr(text)} is not an ISO year, month or day"
    known.ends[text] = sort_key(text)
    return ""


def _check_words(text: str, rule: Callable[[str], str]) -> str:
    """Refuse words that break a rule, are repeated, or are not separated by single spaces."""
    words = text.split()
    for word in words:
        if broken := rule(word):
            return broken
    tidy = len(set(words)) == len(words) and text == " ".join(words)
    return "" if tidy else "words must be separated by single spaces and must not repeat"


def _check_template(known: Known, text: str, provided: Collection[str] = ()) -> str:
    """Refuse a typed percentage, and an unknown placeholder, which is neither a number nor provided by a check."""
    if typed := _TYPED_PERCENTAGE.search(text):
        return f"the percentage {short_repr(typed[0])} is typed; a placeholder has its source"
    try:
        names = names_in(text)
    except DataError as error:
        return error.rule
    unheard = [name for name in names if name not in provided and name not in known.ids("placeholders")]
    return f"unknown placeholder {short_repr(unheard[0])}" if unheard else ""


def _check_address(_: Known, text: str) -> str:
    return "" if text.startswith(("https://", "http://")) else "the URL must start with http:// or https://"


def _check_number_name(_: Known, text: str) -> str:
    return "" if text.isidentifier() else f"{short_repr(text)} is not a plain name"


def _check_subject_of_number(known: Known, text: str) -> str:
    heard = text in TOPICS or text in DIMENSIONS or text in known.ids("measures") or text in known.ids("indicators")
    return "" if heard else f"{short_repr(text)} is not a measure, an indicator, a topic or a dimension"


def _check_titled(known: Known, text: str) -> str:
    heard = text in DIMENSIONS or text in known.ids("measures")
    return "" if heard else f"{short_repr(text)} is not a measure or a dimension"


def _check_indicator_name(known: Known, text: str) -> str:
    # Otherwise a placeholder could mean either.
    taken = text in TOPICS or text in DIMENSIONS or text in known.ids("measures")
    return f"{short_repr(text)} is the name of a measure, a topic of estimates or a dimension" if taken else ""


def _check_asked(known: Known, text: str) -> str:
    return "" if text in TOPICS or text in known.ids("measures") else f"{short_repr(text)} is not a measure or a topic"


def _check_measure_name(_: Known, text: str) -> str:
    return f"{short_repr(text)} is the name of another table" if text in known_tables() else ""


def _check_source_key(_: Known, text: str) -> str:
    # Otherwise it could not be cited beside others.
    return "" if text.split() == [text] else f"{short_repr(text)} is not one word"


def _check_origin(known: Known, text: str) -> str:
    return f"{short_repr(text)} is itself a copy" if text in known.copies else ""


def _check_no_working_note(_: Known, text: str) -> str:
    found = _WORKING_NOTE.search(text)
    return f"{short_repr(found[0])} says how the source was read, which belongs in 'via' or 'note'" if found else ""


_BY_NAME: dict[str, Rule] = {
    "period": _check_period,
    "reference": _check_period,
    "released": _check_day,
    "published": _check_day,
    "reviewed": _check_day,
    "sources": lambda known, text: _check_words(text, lambda key: _refers(known, key, "sources")),
    "areas": lambda known, text: _check_words(text, lambda code: _refers(known, code, "areas")),
    "frequencies": lambda _, text: _check_words(text, lambda word: _one_of(word, REGULAR)),
    "summary": _check_template,
    "text": _check_template,
    "url": _check_address,
    "ask": _check_asked,
    "of": _check_subject_of_number,
}
_EXCEPTIONS: dict[tuple[str, str], Rule] = {
    ("placeholders", "period"): lambda known, text: "" if text in PERIOD_WORDS else _check_period(known, text),
    ("placeholders", "name"): _check_number_name,
    ("release-calendar", "period"): lambda _, __: "",  # the part of a year, which the schema lists
    ("indicators", "indicator"): _check_indicator_name,
    ("indicators", "sample_size"): lambda _, text: "'0' is not the size of a sample" if text == "0" else "",
    ("indicators", "value"): _check_decimal,
    ("measures", "id"): _check_measure_name,
    ("sources", "key"): _check_source_key,
    ("titles", "of"): _check_titled,
    ("sources", "origin"): _check_origin,
    ("sources", "publisher"): _check_no_working_note,
    ("sources", "title"): _check_no_working_note,
}


def _unordered(_: Known, cells: tuple[str, str, str]) -> Fault | None:
    values = [int(text) for text in cells if text]
    if values and values == sorted(values):
        return None
    return "at least one of low, point and high is needed, in ascending order", "low"


def _in_the_log(known: Known, cells: tuple[str, ...]) -> Fault | None:
    """Refuse an alternative that is also in the log, and so is a published value."""
    if cells not in known.printed:
        return None
    *_, period, value = cells
    return f"the log has {value} for {period}, so it is not an alternative", "value"


def _mixed_table(known: Known, cells: tuple[str, str, str, str]) -> Fault | None:
    """Refuse a breakdown with a total of zero, two statuses or two dates of release."""
    dimension, period, status, released = cells
    if (dimension, period) not in known.peopled:
        return "the total of the table is zero", "value"
    first = known.first[dimension, period]
    for column, text in (("status", status), ("released", released)):
        if text != first[column]:
            return f"a row with the same dimension and period has {short_repr(first[column])} above", column
    return None


def _misplaced(_: Known, cells: tuple[str, str, str, str]) -> Fault | None:
    """Refuse a code from the wrong country, and a Korean name without a source."""
    dimension, code, name, sources = cells
    country = _COUNTRIES.get(dimension)
    for place in code.split():
        if country is None or not place.startswith(country):
            return f"{short_repr(place)} is not a place of the dimension {short_repr(dimension)}", "code"
    return ("there is no name without a source", "sources") if name and not sources else None


def _mixed_indicator(known: Known, cells: tuple[str, str, str]) -> Fault | None:
    """Refuse an indicator with two topics or two units."""
    indicator, topic, unit = cells
    first = known.measured[indicator]
    for column, text in (("topic", topic), ("unit", unit)):
        if text != first[column]:
            return f"a row with the same indicator has {short_repr(first[column])} above", column
    return None


def _no_field(known: Known, cells: tuple[str, str]) -> Fault | None:
    of, field = cells
    # The field of an estimate is its organisation, and that of an indicator its survey.
    named = of in TOPICS or of in known.ids("indicators")
    broken = "" if named else _one_of(field, TABLE_FIELDS if of in DIMENSIONS else OBSERVATION_FIELDS)
    return (broken, "field") if broken else None


def _undecided(known: Known, cells: tuple[str, str, str, str, str]) -> Fault | None:
    """Refuse a claim without a verdict, and one whose check misses what it reads."""
    claim, check, published, value, period = cells
    if not check and claim not in known.ids("claim-verdicts"):
        return "there is neither a method nor a verdict", "method"
    for column, text in (("published", published), ("value", value), ("period", period)):
        if column in READ.get(check, ()) and not text:
            return f"the method {check!r} needs it", column
    return None


def _unexplained(known: Known, cells: tuple[str, str]) -> Fault | None:
    """Refuse an explanation with an unknown placeholder, which neither a number nor the check provides."""
    claim, explanation = cells
    broken = _check_template(known, explanation, PROVIDED.get(known.checks[claim], ()))
    return (broken, "explanation") if broken else None


# The checks of several columns of one table.
_TOGETHER: dict[str, tuple[tuple[str, ...], CellsFault]] = {
    "alternatives": (("measure", "area", "period", "value"), _in_the_log),
    "estimates": (("low", "point", "high"), _unordered),
    "indicators": (("indicator", "topic", "unit"), _mixed_indicator),
    "breakdowns": (("dimension", "period", "status", "released"), _mixed_table),
    "categories": (("dimension", "code", "name_ko", "sources"), _misplaced),
    "placeholders": (("of", "field"), _no_field),
    "claims": (("id", "method", "published", "value", "period"), _undecided),
    "claim-verdicts": (("claim", "explanation"), _unexplained),
}


def _check_number(known: Known, number: Cells) -> Fault | None:
    """Refuse a number that no catalogue could provide."""
    of, period, field = number["of"], number["period"], number["field"]
    if of in DIMENSIONS:
        return _check_counted(known, number)
    if of in known.measured:
        if (of, number["area"], period, field) in known.indicators:
            return None
        return f"there is no indicator {of} for {period} by {short_repr(field)} in this category", "field"
    if of not in TOPICS:
        return _check_observed(known, number)
    if (of, period, field) in known.estimates:
        return None
    return f"there is no estimate of {of} for {period} by {short_repr(field)}", "field"


def _check_counted(known: Known, number: Cells) -> Fault | None:
    of, category, period = number["of"], number["area"], number["period"]
    categories = known.categories.get((of, period))
    if categories is None:
        return f"there is no such table by {of}", "period"
    if category and category not in categories:
        return f"{short_repr(category)} is not a category of this table", "area"
    if number["field"] == "share" and not category:
        return "a share needs a category", "field"
    return None


def _check_observed(known: Known, number: Cells) -> Fault | None:
    of, area, period = number["of"], number["area"], number["period"]
    measure = known.measures[of]
    if area not in known.areas[of] and (area or len(known.areas[of]) > 1):
        return f"{short_repr(area)} is not an area of {short_repr(of)}", "area"
    if not period:
        return "the field is empty", "period"
    if period in {"peak", "total"} and "year" not in measure["frequencies"].split():
        return f"{short_repr(of)} has no yearly figures", "period"
    if period == "total" and measure["kind"] == "stock":
        return "a stock has no total: people who are counted on one day are counted again on the next", "period"
    return None


def _check_claim(known: Known, claim: Cells) -> Fault | None:
    """Refuse a claim whose check could reach a verdict without an explanation."""
    name = claim["id"]
    for verdict in CHECKS.get(claim["method"], ()):
        if (name, verdict) not in known.explained:
            return f"there is no explanation of {short_repr(name)} for the verdict {verdict!r}", "method"
    return None
