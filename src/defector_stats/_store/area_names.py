"""Which area a name means, and what to say of one that a measure does not have."""

from __future__ import annotations

from defector_stats.errors import UnknownNameError, shown

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from defector_stats._model.records import Area
    from defector_stats._store.tables import Tables

# Shorter names, and codes, are close to too many others.
_SHORTEST = 5
# Below this, two names are different names and not a slip of the keyboard.
_CUTOFF = 0.75


def area_code(tables: Tables, given: object, measure: str, known: Sequence[str]) -> str:
    """Return the code of the area that a name means.

    Args:
        tables: The tables of the catalogue.
        given: An alpha-3 or alpha-2 code, a name or an alias, exactly but for its case.
        measure: The id of the measure that is asked for.
        known: The codes of its areas.

    Raises:
        UnknownNameError: If it means none, or none of the measure.
    """
    if not isinstance(given, str):
        raise UnknownNameError("area", given, tuple(known))
    name = given.strip().casefold()
    every = tuple(tables.areas.values())
    meant = [area for area in every if name in _names(area)]
    if len(meant) != 1:
        raise _unclear(tables, given, name, every, measure, known)
    (area,) = meant
    if area.code not in known:
        raise _of_another_measure(tables, given, area, measure)
    return area.code


def _names(area: Area) -> list[str]:
    """Everything that means an area, whatever its case."""
    return [each.casefold() for each in (area.code, area.name, area.in_text, *area.aliases)]


def _unclear(
    tables: Tables, given: str, name: str, every: Sequence[Area], measure: str, known: Sequence[str]
) -> UnknownNameError:
    """The error for a name that means several areas or none, with those that may be meant."""
    several = [area for area in every if name in {*_names(area), *area.name.casefold().split()}]
    if len(several) > 1:
        problem = f"may mean {' or '.join(f'{area.name} ({area.code})' for area in several)}"
        suggestions = tuple(area.code for area in several if area.code in known)
        if suggestions:
            return UnknownNameError("area", given, suggestions, problem)
        hint = next((hint for area in several if (hint := _instead(tables, area, measure)[1])), "")
        problem = f"{problem}, none of them an area of {shown(measure)}"
        return UnknownNameError("area", given, (), problem, hint)
    from difflib import get_close_matches

    codes = {each: area.code for area in every if area.code in known for each in _names(area) if len(each) >= _SHORTEST}
    close = get_close_matches(name, codes, cutoff=_CUTOFF) if len(name) >= _SHORTEST else []
    return UnknownNameError("area", given, tuple(dict.fromkeys(codes[each] for each in close)) or tuple(known))


def _of_another_measure(tables: Tables, given: str, area: Area, measure: str) -> UnknownNameError:
    """The error for an area that the catalogue knows and the measure does not have, with the reason that is stated."""
    is_area = "" if given in {area.code, area.name} else f"is {area.name} ({area.code}), which "
    why, hint = _instead(tables, area, measure)
    return UnknownNameError("area", given, (), f"{is_area}is no area of {shown(measure)}{why}", hint)


def _instead(tables: Tables, area: Area, measure: str) -> tuple[str, str]:
    """Return why a measure does not have an area, as the rest of a sentence, and what to ask for instead."""
    for stated in tables.about("exclusions", measure, area.code):
        ask = stated["ask"]
        call = f"observation({ask!r})" if ask in tables.measures else f"estimates({ask!r})"
        return f": {stated['note'].removesuffix('.')}", f"Ask for {call}." if ask else ""
    others = [other.id for other in tables.measures.values() if area.code in other.areas]
    if not others:
        return "", ""
    return f", only of {', '.join(others)}", f"Ask for series({others[0]!r}, area={area.code!r})."
