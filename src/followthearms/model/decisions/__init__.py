"""What analysts decide: decisions, the rulings in them, what a ruling is on, and how that is found again."""

from followthearms.model.decisions.decision import Decision, Standing, dump_decision, in_force, undone
from followthearms.model.decisions.rulings import (
    Accept,
    Act,
    Correct,
    Different,
    Grade,
    GradeSource,
    Merge,
    Note,
    Reject,
    Resolve,
    Ruling,
    Same,
    Slot,
    Split,
    Undo,
    Verdict,
    slot_value,
)
from followthearms.model.decisions.subjects import entities, subjects, targets
from followthearms.model.decisions.targets import Disagreement, Target

__all__ = [
    "Accept",
    "Act",
    "Correct",
    "Decision",
    "Different",
    "Disagreement",
    "Grade",
    "GradeSource",
    "Merge",
    "Note",
    "Reject",
    "Resolve",
    "Ruling",
    "Same",
    "Slot",
    "Split",
    "Standing",
    "Target",
    "Undo",
    "Verdict",
    "dump_decision",
    "entities",
    "in_force",
    "slot_value",
    "subjects",
    "targets",
    "undone",
]
