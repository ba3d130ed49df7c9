"""What is offered after an answer can be asked, and is worded for what it is about."""

from __future__ import annotations

import pytest

from tests.answering.conftest import FILES, AssistantOf

RESUME = FILES["resume.md"].replace("### Red Cross Clinic", "### Red Cross Clinic, Voss, Norway")


@pytest.mark.parametrize(
    ("asked", "offered"),
    [
        ("What did she study?", "What did she study at University of Bergen?"),
        ("Has she organised a vaccination day?", "What did she do at Red Cross Clinic?"),
    ],
)
def test_an_offer_is_worded_for_its_section_and_is_answered(
    assistant_of: AssistantOf, asked: str, offered: str
) -> None:
    assistant = assistant_of({**FILES, "resume.md": RESUME})
    assert offered in assistant.ask(asked).follow_ups
    assert assistant.ask(offered).status == "answered"
