"""Everything that this library raises on purpose.

Each error has fields, a sentence that says what is wrong and what is covered, a hint (what to try),
a parent in the standard library, and survives pickling: the arguments of an error are its fields, in order.
"""

from __future__ import annotations

# The ground names what stands above it through the door, which is there already.
import defector_stats as ds

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable


class DefectorStatsError(Exception):
    """The root of all errors of this library.

    Attributes:
        sentence: What is wrong, and what is covered.
        hint: What to try, as a sentence that can be followed to the letter; empty where there is nothing to try.

    Examples:
        >>> from defector_stats import DefectorStatsError, arrivals
        >>> try:
        ...     arrivals(1800)
        ... except DefectorStatsError as error:
        ...     print(type(error).__name__, error.hint)
        NoDataError Pass default=None to get None instead.
    """

    hint: str = ""

    @property
    def sentence(self) -> str:
        """What is wrong, and what is covered."""
        return " ".join(map(str, self.args))

    def __str__(self) -> str:
        return f"{self.sentence} {self.hint}".strip()


class InvalidPeriodError(DefectorStatsError, ValueError):
    """Text that cannot be read as a period or a date, or a reversed span.

    Attributes:
        given: What was passed.
        problem: What is wrong with it, as part of a sentence.
        hint: What to try.

    Examples:
        >>> from defector_stats import InvalidPeriodError, arrivals
        >>> try:
        ...     arrivals("last year")
        ... except InvalidPeriodError as error:
        ...     error.given
        'last year'
    """

    given: object
    problem: str
    hint: str

    def __init__(self, given: object, problem: str, hint: str) -> None:
        super().__init__(given, problem, hint)
        self.given, self.problem, self.hint = given, problem, hint

    @property
    def sentence(self) -> str:
        """What was given, and what is wrong with it."""
        return f"{short_repr(self.given)} {self.problem}."


