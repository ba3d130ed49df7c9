"""Questions that recruiters ask, and the documents don't answer."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from functools import cache
from importlib import resources
from typing import NamedTuple, Protocol

from ask_debbie.answering.about import is_answered
from ask_debbie.answering.answer import Answer
from ask_debbie.checking.finding import Finding
from ask_debbie.corpus.profile import Profile
from ask_debbie.models.artifacts import Progress, silent


class Asker(Protocol):
    """What this module needs of the assistant."""

    def ask(self, messages: str) -> Answer: ...
    @property
    def profile(self) -> Profile: ...


class _Common(NamedTuple):
    question: str
    remedy: str
    shows: str = ""


def find_unanswered(asker: Asker, progress: Progress = silent) -> Iterator[Finding]:
    """A remark for each common question that has no proved answer."""
    common = _common()
    for place, entry in enumerate(common):
        progress(place, len(common), "Asking what recruiters ask")
        question = spoken_of(entry.question, asker.profile)
        answer = asker.ask(question)
        if not is_answered(answer, rf"\b(?:{entry.shows})\b" if entry.shows else ""):
            yield Finding("remark", "unanswered", question, entry.remedy)
    progress(len(common), len(common), "Asking what recruiters ask")


def spoken_of(template: str, profile: Profile) -> str:
    """A question with the candidate's pronouns: ``What {does} {subject} do?``."""
    grammar = profile.grammar
    forms = {**grammar._asdict(), "is": grammar.is_, "first_name": profile.first_name}
    text = template.format(**forms)
    return text[:1].upper() + text[1:]


@cache
def _common() -> tuple[_Common, ...]:
    text = resources.files(__package__).joinpath("questions.toml").read_text(encoding="utf-8")
    return tuple(_Common(**entry) for entry in tomllib.loads(text)["questions"])
