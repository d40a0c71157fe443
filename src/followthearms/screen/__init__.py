"""Which texts are worth reading, and which were read already. Pure: nothing is kept, nothing is written."""

from followthearms.screen.gating import gate
from followthearms.screen.passing import passes
from followthearms.screen.verdict import Verdict

__all__ = ["Verdict", "gate", "passes"]
