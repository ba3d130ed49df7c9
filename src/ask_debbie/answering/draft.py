"""A chat model's draft, sentence by sentence as it streams."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Protocol

from ask_debbie.answering.answer import Usage, Waiting
from ask_debbie.answering.evidence import Evidence
from ask_debbie.answering.question import Question


class Draft(Protocol):
    """One model call."""

    first_token: float | None
    usage: Usage

    def sentences(self) -> Iterator[str | Waiting]: ...
    def close(self) -> None: ...


class Drafter(Protocol):
    """What proposes sentences for a question and its evidence."""

    @property
    def name(self) -> str: ...
    @property
    def label(self) -> str: ...
    def draft(self, question: Question, evidence: Evidence) -> Draft: ...
