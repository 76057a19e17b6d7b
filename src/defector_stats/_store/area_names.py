"""Look-up of areas by name, and errors that suggest other areas or measures."""

from __future__ import annotations

from defector_stats.errors import UnknownNameError, short_repr, unknown_name_error

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from defector_stats._model.records import Area
    from defector_stats._store.tables import Tables

# In letters: shorter names and codes are similar to too many others.
_MIN_LENGTH_FOR_SUGGESTION = 5
# A ratio of difflib: names less similar than this are different names, not typing errors.
_MIN_SIMILARITY = 0.75


def area_code(tables: Tables, given: object, measure: str, measure_areas: Sequence[str]) -> str:
    """Return the code of the area with a given name.

    Args:
        tables: The tables of the catalogue.
        given: An alpha-3 or alpha-2 code, a name or an alias, in any case.
        measure: The id of the measure that is asked for.
        measure_areas: The codes of the areas of that measure.

    Raises:
        UnknownNameError: If the name matches no area, several areas, or one that the measure does not cover.
    """
    if not isinstance(given, str):
        raise unknown_name_error("area", given, (), offered=measure_areas)
    name = given.strip().casefold()
    areas = tuple(tables.areas.values())
    matches = [area for area in areas if name in _list_names(area)]
    if len(matches) != 1:
        raise _unclear_name_error(tables, given, name, areas, measure, measure_areas)
    (area,) = matches
    if area.code not in measure_areas:
        raise _other_measure_error(tables, given, area, measure)
    return area.code


def _list_names(area: Area) -> list[str]:
    """Return the code, the name and the aliases of an area, in lower case."""
    return [name.casefold() for name in (area.code, area.name, area.in_text, *area.aliases)]


def _unclear_name_error(
    tables: Tables, given: str, name: str, areas: Sequence[Area], measure: str, measure_areas: Sequence[str]
) -> UnknownNameError:
    """Return the error for a name that matches several areas or none, with suggestions."""
    # One word of a longer name is enough here: "Korea" may be either country.
    several = [area for area in areas if name in {*_list_names(area), *area.name.casefold().split()}]
    if len(several) > 1:
        problem = f"may mean {' or '.join(f'{area.name} ({area.code})' for area in several)}"
        suggestions = tuple(area.code for area in several if area.code in measure_areas)
        if suggestions:
            return UnknownNameError("area", given, suggestions, problem)
        hint = next((hint for area in several if (hint := _explain_exclusion(tables, area, measure)[1])), "")
        problem = f"{problem}, none of them an area of {short_repr(measure)}"
        return UnknownNameError("area", given, (), problem, hint)
    from difflib import get_close_matches

    codes = {
        candidate: area.code
        for area in areas
        if area.code in measure_areas
        for candidate in _list_names(area)
        if len(candidate) >= _MIN_LENGTH_FOR_SUGGESTION
    }
    close = get_close_matches(name, codes, cutoff=_MIN_SIMILARITY) if len(name) >= _MIN_LENGTH_FOR_SUGGESTION else []
    suggestions = tuple(dict.fromkeys(codes[match] for match in close))
    if suggestions:
        return UnknownNameError("area", given, suggestions)
    return unknown_name_error("area", given, (), offered=measure_areas)


def _other_measure_error(tables: Tables, given: str, area: Area, measure: str) -> UnknownNameError:
    """Return the error for a known area that the measure does not cover, with the stated reason."""
    # After an alias, the error also names the area.
    is_area = "" if given in {area.code, area.name} else f"is {area.name} ({area.code}), which "
    why, hint = _explain_exclusion(tables, area, measure)
    return UnknownNameError("area", given, (), f"{is_area}is not an area of {short_repr(measure)}{why}", hint)


def _explain_exclusion(tables: Tables, area: Area, measure: str) -> tuple[str, str]:
    """Return why a measure does not cover an area, as the rest of a sentence, and a hint."""
    for stated in tables.about("excluded-areas", measure, area.code):
        ask = stated["ask"]
        call = f"observation({ask!r})" if ask in tables.measures else f"estimates({ask!r})"
        return f": {stated['note'].removesuffix('.')}", f"Ask for {call}." if ask else ""
    others = [other.id for other in tables.measures.values() if area.code in other.areas]
    if not others:
        return "", ""
    return f", only of {', '.join(others)}", f"Ask for series({others[0]!r}, area={area.code!r})."
