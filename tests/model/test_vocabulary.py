"""The closed lists: those of the code and those of the descriptor are the same."""

import json
import re
from typing import get_args

import pytest

from defector_stats import data_path
from defector_stats._analysis.verify import _VERDICTS
from defector_stats._model import vocabulary

# Each list that the data use, with the columns that hold it.
LISTS = {
    "STATUSES": {"status"},
    "MEASURE_KINDS": {"measures kind"},
    "SOURCE_KINDS": {"sources kind"},
    "PUBLISHED_BASES": {"published_basis"},
    "STATED_REASONS": {"reason"},
    "SEXES": {"sex"},
    "DIMENSIONS": {"dimension"},
    "TOPICS": {"estimates topic"},
    "INDICATOR_TOPICS": {"indicators topic"},
    "QUALIFIERS": {"qualifier"},
    "VERDICTS": {"verdict"},
    "CHECKS": {"method"},
}
# A list of one table, which the code reads by its words.
OTHERS = {"release-calendar period": ["year", "H1", "fiscal-year"]}


@pytest.fixture(scope="module")
def enums():
    """The words of each column that the descriptor lists, by table and column."""
    described = json.loads((data_path() / "datapackage.json").read_text(encoding="utf-8"))
    return {
        f"{resource['name']} {field['name']}": field["constraints"]["enum"]
        for resource in described["resources"]
        for field in resource["schema"]["fields"]
        if "enum" in field.get("constraints", {})
    }


def test_vocabulary_matches_descriptor(enums):
    named = {column: list(getattr(vocabulary, name)) for name, columns in LISTS.items() for column in columns} | OTHERS
    for place, words in enums.items():
        assert words == (named.get(place) or named.get(place.split()[1])), place
    columns = {*enums, *(place.split()[1] for place in enums)}
    assert set(named) <= columns


def test_vocabulary_lists_are_known():
    """A new list of words is one that the data use, or one of the few that they do not."""
    free = {
        "REGULAR", "RESIDENCE", "STYLES", "FORMATS", "ENCODINGS", "PROVIDED", "OBSERVATION_FIELDS", "TABLE_FIELDS",
        "PERIOD_WORDS", "LIMIT", "VERDICT_NAMES", "READ",
    }  # fmt: skip
    assert {name for name in vars(vocabulary) if re.fullmatch("[A-Z_]+", name)} == {*LISTS, *free}


def test_literal_types_match_lists():
    assert get_args(vocabulary.Status) == vocabulary.STATUSES
    assert get_args(vocabulary.Verdict) == vocabulary.VERDICTS == tuple(vocabulary.VERDICT_NAMES)
    assert set(vocabulary.REGULAR) < set(get_args(vocabulary.Frequency))
    assert {verdict for verdicts in vocabulary.CHECKS.values() for verdict in verdicts} == {*vocabulary.VERDICTS}
    assert get_args(vocabulary.IndicatorTopic) == tuple(vocabulary.INDICATOR_TOPICS)
    assert set(vocabulary.PROVIDED) <= set(vocabulary.CHECKS)
    assert get_args(vocabulary.MatchKind) == tuple(_VERDICTS)
    assert {*get_args(vocabulary.VerificationVerdict)} == {*_VERDICTS.values(), "unknown"}


def test_descriptor_has_one_column_per_line():
    lines = (data_path() / "datapackage.json").read_text(encoding="utf-8").splitlines()
    described = json.loads("\n".join(lines))
    columns = [
        json.dumps(field, ensure_ascii=False) for part in described["resources"] for field in part["schema"]["fields"]
    ]

    assert [line.strip().rstrip(",") for line in lines if line.startswith(" " * 10 + '{"name"')] == columns
