"""Snapshots: whole after each event, and bounded in what they carry back."""

from __future__ import annotations

import json

from ask_debbie.answering.answer import Waiting
from ask_debbie.web.turn import MAX_HISTORY, MAX_REMEMBERED, Question, Turn
from tests.web.fakes import FakeAssistant, team_answer

QUESTION = "Has she led a team?"


def test_each_event_adds_to_the_snapshot() -> None:
    assistant = FakeAssistant()
    turn = Turn("t1", assistant.documents)
    assert turn.snapshot()["stage"] == "reading"
    turn.add(assistant.found("Leads the *night team*"))
    assert turn.snapshot()["found"][0]["label"] == "resume › Experience › Hospital La Fe"
    turn.add(Waiting(2, 10.0))
    waiting = turn.snapshot()
    assert (waiting["stage"], waiting["ahead"], waiting["seconds"]) == ("waiting", 2, 10.0)
    first, second, finished = team_answer(assistant, QUESTION)
    turn.add(first)
    writing = turn.snapshot()
    assert writing["stage"] == "writing"
    assert list(writing["documents"]) == ["resume.md"]
    assert writing["sentences"][0]["markers"] == [1, 2]
    turn.add(second)
    streamed = turn.snapshot()
    turn.add(finished)
    done = turn.snapshot()
    assert done["status"] == "answered"
    assert list(done["documents"]) == ["resume.md", "projects/handbook.md"]
    assert (done["sentences"], done["citations"]) == (streamed["sentences"], streamed["citations"])
    assert done["tick"] == 6
    json.dumps(done)


def test_a_failure_leaves_no_citation() -> None:
    assistant = FakeAssistant()
    turn = Turn("t1", assistant.documents)
    turn.add(team_answer(assistant, QUESTION)[0])
    turn.fail("Not now.")
    snapshot = turn.snapshot()
    assert snapshot["status"] == "error"
    assert snapshot["citations"] == []
    assert snapshot["documents"] == {}


def test_history_is_bounded_and_takes_parts() -> None:
    history = [{"role": "user", "content": [{"type": "text", "text": "x" * 9000}]} for _ in range(50)]
    question = Question.model_validate({"turn": "t", "question": QUESTION, "history": history})
    messages = question.messages()
    assert len(messages) == MAX_HISTORY + 1
    assert len(messages[0]["content"]) == MAX_REMEMBERED
    assert messages[-1] == {"role": "user", "content": QUESTION}
