"""The API's language: OpenAI's chat completions, with citations as annotations and what is ours in `ask_debbie`."""

from __future__ import annotations

from typing import Any, Literal, NotRequired

from pydantic import BaseModel, Field, field_validator
from typing_extensions import TypedDict

from ask_debbie.answering.answer import Status

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
        examples=[[{"role": "user", "content": "What did she do in her last job?"}]],
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
    """A quote: `text[start:end]` of the document is the quote. `marker` is 0 where nothing cites it yet. `place` says
    where it is in a file that has pages: `page 2`."""

    marker: int
    document: str
    breadcrumb: list[str]
    quote: str
    start: int
    end: int
    place: NotRequired[str]


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
