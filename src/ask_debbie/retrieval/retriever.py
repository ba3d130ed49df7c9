"""A question in, evidence out: vectors and keywords, fused."""

from __future__ import annotations

import logging
from dataclasses import dataclass

import bm25s
import numpy as np
import numpy.typing as npt
from langchain_chroma import Chroma
from langchain_core.callbacks import CallbackManagerForRetrieverRun
from langchain_core.documents import Document as LangChainDocument
from langchain_core.retrievers import BaseRetriever
from pydantic import ConfigDict, PrivateAttr

from ask_debbie.corpus.document import Passage
from ask_debbie.corpus.passages import plain
from ask_debbie.retrieval.terms import Glossary, content_stems, default_glossary, stems

log = logging.getLogger(__name__)

Scores = npt.NDArray[np.float64]

_KEYWORD_WEIGHT = 0.5  # measured on the evaluation's questions: docs/experiments.md
_WIDE = 64  # rows asked of the store: all of them would take as long again as the embedding


@dataclass(frozen=True, slots=True)
class Found:
    """A passage with why it was found.

    Attributes:
        score: the fused score; only the order of scores of one search means something.
        cosine: similarity of its vector to the question's, 0 to 1; 0 where vectors can't be had.
        keyword: BM25 over stems and glossary concepts, as a share of the search's best.
    """

    passage: Passage
    score: float
    cosine: float
    keyword: float


class HybridRetriever(BaseRetriever):
    """Dense and keyword search over the same passages.

    Args:
        passages: all passages of the corpus.
        store: the vectors; None searches by keyword alone.
        k: how many passages LangChain's ``invoke`` gives.
    """

    model_config = ConfigDict(arbitrary_types_allowed=True)

    passages: tuple[Passage, ...]
    store: Chroma | None = None
    k: int = 8
    _glossary: Glossary = PrivateAttr(default_factory=default_glossary)
    _keywords: bm25s.BM25 = PrivateAttr()
    _vocabulary: frozenset[str] = PrivateAttr()
    _places: dict[tuple[str, int, int], int] = PrivateAttr()

    def model_post_init(self, context: object) -> None:
        del context
        tokens = [_tokens(passage, self._glossary) for passage in self.passages]
        self._vocabulary = frozenset(token for row in tokens for token in row)
        self._keywords = bm25s.BM25(k1=0.9, b=0.4)
        self._keywords.index(tokens, show_progress=False)
        self._places = {passage.key: place for place, passage in enumerate(self.passages)}

    def search(self, query: str) -> list[Found]:
        """All passages, best first."""
        cosines = self._cosines(query)
        keywords = self._keyword_scores(query)
        share = keywords / (keywords.max() or 1.0)
        scores = cosines + _KEYWORD_WEIGHT * share
        return [
            Found(self.passages[i], float(scores[i]), float(cosines[i]), float(share[i]))
            for i in np.argsort(-scores, kind="stable")
        ]

    def _get_relevant_documents(
        self, query: str, *, run_manager: CallbackManagerForRetrieverRun
    ) -> list[LangChainDocument]:
        del run_manager
        return [
            LangChainDocument(
                page_content=found.passage.text,
                metadata={
                    "document": found.passage.document,
                    "start": found.passage.start,
                    "end": found.passage.end,
                    "breadcrumb": list(found.passage.breadcrumb),
                    "score": found.score,
                },
            )
            for found in self.search(query)[: self.k]
        ]

    def _cosines(self, query: str) -> Scores:
        cosines = np.zeros(len(self.passages))
        if self.store is None:
            return cosines
        try:
            rows = self.store.similarity_search_with_score(query, k=_WIDE)
        except Exception as error:  # Chroma raises its Rust core's own errors too
            log.warning("The index doesn't answer (%s): searching by keywords alone.", type(error).__name__)
            return cosines
        for row, distance in rows:
            place = self._places.get((row.metadata["document"], row.metadata["start"], row.metadata["end"]))
            if place is not None:
                cosines[place] = max(cosines[place], 1.0 - distance)
        return cosines

    def _keyword_scores(self, query: str) -> Scores:
        asked = content_stems(query) + [c.name for c in self._glossary.in_question(stems(query))]
        known = [token for token in asked if token in self._vocabulary]
        if not known:
            return np.zeros(len(self.passages))
        return np.asarray(self._keywords.get_scores(known), dtype=np.float64)


def _tokens(passage: Passage, glossary: Glossary) -> list[str]:
    tokens: list[str] = []
    for text in (plain(passage.text), *passage.breadcrumb, *passage.aliases):
        tokens += content_stems(text) + [c.name for c in glossary.in_passage(stems(text))]
    return tokens or [""]
