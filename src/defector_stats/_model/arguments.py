"""Types of arguments; editors suggest the known names, and any text is accepted."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Literal, SupportsIndex, TypeAlias

from defector_stats._model.period import Period
from defector_stats._model.vocabulary import (
    Dimension,
    Encoding,
    Format,
    Frequency,
    IndicatorTopic,
    Sex,
    Status,
    Style,
    Topic,
)

__all__ = [
    "DateLike", "DimensionName", "EncodingName", "FaqTopic", "FormatName", "Frequency", "FrequencyName",
    "IndicatorName", "MeasureName", "Path", "PeriodLike", "SexName", "Status", "StyleName", "TopicName", "date",
]  # fmt: skip

# What `Period.parse` and `as_of` accept.
PeriodLike: TypeAlias = Period | SupportsIndex | str
DateLike: TypeAlias = date | SupportsIndex | str

# Another catalogue may have more measures, and other topics of questions.
MeasureName: TypeAlias = (
    Literal[
        "arrivals",
        "refugees",
        "asylum-seekers",
        "asylum-applications",
        "us-refugee-admissions",
        "uk-asylum-applications",
        "uk-asylum-applicants",
        "thailand-arrests",
        "re-entries",
    ]
    | str
)
FaqTopic: TypeAlias = (
    Literal[
        "numbers",
        "method",
        "reasons",
        "routes",
        "china",
        "dangers",
        "women",
        "life-in-the-south",
        "returns",
        "law",
        "other-countries",
        "words",
        "costs",
    ]
    | str
)
DimensionName: TypeAlias = Dimension | str
EncodingName: TypeAlias = Encoding | str
FormatName: TypeAlias = Format | str
# The letters are SDMX codes.
FrequencyName: TypeAlias = (
    Literal["year", "half", "quarter", "month", "fiscal-year", "running-total", "A", "S", "Q", "M"] | str
)
# A topic, or the id of an indicator.
IndicatorName: TypeAlias = IndicatorTopic | str
SexName: TypeAlias = Sex | str
StyleName: TypeAlias = Style | str
TopicName: TypeAlias = Topic | str
