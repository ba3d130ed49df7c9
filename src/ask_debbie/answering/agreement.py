"""What two documents say differently of one role or one fact."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import combinations

from ask_debbie.answering.claim import Claim
from ask_debbie.answering.entry_words import proof
from ask_debbie.corpus.corpus import Corpus
from ask_debbie.corpus.dates import DateRange, YearMonth
from ask_debbie.corpus.document import Passage
from ask_debbie.corpus.entry import Entry
from ask_debbie.corpus.passages import plain
from ask_debbie.corpus.timeline import Timeline
from ask_debbie.retrieval.terms import STOP_WORDS, fold

PassageKey = tuple[str, int, int]

_FORMS = frozenset("inc ltd llc gmbh ag corp co company plc the and of at in for".split())
_RANKS = frozenset(
    "senior junior lead principal staff intern assistant associate head chief deputy vice trainee i ii iii".split()
)
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
_ALIKE = 0.75  # share of words of two sentences that are the same, from which they tell one fact
_FEW = 4  # words besides the numbers that a fact has to have to be known again


class Disagreements:
    """What one corpus's documents say differently; an answer that rests on any of it says so, and cites both."""

    def __init__(self, corpus: Corpus) -> None:
        self._their = corpus.profile.grammar.possessive.capitalize()
        self._entries: dict[PassageKey, tuple[Entry, Entry]] = {}
        for pair in disagreeing_entries(corpus.timeline):
            for entry in pair:
                self._entries.setdefault(entry.passage.key, pair)
        self._facts: dict[PassageKey, tuple[Passage, Passage]] = {}
        for one, other in disagreeing_facts(corpus.passages):
            self._facts.setdefault(one.key, (one, other))
            self._facts.setdefault(other.key, (other, one))

    def told(self, claims: Sequence[Claim]) -> list[Claim]:
        """The claims, where they rest on dates that are in dispute with the dispute in their place, and with what
        another document says otherwise after them."""
        said: dict[str, Claim] = {}
        for claim in claims:
            disputed = [self._entries[p.key] for p in claim.passages if p.key in self._entries]
            for one, other in disputed:
                text = f"{self._their} documents disagree on {plain(one.title)}: {one.dates.text} or {other.dates.text}."
                said.setdefault(text, Claim(text, (*proof(one), *proof(other))))
            if not disputed:
                said.setdefault(claim.text, claim)
        return [*said.values(), *self.otherwise([p for claim in claims for p in claim.passages])]

    def otherwise(self, cited: Sequence[Passage]) -> list[Claim]:
        """What other documents say of the same facts with other numbers."""
        others = [self._facts[p.key][1] for p in cited if p.key in self._facts]
        return [
            Claim(f"Another of {self._their.lower()} documents says: {plain(p.text).rstrip('.')}.", (p,))
            for p in dict.fromkeys(others)
            if p not in cited
        ]


def disagreeing_entries(timeline: Timeline) -> list[tuple[Entry, Entry]]:
    """Pairs of one role, with other dates in another document."""
    by_document: dict[str, list[Entry]] = {}
    for entry in timeline.entries:
        by_document.setdefault(entry.passage.document, []).append(entry)
    pairs = []
    for first, second in combinations(by_document, 2):
        for entry in by_document[second]:
            same = [other for other in by_document[first] if _same(entry, other)]
            if same and not any(_agree(entry.dates, other.dates) for other in same):
                pairs.append((same[0], entry))
    return pairs


def disagreeing_facts(passages: Sequence[Passage]) -> list[tuple[Passage, Passage]]:
    """Pairs of one sentence in two documents, with other numbers."""
    told = [
        (passage, _NUMBER.findall(plain(passage.text)), _words(_NUMBER.sub(" ", plain(passage.text))))
        for passage in passages
        if passage.kind in {"sentence", "field"} and _NUMBER.search(passage.text)
    ]
    return [
        (one, other)
        for (one, here, words), (other, there, others) in combinations(told, 2)
        if one.document != other.document
        and here != there
        and len(words) >= _FEW
        and len(words & others) >= _ALIKE * len(words | others)
        and _one_changed(here, there)
    ]


def _one_changed(here: Sequence[str], there: Sequence[str]) -> bool:
    return (
        len(here) == len(there) and sum(a != b for a, b in zip(here, there, strict=True)) * 2 <= len(here) + 1
    )


def _words(text: str) -> frozenset[str]:
    return frozenset(re.findall(r"\w+", fold(text))) - STOP_WORDS


def _same(one: Entry, other: Entry) -> bool:
    """Whether two entries are one role: the same employer, as far as both name it, and the same title."""
    if one.organisation and other.organisation:
        here, there = _names(one.organisation), _names(other.organisation)
        if not (here <= there or there <= here):
            return False
        employer = here | there
        return _alike(_names(one.title) - employer, _names(other.title) - employer)
    return _alike(_names(one.names), _names(other.names))


def _alike(one: frozenset[str], other: frozenset[str]) -> bool:
    small, large = sorted((one, other), key=len)
    return bool(small) and small <= large and not (large - small) & _RANKS and len(large - small) <= 4


def _names(text: str) -> frozenset[str]:
    return frozenset(re.findall(r"\w+", fold(text))) - _FORMS


def _agree(one: DateRange, other: DateRange) -> bool:
    if one.single or other.single:
        point, whole = (one, other) if one.single else (other, one)
        ends = [whole.start, *([whole.end] if whole.end else [])]
        return any(_near(point.start, end) for end in ends)
    if (one.end is None) != (other.end is None):
        return False
    ends_agree = one.end is None or other.end is None or _near(one.end, other.end)
    return _near(one.start, other.start) and ends_agree


def _near(one: YearMonth, other: YearMonth) -> bool:
    """The same, as exactly as both say it."""
    return one.year == other.year and (one.month == other.month or not (one.month and other.month))
