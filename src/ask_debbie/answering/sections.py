"""Questions that ask for all of a section: "which certifications does she have?", "all her languages"."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from ask_debbie.answering.claim import Claim
from ask_debbie.answering.phrasing import listed, state
from ask_debbie.answering.question import GENERIC, Question, Term
from ask_debbie.corpus.corpus import Corpus
from ask_debbie.corpus.document import Passage
from ask_debbie.corpus.passages import plain
from ask_debbie.retrieval.terms import STOP_WORDS, Glossary, fold, stem, stems

_ALL = re.compile(r"\b(?:list|tell me|show|all|every|each|both|which|what|name|how many|any)\b")
_NUMBERS = frozenset("two three four five six seven eight nine ten".split())
_TITLES = {stem(said): stem(title) for said, title in (("published", "publications"), ("won", "awards"))}
_MOST_SENTENCES = 5
_NAME = 4  # words of an entry that only names something
_BRIEF = 2  # words of a question that is a title: "Skills?"
_MOST = 8  # entries that are still an answer, and not the document


@dataclass(frozen=True, slots=True)
class _Section:
    heading: Passage
    stems: frozenset[str]
    concepts: frozenset[str]
    entries: tuple[Passage, ...]


class SectionLister:
    """Lists the short sections of one corpus."""

    def __init__(self, corpus: Corpus, glossary: Glossary) -> None:
        self._grammar = corpus.profile.grammar
        self._candidate = set(stems(corpus.profile.name))
        self._sections = [s for p in corpus.passages if (s := _section(p, corpus, glossary))]

    def answer(self, question: Question) -> list[Claim] | None:
        """All entries of the section that a question's only subject names; None where it asks anything else."""
        if (
            question.mentions
            or question.strangers
            or question.earlier
            or not (_ALL.search(fold(question.text)) or len(question.text.split()) <= _BRIEF)
        ):
            return None
        terms = [
            replace(t, stem=_TITLES.get(t.stem, t.stem)) for t in question.terms if t.word not in _NUMBERS
        ]
        if not terms:
            return self._by_title(question)
        for section in self._sections:
            if (
                len(section.entries) > 1
                and all(_names(section, t) for t in terms)
                and any(t.stem in section.stems for t in terms)
            ):
                entries = tuple(
                    p for p in section.entries if not {t.stem for t in question.besides} & set(stems(p.text))
                )
                if not entries:
                    return None
                texts = [plain(p.text).rstrip(" .;") for p in entries]
                title = plain(section.heading.text).lower()
                told = f"{self._grammar.possessive.capitalize()} {title}: {'; '.join(texts)}."
                return [Claim(told, entries)]
        return None

    def _by_title(self, question: Question) -> list[Claim] | None:
        """All that stands under "Skills", in sentences of its own, where "what are her skills?" is all that is asked."""
        asked = set(stems(question.text)) - {stem(word) for word in STOP_WORDS} - self._candidate
        titles = {root for section in self._sections for root in section.stems}
        named = asked & titles
        if asked - titles - GENERIC:
            return None
        for section in self._sections:
            if named and named <= section.stems:
                if all(len(p.text.split()) <= _NAME for p in section.entries):
                    return [listed(list(section.entries), self._grammar)]
                return [state(p, self._grammar) for p in section.entries[:_MOST_SENTENCES]]
        return None


def _names(section: _Section, term: Term) -> bool:
    return term.stem in section.stems or bool(term.concepts & section.concepts)


def _section(heading: Passage, corpus: Corpus, glossary: Glossary) -> _Section | None:
    if heading.kind != "heading" or heading.breadcrumb:
        return None
    title = plain(heading.text)
    under = [p for p in corpus.passages if p.document == heading.document and p.breadcrumb[:1] == (title,)]
    entries = tuple(p for p in under if p.kind not in {"item", "dates"})
    if not 1 <= len(entries) <= _MOST or any(p.kind == "heading" for p in entries):
        return None
    found = stems(title)
    concepts = frozenset(c.name for c in glossary.in_question(found))
    return _Section(heading, frozenset(found), concepts, entries)
