"""The exceptions that this library raises."""

from __future__ import annotations

# The records that the fields name are reached through the package, since this module imports no other.
import defector_stats as ds

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable


# Plain classes, because each class that attrs makes would slow down the first answer.
# The arguments of an error are its fields, in order, so that it survives pickling.
class DefectorStatsError(Exception):
    """The base class of all errors of this library, each of which also derives from a built-in exception.

    Examples:
        >>> from defector_stats import DefectorStatsError, arrivals
        >>> try:
        ...     arrivals(1800)
        ... except DefectorStatsError as error:
        ...     print(type(error).__name__, error.hint)
        NoDataError Pass default=None to get None instead.
    """

    hint: str = ""
    """What to try instead, in a sentence; empty where there is nothing to suggest."""

    @property
    def sentence(self) -> str:
        """The message without the hint."""
        return " ".join(map(str, self.args))

    def __str__(self) -> str:
        return f"{self.sentence} {self.hint}".strip()


class InvalidPeriodError(DefectorStatsError, ValueError):
    """Raised when a period or a date cannot be read, or a span is reversed.

    Examples:
        >>> from defector_stats import InvalidPeriodError, arrivals
        >>> try:
        ...     arrivals("last year")
        ... except InvalidPeriodError as error:
        ...     error.given
        'last year'
    """

    given: object
    """The value that was passed as a period or a date."""
    problem: str
    """What is wrong with the value, as part of a sentence."""
    hint: str
    """How to write a period or a date instead, in a sentence."""

    def __init__(self, given: object, problem: str, hint: str) -> None:
        super().__init__(given, problem, hint)
        self.given, self.problem, self.hint = given, problem, hint

    @property
    def sentence(self) -> str:
        """The message without the hint, which says what is wrong with the value."""
        return f"{short_repr(self.given)} {self.problem}."


class InvalidPeriodTypeError(InvalidPeriodError, TypeError):
    """Raised when a period or a date has the wrong type, such as ``2020.5``, ``True``, a list or an observation.

    The fields are those of `InvalidPeriodError`.

    Examples:
        >>> from defector_stats import InvalidPeriodTypeError, arrivals
        >>> try:
        ...     arrivals(2020.5)
        ... except InvalidPeriodTypeError as error:
        ...     error.given
        2020.5
    """


class InvalidValueError(DefectorStatsError, ValueError):
    """Raised when a value cannot be used, such as a negative number of people or an empty search text.

    Examples:
        >>> from defector_stats import InvalidValueError, verify
        >>> try:
        ...     verify(-1, 2020)
        ... except InvalidValueError as error:
        ...     error.given, error.expected
        (-1, 'a whole number, zero or more')
    """

    given: object
    """The value that was passed."""
    expected: str
    """What would be accepted, as part of a sentence."""

    def __init__(self, given: object, expected: str) -> None:
        super().__init__(given, expected)
        self.given, self.expected = given, expected

    @property
    def sentence(self) -> str:
        """The message without the hint, which says what was expected."""
        return f"Expected {self.expected}, got {short_repr(self.given)}."


class NoDataError(DefectorStatsError, LookupError):
    """Raised when there is no figure to answer a valid question.

    Examples:
        >>> from defector_stats import NoDataError, arrivals
        >>> try:
        ...     arrivals("2025-Q4")
        ... except NoDataError as error:
        ...     error.reason, str(error.nearest), error.note
        ('not-published', '2025-Q2', 'It is part of 2025-H2 (127) and 2025 (223).')
    """

    measure: str
    """The id of the measure that was asked for, such as ``arrivals``."""
    period: ds.Period | None
    """The `Period` that was asked for; ``None`` where no period was named, as for an empty series."""
    area: str
    """The code of the area that was asked for (ISO 3166-1 alpha-3), such as ``KOR``."""
    reason: str
    """Why there is no value.

    It is ``not-published``, ``not-collected``, ``not-yet-released``, ``before-coverage``, ``after-coverage``,
    ``suppressed`` or ``not-found``; or ``outside-series`` for a figure that exists but that a series does not show.
    """
    first: ds.Period | None
    """The first period of the frequency asked for that has a value; ``None`` if there is none."""
    last: ds.Period | None
    """The last period of the frequency asked for that has a value; ``None`` if there is none."""
    nearest: ds.Period | None
    """The period of the frequency asked for that has a value and is closest in time; ``None`` if there is none."""
    gaps: tuple[ds.Gap, ...]
    """The gaps that prevent an answer, each a `Gap` with its reason; empty where there is none."""
    note: str
    """What else is known, in sentences; empty where there is nothing."""
    hint: str
    """What to ask for instead, in a sentence; empty where there is nothing."""

    def __init__(
        self,
        measure: str,
        period: ds.Period | None,
        area: str,
        reason: str,
        first: ds.Period | None = None,
        last: ds.Period | None = None,
        nearest: ds.Period | None = None,
        gaps: tuple[ds.Gap, ...] = (),
        note: str = "",
        hint: str = "",
    ) -> None:
        super().__init__(measure, period, area, reason, first, last, nearest, gaps, note, hint)
        self.measure, self.period, self.area, self.reason = measure, period, area, reason
        self.first, self.last, self.nearest, self.gaps = first, last, nearest, gaps
        self.note, self.hint = note, hint

    @property
    def sentence(self) -> str:
        """The message without the hint, which says which figure is missing and why."""
        wanted = "" if self.period is None else f" for {self.period}"
        if self.reason == "outside-series":
            parts = [f"This series of {short_repr(self.measure)} ({self.area}) shows no figure{wanted}."]
        else:
            parts = [f"There is no {short_repr(self.measure)} figure{wanted} ({self.area}): {REASONS[self.reason]}."]
        parts += [gap.note for gap in self.gaps if gap.period == self.period]
        parts.append(self.note)
        if self.first is not None and self.last is not None:
            parts.append(f"Known {PLURALS[self.first.frequency]} run from {self.first} to {self.last}.")
        if self.nearest is not None:
            parts.append(f"The nearest is {self.nearest}.")
        return " ".join(filter(None, parts))


