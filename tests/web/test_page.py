"""The page in a real browser, with a scripted assistant."""

from __future__ import annotations

import json
import time
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from ask_debbie.answering.answer import Sentence, Waiting
from ask_debbie.corpus.document import Document
from tests.web.conftest import Site, Visit
from tests.web.fakes import FakeAssistant, Gate, Queueing, team_answer

pytestmark = pytest.mark.browser

QUESTION = "Has she led a team?"
LEADS = "Leads the night team of six nurses in the intensive care unit."


def eventually(holds: Callable[[], bool], seconds: float = 10) -> None:
    end = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < end, "it never came to hold"
        time.sleep(0.02)


def ask(page: Page, question: str) -> None:
    page.get_by_label("Your question about Rosa").fill(question)
    page.keyboard.press("Enter")


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
    expect(page.locator("#page .path")).to_have_text("projects/handbook.md")
    expect(page.locator("#sources mark.current")).to_have_text("A guide of 80 pages for new nurses")
    expect(page.locator("#sources mark.current")).to_be_in_viewport()
    expect(page.locator("#list [aria-current=true] q")).to_have_text("A guide of 80 pages for new nurses")


def test_each_citation_can_be_opened_from_the_list(assistant: FakeAssistant, visit: Visit) -> None:
    assistant.when(QUESTION, *team_answer(assistant, QUESTION))
    page = visit()
    ask(page, QUESTION)
    page.locator("#list").get_by_role("button").nth(2).click()
    expect(page.locator("#page .path")).to_have_text("projects/handbook.md")
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


PAYLOADS = [
    "<img src=x onerror=alert(1)>",
    "<script>alert(1)</script>",
    "![x](https://evil.example/x.png)",
    "[click](javascript:alert(1))",
    "<svg/onload=alert(1)>",
    "<iframe src=https://evil.example></iframe>",
    '"><style>@import url(https://evil.example/x.css)</style>',
    "${alert(1)} {{constructor.constructor('alert(1)')()}} <%= alert(1) %>",
    "</textarea><body onload=alert(1)>",
    '<a href="data:text/html,<script>alert(1)</script>">x</a>',
]


def test_nothing_that_anyone_writes_runs_or_loads(assistant: FakeAssistant, site: Site, visit: Visit) -> None:
    """In the question, the document, the model's sentence, a chip, a notice and a breadcrumb."""
    everything = "\n\n".join(PAYLOADS)
    assistant.documents["evil.md"] = Document("evil.md", f"# {PAYLOADS[0]}\n\n- start\n\n{everything}\n\nend")
    citation = assistant.citation(1, everything, "evil.md", *PAYLOADS)
    assistant.when(
        everything,
        assistant.found("Leads the"),
        *assistant.answered(
            everything, [Sentence(everything, (1,))], [citation], follow_ups=(everything,), notice=everything
        ),
    )
    page = visit()
    ask(page, everything)
    expect(page.locator(".turn")).to_have_attribute("data-status", "answered")
    page.locator(".cite").click()
    expect(page.locator("#sources mark.current").last).to_be_visible()
    expect(page.locator(".sentence")).to_contain_text("<script>alert(1)</script>")
    assert page.locator("#turns, #sources").locator("img, script, iframe, style, object").count() == 0
    assert page.locator("#turns a, #sources a").count() == 0
    page.reload()
    expect(page.locator(".chip")).to_be_visible()
    assert page.locator("#turns, #sources").locator("img, script, iframe, style, object").count() == 0


def test_all_of_it_by_keyboard(assistant: FakeAssistant, visit: Visit) -> None:
    assistant.when(QUESTION, *team_answer(assistant, QUESTION))
    page = visit()
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to the question")).to_be_focused()
    page.keyboard.press("Enter")
    page.keyboard.type(QUESTION)
    page.keyboard.press("Enter")
    expect(page.locator(".chip")).to_have_count(2)
    expect(page.locator("#question")).to_be_focused()
    cite = page.get_by_role("button", name="Source 2: resume")
    for _ in range(12):
        page.keyboard.press("Shift+Tab")
        if cite.evaluate("element => element === document.activeElement"):
            break
    expect(cite).to_be_focused()
    assert cite.evaluate("element => getComputedStyle(element).outlineStyle") == "solid"
    page.keyboard.press("Enter")
    expect(page.get_by_role("region", name="Text of resume")).to_be_focused()
    expect(page.locator("mark.current")).to_have_text("3/2018-present")
    page.keyboard.press("Escape")
    expect(cite).to_be_focused()


def test_a_document_can_be_read_whole(visit: Visit) -> None:
    page = visit()
    page.get_by_role("button", name="SISLaFe handbook").click()
    expect(page.locator("#page .text")).to_contain_text(
        "A guide of 80 pages for new nurses, still used on every ward."
    )
    page.get_by_role("button", name="Close sources").click()
    expect(page.get_by_role("button", name="Resume resume.md")).to_be_visible()


def test_themes_follow_the_system_until_the_visitor_chooses(visit: Visit) -> None:
    page = visit(color_scheme="dark")
    html = page.locator("html")
    expect(html).to_have_attribute("data-theme", "dark")
    theme = page.get_by_role("button", name="Theme: automatic")
    theme.click()
    expect(html).to_have_attribute("data-theme", "light")
    page.reload()
    expect(html).to_have_attribute("data-theme", "light")
    page.get_by_role("button", name="Theme: light").click()
    expect(html).to_have_attribute("data-theme", "dark")
    page.get_by_role("button", name="Theme: dark").click()
    page.emulate_media(color_scheme="light")
    expect(html).to_have_attribute("data-theme", "light")


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


def test_the_head_is_the_candidates_own(visit: Visit) -> None:
    page = visit()
    expect(page).to_have_title("Ask about Rosa Marín")
    assert page.locator("html").get_attribute("lang") == "en"
    assert "Rosa" in str(page.locator("meta[name=description]").get_attribute("content"))
    assert str(page.locator("link[rel=icon]").first.get_attribute("href")).startswith("data:image/svg+xml")
    assert page.locator("meta[name=theme-color]").count() == 1
    assert (
        "gradio"
        not in json.dumps(page.locator("meta").evaluate_all("all => all.map(m => m.content)")).lower()
    )
    for landmark in ("banner", "main", "contentinfo", "complementary"):
        expect(page.get_by_role(landmark)).to_have_count(1)
