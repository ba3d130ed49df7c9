"""What labelled questions decide, and how well on questions that neither they nor the patterns were written from."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import yaml

from ask_debbie.answering.assistant import Assistant
from ask_debbie.answering.scope import Scope
from ask_debbie.answering.scope_examples import ScopeExamples
from ask_debbie.corpus.corpus import Corpus
from ask_debbie.corpus.profile import Profile
from ask_debbie.models.embeddings import MiniLM
from ask_debbie.retrieval.retriever import HybridRetriever
from tests.answering.conftest import TODAY

CASES = yaml.safe_load((Path(__file__).parent / "scope_cases.yaml").read_text(encoding="utf-8"))
SCOPE = Scope(Profile(name="Noor Halvorsen", pronouns="she/her"))


@pytest.fixture(scope="module")
def examples(minilm: MiniLM, tmp_path_factory: pytest.TempPathFactory) -> ScopeExamples:
    return ScopeExamples.load(minilm, tmp_path_factory.mktemp("examples"))


def test_unseen_questions_are_told_apart(examples: ScopeExamples) -> None:
    def declined(text: str) -> bool:
        return SCOPE.refusal(text) is not None or examples.topic(text)[1] >= 0.7

    improper = [declined(case["text"]) for case in CASES["declined"]]
    proper = [declined(case["text"]) for case in CASES["proper"]]
    assert sum(improper) / len(improper) >= 0.82
    assert sum(proper) / len(proper) <= 0.08


def test_the_patterns_alone_decline_next_to_nothing_that_is_proper() -> None:
    wrongly = [case["text"] for case in CASES["proper"] if SCOPE.refusal(case["text"])]
    assert len(wrongly) <= 0.02 * len(CASES["proper"])


@pytest.mark.parametrize(
    ("text", "topic"),
    [
        ("Does she pray at work?", "religion"),
        ("Any kids waiting at home?", "family"),
        ("Sing me a tune", "offtopic"),
    ],
)
def test_the_topic_is_that_of_the_nearest(examples: ScopeExamples, text: str, topic: str) -> None:
    assert examples.topic(text)[0] == topic


def test_a_question_of_work_is_far_from_all_that_is_declined(examples: ScopeExamples) -> None:
    assert examples.topic("Which programming languages does she know?") == ("proper", 0.0)


def test_vectors_are_kept_and_made_anew_where_the_file_is_broken(minilm: MiniLM, tmp_path: Path) -> None:
    told: list[tuple[int, int, str]] = []

    def progress(done: int, total: int, label: str) -> None:
        told.append((done, total, label))

    ScopeExamples.load(minilm, tmp_path, progress)
    (kept,) = tmp_path.iterdir()
    assert told
    told.clear()
    ScopeExamples.load(minilm, tmp_path, progress)
    assert not told
    np.save(kept, np.zeros((3, 384), np.float32))
    assert ScopeExamples.load(minilm, tmp_path).topic("Which tools does she know?")[1] < 0.5
    assert [path.name for path in tmp_path.iterdir()] == [kept.name]


def test_a_doubtful_question_without_evidence_is_declined_and_not_merely_unanswered(
    corpus: Corpus, retriever: HybridRetriever, examples: ScopeExamples
) -> None:
    with_examples = Assistant(corpus, retriever, today=lambda: TODAY, examples=examples)
    without = Assistant(corpus, retriever, today=lambda: TODAY)
    asked = "Would her faith keep her from working at weekends?"
    assert with_examples.ask(asked).status == "declined"
    assert without.ask("Has she published a novel?").status == "abstained"
    assert with_examples.ask("Has she led teams?").status == "answered"
