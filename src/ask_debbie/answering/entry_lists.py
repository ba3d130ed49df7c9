"""The jobs, the projects and the volunteering that one timeline has, listed with their dates."""

from __future__ import annotations

import re
from dataclasses import dataclass

from ask_debbie.answering import time_words as said
from ask_debbie.answering.claim import Claim
from ask_debbie.answering.entries import EntryFinder
from ask_debbie.answering.entry_words import EntryWords, proof, sentence_case
from ask_debbie.answering.question import Question
from ask_debbie.corpus.corpus import Corpus
from ask_debbie.corpus.document import Passage
from ask_debbie.corpus.entry import Entry
from ask_debbie.corpus.passages import plain
from ask_debbie.corpus.timeline import kind_of
from ask_debbie.retrieval.terms import fold, stem, stems

_MOST_JOBS = 8  # of a whole career
_MOST_PROJECTS = 8
_OF_PROJECTS = frozenset(
    stem(word)
    for word in """project projects side personal own build built make made create created develop developed portfolio
        open source name names both all public hobby independent finish finished complete completed""".split()
)


@dataclass(frozen=True, slots=True)
class EntryLists:
    """Lists of one corpus's entries."""

    corpus: Corpus
    finder: EntryFinder
    words: EntryWords

    def projects(self, question: Question) -> list[Claim] | None:
        """The projects, with their dates where they have any; None where a question asks for something else."""
        dated = {e.headings[-1].key: e for e in self.corpus.timeline.of_kind("project") if e.headings}
        named = [p for p in self.corpus.passages if p.kind == "heading" and _is_project(p)]
        inside = {(h.document, *h.breadcrumb, plain(h.text)) for h in named}
        named = [h for h in named if (h.document, *h.breadcrumb) not in inside or not h.breadcrumb]
        names = {root for h in named for root in stems(plain(h.text))}
        if not named or any(t.stem not in names | _OF_PROJECTS for t in question.terms):
            return None
        claims = []
        for heading in named[:_MOST_PROJECTS]:
            entry = dated.get(heading.key)
            when = f" ({entry.dates.text})" if entry and entry.dates.text not in heading.text else ""
            passages = (heading, entry.passage) if entry and entry.passage != heading else (heading,)
            claims.append(Claim(f"{plain(heading.text)}{when}.", passages))
        return claims

    def volunteering(self, question: Question) -> list[Claim] | None:
        """What was done unpaid; None where a question asks for something else."""
        entries = self.corpus.timeline.of_kind("volunteering")
        if not entries or self.finder.left_over(question, entries):
            return None
        return [self.words.was(e) for e in entries[:5]]

    def jobs(self, question: Question) -> list[Claim] | None:
        """The employers or the jobs, in the order that a question asks for; None where there are none."""
        works = [e for e in self.corpus.timeline.entries if e.kind == "work"]
        if question.subjects:
            works = [e for e in works if any(s.holds(e.passage) for s in question.subjects)]
        works = [e for e in works if not {t.stem for t in question.besides} & set(stems(e.names))]
        if not works:
            return None
        text = fold(question.text)
        employers = {e.organisation: _naming(e) for e in reversed(works) if e.organisation and e.headings}
        organisations = list(reversed(employers.values()))
        if (
            re.search(r"\b(?:compan|employer|firm|where|who|practices)", text)
            and not re.search(r"\b(?:role|job|position|title)s?\b", text)
            and organisations
        ):
            names = list(reversed(employers))
            if said.OLDEST_FIRST.search(text):
                names.reverse()
                organisations.reverse()
            listed = f"{', '.join(names[:-1])} and {names[-1]}" if len(names) > 1 else names[0]
            g = self.corpus.profile.grammar
            return [Claim(f"{sentence_case(g.subject)} {g.has} worked at {listed}.", tuple(organisations))]
        ordered = sorted(
            works,
            key=lambda e: e.dates.start.first,
            reverse=not said.OLDEST_FIRST.search(text),
        )
        return [Claim(f"{self.words.role(e)} ({e.dates.text}).", proof(e)) for e in ordered[:_MOST_JOBS]]


def _is_project(heading: Passage) -> bool:
    """Whether a heading names a project: right under a section of them, or on top of a document of its own."""
    if heading.breadcrumb:
        return len(heading.breadcrumb) == 1 and kind_of("", heading.breadcrumb) == "project"
    return "project" in heading.document.lower() and kind_of("", (plain(heading.text),)) == "other"


def _naming(entry: Entry) -> Passage:
    """The heading that names an entry's employer: in some documents the title stands above it."""
    named = (h for h in entry.headings if entry.organisation and entry.organisation in plain(h.text))
    return next(named, entry.headings[0])
