"""The command that searches the register, and its answers on a terminal: what was looked for stands out in its words.

Invariant: marks are offsets into the text as it is, and `visible` keeps its length, so that they mark what was found.
"""

from __future__ import annotations

from rich.padding import Padding
from rich.text import Text

from followthearms.cli import console
from followthearms.cli.stored import Asked
from followthearms.errors import UsageError
from followthearms.exchange import words
from followthearms.model.filters import Target
from followthearms.model.query import Query
from followthearms.register import Register
from followthearms.register.search import FoundClaim, FoundDeal, FoundDocument, Page, Snippet, Total

Answer = Page[FoundDeal] | Page[FoundClaim] | Page[FoundDocument]


def target_of(flags: dict[Target, bool]) -> Target:
    """What is asked for: deals, unless one of the others is. Raises UsageError for two of them."""
    asked = [target for target, is_asked in flags.items() if is_asked]
    if len(asked) > 1:
        raise UsageError(f"ask for one of {', '.join(f'--{target.value}' for target in asked)}, not for all at once")
    return asked[0] if asked else Target.DEALS


def find(register: Register, query: Query, target: Target, limit: int, after: str | None) -> Answer:
    """A page of the rows that meet a query."""
    match target:
        case Target.DEALS:
            return register.search.deals(query, limit=limit, after=after)
        case Target.CLAIMS:
            return register.search.claims(query, limit=limit, after=after)
        case Target.DOCUMENTS:
            return register.search.documents(query, limit=limit, after=after)


def print_found(asked: Asked, query: Query, target: Target, limit: int, after: str | None) -> None:
    """What meets a query, a page of it."""
    with asked.register() as register:
        found = find(register, query, target, limit, after)
    if asked.as_json:
        console.print_json({"query": str(query), **found.model_dump(mode="json", by_alias=True)})
        return
    out = console.console()
    for row in found.rows:
        head, lines = _told(row)
        out.print(head)
        for line in lines:
            out.print(Padding(line, (0, 0, 0, 2)))
    out.print(Text(_counted(found.total, target), "dim"))
    if found.next:
        out.print(Text(f"More: the same with --after {found.next}", "dim"))


def _told(row: FoundDeal | FoundClaim | FoundDocument) -> tuple[Text, list[Text]]:
    """The first line of a row, and what stands under it."""
    match row:
        case FoundDeal():
            deal = row.row
            head = Text.assemble((words.heading(deal), "bold"), (f"  {deal.id}", "dim"))
            days = words.days(deal.first, deal.last)
            reports = words.counted(deal.sources, "source")
            conflicts = words.counted(deal.conflicts, "conflict") if deal.conflicts else ""
            facts = [part for part in (deal.status.value, days, reports, conflicts) if part]
            return head, [Text(", ".join(facts)), *map(highlighted, row.snippets)]
        case FoundClaim():
            said = words.certainty(row.claim.modality, row.claim.negated, row.claim.disputed)
            head = Text.assemble(
                (row.claim.kind[0].value, "bold"),
                (f" ({said})" if said else "", "red"),
                (f"  {words.visible(row.claim.id)}", "dim"),
            )
            return head, [highlighted(row.quote), _origin(row)]
        case FoundDocument():
            head = Text.assemble((words.one_line(row.title or row.document), "bold"))
            claims = words.counted(row.claims, "claim")
            return head, [highlighted(row.snippet), Text.assemble(_origin(row), (f", {claims}", "dim"))]


def highlighted(snippet: Snippet) -> Text:
    """The words of a snippet with what was looked for marked."""
    shown = Text(words.visible(snippet.text).replace("\n", " "), "italic")
    for mark in snippet.marks:
        shown.stylize("bold yellow", mark.start - snippet.start, mark.end - snippet.start)
    return shown


def _origin(row: FoundClaim | FoundDocument) -> Text:
    """Where it stands: the outlet, the day, and the id of the document."""
    published = words.day(row.published) if row.published else ""
    parts = (words.one_line(row.outlet or ""), published, words.visible(row.document))
    return Text(", ".join(part for part in parts if part), "dim")


def _counted(total: Total, target: Target) -> str:
    noun = target.value if total.count != 1 or not total.exact else target.value.removesuffix("s")
    return f"{'' if total.exact else 'At least '}{total.count:,} {noun}."
