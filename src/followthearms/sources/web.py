"""From an address to inputs: the page behind it, or the pages that a feed behind it links to.

Invariant: a page that cannot be fetched is an error in the stream, and the next is fetched.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from email.message import Message
from urllib.parse import urlsplit

from followthearms.errors import InputError, UnreadableFile
from followthearms.sources.fetch import Fetched, Fetcher, FetchOptions
from followthearms.sources.formats.feeds import Entry, parse_feed
from followthearms.sources.forms import ENDINGS, FIRST_BYTES, form_of_bytes, form_of_name
from followthearms.sources.options import DateBasis, ReadOptions
from followthearms.sources.raw import Form, Origin, Raw

_FORMS: Mapping[str, Form] = {
    "text/html": Form.HTML,
    "application/xhtml+xml": Form.HTML,
    "text/plain": Form.TEXT,
    "application/rss+xml": Form.FEED,
    "application/atom+xml": Form.FEED,
    "application/rdf+xml": Form.FEED,
    "application/pdf": Form.PDF,
    "message/rfc822": Form.MAIL,
    "text/csv": Form.TABLE,
    "application/x-ndjson": Form.LINES,
}
"""What a server says that it sends, where the first bytes do not tell."""


def raw_address(url: str, options: ReadOptions, fetcher: Fetcher | None = None) -> Iterator[Raw | InputError]:
    """The input at an address; of a feed, the pages that it links to, each with what the feed tells of it."""
    if fetcher is None:
        with Fetcher(FetchOptions(max_bytes=options.max_bytes, allowed=options.networks)) as own:
            yield from raw_address(url, options, own)
        return
    try:
        raw = as_raw(fetcher.fetch(url))
        if raw.form is not Form.FEED:
            yield raw
            return
        feed = parse_feed(raw.data, raw.where, raw.url)
    except InputError as error:
        yield error
        return
    for number, entry in enumerate(feed.entries, 1):
        yield linked(entry, f"{raw.where}, entry {number}", fetcher)


def linked(entry: Entry, where: str, fetcher: Fetcher) -> Raw | InputError:
    """The page of an entry, or why it cannot be had. What the feed tells counts where the page says nothing itself."""
    if not entry.url:
        return UnreadableFile(where, "links to no page", "read the feed from a file, for what it tells itself")
    told = {
        "title": entry.title,
        "authors": entry.authors,
        "licence": entry.licence,
        "date": entry.date,
        "date_basis": DateBasis.FEED if entry.date else None,
    }
    try:
        return replace(as_raw(fetcher.fetch(entry.url)), origin=Origin.LINKED, otherwise=told)
    except InputError as error:
        return error


def as_raw(page: Fetched) -> Raw:
    """A fetched page as an input. Raises `UnreadableFile` if it is of a kind that is not read."""
    said = Message()
    said["content-type"] = page.headers.get("content-type") or "application/octet-stream"
    name = urlsplit(page.url).path.rpartition("/")[2]
    form = form_of_bytes(page.data[:FIRST_BYTES]) or _FORMS.get(said.get_content_type()) or form_of_name(name)
    if form is None:
        raise UnreadableFile(
            page.url, f"is of a kind that is not read ({said.get_content_type()})", f"these are: {ENDINGS}"
        )
    return Raw(
        page.url,
        name,
        form,
        page.data,
        url=page.url,
        retrieved=page.retrieved,
        charset=said.get_content_charset(),
    )
