"""The version of the library, as its distribution states it."""

from __future__ import annotations


def version() -> str:
    """Return the version, or ``unknown`` where no distribution is installed: in a copied folder or a zip file."""
    from importlib.metadata import PackageNotFoundError, version

    try:
        return version("defector-stats")
    except PackageNotFoundError:
        return "unknown"
