"""What and where she studied, however the documents lay it out."""

from __future__ import annotations

import pytest

from tests.answering.conftest import FILES, AssistantOf

WITHOUT = FILES["resume.md"].split("## Education")[0]
BY_DEGREE = """\
## Education

### Ph.D. in Nursing Science, University of Oslo

2015-2018

### University of Bergen

#### B.Sc. in Nursing

2011-2014

- GPA 3.9, relevant coursework: Anatomy, Wounds
"""
BARE = "## Education\n\n### Solheim College\n\n2008-2011\n\n- Grade: 5.2\n"


@pytest.mark.parametrize(
    "asked",
    [
        "What did she study?",
        "Where did she study?",
        "What did she study and where?",
        "Education?",
        "Tell me about her education",
    ],
)
def test_the_degree_and_the_school_are_said(assistant_of: AssistantOf, asked: str) -> None:
    answer = assistant_of(FILES).ask(asked)
    assert answer.text.startswith("At University of Bergen: B.Sc. in Nursing, Minor in Gender Studies")
    assert "University of Bergen" in answer.citations[0].quote
    assert "B.Sc. in Nursing" in answer.citations[0].quote


def test_each_degree_is_said_and_no_grade(assistant_of: AssistantOf) -> None:
    text = assistant_of({**FILES, "resume.md": WITHOUT + BY_DEGREE}).ask("What did she study?").text
    assert "Ph.D. in Nursing Science" in text
    assert "B.Sc. in Nursing, University of Bergen (2011-2014)" in text
    assert "GPA" not in text


def test_the_highest_degree_is_said_alone(assistant_of: AssistantOf) -> None:
    text = assistant_of({**FILES, "resume.md": WITHOUT + BY_DEGREE}).ask("What is her highest degree?").text
    assert "Ph.D. in Nursing Science" in text
    assert "B.Sc." not in text


def test_a_school_without_a_degree_is_said_for_where_and_not_for_a_degree(assistant_of: AssistantOf) -> None:
    assistant = assistant_of({**FILES, "resume.md": WITHOUT + BARE})
    assert "Solheim College (2008-2011)" in assistant.ask("Where did she go to school?").text
    assert "Solheim" not in assistant.ask("What is her highest degree?").text


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ("Where did she work last?", "Fjordside Hospital"),
        ("Where did she work last and since when?", "3/2019-present"),
    ],
)
def test_the_last_job_is_said_alone(assistant_of: AssistantOf, asked: str, said: str) -> None:
    text = assistant_of(FILES).ask(asked).text
    assert said in text
    assert "Red Cross" not in text


def test_what_was_studied_at_one_school_is_that_schools_degree(assistant_of: AssistantOf) -> None:
    text = (
        assistant_of({**FILES, "resume.md": WITHOUT + BY_DEGREE})
        .ask("What did she major in at the University of Bergen?")
        .text
    )
    assert "B.Sc. in Nursing" in text
    assert "Ph.D." not in text


@pytest.mark.parametrize("asked", ["Has she volunteered?", "What volunteer work has she done?"])
def test_volunteering_is_listed_with_its_dates(assistant_of: AssistantOf, asked: str) -> None:
    more = "\n## Volunteering\n\n### Fjord Rescue\n\n#### Boat Crew\n\n2019-2022\n\n- Went out 40 times.\n"
    answer = assistant_of({**FILES, "resume.md": FILES["resume.md"] + more}).ask(asked)
    assert answer.text == "Fjord Rescue, Boat Crew (2019-2022): Went out 40 times [1][2]."


def test_what_was_published_is_the_section_of_publications(assistant_of: AssistantOf) -> None:
    more = "\n## Publications\n\n- Quiet alarms, Nursing Nights, 2021\n- Sleep on the ward, Nursing Nights, 2023\n"
    answer = assistant_of({**FILES, "resume.md": FILES["resume.md"] + more}).ask("What has she published?")
    assert len(answer.citations) == 2


GRADED = """\
## Education

M.S., Wound Care, 2016 - 2018
University of Oslo (part time)

### University of Bergen

#### B.Sc. in Nursing

2011-2014

- GPA 3.9, relevant coursework: Anatomy, Wounds
"""


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ("GPA on the bachelor's?", ["B.Sc. in Nursing", "3.9"]),
        ("degrees, universities and grades?", ["B.Sc. in Nursing", "University of Bergen", "3.9"]),
        ("Both degrees, and where from?", ["Wound Care", "University of Oslo", "University of Bergen"]),
    ],
)
def test_grades_and_schools_are_told_with_their_degrees(
    assistant_of: AssistantOf, asked: str, told: list[str]
) -> None:
    text = assistant_of({**FILES, "resume.md": WITHOUT + GRADED}).ask(asked).text
    assert all(part in text for part in told), text


def test_a_degree_is_given_no_others_grade(assistant_of: AssistantOf) -> None:
    answer = assistant_of({**FILES, "resume.md": WITHOUT + GRADED}).ask("What was the grade of her master's?")
    assert answer.status == "abstained"
    assert "3.9" not in answer.text
