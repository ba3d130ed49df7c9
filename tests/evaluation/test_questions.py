"""The fixed questions: that they are in order, always; and each one asked, with ``-m evaluation``."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import cast

import pytest

from ask_debbie.corpus.corpus import read_corpus
from ask_debbie.evaluation.dataset import Question, QuestionSet, missing_evidence, read_questions
from ask_debbie.evaluation.engines import LazyAssistant
from ask_debbie.evaluation.junit import explained
from ask_debbie.evaluation.runner import ask
from ask_debbie.evaluation.scoring import Scorer
from ask_debbie.settings import Engine, Settings

FILES = sorted(Path(__file__).parent.glob("*.yaml"))
SETS = {path.stem: read_questions(path) for path in FILES}
CATEGORIES = "facts paraphrase several dates absent improper followup languages".split()


def test_there_are_questions() -> None:
    assert "debbie" in SETS


@pytest.mark.parametrize("name", SETS)
def test_evidence_stands_in_the_documents(name: str) -> None:
    assert missing_evidence(SETS[name], read_corpus(SETS[name].corpus)) == []


@pytest.mark.parametrize("name", SETS)
def test_no_two_questions_are_alike(name: str) -> None:
    seen: dict[tuple[str, ...], str] = {}
    for question in SETS[name].questions:
        words = tuple(_normalised(turn) for turn in question.turns)
        assert words not in seen, f"{question.id} asks what {seen[words]} asks"
        seen[words] = question.id


@pytest.mark.parametrize("name", SETS)
def test_categories_are_those_of_the_readme(name: str) -> None:
    assert {question.category for question in SETS[name].questions} <= set(CATEGORIES)
    readme = (Path(__file__).parent / "README.md").read_text("utf-8")
    assert [c for c in CATEGORIES if f"| `{c}` |" not in readme] == []


Answering = Callable[[QuestionSet], LazyAssistant]


@pytest.fixture(scope="module")
def answering(request: pytest.FixtureRequest, models_dir: Path) -> Iterator[Answering]:
    """The assistant of a question set; one at a time, for the local model's sake."""
    open_ones: dict[str, LazyAssistant] = {}
    engine = cast(Engine, request.config.getoption("--engine"))

    def give(questions: QuestionSet) -> LazyAssistant:
        if questions.name not in open_ones:
            close()
            settings = Settings(corpus=questions.corpus, engine=engine, models_dir=models_dir)
            open_ones[questions.name] = LazyAssistant(settings, questions.today)
        return open_ones[questions.name]

    def close() -> None:
        for it in open_ones.values():
            it.close()
        open_ones.clear()

    yield give
    close()


@pytest.mark.evaluation
@pytest.mark.parametrize(
    ("questions", "question"),
    [pytest.param(s, q, id=f"{s.name}-{q.id}") for s in SETS.values() for q in s.questions],
)
def test_question(questions: QuestionSet, question: Question, answering: Answering) -> None:
    asked = ask(question, answering(questions))
    outcome = Scorer(read_corpus(questions.corpus), questions.today).score(
        question, asked.answer, asked.found
    )
    if not outcome.right:
        pytest.fail("\n".join([*outcome.failures, explained(outcome)]), pytrace=False)


def _normalised(text: str) -> str:
    return re.sub(r"[\W_]+", " ", unicodedata.normalize("NFKC", text).casefold()).strip()
