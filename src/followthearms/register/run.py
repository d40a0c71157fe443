"""A run: what read the documents, so that a claim can be traced to the rules that made it."""

from __future__ import annotations

import datetime as dt
import hashlib
import json

from followthearms.model import Frozen


class Run(Frozen):
    """A version of the program with its ruleset (a hash) and its parser. `started`: when it first read, in UTC.

    Two runs that differ only in when they started are the same run, as they read the same claims out of a text.
    """

    version: str
    ruleset: str
    parser: str
    started: dt.datetime

    @property
    def id(self) -> str:
        """Made of version, ruleset and parser."""
        content = json.dumps([self.version, self.ruleset, self.parser])
        return f"r{hashlib.sha256(content.encode()).hexdigest()[:12]}"
