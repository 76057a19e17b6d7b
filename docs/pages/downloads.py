"""What the site offers beside its pages."""

from __future__ import annotations

import re
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

from defector_stats import cite, data_path, export

from . import by_year
from .charts import GENERATED
from .markdown import folded

if TYPE_CHECKING:
    from defector_stats import Chart

    from .charts import Drawable

DOWNLOADS = GENERATED / "site" / "downloads"
FIGURES = DOWNLOADS / "figures"

# What reference managers read, by the ending of the file.
_STYLES = {"bib": ("BibTeX", "bibtex"), "ris": ("RIS", "ris"), "json": ("CSL-JSON", "csl-json")}


def files() -> str:
    """Put the files of the data and an archive of them in place, and list them as their README does."""
    folder = Path(shutil.copytree(data_path(), DOWNLOADS / "data"))
    shutil.make_archive(str(DOWNLOADS / "defector-stats-data"), "zip", folder)
    by_year.write(DOWNLOADS / by_year.NAME)
    _, _, files = (folder / "README.md").read_text(encoding="utf-8").partition("## The files\n")
    table = files.partition("\n## ")[0]
    return re.sub(r"^\| `(.+?)`", r'| <a href="../downloads/data/\1">`\1`</a>', table, flags=re.MULTILINE).lstrip()


def figure(name: str, thing: Drawable, chart: Chart) -> str:
    """Put the files of a figure in place, and return the links to them and how to cite it.

    Args:
        name: The name of the files, without their endings.
        thing: The figure.
        chart: Its chart.
    """
    FIGURES.mkdir(parents=True, exist_ok=True)
    export(thing, FIGURES / f"{name}.csv")
    for ending in ("svg", "png"):
        chart.save(FIGURES / f"{name}.{ending}")
    for ending, (_, style) in _STYLES.items():
        (FIGURES / f"{name}.{ending}").write_text(cite(thing, style), encoding="utf-8")
    links = [_link(name, ending, ending.upper()) for ending in ("csv", "svg", "png")]
    return f"Download: {' · '.join(links)}\n\n{citation(thing, name)}"


def citation(thing: object, name: str = "") -> str:
    """Return how to cite something, folded away, with links to the files of its references if they have a name."""
    links = [_link(name, ending, title) for ending, (title, _) in _STYLES.items() if name]
    manager = f"For a reference manager: {' · '.join(links)}\n\n" if links else ""
    return folded("Cite", f"```text\n{cite(thing)}\n```\n\n```bibtex\n{cite(thing, 'bibtex')}\n```\n\n{manager}")


def _link(name: str, ending: str, title: str) -> str:
    # The pages of figures are two folders below the root.
    return f'<a href="../../downloads/figures/{name}.{ending}">{title}</a>'
