"""Write the arrivals in South Korea as a file with one row a year, which the site offers."""

from __future__ import annotations

import csv
from pathlib import Path

from defector_stats import series

NAME = "arrivals-by-year.csv"


def write(path: str | Path) -> None:
    """Write each year with the source to cite: the first one that has an address, if any has."""
    with Path(path).open("w", encoding="utf-8", newline="") as file:
        table = csv.writer(file, lineterminator="\n")
        table.writerow(["year", "total", "men", "women", "status", "released", "publisher", "url"])
        for figure in series():
            source = next((source for source in figure.sources if source.url), figure.sources[0])
            row = [figure.period, figure, figure.male, figure.female, figure.status, figure.released]
            table.writerow([*row, source.publisher, source.url])


if __name__ == "__main__":
    write(NAME)
