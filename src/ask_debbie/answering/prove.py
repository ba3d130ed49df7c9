"""From a drafted sentence to a claim: proved, about the question, and saying more than it did."""

from __future__ import annotations

import re

from ask_debbie.answering.claim import Claim
from ask_debbie.answering.evidence import Evidence, EvidenceWeigher
from ask_debbie.answering.extract import ExtractiveWriter
from ask_debbie.answering.question import Question
from ask_debbie.answering.verify import Verifier
from ask_debbie.retrieval.terms import content_stems, stems


class Prover:
    """Takes or leaves the sentences that a model drafts about one corpus."""

    def __init__(self, verifier: Verifier, weigher: EvidenceWeigher, extractive: ExtractiveWriter) -> None:
        self._verifier = verifier
        self._weigher = weigher
        self._extractive = extractive

    def claim(self, sentence: str, question: Question, evidence: Evidence) -> Claim | None:
        """The sentence with its passages, or what its passage says in full; None where it isn't proved or is about
        something else."""
        if _is_fragment(sentence):
            return self._completed(sentence, question, evidence)
        echoed = frozenset(t.stem for t in question.terms if not t.word[:1].isupper())
        claim = self._verifier.check(sentence, evidence.passages, echoed)
        if claim is None:
            return None
        if question.mentions and not any(self._weigher.in_scope(question, p) for p in claim.passages):
            return None
        if not self._is_relevant(claim, question, evidence):
            return None
        if self._is_thin(sentence, question, claim):
            return self._extractive.say(claim.passages[0])
        return claim

    def _completed(self, fragment: str, question: Question, evidence: Evidence) -> Claim | None:
        """ "60K." says too little by itself: the passage that has it, and most of the question, says it whole."""
        holding = [p for p in evidence.passages if self._verifier.holds(fragment, p)]
        if not holding:
            return None
        return self._extractive.say(
            max(holding, key=lambda p: sum(self._weigher.states(p, t) for t in question.terms))
        )

    def _is_thin(self, sentence: str, question: Question, claim: Claim) -> bool:
        """Whether a sentence says yes and nothing that the question didn't: then its passage says more."""
        said = set(content_stems(sentence)) - set(stems(question.text)) - {"yes"}
        return not said and claim.passages[0].kind == "sentence"

    def _is_relevant(self, claim: Claim, question: Question, evidence: Evidence) -> bool:
        """Whether a proved sentence rests on what the question is about, and not on some other true thing."""
        first = claim.passages[0]
        rank = evidence.passages.index(first) if first in evidence.passages else len(evidence.passages)
        if not question.terms:
            return rank < 3
        stated = sum(any(self._weigher.states(p, t) for p in claim.passages) for t in question.terms)
        best = max(sum(self._weigher.states(p, t) for t in question.terms) for p in evidence.passages)
        return stated >= best or (rank < 3 and stated * 2 >= best)


def _is_fragment(sentence: str) -> bool:
    return len(sentence.split()) <= 6 and not re.match(
        r"(?:she|he|they|her|his|their|yes|it|the)\b", sentence, re.IGNORECASE
    )
