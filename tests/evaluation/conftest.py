"""Answers written by hand about a fictional person, and the rule for when fixed questions are asked."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from ask_debbie.answering.answer import Answer, Citation, Message, Sentence, Status, Timings
from ask_debbie.corpus.corpus import Corpus, read_corpus
from ask_debbie.corpus.document import Passage

TODAY = dt.date(2026, 11, 1)
QUESTIONS = """\
corpus: candidate
today: 2026-11-01
questions:
  - id: facts-001
    category: facts
    question: How many volunteers did he train?
    status: answered
    contains: [['re:\\b5\\b', five]]
    excludes: [lion]
    evidence: [Trained 5 volunteers]
  - id: dates-001
    category: dates
    question: When did he graduate?
    status: answered
    contains: ["2015"]
    evidence: [["Graduated: 6/2015", B.Sc. in Biology]]
  - id: absent-001
    category: absent
    question: Does he speak Mandarin?
    status: [abstained, declined]
  - id: followup-001
    category: followup
    turns: ["Which fish did he care for?", "Where was that?"]
    status: answered
    contains: [Rhine Aquarium]
"""


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Fixed questions are asked only with ``-m evaluation``: one that fails says how good the assistant is."""
    if "evaluation" in config.getoption("markexpr"):
        return
    asked = [item for item in items if item.get_closest_marker("evaluation")]
    if asked:
        config.hook.pytest_deselected(items=asked)
        items[:] = [item for item in items if item not in set(asked)]


@pytest.fixture
def corpus(candidate_corpus: Path) -> Corpus:
    return read_corpus(candidate_corpus)


@pytest.fixture
def question_file(candidate_corpus: Path) -> Path:
    """Four questions about the fictional person; the test's own to change."""
    path = candidate_corpus.parent / "mateo.yaml"
    path.write_text(QUESTIONS, encoding="utf-8")
    return path


AnswerOf = Callable[..., Answer]


@pytest.fixture
def answer_of(corpus: Corpus) -> AnswerOf:
    """Makes an answer of sentences, each with the corpus texts that it cites."""

    def make(
        *said: tuple[str, Sequence[str]], status: Status = "answered", engine: str = "fake", ms: float = 10.0
    ) -> Answer:
        citations: dict[str, Citation] = {}
        sentences = []
        for text, quotes in said:
            for quote in quotes:
                citations.setdefault(quote, _citation(corpus, quote, len(citations) + 1))
            sentences.append(Sentence(text, tuple(citations[quote].marker for quote in quotes)))
        return Answer(
            "?", status, tuple(sentences), tuple(citations.values()), engine, Timings(1.0, None, 5.0, ms)
        )

    return make


def _citation(corpus: Corpus, quote: str, marker: int) -> Citation:
    passage = next(p for p in corpus.passages if quote in p.text)
    start = passage.start + passage.text.index(quote)
    return Citation(marker, passage.document, passage.breadcrumb, quote, start, start + len(quote))


class Scripted:
    """An answerer that gives one answer to everything, and can be interrupted.

    Args:
        stop_after: answers after which Ctrl-C is pressed.
    """

    name = "fake"
    identity = "fake 1"

    def __init__(self, answer: Answer, corpus: Corpus, stop_after: int | None = None) -> None:
        self._answer = answer
        self._corpus = corpus
        self._stop_after = stop_after
        self.asked: list[list[Message]] = []

    def ask(self, messages: Sequence[Message]) -> Answer:
        if self._stop_after == len(self.asked):
            raise KeyboardInterrupt
        self.asked.append(list(messages))
        return self._answer

    def find(self, messages: Sequence[Message]) -> tuple[Passage, ...]:
        return self._corpus.passages
