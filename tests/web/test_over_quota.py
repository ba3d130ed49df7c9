"""What the page says to a visitor who has asked a lot."""

from __future__ import annotations

import re
from collections.abc import Iterator

import httpx
import pytest
from playwright.sync_api import expect

from ask_debbie.settings import Settings
from tests.web.conftest import Site, Visit
from tests.web.fakes import FakeAssistant
from tests.web.visits import QUESTION, ask

pytestmark = pytest.mark.browser


@pytest.fixture
def site(assistant: FakeAssistant) -> Iterator[Site]:
    site = Site(assistant, Settings(quota_visitor="1/hour", quota_requests="100/hour"))
    yield site
    site.stop()


def test_the_page_says_when_to_come_again(assistant: FakeAssistant, visit: Visit) -> None:
    page = visit()
    ask(page, QUESTION)
    expect(page.locator(".turn").first).to_have_attribute("data-status", "abstained")
    ask(page, QUESTION)
    last = page.locator(".turn").last
    expect(last).to_have_attribute("data-status", "error")
    words = (
        "That's a lot of questions for one hour. Try again in 60 minutes, or write to Rosa: rosa@example.org"
    )
    expect(last).to_contain_text(re.compile(re.escape(words)))
    assert len(assistant.asked) == 1


def test_the_page_says_so_where_requests_are_refused(
    assistant: FakeAssistant, site: Site, visit: Visit
) -> None:
    page = visit()
    while httpx.get(f"{site.url}v1/profile").status_code == 200:
        pass
    ask(page, QUESTION)
    turn = page.locator(".turn")
    expect(turn).to_have_attribute("data-status", "error")
    expect(turn).to_contain_text("Too many people are asking just now")
    assert assistant.asked == []
