"""How many people flee North Korea, in which period, who says so, and since when.

Each public name is loaded when it is first used, so that importing costs nothing.

Examples:
    >>> from defector_stats import arrivals
    >>> arrivals(2020)
    Observation(229, measure='arrivals', area='KOR', period='2020', status='normal')
"""

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Final

    from defector_stats._analysis.breakdown import Breakdown as Breakdown
    from defector_stats._analysis.breakdown import BreakdownRow as BreakdownRow
    from defector_stats._output.canvas import Chart as Chart
    from defector_stats.catalogue import Catalogue as Catalogue
    from defector_stats._analysis.compare import Comparison as Comparison
    from defector_stats.errors import DataError as DataError
    from defector_stats.errors import DefectorStatsError as DefectorStatsError
    from defector_stats.errors import FileError as FileError
    from defector_stats.errors import InvalidPeriodError as InvalidPeriodError
    from defector_stats.errors import InvalidPeriodTypeError as InvalidPeriodTypeError
    from defector_stats.errors import InvalidValueError as InvalidValueError
    from defector_stats.errors import MissingExtraError as MissingExtraError
    from defector_stats.errors import NoDataError as NoDataError
    from defector_stats.errors import NotComparableError as NotComparableError
    from defector_stats.errors import UnknownNameError as UnknownNameError
    from defector_stats._analysis.estimates import Estimates as Estimates
    from defector_stats._texts.faq import Faq as Faq
    from defector_stats._texts.faq import FaqEntry as FaqEntry
    from defector_stats._analysis.freshness import Freshness as Freshness
    from defector_stats._model.observation import Observation as Observation
    from defector_stats._model.period import Period as Period
    from defector_stats._analysis.destinations import Destination as Destination
    from defector_stats._analysis.destinations import Destinations as Destinations
    from defector_stats._model.provenance import Provenance as Provenance
    from defector_stats._model.records import Alternative as Alternative
    from defector_stats._model.records import Area as Area
    from defector_stats._model.records import Break as Break
    from defector_stats._model.records import Estimate as Estimate
    from defector_stats._model.records import Gap as Gap
    from defector_stats._model.records import Measure as Measure
    from defector_stats._model.records import Revision as Revision
    from defector_stats._analysis.revisions import Revisions as Revisions
    from defector_stats._model.records import Source as Source
    from defector_stats._analysis.context import Context as Context
    from defector_stats._texts.glossary import Glossary as Glossary
    from defector_stats._texts.glossary import Term as Term
    from defector_stats._analysis.series import Derived as Derived
    from defector_stats._analysis.series import TimeSeries as TimeSeries
    from defector_stats._texts.claims import Claim as Claim
    from defector_stats._texts.claims import Claims as Claims
    from defector_stats._analysis.verify import Match as Match
    from defector_stats._analysis.verify import Verification as Verification

    _bundled = Catalogue.bundled()
    areas: Final = _bundled.areas
    arrivals: Final = _bundled.arrivals
    breakdown: Final = _bundled.breakdown
    cite: Final = _bundled.cite
    claims: Final = _bundled.claims
    compare: Final = _bundled.compare
    context: Final = _bundled.context
    data_path: Final = _bundled.data_path
    data_version: Final = _bundled.data_version
    destinations: Final = _bundled.destinations
    estimates: Final = _bundled.estimates
    export: Final = _bundled.export
    faq: Final = _bundled.faq
    faq_entry: Final = _bundled.faq_entry
    freshness: Final = _bundled.freshness
    glossary: Final = _bundled.glossary
    measures: Final = _bundled.measures
    observation: Final = _bundled.observation
    revisions: Final = _bundled.revisions
    search_faq: Final = _bundled.search_faq
    series: Final = _bundled.series
    sources: Final = _bundled.sources
    verify: Final = _bundled.verify

__all__ = [
    "Alternative",
    "Area",
    "Break",
    "Breakdown",
    "BreakdownRow",
    "Catalogue",
    "Chart",
    "Claim",
    "Claims",
    "Comparison",
    "Context",
    "DataError",
    "DefectorStatsError",
    "Derived",
    "Destination",
    "Destinations",
    "Estimate",
    "Estimates",
    "Faq",
    "FaqEntry",
    "FileError",
    "Freshness",
    "Gap",
    "Glossary",
    "InvalidPeriodError",
    "InvalidPeriodTypeError",
    "InvalidValueError",
    "Match",
    "Measure",
    "MissingExtraError",
    "NoDataError",
    "NotComparableError",
    "Observation",
    "Period",
    "Provenance",
    "Revision",
    "Revisions",
    "Source",
    "Term",
    "TimeSeries",
    "UnknownNameError",
    "Verification",
    "areas",
    "arrivals",
    "breakdown",
    "cite",
    "claims",
    "compare",
    "context",
    "data_path",
    "data_version",
    "destinations",
    "estimates",
    "export",
    "faq",
    "faq_entry",
    "freshness",
    "glossary",
    "measures",
    "observation",
    "revisions",
    "search_faq",
    "series",
    "sources",
    "verify",
]

# The module of each class; the other names are methods of the bundled catalogue.
_HOMES = {
    "Alternative": "_model.records",
    "Area": "_model.records",
    "Break": "_model.records",
    "Breakdown": "_analysis.breakdown",
    "BreakdownRow": "_analysis.breakdown",
    "Catalogue": "catalogue",
    "Chart": "_output.canvas",
    "Claim": "_texts.claims",
    "Claims": "_texts.claims",
    "Comparison": "_analysis.compare",
    "Context": "_analysis.context",
    "DataError": "errors",
    "DefectorStatsError": "errors",
    "Derived": "_analysis.series",
    "Destination": "_analysis.destinations",
    "Destinations": "_analysis.destinations",
    "Estimate": "_model.records",
    "Estimates": "_analysis.estimates",
    "Faq": "_texts.faq",
    "FaqEntry": "_texts.faq",
    "FileError": "errors",
    "Freshness": "_analysis.freshness",
    "Gap": "_model.records",
    "Glossary": "_texts.glossary",
    "InvalidPeriodError": "errors",
    "InvalidPeriodTypeError": "errors",
    "InvalidValueError": "errors",
    "Match": "_analysis.verify",
    "Measure": "_model.records",
    "MissingExtraError": "errors",
    "NoDataError": "errors",
    "NotComparableError": "errors",
    "Observation": "_model.observation",
    "Period": "_model.period",
    "Provenance": "_model.provenance",
    "Revision": "_model.records",
    "Revisions": "_analysis.revisions",
    "Source": "_model.records",
    "Term": "_texts.glossary",
    "TimeSeries": "_analysis.series",
    "UnknownNameError": "errors",
    "Verification": "_analysis.verify",
}

if not TYPE_CHECKING:  # a checker would accept any misspelt name

    def __getattr__(name):
        if name == "__version__":
            from defector_stats._output.release import version

            return version()
        if name not in __all__:
            msg = f"module {__name__!r} has no attribute {name!r}"
            raise AttributeError(msg)
        home = _HOMES.get(name)
        if home is None:
            from defector_stats.catalogue import Catalogue

            found = getattr(Catalogue.bundled(), name)
        else:
            found = getattr(__import__(f"{__name__}.{home}", fromlist=[name]), name)
        globals()[name] = found
        return found

    def __dir__():
        return sorted([*__all__, "__version__"])
