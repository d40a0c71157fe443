"""Word files, messages and references; and how the kind of a file is told."""

from __future__ import annotations

import datetime as dt
import io
import random
import zipfile
from email.message import EmailMessage
from pathlib import Path

import pytest

from followthearms.errors import InputError, PassedOver, UnreadableFile
from followthearms.model import Document
from followthearms.sources import ReadOptions, read_source
from followthearms.sources.files import read_raw
from followthearms.sources.raw import Form, Raw
from tests.sources.made import TEXT, archive, json_lines, page, pdf, record, word_file, zipped

LINES = [(50.0, 700.0, TEXT)]
CORE = "docProps/core.xml"


def read(
    folder: Path, name: str, content: str | bytes, options: ReadOptions | None = None
) -> list[Document | InputError]:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return list(read_source(path, options))


def texts(found: list[Document | InputError]) -> list[str]:
    return [made.text if isinstance(made, Document) else str(made) for made in found]


# Word


def test_a_word_file_gives_its_paragraphs_and_tables_in_order(tmp_path: Path) -> None:
    created = dt.datetime(2020, 1, 1)
    data = word_file(
        [TEXT, "It\tsaid so."], [["State", "Guns"], ["Latvia", "12"]], title="Guns", author="A; B", created=created
    )
    (made,) = read(tmp_path, "a.docx", data)
    assert isinstance(made, Document)
    assert made.text == f"{TEXT}\n\nIt\tsaid so.\n\nState\tGuns\nLatvia\t12"
    assert (made.title, made.authors, made.date) == ("Guns", ("A", "B"), None)


def changed(data: bytes, name: str, old: bytes, new: bytes) -> bytes:
    with zipfile.ZipFile(io.BytesIO(data)) as opened:
        return zipped({n: opened.read(n).replace(old, new) if n == name else opened.read(n) for n in opened.namelist()})


def test_of_changes_and_boxes_what_is_shown_is_read_once(tmp_path: Path) -> None:
    run = "<w:r><w:t>{}</w:t></w:r>"
    box = "<mc:AlternateContent xmlns:mc='http://schemas.openxmlformats.org/markup-compatibility/2006'>" + "".join(
        f"<mc:{kind}><w:txbxContent><w:p>{run.format('In a box.')}</w:p></w:txbxContent></mc:{kind}>"
        for kind in ("Choice", "Fallback")
    )
    gone = f"<w:del><w:r><w:delText>Never</w:delText></w:r></w:del><w:moveFrom>{run.format('Elsewhere')}</w:moveFrom>"
    put = f"<w:ins>{run.format('New. ')}</w:ins>{gone}{run.format('MARK')}{box}</mc:AlternateContent>"
    data = changed(word_file(["MARK"]), "word/document.xml", b"<w:r><w:t>MARK</w:t></w:r>", put.encode())
    assert texts(read(tmp_path, "a.docx", data)) == ["New. MARK In a box."]


LAUGHS = '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>'


@pytest.mark.parametrize(
    ("data", "problem"),
    [
        (b"", "damaged, or no zip file"),
        (bytes(100_000), "damaged, or no zip file"),
        (word_file([TEXT])[:-100], "damaged, or no zip file"),
        (zipped({"a.txt": b"a"}), "is no Word file: it holds no word/document.xml"),
        (word_file([""]), "holds no text"),
        (zipped({"word/document.xml": bytes(90_000_000)}), "would unpack to 90 MB"),
        (zipped({"word/document.xml": b"<a>" * 100_000}), "damaged"),
        (zipped({"word/document.xml": f"{LAUGHS}<x>&b;</x>".encode()}), "declares a document type"),
        (
            zipped({"word/document.xml": b'<!DOCTYPE x SYSTEM "file:///etc/passwd"><x>&y;</x>'}),
            "declares a document type",
        ),
        (
            changed(
                word_file([TEXT]), CORE, b"<cp:coreProperties", b'<!DOCTYPE x [<!ENTITY a "b">]><cp:coreProperties'
            ),
            "type",
        ),
    ],
)
def test_a_word_file_that_is_none_is_one_error(tmp_path: Path, data: bytes, problem: str) -> None:
    (told,) = read(tmp_path, "a.docx", data)
    assert isinstance(told, UnreadableFile)
    assert problem in str(told)


def test_a_word_file_that_lies_about_its_size_is_unpacked_to_the_limit(tmp_path: Path) -> None:
    made = zipped({"word/document.xml": b"<a>" + b" " * 9_999_997})
    lying = made.replace((10_000_000).to_bytes(4, "little"), (1000).to_bytes(4, "little"))
    (told,) = read(tmp_path, "a.docx", lying, ReadOptions(max_bytes=100_000))
    assert isinstance(told, UnreadableFile)


