"""WARC archives of made-up news pages.

    python -m benchmarks.scale.archive --pages 20000 --size 170 day.warc.gz

One member a record, as crawlers write them: a `warcinfo`, and for each page its request and its response.
"""

from __future__ import annotations

import argparse
import datetime as dt
import gzip
import uuid
from pathlib import Path

from benchmarks.scale.news import Article, article
from benchmarks.scale.pages import page

CRAWLED = dt.datetime(2026, 11, 20, 6, tzinfo=dt.UTC)


def write(path: Path, pages: int, size: int, *, first: int = 0) -> None:
    """Write an archive of so many pages of about so many bytes, from the article with the number `first` on."""
    with path.open("wb") as out:
        out.write(_record("warcinfo", "", "application/warc-fields", b"software: a generator of made-up news\r\n"))
        for number in range(first, first + pages):
            told = article(number)
            out.write(_record("request", told.url, "application/http; msgtype=request", _request(told)))
            out.write(_record("response", told.url, "application/http; msgtype=response", _response(*page(told, size))))


def _record(kind: str, url: str, content_type: str, content: bytes) -> bytes:
    """A record as one member of a gzip file."""
    head = {
        "WARC-Type": kind,
        "WARC-Record-ID": f"<{uuid.uuid5(uuid.NAMESPACE_URL, kind + url).urn}>",
        "WARC-Date": f"{CRAWLED:%Y-%m-%dT%H:%M:%SZ}",
        **({"WARC-Target-URI": url} if url else {}),
        "Content-Type": content_type,
        "Content-Length": str(len(content)),
    }
    lines = "".join(f"{name}: {value}\r\n" for name, value in head.items())
    return gzip.compress(f"WARC/1.0\r\n{lines}\r\n".encode() + content + b"\r\n\r\n", mtime=0)


def _request(told: Article) -> bytes:
    host, _, path = told.url.removeprefix("https://").partition("/")
    return f"GET /{path} HTTP/1.1\r\nHost: {host}\r\nUser-Agent: made-up\r\n\r\n".encode()


def _response(body: bytes, encoding: str) -> bytes:
    head = f"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset={encoding}\r\nContent-Length: {len(body)}\r\n\r\n"
    return head.encode() + body


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("path", type=Path, metavar="FILE", help="Where to write.")
    parser.add_argument("--pages", type=int, default=2_000, help="How many.")
    parser.add_argument("--size", type=int, default=170, metavar="KB", help="How large each is, about.")
    asked = parser.parse_args()
    write(asked.path, asked.pages, asked.size * 1000)


if __name__ == "__main__":
    main()
