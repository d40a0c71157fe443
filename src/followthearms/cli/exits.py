"""How a command ends that could do a part of what was asked."""

from __future__ import annotations

import typer


class Unread(typer.Exit):
    """Some input could not be read; the rest was."""

    def __init__(self) -> None:
        super().__init__(code=1)
