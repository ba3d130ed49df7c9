"""The employer, the school or the project that stands in a heading above what is said."""

from __future__ import annotations

import pytest

from tests.answering.conftest import FILES, AssistantOf

RESUME = """\
# Noor Halvorsen

- Location: Oslo, Norway

## Experience

### Fjordside Hospital

#### Charge Nurse

3/2019-present

- Led a night team of 6 nurses on the heart ward.
- Wrote the triage protocol in Confluence.

### Red Cross Clinic

#### Staff Nurse

6/2014-2/2019

- Kept the vaccine stock in Odoo and Excel.

## Projects

### Quiet Ward

2/2020-8/2020

- A free app that shows how loud a ward is.

## Volunteering

### Harbour Soup Kitchen

#### Cook

1/2021-present

- Cooks for 60 guests on Sundays.

## Skills

- Tools: Odoo, Confluence, Excel, Jira

## Publications

- Alarm Fatigue on Night Wards, Nordic Care Journal, 2022
  Written with Dr. Liv Aasen.
- Soup and Solace, Nordic Care Journal, 2023
"""
PLACED = {**FILES, "resume.md": RESUME}


@pytest.mark.parametrize(
    ("asked", "name"),
    [
        ("Where has she used Odoo?", "Red Cross Clinic"),
        ("At which hospital did she write the triage protocol?", "Fjordside Hospital"),
        ("Who was she working for when she led the six nurses?", "Fjordside Hospital"),
        ("For which employer did she keep the vaccine stock?", "Red Cross Clinic"),
        ("What is her app about loud wards called?", "Quiet Ward"),
    ],
)
def test_where_is_answered_with_the_heading_and_cites_it(
    assistant_of: AssistantOf, asked: str, name: str
) -> None:
    answer = assistant_of(PLACED).ask(asked)
    assert answer.status == "answered"
    assert name in answer.text
    assert any(name in citation.quote for citation in answer.citations)


def test_each_of_two_places_is_named(assistant_of: AssistantOf) -> None:
    text = assistant_of(PLACED).ask("Where has she used Odoo and where Confluence?").text
    assert "At Red Cross Clinic: " in text
    assert "At Fjordside Hospital: " in text


def test_what_asks_for_no_place_is_given_none(assistant_of: AssistantOf) -> None:
    text = assistant_of(PLACED).ask("How many nurses were in the night team she led?").text
    assert "6 nurses" in text
    assert "At Fjordside" not in text


def test_where_she_lives_is_no_employer(assistant_of: AssistantOf) -> None:
    text = assistant_of(PLACED).ask("Where is she based?").text
    assert "Oslo" in text
    assert "At " not in text


def test_who_else_took_part_is_named(assistant_of: AssistantOf) -> None:
    answer = assistant_of(PLACED).ask("Who co-wrote the paper on alarm fatigue with her?")
    assert "Liv Aasen" in answer.text


def test_three_questions_with_a_comma_between_are_all_answered(assistant_of: AssistantOf) -> None:
    text = (
        assistant_of(PLACED)
        .ask(
            "How many nurses were in the night team, how many guests does she cook for and what did she study?"
        )
        .text
    )
    assert "6 nurses" in text
    assert "60 guests" in text
