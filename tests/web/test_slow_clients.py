"""Clients that are slow, silent or gone: nobody else waits for them, and nothing is kept for them."""

from __future__ import annotations

import json
import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager

import httpx
import pytest

from ask_debbie.answering.answer import Sentence
from ask_debbie.web import bodies, connections, server
from tests.web.conftest import Site
from tests.web.fakes import FakeAssistant, Queueing, team_answer
from tests.web.visits import eventually

QUESTION = "Has she led a team?"
SOON = 0.5  # seconds of patience in these tests


@contextmanager
def connected(site: Site, receive_buffer: int | None = None) -> Iterator[socket.socket]:
    with socket.socket() as client:
        if receive_buffer:
            client.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, receive_buffer)
        client.settimeout(10)
        client.connect(("127.0.0.1", site.port))
        yield client


def is_hung_up(client: socket.socket) -> bool:
    client.settimeout(0.01)
    try:
        while client.recv(65_536):
            pass
    except TimeoutError:
        return False
    except ConnectionError:
        return True
    return True


def request(question: str, length: int | None = None, **more: object) -> bytes:
    body = json.dumps({"messages": [{"role": "user", "content": question}], **more}).encode()
    head = f"Content-Type: application/json\r\nContent-Length: {length or len(body)}\r\n\r\n"
    return b"POST /v1/chat/completions HTTP/1.1\r\nHost: 127.0.0.1\r\n" + head.encode() + body


def others_are_answered(site: Site) -> bool:
    body = {"messages": [{"role": "user", "content": "And the others?"}]}
    return httpx.post(f"{site.url}v1/chat/completions", json=body).status_code == 200


def test_a_body_that_arrives_byte_by_byte_is_not_waited_for(
    assistant: FakeAssistant, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(server, "ARRIVAL_SECONDS", SOON)
    site = Site(assistant)
    try:
        with connected(site) as client:
            client.sendall(request(QUESTION, length=1000))
            assert others_are_answered(site)
            reply = b""
            while b"timeout" not in reply:
                piece = client.recv(65_536)
                assert piece
                reply += piece
            assert reply.startswith(b"HTTP/1.1 408")
            eventually(lambda: is_hung_up(client))
        assert [messages[-1]["content"] for messages in assistant.asked] == ["And the others?"]
    finally:
        site.stop()


@pytest.mark.parametrize("sent", [b"", b"GET / HT", b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Slow: "])
def test_a_head_that_does_not_arrive_is_not_waited_for(
    site: Site, monkeypatch: pytest.MonkeyPatch, sent: bytes
) -> None:
    monkeypatch.setattr(connections, "HEAD_SECONDS", SOON)
    with connected(site) as client:
        client.sendall(sent)
        assert others_are_answered(site)
        eventually(lambda: is_hung_up(client))


def test_a_second_head_on_one_connection_is_not_waited_for_either(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(connections, "HEAD_SECONDS", SOON)
    with connected(site) as client:
        client.sendall(b"GET /healthz HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n")
        assert client.recv(65_536).startswith(b"HTTP/1.1 200")
        client.sendall(b"GET /healthz HT")
        eventually(lambda: is_hung_up(client))


def test_a_long_answer_outlasts_the_patience_with_heads(
    site: Site, assistant: FakeAssistant, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(connections, "HEAD_SECONDS", 0.2)
    assistant.when(QUESTION, *[Queueing()] * 20, *team_answer(assistant, QUESTION))
    with connected(site) as client:
        client.sendall(request(QUESTION, stream=True))
        reply = b""
        while b"[DONE]" not in reply:
            piece = client.recv(65_536)
            assert piece
            reply += piece


def test_an_answer_that_nobody_reads_holds_neither_the_engine_nor_the_connection(
    site: Site, assistant: FakeAssistant, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(connections, "READ_SECONDS", SOON)
    long = "She leads the night team. " * 4000
    assistant.when(QUESTION, *assistant.answered(QUESTION, [Sentence(long)] * 100))
    with connected(site, receive_buffer=4096) as client:
        client.sendall(request(QUESTION, stream=True))
        eventually(lambda: assistant.closed == [QUESTION])
        assert others_are_answered(site)
        metrics = f"{site.url}metrics"
        eventually(lambda: "ask_debbie_answers_in_progress 0.0" in httpx.get(metrics).text)
        eventually(lambda: site.connections == 0)


def test_gradios_client_that_leaves_lets_go_of_the_engine(site: Site, assistant: FakeAssistant) -> None:
    first, *rest = team_answer(assistant, QUESTION)
    assistant.when(QUESTION, assistant.found("Leads"), first, *[Queueing()] * 400, *rest)
    call = f"{site.url}gradio_api/call/chat"
    job = httpx.post(call, json={"data": [QUESTION, []]}).json()["event_id"]
    with httpx.stream("GET", f"{call}/{job}", timeout=30) as reply:
        next(reply.iter_text())
    eventually(lambda: assistant.closed == [QUESTION])
    assert assistant.completed == []


def test_who_sends_far_too_much_gets_the_reply(site: Site) -> None:
    """A proxy that still sends when it is hung up on tells its visitor of a bad gateway."""
    with connected(site) as client:
        client.sendall(request(QUESTION, length=600_000))
        for _ in range(11):
            time.sleep(0.02)  # long enough to be hung up on
            client.sendall(b"x" * 50_000)
        assert client.recv(65_536).startswith(b"HTTP/1.1 413")


def test_more_than_that_is_not_taken_in(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bodies, "_PASSING_BYTES", 100_000)
    monkeypatch.setattr(bodies, "_PASSING_SECONDS", SOON)
    with connected(site) as client:
        client.sendall(request(QUESTION, length=900_000_000))
        assert client.recv(65_536).startswith(b"HTTP/1.1 413")
        eventually(lambda: is_hung_up(client))
