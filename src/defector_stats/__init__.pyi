"""How many people flee North Korea, in which period, who says so, and since when."""

from typing import Final

from defector_stats._analysis.breakdown import Breakdown as Breakdown
from defector_stats._analysis.breakdown import BreakdownRow as BreakdownRow
from defector_stats._analysis.compare import Comparison as Comparison
from defector_stats._analysis.context import Context as Context
from defector_stats._analysis.destinations import Destination as Destination
from defector_stats._analysis.destinations import Destinations as Destinations
from defector_stats._analysis.estimates import Estimates as Estimates
from defector_stats._analysis.freshness import Freshness as Freshness
from defector_stats._analysis.observations import Observations as Observations
from defector_stats._analysis.revisions import Revisions as Revisions
from defector_stats._analysis.series import Derived as Derived
from defector_stats._analysis.series import TimeSeries as TimeSeries
from defector_stats._analysis.verify import Match as Match
from defector_stats._analysis.verify import Verification as Verification
from defector_stats._model.fraction import Fraction as Fraction
from defector_stats._model.listings import Areas as Areas
from defector_stats._model.listings import Measures as Measures
from defector_stats._model.listings import Sources as Sources
from defector_stats._model.observation import Observation as Observation
from defector_stats._model.period import Period as Period
from defector_stats._model.provenance import Provenance as Provenance
from defector_stats._model.records import Alternative as Alternative
from defector_stats._model.records import Area as Area
from defector_stats._model.records import Break as Break
from defector_stats._model.records import Estimate as Estimate
from defector_stats._model.records import Gap as Gap
from defector_stats._model.records import Measure as Measure
from defector_stats._model.records import Revision as Revision
from defector_stats._model.records import Source as Source
from defector_stats._output.canvas import Chart as Chart
from defector_stats._texts.claims import Claim as Claim
from defector_stats._texts.claims import Claims as Claims
from defector_stats._texts.faq import Faq as Faq
from defector_stats._texts.faq import FaqEntry as FaqEntry
from defector_stats._texts.glossary import Glossary as Glossary
from defector_stats._texts.glossary import Term as Term
from defector_stats.catalogue import Catalogue as Catalogue
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

__version__: str

_bundled = Catalogue.bundled()

arrivals: Final = _bundled.arrivals
"""Return how many people from North Korea arrived in South Korea in a period, in persons."""
observation: Final = _bundled.observation
"""Return the value of a measure for a period, as `arrivals` does."""
observations: Final = _bundled.observations
"""Return every figure of a measure, in all its areas or in some, as one table."""
series: Final = _bundled.series
"""Return all values of one frequency, with the gaps between them."""
revisions: Final = _bundled.revisions
"""Return the steps in the published history of a value, oldest first."""
estimates: Final = _bundled.estimates
"""Return what organisations proposed where nobody can count; estimates that conflict stand side by side."""
breakdown: Final = _bundled.breakdown
"""Return who the people are who arrived: a published table of cumulative arrivals, or of residents."""
destinations: Final = _bundled.destinations
"""Return what is known by place for a calendar year, each figure with its kind and definition."""
compare: Final = _bundled.compare
"""Compare two figures: the exact difference, with what to know before it is used."""
context: Final = _bundled.context
"""Put a figure in context: its change, since when none was so high or low, its rank, the share of women."""
verify: Final = _bundled.verify
"""Check whether a number was ever published for a period, and what became of it."""
faq: Final = _bundled.faq
"""Return what people ask, answered with sources; figures are filled in when an entry is asked for."""
faq_entry: Final = _bundled.faq_entry
"""Return one question with its answer."""
search_faq: Final = _bundled.search_faq
"""Return the entries that match words, the most relevant first, or none if no entry matches well."""
claims: Final = _bundled.claims
"""Return what a web article states about the subject, with a verdict, an explanation and evidence."""
glossary: Final = _bundled.glossary
"""Return definitions of the contested and the technical words."""
cite: Final = _bundled.cite
"""Return a reference to paste under a chart or into a bibliography."""
export: Final = _bundled.export
"""Write figures to a file or a folder, with their sources and the text to put under them."""
measures: Final = _bundled.measures
"""Return the measures that can be asked for."""
areas: Final = _bundled.areas
"""Return the areas that figures are about."""
sources: Final = _bundled.sources
"""Return everything that is cited, official first, then by date."""
freshness: Final = _bundled.freshness
"""Return the newest figure, and when the next is due by the publisher's known rhythm."""
data_version: Final = _bundled.data_version
"""Return the edition of the figures."""
data_path: Final = _bundled.data_path
"""Return the folder of plain files that the figures are read from, for R, Excel or DuckDB."""
