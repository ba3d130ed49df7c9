"""Words of a question as the documents spell them."""

from __future__ import annotations

import pytest

from ask_debbie.answering.spelling import Spelling
from ask_debbie.retrieval.terms import default_glossary, stem, words

WRITTEN = "Moved orders to DynamoDB; taught ventilation to nurses in Lima. Dynamics matter."


@pytest.fixture(scope="module")
def spelling() -> Spelling:
    written = frozenset(words(WRITTEN))
    return Spelling(written, frozenset(map(stem, written)), default_glossary())


@pytest.mark.parametrize(
    ("asked", "mended"),
    [
        ("what did she keep in Dynamo?", "what did she keep in dynamodb?"),
        ("did she teach ventilaton", "did she teach ventilation"),
        ("did she use MongoDB?", "did she use MongoDB?"),
        ("does she have nursing experience", "does she have nursing experience"),
    ],
)
def test_words_are_mended_after_the_documents(spelling: Spelling, asked: str, mended: str) -> None:
    assert spelling.mended(asked) == mended


def test_words_of_another_language_are_mended_after_the_documents_alone(spelling: Spelling) -> None:
    assert spelling.by_documents("la ventilación") == "la ventilation"
    assert spelling.by_documents("las piezas") == "las piezas"
