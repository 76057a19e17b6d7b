"""Claims that others make about the figures, each with a verdict."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from typing import Any, ClassVar

import attrs

from defector_stats._analysis.compare import compare
from defector_stats._analysis.series import series
from defector_stats._model.period import Period
from defector_stats._model.record import Record
from defector_stats._model.records import Source
from defector_stats._model.sequences import Rows
from defector_stats._model.vocabulary import Verdict
from defector_stats._model.words import join_words, number
from defector_stats._store.imprint import imprint
from defector_stats._store.ledger import Ledger
from defector_stats._store.tables import Cells
from defector_stats._texts.faq import first_sources
from defector_stats._texts.numbers import Figure, drop_repeats, placeholders, say_missing
from defector_stats.errors import DataError, NoDataError, UnknownNameError, short_repr

# A verdict, its evidence, and the values of further placeholders in its explanation.
Outcome = tuple[Verdict, tuple[Figure, ...], dict[str, str]]

# The claims are from an article of this date, which gives this figure for this year as the latest.
ARTICLE_DAY = "2023-11-25"
_ARTICLE_YEAR = 2020
_ARTICLE_FIGURE = 229
_MEASURE, _AREA = "arrivals", "KOR"


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
    """Claims of a web article with verdicts, as a sequence of `Claim`.

    Examples:
        >>> from defector_stats import claims
        >>> [claim.id for claim in claims() if claim.verdict == "contradicted"]
        ['C09', 'C17']
    """

    NOUNS: ClassVar[tuple[str, str]] = ("claim", "claims")
    COLUMNS: ClassVar[tuple[str, ...]] = ("id", "origin", "statement", "verdict", "computed", "explanation", "sources")

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
        verdict, evidence, more = _CHECKS[check](ledger) if check else _read_verdict(explanations)
    except (NoDataError, UnknownNameError):  # the second if the catalogue lacks the measure
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


def _check_increase(ledger: Ledger) -> Outcome:
    """Check whether arrivals rise every year."""
    years = series(ledger, _MEASURE, _AREA)
    declines = [after for before, after in itertools.pairwise(years) if after < before]
    peak = years.peak()
    more = {
        "peak_value": number(int(peak)),
        "peak_year": str(peak.period),
        "decline_years": join_words([str(figure.period) for figure in declines]) if declines else "no year",
        "first_year": str(years[0].period),
        "last_year": str(years[-1].period),
    }
    if years.is_increasing():
        return "supported", tuple(years), more
    return "contradicted", (peak, *declines), more


def _check_figure(ledger: Ledger) -> Outcome:
    """Check whether the figure in the article is the current one."""
    current = ledger.figures(_MEASURE, _AREA).require(Period.parse(_ARTICLE_YEAR))
    return ("supported" if current == _ARTICLE_FIGURE else "contradicted"), (current,), {}


def _check_fall(ledger: Ledger) -> Outcome:
    """Check whether the year of the article has fewer arrivals than the year before."""
    change = compare(ledger, _ARTICLE_YEAR - 1, _ARTICLE_YEAR, _MEASURE, _AREA, None)
    return ("supported" if change.direction == "down" else "contradicted"), change.inputs, {}


def _check_latest(ledger: Ledger) -> Outcome:
    """Check whether the year of the article was the latest published by its date."""
    years = series(ledger, _MEASURE, _AREA, start=_ARTICLE_YEAR, as_of=ARTICLE_DAY)
    newest = bool(years) and years[-1].period.end.year == _ARTICLE_YEAR
    return ("supported" if newest else "needs-nuance"), tuple(years), {}


_CHECKS: dict[str, Callable[[Ledger], Outcome]] = {
    "increasing": _check_increase,
    "exact-2020": _check_figure,
    "down-2020": _check_fall,
    "stale-2020": _check_latest,
}
