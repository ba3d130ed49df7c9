"""Details of what was said: where the answer before a question tells what it asks for."""

from __future__ import annotations

from ask_debbie.answering.answer_kind import asked_kind, asks_time
from ask_debbie.answering.going_on import OF_A_DETAIL, PERSON, THERE
from ask_debbie.answering.question import Question
from ask_debbie.answering.time_words import END, LENGTH, START
from ask_debbie.corpus.passages import plain
from ask_debbie.retrieval.terms import fold

_A_DETAIL = 2  # passages of an answer that told one thing, not all of a role or a project


def is_dated_by_itself(question: Question) -> bool:
    """Whether a question asks when or how long of what was said, and that tells it: no matter of a role's dates."""
    text = fold(question.text)
    if not question.pointed or question.mentions or not asks_time(question.text):
        return False
    of_role = THERE.search(text) or (
        PERSON.search(text) and (START.search(text) or END.search(text) or LENGTH.search(text))
    )
    said = [p for p in question.earlier if p.kind in {"sentence", "field", "list"}]
    kind = asked_kind(question.text)
    return (
        kind is not None
        and not of_role
        and len(said) <= _A_DETAIL
        and any(kind.holds(plain(p.text)) for p in said)
    )


def is_held(question: Question) -> bool:
    """Whether a question of a mere detail ("how many came back?") finds that kind of thing in what was said."""
    text = fold(question.text)
    if not OF_A_DETAIL.match(text) or PERSON.search(text):
        return False
    kind = asked_kind(question.text)
    return kind is not None and any(kind.holds(plain(p.text)) for p in question.earlier)
