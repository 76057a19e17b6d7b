"""Published figures of people who flee North Korea, with their sources and revisions.

Each public name is loaded when it is first used, so that the import is fast.
Type checkers and editors read the names from `__init__.pyi`.

Examples:
    >>> from defector_stats import arrivals
    >>> arrivals(2020)
    Observation(229, measure='arrivals', area='KOR', period='2020', status='normal')
"""

__version__ = "0.1.0"

# The module of each class.
_HOMES = {
    name: module
    for module, names in {
        "errors": (
            "DataError",
            "DefectorStatsError",
            "FileError",
            "InvalidPeriodError",
            "InvalidPeriodTypeError",
            "InvalidValueError",
            "MissingExtraError",
            "NoDataError",
            "NotComparableError",
            "UnknownNameError",
        ),
        "_model.fraction": ("Fraction",),
        "_model.listings": ("Areas", "Measures", "Sources"),
        "_model.observation": ("Observation",),
        "_model.period": ("Period",),
        "_model.provenance": ("Provenance",),
        "_model.records": (
            "Alternative",
            "Area",
            "Break",
            "Estimate",
            "Gap",
            "Indicator",
            "Measure",
            "Revision",
            "Source",
        ),
        "_analysis.breakdown": ("Breakdown", "BreakdownRow"),
        "_analysis.compare": ("Comparison",),
        "_analysis.context": ("Context",),
        "_analysis.destinations": ("Destination", "Destinations"),
        "_analysis.estimates": ("Estimates",),
        "_analysis.freshness": ("Freshness",),
        "_analysis.indicators": ("Indicators",),
        "_analysis.observations": ("Observations",),
        "_analysis.revisions": ("Revisions",),
        "_analysis.series": ("Derived", "TimeSeries"),
        "_analysis.verify": ("Match", "Verification"),
        "_texts.about": ("About",),
        "_texts.claims": ("Claim", "Claims"),
        "_texts.faq": ("Faq", "FaqEntry"),
        "_texts.glossary": ("Glossary", "Term"),
        "_output.canvas": ("Chart",),
        "catalogue": ("Catalogue",),
    }.items()
    for name in names
}
# Methods of the bundled catalogue.
_FUNCTIONS = (
    "arrivals", "observation", "observations", "series", "revisions", "estimates", "indicators", "breakdown",
    "destinations",
    "compare", "context", "verify",
    "about", "faq", "faq_entry", "search_faq", "claims", "glossary",
    "cite", "export",
    "measures", "areas", "sources", "freshness", "data_version", "data_path",
)  # fmt: skip

# Tools that read only this file find the names in the stub.
__all__ = [*_FUNCTIONS, *_HOMES]  # pyright: ignore[reportUnsupportedDunderAll]


def __getattr__(name: str) -> object:
    if name in _HOMES:
        found = getattr(__import__(f"{__name__}.{_HOMES[name]}", fromlist=[name]), name)
    elif name in _FUNCTIONS:
        from defector_stats.catalogue import Catalogue

        found = getattr(Catalogue.bundled(), name)
    else:
        msg = f"module {__name__!r} has no attribute {name!r}"
        raise AttributeError(msg)
    globals()[name] = found
    return found


def __dir__() -> list[str]:
    return sorted([*__all__, "__version__"])
