"""The kind of thing that a question asks for, and which lines hold one."""

from __future__ import annotations

import pytest

from ask_debbie.answering.answer_kind import asked_kind

CASES = [
    ("How many schools were involved?", "Planted 640 trees at 16 elementary schools", "Keywords: Schools"),
    (
        "how many people did he lead?",
        "Led 9 agents on the phone.",
        "Raised satisfaction from 81% to 93% in 18 months.",
    ),
    ("how much money did they raise?", "We raised $310,000 in bonds.", "Six of us formed a trust in 2023."),
    ("from what to what?", "Cut latency from 180 ms to 45 ms.", "Moved 14 models to ONNX."),
    ("and what was it before?", "Cut the close from 12 days to 5", "Built a 13-week forecast"),
    ("when was that?", "The roof was done in June 2025.", "The roof was done in a hurry."),
    ("who did she work with?", "I worked with Ann Harte on it.", "We changed the checklist."),
    ("What is his role in it?", "I am its vice-chair.", "It is an empty foundry."),
    ("how long did it take?", "It was moved in 9 weeks.", "It was moved in 2019."),
    ("and how?", "Cut costs by replacing two parts.", "Costs were high."),
    ("And why?", "We dropped it because nobody liked it.", "We dropped it."),
    ("What came of it?", "Falls went from 23 to 9 a year.", "We met on Mondays."),
    ("what is it written in", "Keywords: Python, PostgreSQL", "It forecasts a queue one hour ahead."),
]


@pytest.mark.parametrize(("question", "holding", "without"), CASES, ids=[case[0] for case in CASES])
def test_a_line_that_holds_what_is_asked_beats_one_that_does_not(
    question: str, holding: str, without: str
) -> None:
    kind = asked_kind(question)
    assert kind is not None
    assert kind.holds(holding) > kind.holds(without)


@pytest.mark.parametrize("question", ["Tell me more", "Does she like it there?"])
def test_most_questions_ask_for_no_kind(question: str) -> None:
    assert asked_kind(question) is None
