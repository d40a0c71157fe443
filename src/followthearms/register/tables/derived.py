"""What follows from the log, kept so that a question need not fold it all: a cache, which may be dropped and made anew.

Invariant: its content is a function of the log and of `register.folding`; nothing is known only here. It has no
migrations: a register whose cache was made by another version makes it anew.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import BigInteger, Boolean, Column, Float, Index, Integer, MetaData, Table, text

from followthearms.register.database import TEXT as Text

metadata = MetaData()


def _number() -> tuple[Column[Any], ...]:
    return Column("number", Float), Column("bound", Text), Column("unit", Text)


def _money() -> tuple[Column[Any], ...]:
    return (
        *(Column("amount", Float), Column("currency", Text), Column("value_bound", Text), Column("value_per", Text)),
    )


folded = Table(
    "folded",
    metadata,
    Column("version", Text, primary_key=True, doc="of what made the cache: the linker, its data, and these tables"),
    info={"about": "what made these tables; one row"},
)

statements = Table(
    "statements",
    metadata,
    Column("document", Text, primary_key=True),
    Column("position", Integer, primary_key=True),
    Column("claim", Text, nullable=False),
    Column("standing", Text, nullable=False, doc="`model.Standing`: pending, accepted, corrected, rejected"),
    Column("kind", Text, nullable=False),
    Column("modality", Text, nullable=False),
    Column("negated", Boolean, nullable=False),
    Column("disputed", Boolean, nullable=False),
    Column("start", Integer, nullable=False, doc="where its evidence begins in the text, in code points"),
    Column("end", Integer, nullable=False),
    Column("first", Text, doc="the first day on which it may have happened or is due: ISO 8601"),
    Column("last", Text),
    Column("published", Text),
    Column("outlet", Text),
    *(Column(side, Text, doc="in the words of the text") for side in ("supplier", "recipient", "parties", "actor")),
    *(Column(f"{side}_code", Text) for side in ("supplier", "recipient", "parties", "actor")),
    *_money(),
    Column("place", Text, doc="in the words of the text"),
    Column("company", Text, doc="in the words of the text"),
    Column("body", Text, nullable=False, doc="JSON of the claim as decided"),
    Index("statements_by_claim", "claim"),
    Index("statements_by_kind", "kind", "document", "position", "negated"),
    Index("statements_by_published", "published"),
    Index("statements_by_standing", "standing", "document", "position"),
    info={"about": "the claims of the current readings, as decisions leave them"},
)

lots = Table(
    "lots",
    metadata,
    Column("document", Text, primary_key=True),
    Column("position", Integer, primary_key=True),
    Column("item", Integer, primary_key=True, doc="from 1"),
    Column("start", Integer, nullable=False, doc="where the item begins in the text, in code points"),
    Column("equipment", Text, nullable=False, doc="in the words of the text"),
    Column("designation", Text, doc="its type"),
    Column("category", Text),
    Column("quantity", Text, doc="in the words of the text"),
    *_number(),
    sqlite_with_rowid=False,  # kept by its key, and not once more by a number
    info={"about": "each item of equipment of a claim, with its number"},
)

cells = Table(
    "cells",
    metadata,
    Column("document", Text, primary_key=True),
    Column("position", Integer, primary_key=True),
    Column("ordinal", Integer, primary_key=True, doc="its place among the mentions of its claim"),
    Column("slot", Text, nullable=False, doc="what it fills: supplier, recipient, equipment, …"),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
    Column("text", Text, nullable=False),
    Column("entity", Text, doc='null where it names none ("it", "arms")'),
    Column("reason", Text, doc="why it is that entity"),
    Index("cells_by_entity", "entity", "slot", "document", "position"),
    sqlite_with_rowid=False,  # kept by its key, and not once more by a number
    info={"about": "each mention in a slot, and the entity that it refers to"},
)

kinds_of = Table(
    "kinds_of",
    metadata,
    Column("entity", Text, primary_key=True),
    Column("wider", Text, primary_key=True, doc="the entity that it is a kind of, or itself"),
    Index("kinds_of_wider", "wider"),
    sqlite_with_rowid=False,  # kept by its key, and not once more by a number
    info={"about": "for each equipment entity, itself and what it is a kind of"},
)

strands = Table(
    "strands",
    metadata,
    Column("anchor", Text, primary_key=True, doc="16 hexadecimal digits, from document, trigger, recipient and item"),
    Column("document", Text, nullable=False),
    Column("position", Integer, nullable=False),
    Column("item", Integer, doc="where its item starts, in code points"),
    Column("thread", Text, nullable=False, doc="the anchor of the thread's first strand"),
    Column("block", Text, nullable=False),
    Column("seeks", Text, doc="the key that a thread without both parties looks for"),
    Column("core", Text, doc="the deal that its block alone makes of it; null for a thread that seeks"),
    Column("deal", Text, doc="null for a thread that names no party and joins nothing"),
    Index("strands_of_document", "document", "position", "deal"),
    Index("strands_of_block", "block"),
    Index("strands_of_thread", "thread"),
    Index("strands_seeking", "seeks"),
    Index("strands_of_deal", "deal", "document", "position"),
    info={"about": "a claim, as far as it concerns one recipient and one item, and the deal that it is in"},
)

briefs = Table(
    "briefs",
    metadata,
    Column("thread", Text, primary_key=True),
    Column("document", Text, nullable=False),
    Column("block", Text, nullable=False),
    Column("kin", Text, nullable=False, doc="which others of its block it may meet: see `link.joining.kin`"),
    Column("spot", Text, nullable=False, doc="16 hexadecimal digits, from block and kin"),
    Column("body", Text, nullable=False, doc="JSON of a `link.joining.briefs.Brief`"),
    Index("briefs_of_block", "block", "kin"),
    Index("briefs_of_spot", "spot"),
    Index("briefs_of_document", "document"),
    info={"about": "what linking looks at of each thread that names a party"},
)

offers = Table(
    "offers",
    metadata,
    Column("key", Text, primary_key=True, doc="type and party by which it is found"),
    Column("thread", Text, primary_key=True),
    Index("offers_of_thread", "thread"),
    sqlite_with_rowid=False,  # kept by its key, and not once more by a number
    info={"about": "what a thread with both parties can be found by"},
)

deals = Table(
    "deals",
    metadata,
    Column("id", Text, primary_key=True),
    Column("nature", Text, nullable=False),
    Column("status", Text, nullable=False),
    Column("first", Text, doc="the earliest day of what is told: ISO 8601"),
    Column("last", Text, doc="the latest such day, plans included"),
    Column("reached", Text, doc="the day by which it had got where it stands"),
    Column("told", Text, doc="the latest day on which it was reported"),
    Column("claims", Integer, nullable=False, doc="how many claims tell of it"),
    Column("sources", Integer, nullable=False),
    Column("conflicts", Integer, nullable=False),
    Column("rank", Float, nullable=False, doc="what the list is sorted by at first: see `register.folding`"),
    Column("number", Float, doc="the best figure for how many, delivered ones too"),
    Column("amount", Float, doc="the best figure for the value"),
    Column("summary", Text, nullable=False, doc="JSON of a `model.DealRow`"),
    Index("deals_by_rank", text("rank DESC"), "id"),
    Index("deals_by_first", "first", "id"),
    Index("deals_by_told", "told", "id"),
    Index("deals_by_status", "status", "rank", "id"),
    Index("deals_by_nature", "nature", "status", "rank", "id"),
    Index("deals_by_sources", "sources", "id"),
    Index("deals_by_amount", "amount", "id"),
    info={"about": "each deal as lists and filters look at it"},
)

bodies = Table(
    "bodies",
    metadata,
    Column("deal", Text, primary_key=True),
    Column("body", Text, nullable=False, doc="JSON of a `model.Deal`: see `register.folding.bodies`"),
    info={"about": "each deal in full, apart from its row, so that going through the rows reads little"},
)

sheets = Table(
    "sheets",
    metadata,
    Column("deal", Text, primary_key=True),
    *(Column(side, Text, doc="by name") for side in ("supplier", "recipient", "parties", "actors")),
    *(Column(f"{side}_code", Text) for side in ("supplier", "recipient", "parties", "actors")),
    Column("equipment", Text, doc="the most specific first"),
    Column("designation", Text, doc="types, each once"),
    Column("category", Text, doc="categories, each once"),
    *_number(),
    Column("delivered_total", Float, doc="batches of different days added up"),
    *_money(),
    Column("companies", Text),
    Column("places", Text),
    Column("documents", Integer, nullable=False, doc="how many"),
    Column("contradictions", Integer, nullable=False, doc="how many"),
    info={"about": "each deal as a row of a spreadsheet"},
)

roles = Table(
    "roles",
    metadata,
    Column("deal", Text, primary_key=True),
    Column("role", Text, primary_key=True, doc="supplier, recipient, party, actor, company, …"),
    Column("entity", Text, primary_key=True),
    Index("roles_by_entity", "entity", "role", "deal"),
    sqlite_with_rowid=False,  # kept by its key, and not once more by a number
    info={"about": "who has which part in a deal"},
)

items = Table(
    "items",
    metadata,
    Column("deal", Text, primary_key=True),
    Column("entity", Text, primary_key=True),
    Index("items_by_entity", "entity", "deal"),
    sqlite_with_rowid=False,  # kept by its key, and not once more by a number
    info={"about": "the equipment of a deal, with all that it is a kind of"},
)

differences = Table(
    "differences",
    metadata,
    Column("id", Text, primary_key=True),
    Column("deal", Text, nullable=False),
    Column("topic", Text, nullable=False, doc="what they differ in: quantity, value, date, …"),
    Column("consistency", Text, nullable=False, doc="compatible, superseded, partial, conflicting"),
    Column("ruled", Boolean, nullable=False, doc="closed by a decision"),
    Column("body", Text, nullable=False, doc="JSON of the contradiction"),
    Index("differences_of_deal", "deal"),
    Index("differences_by_class", "consistency", "topic"),
    info={"about": "where reports of a deal differ"},
)

joins = Table(
    "joins",
    metadata,
    Column("thread", Text, primary_key=True),
    Column("partner", Text, primary_key=True, doc="the anchor of the other thread"),
    Column("weight", Float, nullable=False),
    Column("features", Text, nullable=False, doc="JSON: feature → weight"),
    info={"about": "why threads are of one deal"},
)

entities = Table(
    "entities",
    metadata,
    Column("id", Text, primary_key=True),
    Column("kind", Text, nullable=False, doc="state, company, person, equipment, …"),
    Column("label", Text, nullable=False, doc="what it is called"),
    Column("provisional", Boolean, nullable=False),
    Column("body", Text, nullable=False, doc="JSON of the `model.Entity`"),
    Index("entities_by_kind", "kind", "label"),
    info={"about": "what the claims and documents refer to"},
)

origins = Table(
    "origins",
    metadata,
    Column("document", Text, primary_key=True),
    Column("source", Text, doc="the entity of its outlet"),
    Column("outlet", Text, doc="as the document has it"),
    Column("published", Text, doc="ISO 8601"),
    Column("title", Text),
    Column("url", Text, doc="where it was published"),
    Index("origins_by_source", "source", "published"),
    info={"about": "where each document comes from"},
)

copies = Table(
    "copies",
    metadata,
    Column("document", Text, primary_key=True),
    Column("story", Text, nullable=False, doc="the id of the story: the same for all copies"),
    Index("copies_by_story", "story"),
    sqlite_with_rowid=False,  # kept by its key, and not once more by a number
    info={"about": "documents that are copies of one text"},
)

sketches = Table(
    "sketches",
    metadata,
    Column("triple", BigInteger, primary_key=True, doc="a hash of three words"),
    Column("document", Text, primary_key=True),
    sqlite_with_rowid=False,  # kept by its key, and not once more by a number
    info={"about": "a sample of the word triples of each document, by which its copies are found"},
)
