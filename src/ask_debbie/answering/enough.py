"""Whether evidence is enough for an answer to be tried."""

from __future__ import annotations

from ask_debbie.answering import time_words as said
from ask_debbie.answering.answer_kind import asked_kind
from ask_debbie.answering.evidence import Evidence
from ask_debbie.answering.going_on import OF_A_DETAIL, PERSON, POINTS_BACK
from ask_debbie.answering.question import Question
from ask_debbie.corpus.passages import plain
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
        text = fold(question.text)
        kind = asked_kind(question.text) if OF_A_DETAIL.match(text) and not PERSON.search(text) else None
        return (
            evidence.odds > _POINTED
            or POINTS_BACK.search(text) is not None
            or (kind is not None and any(kind.holds(plain(p.text)) for p in question.earlier))
        )
    if not question.terms and not question.mentions:
        return False
    if question.strangers and not question.known_besides:
        return False
    if said.WHY.search(fold(question.text)) and not (question.terms and evidence.signals.best):
        return False
    return evidence.odds > odds
