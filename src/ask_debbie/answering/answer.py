"""The answer: verified sentences, each with its citations, and a status."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Literal, TypedDict

from ask_debbie.corpus.document import Passage

Status = Literal["answered", "abstained", "declined", "error"]


class Message(TypedDict):
    """One turn of a conversation, in OpenAI's shape."""

    role: Literal["user", "assistant"]
    content: str


@dataclass(frozen=True, slots=True)
class Citation:
    """A verbatim quote: ``documents[document].text[start:end] == quote``.

    Attributes:
        place: where it is in a file whose own text that isn't, such as ``page 2``.
    """

    marker: int
    document: str
    breadcrumb: tuple[str, ...]
    quote: str
    start: int
    end: int
    place: str = ""


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence as it is shown, without its markers, and the markers of what proves it.

    A sentence with no marker says nothing about the candidate beyond what is absent or how to reach her.
    """

    text: str
    markers: tuple[int, ...] = ()

    @property
    def marked(self) -> str:
        """The text with its markers before the final full stop: ``She led six [1][2].``"""
        if not self.markers:
            return self.text
        marks = "".join(f"[{m}]" for m in self.markers)
        end = self.text[-1] if self.text[-1:] in ".!?" else ""
        return f"{self.text.removesuffix(end) if end else self.text} {marks}{end}"


@dataclass(frozen=True, slots=True)
class Timings:
    """Milliseconds from the question's arrival; None where the thing never happened."""

    retrieval_ms: float | None = None
    first_token_ms: float | None = None
    first_text_ms: float | None = None
    total_ms: float = 0.0


@dataclass(frozen=True, slots=True)
class Usage:
    """Tokens of the chat model, and dollars where prices are set."""

    prompt_tokens: int = 0
    completion_tokens: int = 0
    cost_usd: float | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """What the asker gets. ``notice`` is a small line below it, such as why the floor engine wrote it."""

    question: str
    status: Status
    sentences: tuple[Sentence, ...]
    citations: tuple[Citation, ...] = ()
    engine: str = "extractive"
    timings: Timings = field(default_factory=Timings)
    usage: Usage = field(default_factory=Usage)
    follow_ups: tuple[str, ...] = ()
    notice: str | None = None

    @property
    def text(self) -> str:
        """All sentences with their markers."""
        return " ".join(sentence.marked for sentence in self.sentences)

    def to_wire(self) -> dict[str, Any]:
        """The JSON object of the command line and the API."""
        return {
            "question": self.question,
            "status": self.status,
            "answer": self.text,
            "citations": [
                {
                    "marker": c.marker,
                    "document": c.document,
                    "breadcrumb": list(c.breadcrumb),
                    "quote": c.quote,
                    "start": c.start,
                    "end": c.end,
                    **({"place": c.place} if c.place else {}),
                }
                for c in self.citations
            ],
            "engine": self.engine,
            "timings": {
                "retrieval_ms": self.timings.retrieval_ms,
                "first_token_ms": self.timings.first_token_ms,
                "first_text_ms": self.timings.first_text_ms,
                "total_ms": self.timings.total_ms,
            },
            "usage": {
                "prompt_tokens": self.usage.prompt_tokens,
                "completion_tokens": self.usage.completion_tokens,
                "cost_usd": self.usage.cost_usd,
            },
        }


@dataclass(frozen=True, slots=True)
class EvidenceFound:
    """First event of a stream: the passages that were found, best first."""

    evidence: tuple[Passage, ...]


@dataclass(frozen=True, slots=True)
class Waiting:
    """The local engine serves one visitor at a time: how many are ahead, and for about how long."""

    ahead: int
    seconds: float


@dataclass(frozen=True, slots=True)
class SentenceReady:
    """A verified sentence, with the citations that it is the first to use."""

    sentence: Sentence
    citations: Sequence[Citation]


@dataclass(frozen=True, slots=True)
class Finished:
    """Last event of a stream: the whole answer, equal to the sentences that went before it."""

    answer: Answer


Event = EvidenceFound | Waiting | SentenceReady | Finished
