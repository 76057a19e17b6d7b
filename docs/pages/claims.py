"""Write the claims of web articles with their verdicts."""

from __future__ import annotations

import itertools
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
    return table(("verdict", "statement"), rows)


def reasons() -> str:
    """Return a section for each article, with one for each of its claims; their headings begin with the verdict."""
    parts: list[str] = []
    for origin, stated in itertools.groupby(claims(), key=lambda claim: claim.origin):
        parts += [f"## {origin}\n", *map(_section, stated)]
    return "\n".join(parts)


def _section(claim: Claim) -> str:
    parts = [
        f"({_anchor(claim)})=",
        f"### {_badge(claim, ':')} {claim.statement}",
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
