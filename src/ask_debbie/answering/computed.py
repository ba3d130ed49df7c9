"""What code answers better than any model: counts, sections, studies, dates, lists of a kind, the whole."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable

from ask_debbie.answering.chronology import Chronology
from ask_debbie.answering.claim import Claim
from ask_debbie.answering.counts import EntryCounter
from ask_debbie.answering.extract import ExtractiveWriter
from ask_debbie.answering.overview import Overview
from ask_debbie.answering.question import Question, QuestionReader
from ask_debbie.answering.sections import SectionLister
from ask_debbie.answering.studies import Studies
from ask_debbie.corpus.corpus import Corpus
from ask_debbie.retrieval.terms import Glossary

_LISTING = re.compile(r"\b(?:which|what|list|name)\b", re.IGNORECASE)


class Computed:
    """Answers that are computed from one corpus, as of ``today``."""

    def __init__(
        self,
        corpus: Corpus,
        glossary: Glossary,
        reader: QuestionReader,
        extractive: ExtractiveWriter,
        today: Callable[[], dt.date],
    ) -> None:
        self._corpus = corpus
        self._glossary = glossary
        self._reader = reader
        self._extractive = extractive
        self._today = today
        self._overview = Overview(corpus)
        self._counts = EntryCounter(corpus)
        self._sections = SectionLister(corpus, glossary)
        self._studies = Studies(corpus)

    def greeting(self, asked: str) -> str | None:
        """What is said to a hello or a thank-you; None to anything else."""
        return self._overview.greeting(asked)

    def whole(self, question: Question) -> list[Claim] | None:
        """All of the sections that a question asks for, however it is put: "any talks, and what were they called?";
        None where it asks anything else."""
        return self._sections.of_kinds(question)

    def answer(self, question: Question) -> list[Claim] | None:
        """The claims; empty where code could answer and the documents don't say; None where it is no such question."""
        chronology = Chronology(self._corpus, self._glossary, self._today(), self._reader.read)
        if (claims := self._counts.answer(question)) is not None:
            return claims
        if (claims := chronology.latest(question)) is not None:
            return claims
        if (claims := self._sections.answer(question) or self._studies.answer(question)) is not None:
            return claims
        if (claims := self._overview.answer(question, chronology)) is not None:
            return claims
        if (claims := chronology.answer(question)) is not None:
            return claims
        listing = _LISTING.search(question.text) and not question.strangers
        return (self._extractive.enumerated(question) or None) if listing else None
