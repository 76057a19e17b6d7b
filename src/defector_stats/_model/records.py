"""Records of measures, areas, sources, revisions, gaps, estimates and indicators."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar, NoReturn

import attrs

import defector_stats as ds
from defector_stats import _model as hints
from defector_stats._model.dates import last_day
from defector_stats._model.period import Period
from defector_stats._model.record import Record
from defector_stats.errors import InvalidValueError

# Longer than any published number.
_MAX_DIGITS = 18


@attrs.frozen(kw_only=True, repr=False)
class Source(Record):
    """A publication in which a figure was read.

    Examples:
        >>> from defector_stats import arrivals
        >>> source = arrivals(2020).sources[0]
        >>> source.publisher, source.kind, source.language, source.published
        ('Ministry of Unification', 'official', 'en', '2024')
        >>> agency = arrivals(2001).sources[0]
        >>> agency.publisher, agency.via, agency.note
        ('Yonhap', 'Hankyung', 'title not seen')
        >>> print(agency)
        Yonhap, “2001년 탈북자 583명” [title not seen], via Hankyung (2002-01-03)
    """

    SHOWN: ClassVar[tuple[str, ...]] = ("key", "publisher", "published")

    key: str
    """The id of the source in the data files, such as ``mou_en_support_2409``."""
    publisher: str
    """The publisher of the text.

    If a newspaper carried the text of an agency, this is the agency; if an archive or a mirror keeps a report, it is
    the author of the report. A newspaper that only cites others is itself the publisher.
    """
    title: str
    """The title of the text, or our own description if the note says that the title was not seen."""
    url: str | None
    """The address of the text at its publisher, at ``via`` or in an archive; ``None`` if there is none."""
    published: str
    """When the text was published, as ISO text to the precision known, such as ``2020-07``."""
    published_basis: str
    """The basis of the date of publication.

    It is ``stated``, ``from-text`` (a day named in the text), ``inferred``, or ``copy-seen`` (the text is undated, and
    this is the date of the oldest copy seen).
    """
    language: str
    """The language of the text, as an ISO 639-1 code such as ``ko``."""
    kind: str
    """The kind of publisher.

    It is ``official``, ``news``, ``ngo``, ``academic`` or ``encyclopedia`` (a compilation).
    """
    licence: str
    """The licence of the text; ``not seen`` where none was found."""
    via: str = ""
    """The place where the text was read, if not on the publisher's own page.

    It names the newspaper that carried the text, a mirror, a repost or an archived copy; otherwise it is empty.
    """
    note: str = ""
    """A note on how the text was read, such as ``title not seen`` or ``title translated``.

    It may also say that only a part was read, or whom the text cites; otherwise it is empty.
    """
    origin: str = ""
    """The key of the source that this one copies.

    This source reprints, translates or parses the other, or is a later version of the same table. The key is that of
    the earliest such source on record; it is empty if none was found.
    """

    def __str__(self) -> str:
        return f"{self.publisher}, “{self.title}”{as_read(self)} ({self.published})"


def as_read(source: Source) -> str:
    """Return how a source was read, as the words after its title; empty for a publisher's own page, read in full."""
    note = f" [{source.note}]" if source.note else ""
    return f"{note}, via {source.via}" if source.via else note


@attrs.frozen(kw_only=True, repr=False)
class Area(Record):
    """A place of arrival or asylum.

    Examples:
        >>> from defector_stats import areas
        >>> next(area.aliases for area in areas() if area.code == "GBR")
        ('GB', 'UK', 'Britain', 'Great Britain', 'England', 'United Kingdom of Great Britain and Northern Ireland')
    """

    SHOWN: ClassVar[tuple[str, ...]] = ("code", "name")

    code: str
    """The code of the area (ISO 3166-1 alpha-3), such as ``GBR``."""
    name: str
    """The English name, such as ``United Kingdom``."""
    in_text: str
    """The name as part of a sentence, such as ``the United Kingdom``."""
    aliases: tuple[str, ...]
    """Other names of the area, the ISO 3166-1 alpha-2 code first, then the names in use."""


@attrs.frozen(kw_only=True, repr=False)
class Break(Record):
    """A change of method, across which figures cannot simply be compared.

    Examples:
        >>> from defector_stats import measures
        >>> refugees = next(measure for measure in measures() if measure.id == "refugees")
        >>> print(refugees.breaks[0])
        CAN, 2016: The stock in Canada rises several times over from 2015 to 2016; the cause was not verified.
    """

    SHOWN: ClassVar[tuple[str, ...]] = ("area", "period")

    area: str
    """The code of the area whose figures changed (ISO 3166-1 alpha-3)."""
    period: Period
    """The first period of the new method, or the span over which the method changed."""
    note: str
    """The change, described in a sentence."""
    sources: tuple[Source, ...]
    """The sources of the change, each a `Source`."""

    def __str__(self) -> str:
        return f"{self.area}, {self.period}: {self.note}"


