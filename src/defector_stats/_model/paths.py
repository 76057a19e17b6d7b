"""Checks of paths that users pass."""

from __future__ import annotations

import contextlib
import os
from pathlib import Path
from typing import Any

from defector_stats.errors import InvalidValueError


def as_path(given: Any) -> Path:
    """Return a path that a user passed as a ``pathlib.Path``.

    Raises:
        InvalidValueError: If the value is not a path, is in bytes, or is empty.
    """
    with contextlib.suppress(TypeError):
        if os.fspath(given):
            return Path(given)
    raise InvalidValueError(given, "the path of a file or a folder")
