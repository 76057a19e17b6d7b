"""Catalogues made in memory: the one place where tests reach behind the public names."""

from defector_stats import Catalogue
from defector_stats._store.ledger import Ledger
from defector_stats._store.tables import Tables


def tables_of(catalogue: Catalogue) -> Tables:
    """Return the tables of a catalogue."""
    return catalogue._ledger.tables


def ledger_of(catalogue: Catalogue) -> Ledger:
    """Return what analysis and texts ask."""
    return catalogue._ledger


def rows_of(catalogue: Catalogue) -> dict[str, list]:
    """Return all rows of a catalogue by the names of their tables, in lists that may be changed."""
    return tables_of(catalogue).everything()


def catalogue_of(base: Catalogue, tables: dict[str, list], **descriptor: object) -> Catalogue:
    """Return a catalogue like another one but for some tables and entries of its descriptor; nothing is checked."""
    described = tables_of(base).descriptor | descriptor
    return Catalogue(Tables(rows_of(base) | tables, described))


def unread() -> Catalogue:
    """Return the bundled catalogue as it is before its first answer."""
    return Catalogue(Tables())
