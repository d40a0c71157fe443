"""Whatever is sent to any address that the OpenAPI description tells of, the answer is no fault of the server."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
import schemathesis
from fastapi import FastAPI
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from schemathesis import GenerationMode
from schemathesis.schemas import APIOperation

from followthearms.web.routes import ROUTERS
from tests.web.conftest import serving
from tests.web.pages import token


@pytest.fixture(scope="session")
def visitor(sample: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[httpx.Client]:
    """The browser of the one person at a server of its own, whose forms are taken."""
    register = shutil.copy(sample, tmp_path_factory.mktemp("openapi") / "register.db")
    for address in serving(Path(register)):
        with httpx.Client(base_url=address, timeout=60) as client:
            client.headers["X-CSRF-Token"] = token(client)
            yield client


def operations() -> list[APIOperation]:
    """All that the application describes of itself."""
    app = FastAPI()
    for router in ROUTERS:
        app.include_router(router)
    schema = schemathesis.openapi.from_dict(app.openapi())
    return [found.ok() for found in schema.get_all_operations()]


@pytest.mark.parametrize("operation", operations(), ids=lambda operation: operation.label)
def test_nothing_sent_is_a_fault_of_the_server(operation: APIOperation, visitor: httpx.Client) -> None:
    every = st.one_of(operation.as_strategy(generation_mode=mode) for mode in GenerationMode)

    @settings(max_examples=8, derandomize=True, deadline=None, database=None, suppress_health_check=list(HealthCheck))
    @given(case=every)
    def sent(case: schemathesis.Case) -> None:
        answer = case.call(
            base_url=str(visitor.base_url),
            headers={"X-CSRF-Token": visitor.headers["X-CSRF-Token"]},
            cookies=dict(visitor.cookies),
            timeout=60,
            allow_redirects=False,
        )
        assert answer.status_code < 500, case.as_curl_command()

    sent()
