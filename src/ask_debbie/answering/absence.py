"""What is said when the documents don't say: what is missing, what is nearest, and how to reach the candidate."""

from __future__ import annotations

import re

from ask_debbie.answering.claim import Claim
from ask_debbie.answering.evidence import Evidence, EvidenceWeigher
from ask_debbie.answering.phrasing import listed, state
from ask_debbie.answering.question import GENERIC, Question, QuestionReader
from ask_debbie.answering.time_words import ABOUT_TIME
from ask_debbie.answering.titles import Titles
from ask_debbie.corpus.corpus import Corpus
from ask_debbie.corpus.document import Passage
from ask_debbie.corpus.passages import plain
from ask_debbie.retrieval.terms import STOP_WORDS, fold, stem, stems

_AT = r"\b(?:at|for|join(?:ed)?|leave|left)\s+(?:the\s+)?"
_NEAR = 0.42  # cosine from which the nearest passage is worth showing
_MOST_NEAR = 3
_NO_TOPICS = frozenset(
    """lady guy girl boy man woman gal chap bloke kid kids child children folk folks person somebody someone anybody
    anyone candidate applicant boss friend buddy thing things stuff bit lot kind sort way ways day days night nights
    good great bad nice big small easy hard fun cool real actual legally really won
    win wins winning speak speaks spoken speaking willing open able located live lives based earn earned receive received
    managed manage published publish""".split()
)
_MOSTLY = 0.5  # share of the terms that are stated, where the rest can be said to be what is missing


class AbsenceWriter:
    """Says what one corpus lacks."""

    def __init__(self, corpus: Corpus, weigher: EvidenceWeigher, reader: QuestionReader) -> None:
        self._corpus = corpus
        self._weigher = weigher
        self._reader = reader
        self._grammar = corpus.profile.grammar
        self._titles = Titles(corpus)

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
        if title := self._titles.unheld(question.text):
            return Claim(f"{self._documents} don't mention the title of {title}.")
        if question.strangers:
            return self.mention(question.strangers)
        nowhere = [
            t
            for t in question.terms
            if t.concepts and t.stem not in self._reader.stems and not t.concepts & self._reader.concepts
        ]
        names = _as_asked([t.word for t in nowhere], question.asked)
        rest = len(question.terms) - len(nowhere)
        told = rest <= 1 or evidence.signals.together >= _MOSTLY
        if 1 <= len(nowhere) <= 2 and names and told and not question.foreign:
            return Claim(f"{self._documents} don't mention {' or '.join(names)}.")
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
        named = {plain(e.headings[0].text): e.headings[0] for e in works if e.organisation and e.headings}
        return list(named.values())[:_MOST_NEAR]


def _as_asked(missing: list[str], asked: str) -> list[str]:
    """Missing words as the visitor wrote them, "mental health" and "master's" whole; empty where one was mended."""
    tokens = re.findall(r"[\w+#.-]*\w(?:['’]s)?|\S", asked)
    folded = [re.sub(r"['’]s$", "", fold(token)) for token in tokens]
    missing = [w for w in missing if w not in _NO_TOPICS and stem(w) not in ABOUT_TIME]
    if any(word not in folded for word in missing):
        return []
    names: list[list[str]] = []
    last = -2
    for place, (token, word) in enumerate(zip(tokens, folded, strict=True)):
        if word in missing or (last == place - 1 and names and _goes_with(word)):
            if last == place - 1:
                names[-1].append(token)
            else:
                names.append([token])
            last = place if word in missing else -2
    return [" ".join(name) for name in names]


def _goes_with(word: str) -> bool:
    return word.isalpha() and word not in STOP_WORDS | _NO_TOPICS and stem(word) not in ABOUT_TIME | GENERIC
