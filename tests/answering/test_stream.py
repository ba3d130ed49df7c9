"""The stream's order, its end, and what closing it stops."""

from __future__ import annotations

import threading

import pytest

from ask_debbie.answering.answer import Event, EvidenceFound, Finished, SentenceReady, Waiting
from ask_debbie.answering.assistant import Assistant
from ask_debbie.models.turns import Turns
from tests.answering.conftest import AssistantOf, ScriptedModel, check_whole, user

LED = "Has she led teams?"
TRUE = "She led a night team of 6 nurses. "


@pytest.mark.parametrize(
    "asked", [LED, "Does she speak French?", "How long was she at Red Cross Clinic?", "List her jobs"]
)
def test_evidence_comes_first_then_sentences_then_the_whole(assistant: Assistant, asked: str) -> None:
    first, *parts, last = assistant.stream(user(asked))
    assert isinstance(first, EvidenceFound)
    assert first.evidence
    assert isinstance(last, Finished)
    ready = [part for part in parts if isinstance(part, SentenceReady)]
    assert len(ready) == len(parts)
    assert tuple(part.sentence for part in ready) == last.answer.sentences
    assert tuple(c for part in ready for c in part.citations) == last.answer.citations


@pytest.mark.parametrize("asked", ["Is she married?", "", "Tell me a joke"])
def test_a_question_that_is_not_taken_has_no_evidence(assistant: Assistant, asked: str) -> None:
    events = list(assistant.stream(user(asked)))
    assert [type(event) for event in events] == [SentenceReady, Finished]


def test_every_sentence_brings_the_citations_that_its_markers_need(assistant: Assistant) -> None:
    known: set[int] = set()
    for event in assistant.stream(user("List her jobs")):
        if isinstance(event, SentenceReady):
            known |= {citation.marker for citation in event.citations}
            assert set(event.sentence.markers) <= known
    assert known


def test_asking_and_streaming_give_the_same(assistant: Assistant) -> None:
    *_, last = assistant.stream(user(LED))
    assert isinstance(last, Finished)
    whole = assistant.ask(LED)
    assert (last.answer.sentences, last.answer.citations) == (whole.sentences, whole.citations)
    check_whole(whole, assistant)


def test_a_sentence_is_shown_before_the_model_has_finished(assistant_with: AssistantOf) -> None:
    model = ScriptedModel.of([TRUE, "She ", "trained 23 new nurses in central line care. ", "x " * 9])
    stream = assistant_with(model).stream(user(LED))
    events: list[Event] = []
    for event in stream:
        events.append(event)
        if isinstance(event, SentenceReady):
            break
    assert isinstance(events[-1], SentenceReady)
    assert model.unread == []  # it is still being read
    stream.close()  # type: ignore[attr-defined]
    assert model.unread[0] >= 2


def test_closing_a_stream_frees_the_turn(assistant_with: AssistantOf) -> None:
    turns = Turns(3)
    model = ScriptedModel.of(TRUE * 40, TRUE)
    helper = assistant_with(model, turns=turns)
    stream = helper.stream(user(LED))
    for event in stream:
        if isinstance(event, SentenceReady):
            break
    assert len(turns) == 1
    stream.close()  # type: ignore[attr-defined]
    assert len(turns) == 0
    assert helper.ask(LED).engine == "scripted"


def test_a_stream_that_is_closed_at_the_evidence_asks_no_model(assistant_with: AssistantOf) -> None:
    turns = Turns(3)
    model = ScriptedModel.of(TRUE)
    stream = assistant_with(model, turns=turns).stream(user(LED))
    assert isinstance(next(stream), EvidenceFound)
    stream.close()  # type: ignore[attr-defined]
    assert model.left == 1
    assert len(turns) == 0


def test_the_turn_is_freed_when_the_model_fails(assistant_with: AssistantOf) -> None:
    turns = Turns(3)
    helper = assistant_with(ScriptedModel.of([TRUE, OSError("gone")]), turns=turns)
    assert helper.ask(LED).status == "answered"
    assert len(turns) == 0


def test_a_place_in_the_queue_is_told(assistant_with: AssistantOf) -> None:
    turns = Turns(3)
    helper = assistant_with(ScriptedModel.of(TRUE), turns=turns)
    told = threading.Event()
    events: list[Event] = []

    def ask() -> None:
        for event in helper.stream(user(LED)):
            events.append(event)
            if isinstance(event, Waiting):
                told.set()

    with turns.join() as ahead:
        list(ahead.wait())
        visitor = threading.Thread(target=ask)
        visitor.start()
        assert told.wait(30)
    visitor.join(30)
    kinds = [type(event) for event in events]
    assert kinds[0] is EvidenceFound
    assert kinds[1] is Waiting
    assert kinds[-1] is Finished
    waiting = next(event for event in events if isinstance(event, Waiting))
    assert waiting.ahead == 1
    assert waiting.seconds > 0


def test_a_full_queue_costs_fluency_only(assistant_with: AssistantOf) -> None:
    turns = Turns(0)
    model = ScriptedModel.of(TRUE)
    with turns.join():
        answer = assistant_with(model, turns=turns).ask(LED)
    assert answer.status == "answered"
    assert answer.engine == "extractive"
    assert model.left == 1


def test_no_more_than_a_few_sentences_are_shown_and_none_twice(
    assistant_with: AssistantOf, assistant: Assistant
) -> None:
    said = TRUE * 3 + "She led a night team of six nurses. She led 6 nurses. She led nurses. She led a team."
    answer = assistant_with(ScriptedModel.of(said)).ask(LED)
    shown = [sentence.text for sentence in answer.sentences]
    assert len(shown) == len(set(shown)) <= 3
    check_whole(answer, assistant)
