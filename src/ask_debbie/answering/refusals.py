"""What is declined: by the patterns of scope.toml, by likeness to labelled questions, or as about something else."""

from __future__ import annotations

from ask_debbie.answering.evidence import Evidence
from ask_debbie.answering.question import Question, QuestionReader
from ask_debbie.answering.scope import Scope
from ask_debbie.answering.scope_examples import ScopeExamples


class Refusals:
    """Declines for one candidate. Each gives one kind sentence, or None where nothing is declined."""

    def __init__(self, scope: Scope, examples: ScopeExamples | None, reader: QuestionReader) -> None:
        self._scope = scope
        self._examples = examples
        self._reader = reader

    def of_words(self, asked: str) -> str | None:
        """By the visitor's own words."""
        return self._scope.refusal(asked)

    def of_question(self, question: Question) -> str | None:
        """By what they mean in English, or together with what was said before."""
        if question.foreign:
            return self._scope.refusal_of_words(question.text)
        return self._scope.refusal(question.text) if question.text != question.asked else None

    def of_likeness(self, question: Question, share: float) -> str | None:
        """Where at least ``share`` of the labelled questions nearest to this one are declined."""
        if self._examples is None or question.earlier or self._reader.names_known_thing(question):
            return None
        topic, found = self._examples.topic(question.text)
        return self._scope.refusal_of_topic(topic) if found >= share else None

    def of_topic(self, question: Question, evidence: Evidence) -> str | None:
        """Where it is about nobody who may be the candidate, and about nothing in the documents."""
        about_else = (
            not question.foreign
            and not self._scope.is_about_candidate(question.asked)
            and not question.subjects
            and not question.earlier
            and evidence.signals.together < 0.5
            and evidence.signals.cosine < 0.3
            and len(question.asked.split()) > 3
        )
        return self._scope.off_topic if about_else else None
