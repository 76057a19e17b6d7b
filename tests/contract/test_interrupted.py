"""A first answer that is interrupted leaves nothing half made: the next answer is as good as any."""

import inspect
import sys
from collections import Counter

import pytest
from catalogues import unread

ASKED = {
    "figure": lambda c: (c.arrivals(2020).record(), c.arrivals(2012).alternatives),
    "breakdown": lambda c: c.breakdown("age").records(),
    "question": lambda c: c.faq_entry("cost").record(),
    "citation": lambda c: c.cite(c.arrivals(2009)),
}


def watch(question, place=None, turn=0):
    """Ask an unread catalogue, stop a function at one of its calls, and ask again; return the answer and all calls."""
    catalogue, calls = unread(), Counter()

    def note(frame, *_):
        calls[frame.f_code] += 1
        if frame.f_code is place and calls[place] == turn:
            raise KeyboardInterrupt

    before = sys.getprofile()
    sys.setprofile(note)
    try:
        question(catalogue)
    except KeyboardInterrupt:
        assert calls[place] == turn
    finally:
        sys.setprofile(before)
    return question(catalogue), calls


@pytest.mark.parametrize("question", ASKED.values(), ids=ASKED)
def test_interrupted_answer_leaves_nothing_half_made(question):
    """Each function is stopped amid all the calls that it makes."""
    question(unread())  # imports what it needs
    whole, calls = watch(question)
    # Python swallows what is raised while it closes a generator.
    places = [
        place for place in calls if "defector_stats" in place.co_filename and not place.co_flags & inspect.CO_GENERATOR
    ]
    assert len(places) > 30
    for place in places:
        again, _ = watch(question, place, calls[place] // 2 + 1)
        assert again == whole, place
