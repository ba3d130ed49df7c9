"""Logs that a program can read, and in which nobody's words, keys or addresses are."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator

import pytest
from fastapi.testclient import TestClient

from ask_debbie.settings import Settings
from ask_debbie.web.logs import JsonLines
from ask_debbie.web.server import create_app
from tests.web.fakes import FakeAssistant, team_answer

QUESTION = "Has she led a team?"
SECRET = "sk-nobody-may-see"


class Lines(logging.Handler):
    """What would be on standard error."""

    def __init__(self) -> None:
        super().__init__()
        self.setFormatter(JsonLines())
        self.written: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.written.append(self.format(record))


@pytest.fixture
def lines() -> Iterator[Lines]:
    lines = Lines()
    logger = logging.getLogger("ask_debbie")
    level = logger.level
    logger.addHandler(lines)
    logger.setLevel("INFO")
    yield lines
    logger.removeHandler(lines)
    logger.setLevel(level)


def ask(assistant: FakeAssistant, question: str, times: int = 1, **given: str) -> None:
    app = create_app(assistant, Settings(**given))  # type: ignore[arg-type]
    with TestClient(app, client=("203.0.113.7", 5), raise_server_exceptions=False) as client:
        for _ in range(times):
            client.post("/v1/chat/completions", json={"messages": [{"role": "user", "content": question}]})


def test_an_answer_is_a_line_without_its_words(assistant: FakeAssistant, lines: Lines) -> None:
    assistant.when(QUESTION, *team_answer(assistant, QUESTION))
    ask(assistant, QUESTION)
    (line,) = lines.written
    entry = json.loads(line)
    assert {name: entry[name] for name in ("event", "level", "door", "status", "engine", "citations")} == {
        "event": "answered",
        "level": "info",
        "door": "api",
        "status": "answered",
        "engine": "fake",
        "citations": 3,
    }
    assert len(entry["visitor"]) == 16
    for kept_out in ("team", "nurses", "203.0.113.7"):
        assert kept_out not in line


def test_a_refusal_is_a_line(assistant: FakeAssistant, lines: Lines) -> None:
    ask(assistant, QUESTION, times=2, quota_visitor="1/hour")
    entry = json.loads(lines.written[-1])
    assert (entry["event"], entry["quota"]) == ("refused", "visitor")
    assert 0 < entry["retry_after"] <= 3600


def test_a_failure_tells_its_kind_and_place_alone(assistant: FakeAssistant, lines: Lines) -> None:
    assistant.when(QUESTION, ValueError(f"{SECRET} {QUESTION}"))
    ask(assistant, QUESTION)
    (line,) = [line for line in lines.written if "failed" in line]
    entry = json.loads(line)
    assert entry["error"] == "ValueError"
    assert any("fakes.py" in place for place in entry["at"])
    assert SECRET not in "".join(lines.written)
    assert QUESTION not in "".join(lines.written)


def test_settings_keep_their_secrets() -> None:
    settings = Settings(redis_url=f"redis://:{SECRET}@h/0", metrics_token=SECRET, openai_api_key=SECRET)
    assert SECRET not in repr(settings)
    assert SECRET not in settings.model_dump_json()
