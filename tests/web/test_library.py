"""The profile and the documents, as any page may show them."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from fastapi.testclient import TestClient

from ask_debbie.settings import Settings
from ask_debbie.web.server import create_app
from tests.web.fakes import RESUME, FakeAssistant, FakeLink, FakeProfile


@pytest.fixture
def client(assistant: FakeAssistant) -> Iterator[TestClient]:
    with TestClient(create_app(assistant, Settings()), base_url="http://site.example") as client:
        yield client


def test_the_profile(client: TestClient) -> None:
    assert client.get("/v1/profile").json() == {
        "name": "Rosa Marín",
        "first_name": "Rosa",
        "headline": "ICU nurse · Valencia",
        "accent": "#1f6f5c",
        "greeting": "What would you like to know about Rosa?",
        "starters": [
            "How long has she worked in intensive care?",
            "Has she led a team?",
            "Which languages does she speak?",
        ],
        "contact": {"email": "rosa@example.org", "policy": "You can ask Rosa at rosa@example.org."},
        "links": [{"label": "rosa.example", "url": "https://rosa.example/"}],
        "engine": {"name": "fake", "label": "Local model"},
    }


def test_a_profile_carries_no_trap() -> None:
    links = (FakeLink("x", "javascript:alert(1)"),)
    assistant = FakeAssistant(profile=FakeProfile(accent="red;}", links=links))
    with TestClient(create_app(assistant, Settings())) as client:
        profile = client.get("/v1/profile").json()
    assert profile["links"] == []
    assert profile["accent"].startswith("#")


def test_the_documents(client: TestClient) -> None:
    listed = client.get("/v1/documents").json()["documents"]
    assert [(d["path"], d["title"]) for d in listed] == [
        ("resume.md", "Resume"),
        ("projects/handbook.md", "SISLaFe handbook"),
    ]
    whole = client.get("/v1/documents/projects/handbook.md").json()
    assert {name: whole[name] for name in ("path", "title", "sections")} == listed[1]


def test_a_documents_blocks_are_all_that_a_reader_sees(client: TestClient) -> None:
    document = client.get("/v1/documents/resume.md").json()
    text = document["text"]
    assert text == RESUME
    seen = [
        ("".join(text[r["start"] : r["end"]] for r in block["runs"]), block) for block in document["blocks"]
    ]
    heading = next(block for words, block in seen if words == "Hospital La Fe")
    assert (heading["kind"], heading["level"]) == ("heading", 3)
    words, item = next((words, block) for words, block in seen if words.startswith("Leads"))
    assert words == "Leads the night team of six nurses in the intensive care unit."
    assert [run["link"] for run in item["runs"] if run["link"]] == ["https://lafe.example/icu"]
    assert all("*" not in words and "](" not in words for words, _ in seen)


@pytest.mark.parametrize("path", ["nowhere.md", "profile.toml", "..%2F..%2Fetc%2Fpasswd", ""])
def test_nothing_else_can_be_read(client: TestClient, path: str) -> None:
    reply = client.get(f"/v1/documents/{path}", follow_redirects=False)
    assert reply.status_code in (404, 307)
    assert client.get(f"/sources/{path}").status_code == 404


def test_a_source_is_shown_with_its_place_marked(client: TestClient) -> None:
    start = RESUME.index("Trained 12")
    page = client.get(f"/sources/resume.md?at={start}-{start + 10}")
    assert page.headers["content-type"].startswith("text/html")
    assert '<mark id="cited" data-markers="1">Trained 12</mark>' in page.text
    assert "<script" not in page.text
    assert '<a href="../">' in page.text
    for at in ("", "x", "9-1", "0-999999999", "-1-5"):
        assert client.get("/sources/resume.md", params={"at": at}).status_code == 200


def test_the_reference_is_a_page_without_a_script(client: TestClient) -> None:
    page = client.get("/v1/docs")
    assert page.status_code == 200
    assert "<script" not in page.text
    assert "POST http://site.example/v1/chat/completions" in page.text
    assert "url_citation" in page.text
    schema = client.get("/v1/openapi.json").json()
    assert set(schema["paths"]) == {
        "/chat/completions",
        "/models",
        "/models/{name}",
        "/profile",
        "/documents",
        "/documents/{path}",
    }
