"""What one edition of the figures says otherwise than another."""

from __future__ import annotations

import functools
import itertools
import operator
import re
from collections import Counter
from difflib import SequenceMatcher

import attrs

from defector_stats._analysis.context import context
from defector_stats._model.words import counted, listed, number, ordinal
from defector_stats._store.history import AREA, FEMALE, MALE, PERIOD, RELEASED, SOURCES, STATUS, VALUE
from defector_stats._store.ledger import Ledger
from defector_stats._store.tables import TABLES, columns
from defector_stats.catalogue import Catalogue
from defector_stats.errors import NotComparableError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from defector_stats._analysis.context import Context
    from defector_stats._model.observation import Observation
    from defector_stats._model.period import Period
    from defector_stats._model.records import Area, Measure
    from defector_stats._store.history import Row
    from defector_stats._store.tables import Tables

    Figures = dict[Period, Observation]

_TITLES = {
    "problems": "Problems",
    "rows": "Rows",
    "values": "Current values",
    "contexts": "Contexts",
    "questions": "Questions",
    "claims": "Claims",
}
# How many columns at the start of a row say what it is about; three, as in a log, where nothing is said here.
_KEYS: dict[str, int] = {
    **dict.fromkeys(("measures", "areas", "sources", "faq", "numbers", "claims", "verdicts"), 1),
    **dict.fromkeys(("estimates", "tables", "statements", "glossary", "rhythm"), 2),
}


@attrs.frozen(kw_only=True)
class Changes:
    """What a new edition says otherwise than an old one, in lines; ``str`` is the whole report.

    Attributes:
        before: The version of the old edition.
        after: The version of the new one.
        problems: What must not be: a row that was changed or removed though it was printed, a version not raised.
        rows: How many rows each table gained, changed and lost; of the logs, also those that are new.
        values: The current values, printed or worked out, that changed, came or went.
        contexts: The sentences of contexts that changed, of periods with a value in both.
        questions: The questions that changed, came or went, with the sentences that changed.
        claims: The claims, likewise.
    """

    before: str
    after: str
    problems: tuple[str, ...]
    rows: tuple[str, ...]
    values: tuple[str, ...]
    contexts: tuple[str, ...]
    questions: tuple[str, ...]
    claims: tuple[str, ...]

    def __str__(self) -> str:
        lines = [f"From edition {self.before} to {self.after}:"]
        for name, title in _TITLES.items():
            told: tuple[str, ...] = getattr(self, name)
            if told:
                lines += ["", title, *(f"  {line}" for line in told)]
        return "\n".join(lines if len(lines) > 1 else [*lines, "Nothing differs."])


@attrs.frozen(kw_only=True)
class Turnover:
    """The rows of one table that came, changed and went; their order does not matter.

    Attributes:
        table: The name of the table.
        new: The rows that came.
        changed: Pairs of an old row and the one in its place.
        removed: The rows that went.
    """

    table: str
    new: tuple[Row, ...]
    changed: tuple[tuple[Row, Row], ...]
    removed: tuple[Row, ...]

    def lines(self) -> list[str]:
        """How many rows came, changed and went; of a log, also those that came."""
        counts = {"new": self.new, "changed": self.changed, "removed": self.removed}
        told = [f"{number(len(rows))} {word}" for word, rows in counts.items() if rows]
        shown = [f"  {_printed(row)}" for row in self.new if self.table not in TABLES]
        return [f"{self.table}: {', '.join(told)}", *shown] if told else []

    def problems(self) -> list[str]:
        """The rows that did not stay as they were though they say what was printed, or where."""
        if "released" not in columns(self.table) and self.table != "sources":
            return []
        changed = [f"{self._named(old)}, changed: {_differing(self.table, old, new)}" for old, new in self.changed]
        removed = [
            f"{self._named(row)}, removed: {', '.join(filter(None, row[_key(self.table) :]))}" for row in self.removed
        ]
        return changed + removed

    def _named(self, row: Row) -> str:
        """The table, and what the row is about; a log has the name of its measure."""
        return ", ".join(dict.fromkeys([self.table, *row[: _key(self.table)]]))


