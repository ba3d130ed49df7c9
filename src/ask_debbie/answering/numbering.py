"""Claims in, numbered sentences and citations out."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ask_debbie.answering.answer import Citation, Sentence
from ask_debbie.answering.claim import Claim
from ask_debbie.corpus.corpus import Corpus
from ask_debbie.corpus.document import Passage

_BETWEEN_ITEMS = re.compile(r"[\s,;|·•&]*(?:and\s+)?")


class Composer:
    """Numbers one answer's citations 1, 2, 3 in order of appearance; a passage keeps its number."""

    def __init__(self, corpus: Corpus) -> None:
        self._corpus = corpus
        self._markers: dict[tuple[str, int, int], int] = {}
        self.sentences: list[Sentence] = []
        self.citations: list[Citation] = []

    def add(self, claim: Claim) -> tuple[Sentence, list[Citation]]:
        """The claim as the answer's next sentence, and the citations that it is the first to use."""
        new: list[Citation] = []
        markers: list[int] = []
        for passage, start, end in self._spans(claim.passages):
            key = (passage.document, start, end)
            if key not in self._markers:
                self._markers[key] = len(self._markers) + 1
                quote = self._corpus.documents[passage.document].text[start:end]
                new.append(
                    Citation(
                        self._markers[key],
                        passage.document,
                        passage.breadcrumb,
                        quote,
                        start,
                        end,
                        passage.place,
                    )
                )
            if self._markers[key] not in markers:
                markers.append(self._markers[key])
        sentence = Sentence(claim.text, tuple(markers))
        self.sentences.append(sentence)
        self.citations += new
        return sentence, new

    def _spans(self, passages: Sequence[Passage]) -> list[tuple[Passage, int, int]]:
        """The passages' spans, with neighbouring items of one list as one."""
        spans: list[tuple[Passage, int, int]] = []
        for passage in passages:
            last = spans[-1] if spans else None
            text = self._corpus.documents[passage.document].text
            if (
                last
                and passage.kind == last[0].kind == "item"
                and passage.document == last[0].document
                and last[2] <= passage.start
                and _BETWEEN_ITEMS.fullmatch(text[last[2] : passage.start])
            ):
                spans[-1] = (last[0], last[1], passage.end)
            else:
                spans.append((passage, passage.start, passage.end))
        return spans
