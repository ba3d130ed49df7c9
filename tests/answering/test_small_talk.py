"""What is asked is found among what is said around it."""

from __future__ import annotations

import pytest

from ask_debbie.answering.small_talk import asking, in_full, questions_in


@pytest.mark.parametrize(
    ("message", "asked"),
    [
        ("What did she study?", "What did she study?"),
        ("We open in spring. What is her notice period?", "What is her notice period?"),
        ("What is her notice period? We open in spring.", "What is her notice period?"),
        ("Quick one from our side of the pond: has she used Kafka?", "has she used Kafka?"),
        ("Kubernetes: does she know that one?", "Kubernetes: does she know that one?"),
        ("At Acme - did she lead anybody?", "At Acme - did she lead anybody?"),
        ("Her results - falls and fires?", "Her results - falls and fires?"),
        ("Give me her results - falls and fires", "Give me her results - falls and fires"),
        ("Has she used Kafka - we run Spark and Kafka", "Has she used Kafka"),
        ("She seems to like eels. Does she breed them?", "She seems to like eels. Does she breed them?"),
        ("Our bill is too high, so: has this lady ever cut costs?", "has this lady ever cut costs?"),
        ("Last one: has she used Kafka?", "has she used Kafka?"),
        ("Kafka.", "Kafka."),
        ("", ""),
    ],
)
def test_what_is_asked(message: str, asked: str) -> None:
    assert asking(message) == asked


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("What did she study and when did she graduate?", ["What did she study", "when did she graduate?"]),
        ("Where did she work, and for how long?", []),
        ("Did she lead and train people?", []),
        ("What did she use and at which companies?", ["What did she use", "at which companies?"]),
        ("Who paid, what for and where?", ["Who paid", "what for", "where?"]),
        ("When she was at Acme, did she lead?", []),
        ("Has she used Java and what for?", ["Has she used Java", "what for?"]),
    ],
)
def test_two_questions_in_one(text: str, parts: list[str]) -> None:
    assert questions_in(text) == parts


@pytest.mark.parametrize(
    ("text", "full"),
    [
        ("what did he do b4 that", "what did he do before that"),
        ("can she wrk w/o a visa", "can she work without a visa"),
        ("wat langs", "what languages"),
        ("www.exp.example", "www.exp.example"),
    ],
)
def test_what_is_typed_short_is_read_in_full(text: str, full: str) -> None:
    assert in_full(text) == full
