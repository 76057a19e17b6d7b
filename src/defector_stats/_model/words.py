"""Functions that write numbers, periods and lists in words, for all sentences."""

from __future__ import annotations

import string
from decimal import ROUND_HALF_UP, Context, Decimal

from defector_stats._model.period import Period
from defector_stats.errors import PLURALS, DataError, short_repr

TYPE_CHECKING = False
if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Sequence
    from fractions import Fraction

    from defector_stats._model.observation import Observation
    from defector_stats._model.records import Revision, Source

# In persons: below this, one person is more than 1%, and a decimal place would claim too much.
SMALL_BASE = 100

# strftime follows the locale of the host program.
_MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
_ORDINAL_WORDS = ("first", "second", "third", "fourth")
_ORDINAL_SUFFIXES = {1: "st", 2: "nd", 3: "rd"}
_TEENS = (11, 12, 13)
# From two on.
_MULTIPLES = (
    "twice", "three times", "four times", "five times", "six times", "seven times", "eight times", "nine times",
    "ten times",
)  # fmt: skip
_PARTS = ("half", "a third", "a quarter", "a fifth", "a sixth", "a seventh", "an eighth", "a ninth", "a tenth")
# In fifths of a step: a number this close to the next multiple counts as nearly that.
_NEARLY = 4
_ALL_PERCENT = 100
# Our own context, because the caller may have changed that of the thread.
# No quotient of two counts needs more digits.
_DECIMAL_CONTEXT = Context(prec=60, rounding=ROUND_HALF_UP)


def number(value: int) -> str:
    """Return a whole number as text, with thousands separators and a true minus sign.

    Examples:
        >>> number(1047), number(-818)
        ('1,047', '−818')
    """
    return f"{value:,}".replace("-", "−")


def decimal(value: Fraction, places: int = 1) -> str:
    """Return a fraction as decimal text, rounded half away from zero.

    Examples:
        >>> from fractions import Fraction
        >>> decimal(Fraction(2099, 2)), decimal(Fraction(-1, 20)), decimal(Fraction(5, 2), places=0)
        ('1,049.5', '−0.1', '3')
    """
    return f"{_round(value, places):,}".replace("-", "−")


def percent(share: Fraction, base: int, *, signed: bool = False) -> str:
    """Return a percentage as text, no more precise than its base allows.

    Args:
        share: The percentage itself, such as 25 for a quarter.
        base: The number of people that is 100%.
        signed: Whether to write a plus sign.

    Examples:
        >>> from fractions import Fraction
        >>> percent(Fraction(-81800, 1047), 1047), percent(Fraction(-700, 12), 12)
        ('−78.1%', '−58%')
        >>> percent(Fraction(20400, 1000), 1000, signed=True)
        '+20.4%'

        A share below 100% is never rounded up to 100%, and one above 0% is never rounded down to 0%.

        >>> percent(Fraction(99_990, 1000), 1000), percent(Fraction(1, 1000), 100_000)
        ('99.9%', 'less than 0.1%')
    """
    places = 0 if base < SMALL_BASE else 1
    step = Decimal(1).scaleb(-places)
    rounded = _round(share, places)
    if share and not rounded:
        return f"less than {step}%"
    if abs(share) < _ALL_PERCENT and abs(rounded) == _ALL_PERCENT:
        rounded -= step.copy_sign(rounded)
    sign = "+" if signed and share > 0 else ""
    return f"{sign}{rounded:,}%".replace("-", "−")


def multiple(ratio: Fraction) -> str:
    """Return a ratio in words, such as "twice as many"; empty if it is between about half and about twice.

    "Nearly" means at most a fifth of a step short; all ratios below a tenth get the same words.

    Examples:
        >>> from fractions import Fraction
        >>> [multiple(Fraction(196, 67)), multiple(Fraction(5, 2)), multiple(Fraction(3)), multiple(Fraction(12, 10))]
        ['nearly three times as many', 'more than twice as many', 'three times as many', '']
        >>> multiple(Fraction(229, 1047)), multiple(Fraction(51, 100)), multiple(Fraction(1, 30))
        ('less than a quarter as many', 'just over half as many', 'less than a tenth as many')
    """
    if not ratio:
        return ""
    rises = ratio > 1
    steps, rest = divmod(ratio if rises else 1 / ratio, 1)
    nearly = 5 * rest >= _NEARLY
    steps += nearly
    if steps < 2:  # noqa: PLR2004 -- twice, or half
        return ""
    if rises:
        name = _MULTIPLES[steps - 2] if steps - 2 < len(_MULTIPLES) else f"{number(steps)} times"
        about = "nearly " if nearly else "more than "
    else:
        if steps - 2 >= len(_PARTS):
            steps, rest, nearly = len(_PARTS) + 1, ratio, False
        name = _PARTS[steps - 2]
        about = "just over " if nearly else "less than "
    return f"{about if rest else ''}{name} as many"


