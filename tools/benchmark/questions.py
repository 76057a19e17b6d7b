"""What each question costs, asked for the first time and again, as multiples of a bare interpreter."""

import re
from collections.abc import Iterator

from measure import ROOT, VERSIONS, count_all, environment, instructions, version_of_us

# Goal and limit of the first answer, whose imports count, and of the next.
ONE_NUMBER = ((10.0, 15.0), (0.5, 1.0))
LIST = ((10.0, 20.0), (2.0, 6.5))
ALL_ANSWERS = ((13.0, 20.0), (2.0, 6.5))
EXPORT = ((60.0, 80.0), None)
NEW_CATALOGUE = ((10.0, 15.0), None)

Pair = tuple[float, float] | None
QUESTIONS: dict[str, tuple[Pair, Pair]] = {
    "arrivals(2020)": ONE_NUMBER,
    "arrivals()": ONE_NUMBER,
    "arrivals(2024, as_of='2025-12-31')": ONE_NUMBER,
    "arrivals(2026, default=None)": ONE_NUMBER,
    "observation('refugees', 2016, area='CAN')": ONE_NUMBER,
    "compare(2019, 2020)": ONE_NUMBER,
    "context(2019)": ONE_NUMBER,
    "context('2020-Q2')": ONE_NUMBER,
    "verify(947, 1998)": ONE_NUMBER,
    "revisions(2009)": ONE_NUMBER,
    "breakdown('age')": ONE_NUMBER,
    "freshness()": ONE_NUMBER,
    "faq_entry('how-many')": ONE_NUMBER,
    "cite(arrivals(2020))": ONE_NUMBER,
    "about(2020)": ((15.0, 40.0), (0.5, 1.0)),
    "observations('arrivals')": LIST,
    "series()": LIST,
    "series().records()": LIST,
    "series('refugees', area='WLD')": LIST,
    "revisions()": LIST,
    "destinations(2016)": LIST,
    "estimates('in-china')": LIST,
    "indicators()": LIST,
    "claims()": LIST,
    "glossary()": LIST,
    "measures()": LIST,
    "areas()": LIST,
    "sources()": LIST,
    "cite()": LIST,
    "faq()": ALL_ANSWERS,
    "search_faq('settlement mony')": ALL_ANSWERS,
    "export('all', '/dev/shm/all.csv', format='csv', overwrite=True)": EXPORT,
    "export('all', '/dev/shm/all.json', format='json', overwrite=True)": EXPORT,
    "Catalogue.read(data_path())": NEW_CATALOGUE,
    "Catalogue.bundled().extended([dict(period=2026, value=1, released='2027-01-31', sources='barun_20210120')])": (
        NEW_CATALOGUE
    ),
}
COMMANDS: dict[str, tuple[float, float] | None] = {
    "2020": (8.0, 12.0),
    "latest": None,
    "compare 2019 2020": None,
    "series": None,
    "verify 947 1998": None,
    "about 2020": None,
    "faq how-many": None,
    "faq": None,
    "claims": None,
}
# What our part costs when another library has been imported.
GUESTS = {
    "series().to_pandas()": "import pandas",
    "series().to_polars()": "import polars",
    "series().plot()": "import matplotlib.pyplot",
}


def import_for(question: str) -> str:
    """Return the import of the public names in a question."""
    import defector_stats

    words = set(re.findall(r"\w+", question))
    return f"from defector_stats import {', '.join(name for name in defector_stats.__all__ if name in words)}"


Row = dict[str, object]


def questions() -> Iterator[Row]:
    """Measure each question on each Python."""
    pythons = {version: version_of_us(version) for version in VERSIONS}
    door = "import defector_stats"
    codes = {question: f"{door}\n{import_for(question)}\n{question}" for question in QUESTIONS}
    again = {question: f"{code}\n{question}" for question, code in codes.items()}
    commands = {command: f"-m defector_stats {command}" for command in COMMANDS}
    wanted = ["pass", door, *codes.values(), *again.values(), *commands.values()]
    count_all((python, code) for python in pythons.values() for code in wanted)
    for question, (first, repeated) in QUESTIONS.items():
        firsts, repeats = {}, {}
        for version, python in pythons.items():
            bare = instructions(python, "pass")
            once = instructions(python, codes[question])
            firsts[version] = (once - instructions(python, door)) / bare
            repeats[version] = (instructions(python, again[question]) - once) / bare
        yield {"what": question, "first": firsts, "first goal": first, "again": repeats, "again goal": repeated}
    for command, goal in COMMANDS.items():
        whole = {
            version: instructions(python, commands[command]) / instructions(python, "pass")
            for version, python in pythons.items()
        }
        yield {
            "what": f"defector-stats {command}",
            "first": whole,
            "first goal": goal,
            "again": None,
            "again goal": None,
        }


def guests() -> Iterator[Row]:
    """Measure what answers cost that other libraries take, without the import of these."""
    python = environment(f"{ROOT}[all]")
    for question, importing in GUESTS.items():
        before = f"{importing}\nfrom defector_stats import series\nfigures = series()"
        call = question.replace("series()", "figures")
        count_all([(python, before), (python, f"{before}\n{call}"), (python, f"{before}\n{call}\n{call}")])
        once = instructions(python, f"{before}\n{call}")
        bare = instructions(python, "pass")
        yield {
            "what": question,
            "first": (once - instructions(python, before)) / bare,
            "again": (instructions(python, f"{before}\n{call}\n{call}") - once) / bare,
        }
