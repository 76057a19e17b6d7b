"""Convert rows and gaps to SDMX-CSV 2.0 observations, and describe them in an SDMX-ML 2.1 structure message."""

from __future__ import annotations

import re
import unicodedata
from xml.etree.ElementTree import Element, SubElement, tostring

from defector_stats._model.period import Period

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from typing import Any

    from defector_stats._output.dataset import Dataset

COLUMNS = (
    "STRUCTURE", "STRUCTURE_ID", "ACTION", "FREQ", "REF_AREA", "MEASURE", "CATEGORY", "ORGANISATION", "SEX",
    "TIME_PERIOD", "OBS_VALUE", "OBS_STATUS", "LOWER_BOUND", "UPPER_BOUND", "UNIT_MEASURE", "RELEASED", "SOURCE",
    "METHOD", "COMMENT_OBS", "ATTRIBUTION",
)  # fmt: skip

_AGENCY, _ID, _VERSION = "DEFECTOR_STATS", "FIGURES", "1.0.0"
_STRUCTURE = {"STRUCTURE": "dataflow", "STRUCTURE_ID": f"{_AGENCY}:{_ID}({_VERSION})", "ACTION": "I"}
# CL_OBS_STATUS; a missing value is O if no code says why.
_STATUSES = {"normal": "A", "provisional": "P", "low-reliability": "U"}
_MISSING = {"not-collected": "L", "suppressed": "Q"}
# CL_FREQ; _O is any other span.
_FREQUENCIES = {"year": "A", "fiscal-year": "A", "half": "S", "quarter": "Q", "month": "M", "day": "D", "span": "_O"}
# CL_SEX, by our columns.
_SEXES = {"value": "_T", "male": "M", "female": "F"}
_PERSONS = "PS"
_UNITS = {"persons": _PERSONS}
_NOT_APPLICABLE = "_Z"
_TOTAL = "_T"
_ARRIVALS, _RESIDENTS = "ARRIVALS", "RESIDENTS"
_CUMULATIVE = "_CUMULATIVE"

# What each component is called; the first ones are what an observation is about.
_CONCEPTS = {
    "FREQ": "Frequency", "REF_AREA": "Place", "MEASURE": "Measure", "CATEGORY": "Category of a table",
    "ORGANISATION": "Organisation that estimates", "SEX": "Sex", "TIME_PERIOD": "Period", "OBS_VALUE": "Value",
    "OBS_STATUS": "Status", "LOWER_BOUND": "Lower end of an estimate", "UPPER_BOUND": "Upper end of an estimate",
    "UNIT_MEASURE": "Unit", "RELEASED": "When the value was published", "SOURCE": "Sources",
    "METHOD": "How the value was calculated or estimated", "COMMENT_OBS": "Note", "ATTRIBUTION": "Attribution",
}  # fmt: skip
_TIME, _VALUE = "TIME_PERIOD", "OBS_VALUE"
_DIMENSIONS = ("FREQ", "REF_AREA", "MEASURE", "CATEGORY", "ORGANISATION", "SEX")
# Each has a list of codes, with the names that SDMX gives to some of them.
_LISTS: dict[str, dict[str, str]] = {
    "FREQ": {
        "A": "Annual", "S": "Half-yearly", "Q": "Quarterly", "M": "Monthly", "D": "Daily", "_O": "Other",
    },
    "REF_AREA": {_NOT_APPLICABLE: "Not applicable"},
    "MEASURE": {},
    "CATEGORY": {_TOTAL: "Total"},
    "ORGANISATION": {_NOT_APPLICABLE: "Not applicable"},
    "SEX": {_TOTAL: "Total", "M": "Male", "F": "Female"},
    "OBS_STATUS": {
        "A": "Normal value", "P": "Provisional value", "U": "Low reliability", "E": "Estimated value",
        "L": "Missing value; data exist but were not collected", "Q": "Missing value; suppressed",
        "O": "Missing value",
    },
    "UNIT_MEASURE": {_PERSONS: "Persons"},
}  # fmt: skip
_ILLEGAL = re.compile(r"[^A-Za-z0-9_@$-]+")
_TEXT_TYPES = {_TIME: "ObservationalTimePeriod", _VALUE: "Integer", "LOWER_BOUND": "Integer", "UPPER_BOUND": "Integer"}
_SCHEME = "CONCEPTS"
_NAMESPACE = "http://www.sdmx.org/resources/sdmxml/schemas/v2_1"
_PREFIXES = {"mes": "message", "str": "structure", "com": "common"}
_UNDATED = "1970-01-01"