class UnknownNameError(DefectorStatsError, LookupError):
    """Raised when the name of a measure, an area, a frequency or another thing is not known, or is not a string.

    Examples:
        >>> from defector_stats import UnknownNameError, observation
        >>> try:
        ...     observation("arivals", 2020)
        ... except UnknownNameError as error:
        ...     error.kind, error.suggestions
        ('measure', ('arrivals',))
    """

    kind: str
    """What the name was taken for, such as ``measure``, ``area`` or ``frequency``."""
    given: object
    """The value that was passed; ``None`` where a name is needed and none was given."""
    suggestions: tuple[str, ...]
    """Known names that are close to the one given, the best first; all known names if none is close."""
    problem: str
    """What is wrong with the name, as part of a sentence; empty where the name is simply not known."""
    hint: str
    """Which names to try, in a sentence; empty where there is nothing to suggest."""

    def __init__(
        self, kind: str, given: object, suggestions: tuple[str, ...], problem: str = "", hint: str | None = None
    ) -> None:
        if hint is None:
            # An error can be made of anything, so only a tuple of suggestions is joined.
            names = suggestions if suggestions.__class__ is tuple else ()
            hint = _offer(names) if given is None else _suggest(names)
        super().__init__(kind, given, suggestions, problem, hint)
        self.kind, self.given, self.suggestions = kind, given, suggestions
        self.problem, self.hint = problem, hint

    @property
    def sentence(self) -> str:
        """The message without the hint, which says which name is unknown or missing."""
        if self.given is None:
            return f"{a_or_an(self.kind).capitalize()} is needed here."
        if self.problem:
            return f"{short_repr(self.given)} {self.problem}."
        return f"Unknown {self.kind} {short_repr(self.given)}."


class NotComparableError(DefectorStatsError, ValueError):
    """Raised when two figures, or the members of a series, do not measure the same thing.

    Examples:
        >>> from defector_stats import NotComparableError, compare
        >>> try:
        ...     compare(2019, "2020-Q1")
        ... except NotComparableError as error:
        ...     error.difference
        'one is a year, the other a quarter'
    """

    left: str
    """The first of the two things, in words."""
    right: str
    """The second of the two things, in words."""
    difference: str
    """Why the two cannot be compared, as part of a sentence."""
    hint: str
    """What to compare instead, in a sentence; empty where there is nothing."""

    def __init__(self, left: str, right: str, difference: str, hint: str = "") -> None:
        super().__init__(left, right, difference, hint)
        self.left, self.right, self.difference, self.hint = left, right, difference, hint

    @property
    def sentence(self) -> str:
        """The message without the hint, which says what cannot be compared and why."""
        return f"{self.left} and {self.right} cannot be compared: {self.difference}."


class MissingExtraError(DefectorStatsError, ImportError):
    """Raised when an optional library is not installed.

    Examples:
        >>> from defector_stats import MissingExtraError
        >>> print(MissingExtraError("pandas", "pandas"))
        pandas is not installed. Install it with: pip install pandas
    """

    library: str
    """The name of the library that is missing, such as ``pandas``."""
    extra: str
    """The extra of this package that brings the library, such as ``plot``."""

    hint: str
    """How to install the library, in a sentence."""

    def __init__(self, library: str, extra: str, hint: str | None = None) -> None:
        if hint is None:
            hint = f"Install it with: pip install {library if library.__class__ is str else short_repr(library)}"
        super().__init__(library, extra, hint)
        self.library, self.extra, self.hint = library, extra, hint

    @property
    def sentence(self) -> str:
        """The message without the hint, which says which library is not installed."""
        return f"{self.library} is not installed."


