"""Bad input of every kind beside good input, in one run: none is lost, and each has its reason."""

from __future__ import annotations

import gzip
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

import pytest
import yaml

from followthearms.errors import UnreadableFile
from followthearms.sources import read_source
from tests.sources.made import TEXT, archive, column, page, pdf, record, scripted_pdf, word_file, zipped

ZEROS = 200_000_000
MOST_MEMORY = 400_000_000
"""Bytes that the run may take: what one worker may."""
PAGES = [record(f"https://courier.example/{n}", page(f"Howitzers {n}")) for n in range(4)]
LANGUAGES = yaml.safe_load((Path(__file__).parent / "text" / "languages.yaml").read_text(encoding="utf-8"))
RUN = """
import json, resource, sys
from followthearms.sources import read_sources
for item in read_sources(sys.argv[1:]):
    told = vars(item) if isinstance(item, Exception) else item.model_dump(mode="json")
    print(json.dumps({"kind": type(item).__name__, "said": str(item) if isinstance(item, Exception) else "", **told}))
# What getrusage says of this process begins with the memory of the one that started it.
own = next(line for line in open("/proc/self/status") if line.startswith("VmHWM"))
child = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
print(json.dumps({"memory": [1024 * int(own.split()[1]), 1024 * child]}))
"""


class Bad(NamedTuple):
    """A file, what is told of it, and how many documents are read out of it nevertheless."""

    data: bytes
    told: str
    read: int = 0


