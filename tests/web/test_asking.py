"""Asking in a real browser, with a scripted assistant."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.web.conftest import Visit
from tests.web.fakes import FakeAssistant, Gate, Queueing, team_answer
from tests.web.visits import QUESTION, ask, eventually

LEADS = "Leads the night team of six nurses in the intensive care unit."


pytestmark = pytest.mark.browser


def test_a_question_streams_and_its_citation_opens_in_its_place(
    assistant: FakeAssistant, visit: Visit
) -> None:
    found, first, rest = Gate(), Gate(), Gate()
    events = team_answer(assistant, QUESTION)
    evidence = assistant.found("Leads the *night team*", "Trained 12 new nurses")
    assistant.when(QUESTION, found, evidence, first, events[0], rest, *events[1:])
    page = visit()
    ask(page, QUESTION)
    turn = page.locator(".turn")
    expect(turn.get_by_role("heading")).to_have_text(QUESTION)
    expect(turn.locator(".state")).to_have_text("Reading Rosa’s documents…")
    found.open()
    expect(turn.locator(".state")).to_have_text("Reading 2 passages of Rosa’s documents…")
    expect(turn.locator(".found li")).to_have_text(["resume › Experience › Hospital La Fe"])
    expect(page.locator("#sources.dim .source")).to_have_count(2)
    first.open()
    expect(turn.locator(".sentence")).to_have_text(
        ["She leads the night team of six nurses at La Fe, since March 2018\u00a0[1][2]."]
    )
    expect(page.locator("#sources mark.current").first).to_be_in_viewport()
    expect(turn.locator(".chip")).to_have_count(0)
    rest.open()
    expect(turn).to_have_attribute("data-status", "answered")
    expect(turn.locator(".chip")).to_have_count(2)
    assert "".join(page.locator("#sources mark.current").all_text_contents()) == LEADS

    page.get_by_role("button", name="Source 2: resume › Experience › Hospital La Fe › ICU nurse").click()
    expect(page.locator("#sources mark.current")).to_have_text("3/2018-present")
    expect(page.locator("#sources mark:not(.current)").first).to_have_text("Leads the ")

    page.get_by_role("button", name="Source 3: handbook › SISLaFe handbook").click()
    expect(page.locator("#page .path span")).to_have_text("projects/handbook.md")
    expect(page.locator("#sources mark.current")).to_have_text("A guide of 80 pages for new nurses")
    expect(page.locator("#sources mark.current")).to_be_in_viewport()
    expect(page.locator("#list [aria-current=true] q")).to_have_text("A guide of 80 pages for new nurses")


def test_each_citation_can_be_opened_from_the_list(assistant: FakeAssistant, visit: Visit) -> None:
    assistant.when(QUESTION, *team_answer(assistant, QUESTION))
    page = visit()
    ask(page, QUESTION)
    page.locator("#list").get_by_role("button").nth(2).click()
    expect(page.locator("#page .path span")).to_have_text("projects/handbook.md")
    expect(page.locator(".cite[aria-expanded=true]")).to_have_text("[3]")


def test_a_starter_and_a_chip_ask_and_the_next_question_carries_the_conversation(
    assistant: FakeAssistant, visit: Visit
) -> None:
    assistant.when(QUESTION, *team_answer(assistant, QUESTION))
    page = visit()
    page.get_by_role("button", name=QUESTION).click()
    page.get_by_role("button", name="Which languages does she speak?").click()
    expect(page.locator(".turn").nth(1)).to_have_attribute("data-status", "abstained")
    expect(page.locator(".turn").nth(0).locator(".chip")).to_have_count(0)
    assert [message["role"] for message in assistant.asked[-1]] == ["user", "assistant", "user"]
    assert assistant.asked[-1][1]["content"].endswith(
        "since March 2018 [1][2]. She also wrote a guide of 80 pages for new nurses [3]."
    )


def test_stop_keeps_what_was_said_and_the_next_question_is_answered(
    assistant: FakeAssistant, visit: Visit
) -> None:
    gate = Gate()
    events = team_answer(assistant, QUESTION)
    assistant.when(QUESTION, events[0], gate, *events[1:])
    page = visit()
    ask(page, QUESTION)
    expect(page.locator(".sentence")).to_have_count(1)
    page.get_by_role("button", name="Stop").click()
    expect(page.locator(".turn .state")).to_have_text("Stopped.")
    ask(page, "Next?")
    expect(page.locator(".turn").nth(1)).to_have_attribute("data-status", "abstained")
    gate.open()
    expect(page.get_by_role("button", name="Stop")).to_be_hidden()
    expect(page.locator(".turn").nth(0).locator(".sentence")).to_have_count(1)
    eventually(lambda: QUESTION in assistant.closed)
    assert assistant.completed == ["Next?"]


def test_a_visitor_who_leaves_stops_the_engine(assistant: FakeAssistant, visit: Visit) -> None:
    assistant.when(QUESTION, *(Queueing() for _ in range(400)))
    page = visit()
    ask(page, QUESTION)
    expect(page.locator(".turn .state")).to_have_text("1 person is ahead of you")
    page.context.close()
    eventually(lambda: QUESTION in assistant.closed)
    assert assistant.completed == []


def test_again_asks_once_more_and_replaces_the_answer(assistant: FakeAssistant, visit: Visit) -> None:
    page = visit()
    ask(page, QUESTION)
    expect(page.locator(".turn")).to_have_attribute("data-status", "abstained")
    assistant.when(QUESTION, *team_answer(assistant, QUESTION))
    page.get_by_role("button", name="Again").click()
    expect(page.locator(".turn")).to_have_count(1)
    expect(page.locator(".turn")).to_have_attribute("data-status", "answered")
    assert [len(messages) for messages in assistant.asked] == [1, 1]


def test_clear_forgets_the_conversation(assistant: FakeAssistant, visit: Visit) -> None:
    assistant.when(QUESTION, *team_answer(assistant, QUESTION))
    page = visit()
    ask(page, QUESTION)
    expect(page.locator(".chip")).to_have_count(2)
    page.get_by_role("button", name="Menu").click()
    page.get_by_role("button", name="Clear this conversation").click()
    expect(page.locator(".turn")).to_have_count(0)
    expect(page.get_by_role("heading", name="What would you like to know about Rosa?")).to_be_visible()
    ask(page, "Next?")
    expect(page.locator(".turn")).to_have_attribute("data-status", "abstained")
    assert [message["content"] for message in assistant.asked[-1]] == ["Next?"]
    page.reload()
    expect(page.locator(".turn")).to_have_count(1)


def test_copy_takes_the_answer_with_its_sources(assistant: FakeAssistant, visit: Visit) -> None:
    assistant.when(QUESTION, *team_answer(assistant, QUESTION))
    page = visit()
    ask(page, QUESTION)
    page.get_by_role("button", name="Copy").click()
    expect(page.get_by_role("button", name="Copied")).to_be_visible()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied.startswith("She leads the night team of six nurses at La Fe, since March 2018 [1][2].")
    assert "[2] resume.md › Experience › Hospital La Fe › ICU nurse: “3/2018-present”" in copied


def test_two_visitors_at_once_have_their_own_conversations(assistant: FakeAssistant, visit: Visit) -> None:
    gate = Gate()
    assistant.when(QUESTION, gate, *team_answer(assistant, QUESTION))
    one, other = visit(), visit()
    ask(one, QUESTION)
    expect(one.locator(".state")).to_have_text("Reading Rosa’s documents…")
    ask(other, "And the other?")
    expect(other.locator(".turn")).to_have_attribute("data-status", "abstained")
    expect(one.locator(".turn")).to_have_attribute("data-status", "working")
    gate.open()
    expect(one.locator(".turn")).to_have_attribute("data-status", "answered")
    expect(one.locator(".turn")).to_have_count(1)
    expect(other.locator(".turn")).to_have_count(1)
    assert all(len(messages) == 1 for messages in assistant.asked)


def test_a_second_question_waits_its_turn(assistant: FakeAssistant, visit: Visit) -> None:
    gate = Gate()
    assistant.when(QUESTION, gate, *team_answer(assistant, QUESTION))
    page = visit()
    ask(page, QUESTION)
    ask(page, "And then?")
    expect(page.locator(".turn").nth(1).locator(".state")).to_have_text("Waits for the answer above")
    assert len(assistant.asked) <= 1
    gate.open()
    expect(page.locator(".turn").nth(1)).to_have_attribute("data-status", "abstained")
    assert len(assistant.asked[1]) == 3