def ordinal(value: int) -> str:
    """Return an ordinal number, such as a rank.

    Examples:
        >>> [ordinal(value) for value in (1, 2, 3, 4, 11, 21, 112)]
        ['1st', '2nd', '3rd', '4th', '11th', '21st', '112th']
    """
    suffix = "th" if value % 100 in _TEENS else _ORDINAL_SUFFIXES.get(value % 10, "th")
    return f"{number(value)}{suffix}"


def join_words(words: Sequence[str], most: int | None = None) -> str:
    """Join words with commas and a final "and"; after the first ``most``, give the number left out.

    Examples:
        >>> join_words(["a"]), join_words(["a", "b", "c"]), join_words(["a", "b", "c", "d"], most=2)
        ('a', 'a, b and c', 'a, b and 2 more')
    """
    if most is not None and len(words) > most:
        words = [*words[:most], f"{number(len(words) - most)} more"]
    *head, last = words
    return f"{', '.join(head)} and {last}" if head else last


def with_separators(digits: str) -> str:
    """Return a decimal number with thousands separators.

    Examples:
        >>> with_separators("29870"), with_separators("14.0")
        ('29,870', '14.0')
    """
    whole, point, rest = digits.partition(".")
    return f"{number(int(whole))}{point}{rest}"


def with_unit(digits: str, unit: str) -> str:
    """Return a decimal number with thousands separators and its unit.

    Examples:
        >>> with_unit("14.0", "percent"), with_unit("29870", "persons"), with_unit("27.3", "per 100,000 people")
        ('14.0%', '29,870 persons', '27.3 per 100,000 people')
    """
    shown = with_separators(digits)
    return f"{shown}%" if unit == "percent" else f"{shown} {unit}"


def period_name(period: Period, kind: str = "flow") -> str:
    """Return a period in words, as in "since ..." and "than in ...".

    Args:
        period: The period.
        kind: ``flow``, or ``stock`` for people on the last day of the period.

    Examples:
        >>> [period_name(Period.parse(text)) for text in ("2020-Q2", "2024-01/2024-09", "2012-10")]
        ['the second quarter of 2020', 'January to September 2024', 'October 2012']
        >>> period_name(Period.parse("../2016-11-11")), period_name(Period.parse(2020), "stock")
        ('11 November 2016', 'the end of 2020')
    """
    last, frequency = period.end, period.frequency
    if kind == "stock" or period.start is None:
        part = _last_part(period)
        return period_name(part) if part.frequency == "day" else f"the end of {period_name(part)}"
    if frequency == "year":
        return str(period)
    if frequency == "fiscal-year":
        return f"the US fiscal year {last.year}"
    if frequency in {"half", "quarter"}:
        order = _ORDINAL_WORDS[int(str(period)[-1]) - 1]
        return f"the {order} {frequency} of {last.year}"
    if frequency == "month":
        return f"{_month_name(last)} {last.year}"
    if frequency == "day":
        return f"{last.day} {_month_name(last)} {last.year}"
    first, second = str(period).split("/")
    begin, end = period_name(Period.parse(first)), period_name(Period.parse(second))
    return f"{begin.removesuffix(f' {last.year}')} to {end}"


def with_preposition(period: Period, kind: str = "flow") -> str:
    """Return a period in words with its preposition.

    Examples:
        >>> [with_preposition(Period.parse(text)) for text in ("2020", "1999/2001", "2023-10-09")]
        ['in 2020', 'from 1999 to 2001', 'on 9 October 2023']
        >>> with_preposition(Period.parse("../2025")), with_preposition(Period.parse(2025), "stock")
        ('by the end of 2025', 'at the end of 2025')
    """
    if kind == "stock":
        return f"{'on' if _last_part(period).frequency == 'day' else 'at'} {period_name(period, kind)}"
    prepositions = {"running-total": "by", "span": "from", "day": "on"}
    return f"{prepositions.get(period.frequency, 'in')} {period_name(period)}"