UNREACHABLE = "https://feeds.invalid/arms.rss"
EXPANDING = b"""<?xml version="1.0"?>
<!DOCTYPE rss [<!ENTITY a "arms"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;">]>
<rss version="2.0"><channel><title>&c;</title><item><title>&c;</title></item></channel></rss>"""
WRONG_LENGTH = PAGES[1].replace(b"Content-Length: ", b"Content-Length: 9", 1)
BAD = {
    "truncated.warc.gz": Bad(archive(PAGES, "gz")[:-300], "fetch it again for the rest", 3),
    "length.warc": Bad(archive([PAGES[0], WRONG_LENGTH, *PAGES[2:]]), "another record begins within them", 4),
    "bomb.wacz": Bad(zipped({"archive/a.warc": bytes(100_000_000)}), "would unpack to 100 MB"),
    "bomb.docx": Bad(zipped({"word/document.xml": bytes(100_000_000)}), "would unpack to 100 MB"),
    "names.wacz": Bad(zipped({"../../x.warc": PAGES[0]}), "", 1),
    "deep.html": Bad(b"<html><body>" + b"<div>" * 100_000 + TEXT.encode() + b"</div>" * 100_000, "deep"),
    "password.pdf": Bad(pdf([column(50, 700, TEXT)], password="secret"), "is behind a password; save it without one"),
    "script.pdf": Bad(scripted_pdf(TEXT), "", 1),
    "scan.pdf": Bad(pdf([[], column(50, 700, TEXT)]), "page 1: has no text layer; have its text recognised", 1),
    "columns.csv": Bad(
        (",".join(f"c{n}" for n in range(100)) + "\n" + "," * 99).encode(), "c19 and 80 more; say which"
    ),
    "lies.html": Bad(page(text=f"{TEXT} A café said so.").replace(b"utf-8", b"koi8-r"), "", 1),
    "expanding.rss": Bad(EXPANDING, "defines entities, which may expand without end"),
    "packed.txt": Bad(gzip.compress(TEXT.encode()), "binary"),
    "..x": Bad(TEXT.encode(), ""),
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("bad")
    for name, bad in BAD.items():
        (made / name).write_bytes(bad.data)
    for ending in ("txt", "html", "csv", "jsonl", "parquet", "ris", "pdf", "docx", "eml", "warc", "warc.gz", "wacz"):
        with (made / f"zeros.{ending}").open("wb") as stream:
            stream.truncate(ZEROS)
    for language, texts in LANGUAGES.items():
        paragraphs = "".join(f"<p>{text}</p>" for text in texts)
        (made / f"{language}.html").write_text(
            f"<!doctype html><html><body><article>{paragraphs}</article></body></html>"
        )
    for name in ("a-good.txt", "z-good.docx"):
        (made / name).write_bytes(TEXT.encode() if name.endswith("txt") else word_file([TEXT]))
    (made / "loop").symlink_to(made)
    (made / "broken.txt").symlink_to(made / "none.txt")
    return made


@pytest.fixture(scope="module")
def told(folder: Path) -> list[dict[str, object]]:
    run = [sys.executable, "-c", RUN, str(folder), UNREACHABLE]
    done = subprocess.run(run, capture_output=True, text=True, check=True)
    return [json.loads(line) for line in done.stdout.splitlines()]


def of(told: list[dict[str, object]], name: str) -> list[str]:
    """What is said of a file."""
    return [str(item["said"]) for item in told if str(item.get("where", "")).split(",")[0].endswith(f"/{name}")]


@pytest.mark.parametrize("name", BAD)
def test_each_is_read_or_told_with_its_reason(told: list[dict[str, object]], name: str) -> None:
    said = of(told, name)
    assert any(BAD[name].told in one for one in said) if BAD[name].told else not said


def test_what_is_sound_in_them_is_read(told: list[dict[str, object]]) -> None:
    documents = [item for item in told if item.get("kind") == "Document"]
    foreign = [item for item in documents if item["language"] not in ("en", None)]
    assert (
        len(documents) - len(foreign) == sum(bad.read for bad in BAD.values()) + 2 + 1
    )  # two good ones, one in English
    assert sum(str(item["text"]).startswith(TEXT) for item in documents) >= 2


def test_a_page_is_marked_with_its_language(told: list[dict[str, object]]) -> None:
    found = {item["language"] for item in told if item.get("kind") == "Document"}
    assert len(LANGUAGES) >= 12
    assert set(LANGUAGES) <= found


def test_a_page_whose_declared_encoding_lies_is_read_and_says_so(told: list[dict[str, object]]) -> None:
    (lying,) = (item for item in told if "café" in str(item.get("text")))
    assert lying["encoding"] == "utf-8, though koi8-r is declared"


@pytest.mark.parametrize(
    "ending", ["txt", "html", "csv", "jsonl", "parquet", "ris", "pdf", "docx", "eml", "warc", "warc.gz", "wacz"]
)
def test_two_hundred_megabytes_of_zeros_are_one_error(told: list[dict[str, object]], ending: str) -> None:
    (said,) = of(told, f"zeros.{ending}")
    assert said


def test_nothing_is_written_anywhere(folder: Path, told: list[dict[str, object]]) -> None:
    assert told
    assert not list(folder.parent.glob("**/x.warc")) and not list(folder.parent.parent.glob("x.warc"))


def test_links_are_told_and_not_followed(folder: Path, told: list[dict[str, object]]) -> None:
    (said,) = (str(item["said"]) for item in told if item.get("where") == str(folder))
    assert "1 broken link, 1 link to a folder" in said


def test_the_memory_is_bounded(told: list[dict[str, object]]) -> None:
    memory = told[-1]["memory"]
    assert isinstance(memory, list)
    assert max(memory) < MOST_MEMORY


def test_a_feed_that_cannot_be_reached_is_told(told: list[dict[str, object]]) -> None:
    (said,) = (str(item["said"]) for item in told if item.get("where") == UNREACHABLE)
    assert "cannot be reached" in said and "check the address" in said


@contextmanager
def nobody() -> Iterator[None]:
    """As a user who may do nothing: permissions do not hold for the administrator."""
    if os.geteuid():
        yield
        return
    os.seteuid(65534)
    try:
        yield
    finally:
        os.seteuid(0)


def test_a_folder_and_a_file_without_permission_are_told(tmp_path: Path) -> None:
    (tmp_path / "locked").mkdir(mode=0o000)
    (tmp_path / "secret.txt").write_text(TEXT)
    (tmp_path / "secret.txt").chmod(0o000)
    for path in (tmp_path, *tmp_path.parents):
        if path == Path(tempfile.gettempdir()):
            break
        path.chmod(0o755)
    with nobody():
        locked, secret = list(read_source(tmp_path))
    (tmp_path / "locked").chmod(0o700)
    for item, name in ((locked, "locked"), (secret, "secret.txt")):
        assert isinstance(item, UnreadableFile)
        assert str(item) == f"{tmp_path}/{name}: cannot be read (Permission denied); allow yourself to read it"
