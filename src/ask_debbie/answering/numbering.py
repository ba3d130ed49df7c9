"""Claims in, numbered sentences and citations out."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ask_debbie.answering.answer import Citation, Sentence
from ask_debbie.answering.claim import Claim
from ask_debbie.corpus.corpus import Corpus
from ask_debbie.corpus.document import Passage

_BETWEEN_ITEMS = re.compile(r"[\s,;|·•&]*(?:and\s+)?")
_BETWEEN_LINES = re.compile(r"(?:[\s#_=>]|-{3,}|\*+(?!\s))*")  # and no bullet's mark
_BEFORE_FACT = re.compile(r"(?:[\s#_=>]|-{3,}|[-*•]\s|\*+(?!\s))*")
_HEAD = {"heading", "dates"}

Span = tuple[Passage, int, int]


class Composer:
    """Numbers one answer's citations 1, 2, 3 in order of appearance; a passage keeps its number."""

    def __init__(self, corpus: Corpus) -> None:
        self._corpus = corpus
        self.sentences: list[Sentence] = []
        self.citations: list[Citation] = []

    def add(self, claim: Claim) -> tuple[Sentence, list[Citation]]:
        """The claim as the answer's next sentence, and the citations that it is the first to use."""
        new: list[Citation] = []
        markers: list[int] = []
        for passage, start, end in self._heads_as_one(self._items_as_one(claim.passages)):
            marker = self._marker(passage, start, end)
            if marker is None:
                marker = len(self.citations) + 1
                quote = self._corpus.documents[passage.document].text[start:end]
                where = self._corpus.documents[passage.document].where(start, end)
                cited = Citation(marker, passage.document, passage.breadcrumb, quote, start, end, where)
                self.citations.append(cited)
                new.append(cited)
            if marker not in markers:
                markers.append(marker)
        sentence = Sentence(claim.text, tuple(sorted(markers)))
        self.sentences.append(sentence)
        return sentence, new

    def _marker(self, passage: Passage, start: int, end: int) -> int | None:
        """The number of the citation that quotes a span already, by itself or, of a heading, among others."""
        for cited in self.citations:
            if cited.document != passage.document:
                continue
            if (cited.start, cited.end) == (start, end):
                return cited.marker
            if passage.kind == "heading" and cited.start <= start and end <= cited.end:
                return cited.marker
        return None

    def _items_as_one(self, passages: Sequence[Passage]) -> list[Span]:
        """The passages' spans, with neighbouring items of one list as one."""
        spans: list[Span] = []
        for passage in passages:
            last = spans[-1] if spans else None
            if (
                last
                and passage.kind == last[0].kind == "item"
                and passage.document == last[0].document
                and last[2] <= passage.start
                and self._is_between(_BETWEEN_ITEMS, passage.document, last[2], passage.start)
            ):
                spans[-1] = (last[0], last[1], passage.end)
            else:
                spans.append((passage, passage.start, passage.end))
        return spans

    def _heads_as_one(self, spans: Sequence[Span]) -> list[Span]:
        """Headings and dates that stand right above one another, or above a line, as one quote: it is read at a
        glance, and its number stands for all of them."""
        joined: list[Span] = []
        for span in sorted(spans, key=lambda span: span[1]):
            last = joined[-1] if joined else None
            if last and last[0].kind in _HEAD and self._follows(last, span):
                joined[-1] = (span[0], last[1], span[2])
            else:
                joined.append(span)
        place = {span[0].key: at for at, span in reversed(list(enumerate(spans)))}
        whole = {id(span): min(place[s[0].key] for s in spans if _within(s, span)) for span in joined}
        return sorted(joined, key=lambda span: whole[id(span)])

    def _follows(self, above: Span, below: Span) -> bool:
        """Whether nothing but marks, dates and labelled facts stands between two spans."""
        document, start, end = above[0].document, above[2], below[1]
        if document != below[0].document or start > end:
            return False
        for fact in self._corpus.passages:
            if fact.kind in {"dates", "field"} and fact.document == document and start <= fact.start < end:
                if not self._is_between(_BEFORE_FACT, document, start, fact.start):
                    return False
                start = fact.end
        return self._is_between(_BETWEEN_LINES, document, start, end)

    def _is_between(self, pattern: re.Pattern[str], document: str, start: int, end: int) -> bool:
        return pattern.fullmatch(self._corpus.documents[document].text[start:end]) is not None


def _within(span: Span, whole: Span) -> bool:
    return span[0].document == whole[0].document and whole[1] <= span[1] and span[2] <= whole[2]
