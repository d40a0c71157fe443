"""Claims that an import brought and that their text does not show are listed with the document and on the sources."""

from __future__ import annotations

import json
from pathlib import Path

from fastapi.testclient import TestClient

from followthearms.engine.importing import import_file
from followthearms.model.format import dump_line
from followthearms.register import Register
from followthearms.web.app import create_app
from tests.register.histories import ORDER
from tests.web.hostile import STRINGS


def test_they_are_listed_and_run_nothing(tmp_path: Path) -> None:
    fields = json.loads(dump_line(ORDER))
    wrong = [{**fields["claims"][0], "id": f"w{n}", "medium": {"start": 0, "end": len(s), "text": s}}
             for n, s in enumerate(STRINGS)]  # fmt: skip
    (tmp_path / "x.jsonl").write_text(json.dumps({**fields, "claims": [*fields["claims"], *wrong]}) + "\n", "utf-8")
    with Register.open(tmp_path / "register.db") as register:
        import_file(register, tmp_path / "x.jsonl", set_aside=True)
    with TestClient(create_app(tmp_path / "register.db", hosts={"testserver"})) as client:
        page, plain = client.get("/documents/order").text, client.get("/documents").text
        assert f"{len(STRINGS)} claims" in page and page.count("The claim as it came") == len(STRINGS)
        assert page.count("<script") - plain.count("<script") == 1  # the block of data
        assert not [s for s in STRINGS if "<" in s and s in page]
        assert client.get("/documents/order.json").json()["unlocated"][0]["claim"]["id"] == "w0"
        sources = client.get("/sources")
        assert '<a href="/documents/order#not-located"' in sources.text
        assert client.get("/sources.json").json()["unlocated"] == {"order": len(STRINGS)}
