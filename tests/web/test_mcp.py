"""The assistant as an agent's tool, by the official MCP client."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable
from typing import Any, TypeVar

import httpx
import pytest
from mcp import Client
from mcp.types import CallToolResult, TextContent

from ask_debbie.settings import Settings
from tests.web.conftest import Site
from tests.web.fakes import HANDBOOK, FakeAssistant, team_answer

QUESTION = "Has she led a team?"
T = TypeVar("T")


def with_client(site: Site, use: Callable[[Client], Awaitable[T]]) -> T:
    async def run() -> T:
        async with Client(f"{site.url}mcp") as client:
            return await use(client)

    return asyncio.run(run())


def call(site: Site, tool: str, **arguments: Any) -> CallToolResult:
    return with_client(site, lambda client: client.call_tool(tool, arguments))


def words(result: CallToolResult) -> str:
    (content,) = result.content
    assert isinstance(content, TextContent)
    return content.text


def test_the_tools_describe_themselves(site: Site) -> None:
    listed = with_client(site, lambda client: client.list_tools())
    assert [tool.name for tool in listed.tools] == ["ask", "list_sections", "read_passage"]
    assert all(tool.description and tool.annotations for tool in listed.tools)
    assert list(listed.tools[0].input_schema["properties"]) == ["question"]


def test_an_agent_asks(site: Site, assistant: FakeAssistant) -> None:
    assistant.when(QUESTION, *team_answer(assistant, QUESTION))
    answer = json.loads(words(call(site, "ask", question=QUESTION)))
    assert answer["status"] == "answered"
    assert answer["answer"].endswith("for new nurses [3].")
    assert [citation["marker"] for citation in answer["citations"]] == [1, 2, 3]


def test_an_agent_reads(site: Site) -> None:
    listed = json.loads(words(call(site, "list_sections")))
    assert [document["path"] for document in listed["documents"]] == ["resume.md", "projects/handbook.md"]
    start = HANDBOOK.index("A guide")
    read = json.loads(
        words(call(site, "read_passage", document="projects/handbook.md", start=start, end=start + 7))
    )
    assert read["quote"] == "A guide"
    whole = json.loads(words(call(site, "read_passage", document="projects/handbook.md")))
    assert whole["quote"] == HANDBOOK


@pytest.mark.parametrize(
    ("tool", "arguments", "said"),
    [
        ("ask", {"question": "x" * 3000}, "under 2,000 characters"),
        ("read_passage", {"document": "profile.toml"}, "no such document"),
        ("read_passage", {"document": "resume.md", "start": 10**9}, "nothing there"),
    ],
)
def test_what_cannot_be_done_is_told(site: Site, tool: str, arguments: dict[str, Any], said: str) -> None:
    result = call(site, tool, **arguments)
    assert result.is_error
    assert said in words(result)


def test_what_breaks_is_told_without_its_words(site: Site, assistant: FakeAssistant) -> None:
    assistant.when(QUESTION, ValueError("secret"))
    result = call(site, "ask", question=QUESTION)
    assert result.is_error
    assert "secret" not in words(result)


def test_the_quota_holds_for_agents(assistant: FakeAssistant) -> None:
    site = Site(assistant, Settings(quota_visitor="1/hour"))
    try:
        assert not call(site, "ask", question=QUESTION).is_error
        refused = call(site, "ask", question=QUESTION)
        assert refused.is_error
        assert "That's a lot of questions for one hour." in words(refused)
    finally:
        site.stop()


def test_other_sites_are_refused(site: Site) -> None:
    reply = httpx.post(f"{site.url}mcp", json={}, headers={"Origin": "https://evil.example"})
    assert reply.status_code == 403


def test_no_seat_is_taken_for_long(site: Site) -> None:
    assert httpx.get(f"{site.url}mcp", headers={"Accept": "text/event-stream"}).status_code == 405
    assert httpx.delete(f"{site.url}mcp").status_code == 405
