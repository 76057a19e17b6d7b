"""The pages of questions."""

from __future__ import annotations

from defector_stats import Faq, faq


def questions() -> str:
    """Return every question, with a name to point to."""
    return "\n".join(f"(question-{entry.id})=\n\n{Faq(rows=(entry,)).markdown()}" for entry in faq())
