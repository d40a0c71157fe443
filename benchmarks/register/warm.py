"""Importing this makes a first write, to a register that is thrown away: what a register loads once is then loaded.

A process that is forked from one that imported it writes at full speed from the start.
"""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.register.programs import ACTS
from followthearms.register import Register

with TemporaryDirectory() as _folder, Register.open(Path(_folder) / "register.db") as _register:
    for _act in ACTS.values():
        _act.do(_register, "warm")
