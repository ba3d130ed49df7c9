"""Several documents: what they say alike is cited once, and where they differ the answer says so."""

from __future__ import annotations

import pytest

from tests.answering.conftest import FILES, AssistantOf, check_whole

COPY = (
    FILES["resume.md"].replace("## Experience", "## Work").replace("Led a night team", "Led a **night** team")
)


@pytest.mark.parametrize(
    ("asked", "said", "number"),
    [
        ("Which record systems has she used?", "MetaVision", 1),
        ("How many years of experience does she have?", "over 8/2014-2/2019 and 3/2019-present", 2),
        ("Has she led teams?", "Led a night team", 1),
        ("How long has she been at Fjordside Hospital?", "7 years 8 months", 1),
        ("What are her skills?", "MetaVision", 2),
    ],
)
def test_what_two_documents_say_alike_is_cited_once(
    assistant_of: AssistantOf, asked: str, said: str, number: int
) -> None:
    alone = assistant_of(FILES).ask(asked)
    assistant = assistant_of({**FILES, "notes/copy.md": COPY})
    answer = assistant.ask(asked)
    check_whole(answer, assistant)
    assert answer.text == alone.text
    assert len(answer.citations) == len(alone.citations) <= number + 1
    assert said.lower() in answer.text.lower()
    assert len({c.document for c in answer.citations}) == 1


def test_what_one_of_them_adds_is_found_under_its_employer(assistant_of: AssistantOf) -> None:
    more = COPY.replace("- Ran a blood drive", "- Wrote the ward's manual of 40 pages.\n- Ran a blood drive")
    assistant = assistant_of({**FILES, "notes/copy.md": more})
    answer = assistant.ask("Is there a manual from her time at Fjordside Hospital?")
    assert "manual of 40 pages" in answer.text
    assert [c.document for c in answer.citations] == ["notes/copy.md"]


def test_dates_that_disagree_are_both_said(assistant_of: AssistantOf) -> None:
    assistant = assistant_of({**FILES, "notes/copy.md": COPY.replace("8/2014-2/2019", "6/2015-2/2019")})
    answer = assistant.ask("When did she work at the Red Cross Clinic?")
    check_whole(answer, assistant)
    assert answer.text.startswith("Her documents disagree on Staff Nurse, Children's Ward: ")
    assert "8/2014-2/2019" in answer.text
    assert "6/2015-2/2019" in answer.text
    assert {c.document for c in answer.citations} == {"resume.md", "notes/copy.md"}


def test_numbers_that_disagree_are_both_said(assistant_of: AssistantOf) -> None:
    assistant = assistant_of({**FILES, "notes/copy.md": COPY.replace("Trained 23 new", "Trained 32 new")})
    answer = assistant.ask("How many new nurses has she trained?")
    check_whole(answer, assistant)
    assert "23" in answer.text
    assert "32" in answer.text
    assert {c.document for c in answer.citations} == {"resume.md", "notes/copy.md"}
