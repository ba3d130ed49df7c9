"""From what was found to what an answer may rest on: is it enough, and which of it."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from ask_debbie.answering.question import Question, Term
from ask_debbie.corpus.document import Passage
from ask_debbie.corpus.passages import plain
from ask_debbie.retrieval.retriever import Found
from ask_debbie.retrieval.terms import Glossary, stems

TOP = 8
_SCOPE_BONUS = 0.6
_EARLIER_BONUS = 0.5
_CARRIED_BONUS = 0.25
_LIST_KINDS = frozenset({"item", "list"})


@dataclass(frozen=True, slots=True)
class Signals:
    """What tells whether the evidence states an answer.

    Attributes:
        best: share of the question's terms that the best single passage states, with its headings.
        together: share that the top passages state between them.
        cosine: similarity of the nearest passage's vector to the question's.
        keyword: the nearest passage's share of the search's best keyword score.
        terms: how many terms there are.
    """

    best: float
    together: float
    cosine: float
    terms: int


@dataclass(frozen=True, slots=True)
class Evidence:
    """The passages for a question, best first, and what speaks for their being enough."""

    passages: tuple[Passage, ...]
    signals: Signals
    scores: tuple[float, ...]
    missing: tuple[Term, ...]

    @property
    def odds(self) -> float:
        """Log-odds that the passages state the answer; fitted on the evaluation's questions."""
        s = self.signals
        return -3.6 + 2.4 * s.best + 2.2 * s.together + 4.0 * s.cosine


class EvidenceWeigher:
    """Ranks what a search found by what the question is about."""

    def __init__(self, passages: Sequence[Passage], glossary: Glossary) -> None:
        self._glossary = glossary
        self._stems: dict[tuple[str, int, int], frozenset[str]] = {}
        self._concepts: dict[tuple[str, int, int], frozenset[str]] = {}
        for passage in passages:
            texts = (plain(passage.text), *passage.breadcrumb)
            self._stems[passage.key] = frozenset(s for text in texts for s in stems(text))
            self._concepts[passage.key] = frozenset(
                c.name for text in texts for c in glossary.in_passage(stems(text))
            )

    def weigh(self, question: Question, found: Sequence[Found]) -> Evidence:
        """The passages in the question's scope, best first."""
        scored = [(f.score + self._bonus(question, f.passage), f) for f in found if not _is_label(f.passage)]
        if question.subjects:
            inside = [(s, f) for s, f in scored if self._in_scope(question, f.passage)]
            scored = inside or scored
        scored.sort(key=lambda pair: -pair[0])
        top = [f for _, f in scored[:TOP]]
        passages = tuple(f.passage for f in top)
        stated = [[self.states(f.passage, t) for t in question.terms] for f in top]
        count = len(question.terms)
        best = max((sum(row) / count for row in stated), default=0.0) if count else 1.0
        together = (
            sum(any(row[i] for row in stated[:5]) for i in range(count)) / count if count else 1.0
        )
        missing = tuple(t for i, t in enumerate(question.terms) if not any(row[i] for row in stated))
        cosine = max((f.cosine for f in top), default=0.0)
        return Evidence(
            passages, Signals(best, together, cosine, count), tuple(s for s, _ in scored[:TOP]), missing
        )

    def states(self, passage: Passage, term: Term) -> bool:
        """Whether a passage, with the headings above it, states a term."""
        key = passage.key
        return term.stem in self._stems[key] or bool(term.concepts & self._concepts[key])

    def concepts(self, passage: Passage) -> frozenset[str]:
        return self._concepts[passage.key]

    def _in_scope(self, question: Question, passage: Passage) -> bool:
        return any(s.holds(passage) or self._names(s.title, passage) for s in question.subjects)

    def _names(self, title: str, passage: Passage) -> bool:
        named = set(stems(title)[:2])
        return bool(named) and named <= set(stems(plain(passage.text)))

    def _bonus(self, question: Question, passage: Passage) -> float:
        bonus = 0.0
        if any(s.holds(passage) for s in question.subjects):
            bonus += _SCOPE_BONUS
        elif any(s.holds(passage) for s in question.carried):
            bonus += _CARRIED_BONUS
        if any(passage.key == earlier.key for earlier in question.earlier):
            bonus += _EARLIER_BONUS
        count = len(question.terms)
        if count:
            bonus += 0.6 * sum(self.states(passage, t) for t in question.terms) / count
        return bonus


def _is_label(passage: Passage) -> bool:
    """A section's heading or a bare name: it points at evidence and is none."""
    return passage.kind == "heading" and not passage.breadcrumb


def probability(odds: float) -> float:
    """Log-odds as a probability."""
    return 1.0 / (1.0 + math.exp(-odds))
