"""Sphinx configuration."""

import json
import re
import sys
from pathlib import Path
from typing import Any

from sphinx.search.en import SearchEnglish

from defector_stats import Faq, __version__, claims, faq, glossary
from defector_stats._output.cite import HOME

sys.path.insert(0, str(Path(__file__).parent))
import pages

project = "defector-stats"
author = "The defector-stats developers"
copyright = "2026, The defector-stats developers"
release = version = __version__

extensions = [
    "myst_parser",
    "sphinx.ext.autodoc",
    "sphinx.ext.autosummary",
    "sphinx.ext.napoleon",
    "sphinx_copybutton",
]
html_theme = "furo"
pygments_dark_style = "a11y-high-contrast-dark"
html_title = "defector-stats"
html_theme_options = {"source_repository": HOME, "source_branch": "main", "source_directory": "docs/"} if HOME else {}
html_copy_source = False
# Made before the folder is looked for: what is offered under addresses that stay.
html_extra_path = ["_generated/site"]
html_favicon = "_static/favicon.svg"
html_static_path = ["_static"]
html_css_files = ["site.css"]
html_js_files = [("site.js", {"defer": "defer"})]
templates_path = ["_templates"]
language = "en_GB"

myst_enable_extensions = ["attrs_block", "attrs_inline", "colon_fence"]
# The sources of a page are a section of it, and stand in the order of their first use.
myst_footnote_sort = False
autodoc_member_order = "bysource"
autodoc_typehints = "signature"
python_display_short_literal_types = True
# How records of a class are shown matters to nobody who reads one.
autodoc_default_options = {"members": True, "exclude-members": "__new__, NOUNS, SHOWN", "show-inheritance": True}
add_module_names = False
default_role = "any"
napoleon_google_docstring = True
napoleon_use_ivar = True
# Copied examples run: prompts and results stay behind.
copybutton_exclude = ".linenos, .gp, .go"

# Builds need no network, so names of other libraries have nothing to point to.
_ELSEWHERE = r"(collections|datetime|fractions|matplotlib|os|pandas|pathlib|polars|pyarrow)\..*|.*\.sequences\.T"
nitpick_ignore_regex = [("py:(class|obj)", _ELSEWHERE)]

exclude_patterns = ["_build", "_generated"]

# The schema.org descriptions that go into the heads of pages.
_DESCRIBED: dict[str, Any] = {
    "answers/questions": faq().jsonld(),
    **{f"answers/questions/{entry.id}": Faq(rows=(entry,)).jsonld() for entry in faq()},
    "answers/article": claims().jsonld(),
    "answers/words": glossary().jsonld(),
    "reference/dictionary": pages.described(),
}


def _write(*_: object) -> None:
    pages.write()


def _describe(_app: object, page: str, _template: str, context: dict[str, Any], _tree: object) -> None:
    """Put the JSON-LD of a page into its head."""
    if page in _DESCRIBED:
        text = json.dumps(_DESCRIBED[page], ensure_ascii=False).replace("</", "<\\/")
        context["metatags"] += f'<script type="application/ld+json">{text}</script>'


# What users make themselves; any other record is an answer, whose fields are shown one by one.
_MADE_BY_USERS = ("defector_stats.Period", "defector_stats.Source")
# A long union has a name, the names of a closed set stand with the argument, and a mark is no Python.
_SHORTER = {
    r"~\S+\.Period \| ~typing\.SupportsIndex \| str": "PeriodLike",
    r"~datetime\.date \| ~typing\.SupportsIndex \| str": "DateLike",
    r"('[\w-]+' \| )+str\b": "str",
    "<raise NoDataError>": "...",
}


def _at_the_door(*event: Any) -> tuple[str | None, str | None]:
    """Show what a user writes: no constructor of an answer, and short names."""
    _, what, name, *_, signature, returned = event
    if what in {"class", "exception"} and name not in _MADE_BY_USERS:
        return signature and "", None
    for old, new in _SHORTER.items():
        signature, returned = (text and re.sub(old, new, text) for text in (signature, returned))
    return signature, returned


class SearchNumbers(SearchEnglish):
    """Index numbers as well as words; `_static/search.js` lets a search ask for them."""

    def split(self, input: str) -> list[str]:  # noqa: A002, the word of Sphinx
        """Return the words and numbers of a text, and thousands without a comma."""
        return super().split(re.sub(r"(?<=\d),(?=\d{3})", "", input))

    def word_filter(self, word: str) -> bool:
        """Keep every word that says something."""
        return word not in self.stopwords


def setup(app: Any) -> None:
    """Connect these to the build."""
    app.add_search_language(SearchNumbers)
    app.connect("autodoc-process-signature", _at_the_door)
    app.connect("config-inited", _write)
    app.connect("html-page-context", _describe)
