"""What others state, with verdicts; those about numbers are worked out when they are asked for."""

from __future__ import annotations

import itertools

import attrs

from defector_stats.errors import DataError, NoDataError, UnknownNameError, shown
from defector_stats.placeholders import missing, once
from defector_stats.questions import sources_of
from defector_stats.registry import sources
from defector_stats.rows import Rows
from defector_stats.wording import listed, number

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any, Literal

    from defector_stats.catalogue import Catalogue
    from defector_stats.log import Row
    from defector_stats.package import Tables
    from defector_stats.placeholders import Figure, Placeholders
    from defector_stats.records import Source

    Verdict = Literal["supported", "contradicted", "needs-nuance"]
    # A verdict, what it rests on, and what its explanation may name besides the placeholders.
    Outcome = tuple[Verdict, tuple[Figure, ...], dict[str, str]]

VERDICTS: tuple[Verdict, ...] = ("supported", "contradicted", "needs-nuance")

# The article that the claims come from named this year as the latest, on this day.
ARTICLE_DAY = "2023-11-25"
_ARTICLE_YEAR = 2020
_ARTICLE_FIGURE = 229
_PLACE = "KOR"


@attrs.frozen(kw_only=True)
class Claim:
    """A statement of others, in our words, with what is known about it.

    Attributes:
        id: The id of the claim.
        origin: Where it is stated.
        statement: What is stated.
        verdict: ``supported``, ``contradicted`` or ``needs-nuance``.
        explanation: Why.
        evidence: The figures that the verdict rests on: `Observation`, `Estimate` or `Breakdown`.
        sources: What is cited, official first, then by date.
        computed: Whether the verdict was worked out from the figures.

    Examples:
        >>> from defector_stats import claims
        >>> claim = claims()[8]
        >>> claim.id, claim.verdict, claim.computed
        ('C09', 'contradicted', True)
    """

    id: str
    origin: str
    statement: str
    verdict: Verdict
    explanation: str
    evidence: tuple[Figure, ...]
    sources: tuple[Source, ...]
    computed: bool

    def record(self) -> dict[str, Any]:
        """The claim as plain values, ready for JSON.

        Returns:
            A new dictionary; sources are keys, figures are records.
        """
        return {
            "id": self.id,
            "origin": self.origin,
            "statement": self.statement,
            "verdict": self.verdict,
            "computed": self.computed,
            "explanation": self.explanation,
            "evidence": [figure.record() for figure in self.evidence],
            "sources": [source.key for source in self.sources],
        }


@attrs.frozen(kw_only=True)
class Claims(Rows[Claim]):
    """A sequence of `Claim`.

    Attributes:
        rows: The claims.

    Examples:
        >>> from defector_stats import claims
        >>> [claim.id for claim in claims() if claim.verdict == "contradicted"]
        ['C09', 'C17']
    """

    def records(self) -> list[dict[str, Any]]:
        """The claims as plain values, ready for JSON."""
        return [claim.record() for claim in self]

    def markdown(self) -> str:
        """All claims as Markdown, with their sources."""
        from defector_stats.markup import claims_markdown

        return claims_markdown(self)

    def jsonld(self) -> list[dict[str, Any]]:
        """Each claim as a schema.org ``ClaimReview``."""
        from defector_stats.markup import claims_jsonld

        return claims_jsonld(self)


def verdicts(tables: Tables, numbers: Placeholders, catalogue: Catalogue) -> Claims:
    """All claims, with their verdicts and the figures filled in."""
    explanations = {(row[0], row[1]): row[2] for row in tables.rows("verdicts")}
    judged = {row[0]: row[1] for row in tables.rows("verdicts")}
    return Claims(
        rows=tuple(_claim(tables, numbers, catalogue, row, explanations, judged) for row in tables.rows("claims"))
    )


def _claim(
    tables: Tables,
    numbers: Placeholders,
    catalogue: Catalogue,
    row: Row,
    explanations: dict[tuple[str, str], str],
    judged: dict[str, Any],
) -> Claim:
    claim, origin, statement, check, keys = row
    figures: tuple[Figure, ...] = ()
    try:
        verdict, evidence, more = CHECKS[check](catalogue) if check else (judged[claim], (), {})
    except (NoDataError, UnknownNameError):  # the second in a catalogue without the measure
        # What cannot be decided is neither supported nor contradicted.
        verdict, explanation = "needs-nuance", missing("arrivals by year")
    else:
        template = explanations.get((claim, verdict))
        if template is None:
            raise DataError(f"there is no explanation of {shown(claim)} for the verdict {verdict!r}", "verdicts.csv")
        figures = once([*evidence, *numbers.figures(template)])
        explanation = numbers.fill(template, more)
    cited = [*keys.split(), *(source.key for source in sources_of(figures))]
    return Claim(
        id=claim,
        origin=origin,
        statement=statement,
        verdict=verdict,
        explanation=explanation,
        evidence=figures,
        sources=sources(tables, cited),
        computed=bool(check),
    )


def _increasing(catalogue: Catalogue) -> Outcome:
    """Whether arrivals rise every year."""
    years = catalogue.series(area=_PLACE)
    declines = [after for before, after in itertools.pairwise(years) if after < before]
    peak = years.peak()
    more = {
        "peak_value": number(int(peak)),
        "peak_year": str(peak.period),
        "decline_years": listed([str(figure.period) for figure in declines]) if declines else "no year",
        "first_year": str(years[0].period),
        "last_year": str(years[-1].period),
    }
    if years.is_increasing():
        return "supported", tuple(years), more
    return "contradicted", (peak, *declines), more


def _exact(catalogue: Catalogue) -> Outcome:
    """Whether the figure that the article prints is the current one."""
    current = catalogue.observation("arrivals", _ARTICLE_YEAR, area=_PLACE)
    return ("supported" if current == _ARTICLE_FIGURE else "contradicted"), (current,), {}


def _down(catalogue: Catalogue) -> Outcome:
    """Whether the year has fewer arrivals than the one before."""
    change = catalogue.compare(_ARTICLE_YEAR - 1, _ARTICLE_YEAR, area=_PLACE)
    return ("supported" if change.direction == "down" else "contradicted"), change.inputs, {}


def _latest(catalogue: Catalogue) -> Outcome:
    """Whether the year was the latest in print on the day of the article."""
    years = catalogue.series(area=_PLACE, start=_ARTICLE_YEAR, as_of=ARTICLE_DAY)
    newest = bool(years) and years[-1].period.end.year == _ARTICLE_YEAR
    return ("supported" if newest else "needs-nuance"), tuple(years), {}


CHECKS: dict[str, Callable[[Catalogue], Outcome]] = {
    "increasing": _increasing,
    "exact-2020": _exact,
    "down-2020": _down,
    "stale-2020": _latest,
}
# The verdicts that a check may come to; each needs an explanation.
REACHED: dict[str, tuple[Verdict, ...]] = {
    "increasing": ("supported", "contradicted"),
    "exact-2020": ("supported", "contradicted"),
    "down-2020": ("supported", "contradicted"),
    "stale-2020": ("supported", "needs-nuance"),
}
# What the explanations of a check may name besides the placeholders.
PROVIDED = {"increasing": ("peak_value", "peak_year", "decline_years", "first_year", "last_year")}
