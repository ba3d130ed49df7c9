"""Questions that ask for all of a section: "which certifications does she have?", "all her languages"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from ask_debbie.answering.claim import Claim
from ask_debbie.answering.phrasing import listed, state
from ask_debbie.answering.places import Places
from ask_debbie.answering.question import GENERIC, Question, Term
from ask_debbie.answering.section_kinds import Kind, asked_in, named_in, names_kinds
from ask_debbie.corpus.corpus import Corpus
from ask_debbie.corpus.document import Passage
from ask_debbie.corpus.passages import plain
from ask_debbie.retrieval.terms import STOP_WORDS, Glossary, fold, stem, stems

_ALL = re.compile(r"\b(?:list|tell me|show|all|every|each|both|which|what|name|how many|any)\b")
_OF_IT = re.compile(
    r"\b(?:when|why|how|long|much|many|last|latest|first|recent|year|still|ago|since|before|after)\b"
)
_AND_WHEN = re.compile(
    r"(?:\s*(?:,|&|\band\b|\bplus\b|\bwith\b|-)\s*)+(?:also )?(?:from |since |in |the )?(?:when|years?|dates?|(?:what|which) (?:years?|dates?))\b"
    r"(?: (?:was|were|did|does|do|is|are|has|have)\b[\w ]*)?\W*$"
)  # the entries have their dates
_HOW_MANY_AND_WHICH = re.compile(r"\bhow many\b(?=.*(?:\band|,|-|&)\s*(?:which|what)\b)")
_LEISURE = re.compile(
    r"\bfor fun\b|\boutside (?:of )?(?:the )?(?:work|office|job|hospital|classroom|lab)\W*$|\b(?:free|spare) time\b|"
    r"\bwhen (?:she|he|they)(?:'s|'re| is| are)? (?:not|isn't|aren't|off) ?(?:at work|working|work)?\W*$|"
    r"\baway from (?:work|the (?:keyboard|office|desk|job|screen))\b"
)
_TALK = re.compile(
    r"\b(?:an?|any|the|which|what|her|his|their|gave|given|giving|held|conference) talks?\b"
)  # no term: "talk to me about …"
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_SAID = frozenset({"sentence", "field", "list"})
_NUMBERS = frozenset("two three four five six seven eight nine ten".split())
_MOST_SENTENCES = 5
_NAME = 4  # words of an entry that only names something
_BRIEF = 2  # words of a question that is a title: "Skills?"
_MOST = 8  # entries that are still an answer, and not the document
_MOST_UNDER = 2  # of what stands under a heading of its own


@dataclass(frozen=True, slots=True)
class _Section:
    heading: Passage
    stems: frozenset[str]
    concepts: frozenset[str]
    kinds: tuple[Kind, ...]
    under: tuple[Passage, ...]

    @property
    def entries(self) -> tuple[Passage, ...]:
        """What it says, without headings and dates."""
        return tuple(p for p in self.under if p.kind in _SAID)

    @property
    def is_flat(self) -> bool:
        """Whether nothing in it has a heading of its own."""
        return all(p.kind != "heading" for p in self.under)


class SectionLister:
    """Lists the short sections of one corpus."""

    def __init__(self, corpus: Corpus, glossary: Glossary) -> None:
        self._grammar = corpus.profile.grammar
        self._places = Places(corpus)
        self._candidate = set(stems(corpus.profile.name))
        self._stems = {root for p in corpus.passages for root in stems(p.text)}
        every = [s for p in corpus.passages if (s := _section(p, corpus, glossary))]
        self._kinds = [s for s in every if s.kinds]
        self._sections = [s for s in every if s.is_flat and not s.heading.breadcrumb]

    def answer(self, question: Question) -> list[Claim] | None:
        """All entries of the section that a question's only subject names; None where it asks anything else."""
        if question.mentions or question.strangers or question.earlier:
            return None
        if claims := self.of_kinds(question):
            return claims
        if not (_ALL.search(fold(question.text)) or len(question.text.split()) <= _BRIEF):
            return None
        terms = [t for t in question.terms if t.word not in _NUMBERS]
        if not terms:
            return self._by_title(question)
        for section in self._sections:
            if (
                len(section.entries) > 1
                and all(_names(section, t) for t in terms)
                and any(t.stem in section.stems for t in terms)
            ):
                entries = [
                    p for p in section.entries if not {t.stem for t in question.besides} & set(stems(p.text))
                ]
                return [self._entries(section, entries)] if entries else None
        return None

    def of_kinds(self, question: Question) -> list[Claim] | None:
        """All that the documents' sections of the kinds list that a question asks for: awards, talks, certificates; None
        where it asks anything else, or what it asks for stands elsewhere."""
        named = [root for m in question.mentions for root in m.name]  # "volunteer", of "Volunteer Nurse"
        if question.strangers or question.earlier or question.besides or not names_kinds(named):
            return None
        asked = _AND_WHEN.sub("", fold(question.text))
        kept = set(stems(asked)) if asked != fold(question.text) else {t.stem for t in question.terms}
        asked = _HOW_MANY_AND_WHICH.sub("", asked)
        said = [t.stem for t in question.terms if t.word not in _NUMBERS and t.stem in kept] + named
        leisure = _LEISURE.search(asked) is not None
        kinds = asked_in([*said, *["talk"] * (_TALK.search(asked) is not None), *["hobbi"] * leisure])
        if not kinds or (_OF_IT.search(asked) and not leisure):
            return None
        sections = [s for s in self._kinds if set(kinds) & set(s.kinds)]
        lacking = [k for k in kinds if not any(k in s.kinds for s in sections)]
        if not sections:
            return self._told_elsewhere(kinds)
        if any(k.nouns & self._stems for k in lacking):
            return None
        claims = [claim for section in sections for claim in self._listed(section, kinds)]
        missing = [t.word for t in question.terms if any(t.stem in k.nouns for k in lacking)]
        if missing:
            told = f"{self._grammar.possessive.capitalize()} documents don't mention {' or '.join(missing)}."
            claims.append(Claim(told))
        return claims

    def _told_elsewhere(self, kinds: Sequence[Kind]) -> list[Claim] | None:
        """What the entries of other kinds tell of one that has no section: an award for a talk."""
        wanted = {root for kind in kinds for root in kind.nouns}
        claims = []
        for section in self._kinds:
            for entry in _wholes(section.entries) if section.is_flat else ():
                if wanted & {root for p in entry for root in stems(plain(p.text))}:
                    claims.append(self._entries(section, entry))
        return claims or None

    def _listed(self, section: _Section, kinds: Sequence[Kind]) -> list[Claim]:
        others = {root for kind in section.kinds if kind not in kinds for root in kind.nouns}
        claims = []
        told = (p for p in section.under if p.kind != "heading")
        for headings, group in groupby(told, self._places.above):
            entries = list(group)
            names = headings[len(section.heading.breadcrumb) + 1 :]
            if names:
                claims.append(_under_heading(names, entries))
            else:
                said = [p for p in entries if p.kind in _SAID]
                kept = [p for p in said if not others & set(stems(plain(p.text)))] or said
                claims.append(self._entries(section, kept))
        return claims

    def _entries(self, section: _Section, entries: Sequence[Passage]) -> Claim:
        texts = [plain(p.text).rstrip(" .;") for p in entries]
        title = plain(section.heading.text).lower()
        told = f"{self._grammar.possessive.capitalize()} {title}: {'; '.join(texts)}."
        return Claim(told, tuple(entries))

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


