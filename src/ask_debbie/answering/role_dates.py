"""When something was that the documents date only by what it stands under."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ask_debbie.answering.claim import Claim
from ask_debbie.answering.entry_words import EntryWords, proof
from ask_debbie.answering.question import Question
from ask_debbie.corpus.corpus import Corpus
from ask_debbie.corpus.dates import find_dates, find_ranges
from ask_debbie.corpus.document import Passage
from ask_debbie.corpus.entry import Entry
from ask_debbie.corpus.passages import plain
from ask_debbie.retrieval.terms import fold

_WHEN = re.compile(
    r"^\W*(?:(?:and|so|but|ok|okay)[\s,]+)?(?:roughly |about |around )?(?:in |since |from )?"
    r"(?:when|(?:what|which) (?:years?|months?|dates?))\b|\b(?:and|or) (?:in )?(?:when|(?:what|which) year)\b"
)


def asks_when(question: Question) -> bool:
    """Whether a question asks for a date, and doesn't only tell of one."""
    return _WHEN.search(fold(question.text)) is not None


def is_dated(passage: Passage) -> bool:
    """Whether a passage itself says when."""
    return bool(find_ranges(passage.text) or find_dates(passage.text))


class RoleDates:
    """The dates that stand above one corpus's passages."""

    def __init__(self, corpus: Corpus) -> None:
        self._words = EntryWords(corpus.profile.grammar)
        self._entries = tuple(e for e in corpus.timeline.entries if e.headings)

    def of(self, question: Question, cited: Sequence[Passage]) -> list[Claim]:
        """The role, project or the like that the first of the cited passages stands under, with its dates; empty
        where no date was asked for, or one was said."""
        if not cited or not asks_when(question) or any(is_dated(p) for p in cited):
            return []
        above = [e for e in self._entries if _holds(e, cited[0])]
        if not above:
            return []
        above = [e for e in above if e.dates.text in " ".join(cited[0].breadcrumb)] or above
        entry = max(above, key=lambda e: len(e.headings[-1].breadcrumb))
        return [Claim(f"That was{self._words.during(entry)} ({entry.dates.text}).", proof(entry))]


def _holds(entry: Entry, passage: Passage) -> bool:
    heading = entry.headings[-1]
    trail = (*heading.breadcrumb, plain(heading.text))
    own = [e for e in (entry.passage, *entry.headings) if e.key == passage.key]
    under = passage.document == heading.document and passage.breadcrumb[: len(trail)] == trail
    return not own and under