@attrs.frozen(kw_only=True)
class Kind:
    """The figures of one measure, area and frequency, which stand beside each other.

    Attributes:
        measure: What they count.
        area: Where.
        figures: The figures by period, in order of time.
    """

    measure: Measure
    area: Area
    figures: Figures
    ledger: Ledger = attrs.field(eq=False)

    @property
    def name(self) -> str:
        """Measure and area, for the start of a line."""
        return f"{self.measure.id}, {self.area.name}"

    def basis(self) -> object:
        """All that the sentences of its contexts rest on."""
        return self.measure, self.area, [(each.period, each.value, each.female) for each in self.figures.values()]

    def context(self, period: Period) -> Context:
        """What `Catalogue.context` says of one of them."""
        return context(self.ledger, period, self.measure.id, self.area.code, None)


def changes(old: Tables, new: Tables) -> Changes:
    """What the new edition says otherwise than the old one.

    Args:
        old: The tables of the old edition, checked.
        new: Those of the new one, checked.

    Raises:
        DefectorStatsError: If a figure that a text names is missing.
    """
    # The logs first: they are what a new edition is made for.
    names = sorted(old.everything() | new.everything(), key=TABLES.__contains__)
    tables = [_turnover(name, old.rows(name), new.rows(name)) for name in names]
    before, after = _kinds(old), _kinds(new)
    values: list[str] = []
    contexts: list[str] = []
    for key, kind in (before | after).items():
        was, now = (each[key].figures if key in each else {} for each in (before, after))
        values += _values(kind.name, was, now)
        if was and now:
            contexts += _contexts(before[key], after[key])
    editions = Catalogue(old), Catalogue(new)
    told = {
        "rows": tuple(line for table in tables for line in table.lines()),
        "values": tuple(values),
        "contexts": tuple(contexts),
        "questions": tuple(_texts(*map(_questions, editions))),
        "claims": tuple(_texts(*map(_claims, editions))),
    }
    problems = [problem for table in tables for problem in table.problems()]
    if any(told.values()) and old.edition == new.edition:
        problems.insert(0, f"The figures differ, but the version in datapackage.json is {new.edition} in both.")
    return Changes(before=old.edition, after=new.edition, problems=tuple(problems), **told)


def _key(table: str) -> int:
    return _KEYS.get(table, PERIOD + 1)


def _turnover(table: str, old: Sequence[Row], new: Sequence[Row]) -> Turnover:
    before, after = Counter(map(tuple, old)), Counter(map(tuple, new))
    gone, came = list((before - after).elements()), list((after - before).elements())
    changed: list[tuple[Row, Row]] = []
    removed: list[Row] = []
    for row in gone:
        alike = [each for each in came if each[: _key(table)] == row[: _key(table)]]
        if alike:
            twin = max(alike, key=functools.partial(_shared, row))
            came.remove(twin)
            changed.append((row, twin))
        else:
            removed.append(row)
    return Turnover(table=table, new=tuple(came), changed=tuple(changed), removed=tuple(removed))


def _shared(one: Row, other: Row) -> int:
    """How many fields are the same."""
    return sum(map(operator.eq, one, other))


def _printed(row: Row) -> str:
    """A row of a log in a line."""
    split = f" ({row[MALE]} male, {row[FEMALE]} female)" if row[MALE] else ""
    return f"{row[AREA]}, {row[PERIOD]}: {row[VALUE]}{split}, {row[STATUS]}, {row[RELEASED]}, {row[SOURCES]}"


def _differing(table: str, old: Row, new: Row) -> str:
    """The fields that differ, in quotes, because one may be empty."""
    return "; ".join(
        f"{name} “{old[place]}” → “{new[place]}”"
        for place, name in enumerate(columns(table))
        if old[place] != new[place]
    )


def _kinds(tables: Tables) -> dict[tuple[str, str, str], Kind]:
    """All current values, printed or worked out."""
    ledger = Ledger(tables)
    found: dict[tuple[str, str, str], Kind] = {}
    for measure in tables.measures.values():
        for area in measure.areas:
            for figure in ledger.figures_on(measure.id, area, None).everything:
                key = (measure.id, area, figure.period.frequency)
                kind = found.setdefault(key, Kind(measure=measure, area=tables.areas[area], figures={}, ledger=ledger))
                kind.figures[figure.period] = figure
    return found