# Mail


def message(*, text: str = TEXT, html: str = "", subject: str = "Howitzers for Latvia") -> EmailMessage:
    made = EmailMessage()
    made["Subject"], made["From"], made["To"] = subject, "Ministère de la Défense <press@mod.example>", "desk@c.example"
    made["Date"] = "Tue, 02 May 2023 23:30:00 -0500"
    if text:
        made.set_content(text)
    if html:
        made.add_alternative(html, subtype="html")
    return made


def test_a_message_is_what_it_says_by_whom_and_when_it_was_sent(tmp_path: Path) -> None:
    for name, made in (("a.eml", message(html="<p>Never this</p>")), ("b.eml", message(text="", html=page().decode()))):
        (document,) = read(tmp_path, name, made.as_bytes())
        assert isinstance(document, Document)
        assert TEXT in document.text and "Never" not in document.text
        assert (document.title, document.outlet) == ("Howitzers for Latvia", "Ministère de la Défense")
        assert (document.date, document.date_basis) == (dt.date(2023, 5, 2), "mail")
        assert "press@" not in document.model_dump_json()


def test_attachments_are_documents_of_their_own(tmp_path: Path) -> None:
    made, inner = message(), message(subject="Inner", text=f"{TEXT} Again.")
    inner.add_attachment(
        word_file(["In a Word file."]), maintype="application", subtype="octet-stream", filename="a.docx"
    )
    made.add_attachment(pdf([LINES]), maintype="application", subtype="pdf", filename="../../etc/report.pdf")
    made.add_attachment(b"\x89PNG", maintype="image", subtype="png", filename="a.png")
    made.add_attachment(inner)
    made.add_attachment(
        json_lines([{"maintext": "In a table."}]), maintype="application", subtype="json", filename="t.jsonl"
    )
    found = read(tmp_path, "a.eml", made.as_bytes())
    assert [d.text for d in found if isinstance(d, Document)] == [
        TEXT,
        TEXT,
        f"{TEXT} Again.",
        "In a Word file.",
        "In a table.",
    ]
    (told,) = (e for e in found if isinstance(e, InputError))
    assert isinstance(told, PassedOver)
    assert "has attachments of no kind that is read: 1 image/png" in str(told)
    attached = [d for d in found if isinstance(d, Document)][1]
    assert (attached.date, attached.outlet) == (None, None)


def test_messages_are_followed_only_so_deep(tmp_path: Path) -> None:
    made = message(subject="0")
    for depth in range(1, 30):
        outer = message(subject=str(depth))
        outer.add_attachment(made)
        made = outer
    *documents, told = read(tmp_path, "a.eml", made.as_bytes())
    assert [d.title for d in documents if isinstance(d, Document)] == ["29", "28", "27", "26", "25", "24"]
    assert "lies in more than 5 messages" in str(told)


@pytest.mark.parametrize("data", [b"", b"\n\nno header", bytes(1000), b"Subject: a\n\n"])
def test_a_message_that_is_none_is_one_error(tmp_path: Path, data: bytes) -> None:
    (told,) = read(tmp_path, "a.eml", data)
    assert isinstance(told, UnreadableFile)


def test_malformed_messages_are_read_or_told() -> None:
    made = message(html=page().decode())
    made.add_attachment(b"words", maintype="text", subtype="plain", filename="a.txt")
    chance, whole = random.Random(7), made.as_bytes()
    odd = [b"=?utf-8?q?", b'"', b"<", b"*0*=", b"\n", b"\0", b";", b"charset=", b"--", b":", b"\xff", b"group:;"]
    for _ in range(100):
        data = bytearray(whole)
        for _ in range(chance.choice((1, 3, 10))):
            at = chance.randrange(len(data))
            data[at : at + chance.randrange(9)] = chance.choice(odd)
        for item in read_raw(Raw("a.eml", "a.eml", Form.MAIL, bytes(data)), ReadOptions()):
            assert isinstance(item, Document | InputError)


# References

RIS = """TY  - RPRT
TI  - Howitzers for Latvia
AU  - Berg, A.
AU  - Ozola, B.
DA  - 2023/05/02/
PB  - Baltic Courier
UR  - https://courier.example/howitzers
AB  - {text}
N1  - <p>My note.</p><p>It goes
on &amp; on.</p>
{files}ER  -

"""


