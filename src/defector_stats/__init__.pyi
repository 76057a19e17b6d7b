"""Published figures of people who flee North Korea, with their sources and revisions."""

from typing import Final

from defector_stats._analysis.breakdown import Breakdown as Breakdown
from defector_stats._analysis.breakdown import BreakdownRow as BreakdownRow
from defector_stats._analysis.compare import Comparison as Comparison
from defector_stats._analysis.context import Context as Context
from defector_stats._analysis.destinations import Destination as Destination
from defector_stats._analysis.destinations import Destinations as Destinations
from defector_stats._analysis.estimates import Estimates as Estimates
from defector_stats._analysis.freshness import Freshness as Freshness
from defector_stats._analysis.indicators import Indicators as Indicators
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
from defector_stats._model.records import Indicator as Indicator
from defector_stats._model.records import Measure as Measure
from defector_stats._model.records import Revision as Revision
from defector_stats._model.records import Source as Source
from defector_stats._output.canvas import Chart as Chart
from defector_stats._texts.about import About as About
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
"""Return how many North Koreans arrived in South Korea in a period."""
observation: Final = _bundled.observation
"""Return the figure of a measure for a period and an area."""
observations: Final = _bundled.observations
"""Return every figure of a measure, in all areas or some, as one table."""
series: Final = _bundled.series
"""Return the figures of one frequency in order of time, with gaps."""
revisions: Final = _bundled.revisions
"""Return the successive published values of a figure, oldest first."""
estimates: Final = _bundled.estimates
"""Return the estimates of organisations where no count exists."""
indicators: Final = _bundled.indicators
"""Return published rates and results of surveys, each with the people asked."""
breakdown: Final = _bundled.breakdown
"""Return arrivals by age, occupation, province or education."""
destinations: Final = _bundled.destinations
"""Return the figures for one year by country, each with its definition."""
compare: Final = _bundled.compare
"""Compare two figures, and return the difference with its caveats."""
context: Final = _bundled.context
"""Rank a figure, and compare it with earlier periods."""
verify: Final = _bundled.verify
"""Check whether a number was ever published, and whether it is still current."""
about: Final = _bundled.about
"""Return one number with everything around it."""
faq: Final = _bundled.faq
"""Return frequently asked questions, with answers and sources."""
faq_entry: Final = _bundled.faq_entry
"""Return one frequently asked question, with its answer and sources."""
search_faq: Final = _bundled.search_faq
"""Return the questions that match some words, the best match first."""
claims: Final = _bundled.claims
"""Return claims that others make, with verdicts and evidence."""
glossary: Final = _bundled.glossary
"""Return contested and technical words with their definitions."""
cite: Final = _bundled.cite
"""Return a citation to paste under a chart or into a bibliography."""
export: Final = _bundled.export
"""Write figures to a file or a folder, with sources and attribution."""
measures: Final = _bundled.measures
"""Return the available measures with their definitions."""
areas: Final = _bundled.areas
"""Return the areas that the figures cover, with their codes and names."""
sources: Final = _bundled.sources
"""Return every source, official ones first, then by date."""
freshness: Final = _bundled.freshness
"""Return the newest figure, and when the next one is due."""
data_version: Final = _bundled.data_version
"""Return the edition of the data."""
data_path: Final = _bundled.data_path
"""Return the folder of CSV files that the figures are read from."""
