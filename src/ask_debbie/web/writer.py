"""Answers put into the API's language."""

from __future__ import annotations

import time
from collections.abc import Sequence
from typing import Literal

from ask_debbie.answering.answer import Answer, Citation, Sentence, Usage
from ask_debbie.corpus.document import Passage
from ask_debbie.web.places import source_address
from ask_debbie.web.render import source_label
from ask_debbie.web.wire import Annotation, Chunk, Completion, Delta, Extension, Source, Tokens


class Writer:
    """Writes one answer in the API's language.

    Args:
        base: the site's own address, with a slash at its end.
    """

    def __init__(self, identity: str, model: str, base: str) -> None:
        self._identity = identity
        self._model = model
        self._base = base
        self._created = int(time.time())

    def completion(self, answer: Answer) -> Completion:
        """The whole answer."""
        return {
            "id": self._identity,
            "object": "chat.completion",
            "created": self._created,
            "model": answer.engine,
            "choices": [
                {
                    "index": 0,
                    "message": {
                        "role": "assistant",
                        "content": answer.text,
                        "refusal": None,
                        "annotations": self.annotations(answer.sentences, answer.citations),
                    },
                    "logprobs": None,
                    "finish_reason": "stop",
                }
            ],
            "usage": tokens(answer.usage),
            "ask_debbie": extension(answer),
        }

    def chunk(
        self, delta: Delta, said: Extension | None = None, *, finish_reason: Literal["stop"] | None = None
    ) -> Chunk:
        """A piece of the stream."""
        chunk: Chunk = {
            "id": self._identity,
            "object": "chat.completion.chunk",
            "created": self._created,
            "model": self._model,
            "choices": [{"index": 0, "delta": delta, "logprobs": None, "finish_reason": finish_reason}],
        }
        if said is not None:
            chunk["ask_debbie"] = said
        return chunk

    def usage_chunk(self, answer: Answer) -> Chunk:
        """The chunk of a stream that has its usage, and no choice."""
        return {**self.chunk({}), "choices": [], "usage": tokens(answer.usage)}

    def annotations(
        self, sentences: Sequence[Sentence], citations: Sequence[Citation], offset: int = 0
    ) -> list[Annotation]:
        """The citations with the places of their first markers, in a content in which the sentences begin at
        ``offset``."""
        places = _places(sentences, offset)
        return [
            {
                "type": "url_citation",
                "url_citation": {
                    "start_index": places[c.marker],
                    "end_index": places[c.marker] + len(f"[{c.marker}]"),
                    "title": source_label(c.document, c.breadcrumb, c.place),
                    "url": f"{self._base}{source_address(c)}",
                },
                "citation": _source(c.marker, c),
            }
            for c in citations
            if c.marker in places
        ]


def extension(answer: Answer) -> Extension:
    """What is ours about a whole answer."""
    times = answer.timings
    return {
        "status": answer.status,
        "engine": answer.engine,
        "timings": {
            "retrieval_ms": times.retrieval_ms,
            "first_token_ms": times.first_token_ms,
            "first_text_ms": times.first_text_ms,
            "total_ms": times.total_ms,
        },
        "cost_usd": answer.usage.cost_usd,
        "notice": answer.notice,
        "follow_ups": list(answer.follow_ups),
    }


def found(passages: Sequence[Passage]) -> list[Source]:
    """The evidence, before anything cites it."""
    return [_source(0, passage) for passage in passages]


def tokens(usage: Usage) -> Tokens:
    """OpenAI's usage."""
    return {
        "prompt_tokens": usage.prompt_tokens,
        "completion_tokens": usage.completion_tokens,
        "total_tokens": usage.prompt_tokens + usage.completion_tokens,
    }


def _source(marker: int, of: Citation | Passage) -> Source:
    source: Source = {
        "marker": marker,
        "document": of.document,
        "breadcrumb": list(of.breadcrumb),
        "quote": of.quote if isinstance(of, Citation) else of.text,
        "start": of.start,
        "end": of.end,
    }
    if of.place:
        source["place"] = of.place
    return source


def _places(sentences: Sequence[Sentence], offset: int) -> dict[int, int]:
    """Where each marker stands first, as ``Sentence.marked`` puts them and ``Answer.text`` joins them."""
    places: dict[int, int] = {}
    for sentence in sentences:
        marks = [f"[{marker}]" for marker in sentence.markers]
        stop = len(sentence.text) if sentence.text.endswith((".", "!", "?")) else None
        at = offset + len(sentence.marked) - len("".join(marks)) - (stop is not None)
        for marker, mark in zip(sentence.markers, marks, strict=True):
            places.setdefault(marker, at)
            at += len(mark)
        offset += len(sentence.marked) + 1
    return places
