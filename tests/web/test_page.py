"""The page itself in a real browser: safety, keyboard, themes, head."""

from __future__ import annotations

import json

import pytest
from playwright.sync_api import expect

from ask_debbie.answering.answer import Sentence
from ask_debbie.corpus.document import Document
from tests.web.conftest import Site, Visit
from tests.web.fakes import FakeAssistant, team_answer
from tests.web.visits import QUESTION, ask, violations

pytestmark = pytest.mark.browser


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


def test_the_head_is_the_candidates_own(visit: Visit) -> None:
    page = visit()
    expect(page).to_have_title("Ask about Rosa Marín")
    assert page.context.cookies() == []
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


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 390])
def test_axe_finds_nothing(assistant: FakeAssistant, visit: Visit, scheme: str, width: int) -> None:
    assistant.when(QUESTION, *team_answer(assistant, QUESTION))
    page = visit(width, color_scheme=scheme, reduced_motion="reduce")
    assert violations(page) == []
    ask(page, QUESTION)
    expect(page.locator(".chip")).to_have_count(2)
    assert violations(page) == []
    page.locator(".cite").first.click()
    expect(page.locator("mark.current").first).to_be_in_viewport()
    assert violations(page) == []
