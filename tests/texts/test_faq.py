"""The FAQ: complete, sourced, filled in, found."""

import csv
import itertools
import json
import pickle
import random
import re
from pathlib import Path
from string import ascii_lowercase

import pytest
from catalogues import catalogue_of
from hypothesis import given
from hypothesis import strategies as st

from defector_stats import (
    Breakdown,
    Estimate,
    Faq,
    FaqEntry,
    Indicator,
    InvalidValueError,
    Observation,
    UnknownNameError,
    arrivals,
    data_version,
    faq,
    faq_entry,
    indicators,
    measures,
    search_faq,
)
from defector_stats._texts.faq import first_sources, search

IDS = [
    "how-many", "how-many-leave", "why-leave", "how-escape", "challenges", "if-caught", "how-counted", "why-2020",
    "why-women", "who-arrives", "in-china", "sent-back", "going-back", "other-countries", "how-many-arrive",
    "which-word", "support", "cost", "work-and-income", "time-between", "suicide", "elites", "straight-across",
    "refused", "pupils", "money-home", "living-now", "returned-by-south",
    "to-the-north", "family-left-behind", "language", "why-the-south",
]  # fmt: skip


def test_faq_ids():
    """The questions are those of the article and those that people ask."""
    assert [entry.id for entry in faq()] == IDS
    assert len(IDS) >= 16
    assert all(isinstance(entry, FaqEntry) for entry in faq())
    assert [faq_entry(each).id for each in IDS] == IDS


@pytest.mark.parametrize("name", IDS)
def test_faq_entry_complete_and_sourced(name):
    entry = faq_entry(name)

    assert entry.question.endswith("?")
    assert re.fullmatch(r"[^.]+(\.\d[^.]*)*\.", entry.summary), entry.summary
    assert entry.topics
    assert entry.limits
    assert re.fullmatch(r"\d{4}-\d\d-\d\d", entry.reviewed)
    assert len({source.publisher for source in entry.sources}) >= 2
    assert [statement for statement, _ in entry.citations]
    assert " ".join(entry.answer.split()) == " ".join(" ".join(s for s, _ in entry.citations).split())
    for statement, cited in entry.citations:
        assert cited, statement
        assert set(cited) <= set(entry.sources)
    for text in (entry.summary, entry.answer, *entry.limits):
        assert not {"{", "}"} & set(text)
    assert all(isinstance(figure, (Observation, Estimate, Indicator, Breakdown)) for figure in entry.figures)


@pytest.mark.parametrize("name", IDS)
def test_faq_entry_equals_data(table, name):
    entry = faq_entry(name)
    (row,) = [row for row in table("faq") if row["id"] == name]
    statements = [row for row in table("faq-statements") if row["faq"] == name]
    limits = [row for row in statements if row["part"] == "limit"]
    cited = [row for row in statements if row not in limits]
    named = {key for row in statements for key in row["sources"].split()}

    assert (entry.question, entry.reviewed) == (row["question"], row["reviewed"])
    assert (" ".join(entry.topics), " ".join(entry.keywords)) == (row["topics"], row["keywords"])
    texts = [entry.summary, *(text for text, _ in entry.citations), *entry.limits]
    for text, template in zip(texts, [row["summary"], *(row["text"] for row in [*cited, *limits])], strict=True):
        assert text.startswith(template.partition("{")[0])
    assert len(entry.answer.split("\n\n")) == len({row["part"] for row in cited})
    assert {source.key for source in entry.sources} == named | {
        figure.provenance.sources[0].key for figure in entry.figures
    }


def test_faq_types_no_known_number(table):
    held = set()
    for name in (*(measure.id for measure in measures()), "estimates", "breakdowns"):
        for row in table(name):
            for column in ("value", "male", "female", "low", "point", "high"):
                if row.get(column):
                    held.add(int(row[column]))
    texts = [row["summary"] for row in table("faq")] + [row["text"] for row in table("faq-statements")]
    texts += [row["explanation"] for row in table("claim-verdicts")] + [row["definition"] for row in table("glossary")]
    for text in texts:
        for typed in re.findall(r"(?<![\d.,-])\d[\d,]*(?![\d.-]*\d)", text):
            typed = typed.strip(",")  # noqa: PLW2901
            number = int(typed.replace(",", ""))
            if number >= 100 and not ("," not in typed and 1900 <= number <= 2100):
                assert number not in held, (typed, text)


