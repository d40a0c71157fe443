"""The made pages of the documentation: up to date, and whole."""

from __future__ import annotations

from pathlib import Path

from followthearms.cli.reference.pages import pages, write
from followthearms.extract.frames.library import matcher

ROOT = Path(__file__).resolve().parents[3]


def test_the_made_pages_of_the_documentation_are_up_to_date() -> None:
    made, folder = pages(), ROOT / "docs/reference"
    lying = {f"frames/{file.name}" for file in (folder / "frames").iterdir()} | {"commands.md", "database.md"}
    stale = [n for n in made if n in lying and (folder / n).read_text("utf-8") != made[n]]
    assert (lying ^ made.keys(), stale) == (set(), []), "run `python -m followthearms.cli.reference`"


def test_every_frame_stands_on_a_page_with_all_its_examples() -> None:
    listed = "\n".join(text for name, text in pages().items() if name.startswith("frames/"))
    for frame in matcher().frames:
        assert f"\n## {frame.frame}\n" in listed
    assert listed.count("\n- ") >= sum(len(texts) for f in matcher().frames for texts in f.examples.values())
    assert "- *Russia* (supplier) **turned down** *Pakistan* (recipient)'s *request* (object) for rifles." in listed


def test_writing_the_pages_takes_stale_ones_away(tmp_path: Path) -> None:
    (tmp_path / "frames").mkdir()
    (tmp_path / "frames/gone.md").write_text("# Gone\n")
    write(tmp_path)
    assert {str(f.relative_to(tmp_path)) for f in tmp_path.rglob("*.md")} == set(pages())
