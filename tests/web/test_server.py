"""The site around the page: headers, documents, the API, ports."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Iterator

import httpx
import pytest
from fastapi.testclient import TestClient
from gradio_client import Client  # type: ignore[import-untyped]

from ask_debbie.counters import Counters
from ask_debbie.settings import Settings
from ask_debbie.web.chat_page import create_page
from ask_debbie.web.desk import Desk
from ask_debbie.web.server import PortTakenError, create_app, listen, serve
from tests.web.conftest import Site
from tests.web.fakes import FakeAssistant, FakeLink, FakeProfile, team_answer

QUESTION = "Has she led a team?"


@pytest.fixture
def client(assistant: FakeAssistant) -> Iterator[TestClient]:
    with TestClient(create_app(assistant, Settings()), base_url="http://site.example") as client:
        yield client


@pytest.mark.parametrize(
    "path", ["/", "/healthz", "/documents/resume.md", "/nowhere", "/gradio_api/upload", "/config"]
)
def test_every_response_is_protected(client: TestClient, path: str) -> None:
    headers = client.get(path).headers
    policy = headers["content-security-policy"]
    assert "default-src 'self'" in policy
    assert "frame-ancestors 'self'" in policy
    assert "unsafe-inline" not in policy.split("script-src")[1].split(";")[0]
    assert "http:" not in policy
    assert "https:" not in policy
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "no-referrer"
    assert "set-cookie" not in headers


def test_the_page_is_dressed(client: TestClient) -> None:
    page = client.get("/").text
    assert '<html\n\tlang="en"' in page
    assert "<title>Ask about Rosa Marín</title>" in page
    assert "What would you like to know about Rosa?" in page
    assert page.count("<script") == page.count('<script nonce="')
    assert "raw.githubusercontent.com" not in page
    assert "fonts.g" not in page


def test_profile_and_paths_are_escaped() -> None:
    evil = '"><script>alert(1)</script>$name${x}'
    profile = FakeProfile(
        name=evil,
        first_name=evil,
        headline=evil,
        accent="x}</style>",
        starters=(evil,),
        contact_email='"><b>@x',
        links=(FakeLink(evil, "javascript:alert(1)"), FakeLink(evil, 'https://e.org/"x')),
    )
    assistant = FakeAssistant(profile=profile, engine_label=evil)
    with TestClient(create_app(assistant, Settings())) as client:
        page = client.get("/").text
    assert "<script>alert" not in page
    assert "javascript:" not in page
    assert "}</style>" not in page.split("<style>")[2].split("}</style>")[0]


def test_documents_can_be_read(client: TestClient) -> None:
    assert "<em>night team</em>" in client.get("/documents/resume.md").text
    assert client.get("/documents/projects/handbook.md").status_code == 200
    assert client.get("/documents/..%2F..%2Fetc%2Fpasswd").status_code == 404
    assert client.get("/documents/profile.toml").status_code == 404


@pytest.mark.parametrize(
    "path",
    [
        "upload",
        "file=/etc/passwd",
        "file/etc/passwd",
        "proxy=https://e.org",
        "stream/a/b/c",
        "deep_link",
        "runs",
    ],
)
def test_what_the_page_does_not_use_is_closed(client: TestClient, path: str) -> None:
    assert client.get(f"/gradio_api/{path}").status_code == 404
    assert client.post(f"/gradio_api/{path}").status_code == 404


def test_other_origins_are_refused(client: TestClient) -> None:
    for origin in ("https://evil.example", "null", "http://site.example.evil.example"):
        reply = client.post("/gradio_api/call/chat", json={"data": ["hi", []]}, headers={"Origin": origin})
        assert reply.status_code == 403
        assert "access-control-allow-origin" not in reply.headers
    same = client.get("/healthz", headers={"Origin": "http://site.example"})
    assert same.status_code == 200


def test_named_origins_and_frames_are_let_in(assistant: FakeAssistant) -> None:
    app = create_app(assistant, Settings(origins=("https://blog.example",)))
    with TestClient(app) as client:
        reply = client.get("/healthz", headers={"Origin": "https://blog.example"})
    assert reply.headers["access-control-allow-origin"] == "https://blog.example"
    assert "frame-ancestors 'self' https://blog.example" in reply.headers["content-security-policy"]


def test_static_files_are_kept_by_browsers(client: TestClient) -> None:
    page = client.get("/").text
    script = page.split('type="module" src="')[1].split('"')[0]
    reply = client.get(f"/{script}")
    assert reply.status_code == 200
    assert "immutable" in reply.headers["cache-control"]


def test_only_chat_is_in_the_api(assistant: FakeAssistant) -> None:
    config = create_page(Desk(assistant, Settings(), Counters())).get_config_file()
    public = [d["api_name"] for d in config["dependencies"] if d["api_visibility"] == "public"]
    assert public == ["chat"]
    assert config["analytics_enabled"] is False


def test_the_api_answers_with_markers(site: Site, assistant: FakeAssistant) -> None:
    assistant.when(QUESTION, *team_answer(assistant, QUESTION))
    client = Client(site.url, verbose=False, analytics_enabled=False)
    text = client.predict(QUESTION, [{"role": "user", "content": "hi"}], api_name="/chat")
    assert text.endswith("She also wrote a guide of 80 pages for new nurses [3].")
    assert [message["content"] for message in assistant.asked[-1]] == ["hi", QUESTION]
    job = client.submit(QUESTION, api_name="/chat")
    assert job.result() == text
    assert job.outputs()[0].endswith("since March 2018 [1][2].")
    client.close()


def test_a_forged_event_is_answered_in_plain_words(site: Site) -> None:
    """The page's own endpoint is private, but can be reached."""
    config = httpx.get(f"{site.url}config").json()
    ask = next(d["id"] for d in config["dependencies"] if any(t[1] == "submit" for t in d["targets"]))
    forged: list[object] = [None, [], {"turn": 1}, {"turn": "t", "question": "x" * 200_000}]
    for event in forged:
        payload = {
            "data": [],
            "event_data": event,
            "fn_index": ask,
            "session_hash": "forged",
            "trigger_id": 1,
        }
        assert httpx.post(f"{site.url}gradio_api/queue/join", json=payload).status_code == 200
    assert httpx.get(f"{site.url}healthz").json() == {"status": "ok"}


def test_a_taken_port_is_told_with_a_free_one(assistant: FakeAssistant) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        app = create_app(assistant, Settings())
        with pytest.raises(PortTakenError, match=rf"Can't listen on 127.0.0.1:{port} .* Port \d+ is free"):
            serve(app, "127.0.0.1", port)


def test_small_pieces_leave_at_once() -> None:
    """Nagle's algorithm would hold each one back until the one before it is acknowledged: 40 ms."""

    async def accepted() -> int:
        kept: asyncio.Queue[asyncio.StreamWriter] = asyncio.Queue()
        listener = listen("127.0.0.1", 0)
        async with await asyncio.start_server(lambda _, writer: kept.put_nowait(writer), sock=listener):
            _, visitor = await asyncio.open_connection(*listener.getsockname())
            writer = await kept.get()
            delayed: int = writer.get_extra_info("socket").getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)
            for end in (writer, visitor):
                end.close()
                await end.wait_closed()
        return delayed

    assert asyncio.run(accepted()) != 0
