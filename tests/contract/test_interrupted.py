"""A first answer that is interrupted leaves nothing half made: the next answer is as good as any."""

import inspect
import sys
from collections import defaultdict

import pytest
from catalogues import unread

ASKED = {
    "figure": lambda c: (c.arrivals(2020).record(), c.arrivals(2012).alternatives),
    "as of a day": lambda c: c.arrivals("2025-H2", as_of="2026-01-25").record(),
    "revisions": lambda c: c.revisions(2009).records(),
    "breakdown": lambda c: c.breakdown("age").records(),
    "estimates": lambda c: c.estimates("in-china").records(),
    "question": lambda c: c.faq_entry("cost").record(),
    "citation": lambda c: c.cite(c.arrivals(2009)),
}


def watch(question, stop=None):
    """Ask an unread catalogue, stop it at its nth call, and ask it again; return the answer and who made each call."""
    catalogue, callers = unread(), []

    def note(frame, *_):
        callers.append(frame.f_code)
        if len(callers) == stop:
            raise KeyboardInterrupt

    before = sys.getprofile()
    sys.setprofile(note)
    try:
        question(catalogue)
    except KeyboardInterrupt:
        assert len(callers) == stop
    finally:
        sys.setprofile(before)
    return question(catalogue), callers


@pytest.mark.parametrize("question", ASKED.values(), ids=ASKED)
def test_interrupted_answer_leaves_nothing_half_made(question):
    """Each function is stopped amid all the calls that it makes."""
    question(unread())  # imports what it needs
    whole, callers = watch(question)
    places = defaultdict(list)
    for number, caller in enumerate(callers, start=1):
        # Python swallows what is raised while it closes a generator.
        if "defector_stats" in caller.co_filename and not caller.co_flags & inspect.CO_GENERATOR:
            places[caller].append(number)
    assert len(places) > 30
    for caller, numbers in places.items():
        again, _ = watch(question, numbers[len(numbers) // 2])
        assert again == whole, caller