@attrs.frozen(kw_only=True, repr=False)
class Measure(Record):
    """A series of figures with one definition, such as arrivals or refugees.

    Examples:
        >>> from defector_stats import measures
        >>> arrivals, *_ = measures()
        >>> arrivals.id, arrivals.kind, arrivals.unit, arrivals.areas
        ('arrivals', 'flow', 'persons', ('KOR',))
    """

    SHOWN: ClassVar[tuple[str, ...]] = ("id", "kind", "title")

    id: str
    """The id to pass to functions, such as ``arrivals``."""
    title: str
    """A short title, such as ``Refugees from North Korea by country of asylum``."""
    title_ko: str | None
    """The title in Korean, as a table of the publisher or a report on it gives it; ``None`` if none was found."""
    definition: str
    """The definition of the measure, which says who is counted, when, and who is left out."""
    unit: str
    """The unit of the values, which is ``persons``."""
    kind: str
    """Whether the figures count events in a period (``flow``) or people on a day (``stock``)."""
    publisher: str
    """The organisation that publishes the figures."""
    url: str | None
    """The page on which the publisher shows the figures; ``None`` if no such page is known."""
    areas: tuple[str, ...]
    """The codes of the areas that the measure covers (ISO 3166-1 alpha-3)."""
    frequencies: tuple[str, ...]
    """The frequencies that `series` accepts for the measure."""
    coverage: str
    """The periods with figures, in words."""
    rounding: str
    """The rounding that the publisher applies, in words."""
    suppression: str
    """The numbers that the publisher does not show, in words; empty if it shows all."""
    breaks: tuple[Break, ...]
    """The changes of method, each a `Break`; empty where none is known."""
    attribution: str
    """The credit to put under a table of the figures."""
    subject: str
    """What a figure counts, as part of a sentence, with ``{area}`` for the place."""

    def subject_in(self, area: Area) -> str:
        """Return what a figure for an area counts, as part of a sentence.

        Raises:
            InvalidValueError: If the area is not an `Area`.
        """
        return self.subject.replace("{area}", _check_area(area).in_text)


def _check_area(given: object) -> Area:
    if not isinstance(given, Area):
        raise InvalidValueError(given, "an area")
    return given


@attrs.frozen(kw_only=True, repr=False)
class Revision(Record):
    """One of the successive published values of a figure, with its dates and sources.

    Examples:
        >>> from defector_stats import revisions
        >>> first, second = revisions(2025)
        >>> first.value, first.released, second.value, second.released
        (224, '2026-01-20', 223, '2026-02-04')
    """

    SHOWN: ClassVar[tuple[str, ...]] = ("period", "value", "status", "released")

    measure: str
    """The id of the measure, such as ``arrivals``."""
    area: str
    """The code of the area that the value is about (ISO 3166-1 alpha-3), such as ``KOR``."""
    period: Period
    """The `Period` that the value describes."""
    value: int
    """The number of people."""
    male: int | None
    """The number of men and boys, or ``None`` where no split was published."""
    female: int | None
    """The number of women and girls, or ``None`` where no split was published."""
    status: str
    """The reliability in the last publication, which is ``normal``, ``provisional`` or ``low-reliability``."""
    released: str
    """The date on which these numbers were first published.

    This is the date of the earliest known publication, as ISO text to the precision known, such as ``2020-07``.
    """
    last_seen: str
    """The date on which these numbers were last published.

    This is the date of the latest known publication, as ISO text to the precision known.
    """
    sources: tuple[Source, ...]
    """All known publications of these numbers, each a `Source`, official ones first, then by date."""
    note: str
    """A free-text note on the revision; empty if there is none."""

    @property
    def known_from(self) -> hints.date:
        """The day from which the value counts as known, which is the last day of ``released``."""
        return last_day(self.released)

    def record(self) -> dict[str, Any]:
        """Return the record as plain values, ready for JSON or a data frame.

        Returns:
            A new dictionary; sources are keys, separated by a space,
            and ``url`` is the address of the first that has one.
        """
        from defector_stats._model.plain import flat, period_columns, plain, source_columns

        numbers = plain(self, "value", "male", "female", "status", "released", "known_from", "last_seen")
        origin = source_columns(self.sources) | plain(self, "note")
        return flat(plain(self, "measure", "area") | period_columns("period", self.period) | numbers | origin)


