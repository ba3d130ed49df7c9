"""One answer against its key."""

from __future__ import annotations

from pathlib import Path

import pytest

from ask_debbie.answering.answer import Answer
from ask_debbie.corpus.corpus import Corpus
from ask_debbie.evaluation.dataset import Question, read_questions
from ask_debbie.evaluation.scoring import Scorer, folded, is_found
from tests.evaluation.conftest import TODAY, AnswerOf

TRAINED = "Trained 5 volunteers to dive in the exhibit."
CARED = "Cared for 42 species of freshwater fish in an exhibit of 900,000 litres."


@pytest.fixture
def question(question_file: Path) -> Question:
    return read_questions(question_file).questions[0]


@pytest.fixture
def scorer(corpus: Corpus) -> Scorer:
    return Scorer(corpus, TODAY)


def test_a_right_answer(scorer: Scorer, question: Question, answer_of: AnswerOf, corpus: Corpus) -> None:
    answer = answer_of(("He trained 5 volunteers.", [TRAINED]))
    place = next(i for i, p in enumerate(corpus.passages, 1) if p.text == TRAINED)
    outcome = scorer.score(question, answer, [p.key for p in corpus.passages])
    assert outcome.right
    assert outcome.ranks == (place,)
    assert outcome.cited == outcome.apt == (True,)
    assert outcome.unsupported == ()
    assert outcome.answer == answer.to_wire()


def test_what_makes_it_wrong(scorer: Scorer, question: Question, answer_of: AnswerOf) -> None:
    outcome = scorer.score(question, answer_of(("He cared for 42 lions.", [CARED])), [])
    assert outcome.failures == (
        r"It doesn't say re:\b5\b or five.",
        "It must not say lion.",
        "It doesn't cite “Trained 5 volunteers”.",
    )
    assert outcome.ranks == (None,)
    assert (outcome.cited, outcome.apt) == ((False,), (False,))


def test_an_answer_without_its_evidence_is_wrong(
    scorer: Scorer, question: Question, answer_of: AnswerOf
) -> None:
    outcome = scorer.score(question, answer_of(("He trained 5.", [CARED])), [])
    assert outcome.failures == ("It doesn't cite “Trained 5 volunteers”.",)


def test_one_who_may_abstain_needs_no_evidence(
    scorer: Scorer, question: Question, answer_of: AnswerOf
) -> None:
    either = question.model_copy(update={"status": ("abstained", "answered"), "contains": ()})
    silent: Answer = answer_of(("His documents don't say.", []), status="abstained")
    assert scorer.score(either, silent, []).right
    assert scorer.score(either, silent, []).cited == ()
    assert scorer.score(question, silent, []).failures[0] == "It is abstained, and should be answered."


def test_evidence_that_stands_twice_counts_at_both_places(
    candidate_corpus: Path, question: Question, answer_of: AnswerOf, corpus: Corpus
) -> None:
    both = question.model_copy(
        update={"evidence": (("Rhine Aquarium", "University of Bern"),), "contains": ()}
    )
    outcome = Scorer(corpus, TODAY).score(both, answer_of(("At the University.", ["University of Bern"])), [])
    assert outcome.right


@pytest.mark.parametrize(
    ("wording", "text", "found"),
    [
        ("rhine  AQUARIUM", "He was at the Rhine Aquarium.", True),
        ("re:^he", "He was there.", True),
        ("re:there\\.$", "He was there [1].", True),
        ("re:there\\.$", "He was there [1][12]. ", True),
        ("quaria", "He was at the Rhine Aquarium.", False),
        ("STRASSE", "in der Straße", True),
        ("a b", "a\n\n b", True),
    ],
)
def test_wordings(wording: str, text: str, found: bool) -> None:
    assert is_found(wording, folded(text)) is found
