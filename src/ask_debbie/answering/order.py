"""Which came first, what goes on, what came before: the order of a timeline's entries."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable

from ask_debbie.answering import time_words as said
from ask_debbie.answering.answer_kind import asks_change
from ask_debbie.answering.claim import Claim
from ask_debbie.answering.entries import EntryFinder
from ask_debbie.answering.entry_words import EntryWords, proof, sentence_case
from ask_debbie.answering.going_on import OF_A_PLACE
from ask_debbie.answering.question import Question
from ask_debbie.corpus.corpus import Corpus
from ask_debbie.corpus.dates import YearMonth, in_words
from ask_debbie.corpus.entry import Entry
from ask_debbie.retrieval.terms import fold, stems

_PROMOTED = re.compile(r"\bpromot", re.IGNORECASE)


class Order:
    """Answers of one corpus's timeline about what comes before and after what, as of ``today``."""

    def __init__(
        self,
        corpus: Corpus,
        finder: EntryFinder,
        entry_words: EntryWords,
        today: dt.date,
        read: Callable[[str], Question],
    ) -> None:
        self.corpus = corpus
        self.today = today
        self._finder = finder
        self._words = entry_words
        self._read = read

    def first_of(self, question: Question) -> list[Claim] | None:
        groups = self._finder.by_subject(question, self._finder.named_by(question) or [])
        if len(groups) < 2:
            return self._first_of_two(question.text)
        ordered = sorted((e for group in groups for e in group), key=lambda e: e.dates.start.first)
        firsts = [next(e for e in ordered if e in group) for group in groups]
        return [self._words.was(e) for e in sorted(firsts, key=lambda e: e.dates.start.first)[:2]]

    def _first_of_two(self, text: str) -> list[Claim] | None:
        """The earlier of two things that a question names beside each other, one of which may be no entry."""
        names = re.split(r"[:,]\s|\bor\b|\bthan\b", text)[-2:]
        halves = [self._read(name) for name in names]
        found = [self._finder.named_by(half) or self._finder.milestones(half) for half in halves]
        if len(names) < 2 or not all(f and len(f) <= 2 for f in found):
            return None
        newer = re.search(r"\b(?:newer|later|last|more recent(?:ly)?)\b", fold(text)) is not None
        told = sorted((f[0] for f in found if f), key=lambda e: e.dates.start.first, reverse=newer)
        return [self._words.told(e) for e in told] if told[0] != told[1] else None

    def either(self, one: str, other: str) -> list[Claim] | None:
        """Which of two came first, each named by one half of a question."""
        if _PROMOTED.search(f"{one} {other}"):
            return None  # a step inside a job, whose own dates say nothing of it
        halves = [self._read(half) for half in (one, other)]
        found = [self._finder.named_by(half) or self._finder.milestones(half) for half in halves]
        firsts = [min(f, key=lambda e: e.dates.start.first) for f in found if f]
        if len(firsts) < 2 or firsts[0] == firsts[1]:
            return None
        told = " and ".join(self._words.with_dates(e) for e in firsts)
        earlier, later = sorted(firsts, key=lambda e: e.dates.start.first)
        if earlier.dates.until(self.today).last >= later.dates.start.first and not earlier.dates.single:
            return [Claim(f"{sentence_case(told)}.", (*proof(firsts[0]), *proof(firsts[1])))]
        word = "Before" if firsts[0] == earlier else "After"
        return [Claim(f"{word}: {told}.", (*proof(firsts[0]), *proof(firsts[1])))]

    def still(self, question: Question) -> list[Claim] | None:
        """Whether what the question names goes on: its latest entry, and what goes on instead where it ended."""
        named = [e for e in self._finder.named_by(question) or () if not e.dates.single]
        if not said.STILL.search(fold(question.text)) and not question.mentions:
            spoken = {t.stem for t in question.terms} - said.ABOUT_TIME
            named = [e for e in named if spoken & set(stems(e.names))]  # it has to be named, not only told of
        if not named:
            return None
        last = max(named, key=lambda e: (e.dates.end is None, e.dates.start.first))
        if not said.STILL.search(fold(question.text)):
            going = "Still going on" if last.dates.end is None else f"Ended in {last.dates.written[1]}"
            return [Claim(f"{going}: {self._words.role(last)} ({last.dates.text}).", proof(last))]
        if last.dates.end is None:
            return [Claim(f"Yes: {self._words.naming(last)} ({last.dates.text}).", proof(last))]
        where, headings = self._words.place([last])
        ended = Claim(f"No longer{where}: {last.dates.text}.", (last.passage, *headings))
        return [ended, *(c for c in self.current() if last.kind == "work" and c.passages[0] != last.passage)]

    def ago(self, question: Question) -> list[Claim] | None:
        """How long it is from an entry's date to today."""
        text = fold(question.text)
        study = said.GRADUATE.search(text) or re.search(
            r"\b(?:university|college|school|degree|stud\w+)\b", text
        )
        education = self.corpus.timeline.of_kind("education") if study else ()
        graduated = said.GRADUATE.search(text) is not None and not question.mentions
        named = (education if graduated else ()) or self._finder.named_by(question) or education
        if not named:
            return None
        entry = max(named, key=lambda e: e.dates.until(self.today).last)
        starts = said.START.search(text) is not None and not entry.dates.single
        moment = entry.dates.start if starts or entry.dates.end is None else entry.dates.end
        written = entry.dates.text if entry.dates.single else entry.dates.written[0 if starts else 1]
        months = YearMonth.of(self.today).first - moment.first
        length = sentence_case(in_words(months, whole_years=not moment.month))
        return [Claim(f"{length} ago: {entry.title}, {written}.", proof(entry))]

    def titles(self, question: Question) -> list[Claim] | None:
        """What the candidate was where a question names, and asks nothing else."""
        named = (
            [e for e in self._finder.named_by(question) or () if e.kind == "work"]
            if question.mentions
            else []
        )
        if not named or self._finder.left_over(question, named):
            return None
        return [
            self._words.was(e) for e in sorted(named, key=lambda e: e.dates.start.first, reverse=True)[:3]
        ]

    def in_order(self, question: Question, text: str) -> list[Claim] | None:
        works = [e for e in self.corpus.timeline.entries if e.kind == "work" and not e.dates.single]
        if not works or (question.earlier and asks_change(text)):
            return None
        g = self.corpus.profile.grammar
        reference = self._finder.named_by(question)
        if said.BEFORE.search(text) or said.AFTER.search(text):
            if self._finder.left_over(question, self.corpus.timeline.entries):
                return None
            current = [e for e in works if e.dates.end is None] or works[:1]
            base = [] if question.subjects else self._spoken_of(question, text, works)
            base = base or [e for e in reference or () if e.kind in {"work", "education"}] or current
            if said.BEFORE.search(text):
                start = min(e.dates.start.first for e in base)
                earlier = [e for e in works if e.dates.start.first < start and e not in base]
                return [self._words.was(e) for e in earlier[:1]]
            end = max(e.dates.until(self.today).first for e in base)
            later = [e for e in works if e.dates.start.first >= end - 1 and e not in base]
            return [self._words.was(e) for e in later[-1:]]
        if self._finder.left_over(question, works):
            return None
        if question.subjects and not said.NOW.search(text):
            there = [e for e in works if any(s.holds(e.passage) for s in question.subjects)]
            return [self._words.was(there[-1])] if said.FIRST.search(text) and len(there) > 1 else None
        if said.FIRST.search(text):
            return [self._words.was(works[-1])]
        current = [e for e in works if e.dates.end is None]
        if (
            (said.NOW.search(text) and said.WHERE_NOW.search(text))
            or said.LATEST.search(text)
            or _is_present_tense(text)
        ):
            return [
                Claim(
                    f"{sentence_case(g.subject)} {g.is_} {self._words.naming(e)} ({e.dates.text}).", proof(e)
                )
                for e in current
            ] or [self._words.was(works[0])]
        return None

    def _spoken_of(self, question: Question, text: str, works: list[Entry]) -> list[Entry]:
        """The entries that the answer before was about, with their employer's others where that was joined or left,
        or another place is asked for."""
        cited = [e for e in works if e.passage in question.earlier]
        cited = cited or [e for e in works if set(question.earlier[-1:]) & set(e.headings)]
        if re.search(rf"{said.START.pattern}|{said.END.pattern}|{OF_A_PLACE.pattern}", text):
            employers = {e.organisation for e in cited if e.organisation}
            cited += [e for e in works if e.organisation in employers and e not in cited]
        return cited

    def current(self) -> list[Claim]:
        """What the candidate does now; what she did last, where nothing goes on."""
        works = [e for e in self.corpus.timeline.entries if e.kind == "work" and not e.dates.single]
        return [self._words.was(e) for e in works if e.dates.end is None][:1] or [
            self._words.was(e) for e in works[:1]
        ]


def _is_present_tense(text: str) -> bool:
    return (
        re.search(
            r"\b(?:where|who) (?:does|do|is|are) (?:she|he|they|\w+) (?:work|employed)\w*\b|^where work\w*\b|\bwhat (?:does|do) (?:she|he|they|\w+) do(?: for (?:a living|work))?\W*$|\bwhat is (?:her|his|their) (?:job|role|position|title)\b"
            r"|\b(?:what|which) (?:team|squad|company|employer|firm|department) (?:is|does|do|are) (?:she|he|they|\w+) (?:work )?(?:on|in|at|with|for|part of)\b",
            text,
        )
        is not None
    )
