"""What a visitor sees when the process that answers dies, and another is behind the same nginx."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.answering.server import FakeOpenAI
from tests.web.conftest import Deploy
from tests.web.deployment import PAID, QUESTION, Deployment

pytestmark = [pytest.mark.slow, pytest.mark.browser]

WIDGET = "document.body.append(Object.assign(document.createElement('script'), {src: '/widget.js'}))"


@pytest.fixture
def deployed(deploy: Deploy, model: FakeOpenAI) -> Deployment:
    return deploy(**PAID, OPENAI_BASE_URL=model.url)


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(ignore_https_errors=True)
    yield context.new_page()
    context.close()


def ask(page: Page) -> None:
    box = page.get_by_label("Your question about Mateo")
    box.fill(QUESTION)
    box.press("Enter")


def test_the_page_gets_its_answer_from_the_other(page: Page, deployed: Deployment, model: FakeOpenAI) -> None:
    page.goto(deployed.nginx.url)
    expect(page.locator("#ask[data-ready]")).to_be_visible()
    turn = page.locator(".turn")
    ask(page)
    expect(turn.nth(0)).to_have_attribute("data-status", "answered")
    model.manner = "hangs midway"
    ask(page)
    deployed.kill_who_answers(model)
    expect(turn.nth(1)).to_have_attribute("data-status", "answered", timeout=40_000)
    ask(page)
    expect(turn.nth(2)).to_have_attribute("data-status", "answered")


def test_a_page_whose_process_died_while_nobody_asked_goes_on(page: Page, deployed: Deployment) -> None:
    page.goto(deployed.nginx.url)
    expect(page.locator("#ask[data-ready]")).to_be_visible()
    ask(page)
    expect(page.locator(".turn").nth(0)).to_have_attribute("data-status", "answered")
    (busy,) = (process for process in deployed.processes if process.events("answered"))
    busy.kill()
    ask(page)
    expect(page.locator(".turn").nth(1)).to_have_attribute("data-status", "answered")


def test_the_widget_gets_its_answer_from_the_other(
    page: Page, deployed: Deployment, model: FakeOpenAI
) -> None:
    page.goto(f"{deployed.nginx.url}v1/docs")
    page.evaluate(WIDGET)
    page.get_by_role("button", name="Ask about Mateo").click()
    model.manner = "hangs midway"
    ask(page)
    deployed.kill_who_answers(model)
    expect(page.get_by_role("article")).to_have_attribute("data-status", "answered")
