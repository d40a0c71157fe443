"""Fields that the forms by which something is decided have in common, and what is said of them."""

from __future__ import annotations

from typing import Annotated

from fastapi import Form

Back = Annotated[str, Form(max_length=4000, description="The page to go back to.")]
Why = Annotated[str, Form(max_length=2000, description="Why it is decided so; of a note, the note.")]

WORDS = "Words of the text, one for each value; empty ones do not count."
PLACES = "Where the words of each value stand, as code points: 12-20; empty to look for them."
MEANINGS = "What the words of each value mean, as on the command line; empty to let the program propose it."
