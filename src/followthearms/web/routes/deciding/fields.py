"""Fields of every form by which something is decided."""

from __future__ import annotations

from typing import Annotated

from fastapi import Form

Back = Annotated[str, Form(max_length=4000, description="The page to go back to.")]
Why = Annotated[str, Form(max_length=2000, description="Why it is decided so; of a note, the note.")]