def observations(dataset: Dataset) -> list[dict[str, Any]]:
    """Return the rows and the gaps of a dataset as SDMX observations, each a dictionary with `COLUMNS`.

    One row of a dataset is up to three observations: all people, men and boys, women and girls.
    A running total has a measure of its own, and the end of its span as the time period.
    """
    return _code(dataset)[0]


def structure(dataset: Dataset) -> str:
    """Return the structure message that describes the observations of a dataset: names, codes and their order."""
    _, lists = _code(dataset)
    names = {f"xmlns:{prefix}": f"{_NAMESPACE}/{name}" for prefix, name in _PREFIXES.items()}
    message = Element("mes:Structure", names)
    header = _add(message, "mes:Header")
    _add(header, "mes:ID").text = _ID
    _add(header, "mes:Test").text = "false"
    prepared = str(dataset.about.get("created", _UNDATED))[: len(_UNDATED)]
    _add(header, "mes:Prepared").text = f"{prepared}T00:00:00"
    _add(header, "mes:Sender", id=_AGENCY)
    structures = _add(message, "mes:Structures")
    flow = _add_maintained(_add(structures, "str:Dataflows"), "Dataflow", _ID, dataset.title)
    _refer(_add(flow, "str:Structure"), _ID, "datastructure", "DataStructure")
    codelists = _add(structures, "str:Codelists")
    for column, codes in lists.items():
        _add_items(_add_maintained(codelists, "Codelist", f"CL_{column}", _CONCEPTS[column]), "Code", codes)
    concepts = _add_maintained(_add(structures, "str:Concepts"), "ConceptScheme", _SCHEME, "Concepts")
    _add_items(concepts, "Concept", _CONCEPTS)
    definition = _add_maintained(_add(structures, "str:DataStructures"), "DataStructure", _ID, dataset.title)
    components = _add(definition, "str:DataStructureComponents")
    dimensions = _add(components, "str:DimensionList", id="DimensionDescriptor")
    for position, column in enumerate(_DIMENSIONS, 1):
        _add_component(dimensions, "Dimension", column, position=str(position))
    _add_component(dimensions, "TimeDimension", _TIME, position=str(len(_DIMENSIONS) + 1))
    attributes = _add(components, "str:AttributeList", id="AttributeDescriptor")
    for column in _CONCEPTS:
        if column not in {*_DIMENSIONS, _TIME, _VALUE}:
            attribute = _add_component(attributes, "Attribute", column, assignmentStatus="Conditional")
            relation = _add(_add(attribute, "str:AttributeRelationship"), "str:PrimaryMeasure")
            _add(relation, "Ref", id=_VALUE)
    _add_component(_add(components, "str:MeasureList", id="MeasureDescriptor"), "PrimaryMeasure", _VALUE)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{tostring(message, encoding="unicode")}\n'


def _add(parent: Element, tag: str, **attributes: str) -> Element:
    return SubElement(parent, tag, attributes)


def _add_maintained(parent: Element, tag: str, identifier: str, name: str) -> Element:
    """Add a thing of the agency, which has a version."""
    element = _add(parent, f"str:{tag}", id=identifier, agencyID=_AGENCY, version=_VERSION)
    _add_name(element, name)
    return element


def _add_items(parent: Element, tag: str, names: Mapping[str, str]) -> None:
    for identifier, name in names.items():
        _add_name(_add(parent, f"str:{tag}", id=identifier), name)


def _add_name(parent: Element, name: str) -> None:
    SubElement(parent, "com:Name", {"xml:lang": "en"}).text = name


def _refer(parent: Element, identifier: str, package: str, kind: str) -> None:
    attributes = {"id": identifier, "version": _VERSION, "agencyID": _AGENCY, "package": package, "class": kind}
    SubElement(parent, "Ref", attributes)


def _add_component(parent: Element, tag: str, column: str, **attributes: str) -> Element:
    """Add a dimension, an attribute or the value: its name, and what it may hold."""
    component = _add(parent, f"str:{tag}", id=column, **attributes)
    concept = {"id": column, "maintainableParentID": _SCHEME, "maintainableParentVersion": _VERSION}
    concept |= {"agencyID": _AGENCY, "package": "conceptscheme", "class": "Concept"}
    SubElement(_add(component, "str:ConceptIdentity"), "Ref", concept)
    held = _add(component, "str:LocalRepresentation")
    if column in _LISTS:
        _refer(_add(held, "str:Enumeration"), f"CL_{column}", "codelist", "Codelist")
    else:
        _add(held, "str:TextFormat", textType=_TEXT_TYPES.get(column, "String"))
    return component


