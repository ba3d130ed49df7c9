"""Sentences that lie in one word, and questions that are easily misread."""

from __future__ import annotations

import pytest

from ask_debbie.answering.answer import Message
from ask_debbie.answering.assistant import Assistant
from ask_debbie.answering.scope import Scope
from ask_debbie.answering.verify import Verifier
from ask_debbie.corpus.corpus import Corpus
from ask_debbie.corpus.profile import Profile
from ask_debbie.retrieval.terms import default_glossary
from tests.answering.conftest import AssistantOf, ScriptedModel, check_whole, user


@pytest.fixture(scope="module")
def verifier(corpus: Corpus) -> Verifier:
    return Verifier(corpus, default_glossary())


# V: invariant 2, false sentences that are proved
UNPROVED = {
    "negation dropped": "She ran a blood drive that was cancelled.",
    "negation moved": "She never ran a blood drive.",
    "numbers swapped": "She led a night team of 14 nurses who look after 6 ventilated patients.",
    "numbers swapped with share": "She trained 40 new nurses in central line care, after which line infections fell by 23%.",
    "numbers swapped at places": "She organised a vaccination day with 512 volunteers, at which 4 families were reached.",
    "noun from a heading": "She cared for 30 nurses a week in the children's ward.",
    "number one": "She led one nurse.",
    "more than": "She led more than 6 nurses.",
    "currency": "She negotiated a €75K grant for isolation rooms.",
    "direction, to X from Y": "She moved the records to paper charts from MetaVision.",
    "direction, replaced": "She replaced MetaVision with paper charts.",
    "passive": "She was led by 6 nurses.",
    "roles swapped": "A night team of 6 nurses led her.",
    "degrees swapped": "She holds a B.Sc. in Gender Studies with a Minor in Nursing.",
    "glossary: paper charts are books": "She wrote a book.",
    "nothing but a number": "She is 6.",
}


@pytest.mark.parametrize("sentence", UNPROVED.values(), ids=UNPROVED.keys())
def test_v_a_false_sentence_has_no_proof(verifier: Verifier, corpus: Corpus, sentence: str) -> None:
    assert verifier.check(sentence, corpus.passages) is None


# S: proper questions that are declined
@pytest.mark.parametrize(
    "asked",
    [
        "Does she write Python?",
        "Can she write a REST API in Java?",
        "What was the height of the exhibit she built?",
        "Did she reduce sick leave among staff?",
        "Is she certified to give vaccinations?",
        "How many families did she reach at the vaccination day?",
    ],
)
def test_s_proper_questions_are_not_declined(asked: str) -> None:
    assert Scope(Profile(name="Noor Halvorsen", pronouns="she/her")).refusal(asked) is None


# C: chronology
@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ("Where did she work before Fjordside?", "Red Cross Clinic"),
        ("What was her first job?", "Red Cross Clinic"),
        ("Where was she working in 1/2020?", "Fjordside Hospital"),
        ("What was she doing in May 2016?", "Red Cross Clinic"),
    ],
)
def test_c_chronology(assistant: Assistant, asked: str, said: str) -> None:
    answer = assistant.ask(asked)
    assert answer.status == "answered"
    assert said in answer.text
    assert ("Fjordside" in answer.text) == (said == "Fjordside Hospital")


@pytest.mark.parametrize("asked", ["Where was she working in 4/1960?", "Where was she working in 12/2060?"])
def test_c_a_numeric_month_that_is_not_covered_is_not_guessed(assistant: Assistant, asked: str) -> None:
    assert assistant.ask(asked).status == "abstained"


# F: follow-ups
def talk(assistant: Assistant, first: str, said: str | None, then: str) -> str:
    turn = said or assistant.ask(first).text
    messages = [*user(first), Message(role="assistant", content=turn), *user(then)]
    return assistant.ask(messages).text


def test_f_how_long_did_it_take_is_asked_of_the_fact_that_was_cited(assistant: Assistant) -> None:
    assert "9 weeks" in talk(assistant, "How did the records move?", None, "how long did it take?")


@pytest.mark.parametrize("yes", ["Sure!", "yes please"])
def test_f_an_offer_with_shall_is_accepted(assistant: Assistant, yes: str) -> None:
    assert "alarms" in talk(
        assistant, "Has she led teams?", "She led. Shall I tell you about Quiet Nights?", yes
    )


def test_f_a_declined_turn_does_not_replace_the_subject(assistant: Assistant) -> None:
    messages = [
        *user("Tell me about her grant"),
        Message(role="assistant", content="She negotiated a $75K grant [1]."),
        *user("Is she married?"),
        Message(role="assistant", content="I don't answer that."),
        *user("how much was it?"),
    ]
    assert "75K" in assistant.ask(messages).text


@pytest.mark.parametrize("asked", ["yes please", "what about that?", "ok"])
def test_f_a_first_turn_that_asks_nothing_is_not_answered_with_a_random_line(
    assistant: Assistant, asked: str
) -> None:
    assert assistant.ask(asked).status != "answered"


# A: absence
@pytest.mark.parametrize("asked", ["Does she know Epic?", "Does she know DIPS Arena and Epic?"])
def test_a_epic_is_not_cerner(assistant: Assistant, asked: str) -> None:
    assert "mention Epic" in assistant.ask(asked).text


def test_a_a_false_premise_about_google_names_the_real_employers(assistant: Assistant) -> None:
    assert "Fjordside Hospital" in assistant.ask("What did she do at Google?").text


@pytest.mark.parametrize("asked", ["Has she published papers?"])
def test_a_paper_charts_are_no_papers(assistant: Assistant, asked: str) -> None:
    assert assistant.ask(asked).status == "abstained"


# B: input
def test_b_a_question_in_capitals(assistant: Assistant) -> None:
    answer = assistant.ask("HAS SHE LED TEAMS?")
    assert answer.status == "answered"
    assert "SHE" not in answer.text


def test_b_a_lone_surrogate_in_an_earlier_turn(assistant: Assistant) -> None:
    check_whole(
        assistant.ask([*user("\ud800"), Message(role="assistant", content="x"), *user("Has she led teams?")]),
        assistant,
    )


def test_b_an_earlier_turn_of_100_000_characters_is_cut(assistant: Assistant) -> None:
    turns = [*user("a" * 100_000), Message(role="assistant", content="x"), *user("Has she led teams?")]
    check_whole(assistant.ask(turns), assistant)


# E: engine. A model that sends nothing (a server's empty choices) is given the credit for the floor's answer
def test_e_a_model_that_says_nothing_is_no_author(assistant_with: AssistantOf) -> None:
    answer = assistant_with(ScriptedModel.of(["", ""])).ask("Has she led teams?")
    assert (answer.status, answer.engine) == ("answered", "extractive")
    assert answer.notice
