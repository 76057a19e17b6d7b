"""Sequences of measures, areas and sources."""

from __future__ import annotations

from typing import ClassVar

import attrs

from defector_stats._model.records import Area, Measure, Source
from defector_stats._model.sequences import Rows
from defector_stats._model.vocabulary import SOURCE_KINDS


@attrs.frozen(kw_only=True, repr=False)
class Measures(Rows[Measure]):
    """The available measures, as a sequence of `Measure`.

    Examples:
        >>> from defector_stats import measures
        >>> measures(), [measure.id for measure in measures()][:3]
        (<Measures: 9 measures>, ['arrivals', 'refugees', 'asylum-seekers'])
    """

    NOUNS: ClassVar[tuple[str, str]] = ("measure", "measures")
    COLUMNS: ClassVar[tuple[str, ...]] = (
        "id", "title", "title_ko", "definition", "unit", "kind", "publisher", "url", "areas", "frequencies", "coverage",
        "rounding", "suppression", "attribution",
    )  # fmt: skip

    rows: tuple[Measure, ...]
    """The measures, each a `Measure`, in the order of the data."""


@attrs.frozen(kw_only=True, repr=False)
class Areas(Rows[Area]):
    """The areas that the figures cover, as a sequence of `Area`.

    Examples:
        >>> from defector_stats import areas
        >>> [(area.code, area.name) for area in areas()[:2]]
        [('AUS', 'Australia'), ('AUT', 'Austria')]
    """

    NOUNS: ClassVar[tuple[str, str]] = ("area", "areas")
    COLUMNS: ClassVar[tuple[str, ...]] = ("code", "name", "aliases")

    rows: tuple[Area, ...]
    """The areas, each an `Area`, in the order of the data."""


@attrs.frozen(kw_only=True, repr=False)
class Sources(Rows[Source]):
    """The sources of the data, as a sequence of `Source`.

    Examples:
        >>> from defector_stats import sources
        >>> sources()[0]
        Source(key='wikileaks_05geneva', publisher='US Mission Geneva', published='2005-10-14')
    """

    NOUNS: ClassVar[tuple[str, str]] = ("source", "sources")
    _FIXED: ClassVar[dict[str, tuple[str, ...]]] = {"kind": SOURCE_KINDS}
    COLUMNS: ClassVar[tuple[str, ...]] = (
        "key", "publisher", "title", "url", "published", "published_basis", "language", "kind", "licence", "via",
        "note", "origin",
    )  # fmt: skip

    rows: tuple[Source, ...]
    """The sources, each a `Source`, official ones first, then by date."""
