"""Claims that others make about the figures, each with a verdict."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from typing import Any, ClassVar

import attrs

from defector_stats._analysis.compare import compare
from defector_stats._analysis.estimates import estimates
from defector_stats._analysis.series import series
from defector_stats._analysis.verify import verify
from defector_stats._model.observation import Observation
from defector_stats._model.period import Period
from defector_stats._model.record import Record
from defector_stats._model.records import Source
from defector_stats._model.sequences import Rows
from defector_stats._model.vocabulary import Verdict, VerificationVerdict
from defector_stats._model.words import join_words, number, with_preposition
from defector_stats._store.imprint import imprint
from defector_stats._store.ledger import Ledger
from defector_stats._store.tables import Cells
from defector_stats._texts.faq import first_sources
from defector_stats._texts.numbers import Figure, drop_repeats, placeholders, say_missing
from defector_stats.errors import (
    DataError,
    InvalidPeriodError,
    NoDataError,
    NotComparableError,
    UnknownNameError,
    short_repr,
)

# A verdict, its evidence, and the values of further placeholders in its explanation.
Outcome = tuple[Verdict, tuple[Figure, ...], dict[str, str]]

_MEASURE, _AREA = "arrivals", "KOR"
# No figure, a stock where people are added up, a period without one before it, a catalogue without the measure.
_UNCHECKABLE = (NoDataError, NotComparableError, InvalidPeriodError, UnknownNameError)
# What `verify` says of a number, and so of a claim; a number that is taken for another is not that of the claim.
_VERDICTS: dict[VerificationVerdict, Verdict] = {
    "current": "supported",
    "superseded": "needs-nuance",
    "alternative": "needs-nuance",
}


@attrs.frozen(kw_only=True, repr=False)
class Claim(Record):
    """A claim that others make, with a verdict.

    Examples:
        >>> from defector_stats import claims
        >>> claim = claims()[8]
        >>> claim.id, claim.verdict, claim.computed
        ('C09', 'contradicted', True)
    """

    SHOWN: ClassVar[tuple[str, ...]] = ("id", "verdict")

    id: str
    """The id of the claim, such as ``C09``."""
    origin: str
    """The place where the claim is made, in words."""
    published: str
    """When the claim was published, as ISO text to the precision known; empty if that is not known."""
    statement: str
    """The claim, in the words of this library."""
    verdict: Verdict
    """The verdict, which is ``supported``, ``contradicted`` or ``needs-nuance`` (partly true)."""
    computed: bool
    """Whether the verdict was calculated from the figures; if not, it is an editorial judgement."""
    explanation: str
    """The reason for the verdict, in a few sentences."""
    evidence: tuple[Figure, ...]
    """The figures behind the verdict, each an `Observation`, an `Estimate`, an `Indicator` or a `Breakdown`."""
    sources: tuple[Source, ...]
    """The sources of the explanation, each a `Source`, official ones first, then by date."""


@attrs.frozen(kw_only=True, repr=False)
class Claims(Rows[Claim]):
    """Claims with verdicts, as a sequence of `Claim`.

    Examples:
        >>> from defector_stats import claims
        >>> [claim.id for claim in claims() if claim.verdict == "contradicted"]
        ['C09', 'C17', 'C29', 'C30', 'C31']
    """

    NOUNS: ClassVar[tuple[str, str]] = ("claim", "claims")
    COLUMNS: ClassVar[tuple[str, ...]] = (
        "id", "origin", "published", "statement", "verdict", "computed", "explanation", "sources",
    )  # fmt: skip

    rows: tuple[Claim, ...]
    """The claims, each a `Claim`, in the order of the data."""

    def records(self) -> list[dict[str, Any]]:
        """Return the claims as plain values, ready for JSON; unlike in data frames, lists are kept."""
        return [claim.record() for claim in self]

    def markdown(self) -> str:
        """Return all claims as Markdown, with their sources."""
        from defector_stats._model.shown import markdown

        return markdown(self)

    def jsonld(self) -> list[dict[str, Any]]:
        """Return each claim as a schema.org ``ClaimReview``."""
        from defector_stats._model.shown import jsonld

        reviews: list[dict[str, Any]] = jsonld(self)
        return reviews


def claims(ledger: Ledger) -> Claims:
    """Return all claims with their verdicts and figures, made once for a catalogue."""

    def make() -> Claims:
        rows = tuple(_make_claim(ledger, cells) for cells in ledger.tables.cells("claims"))
        return Claims(rows=rows, imprint=imprint(ledger))

    return ledger.once("claims", make)


def _make_claim(ledger: Ledger, cells: Cells) -> Claim:
    tables, numbers = ledger.tables, placeholders(ledger)
    claim, check = cells["id"], cells["method"]
    explanations = {row["verdict"]: row["explanation"] for row in tables.about("claim-verdicts", claim)}
    figures: tuple[Figure, ...] = ()
    try:
        verdict, evidence, more = _CHECKS[check](ledger, cells) if check else _read_verdict(explanations)
    except _UNCHECKABLE:
        # A claim that cannot be checked is neither supported nor contradicted.
        verdict, explanation = "needs-nuance", say_missing("arrivals by year")
    else:
        # The verdict may change with the figures, so each verdict that a check can reach has its own explanation.
        template = explanations.get(verdict)
        if template is None:
            raise DataError(
                f"there is no explanation of {short_repr(claim)} for the verdict {verdict!r}", "claim-verdicts.csv"
            )
        figures = drop_repeats([*evidence, *numbers.figures(template)])
        explanation = numbers.fill(template, more)
    cited = [*cells["sources"].split(), *(source.key for source in first_sources(figures))]
    return Claim(
        id=claim,
        origin=cells["origin"],
        published=cells["published"],
        statement=cells["statement"],
        verdict=verdict,
        explanation=explanation,
        evidence=figures,
        sources=tables.cited(cited),
        computed=bool(check),
    )


def _read_verdict(explanations: dict[str, str]) -> Outcome:
    """Return the verdict of a claim without a check, which is the only one with an explanation."""
    verdict: Any = next(iter(explanations))  # the vocabulary is checked with the data
    return verdict, (), {}


def _check_increase(ledger: Ledger, _: Cells) -> Outcome:
    """Check whether arrivals rise every year."""
    years = series(ledger, _MEASURE, _AREA)
    declines = [after for before, after in itertools.pairwise(years) if after < before]
    peak = years.peak()
    more = _describe_peak(peak) | {
        "decline_years": _join_years(declines),
        "first_year": str(years[0].period),
        "last_year": str(years[-1].period),
    }
    if years.is_increasing():
        return "supported", tuple(years), more
    return "contradicted", (peak, *declines), more


def _check_every_year(ledger: Ledger, claim: Cells) -> Outcome:
    """Check whether each year has at least as many arrivals as the claim."""
    years = series(ledger, _MEASURE, _AREA)
    high = [figure for figure in years if figure >= int(claim["value"])]
    peak = years.peak()
    more = _describe_peak(peak) | _describe_claim(ledger, claim) | {"years": _join_years(high)}
    if not high:
        return "contradicted", (peak,), more
    return ("supported" if len(high) == len(years) else "needs-nuance"), tuple(high), more


def _check_exact(ledger: Ledger, claim: Cells) -> Outcome:
    """Check whether the number is the current figure, was one once, or is none of either."""
    current = ledger.figures(_MEASURE, _AREA).require(Period.parse(claim["period"]))
    found = verify(ledger, int(claim["value"]), current.period, "total", _MEASURE, _AREA)
    return _VERDICTS.get(found.verdict, "contradicted"), (current,), {"found": found.explanation}


def _check_about(ledger: Ledger, claim: Cells) -> Outcome:
    """Check whether the figure, rounded like the number, is the number; such a claim is partly true at best."""
    figure, more = _count(ledger, claim)
    text = claim["value"]
    zeros = len(text) - len(text.rstrip("0"))
    return ("needs-nuance" if round(int(figure), -zeros) == int(text) else "contradicted"), (figure,), more


def _check_at_least(ledger: Ledger, claim: Cells) -> Outcome:
    """Check whether the number is reached by those who arrived; if not, others may have escaped uncounted."""
    figure, more = _count(ledger, claim)
    return ("supported" if figure >= int(claim["value"]) else "needs-nuance"), (figure,), more


def _check_estimated(ledger: Ledger, claim: Cells) -> Outcome:
    """Check whether anyone estimated that so many people left; an estimate does not make a claim more than that."""
    value = int(claim["value"])
    found = tuple(each for each in estimates(ledger, "departures") if value in {each.low, each.point, each.high})
    return ("needs-nuance" if found else "contradicted"), found, _describe_claim(ledger, claim)


def _check_fall(ledger: Ledger, claim: Cells) -> Outcome:
    """Check whether there were fewer arrivals than in the period before."""
    period = Period.parse(claim["period"])
    change = compare(ledger, period.shift(-1), period, _MEASURE, _AREA, None)
    return ("supported" if change.direction == "down" else "contradicted"), change.inputs, {}


def _check_latest(ledger: Ledger, claim: Cells) -> Outcome:
    """Check whether the year of the claim was the latest known when the claim was published."""
    year = Period.parse(claim["period"])
    years = series(ledger, _MEASURE, _AREA, start=year, as_of=claim["published"])
    newest = bool(years) and years[-1].period == year
    return ("supported" if newest else "needs-nuance"), tuple(years), {}


def _count(ledger: Ledger, claim: Cells) -> tuple[Observation, dict[str, str]]:
    """Return the figure for the period of a claim, which for some years is their sum, and what is said of it."""
    period = Period.parse(claim["period"])
    figures = ledger.figures(_MEASURE, _AREA)
    if period.frequency == "span" and figures.at(period) is None:
        figure = series(ledger, _MEASURE, _AREA, start=period, end=period).total()
    else:
        figure = figures.require(period)
    said = {"figure": number(int(figure)), "when": with_preposition(figure.period)}
    return figure, said | _describe_claim(ledger, claim)


def _describe_claim(ledger: Ledger, claim: Cells) -> dict[str, str]:
    """Return the number of a claim in words, and when the running total reached it."""
    value = int(claim["value"])
    try:
        reached = with_preposition(series(ledger, _MEASURE, _AREA).crossing(value))
    except (NoDataError, NotComparableError):
        reached = "in no year on record"
    return {"claimed": number(value), "reached": reached}


def _describe_peak(peak: Observation) -> dict[str, str]:
    return {"peak_value": number(int(peak)), "peak_year": str(peak.period)}


def _join_years(figures: list[Observation]) -> str:
    return join_words([str(figure.period) for figure in figures]) if figures else "no year"


_CHECKS: dict[str, Callable[[Ledger, Cells], Outcome]] = {
    "increasing": _check_increase,
    "every-year": _check_every_year,
    "exact": _check_exact,
    "about": _check_about,
    "at-least": _check_at_least,
    "estimated": _check_estimated,
    "down": _check_fall,
    "latest": _check_latest,
}
