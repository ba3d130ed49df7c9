"""A question in, an answer out whose every sentence is proved: the whole path, top to bottom."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Generator, Iterator, Mapping, Sequence
from contextlib import suppress
from copy import copy

from ask_debbie.answering.absence import AbsenceWriter
from ask_debbie.answering.agreement import Disagreements
from ask_debbie.answering.answer import (
    Answer,
    Event,
    EvidenceFound,
    Finished,
    Message,
    Waiting,
)
from ask_debbie.answering.claim import Claim
from ask_debbie.answering.computed import Computed
from ask_debbie.answering.condense import condense
from ask_debbie.answering.demands import Demands
from ask_debbie.answering.details import is_dated_by_itself
from ask_debbie.answering.draft import Drafter
from ask_debbie.answering.enough import is_enough
from ask_debbie.answering.evidence import Evidence, EvidenceWeigher
from ask_debbie.answering.extract import ExtractiveWriter
from ask_debbie.answering.offers import Offers
from ask_debbie.answering.parts import Parts
from ask_debbie.answering.phrasing import in_third_person
from ask_debbie.answering.prove import Prover
from ask_debbie.answering.question import Question, QuestionReader
from ask_debbie.answering.refusals import Refusals
from ask_debbie.answering.reply import Reply
from ask_debbie.answering.role_dates import RoleDates
from ask_debbie.answering.scope import Scope
from ask_debbie.answering.scope_examples import ScopeExamples
from ask_debbie.answering.verify import Verifier
from ask_debbie.corpus.corpus import Corpus
from ask_debbie.corpus.document import Document, Passage
from ask_debbie.corpus.passages import plain
from ask_debbie.corpus.profile import Profile
from ask_debbie.errors import EngineError
from ask_debbie.models.spend import Spend
from ask_debbie.retrieval.retriever import HybridRetriever
from ask_debbie.retrieval.terms import default_glossary

RESTING = "Quoted directly; the writing model is resting."
READING = "Quoted directly; the writing model is still reading the documents."
_MOST_SENTENCES = 3
_HISTORY = 10  # earlier messages that a question may go on from
_SURE = 1.8  # log-odds of the evidence from which it is quoted whatever a model says
_LINES = 5  # passages that a model judges one by one: half a second each
_DOUBT = 0.13  # how much surer a model has to be of a line for each log-odd that speaks against the evidence
_PLAIN = 1.2  # log-odds of the evidence from which a question isn't compared with those that are declined
_LIKELY = 0.9  # share of the nearest labelled questions that are declined, where there is some evidence
_POSSIBLE = 0.7  # the same, where there is none
_HOPELESS = -3.3  # log-odds below which no model is asked


class Assistant:
    """Answers questions about the candidate of one corpus.

    Holds no conversation: each call is given the whole of it. Safe to share between threads.

    Args:
        drafter: the chat model; None for the extractive engine.
        spare: the chat model that takes over once the day's dollars for the first are spent.
        today: the day that "present" means.
        notice: a line for every answer's foot, such as why a model that was asked for isn't there.
        max_question: characters of a question beyond which it is refused.
        examples: labelled questions that a doubtful one is compared with; without them scope.toml decides alone.
    """

    def __init__(
        self,
        corpus: Corpus,
        retriever: HybridRetriever,
        drafter: Drafter | None = None,
        *,
        spare: Drafter | None = None,
        today: Callable[[], dt.date] = dt.date.today,
        notice: str | None = None,
        max_question: int = 2000,
        examples: ScopeExamples | None = None,
    ) -> None:
        glossary = default_glossary()
        self.corpus = corpus
        self._retriever = retriever
        self._drafter = drafter
        self._spare = spare
        self._notice = notice
        self._max_question = max_question
        self._reader = QuestionReader(corpus, glossary)
        self._weigher = EvidenceWeigher(corpus.passages, glossary)
        self._extractive = ExtractiveWriter(corpus, self._weigher)
        self._prover = Prover(Verifier(corpus, glossary), self._weigher, self._extractive)
        self._code = Computed(corpus, glossary, self._reader, self._extractive, today)
        self._refusals = Refusals(
            Scope(corpus.profile, (plain(p.text) for p in corpus.passages)), examples, self._reader
        )
        self._role_dates = RoleDates(corpus)
        self._disagreements = Disagreements(corpus)
        self._absence = AbsenceWriter(corpus, self._weigher, self._reader)
        self._demands = Demands(self._weigher, self._reader)
        self._offers = Offers(corpus.profile, self._reader.subjects)

    def with_local(self, drafter: Drafter | None, *, as_spare: bool = False) -> Assistant:
        """The same assistant with a chat model of this machine's, which takes over or stands in for a paid one."""
        other = copy(self)
        if as_spare:
            other._spare = drafter
        else:
            other._drafter = drafter
            other._notice = RESTING if drafter is None else None
        return other

    @property
    def profile(self) -> Profile:
        return self.corpus.profile

    @property
    def documents(self) -> Mapping[str, Document]:
        return self.corpus.documents

    @property
    def engine(self) -> str:
        """The engine's name, as answers carry it."""
        writer = self._writer()
        return writer.name if writer else "extractive"

    @property
    def engine_label(self) -> str:
        """The engine's name for a visitor."""
        writer = self._writer()
        return writer.label if writer else "Quotes only"

    @property
    def spend(self) -> Spend | None:
        """What the paid engine may cost a day, where something caps it."""
        return self._drafter.spend if self._drafter else None

    def ask(self, messages: Sequence[Message] | str) -> Answer:
        """The answer to the last of the messages, or to a single question."""
        conversation: Sequence[Message] = (
            [{"role": "user", "content": messages}] if isinstance(messages, str) else messages
        )
        *_, last = self.stream(conversation)
        assert isinstance(last, Finished)  # noqa: S101 - the stream's contract
        return last.answer

    def stream(self, messages: Sequence[Message]) -> Iterator[Event]:
        """Evidence first, then each proved sentence as it is ready, then the whole answer.

        Closing the iterator stops the engine. Raises nothing for what a visitor may write.
        """
        writer = self._writer()
        answer = Reply(
            self.corpus,
            messages[-1]["content"] if messages else "",
            writer.name if writer else "extractive",
            RESTING if self._drafter and not writer else self._notice,
        )
        asked = _clean(answer.question)
        if problem := self._problem(messages, asked):
            yield from answer.say([Claim(problem)], "error")
            return
        conversation = self._conversation(messages, asked)
        if hello := self._code.greeting(asked):
            yield from answer.say([Claim(hello)], "answered", self.profile.starters[:3])
            return
        if refusal := self._refusals.of_words(asked):
            yield from answer.say([Claim(refusal)], "declined")
            return
        question = self._condensed(conversation)
        if refusal := self._refusals.of_question(question):
            yield from answer.say([Claim(refusal)], "declined")
            return
        computed = self._computed(question)
        evidence = self._evidence(question)
        if writer is not None and not writer.knows(evidence):
            writer, answer.engine = None, "extractive"  # to read it now would take the model seconds
        answer.found()
        yield EvidenceFound(tuple(p for claim in computed or () for p in claim.passages) or evidence.passages)
        if computed:
            computed = self._disagreements.told(computed)
            yield from answer.say(computed, "answered", self._offers.after(question, evidence))
        elif computed is not None or not self._enough(question, evidence, _HOPELESS if writer else 0.0):
            if computed is None and (refusal := self._refusals.of_topic(question, evidence)):
                yield from answer.say([Claim(refusal)], "declined")
            else:
                yield from self._absent(answer, question, evidence)
        elif evidence.odds < _PLAIN and (refusal := self._refusals.of_likeness(question, _LIKELY)):
            yield from answer.say([Claim(refusal)], "declined")
        else:
            yield from self._written(answer, question, evidence, writer)

    def find(self, messages: Sequence[Message]) -> tuple[Passage, ...]:
        """The passages found for the last message, best first, as a stream's first event shows them: what the
        timeline or a list has on it, then what the search found."""
        asked = _clean(messages[-1]["content"])
        question = self._condensed(self._conversation(messages, asked))
        computed = [p for claim in self._computed(question) or () for p in claim.passages]
        return tuple(dict.fromkeys([*computed, *self._evidence(question).passages]))

    def _conversation(self, messages: Sequence[Message], asked: str) -> list[Message]:
        before = [
            Message(role=m["role"], content=_clean(m["content"][: self._max_question]))
            for m in messages[-_HISTORY - 1 : -1]
        ]
        return [*before, Message(role="user", content=asked)]

    def _condensed(self, conversation: Sequence[Message]) -> Question:
        return condense(conversation, self._reader, self._cited, self._refusals.of_words)

    def _writer(self) -> Drafter | None:
        """Who writes now."""
        return self._drafter if self._drafter and self._drafter.affordable else self._spare

    def _written(
        self, answer: Reply, question: Question, evidence: Evidence, writer: Drafter | None
    ) -> Iterator[Event]:
        """The draft's sentences that the evidence proves; else the evidence's own words, where it is enough."""
        absent = False
        proved = 0
        cited: list[Passage] = []
        drafted: list[Claim] = []
        small = writer is not None and writer.reads_lines
        # The documents' own words are more often right than what a small model makes of them.
        if small and evidence.odds > 0.0 and not question.foreign:
            writer = None
        doubtful = small and not (question.pointed or question.foreign)
        if writer is not None:
            draft = writer.draft(question, evidence)
            try:
                for piece in draft.sentences():
                    if isinstance(piece, Waiting):
                        yield piece
                        continue
                    claim = self._prover.claim(
                        in_third_person(piece, self.profile.grammar), question, evidence
                    )
                    if claim and proved < _MOST_SENTENCES and answer.is_new(claim):
                        if doubtful:
                            drafted.append(claim)
                            continue
                        proved += 1
                        cited += claim.passages
                        yield answer.add(claim)
                absent = draft.absent
            except EngineError:
                answer.engine, answer.notice = "extractive", RESTING
            finally:
                draft.close()
                answer.drafted(draft)
            if draft.first_token is None:  # a stream with nothing in it is a failure too
                answer.engine, answer.notice = "extractive", RESTING
            for claim in drafted:
                if (yield from self._answers(claim, question, writer)):
                    proved += 1
                    cited += claim.passages
                    yield answer.add(claim)
        if proved == 0:
            judge = None if answer.notice == RESTING else writer
            claims = yield from self._quoted(question, evidence, judge, absent)
            if not claims:
                yield from self._absent(answer, question, evidence)
                return
            for claim in claims:
                cited += claim.passages
                yield answer.add(claim)
        elif proved < _MOST_SENTENCES:
            for claim in self._left_out(question, evidence, cited)[: _MOST_SENTENCES - proved]:
                yield answer.add(claim)
        for claim in (*self._role_dates.of(question, cited), *self._disagreements.otherwise(cited)):
            yield answer.add(claim)
        if question.strangers:
            yield answer.add(self._absence.mention(question.strangers))
        yield answer.finish("answered", self._offers.after(question, evidence))

    def _answers(self, claim: Claim, question: Question, writer: Drafter) -> Generator[Waiting, None, bool]:
        """Returns whether the model that wrote a sentence says of its passage that it answers the question."""
        with suppress(EngineError):
            return (yield from writer.answering_line(question, claim.passages[:1])) is not None
        return False

    def _left_out(self, question: Question, evidence: Evidence, cited: Sequence[Passage]) -> list[Claim]:
        """What the evidence states of the question's terms and the draft's sentences don't."""
        told = {t.stem for t in question.terms for p in cited if self._weigher.states(p, t)}
        claims = []
        for claim in self._extractive.write(question, evidence):
            new = {
                t.stem for t in question.terms for p in claim.passages if self._weigher.states(p, t)
            } - told
            if new and not set(claim.passages) & set(cited):
                claims.append(claim)
                told |= new
        return claims

    def _quoted(
        self, question: Question, evidence: Evidence, writer: Drafter | None, absent: bool
    ) -> Generator[Waiting, None, list[Claim]]:
        """Returns the evidence's own words where the draft had none that it proves; none where it isn't enough.

        Args:
            absent: whether the draft said that the documents don't say.
        """
        if question.pointed or evidence.odds > _SURE:
            return self._extractive.write(question, evidence)
        if writer is not None and writer.reads_lines:
            lines = [p for p in evidence.passages if p.kind != "heading"][:_LINES]
            least = max(0.0, -_DOUBT * evidence.odds)
            with suppress(EngineError):
                line = (
                    None if question.strangers else (yield from writer.answering_line(question, lines, least))
                )
                return [self._extractive.say(line)] if line else []
        sure = _SURE if absent else 0.0
        return self._extractive.write(question, evidence) if evidence.odds > sure else []

    def _absent(self, answer: Reply, question: Question, evidence: Evidence) -> Iterator[Event]:
        if refusal := self._refusals.of_likeness(question, _POSSIBLE):
            yield from answer.say([Claim(refusal)], "declined")
            return
        claims = self._absence.write(question, evidence)
        yield from answer.say(claims, "abstained", self._offers.after(question, evidence))

    def _evidence(self, question: Question) -> Evidence:
        return self._weigher.weigh(question, self._retriever.search(question.text))

    def _enough(self, question: Question, evidence: Evidence, odds: float) -> bool:
        return is_enough(question, evidence, odds) and self._demands.are_met(question, evidence)

    def _computed(self, question: Question) -> list[Claim] | None:
        """What code answers better than any model, of one question or of the parts of one; None for others."""
        if is_dated_by_itself(question):
            return None
        writer = self._writer()
        quoted = writer is None or writer.reads_lines
        whole = self._code.whole(question) or self._parts.of_questions(question, all_quoted=quoted)
        if whole is not None:
            return whole
        if (claims := self._code.answer(question)) is not None or not quoted:
            return claims
        return self._parts.of_topics(question)

    @property
    def _parts(self) -> Parts:
        return Parts(
            self._reader,
            self._weigher,
            self._extractive,
            self._absence,
            self._computed,
            self._evidence,
            self._enough,
        )

    def _cited(self, question: Question) -> tuple[Passage, ...]:
        """What the answer to a question would cite: its computed claims' passages, or the best found."""
        computed = self._computed(question)
        if computed:
            return tuple(dict.fromkeys(p for claim in computed for p in claim.passages))
        evidence = self._evidence(question)
        if computed is not None or not self._enough(question, evidence, 0.0):
            return ()
        claims = self._extractive.write(question, evidence)
        return tuple(dict.fromkeys(p for claim in claims for p in claim.passages))

    def _problem(self, messages: Sequence[Message], asked: str) -> str | None:
        """Why a question can't be taken, in plain words."""
        if not messages or not asked:
            return f"Ask a question about {self.profile.first_name}'s work."
        if len(messages[-1]["content"]) > self._max_question:
            return f"That question is too long: please keep it under {self._max_question:,} characters."
        return None


def _clean(text: str) -> str:
    """The text without control and direction characters, blanks folded."""
    text = text.encode("utf-8", "replace").decode("utf-8")
    text = re.sub(r"[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]", "", text)
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())
