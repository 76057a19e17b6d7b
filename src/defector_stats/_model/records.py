"""The records beside the figures: measures, areas, sources, revisions, gaps, estimates."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar, NoReturn

import attrs

import defector_stats as ds
from defector_stats._model.period import Period
from defector_stats._model.record import Record
from defector_stats.errors import InvalidValueError


@attrs.frozen(kw_only=True, repr=False)
class Source(Record):
    """Where a figure was read.

    Attributes:
        key: The id of the source in the data files.
        publisher: Who published the text: the agency, where a newspaper carried it;
            the author of a report, where an archive or a mirror keeps it; the newspaper itself, where it only cites.
        title: The title of the text; a description of ours where the note says that the title was not seen.
        url: An address of the publisher, of ``via`` or of an archive, or ``None``.
        published: When the text was published, as ISO text at the precision known.
        published_basis: How the date of publication is known: ``stated``, ``from-text`` (a day named in the text),
            ``inferred`` or ``copy-seen`` (undated; the date of the oldest copy seen).
        language: The language of the text, as an ISO 639-1 code.
        kind: ``official``, ``news``, ``ngo``, ``academic`` or ``encyclopedia`` (compilations).
        licence: The licence of the text, or ``not seen``.
        via: Where the text was read, when that is not the publisher's own page:
            the newspaper that carried it, a mirror, a repost, the copy of an archive; else empty.
        note: What to know about how the text was read, such as ``title not seen`` or ``title translated``,
            that only a part was read, or whom it cites; else empty.

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
    publisher: str
    title: str
    url: str | None
    published: str
    published_basis: str
    language: str
    kind: str
    licence: str
    via: str = ""
    note: str = ""

    def __str__(self) -> str:
        return f"{self.publisher}, “{self.title}”{as_read(self)} ({self.published})"


def as_read(source: Source) -> str:
    """Say how a source was read, as the words that follow its title; empty for a publisher's own page, read whole."""
    note = f" [{source.note}]" if source.note else ""
    return f"{note}, via {source.via}" if source.via else note


@attrs.frozen(kw_only=True, repr=False)
class Area(Record):
    """A place of arrival or asylum.

    Attributes:
        code: The ISO 3166-1 alpha-3 code.
        name: The English name.
        in_text: The name as part of a sentence, such as "the United States".
        aliases: Other names of the place: the ISO 3166-1 alpha-2 code first, then those that people use.

    Examples:
        >>> from defector_stats import areas
        >>> next(area.aliases for area in areas() if area.code == "GBR")
        ('GB', 'UK', 'Britain', 'Great Britain', 'England', 'United Kingdom of Great Britain and Northern Ireland')
    """

    SHOWN: ClassVar[tuple[str, ...]] = ("code", "name")

    code: str
    name: str
    in_text: str
    aliases: tuple[str, ...]


@attrs.frozen(kw_only=True, repr=False)
class Break(Record):
    """A change of method: figures before and after it do not count the same way.

    Attributes:
        area: The code of the area whose figures changed.
        period: The first period of the new method; a span where the change took time.
        note: What changed, in a sentence.
        sources: Where the change was read.

    Examples:
        >>> from defector_stats import measures
        >>> refugees = next(measure for measure in measures() if measure.id == "refugees")
        >>> print(refugees.breaks[0])
        CAN, 2016: The stock in Canada rises several times over from 2015 to 2016; the cause was not verified.
    """

    SHOWN: ClassVar[tuple[str, ...]] = ("area", "period")

    area: str
    period: Period
    note: str
    sources: tuple[Source, ...]

    def __str__(self) -> str:
        return f"{self.area}, {self.period}: {self.note}"