def _under_heading(names: Sequence[Passage], entries: Sequence[Passage]) -> Claim:
    """An entry with headings of its own, such as the charity and the post, its dates, and what it says first."""
    title = ", ".join(plain(heading.text) for heading in names)
    dates = [p for p in entries if p.kind == "dates"][:1]
    told = [p for p in entries if p.kind in _SAID][:_MOST_UNDER]
    when = f" ({plain(dates[0].text)})" if dates else ""
    text = "; ".join(plain(p.text).rstrip(" .;") for p in told)
    return Claim(f"{title}{when}{': ' if told else ''}{text}.", (*names, *dates, *told))


def _wholes(entries: Sequence[Passage]) -> list[list[Passage]]:
    """The entries' lines together: one that has a year, and those after it that have none."""
    wholes: list[list[Passage]] = []
    for passage in entries:
        if wholes and _YEAR.search(wholes[-1][0].text) and not _YEAR.search(passage.text):
            wholes[-1].append(passage)
        else:
            wholes.append([passage])
    return wholes


def _section(heading: Passage, corpus: Corpus, glossary: Glossary) -> _Section | None:
    if heading.kind != "heading":
        return None
    title = plain(heading.text)
    trail = (*heading.breadcrumb, title)
    within = [p for p in corpus.passages if p.document == heading.document]
    under = tuple(p for p in within if p.breadcrumb[: len(trail)] == trail and p.kind != "item")
    if not 1 <= sum(p.kind in _SAID for p in under) <= _MOST:
        return None
    found = stems(title)
    titles = heading.breadcrumb or heading.start == min(p.start for p in within if p.kind == "heading")
    kinds = tuple(named_in(found, wholly=bool(titles)))
    concepts = frozenset(c.name for c in glossary.in_question(found))
    return _Section(heading, frozenset(found), concepts, kinds, under)
