"""Files of all kinds, written by the libraries that people write them with."""

from __future__ import annotations

import gzip
import io
import json
import zipfile
from collections.abc import Sequence
from typing import Any

import docx
from fastwarc.stream_io import ZstdWriter
from fastwarc.warc import WarcRecord, WarcRecordType
from PIL import Image
from reportlab.lib.pagesizes import A4
from reportlab.lib.utils import ImageReader, simpleSplit
from reportlab.pdfgen.canvas import Canvas

TEXT = "Norway will send Latvia twelve howitzers in May, the ministry in Oslo said on Monday."
FONT, SIZE = "Helvetica", 10
WRITTEN = "2023-05-02T10:00:00Z"
Line = tuple[float, float, str]
"""Where a line of a PDF begins, in points from the lower left, and its words."""


def page(title: str = "Howitzers for Latvia", text: str = TEXT) -> bytes:
    """A page of news."""
    return f"""<!doctype html><html lang="en"><head><title>{title}</title><meta charset="utf-8"></head>
<body><nav><a href="/">Home</a></nav><article><h1>{title}</h1><p>{text}</p>
<p>The guns will be paid for by a group of donors, according to a statement that was sent to reporters.</p></article>
</body></html>""".encode()


def record(
    url: str,
    body: bytes,
    *,
    kind: WarcRecordType = WarcRecordType.response,
    status: str = "200 OK",
    content: str = "text/html; charset=utf-8",
    headers: Sequence[str] = (),
) -> bytes:
    """A record of a web archive."""
    made = WarcRecord()
    made.init_headers(record_type=kind)
    made.headers["WARC-Target-URI"] = url
    made.headers["WARC-Date"] = WRITTEN
    is_http = kind in (WarcRecordType.response, WarcRecordType.request)
    made.headers["Content-Type"] = "application/http" if is_http else content
    head = "\r\n".join([f"HTTP/1.1 {status}", f"Content-Type: {content}", *headers, "", ""]).encode()
    made.set_bytes_content(head + body if is_http else body)
    out = io.BytesIO()
    made.write(out)
    return out.getvalue()


def archive(records: Sequence[bytes], compression: str = "") -> bytes:
    """A web archive, each record compressed by itself as the standard wants."""
    match compression:
        case "gz":
            return b"".join(gzip.compress(one) for one in records)
        case "zst":
            return b"".join(map(_zstd, records))
        case _:
            return b"".join(records)


class _Kept(io.BytesIO):
    """Bytes that are there after a writer has closed their stream."""

    def close(self) -> None:
        pass


def _zstd(data: bytes) -> bytes:
    out = _Kept()
    with ZstdWriter(out) as writer:
        writer.write(data)
    return out.getvalue()


def zipped(members: dict[str, bytes], compression: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A zip file."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", compression) as opened:
        for name, data in members.items():
            opened.writestr(name, data)
    return out.getvalue()


def pdf(pages: Sequence[Sequence[Line]], **about: str) -> bytes:
    """A PDF of lines of words; a page without any holds the picture of one."""
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=A4, invariant=True, encrypt=about.pop("password", None))
    canvas.setTitle(about.get("title", ""))
    canvas.setAuthor(about.get("author", ""))
    for lines in pages:
        canvas.setFont(FONT, SIZE)
        for left, bottom, words in lines:
            canvas.drawString(left, bottom, words)
        if not lines:
            canvas.drawImage(ImageReader(Image.new("L", (60, 80), 200)), 50, 50)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def scripted_pdf(words: str) -> bytes:
    """A PDF of one line with a script that is to run when it is opened, and one when its page is."""
    script = "<< /S /JavaScript /JS (app.alert\\(1\\); while \\(true\\) {}) >>"
    content = f"BT /F1 12 Tf 50 700 Td ({words}) Tj ET"
    objects = [
        f"<< /Type /Catalog /Pages 2 0 R /OpenAction {script} /Names << /JavaScript << /Names [(a) {script}] >> >> >>",
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents 4 0 R /AA << /O {script} >> "
        "/Resources << /Font << /F1 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >> >> >>",
        f"<< /Length {len(content)} >>\nstream\n{content}\nendstream",
    ]
    body = "".join(f"{number} 0 obj\n{made}\nendobj\n" for number, made in enumerate(objects, 1))
    return f"%PDF-1.7\n{body}trailer\n<< /Root 1 0 R /Size 5 >>\n%%EOF\n".encode()


def column(left: float, top: float, words: str, width: float = 220, step: float = 12) -> list[Line]:
    """Words set in lines of a width in points, under each other."""
    return [(left, top - n * step, line) for n, line in enumerate(simpleSplit(words, FONT, SIZE, width))]


def word_file(paragraphs: Sequence[str], table: Sequence[Sequence[str]] = (), **about: Any) -> bytes:
    """A Word file."""
    made = docx.Document()
    for words in paragraphs:
        made.add_paragraph(words)
    if table:
        rows = made.add_table(len(table), len(table[0])).rows
        for row, cells in zip(rows, table, strict=True):
            for cell, words in zip(row.cells, cells, strict=True):
                cell.text = words
    for name, value in about.items():
        setattr(made.core_properties, name, value)
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def json_lines(rows: Sequence[dict[str, Any]]) -> bytes:
    """JSON lines."""
    return b"".join(json.dumps(row).encode() + b"\n" for row in rows)
