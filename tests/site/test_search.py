"""What a reader finds who searches the site for a number, a year or a word."""

from urllib.parse import quote_plus

import pytest

FINISHED = "() => document.querySelector('.search-summary')?.innerText"


@pytest.fixture
def search(visit):
    """Search as the box of the site does, and return the page with its results, the best first."""

    def find(words):
        page = visit(f"search.html?q={quote_plus(words)}")
        page.wait_for_function(FINISHED)
        return page

    return find


def addresses(page):
    """Return the pages found, each once; a page may be there for its sections too."""
    links = page.locator("#search-results li > a").all()
    return list(dict.fromkeys(link.get_attribute("href").partition("#")[0] for link in links))


# Of the first three pages found, one must be this.
@pytest.mark.parametrize(
    ("words", "page"),
    [
        ("2020", "answers/years/2020.html"),
        ("2020", "answers/questions/why-2020.html"),
        ("2009", "answers/years/2009.html"),
        ("229", "answers/article.html"),
        ("women", "answers/questions/why-women.html"),
        ("how many", "answers/questions/how-many.html"),
        ("china", "answers/questions/in-china.html"),
        ("what happens to those who are caught", "answers/questions/if-caught.html"),
        ("brokers", "answers/questions/how-escape.html"),
        ("download", "how-to/without-python.html"),
        ("excel", "how-to/without-python.html"),
        ("2009 revision", "explanation/changes.html"),
        ("sources", "reference/bibliography.html"),
    ],
)
def test_search_finds(search, words, page):
    found = search(words)

    assert found.faults == []
    assert page in addresses(found)[:3]


def test_search_women_finds_question_first(search):
    assert addresses(search("women"))[0] == "answers/questions/why-women.html"


@pytest.mark.parametrize("written", ["2,914", "2914"])
def test_search_finds_thousands_with_and_without_comma(search, written):
    page = search(written)
    extracts = page.locator("#search-results p.context").all_inner_texts()

    assert "answers/questions/how-many.html" in addresses(page)
    assert any("2,914" in extract for extract in extracts)


def test_search_finds_word_of_question_that_answer_lacks(search, site):
    """The keywords of an entry lead to its page."""
    text = (site / "answers" / "questions" / "cost.html").read_text(encoding="utf-8")

    assert "answers/questions/cost.html" in addresses(search("expensive"))
    assert "expensive" not in text.partition("</head>")[2]


def test_search_finds_every_word_or_nothing(search):
    assert addresses(search("zzzz")) == []
    assert addresses(search("women zzzz")) == []


def test_search_counts_results(search):
    page = search("women")

    assert page.inner_text(".search-summary").startswith("Search finished, found ")
