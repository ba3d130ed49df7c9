"""Ways to reach the candidate: said to who asks for them, and evidence of nothing else."""

from __future__ import annotations

import pytest

from tests.answering.conftest import FILES, AssistantOf

RESUME = """\
# Noor Halvorsen

- Email: noor@halvorsen.example
- Phone: +47 22 55 01 23
- LinkedIn: https://www.linkedin.com/in/noor-halvorsen
- GitHub: https://github.com/halvorsen

## Experience

### Fjordside Hospital

#### Charge Nurse

3/2019-present

- Led a night team of 6 nurses on the heart ward.
- Made sure that no phone call of a patient's family went unanswered.

### Red Cross Clinic

#### Staff Nurse

6/2014-2/2019

- Kept the vaccine stock in a spreadsheet.
"""
REACHABLE = {**FILES, "resume.md": RESUME}
HIDDEN = {
    **FILES,
    "resume.md": RESUME.replace("- LinkedIn: https://www.linkedin.com/in/noor-halvorsen\n", ""),
}


@pytest.mark.parametrize(
    ("asked", "quotes"),
    [
        ("What's her LinkedIn?", ["LinkedIn: https://www.linkedin.com/in/noor-halvorsen"]),
        ("what is her number?", ["Phone: +47 22 55 01 23"]),
        ("best email or phone?", ["Email: noor@halvorsen.example", "Phone: +47 22 55 01 23"]),
        ("github?", ["GitHub: https://github.com/halvorsen"]),
    ],
)
def test_the_kind_that_is_asked_for_is_said_alone(
    assistant_of: AssistantOf, asked: str, quotes: list[str]
) -> None:
    answer = assistant_of(REACHABLE).ask(asked)
    assert [c.quote for c in answer.citations] == quotes


def test_what_is_not_there_is_not_replaced_by_another_way(assistant_of: AssistantOf) -> None:
    assert assistant_of(HIDDEN).ask("What's her LinkedIn?").status == "abstained"


@pytest.mark.parametrize("asked", ["how do i drop her a line", "Where do I send her a message?"])
def test_a_line_is_dropped_to_all_of_them(assistant_of: AssistantOf, asked: str) -> None:
    assert "noor@halvorsen.example" in assistant_of(REACHABLE).ask(asked).text


@pytest.mark.parametrize(
    "asked",
    ["Has she used GitHub?", "Did she see to it that phone calls were answered?", "Can she lead nurses?"],
)
def test_they_are_no_evidence_of_work(assistant_of: AssistantOf, asked: str) -> None:
    quotes = [c.quote for c in assistant_of(REACHABLE).ask(asked).citations]
    assert not any("halvorsen.example" in q or "Phone:" in q or "github" in q for q in quotes)


@pytest.mark.parametrize("asked", ["Where did she start out?", "how did she begin"])
def test_who_started_somewhere_had_a_first_job(assistant_of: AssistantOf, asked: str) -> None:
    assert "Red Cross Clinic" in assistant_of(REACHABLE).ask(asked).text


HEADED = {**FILES, "resume.md": RESUME.replace("- Email", "Charge nurse · Bergen, Norway\n\n- Email")}


@pytest.mark.parametrize("asked", ["Where is she based?", "wheres noor located", "her location?"])
def test_where_she_is_stands_at_the_top(assistant_of: AssistantOf, asked: str) -> None:
    answer = assistant_of(HEADED).ask(asked)
    assert "Her location is Bergen, Norway" in answer.text
    assert all("Bergen, Norway" in c.quote for c in answer.citations)