def test_faq_other_numbers_have_sources(table):
    """A number that the catalogue does not hold stands with its year and source."""
    for row in table("faq-statements"):
        typed = [each for each in re.findall(r"\d[\d,.]*", row["text"]) if not re.fullmatch(r"(19|20)\d\d[.,]?", each)]
        if typed:
            assert re.search(r"(19|20)\d\d|\{\w*(year|period|day|date)\w*\}", row["text"]), row["text"]
            assert row["sources"] or row["part"] == "limit", row["text"]


def test_texts_avoid_banned_words(table):
    banned = re.compile(r"defection|\bwaves?\b|\bfloods?\b|\binflux\b|\bexodus\b|\billegals\b", re.IGNORECASE)
    for name, column in (
        ("faq", "summary"), ("faq", "question"), ("faq-statements", "text"), ("claims", "statement"),
        ("claim-verdicts", "explanation"), ("glossary", "definition"),
    ):  # fmt: skip
        for row in table(name):
            assert not banned.search(row[column]), row[column]


def test_faq_figures_filled_in(catalogue):
    row = {"period": 2026, "value": 4321, "released": "2027-01-31", "sources": ["newsis_20260204"]}
    before, after = catalogue.faq_entry("how-many"), catalogue.extended([row]).faq_entry("how-many")

    assert "4,321" in after.summary + after.answer
    assert "4,321" not in before.summary + before.answer
    assert 4321 in [figure for figure in after.figures if isinstance(figure, Observation)]
    assert "newsis_20260204" in {source.key for source in after.sources}


def test_first_sources_are_those_of_counts():
    """The first source of each figure, once; a statement names those of its indicators itself."""
    year, [indicator, *_] = arrivals(2020), indicators()

    assert first_sources([indicator, year, year]) == [year.sources[0]]


def test_faq_names_edition_and_compilers():
    assert faq().metadata == {
        "edition": data_version(),
        "attribution": "The defector-stats developers",
        "licence": "CC-BY-4.0",
    }


MISSING = "A figure of this statement is missing: "


def test_faq_missing_figure(catalogue, table):
    """One missing figure costs one sentence and not the answers."""
    row = {"period": 2027, "value": 1, "released": "2028-01-31", "sources": ["newsis_20260204"]}
    later = catalogue.extended([row])
    # Without 2026 there is neither a change in 2027 nor a running total to its end.
    names = {
        f"{{{row['name']}}}"
        for row in table("placeholders")
        if row["of"] == "arrivals"
        and (row["period"], row["field"] == "change") in {("../latest", False), ("latest", True)}
    }

    def lacks(template):
        return any(name in template for name in names)

    assert [entry.id for entry in later.faq()] == IDS
    found = 0
    for row in table("faq"):
        entry = later.faq_entry(row["id"])
        statements = [each for each in table("faq-statements") if each["faq"] == row["id"]]
        cited = [each["text"] for each in statements if each["part"] != "limit"]
        limits = [each["text"] for each in statements if each["part"] == "limit"]
        texts = [entry.summary, *(text for text, _ in entry.citations), *entry.limits]
        for text, template in zip(texts, [row["summary"], *cited, *limits], strict=True):
            assert text.startswith(MISSING) == lacks(template)
            found += lacks(template)
        assert entry.answer.count(MISSING) == sum(map(lacks, cited))
        assert entry.record() in later.faq().records()
    assert found > 5
    assert later.search_faq("how many people arrive each year")[0].id == "how-many"
    assert f"*{MISSING}arrivals (KOR), all to the latest year.*" in later.faq().markdown()
    assert later.faq().jsonld()["mainEntity"][0]["acceptedAnswer"]["text"].startswith(MISSING)
    for claim, row in zip(later.claims(), table("claims"), strict=True):
        (template,) = [
            each["explanation"]
            for each in table("claim-verdicts")
            if (each["claim"], each["verdict"]) == (row["id"], claim.verdict)
        ]
        assert claim.explanation.startswith(MISSING) == lacks(template)


@pytest.mark.parametrize("measure", [measure.id for measure in measures()])
def test_faq_without_rows_of_measure(catalogue, measure):
    """The questions are answered when a measure has lost its rows."""
    bare = catalogue_of(catalogue, {measure: []})
    bare.check()

    assert [entry.id for entry in bare.faq()] == IDS
    assert [claim.id for claim in bare.claims()] == [claim.id for claim in catalogue.claims()]
    assert not [
        entry.id for entry in bare.faq() if any(getattr(each, "measure", "") == measure for each in entry.figures)
    ]
    assert bare.faq().markdown()


