"""The rulings that a table of claims comes to on a register: for each row, that a document of it makes that claim.

Invariant: no ruling without the words of a text; and no row is lost to another one of the table: two that say the same
are refused.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from followthearms.errors import FormatError, InputError, NotInRegister, Refused, UsageError
from followthearms.exchange.by_hand import EVIDENCE, read_claim
from followthearms.exchange.claim_rows import ClaimRow
from followthearms.exchange.corrections import Written, written
from followthearms.exchange.words import one_line
from followthearms.link.rulings.by_hand import gives_way
from followthearms.model import Accept, AddClaim, Document, Standing, Target
from followthearms.model.query import Query, Words
from followthearms.register import Register

_WORDLESS = frozenset({"kind", "modality", "negated", "disputed"})
"""The slots that hold no words of the text."""
_LOOKED_UP = 12
"""Words of a quotation by which documents are looked up, before all of it is compared."""
_MOST = 50
"""Documents that are compared with a quotation."""


@dataclass(frozen=True)
class RowRuling:
    """What a row comes to: the claim that it says a text makes, and the ruling for it; None if that stands already."""

    row: ClaimRow
    added: AddClaim
    ruling: AddClaim | Accept | None


def row_rulings(register: Register, rows: Sequence[ClaimRow], where: str) -> tuple[RowRuling, ...]:
    """What each row comes to, in their order. A claim that the program reads to the letter is accepted.

    Raises Refused, with all that is wrong, row by row.
    """
    reading, found, faults = _Reading(register), list[RowRuling](), list[InputError]()
    of: dict[str, list[RowRuling]] = defaultdict(list)
    for row in rows:
        try:
            told = reading.ruling(row)
            if other := next((one for one in of[told.added.document] if _are_one(one, told)), None):
                raise UsageError(
                    f"says the same as row {other.row.number}, in whose place it would stand; put the items of one "
                    "claim into one row with ; between them, or tell them apart by the trigger, a party, value or date"
                )
        except (UsageError, NotInRegister) as error:
            faults.append(FormatError(f"{where}, row {row.number}", str(error)))
        else:
            found.append(told)
            of[told.added.document].append(told)
    if faults:
        raise Refused(where, faults)
    return tuple(found)


@dataclass
class _Reading:
    """Documents that were looked at, by their ids."""

    register: Register
    known: dict[str, Document] = field(default_factory=dict)

    def ruling(self, row: ClaimRow) -> RowRuling:
        document = self._document(row)
        added = read_claim(document, _as_in_text(row.given, document.text))
        name = added.claim.id
        if all(claim.id != name for claim in document.claims):
            return RowRuling(row, added, added)
        stands = self.register.ledger.standing(document.id)
        place = next(place for place, claim in enumerate(stands.read.claims) if claim.id == name)
        match stands.standings[place]:
            case Standing.PENDING:
                return RowRuling(row, added, Accept(claim=Target.of(document.id, stands.read.claims[place])))
            case Standing.REJECTED:
                raise UsageError(f"claim {name} says just that, and was rejected; `fta decide accept {name}`")
        return RowRuling(row, added, None)

    def _document(self, row: ClaimRow) -> Document:
        """The only document that has the quotation, among those that the row allows."""
        [quotation] = row.given.get(EVIDENCE) or [""]
        if not quotation:
            raise UsageError("quotes nothing; put the words of the text that say it into the column of the evidence")
        names = [row.document] if row.document else self._with_words(quotation)
        found = [one for one in map(self._read, names) if _pattern(quotation).search(one.text)]
        found = [one for one in found if row.url in ("", one.url)]
        if len(found) == 1:
            return found[0]
        shown = one_line(quotation)
        if not found:
            of = f" of document {row.document}" if row.document else f" of {row.url}" if row.url else ""
            raise UsageError(
                f"no text{of} in the register has the words {shown!r}; `fta add` the article, quote exactly"
            )
        several = ", ".join(one.id for one in found)
        raise UsageError(f"{len(found)} texts have the words {shown!r}; say in a column `document` which: {several}")

    def _with_words(self, quotation: str) -> list[str]:
        if not (cut := [word for word in quotation.split() if any(c.isalnum() for c in word)][:_LOOKED_UP]):
            return []
        query = Query(words=(Words(" ".join(cut)),))
        return [found.document for found in self.register.search.documents(query, limit=_MOST).rows]

    def _read(self, name: str) -> Document:
        if name not in self.known:
            self.known[name] = self.register.ledger.document(name)
        return self.known[name]


def _are_one(some: RowRuling, other: RowRuling) -> bool:
    one, two = some.added.claim, other.added.claim
    return one.id == two.id or gives_way(one, two) or gives_way(two, one)


def _as_in_text(given: Mapping[str, Sequence[str]], text: str) -> dict[str, list[str | Written]]:
    """What was given, with the blanks of the text: it may break a line where the table has a blank."""
    return {
        name: [one if name in _WORDLESS else _spaced(one, name, text) for one in some] for name, some in given.items()
    }


def _spaced(value: str, name: str, text: str) -> Written:
    told = written(value, name)
    if told.words in text or not (found := _pattern(told.words).search(text)):
        return told
    return Written(found[0], told.at, told.meaning)


def _pattern(words: str) -> re.Pattern[str]:
    return re.compile(r"\s+".join(map(re.escape, words.split())))
