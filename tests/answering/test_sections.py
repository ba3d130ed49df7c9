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


@pytest.mark.parametrize(
    ("asked", "all_of_it"),
    [
        ("Has she ever given a talk, and what was it called?", ["Quiet alarms", "Nights without noise"]),
        ("conference talks?", ["Quiet alarms", "Nights without noise"]),
        ("What licences or certs has she picked up along the way?", ["Intensive Care", "Infusion Therapy"]),
        ("Which qualifications does she hold?", ["Intensive Care", "Infusion Therapy"]),
    ],
)
def test_a_section_is_asked_for_in_other_words(
    assistant_of: AssistantOf, asked: str, all_of_it: list[str]
) -> None:
    answer = assistant_of({**FILES, "resume.md": FILES["resume.md"] + MORE}).ask(asked)
    assert answer.status == "answered"
    assert all(entry in answer.text for entry in all_of_it)


def test_of_two_kinds_in_one_section_the_one_that_is_asked_for_is_listed(assistant_of: AssistantOf) -> None:
    both = "\n## Talks and honours\n\n- Talk on alarms, Oslo, 2022\n- Nurse of the Year, 2021\n- Bergen Prize, 2020\n"
    assistant = assistant_of({**FILES, "resume.md": FILES["resume.md"] + both})
    text = assistant.ask("Did she win any prizes?").text
    assert "Nurse of the Year" in text
    assert "Bergen Prize" in text
    assert "alarms" not in text


def test_volunteering_names_whom_it_was_for(assistant_of: AssistantOf) -> None:
    own_time = "\n## Volunteering\n\n### Harbour Soup Kitchen\n\n#### Cook\n\n1/2021-present\n\n- Cooks for 60 guests.\n"
    answer = assistant_of({**FILES, "resume.md": FILES["resume.md"] + own_time}).ask(
        "what unpaid work does she do and for whom"
    )
    assert answer.text == "Harbour Soup Kitchen, Cook (1/2021-present): Cooks for 60 guests [1][2]."


def test_a_kind_that_has_no_section_is_said_to_be_missing(assistant_of: AssistantOf) -> None:
    assistant = assistant_of({**FILES, "resume.md": FILES["resume.md"] + MORE})
    text = assistant.ask("Has she any patents or certificates?").text
    assert "Intensive Care" in text
    assert "don't mention patents" in text
    assert assistant.ask("Has she any patents?").status == "abstained"


def test_an_award_for_a_talk_tells_of_the_talk(assistant_of: AssistantOf) -> None:
    award = "\n## Awards\n\n- Best Speaker, Oslo Care Day, 2022\n- For the talk Quiet Alarms\n- Nurse of the Year, 2021\n"
    answer = assistant_of({**FILES, "resume.md": FILES["resume.md"] + award}).ask("Any public speaking?")
    assert "Best Speaker" in answer.text
    assert "Quiet Alarms" in answer.text
    assert "Nurse of the Year" not in answer.text


@pytest.mark.parametrize(
    "asked", ["Which awards has she won for cooking?", "What certificates in welding does she have?"]
)
def test_what_a_section_has_not_is_not_answered_with_all_of_it(assistant_of: AssistantOf, asked: str) -> None:
    award = "\n## Awards\n\n- Nurse of the Year, 2021\n- Bergen Prize, 2020\n"
    assert (
        assistant_of({**FILES, "resume.md": FILES["resume.md"] + MORE + award}).ask(asked).status
        != "answered"
    )


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


@pytest.mark.parametrize(
    ("asked", "all_of_it"),
    [
        ("which certs does she hold & from when", ["Intensive Care", "2018", "Infusion Therapy", "2023"]),
        ("run me through every certificate she lists", ["Intensive Care", "Life Support", "Infusion"]),
        ("What talks did she give and in which years?", ["Quiet alarms", "2022", "Nights without noise"]),
        ("Where does she spend her free time? Give me all her hobbies.", ["rowing", "chess"]),
        ("volunteer work - what does she do, and when did each start", ["Harbour kitchen", "Night walks"]),
        ("How many hobbies does she have and which", ["rowing", "chess"]),
    ],
)
def test_a_list_is_told_with_what_is_asked_of_each(
    assistant_of: AssistantOf, asked: str, all_of_it: list[str]
) -> None:
    more = (
        "\n## Volunteering\n\n- Harbour kitchen, since 2020\n- Night walks for the lonely, 2018 to 2019\n"
        "\n## Interests\n\n- Coastal rowing\n- Correspondence chess\n"
    )
    answer = assistant_of({**FILES, "resume.md": FILES["resume.md"] + MORE + more}).ask(asked)
    assert answer.status == "answered"
    assert all(entry in answer.text for entry in all_of_it), answer.text


def test_tools_of_a_kind_are_the_list_that_the_kind_labels(assistant_of: AssistantOf) -> None:
    more = (
        "\n## Tools\n\n- Monitoring: Prometheus, Grafana, PagerDuty\n- Deployment: Terraform, Ansible, Helm\n"
        "\n## Notes\n\n- Likes quiet monitoring and alerts that mean something.\n"
    )
    answer = assistant_of({**FILES, "resume.md": FILES["resume.md"] + more}).ask(
        "What monitoring tools does she have experience with?"
    )
    assert [c.quote for c in answer.citations] == ["Monitoring: Prometheus, Grafana, PagerDuty"]