def test_faq_statements_by_part(catalogue, table):
    """The statements of a part stand together wherever their rows stand."""
    rows = [["cost", part, f"This is {part}.", "ktv_2012"] for part in ("b", "a", "b", "limit", "a")]
    for place, row in enumerate(rows):
        row[2] = f"{place}: {row[2]}"
    texts = catalogue_of(catalogue, {"faq-statements": rows})
    entry = texts.faq_entry("cost")

    (row,) = [row for row in table("faq") if row["id"] == "cost"]
    assert (entry.question, entry.reviewed) == (row["question"], row["reviewed"])
    assert entry.answer == "0: This is b. 2: This is b.\n\n1: This is a. 4: This is a."
    assert [text[0] for text, _ in entry.citations] == ["0", "2", "1", "4"]
    assert "0: This is b. [1] 2: This is b. [1]\n\n1: This is a. [1] 4: This is a. [1]" in Faq(rows=(entry,)).markdown()


def test_faq_by_topic():
    returns = faq("returns")

    assert 0 < len(returns) < len(faq())
    assert all("returns" in entry.topics for entry in returns)


@pytest.mark.parametrize(("ask", "given", "kind"), [(faq, "return", "topic"), (faq_entry, "why-leaf", "question")])
def test_faq_unknown_name_suggests(ask, given, kind):
    error = pytest.raises(UnknownNameError, ask, given).value

    assert (error.kind, error.given, len(error.suggestions)) == (kind, given, 1)
    for other in ("zzzz", 1, ["returns"], ""):
        error = pytest.raises(UnknownNameError, ask, other).value
        assert (error.given, len(error.suggestions) > 5) == (other, True)
    assert pytest.raises(UnknownNameError, faq_entry, None).value.given is None


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("Why do people leave?", "why-leave"),
        ("reasons for leaving", "why-leave"),
        ("how many people arrive each year", "how-many"),
        ("how many leave each year", "how-many-leave"),
        ("CAUGHT", "if-caught"),
        ("brokers cost", "cost"),
        ("what does it cost", "cost"),
        ("women", "why-women"),
        ("woman", "why-women"),
        ("pandemic", "why-2020"),
        ("2020", "why-2020"),
        ("in Chinna", "in-china"),
        ("sent back", "sent-back"),
        ("repatriated from China", "if-caught"),
        ("deported", "sent-back"),
        ("covid", "why-2020"),
        ("broker prices", "cost"),
        ("bukhyangmin", "which-word"),
        ("which word refugee defector", "which-word"),
        ("settlement support", "support"),
        ("setlement suport", "support"),
        ("United States", "other-countries"),
        ("age occupation", "who-arrives"),
        ("how are they counted", "how-counted"),
        ("go back to the North", "going-back"),
        ("settlement mony", "support"),
        ("subsidys of the govrnmint", "support"),
        ("repatriaton", "sent-back"),
        ("brokkers", "cost"),
        ("refugees, escapees: the right words?", "which-word"),
        ("labor camp", "if-caught"),
        ("labour camps", "if-caught"),
        pytest.param("¿COVID?!", "why-2020", id="COVID with marks"),
        ("how many are sent back each year", "sent-back"),
        ("hide hidden hiding in Chinese towns", "in-china"),
        pytest.param("탈북 비용이 얼마인가요?", "cost", id="Korean-cost"),
        pytest.param("강제북송되면", "sent-back", id="Korean-sent-back"),
        pytest.param("자살률은", "suicide", id="Korean-suicide"),
    ],
)
def test_search_best_answer_first(text, first):
    assert [entry.id for entry in search_faq(text)][:1] == [first]


CASES = list(csv.DictReader((Path(__file__).parent / "search_cases.csv").read_text(encoding="utf-8").splitlines()))


@pytest.fixture(scope="module")
def entries():
    return faq()


def rank(entries, text, answers):
    """Return the place of the first entry that answers, counted from 1; 0 if none of them is found."""
    found = [entry.id for entry in search(entries, text)]
    return min((found.index(name) + 1 for name in answers.split() if name in found), default=0)


@pytest.mark.parametrize(
    "case",
    [
        pytest.param(case, id=case["text"][:24] if case["text"].isascii() else f"line {line}: {case['answers']}")
        for line, case in enumerate(CASES, start=2)
        if case["within"]
    ],
)
def test_search_answers_each_case(entries, case):
    assert 1 <= rank(entries, case["text"], case["answers"]) <= int(case["within"])


def test_search_cases_name_entries():
    assert {name for case in CASES for name in case["answers"].split()} == set(IDS)


@pytest.mark.parametrize("name", IDS)
def test_keywords_in_english_and_korean(entries, name):
    (own,) = [entry for entry in entries if entry.id == name]
    subject = {"defectors", "refugees", "escapees", "탈북민", "탈북자", "탈북"}
    own_words = set(own.keywords) - subject

    assert len([word for word in own_words if word.isascii()]) >= 3
    assert [word for word in own_words if not word.isascii()]


