"""The API's language: OpenAI's chat completions, with citations as annotations and what is ours in `ask_debbie`."""

from __future__ import annotations

import time
from collections.abc import Sequence
from typing import Any, Literal, NotRequired
from urllib.parse import quote

from pydantic import BaseModel, Field, field_validator
from typing_extensions import TypedDict

from ask_debbie.answering.answer import Answer, Citation, Sentence, Status, Usage
from ask_debbie.corpus.document import Passage
from ask_debbie.web.render import source_label

Role = Literal["system", "developer", "user", "assistant", "tool", "function"]


class ChatMessage(BaseModel):
    """A message. Of parts, those of text are read. Only `user` and `assistant` messages are: no client sets rules."""

    role: Role
    content: str | list[dict[str, Any]] | None = None

    @field_validator("content")
    @classmethod
    def join_parts(cls, content: str | list[dict[str, Any]] | None) -> str:
        """The text of all parts."""
        if isinstance(content, list):
            return "\n".join(part["text"] for part in content if isinstance(part.get("text"), str))
        return content or ""


class StreamOptions(BaseModel):
    """OpenAI's options of a stream."""

    include_usage: bool = False


class ChatRequest(BaseModel):
    """OpenAI's request. Any model's name is taken, and the one engine answers; parameters that aren't here (sampling,
    tools, response formats) change nothing."""

    model: str = Field("", description="Any name; the answer says which engine wrote it.")
    messages: list[ChatMessage] = Field(
        description="The conversation, oldest first; the last message of a user is the question.",
        examples=[[{"role": "user", "content": "What did she do at Amazon?"}]],
    )
    stream: bool | None = False
    stream_options: StreamOptions | None = None


class UrlCitation(TypedDict):
    """OpenAI's citation: where the marker `[n]` stands in the content, and where the source is."""

    start_index: int
    end_index: int
    title: str
    url: str


class Source(TypedDict):
    """A quote: `text[start:end]` of the document is the quote. `marker` is 0 where nothing cites it yet."""

    marker: int
    document: str
    breadcrumb: list[str]
    quote: str
    start: int
    end: int


class Annotation(TypedDict):
    """A citation, in OpenAI's shape and in full."""

    type: Literal["url_citation"]
    url_citation: UrlCitation
    citation: Source


class Waiting(TypedDict):
    """A place in the queue: how many are ahead, and about how many seconds until nobody is."""

    ahead: int
    seconds: float


class Timings(TypedDict):
    """Milliseconds from the question's arrival; null where the thing never happened."""

    retrieval_ms: float | None
    first_token_ms: float | None
    first_text_ms: float | None
    total_ms: float


class Extension(TypedDict, total=False):
    """What OpenAI's format has no place for. In a stream: `found` first, `waiting` in between, the rest last."""

    status: Status | Literal["reading", "waiting", "writing"]
    engine: str
    timings: Timings
    cost_usd: float | None
    notice: str | None
    follow_ups: list[str]
    found: list[Source]
    waiting: Waiting


class Tokens(TypedDict):
    """Tokens of the writing model; 0 where none wrote."""

    prompt_tokens: int
    completion_tokens: int
    total_tokens: int


class ReplyMessage(TypedDict):
    """The answer, with a marker `[n]` for each of its annotations."""

    role: Literal["assistant"]
    content: str
    refusal: None
    annotations: list[Annotation]


class Choice(TypedDict):
    """The one choice."""

    index: int
    message: ReplyMessage
    logprobs: None
    finish_reason: Literal["stop"]


class Completion(TypedDict):
    """A whole answer."""

    id: str
    object: Literal["chat.completion"]
    created: int
    model: str
    choices: list[Choice]
    usage: Tokens
    ask_debbie: Extension


class Delta(TypedDict, total=False):
    """What a chunk adds: a proved sentence, and the citations that it is the first to use."""

    role: Literal["assistant"]
    content: str
    annotations: list[Annotation]


class ChunkChoice(TypedDict):
    """The one choice of a chunk."""

    index: int
    delta: Delta
    logprobs: None
    finish_reason: Literal["stop"] | None


class Chunk(TypedDict):
    """A piece of a streamed answer."""

    id: str
    object: Literal["chat.completion.chunk"]
    created: int
    model: str
    choices: list[ChunkChoice]
    usage: NotRequired[Tokens | None]
    ask_debbie: NotRequired[Extension]


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
                    "title": source_label(c.document, c.breadcrumb),
                    "url": f"{self._base}sources/{quote(c.document)}?at={c.start}-{c.end}#cited",
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
    return {
        "marker": marker,
        "document": of.document,
        "breadcrumb": list(of.breadcrumb),
        "quote": of.quote if isinstance(of, Citation) else of.text,
        "start": of.start,
        "end": of.end,
    }


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
