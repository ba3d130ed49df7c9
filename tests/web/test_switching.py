"""Another assistant takes over while the site is served."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace

import httpx
import pytest
from fastapi.testclient import TestClient

from ask_debbie.answering.answer import Citation, Sentence
from ask_debbie.settings import Settings
from ask_debbie.web.places import fingerprint, source_address
from ask_debbie.web.plain_pages import CHANGED
from ask_debbie.web.protocols import Assistant
from ask_debbie.web.server import create_app
from tests.web.conftest import Site
from tests.web.fakes import RESUME, FakeAssistant, FakeProfile, Gate, documents

QUESTION = "Has she led a team?"
EDITED = RESUME.replace("of six nurses", "of nine nurses").replace("# Rosa Marín", "# Rosa Marín, RN")
Switch = Callable[[Assistant], None]


class Stage:
    """Hands out the switch that following is given."""

    def __init__(self) -> None:
        self.switch: Switch = lambda assistant: None

    @contextmanager
    def following(self, switch: Switch) -> Iterator[None]:
        self.switch = switch
        yield


def edited() -> FakeAssistant:
    resume = replace(documents()["resume.md"], text=EDITED)
    profile = FakeProfile(
        name="Rosa Marín Gil", starters=("Is she a nurse?",), contact_email="gil@example.org"
    )
    return FakeAssistant(profile=profile, documents={"resume.md": resume}, engine="newer")


@pytest.fixture
def stage() -> Stage:
    return Stage()


@pytest.fixture
def site(assistant: FakeAssistant, stage: Stage) -> Iterator[Site]:
    site = Site(assistant, following=stage.following)
    yield site
    site.stop()


def test_all_that_is_shown_is_the_new_state(site: Site, stage: Stage) -> None:
    assert "Ask about Rosa Marín<" in httpx.get(site.url).text
    assert httpx.get(f"{site.url}documents/projects/handbook.md").status_code == 200
    stage.switch(edited())
    page = httpx.get(site.url).text
    assert "<title>Ask about Rosa Marín Gil</title>" in page
    assert "Is she a nurse?" in page
    assert "handbook" not in page
    assert httpx.get(f"{site.url}config").json()["title"] == "Ask about Rosa Marín Gil"
    assert "nine nurses" in httpx.get(f"{site.url}v1/documents/resume.md").json()["text"]
    assert len(httpx.get(f"{site.url}v1/documents").json()["documents"]) == 1
    for kind in ("documents", "sources", "v1/documents"):
        assert httpx.get(f"{site.url}{kind}/projects/handbook.md").status_code == 404
    profile = httpx.get(f"{site.url}v1/profile").json()
    assert profile["name"] == "Rosa Marín Gil"
    assert profile["starters"] == ["Is she a nurse?"]
    assert profile["engine"]["name"] == "newer"
    assert httpx.get(f"{site.url}v1/models").json()["data"][0]["id"] == "newer"
    assert httpx.get(f"{site.url}v1/openapi.json").json()["info"]["title"] == "Ask about Rosa Marín Gil"
    assert "Rosa Marín Gil" in httpx.get(f"{site.url}v1/docs").text


def test_an_answer_ends_with_the_assistant_that_began_it(
    site: Site, stage: Stage, assistant: FakeAssistant
) -> None:
    gate = Gate()
    first, finished = assistant.answered(QUESTION, [Sentence("She led six.")])
    assistant.when(QUESTION, gate, first, finished)
    replies: list[httpx.Response] = []
    body = {"model": "any", "messages": [{"role": "user", "content": QUESTION}]}
    asking = threading.Thread(
        target=lambda: replies.append(httpx.post(f"{site.url}v1/chat/completions", json=body))
    )
    asking.start()
    while not assistant.asked:
        asking.join(0.01)
    stage.switch(edited())
    gate.open()
    asking.join(20)
    assert replies[0].json()["choices"][0]["message"]["content"] == "She led six."
    after = httpx.post(f"{site.url}v1/chat/completions", json=body).json()
    assert after["choices"][0]["message"]["content"].startswith("Rosa's documents don't mention")
    assert len(assistant.asked) == 1


def test_who_is_refused_is_told_the_new_address(assistant: FakeAssistant, stage: Stage) -> None:
    app = create_app(assistant, Settings(quota_visitor="1/hour"), stage.following)
    body = {"model": "any", "messages": [{"role": "user", "content": QUESTION}]}
    with TestClient(app) as client:
        client.post("/v1/chat/completions", json=body)
        stage.switch(edited())
        reply = client.post("/v1/chat/completions", json=body)
    assert reply.status_code == 429
    assert "gil@example.org" in reply.json()["error"]["message"]


class TestSources:
    """A citation that is opened after an edit."""

    def page(self, quote: str, now: str, at: int | None = None) -> str:
        start = RESUME.index(quote) if at is None else at
        citation = Citation(1, "resume.md", (), quote, start, start + len(quote))
        resume = replace(documents()["resume.md"], text=now)
        with TestClient(create_app(FakeAssistant(documents={"resume.md": resume}), Settings())) as client:
            reply = client.get(f"/{source_address(citation)}")
        assert reply.status_code == 200
        return reply.text

    def test_words_where_they_stood(self) -> None:
        page = self.page("Trained 12", RESUME)
        assert '<mark id="cited" data-markers="1">Trained 12</mark>' in page
        assert CHANGED not in page

    def test_words_that_moved(self) -> None:
        page = self.page("Trained 12", EDITED.replace("## Experience", "## Professional experience"))
        assert '<mark id="cited" data-markers="1">Trained 12</mark>' in page
        assert page.count("<mark") == 1

    def test_of_equal_words_the_nearest(self) -> None:
        twice = f"# Rosa\n\n- Spoke Spanish.\n{'- Spoke to others. ' * 40}\n- Spoke Spanish.\n"
        last = twice.rindex("Spoke Spanish.")
        page = self.page("Spoke Spanish.", f"- New line.\n{twice}", at=last)
        assert page.index("<mark") > page.index("Spoke Spanish.") + 20

    def test_words_that_are_gone(self) -> None:
        page = self.page("Trained 12", RESUME.replace("Trained 12", "Trained 13"))
        assert "<mark" not in page
        assert f'<p id="cited" role="note">{CHANGED}</p>' in page

    @pytest.mark.parametrize("query", ["at=0-5", "at=0-5&words=", "at=5-0&words=x", "at=0-999999999&words=x"])
    def test_any_address_gives_a_page(self, query: str) -> None:
        with TestClient(create_app(FakeAssistant(), Settings())) as client:
            assert client.get(f"/sources/resume.md?{query}").status_code == 200

    def test_a_fingerprint_takes_any_text(self) -> None:
        assert len({fingerprint(text) for text in ("", "a", "é", "\ud800")}) == 4
