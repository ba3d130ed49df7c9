"""The site under a sub-path, whether or not the proxy takes the path away."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from fastapi.testclient import TestClient

from ask_debbie.settings import Settings
from ask_debbie.web.server import create_app
from tests.web.fakes import FakeAssistant, team_answer

QUESTION = "Has she led a team?"


@pytest.fixture
def client(assistant: FakeAssistant) -> Iterator[TestClient]:
    assistant.when(QUESTION, *team_answer(assistant, QUESTION))
    app = create_app(assistant, Settings(root_path="/rosa/ask/", proxies=("0.0.0.0/0",)))
    with TestClient(app, base_url="http://site.example", client=("127.0.0.1", 1)) as client:
        yield client


@pytest.mark.parametrize("prefix", ["", "/rosa/ask"])
def test_everything_is_there(client: TestClient, prefix: str) -> None:
    page = client.get(f"{prefix}/")
    assert "<title>Ask about Rosa Marín</title>" in page.text
    script = page.text.split('type="module" src="')[1].split('"')[0]
    assert client.get(f"{prefix}/{script}").status_code == 200
    assert client.get(f"{prefix}/healthz").json() == {"status": "ok"}
    assert client.get(f"{prefix}/v1/models").status_code == 200
    assert client.get(f"{prefix}/v1/openapi.json").json()["servers"] == [{"url": "/rosa/ask/v1"}]
    assert client.get(f"{prefix}/documents/projects/handbook.md").status_code == 200
    assert client.get(f"{prefix}/gradio_api/upload").status_code == 404
    assert client.post(f"{prefix}/mcp", json={}).status_code in (400, 406)
    root = client.get(f"{prefix}/config", headers={"X-Forwarded-Proto": "https"}).json()["root"]
    assert root == "https://site.example/rosa/ask"


def test_citations_lead_to_the_proxys_address(client: TestClient) -> None:
    body = {"messages": [{"role": "user", "content": QUESTION}]}
    reply = client.post("/v1/chat/completions", json=body, headers={"X-Forwarded-Proto": "https"}).json()
    first = reply["choices"][0]["message"]["annotations"][0]
    assert first["url_citation"]["url"].startswith("https://site.example/rosa/ask/sources/resume.md?at=")


def test_the_bare_path_leads_to_the_page(client: TestClient) -> None:
    reply = client.get("/rosa/ask", follow_redirects=False)
    assert (reply.status_code, reply.headers["location"]) == (307, "/rosa/ask/")
    assert client.get("/rosa/askew/healthz").status_code == 404
