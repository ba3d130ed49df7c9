"""Which entries of the timeline a question means."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from ask_debbie.answering import time_words as said
from ask_debbie.answering.question import Question, Term
from ask_debbie.corpus.corpus import Corpus
from ask_debbie.corpus.dates import find_dates
from ask_debbie.corpus.document import Passage
from ask_debbie.corpus.entry import Entry
from ask_debbie.corpus.passages import plain
from ask_debbie.retrieval.terms import Glossary, fold, stems, words

_THAT = re.compile(r"\b(?:that|this|it)\b")


@dataclass(frozen=True, slots=True)
class EntryFinder:
    """Finds the entries of one corpus's timeline that questions name."""

    corpus: Corpus
    glossary: Glossary

    def named_by(self, question: Question) -> list[Entry] | None:
        """The entries that a question means; None where it names none; empty where what it names has no dates."""
        timeline = self.corpus.timeline
        text = fold(question.text)
        if question.subjects:
            held = [e for e in timeline.entries if any(s.holds(e.passage) for s in question.subjects)]
            interns = (
                [e for e in timeline.entries if e not in held and _is_intern(e)]
                if re.search(r"\bintern(?:ship)?\b", text)
                else []
            )
            named = held + interns
            return [] if self.left_over(question, named) else named
        if re.search(r"\bintern(?:ship|ed|ing)?\b", text):
            return [e for e in timeline.entries if _is_intern(e)]
        roots = {t.stem for t in question.terms if t.stem not in said.ABOUT_TIME} | (
            {t.stem for t in question.terms} & {"engin", "develop", "senior", "staff"}
        )
        if roots:
            titled = [e for e in timeline.entries if roots <= set(stems(e.names))]
            exact = [
                e for e in titled if all(t.word in words(e.names) for t in question.terms if t.stem in roots)
            ]
            if titled:
                return exact or titled
            if held := self._spoken_of(question, text):
                return held
            projects = [
                e
                for e in timeline.of_kind("project", "volunteering", "education", "other")
                if self._all_stated(question, e)
            ]
            return projects or ([] if any(t.stem in {"staff", "senior"} for t in question.terms) else None)
        if said.NOW.search(text) and re.search(rf"{said.ROLE}|{said.HERE}", text):
            return [e for e in timeline.of_kind("work") if e.dates.end is None]
        if re.search(r"\b(?:degree|college|university|school|studies|study|studied)\b", text):
            return list(timeline.of_kind("education"))
        if told := [e for e in timeline.entries if e.passage in question.earlier]:
            return told
        if (
            any(p.kind == "sentence" for p in question.earlier)
            and re.search(r"\bit\b", text)
            and not re.search(r"\b(?:hold|held)\b", text)
        ):
            return None  # "how long did it take?" asks of what was cited, not of the job that it stands under
        if len(question.earlier) == 1 and _THAT.search(text) and find_dates(question.earlier[0].text):
            return None  # the line that was cited has its own date
        return [e for e in timeline.entries if any(s.holds(e.passage) for s in question.carried)] or None

    def _spoken_of(self, question: Question, text: str) -> list[Entry]:
        """The projects that "that" in "when was that built?" means: none but what the conversation is about."""
        if not (question.earlier and _THAT.search(text) and said.WHEN.search(text)):
            return []
        projects = self.corpus.timeline.of_kind("project", "volunteering")
        return [e for e in projects if any(s.holds(e.passage) for s in question.carried)]

    def stands_under(self, entry: Entry, terms: Sequence[Term]) -> bool:
        """Whether a section's title states all the terms, and the entry is in it."""
        title = stems(" ".join(entry.passage.breadcrumb))
        concepts = {c.name for c in self.glossary.in_question(title)}
        return all(t.stem in title or t.concepts & concepts for t in terms)

    def milestones(self, question: Question) -> list[Entry]:
        """The certificates, awards and the like that state all that a question names; empty where it names none."""
        passing = said.ABOUT_TIME | said.GOT
        wanted = [t for t in question.terms if t.stem not in passing]
        named = [t for t in wanted if t.stem not in said.KINDS] or wanted
        roots = {s for m in question.mentions for s in m.name}
        found = []
        for entry in self.corpus.timeline.milestones:
            own = stems(entry.title)
            concepts = {c.name for c in self.glossary.in_passage(own)}
            trail = set(stems(" ".join(entry.passage.breadcrumb)))
            stated = all(t.stem in own or t.stem in trail or t.concepts & concepts for t in named)
            itself = any(t.stem in own or t.concepts & concepts for t in named)
            if stated and (itself or roots) and roots <= set(own):
                found.append(entry)
        name = " ".join(t.stem for t in wanted)
        spelt = [e for e in found if all(t.stem in stems(e.title) for t in wanted)]
        return [e for e in spelt if name in " ".join(stems(e.title))] or spelt or found

    def _all_stated(self, question: Question, entry: Entry) -> bool:
        held = [
            p
            for p in self.corpus.passages
            if p.document == entry.passage.document and entry.headings and _under(entry.headings[-1], p)
        ]
        if entry.passage.kind in {"sentence", "field"} and entry.kind in {"education", "other"}:
            held = [entry.passage]
        stated = {s for p in held for s in stems(plain(p.text))}
        concepts = {c.name for p in held for c in self.glossary.in_passage(stems(plain(p.text)))}
        wanted = [t for t in question.terms if t.stem not in said.ABOUT_TIME]
        return bool(wanted) and all(t.stem in stated or t.concepts & concepts for t in wanted)

    def left_over(self, question: Question, entries: Iterable[Entry]) -> list[Term]:
        """The terms that no entry's names account for: then the question is about something else."""
        named = {s for e in entries for s in stems(e.names)}
        return [t for t in question.terms if t.stem not in named and t.stem not in said.ABOUT_TIME]

    def by_subject(self, question: Question, entries: Sequence[Entry]) -> list[list[Entry]]:
        """The entries in groups, one for each subject that the question names, the rest last."""
        groups: list[list[Entry]] = []
        for subject in question.subjects:
            group = [e for e in entries if subject.holds(e.passage)]
            if not any(set(group) <= set(other) for other in groups):
                groups = [*(other for other in groups if not set(other) <= set(group)), group]
        loose = [e for e in entries if not any(e in group for group in groups)]
        found = [group for group in groups if group] + ([loose] if loose else [])
        return found or [list(entries)]


def picked(entries: Sequence[Entry], text: str) -> list[Entry]:
    """Of several entries the first or the last, where a question asks for "her first position" or the like."""
    which = said.FIRST_OR_LAST.search(text)
    works = sorted((e for e in entries if e.kind == "work"), key=lambda e: e.dates.start.first)
    if which is None or len(works) < 2:
        return list(entries)
    return works[:1] if which["first"] else works[-1:]


def _is_intern(entry: Entry) -> bool:
    return "intern" in stems(entry.names)


def _under(heading: Passage, passage: Passage) -> bool:
    trail = (*heading.breadcrumb, plain(heading.text))
    return passage.key == heading.key or passage.breadcrumb[: len(trail)] == trail
