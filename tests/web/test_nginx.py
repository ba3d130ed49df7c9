"""The site behind a real nginx over TLS, with the configuration that is shipped: under a name of its own, and under
a path of another site's."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import openai
import pytest
from gradio_client import Client as GradioClient  # type: ignore[import-untyped]
from mcp import Client as McpClient
from mcp.types import TextContent
from playwright.sync_api import Browser, Page, expect

from ask_debbie.settings import Settings
from tests.web.conftest import Site
from tests.web.fakes import FakeAssistant, Gate, team_answer
from tests.web.nginx_server import Nginx, Where, nginx
from tests.web.visits import QUESTION, ask

LED = "She leads the night team of six nurses at La Fe, since March 2018 [1][2]."


@pytest.fixture(params=["/", "/assistant/"])
def where(request: pytest.FixtureRequest) -> Where:
    found: Where = request.param
    return found


@pytest.fixture
def proxied(
    assistant: FakeAssistant, where: Where, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Nginx]:
    assistant.when(QUESTION, *team_answer(assistant, QUESTION))
    settings = Settings(root_path=where, proxies=("127.0.0.1",), quota_visitor="30/hour")
    site = Site(assistant, settings)
    with nginx(tmp_path / "nginx", [site.port], where) as proxied:
        monkeypatch.setenv("SSL_CERT_FILE", str(proxied.authority))
        yield proxied
    site.stop()


@pytest.fixture
def client(proxied: Nginx) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=proxied.url, verify=proxied.trust(), timeout=20) as client:
        yield client


def body(question: str = QUESTION, **more: Any) -> dict[str, Any]:
    return {"messages": [{"role": "user", "content": question}], **more}


@pytest.fixture
def held(assistant: FakeAssistant) -> Iterator[Gate]:
    """Holds the answer to QUESTION after its first sentence."""
    gate = Gate()
    first, *rest = team_answer(assistant, QUESTION)
    assistant.when(QUESTION, first, gate, *rest)
    yield gate
    gate.open()


def test_everything_is_there(client: httpx.Client, proxied: Nginx, where: Where) -> None:
    page = client.get("")
    assert "<title>Ask about Rosa Marín</title>" in page.text
    script = page.text.split('type="module" src="')[1].split('"')[0]
    assert client.get(script).status_code == 200
    for path in ("healthz", "readyz", "v1/models", "v1/profile", "v1/docs", "widget.js", "sources/resume.md"):
        assert client.get(path).status_code == 200, path
    assert client.get("config").json()["root"] == proxied.url.rstrip("/")
    assert client.get("metrics").status_code == 403
    assert client.get("gradio_api/upload").status_code == 404


@pytest.mark.parametrize("where", ["/"])
def test_without_tls_there_is_only_the_way_to_it(proxied: Nginx, client: httpx.Client) -> None:
    reply = httpx.get(f"http://localhost:{proxied.plain_port}/v1/models?x=1")
    assert (reply.status_code, reply.headers["location"]) == (308, "https://localhost/v1/models?x=1")
    assert "max-age" in client.get("").headers["strict-transport-security"]


@pytest.mark.parametrize("where", ["/assistant/"])
def test_the_bare_path_leads_to_the_page(proxied: Nginx, where: Where) -> None:
    bare = httpx.get(proxied.url.rstrip("/"), verify=proxied.trust(), follow_redirects=True)
    assert bare.status_code == 200
    assert str(bare.url) == proxied.url


def test_citations_lead_to_the_public_address(client: httpx.Client, proxied: Nginx) -> None:
    reply = client.post("v1/chat/completions", json=body()).json()
    url = reply["choices"][0]["message"]["annotations"][0]["url_citation"]["url"]
    assert url.startswith(f"{proxied.url}sources/resume.md?at=")
    assert '<mark id="cited"' in client.get(url).text


def test_a_sentence_arrives_while_the_next_is_written(client: httpx.Client, held: Gate) -> None:
    with client.stream("POST", "v1/chat/completions", json=body(stream=True)) as reply:
        lines = (line for line in reply.iter_lines() if line.startswith("data: "))
        first = json.loads(next(lines).removeprefix("data: "))
        assert first["choices"][0]["delta"]["content"] == LED  # and the gate is shut
        held.open()
        assert list(lines)[-1] == "data: [DONE]"


def test_openais_client_streams(proxied: Nginx) -> None:
    with openai.OpenAI(base_url=f"{proxied.url}v1", api_key="none") as client:
        stream = client.chat.completions.create(model="x", messages=body()["messages"], stream=True)
        text = "".join(chunk.choices[0].delta.content or "" for chunk in stream)
    assert text.startswith(LED)


def test_an_agent_asks(proxied: Nginx) -> None:
    async def call() -> str:
        async with McpClient(f"{proxied.url}mcp") as client:
            result = await client.call_tool("ask", {"question": QUESTION})
        (content,) = result.content
        assert isinstance(content, TextContent)
        return content.text

    assert json.loads(asyncio.run(call()))["answer"].startswith(LED)


def test_gradios_client_asks(proxied: Nginx, held: Gate) -> None:
    client = GradioClient(proxied.url, verbose=False, analytics_enabled=False)
    job = client.submit(QUESTION, api_name="/chat")
    held.open()
    assert job.result(20).startswith(LED)
    client.close()


def test_nginxs_word_on_an_address_is_taken_and_the_visitors_is_not(
    assistant: FakeAssistant, tmp_path: Path
) -> None:
    site = Site(assistant, Settings(proxies=("127.0.0.1",), quota_visitor="1/hour"))
    try:
        with nginx(tmp_path / "nginx", [site.port]) as proxied:
            statuses = []
            for own, said in (("127.0.0.2", "203.0.113.1"), ("127.0.0.2", "203.0.113.2"), ("127.0.0.3", "")):
                transport = httpx.HTTPTransport(verify=proxied.trust(), local_address=own)
                with httpx.Client(transport=transport, base_url=proxied.url) as client:
                    headers = {"X-Forwarded-For": said, "Forwarded": f"for={said}"} if said else {}
                    reply = client.post("v1/chat/completions", json=body(), headers=headers)
                    statuses.append(reply.status_code)
            assert statuses == [200, 429, 200]
    finally:
        site.stop()


def test_another_site_is_refused_whatever_host_it_claims(client: httpx.Client) -> None:
    evil = {"Origin": "https://evil.example", "X-Forwarded-Host": "evil.example"}
    assert client.post("v1/chat/completions", json=body(), headers=evil).status_code == 403


def test_a_body_far_too_large_is_refused(client: httpx.Client) -> None:
    own_words = client.post("v1/chat/completions", content=b"x" * 500_000)
    assert own_words.status_code == 413
    assert own_words.json()["error"]["code"] == "too_large"
    assert client.post("v1/chat/completions", content=b"x" * 2_000_000).status_code == 413


@pytest.fixture
def page(browser: Browser, proxied: Nginx) -> Iterator[Page]:
    """A visitor's, to whom any certificate is good. Nothing may load from elsewhere or raise an error."""
    context = browser.new_context(ignore_https_errors=True)
    page = context.new_page()
    trouble: list[str] = []
    page.on("pageerror", lambda error: trouble.append(f"error: {error}"))
    page.on("console", lambda said: trouble.append(said.text) if said.type == "error" else None)
    page.on(
        "request",
        lambda request: (
            trouble.append(request.url) if not request.url.startswith((proxied.origin, "data:")) else None
        ),
    )
    yield page
    context.close()
    assert trouble == []


