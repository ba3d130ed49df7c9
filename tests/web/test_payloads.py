"""Hostile text by question, document, profile and model: on the page and in the widget it stays text."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Dialog, Page, Request, expect

from ask_debbie.answering.answer import Citation, EvidenceFound, Sentence
from ask_debbie.corpus.document import Document, Passage
from ask_debbie.settings import Settings
from tests.web.conftest import Site
from tests.web.fakes import FakeAssistant, FakeLink, FakeProfile, documents
from tests.web.hostile import asking, hostile_assistant, in_line, said
from tests.web.payloads import PAYLOADS
from tests.web.widget_server import HostSite

pytestmark = pytest.mark.browser

# What no page of ours has, and what runs, loads or leads where it shouldn't, in shadow trees too.
FIND_MARKUP = """() => {
  const never = "img, iframe, frame, object, embed, base:not([href^='.']), video, audio, picture, source, math, details, marquee, "
    + "svg script, svg animate, svg image, svg use, svg a, x";
  const found = [];
  const look = (root) => {
    for (const node of root.querySelectorAll(never)) found.push(node.outerHTML.slice(0, 200));
    for (const node of root.querySelectorAll("*")) {
      const safe = node.localName === "a" && /^https?:/.test(node.href) && node.rel.includes("noopener");
      for (const { name, value } of safe ? [] : node.attributes) {
        const leads = /^(src|href|xlink:href|action|formaction|data|srcdoc|srcset|style)$/.test(name);
        const bad = /^\\s*(javascript|vbscript|data:text)|evil\\.example/i.test(value);
        if (name.startsWith("on") || (leads && bad)) found.push(`${node.localName} ${name}=${value}`);
      }
      if (/^(script|style)$/.test(node.localName) && /pwned|evil\\.example/.test(node.textContent))
        found.push(node.outerHTML.slice(0, 200));
      if (node.shadowRoot) look(node.shadowRoot);
    }
  };
  look(document);
  if (window.pwned !== undefined) found.push("a script ran");
  return found;
}"""
SETTLED = re.compile("answered|abstained|declined|error")
PAIRS = [range(first, min(first + 2, len(PAYLOADS))) for first in range(0, len(PAYLOADS), 2)]


@pytest.fixture
def opened(browser: Browser) -> Iterator[Callable[..., Page]]:
    """Opens pages of some sites. Nothing may load from another, open a window or dialog, fail, or be stopped by a
    policy, which would mean that it was markup."""
    contexts: list[BrowserContext] = []
    trouble: list[str] = []

    def dismiss(dialog: Dialog) -> None:
        trouble.append(f"dialog: {dialog.message}")
        dialog.dismiss()

    def heard(message: ConsoleMessage) -> None:
        if "Content Security" in message.text:
            trouble.append(message.text)

    def open_page(url: str, *ours: str) -> Page:
        def watch(request: Request) -> None:
            if not request.url.startswith((*ours, "data:")):
                trouble.append(f"loads {request.url}")

        context = browser.new_context()
        contexts.append(context)
        page = context.new_page()
        context.on("page", lambda other: trouble.append(f"window: {other.url}"))
        context.on("request", watch)
        page.on("dialog", dismiss)
        page.on("console", heard)
        page.on("pageerror", lambda error: trouble.append(f"error: {error}"))
        page.goto(url)
        return page

    yield open_page
    for context in contexts:
        for page in context.pages:
            assert page.evaluate(FIND_MARKUP) == []
        context.close()
    assert trouble == []


@pytest.fixture
def host(tmp_path: Path) -> Iterator[HostSite]:
    host = HostSite(tmp_path, "", "")
    yield host
    host.stop()


def questions() -> list[str]:
    """All payloads, as many to a question as it may hold."""
    texts = [""]
    for payload in PAYLOADS:
        if len(texts[-1]) + len(payload) > 1900:
            texts.append("")
        texts[-1] += f" {payload}"
    return texts


def embed(host: HostSite, site: Site) -> str:
    return host.page(f'<script src="{site.url}widget.js" async data-open></script>')


def shown(text: str) -> int:
    """How many payloads are on show, as far as their marks and blanks survive."""
    return sum(in_line(payload) in " ".join(text.split()) for payload in PAYLOADS)


@pytest.mark.slow
def test_by_question_document_profile_and_model(
    tmp_path: Path, models_dir: Path, host: HostSite, opened: Callable[..., Page]
) -> None:
    with hostile_assistant(tmp_path, models_dir, host.origin) as (assistant, settings, model):
        site = Site(assistant, settings)
        try:
            page = opened(site.url, site.url)
            expect(page.locator("#ask[data-ready]")).to_be_visible()
            widget = opened(embed(host, site), site.url, host.origin)
            for visitor, turns in ((page, page.locator(".turn")), (widget, widget.locator("article"))):
                box = visitor.get_by_label("Your question about Mateo")
                for number, question in enumerate(
                    [*questions(), *(asking(pair) for pair in PAIRS)], start=-len(questions())
                ):
                    model.text = said(PAIRS[number]) if number >= 0 else ""
                    box.fill(question)
                    box.press("Enter")
                    expect(turns.last).to_have_attribute("data-status", SETTLED)
                assert turns.count() == len(questions()) + len(PAIRS)
                assert shown(" ".join(turns.all_inner_texts())) > len(PAYLOADS) // 2
                visitor.locator(".cite").last.click()
                expect(visitor.locator("mark.current").first).to_be_visible()
            for path in (
                "sources/resume.md",
                *(f"sources/{path}" for path in assistant.documents),
                "v1/docs",
            ):
                opened(f"{site.url}{path}", site.url)
        finally:
            site.stop()


def test_by_everything_that_is_ever_shown(host: HostSite, opened: Callable[..., Page]) -> None:
    raw = Document("<img src=x onerror=window.pwned=1>.md", "\n\n".join(PAYLOADS))
    first = PAYLOADS[0]
    starts = [sum(len(earlier) + 2 for earlier in PAYLOADS[:n]) for n in range(len(PAYLOADS))]
    passages = tuple(
        Passage(raw.path, start, start + len(payload), payload, "item", (payload, payload))
        for start, payload in zip(starts, PAYLOADS, strict=True)
    )
    profile = FakeProfile(
        first_name=f"Rosa {first}",
        headline=PAYLOADS[1],
        starters=PAYLOADS[:6],
        contact_policy=PAYLOADS[2],
        links=(FakeLink(PAYLOADS[3], f"javascript:{PAYLOADS[4]}"),),
    )
    assistant = FakeAssistant(profile=profile, engine_label=PAYLOADS[5], documents=documents(raw))
    answer = assistant.answered(
        "All?",
        [Sentence(payload, (number,)) for number, payload in enumerate(PAYLOADS, 1)],
        [
            Citation(number, p.document, p.breadcrumb, p.text, p.start, p.end)
            for number, p in enumerate(passages, 1)
        ],
        follow_ups=PAYLOADS[:3],
        notice=PAYLOADS[7],
    )
    assistant.when("All?", EvidenceFound(passages), *answer)
    site = Site(assistant, Settings(origins=(host.origin,)))
    try:
        page = opened(site.url, site.url)
        expect(page.locator("#ask[data-ready]")).to_be_visible()
        widget = opened(embed(host, site), site.url, host.origin)
        for visitor, turn in ((page, page.locator(".turn")), (widget, widget.locator("article"))):
            box = visitor.get_by_label("Your question about Rosa")
            box.fill("All?")
            box.press("Enter")
            expect(turn).to_have_attribute("data-status", SETTLED)
            assert (
                shown(turn.inner_text()) >= len(PAYLOADS) - 1
            )  # to the widget, a payload's "[1]" is a marker
            visitor.locator(".cite").first.click()
            expect(visitor.locator("mark").first).to_be_visible()
            assert visitor.evaluate(FIND_MARKUP) == []
    finally:
        site.stop()