def _code(dataset: Dataset) -> tuple[list[dict[str, Any]], dict[str, dict[str, str]]]:
    """Return the observations of a dataset, and the codes in them with their names, by column."""
    cells = [
        {**_STRUCTURE, **values, "SOURCE": dataset.citations(row["sources"]), "ATTRIBUTION": dataset.credit(row)}
        for row in dataset.rows
        for values in (_convert_estimate(row) if "topic" in row else _convert_figure(row))
    ]
    cells += [{**_STRUCTURE, **_convert_gap(gap), "ATTRIBUTION": dataset.credit(gap)} for gap in dataset.gaps]
    lists: dict[str, dict[str, str]] = {}
    for column, names in {**_LISTS, **_names(dataset)}.items():
        codes = _make_codes(dict.fromkeys(values[column] for values in cells))
        for values in cells:
            values[column] = codes[values[column]]
        lists[column] = {code: names.get(text, text) for text, code in codes.items()}
    return [{column: values.get(column) for column in COLUMNS} for values in cells], lists


def _names(dataset: Dataset) -> dict[str, dict[str, str]]:
    """Return the names of the measures and places of a dataset, by their ids in its observations."""
    places = {area.code: area.name for area in dataset.places}
    places |= {row["area"]: row["place"] for row in dataset.rows if row.get("place")}
    measures = {_upper(variable.id): variable.title for variable in dataset.variables}
    measures |= {
        f"{code}{_CUMULATIVE}": f"{title}, in all to the end of the period" for code, title in measures.items()
    }
    categories = {_category(row): row["category"] for row in dataset.rows if "dimension" in row}
    return {
        "REF_AREA": places | _LISTS["REF_AREA"],
        "MEASURE": measures,
        "CATEGORY": categories | _LISTS["CATEGORY"],
    }


def _make_codes(texts: Iterable[str]) -> dict[str, str]:
    """Return a code for each text: the text itself, with any characters that SDMX does not allow replaced.

    Examples:
        >>> list(_make_codes(["10-19", "60+", "Médecins (NGO)", "Médecins / NGO"]).values())
        ['10-19', '60_plus', 'Medecins_NGO', 'Medecins_NGO_2']
    """
    codes: dict[str, str] = {}
    for text in texts:
        code = first = _make_code(text) if _ILLEGAL.search(text) else text
        number = 1
        while code in codes.values():
            number += 1
            code = f"{first}_{number}"
        codes[text] = code
    return codes


def _make_code(text: str) -> str:
    signs = unicodedata.normalize("NFKD", text.replace("+", " plus "))
    plain = "".join(sign for sign in signs if not unicodedata.combining(sign))
    # Letters of other scripts are written by their numbers.
    return _ILLEGAL.sub("_", plain.encode("ascii", "backslashreplace").decode()).strip("_")


def _convert_figure(row: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """Return the observations of a figure, or of a category of a breakdown."""
    if "dimension" in row:
        # Tables of arrivals count all who came until a day, and so have no first day.
        of = _ARRIVALS if row["start_date"] is None else _RESIDENTS
        key = _make_key(f"{of}_BY_{row['dimension']}", row["period"]) | {"REF_AREA": "KOR", "CATEGORY": _category(row)}
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


def _category(row: Mapping[str, Any]) -> str:
    """Return the id of a category: its published code, or its name where it has none or several."""
    category: str = row["category"] if " " in (row["code"] or " ") else row["code"]
    return category


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
        "UNIT_MEASURE": _UNITS.get(row["unit"], row["unit"]),
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
    code = _upper(measure)
    # SDMX has no open spans, so a running total is written by its end.
    if span.first is None:
        end = Period.parse(period.removeprefix("../"))
        return {"MEASURE": f"{code}{_CUMULATIVE}", "FREQ": _FREQUENCIES[end.frequency], "TIME_PERIOD": str(end)}
    return {"MEASURE": code, "FREQ": _FREQUENCIES[span.frequency], "TIME_PERIOD": time_period(span)}


def _upper(measure: str) -> str:
    return measure.upper().replace("-", "_")


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