def _values(name: str, old: Figures, new: Figures) -> Iterator[str]:
    for period in sorted(old | new):
        told = _value(old.get(period), new.get(period))
        if told:
            yield f"{name}, {period}: {told}"


def _value(old: Observation | None, new: Observation | None) -> str:
    """What became of a value; empty if nothing did."""
    if old is None or new is None:
        return f"gone, was {old:,}" if new is None else f"new, {new:,}{_working(new)}"
    if old != new:
        return f"{old:,} → {new:,}{_working(new)}"
    fields = [(name, getattr(old, name), getattr(new, name)) for name in ("male", "female", "status", "released")]
    told = [f"{name} {_known(was)} → {_known(now)}" for name, was, now in fields if was != now]
    return f"still {new:,}; {', '.join(told)}" if told else ""


def _working(figure: Observation) -> str:
    return f" (worked out: {figure.formula})" if figure.is_derived else ""


def _known(field: object) -> str:
    return "unknown" if field is None else str(field)


def _contexts(old: Kind, new: Kind) -> Iterator[str]:
    if old.basis() == new.basis():
        return
    moved: dict[tuple[str, str, str], list[str]] = {}
    before: dict[str, list[str]] = {}
    after: dict[str, list[str]] = {}
    for period in [period for period in old.figures if period in new.figures]:
        try:
            was, now = old.context(period), new.context(period)
        except NotComparableError:
            continue  # a row of several years stands beside no other
        if str(was) != _moved(was, now) == str(now):
            moved.setdefault((was.coverage, now.coverage, period.frequency), []).append(_place(was, now))
        else:
            before[f"{new.name}, {period}"], after[f"{new.name}, {period}"] = _sentences(was), _sentences(now)
    for (known, known_now, frequency), moves in moved.items():
        only = [f"“{known}” → “{known_now}”"] if known != known_now else []
        only += [f"the place of {listed([*filter(None, moves)])}"] if any(moves) else []
        yield f"{new.name}, {counted(len(moves), frequency)}: only {' and '.join(only)}"
    yield from _texts(before, after)


def _ranked(context: Context) -> str:
    return f"{ordinal(context.rank)} highest of the {context.coverage}"


def _moved(was: Context, now: Context) -> str:
    """The old sentences with the new place and the new coverage, which one new figure gives to all others."""
    return str(was).replace(_ranked(was), _ranked(now)).replace(was.coverage, now.coverage)


def _place(was: Context, now: Context) -> str:
    """How the place changed; empty if it did not, or is not told."""
    if was.rank == now.rank or _ranked(was) not in str(was):
        return ""
    return f"{was.figure.period} ({ordinal(was.rank)} → {ordinal(now.rank)})"


def _sentences(context: Context) -> list[str]:
    return re.split(r"(?<=[.]) ", str(context))


def _questions(catalogue: Catalogue) -> dict[str, list[str]]:
    return {
        entry.id: [entry.question, entry.summary, *(statement for statement, _ in entry.citations), *entry.limits]
        for entry in catalogue.faq()
    }


def _claims(catalogue: Catalogue) -> dict[str, list[str]]:
    return {claim.id: [claim.statement, claim.verdict, claim.explanation] for claim in catalogue.claims()}


def _texts(old: Mapping[str, list[str]], new: Mapping[str, list[str]]) -> Iterator[str]:
    """What became of texts: those that came or went, and of the others the sentences that changed."""
    for name in {**old, **new}:
        if name not in old or name not in new:
            yield f"{name}, new: {new[name][0]}" if name in new else f"{name}, removed: {old[name][0]}"
        elif old[name] != new[name]:
            yield name
            yield from (f"  {line}" for line in _replaced(old[name], new[name]))


def _replaced(old: list[str], new: list[str]) -> Iterator[str]:
    """The lines that are not in both, each old one before the one in its place."""
    for tag, start, end, first, last in SequenceMatcher(None, old, new).get_opcodes():
        if tag != "equal":
            for was, now in itertools.zip_longest(old[start:end], new[first:last]):
                yield from (f"{sign} {line}" for sign, line in (("-", was), ("+", now)) if line is not None)
