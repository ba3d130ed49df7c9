"""The widget in a real browser, on pages of another origin than its server's."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Dialog, Locator, Page, Request, expect

from ask_debbie.web.widget import script_tag
from tests.web.fakes import Gate
from tests.web.visits import QUESTION, eventually, violations
from tests.web.widget_server import (
    DOCUMENTS,
    Assistant,
    Cut,
    HostSite,
    annotation,
    ending,
    sentence,
    team_reply,
    waiting,
)

pytestmark = pytest.mark.browser

EXAMPLES = Path(__file__).parents[2] / "examples" / "embed"
ASSISTANT_THERE = "http://127.0.0.1:7860"
CONTACT = "You can ask Rosa at rosa@example.org."


@pytest.fixture
def server() -> Iterator[Assistant]:
    server = Assistant()
    server.when(QUESTION, *team_reply())
    yield server
    server.stop()


@pytest.fixture
def host(server: Assistant) -> Iterator[HostSite]:
    host = HostSite(EXAMPLES, ASSISTANT_THERE, server.url)
    yield host
    host.stop()


Open = Callable[..., Page]


@pytest.fixture
def visit_host(browser: Browser, server: Assistant, host: HostSite) -> Iterator[Open]:
    """Opens a page of the host as a new visitor. Nothing may load from a third place, run or fail there."""
    contexts: list[BrowserContext] = []
    trouble: list[str] = []

    def dismiss(dialog: Dialog) -> None:
        trouble.append(f"dialog: {dialog.message}")
        dialog.dismiss()

    def watch(request: Request) -> None:
        if not request.url.startswith((server.origin, host.origin)):
            trouble.append(f"loads {request.url}")

    def open_page(url: str = "", width: int = 1280, height: int = 800, **options: Any) -> Page:
        context = browser.new_context(viewport={"width": width, "height": height}, **options)
        contexts.append(context)
        page = context.new_page()
        page.on("dialog", dismiss)
        page.on("pageerror", lambda error: trouble.append(f"error: {error}"))
        page.on(
            "console", lambda said: trouble.append(said.text) if "Content Security" in said.text else None
        )
        page.on("request", watch)
        page.goto(url or f"{host.origin}/index.html")
        expect(page.locator("ask-debbie").get_by_text("Rosa").first).to_be_attached()
        return page

    yield open_page
    for context in contexts:
        assert context.cookies() == []
        context.close()
    assert trouble == []


def tag(server: Assistant, attributes: str = "") -> str:
    return f'<script src="{server.url}widget.js" async {attributes}></script>'


def launcher(page: Page) -> Locator:
    return page.get_by_role("button", name="Ask about Rosa")


def dialog(page: Page) -> Locator:
    return page.get_by_role("dialog", name="Ask about Rosa")


def box(page: Page) -> Locator:
    return page.get_by_label("Your question about Rosa")


def ask(page: Page, question: str) -> None:
    box(page).fill(question)
    box(page).press("Enter")


def focused(page: Page) -> str:
    """The label of what has the focus inside the widget, or '' when that is elsewhere."""
    script = """() => {
      const inside = document.activeElement?.shadowRoot?.activeElement;
      return inside ? inside.getAttribute("aria-label") || inside.textContent : "";
    }"""
    return str(page.evaluate(script))


# ── opening, asking, citing ─────────────────────────────────────────────────────────────────────────────


def test_a_button_opens_a_chat_that_answers_and_cites(server: Assistant, visit_host: Open) -> None:
    page = visit_host()
    launcher(page).click()
    expect(dialog(page)).to_be_visible()
    expect(box(page)).to_be_focused()
    expect(page.get_by_role("heading", name="What would you like to know about Rosa?")).to_be_visible()
    ask(page, QUESTION)
    answer = page.locator(".answer")
    expect(answer).to_have_text(
        "She leads the night team of six nurses at La Fe, since March 2018\u00a0[1][2]."
        " She also wrote a guide of 80 pages for new nurses\u00a0[3]."
    )
    expect(page.locator(".chip:visible")).to_have_text(
        ["Which certifications does she have?", "Which languages does she speak?"]
    )
    assert server.asked == [
        {"model": "ask-debbie", "stream": True, "messages": [{"role": "user", "content": QUESTION}]}
    ]
    page.locator(".chip", has_text="languages").click()
    expect(page.locator("article")).to_have_count(2)
    expect(page.locator("article").nth(1)).to_have_attribute("data-status", "abstained")
    expect(page.get_by_text("Not in Rosa’s documents")).to_be_visible()
    history = server.asked[1]["messages"]
    assert [message["role"] for message in history] == ["user", "assistant", "user"]
    assert history[1]["content"].endswith("new nurses [3].")


def test_a_citation_opens_the_document_at_the_cited_words(
    host: HostSite, server: Assistant, visit_host: Open
) -> None:
    page = visit_host(height=480)
    launcher(page).click()
    ask(page, QUESTION)
    cite = page.get_by_role("button", name="Source 2: resume › Experience › Hospital La Fe › ICU nurse")
    cite.first.click()
    current = page.locator("mark.current")
    expect(current).to_have_text("3/2018-present")
    expect(current).to_be_in_viewport()
    led = page.locator("mark:not(.current)")
    assert "".join(led.all_inner_texts()) == "Leads the night team of six nurses in the intensive care unit."
    full = page.get_by_role("link", name="Open the full page")
    expect(full).to_have_attribute("href", f"{server.url}documents/resume.md")
    expect(full).to_have_attribute("rel", "noopener noreferrer")
    page.get_by_role("button", name="Source 3: handbook › SISLaFe handbook").last.click()
    expect(current).to_have_text("A guide of 80 pages for new nurses")
    page.keyboard.press("Escape")
    expect(page.locator(".source")).to_be_hidden()
    expect(cite.first).to_be_focused()
    expect(dialog(page)).to_be_visible()


def test_a_document_without_runs_or_blocks_is_shown_as_it_stands(server: Assistant, visit_host: Open) -> None:
    server.spans_only = True
    page = visit_host()
    launcher(page).click()
    ask(page, QUESTION)
    page.locator(".cite").first.click()
    expect(page.locator(".cited.item")).to_have_attribute("data-bullet", "•")
    expect(page.locator("mark.current")).to_contain_text("Leads the *night team* of six")


def test_a_document_that_cannot_be_had_leaves_the_quote(server: Assistant, visit_host: Open) -> None:
    server.documents.clear()
    page = visit_host()
    launcher(page).click()
    ask(page, QUESTION)
    page.locator(".cite").nth(1).click()
    expect(page.get_by_text("The document can’t be shown just now.")).to_be_visible()
    expect(page.locator("mark.current")).to_have_text("3/2018-present")


def test_a_document_that_was_edited_is_fetched_anew(server: Assistant, visit_host: Open) -> None:
    page = visit_host()
    launcher(page).click()
    ask(page, QUESTION)
    page.locator(".cite").first.click()
    expect(page.locator("mark.current").first).to_have_text("Leads the ")
    page.keyboard.press("Escape")
    server.documents["resume.md"] = server.documents["resume.md"].replace(
        "- Leads the", "- Mends pumps.\n- Led the"
    )
    page.reload()
    page.locator(".cite").first.click()
    expect(page.get_by_text("The document has changed since.")).to_be_visible()
    expect(page.locator("blockquote mark.current")).to_contain_text("Leads the *night team* of six")
    expect(page.locator(".source li, .source .item").get_by_text("Mends pumps.")).to_be_visible()
    page.keyboard.press("Escape")
    page.locator(".cite").nth(1).click()
    expect(page.locator("mark.current")).to_have_text("3/2018-present")
    expect(page.get_by_text("The document has changed since.")).to_be_hidden()


def test_sentences_appear_as_they_come_and_one_question_waits_for_another(
    server: Assistant, visit_host: Open
) -> None:
    queue, first, rest = Gate(), Gate(), Gate()
    server.when(
        "How long?",
        waiting(2, 10),
        queue,
        sentence("Eight years."),
        first,
        sentence("At La Fe."),
        rest,
        ending(),
    )
    page = visit_host()
    launcher(page).click()
    ask(page, "How long?")
    expect(page.locator(".state").first).to_have_text("2 people are ahead of you, about 10 seconds")
    expect(page.locator(".found").first).to_have_text("resume › Experience")
    ask(page, QUESTION)
    expect(page.locator(".state").nth(1)).to_have_text("Waits for the answer above")
    queue.open()
    expect(page.locator(".answer").first).to_have_text("Eight years.")
    expect(page.locator(".state").first).to_have_text("Checking the next sentence…")
    expect(page.locator(".found").first).to_be_hidden()
    expect(page.get_by_role("status")).to_contain_text("Eight years.")
    first.open()
    expect(page.locator(".answer").first).to_have_text("Eight years. At La Fe.")
    assert len(server.asked) == 1
    rest.open()
    expect(page.locator(".cite")).to_have_count(3)
    assert [body["messages"][-1]["content"] for body in server.asked] == ["How long?", QUESTION]


def test_stop_stops_and_lets_go_of_the_server(server: Assistant, visit_host: Open) -> None:
    gate = Gate()
    more = [sentence("More.")] * 100_000  # more than a connection holds that nobody reads
    server.when("How long?", sentence("Eight years."), gate, *more)
    page = visit_host()
    launcher(page).click()
    ask(page, "How long?")
    ask(page, "And then?")
    expect(page.locator(".answer").first).to_have_text("Eight years.")
    page.get_by_role("button", name="Stop").click()
    expect(page.locator(".state")).to_have_text(["Stopped.", "Not asked."])
    expect(page.get_by_role("button", name="Stop")).to_be_hidden()
    gate.open()
    eventually(lambda: server.left == ["How long?"])
    page.get_by_role("button", name="Try again").click()
    expect(page.locator("article").nth(1)).to_have_attribute("data-status", "abstained")
    assert len(server.asked) == 2


def test_a_notice_and_what_is_declined_are_shown(server: Assistant, visit_host: Open) -> None:
    server.when(
        "Is she married?", sentence("Ask me about her work."), ending("declined", notice="Quoted directly.")
    )
    page = visit_host()
    launcher(page).click()
    ask(page, "Is she married?")
    expect(page.get_by_text("Outside what I answer")).to_be_visible()
    expect(page.locator(".notice")).to_have_text("Quoted directly.")


# ── the visit ───────────────────────────────────────────────────────────────────────────────────────────


def test_the_conversation_goes_along_and_clear_forgets_it(
    server: Assistant, host: HostSite, visit_host: Open
) -> None:
    page = visit_host()
    launcher(page).click()
    ask(page, QUESTION)
    expect(page.locator(".chip:visible")).to_have_count(2)
    page.get_by_role("link", name="In its place").click()
    expect(page.locator("ask-debbie")).to_have_count(1)
    expect(page.locator(".cite")).to_have_count(3)
    page.goto(f"{host.origin}/index.html")
    expect(dialog(page)).to_be_visible()
    assert focused(page) == ""
    page.locator(".cite").nth(1).click()
    expect(page.locator("mark.current")).to_have_text("3/2018-present")
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Clear this conversation").click()
    expect(page.locator("article")).to_have_count(0)
    expect(box(page)).to_be_focused()
    page.get_by_role("button", name="Close").click()
    page.reload()
    expect(launcher(page)).to_be_visible()
    expect(dialog(page)).to_be_hidden()
    assert len(server.asked) == 1
    kept = page.evaluate("JSON.stringify({ ...sessionStorage }) + JSON.stringify({ ...localStorage })")
    assert QUESTION not in kept
    assert "six nurses" not in kept


def test_an_answer_cut_off_by_leaving_is_asked_for_again(
    server: Assistant, host: HostSite, visit_host: Open
) -> None:
    gate = Gate()
    server.when("How long?", sentence("Eight years."), gate, ending())
    page = visit_host()
    launcher(page).click()
    ask(page, "How long?")
    expect(page.locator(".answer")).to_have_text("Eight years.")
    server.when("How long?", sentence("Eight years and eight months."), ending())
    page.goto(f"{host.origin}/strict.html")
    expect(page.locator(".answer")).to_have_text("Eight years and eight months.")
    gate.open()
    assert len(server.asked) == 2


def test_going_back_shows_what_was_said_since(host: HostSite, visit_host: Open) -> None:
    page = visit_host()
    launcher(page).click()
    page.goto(f"{host.origin}/strict.html")
    ask(page, QUESTION)
    expect(page.locator(".cite")).to_have_count(3)
    page.go_back()
    expect(page.locator(".cite")).to_have_count(3)


# ── keyboard ────────────────────────────────────────────────────────────────────────────────────────────


def test_everything_by_keyboard_alone(host: HostSite, server: Assistant, visit_host: Open) -> None:
    shortcuts = "<script>document.addEventListener('keydown', e => { window.typed = (window.typed || '') + e.key; })</script>"
    page = visit_host(host.page(f'<a href="#x">first</a>{shortcuts}', tag(server)))
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    expect(launcher(page)).to_be_focused()
    page.keyboard.press("Enter")
    expect(box(page)).to_be_focused()
    page.keyboard.type("Has she")
    page.keyboard.press("Shift+Enter")
    page.keyboard.type("led a team?")
    expect(box(page)).to_have_value("Has she\nled a team?")
    box(page).fill(QUESTION)
    page.keyboard.press("Enter")
    expect(page.locator(".chip:visible")).to_have_count(2)
    labels = []
    for _ in range(12):
        page.keyboard.press("Tab")
        labels.append(focused(page))
    assert "" not in labels, "the focus left the dialog"
    assert {"Close", "Clear this conversation", "Conversation", "Your question about Rosa"} <= set(labels)
    page.keyboard.press("Shift+Tab")
    assert focused(page)
    while not focused(page).startswith("Source 3"):
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Back to the answers")).to_be_focused()
    expect(page.locator("mark.current")).to_be_in_viewport()
    reached = set()
    for _ in range(10):
        page.keyboard.press("Tab")
        reached.add(focused(page))
    assert "Your question about Rosa" not in reached, "what the document covers can be reached"
    page.keyboard.press("Escape")
    assert focused(page).startswith("Source 3")
    page.keyboard.press("Escape")
    expect(dialog(page)).to_be_hidden()
    expect(launcher(page)).to_be_focused()
    assert page.evaluate("window.typed") == "TabTab", "the host saw what was typed in the widget"


# ── the host page ───────────────────────────────────────────────────────────────────────────────────────

HOSTILE = """<style>
  * { all: revert; color: red !important; font-size: 40px; letter-spacing: 9px; text-transform: uppercase; }
  button, p, div, .panel, .root { display: none !important; background: lime !important; }
