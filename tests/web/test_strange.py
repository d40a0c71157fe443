"""Whatever an address says, the answer is a page, a redirect or an error that was meant; and many may ask at once."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from urllib.parse import quote, urlencode

import httpx
import pytest
from fastapi.testclient import TestClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from followthearms.model.filters import FILTERS, SORTS, Target
from followthearms.web.app import create_app
from tests.web.hostile import STRINGS

TEXT = st.one_of(st.text(max_size=40), st.sampled_from([*STRINGS, "%", "~", "..", "\x00", "1e999", "-1", "9" * 30]))
PIECE = st.one_of(
    st.builds("{}{}:{}".format, st.sampled_from(["", "-"]), st.sampled_from([*FILTERS, "after", "sort"]), TEXT),
    st.builds(
        "{}:{}".format, st.sampled_from([*FILTERS]), st.sampled_from(["RU", "2019", ">5", "3..", "any", "actual"])
    ),
    st.sampled_from([f"sort:{way}{key}" for keys in SORTS.values() for key in keys for way in ("", "-")]),
    TEXT,
)
QUERY = st.lists(PIECE, max_size=4).map(" ".join)
PARAMETERS = st.fixed_dictionaries(
    {},
    optional={
        "q": QUERY,
        "sort": st.one_of(TEXT, st.sampled_from(["-told", "published", "rank"])),
        "columns": TEXT,
        "after": st.one_of(TEXT, st.sampled_from(["WzEsMl0", "W251bGwsIngiXQ", "WzEuNSwiZCJd"])),
        "limit": st.one_of(TEXT, st.integers(-5, 600).map(str)),
        "everything": st.sampled_from(["1", "0", "x"]),
        "start": st.one_of(TEXT, st.integers(-5, 10**12).map(str)),
        "class": st.sampled_from(["conflicting", "partial", "x"]),
        "topic": st.sampled_from(["quantity", "existence", "x"]),
        "kind": st.sampled_from(["state", "source", "person", "x"]),
        "provisional": st.sampled_from(["true", "false", "x"]),
        "full": TEXT,
    },
)
PATHS = st.one_of(
    st.sampled_from([f"/{target.value}" for target in Target]),
    st.sampled_from(
        ["/contradictions", "/entities", "/sources", "/methods", "/entities/RU", "/entities/equipment:rifle"]
    ),
    st.builds(
        "/{}/{}".format, st.sampled_from(["deals", "documents", "entities", "methods"]), TEXT.map(lambda t: t or "x")
    ),
    st.builds("/documents/{}/claims/{}".format, TEXT, TEXT),
)


@pytest.fixture(scope="module")
def inside(sample: Path) -> Iterator[TestClient]:
    """A client within the process, which raises what a route raises by mistake."""
    with TestClient(create_app(sample, hosts={"testserver"}), follow_redirects=False) as client:
        yield client


@settings(max_examples=100, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(path=PATHS, ending=st.sampled_from(["", ".json", ".csv"]), parameters=PARAMETERS)
def test_no_address_is_a_fault_of_ours(inside: TestClient, path: str, ending: str, parameters: dict[str, str]) -> None:
    address = quote(path, safe="/:", errors="surrogatepass") + ending
    answer = inside.get(f"{address}?{urlencode(parameters, errors='surrogatepass')}")
    assert answer.status_code in (200, 303, 307, 404, 422)


def test_many_may_ask_at_once(site: str, deal: str) -> None:
    paths = ["/deals?q=supplier:RU", f"/deals/{deal}", "/contradictions", "/entities/RU", "/claims.csv"] * 8
    with httpx.Client(base_url=site, timeout=60) as client, ThreadPoolExecutor(16) as pool:
        client.get("/deals")  # the cookie that the tokens in the pages are bound to
        answers = list(pool.map(lambda path: (path, client.get(path)), paths))
    assert {answer.status_code for _, answer in answers} == {200}
    texts: dict[str, set[str]] = {}
    for path, answer in answers:
        texts.setdefault(path, set()).add(answer.text)
    assert {len(different) for different in texts.values()} == {1}
