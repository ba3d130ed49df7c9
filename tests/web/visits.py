"""What a visitor does in most tests."""

from __future__ import annotations

import time
from collections.abc import Callable

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

QUESTION = "Has she led a team?"
WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]


def eventually(holds: Callable[[], bool], seconds: float = 10) -> None:
    end = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < end, "it never came to hold"
        time.sleep(0.02)


def ask(page: Page, question: str) -> None:
    page.get_by_label("Your question about Rosa").fill(question)
    page.keyboard.press("Enter")


def violations(page: Page) -> list[str]:
    """What axe-core finds wrong with the page as it is now, by WCAG 2.2 A and AA."""
    found = Axe().run(page, options={"runOnly": WCAG, "resultTypes": ["violations"]})
    return [
        f"{rule['id']}: {node['html']}" for rule in found.response["violations"] for node in rule["nodes"]
    ]
