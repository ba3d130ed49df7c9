"""What a visitor does in most tests."""

from __future__ import annotations

import time
from collections.abc import Callable

from playwright.sync_api import Page

QUESTION = "Has she led a team?"


def eventually(holds: Callable[[], bool], seconds: float = 10) -> None:
    end = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < end, "it never came to hold"
        time.sleep(0.02)


def ask(page: Page, question: str) -> None:
    page.get_by_label("Your question about Rosa").fill(question)
    page.keyboard.press("Enter")
