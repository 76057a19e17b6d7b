"""Exact fractions that can be formatted like floats."""

from __future__ import annotations

import decimal
import fractions

# More digits than any format asks for, so that nothing is rounded twice.
_DIGITS = 100


class Fraction(fractions.Fraction):
    """An exact number: a ``fractions.Fraction`` that can be formatted like a float.

    Use the format ``f`` or ``e`` for a decimal number, and ``%`` for a percentage; ties are rounded to the even digit.
    Python's own fractions have these formats since Python 3.12. Arithmetic returns plain fractions.

    Examples:
        >>> from defector_stats import arrivals, compare, series
        >>> share = arrivals(2020).female_share
        >>> share, f"{share:.1%}"
        (Fraction(157, 229), '68.6%')
        >>> f"{compare(2019, 2020).percent:+.1f}", f"{series(start=2020).mean().value:,.1f}"
        ('-78.1', '169.0')
    """

    __slots__ = ()

    def __format__(self, spec: str, /) -> str:
        kind = spec[-1:]
        if kind in {"g", "G"}:
            return format(float(self), spec)
        if kind not in {"e", "E", "f", "F", "%"}:
            return format(str(self), spec)
        digits = spec if "." in spec else f"{spec[:-1]}.6{kind}"
        with decimal.localcontext(prec=_DIGITS):
            return format(decimal.Decimal(self.numerator) / decimal.Decimal(self.denominator), digits)
