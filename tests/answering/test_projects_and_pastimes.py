"""Sections that recruiters ask for in words of their own: projects, pastimes, the one paper."""

from __future__ import annotations

import pytest

from tests.answering.conftest import FILES, AssistantOf

MORE = """
## Projects

### Ward Clock

1/2020-3/2020

- A clock that dims at night; keeps time for 14 beds.

### Pill Chime

- Rings when a dose is due.

## Publications

- Faster Handover: What Happens When Nurses Write Less, Nordic Care Workshop, March 2021

## Languages

- Sami: heritage speaker

## Interests

- Sea rowing: six-person crew
- Chess
"""
WITH = {**FILES, "resume.md": FILES["resume.md"].replace("## Skills", MORE + "\n## Skills")}


@pytest.mark.parametrize("asked", ["List the projects", "Which projects has she built? names are enough"])
def test_projects_are_listed_with_their_dates(assistant_of: AssistantOf, asked: str) -> None:
    answer = assistant_of(WITH).ask(asked)
    assert "Ward Clock (1/2020-3/2020)" in answer.text
    assert "Pill Chime" in answer.text
    assert "keeps time" not in answer.text


@pytest.mark.parametrize(
    "asked",
    [
        "what does she do for fun",
        "last one, what does she get up to outside of work?",
        "How does she spend her free time?",
        "What does she do when she's away from the office?",
    ],
)
def test_pastimes_are_the_interests(assistant_of: AssistantOf, asked: str) -> None:
    text = assistant_of(WITH).ask(asked).text
    assert "Sea rowing" in text
    assert "Chess" in text


def test_the_paper_is_the_only_publication(assistant_of: AssistantOf) -> None:
    answer = assistant_of(WITH).ask("When was the paper published?")
    assert answer.status == "answered"
    assert "March 2021" in answer.text
    assert "Faster Handover: What Happens When Nurses Write Less" in answer.text


def test_a_language_is_said_with_its_level(assistant_of: AssistantOf) -> None:
    assert assistant_of(WITH).ask("Does she speak Sami?").text.startswith("Sami: heritage speaker")


def test_a_salary_is_no_other_sum(assistant_of: AssistantOf) -> None:
    notes = "# Meters\n\nCut 70% of calls to the paid maps service, about $6,500 a month.\n"
    assistant = assistant_of({**WITH, "projects/meters.md": notes})
    assert assistant.ask("What salary would she expect a month?").status != "answered"
