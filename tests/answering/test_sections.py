"""All of a short section, and nothing where something in it is asked for."""

from __future__ import annotations

import pytest

from tests.answering.conftest import FILES, AssistantOf

MORE = """\

## Certifications

- Intensive Care Certificate, Norwegian Nurses Organisation, 2018
- Advanced Life Support, 2021
- Infusion Therapy Specialist, 2023

## Talks

- Quiet alarms, Bergen Care Days, 2022
- Nights without noise, Oslo, 2024
"""


@pytest.mark.parametrize(
    "asked", ["Which certifications does she have?", "All certifications with their years."]
)
def test_a_section_is_listed_whole(assistant_of: AssistantOf, asked: str) -> None:
    answer = assistant_of({**FILES, "resume.md": FILES["resume.md"] + MORE}).ask(asked)
    assert answer.status == "answered"
    assert [c.quote for c in answer.citations] == [
        "Intensive Care Certificate, Norwegian Nurses Organisation, 2018",
        "Advanced Life Support, 2021",
        "Infusion Therapy Specialist, 2023",
    ]


def test_what_is_asked_of_one_entry_is_no_list(assistant_of: AssistantOf) -> None:
    answer = assistant_of({**FILES, "resume.md": FILES["resume.md"] + MORE}).ask(
        "Which talk did she give about noise in Oslo?"
    )
    assert [c.quote for c in answer.citations][:1] == ["Nights without noise, Oslo, 2024"]


def test_two_questions_in_one_are_both_answered(assistant_of: AssistantOf) -> None:
    answer = assistant_of(FILES).ask("What did she study and when did she graduate?")
    assert "Nursing" in answer.text
    assert "6/2014" in answer.text


def test_half_of_a_question_that_the_documents_lack_is_said_to_be_missing(assistant_of: AssistantOf) -> None:
    answer = assistant_of(FILES).ask("When did she graduate and what did her uncle publish?")
    assert answer.status == "answered"
    assert "6/2014" in answer.text
    assert "documents don't" in answer.text


@pytest.mark.parametrize(
    "asked", ["What are her skills?", "Skills?", "What are Noor's main skills?", "Tell me about her skills"]
)
def test_skills_are_the_lists_under_that_heading(assistant_of: AssistantOf, asked: str) -> None:
    answer = assistant_of(FILES).ask(asked)
    assert [c.quote for c in answer.citations] == [
        "Record systems: MetaVision, DIPS Arena, Cerner",
        "Languages: Norwegian, English, Spanish",
    ]


def test_bare_names_under_a_heading_are_one_list(assistant_of: AssistantOf) -> None:
    resume = FILES["resume.md"].split("## Skills")[0] + "## Skills\n\n- Wound care\n- Triage\n- Norwegian\n"
    answer = assistant_of({**FILES, "resume.md": resume}).ask("What are her skills?")
    assert answer.text == "Her documents list Wound care, Triage and Norwegian [1][2][3]."


def test_a_second_question_goes_on_from_the_first(assistant_of: AssistantOf) -> None:
    text = (
        assistant_of(FILES)
        .ask("How long has she been at Fjordside Hospital, and what did she do before?")
        .text
    )
    assert "7 years 8 months" in text
    assert "Red Cross Clinic" in text
