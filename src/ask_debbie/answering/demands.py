"""What a question asks for has to be stated by what would answer it: the grade, the sum, the person, the thing there."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from ask_debbie.answering.evidence import Evidence, EvidenceWeigher
from ask_debbie.answering.question import Question, QuestionReader, Term
from ask_debbie.answering.time_words import ABOUT_TIME, GOT
from ask_debbie.corpus.document import Passage
from ask_debbie.corpus.passages import plain
from ask_debbie.retrieval.terms import fold, stem, stems, words

_TOP = 4  # passages that an answer would be made of
_NEXT = 4  # characters between a passage and the one that goes on from it
_AUX = r"(?:did|does|do|is|are|was|were|has|have|had|can|could|will|would|came|won)"
_OWN = r"(?:her|his|their|the|\w+'s)"
_FOCUS = (
    re.compile(rf"\b(?:which|what) (?!{_AUX}\b)((?:[\w'-]+ ){{1,4}}?){_AUX}\b"),
    re.compile(
        rf"\bwhat (?:is|was|were|are) {_OWN} ((?:[\w'-]+ ?){{1,3}}?)(?:\b(?:at|for|in|of|on|when|after|with|given|before)\b|\?|$)"
    ),
    re.compile(rf"\bwhat did {_OWN} ((?:[\w'-]+ ){{1,3}}?)(?:look|amount|come)\b"),
    re.compile(
        r"\b(?:does|did|has|have) (?:the |her |his |their )?(?:[\w-]+ ){1,3}?(?:ever )?(?:have|had|hold|got|get|earned?|win|won|filed?|publish(?:ed)?|received?) (?:an?|any|the|some) ((?:[\w'-]+ ?){1,2})"
    ),
)
_GRADE = re.compile(
    r"\d[.,:]\d|\bfirst[- ]class|\b(?:honou?rs|grade\w*|gpa|distinction|merit|cum laude|out of)\b|\d ?%"
)
_SUM = re.compile(
    r"[$€£¥]\s?\d|\d[\d.,]*\s?(?:k|m|million|thousand)?\s?(?:dollars?|euros?|pounds?|francs?)\b|"
    r"\b(?:usd|eur|gbp|chf|cad|aud|sek|nok|dkk)\b"
)
_GRADES = re.compile(
    rf"\b(?:(?:which|what)|what (?:is|was|were) {_OWN}) (?:(?:final|overall|\w+) )?(?:grades?|gpa|marks?|scores?)\b|"
    r"\bhow did \w+ score (?:in|on|at)\b"
)
_MONEY = re.compile(
    r"\bhow much money (?:did|does|do|has|have|was|were) .*?\b(sav|rais|earn|spen|mak|cost|los|bring|brought|won)\w*"
)
_COST = re.compile(r"\b(?:how much|what) (?:did|does|do|would)\b.*\b(cost)\b")
_PAY = re.compile(
    r"\b(?:what|how much|which|number|figure)\b.*\b(?:salar(?:y|ies)|wages?)\b(?! \w+ing\b| reviews?\b)|"
    r"\b(?:what|how much) (?:is|was|does|did|do|would|will) [\w']+ (?:get )?(?:paid|earn)\b"
)
_PAID = re.compile(r"\b(?:salar\w+|wages?|earn(?:s|ed|ing)|compensation|pay(?:s|ing)?)\b")
_PHONE = re.compile(
    r"\b(?:phone|mobile|cell|telephone|whatsapp)\b.*\bnumber\b|\bnumber\b.*\b(?:ring|call|text) (?:her|him|them)\b"
)
_DIGITS = re.compile(r"\+?\d[\d ()./-]{6,}\d")
_KINDS = ((_GRADES, _GRADE), (_PAY, _SUM), (_PHONE, _DIGITS))
_WHO = re.compile(
    r"^\W*who (?:(?:is|was|are|were) (?:(?:her|his|their|the)\b|head\b|in charge\b)|(?:manag|supervis|mentor|hir|recruit|coach|advis)\w+ (?:her|him|them)\b|(?:took over|succeeded|replaced|followed)\b)"
)
_PERSON = re.compile(r"\b([A-Z][\w'’]+) (?:[A-Z]\. )?([A-Z][\w'’]+)\b")
_RECORDS = frozenset(
    stem(word)
    for word in """prize prizes award awards certification certifications certificate certificates patent patents paper
        papers publication publications grade gpa dissertation thesis salary wage wages""".split()
)
_WHETHER = re.compile(r"^\W*(?:and |so |but |while .*, ?)?(?:did|does|do|has|have|had|is|are|was|were)\b")
_LISTED = re.compile(r"\b(?:and|or|both)\b|[,/]")
_PLACED = re.compile(r"\b(?:at|in|on|for|with|during|while)\b")


def states_grade(text: str) -> bool:
    """Whether a passage's text says how well somebody studied."""
    return _GRADE.search(fold(text)) is not None


