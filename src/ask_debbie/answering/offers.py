"""The questions that are offered after an answer."""

from __future__ import annotations

import re

from ask_debbie.answering.evidence import Evidence
from ask_debbie.answering.question import Question
from ask_debbie.answering.subjects import Subject, Subjects
from ask_debbie.corpus.profile import Profile

_STUDY = re.compile(r"educat|stud|academic|school|degree", re.IGNORECASE)
_WORK = re.compile(r"work|experience|employ|career|position|volunt|intern|appointment", re.IGNORECASE)
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
            name = subject.short.split(",")[0]  # without its town
            offered = any(name in starter for starter in self._profile.starters)
            if holds and not offered and subject not in question.subjects and 1 <= len(subject.trail) <= 2:
                near.append(self._about(subject, name))
        starters = [s for s in self._profile.starters if s != question.asked]
        return tuple(dict.fromkeys([*near, *starters]))[:_MOST]

    def _about(self, subject: Subject, name: str) -> str:
        section = subject.trail[0] if len(subject.trail) == 2 else ""
        if _STUDY.search(section):
            return f"What did {self._profile.grammar.subject} study at {name}?"
        if _WORK.search(section):
            return f"What did {self._profile.grammar.subject} do at {name}?"
        return f"Tell me about {name}."
