"""Whatever a visitor sends, the answer is a clear one."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ask_debbie.answering.answer import Finished, Message
from ask_debbie.answering.assistant import Assistant
from tests.answering.conftest import check_whole, user

LED = "Has she led teams?"


@pytest.mark.parametrize("asked", ["", " ", "\n\t ", "\x00\x01\x02", "\u200b\u200e\ufeff", "\u202e\u2066"])
def test_nothing_asked_is_an_error_that_says_what_to_do(assistant: Assistant, asked: str) -> None:
    answer = assistant.ask(asked)
    assert answer.status == "error"
    assert answer.text
    assert not answer.citations


def test_no_message_at_all_is_an_error(assistant: Assistant) -> None:
    answer = assistant.ask([])
    assert answer.status == "error"
    assert answer.question == ""


@pytest.mark.parametrize(
    "asked", ["a" * 100_000, "why " * 25_000, "🙂" * 100_000, "[1]" * 40_000, "a" * 2001]
)
def test_a_question_that_is_too_long_is_refused_with_the_limit(assistant: Assistant, asked: str) -> None:
    answer = assistant.ask(asked)
    assert answer.status == "error"
    assert "2,000" in answer.text
    assert len(answer.text) < 200


def test_the_longest_question_that_is_allowed_is_taken(assistant: Assistant) -> None:
    answer = assistant.ask(f"{LED} ".ljust(2000, "?"))
    assert answer.status != "error"


@pytest.mark.parametrize(
    "asked",
    [
        "Has she\x00 led\x1b[31m teams?",
        "\u202eHas she led teams?\u202c",
        "\ufeffHas she led teams?",
        "Has\u00a0she\u2003led\nteams?",
        "Has she led teams? 🙂👩‍⚕️",
        "Has she led teams?\ud800",
        "Has she led teams? [1][2]",
        "Has she led **teams**?",
        "has she led teams",
        "Has she led teams" + "?" * 500,
    ],
)
def test_noise_around_a_question_changes_no_fact(assistant: Assistant, asked: str) -> None:
    answer = assistant.ask(asked)
    assert answer.status == "answered"
    assert any("night team of 6 nurses" in citation.quote for citation in answer.citations)
    assert answer.question == asked
    assert not any(c in answer.text for c in "\x00\x1b\u202e\ud800")


@pytest.mark.parametrize(
    "asked",
    [
        "[1][2]",
        "[1] [2] [3]",
        "🙂🙂🙂",
        "هل قادت فرقًا؟",
        "האם היא הובילה צוותים?",
        "彼女はチームを率いましたか？",
        "\ud800\udfff\ud800",
        "<b>team</b>",
        "{question} {lines} %s {0}",
        "'; DROP TABLE embeddings; --",
        "../../etc/passwd",
        "?",
        "-",
        "a",
        "0",
        "\\",
        "((((((((((",
        "NaN null undefined",
    ],
)
def test_odd_questions_get_a_whole_answer(assistant: Assistant, asked: str) -> None:
    answer = assistant.ask(asked)
    assert answer.status in {"answered", "abstained", "declined", "error"}
    check_whole(answer, assistant)
    answer.text.encode("utf-8")


def test_markup_of_a_question_is_not_repeated(assistant: Assistant) -> None:
    for asked in (
        "<img src=x onerror=alert(1)> team",
        "Has she used <script>alert(1)</script>?",
        "Does she know <b>?",
    ):
        assert "<" not in assistant.ask(asked).text


def test_odd_turns_before_do_no_harm(assistant: Assistant) -> None:
    for before in ("", "\x00", "\u202e", "[1]", "<script>", "🙂"):
        talk = [
            Message(role="user", content=before),
            Message(role="assistant", content=before),
            *user(LED),
        ]
        answer = assistant.ask(talk)
        assert answer.status == "answered"
        check_whole(answer, assistant)


@settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow])
@given(st.text(max_size=200))
def test_any_text_gets_a_whole_answer(assistant: Assistant, asked: str) -> None:
    *events, last = assistant.stream(user(asked))
    assert isinstance(last, Finished)
    assert not any(isinstance(event, Finished) for event in events)
    check_whole(last.answer, assistant)
    assert last.answer.question == asked


@settings(deadline=None, max_examples=25, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.tuples(st.sampled_from(["user", "assistant"]), st.text(max_size=60)), max_size=4))
def test_any_conversation_gets_a_whole_answer(assistant: Assistant, turns: list[tuple[str, str]]) -> None:
    talk = [Message(role="user" if role == "user" else "assistant", content=text) for role, text in turns]
    check_whole(assistant.ask([*talk, *user(LED)]), assistant)