class Demands:
    """What questions about one corpus demand of their evidence."""

    def __init__(self, weigher: EvidenceWeigher, reader: QuestionReader) -> None:
        self._weigher = weigher
        self._reader = reader
        self._listed = frozenset(  # kinds of what the documents list by names that the glossary has
            c
            for p in reader.passages
            if p.kind == "item"
            for c in weigher.own_concepts(p)
            if c.startswith("<")
        )
        self._things = frozenset(w for s in reader.subjects.all for w in words(s.title))

    def are_met(self, question: Question, evidence: Evidence) -> bool:
        """Whether the best of the evidence states what the question asks for."""
        if question.earlier or question.foreign:
            return True
        text = fold(question.text)
        top = evidence.passages[:_TOP]
        return (
            self._states_kind(text, question, top)
            and self._states_focus(text, question, evidence)
            and self._states_names(text, question, evidence)
        )

    def _states_kind(self, text: str, question: Question, top: Sequence[Passage]) -> bool:
        said = [sum(self._weigher.states(p, t) for t in question.terms) for p in top]
        best = [p for p, n in zip(top, said, strict=True) if n == max(said)]
        for asked, stated in _KINDS:
            if asked.search(text):
                records = [
                    t for t in question.terms if t.stem in _RECORDS and not asked.search(f"what {t.word}")
                ]
                return any(
                    stated.search(fold(plain(p.text)))
                    and (asked is not _PAY or _PAID.search(fold(plain(p.text))))
                    and all(self._weigher.states(p, t) for t in records)
                    for p in best
                )
        near = [p for p in top if any(p is b or 0 <= p.start - b.end < _NEXT for b in best)]
        if _WHO.search(text) and not any(self._names_person(p) for p in near):
            return False
        if match := _MONEY.search(text) or _COST.search(text):
            wanted = [t for t in question.terms if t.stem.startswith(match[1])]
            return any(
                _SUM.search(fold(plain(p.text))) and all(self._weigher.states_itself(p, t) for t in wanted)
                for p in near
            )
        return True

    def _states_focus(self, text: str, question: Question, evidence: Evidence) -> bool:
        top = evidence.passages[:_TOP]
        focus = self._focus(text, question)
        if focus is None:
            return True
        written = re.search(rf"\b{re.escape(focus.word)}\b", question.text, re.IGNORECASE)
        named = written is not None and written[0][:1].isupper() and focus in evidence.missing
        if focus.stem in _RECORDS or named:
            stating = [p for p in top if self._weigher.states(p, focus)]
            others = [t for t in question.terms if t.stem not in _RECORDS | ABOUT_TIME | GOT and t != focus]
            own = [p for p in stating if self._weigher.states_itself(p, focus)] or stating
            of_it = not (others and _WHETHER.search(text)) or any(
                self._weigher.states(p, t) for p in own for t in others
            )
            return bool(stating) and of_it
        kinds = focus.concepts & self._listed
        return not kinds or bool(question.besides) or any(self._names_one(p, kinds, question) for p in top)

    def _names_one(self, passage: Passage, kinds: frozenset[str], question: Question) -> bool:
        """Whether a passage names one of a kind, and doesn't only say the question's word for it."""
        asked = {t.stem for t in question.terms}
        said = [s for s in stems(plain(passage.text)) if s not in asked]
        return any(c.name in kinds for c in self._reader.glossary.in_passage(said))

    def _states_names(self, text: str, question: Question, evidence: Evidence) -> bool:
        """Whether what is named is stated of the place that is named with it: a tool of one employer's is no
        other's."""
        if question.mentions and any(
            self._is_name(t) and t.stem in self._reader.stems for t in evidence.missing
        ):
            return False
        names = [t for t in question.terms if self._is_name(t)]
        others = [t for t in question.terms if t not in names]
        owners = [t for t in names if re.search(rf"\b{re.escape(t.word)}['’]s\b", text)]
        if owners and others and not self._states_together(evidence, owners, others):
            return False  # one employer's turnover is no other's
        if not _WHETHER.search(text) or _LISTED.search(text):
            return True
        if len(names) + len(question.mentions) < 2 or not _PLACED.search(text):
            return True
        return any(
            all(self._weigher.states(p, t) for t in names)
            and all(self._weigher.in_scope(replace(question, mentions=(m,)), p) for m in question.mentions)
            for p in evidence.passages
        )

    def _states_together(self, evidence: Evidence, names: Sequence[Term], others: Sequence[Term]) -> bool:
        return any(
            all(self._weigher.states(p, t) for t in names) and any(self._weigher.states(p, t) for t in others)
            for p in evidence.passages
        )

    def _names_person(self, passage: Passage) -> bool:
        """Whether a passage has two capitalised words that are no tool's, place's or employer's."""
        return any(
            not any(w in self._things or self._reader.glossary.is_member(w) for w in words(match[0]))
            for match in _PERSON.finditer(plain(passage.text))
        )

    def _is_name(self, term: Term) -> bool:
        return term.word in self._reader.proper and (
            self._reader.glossary.is_member(term.word) or term.word not in self._reader.lower
        )

    def _focus(self, text: str, question: Question) -> Term | None:
        """The head of what is asked for: "certifications" in "Which AWS certifications does she hold?"."""
        for pattern in _FOCUS:
            if match := pattern.search(text):
                by_stem = {term.stem: term for term in question.terms}
                named = [by_stem[s] for s in stems(match[1]) if s in by_stem]
                return named[-1] if named else None
        return None
