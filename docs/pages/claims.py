"""Write the claims of an article with their verdicts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from defector_stats import claims
from defector_stats._model.vocabulary import VERDICT_NAMES
from defector_stats._output.markup import link

from .markdown import cell, table

if TYPE_CHECKING:
    from defector_stats import Claim


def overview() -> str:
    """Return a table of all claims, each with its verdict and a link to the reason."""
    rows = [(_badge(claim), f"[{cell(claim.statement)}](#{_anchor(claim)})") for claim in claims()]
    return table(("verdict", "the article says"), rows)


def reasons() -> str:
    """Return a section for each claim; its heading begins with the verdict."""
    return "\n".join(map(_section, claims()))


def _section(claim: Claim) -> str:
    parts = [
        f"({_anchor(claim)})=",
        f"## {_badge(claim, ':')} {claim.statement}",
        claim.explanation,
        *(["This verdict is calculated from the figures."] if claim.computed else []),
        "Sources:",
        "\n".join(f"- {link(source)}" for source in claim.sources),
    ]
    return "\n\n".join(parts) + "\n"


def _anchor(claim: Claim) -> str:
    return f"claim-{claim.id.lower()}"


def _badge(claim: Claim, end: str = "") -> str:
    """Return the verdict as a badge, which says in words what it says in colour."""
    return f"[{VERDICT_NAMES[claim.verdict].capitalize()}{end}]{{.verdict .{claim.verdict}}}"
