"""Sphinx configuration."""

import json
import re
import sys
from importlib.metadata import version as _version
from pathlib import Path
from typing import Any

from defector_stats import claims, faq, glossary

sys.path.insert(0, str(Path(__file__).parent))
import pages

project = "defector-stats"
author = "The defector-stats developers"
copyright = "2026, The defector-stats developers"
release = version = _version("defector-stats")

extensions = ["myst_parser", "sphinx.ext.autodoc", "sphinx.ext.napoleon", "sphinx_copybutton"]
html_theme = "furo"
pygments_dark_style = "a11y-high-contrast-dark"
html_title = "defector-stats"
html_copy_source = False
html_favicon = "_static/favicon.svg"
html_static_path = ["_static"]
html_css_files = ["site.css"]
html_js_files = [("site.js", {"defer": "defer"})]
templates_path = ["_templates"]
language = "en_GB"

myst_enable_extensions = ["colon_fence"]
autodoc_member_order = "bysource"
autodoc_typehints = "signature"
autodoc_default_options = {"members": True}
add_module_names = False
default_role = "any"
napoleon_google_docstring = True
napoleon_use_ivar = True
# Copied examples run: prompts and results stay behind.
copybutton_exclude = ".linenos, .gp, .go"

# Builds need no network, so names of the standard library have nothing to point to.
_NAMES = (
    r"int|date|(pathlib\.)?Path|(.*\.)?Knowledge|Figure|T|Self|Any|NoReturn|(Pandas|Polars)Frame|ArrowTable|"
    r"defector_stats\._model\.sequences\.T|(Measure|Frequency|Dimension|Sex|Style|Format|Topic)Name|FaqTopic|"
    "Status|Frequency|Direction|MatchKind|Verdict|VerificationVerdict"
)
nitpick_ignore_regex = [("py:class", rf"(datetime|dt|os|fractions|collections|matplotlib)\..*|{_NAMES}")]

exclude_patterns = ["_build", "_generated"]

# The schema.org descriptions that go into the heads of pages.
_DESCRIBED: dict[str, Any] = {
    "answers/questions": faq().jsonld(),
    "answers/article": claims().jsonld(),
    "answers/words": glossary().jsonld(),
    "reference/dictionary": pages.described(),
}


def _write(_app: object) -> None:
    pages.write()


def _describe(_app: object, page: str, _template: str, context: dict[str, Any], _tree: object) -> None:
    """Put the JSON-LD of a page into its head."""
    if page in _DESCRIBED:
        text = json.dumps(_DESCRIBED[page], ensure_ascii=False).replace("</", "<\\/")
        context["metatags"] += f'<script type="application/ld+json">{text}</script>'


def _at_the_door(*event: Any) -> tuple[str | None, str | None]:
    """Name types as users import them; our modules reach some of them through the package."""
    *_, signature, returned = event
    short = [text and re.sub(r"\b(ds|hints)\.", "", text) for text in (signature, returned)]
    return short[0], short[1]


def setup(app: Any) -> None:
    """Connect the three to the build."""
    app.connect("autodoc-process-signature", _at_the_door)
    app.connect("builder-inited", _write)
    app.connect("html-page-context", _describe)
