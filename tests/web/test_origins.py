"""Other sites: refused on the server, unless the owner names them."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from fastapi.testclient import TestClient

from ask_debbie.errors import AskDebbieError
from ask_debbie.settings import Settings, read_settings
from ask_debbie.web.server import create_app
from tests.web.fakes import FakeAssistant

BLOG = "https://blog.example"
EVIL = "https://evil.example"
CHAT = "/v1/chat/completions"
BODY = {"messages": [{"role": "user", "content": "hi"}]}


@pytest.fixture
def client(assistant: FakeAssistant) -> Iterator[TestClient]:
    app = create_app(assistant, Settings(origins=(BLOG,)))
    with TestClient(app, base_url="http://site.example") as client:
        yield client


def test_another_sites_script_gets_403_and_no_answer(client: TestClient, assistant: FakeAssistant) -> None:
    for origin in (EVIL, "null", f"{BLOG}.evil.example", "http://blog.example", "http://[", "x"):
        reply = client.post(CHAT, json=BODY, headers={"Origin": origin})
        assert reply.status_code == 403
        assert reply.json()["error"]["code"] == "origin"
        assert "access-control-allow-origin" not in reply.headers
    assert assistant.asked == []


def test_its_preflight_is_refused_too(client: TestClient) -> None:
    asks = {"Access-Control-Request-Method": "POST", "Access-Control-Request-Headers": "content-type"}
    assert client.options(CHAT, headers={"Origin": EVIL, **asks}).status_code == 403
    allowed = client.options(CHAT, headers={"Origin": BLOG, **asks})
    assert allowed.status_code == 200
    assert allowed.headers["access-control-allow-origin"] == BLOG
    assert "content-type" in allowed.headers["access-control-allow-headers"].lower()
    assert "access-control-allow-credentials" not in allowed.headers


def test_a_named_site_reads_the_answer_and_when_to_come_again(client: TestClient) -> None:
    reply = client.post(CHAT, json=BODY, headers={"Origin": BLOG})
    assert reply.status_code == 200
    assert reply.headers["access-control-allow-origin"] == BLOG
    assert "Retry-After" in reply.headers["access-control-expose-headers"]


def test_the_same_sites_may_frame_it(client: TestClient, assistant: FakeAssistant) -> None:
    assert f"frame-ancestors 'self' {BLOG}" in client.get("/").headers["content-security-policy"]
    with TestClient(create_app(assistant, Settings())) as own:
        assert own.get("/").headers["content-security-policy"].endswith("frame-ancestors 'self'")


def test_no_browser_no_origin(client: TestClient) -> None:
    assert client.post(CHAT, json=BODY).status_code == 200
    assert client.post(CHAT, json=BODY, headers={"Origin": "http://site.example"}).status_code == 200


def test_origins_are_written_as_people_write_lists(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ASK_DEBBIE_ORIGINS", "https://Blog.example/, http://localhost:8000")
    assert read_settings().origins == ("https://blog.example", "http://localhost:8000")


@pytest.mark.parametrize(
    "origin", ["*", "blog.example", "https://a.example/path", "https://a.example;x", "'self'"]
)
def test_what_is_no_origin_is_refused(monkeypatch: pytest.MonkeyPatch, origin: str) -> None:
    monkeypatch.setenv("ASK_DEBBIE_ORIGINS", origin)
    with pytest.raises(AskDebbieError, match="ASK_DEBBIE_ORIGINS"):
        read_settings()
