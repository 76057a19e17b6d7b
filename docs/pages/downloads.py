"""What the site offers beside its pages."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

from defector_stats import data_path

from . import by_year
from .charts import GENERATED

DOWNLOADS = GENERATED / "site" / "downloads"


def files() -> str:
    """Put the files of the data and an archive of them in place, and list them as their README does."""
    folder = Path(shutil.copytree(data_path(), DOWNLOADS / "data"))
    shutil.make_archive(str(DOWNLOADS / "defector-stats-data"), "zip", folder)
    by_year.write(DOWNLOADS / by_year.NAME)
    _, _, files = (folder / "README.md").read_text(encoding="utf-8").partition("## The files\n")
    table = files.partition("\n## ")[0]
    return re.sub(r"^\| `(.+?)`", r'| <a href="../downloads/data/\1">`\1`</a>', table, flags=re.MULTILINE).lstrip()
