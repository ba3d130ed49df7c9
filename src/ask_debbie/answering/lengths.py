"""How long: of one entry, of several together, of all work, and between two."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass

from ask_debbie.answering import time_words as said
from ask_debbie.answering.claim import Claim
from ask_debbie.answering.entries import EntryFinder, picked
from ask_debbie.answering.entry_words import EntryWords, by_employer, dates_of, proof, sentence_case
from ask_debbie.answering.question import Question
from ask_debbie.answering.thresholds import Threshold
from ask_debbie.corpus.corpus import Corpus
from ask_debbie.corpus.dates import in_words
from ask_debbie.corpus.entry import Entry
from ask_debbie.corpus.timeline import months_together
from ask_debbie.retrieval.terms import fold

_MOST = 3


@dataclass(frozen=True, slots=True)
class Lengths:
    """Lengths of one corpus's entries, as of ``today``."""

    corpus: Corpus
    finder: EntryFinder
    words: EntryWords
    today: dt.date

    def of(self, question: Question, text: str) -> list[Claim] | None:
        """How long what a question names took; all work where it asks for the total."""
        entries = self.finder.named_by(question)
        works = self.corpus.timeline.of_kind("work")
        if said.GRADUATE.search(text) and re.search(r"\bsince\b", text) and said.OF_CAREER.search(text):
            entries = None  # "years in design since graduating"
        if entries is None and works and re.search(rf"\b(?:each|every) (?:\w+ )?{said.ROLE}", text):
            entries = [] if self.finder.left_over(question, works) else list(works)
        if entries is None:
            if not (
                (said.TOTAL.search(text) or said.OF_CAREER.search(text)) and works
            ) or self.finder.left_over(question, works):
                return None
            return [self._total(works)]
        if not entries:
            return None
        entries = picked(entries, text)
        groups = self.finder.by_subject(question, entries)
        if since := self._told_before(question, text, entries):
            return [self.words.gap(since, entries, self.today)]
        if re.search(r"\bbetween\b|\bgap\b|\bafter\b", text):
            if said.GRADUATE.search(text) and self.corpus.timeline.of_kind("education"):
                groups = [list(self.corpus.timeline.of_kind("education")[:1]), *groups]
            if len(groups) == 2:
                return [self.words.gap(groups[0], groups[1], self.today)]
        if re.search(r"\b(?:each|every)\b", text):
            groups = [by for group in groups for by in by_employer(group)]
        return [self._length_of(group) for group in groups]

    def _told_before(self, question: Question, text: str, entries: Sequence[Entry]) -> list[Entry]:
        """What "after that" means: what the answer before told of."""
        if not re.search(r"\b(?:after|before|since|between) (?:that|this|then|it)\b|\blater\b", text):
            return []
        timeline = self.corpus.timeline
        told = [e for e in (*timeline.entries, *timeline.milestones) if e.passage in question.earlier]
        return [] if set(told) & set(entries) else told[:1]

    def whether(self, question: Question, asked: Threshold) -> list[Claim] | None:
        """Whether what a question names lasted as long as it asks; None where it names nothing with dates."""
        works = list(self.corpus.timeline.of_kind("work"))
        if said.ANY_JOB.search(fold(question.text)):
            return self._which(works, asked)
        entries = self.finder.named_by(question)
        if entries is None and said.EXPERIENCE.search(fold(question.text)) and works:
            entries = [] if self.finder.left_over(question, works) else works
        if not entries or (any(e.kind != "work" for e in entries) and not question.mentions):
            return None if entries is None or entries else []
        months = months_together(entries, self.today)
        met = asked.met_by(months, years_only=not all(e.dates.start.month for e in entries))
        if met is False and entries != works and re.search(r"\bexperience\b", fold(question.text)):
            met = None  # what titles don't say may be in other jobs
        length = self._length_of(entries)
        word = {True: "Yes: ", False: "No: ", None: ""}[met]
        return [
            Claim(
                f"{word}{length.text[:1].lower()}{length.text[1:]}" if word else length.text, length.passages
            )
        ]

    def _which(self, works: Sequence[Entry], asked: Threshold) -> list[Claim]:
        """The jobs that lasted as long as asked; that none did, with all of them."""
        met = [
            e
            for e in works
            if not e.dates.single
            and asked.met_by(e.dates.months(self.today), years_only=not e.dates.start.month)
        ]
        if met:
            return [
                Claim(
                    f"{self.words.role(e)}: {in_words(e.dates.months(self.today))} ({e.dates.text}).",
                    proof(e),
                )
                for e in met[:_MOST]
            ]
        told = "; ".join(f"{self.words.role(e)} ({e.dates.text})" for e in works)
        return [Claim(f"None: {told}.", tuple(dict.fromkeys(p for e in works for p in proof(e))))]

    def _length_of(self, entries: Sequence[Entry]) -> Claim:
        ordered = sorted(entries, key=lambda e: e.dates.start.first)
        if ordered[0].dates.single:
            return self.words.dated(ordered[0])
        if len(by_employer(ordered)) > 1:
            return self._together(ordered)
        months = months_together(ordered, self.today)
        years_only = not all(e.dates.start.month for e in ordered)
        start = ordered[0].dates.written[0]
        last = max(ordered, key=lambda e: e.dates.until(self.today).last)
        end = "the present" if last.dates.end is None else last.dates.written[1]
        where, named = self.words.place(ordered)
        length = sentence_case(in_words(months, whole_years=years_only))
        return Claim(f"{length}{where}, from {start} to {end}.", (*dates_of(ordered), *named))

    def _together(self, entries: Sequence[Entry]) -> Claim:
        """The length of what was done at several places."""
        months = months_together(entries, self.today)
        years_only = not all(e.dates.start.month for e in entries)
        told = "; ".join(f"{self.words.role(e)} ({e.dates.text})" for e in entries)
        passages = tuple(dict.fromkeys(p for e in entries for p in proof(e)))
        return Claim(f"{in_words(months, whole_years=years_only)} together: {told}.", passages)

    def _total(self, works: Sequence[Entry]) -> Claim:
        ordered = sorted(works, key=lambda e: e.dates.start.first)
        months = months_together(ordered, self.today)
        years_only = not all(e.dates.start.month for e in ordered)
        parts = [e.dates.text for e in ordered]
        listed = f"{', '.join(parts[:-1])} and {parts[-1]}" if len(parts) > 1 else parts[0]
        return Claim(
            f"{in_words(months, whole_years=years_only)} of work in all, over {listed}.", dates_of(ordered)
        )

    def longest(self, question: Question, text: str) -> list[Claim] | None:
        entries = self.finder.named_by(question) or self.corpus.timeline.of_kind("work")
        if len(entries) < 2 or self.finder.left_over(question, entries):
            return None
        ordered = sorted(entries, key=lambda e: e.dates.months(self.today), reverse="short" not in text)
        return [
            Claim(f"{self.words.role(e)}: {in_words(e.dates.months(self.today))} ({e.dates.text}).", proof(e))
            for e in ordered[:2]
        ]
