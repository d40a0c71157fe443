"""What follows from the log, kept so that a question need not fold it all: a cache, which may be dropped and made anew.

Invariant: its content is a function of the log and of `register.folding`; nothing is known only here. It has no
migrations: a register whose cache was made by another version makes it anew.
"""

from __future__ import annotations

from sqlalchemy import BigInteger, Boolean, Column, Float, Index, Integer, MetaData, Table, text

from followthearms.register.database import TEXT as Text

metadata = MetaData()

folded = Table(
    "folded",
    metadata,
    Column("version", Text, primary_key=True),  # of what made the cache: the linker, its data, and these tables
)

statements = Table(  # the claims of the current readings, as decisions leave them
    "statements",
    metadata,
    Column("document", Text, primary_key=True),
    Column("position", Integer, primary_key=True),
    Column("claim", Text, nullable=False),
    Column("standing", Text, nullable=False),  # `model.Standing`: pending, accepted, corrected, rejected
    Column("kind", Text, nullable=False),
    Column("modality", Text, nullable=False),
    Column("negated", Boolean, nullable=False),
    Column("disputed", Boolean, nullable=False),
    Column("start", Integer, nullable=False),  # of the evidence, in code points
    Column("end", Integer, nullable=False),
    Column("first", Text),  # ISO 8601 days between which it happened or is due
    Column("last", Text),
    Column("published", Text),
    Column("outlet", Text),
    Column("body", Text, nullable=False),  # JSON of the claim as decided
    Index("statements_by_claim", "claim"),
    Index("statements_by_kind", "kind", "document", "position", "negated"),
    Index("statements_by_published", "published"),
    Index("statements_by_standing", "standing", "document", "position"),
)

cells = Table(  # each mention in a slot, and the entity that it refers to
    "cells",
    metadata,
    Column("document", Text, primary_key=True),
    Column("position", Integer, primary_key=True),
    Column("ordinal", Integer, primary_key=True),
    Column("slot", Text, nullable=False),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
    Column("text", Text, nullable=False),
    Column("entity", Text),  # null where it names none ("it", "arms")
    Column("reason", Text),  # why it is that entity
    Index("cells_by_entity", "entity", "slot", "document", "position"),
    sqlite_with_rowid=False,  # kept by its key, and not once more by a number
)

kinds_of = Table(  # for each equipment entity, itself and what it is a kind of
    "kinds_of",
    metadata,
    Column("entity", Text, primary_key=True),
    Column("wider", Text, primary_key=True),
    Index("kinds_of_wider", "wider"),
    sqlite_with_rowid=False,  # kept by its key, and not once more by a number
)

strands = Table(  # a claim, as far as it concerns one recipient and one item, and the deal that it is in
    "strands",
    metadata,
    Column("anchor", Text, primary_key=True),  # 16 hexadecimal digits, from document, trigger, recipient and item
    Column("document", Text, nullable=False),
    Column("position", Integer, nullable=False),
    Column("item", Integer),  # where its item starts, in code points
    Column("thread", Text, nullable=False),  # the anchor of the thread's first strand
    Column("block", Text, nullable=False),
    Column("seeks", Text),
    Column("core", Text),  # the deal that its block alone makes of it; null for a thread that seeks
    Column("deal", Text),  # null for a thread that names no party and joins nothing
    Index("strands_of_document", "document", "position", "deal"),
    Index("strands_of_block", "block"),
    Index("strands_of_thread", "thread"),
    Index("strands_seeking", "seeks"),
    Index("strands_of_deal", "deal", "document", "position"),
)

briefs = Table(  # what linking looks at of each thread that names a party
    "briefs",
    metadata,
    Column("thread", Text, primary_key=True),
    Column("document", Text, nullable=False),
    Column("block", Text, nullable=False),
    Column("kin", Text, nullable=False),  # which others of its block it may meet: see `link.joining.kin`
    Column("spot", Text, nullable=False),  # 16 hexadecimal digits, from block and kin
    Column("body", Text, nullable=False),  # JSON of a `link.joining.briefs.Brief`
    Index("briefs_of_block", "block", "kin"),
    Index("briefs_of_spot", "spot"),
    Index("briefs_of_document", "document"),
)

