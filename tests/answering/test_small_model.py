"""What a small model is asked: only what the documents' own words don't settle, and its sentence has to answer."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from langchain_core.messages import AIMessage
from langchain_core.runnables import RunnableLambda

from ask_debbie.answering.assistant import Assistant
from ask_debbie.answering.draft import Drafter
from ask_debbie.corpus.corpus import Corpus
from ask_debbie.models.turns import Turns
from ask_debbie.retrieval.retriever import HybridRetriever
from tests.answering.conftest import ScriptedModel

TODAY = dt.date(2026, 11, 1)
PLAIN = "How many nurses did she train in central line care?"
SLANG = "has she ever brought outside money in?"
DRAFT = "She negotiated a $75K grant for isolation rooms."


class Judge(ScriptedModel):
    """Writes as scripted, and says Yes to lines with a word in them; it serves one caller at a time."""

    yes_to: str = ""

    def bind(self, **options: Any) -> Any:
        def judge(messages: Any) -> AIMessage:
            line = str(messages[-1].content).partition("Question:")[0]
            sure = (
                {" Yes": -0.1, "No": -3.0}
                if self.yes_to and self.yes_to in line
                else {" Yes": -3.0, "No": -0.1}
            )
            tokens = [{"token": token, "logprob": value} for token, value in sure.items()]
            return AIMessage("", response_metadata={"logprobs": {"content": [{"top_logprobs": tokens}]}})

        return RunnableLambda(judge)


def ask(model: Judge, corpus: Corpus, retriever: HybridRetriever, question: str) -> tuple[str, str]:
    drafter = Drafter(
        model, corpus, name="small", label="Small", budget=20_000, turns=Turns(), reads_lines=True
    )
    answer = Assistant(corpus, retriever, drafter, today=lambda: TODAY).ask(question)
    return answer.status, answer.text


def judge(*replies: str, yes_to: str = "") -> Judge:
    model = Judge.of(*replies)
    assert isinstance(model, Judge)
    model.yes_to = yes_to
    return model


def test_what_the_documents_say_plainly_is_quoted_at_once(corpus: Corpus, retriever: HybridRetriever) -> None:
    model = judge()  # to call it would fail
    status, text = ask(model, corpus, retriever, PLAIN)
    assert (status, model.seen) == ("answered", [])
    assert "23 new nurses" in text


def test_a_sentence_that_answers_is_shown(corpus: Corpus, retriever: HybridRetriever) -> None:
    status, text = ask(judge(DRAFT, yes_to="grant"), corpus, retriever, SLANG)
    assert status == "answered"
    assert "$75K" in text


@pytest.mark.parametrize("draft", [DRAFT, "Not stated."])
def test_a_proved_sentence_that_does_not_answer_is_not_shown(
    corpus: Corpus, retriever: HybridRetriever, draft: str
) -> None:
    status, text = ask(judge(draft), corpus, retriever, SLANG)
    assert status == "abstained"
    assert "$75K" not in text


def test_a_line_that_answers_is_quoted_where_nothing_was_drafted(
    corpus: Corpus, retriever: HybridRetriever
) -> None:
    status, text = ask(judge("Not stated.", yes_to="grant"), corpus, retriever, SLANG)
    assert status == "answered"
    assert "$75K" in text


def test_both_halves_of_a_question_are_quoted(corpus: Corpus, retriever: HybridRetriever) -> None:
    model = judge()
    asked = "How many children did she care for a week, and how many volunteers did she organise?"
    status, text = ask(model, corpus, retriever, asked)
    assert (status, model.seen) == ("answered", [])
    assert "30 children" in text
    assert "4 volunteers" in text
