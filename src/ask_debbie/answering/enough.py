"""Whether evidence is enough for an answer to be tried."""

from __future__ import annotations

from ask_debbie.answering import time_words as said
from ask_debbie.answering.details import is_held
from ask_debbie.answering.evidence import Evidence
from ask_debbie.answering.going_on import POINTS_BACK
from ask_debbie.answering.question import Question
from ask_debbie.retrieval.terms import fold

_POINTED = -1.0  # log-odds for what goes on from an answer without a word that points back at it


def is_enough(question: Question, evidence: Evidence, odds: float) -> bool:
    """Whether the evidence may state the answer.

    Args:
        odds: log-odds that the evidence has to pass.
    """
    if not evidence.passages:
        return False
    if question.pointed:
        if question.mentions and evidence.signals.apart and not evidence.signals.best:
            return False  # said of another place
        points = POINTS_BACK.search(fold(question.text)) is not None
        return evidence.odds > _POINTED or points or is_held(question)
    if not question.terms and not question.mentions:
        return False
    if question.strangers and not question.known_besides:
        return False
    if said.WHY.search(fold(question.text)) and not (question.terms and evidence.signals.best):
        return False
    return evidence.signals.counted and evidence.odds > odds
