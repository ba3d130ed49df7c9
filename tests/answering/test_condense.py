"""Follow-ups take what they lack from the conversation; what stands by itself takes nothing."""

from __future__ import annotations

import pytest

from ask_debbie.answering.answer import Answer, Message
from ask_debbie.answering.assistant import Assistant
from ask_debbie.answering.condense import condense
from ask_debbie.answering.question import Question, QuestionReader
from ask_debbie.corpus.document import Passage
from ask_debbie.retrieval.terms import default_glossary
from tests.answering.conftest import FILES, AssistantOf, check_whole, user


def talk(assistant: Assistant, *turns: str | tuple[str, str]) -> Answer:
    """The answer to the last turn. A pair is a question, and what the assistant is to have said to it."""
    messages: list[Message] = []
    for place, turn in enumerate(turns):
        asked, said = turn if isinstance(turn, tuple) else (turn, None)
        messages.append(Message(role="user", content=asked))
        if place < len(turns) - 1:
            messages.append(Message(role="assistant", content=said or assistant.ask(messages).text))
    answer = assistant.ask(messages)
    check_whole(answer, assistant)
    return answer


def quoted(answer: Answer) -> str:
    return " ".join(citation.quote for citation in answer.citations)


FOLLOW_UPS: list[tuple[list[str | tuple[str, str]], str, str]] = [
    (["Has she led teams?", "how many people was that?"], "6", "Led a night team"),
    (["Tell me about the grant", "how much was it?"], "75K", "grant"),
    (["Tell me about the grant", "what was it for?"], "isolation rooms", "grant"),
    (["Tell me about the vaccination day", "how many volunteers were there?"], "4", "vaccination day"),
    (["Where did she work in 2016?", "for how long?"], "4 years 6 months", "8/2014-2/2019"),
    (["What did she do at Red Cross Clinic?", "when was that?"], "2/2019", "8/2014-2/2019"),
    (
        ["What did she do at Red Cross Clinic?", "how long was she there?"],
        "4 years 6 months",
        "8/2014-2/2019",
    ),
    (
        ["How long did she work at Red Cross Clinic?", "What about Fjordside Hospital?"],
        "7 years 8 months",
        "3/2019",
    ),
    (
        ["What did she do at Fjordside Hospital?", "and at the Red Cross Clinic?"],
        "children",
        "30 children a week",
    ),
    (["What was her job at Fjordside Hospital?", "And at Red Cross Clinic?"], "Staff Nurse", "8/2014-2/2019"),
    (["Does she speak French?", "What about Spanish?"], "Spanish", "Spanish"),
    (
        [
            ("Has she led teams?", "She led a team [1]. Would you like to hear about the vaccination day?"),
            "yes please",
        ],
        "512 families",
        "vaccination day",
    ),
    (
        [
            ("Has she led teams?", "She led a team [1]. Would you like to hear about Quiet Nights?"),
            "Yes, please!",
        ],
        "noise of alarms",
        "Lowered the noise",
    ),
    (["Where does she work now?", "And before that one?"], "Red Cross Clinic", "8/2014-2/2019"),
    (["Where does she work now?", "And before she joined there?"], "Red Cross Clinic", "8/2014-2/2019"),
    (["Where did she work in 2016?", "And after that?"], "Fjordside Hospital", "3/2019"),
    (["What did she do at Red Cross Clinic?", "And the other employer?"], "night team", "Led a night team"),
    (["What did she do at Red Cross Clinic?", "When was she at the other one?"], "3/2019", "3/2019-present"),
    (["When was she at Red Cross Clinic?", "What money did she get there?"], "$75K", "$75K grant"),
    (["Who led the night team?", "How long has she held that role?"], "7 years 8 months", "3/2019"),
]


@pytest.mark.parametrize(
    ("turns", "said", "cited"), FOLLOW_UPS, ids=[str(f[0][-1]) + f"-{i}" for i, f in enumerate(FOLLOW_UPS)]
)
def test_a_follow_up_is_understood_from_the_second_turn_on(
    assistant: Assistant, turns: list[str | tuple[str, str]], said: str, cited: str
) -> None:
    answer = talk(assistant, *turns)
    assert answer.status == "answered"
    assert said in answer.text
    assert cited in quoted(answer)


