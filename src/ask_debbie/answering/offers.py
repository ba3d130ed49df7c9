"""The questions that are offered after an answer."""

from __future__ import annotations

from ask_debbie.answering.evidence import Evidence
from ask_debbie.answering.question import Question
from ask_debbie.answering.subjects import Subjects
from ask_debbie.corpus.profile import Profile

_MOST = 3
_MOST_NEAR = 2


class Offers:
    """Questions that one corpus can answer."""

    def __init__(self, profile: Profile, subjects: Subjects) -> None:
        self._profile = profile
        self._subjects = subjects

    def after(self, question: Question, evidence: Evidence) -> tuple[str, ...]:
        """Up to three questions: about what stands near the evidence, then the profile's starters."""
        near: list[str] = []
        for subject in self._subjects.all:
            if len(near) == _MOST_NEAR:
                break
            holds = any(subject.holds(p) for p in evidence.passages[:3])
            offered = any(subject.short in starter for starter in self._profile.starters)
            if holds and not offered and subject not in question.subjects and 1 <= len(subject.trail) <= 2:
                near.append(
                    f"What did {self._profile.grammar.subject} do at {subject.short}?"
                    if len(subject.trail) == 2
                    else f"Tell me about {subject.short}."
                )
        starters = [s for s in self._profile.starters if s != question.asked]
        return tuple(dict.fromkeys([*near, *starters]))[:_MOST]
