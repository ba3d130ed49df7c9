"""What went on while something else did, between two things, and between jobs."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from ask_debbie.answering import time_words as said
from ask_debbie.answering.claim import Claim
from ask_debbie.answering.entries import EntryFinder, picked
from ask_debbie.answering.entry_words import EntryWords, proof, sentence_case
from ask_debbie.answering.phrasing import state
from ask_debbie.answering.question import Question
from ask_debbie.corpus.corpus import Corpus
from ask_debbie.corpus.dates import find_dates, in_words
from ask_debbie.corpus.entry import Entry
from ask_debbie.retrieval.terms import fold, stems

_MOST = 3
_NEXT = re.compile(r"\b(?:the|her|his|their) (?:next|following)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Meanwhile:
    """Answers of one corpus's timeline about what else went on, as of ``today``."""

    corpus: Corpus
    finder: EntryFinder
    words: EntryWords
    today: dt.date
    read: Callable[[str], Question]

    def answer(self, question: Question, text: str) -> list[Claim] | None:
        """The claims; None where a question asks for nothing of the kind, or the timeline doesn't say."""
        if said.GAPS.search(text) and (claims := self._gap_between(question)) is not None:
            return claims
        if said.GAPS.search(text) and not question.mentions and not self._besides(question):
            return self._gaps()
        if said.OVERLAP.search(text) and not question.mentions:
            return self._overlaps()
        halves = said.BETWEEN.search(question.text)
        if halves and said.DOING.search(text) and not said.LENGTH.search(text):
            return self._between(halves["one"], halves["other"])
        if said.WHILE.search(text) and said.EMPLOYED.search(text):
            return self._during(question)
        return None

    def apart(self, question: Question) -> list[Claim] | None:
        """How long it is from the end of one thing to the beginning of another, each named by a half of a question."""
        halves = said.BETWEEN.search(question.text)
        read = [self.read(half) for half in halves.groups()] if halves else []
        found = [self._one_of(half) or self.finder.milestones(half) for half in read]
        if not halves or not all(found) or found[0] == found[1]:
            return self._in_one_line(read)
        return [self.words.gap(found[0], found[1], self.today)]

    def _in_one_line(self, halves: Sequence[Question]) -> list[Claim] | None:
        """How long it is between the two dates of the one line that speaks of both halves."""
        wanted = [t for half in halves for t in half.terms if t.stem not in said.ABOUT_TIME]
        if len(halves) < 2 or not all(half.terms for half in halves) or len(wanted) < 2:
            return None
        lines = [p for p in self.corpus.passages if p.kind == "sentence" and self.finder.says(p, wanted)]
        dates = find_dates(lines[0].text) if len(lines) == 1 else []
        if len(dates) != 2 or not all(d.start.month for d in dates):
            return None
        months = abs(dates[1].start.first - dates[0].start.first)
        told = state(lines[0], self.corpus.profile.grammar)
        return [Claim(f"{sentence_case(in_words(months))}: {told.text}", told.passages)]

    def _besides(self, question: Question) -> bool:
        return any(t.stem not in said.ABOUT_TIME and t.stem not in said.OF_GAPS for t in question.terms)

    def _during(self, question: Question) -> list[Claim] | None:
        """What the candidate's work was when something happened that is no job: a certificate, a project, a degree."""
        for part in said.WHILE.split(question.text):
            read = self.read(part)
            read = replace(read, terms=tuple(t for t in read.terms if t.stem not in said.GOT))
            if not (read.terms or read.mentions):
                continue
            event = next((e for e in self._named(read) if e.kind != "work"), None)
            if event is not None:
                works = self._works_of(event)
                if works:
                    return [self.words.told(event), *(self._then(w, event) for w in works[:_MOST])]
        return None

    def _named(self, question: Question) -> list[Entry]:
        named = self.finder.named_by(question)
        if named and all(e.kind == "work" for e in named):
            return []
        return named or self.finder.milestones(question)

    def _works_of(self, event: Entry) -> list[Entry]:
        works = [e for e in self.corpus.timeline.of_kind("work") if not e.dates.single]
        first, last = event.dates.start.first, event.dates.until(self.today).last
        return [
            e
            for e in reversed(works)
            if e.dates.start.first <= last and first <= e.dates.until(self.today).last
        ]

    def _then(self, work: Entry, event: Entry) -> Claim:
        g = self.corpus.profile.grammar
        return Claim(
            f"At that time {g.subject} {g.was} {self.words.naming(work)} ({work.dates.text}).",
            tuple(dict.fromkeys((*proof(work), *proof(event)))),
        )

    def _between(self, one: str, other: str) -> list[Claim] | None:
        """What began after one thing ended and ended before the other began."""
        found = [self._one_of(self.read(half)) for half in (one, other)]
        if not all(found):
            return None
        early, late = sorted(found, key=lambda entries: min(e.dates.start.first for e in entries))
        joined = min(e.dates.start.first for e in late)
        ends = [end for e in early if (end := e.dates.until(self.today).first) <= joined + 1]
        if not ends:
            return None
        left = max(ends)
        inside = [
            e
            for e in self.corpus.timeline.entries
            if e.kind != "project"
            and e not in (*early, *late)
            and e.dates.start.last >= left - 1
            and e.dates.until(self.today).first <= joined + 1
        ]
        return [self.words.was(e) for e in reversed(inside[-_MOST:])]

    def _one_of(self, question: Question) -> list[Entry]:
        """The entries that one half of a question names."""
        text = fold(question.text)
        works = [e for e in self.corpus.timeline.of_kind("work") if not e.dates.single]
        roots = {s for m in question.mentions for s in m.name}
        if said.FIRST_OR_LAST.search(text) and works:
            alike = [e for e in works if roots <= set(stems(e.names))]
            return picked([e for e in alike if not self.finder.left_over(question, [e])] or works, text)
        named = self.finder.named_by(question)
        if not named and said.DEGREES.search(text):
            return list(self.corpus.timeline.of_kind("education"))
        return list(named or ())

    def _overlaps(self) -> list[Claim] | None:
        """The jobs that were held beside each other for more than the month of a change, or that there are none."""
        works = [e for e in reversed(self.corpus.timeline.of_kind("work")) if not e.dates.single]
        pairs = [
            (one, other)
            for place, one in enumerate(works)
            for other in works[place + 1 :]
            if other.dates.start.first < one.dates.until(self.today).first
            and one.dates.start.month
            and other.dates.start.month
        ]
        told = {e: f"{self.words.role(e)} ({e.dates.text})" for e in works}
        if pairs:
            return [
                Claim(f"At the same time: {told[one]}; {told[other]}.", (*proof(one), *proof(other)))
                for one, other in pairs[-_MOST:]
            ]
        if len(works) < 2 or not all(e.dates.start.month for e in works):
            return None
        passages = tuple(dict.fromkeys(p for e in works for p in proof(e)))
        return [Claim(f"No two jobs at the same time: {'; '.join(told.values())}.", passages)]

    def _gap_between(self, question: Question) -> list[Claim] | None:
        """The gap between the two jobs that a question names, or that there is none."""
        halves = said.BETWEEN.search(question.text)
        if halves is None:
            return None
        one, other = (self._one_of(self.read(half)) for half in halves.groups())
        if one and not other and _NEXT.search(halves["other"]):
            end = max(e.dates.until(self.today).first for e in one)
            works = [e for e in self.corpus.timeline.of_kind("work") if e.dates.start.first >= end]
            other = works[-1:]
        if not one or not other or set(one) & set(other):
            return None
        before, after = sorted((one, other), key=lambda group: min(e.dates.start.first for e in group))
        last = max(before, key=lambda e: e.dates.until(self.today).last)
        first = min(after, key=lambda e: e.dates.start.first)
        if not (last.dates.until(self.today).month and first.dates.start.month):
            return [self.words.gap(before, after, self.today)]
        months = first.dates.start.first - last.dates.until(self.today).first - 1
        return [self._gap(last, first, months) if months > 0 else self._no_gap([last, first])]

    def _gaps(self) -> list[Claim] | None:
        """The months in which no job is on the timeline, with what else is; or that there are none."""
        works = sorted(
            (e for e in self.corpus.timeline.of_kind("work") if not e.dates.single),
            key=lambda e: e.dates.start.first,
        )
        if len(works) < 2 or not all(e.dates.start.month and e.dates.until(self.today).month for e in works):
            return None
        claims, last = [], works[0]
        for entry in works[1:]:
            months = entry.dates.start.first - last.dates.until(self.today).first - 1
            if months > 0:
                claims.append(self._gap(last, entry, months))
            last = max(last, entry, key=lambda e: e.dates.until(self.today).last)
        return claims[-_MOST:] or [self._no_gap(works)]

    def _gap(self, before: Entry, after: Entry, months: int) -> Claim:
        left, joined = before.dates.until(self.today).first, after.dates.start.first
        others = [
            e
            for e in self.corpus.timeline.of_kind("education", "volunteering")
            if (e.kind == "education" or not e.dates.single)
            and e.dates.start.first < joined
            and left < e.dates.until(self.today).first
        ]
        meantime = "; ".join(f"{self.words.role(e)} ({e.dates.text})" for e in others[:2])
        text = (
            f"{sentence_case(in_words(months))} between {self.words.role(before)} (until {before.dates.written[1]}) "
            f"and {self.words.role(after)} (from {after.dates.written[0]})"
        )
        passages = [p for e in (before, after, *others[:2]) for p in proof(e)]
        return Claim(
            f"{text}{f'; in that time: {meantime}' if meantime else ''}.", tuple(dict.fromkeys(passages))
        )

    def _no_gap(self, works: Sequence[Entry]) -> Claim:
        told = "; ".join(f"{self.words.role(e)} ({e.dates.text})" for e in works)
        passages = tuple(dict.fromkeys(p for e in works for p in proof(e)))
        return Claim(f"No gap of a whole month between jobs: {told}.", passages)