GOES_ON = [
    (
        ["What did she do at Fjordside Hospital?", "How many nurses did she train?"],
        "23",
        "Trained 23 new nurses",
    ),
    (["What did she do at Red Cross Clinic?", "how much money did she get for it?"], "$75K", "$75K grant"),
    (
        ["What did she do at Fjordside Hospital?", "And the place before that?"],
        "Red Cross Clinic",
        "8/2014-2/2019",
    ),
    (["What did she do at Fjordside Hospital?", "and the one before?"], "Red Cross Clinic", "8/2014-2/2019"),
    (
        ["Tell me about Quiet Nights", "Back to the day job, how many nurses does she lead there?"],
        "6 nurses",
        "Led a night team",
    ),
    (
        ["How many nurses does she lead?", "Different topic - where did she study?"],
        "Bergen",
        "University of Bergen",
    ),
    (["How many nurses does she lead?", "Where did she go to university?"], "Bergen", "University of Bergen"),
]


@pytest.mark.parametrize(("turns", "said", "cited"), GOES_ON, ids=[f[0][-1] for f in GOES_ON])
def test_what_goes_on_finds_what_it_asks_for(
    assistant: Assistant, turns: list[str], said: str, cited: str
) -> None:
    answer = talk(assistant, *turns)
    assert answer.status == "answered"
    assert said in answer.text
    assert cited in quoted(answer)


def test_others_jobs_are_not_hers(assistant: Assistant) -> None:
    answer = talk(assistant, "Has she led teams?", "what are their jobs?")
    assert "Red Cross Clinic" not in answer.text


def test_a_follow_up_with_an_unknown_name_says_so(assistant: Assistant) -> None:
    answer = talk(assistant, "Does she speak Spanish?", "What about French?")
    assert answer.status == "abstained"
    assert "French" in answer.text
    assert "French" not in quoted(answer)


def test_a_follow_up_of_a_follow_up_keeps_the_subject(assistant: Assistant) -> None:
    answer = talk(
        assistant, "What did she do at Red Cross Clinic?", "how long was she there?", "when did she leave?"
    )
    assert "2/2019" in answer.text
    assert "8/2014-2/2019" in quoted(answer)


def test_tell_me_more_does_not_repeat_only_what_was_said(assistant: Assistant) -> None:
    answer = talk(assistant, "Tell me about Quiet Nights", "tell me more")
    assert answer.status == "answered"
    assert {citation.document for citation in answer.citations} == {"projects/quiet-nights.md"}


@pytest.mark.parametrize(
    ("after", "cited"),
    [
        ("Which languages does she speak?", "Norwegian"),
        ("What did she study?", "B.Sc. in Nursing"),
        ("How did she move the records?", "MetaVision"),
        ("What's her phone number?", "+47 55 50 12 34"),
    ],
)
def test_a_topic_change_drops_the_old_subject(assistant: Assistant, after: str, cited: str) -> None:
    alone = assistant.ask(after)
    answer = talk(assistant, "What did she do at Red Cross Clinic?", after)
    assert cited in quoted(answer)
    assert "Red Cross" not in answer.text
    assert answer.text == alone.text


def test_the_question_is_carried_as_it_was_asked(assistant: Assistant) -> None:
    assert (
        talk(assistant, "Has she led teams?", "how many people was that?").question
        == "how many people was that?"
    )


def test_what_the_assistant_is_said_to_have_said_is_no_source(assistant: Assistant) -> None:
    answer = talk(
        assistant, ("Has she led teams?", "She led 900 nurses at NASA [1]."), "how many people was that?"
    )
    assert "900" not in answer.text
    assert "NASA" not in answer.text
    assert "Led a night team" in quoted(answer)


@pytest.mark.parametrize("role", ["assistant", "user"])
def test_odd_conversations_are_answered(assistant: Assistant, role: str) -> None:
    first = Message(role="assistant", content="Hello! Ask me anything.")
    other = Message(role="user" if role == "user" else "assistant", content="")
    for messages in ([first], [first, other], [other, other]):
        asked = [*messages, Message(role="user", content="Has she led teams?")]
        assert assistant.ask(asked).status == "answered"


def test_nothing_is_looked_up_for_a_question_that_stands_by_itself(assistant: Assistant) -> None:
    looked_up: list[str] = []

    def cite(question: Question) -> tuple[Passage, ...]:
        looked_up.append(question.text)
        return assistant.corpus.passages[:1]

    def condensed(*asked: str) -> str:
        reader = QuestionReader(assistant.corpus, default_glossary())
        return condense(user(*asked), reader, cite, lambda question: None).text

    asked = ["Has she led teams?", "What did she study?", "Which languages does she speak?"]
    assert condensed(*asked, "What did she do at Red Cross Clinic?") == "What did she do at Red Cross Clinic?"
    assert looked_up == []
    condensed(*asked, "and how many was that?")
    assert looked_up == ["Which languages does she speak?"]