offers = Table(  # what a thread with both parties can be found by
    "offers",
    metadata,
    Column("key", Text, primary_key=True),
    Column("thread", Text, primary_key=True),
    Index("offers_of_thread", "thread"),
    sqlite_with_rowid=False,  # kept by its key, and not once more by a number
)

deals = Table(
    "deals",
    metadata,
    Column("id", Text, primary_key=True),
    Column("nature", Text, nullable=False),
    Column("status", Text, nullable=False),
    Column("first", Text),  # ISO 8601 days of its earliest and latest event
    Column("last", Text),
    Column("reached", Text),  # the day by which it had got where it stands
    Column("told", Text),  # the latest day on which it was reported
    Column("claims", Integer, nullable=False),
    Column("sources", Integer, nullable=False),
    Column("conflicts", Integer, nullable=False),
    Column("rank", Float, nullable=False),  # what the list is sorted by at first: see `register.folding`
    Column("number", Float),  # the best figure for how many, and for the value
    Column("amount", Float),
    Column("summary", Text, nullable=False),  # JSON of a `model.DealRow`
    Index("deals_by_rank", text("rank DESC"), "id"),
    Index("deals_by_first", "first", "id"),
    Index("deals_by_told", "told", "id"),
    Index("deals_by_status", "status", "rank", "id"),
    Index("deals_by_nature", "nature", "status", "rank", "id"),
    Index("deals_by_sources", "sources", "id"),
    Index("deals_by_amount", "amount", "id"),
)

bodies = Table(  # each deal in full, apart from its row, so that going through the rows reads little
    "bodies",
    metadata,
    Column("deal", Text, primary_key=True),
    Column("body", Text, nullable=False),  # JSON of a `model.Deal`
)

roles = Table(
    "roles",
    metadata,
    Column("deal", Text, primary_key=True),
    Column("role", Text, primary_key=True),  # supplier, recipient, party, actor, company, …
    Column("entity", Text, primary_key=True),
    Index("roles_by_entity", "entity", "role", "deal"),
    sqlite_with_rowid=False,  # kept by its key, and not once more by a number
)

items = Table(  # the equipment of a deal, with all that it is a kind of
    "items",
    metadata,
    Column("deal", Text, primary_key=True),
    Column("entity", Text, primary_key=True),
    Index("items_by_entity", "entity", "deal"),
    sqlite_with_rowid=False,  # kept by its key, and not once more by a number
)

differences = Table(
    "differences",
    metadata,
    Column("id", Text, primary_key=True),
    Column("deal", Text, nullable=False),
    Column("topic", Text, nullable=False),
    Column("consistency", Text, nullable=False),
    Column("ruled", Boolean, nullable=False),  # closed by a decision
    Column("body", Text, nullable=False),  # JSON of the contradiction
    Index("differences_of_deal", "deal"),
    Index("differences_by_class", "consistency", "topic"),
)

joins = Table(  # why threads are of one deal
    "joins",
    metadata,
    Column("thread", Text, primary_key=True),
    Column("partner", Text, primary_key=True),
    Column("weight", Float, nullable=False),
    Column("features", Text, nullable=False),  # JSON: feature → weight
)

entities = Table(
    "entities",
    metadata,
    Column("id", Text, primary_key=True),
    Column("kind", Text, nullable=False),
    Column("label", Text, nullable=False),
    Column("provisional", Boolean, nullable=False),
    Column("body", Text, nullable=False),  # JSON of the `model.Entity`
    Index("entities_by_kind", "kind", "label"),
)

origins = Table(  # where each document comes from
    "origins",
    metadata,
    Column("document", Text, primary_key=True),
    Column("source", Text),  # the entity of its outlet
    Column("outlet", Text),  # as the document has it
    Column("published", Text),  # ISO 8601
    Index("origins_by_source", "source", "published"),
)

copies = Table(  # documents that are copies of one text
    "copies",
    metadata,
    Column("document", Text, primary_key=True),
    Column("story", Text, nullable=False),
    Index("copies_by_story", "story"),
    sqlite_with_rowid=False,  # kept by its key, and not once more by a number
)

sketches = Table(  # a sample of the word triples of each document, by which its copies are found
    "sketches",
    metadata,
    Column("triple", BigInteger, primary_key=True),
    Column("document", Text, primary_key=True),
    sqlite_with_rowid=False,  # kept by its key, and not once more by a number
)
