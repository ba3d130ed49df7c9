"""What the documents don't say: it is named, the nearest is offered with its source, and whom to ask."""

from __future__ import annotations

import pytest

from ask_debbie.answering.assistant import Assistant
from tests.answering.conftest import FILES, AssistantOf, check_whole

CONTACT = "noor@example.org"


@pytest.mark.parametrize(
    ("asked", "named"),
    [
        ("Does she speak French?", "French"),
        ("Has she used Kubernetes?", "Kubernetes"),
        ("What did she do at Haukeland Hospital?", "Haukeland"),
        ("What did she do at Google?", "Google"),
        ("Is she certified in ACLS?", "ACLS"),
        ("What salary does she expect?", "salary"),
        ("Has she won a Nobel Prize?", "Nobel"),
        ("How long did she work at Haukeland?", "Haukeland"),
    ],
)
def test_what_is_missing_is_named_and_never_quoted(assistant: Assistant, asked: str, named: str) -> None:
    answer = assistant.ask(asked)
    assert answer.status == "abstained"
    assert named in answer.sentences[0].text
    assert answer.sentences[0].markers == ()
    assert all(named not in citation.quote for citation in answer.citations)
    assert CONTACT in answer.text
    check_whole(answer, assistant)


def test_the_nearest_is_offered_with_its_source(assistant: Assistant) -> None:
    answer = assistant.ask("Does she speak French?")
    (citation,) = answer.citations
    assert "Norwegian" in citation.quote
    offered = [s for s in answer.sentences if s.markers]
    assert any("Norwegian" in s.text for s in offered)


def test_a_false_premise_is_corrected_with_the_real_employers(assistant: Assistant) -> None:
    answer = assistant.ask("What did she do at Haukeland Hospital?")
    assert [citation.quote for citation in answer.citations] == ["Fjordside Hospital", "Red Cross Clinic"]
    assert "Fjordside Hospital" in answer.text


def test_half_an_answer_says_which_half_is_missing(assistant: Assistant) -> None:
    answer = assistant.ask("Does she speak French or Spanish?")
    assert answer.status == "answered"
    assert any("Spanish" in c.quote for c in answer.citations)
    missing = [s for s in answer.sentences if not s.markers]
    assert any("French" in s.text for s in missing)


def test_without_a_policy_the_address_is_enough(assistant_of: AssistantOf) -> None:
    profile = 'name = "Noor Halvorsen"\npronouns = "she/her"\n[contact]\nemail = "n@example.net"\n'
    answer = assistant_of({**FILES, "profile.toml": profile}).ask("Has she used Kubernetes?")
    assert answer.status == "abstained"
    assert "n@example.net" in answer.text


def test_without_an_address_none_is_made_up(assistant_of: AssistantOf) -> None:
    files = {**FILES, "profile.toml": 'name = "Noor Halvorsen"\npronouns = "she/her"\n'}
    answer = assistant_of(files).ask("Has she used Kubernetes?")
    assert answer.status == "abstained"
    assert "@" not in answer.text
    assert "Kubernetes" in answer.text


@pytest.mark.parametrize(
    ("pronouns", "possessive"), [("he/him", "His"), ("they/them", "Their"), ("she/her", "Her")]
)
def test_absence_speaks_with_the_candidates_pronoun(
    assistant_of: AssistantOf, pronouns: str, possessive: str
) -> None:
    files = {**FILES, "profile.toml": f'name = "Noor Halvorsen"\npronouns = "{pronouns}"\n'}
    answer = assistant_of(files).ask("Has Noor used Kubernetes?")
    assert answer.sentences[0].text.startswith(possessive)


def test_the_notice_of_a_resting_model_is_not_below_an_abstention(assistant: Assistant) -> None:
    assert assistant.ask("Has she used Kubernetes?").notice is None


@pytest.mark.parametrize(
    ("asked", "said", "unsaid"),
    [
        ("Which languages besides English does she speak?", ("Norwegian", "Spanish"), "English"),
        ("Which record systems other than Cerner has she used?", ("MetaVision", "DIPS Arena"), "Cerner"),
        (
            "Apart from Fjordside Hospital, which hospitals has she worked at?",
            ("Red Cross Clinic",),
            "Fjordside",
        ),
    ],
)
def test_what_a_question_leaves_out_is_left_out(
    assistant: Assistant, asked: str, said: tuple[str, ...], unsaid: str
) -> None:
    text = assistant.ask(asked).text
    assert all(word in text for word in said)
    assert unsaid not in text


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ("Does she have a master's?", "Her documents don't mention master's."),
        ("Any work with mental health?", "Her documents don't mention mental health."),
        ("Has she used MetaVision Patients?", "Her documents don't mention MetaVision Patients."),
        ("Did this lady ever do surgery?", "Her documents don't mention surgery."),
    ],
)
def test_what_is_missing_is_named_as_it_was_asked(assistant: Assistant, asked: str, said: str) -> None:
    answer = assistant.ask(asked)
    assert answer.status == "abstained"
    assert answer.text.startswith(said)
