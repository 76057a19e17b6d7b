"""Write the arrivals in South Korea as a file with one row a year, which the site offers."""

from __future__ import annotations

import csv
from pathlib import Path

from defector_stats import series

NAME = "arrivals-by-year.csv"
COLUMNS = ("year", "total", "men", "women")
ABOUT = ("status", "released", "publisher", "url")


def write(path: str | Path) -> None:
    """Write each year with a source that has an address, if any has."""
    with Path(path).open("w", encoding="utf-8", newline="") as file:
        table = csv.writer(file, lineterminator="\n")
        table.writerow(COLUMNS + ABOUT)
        for figure in series():
            sources = figure.sources
            cited = next((one for one in sources if one.url), sources[0])
            row = (figure.period, figure, figure.male, figure.female)
            about = (figure.status, figure.released)
            table.writerow(row + about + (cited.publisher, cited.url))


if __name__ == "__main__":
    write(NAME)
