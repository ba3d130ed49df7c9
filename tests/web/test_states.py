"""What the page says when there is no plain answer, and what it survives."""

from __future__ import annotations

import pytest
from playwright.sync_api import Route, expect

from ask_debbie.answering.answer import Sentence, Waiting
from tests.web.conftest import Site, Visit
from tests.web.fakes import FakeAssistant, Gate, team_answer
from tests.web.visits import QUESTION, ask

pytestmark = pytest.mark.browser


def test_the_place_in_the_queue_is_shown(assistant: FakeAssistant, visit: Visit) -> None:
    gates = [Gate(), Gate(), Gate()]
    assistant.when(
        QUESTION,
        Waiting(2, 10.2),
        gates[0],
        Waiting(1, 4.0),
        gates[1],
        Waiting(0, 1.0),
        gates[2],
        *team_answer(assistant, QUESTION),
    )
    page = visit()
    ask(page, QUESTION)
    state = page.locator(".turn .state")
    expect(state).to_have_text("2 people are ahead of you, about 10 seconds")
    expect(page.get_by_role("status")).to_have_text("2 people are ahead of you, about 10 seconds")
    gates[0].open()
    expect(state).to_have_text("1 person is ahead of you, about 4 seconds")
    gates[1].open()
    expect(state).to_have_text("You’re next, about 1 second")
    gates[2].open()
    expect(page.locator(".turn")).to_have_attribute("data-status", "answered")


@pytest.mark.parametrize(
    ("status", "label", "text"),
    [
        (
            "abstained",
            "Not in Rosa’s documents",
            "Rosa's documents don't say. You can ask Rosa at rosa@example.org.",
        ),
        ("declined", "Outside what I answer", "I don't answer questions about family or health."),
        ("error", "No answer this time", "The documents can't be searched just now."),
    ],
)
def test_states_are_told_in_words(
    assistant: FakeAssistant, visit: Visit, status: str, label: str, text: str
) -> None:
    assistant.when(QUESTION, *assistant.answered(QUESTION, [Sentence(text)], status=status))  # type: ignore[arg-type]
    page = visit()
    ask(page, QUESTION)
    turn = page.locator(".turn")
    expect(turn).to_have_attribute("data-status", status)
    expect(turn.locator(".label")).to_have_text(label)
    expect(turn.locator(".answer")).to_have_text(text)
    expect(page.get_by_role("status")).to_contain_text(text)
    expect(turn.get_by_role("link", name="rosa@example.org")).to_have_count(int("@" in text))


def test_the_floor_engine_says_so(assistant: FakeAssistant, visit: Visit) -> None:
    notice = "Quoted directly; the writing model is resting."
    sentences = [Sentence("“3/2018-present”", (1,))]
    citations = [assistant.citation(1, "3/2018-present")]
    assistant.when(QUESTION, *assistant.answered(QUESTION, sentences, citations, notice=notice))
    page = visit()
    ask(page, QUESTION)
    expect(page.get_by_text(notice)).to_be_visible()


def test_a_crowded_server_is_told_until_it_is_ones_turn(assistant: FakeAssistant, visit: Visit) -> None:
    page = visit()
    held: list[Route] = []
    page.route("**/queue/join*", lambda route: held.append(route))
    ask(page, QUESTION)
    expect(page.locator(".state")).to_have_text("Many people are asking just now; you’re in line…")
    held[0].continue_()
    expect(page.locator(".turn")).to_have_attribute("data-status", "abstained")


def test_an_assistant_that_breaks_is_an_error_in_plain_words(assistant: FakeAssistant, visit: Visit) -> None:
    assistant.when(QUESTION, RuntimeError("secret detail"))
    page = visit()
    ask(page, QUESTION)
    expect(page.locator(".turn")).to_have_attribute("data-status", "error")
    expect(page.locator(".answer")).to_contain_text("Something went wrong here")
    assert "secret" not in page.content()
    assistant.when(QUESTION, *team_answer(assistant, QUESTION))
    page.get_by_role("button", name="Try again").click()
    expect(page.locator(".turn")).to_have_attribute("data-status", "answered")


def test_a_full_queue_is_told_in_plain_words(assistant: FakeAssistant, visit: Visit) -> None:
    page = visit()
    page.route("**/queue/join*", lambda route: route.fulfill(status=503, body='{"detail": "Queue is full."}'))
    ask(page, QUESTION)
    expect(page.locator(".answer")).to_contain_text("Too many people are asking just now")
    page.unroute("**/queue/join*")
    page.get_by_role("button", name="Try again").click()
    expect(page.locator(".turn")).to_have_attribute("data-status", "abstained")


def test_a_reload_keeps_the_conversation_and_asks_again_what_it_interrupted(
    assistant: FakeAssistant, visit: Visit
) -> None:
    gate = Gate()
    assistant.when(QUESTION, *team_answer(assistant, QUESTION))
    page = visit()
    ask(page, QUESTION)
    expect(page.locator(".chip")).to_have_count(2)
    assistant.when("And then?", gate)
    ask(page, "And then?")
    expect(page.locator(".turn").nth(1).locator(".state")).to_have_text("Reading Rosa’s documents…")
    page.locator("#question").fill("a draft")
    assistant.when("And then?", *assistant.answered("And then?", [Sentence("Rosa's documents don't say.")]))
    page.reload()
    expect(page.locator(".turn").nth(0).locator(".cite")).to_have_count(3)
    expect(page.locator(".turn").nth(1).locator(".answer")).to_have_text("Rosa's documents don't say.")
    expect(page.locator("#question")).to_have_value("a draft")
    page.locator(".cite").nth(2).click()
    expect(page.locator("mark.current")).to_have_text("A guide of 80 pages for new nurses")
    gate.open()


def test_a_server_that_restarts_loses_nothing(assistant: FakeAssistant, site: Site, visit: Visit) -> None:
    gate = Gate()
    assistant.when(QUESTION, gate)
    page = visit()
    ask(page, "First?")
    expect(page.locator(".turn")).to_have_attribute("data-status", "abstained")
    ask(page, QUESTION)
    expect(page.locator(".turn").nth(1).locator(".state")).to_have_text("Reading Rosa’s documents…")
    site.stop()
    expect(page.locator(".turn").nth(1)).to_have_attribute("data-status", "error", timeout=20_000)
    expect(page.locator(".answer").nth(1)).to_contain_text("The connection was lost")
    gate.open()
    assistant.when(QUESTION, *team_answer(assistant, QUESTION))
    site.start()
    page.goto(site.url)
    page.get_by_role("button", name="Try again").click()
    expect(page.locator(".turn").nth(1)).to_have_attribute("data-status", "answered")
    expect(page.locator(".turn")).to_have_count(2)
