"""The queue in front of the local engine, as visitors meet it over HTTP."""

from __future__ import annotations

import json
import socket
import threading
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import httpx
import pytest

from ask_debbie.answering.assistant import RESTING
from ask_debbie.models.turns import EACH
from tests.web.conftest import Site
from tests.web.held_engine import REPLY, HeldModel, held_assistant, local_settings
from tests.web.visits import eventually

ROOM = 21  # the queue's, and the one whose turn it is
HELD = "¿Ha formado voluntarios?"  # in other languages the model is always asked
OTHER = "¿Ha formado a buceadores?"
LOCAL = "local:qwen2.5-coder-1.5b-instruct"


@pytest.fixture
def office(candidate_corpus: Path, models_dir: Path, tmp_path: Path) -> Iterator[tuple[Site, HeldModel]]:
    """A site whose model is held until a test releases it."""
    settings = local_settings(candidate_corpus, models_dir, tmp_path / "index")
    with held_assistant(settings) as (assistant, model):
        site = Site(assistant, settings)
        try:
            yield site, model
        finally:
            model.release_all()
            site.stop()


class Visitor:
    """Asks a question from an address, and keeps what the stream brings."""

    def __init__(self, site: Site, number: int, question: str = HELD) -> None:
        self.question = question
        self.frames: list[dict[str, Any]] = []
        self.done = False
        self._from = {"X-Forwarded-For": f"203.0.113.{number}"}
        self._reply: httpx.Response | None = None
        self._thread = threading.Thread(target=self._ask, args=(site,), daemon=True)
        self._thread.start()

    @property
    def places(self) -> list[tuple[int, float]]:
        said = [frame["ask_debbie"]["waiting"] for frame in self.frames if "waiting" in frame["ask_debbie"]]
        return [(place["ahead"], place["seconds"]) for place in said]

    @property
    def answer(self) -> dict[str, Any]:
        """What the last frame says of the whole answer."""
        last: dict[str, Any] = self.frames[-1]["ask_debbie"]
        return last

    @property
    def text(self) -> str:
        return "".join(frame["choices"][0]["delta"].get("content", "") for frame in self.frames)

    def leave(self) -> None:
        assert self._reply is not None
        self._reply.extensions["network_stream"].get_extra_info("socket").shutdown(socket.SHUT_RDWR)

    def _ask(self, site: Site) -> None:
        body = {"stream": True, "messages": [{"role": "user", "content": self.question}]}
        url = f"{site.url}v1/chat/completions"
        with (
            suppress(httpx.RemoteProtocolError),  # this one left
            httpx.stream("POST", url, json=body, headers=self._from, timeout=60) as reply,
        ):
            self._reply = reply
            for line in reply.iter_lines():
                if line.startswith("data: {"):
                    frame = json.loads(line.removeprefix("data: "))
                    self.frames.append({"ask_debbie": {}, **frame})
        self.done = True


def test_those_who_wait_are_told_their_place_and_about_how_long(office: tuple[Site, HeldModel]) -> None:
    site, model = office
    first = Visitor(site, 1)
    eventually(lambda: len(model.asked) == 1)
    second = Visitor(site, 2)
    eventually(lambda: bool(second.places))
    third = Visitor(site, 3)
    eventually(lambda: bool(third.places))
    assert first.places == []
    assert second.places[0][0] == 1
    assert third.places[0][0] == 2
    assert third.places[0][1] > second.places[0][1] >= 1
    model.release()
    eventually(lambda: third.places[-1][0] == 1)
    model.release(2)
    eventually(lambda: third.done)
    for visitor in (first, second, third):
        assert visitor.text.startswith(REPLY.rstrip("."))
        assert visitor.answer["engine"] == LOCAL


def test_a_full_queue_is_answered_at_once_in_the_documents_words(office: tuple[Site, HeldModel]) -> None:
    site, model = office
    waiting = [Visitor(site, 1)]
    eventually(lambda: len(model.asked) == 1)
    waiting += [Visitor(site, number) for number in range(2, ROOM + 1)]
    eventually(lambda: all(visitor.places for visitor in waiting[1:]))
    late = Visitor(site, ROOM + 1)
    eventually(lambda: late.done)
    assert late.answer["engine"] == "extractive"
    assert late.answer["notice"] == RESTING
    assert late.answer["status"] == "answered"
    assert "5 volunteers" in late.text
    assert late.places == []
    assert len(model.asked) == 1
    assert not any(visitor.done for visitor in waiting)
    model.release_all()
    eventually(lambda: all(visitor.done for visitor in waiting), seconds=30)
    assert {visitor.answer["engine"] for visitor in waiting} == {LOCAL}


def test_one_visitors_many_questions_leave_the_model_to_others(office: tuple[Site, HeldModel]) -> None:
    site, model = office
    greedy = [Visitor(site, 1, f"{HELD} ({n})") for n in range(10)]
    eventually(lambda: sum(visitor.done for visitor in greedy) == 10 - EACH)
    other = Visitor(site, 2, OTHER)
    eventually(lambda: bool(other.places))
    assert other.places[0][0] == 1  # behind the one whose turn it is, before the four that wait
    model.release(2)
    eventually(lambda: other.done)
    assert "buceadores" in model.asked[1]
    assert other.answer["engine"] == LOCAL
    model.release_all()
    eventually(lambda: all(visitor.done for visitor in greedy))
    engines = [visitor.answer["engine"] for visitor in greedy]
    assert sorted(engines) == ["extractive"] * (10 - EACH) + [LOCAL] * EACH


def test_whoever_leaves_the_queue_or_the_model_makes_room(office: tuple[Site, HeldModel]) -> None:
    site, model = office
    first = Visitor(site, 1, OTHER)
    eventually(lambda: len(model.asked) == 1)
    second = Visitor(site, 2)
    eventually(lambda: bool(second.places))
    third = Visitor(site, 3)
    eventually(lambda: bool(third.places))
    second.leave()
    eventually(lambda: third.places[-1][0] == 1)
    first.leave()
    eventually(lambda: any("buceadores" in asked for asked in model.left))
    eventually(lambda: len(model.asked) == 2)
    model.release()
    eventually(lambda: third.done)
    assert third.answer["engine"] == LOCAL
