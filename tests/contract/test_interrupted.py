"""A first answer that is interrupted leaves nothing half made: the next answer is as good as any."""

import random
import sys

import pytest
from catalogues import unread

ASKED = {
    "figure": lambda c: (c.arrivals(2020).record(), c.arrivals(2012).alternatives),
    "as of a day": lambda c: c.arrivals("2025-H2", as_of="2026-01-25").record(),
    "world": lambda c: c.series("refugees", area="WLD").records(),
    "revisions": lambda c: c.revisions(2009).records(),
    "about": lambda c: c.about(2016).record(),
    "gap": lambda c: str(c.series(frequency="quarter").gaps),
    "breakdown": lambda c: c.breakdown("age").records(),
    "verification": lambda c: str(c.verify(947, 1998)),
    "answers": lambda c: c.search_faq("how many people arrive").records(),
    "citation": lambda c: c.cite(c.estimates("in-china")[0]),
}
POINTS = 25


def ask(question, stop=None):
    """Ask an unread catalogue, stop it at its nth call, and ask it again; return its answer and the number of calls."""
    catalogue, calls = unread(), 0

    def count(*_):
        nonlocal calls
        calls += 1
        if calls == stop:
            raise KeyboardInterrupt

    before = sys.getprofile()
    sys.setprofile(count)
    try:
        question(catalogue)
    except KeyboardInterrupt:
        assert calls == stop
    finally:
        sys.setprofile(before)
    return question(catalogue), calls


@pytest.mark.parametrize("question", ASKED.values(), ids=ASKED)
def test_interrupted_answer_leaves_nothing_half_made(question):
    question(unread())  # imports what it needs
    whole, count = ask(question)
    assert count > POINTS
    for stop in sorted(random.Random(7).sample(range(1, count), POINTS)):  # noqa: S311
        again, _ = ask(question, stop)
        assert again == whole, stop