def test_a_record_without_files_is_its_abstract_and_notes(tmp_path: Path) -> None:
    made, told = read(tmp_path, "a.ris", RIS.format(text=TEXT, files="") + "TY  - NEWS\nTI  - Bare\nER  - \n")
    assert isinstance(made, Document)
    assert made.text == f"{TEXT}\n\nMy note.\nIt goes\non & on."
    assert (made.title, made.outlet) == ("Howitzers for Latvia", "Baltic Courier")
    assert made.authors == ("Berg, A.", "Ozola, B.")
    assert (made.date, made.date_basis, made.url) == (
        dt.date(2023, 5, 2),
        "metadata",
        "https://courier.example/howitzers",
    )
    assert isinstance(told, PassedOver)
    assert "holds 1 records without abstract, notes or attached files" in str(told)


def test_an_attached_file_is_read_with_what_its_record_says(tmp_path: Path) -> None:
    (tmp_path / "files" / "12").mkdir(parents=True)
    (tmp_path / "files" / "12" / "A report.pdf").write_bytes(pdf([LINES], title="Draft of a title"))
    files = "L1  - files/12/A report.pdf\n"
    (made,) = read(tmp_path, "a.ris", RIS.format(text="An abstract.", files=files))
    assert isinstance(made, Document)
    assert (made.text, made.title, made.date) == (TEXT, "Howitzers for Latvia", dt.date(2023, 5, 2))
    assert made.raw_hash
    (again,) = read_source(tmp_path)  # beside its record it is not read twice
    assert again == made


@pytest.mark.parametrize(
    ("name", "problem"),
    [
        ("../secret.txt", "is not in the folder of the .ris file"),
        ("files/../../secret.txt", "is not in the folder of the .ris file"),
        ("files/link.txt", "is not in the folder of the .ris file"),
        ("{outside}/secret.txt", "is not in the folder of the .ris file"),
        ("file://{outside}/secret.txt", "is not in the folder of the .ris file"),
        ("..\\secret.txt", "is not in the folder of the .ris file"),
        ("file:///%00.txt", "is not in the folder"),
        ("a" * 9000 + ".txt", "is not in the folder"),
        ("https://c.example/a.pdf", "is an address, which is not fetched"),
        ("files/a.exe", "is of no kind that is read"),
    ],
)
def test_no_file_is_followed_out_of_the_folder(tmp_path: Path, name: str, problem: str) -> None:
    (tmp_path / "secret.txt").write_text("secret")
    (tmp_path / "in" / "files").mkdir(parents=True)
    (tmp_path / "in" / "files" / "link.txt").symlink_to(tmp_path / "secret.txt")
    found = read(tmp_path, "in/a.ris", RIS.format(text=TEXT, files=f"L1  - {name.format(outside=tmp_path)}\n"))
    assert not any("secret" in d.text for d in found if isinstance(d, Document))
    assert problem in " ".join(texts(found))


# Which kind


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (pdf([LINES]), Document),
        (word_file([TEXT]), Document),
        (archive([record("https://c.example/", page())], "gz"), Document),
        (page(), Document),
        (json_lines([{"text": TEXT}]), Document),
        (TEXT.encode(), Document),
        (message().as_bytes(), Document),
        (RIS.format(text=TEXT, files="").encode(), Document),
    ],
)
def test_a_file_without_an_ending_and_the_standard_input_are_known_by_their_beginning(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, content: bytes, kind: type
) -> None:
    (made,) = read(tmp_path, "named", content)
    assert isinstance(made, kind)
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(content)))
    (piped,) = read_source("-")
    assert isinstance(piped, Document) and isinstance(made, Document)
    assert piped.text == made.text


def test_what_needs_to_be_read_from_its_end_cannot_come_through_a_pipe(monkeypatch: pytest.MonkeyPatch) -> None:
    for data in (zipped({"archive/a.warc": b""}), b"PAR1" * 10):
        monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(data)))
        (told,) = read_source("-")
        assert "give the file" in str(told)


def test_of_a_folder_what_is_of_no_kind_is_counted(tmp_path: Path) -> None:
    for name in ("a.txt", "b.png", "c.png", "d.exe", "LICENCE"):
        (tmp_path / name).write_text(TEXT)
    (tmp_path / "loop").symlink_to(tmp_path)
    told, made = read_source(tmp_path)
    assert isinstance(made, Document)
    assert isinstance(told, PassedOver)
    assert "of no kind that is read: 1 .exe, 2 .png, 1 link to a folder, 1 without an ending" in str(told)
