"""Which entries of the timeline a question means."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from ask_debbie.answering import time_words as said
from ask_debbie.answering.question import GENERIC, Question, Term
from ask_debbie.answering.section_kinds import named_in
from ask_debbie.answering.studies import degree_rank
from ask_debbie.answering.titles import Titles, alike
from ask_debbie.corpus.corpus import Corpus
from ask_debbie.corpus.dates import find_dates
from ask_debbie.corpus.document import Passage
from ask_debbie.corpus.entry import Entry
from ask_debbie.corpus.passages import plain
from ask_debbie.corpus.towns import is_surely_place
from ask_debbie.retrieval.terms import STOP_WORDS, Glossary, fold, stem, stems, words

_THAT = re.compile(r"\b(?:that|this|it)\b")
_JOB = re.compile(r"\b(?:job|gig|stint|(?<!take )(?<!took )(?<!takes )place)\b")
_EITHER = re.compile(r"\b(\w+) (?:or|and) (\w+)\b")
_OF_TITLES = frozenset(stem(w) for w in "engineer developer senior staff".split())
_LEVELS = (
    re.compile(r"\bph\.? ?d\b|\bdoctorate\b|\bdoctoral\b"),
    re.compile(r"\bmasters?\b|\bmaster's\b|\bm\.?sc?\b|\bm\.?eng\b|\bmba\b|\bm\.s\."),
    re.compile(r"\bbachelors?\b|\bbachelor's\b|\bundergrad\w*\b|\bb\.?sc?\b|\bb\.?eng\b|\bb\.s\."),
)
_OF_DEGREES = frozenset(
    stem(w)
    for w in """bachelor bachelors master masters undergrad undergraduate phd doctorate doctoral msc bsc ms bs meng beng mba
        degree part thesis course""".split()
)
_PLACE = 60  # characters of a line that says where


@dataclass(frozen=True, slots=True)
class EntryFinder:
    """Finds the entries of one corpus's timeline that questions name."""

    corpus: Corpus
    glossary: Glossary

    @property
    def _titles(self) -> Titles:
        return Titles(self.corpus)

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
            interns = [e for e in timeline.entries if _is_intern(e)]
            if not self.left_over(question, interns):
                return interns
        if degrees := self._degrees(question, text):
            return degrees
        wanted = [
            t
            for t in question.terms
            if t.stem not in said.ABOUT_TIME or t.stem in _OF_TITLES or t.word == "teaching"
        ]
        if wanted:
            if titled := self._titled(wanted, text):
                return titled
            if found := self._in_town(wanted) or self._described(wanted, text):
                return found
            if held := self._spoken_of(question, text):
                return held
            projects = [
                e
                for e in timeline.of_kind("project", "volunteering", "education", "other")
                if self._all_stated(question, e)
            ]
            if any(self._says_when(p, wanted) for e in projects for p in self.under(e)):
                return None
            return projects or ([] if self._titles.unheld(question.text) else None)
        if said.NOW.search(text) and re.search(rf"{said.ROLE}|{said.HERE}", text):
            return [e for e in timeline.of_kind("work") if e.dates.end is None]
        if re.search(
            r"\b(?:degree|college|university|school|studies|study|studied|studying|student)\b", text
        ):
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

    def _titled(self, wanted: Sequence[Term], text: str) -> list[Entry]:
        """The entries whose names state all the terms, but one of "senior or lead": in those words, else in others."""
        pairs = [{t for t in wanted if t.word in pair} for pair in _EITHER.findall(text)]
        choices = [[t for t in wanted if t != one] for pair in pairs if len(pair) == 2 for one in pair]
        choices = choices or [list(wanted)]
        entries = self.corpus.timeline.entries
        for states, among in (
            (_spelt, entries),
            (_stated, entries),
            (self._names, self.corpus.timeline.of_kind("work", "volunteering")),
        ):
            if found := [e for e in among if any(all(states(e, t) for t in choice) for choice in choices)]:
                return found
        return []

    def _names(self, entry: Entry, term: Term) -> bool:
        """Whether an entry's names state a term in that word or another for it."""
        named = alike(term.word) & set(words(entry.names)) or term.stem in stems(entry.names)
        concepts = {c.name for c in self.glossary.in_passage(stems(entry.names)) if c.name.startswith("=")}
        return bool(named or term.concepts & concepts)

    def _described(self, wanted: Sequence[Term], text: str) -> list[Entry]:
        """The one job that "the teaching gig" means, by what stands under it; empty where several may be meant."""
        if not _JOB.search(text):
            return []
        works = self.corpus.timeline.of_kind("work")
        found = [
            e
            for e in works
            if all(self._names(e, t) or any(self.says(p, [t]) for p in self.under(e)) for t in wanted)
        ]
        return found if len(found) == 1 else []

    def _says_when(self, passage: Passage, wanted: Sequence[Term]) -> bool:
        """Whether a line itself tells of what is asked and when it was."""
        return passage.kind == "sentence" and bool(find_dates(passage.text)) and self.says(passage, wanted)

    def says(self, passage: Passage, terms: Sequence[Term]) -> bool:
        """Whether a passage itself states all the terms, in those words or others."""
        own = stems(plain(passage.text))
        concepts = {c.name for c in self.glossary.in_passage(own)}
        return all(t.stem in own or t.concepts & concepts for t in terms)

    def _in_town(self, wanted: Sequence[Term]) -> list[Entry]:
        """The jobs whose line of dates or of place states all the terms: "the job in Bergen"."""
        return [
            e
            for e in self.corpus.timeline.of_kind("work", "volunteering", "education")
            if e.passage.kind == "dates" or e.headings
            if any(all(t.stem in line for t in wanted) for line in self._places(e))
        ]

    def _places(self, entry: Entry) -> list[list[str]]:
        held = [entry.passage, *(p for p in self.under(entry) if len(p.text) < _PLACE)]
        return [
            stems(plain(p.text))
            for p in held
            if p.kind == "dates" or (p.kind != "heading" and is_surely_place(plain(p.text)))
        ]

    def _degrees(self, question: Question, text: str) -> list[Entry]:
        """The studies for the one degree that a question names by its level: "her master's"."""
        ranks = {rank for rank, pattern in enumerate(_LEVELS) if pattern.search(text)}
        if len(ranks) != 1:
            return []
        rest = [t for t in question.terms if t.stem not in said.ABOUT_TIME | _OF_DEGREES]
        found = []
        for entry in self.corpus.timeline.of_kind("education"):
            own = " ".join(plain(p.text) for p in (entry.passage, *self.under(entry)))
            texts = f"{entry.names} {own}"
            if {degree_rank(entry.names), degree_rank(own)} & ranks and all(
                t.stem in stems(texts) for t in rest
            ):
                found.append(entry)
        return found

    def under(self, entry: Entry) -> list[Passage]:
        """What stands under the last of an entry's headings."""
        if not entry.headings or entry.passage.kind in {"sentence", "field"}:
            return []
        return [
            p
            for p in self.corpus.passages
            if p.document == entry.passage.document and _under(entry.headings[-1], p)
        ]

    def _spoken_of(self, question: Question, text: str) -> list[Entry]:
        """The projects that "that" in "when was that built?" means: none but what the conversation is about."""
        if not (question.earlier and _THAT.search(text) and said.WHEN.search(text)):
            return []
        projects = self.corpus.timeline.of_kind("project", "volunteering")
        return [e for e in projects if any(s.holds(e.passage) for s in question.carried)]

    def sections_in(self, text: str) -> list[Term]:
        """The words of a question that the title of a section with milestones has, though they often mean nothing:
        "talks"."""
        titled = {
            root
            for m in self.corpus.timeline.milestones
            for t in m.passage.breadcrumb[:1]
            for root in stems(t)
        }
        return [Term(w, stem(w)) for w in words(text) if stem(w) in titled & GENERIC and w not in STOP_WORDS]

    def stands_under(self, entry: Entry, terms: Sequence[Term]) -> bool:
        """Whether a section's title states all the terms, and the entry is in it."""
        title = stems(" ".join(entry.passage.breadcrumb))
        concepts = {c.name for c in self.glossary.in_question(title)}
        return all(t.stem in title or t.concepts & concepts for t in terms)

    def milestones(self, question: Question) -> list[Entry]:
        """The certificates, awards and the like that state all that a question names, or the only one of the kind that
        it names ("the paper"); empty where it names none."""
        passing = said.ABOUT_TIME | said.GOT
        wanted = [t for t in question.terms if t.stem not in passing]
        named = [t for t in wanted if t.stem not in said.KINDS] or wanted
        roots = {s for m in question.mentions for s in m.name}
        found = []
        for entry in self.corpus.timeline.milestones:
            own = stems(entry.title)
            concepts = {c.name for c in self.glossary.in_passage(own)}
            above = stems(" ".join(entry.passage.breadcrumb))
            trail = set(above).union(*(kind.nouns for kind in named_in(above)))
            only = [m.passage.breadcrumb for m in self.corpus.timeline.milestones].count(
                entry.passage.breadcrumb
            ) == 1
            stated = all(t.stem in own or t.stem in trail or t.concepts & concepts for t in named)
            itself = any(t.stem in own or t.concepts & concepts for t in named)
            if stated and (itself or roots or only) and roots <= set(own):
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


def _spelt(entry: Entry, term: Term) -> bool:
    return term.word in words(entry.names)


def _stated(entry: Entry, term: Term) -> bool:
    """Whether an entry's names have a term: a developer isn't in development."""
    agents = alike(term.word)
    return bool(agents & set(words(entry.names))) if len(agents) > 1 else term.stem in stems(entry.names)


def _is_intern(entry: Entry) -> bool:
    return "intern" in stems(entry.names)


def _under(heading: Passage, passage: Passage) -> bool:
    trail = (*heading.breadcrumb, plain(heading.text))
    return passage.key == heading.key or passage.breadcrumb[: len(trail)] == trail
