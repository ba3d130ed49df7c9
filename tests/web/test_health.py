"""Alive, ready, and what the owner can watch."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from fastapi.testclient import TestClient

from ask_debbie.answering.answer import Message
from ask_debbie.corpus.document import Passage
from ask_debbie.counters import Counters
from ask_debbie.models.spend import Spend
from ask_debbie.settings import Settings
from ask_debbie.web.server import create_app
from tests.web.fakes import FakeAssistant, team_answer

QUESTION = "Has she led a team?"
LOCAL = ("127.0.0.1", 5)


def client_of(assistant: FakeAssistant, address: str = "127.0.0.1", **given: str) -> TestClient:
    app = create_app(assistant, Settings(**given))  # type: ignore[arg-type]
    return TestClient(app, client=(address, 5))


def test_alive_and_ready(assistant: FakeAssistant) -> None:
    with client_of(assistant) as client:
        assert client.get("/healthz").json() == {"status": "ok"}
        assert client.get("/readyz").json() == {"status": "ready", "engine": "fake"}


class Lost(FakeAssistant):
    def find(self, messages: Sequence[Message]) -> tuple[Passage, ...]:
        raise RuntimeError("no index")


def test_not_ready_while_the_search_fails() -> None:
    with client_of(Lost()) as client:
        reply = client.get("/readyz")
    assert reply.status_code == 503
    assert reply.json()["status"] == "not ready"


def test_the_metrics_count_answers(assistant: FakeAssistant) -> None:
    assistant.when(QUESTION, *team_answer(assistant, QUESTION))
    with client_of(assistant) as client:
        client.post("/v1/chat/completions", json={"messages": [{"role": "user", "content": QUESTION}]})
        metrics = client.get("/metrics")
    assert metrics.headers["content-type"].startswith("text/plain")
    assert 'ask_debbie_answers_total{door="api",engine="fake",status="answered"} 1.0' in metrics.text
    assert 'ask_debbie_answer_seconds_count{engine="fake"} 1.0' in metrics.text
    assert "team" not in metrics.text
    assert "spend" not in metrics.text


def test_the_owner_sees_what_is_spent(assistant: FakeAssistant) -> None:
    assistant.spend = Spend(Counters(), 2.5)
    with assistant.spend.bill(0.5):
        pass
    with client_of(assistant) as client:
        metrics = client.get("/metrics").text
    assert "ask_debbie_spend_usd_today 0.5" in metrics
    assert "ask_debbie_spend_cap_usd 2.5" in metrics


@pytest.mark.parametrize(
    ("address", "headers", "status"),
    [
        ("127.0.0.1", {}, 200),
        ("::1", {}, 200),
        ("203.0.113.7", {}, 403),
        ("testclient", {}, 403),
        ("127.0.0.1", {"X-Forwarded-For": "203.0.113.7"}, 403),
        ("127.0.0.1", {"Forwarded": "for=203.0.113.7"}, 403),
    ],
)
def test_only_this_machine_reads_them(
    assistant: FakeAssistant, address: str, headers: dict[str, str], status: int
) -> None:
    with client_of(assistant, address) as client:
        assert client.get("/metrics", headers=headers).status_code == status


def test_or_whoever_has_the_token(assistant: FakeAssistant) -> None:
    with client_of(assistant, "203.0.113.7", metrics_token="s3cret") as client:
        assert client.get("/metrics", headers={"Authorization": "Bearer s3cret"}).status_code == 200
        assert client.get("/metrics", headers={"Authorization": "Bearer wrong"}).status_code == 403
        odd = [(b"Authorization", "Bearer sécret".encode())]
        assert client.get("/metrics", headers=odd).status_code == 403
        assert client.get("/metrics").status_code == 403
