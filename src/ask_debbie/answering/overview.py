"""Questions about the candidate as a whole, which no single passage answers: who she is, what stands out, how to
reach her, and a visitor's hello."""

from __future__ import annotations

import re

from ask_debbie.answering.chronology import Chronology
from ask_debbie.answering.claim import Claim
from ask_debbie.answering.contact_lines import ContactLines
from ask_debbie.answering.phrasing import state
from ask_debbie.answering.question import Question
from ask_debbie.corpus.corpus import Corpus
from ask_debbie.corpus.document import Passage
from ask_debbie.corpus.passages import plain
from ask_debbie.retrieval.terms import fold

_HELLO = re.compile(
    r"\W*(?:hi|hello|hey|hallo|hola|bonjour|ciao|good (?:morning|afternoon|evening|day)|greetings|thanks?(?: (?:you|a lot|so much))?|"
    r"thx|cheers|great|cool|nice|perfect|bye|goodbye)(?: there| all| everyone)?(?:[\s,!.]+(?:thanks?|thank you))?\W*"
)
_WHO = re.compile(
    r"\b(?:tell me|what can you (?:tell|say)|what do you know|give me (?:an? )?(?:\w+ )?(?:overview|summary|introduction|intro|pitch)"
    r"|overview|summari[sz]e|summary|introduce|describe|walk me through)\b(?!.{0,40}\b(?:she|he|they) (?:did|worked|built|led))"
    r"|\bwho (?:is|are|was) (?:she|he|they|this|the candidate|NAME)\b|^\W*(?:elevator )?pitch\W*$"
)
_STANDS_OUT = re.compile(
    r"\b(?:biggest|greatest|best|proudest|main|top|key|major|notable|most (?:\w+ )?(?:impressive|important|notable)|significant)\b.{0,20}"
    r"\b(?:achievements?|accomplishments?|wins?|success(?:es)?|contributions?|projects? she|impact|results?)\b"
    r"|\b(?:achievements|accomplishments|strengths|strong points|strong suit|selling points)\b"
    r"|\bwhy (?:should|would) (?:we|i|anyone|somebody|someone|a company) (?:hire|pick|choose|interview|want|consider|employ)\b"
    r"|\bwhat (?:makes|sets) (?:her|him|them|NAME)\b|\bwhat (?:is|are) (?:she|he|they|NAME) (?:good|best|great|known) (?:at|for)\b"
    r"|\bwhat stands out\b|\bgood fit\b|\bwhat would (?:she|he|they) bring\b"
)
_REACH = re.compile(
    r"\b(?:contact|reach|get in touch|get (?:a )?hold of|in touch with|write to|"
    r"talk to|speak (?:to|with)|connect with|message)\b.{0,20}\b(?:her|him|them|NAME|details|information|info)\b"
    r"|\b(?:drop|send|shoot) (?:her|him|them|NAME) an? (?:line|note|message|e-?mail)\b"
    r"|\bcontact (?:details|information|info|data)\b|\bhow (?:do|can|could) (?:i|we|one|you) (?:contact|reach|hire|write|email|call)\b"
)
_FIGURE = re.compile(r"[$€£%]|\d")
_MOST = 3


class Overview:
    """Answers of one corpus as a whole."""

    def __init__(self, corpus: Corpus) -> None:
        self._corpus = corpus
        self._contact = ContactLines(corpus)
        name = "|".join(re.escape(fold(word)) for word in corpus.profile.name.split())
        self._who, self._stands_out, self._reach = (
            re.compile(pattern.pattern.replace("NAME", f"(?:{name})"))
            for pattern in (_WHO, _STANDS_OUT, _REACH)
        )

    def greeting(self, asked: str) -> str | None:
        """What is said to a hello or a thank-you; None to anything else."""
        if _HELLO.fullmatch(fold(asked)):
            return f"Ask me anything about {self._corpus.profile.first_name}'s work."
        return None

    def answer(self, question: Question, chronology: Chronology) -> list[Claim] | None:
        """The claims for a question about the whole; None for a question about anything in it."""
        text = fold(question.text)
        if (lines := self._contact.asked_for(question)) is not None:
            return [self._say(p) for p in lines]
        if place := self._contact.where(question):
            return [place]
        if question.subjects or question.earlier:
            return None
        if self._reach.search(text):
            return [self._say(p) for p in self._contact.best] or None
        if question.strangers:
            return None
        if self._stands_out.search(text):
            return [self._say(p) for p in self._notable()] or None
        specific = [
            t
            for t in question.terms
            if not re.search(r"summar|overview|introduc|pitch|walk|brief|short|quick", t.word)
        ]
        if self._who.search(text) and not specific:
            return self._portrait(chronology) or None
        return None

    def _portrait(self, chronology: Chronology) -> list[Claim]:
        claims = chronology.current()
        claims += [self._say(p) for p in self._sentences()[:1]]
        return (claims + [self._say(p) for p in self._degrees()[:1]])[:_MOST]

    def _notable(self) -> list[Passage]:
        """Of the latest work, what has most figures in it, in the documents' order."""
        sentences = self._sentences()
        ranked = sorted(sentences[:12], key=lambda p: -len(_FIGURE.findall(p.text)))[:2]
        return [p for p in sentences if p in ranked]

    def _sentences(self) -> list[Passage]:
        """What the documents say of work, latest entries first."""
        works = self._corpus.timeline.of_kind("work") or self._corpus.timeline.entries
        return [
            p
            for entry in works
            if entry.headings
            for p in self._corpus.passages
            if p.kind == "sentence"
            and p.document == entry.passage.document
            and (*entry.headings[-1].breadcrumb, plain(entry.headings[-1].text))
            == p.breadcrumb[: len(entry.headings[-1].breadcrumb) + 1]
        ]

    def _degrees(self) -> list[Passage]:
        return [
            p
            for p in self._corpus.passages
            if p.kind == "sentence"
            and p.breadcrumb
            and re.search(r"educat|degree", p.breadcrumb[0], re.IGNORECASE)
        ]

    def _say(self, passage: Passage) -> Claim:
        return state(passage, self._corpus.profile.grammar)
