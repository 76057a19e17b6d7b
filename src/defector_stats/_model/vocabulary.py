"""Every fixed list of words; a test compares those of the data with `datapackage.json`."""

from __future__ import annotations

from typing import Literal, get_args

Status = Literal["normal", "provisional", "low-reliability"]
# From the strongest to the weakest.
STATUSES: tuple[Status, ...] = get_args(Status)

Frequency = Literal["year", "half", "quarter", "month", "day", "fiscal-year", "running-total", "span"]
# Periods of these frequencies form a series; a day or a span has no neighbour.
REGULAR = ("year", "half", "quarter", "month", "fiscal-year", "running-total")

MEASURE_KINDS = ("flow", "stock")
Sex = Literal["total", "male", "female"]
SEXES: tuple[Sex, ...] = get_args(Sex)

SOURCE_KINDS = ("official", "news", "ngo", "academic", "encyclopedia")
# The basis of a date of publication.
PUBLISHED_BASES = ("stated", "from-text", "inferred", "copy-seen")
# The reasons for a gap that the data may state; the others are found when a value is asked for.
STATED_REASONS = ("not-published", "not-collected", "suppressed", "not-found")

# The dimensions of the tables of people; the last counts residents, the others count arrivals.
Dimension = Literal["age", "occupation", "province", "education", "residence"]
DIMENSIONS: tuple[Dimension, ...] = get_args(Dimension)
RESIDENCE = "residence"

# Topics of estimates, each with its title.
Topic = Literal["in-china", "children-in-china", "detained-in-china", "forced-returns", "departures"]
TOPICS: dict[str, str] = {
    "in-china": "North Koreans living in China",
    "children-in-china": "Children of North Korean women in China",
    "detained-in-china": "North Koreans detained in China",
    "forced-returns": "Forced returns to North Korea",
    "departures": "Departures from North Korea",
}

# Topics of indicators, each with its title.
IndicatorTopic = Literal[
    "work", "income", "benefits", "settlement-money", "school", "satisfaction", "discrimination", "deaths",
    "language", "housing", "protection", "remittances", "returns", "journey-time", "journey", "direct", "motives",
    "life-in-the-north", "in-china", "women", "arrivals", "words",
]  # fmt: skip
INDICATOR_TOPICS: dict[str, str] = {
    "work": "Work",
    "income": "Income",
    "benefits": "State benefits",
    "settlement-money": "Settlement money",
    "school": "School and university",
    "satisfaction": "Satisfaction with life in South Korea",
    "discrimination": "Discrimination",
    "deaths": "Deaths",
    "language": "Language",
    "housing": "Housing",
    "protection": "Protection",
    "remittances": "Money sent home",
    "returns": "Returns to North Korea",
    "journey-time": "Time between leaving and arriving",
    "journey": "The journey",
    "direct": "Straight across the border",
    "motives": "Reasons for leaving",
    "life-in-the-north": "Life in North Korea",
    "in-china": "People in China",
    "women": "Women",
    "arrivals": "Who arrives",
    "words": "Preferred words",
}
# What a source says of a number that it does not state exactly.
QUALIFIERS = ("about", "nearly", "less than", "more than")

Style = Literal["text", "markdown", "bibtex", "ris", "csl-json"]
STYLES: tuple[Style, ...] = get_args(Style)
Format = Literal["csv", "json", "sdmx-csv", "sdmx-structure", "datapackage", "jsonld"]
FORMATS: tuple[Format, ...] = get_args(Format)
# The second adds a byte-order mark, by which Excel recognises UTF-8.
Encoding = Literal["utf-8", "utf-8-sig"]
ENCODINGS: tuple[Encoding, ...] = get_args(Encoding)

Direction = Literal["up", "down", "unchanged"]
MatchKind = Literal[
    "current", "superseded", "alternative", "longer-period", "running-total", "part", "other-sex", "table-total",
    "misprint", "other-period",
]  # fmt: skip
VerificationVerdict = Literal["current", "superseded", "alternative", "misread", "misprint", "unknown"]

Verdict = Literal["supported", "contradicted", "needs-nuance"]
VERDICTS: tuple[Verdict, ...] = get_args(Verdict)
# What readers see in place of the code.
VERDICT_NAMES: dict[Verdict, str] = {
    "supported": "supported",
    "contradicted": "contradicted",
    "needs-nuance": "partly true",
}
# The checks of claims about numbers, with the verdicts that each may come to.
CHECKS: dict[str, tuple[Verdict, ...]] = {
    "increasing": ("supported", "contradicted"),
    "every-year": ("supported", "needs-nuance", "contradicted"),
    "exact": ("supported", "needs-nuance", "contradicted"),
    "about": ("needs-nuance", "contradicted"),
    "at-least": ("supported", "needs-nuance"),
    "estimated": ("needs-nuance", "contradicted"),
    "down": ("supported", "contradicted"),
    "latest": ("supported", "needs-nuance"),
}
# The columns of a claim that its check reads.
READ = {
    "every-year": ("value",),
    "exact": ("value", "period"),
    "about": ("value", "period"),
    "at-least": ("value", "period"),
    "estimated": ("value",),
    "down": ("period",),
    "latest": ("published", "period"),
}
# The placeholders of the explanations of a check, besides those of `placeholders.csv`.
PROVIDED = {
    "increasing": ("peak_value", "peak_year", "decline_years", "first_year", "last_year"),
    "every-year": ("peak_value", "peak_year", "years", "claimed", "reached"),
    "exact": ("found",),
    "about": ("figure", "when", "claimed", "reached"),
    "at-least": ("figure", "when", "claimed", "reached"),
    "estimated": ("claimed", "reached"),
}

# The fields that a placeholder may have: those of an observation, or of a table of people.
OBSERVATION_FIELDS = ("value", "male", "female", "female_share", "change", "period")
TABLE_FIELDS = ("value", "male", "female", "share", "period")
# The words that a placeholder may have instead of a period.
PERIOD_WORDS = ("latest", "peak", "../latest", "total")
# The part of an answer with its limits.
LIMIT = "limit"
