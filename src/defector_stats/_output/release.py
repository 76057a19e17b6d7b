"""The version of the library and the address of the project."""

from __future__ import annotations

# The public address of the project, once it has one; other mentions use or match this.
HOME: str | None = None


def version() -> str:
    """Return the installed version, or ``unknown`` in a copied folder or a zip file."""
    from importlib.metadata import PackageNotFoundError, version

    try:
        return version("defector-stats")
    except PackageNotFoundError:
        return "unknown"
