"""The page itself on another site: in a frame, and through Gradio's web component."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, FrameLocator, Page, expect

from ask_debbie.settings import Settings
from tests.web.conftest import Site
from tests.web.fakes import FakeAssistant, team_answer
from tests.web.test_widget import ASSISTANT_THERE, EXAMPLES
from tests.web.visits import QUESTION
from tests.web.widget_server import HostSite

pytestmark = pytest.mark.browser

RECORD = "window.heard = []; addEventListener('message', (event) => heard.push(event.data));"


@pytest.fixture
def embedding(browser: Browser, assistant: FakeAssistant) -> Iterator[tuple[Page, HostSite, Site]]:
    """Another site, which may show the page, and a visitor of it."""
    assistant.when(QUESTION, *team_answer(assistant, QUESTION))
    host = HostSite(EXAMPLES, ASSISTANT_THERE, "")
    site = Site(assistant, Settings(origins=(host.origin,)))
    host.assistant = site.url
    context = browser.new_context(viewport={"width": 800, "height": 1600})
    context.add_init_script(RECORD)
    errors: list[str] = []
    page = context.new_page()
    page.on("pageerror", lambda error: errors.append(str(error)))
    yield page, host, site
    context.close()
    site.stop()
    host.stop()
    assert errors == []


def height_of(page: Page) -> float:
    return float(page.locator("iframe").evaluate("frame => frame.getBoundingClientRect().height"))


def framed(page: Page) -> FrameLocator:
    frame = page.frame_locator("iframe")
    expect(frame.locator("#ask[data-ready]")).to_be_visible()
    return frame


def test_the_frame_grows_and_shrinks_with_its_content_and_tells_nothing_else(
    embedding: tuple[Page, HostSite, Site],
) -> None:
    page, host, _ = embedding
    page.goto(f"{host.origin}/iframe.html")
    frame = framed(page)
    expect(frame.locator("footer")).to_be_hidden()
    conversation = frame.locator("#conversation")
    before = height_of(page)
    for count in (1, 2, 3):
        frame.get_by_label("Your question about Rosa").fill(QUESTION)
        frame.get_by_label("Your question about Rosa").press("Enter")
        expect(frame.locator(".chip")).to_have_count(2)
        expect(frame.locator(".turn")).to_have_count(count)
    page.wait_for_function(f"document.querySelector('iframe').getBoundingClientRect().height > {before}")
    assert conversation.evaluate("e => e.scrollHeight - e.clientHeight") <= 1, "it scrolls, with room to grow"
    high = height_of(page)
    frame.get_by_role("button", name="Menu").click()
    frame.get_by_role("button", name="Clear this conversation").click()
    page.wait_for_function(f"document.querySelector('iframe').getBoundingClientRect().height < {high}")
    assert height_of(page) == pytest.approx(before, abs=2)
    heard = page.evaluate("window.heard")
    assert heard
    assert all(set(data) == {"type", "height"} and data["type"] == "ask-debbie:height" for data in heard)


def test_a_frame_that_does_not_ask_hears_nothing(embedding: tuple[Page, HostSite, Site]) -> None:
    page, host, site = embedding
    page.goto(host.page(f'<iframe src="{site.url}" style="width:700px;height:600px"></iframe>'))
    frame = framed(page)
    expect(frame.locator("#ask > footer")).to_be_visible()
    assert page.evaluate("window.heard") == []


def test_gradios_web_component_shows_the_widget(embedding: tuple[Page, HostSite, Site]) -> None:
    page, host, site = embedding
    policy = f"default-src 'none'; script-src {site.url} 'unsafe-eval'; connect-src {site.url}; style-src 'self' {site.url} 'unsafe-inline'"
    host.headers["Content-Security-Policy"] = policy  # as the README says
    page.goto(f"{host.origin}/gradio.html")
    expect(page.locator("gradio-app ask-debbie").get_by_role("textbox")).to_be_visible()
    expect(page.locator("gradio-app ask-debbie .panel")).to_have_css("height", "560px")


def test_a_site_that_is_not_named_may_not_show_it(browser: Browser, site: Site) -> None:
    host = HostSite(EXAMPLES, ASSISTANT_THERE, site.url)
    page = browser.new_page()
    try:
        with page.expect_event("console", lambda said: "frame-ancestors" in said.text):
            page.goto(f"{host.origin}/iframe.html")
    finally:
        page.close()
        host.stop()


def test_not_in_a_frame_embed_only_hides_the_footer(browser: Browser, site: Site) -> None:
    page = browser.new_page()
    page.goto(f"{site.url}?embed=1")
    expect(page.locator("#ask[data-ready]")).to_be_visible()
    expect(page.locator("#ask > footer")).to_be_hidden()
    page.close()
