"""Claims and deals as Rich tables for a terminal."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from rich import box
from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from followthearms.exchange import words
from followthearms.exchange.ranking import contradictions
from followthearms.model import Claim, Document
from followthearms.model.deals import Consistency, Contradiction, Deal, DealRow, Event, Ref, Side, Status
from followthearms.model.entities import Part, Role
from followthearms.register.answers.belonging import Joined

_STYLES = {
    Status.REFUSED: "red",
    Status.CANCELLED: "red",
    Status.SUSPENDED: "red",
    Status.EMBARGOED: "red",
    Status.DELIVERED: "green",
    Status.PARTLY_DELIVERED: "green",
    Status.SUPPLIED: "green",
    Status.AGREED: "cyan",
    Status.IN_PRODUCTION: "cyan",
}
_LONGEST_QUOTE = 300
_MOST_JOINS = 40
"""Pairs that are shown, the heaviest first; a deal of many claims has thousands."""


def deals_table(deals: Iterable[Deal | DealRow]) -> Table:
    """One row for each deal, of few columns, so that it stands in 80 characters."""
    table = plain_table("Deal", "Status", "Quantity /\ndelivered", "Value", "Reports", leading=1)
    for column, width in zip(table.columns[1:4], (11, 14, 12), strict=True):
        column.max_width = width
    table.columns[4].no_wrap = True
    for deal in deals:
        counted = (
            f"{words.quantity(deal)} /\n{words.delivered(deal)}" if deal.quantity or deal.delivered else words.UNSAID
        )
        table.add_row(
            Text.assemble((words.sides(deal), "bold"), f"\n{words.items(deal.equipment)}"),
            Text(words.standing(deal), _STYLES.get(deal.status, "")),
            Text(counted),
            Text(words.worth(deal)),
            Text.assemble(_reports(deal), (f"\n{deal.id}", "dim")),
        )
    return table


def claims_table(pairs: Iterable[tuple[Document, Claim]]) -> Table:
    """One row for each claim, with the words that carry it."""
    table = plain_table("Claim", "Who and what", "Value, day", "Words", leading=1)
    for document, claim in pairs:
        said = words.certainty(claim.modality, claim.negated, claim.disputed)
        told = (
            words.money(claim.value) if claim.value else "",
            words.days(claim.date.first, claim.date.last) if claim.date else "",
        )
        table.add_row(
            Text.assemble(
                (claim.kind[0].value, "bold"),
                (f"\n{said}" if said else "", "red"),
                (f"\n{words.visible(claim.id[:7])}", "dim"),
            ),
            Text("\n".join(part for part in (who(claim), what(claim)) if part)),
            Text("\n".join(part for part in told if part)),
            Text(quote(document.words(claim.evidence)), "italic"),
        )
    return table


def who(claim: Claim) -> str:
    """The parties of a claim, who gives before who gets."""
    if claim.supplier or claim.recipient:
        sides = words.parties(claim.supplier) + words.ARROW + words.parties(claim.recipient)
    else:
        sides = words.parties(claim.parties, " – ") if claim.parties else ""
    acting = f"by {words.parties(claim.actor)}" if claim.actor else ""
    return ", ".join(part for part in (sides, acting) if part)


def what(claim: Claim) -> str:
    """The equipment of a claim with its numbers."""
    parts = (
        f"{words.figure(item.quantity)} {words.one_line(item.text)}" if item.quantity else words.one_line(item.text)
        for item in claim.equipment
    )
    return ", ".join(parts)


def deal_in_full(deal: Deal, documents: dict[str, Document], parts: Iterable[Part] = ()) -> RenderableType:
    """A deal with its facts, who plays which part, its timeline with the quoted words, and where its reports differ."""
    facts = Table.grid(padding=(0, 2))
    for name, value in (*_facts(deal), *_roles(parts)):
        if value != words.UNSAID:
            facts.add_row(Text(name, "dim"), Text(value))
    timeline = Table.grid(padding=(0, 2))
    for event in deal.events:
        timeline.add_row(Text(_when(event), "bold"), _event(event, documents))
    shown: list[RenderableType] = [
        Text(words.heading(deal), "bold"),
        Padding(facts, (0, 0, 1, 2)),
        Text("Timeline", "bold"),
        Padding(timeline, (0, 0, 1, 2)),
    ]
    if deal.contradictions:
        shown += [
            Text("Where the reports differ", "bold"),
            contradictions_list(contradictions([deal]), documents, named=False),
        ]
    return Group(*shown)


def joins_list(found: Sequence[Joined], documents: dict[str, Document]) -> RenderableType:
    """Why claims are of one deal: the pairs that were compared, each with the weights of its features."""
    if not found:
        return Text("All of it was told in one place: nothing had to be joined.")
    parts: list[RenderableType] = [Text("Why this is one deal", "bold")]
    for one in found[:_MOST_JOINS]:
        weighed = sorted(one.features.items(), key=lambda told: (-abs(told[1]), told[0]))
        pair = Text(f"{one.weight:+.2f}", "bold")
        pair.append("  " + ", ".join(f"{name} {weight:+.2f}" for name, weight in weighed), "not bold")
        for ref in (one.left, one.right):
            pair.append(f"\n  “{_quoted(ref, documents)}”", "not bold italic")
            pair.append(f"  {_source(ref, documents)}, {words.visible(ref.claim)}", "not bold dim")
        parts.append(Padding(pair, (0, 0, 1, 2)))
    if len(found) > _MOST_JOINS:
        parts.append(Text(f"and {len(found) - _MOST_JOINS} more pairs; --json has all"))
    return Group(*parts)


def contradictions_list(
    found: Sequence[tuple[Deal, Contradiction]], documents: dict[str, Document], *, named: bool = True
) -> RenderableType:
    """Contradictions, both sides with their words, each under the name of its deal if `named`."""
    parts: list[RenderableType] = []
    for deal, difference in found:
        if named:
            parts.append(Text.assemble((words.heading(deal), "bold"), (f"  {deal.id}", "dim")))
        parts.append(Padding(_contradiction(difference, documents), (0, 0, 1, 2)))
    return Group(*parts) if parts else Text("No two reports of one deal differ.")


def quote(text: str) -> str:
    """Words of a text on one line, cut where they are long."""
    return words.short(text, _LONGEST_QUOTE)


def plain_table(*columns: str, leading: int = 0) -> Table:
    """An empty table, its rows `leading` lines apart."""
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, header_style="dim", leading=leading)
    for column in columns:
        table.add_column(column, overflow="fold")
    return table


def _reports(deal: Deal | DealRow) -> Text:
    """How many independent sources tell of a deal, and how many of their reports cannot both be right."""
    conflicts = deal.conflicts if isinstance(deal, DealRow) else len(deal.conflicts)
    return Text.assemble(
        words.counted(deal.sources, "source"),
        (f"\n{words.counted(conflicts, 'conflict')}" if conflicts else "", "red"),
    )


def _facts(deal: Deal) -> Iterable[tuple[str, str]]:
    yield "deal", deal.id
    yield "about", deal.nature.value
    yield "status", deal.status.value
    yield "equipment", words.items(deal.equipment)
    yield "quantity", words.quantity(deal)
    yield "delivered", words.delivered(deal)
    yield "value", words.worth(deal)
    yield "third parties", words.parties(deal.actors)
    yield "companies", ", ".join(map(words.named, deal.companies)) or words.UNSAID
    yield "places", ", ".join(map(words.named, deal.places)) or words.UNSAID
    yield "independent sources", str(deal.sources)


def _roles(parts: Iterable[Part]) -> Iterable[tuple[str, str]]:
    """Parts that the facts do not show: producer, licensor and the like, in the words of the texts."""
    by_role: dict[str, dict[str, None]] = {}
    for part in parts:
        if part.role not in (Role.SUPPLIER, Role.END_USER):
            said = (words.one_line(span.text) for _, span in part.told)
            by_role.setdefault(part.role.value, {}).update(dict.fromkeys(said))
    return ((role, ", ".join(found)) for role, found in by_role.items())


def _when(event: Event) -> str:
    return words.days(event.first, event.last) or words.UNDATED


def _event(event: Event, documents: dict[str, Document]) -> Text:
    said = words.certainty(event.modality, event.negated, event.disputed)
    stage = f" → {event.stage.value}" if event.stage and event.stage.value != said else ""
    place = f", {words.one_line(event.place)}" if event.place else ""
    return Text.assemble(
        (event.kind.value, "bold"),
        (f" ({said})" if said else "", "red"),
        (stage, _STYLES.get(event.stage, "") if event.stage else ""),
        place,
        ("\n“" + quote(event.quote) + "”", "italic"),
        (f"\n{_source(event.ref, documents)}, {words.visible(event.ref.claim)}", "dim"),
    )


def _contradiction(found: Contradiction, documents: dict[str, Document]) -> RenderableType:
    is_conflict = found.consistency is Consistency.CONFLICTING
    head = Text.assemble(
        (found.consistency.value, "bold red" if is_conflict else "bold"),
        f"  {found.topic.value}: {words.one_line(found.reason)}",
        (f"  {found.id}", "dim"),
        (f"  closed by {found.ruling}" if found.ruling else "", "green"),
    )
    return Group(head, _side(found.left, documents), _side(found.right, documents))


def _side(side: Side, documents: dict[str, Document]) -> RenderableType:
    lines = [Text(words.one_line(side.value), "bold")]
    for ref in dict.fromkeys(side.refs):
        lines.append(
            Text.assemble((f"  “{_quoted(ref, documents)}”", "italic"), (f"  {_source(ref, documents)}", "dim"))
        )
    return Padding(Group(*lines), (0, 0, 0, 2))


def _quoted(ref: Ref, documents: dict[str, Document]) -> str:
    document = documents.get(ref.document)
    claims = (c for c in document.claims if c.id == ref.claim) if document else ()
    return next((quote(document.words(c.evidence)) for c in claims if document), words.visible(ref.claim))


def _source(ref: Ref, documents: dict[str, Document]) -> str:
    document = documents.get(ref.document)
    if document is None:
        return words.visible(ref.document)
    published = f", {words.day(document.date)}" if document.date else ""
    return words.outlet(document) + published
