"""Questions that people really asked lead to an answer, a figure, a table, a word or a verdict."""

import csv
import sys
from pathlib import Path

import pytest

from defector_stats import (
    arrivals,
    breakdown,
    claims,
    estimates,
    glossary,
    indicators,
    observations,
    search_faq,
)

QUESTIONS = list(csv.DictReader((Path(__file__).parent / "questions.csv").read_text(encoding="utf-8").splitlines()))
ANSWERED = [pytest.param(row, id=row["number"]) for row in QUESTIONS if row["leads_to"]]
# What is looked up under each kind of lead; an unknown name raises an error or gives nothing.
LOOK_UPS = {
    "measure": observations,
    "estimates": estimates,
    "breakdown": breakdown,
    "indicator": indicators,
    "claim": lambda name: [claim for claim in claims() if claim.id == name],
    "term": lambda name: [term for term in glossary() if term.term.replace(" ", "-") == name],
}


def leads(row):
    return [lead.split(":") for lead in row["leads_to"].split()]


@pytest.mark.parametrize("row", ANSWERED)
def test_question_leads_to_what_answers_it(row):
    for kind, name in leads(row):
        assert kind == "faq" or len(list(LOOK_UPS[kind](name))) > 0, (kind, name)


@pytest.mark.parametrize("row", [case for case in ANSWERED if "faq:" in case.values[0]["leads_to"]])
def test_question_finds_its_answers_first(row):
    """The search lists the answers that a question leads to before any other."""
    wanted = {name for kind, name in leads(row) if kind == "faq"}
    found = [entry.id for entry in search_faq(row["text"])]

    assert set(found[: len(wanted)]) == wanted


def test_question_on_crime_finds_nothing():
    """Where nothing should be answered, no other answer stands in."""
    (row,) = [row for row in QUESTIONS if row["number"] == "14"]

    assert len(search_faq(row["text"])) == 0


def test_question_on_a_year_is_a_figure():
    assert arrivals(2020) == 229


def test_questions_answered_are_counted(capsys):
    """Each question that is not answered fully says why."""
    counts = {kind: sum(row["answered"] == kind for row in QUESTIONS) for kind in ("fully", "partly", "not")}
    with capsys.disabled():
        told = ", ".join(f"{count} {kind} answered" for kind, count in counts.items())
        sys.stdout.write(f"\nQuestions of the public: {told}\n")

    assert sum(counts.values()) == len(QUESTIONS) == 51
    assert counts["fully"] >= 42
    assert all(bool(row["reason"]) == (row["answered"] != "fully") for row in QUESTIONS)
    assert all(bool(row["leads_to"]) == (row["answered"] != "not") for row in QUESTIONS)