@attrs.frozen(kw_only=True, repr=False)
class Alternative(Record):
    """Another published value, and why it is not used.

    Examples:
        >>> from defector_stats import arrivals
        >>> other, *_ = arrivals(1997).alternatives
        >>> other.value, other.reason
        (86, 'An encyclopedia table; the government figure of October 2000 is preferred.')
    """

    SHOWN: ClassVar[tuple[str, ...]] = ("value", "released")

    value: int
    """The number of people."""
    male: int | None
    """The number of men and boys, or ``None`` where no split was published."""
    female: int | None
    """The number of women and girls, or ``None`` where no split was published."""
    released: str
    """The date on which the value was published, as ISO text to the precision known, such as ``2020-07``."""
    sources: tuple[Source, ...]
    """The sources of the value, each a `Source`."""
    reason: str
    """The reason why another value is preferred, in a sentence."""


@attrs.frozen(kw_only=True, repr=False)
class Gap(Record):
    """A period without a value, and the reason why.

    A gap is neither zero nor false: using it as a truth value raises an error.

    Examples:
        >>> from defector_stats import series
        >>> series(frequency="quarter", start="2025-Q3", end="2025-Q4").gaps[0].reason
        'not-published'
    """

    SHOWN: ClassVar[tuple[str, ...]] = ("period", "reason")

    period: Period
    """The `Period` without a value."""
    reason: str
    """The reason why there is no value, which is one of those that `NoDataError` lists."""
    note: str
    """A free-text note on the gap; empty if there is none."""

    def __bool__(self) -> NoReturn:
        msg = f"a gap ({self.period}: {self.reason}) is neither true nor false; read its .reason"
        raise TypeError(msg)


@attrs.frozen(kw_only=True, repr=False)
class Estimate(Record):
    """A number that an organisation estimated, not a count.

    Raises:
        InvalidValueError: If there is no number, one is negative or not whole, or they are out of order.

    Examples:
        >>> from defector_stats import estimates
        >>> estimate = estimates("in-china", during=1998)[0]
        >>> estimate.low, estimate.point, estimate.high, estimate.unit, estimate.spread
        (35000, 75000, 125000, 'persons', '35,000 to 125,000 (75,000)')
    """

    SHOWN: ClassVar[tuple[str, ...]] = ("topic", "reference", "spread", "organisation")

    topic: str
    """The topic of the estimate.

    It is ``in-china``, ``children-in-china``, ``detained-in-china``, ``forced-returns`` or ``departures``.
    """
    low: int | None
    """The lower bound; ``None`` if none was given. Without an upper bound it means "at least"."""
    point: int | None
    """The best guess; ``None`` if none was given."""
    high: int | None
    """The upper bound; ``None`` if none was given. Without a lower bound it means "up to"."""
    unit: str
    """The unit of the numbers, such as ``persons`` or ``persons returned a year``."""
    reference: Period
    """The `Period` that the estimate describes."""
    organisation: str
    """The organisation or the author who made the estimate."""
    method: str
    """The method by which the estimate was made."""
    provenance: ds.Provenance
    """The `Provenance` of the estimate, with its sources and its date of publication."""

    def __attrs_post_init__(self) -> None:
        values = [value for value in (self.low, self.point, self.high) if value is not None]
        # isinstance would accept True, which is an int too.
        whole = all(type(value) is int and value >= 0 for value in values)
        if not values or not whole or values != sorted(values):
            expected = "low <= point <= high, whole numbers, at least one of them"
            raise InvalidValueError((self.low, self.point, self.high), expected)

    @property
    def spread(self) -> str:
        """The estimate in words, such as ``35,000 to 125,000 (75,000)`` or ``at least 670``."""
        low, point, high = self.low, self.point, self.high
        best = "" if point is None else f" ({point:,})"
        if low is not None and high is not None:
            return f"{low:,} to {high:,}{best}"
        if low is not None:
            return f"at least {low:,}{best}"
        if high is not None:
            return f"up to {high:,}{best}"
        return f"about {point:,}"

    def record(self) -> dict[str, Any]:
        """Return the record as plain values, ready for JSON or a data frame.

        Returns:
            A new dictionary; sources are keys, separated by a space,
            and ``url`` is the address of the first that has one.
        """
        from defector_stats._model.plain import flat, period_columns, plain, source_columns

        about = plain(self, "topic") | period_columns("reference", self.reference)
        proposed = plain(self, "low", "point", "high", "unit", "organisation", "method")
        published = plain(self.provenance, "status", "released")
        origin = source_columns(self.provenance.sources) | plain(self.provenance, "note")
        return flat(about | proposed | published | origin)

    if not TYPE_CHECKING:  # a checker refuses the sum by itself, as long as nothing is declared

        def _refuse(self, other: object) -> NoReturn:
            del other
            msg = (
                "an estimate is not a number and cannot be added up; read its .low, .point and .high, "
                "and keep estimates apart from counts"
            )
            raise TypeError(msg)

        __add__ = __radd__ = __sub__ = __rsub__ = _refuse


