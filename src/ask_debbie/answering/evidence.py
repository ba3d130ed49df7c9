"""From what was found to what an answer may rest on: is it enough, and which of it."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from ask_debbie.answering.answer_kind import asked_kind
from ask_debbie.answering.contact_lines import is_contact_line, is_of_work
from ask_debbie.answering.question import Question, Term
from ask_debbie.answering.tampering import tampered
from ask_debbie.corpus.dates import find_dates
from ask_debbie.corpus.document import Passage
from ask_debbie.corpus.passages import plain
from ask_debbie.corpus.references import read_reference
from ask_debbie.retrieval.retriever import Found
from ask_debbie.retrieval.terms import STOP_WORDS, Glossary, fold, stem, stems, words

TOP = 8
_SCOPE_BONUS = 0.6
_EARLIER_BONUS = 0.9
_CARRIED_BONUS = 0.25
_WORDED_BONUS = 0.3  # for one that has all the question's words, those too that say little by themselves
_KIND_BONUS = 0.5  # for a passage near what was said that holds the kind of thing that is asked for
_NEXT_BONUS = 0.4  # for what stands right after what was said, where more of that is asked for
_ITEM_MALUS = 0.14  # for a bare name that a concept alone has found
_KEYWORDS = 0.15  # for the best keyword match
_TERMS = 0.27  # for a passage that states all of the question's terms, the rarer the more
_TERMS_ABOVE = 0.15  # the same, where only the headings above it do
_LENGTH = 0.047  # for each time that it is 2.7 times as long: a line of a few words seldom answers
_LONG = 160  # characters beyond which more say nothing
_LISTED = 0.04  # for a list
_HOLDS_KIND = 0.19  # for a passage that holds the kind of thing that is asked for
_FIGURE = (
    r"(?:(?<![^\W\d_])\d[\d.,]*[km+]*|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|"
    r"fourteen|fifteen|sixteen|seventeen|eighteen|nineteen|twenty|thirty|forty|fifty|sixty|hundred|thousand|dozen))"
)
_FIGURE_WORD = re.compile(_FIGURE)
_MOST_TERMS = 8
_CLOSE = 5  # words within which a figure counts what follows
_SUM = r"[$€£¥]\s?\d|\d[\d.,]*\s?(?:k|m|million|thousand)?\s?(?:dollars?|euros?|pounds?|francs?|usd|eur|gbp|chf)\b"
_UNIT = re.compile(r"(second|minute|hour|day|week|month|year|percent|euro|dollar)s?\b")
_HOW_MUCH = re.compile(r"\bhow (?:many|much)\b")
_AND_WHICH = re.compile(r"\bhow many\b.*(?:\band|,|-|&)\s*(?:which|what)\b(?: (?:are|were|ones)\b.*)?\W*$")
_LETTERS = re.compile(r"[^\W\d_]{2}|\b[A-Z]\b")
_HOW_MANY = re.compile(r"\bhow (?:many|much)\s+((?:[^\W\d_]+\s*){1,2})")


@dataclass(frozen=True, slots=True)
class Signals:
    """What tells whether the evidence states an answer.

    Attributes:
        best: share of the question's terms that the best single passage states, with its headings.
        together: share that the top passages state between them.
        cosine: similarity of the nearest passage's vector to the question's.
        unheard: how many terms are topics that the glossary knows and no passage in scope states; twice as many
            where a figure of them is asked for.
        unknown: how many terms are words that neither the glossary nor any passage in scope has.
        apart: how many terms the documents state, but not in the question's scope.
        counted: whether a question of how many or how much has evidence with a figure of what it asks for.
        terms: how many terms there are.
        fit: how well the best passage by itself fits the question.
        placed: whether the question names an employer, a role, a project or a school of the documents, or goes on
            from what was said.
    """

    best: float
    together: float
    cosine: float
    unheard: int = 0
    unknown: int = 0
    apart: int = 0
    counted: bool = True
    terms: int = 0
    fit: float = 0.0
    placed: bool = False


@dataclass(frozen=True, slots=True)
class Evidence:
    """The passages for a question, best first, and what speaks for their being enough."""

    passages: tuple[Passage, ...]
    signals: Signals
    scores: tuple[float, ...]
    missing: tuple[Term, ...]

    @property
    def odds(self) -> float:
        """Log-odds that the passages state the answer.

        The weights are those of a logistic regression on 738 questions of 21 resumes (docs/experiments.md).
        """
        s = self.signals
        return (
            -2.4
            + 2.67 * s.best
            + 0.57 * s.fit
            + 0.4 * min(s.terms, _MOST_TERMS)
            + 0.8 * s.placed
            - 0.5 * s.unheard / max(s.terms, 1)
            + 0.14 * s.unknown
            - 1.05 * s.apart
            - 2.5 * (not s.counted)
        )


class EvidenceWeigher:
    """Ranks what a search found by what the question is about."""

    def __init__(self, passages: Sequence[Passage], glossary: Glossary) -> None:
        self._glossary = glossary
        self._tampered = tampered(passages)
        self._stems: dict[tuple[str, int, int], frozenset[str]] = {}
        self._own: dict[tuple[str, int, int], tuple[frozenset[str], frozenset[str]]] = {}
        self._concepts: dict[tuple[str, int, int], frozenset[str]] = {}
        told = [p for p in passages if p.kind == "sentence"]
        self._before = {
            after.key: p.key
            for p, after in pairwise(told)
            if p.document == after.document and p.breadcrumb == after.breadcrumb
        }
        for passage in passages:
            texts = (plain(passage.text), *passage.breadcrumb, *passage.aliases)
            said = " ".join((plain(passage.text), *passage.aliases))
            self._own[passage.key] = (frozenset(stems(said)), self.own_concepts(passage))
            self._stems[passage.key] = frozenset(s for text in texts for s in stems(text))
            self._concepts[passage.key] = frozenset(
                c.name for text in texts for c in glossary.in_passage(stems(text))
            )

    def weigh(self, question: Question, found: Sequence[Found]) -> Evidence:
        """The passages in the question's scope, best first."""
        considered = [f for f in found if self._is_evidence(f.passage)]
        fits = self._fits(question, considered)
        scored = [(fits[f.passage.key] + self._bonus(question, f.passage), f) for f in considered]
        scored = [(s, f) for s, f in scored if not self._is_left_out(question, f.passage)] or scored
        everywhere = [f.passage for _, f in scored]
        if question.mentions:
            inside = [(s, f) for s, f in scored if self.in_scope(question, f.passage)]
            scored = inside or scored
        scored.sort(key=lambda pair: -pair[0])
        top = [f for _, f in scored[:TOP]]
        count = len(question.terms)
        stated = [[self.states(f.passage, t) for t in question.terms] for f in top]
        inside_passages = [f.passage for _, f in scored]
        absent = [t for t in question.terms if not any(self.states(p, t) for p in inside_passages)]
        if question.foreign:
            absent = [t for t in absent if t.concepts]
        apart = [t for t in absent if any(self.states(p, t) for p in everywhere)]
        unheard = [t for t in absent if t not in apart and t.concepts]
        signals = Signals(
            best=max((sum(row) / count for row in stated), default=0.0) if count else 1.0,
            together=sum(any(row[i] for row in stated[:5]) for i in range(count)) / count if count else 1.0,
            cosine=max((f.cosine for f in top), default=0.0),
            unheard=len(unheard) * (2 if _HOW_MUCH.search(fold(question.text)) else 1),
            unknown=len(absent) - len(apart) - len(unheard),
            apart=len(apart),
            counted=self._counts(question, [f.passage for f in top[:4]]),
            terms=count,
            placed=bool(question.mentions or question.earlier),
            fit=max((fits[f.passage.key] for f in top), default=0.0),
        )
        return Evidence(
            tuple(f.passage for f in top), signals, tuple(s for s, _ in scored[:TOP]), tuple(absent)
        )

    def states(self, passage: Passage, term: Term) -> bool:
        """Whether a passage, with the headings above it, states a term."""
        key = passage.key
        return term.stem in self._stems[key] or bool(term.concepts & self._concepts[key])

    def states_itself(self, passage: Passage, term: Term) -> bool:
        """The same, without the headings."""
        own_stems, own_concepts = self._own[passage.key]
        return term.stem in own_stems or bool(term.concepts & own_concepts)

    def concepts(self, passage: Passage) -> frozenset[str]:
        return self._concepts[passage.key]

    def _counts(self, question: Question, passages: Sequence[Passage]) -> bool:
        asked = _HOW_MANY.search(fold(question.text))
        if asked is None or question.earlier or _AND_WHICH.search(fold(question.text)):
            return True
        unit = _UNIT.match(asked[1])
        roots = {stem(word) for word in words(asked[1])}
        pattern = rf"{_FIGURE}[ -]{unit[1]}" if unit else _SUM if "money" in roots else _FIGURE
        figure = re.compile(pattern)
        heads = roots - {"money", stem(unit[1]) if unit else ""}
        wanted = [t for t in question.terms if t.stem in heads]
        stated = {p.key: sum(self.states(p, t) for t in question.terms) for p in passages}
        most = max(stated.values(), default=0)
        return any(
            stated[p.key] == most
            and figure.search(_undated(plain(p.text)))
            and not read_reference(plain(p.text))  # its figures are years and pages
            and (not wanted or any(self._is_counted(p, t) for t in wanted))
            for p in passages
        )

    def _is_counted(self, passage: Passage, term: Term) -> bool:
        """Whether a figure stands close before what a term says, or just after it."""
        said = words(plain(passage.text))
        roots = [stem(word) for word in said]
        places = {at for at, root in enumerate(roots) if root == term.stem}
        places |= {c.start for c in self._glossary.in_passage(roots) if c.name in term.concepts}
        figures = [at for at, word in enumerate(said) if _FIGURE_WORD.match(word)]
        return any(-_CLOSE <= figure - place <= 2 for figure in figures for place in places)

    def own_concepts(self, passage: Passage) -> frozenset[str]:
        """The concepts that a passage's own text states."""
        return frozenset(c.name for c in self._glossary.in_passage(stems(plain(passage.text))))

    def in_scope(self, question: Question, passage: Passage) -> bool:
        """Whether a passage stands under what the question names, or names it."""
        return any(m.subject.holds(passage) or _names(m.name, passage) for m in question.mentions)

    def _is_left_out(self, question: Question, passage: Passage) -> bool:
        if is_contact_line(passage):
            said = self._own[passage.key][0]
            stated = sum(t.stem in said for t in question.terms)
            return is_of_work(question) or stated * 2 < max(1, len(question.terms))
        return passage.kind in {"item", "field"} and any(
            self.states_itself(passage, t) for t in question.besides
        )

    def _is_evidence(self, passage: Passage) -> bool:
        """Whether a passage says something: a section's heading or a bare name points at evidence and is none,
        dates alone are the timeline's, and what speaks to a reader's software is about nobody."""
        if passage.key in self._tampered or passage.kind == "dates" or not _LETTERS.search(passage.text):
            return False
        return passage.kind != "heading" or len(passage.breadcrumb) >= 2

    def _goes_on(self, question: Question, passage: Passage) -> float:
        """What speaks for a passage where the question goes on from the answer before it: that it was cited there,
        or stands beside what was, and holds what is asked."""
        if not question.earlier:
            return 0.0
        kind = asked_kind(question.text)
        held = kind.holds(plain(passage.text)) if kind else 0.0
        place = next((i for i, p in enumerate(question.earlier) if p.key == passage.key), None)
        near = place is not None or any(s.holds(passage) for s in question.scope)
        asked = {stem(w) for w in words(question.text) if w not in STOP_WORDS}
        worded = len(asked & self._own[passage.key][0]) / len(asked) if asked else 0.0
        bonus = _KIND_BONUS * held + _WORDED_BONUS * worded if near else 0.0
        if (
            kind
            and kind.further
            and place is None
            and self._before.get(passage.key) in {p.key for p in question.earlier}
        ):
            bonus += _NEXT_BONUS
        if place is not None:
            share = 1.0 if kind is None else held if kind.strict else 0.5 + 0.5 * held
            bonus += share * _EARLIER_BONUS / len(question.earlier) ** 0.5
        return bonus

    def _fits(self, question: Question, found: Sequence[Found]) -> dict[tuple[str, int, int], float]:
        """How well each passage by itself fits the question.

        The weights are those of a conditional logit over 537 questions of 21 resumes (docs/experiments.md).
        """
        stated = [[self.states(f.passage, t) for t in question.terms] for f in found]
        rarity = [
            math.log((len(found) + 1) / (sum(row[i] for row in stated) + 1))
            for i in range(len(question.terms))
        ]
        total = sum(rarity) or 1.0
        kind = None if question.earlier else asked_kind(question.text)
        fits = {}
        for f, row in zip(found, stated, strict=True):
            itself = [self.states_itself(f.passage, t) for t in question.terms]
            own = sum(r for r, states in zip(rarity, itself, strict=True) if states) / total
            above = sum(r for r, states in zip(rarity, row, strict=True) if states) / total - own
            text = plain(f.passage.text)
            fits[f.passage.key] = (
                f.cosine
                + _KEYWORDS * f.keyword
                + _TERMS * own
                + _TERMS_ABOVE * above
                + _LENGTH * math.log(min(len(text), _LONG) or 1)
                + _LISTED * (f.passage.kind == "list")
                + _HOLDS_KIND * (kind.holds(text) if kind else 0.0)
            )
        return fits

    def _bonus(self, question: Question, passage: Passage) -> float:
        bonus = 0.0
        if any(s.holds(passage) for s in question.subjects):
            bonus += _SCOPE_BONUS * (0.5 if passage.kind == "heading" else 1.0)
        elif any(s.holds(passage) for s in question.carried):
            bonus += _CARRIED_BONUS if not question.earlier else 0.9
        bonus += self._goes_on(question, passage)
        if passage.kind == "item" and not _asks_kind(question) and not _says_word(question, passage):
            bonus -= _ITEM_MALUS
        return bonus


def _undated(text: str) -> str:
    """Folded text without its dates, whose figures count nothing."""
    for date in find_dates(text):
        text = text.replace(date.text, " ")
    return fold(text)


def _asks_kind(question: Question) -> bool:
    return any(concept.startswith("<") for term in question.terms for concept in term.concepts)


def _says_word(question: Question, passage: Passage) -> bool:
    found = set(stems(plain(passage.text)))
    return any(term.stem in found for term in question.terms)


def _names(name: tuple[str, ...], passage: Passage) -> bool:
    found = stems(plain(passage.text))
    return bool(name) and any(
        tuple(found[i : i + len(name)]) == name for i in range(len(found) - len(name) + 1)
    )


def probability(odds: float) -> float:
    """Log-odds as a probability."""
    return 1.0 / (1.0 + math.exp(-odds))
