"""Questions that ask for several things: each answered by itself."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from ask_debbie.answering.absence import AbsenceWriter
from ask_debbie.answering.claim import Claim
from ask_debbie.answering.evidence import Evidence, EvidenceWeigher
from ask_debbie.answering.extract import ExtractiveWriter, asks_use
from ask_debbie.answering.places import asks_where
from ask_debbie.answering.question import Question, QuestionReader
from ask_debbie.answering.small_talk import questions_in
from ask_debbie.answering.subjects import Mention
from ask_debbie.answering.topics import fully, topics_in
from ask_debbie.corpus.document import Passage
from ask_debbie.corpus.passages import plain
from ask_debbie.retrieval.terms import stems

_HOW = re.compile(r"\W*how\W*", re.IGNORECASE)
_HALF = 0.4  # log-odds from which half of a question is answered
_MOST_OF_PLACE = 2  # sentences of each place that a question names
_WHOLE = 0.0  # log-odds from which a question is answered


@dataclass(frozen=True, slots=True)
class Parts:
    """Answers the parts of questions about one corpus.

    Attributes:
        computed: what code answers of a question; None where it can't.
        evidence: the evidence for a question.
        enough: whether evidence is enough for a question, beyond some log-odds.
    """

    reader: QuestionReader
    weigher: EvidenceWeigher
    extractive: ExtractiveWriter
    absence: AbsenceWriter
    computed: Callable[[Question], list[Claim] | None]
    evidence: Callable[[Question], Evidence]
    enough: Callable[[Question, Evidence, float], bool]

    def of_questions(self, question: Question, *, all_quoted: bool) -> list[Claim] | None:
        """The claims of a question that asks two things, of which code answers at least one; None for others.

        Args:
            all_quoted: whether it needn't be code that answers one.
        """
        parts = [] if question.earlier or question.foreign else questions_in(question.text)
        claims: list[Claim] = []
        computed = answered = 0
        mentions: tuple[Mention, ...] = ()
        for part in parts:
            read = self.reader.read(part)
            bare = not (read.terms or read.mentions)
            if bare and claims and asks_where(part):
                continue  # "and at which companies?": the part before it is told with them
            if bare and claims and _HOW.fullmatch(part):
                continue  # "and how?"
            if bare:  # "and what did she do before?" goes on from the part before it
                read = replace(read, earlier=tuple(p for claim in claims for p in claim.passages))
            found = self.computed(read)
            if bare and not found and mentions:  # "what did she do there and when was it?": of the same place
                found = self.computed(replace(read, mentions=mentions, earlier=()))
            if bare and not found:
                return None
            mentions = read.mentions or mentions
            computed += bool(found)
            if not found:
                evidence = self.evidence(read)
                enough = self.enough(read, evidence, _HALF)
                located = asks_where(question.text)
                found = self.extractive.write(read, evidence, located=located)[:2] if enough else []
                answered += bool(found)
                found = found or [self.absence.missing(read, evidence)]
            claims += found
        return claims if computed or (answered and all_quoted) else None

    def of_topics(self, question: Question) -> list[Claim] | None:
        """The claims of a question that lists several things, where the evidence for the whole of it lacks some;
        None for others."""
        if question.earlier or question.foreign or question.more or question.strangers:
            return None
        topics = topics_in(question)
        if not topics:
            return None
        evidence = self.evidence(question)
        enough = self.enough(question, evidence, _WHOLE)
        plainly = self.extractive.write(question, evidence) if enough else []
        answers = [self._of_topic(topic, question, plainly) for topic in topics]
        if any(answers):
            answers = [a or self._nearly(t, question) for a, t in zip(answers, topics, strict=True)]
        claims = {claim.text: claim for answer in answers for claim in answer}
        if not all(answers) if not enough else not set(claims) - {c.text for c in plainly}:
            return None
        return list(claims.values())

    def _of_topic(self, topic: Question, question: Question, plainly: Sequence[Claim]) -> Sequence[Claim]:
        """One of the claims for the whole question, where it states the topic as well as any; else the best."""
        evidence = self.evidence(topic)
        if not self.enough(topic, evidence, _WHOLE):
            return [c for c in plainly if any(self._states(p, topic) for p in c.passages)][:1]
        if not topic.terms:
            return self.extractive.write(topic, evidence)[:_MOST_OF_PLACE]
        wanted = [p for p in evidence.passages if p.kind != "heading" and self._states(p, topic)]
        if asks_where(question.text) or asks_use(question.text):
            wanted = [p for p in wanted if p.kind == "sentence"] or wanted
        wanted = [p for p in wanted if _says(p, topic)] or wanted
        said = next((c for c in plainly if set(c.passages) & set(wanted)), None)
        if said or not wanted:
            return [said] if said else []
        wanted.sort(key=lambda p: p.kind == "item")
        return [self.extractive.say(wanted[0], asks_where(question.text))]

    def _nearly(self, topic: Question, question: Question) -> Sequence[Claim]:
        """What states half of a thing that is listed with others: its last word best, as "error" of "prediction error"."""
        evidence = self.evidence(topic)
        if len(topic.terms) != 2 or not self.enough(topic, evidence, _HALF):
            return []
        for term in reversed(topic.terms):
            for passage in evidence.passages:
                if passage.kind == "sentence" and self.weigher.states_itself(passage, term):
                    return [self.extractive.say(passage, asks_where(question.text))]
        return []

    def _states(self, passage: Passage, topic: Question) -> bool:
        if topic.mentions and not self.weigher.in_scope(topic, passage):
            return False
        return fully(topic, [self.weigher.states(passage, t) for t in topic.terms])


def _says(passage: Passage, topic: Question) -> bool:
    """Whether it has the topic's own words."""
    found = set(stems(" ".join((plain(passage.text), *passage.breadcrumb))))
    return fully(topic, [t.stem in found for t in topic.terms])
