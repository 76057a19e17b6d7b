"""What the library answers, one of each kind; for tests of what all answers have in common."""

import defector_stats as ds


def things():
    """One of each public record."""
    series, claim, verification = ds.series(start=2020), ds.claims()[8], ds.verify(947, 1998)
    comparison, context, freshness = ds.compare(2019, 2020), ds.context(2019), ds.freshness("2026-11-23")
    ages, places = ds.breakdown("age"), ds.destinations(2016)
    records = [
        ds.about(2020), ds.arrivals(1997).alternatives[0], ds.areas()[0], ds.measures()[1].breaks[0], ages,
        ages.rows[0], claim, ds.claims(), comparison, context, series.mean(), places[0], places,
        ds.estimates()[0], ds.estimates(), ds.indicators()[0], ds.indicators(), ds.faq(),
        ds.faq()[0], freshness, ds.series(frequency="quarter").gaps[0], ds.glossary(), verification.matches[0],
        ds.measures()[0], ds.measures(), ds.areas(), ds.sources(), ds.observations("re-entries"),
        ds.arrivals(2020), ds.Period.parse("2020-Q1"), ds.arrivals(2020).provenance,
        ds.revisions(2025)[0], ds.revisions(2025), ds.sources()[0], ds.glossary()[0], series, verification,
    ]  # fmt: skip
    return {type(record).__name__: record for record in records}
