"""The floor engine: the evidence itself, quoted into a short answer with no model."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from ask_debbie.answering.claim import Claim
from ask_debbie.answering.evidence import Evidence, EvidenceWeigher
from ask_debbie.answering.phrasing import listed, state, tells_of_work
from ask_debbie.answering.question import Question
from ask_debbie.answering.role_dates import asks_when, is_dated
from ask_debbie.corpus.corpus import Corpus
from ask_debbie.corpus.document import Passage
from ask_debbie.corpus.passages import plain
from ask_debbie.corpus.readers.plain import SECTION_WORDS
from ask_debbie.retrieval.terms import fold, stems

_MOST = 3
_MOST_ITEMS = 8
_CLOSE = 0.82  # of the best score: nearer passages are said too where the question asks for several
_NEAR = 0.6  # the same, for a passage that states a term which none before it does
_SEVERAL = re.compile(
    r"\b(?:which|what|list|name|any|all|every|other|both|two|three|several|how many)\b.{0,40}"
    r"\b(?!(?:does|this|always|perhaps|across|besides|sometimes|years|months|news)\b)\w{2,}[^\Wsu]s\b|\bexamples?\b|"
    r"\bwhat (?:did|has|does|do|have) \w+ (?:\w+ )?(?:do|done|work(?:ed)? on|build|built|achieve\w*|accomplish\w*)\b|"
    r"\btell me (?:more )?about\b|\bdescribe\b|\bmore\b|\bsummar\w+|\boverview\b"
)
_USE = re.compile(
    r"\bwhat (?:has|have|did|does) \w+ (?:\w+ )?(?:do|done|build|built|use|make|made|create|accomplish\w*)\b|\bhow (?:did|has|does|do)\b|\bwhat for\b|\bwhy\b|\bfor what\b|\bin what way\b"
)
_DONE = re.compile(r"\bwhat (?:did|does|do|has|have|was|were|is) \w+ (?:\w+ )?(?:do|doing|done)\b")
_WHERE = re.compile(
    r"\b(?:where|alma mater|(?:which|what) (?:company|employer|firm|job|role|team|project|university|school|college|position)|at what company|whom? for|in which (?:job|role|project))\b"
)


class ExtractiveWriter:
    """Writes answers of one corpus's own words."""

    def __init__(self, corpus: Corpus, weigher: EvidenceWeigher) -> None:
        self._grammar = corpus.profile.grammar
        self._weigher = weigher
        self._passages = corpus.passages
        self._headings = {
            (p.document, (*p.breadcrumb, plain(p.text))): p
            for p in reversed(corpus.passages)
            if p.kind == "heading"
        }

    def write(self, question: Question, evidence: Evidence) -> list[Claim]:
        """One to three sentences, best first; empty without evidence."""
        said = any(
            p.kind == "sentence" and all(t.stem in stems(plain(p.text)) for t in question.terms)
            for p in evidence.passages[:3]
        )
        if not said and (items := self.enumerated(question)):
            return items
        chosen = self._each_place(question, evidence) or self._choose(question, evidence)
        located = _WHERE.search(fold(question.text)) is not None
        if _USE.search(fold(question.text)):
            chosen = [p for p in chosen if p.kind != "item"] or chosen
        return [self._without_left_out(question, p) or self.say(p, located) for p in chosen]

    def _without_left_out(self, question: Question, passage: Passage) -> Claim | None:
        """A list's items but those that the question leaves out; None for all else."""
        if passage.kind != "list" or not question.besides:
            return None
        items = [p for p in self._passages if p.kind == "item" and _inside(p, passage)]
        kept = [p for p in items if not any(self._weigher.states_itself(p, t) for t in question.besides)]
        return listed(kept, self._grammar) if kept and len(kept) < len(items) else None

    def enumerated(self, question: Question) -> list[Claim]:
        """All that the documents' lists hold of the kind that a question asks for; empty where it asks for none."""
        items = self._items(question)
        if not items:
            return []
        return [listed(items, self._grammar) if items[0].kind == "item" else state(items[0], self._grammar)]

    def _items(self, question: Question) -> list[Passage]:
        """The items of lists that are of the kind that a question asks for, in the documents' order; the whole
        list where most of it is."""
        kinds = {c for t in question.terms for c in t.concepts if c.startswith("<")}
        if not question.terms or not kinds:
            return []
        lists = [p for p in self._passages if p.kind == "list"]
        found: list[Passage] = []
        for parent in lists:
            items = [p for p in self._passages if p.kind == "item" and _inside(p, parent)]
            items = [p for p in items if not any(self._weigher.states_itself(p, t) for t in question.besides)]
            own = [p for p in items if self._fits(question, kinds, p)]
            if question.mentions and not self._weigher.in_scope(question, parent):
                found += [p for p in own if self._weigher.in_scope(question, p)]
                continue
            label = self._weigher.own_concepts(replace(parent, text=parent.text.split(":", 1)[0]))
            if len(own) * 5 >= len(items) * 3 or (own and kinds & label and len(own) * 3 >= len(items)):
                if not question.besides:
                    return [parent]
                own = items
            found += own
        return found if len(found) <= _MOST_ITEMS else []

    def _fits(self, question: Question, kinds: set[str], item: Passage) -> bool:
        own = self._weigher.own_concepts(item)
        return bool(kinds & own) and all(
            any(c.startswith("<") for c in t.concepts) or self._weigher.states(item, t)
            for t in question.terms
        )

    def _each_place(self, question: Question, evidence: Evidence) -> list[Passage]:
        """For a question of which places: the best passage of each that states all it asks."""
        if not re.search(
            r"\bwhich (?:companies|employers|jobs|roles|projects|teams|schools)\b|\bwhere all\b",
            fold(question.text),
        ):
            return []
        places: dict[str, Passage] = {}
        for passage in evidence.passages:
            heading = self._where(passage)
            if (
                heading
                and passage.kind == "sentence"
                and all(self._weigher.states(passage, t) for t in question.terms)
            ):
                places.setdefault(plain(heading.text), passage)
        return list(places.values())[:_MOST]

    def _choose(self, question: Question, evidence: Evidence) -> list[Passage]:
        if not evidence.passages:
            return []
        passages = [p for p in evidence.passages if p.kind != "heading"] or list(evidence.passages)
        if _USE.search(fold(question.text)):
            passages = [p for p in passages if p.kind != "item"] or passages
        if question.subjects and not question.terms:
            first = [p for p in self._passages if p.kind == "sentence" and question.subjects[0].holds(p)]
            if _DONE.search(fold(question.text)):
                first.sort(key=lambda p: not tells_of_work(p))
            return first[:_MOST] or passages[:_MOST]
        if asks_when(question):
            near = [
                p
                for p, s in zip(evidence.passages, evidence.scores, strict=True)
                if s >= _CLOSE * evidence.scores[0]
            ]
            passages = self._dated_first(question, passages, near)
        chosen = [passages[0]]
        several = _SEVERAL.search(fold(question.text)) is not None
        covered = {t.stem for t in question.terms if self._weigher.states(passages[0], t)}
        scores = dict(zip((p.key for p in evidence.passages), evidence.scores, strict=True))
        for passage in passages[1:]:
            if len(chosen) == _MOST or _overlap(passage, chosen):
                continue
            new = {t.stem for t in question.terms if self._weigher.states(passage, t)} - covered
            share = scores[passage.key] / scores[passages[0].key]
            if (new and share >= _NEAR) or (several and share >= _CLOSE):
                chosen.append(passage)
                covered |= new
        return chosen

    def _dated_first(
        self, question: Question, passages: Sequence[Passage], near: Sequence[Passage]
    ) -> list[Passage]:
        """The passages, led by the first that says when, if it states as much of the question as the best does."""
        stated = {p.key: sum(self._weigher.states(p, t) for t in question.terms) for p in passages}
        dated = next(
            (p for p in passages if p in near and is_dated(p) and stated[p.key] >= stated[passages[0].key]),
            None,
        )
        return [dated, *(p for p in passages if p != dated)] if dated else list(passages)

    def say(self, passage: Passage, located: bool = False) -> Claim:
        """One passage as a sentence; with the place that it belongs to where that was asked for."""
        claim = state(passage, self._grammar)
        heading = self._where(passage) if located or self._is_degree(passage) else None
        if heading is None or SECTION_WORDS.fullmatch(plain(heading.text)):
            return claim
        name = plain(heading.text)
        return Claim(
            f"{'At ' if heading.breadcrumb else ''}{name}: {claim.text}"
            if name not in claim.text
            else claim.text,
            (*claim.passages, heading),
        )

    def _is_degree(self, passage: Passage) -> bool:
        trail = " ".join(passage.breadcrumb[:1])
        return (
            passage.kind == "sentence" and re.search(r"educat|stud|degree", trail, re.IGNORECASE) is not None
        )

    def _where(self, passage: Passage) -> Passage | None:
        """The heading that names the employer or school that a passage stands under."""
        trail = passage.breadcrumb
        for size in range(2, len(trail) + 1):
            heading = self._headings.get((passage.document, trail[:size]))
            if heading is not None:
                return heading
        return self._headings.get((passage.document, trail[:1])) if passage.document.count("/") else None


def _inside(passage: Passage, parent: Passage) -> bool:
    return passage.document == parent.document and parent.start <= passage.start and passage.end <= parent.end


def _overlap(passage: Passage, chosen: Sequence[Passage]) -> bool:
    return any(
        p.document == passage.document and p.start < passage.end and passage.start < p.end for p in chosen
    )