</style>"""


def test_hostile_styles_stay_outside(host: HostSite, server: Assistant, visit_host: Open) -> None:
    looks = """() => {
      const root = document.querySelector("ask-debbie").shadowRoot;
      const names = ["color", "fontSize", "fontFamily", "letterSpacing", "textTransform", "display", "backgroundColor", "height"];
      const style = (element) => names.map((name) => getComputedStyle(element)[name]).join("|");
      return [...root.querySelectorAll("*")].map((e) => `${e.tagName} ${style(e)}`);
    }"""
    shown: list[list[str]] = []
    for number, head in enumerate(("", HOSTILE)):
        for body in ("", "<ask-debbie></ask-debbie>"):
            page = visit_host(host.page(f"{body}<main></main>", tag(server) + head, f"/page{number}"))
            if not body:
                page.locator(".launcher").click()
            page.mouse.move(0, 0)
            box(page).fill(QUESTION)
            box(page).press("Enter")
            expect(page.locator(".chip:visible")).to_have_count(2)
            page.wait_for_function(
                "!document.querySelector('ask-debbie').shadowRoot.getAnimations().some(a => a.playState === 'running')"
            )
            shown.append(page.evaluate(looks))
    assert shown[2] == shown[0]
    assert shown[3] == shown[1]


def test_its_own_styles_stay_inside_and_the_page_is_left_as_it_is(
    browser: Browser, host: HostSite, server: Assistant, visit_host: Open
) -> None:
    body = "<h2>One</h2><p>Two</p><button>Three</button><div style='height:4000px'></div>"
    measure = """() => [scrollY, document.documentElement.scrollHeight, document.documentElement.scrollWidth,
      document.documentElement.style.cssText, document.body.style.cssText, document.body.className,
      document.styleSheets.length, document.adoptedStyleSheets.length, window.length,
      ...[...document.querySelectorAll("h2, p, button")].map((e) => JSON.stringify({ ...getComputedStyle(e) }))]"""
    style = "<style>body { display: grid; gap: 50px; } body > * { position: relative; transform: scale(1); }</style>"
    plain = browser.new_page(viewport={"width": 1280, "height": 800})
    plain.goto(host.page(body, style, "/plain"))
    before = plain.evaluate(measure)
    plain.close()
    page = visit_host(host.page(body, tag(server) + style))
    assert page.evaluate(measure) == before
    assert launcher(page).evaluate("e => innerHeight - e.getBoundingClientRect().bottom") == 20
    page.evaluate("scrollTo(0, 500)")
    launcher(page).click()
    ask(page, QUESTION)
    expect(page.locator(".chip:visible")).to_have_count(2)
    page.locator(".cite").first.click()
    expect(page.locator("mark.current").first).to_be_in_viewport()
    page.keyboard.press("Escape")
    page.keyboard.press("Escape")
    after = page.evaluate(measure)
    assert after[0] == 500
    assert after[1:] == before[1:]


def test_in_its_place_it_keeps_its_size(host: HostSite, visit_host: Open) -> None:
    page = visit_host(f"{host.origin}/inline.html")
    expect(page.locator("ask-debbie")).to_have_count(1)
    expect(page.get_by_role("region", name="Ask me anything about work")).to_be_visible()
    expect(page.locator(".starter")).to_have_text(["What did you do last?", "Which tools do you know?"])
    height = page.evaluate("document.documentElement.scrollHeight")
    for _ in range(4):
        ask(page, QUESTION)
    expect(page.locator(".cite")).to_have_count(12)
    assert page.evaluate("document.documentElement.scrollHeight") == height
    assert page.evaluate("scrollY") == 0


def test_a_strict_policy_is_enough(host: HostSite, server: Assistant, visit_host: Open) -> None:
    page = visit_host(f"{host.origin}/strict.html")
    page.evaluate(
        "() => { window.broken = []; document.addEventListener('securitypolicyviolation', e => broken.push(e.violatedDirective)); }"
    )
    launcher(page).click()
    assert page.locator(".panel").evaluate("e => getComputedStyle(e).backgroundColor") == "rgb(20, 22, 24)"
    ask(page, QUESTION)
    expect(page.locator(".chip:visible")).to_have_count(2)
    page.locator(".cite").first.click()
    expect(page.locator("mark.current").first).to_be_in_viewport()
    assert page.evaluate("window.broken") == []


def test_attributes_say_how_it_looks_and_speaks(host: HostSite, server: Assistant, visit_host: Open) -> None:
    element = (
        '<ask-debbie position="bottom-left" title="Frag mich" colour="#b00" theme="dark" language="de" open '
        'greeting="Nur zu" starters="Eins?|Zwei?"></ask-debbie>'
    )
    page = visit_host(host.page(element, tag(server)))
    panel = page.get_by_role("dialog", name="Frag mich")
    expect(panel).to_be_visible()
    assert focused(page) == "", "opened by itself, it took the focus"
    assert panel.evaluate("e => e.getBoundingClientRect().left") == 20
    assert panel.evaluate("e => getComputedStyle(e).colorScheme") == "dark"
    expect(page.get_by_role("heading", name="Nur zu")).to_be_visible()
    expect(page.locator(".starter")).to_have_text(["Eins?", "Zwei?"])
    page.locator(".starter").first.click()
    expect(page.get_by_text("Nicht in den Unterlagen von Rosa")).to_be_visible()
    assert server.languages == ["de"]
    page.get_by_role("button", name="Schließen").click()
    page.reload()
    expect(page.get_by_role("button", name="Frag mich")).to_be_visible()
    expect(panel).to_be_hidden()


def test_the_button_takes_its_attributes_from_the_script_tag(
    host: HostSite, server: Assistant, visit_host: Open
) -> None:
    page = visit_host(host.page("", tag(server, 'data-title="Ask about Rosa" data-position="bottom-left"')))
    assert launcher(page).evaluate("e => e.getBoundingClientRect().left") == 20


def test_two_script_tags_and_a_late_element_make_one_widget(
    host: HostSite, server: Assistant, visit_host: Open
) -> None:
    page = visit_host(host.page("<main></main>", tag(server) * 2))
    expect(page.locator("ask-debbie")).to_have_count(1)
    page.evaluate("document.querySelector('main').append(document.createElement('ask-debbie'))")
    expect(page.locator("ask-debbie")).to_have_count(1)
    expect(page.locator("main ask-debbie").get_by_role("region", name="Ask about Rosa")).to_be_visible()


def test_the_pinned_tag_is_let_in_and_another_file_is_not(
    host: HostSite, server: Assistant, visit_host: Open
) -> None:
    page = visit_host(host.page("", script_tag(server.url)))
    launcher(page).click()
    ask(page, QUESTION)
    expect(page.locator(".cite")).to_have_count(3)
    server.widget += b"// changed on the way"
    with page.expect_event("console", lambda said: "integrity" in said.text):
        page.reload()
    expect(page.locator("ask-debbie")).to_have_count(0)


def test_below_a_path(browser: Browser) -> None:
    server = Assistant("/hire/rosa")
    host = HostSite(EXAMPLES, ASSISTANT_THERE, server.url)
    page = browser.new_page()
    try:
        page.goto(f"{host.origin}/index.html")
        launcher(page).click()
        ask(page, "Anything?")
        expect(page.get_by_text("Not in Rosa’s documents")).to_be_visible()
    finally:
        page.close()
        host.stop()
        server.stop()


# ── trouble ─────────────────────────────────────────────────────────────────────────────────────────────


def test_a_server_that_is_gone_is_said_and_tried_again(server: Assistant, visit_host: Open) -> None:
    page = visit_host()
    launcher(page).click()
    ask(page, QUESTION)
    expect(page.locator(".cite")).to_have_count(3)
    server.stop()
    ask(page, "And now?")
    expect(page.locator(".answer").last).to_contain_text("The assistant can’t be reached just now.")
    expect(page.locator(".notice").last).to_have_text(CONTACT)
    expect(page.get_by_role("link", name="rosa@example.org")).to_have_attribute(
        "href", "mailto:rosa@example.org"
    )
    server.start()
    page.get_by_role("button", name="Try again").click()
    expect(page.locator("article").nth(1)).to_have_attribute("data-status", "abstained")
    ask(page, QUESTION)
    expect(page.locator(".cite")).to_have_count(6)


def test_a_server_that_was_never_there_leaves_the_contact_of_the_page(
    host: HostSite, server: Assistant, visit_host: Open
) -> None:
    element = '<ask-debbie position="bottom-right" title="Ask about Rosa" contact="Write to r@example.org."></ask-debbie>'
    broken = (
        f'<script>window.fetch = () => Promise.reject(new TypeError("Failed to fetch"))</script>{tag(server)}'
    )
    page = visit_host(host.page(element, broken))
    launcher(page).click()
    expect(page.get_by_role("link", name="r@example.org")).to_be_visible()
    page.get_by_label("Your question about the candidate").fill("Hello?")
    page.keyboard.press("Enter")
    expect(page.locator(".notice")).to_have_text("Write to r@example.org.")


def test_a_line_that_breaks_leaves_what_was_said(server: Assistant, visit_host: Open) -> None:
    server.when("How long?", sentence("Eight years."), Cut())
    page = visit_host()
    launcher(page).click()
    ask(page, "How long?")
    expect(page.locator(".notice")).to_have_text("The connection was lost before the answer was complete.")
    expect(page.locator(".answer")).to_have_text("Eight years.")
    expect(page.get_by_role("button", name="Try again")).to_be_visible()


def test_a_line_that_breaks_before_anything_is_said_is_tried_once_more(
    server: Assistant, visit_host: Open
) -> None:
    gate = Gate()
    server.when(QUESTION, gate, Cut())
    page = visit_host()
    launcher(page).click()
    ask(page, QUESTION)
    expect(page.locator(".found")).to_be_visible()
    server.when(QUESTION, *team_reply())
    gate.open()
    expect(page.locator(".cite")).to_have_count(3)
    assert [asked["messages"] for asked in server.asked] == [[{"role": "user", "content": QUESTION}]] * 2


def test_a_line_that_always_breaks_is_tried_no_more_than_that(server: Assistant, visit_host: Open) -> None:
    server.when(QUESTION, Cut())
    page = visit_host()
    launcher(page).click()
    ask(page, QUESTION)
    expect(page.locator(".answer")).to_contain_text("The assistant can’t be reached just now.")
    assert len(server.asked) == 2


@pytest.mark.parametrize("status", [400, 413, 429, 503])
def test_a_refusal_is_told_in_the_servers_words(server: Assistant, visit_host: Open, status: int) -> None:
    words = (
        "That's a lot of questions for one hour. Try again in 12 minutes, or write to Rosa: rosa@example.org"
    )
    server.refuse("More?", status, words, **{"Retry-After": "720"})
    page = visit_host()
    launcher(page).click()
    ask(page, "More?")
    expect(page.locator(".answer")).to_have_text(words)
    expect(page.locator(".notice")).to_have_text("")
    ask(page, QUESTION)
    expect(page.locator(".cite")).to_have_count(3)
    assert [m["content"] for m in server.asked[-1]["messages"]] == [QUESTION], (
        "the refusal went into the history"
    )


PAYLOADS = [
    "<img src=x onerror=alert(1)>",
    "<script>alert(1)</script>",
    '"><svg onload=alert(1)>',
    "[click](javascript:alert(1))",
    "![x](http://127.0.0.1:1/pixel.png)",
    "<javascript:alert(1)>",
    "</textarea></p><iframe src=javascript:alert(1)>",
    "{{constructor.constructor('alert(1)')()}}",
]


@pytest.mark.parametrize("payload", PAYLOADS)
def test_what_looks_like_html_is_text(server: Assistant, visit_host: Open, payload: str) -> None:
    server.profile.update(first_name=f"Rosa {payload}", starters=[payload], greeting=payload, contact=payload)
    server.documents["resume.md"] = f"# {payload}\n\n- {payload}\n\n> {payload}\n\n{DOCUMENTS['resume.md']}"
    note = annotation(1, "3/2018-present", "resume.md", payload, url="javascript:alert(1)")
    note["citation"]["start"] += len(server.documents["resume.md"]) - len(DOCUMENTS["resume.md"])
    note["citation"]["end"] = note["citation"]["start"] + len("3/2018-present")
    server.when(payload, sentence(f"{payload} [1].", note), ending(notice=payload, follow_ups=[payload]))
    page = visit_host()
    page.locator(".launcher").click()
    expect(page.locator(".starter")).to_have_text([payload])
    page.locator("textarea").fill(payload)
    page.locator("textarea").press("Enter")
    expect(page.locator(".answer")).to_have_text(f"{payload}\u00a0[1].")
    expect(page.locator(".chip:visible")).to_have_text([payload])
    page.locator(".cite").first.click()
    expect(page.locator("mark.current")).to_have_text("3/2018-present")
    expect(page.locator(".source .foot a")).to_have_attribute("href", server.url)
    tags = "[...document.querySelector('ask-debbie').shadowRoot.querySelectorAll('img, script, iframe, [onload], [onerror], a')]"
    addresses = page.evaluate(f"{tags}.map(e => e.href ?? e.outerHTML)")
    assert [url for url in addresses if not url.startswith(("http://", "https://", "mailto:"))] == []


# ── phones, themes, assistive technology ────────────────────────────────────────────────────────────────


def test_on_a_phone_it_fills_the_screen(host: HostSite, visit_host: Open) -> None:
    page = visit_host(width=390, height=844, is_mobile=True, has_touch=True)
    launcher(page).tap()
    expect(dialog(page)).to_be_visible()
    page.wait_for_function(
        "!document.querySelector('ask-debbie').shadowRoot.getAnimations().some(a => a.playState === 'running')"
    )
    assert page.locator(".panel").bounding_box() == {"x": 0, "y": 0, "width": 390, "height": 844}
    expect(page.get_by_role("heading", name="Ask about Rosa")).to_be_focused()  # no keyboard has risen
    ask(page, QUESTION)
    expect(page.locator(".chip:visible")).to_have_count(2)
    page.locator(".cite").first.tap()
    expect(page.locator("mark.current").first).to_be_in_viewport()
    page.goto(f"{host.origin}/strict.html")
    expect(launcher(page)).to_be_visible()
    expect(dialog(page)).to_be_hidden()
    launcher(page).tap()
    expect(page.locator(".cite").first).to_be_visible()


@pytest.mark.parametrize("inline", [False, True])
def test_nothing_scrolls_sideways_at_320_pixels(
    host: HostSite, server: Assistant, visit_host: Open, inline: bool
) -> None:
    long = "Donaudampfschifffahrtsgesellschaftskapitänsmützenabzeichen" * 3
    body = "<ask-debbie></ask-debbie>" if inline else ""
    page = visit_host(host.page(body, tag(server)), width=320, height=640, is_mobile=True, has_touch=True)
    if not inline:
        launcher(page).tap()
    fits = """[document.documentElement, ...document.querySelector("ask-debbie").shadowRoot.querySelectorAll(
      ".panel, .talk, .page, .source, form, .bar")].every((e) => e.scrollWidth <= Math.max(e.clientWidth, 1) + 1
      && e.getBoundingClientRect().right <= 321)"""
    assert page.evaluate(fits)
    ask(page, QUESTION)
    ask(page, long)
    expect(page.locator("article").nth(1)).to_have_attribute("data-status", "abstained")
    assert page.evaluate(fits)
    page.locator(".cite").first.tap()
    expect(page.locator("mark.current").first).to_be_in_viewport()
    assert page.evaluate(fits)


def test_motion_can_be_had_without(visit_host: Open) -> None:
    page = visit_host(reduced_motion="reduce")
    launcher(page).click()
    assert page.locator(".panel").evaluate("e => getComputedStyle(e).animationName") == "none"


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("colour", ["", "#ffe94d"])
def test_axe_finds_nothing(
    host: HostSite, server: Assistant, visit_host: Open, scheme: str, colour: str
) -> None:
    server.refuse("More?", 429, "Try again in 12 minutes.")
    page = visit_host(
        host.page("<main><h1>Site</h1></main>", tag(server, f'data-colour="{colour}"')),
        color_scheme=scheme,
        reduced_motion="reduce",
    )
    assert violations(page) == []
    launcher(page).click()
    assert violations(page) == []
    ask(page, QUESTION)
    ask(page, "Anything else?")
    ask(page, "More?")
    expect(page.locator("article").nth(2)).to_have_attribute("data-status", "error")
    assert violations(page) == []
    page.locator(".cite").first.click()
    expect(page.locator("mark.current").first).to_be_in_viewport()
    assert violations(page) == []


def test_the_conversation_is_kept_as_small_as_the_browser_wants(visit_host: Open) -> None:
    page = visit_host()
    launcher(page).click()
    page.evaluate("""() => {
      const set = Storage.prototype.setItem;
      Storage.prototype.setItem = function (key, value) {
        if (value.length > 2500) throw new DOMException("full", "QuotaExceededError");
        set.call(this, key, value);
      };
    }""")
    for _ in range(3):
        ask(page, QUESTION)
    expect(page.locator(".cite")).to_have_count(9)
    (kept,) = page.evaluate("Object.values({ ...sessionStorage })")
    assert 1 <= len(json.loads(kept)["turns"]) < 3