def figure_for(period: Period, kind: str = "flow") -> str:
    """Return the name of a figure, with its period.

    Examples:
        >>> figure_for(Period.parse(2020)), figure_for(Period.parse("../1998"))
        ('figure for 2020', 'running total to the end of 1998')
    """
    return f"{'running total to' if period.first is None else 'figure for'} {period_name(period, kind)}"


def release_phrase(released: str) -> str:
    """Return a date of release in words with its preposition.

    Examples:
        >>> release_phrase("2026-02-04"), release_phrase("2012-10"), release_phrase("2020")
        ('on 4 February 2026', 'in October 2012', 'in 2020')
    """
    return with_preposition(Period.parse(released))


def say_published(figure: Observation, opening: str | None = None) -> str:
    """Return when a figure was published, and its split by sex if that came later, without a full stop.

    Args:
        figure: The figure.
        opening: The words before the date; without any, those for a first publication or a calculation.
    """
    if opening is None:
        opening = "The newest of its inputs was published" if figure.is_derived else "First published"
    split = figure.split_released
    by_sex = "" if split is None else f"; this split by sex {release_phrase(split)}"
    return f"{opening} {release_phrase(figure.released)}{by_sex}"


def unit_name(frequency: str) -> str:
    """Return the word for one period of a frequency.

    Examples:
        >>> unit_name("year"), unit_name("half"), unit_name("fiscal-year")
        ('year', 'half-year', 'US fiscal year')
    """
    return PLURALS[frequency].removesuffix("s")


def count_periods(count: int, frequency: str) -> str:
    """Return a number of periods in words.

    Examples:
        >>> count_periods(34, "year"), count_periods(1, "half")
        ('34 years', '1 half-year')
    """
    return f"{number(count)} {unit_name(frequency) if count == 1 else PLURALS[frequency]}"


def split_by_sex(of: Observation | Revision) -> str:
    """Return the numbers of men and of women in words; empty if there is no split.

    Examples:
        >>> from defector_stats import arrivals
        >>> split_by_sex(arrivals(2020)), split_by_sex(arrivals("2025-Q1", as_of="2025-05"))
        ('72 men and boys, 157 women and girls', '1 man or boy, 37 women and girls')
    """
    # A figure has both sexes or neither.
    if of.male is None or of.female is None:
        return ""
    men = "1 man or boy" if of.male == 1 else f"{number(of.male)} men and boys"
    women = "1 woman or girl" if of.female == 1 else f"{number(of.female)} women and girls"
    return f"{men}, {women}"


def publishers(sources: Iterable[Source], most: int = 2) -> str:
    """Return the names of the publishers of sources, without repeats."""
    return join_words(list(dict.fromkeys(source.publisher for source in sources)), most)


def sentence(text: str) -> str:
    """Return a text with its first letter capitalised.

    Examples:
        >>> sentence("arrivals in South Korea")
        'Arrivals in South Korea'
    """
    return text[:1].upper() + text[1:]


def names_in(template: str) -> list[str]:
    """Return the names in braces of a template, in order and without repeats.

    Raises:
        DataError: If the braces are broken, or hold anything but a plain name.

    Examples:
        >>> names_in("{latest} in {latest_year}, not {latest}")
        ['latest', 'latest_year']
    """
    try:
        parts = list(string.Formatter().parse(template))
    except ValueError as error:
        raise DataError(f"the template is broken ({error})") from None
    names: list[str] = []
    for _, field, form, conversion in parts:
        # The text after the last field has no name.
        if field is None:
            continue
        if not field.isidentifier() or form or conversion:
            raise DataError(f"{short_repr(field)} is not a plain name in braces")
        names.append(field)
    return list(dict.fromkeys(names))


def _round(value: Fraction, places: int) -> Decimal:
    quotient = _DECIMAL_CONTEXT.divide(Decimal(value.numerator), Decimal(value.denominator))
    return quotient.quantize(Decimal(1).scaleb(-places), context=_DECIMAL_CONTEXT)


def _month_name(day: dt.date) -> str:
    return _MONTHS[day.month - 1]


def _last_part(period: Period) -> Period:
    """Return the longest year, month or day that a period ends with."""
    # The shortest form of an open span, such as ../2024-09, ends with it.
    return Period.parse(str(Period(first=None, last=period.last)).removeprefix("../"))
