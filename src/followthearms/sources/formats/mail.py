"""Messages (.eml): what they say, and what is attached to them.

Invariant: attachments are inputs of their own, with the same limits as files; messages in messages are followed only so
deep. The day of a message is that on which it was sent, as its sender wrote it, and says so.
"""

from __future__ import annotations

import email
import email.policy
import email.utils
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from email.message import EmailMessage, Message

from followthearms.errors import InputError, PassedOver, UnreadableFile
from followthearms.model import Document
from followthearms.sources.article import article
from followthearms.sources.days import stated_day
from followthearms.sources.formats.html import read_html
from followthearms.sources.forms import FIRST_BYTES, form_of_bytes, form_of_name
from followthearms.sources.options import DateBasis, ReadOptions
from followthearms.sources.raw import Form, Raw
from followthearms.sources.text.decode import decoded

_DEEPEST = 5
"""Messages in messages; a report that was forwarded three times lies in the fourth."""
_MOST_ATTACHMENTS = 200
_FORMS = {"message/rfc822": Form.MAIL, "text/html": Form.HTML, "text/plain": Form.TEXT, "application/pdf": Form.PDF}
"""What an attachment is by its declared type, if neither its name nor its first bytes say."""
_MALFORMED = (LookupError, AttributeError, ValueError, TypeError)
"""How the library fails on headers that are not what they should be: in one of 500 messages that were made to be so."""


def read_mail(raw: Raw, options: ReadOptions) -> Iterator[Document | Raw | InputError]:
    """The document of what a message says, and its attachments, still to be read; those of no known kind are counted.

    Raises `UnreadableFile` if it is no message, or lies too deep in others.
    """
    if raw.depth > _DEEPEST:
        raise UnreadableFile(raw.where, f"lies in more than {_DEEPEST} messages", "save it as a file of its own")
    message = email.message_from_bytes(raw.data, _class=EmailMessage, policy=email.policy.default)
    if not message.keys():
        raise UnreadableFile(raw.where, "is no message: it has no header", "save it again as .eml")
    try:
        body, attached = message.get_body(("plain", "html")), list(message.iter_attachments())
    except _MALFORMED as error:
        raise UnreadableFile(raw.where, f"its parts cannot be told apart ({error})", "save its text as .txt") from error
    data = _bytes(body) if body is not None else b""
    if data.strip() and body is not None:
        yield _document(message, body, data, raw, options)
    elif not attached:
        yield UnreadableFile(raw.where, "holds no text", "leave it out")
    yield from _attachments(attached, raw)


def _document(
    message: EmailMessage, body: Message, data: bytes, raw: Raw, options: ReadOptions
) -> Document | InputError:
    name, address = email.utils.parseaddr(_header(message, "From"))
    sent = stated_day(_header(message, "Date")), DateBasis.MAIL
    try:
        charset = body.get_content_charset()
        if body.get_content_type() == "text/html":
            made = read_html(data, raw.where, raw.name, options, declared=charset)
            text, encoding = made.text, made.encoding
        else:
            text, encoding = decoded(data, raw.where, options, charset)
    except InputError as error:
        return error
    return article(
        text,
        raw.name,
        options,
        title=_header(message, "Subject"),
        published=sent,
        outlet=name or address.rpartition("@")[2],
        encoding=encoding,
    )


def _attachments(attached: Sequence[Message], raw: Raw) -> Iterator[Raw | InputError]:
    others: Counter[str] = Counter()
    for number, part in enumerate(attached, 1):
        try:
            kind, name = part.get_content_type(), _bare_name(part.get_filename() or "")
        except _MALFORMED as error:
            place = f"{raw.where}, attachment {number}"
            yield UnreadableFile(place, f"cannot be told apart ({error})", "save it as a file")
            continue
        data = _bytes(part)
        form = form_of_name(name) or form_of_bytes(data[:FIRST_BYTES]) or _FORMS.get(kind)
        if number > _MOST_ATTACHMENTS or form is None:
            others[kind] += 1
        else:
            where = f"{raw.where}, attachment {number}" + (f" ({name})" if name else "")
            yield Raw(where, name, form, data, depth=raw.depth + 1)
    if others:
        listed = ", ".join(f"{count} {kind}" for kind, count in sorted(others.items()))
        yield PassedOver(raw.where, f"has attachments of no kind that is read: {listed}")


def _bytes(part: Message) -> bytes:
    """What a part holds, decoded from the form in which it was sent; of a message, the whole of it."""
    try:
        if part.get_content_type() == "message/rfc822":
            inner = part.get_payload(0)
            return inner.as_bytes() if isinstance(inner, Message) else b""
        payload = part.get_payload(decode=True)
    except _MALFORMED:
        payload = part.get_payload()  # as it was sent, where that cannot be decoded
    return payload if isinstance(payload, bytes) else str(payload or "").encode("utf-8", "surrogateescape")


def _header(message: EmailMessage, name: str) -> str:
    """What a header says; nothing where it is malformed."""
    try:
        return str(message[name] or "")
    except _MALFORMED:
        return ""


def _bare_name(name: str) -> str:
    """The last part of a name that a stranger gave: it tells the kind and is shown, and is never a path."""
    return re.split(r"[\\/]", name)[-1]
