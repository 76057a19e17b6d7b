"""The `Observation` class: an integer that carries its provenance."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterator
from typing import Any, ClassVar, cast

import attrs

import defector_stats as ds
from defector_stats import _model as hints
from defector_stats._model.dates import as_index
from defector_stats._model.period import Period
from defector_stats.errors import InvalidValueError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import TypeVar

    T = TypeVar("T")

# The prefix of the formula of a published total whose split by sex alone was calculated.
SPLIT = "sexes: "

_EXPECTED_COUNT = "a whole number, zero or more"
# Python does not print integers of thousands of digits, and no count of people comes near them.
_MAX_PERSONS = 10**12


@attrs.frozen(kw_only=True, init=False, slots=False, eq=False, order=False, repr=False, str=False)
class Observation(int):
    """One published or derived value of a measure, for a period and an area.

    It *is* the number: equality, order and hash are those of the ``int``,
    arithmetic returns plain integers, and ``json.dumps`` writes the number alone.
    To compare or store *what* was counted, use `record`;
    do not use observations as the keys of a cache or the members of a set.

    Raises:
        InvalidValueError: If a number is not a non-negative whole number, or the sexes do not add up.

    Examples:
        >>> from defector_stats import arrivals
        >>> arrivals(2020)
        Observation(229, measure='arrivals', area='KOR', period='2020', status='normal')
        >>> print(arrivals(2020), f"{arrivals(2019):,}", arrivals(2019) - arrivals(2020))
        229 1,047 818
        >>> arrivals(2020).female, arrivals(2020).male
        (157, 72)
    """

    value: int
    """The number of people, as a plain ``int``."""
    measure: str
    """The id of the measure, such as ``arrivals``."""
    area: str
    """The code of the area that the figure is about (ISO 3166-1 alpha-3), such as ``KOR``."""
    period: Period
    """The `Period` that the figure describes."""
    male: int | None = None
    """The number of men and boys; ``None`` where no split was published and none can be derived."""
    female: int | None = None
    """The number of women and girls; ``None`` where no split was published and none can be derived."""

    # Not a field, or `attrs.evolve` would keep the sources of another number, and `attrs.asdict` show a function:
    # one may stand in, so that sources are looked up only when they are read.
    _provenance: ClassVar[Any]  # of each instance

    # The value must reach int before __init__ runs.
    def __new__(cls, number: object = None, /, **fields: Any) -> Observation:  # noqa: PYI034, it may give an int
        # `statistics` calls the type of its data with a result, which is no figure that anybody published.
        if not fields:
            return cast("Observation", plain_int(number))
        return int.__new__(cls, whole_number(fields.get("value")))

    def __init__(  # pyright: ignore[reportInconsistentConstructor]
        self,
        *,
        value: int,
        measure: str,
        area: str,
        period: Period,
        male: int | None = None,
        female: int | None = None,
        provenance: ds.Provenance | Callable[[], ds.Provenance],
    ) -> None:
        if (male is not None or female is not None) and (
            male is None or female is None or whole_number(male) + whole_number(female) != value
        ):
            raise InvalidValueError((male, female), f"both sexes or neither, adding up to {value}")
        vars(self).update(
            value=value, measure=measure, area=area, period=period, male=male, female=female, _provenance=provenance
        )

    @functools.cached_property
    def provenance(self) -> ds.Provenance:
        """The `Provenance` of the figure, whose fields are also attributes of the figure itself."""
        origin: ds.Provenance | Callable[[], ds.Provenance] = self._provenance
        return origin() if callable(origin) else origin

    @property
    def status(self) -> hints.Status:
        """The reliability of the figure, which is ``normal``, ``provisional`` or ``low-reliability``.

        SDMX files have A, P and U instead.
        """
        return self.provenance.status

    @property
    def released(self) -> str:
        """The date of the first known publication of the total, as ISO text such as ``2021-01-20`` or ``2020-07``."""
        return self.provenance.released

    @property
    def split_released(self) -> str | None:
        """The date of the first known publication of the present split by sex; ``None`` if it is that of the total.

        Examples:
            >>> from defector_stats import arrivals
            >>> arrivals(2017).released, arrivals(2017).split_released
            ('2018-01-05', '2018-09-30')
        """
        return self.provenance.split_released

    @property
    def known_from(self) -> hints.date:
        """The day from which the figure counts as known, which is the last day of ``released``."""
        return self.provenance.known_from

    @property
    def sources(self) -> tuple[ds.Source, ...]:
        """The sources of the figure, each a `Source`, official ones first, then by date; never empty."""
        return self.provenance.sources

    @property
    def note(self) -> str:
        """A free-text note on the figure; empty if there is none."""
        return self.provenance.note

    @property
    def formula(self) -> str | None:
        """The formula of the figure, or of its split by sex; ``None`` if both were published."""
        return self.provenance.formula

    @property
    def inputs(self) -> tuple[Observation, ...]:
        """The published figures that the formula uses, each an `Observation`; empty without a formula."""
        return self.provenance.inputs

    @property
    def caveats(self) -> tuple[str, ...]:
        """The sentences of the note that matter when the figure is compared with others."""
        return self.provenance.caveats

    @property
    def is_derived(self) -> bool:
        """Whether the number itself was calculated, not only its split by sex."""
        return self.formula is not None and not self.formula.startswith(SPLIT)

    @property
    def alternatives(self) -> tuple[ds.Alternative, ...]:
        """Other published values, each an `Alternative` with the reason why it is not used."""
        return self.provenance.alternatives

    @property
    def female_share(self) -> ds.Fraction | None:
        """The share of women and girls, exact; ``None`` if there is no split or the figure is zero.

        Examples:
            >>> from defector_stats import arrivals
            >>> arrivals(2020).female_share
            Fraction(157, 229)
        """
        if self.female is None or self.value == 0:
            return None
        from defector_stats._model.fraction import Fraction

        return Fraction(self.female, self.value)

    def record(self) -> dict[str, Any]:
        """Return the figure and what it counts as plain values, ready for JSON.

        Returns:
            A new dictionary; sources are given by their keys, ``url`` is the address of the first that has one,
            and inputs are records.

        Examples:
            >>> from defector_stats import arrivals
            >>> arrivals(2025).record()["released"]
            '2026-02-04'
        """
        from defector_stats._model.plain import period_columns, plain, source_columns

        about = plain(self, "measure", "area") | period_columns("period", self.period)
        numbers = plain(self, "value", "male", "female", "status", "released", "split_released", "known_from")
        return about | numbers | source_columns(self.sources) | plain(self, "note", "formula", "inputs")

    def __repr__(self) -> str:
        return (
            f"{type(self).__name__}({self.value}, measure={self.measure!r}, area={self.area!r}, "
            f"period={str(self.period)!r}, status={self.status!r})"
        )

    def __rich_repr__(self) -> Iterator[object]:
        yield self.value
        yield "measure", self.measure
        yield "area", self.area
        yield "period", str(self.period)
        yield "status", self.status

    def _repr_html_(self) -> str:
        from defector_stats._model.shown import html

        return html(self)

    def __str__(self) -> str:
        # int has no __str__ of its own, and the one of object would call the __repr__ above.
        return int.__repr__(self)

    def __reduce__(self) -> tuple[Callable[..., Observation], tuple[object, ...]]:
        # The constructor runs again, so that no number without a source can be unpickled.
        fields = {
            "value": self.value,
            "measure": self.measure,
            "area": self.area,
            "period": self.period,
            "male": self.male,
            "female": self.female,
            "provenance": self.provenance,
        }
        return rebuild, (type(self), fields)


def rebuild(record: Callable[..., T], fields: dict[str, Any]) -> T:
    """Return a record from its class and its fields; pickles refer to this function by name."""
    return record(**fields)


def plain_int(number: object) -> int:
    """Return a whole number of any type as a plain ``int``.

    Raises:
        InvalidValueError: If the number is not whole.
    """
    given: Any = number
    try:
        whole: int | None = int(given)
        whole = whole if whole == given else None
    except Exception:  # noqa: BLE001, a number of another library may raise anything
        whole = None
    if whole is None:
        raise InvalidValueError(number, "a whole number")
    return whole


def whole_number(value: object) -> int:
    """Return the value if it is a plain ``int``, zero or more.

    Raises:
        InvalidValueError: If it is anything else.
    """
    if type(value) is int and value >= 0:
        return value
    raise InvalidValueError(value, _EXPECTED_COUNT)


def count(value: object) -> int:
    """Return a number of people that a user passed, of any integer type, as a plain ``int``.

    Raises:
        InvalidValueError: If the number is a bool, not whole, negative, or greater than a trillion.
    """
    # as_index refuses an observation, which is not a year but is a number of people.
    number = int(value) if isinstance(value, Observation) else as_index(value)
    if number is None or number < 0:
        raise InvalidValueError(value, _EXPECTED_COUNT)
    if number > _MAX_PERSONS:
        raise InvalidValueError(value, "a number of people, a trillion at most")
    return number
