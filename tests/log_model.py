"""A second model of the log, written from the design and slow on purpose; it shares no code with the library.

Rows are dictionaries as `Catalogue.extended` takes them: texts for periods and days, whole numbers or ``None``.
"""

import calendar
import csv
import datetime as dt
import itertools
import re

STATUSES = ["normal", "provisional", "low-reliability"]
FORMS = {
    "year": r"\d{4}",
    "half": r"\d{4}-H[12]",
    "quarter": r"\d{4}-Q[1-4]",
    "month": r"\d{4}-\d{2}",
    "fiscal-year": r"FY\d{4}",
    "running-total": r"\.\./[-\d]+",
}
LAST_MONTHS = {"H1": 6, "H2": 12, "Q1": 3, "Q2": 6, "Q3": 9, "Q4": 12}


def last_day(text):
    """The real last day of an ISO year, month or day."""
    year, month, day = [*map(int, text.split("-")), None, None][:3]
    month = month or 12
    return dt.date(year, month, day or calendar.monthrange(year, month)[1])


def end_of(period):
    """The last day of a period; a fiscal year ends with September."""
    last = period.split("/")[-1]
    if last.startswith("FY"):
        return last_day(f"{last[2:]}-09")
    month = LAST_MONTHS.get(last[5:])
    return last_day(f"{last[:5]}{month:02}" if month else last)


def frequency_of(period):
    """The form of a period; ``None`` for other spans."""
    return next((name for name, form in FORMS.items() if re.fullmatch(form, period)), None)


def read_rows(path):
    """The rows of a log as the model takes them."""
    with path.open(encoding="utf-8", newline="") as file:
        return [
            row
            | {column: int(row[column]) if row[column] else None for column in ("value", "male", "female")}
            | {"sources": row["sources"].split()}
            for row in csv.DictReader(file)
        ]


class Answer:
    """What the model says of a period on a day."""

    def __init__(self, value, split, status, released, split_released, sources, formula=None, inputs=()):
        self.value, self.split, self.status = value, split, status
        self.released, self.split_released = released, split_released
        self.sources, self.formula, self.inputs = set(sources), formula, list(inputs)
        # A published total whose sexes alone are worked out gets a formula later on.
        self.derived = formula is not None


