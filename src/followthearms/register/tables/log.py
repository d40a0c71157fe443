"""The log: what was added to the register, as the newest migration leaves it (a test holds the two equal).

Invariant: rows are only ever added. A document is its text; what a run read of it (its metadata and its claims) is a
`reading`; and the newest reading of each document is the current one. An older one stays, replaced but not lost.
What analysts ruled is in `decisions`, in the order in which it was ruled; an undone one stays as well.
"""

from __future__ import annotations

from sqlalchemy import Boolean, Column, ForeignKey, Index, Integer, MetaData, Table, Text

metadata = MetaData()

documents = Table(
    "documents",
    metadata,
    Column("id", Text, primary_key=True),
    Column("text_hash", Text, nullable=False, doc="SHA-256, hexadecimal"),
    Column("text", Text, nullable=False),
    Column("added", Text, nullable=False, doc="ISO 8601, UTC"),
    info={"about": "the texts; a text never changes"},
)

runs = Table(
    "runs",
    metadata,
    Column("id", Text, primary_key=True),
    Column("version", Text, nullable=False),
    Column("ruleset", Text, nullable=False, doc="a hash of the rules"),
    Column("parser", Text, nullable=False, doc="the model that parsed"),
    Column("started", Text, nullable=False),
    info={"about": "what read documents: a version of the program with its rules"},
)

readings = Table(
    "readings",
    metadata,
    Column("id", Integer, primary_key=True, doc="its number, in the order of reading"),
    Column("document", Text, ForeignKey("documents.id"), nullable=False),
    Column("run", Text, ForeignKey("runs.id"), nullable=False),
    Column("content", Text, nullable=False, doc="hash of metadata and claims"),
    Column("metadata", Text, nullable=False, doc="JSON: title, date, outlet, url, …"),
    Column("added", Text, nullable=False),
    Index("readings_of_document", "document", "id"),
    info={"about": "what a run made of a document; the newest of each document counts"},
)

claims = Table(
    "claims",
    metadata,
    Column("reading", Integer, ForeignKey("readings.id"), primary_key=True, doc="the number of the reading"),
    Column("position", Integer, primary_key=True),
    Column("id", Text, nullable=False),
    Column("kind", Text, nullable=False, doc="the best kind; the others are in `body`"),
    Column("modality", Text, nullable=False),
    Column("negated", Boolean, nullable=False),
    Column("disputed", Boolean, nullable=False),
    Column("start", Integer, nullable=False, doc="where its evidence begins in the text, in code points"),
    Column("end", Integer, nullable=False),
    Column("body", Text, nullable=False, doc="JSON, in the claim format"),
    Index("claims_by_id", "id"),
    Index("claims_by_kind", "kind"),
    info={"about": "the claims of a reading, as they were read; see `statements` for those that count now, as decided"},
)

decisions = Table(
    "decisions",
    metadata,
    Column("seq", Integer, primary_key=True, doc="the order in which they were made, which is the order of the fold"),
    Column("id", Text, nullable=False, unique=True),
    Column("act", Text, nullable=False, doc="what it does: accept, reject, correct, merge, …"),
    Column("who", Text, nullable=False),
    Column("made", Text, nullable=False, doc="ISO 8601, UTC"),
    Column("body", Text, nullable=False, doc="JSON of the decision"),
    info={"about": "what analysts ruled, in the order in which they did; an undone one stays"},
)

touched = Table(
    "touched",
    metadata,
    Column("decision", Integer, ForeignKey("decisions.seq"), primary_key=True),
    Column(
        "subject", Text, primary_key=True, doc='"document:ID", "claim:ID", "deal:ID", "entity:ID", "source:NAME", …'
    ),
    Index("touched_by_subject", "subject"),
    info={"about": "what a decision is about"},
)

snapshots = Table(
    "snapshots",
    metadata,
    Column("name", Text, primary_key=True),
    Column("made", Text, nullable=False, doc="ISO 8601, UTC"),
    Column("reading", Integer, nullable=False, doc="the newest reading that it holds; 0 for none"),
    Column("decision", Integer, nullable=False, doc="the newest decision that it holds; 0 for none"),
    Column("content", Text, nullable=False, doc="SHA-256 of its deals in the order of their ids"),
    Column("version", Text, nullable=False, doc="of the program that took it"),
    Column("note", Text, nullable=False),
    Column("who", Text, nullable=False, server_default="", doc="an analyst; empty if it was not written down"),
    info={"about": "the register frozen under a name"},
)

frozen_deals = Table(
    "frozen_deals",
    metadata,
    Column("snapshot", Text, ForeignKey("snapshots.name"), primary_key=True, doc="the name of the snapshot"),
    Column("deal", Text, primary_key=True),
    Column("body", Text, nullable=False, doc="JSON of the deal"),
    info={"about": "the deals of a snapshot"},
)

issued = Table(
    "issued",
    metadata,
    Column("deal", Text, primary_key=True, doc="every id that a deal was ever shown under"),
    Column("document", Text, ForeignKey("documents.id"), nullable=False),
    Column("start", Integer, nullable=False, doc="of the evidence of its founding claim, in code points"),
    Column("end", Integer, nullable=False),
    Column("added", Text, nullable=False),
    info={"about": "every deal id that was ever shown, and where its first claim stands"},
)