class FileError(DefectorStatsError, OSError):
    """Raised when a file or folder cannot be written; an existing file is left untouched.

    Examples:
        >>> from defector_stats import FileError, export
        >>> try:
        ...     export("arrivals", "no-such-folder/arrivals.csv", format="csv")
        ... except FileError as error:
        ...     error.path, error.problem
        ('no-such-folder/arrivals.csv', 'cannot be written (No such file or directory)')
    """

    path: str
    """The path that was given, as text."""
    problem: str
    """What is wrong with the path, as part of a sentence."""
    hint: str
    """What to do about it, in a sentence."""

    def __init__(self, path: str, problem: str, hint: str) -> None:
        # OSError.__init__ would take the fields for an error number and its text.
        Exception.__init__(self, path, problem, hint)
        self.path, self.problem, self.hint = path, problem, hint

    @property
    def sentence(self) -> str:
        """The message without the hint, which says what is wrong with the path."""
        return f"{short_repr(self.path, limit=300)} {self.problem}."


class DataError(DefectorStatsError, ValueError):
    """Raised when the data break a rule; nothing of such a catalogue is loaded.

    Examples:
        >>> from defector_stats import Catalogue, DataError
        >>> try:
        ...     Catalogue.read("no-such-folder")
        ... except DataError as error:
        ...     error.file, error.rule
        ('datapackage.json', 'the file cannot be read (FileNotFoundError)')
    """

    rule: str
    """The rule that is broken, as a sentence without its full stop."""
    file: str | None
    """The name of the file; ``None`` for a row that came from no file."""
    line: int | None
    """The line in the file, or the position of the row, counted from 1; ``None`` where no single line is to blame."""
    column: str | None
    """The name of the column; ``None`` where no single column is to blame."""

    def __init__(self, rule: str, file: str | None = None, line: int | None = None, column: str | None = None) -> None:
        super().__init__(rule, file, line, column)
        self.rule, self.file, self.line, self.column = rule, file, line, column

    @property
    def sentence(self) -> str:
        """The message without the hint, which says where a rule is broken and which one."""
        where = [self.file or "a row"]
        if self.line is not None:
            where.append(f"line {self.line}")
        if self.column is not None:
            where.append(f"column {short_repr(self.column)}")
        return f"{', '.join(where)}: {self.rule}. Nothing was loaded."


# Why a period has no value, as part of a sentence.
REASONS = {
    "not-published": "the publisher did not publish it",
    "not-collected": "it was not collected",
    "not-yet-released": "no publication of it by that date is on record",
    "before-coverage": "it is before the first known figure",
    "after-coverage": "it is after the last known figure",
    "suppressed": "the publisher shows no number, which can mean none or too few to show",
    "not-found": "no figure was found",
}

# The plural name of each frequency; the singular is the same without its final s.
PLURALS = {
    "year": "years",
    "half": "half-years",
    "quarter": "quarters",
    "month": "months",
    "day": "days",
    "fiscal-year": "US fiscal years",
    "running-total": "running totals",
    "span": "spans",
}


def _suggest(names: Iterable[object]) -> str:
    """Return a question that suggests names; empty if there are none."""
    *others, last = map(short_repr, names) if names else [""]
    return f"Did you mean {', '.join(others) + ' or ' if others else ''}{last}?" if last else ""


def _offer(names: Iterable[object]) -> str:
    """Return the advice to choose from names."""
    return f"Choose from: {', '.join(map(short_repr, names))}."


def unknown_name_error(
    kind: str, given: object, known: Iterable[str], offered: Iterable[str] | None = None
) -> UnknownNameError:
    """Return the error for an unknown name, which suggests the closest known names, or all that are offered.

    Names that are offered and not known, such as codes, are never matched by spelling.
    """
    from difflib import get_close_matches

    names = tuple(known)
    close = get_close_matches(given, names) if isinstance(given, str) else ()
    if close:
        return UnknownNameError(kind, given, tuple(close))
    names = names if offered is None else tuple(offered)
    return UnknownNameError(kind, given, names, hint=_offer(names))


def a_or_an(word: str) -> str:
    """Return a word with its indefinite article."""
    # A first u is taken to be spoken as in "unit".
    return f"{'an' if word[:1].lower() in {'a', 'e', 'i', 'o'} else 'a'} {word}"


def kind_of(given: object) -> str:
    """Return the name of the type of a value, with its article."""
    return a_or_an(type(given).__name__)


def short_repr(given: object, limit: int = 60) -> str:
    """Return the ``repr`` of a value, shortened to fit a message."""
    try:
        text = repr(given)
    except Exception:  # noqa: BLE001, a number of thousands of digits, an endless list, or a broken repr
        text = f"a value of type {type(given).__name__}"
    return text if len(text) <= limit else f"{text[: limit - 3]}..."
