"""Bodies, blocs, armed groups, generic armed users, and companies and agencies with their state.

Invariant: a body or group has a code in capitals, a company the alpha-2 code of the state of its seat.
"""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum
from functools import lru_cache

from followthearms.knowledge.names import Name, Sort
from followthearms.knowledge.tables import checked, read_lexicon, read_rows, split
from followthearms.model import Frozen


class CompanyKind(StrEnum):
    """What a company or agency does."""

    MAKER = "maker"
    SHIPYARD = "shipyard"
    EXPORTER = "exporter"
    PROCUREMENT = "procurement"
    RESEARCH = "research"
    AGENCY = "agency"
    SERVICE = "service"
    TRADER = "trader"


class Company(Frozen):
    """A company or agency with the state of its seat and its other names."""

    name: str
    code: str
    kind: CompanyKind
    aliases: tuple[str, ...] = ()


class Bodies(Frozen):
    """Bodies of states and blocs, by their code."""

    bodies: dict[str, tuple[str, ...]]
    blocs: dict[str, tuple[str, ...]]


class Groups(Frozen):
    """Armed groups, the generic words for armed users, and vague parties, by their code."""

    groups: dict[str, tuple[str, ...]]
    generic: dict[str, tuple[str, ...]]
    vague: dict[str, tuple[str, ...]]


@lru_cache(maxsize=1)
def bodies() -> Bodies:
    """Bodies and blocs."""
    return read_lexicon("organisations", Bodies)


@lru_cache(maxsize=1)
def groups() -> Groups:
    """Armed groups and generic users."""
    return read_lexicon("groups", Groups)


@lru_cache(maxsize=1)
def companies() -> tuple[Company, ...]:
    """Companies and agencies."""
    rows = ({**row, "aliases": split(row["aliases"])} for row in read_rows("companies.csv"))
    return checked("companies.csv", tuple[Company, ...], tuple(rows))


def organisation_names() -> Iterator[Name]:
    """Every spelling of every body, bloc, group and company."""
    tables = (
        (Sort.BODY, bodies().bodies),
        (Sort.BLOC, bodies().blocs),
        (Sort.GROUP, groups().groups),
        (Sort.GENERIC, groups().generic),
        (Sort.VAGUE, groups().vague),
    )
    for sort, table in tables:
        for code, spellings in table.items():
            yield from (Name(s, code, sort) for s in spellings)
    for company in companies():
        yield from (Name(s, company.code, Sort.COMPANY) for s in (company.name, *company.aliases))
