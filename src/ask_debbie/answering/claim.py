"""What an answer is made of before it is numbered."""

from __future__ import annotations

from dataclasses import dataclass

from ask_debbie.corpus.document import Passage


@dataclass(frozen=True, slots=True)
class Claim:
    """One sentence, and the passages that prove it; none where it only says what is absent."""

    text: str
    passages: tuple[Passage, ...] = ()
