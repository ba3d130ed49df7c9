"""Two documents that say different things of one role or one fact."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from itertools import combinations

from ask_debbie.checking.finding import Finding, at, place_of, shortened
from ask_debbie.corpus.corpus import Corpus
from ask_debbie.corpus.dates import DateRange, YearMonth, in_words
from ask_debbie.corpus.document import Passage
from ask_debbie.corpus.passages import plain
from ask_debbie.corpus.timeline import Entry, months_together
from ask_debbie.retrieval.terms import STOP_WORDS, fold

_FORMS = frozenset("inc ltd llc gmbh ag corp co company plc the and of at in for".split())
_RANKS = frozenset(
    "senior junior lead principal staff intern assistant associate head chief deputy vice trainee i ii iii".split()
)
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
_YEARS = re.compile(
    r"\b(\d{1,2})\+? years?['’]?\s(?:of\s)?(?:(?:professional|work|working|industry|relevant|hands-on)\s)?experience\b",
    re.IGNORECASE,
)
_ROUNDED = 12  # months by which people round their years up
_ALIKE = 0.75  # share of words of two sentences that are the same, from which they tell one fact
_FEW = 4  # words besides the numbers that a fact has to have to be known again


def find_dates_that_disagree(corpus: Corpus) -> Iterator[Finding]:
    """One role, with other dates in another document."""
    by_document: dict[str, list[Entry]] = {}
    for entry in corpus.timeline.entries:
        by_document.setdefault(entry.passage.document, []).append(entry)
    for first, second in combinations(by_document, 2):
        for entry in by_document[second]:
            same = [other for other in by_document[first] if _same(entry, other)]
            if not same or any(_agree(entry.dates, other.dates) for other in same):
                continue
            other = same[0]
            _, where = place_of(corpus.documents[first], other.passage.start)
            yield at(
                corpus.documents[second],
                entry.passage.start + entry.dates.span[0],
                "warning",
                "documents-disagree",
                f"{shortened(entry.title, 50)}: {plain(entry.dates.text)} here, {plain(other.dates.text)} in "
                f"{first}, {where}.",
                "Make both say the same.",
            )


def find_numbers_that_disagree(corpus: Corpus) -> Iterator[Finding]:
    """One sentence in two documents, with other numbers."""
    told = [
        (passage, _NUMBER.findall(plain(passage.text)), _words(_NUMBER.sub(" ", plain(passage.text))))
        for passage in corpus.passages
        if passage.kind in {"sentence", "field"} and _NUMBER.search(passage.text)
    ]
    for (one, here, words), (other, there, others) in combinations(told, 2):
        if one.document == other.document or here == there or len(words) < _FEW:
            continue
        if len(words & others) < _ALIKE * len(words | others) or not _one_changed(here, there):
            continue
        yield _differing(corpus, other, one)


def find_years_that_disagree(corpus: Corpus, today: dt.date) -> Iterator[Finding]:
    """More years of experience than the jobs with dates come to."""
    months = months_together(corpus.timeline.of_kind("work"), today)
    for passage in corpus.passages if months else ():
        claim = _YEARS.search(passage.text) if passage.kind == "sentence" else None
        if claim and int(claim[1]) * 12 > months + _ROUNDED:
            yield at(
                corpus.documents[passage.document],
                passage.start + claim.start(),
                "remark",
                "years-disagree",
                f'"{" ".join(claim[0].split())}", and the jobs with dates come to {in_words(months)}.',
                "Add the jobs that are missing, or correct the number.",
            )


def _differing(corpus: Corpus, passage: Passage, other: Passage) -> Finding:
    _, where = place_of(corpus.documents[other.document], other.start)
    return at(
        corpus.documents[passage.document],
        passage.start,
        "warning",
        "documents-disagree",
        f'"{shortened(plain(passage.text))}" has other numbers in {other.document}, {where}.',
        "Make both say the same.",
    )


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
