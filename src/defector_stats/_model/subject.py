"""The `Subject` class: what a figure counts, which is a measure in an area."""

from __future__ import annotations

import attrs

TYPE_CHECKING = False
if TYPE_CHECKING:
    from defector_stats._model.records import Measure


@attrs.frozen(kw_only=True)
class Subject:
    """A measure in an area."""

    measure: Measure
    """The `Measure` of the figure."""
    words: str
    """What is counted, as part of a sentence, such as ``arrivals in South Korea``."""

    @property
    def id(self) -> str:
        """The id of the measure."""
        return self.measure.id

    @property
    def kind(self) -> str:
        """The kind of the measure, which is ``flow`` or ``stock``."""
        return self.measure.kind
