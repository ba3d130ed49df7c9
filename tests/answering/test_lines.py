"""A small model judges single lines; what it can't say, the evidence decides."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest
from langchain_core.messages import AIMessage
from langchain_core.runnables import RunnableLambda

from ask_debbie.answering.draft import Drafter
from ask_debbie.answering.question import Question
from ask_debbie.corpus.corpus import Corpus
from ask_debbie.corpus.document import Passage
from ask_debbie.errors import EngineError
from ask_debbie.models.turns import Turns
from tests.answering.conftest import ScriptedModel

QUESTION = Question("Has she led teams?", "Has she led teams?")


class JudgingModel(ScriptedModel):
    """Says how sure it is of Yes and of No, by what the line holds."""

    def bind(self, **options: Any) -> Any:
        assert options == {"logprobs": True, "top_logprobs": 20, "max_tokens": 1}

        def judge(messages: Any) -> AIMessage:
            asked = str(messages[-1].content)
            if "Trained" in asked:
                return AIMessage("", response_metadata={})
            yes = -0.1 if "Led a night team" in asked else -3.0
            tokens = [{"token": " Yes", "logprob": yes}, {"token": "No", "logprob": -1.0}]
            return AIMessage("", response_metadata={"logprobs": {"content": [{"top_logprobs": tokens}]}})

        return RunnableLambda(judge)


def judged(drafter: Drafter, lines: Sequence[Passage], least: float = 0.0) -> Passage | None:
    judging = drafter.answering_line(QUESTION, lines, least)
    with pytest.raises(StopIteration) as ended:
        next(judging)
    line: Passage | None = ended.value.value
    return line


@pytest.fixture
def drafter(corpus: Corpus) -> Drafter:
    return Drafter(JudgingModel(), corpus, name="judge", label="A judge", budget=20_000, reads_lines=True)


def test_the_likeliest_line_is_given(drafter: Drafter, corpus: Corpus) -> None:
    lines = [p for p in corpus.passages if p.text.startswith(("Ran a", "Led a", "Moved"))]
    found = judged(drafter, lines)
    assert found is not None
    assert found.text.startswith("Led a night team")


def test_no_line_is_given_where_all_are_denied(drafter: Drafter, corpus: Corpus) -> None:
    lines = [p for p in corpus.passages if p.text.startswith(("Ran a", "Moved"))]
    assert judged(drafter, lines) is None
    assert judged(drafter, []) is None


def test_it_has_to_be_surer_where_the_evidence_is_weak(drafter: Drafter, corpus: Corpus) -> None:
    lines = [p for p in corpus.passages if p.text.startswith("Led a")]
    assert judged(drafter, lines, 0.8) == lines[0]
    assert judged(drafter, lines, 0.95) is None


def test_nothing_is_judged_after_a_line_that_it_is_sure_of(
    drafter: Drafter, corpus: Corpus, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ask_debbie.answering.draft._CERTAIN", 0.9)
    lines = [p for p in corpus.passages if p.text.startswith(("Led a", "Trained"))]
    lines.sort(key=lambda p: p.text)
    assert judged(drafter, lines) == lines[0]  # to ask about the other would fail


def test_a_server_that_tells_no_probabilities_is_an_engine_that_fails(
    drafter: Drafter, corpus: Corpus
) -> None:
    lines = [p for p in corpus.passages if p.text.startswith("Trained")]
    with pytest.raises(EngineError):
        judged(drafter, lines)


def test_the_place_in_the_queue_is_told(corpus: Corpus) -> None:
    turns = Turns()
    drafter = Drafter(
        JudgingModel(), corpus, name="judge", label="A judge", budget=20_000, turns=turns, reads_lines=True
    )
    lines = [p for p in corpus.passages if p.text.startswith("Led a")]
    with turns.join() as other:
        list(other.wait())
        judging = drafter.answering_line(QUESTION, lines)
        assert next(judging).ahead == 1
        judging.close()
        assert len(turns) == 1
    assert judged(drafter, lines) == lines[0]