@attrs.frozen(kw_only=True, repr=False)
class Measure(Record):
    """What is counted.

    Attributes:
        id: The name by which functions know the measure.
        title: A short title.
        definition: Who is counted, when, and what is left out.
        unit: The unit of the values: ``persons``.
        kind: ``flow`` (events in a period) or ``stock`` (people on a day).
        publisher: Who publishes the figures.
        areas: The codes of the areas that the measure covers.
        frequencies: The frequencies that `series` accepts for the measure.
        coverage: Which periods are covered, in words.
        rounding: How the publisher rounds, in words.
        suppression: Which numbers the publisher does not show, in words; empty where it shows all.
        breaks: The changes of method, as `Break`; empty where none is known.
        attribution: The credit to put under a table of these figures.
        subject: What a figure counts, as part of a sentence; ``{area}`` stands for the place.

    Examples:
        >>> from defector_stats import measures
        >>> arrivals, *_ = measures()
        >>> arrivals.id, arrivals.kind, arrivals.unit, arrivals.areas
        ('arrivals', 'flow', 'persons', ('KOR',))
    """

    SHOWN: ClassVar[tuple[str, ...]] = ("id", "kind", "title")

    id: str
    title: str
    definition: str
    unit: str
    kind: str
    publisher: str
    areas: tuple[str, ...]
    frequencies: tuple[str, ...]
    coverage: str
    rounding: str
    suppression: str
    breaks: tuple[Break, ...]
    attribution: str
    subject: str

    def subject_in(self, area: Area) -> str:
        """Say what a figure about an area counts, as part of a sentence.

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
    """One step in the history of a value.

    Attributes:
        period: The period that the value describes.
        value: The number of people.
        male: Men and boys, or ``None`` where no split was published.
        female: Women and girls, or ``None`` where no split was published.
        status: ``normal``, ``provisional`` or ``low-reliability``, as last published.
        released: The date of the earliest publication found, as ISO text at the precision known.
        last_seen: The date of the latest publication found that gives the same numbers.
        sources: All publications found, official ones first, then by date.
        note: What else to know about this step; empty where there is nothing.

    Examples:
        >>> from defector_stats import revisions
        >>> first, second = revisions(2025)
        >>> first.value, first.released, second.value, second.released
        (224, '2026-01-20', 223, '2026-02-04')
    """

    SHOWN: ClassVar[tuple[str, ...]] = ("period", "value", "status", "released")

    period: Period
    value: int
    male: int | None
    female: int | None
    status: str
    released: str
    last_seen: str
    sources: tuple[Source, ...]
    note: str

    def record(self) -> dict[str, Any]:
        """Return the record as plain values, ready for JSON or a data frame.

        Returns:
            A new dictionary; sources are keys, separated by a space.
        """
        from defector_stats._model.plain import ends, flat, plain

        about = plain(self, "period") | ends(self.period)
        return flat(
            about | plain(self, "value", "male", "female", "status", "released", "last_seen", "sources", "note")
        )


@attrs.frozen(kw_only=True, repr=False)
class Alternative(Record):
    """A value that others published and that is not preferred.

    Attributes:
        value: The number of people.
        male: Men and boys, or ``None`` where no split was published.
        female: Women and girls, or ``None`` where no split was published.
        released: When the value was published, as ISO text at the precision known.
        sources: Where the value was read.
        reason: Why another value is preferred.

    Examples:
        >>> from defector_stats import arrivals
        >>> other, *_ = arrivals(1997).alternatives
        >>> other.value, other.reason
        (86, 'An encyclopedia table; the government figure of October 2000 is preferred.')
    """

    SHOWN: ClassVar[tuple[str, ...]] = ("value", "released")

    value: int
    male: int | None
    female: int | None
    released: str
    sources: tuple[Source, ...]
    reason: str


@attrs.frozen(kw_only=True, repr=False)
class Gap(Record):
    """A period for which no value can be given, with the reason.

    A gap is neither zero nor false, so it refuses to be used as a truth value.

    Attributes:
        period: The period without a value.
        reason: Why there is none: one of the reasons of `NoDataError`.
        note: What else is known about it, in words.

    Examples:
        >>> from defector_stats import series
        >>> series(frequency="quarter", start="2025-Q3", end="2025-Q4").gaps[0].reason
        'not-published'
    """

    SHOWN: ClassVar[tuple[str, ...]] = ("period", "reason")

    period: Period
    reason: str
    note: str

    def __bool__(self) -> NoReturn:
        msg = f"a gap ({self.period}: {self.reason}) is neither true nor false; read its .reason"
        raise TypeError(msg)


@attrs.frozen(kw_only=True, repr=False)
class Estimate(Record):
    """A number that an organisation proposed, not a count.

    Attributes:
        topic: What is estimated, such as ``in-china``.
        low: The lower end; alone it means "at least".
        point: The best guess, if one was given.
        high: The upper end; alone it means "up to".
        unit: What is counted, such as ``persons`` or ``persons returned a year``.
        reference: The period that the estimate describes.
        organisation: Who proposed the estimate.
        method: How the estimate was made.
        provenance: Where the estimate was read, and when it was published.

    Raises:
        InvalidValueError: If no number is given, one is not whole or is negative, or they are out of order.

    Examples:
        >>> from defector_stats import estimates
        >>> estimate = estimates("in-china", during=1998)[0]
        >>> estimate.low, estimate.point, estimate.high, estimate.unit, estimate.spread
        (35000, 75000, 125000, 'persons', '35,000 to 125,000 (75,000)')
    """

    SHOWN: ClassVar[tuple[str, ...]] = ("topic", "reference", "spread", "organisation")

    topic: str
    low: int | None
    point: int | None
    high: int | None
    unit: str
    reference: Period
    organisation: str
    method: str
    provenance: ds.Provenance

    def __attrs_post_init__(self) -> None:
        values = [value for value in (self.low, self.point, self.high) if value is not None]
        # isinstance would accept True, which is an int too.
        whole = all(type(value) is int and value >= 0 for value in values)
        if not values or not whole or values != sorted(values):
            expected = "low <= point <= high, whole numbers, at least one of them"
            raise InvalidValueError((self.low, self.point, self.high), expected)

    @property
    def spread(self) -> str:
        """What was proposed, in words, such as ``35,000 to 125,000 (75,000)`` or ``at least 670``."""
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
            A new dictionary; sources are keys, separated by a space.
        """
        from defector_stats._model.plain import ends, flat, plain

        about = plain(self, "topic", "reference") | ends(self.reference)
        proposed = plain(self, "low", "point", "high", "unit", "organisation", "method")
        return flat(about | proposed | plain(self.provenance, "status", "released", "sources", "note"))

    if not TYPE_CHECKING:  # a checker refuses the sum by itself, as long as nothing is declared

        def _refuse(self, other: object) -> NoReturn:
            del other
            msg = (
                "an estimate is not a number and cannot be added up; read its .low, .point and .high, "
                "and keep estimates apart from counts"
            )
            raise TypeError(msg)

        __add__ = __radd__ = __sub__ = __rsub__ = _refuse