@attrs.frozen(kw_only=True, repr=False)
class Indicator(Record):
    """A published rate, mean or count from a survey or from the files of an office, with its exact value.

    Indicators are never added up or compared, and those of one survey do not continue those of another:
    other people were asked, and other questions.

    Raises:
        InvalidValueError: If the number is not decimal text, or the size of the sample is not a positive whole number.

    Examples:
        >>> from defector_stats import indicators
        >>> rate = indicators("unemployment-rate", during=2025)[0]
        >>> print(rate)
        5.4%
        >>> rate.value, f"{rate.value:.1f}", rate.survey, rate.sample_size
        (Fraction(27, 5), '5.4', 'Korea Hana Foundation', 2500)
    """

    SHOWN: ClassVar[tuple[str, ...]] = ("indicator", "period", "category", "number", "unit")

    indicator: str
    """The id of what was measured, such as ``unemployment-rate``."""
    topic: str
    """The topic of the indicator, such as ``work`` or ``school``."""
    period: Period
    """The `Period` that the number describes."""
    category: str
    """The part of the population that the number describes, or the answer that was given; ``all`` for everybody."""
    qualifier: str = ""
    """What the source says of a number that it does not state exactly.

    It is ``about``, ``nearly``, ``less than`` or ``more than``; empty for a number that is stated exactly.
    """
    number: str
    """The number as it was published, as decimal text, such as ``14.0``."""
    unit: str
    """The unit of the number, such as ``percent``, ``months`` or ``million KRW``."""
    population: str
    """The people whom the number describes, in words."""
    survey: str
    """The organisation that asked or counted, and where needed its survey."""
    sample_size: int | None
    """The number of people who were asked; ``None`` if it is not known, or if nobody was asked."""
    provenance: ds.Provenance
    """The `Provenance` of the number, with its sources, its date of publication and a note."""

    def __attrs_post_init__(self) -> None:
        number: Any = self.number  # not checked by the annotation
        if not isinstance(number, str) or not is_decimal(number):
            raise InvalidValueError(self.number, "a number as decimal text, such as '14.0'")
        # isinstance would accept True, which is an int too.
        if self.sample_size is not None and (type(self.sample_size) is not int or self.sample_size < 1):
            raise InvalidValueError(self.sample_size, "the number of people who were asked, or None")

    @property
    def value(self) -> ds.Fraction:
        """The exact value of the number, which can be formatted like a float."""
        from defector_stats._model.fraction import Fraction

        return Fraction(self.number)

    def record(self) -> dict[str, Any]:
        """Return the record as plain values, ready for JSON or a data frame.

        Returns:
            A new dictionary; sources are keys, separated by a space,
            and ``url`` is the address of the first that has one.
        """
        from defector_stats._model.plain import flat, period_columns, plain, source_columns

        about = plain(self, "indicator", "topic") | period_columns("period", self.period)
        value = float(self.number) if "." in self.number else int(self.number)
        measured = plain(self, "category", "qualifier") | {"value": value}
        asked = plain(self, "unit", "population", "survey", "sample_size")
        published = plain(self.provenance, "status", "released")
        origin = source_columns(self.provenance.sources) | plain(self.provenance, "note")
        return flat(about | measured | asked | published | origin)

    def __str__(self) -> str:
        from defector_stats._model.words import with_unit

        return f"{self.qualifier} {with_unit(self.number, self.unit)}".strip()

    if not TYPE_CHECKING:  # a checker refuses the sum by itself, as long as nothing is declared

        def _refuse(self, other: object) -> NoReturn:
            del other
            msg = "an indicator cannot be added up; read its .value, and keep surveys apart"
            raise TypeError(msg)

        __add__ = __radd__ = __sub__ = __rsub__ = _refuse


def is_decimal(text: str) -> bool:
    """Return whether a text is a decimal number, zero or more, in ASCII digits and without leading zeros."""
    whole, point, rest = text.partition(".")
    digits = [whole, rest] if point else [whole]
    plain = all(part.isascii() and part.isdigit() for part in digits) and len(text) <= _MAX_DIGITS
    return plain and (whole == "0" or not whole.startswith("0"))
