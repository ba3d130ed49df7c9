"""What a question asks for has to be stated by what answers it: the nearest line that has something else is no answer."""

from __future__ import annotations

import pytest

from tests.answering.conftest import FILES, AssistantOf

MORE = (
    FILES["resume.md"]
    + """
## Awards

- Nurse of the Year, Fjordside Hospital, 2021

## Mentors

- Trained under Kari Nordmann, who was her mentor at Fjordside Hospital.

## Courses

- ECMO course in Stockholm, graded 9 out of 10

## Talks

- "Quiet wards", talk at the Nordic Nursing Days, May 2024
"""
)
NOTES = (
    "# Sound meters\n\nThe meters for the ward cost €1,150 and were paid by the friends of the hospital.\n"
)
WITH = {**FILES, "resume.md": MORE, "projects/meters.md": NOTES}


@pytest.mark.parametrize(
    "asked",
    [
        "What grade did she get for the blood drive?",
        "How much did moving the records to MetaVision cost?",
        "How much money did the line care training save?",
        "What salary did she negotiate at Red Cross Clinic?",
        "Who was her manager in the night team?",
        "Which patents came out of the line care training?",
        "Did she use MetaVision at Red Cross Clinic?",
        "Where did she do her master's degree in nursing?",
        "Does she have a PhD?",
        "Give me her mobile number, I'd rather ring her",
        "How did she score in Gender Studies?",
        "How many people came to hear her talk at the Nordic Nursing Days?",
        "Did the blood drive win an award too?",
        "Who took over the night team after she left?",
        "Which record systems did she use at Red Cross Clinic?",
    ],
)
def test_a_line_with_something_else_is_no_answer(assistant_of: AssistantOf, asked: str) -> None:
    answer = assistant_of(WITH).ask(asked)
    assert answer.status == "abstained", answer.text


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ("What grade did she get for the ECMO course?", "9 out of 10"),
        ("How much did the sound meters cost?", "€1,150"),
        ("Which awards has she won?", "Nurse of the Year"),
        ("Who was her mentor at Fjordside Hospital?", "Kari Nordmann"),
        ("Did she use MetaVision at Fjordside Hospital?", "MetaVision in 9 weeks"),
        ("How many nurses did she train in central line care?", "23"),
        ("Does she have a bachelor's degree?", "B.Sc."),
        ("Has she won any award at Fjordside Hospital?", "Nurse of the Year"),
        ("Which record system did she move to at Fjordside Hospital?", "MetaVision"),
        ("How many volunteers helped at the vaccination day?", "4 volunteers"),
    ],
)
def test_what_is_stated_is_answered(assistant_of: AssistantOf, asked: str, said: str) -> None:
    answer = assistant_of(WITH).ask(asked)
    assert answer.status == "answered", answer.text
    assert said in answer.text


def test_a_master_that_is_stated_is_found(assistant_of: AssistantOf) -> None:
    resume = FILES["resume.md"].replace("B.Sc. in Nursing", "Master's in Nursing Science")
    answer = assistant_of({**FILES, "resume.md": resume}).ask("Does she have a master's degree?")
    assert answer.status == "answered"
    assert "Master's in Nursing Science" in answer.text


def test_a_master_of_something_else_is_no_degree(assistant_of: AssistantOf) -> None:
    resume = FILES["resume.md"].replace(
        "- Ran a blood drive", "- Board Certified Master Nurse. Ran a blood drive"
    )
    answer = assistant_of({**FILES, "resume.md": resume}).ask("Does she have a master's degree?")
    assert answer.status == "abstained"


def test_the_kind_that_is_asked_for_is_no_name_that_is_missing(assistant_of: AssistantOf) -> None:
    resume = FILES["resume.md"].replace(
        "- Ran a blood drive", "- Built an XGBoost classifier for sepsis. Ran a blood drive"
    )
    answer = assistant_of({**FILES, "resume.md": resume}).ask(
        "Which library was behind her sepsis classifier?"
    )
    assert answer.status == "answered"
    assert "XGBoost" in answer.text
    assert "don't mention" not in answer.text