class InvalidPeriodTypeError(InvalidPeriodError, TypeError):
    """A period or a date of the wrong type: ``2020.5``, ``True``, a list, an observation.

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
    """A figure that is not a non-negative whole number, or an empty search text.

    Attributes:
        given: What was passed.
        expected: What would be accepted, as part of a sentence.

    Examples:
        >>> from defector_stats import InvalidValueError, verify
        >>> try:
        ...     verify(-1, 2020)
        ... except InvalidValueError as error:
        ...     error.given, error.expected
        (-1, 'a whole number, zero or more')
    """

    given: object
    expected: str

    def __init__(self, given: object, expected: str) -> None:
        super().__init__(given, expected)
        self.given, self.expected = given, expected

    @property
    def sentence(self) -> str:
        """What was expected, and what was given."""
        return f"{short_repr(self.given)} was given; expected is {self.expected}."


class NoDataError(DefectorStatsError, LookupError):
    """The question is readable, but there is no value.

    Attributes:
        measure: The id of the measure.
        period: The period asked for; ``None`` where the question names none and nothing belongs to it.
        area: The code of the area.
        reason: ``not-published``, ``not-collected``, ``not-yet-released``, ``before-coverage``,
            ``after-coverage``, ``suppressed`` or ``not-found``;
            ``outside-series`` for a figure that exists and that a series does not show.
        first: The first period with a value that has the same frequency, if any.
        last: The last one, if any.
        nearest: The one closest in time, if any.
        gaps: The gaps that lie in the way, with their reasons.
        note: What else is known, in sentences; empty where there is nothing.
        hint: What to try.

    Examples:
        >>> from defector_stats import NoDataError, arrivals
        >>> try:
        ...     arrivals("2025-Q4")
        ... except NoDataError as error:
        ...     error.reason, str(error.nearest), error.note
        ('not-published', '2025-Q2', 'It lies within 2025-H2 (127) and 2025 (223).')
    """

    measure: str
    period: ds.Period | None
    area: str
    reason: str
    first: ds.Period | None
    last: ds.Period | None
    nearest: ds.Period | None
    gaps: tuple[ds.Gap, ...]
    note: str
    hint: str

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
        """What has no value, why, and what is known around it."""
        wanted = "" if self.period is None else f" for {self.period}"
        if self.reason == "outside-series":
            parts = [f"This series of {short_repr(self.measure)} ({self.area}) shows no figure{wanted}."]
        else:
            parts = [f"There is no value of {short_repr(self.measure)}{wanted} ({self.area}): {REASONS[self.reason]}."]
        parts += [gap.note for gap in self.gaps if gap.period == self.period]
        parts.append(self.note)
        if self.first is not None and self.last is not None:
            parts.append(f"Known {PLURALS[self.first.frequency]} lie between {self.first} and {self.last}.")
        if self.nearest is not None:
            parts.append(f"The nearest is {self.nearest}.")
        return " ".join(filter(None, parts))


class UnknownNameError(DefectorStatsError, LookupError):
    """No such measure, area, frequency or other name, or not a string.

    Attributes:
        kind: What was looked for: ``measure``, ``area``, ``frequency``, ...
        given: What was passed; ``None`` where a name is needed and none was given.
        suggestions: Known names close to it, the best first; all of them if none is close.
        problem: What is wrong with it, as part of a sentence; empty where the name is just not known.
        hint: What to try; where nothing else is given, the suggestions.

    Examples:
        >>> from defector_stats import UnknownNameError, observation
        >>> try:
        ...     observation("arivals", 2020)
        ... except UnknownNameError as error:
        ...     error.kind, error.suggestions
        ('measure', ('arrivals',))
    """

    kind: str
    given: object
    suggestions: tuple[str, ...]
    problem: str
    hint: str

    def __init__(
        self, kind: str, given: object, suggestions: tuple[str, ...], problem: str = "", hint: str | None = None
    ) -> None:
        if hint is None:
            names = ", ".join(map(short_repr, suggestions)) if suggestions.__class__ is tuple else ""
            hint = f"{'Choose from' if given is None else 'Try'}: {names}." if names else ""
        super().__init__(kind, given, suggestions, problem, hint)
        self.kind, self.given, self.suggestions = kind, given, suggestions
        self.problem, self.hint = problem, hint

    @property
    def sentence(self) -> str:
        """What is not known, or what is missing."""
        if self.given is None:
            return f"{a_or_an(self.kind).capitalize()} is needed here."
        return f"{short_repr(self.given)} {self.problem or f'is not the name of a known {self.kind}'}."


class NotComparableError(DefectorStatsError, ValueError):
    """Two figures, or the members of a series, that do not measure the same thing.

    Attributes:
        left: What the first one is.
        right: What the second one is.
        difference: In what they differ, as part of a sentence.
        hint: What to try; empty where there is nothing.

    Examples:
        >>> from defector_stats import NotComparableError, compare
        >>> try:
        ...     compare(2019, "2020-Q1")
        ... except NotComparableError as error:
        ...     error.difference
        'one is a year, the other a quarter'
    """

    left: str
    right: str
    difference: str
    hint: str

    def __init__(self, left: str, right: str, difference: str, hint: str = "") -> None:
        super().__init__(left, right, difference, hint)
        self.left, self.right, self.difference, self.hint = left, right, difference, hint

    @property
    def sentence(self) -> str:
        """What cannot be put together, and why."""
        return f"{self.left} and {self.right} cannot be put together: {self.difference}."


class MissingExtraError(DefectorStatsError, ImportError):
    """An optional library is not installed.

    Attributes:
        library: The library that is missing.
        extra: The extra of this package that brings it.
        hint: How to install it.

    Examples:
        >>> from defector_stats import MissingExtraError
        >>> print(MissingExtraError("pandas", "pandas"))
        pandas is not installed. Install it with: pip install pandas
    """

    library: str
    extra: str

    hint: str

    def __init__(self, library: str, extra: str, hint: str | None = None) -> None:
        if hint is None:
            hint = f"Install it with: pip install {library if library.__class__ is str else short_repr(library)}"
        super().__init__(library, extra, hint)
        self.library, self.extra, self.hint = library, extra, hint

    @property
    def sentence(self) -> str:
        """What is not installed."""
        return f"{self.library} is not installed."


class FileError(DefectorStatsError, OSError):
    """A file or folder that cannot be written; what stood there before still stands.

    Attributes:
        path: The path that was given.
        problem: What is wrong with it, as part of a sentence.
        hint: What to try.

    Examples:
        >>> from defector_stats import FileError, export
        >>> try:
        ...     export("arrivals", "no-such-folder/arrivals.csv", format="csv")
        ... except FileError as error:
        ...     error.path, error.problem
        ('no-such-folder/arrivals.csv', 'cannot be written (No such file or directory)')
    """

    path: str
    problem: str
    hint: str

    def __init__(self, path: str, problem: str, hint: str) -> None:
        # The initializer of OSError would take the fields for an error number and its text.
        Exception.__init__(self, path, problem, hint)
        self.path, self.problem, self.hint = path, problem, hint

    @property
    def sentence(self) -> str:
        """Which path it is, and what is wrong with it."""
        return f"{short_repr(self.path, limit=300)} {self.problem}."


class DataError(DefectorStatsError, ValueError):
    """A catalogue breaks a rule; nothing of it was loaded.

    Attributes:
        rule: The rule that is broken, as a sentence without its full stop.
        file: The name of the file, or ``None`` for a row that came from no file.
        line: The line in the file, or the position of the row, counted from 1.
        column: The name of the column.

    Examples:
        >>> from defector_stats import Catalogue, DataError
        >>> try:
        ...     Catalogue.read("no-such-folder")
        ... except DataError as error:
        ...     error.file, error.rule
        ('datapackage.json', 'the file cannot be read (FileNotFoundError)')
    """

    rule: str
    file: str | None
    line: int | None
    column: str | None

    def __init__(self, rule: str, file: str | None = None, line: int | None = None, column: str | None = None) -> None:
        super().__init__(rule, file, line, column)
        self.rule, self.file, self.line, self.column = rule, file, line, column

    @property
    def sentence(self) -> str:
        """Where the rule is broken, and which it is."""
        where = [self.file or "a row"]
        if self.line is not None:
            where.append(f"line {self.line}")
        if self.column is not None:
            where.append(f"column {short_repr(self.column)}")
        return f"{', '.join(where)}: {self.rule}. Nothing was loaded."


REASONS = {
    "not-published": "the publisher did not publish it",
    "not-collected": "it was not collected",
    "not-yet-released": "no publication of it by that date is on record here",
    "before-coverage": "it lies before the first figure known",
    "after-coverage": "it lies after the last figure known",
    "suppressed": "the publisher shows no number, as for none and for numbers too small to show",
    "not-found": "no figure was found",
    "outside-series": "the series does not show it",
}

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


def unknown_name_error(kind: str, given: object, known: Iterable[str]) -> UnknownNameError:
    """Make the error that suggests the names close to the one given, or all of them."""
    from difflib import get_close_matches

    names = tuple(known)
    close = get_close_matches(given, names) if isinstance(given, str) else ()
    return UnknownNameError(kind, given, tuple(close) or names)


def a_or_an(word: str) -> str:
    """Put the article before a word; one that begins with a u is spoken as "you"."""
    return f"{'an' if word[:1].lower() in {'a', 'e', 'i', 'o'} else 'a'} {word}"


def kind_of(given: object) -> str:
    """Name the type of a thing, with its article."""
    return a_or_an(type(given).__name__)


def short_repr(given: object, limit: int = 60) -> str:
    """Show what was given, short enough for a message even if it is huge."""
    try:
        text = repr(given)
    except Exception:  # noqa: BLE001, thousands of digits, lists without end, or a repr that does not work
        text = f"a value of type {type(given).__name__}"
    return text if len(text) <= limit else f"{text[: limit - 3]}..."
