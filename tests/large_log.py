"""An invented log of many rows: that of the benchmark, made as uneven as real logs are."""

import calendar
import datetime as dt
import random

from benchmark import catalogues

from defector_stats import Catalogue

# The ends of a February with and without a leap day, of other months and of years, and the days before.
DAYS = ("1901-12-30", "1901-12-31", "1902-02-28", "1903-04-29", "1904-02-28", "1904-02-29")
AREAS = ("KOR", "USA")


def releases(period, chance):
    """Return five dates after a day: days, months and years, several of which may end together."""
    texts = {}
    while len(texts) < 5:
        later = dt.date.fromisoformat(period) + dt.timedelta(days=chance.randrange(1, 1_600))
        end = str(later.replace(day=calendar.monthrange(later.year, later.month)[1]))
        year, month = end[:4], end[:7]
        texts[chance.choice((str(later), end, month, year, f"{year}-12", f"{year}-12-31"))] = None
    return list(texts)


def write(folder, size):
    """Write the log of the benchmark with two areas, dates of any precision, equal totals, sexes and quoted notes."""
    chance = random.Random(22)  # noqa: S311
    tables = catalogues.many_days(size)
    rows = tables["arrivals"]
    for first in range(0, size, 5):
        place = first // 5
        period = rows[first - place % 2 * 5]["period"]
        for row, released in zip(rows[first : first + 5], releases(period, chance), strict=True):
            value, male = chance.choice((10, 10, 11)), chance.choice((None, 4, 5))
            row |= {"area": AREAS[place % 2], "period": period, "value": value, "released": released}
            if male is not None:
                row |= {"male": male, "female": value - male}
    # They come late in the file, where a program that guesses from the first rows has stopped looking.
    for row in rows[size * 9 // 10 :: 100]:
        row["note"] = 'Called "final", and changed.'
    tables["measures"] = [catalogues.MEASURE | {"areas": " ".join(AREAS)}]
    tables["areas"] = [area for code in AREAS for area in catalogues.bundled("areas", code=code)]
    catalogues.write(folder, tables)
    return folder


def answers(catalogue: Catalogue, day):
    """Return what the library answers for each area and period on a day; none of the figures is calculated."""
    found = catalogue.observations("arrivals", as_of=day)
    assert not any(figure.formula for figure in found)
    return {(figure.area, str(figure.period)): (int(figure), figure.male, figure.female) for figure in found}
