"""The imprint of a catalogue: its edition, compilers, credits and licences."""

from __future__ import annotations

from defector_stats._model.sequences import Imprint

TYPE_CHECKING = False
if TYPE_CHECKING:
    from defector_stats._store.ledger import Ledger
    from defector_stats._store.tables import Tables

# For rows that different organisations published, each of which names its own.
OF_ORGANISATIONS = "The organisations named in the rows; compiled by defector-stats (CC BY 4.0)."


def imprint(ledger: Ledger) -> Imprint:
    """Return the imprint of a catalogue, made once."""
    return ledger.once("imprint", lambda: _make_imprint(ledger.tables))


def _make_imprint(tables: Tables) -> Imprint:
    # The descriptor of a user's catalogue may name neither contributors nor licences.
    contributors, licences = (tables.descriptor.get(entry, []) for entry in ("contributors", "licenses"))
    return Imprint(
        edition=tables.edition,
        compilers="; ".join(str(one["title"]) for one in contributors if one.get("title")),
        credits={cells["id"]: cells["attribution"] for cells in tables.cells("measures")},
        licences=tuple(
            (str(licence.get("name") or licence.get("path", "")), str(licence.get("title", "")).partition(" (")[0])
            for licence in licences
        ),
        places={cells["code"]: cells["name"] for cells in tables.cells("areas")},
    )
