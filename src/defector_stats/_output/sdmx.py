"""Rows and gaps as observations in SDMX-CSV 2.0, with the cross-domain code lists of SDMX."""

from __future__ import annotations

from defector_stats._model.period import Period

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from typing import Any

    from defector_stats._output.dataset import Dataset

COLUMNS = (
    "STRUCTURE", "STRUCTURE_ID", "ACTION", "FREQ", "REF_AREA", "MEASURE", "CATEGORY", "ORGANISATION", "SEX",
    "TIME_PERIOD", "OBS_VALUE", "OBS_STATUS", "LOWER_BOUND", "UPPER_BOUND", "UNIT_MEASURE", "RELEASED", "SOURCE",
    "METHOD", "COMMENT_OBS", "ATTRIBUTION",
)  # fmt: skip

_STRUCTURE = {"STRUCTURE": "dataflow", "STRUCTURE_ID": "DEFECTOR_STATS:FIGURES(1.0.0)", "ACTION": "I"}
# CL_OBS_STATUS; a missing value is O if no code says why.
_STATUSES = {"normal": "A", "provisional": "P", "low-reliability": "U"}
_MISSING = {"not-collected": "L", "suppressed": "Q"}
# CL_FREQ; _O is any other span.
_FREQUENCIES = {"year": "A", "fiscal-year": "A", "half": "S", "quarter": "Q", "month": "M", "day": "D", "span": "_O"}
# CL_SEX, by our columns.
_SEXES = {"value": "_T", "male": "M", "female": "F"}
_PERSONS = "PS"
_NOT_APPLICABLE = "_Z"
_TOTAL = "_T"
_ARRIVALS, _RESIDENTS = "ARRIVALS", "RESIDENTS"


def observations(dataset: Dataset) -> list[dict[str, Any]]:
    """Return the rows and the gaps of a dataset as SDMX observations, each a dictionary with `COLUMNS`.

    One row of a dataset is up to three observations: all people, men and boys, women and girls.
    A running total has a measure of its own, and the end of its span as the time period.
    """
    cells = [
        {**_STRUCTURE, **values, "SOURCE": dataset.citations(row["sources"]), "ATTRIBUTION": dataset.credit(row)}
        for row in dataset.rows
        for values in (_convert_estimate(row) if "topic" in row else _convert_figure(row))
    ]
    cells += [{**_STRUCTURE, **_convert_gap(gap), "ATTRIBUTION": dataset.credit(gap)} for gap in dataset.gaps]
    return [{column: values.get(column) for column in COLUMNS} for values in cells]


def _convert_figure(row: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """Return the observations of a figure, or of a category of a breakdown."""
    if "dimension" in row:
        # Tables of arrivals count all who came until a day, and so have no first day.
        of = _ARRIVALS if row["start_date"] is None else _RESIDENTS
        # A code is found in other lists too; a row of two regions has no single one.
        category = row["category"] if " " in (row["code"] or " ") else row["code"]
        key = _make_key(f"{of}_BY_{row['dimension']}", row["period"]) | {"REF_AREA": "KOR", "CATEGORY": category}
    else:
        key = _make_key(row["measure"], row["period"]) | {"REF_AREA": row["area"], "CATEGORY": _TOTAL}
    for column, sex in _SEXES.items():
        if row[column] is not None:
            yield {
                **key,
                "ORGANISATION": _NOT_APPLICABLE,
                "SEX": sex,
                "OBS_VALUE": row[column],
                "UNIT_MEASURE": _PERSONS,
                **_convert_publication(row),
                "METHOD": row.get("formula"),
            }


def _convert_estimate(row: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """Return the one observation of an estimate: its best guess, if any, between its bounds."""
    yield {
        **_make_key(row["topic"], row["reference"]),
        "REF_AREA": _NOT_APPLICABLE,
        "CATEGORY": _TOTAL,
        "ORGANISATION": row["organisation"],
        "SEX": _TOTAL,
        "OBS_VALUE": row["point"],
        "LOWER_BOUND": row["low"],
        "UPPER_BOUND": row["high"],
        "UNIT_MEASURE": row["unit"],
        **_convert_publication(row),
        # It says that this is an estimate, and takes the place of how reliable the estimate is.
        "OBS_STATUS": "E",
        "METHOD": row["method"],
    }


def _convert_gap(gap: Mapping[str, Any]) -> dict[str, Any]:
    """Return the observation of a period without a value, with the reason."""
    return {
        **_make_key(gap["measure"], gap["period"]),
        "REF_AREA": gap["area"],
        "CATEGORY": _TOTAL,
        "ORGANISATION": _NOT_APPLICABLE,
        "SEX": _TOTAL,
        "OBS_STATUS": _MISSING.get(gap["reason"], "O"),
        "UNIT_MEASURE": _PERSONS,
        "COMMENT_OBS": f"{gap['reason']}. {gap['note']}".strip(),
    }


def _convert_publication(row: Mapping[str, Any]) -> dict[str, Any]:
    """Return the status, the day of release and the note of a row."""
    return {
        "OBS_STATUS": _STATUSES[row["status"]],
        "RELEASED": row["released"],
        "COMMENT_OBS": row["note"],
    }


def _make_key(measure: str, period: str) -> dict[str, str]:
    """Return the measure, the frequency and the time period of an observation."""
    span = Period.parse(period)
    code = measure.upper().replace("-", "_")
    # SDMX has no open spans, so a running total is written by its end.
    if span.first is None:
        end = Period.parse(period.removeprefix("../"))
        return {"MEASURE": f"{code}_CUMULATIVE", "FREQ": _FREQUENCIES[end.frequency], "TIME_PERIOD": str(end)}
    return {"MEASURE": code, "FREQ": _FREQUENCIES[span.frequency], "TIME_PERIOD": time_period(span)}


def time_period(period: Period) -> str:
    """Return a closed period as SDMX writes it.

    Examples:
        >>> [time_period(Period.parse(text)) for text in ("2020", "2020-H1", "2020-Q2", "2020-07", "2023-10-09")]
        ['2020', '2020-S1', '2020-Q2', '2020-07', '2023-10-09']
        >>> [time_period(Period.parse(text)) for text in ("FY2010", "1999/2001", "2011-01/2011-04")]
        ['2009-10-01/P1Y', '1999-01-01/P3Y', '2011-01-01/P4M']
    """
    if period.frequency == "half":
        return str(period).replace("H", "S")
    if period.frequency not in {"fiscal-year", "span"}:
        return str(period)
    from dateutil.relativedelta import relativedelta

    # SDMX writes any other span as its first day and its length.
    length = relativedelta(period.end + relativedelta(days=1), period.start)
    parts = {"Y": length.years, "M": length.months, "D": length.days}
    return f"{period.first}/P{''.join(f'{count}{letter}' for letter, count in parts.items() if count)}"
