"""What linking looks at of a thread: little, so that a register can keep it and need not read the documents again.

Invariant: threads with equal briefs are linked alike.
"""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import dataclass, field

from pydantic import TypeAdapter

from followthearms.link.joining.facts import Facts
from followthearms.link.names.equipment import Node
from followthearms.model import Nature


@dataclass(frozen=True)
class Brief:
    """A thread in brief; see `link.joining.threads.Thread`.

    `anchor` names the thread; `anchors` are those of all its strands, in the order of the text. `start` and `end`, in
    code points, are of the evidence of its founder; `nature` and `node` what the founder is about.
    """

    anchor: str
    document: str
    start: int
    end: int
    published: dt.date | None
    nature: Nature
    node: Node | None
    block: str
    seeks: str | None
    offers: tuple[str, ...]
    anchors: tuple[str, ...]
    facts: Facts = field(compare=False, repr=False)
    ties: frozenset[str] = frozenset()

    @property
    def depth(self) -> int:
        """How specific its equipment is."""
        return self.node.depth if self.node else 0


_JSON = TypeAdapter(Brief)


def dump_brief(brief: Brief) -> str:
    """The brief as JSON. Equal briefs make equal text: what is a set is sorted, as Python gives it in any order."""
    told = _JSON.dump_python(brief, mode="json")
    for fields, values in ((told, brief), (told["facts"], brief.facts)):
        for name, value in fields.items():
            if isinstance(getattr(values, name), (set, frozenset)):
                fields[name] = sorted(value, key=json.dumps)
    return json.dumps(told, separators=(",", ":"))


def load_brief(line: str) -> Brief:
    """The brief that `dump_brief` wrote."""
    return _JSON.validate_json(line)
