"""States: their names, people and seats of government, and the names that only look like one.

English names come from CLDR through Babel; everything else from data/lexicon/states.yaml and not_states.yaml.
Invariant: a code is ISO 3166-1 alpha-2, or one of the dissolved states SU, YU, DD, CS, or XK.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from babel import Locale

from followthearms.knowledge.names import Name, Sort
from followthearms.knowledge.tables import read_lexicon
from followthearms.model import Frozen

_NO_PLURAL = ("s", "sh", "ch", "ese", "ese)", "men", "é", "è", "ain")
"""Ends of demonyms that take no -s: Swiss, Danish, Dutch, Chinese, Frenchmen."""


class State(Frozen):
    """What one state is called, beside its name in CLDR. `years`: the first and last of a state that was dissolved."""

    years: tuple[int, int] | None = None
    names: tuple[str, ...] = ()
    people: tuple[str, ...] = ()
    seats: tuple[str, ...] = ()
    prefixes: tuple[str, ...] = ()


class NotStates(Frozen):
    """Names that hide a state's name, and the words around that tell a namesake."""

    names: tuple[str, ...]
    given_names: frozenset[str]
    first_names: frozenset[str]
    us_places: frozenset[str]
    pronouns: frozenset[str]
    homographs: frozenset[str]


@lru_cache(maxsize=1)
def states() -> dict[str, State]:
    """Every state by its code."""
    return read_lexicon("states", dict[str, State])


@lru_cache(maxsize=1)
def not_states() -> NotStates:
    """The names that look like a state and are none."""
    return read_lexicon("not_states", NotStates)


def name_of(code: str) -> str | None:
    """The English name of the state, or None if the code is no state's."""
    state = states().get(code)
    return _territories().get(code) or (state.names[0] if state and state.names else None)


def state_names() -> Iterator[Name]:
    """Every spelling of every state, its people, its seats and its prefixes, and of what only looks like them."""
    territories = _territories()
    for surface in not_states().names:
        yield Name(surface, "", Sort.HIDDEN)
    for code, state in states().items():
        for surface in (*state.names, *_cldr(territories.get(code, ""))):
            yield Name(surface, code, Sort.STATE)
        for surface in state.people:
            yield from (Name(s, code, Sort.PEOPLE) for s in _numbers(surface))
        for surface in state.seats:
            yield Name(surface, code, Sort.SEAT)
        for surface in state.prefixes:
            yield Name(surface, code, Sort.PREFIX)


def _numbers(people: str) -> tuple[str, ...]:
    return (people,) if people.endswith(_NO_PLURAL) or people.isupper() else (people, people + "s")


def _cldr(name: str) -> Iterator[str]:
    """A CLDR name as texts write it: "Myanmar (Burma)" is "Myanmar", "Hong Kong SAR China" is "Hong Kong"."""
    plain = name.split(" (")[0].split(" SAR ")[0]
    if plain:
        yield plain
        yield plain.replace("&", "and")
        yield plain.replace("St. ", "St ")


@lru_cache(maxsize=1)
def _territories() -> dict[str, str]:
    known = Locale("en").territories
    return {code: known[code] for code in states() if code in known and code not in _DISSOLVED}


_DISSOLVED = frozenset({"SU", "YU", "DD", "CS"})
"""Codes that CLDR may give another meaning today (CS was Czechoslovakia before Serbia and Montenegro)."""
