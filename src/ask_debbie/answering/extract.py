"""The floor engine: the evidence itself, quoted into a short answer with no model."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace

from ask_debbie.answering.answer_kind import asked_kind
from ask_debbie.answering.claim import Claim
from ask_debbie.answering.contact_lines import is_contact_line
from ask_debbie.answering.evidence import Evidence, EvidenceWeigher
from ask_debbie.answering.going_on import meant_by
from ask_debbie.answering.phrasing import listed, state, tells_of_work
from ask_debbie.answering.places import Places, asks_name, asks_where
from ask_debbie.answering.question import Question
from ask_debbie.answering.role_dates import asks_when, is_dated
from ask_debbie.corpus.corpus import Corpus
from ask_debbie.corpus.document import Passage
from ask_debbie.corpus.passages import plain
from ask_debbie.retrieval.terms import fold, stem, stems

_MOST = 3
_MOST_ITEMS = 8
_TOOLS = frozenset(
    stem(w)
    for w in "tool tools tooling technology technologies stack software package packages framework frameworks".split()
)
_NAME = 4  # words of a passage that only names something
_CLOSE = 0.82  # of the best score: nearer passages are said too where the question asks for several
_NEAR = 0.6  # the same, for a passage that states a term which none before it does
_ANY = 0.25  # of a score that any line has
_LEAST = 0.001
_AHEAD = 0.4  # of the next best score: then a question that "there" alone holds to a place asks for one thing
_SEVERAL = re.compile(
    r"\b(?:which|what|list|name|any|all|every|other|both|two|three|several|how many)\b.{0,40}"
    r"\b(?!(?:does|this|always|perhaps|across|besides|sometimes|years|months|news)\b)\w{2,}[^\Wsu]s\b|\bexamples?\b|"
    r"\bwhat (?:did|has|does|do|have) \w+ (?:\w+ )?(?:do|done|work(?:ed)? on|build|built|achieve\w*|accomplish\w*)\b|"
    r"\btell me (?:more )?about\b|\bdescribe\b|\bmore\b|\bsummar\w+|\boverview\b"
)
_USE = re.compile(
    r"\bwhat (?:has|have|did|does) \w+ (?:\w+ )?(?:do|done|build|built|use|make|made|create|accomplish\w*)\b|\bhow (?:did|has|does|do)\b|\bwhat for\b|\bwhy\b|\bfor what\b|\bin what way\b|\bwhat \w+(?:'s|'ve| has| have|)? (?:done|did|built|made)\b|"
    r"\bused? .{2,40}\b(?:on (?:a|the|any) (?:\w+ )?(?:job|project)|at work|in practice|professionally|in anger|in production)\b"
)
_DONE = re.compile(r"\bwhat (?:did|does|do|has|have|was|were|is) \w+ (?:\w+ )?(?:do|doing|done)\b")
_WITH_WHOM = re.compile(
    r"\bwho(?:m| else)?\b.{0,40}\b(?:with|together|alongside|co-?\w+|joint\w*|helped)\b|\b(?:with whom|co-?author\w*|collaborat\w+)\b"
)
_SOMEBODY = re.compile(r"\bwith\s+(?:\w+\.?\s+)?[A-ZÀ-Þ][^\W\d_]+\s+(?:[A-Z]\.\s+)?[A-ZÀ-Þ][^\W\d_]+")
_AFTER = 3  # passages that may go on about the one before them


def asks_use(text: str) -> bool:
    """Whether a question asks what was done with something, and not whether a list has it."""
    return _USE.search(fold(text)) is not None


class ExtractiveWriter:
    """Writes answers of one corpus's own words."""

    def __init__(self, corpus: Corpus, weigher: EvidenceWeigher) -> None:
        self._grammar = corpus.profile.grammar
        self._weigher = weigher
        self._passages = corpus.passages
        self._places = Places(corpus)

    def write(self, question: Question, evidence: Evidence, *, located: bool = False) -> list[Claim]:
        """One to three sentences, best first; empty without evidence.

        Args:
            located: whether the places that they belong to are asked for, even if these words don't.
        """
        said = any(
            p.kind == "sentence" and all(t.stem in stems(plain(p.text)) for t in question.terms)
            for p in evidence.passages[:3]
        )
        located = located or asks_where(question.text)
        if not said and not located and (items := self.enumerated(question)):
            return items
        chosen = (
            self._each_place(question, evidence)
            or self._company(question, evidence)
            or self._choose(question, evidence, located)
        )
        if _USE.search(fold(question.text)):
            chosen = [p for p in chosen if p.kind not in {"item", "list"}] or chosen
        claims: list[Claim] = []
        for passage in chosen:
            told = {p for claim in claims for p in claim.passages}
            claims.append(
                self._without_left_out(question, passage) or self._say_of(passage, question, located, told)
            )
        return claims

    def _say_of(self, passage: Passage, question: Question, located: bool, told: set[Passage]) -> Claim:
        """The passage, with the name of what it stands under where that is asked for, or where it says what that is."""
        heading = self._places.of(passage)
        if heading in told:
            return state(passage, self._grammar)
        described = self._places.is_described_by(passage) and not question.earlier
        return self.say(passage, located or described or asks_name(question.text))

    def _without_left_out(self, question: Question, passage: Passage) -> Claim | None:
        """A list's items but those that the question leaves out; None for all else."""
        if passage.kind != "list" or not question.besides:
            return None
        items = [p for p in self._passages if p.kind == "item" and _inside(p, passage)]
        kept = [p for p in items if not any(self._weigher.states_itself(p, t) for t in question.besides)]
        return listed(kept, self._grammar) if kept and len(kept) < len(items) else None

    def enumerated(self, question: Question) -> list[Claim]:
        """All that the documents' lists hold of the kind that a question asks for; empty where it asks for none."""
        text = fold(question.text)
        of_it = question.earlier and meant_by(text)  # not of all that the lists have
        items = (
            []
            if of_it or re.search(r"\bwhat for\b", text)
            else self._labelled(question) or self._items(question)
        )
        if not items:
            return []
        return [listed(items, self._grammar) if items[0].kind == "item" else state(items[0], self._grammar)]

    def _labelled(self, question: Question) -> list[Passage]:
        """The list whose label names the tools that are asked for: "which monitoring tools" of "Monitoring: …"."""
        wanted = [t for t in question.terms if t.stem not in _TOOLS]
        if not wanted or len(wanted) == len(question.terms) or question.mentions or question.besides:
            return []
        labels = [(p, replace(p, text=p.text.split(":", 1)[0])) for p in self._passages if ":" in p.text]
        labels = [(p, label) for p, label in labels if p.kind in {"list", "field"}]
        return [
            p
            for p, label in labels
            if all(
                t.stem in stems(plain(label.text)) or t.concepts & self._weigher.own_concepts(label)
                for t in wanted
            )
        ][:1]

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
            heading = self._places.of(passage)
            if (
                heading
                and passage.kind == "sentence"
                and all(self._weigher.states(passage, t) for t in question.terms)
            ):
                places.setdefault(plain(heading.text), passage)
        return list(places.values())[:_MOST]

    def _company(self, question: Question, evidence: Evidence) -> list[Passage]:
        """For a question of who else took part: what names somebody, of the best passages or right after the best."""
        if not _WITH_WHOM.search(fold(question.text)) or not evidence.passages:
            return []
        first = evidence.passages[0]
        at = self._passages.index(first) + 1
        after = [p for p in self._passages[at : at + _AFTER] if p.breadcrumb == first.breadcrumb]
        if named := [p for p in after if _SOMEBODY.search(plain(p.text))]:
            return [first, named[0]]
        return [p for p in evidence.passages if _SOMEBODY.search(plain(p.text))][:1]

    def _choose(self, question: Question, evidence: Evidence, located: bool) -> list[Passage]:
        if not evidence.passages:
            return []
        passages = [p for p in evidence.passages if p.kind != "heading"] or list(evidence.passages)
        if located:
            passages = self._with_place(question, passages) or passages
        if _USE.search(fold(question.text)):
            passages = [p for p in passages if p.kind not in {"item", "list"}] or passages
        implied = question.subjects and not question.mentions[0].name
        plain_best = len(evidence.scores) > 1 and evidence.scores[0] - evidence.scores[1] > _AHEAD
        if question.subjects and not question.terms and not (implied and plain_best):
            first = [p for p in self._passages if p.kind == "sentence" and question.subjects[0].holds(p)]
            if _DONE.search(fold(question.text)):
                first.sort(key=lambda p: not tells_of_work(p))
            return first[:_MOST] or passages[:_MOST]
        near = [
            p
            for p, s in zip(evidence.passages, evidence.scores, strict=True)
            if s >= _CLOSE * evidence.scores[0]
        ]
        kind = None if question.earlier else asked_kind(question.text)
        if asks_when(question):
            passages = self._led(question, passages, near, is_dated)
        elif kind is not None and not kind.holds(plain(passages[0].text)):
            passages = self._led(question, passages, near, lambda p: kind.holds(plain(p.text)) > 0.0)
        chosen = [passages[0]]
        several = _SEVERAL.search(fold(question.text)) is not None
        covered = {t.stem for t in question.terms if self._weigher.states(passages[0], t)}
        scores = dict(zip((p.key for p in evidence.passages), evidence.scores, strict=True))
        for passage in passages[1:]:
            if len(chosen) == _MOST or _overlap(passage, chosen) or is_contact_line(passage):
                continue
            new = {t.stem for t in question.terms if self._weigher.states(passage, t)} - covered
            share = (scores[passage.key] - _ANY) / max(scores[passages[0].key] - _ANY, _LEAST)
            if (new and share >= _NEAR) or (several and share >= _CLOSE):
                chosen.append(passage)
                covered |= new
        return chosen

    def _led(
        self,
        question: Question,
        passages: Sequence[Passage],
        near: Sequence[Passage],
        has: Callable[[Passage], bool],
    ) -> list[Passage]:
        """The passages, led by the nearest that has what is asked for, if it states as much of the question as the
        best does."""
        stated = {p.key: sum(self._weigher.states(p, t) for t in question.terms) for p in passages}
        first = next(
            (p for p in passages if p in near and has(p) and stated[p.key] >= stated[passages[0].key]), None
        )
        return [first, *(p for p in passages if p != first)] if first else list(passages)

    def say(self, passage: Passage, located: bool = False) -> Claim:
        """One passage as a sentence; with the place that it belongs to where that was asked for."""
        claim = state(passage, self._grammar)
        heading = self._places.of(passage)
        if heading is None or not (located or self._is_degree(passage)):
            return claim
        name = plain(heading.text)
        if name in claim.text:
            return claim
        at = "" if self._places.is_project(heading) else "At "
        between = self._places.above(passage) if self._places.is_described_by(passage) else (heading,)
        return Claim(f"{at}{name}: {claim.text}", (*claim.passages, *between[between.index(heading) :]))

    def _with_place(self, question: Question, passages: Sequence[Passage]) -> list[Passage]:
        """What is told of an employer, a school or a project, where a bare name comes before that states no more."""
        first = passages[0]
        short = first.kind == "sentence" and len(first.text.split()) <= _NAME
        bare = short or first.kind in {"item", "list"}
        if not (bare and first.breadcrumb) or self._places.of(first):
            return []
        stated = sum(self._weigher.states(first, t) for t in question.terms)
        placed = [p for p in passages if p.kind == "sentence" and self._places.of(p)]
        return [p for p in placed if sum(self._weigher.states_itself(p, t) for t in question.terms) >= stated]

    def _is_degree(self, passage: Passage) -> bool:
        trail = " ".join(passage.breadcrumb[:1])
        return (
            passage.kind == "sentence" and re.search(r"educat|stud|degree", trail, re.IGNORECASE) is not None
        )


def _inside(passage: Passage, parent: Passage) -> bool:
    return passage.document == parent.document and parent.start <= passage.start and passage.end <= parent.end


def _overlap(passage: Passage, chosen: Sequence[Passage]) -> bool:
    return any(
        p.document == passage.document and p.start < passage.end and passage.start < p.end for p in chosen
    )
