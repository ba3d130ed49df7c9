"""Asks every question of a set, and scores what comes back."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from ask_debbie.answering.answer import Answer, Message
from ask_debbie.corpus.corpus import Corpus
from ask_debbie.corpus.document import Passage
from ask_debbie.evaluation.cache import AnswerCache, Asked
from ask_debbie.evaluation.dataset import Question, QuestionSet
from ask_debbie.evaluation.results import Outcome, Run
from ask_debbie.evaluation.scoring import Scorer
from ask_debbie.models.artifacts import Progress, silent


class Answerer(Protocol):
    """Whoever is evaluated.

    Attributes:
        name: the engine, as its answers carry it.
        identity: all of it that decides its answers besides question, day and documents.
    """

    @property
    def name(self) -> str: ...
    @property
    def identity(self) -> str: ...
    def ask(self, messages: Sequence[Message]) -> Answer: ...
    def find(self, messages: Sequence[Message]) -> tuple[Passage, ...]: ...


def evaluate(
    questions: QuestionSet,
    corpus: Corpus,
    answerer: Answerer,
    *,
    cache: AnswerCache | None = None,
    progress: Progress = silent,
    only: str | None = None,
) -> Run:
    """Ask the questions in order and score the answers.

    Each answer is kept in the cache as soon as it is there, so that an interrupted run goes on where it was. One
    that another engine had to write, or that is an error, isn't kept: it may be passing.

    Args:
        corpus: the set's own.
        only: a regular expression; questions whose id it isn't found in are left out.
    """
    scorer = Scorer(corpus, questions.today)
    chosen = questions.matching(only).questions
    label = f"Asking {answerer.name} · {questions.name}"
    outcomes: list[Outcome] = []
    for done, question in enumerate(chosen):
        progress(done, len(chosen), label)
        key = cache and cache.key(question.turns, questions.today, corpus.digest, answerer.identity)
        asked = cache.get(key) if cache and key else None
        if asked is None:
            asked = ask(question, answerer)
            if cache and key and asked.answer.engine == answerer.name and asked.answer.status != "error":
                cache.put(key, asked)
        outcomes.append(scorer.score(question, asked.answer, asked.found))
    progress(len(chosen), len(chosen), label)
    return Run(name=answerer.name, questions=questions.name, outcomes=tuple(outcomes))


def ask(question: Question, answerer: Answerer) -> Asked:
    """Have the whole conversation, with the answerer's own answers between the turns; the last answer counts."""
    messages: list[Message] = []
    for turn in question.turns[:-1]:
        messages.append(Message(role="user", content=turn))
        messages.append(Message(role="assistant", content=answerer.ask(messages).text))
    messages.append(Message(role="user", content=question.turns[-1]))
    answer = answerer.ask(messages)
    return Asked(answer, tuple(passage.key for passage in answerer.find(messages)))
