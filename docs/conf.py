"""Sphinx configuration."""

from importlib.metadata import version as _version

project = "defector-stats"
author = "The defector-stats developers"
copyright = "2026, The defector-stats developers"
release = version = _version("defector-stats")

extensions = ["myst_parser", "sphinx.ext.autodoc", "sphinx.ext.napoleon"]
html_theme = "furo"
html_title = "defector-stats"
html_copy_source = False

myst_enable_extensions = ["colon_fence"]
autodoc_member_order = "bysource"
autodoc_typehints = "none"
autodoc_default_options = {"members": True}
add_module_names = False
default_role = "any"
napoleon_google_docstring = True
napoleon_use_ivar = True

# Builds need no network, so names of the standard library have nothing to point to.
nitpick_ignore_regex = [("py:class", r"(datetime|dt|fractions|collections)\..*|int|Fraction|Status|Frequency|Direction|Kind|Verdict|NoReturn")]

exclude_patterns = ["_build"]
