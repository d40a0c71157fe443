"""Which texts are worth reading, and which were read already. Nothing is written; `Known` alone remembers anything."""

from followthearms.screen.gating import gate
from followthearms.screen.known import Known
from followthearms.screen.passing import passes
from followthearms.screen.verdict import Verdict

__all__ = ["Known", "Verdict", "gate", "passes"]