@pytest.mark.browser
def test_the_page_streams_and_shows_the_cited_words(page: Page, proxied: Nginx, held: Gate) -> None:
    page.goto(proxied.url)
    expect(page.locator("#ask[data-ready]")).to_be_visible()
    ask(page, QUESTION)
    expect(page.locator(".turn")).to_contain_text("since March 2018")
    expect(page.locator(".turn")).not_to_contain_text("80 pages")
    held.open()
    expect(page.locator(".turn")).to_contain_text("80 pages")
    expect(page.locator(".chip")).to_have_count(2)
    expect(page.locator("mark").first).to_be_visible()


@pytest.mark.browser
def test_the_widget_streams_and_shows_the_cited_words(
    page: Page, proxied: Nginx, held: Gate, where: Where
) -> None:
    if where == "/":
        page.goto(f"{proxied.url}v1/docs")  # a page of this site that has no chat of its own
        page.evaluate(
            "document.body.append(Object.assign(document.createElement('script'), {src: '/widget.js'}))"
        )
    else:
        page.goto(proxied.origin)
    page.get_by_role("button", name="Ask about Rosa").click()
    box = page.get_by_label("Your question about Rosa")
    box.fill(QUESTION)
    box.press("Enter")
    answer = page.get_by_role("article")
    expect(answer).to_contain_text("since March 2018")
    expect(answer).not_to_contain_text("80 pages")
    held.open()
    expect(answer).to_contain_text("80 pages")
    answer.get_by_role("button", name="Source 1").click()
    expect(page.locator("mark[data-markers=' 1 ']").first).to_have_text("Leads the ")
    link = page.get_by_role("link", name="Open the full page").get_attribute("href")
    assert link is not None
    assert link.startswith(f"{proxied.url}sources/resume.md?at=")
