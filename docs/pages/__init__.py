"""The parts of the pages that are written anew at each build, from what the library gives."""

from __future__ import annotations

import json
import shutil
import tempfile
from typing import TYPE_CHECKING

from defector_stats import export, glossary, measures, series

from . import charts, claims, downloads, figures, landing, measured, questions, reference, years
from .markdown import table

if TYPE_CHECKING:
    from typing import Any


def write() -> None:
    """Write every part into its folder."""
    shutil.rmtree(charts.GENERATED, ignore_errors=True)
    charts.GENERATED.mkdir()
    as_of = series(start=2005, end=2011, as_of="2012-01-31")
    parts = {
        "questions": questions.questions(),
        "claims-overview": claims.overview(),
        "claims": claims.reasons(),
        "words": glossary().markdown(),
        "measures": "\n".join(map(reference.definition, measures())),
        "sources": reference.bibliography(),
        "origins": reference.origins(),
        "dictionary": reference.dictionary(),
        "commands": reference.commands(),
        "files": downloads.files(),
        "figures": figures.figures(),
        "years": years.years(),
        **{name: table(*rows) for name, rows in (measured.costs() | measured.mutants()).items()},
        "band": landing.band(),
        "index": landing.chart(),
        "as-of": charts.picture("as-of", series(start=2005, end=2011), as_of),
        **{name: charts.picture(name, thing) for name, thing in charts.PICTURES.items()},
    }
    for name, text in parts.items():
        (charts.GENERATED / f"{name}.md").write_text(text, encoding="utf-8")


def described() -> dict[str, Any]:
    """Return the figures as a schema.org Dataset."""
    with tempfile.TemporaryDirectory() as folder:
        return json.loads(export("all", f"{folder}/all.jsonld", format="jsonld").read_text(encoding="utf-8"))
