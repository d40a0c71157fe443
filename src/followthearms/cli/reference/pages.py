"""All pages that are made, and the folder that holds them."""

from __future__ import annotations

from pathlib import Path

from followthearms.cli.reference.commands import commands_page
from followthearms.cli.reference.database import database_page
from followthearms.cli.reference.frames import frame_pages


def pages() -> dict[str, str]:
    """Every page that is made, by its path under docs/reference."""
    return {"commands.md": commands_page(), "database.md": database_page(), **frame_pages()}


def write(folder: Path) -> None:
    """Write the pages into docs/reference; pages of kinds that have no frames any more go."""
    made = pages()
    for stale in set((folder / "frames").glob("*.md")) - {folder / name for name in made}:
        stale.unlink()
    for name, text in made.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