class Model:
    """The rows of one measure, all of them."""

    def __init__(self, rows, areas):
        self.areas, self.rows = areas, {}
        for row in rows:
            self.rows.setdefault((row["area"], row["period"]), []).append((last_day(row["released"]), row))

    def periods(self):
        """What was published, and what may be worked out from it; in the order of their ends."""
        published = {period for _, period in self.rows}
        years = {year for period in published for year in re.findall(r"\d{4}", period)}
        parts = {f"{year}-{part}" for year in years for part in LAST_MONTHS} | {f"../{year}" for year in years}
        return sorted(published | parts, key=lambda period: (end_of(period), period))

    def days(self):
        """The last days of all dates of release."""
        return sorted({known for rows in self.rows.values() for known, _ in rows})

    def steps(self, area, period, day=None):
        """Lists of rows: the same total and no contradicting split, one after the other."""
        mine = sorted(self.rows.get((area, period), []), key=lambda pair: (pair[0], pair[1]["released"]))
        steps = []
        for known, row in mine:
            if day is not None and known > day:
                continue
            same = False
            if steps:
                splits = {split(each) for each in [*steps[-1], row]} - {None}
                same = steps[-1][0]["value"] == row["value"] and len(splits) <= 1
            if same:
                steps[-1].append(row)
            else:
                steps.append([row])
        return steps

    def published(self, area, period, day=None):
        """The last step, with what its run of equal totals says of the first release."""
        steps = self.steps(area, period, day)
        if not steps:
            return None
        *_, run = (list(run) for _, run in itertools.groupby(steps, key=lambda step: step[0]["value"]))
        last = run[-1]
        with_split = [row for row in last if split(row)]
        return Answer(
            last[0]["value"],
            split(with_split[0]) if with_split else None,
            last[-1]["status"],
            run[0][0]["released"],
            with_split[0]["released"] if with_split else None,
            {key for step in run for row in step for key in row["sources"]},
        )

    def ways(self, area, period):
        """The closed list: signed areas and periods, in its order."""
        if area == "WLD":
            return None
        year = period[:4]
        half = re.fullmatch(r"(\d{4})-H([12])", period)
        quarter = re.fullmatch(r"(\d{4})-Q([1-4])", period)
        nine = f"{year}-01/{year}-09"
        ways = []
        if half:
            mine = ["Q1", "Q2"] if half[2] == "1" else ["Q3", "Q4"]
            ways = [f"+{year}-{mine[0]} +{year}-{mine[1]}", f"+{year} -{year}-H{3 - int(half[2])}"]
        elif quarter:
            other = {"1": "2", "2": "1", "3": "4", "4": "3"}[quarter[2]]
            ways = [f"+{year}-H{1 if quarter[2] in '12' else 2} -{year}-Q{other}"]
            ways += {"3": [f"+{nine} -{year}-H1"], "4": [f"+{year} -{nine}"]}.get(quarter[2], [])
        elif period.startswith("../"):
            ways = self.totals(period)
        return [[(-1 if term[0] == "-" else 1, area, term[1:]) for term in way.split()] for way in ways]

    def totals(self, period):
        def since_1998(year):
            years = " ".join(f"+{each}" for each in range(2002, year + 1))
            return [f"+../1998 +1999/2001 {years}".strip()] if year >= 2001 else []

        year, *month = period[3:].split("-")
        if not month:
            return since_1998(int(year))
        before = [f"+../{int(year) - 1}", *since_1998(int(year) - 1)]
        since = {
            "03": [f"+{year}-Q1"],
            "06": [f"+{year}-H1", f"+{year}-Q1 +{year}-Q2"],
            "09": [f"+{year}-01/{year}-09", f"+{year}-Q1 +{year}-Q2 +{year}-Q3"],
        }.get(month[0], [])
        return [f"{base} {more}" for base in before for more in since if len(month) == 1]

    def derived(self, area, period, day=None):
        """What can be worked out: the one known latest first, else in the order of the list."""
        ways = self.ways(area, period)
        if ways is None:
            ways = [[(1, place, period) for place in self.areas if self.steps(place, period, day)]]
        found = []
        for way in ways:
            inputs = [self.published(place, text, day) for _, place, text in way]
            if not way or None in inputs:
                continue
            signs = [sign for sign, _, _ in way]
            value = sum(sign * each.value for sign, each in zip(signs, inputs, strict=True))
            if value < 0:
                continue
            sexes = None
            if all(each.split for each in inputs):
                sexes = tuple(sum(s * each.split[sex] for s, each in zip(signs, inputs, strict=True)) for sex in (0, 1))
                sexes = sexes if min(sexes) >= 0 else None
            steps = [self.steps(place, text, day) for _, place, text in way]
            mixed = any(
                len(one) > 1 and last_day(one[-1][0]["released"]) > last_day(other[-1][-1]["released"])
                for one in steps
                for other in steps
            )
            status = "low-reliability" if mixed else max((each.status for each in inputs), key=STATUSES.index)
            answer = Answer(
                value,
                sexes,
                status,
                max((each.released for each in inputs), key=last_day),
                max((each.split_released for each in inputs), key=last_day) if sexes else None,
                {key for each in inputs for key in each.sources},
                formula=[(sign, place, text) for sign, place, text in way],
                inputs=[each.value for each in inputs],
            )
            known = max(last_day(step[-1][0]["released"]) for step in steps)
            found.append((known, answer))
        # Sorting keeps the order of what is known on the same day.
        return sorted(found, key=lambda pair: pair[0], reverse=True)

    def series(self, area, frequency, day=None):
        """The answers of one frequency; of running totals, those that end a year or were published."""
        for period in self.periods():
            within_a_year = frequency == "running-total" and "-" in period
            if frequency_of(period) == frequency and not (within_a_year and not self.steps(area, period, day)):
                answer = self.answer(area, period, day)
                if answer is not None:
                    yield period, answer

    def answer(self, area, period, day=None):
        """The published or the derived value, whichever became known later; ties go to the published."""
        printed = self.published(area, period, day)
        ends_within_a_year = period.startswith("../") and "-" in period
        ways = [] if printed and ends_within_a_year else self.derived(area, period, day)
        if printed is None:
            return ways[0][1] if ways else None
        if ways:
            known, best = ways[0]
            contradicts = best.value != printed.value or (
                best.split is not None and printed.split is not None and best.split != printed.split
            )
            began = last_day(self.steps(area, period, day)[-1][0]["released"])
            if best.value != printed.value:  # a new split of an input makes no new total
                known, began = last_day(best.released), last_day(printed.released)
            if contradicts and known > began:
                return best
        if printed.split is None:
            for _, way in ways:
                if way.value == printed.value and way.split is not None:
                    printed.split, printed.split_released = way.split, way.split_released
                    printed.sources |= way.sources
                    printed.formula, printed.inputs = way.formula, way.inputs
                    break
        return printed


def split(row):
    return None if row.get("male") is None else (row["male"], row["female"])
