"""Every code block of the documentation runs and shows what comes out; every link leads somewhere."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from tests.docs.blocks import FENCE, BlockError, Page, blocks
from tests.warm.command import warm_fta

ROOT = Path(__file__).resolve().parent.parent.parent
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"), *(ROOT / "examples").rglob("*.md")])
NAMES = [str(page.relative_to(ROOT)) for page in PAGES]


@pytest.fixture
def page(tmp_path: Path) -> Page:
    """A page, whose blocks run in an empty folder with the examples in it."""
    if (ROOT / "examples").is_dir():
        shutil.copytree(ROOT / "examples", tmp_path / "examples")
    return Page(tmp_path, warm_fta().parent)


@pytest.mark.parametrize("name", NAMES)
def test_the_blocks_of_the_page_run(name: str, page: Page) -> None:
    for block in blocks(ROOT / name, name):
        page.run(block)


@pytest.mark.parametrize("name", NAMES)
def test_the_links_of_the_page_lead_somewhere(name: str) -> None:
    text = FENCE.sub("", (ROOT / name).read_text(encoding="utf-8"))
    targets = re.findall(r"\]\(([^)#\s]+)", text)
    gone = [t for t in targets if "://" not in t and not ((ROOT / name).parent / t).exists()]
    assert not gone


def block(text: str, page: Page) -> None:
    file = page.folder / "page.md"
    file.write_text(text)
    for found in blocks(file, "page.md"):
        page.run(found)


RIGHT = {
    "console": "```console\n$ printf 'one\\ntwo\\nthree\\n'\none\n...\nthree\n$ touch a\n$ ls\n...a\n...\n```\n",
    "continued": "```console\n$ echo one \\\n    two\none two\n```\n",
    "state": "```python\nx = 2\n```\n\n```python\n>>> x + 1\n3\n```\n",
    "exported": "```bash\nexport A=one\n```\n\n```console\n$ echo $A\none\n```\n",
    "excused": "```bash not run: it would print on paper\nlp report.pdf\n```\n",
    "indented": "1. A step\n\n   ```console\n   $ echo hello\n   hello\n   ```\n",
    "data": '```json\n{"a": 1}\n```\n\n```yaml\na: [1]\n```\n\n```toml\na = 1\n```\n',
}
WRONG = {
    "output": ("```console\n$ echo one\ntwo\n```\n", "shown"),
    "more output": ("```console\n$ printf 'one\\ntwo\\n'\none\n```\n", "shown"),
    "exit code": ("```console\n$ false\n```\n", "exit 1"),
    "command": ("```console\n$ fta deals --register gone.db\n```\n", r"exit 2 from: fta deals --register gone\.db"),
    "script": ("```bash\nexit 3\n```\n", "exit 3"),
    "session": ("```python\n>>> 1 + 1\n3\n```\n", "Expected"),
    "no reason": ("```bash not run:\nlp\n```\n", "no reason"),
    "no language": ("```\nlp\n```\n", "no language"),
    "no command": ("```console\nhello\n```\n", "starts with"),
    "data": ("```json\n{a: 1}\n```\n", "line 1"),
}


@pytest.mark.parametrize("case", RIGHT)
def test_a_right_block_passes(case: str, page: Page) -> None:
    block(RIGHT[case], page)


@pytest.mark.parametrize("case", WRONG)
def test_a_wrong_block_is_caught(case: str, page: Page) -> None:
    text, message = WRONG[case]
    with pytest.raises(BlockError, match=message):
        block(text, page)
