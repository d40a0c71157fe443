"""Giving a text in the browser, looking at what was read, adding it: on a real server with a real reading process."""

from __future__ import annotations

import http.client
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from playwright.sync_api import Browser

from followthearms.register import Register
from followthearms.web.adding.given import safe_name
from tests.sources.fetch.hostile_urls import REFUSED
from tests.web.conftest import filled, serving
from tests.web.harmless import ARMED, harmless
from tests.web.hostile import STRINGS, storable
from tests.web.pages import post, token

ARTICLE = "Norway has agreed to give Ukraine 22 howitzers, the ministry in Oslo said on Monday."
SECONDS = 90
"""How long the first reading may take, with the models to load, on a machine that does much else."""


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return filled(tmp_path_factory.mktemp("adding") / "register.db", [])


@pytest.fixture(scope="module")
def desk(place: Path) -> Iterator[httpx.Client]:
    for address in serving(place):
        with httpx.Client(base_url=address, timeout=30) as client:
            yield client


def sent(desk: httpx.Client, files: list[tuple[str, bytes]]) -> str:
    """Where the files that were sent are shown."""
    answer = desk.post(
        "/add/files",
        data={"token": token(desk, "/add")},
        files=[("files", (name, data)) for name, data in files],
    )
    assert answer.status_code == 303, answer.text
    return str(answer.headers["location"])


def read(desk: httpx.Client, where: str) -> dict:
    """What was read, once it was."""
    end = time.monotonic() + SECONDS
    while time.monotonic() < end:
        found = desk.get(f"{where}.json").json()
        if found["state"] != "reading":
            return dict(found)
        time.sleep(0.1)
    raise AssertionError(found)


def test_a_pasted_text_is_read_and_is_in_the_register_when_it_was_added(desk: httpx.Client, place: Path) -> None:
    told = {"text": ARTICLE, "title": "Guns for Kyiv", "outlet": "The Fjord", "date": "2024-03-05", "url": ""}
    where = post(desk, "/add/text", told).headers["location"]
    found = read(desk, where)
    [document] = found["documents"]
    assert (document["title"], document["outlet"], document["date"]) == ("Guns for Kyiv", "The Fjord", "2024-03-05")
    [claim] = document["claims"]
    assert [party["code"] for party in claim["recipient"]] == ["UA"]
    page = desk.get(where).text
    assert 'class="m recipient' in page and "Add 1 document" in page
    with Register.open(place, create=False) as register:
        assert register.counts().documents == 0
    assert post(desk, f"{where}/keep", {}).headers["location"] == where
    assert "added" in desk.get(where).text
    kept = desk.get(f"/documents/{document['id']}.json").json()
    assert kept["claims"] == document["claims"]
    again = post(desk, "/add/text", told).headers["location"]
    read(desk, again)
    post(desk, f"{again}/keep", {})
    assert "was in the register already" in desk.get(again).text


def test_of_files_each_is_read_or_said_to_be_at_fault(desk: httpx.Client) -> None:
    files = [
        ("good.txt", ARTICLE.encode()),
        ("../../etc/../x.txt", b"Sweden delivered four Gripen fighters to Hungary on 3 March 2020."),
        ("picture.xyz", bytes(range(256))),
        ("empty.txt", b""),
    ]
    found = read(desk, sent(desk, files))
    assert found["expected"] == found["done"] == len(files)
    assert [len(document["claims"]) > 0 for document in found["documents"]] == [True, True]
    assert {problem["where"] for problem in found["problems"]} == {"picture.xyz", "empty.txt"}
    assert all(problem["why"] for problem in found["problems"])


def test_what_is_forgotten_is_gone(desk: httpx.Client) -> None:
    where = sent(desk, [("good.txt", ARTICLE.encode())])
    read(desk, where)
    assert post(desk, f"{where}/forget", {}).headers["location"] == "/add"
    assert desk.get(where).status_code == 404
    assert "given again" not in desk.get("/add").text


@pytest.mark.parametrize("address", ["file:///etc/passwd", "ftp://example.org/x", "javascript:alert(1)", "example.org"])
def test_what_is_no_address_of_the_web_is_refused(desk: httpx.Client, address: str) -> None:
    assert post(desk, "/add/address", {"address": address}).status_code == 422


def test_an_address_of_this_machine_is_not_fetched(desk: httpx.Client) -> None:
    found = read(desk, post(desk, "/add/address", {"address": f"{desk.base_url}/deals"}).headers["location"])
    assert found["documents"] == []
    assert len(found["problems"]) == 1


@pytest.mark.parametrize("address", [*REFUSED][::3])
def test_an_address_that_must_not_be_fetched_is_not(desk: httpx.Client, address: str) -> None:
    answer = post(desk, "/add/address", {"address": address.encode("utf-8", "surrogatepass")})
    if answer.status_code == 422:  # by its scheme
        assert "no address of the web" in answer.text
        return
    where = answer.headers["location"]
    found = read(desk, where)
    assert found["documents"] == [] and len(found["problems"]) == 1
    assert REFUSED[address] in found["problems"][0]["why"]
    post(desk, f"{where}/forget", {})


def test_hostile_names_and_texts_that_are_given_do_nothing(desk: httpx.Client, browser: Browser) -> None:
    page = browser.new_context(base_url=str(desk.base_url), bypass_csp=True).new_page()
    page.add_init_script(ARMED)
    strings = [storable(string) for string in STRINGS]
    files = [(f"{one}.{('txt', 'xyz')[n % 2]}", f"{one}\n\n{ARTICLE}".encode()) for n, one in enumerate(strings)]
    told = [
        dict.fromkeys(("title", "outlet", "url"), string[:500]) for string in (strings[0], strings[22], strings[46])
    ]
    pasted = [{"text": "\n".join([*strings, ARTICLE]), **fields} for fields in told]
    places = [sent(desk, files), *(post(desk, "/add/text", fields).headers["location"] for fields in pasted)]
    for where in places:
        assert read(desk, where)["documents"]
    post(desk, f"{places[1]}/keep", {})
    assert len(read(desk, places[0])["problems"]) > 20
    for path in ["/add", *places, *(f"{places[0]}?n={n}" for n in (2, 3, 4)), "/documents"]:
        page.goto(path)
        assert harmless(page)
    page.context.close()


def test_nothing_at_all_is_not_read(desk: httpx.Client) -> None:
    assert post(desk, "/add/text", {"text": "  \n "}).status_code == 422
    answer = desk.post("/add/files", data={"token": token(desk, "/add")}, files=[("files", ("", b""))])
    assert answer.status_code == 422


def test_too_much_is_refused_before_it_is_taken(desk: httpx.Client) -> None:
    connection = http.client.HTTPConnection(desk.base_url.netloc.decode())
    connection.putrequest("POST", "/add/text")
    connection.putheader("Content-Length", "900000000")
    connection.endheaders()
    assert connection.getresponse().status == 413
    assert desk.post("/add/text", content=iter([b"text=x"])).status_code == 411


@pytest.mark.parametrize(
    ("given", "safe"),
    [
        ("../../x", "x"),
        ("a\\b\\c.txt", "c.txt"),
        ("...", "file"),
        ("", "file"),
        ("naïve\x00\n.txt", "naïve__.txt"),
        ("CON:|<>.html", "CON____.html"),
    ],
)
def test_a_name_is_no_path(given: str, safe: str) -> None:
    assert safe_name(given) == safe
