"""The rows of the tables as records."""

from __future__ import annotations

from defector_stats.period import Period
from defector_stats.records import Alternative, Area, Break, Gap, Measure, Source
from defector_stats.vintage import sort_key

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

    from defector_stats.log import Row
    from defector_stats.package import Tables


def measures(tables: Tables) -> tuple[Measure, ...]:
    """What can be asked for, in the order of the table."""
    return tuple(_measure(row, _breaks(tables, row[0])) for row in tables.rows("measures"))


def areas(tables: Tables) -> tuple[Area, ...]:
    """The places, in the order of the table."""
    return tuple(
        Area(code=code, name=name, in_text=in_text or name, aliases=_listed(aliases))
        for code, name, in_text, aliases in tables.rows("areas")
    )


def sources(tables: Tables, keys: Iterable[str] | None = None) -> tuple[Source, ...]:
    """The sources with these keys, or all: official first, then by date."""
    rows = {row[0]: row for row in tables.rows("sources")}
    found = [_source(rows[key]) for key in dict.fromkeys(rows if keys is None else keys)]
    return tuple(sorted(found, key=lambda s: (s.kind != "official", sort_key(s.published), s.key)))


def gaps(tables: Tables, measure: str, area: str) -> list[Gap]:
    """The gaps that the data state; one without an area is a gap of all."""
    return [
        Gap(period=Period.parse(row[2]), reason=row[3], note=row[5])
        for row in tables.rows("gaps")
        if row[0] == measure and row[1] in {"", area}
    ]


def alternatives(tables: Tables, measure: str, area: str, period: str, until: str | None) -> tuple[Alternative, ...]:
    """What others printed for a period by a day."""
    return tuple(
        Alternative(
            value=int(row[3]),
            male=optional(row[4]),
            female=optional(row[5]),
            released=row[6],
            sources=sources(tables, row[7].split()),
            reason=row[8],
        )
        for row in tables.rows("alternatives")
        if (row[0], row[1], row[2]) == (measure, area, period) and (until is None or sort_key(row[6]) <= until)
    )


def misprints(tables: Tables, measure: str, area: str, period: str) -> list[Row]:
    """The rows of the misprints of a period."""
    return [row for row in tables.rows("misprints") if (row[0], row[1], row[2]) == (measure, area, period)]


def optional(text: str) -> int | None:
    """A number that may be absent."""
    return int(text) if text else None


def _breaks(tables: Tables, measure: str) -> tuple[Break, ...]:
    return tuple(
        Break(area=row[1], period=Period.parse(row[2]), note=row[4], sources=sources(tables, row[3].split()))
        for row in tables.rows("breaks")
        if row[0] == measure
    )


def _measure(row: Row, breaks: tuple[Break, ...]) -> Measure:
    return Measure(
        id=row[0],
        title=row[1],
        definition=row[2],
        unit=row[3],
        kind=row[4],
        publisher=row[5],
        areas=tuple(row[6].split()),
        frequencies=tuple(row[7].split()),
        coverage=row[8],
        rounding=row[9],
        suppression=row[10],
        breaks=breaks,
        attribution=row[11],
        subject=row[12],
    )


def _source(row: Row) -> Source:
    return Source(
        key=row[0],
        publisher=row[1],
        title=row[2],
        url=row[3] or None,
        published=row[4],
        published_basis=row[5],
        language=row[6],
        kind=row[7],
        licence=row[8],
        via=row[9],
        note=row[10],
    )


def _listed(text: str) -> tuple[str, ...]:
    return tuple(filter(None, text.split("; ")))
