"""Requests that mean nothing: none crashes the site, and it answers on."""

from __future__ import annotations

import random
from collections.abc import Iterator
from typing import Any

import pytest
import schemathesis
from fastapi.testclient import TestClient
from hypothesis import HealthCheck, given, settings
from schemathesis.core.result import Ok
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from ask_debbie.settings import Settings
from ask_debbie.web.server import create_app
from tests.web.conftest import Site
from tests.web.fakes import FakeAssistant

REQUESTS = 2000
UNLIMITED: dict[str, Any] = {
    f"quota_{whose}": "" for whose in ("visitor", "conversation", "everyone", "requests")
}
PATHS = (
    *("/v1/chat/completions", "/v1/models", "/v1/documents/", "/mcp", "/gradio_api/queue/join"),
    *("/gradio_api/call/chat", "/sources/", "/documents/", "/metrics", "/"),
)
METHODS = ("GET", "POST", "PUT", "DELETE", "OPTIONS", "HEAD")
TYPES = ("application/json", "text/plain", "multipart/form-data; boundary=x", "")
FRAGMENTS = (
    b"{",
    b"}",
    b"[",
    b'"messages"',
    b":",
    b'"role"',
    b'"user"',
    b'"content"',
    b",",
    b"null",
    b"\xff",
)


@pytest.fixture
def client() -> Iterator[TestClient]:
    app = create_app(FakeAssistant(), Settings(**UNLIMITED))
    with TestClient(app, base_url="http://site.example", follow_redirects=False) as client:
        yield client


def rubbish(chance: random.Random) -> bytes:
    if chance.random() < 0.5:
        return chance.randbytes(chance.randrange(200))
    return b"".join(chance.choices(FRAGMENTS, k=chance.randrange(20)))


def test_random_bytes_crash_nothing(client: TestClient) -> None:
    chance = random.Random(20)
    statuses = set()
    for _ in range(REQUESTS):
        tail = "".join(f"%{byte:02x}" for byte in chance.randbytes(chance.randrange(6)))
        reply = client.request(
            chance.choice(METHODS),
            chance.choice(PATHS) + tail,
            content=rubbish(chance),
            headers={
                "Content-Type": chance.choice(TYPES),
                "Accept": chance.choice(("*/*", "application/json")),
            },
        )
        assert reply.status_code < 500, (reply.request.method, reply.request.url, reply.request.content)
        assert "content-security-policy" in reply.headers
        statuses.add(reply.status_code)
    assert len(statuses) > 3
    assert client.get("/healthz").json() == {"status": "ok"}


CHECKS = [
    schemathesis.checks.not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
]


@pytest.mark.slow
def test_the_api_keeps_to_its_description() -> None:
    site = Site(FakeAssistant(), Settings(**UNLIMITED))
    try:
        schema = schemathesis.openapi.from_url(f"{site.url}v1/openapi.json")
        tried = 0
        for result in schema.get_all_operations():
            assert isinstance(result, Ok)
            operation = result.ok()

            @settings(max_examples=100, deadline=None, database=None, suppress_health_check=list(HealthCheck))
            @given(case=operation.as_strategy())
            def check(case: schemathesis.Case[Any]) -> None:
                case.call_and_validate(checks=CHECKS)

            check()
            tried += 1
        assert tried == 6
    finally:
        site.stop()
