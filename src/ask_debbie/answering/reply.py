"""One answer in the making: its sentences, clocks and counts."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence

from ask_debbie.answering.answer import Answer, Event, Finished, SentenceReady, Status, Timings, Usage
from ask_debbie.answering.claim import Claim
from ask_debbie.answering.draft import Draft
from ask_debbie.answering.numbering import Composer
from ask_debbie.corpus.corpus import Corpus


class Reply:
    """Gathers proved sentences, numbers their citations, and times it all from its own making on."""

    def __init__(self, corpus: Corpus, question: str, engine: str, notice: str | None) -> None:
        self.question = question
        self.engine = engine
        self.notice = notice
        self._composer = Composer(corpus)
        self._started = time.perf_counter()
        self._retrieval: float | None = None
        self._first_token: float | None = None
        self._first_text: float | None = None
        self._usage = Usage()

    def found(self) -> None:
        """Take the time at which the evidence is there."""
        self._retrieval = self._elapsed()

    def drafted(self, draft: Draft) -> None:
        """Take over what the draft's model call measured."""
        if draft.first_token is not None:
            self._first_token = round((draft.first_token - self._started) * 1000, 1)
        self._usage = draft.usage

    def is_new(self, claim: Claim) -> bool:
        """Whether the answer doesn't say this sentence already."""
        return all(sentence.text != claim.text for sentence in self._composer.sentences)

    def add(self, claim: Claim) -> SentenceReady:
        sentence, citations = self._composer.add(claim)
        if self._first_text is None:
            self._first_text = self._elapsed()
        return SentenceReady(sentence, citations)

    def say(
        self, claims: Sequence[Claim], status: Status, follow_ups: tuple[str, ...] = ()
    ) -> Iterator[Event]:
        for claim in claims:
            if self.is_new(claim):
                yield self.add(claim)
        yield self.finish(status, follow_ups)

    def finish(self, status: Status, follow_ups: tuple[str, ...] = ()) -> Finished:
        timings = Timings(self._retrieval, self._first_token, self._first_text, self._elapsed())
        return Finished(
            Answer(
                question=self.question,
                status=status,
                sentences=tuple(self._composer.sentences),
                citations=tuple(self._composer.citations),
                engine=self.engine,
                timings=timings,
                usage=self._usage,
                follow_ups=follow_ups,
                notice=self.notice if status == "answered" else None,
            )
        )

    def _elapsed(self) -> float:
        return round((time.perf_counter() - self._started) * 1000, 1)
