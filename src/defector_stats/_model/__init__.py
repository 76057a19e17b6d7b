"""Periods, observations and other records; nothing here reads or writes a file.

Modules import this package as `hints`: its names are types for annotations, loaded only when a hint is read.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from matplotlib.figure import Figure
    from pandas import DataFrame as PandasFrame
    from polars import DataFrame as PolarsFrame
    from pyarrow import Table as ArrowTable

    from defector_stats._model import arguments
    from defector_stats._model.arguments import *  # noqa: F403

    __all__ = ["ArrowTable", "Figure", "PandasFrame", "PolarsFrame"]
    __all__ += arguments.__all__  # type: ignore[has-type]
else:
    # A library that is not installed has no objects to describe.
    _LIBRARIES = {
        "ArrowTable": ("pyarrow", "Table"),
        "Figure": ("matplotlib.figure", "Figure"),
        "PandasFrame": ("pandas", "DataFrame"),
        "PolarsFrame": ("polars", "DataFrame"),
    }

    def __getattr__(name: str) -> object:
        if name in _LIBRARIES:
            module, attribute = _LIBRARIES[name]
            try:
                return getattr(__import__(module, fromlist=[attribute]), attribute)
            except ImportError:
                return object
        if not (name[0].isupper() or name == "date"):  # a module of this package, not yet imported
            msg = f"module {__name__!r} has no attribute {name!r}"
            raise AttributeError(msg)
        from defector_stats._model import arguments

        return getattr(arguments, name)