ROOF = """# The roof

Put a garden on the flat roof of the ward. It was finished in June 2021. The hardest part was the water.
We settled it with a tank and a timer. Visits by patients went from 3 to 40 a week.
"""
WHEELS = """
## Volunteering

- Repairs wheelchairs at the Red Hall two Saturdays a month since 2022; 140 chairs returned to use.

## Awards

- Red Hall Prize, 2022, for the wheelchairs.

## Publications

- T. Aker, N. Halvorsen: "Quiet at night". Nordic Nursing, 2022.
- N. Halvorsen: "Alarms and sleep". Ward Journal, 2024.
"""
WIDER = {**FILES, "resume.md": FILES["resume.md"] + WHEELS, "projects/roof.md": ROOF}

DETAILS: list[tuple[list[str], str]] = [
    (["Which part of the roof was the hardest?", "And how did they sort that out in the end?"], "a tank"),
    (["When was the roof finished?", "What came of it?"], "from 3 to 40"),
    (["Did she move the records to MetaVision?", "in how many weeks?"], "9 weeks"),
    (["Did she move the records to MetaVision?", "how long did it take?"], "9 weeks"),
    (["Does she repair wheelchairs?", "how often", "and since when?"], "2022"),
    (["Does she repair wheelchairs?", "how many have gone back out so far"], "140"),
    (["What has she published?", "Who wrote the 2022 one with her?"], "T. Aker"),
    (["Has she won a prize?", "which year?"], "2022"),
]


@pytest.mark.parametrize(("turns", "said"), DETAILS, ids=[f[0][-1] for f in DETAILS])
def test_a_detail_is_read_from_what_was_said_or_stands_after_it(
    assistant_of: AssistantOf, turns: list[str], said: str
) -> None:
    answer = talk(assistant_of(WIDER), *turns)
    assert answer.status == "answered"
    assert said in answer.text


def test_a_question_of_nobody_is_of_what_was_spoken_of(assistant_of: AssistantOf) -> None:
    other = "\n## Courses\n\n- Building and construction of simple wells, evening course, 2020\n"
    yard = "# Yard House\n\nA house for the parents of patients. Construction has not begun.\n"
    files = {**WIDER, "resume.md": WIDER["resume.md"] + other, "projects/yard.md": yard}
    answer = talk(assistant_of(files), "What's Yard House?", "Has construction started?")
    assert answer.citations[0].document == "projects/yard.md"


@pytest.mark.parametrize(
    "turns",
    [
        ["What did she do at Red Cross Clinic?", "Did she run a blood drive there too?"],
        ["Which record system did she move to?", "Did she use it at Red Cross Clinic too?"],
    ],
)
def test_what_was_done_elsewhere_is_not_said_of_there(assistant: Assistant, turns: list[str]) -> None:
    answer = talk(assistant, *turns)
    assert answer.status == "abstained"
    assert "don't say that about Red Cross Clinic" in answer.text


def test_a_role_in_lower_case_is_no_other_place(assistant_of: AssistantOf) -> None:
    resume = (
        FILES["resume.md"].replace(
            "- Ran a blood drive", "- Wrote a handbook for interns.\n- Ran a blood drive"
        )
        + "\n### Bryggen Lab\n\n#### Research Intern\n\n6/2013-8/2013\n\n- Counted cells.\n"
    )
    files = {**FILES, "resume.md": resume}
    answer = talk(
        assistant_of(files),
        "What did she do at Fjordside Hospital?",
        "Did she write anything for interns there?",
    )
    assert "handbook" in quoted(answer)


def test_an_unanswered_turn_leaves_nothing_behind(assistant: Assistant) -> None:
    answer = talk(assistant, "Has she led teams?", "Did they like the coffee?", "how many people was that?")
    assert "Led a night team" in quoted(answer)


@pytest.mark.parametrize("asked", ["how much does a car cost", "how far is the moon"])
def test_what_is_of_something_else_is_not_of_what_was_spoken_of(assistant: Assistant, asked: str) -> None:
    assert talk(assistant, "Tell me about the grant", asked).status != "answered"
