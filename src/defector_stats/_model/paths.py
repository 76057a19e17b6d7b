"""The paths that users give."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any, cast

from defector_stats.errors import InvalidValueError


def as_path(given: Any) -> Path:
    """Return a path that a user gave as a `Path`.

    Raises:
        InvalidValueError: If the value is not a path, is in bytes, or is empty.
    """
    try:
        path = cast("object", os.fspath(given))
    except TypeError:
        path = None
    if not isinstance(path, str) or not path:
        raise InvalidValueError(given, "the path of a file or a folder")
    return Path(path)
