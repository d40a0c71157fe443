"""What comes from outside moves no terminal, by whatever field it comes."""

from __future__ import annotations

from pathlib import Path

from followthearms.model.format import dump_line, load_line
from tests.link.drafts import draft, said

HOSTILE = "\x1b[2J\x9b2J"


def test_the_id_of_a_claim(fta, tmp_path: Path) -> None:
    claim = said("delivery", "delivered", id=HOSTILE, supplier="Norway/NO", equipment="howitzers")
    line = dump_line(draft("a", "Norway delivered 22 howitzers to Ukraine.", claim))
    assert load_line(line, "a").claims[0].id == HOSTILE
    (tmp_path / "a.jsonl").write_text(line, encoding="utf-8")
    for command in (["read", "a.jsonl"], ["read", "a.jsonl", "--format", "jsonl"]):
        result = fta(*command, "--keep-claims")
        assert result.exit_code == 0
        assert not {"\x1b", "\x9b"} & set(result.stdout)
        assert "2J" in result.stdout
