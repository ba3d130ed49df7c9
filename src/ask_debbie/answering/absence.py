"""What is said when the documents don't say: what is missing, what is nearest, and how to reach the candidate."""

from __future__ import annotations

import re

from ask_debbie.answering.claim import Claim
from ask_debbie.answering.evidence import Evidence, EvidenceWeigher
from ask_debbie.answering.phrasing import listed, state
from ask_debbie.answering.question import Question, QuestionReader
from ask_debbie.corpus.corpus import Corpus
from ask_debbie.corpus.document import Passage
from ask_debbie.corpus.passages import plain
from ask_debbie.retrieval.terms import fold, stems

_AT = r"\b(?:at|for|join(?:ed)?|leave|left)\s+(?:the\s+)?"
_NEAR = 0.42  # cosine from which the nearest passage is worth showing
_MOST_NEAR = 3
_MOSTLY = 0.5  # share of the terms that are stated, where the rest can be said to be what is missing


class AbsenceWriter:
    """Says what one corpus lacks."""

    def __init__(self, corpus: Corpus, weigher: EvidenceWeigher, reader: QuestionReader) -> None:
        self._corpus = corpus
        self._weigher = weigher
        self._reader = reader
        self._grammar = corpus.profile.grammar

    def write(self, question: Question, evidence: Evidence) -> list[Claim]:
        """What is missing, the nearest that there is, and the way to ask."""
        return [self.missing(question, evidence), *self._nearest(question, evidence), *self.contact()]

    def mention(self, strangers: tuple[str, ...]) -> Claim:
        """That the documents don't mention some names."""
        names = f"{', '.join(strangers[:-1])} or {strangers[-1]}" if len(strangers) > 1 else strangers[0]
        return Claim(f"{self._documents} don't mention {names}.")

    def contact(self) -> list[Claim]:
        policy = self._corpus.profile.contact_policy
        return [Claim(policy)] if policy else []

    @property
    def _documents(self) -> str:
        return f"{self._grammar.possessive.capitalize()} documents"

    def missing(self, question: Question, evidence: Evidence) -> Claim:
        """That the documents don't say it, and what they lack where that is plain."""
        if question.strangers:
            return self.mention(question.strangers)
        nowhere = [
            t.word
            for t in question.terms
            if t.concepts and t.stem not in self._reader.stems and not t.concepts & self._reader.concepts
        ]
        rest = len(question.terms) - len(nowhere)
        told = rest <= 1 or evidence.signals.together >= _MOSTLY
        if 1 <= len(nowhere) <= 2 and told and not question.foreign:
            return Claim(f"{self._documents} don't mention {' or '.join(nowhere)}.")
        if question.subjects:
            return Claim(f"{self._documents} don't say that about {plain(question.subjects[0].short)}.")
        return Claim(f"{self._documents} don't say.")

    def _nearest(self, question: Question, evidence: Evidence) -> list[Claim]:
        text = fold(question.text)
        places = [
            s
            for s in question.strangers
            if re.search(_AT + re.escape(fold(s)), text) and not self._is_tool(s)
        ]
        organisations = self._organisations()
        if places and organisations:
            names = [plain(p.text) for p in organisations]
            joined = f"{', '.join(names[:-1])} and {names[-1]}" if len(names) > 1 else names[0]
            g = self._grammar
            return [Claim(f"{g.subject.capitalize()} {g.has} worked at {joined}.", tuple(organisations))]
        if kin := self._of_a_kind(question):
            claim = listed(kin, self._grammar)
            return [Claim(claim.text.replace(f"{self._documents} list", "They do list"), claim.passages)]
        nearest = [p for p in evidence.passages if p.kind != "heading"][:1]
        if nearest and evidence.signals.cosine >= _NEAR and (question.terms or question.subjects):
            claim = state(nearest[0], self._grammar)
            return [Claim(f"The nearest they have: {claim.text}", claim.passages)]
        return []

    def _is_tool(self, stranger: str) -> bool:
        """Whether a name is of a kind that the documents' lists have members of: no employer, then."""
        kinds = {c.name for c in self._reader.glossary.in_passage(stems(stranger)) if c.name.startswith("<")}
        return any(p.kind == "item" and kinds & self._weigher.own_concepts(p) for p in self._corpus.passages)

    def _of_a_kind(self, question: Question) -> list[Passage]:
        """Items of the corpus's lists that are of the same kind as a name that it lacks."""
        for stranger in question.strangers:
            kinds = {
                c.name for c in self._reader.glossary.in_passage(stems(stranger)) if c.name.startswith("<")
            }
            kin = [p for p in self._corpus.passages if p.kind == "item" and kinds & self._weigher.concepts(p)]
            own = [p for p in kin if kinds & self._weigher.own_concepts(p)]
            if own:
                return own[:_MOST_NEAR]
        return []

    def _organisations(self) -> list[Passage]:
        works = self._corpus.timeline.of_kind("work")
        return list(dict.fromkeys(e.headings[0] for e in works if e.organisation and e.headings))[:_MOST_NEAR]
