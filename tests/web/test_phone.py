"""The page at phone width: sources are a sheet, and nothing scrolls sideways."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.web.conftest import Visit
from tests.web.fakes import FakeAssistant, team_answer
from tests.web.visits import QUESTION, ask

pytestmark = pytest.mark.browser


@pytest.fixture
def phone(assistant: FakeAssistant, visit: Visit) -> Page:
    """A phone with an answered question."""
    assistant.when(QUESTION, *team_answer(assistant, QUESTION))
    page = visit(390, 844, has_touch=True, is_mobile=True)
    ask(page, QUESTION)
    expect(page.locator(".chip")).to_have_count(2)
    expect(page.locator("#sources")).to_be_hidden()
    return page


def raise_sheet(page: Page) -> None:
    page.get_by_role("button", name="Source 3: handbook").tap()
    expect(page.get_by_role("dialog", name="Sources")).to_be_visible()
    expect(page.locator("mark.current")).to_be_in_viewport()
    expect(page.locator("#sources-title")).to_be_focused()


@pytest.mark.parametrize("way", ["Escape", "cross", "veil", "swipe"])
def test_the_sheet_rises_over_the_chat_and_gives_the_focus_back(phone: Page, way: str) -> None:
    raise_sheet(phone)
    assert phone.locator("#ask > main").evaluate("element => element.inert")
    if way == "Escape":
        phone.keyboard.press("Escape")
    elif way == "cross":
        phone.get_by_role("button", name="Close sources").tap()
    elif way == "veil":
        phone.locator("#veil").tap(position={"x": 40, "y": 40})
    else:
        header = phone.locator("#sources .grip")
        header.hover(position={"x": 160, "y": 8})  # waits until the sheet has come to rest
        box = header.bounding_box()
        assert box
        phone.mouse.down()
        phone.mouse.move(box["x"] + 160, box["y"] + 200, steps=4)
        phone.mouse.up()
    expect(phone.locator("#sources")).to_be_hidden()
    expect(phone.get_by_role("button", name="Source 3: handbook")).to_be_focused()
    expect(phone.locator(".cite[aria-expanded=true]")).to_have_count(0)
    assert not phone.locator("#ask > main").evaluate("element => element.inert")


def test_the_tab_key_stays_in_the_sheet(phone: Page) -> None:
    raise_sheet(phone)
    for _ in range(9):
        phone.keyboard.press("Tab")
        assert phone.evaluate("document.getElementById('sources').contains(document.activeElement)")


def test_nothing_scrolls_sideways_at_320_pixels(assistant: FakeAssistant, visit: Visit) -> None:
    long = "Donaudampfschifffahrtsgesellschaftskapitänsmützenabzeichen" * 3
    assistant.when(QUESTION, *team_answer(assistant, QUESTION))
    page = visit(320, 640, is_mobile=True, has_touch=True)
    fits = (
        "[document.documentElement, document.getElementById('conversation')].every(e => e.scrollWidth <= 320)"
    )
    assert page.evaluate(fits)
    ask(page, QUESTION)
    expect(page.locator(".chip")).to_have_count(2)
    ask(page, long)
    expect(page.locator(".turn").nth(1)).to_have_attribute("data-status", "abstained")
    assert page.evaluate(fits)
    page.locator(".cite").first.tap()
    expect(page.locator("mark.current").first).to_be_in_viewport()
    assert page.evaluate(fits)
    assert page.evaluate("['sources', 'list'].every(id => document.getElementById(id).scrollWidth <= 320)")


def test_targets_are_large_enough_to_tap(phone: Page) -> None:
    small = phone.locator("#ask button:visible, #ask a:visible").evaluate_all(
        "all => all.map(e => [e.getBoundingClientRect(), e.outerHTML])"
        ".filter(([box]) => Math.min(box.width, box.height) < 24)"
    )
    assert small == []


def test_the_question_box_stays_above_the_keyboard(phone: Page) -> None:
    phone.set_viewport_size({"width": 390, "height": 420})
    expect(phone.locator("#question")).to_be_in_viewport(ratio=1)
    expect(phone.locator("#send")).to_be_in_viewport(ratio=1)


def test_the_documents_are_in_the_menu(phone: Page) -> None:
    phone.get_by_role("button", name="Menu").tap()
    phone.get_by_role("button", name="Rosa’s documents").tap()
    phone.locator("#shelf").get_by_role("button", name="SISLaFe handbook").tap()
    expect(phone.locator("#page .text")).to_contain_text("still used on every ward")
