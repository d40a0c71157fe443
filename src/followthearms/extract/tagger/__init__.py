"""The second voice of the reader: a small encoder, trained on annotated articles, that proposes triggers and roles."""

from followthearms.extract.tagger.decode import Thresholds, events, in_order
from followthearms.extract.tagger.labels import Role
from followthearms.extract.tagger.proposals import Choice, Proposal
from followthearms.extract.tagger.tagger import Tagger

__all__ = ["Choice", "Proposal", "Role", "Tagger", "Thresholds", "events", "in_order"]
