"""The version of the library, as its distribution states it, and the address of the project."""

from __future__ import annotations

# Where the project lives, once it has a public address. Whatever names one takes it from here, or a test compares.
HOME: str | None = None


def version() -> str:
    """Return the version, or ``unknown`` where no distribution is installed: in a copied folder or a zip file."""
    from importlib.metadata import PackageNotFoundError, version

    try:
        return version("defector-stats")
    except PackageNotFoundError:
        return "unknown"