def test_search_finds_most_cases(entries):
    ranks = [rank(entries, case["text"], case["answers"]) for case in CASES]

    # Those whose words no entry has are among the cases too.
    assert sum(found == 0 for found in ranks) <= 3
    assert sum(found == 1 for found in ranks) >= 0.9 * len(ranks)


@pytest.mark.parametrize(
    "text",
    [
        "pizza",
        "xyzzy qwrtp",
        "best football team of the league",
        "best pizza in town",
        "blockchain wallet",
        "q",
        "what is the weather in Paris",
        "how do I cook rice",
        "how to learn guitar",
        "Python list comprehension",
        pytest.param("오늘 날씨 어때", id="Korean weather"),
        pytest.param("맛있는 식당 추천", id="Korean restaurant"),
    ],
)
def test_search_finds_no_nonsense(entries, text):
    assert len(search(entries, text)) == 0


@pytest.mark.parametrize("text", ["", "   ", "?!", "_", None, 7, ["women"]], ids=repr)
def test_search_without_words_raises(text):
    with pytest.raises(InvalidValueError) as caught:
        search_faq(text)

    assert (caught.value.given, caught.value.expected) == (text, "some words to look for")


def entry(name, **texts):
    """An invented entry."""
    empty = dict.fromkeys(("question", "summary", "answer", "reviewed"), "")
    lists = dict.fromkeys(("topics", "keywords", "figures", "sources", "citations", "limits"), ())
    return FaqEntry(**{"id": name, **empty, **lists, **texts})


INVENTED = [
    entry("answer", answer="snow here"),
    entry("summary", summary="snow", answer="here"),
    entry("topics", topics=("snow",), answer="here"),
    entry("question", question="Snow?", answer="here"),
    entry("keywords", keywords=("snow", "눈보라"), answer="here"),
    entry("weather", answer="rain hail here"),
    entry("rain", summary="rain here"),
    entry("thunder", answer="thunder, cos"),
    entry("lightning", answer="lightning"),
    entry("wind", keywords=("wind", "breeze"), answer="2020 here"),
    entry("nothing"),
]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        # By where the word stands; of the same weight, in the order of the table.
        # Entries with less than half of the votes of the first are left out.
        ("snow", ["keywords", "topics", "question"]),
        ("SNOW_snow, Snow!", ["keywords", "topics", "question"]),
        # Two of three words that tell entries apart are half of them, one is not.
        ("rain hail fog", ["weather"]),
        ("rain hail", ["weather", "rain"]),
        # One is enough if it is a keyword, in whatever else.
        ("wind fog sleet storm", ["wind"]),
        ("rain fog sleet storm", []),
        ("snow fog sleet storm", ["keywords"]),
        # What more than half of the entries have tells nothing apart, but counts.
        ("here rain", ["rain"]),
        ("here", ["rain"]),
        # Words of grammar are no half of the words that tell entries apart.
        ("what is the hail", ["weather"]),
        ("what is the fog", []),
        # A word that was written as it is counts more than one that may be meant.
        ("thundr lightning", ["lightning", "thunder"]),
        ("lightnings thunder", ["thunder", "lightning"]),
        # Plurals and slips are the word itself; short words, other first letters and numbers with other digits are not.
        ("winds", ["wind"]),
        ("breezze", ["wind"]),
        ("cost", ["thunder"]),
        ("co", []),
        ("hunder", []),
        ("windmill", []),
        ("2019", []),
        pytest.param("2020년", ["wind"], id="2020 with Korean year"),
        # Endings of Korean words.
        pytest.param("눈보라가", ["keywords"], id="Korean short ending"),
        pytest.param("눈보라에서부터는", ["keywords"], id="Korean long ending"),
        pytest.param("눈물", [], id="Korean other word"),
        pytest.param("wind의", ["wind"], id="wind with Korean ending"),
        pytest.param("wind에서부터는", ["wind"], id="wind with long Korean ending"),
        # Of many words, the longest are looked for.
        (" ".join([*map(chr, range(0x4E00, 0x4E40)), "breeze"]), ["wind"]),
        (" ".join([*map("".join, itertools.product("ab", ascii_lowercase)), "wind"]), ["wind"]),
    ],
)
def test_search_order(text, found):
    assert [entry.id for entry in search(Faq(rows=tuple(INVENTED)), text)] == found


def test_search_rarer_word_first():
    entries = [
        entry("heavy", question="snow"),
        entry("wet", summary="rain"),
        *(entry(f"light {number}", question="snow") for number in range(3)),
        *(entry(f"fair {number}") for number in range(4)),
    ]

    # The only entry with rain has its whole vote, and each of four entries with snow a quarter of the other.
    assert search(Faq(rows=tuple(entries)), "snow rain")[0].id == "wet"


def test_search_word_of_half_of_entries():
    """Such a word still tells entries apart; one that more of them have does not."""
    entries = [entry(str(number), answer="snow" if number < 2 else "") for number in range(4)]

    assert [found.id for found in search(Faq(rows=tuple(entries)), "snow fog")] == ["0", "1"]
    assert len(search(Faq(rows=tuple(entries[:3])), "snow fog")) == 0


def test_search_keeps_entry_with_half_of_best_votes():
    entries = [entry("one", keywords=("snow",)), entry("two", keywords=("rain", "hail"))]

    assert [found.id for found in search(Faq(rows=tuple(entries)), "snow rain hail")] == ["two", "one"]


# Articles, pronouns, prepositions, forms of "to be", "to do" and "to have", and the words that begin a question.
LITTLE_WORDS = """
    a an the this that these those some any many much it its i me my we our you your they them their there
    is are was were be been do does did has have had can will would should
    and or as at by for from in of on than then to with how what when where which who whom whose why
"""


@pytest.mark.parametrize("word", LITTLE_WORDS.split())
def test_search_little_words_decide_nothing(word):
    """An entry with the word of grammar alone is no answer beside one with the other word."""
    entries = [entry("grammar", question=word), entry("boats", question="boats"), entry("sea"), entry("sky")]

    assert [found.id for found in search(Faq(rows=tuple(entries)), f"{word} boats")] == ["boats"]


def test_search_finds_all_similar_words():
    entries = [entry(letter, keywords=(f"lantern{letter}",)) for letter in "abcdef"]

    assert [found.id for found in search(Faq(rows=tuple(entries)), "lantern")] == [*"abcdef"]


def test_search_of_no_entries():
    assert len(search(Faq(rows=()), "snow")) == 0


@pytest.mark.parametrize("name", IDS)
def test_search_finds_own_question_first(entries, name):
    (own,) = [entry for entry in entries if entry.id == name]

    assert search(entries, own.question)[0] == own


WORDS = sorted({word for case in CASES for word in case["text"].split()})


@given(st.lists(st.sampled_from(WORDS), min_size=1, max_size=60), st.randoms(use_true_random=False))
def test_search_laws(entries, words, chance):
    found = search(entries, " ".join(words))
    mixed = [*words, *chance.choices(words, k=3)]
    chance.shuffle(mixed)

    assert search(entries, " ".join(mixed)) == found
    assert search(entries, " -- ".join(words).upper()) == found
    assert set(found) <= set(entries)
    assert len({entry.id for entry in found}) == len(found)


@pytest.mark.parametrize("kind", ["one word", "one letter", "many words", "all letters"])
def test_search_takes_long_text(entries, kind):
    chance = random.Random(1)  # noqa: S311
    text = {
        "one word": "women " * 16_000,
        "one letter": "c" * 100_000,
        "many words": " ".join("".join(chance.choices("acinorst", k=8)) for _ in range(11_000)),
        "all letters": "".join(map(chr, range(32, 0xD800))) + " ".join(map(chr, range(0xAC00, 0xD7A4))),
    }[kind]
    found = search(entries, text)

    assert [entry.id for entry in found][:1] == (["why-women"] if kind == "one word" else [])


def test_faq_records_and_pickle():
    entry = faq_entry("how-many")
    record = json.loads(json.dumps(entry.record()))

    assert list(record) == [
        "id", "question", "summary", "answer", "topics", "figures", "citations", "limits", "sources", "reviewed",
    ]  # fmt: skip
    assert record["figures"][0]["measure"] == "arrivals"
    assert record["sources"] == [source.key for source in entry.sources]
    assert record["citations"][0][0] in record["answer"]
    assert pickle.loads(pickle.dumps(entry)) == entry  # noqa: S301
    assert [each["id"] for each in faq().records()] == IDS
    china = faq_entry("in-china").record()["figures"]
    assert {"topic", "low", "point", "high"} <= set(china[0])
    who = faq_entry("who-arrives").record()["figures"]
    (ages,) = [each for each in who if each.get("dimension") == "age"]
    assert (ages["period"], ages["total"], ages["missing"]) == ("../2024-09", 34134, 125)
    assert str(entry) == f"{entry.question}\n\n{entry.summary}\n\n{entry.answer}"
