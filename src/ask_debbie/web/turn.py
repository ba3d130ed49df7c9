"""One question's turn as the page sees it: each event of the assistant makes a whole new snapshot.

A snapshot is complete in itself, so that one that gets lost between server and browser costs nothing.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Literal, TypedDict

from pydantic import BaseModel, Field, field_validator

from ask_debbie.answering.answer import (
    Answer,
    Citation,
    Event,
    EvidenceFound,
    Finished,
    Message,
    Sentence,
    SentenceReady,
    Status,
    Waiting,
)
from ask_debbie.corpus.document import Document
from ask_debbie.corpus.passages import shown
from ask_debbie.web.pictures import render_source
from ask_debbie.web.render import Mark, document_label, source_label

MAX_HISTORY = 20
MAX_REMEMBERED = 4000  # characters of one earlier message
Stage = Literal["reading", "found", "waiting", "writing", "done"]


class Source(TypedDict):
    """A passage in the list of sources; ``marker`` is 0 while nothing cites it."""

    marker: int
    document: str
    name: str
    breadcrumb: list[str]
    label: str
    quote: str
    place: str


class Line(TypedDict):
    """One sentence and the markers that belong before its full stop."""

    text: str
    markers: list[int]


class Snapshot(TypedDict):
    """All that the page shows of a turn. ``tick`` counts signs of life."""

    turn: str
    tick: int
    stage: Stage
    ahead: int
    seconds: float
    found: list[Source]
    sentences: list[Line]
    citations: list[Source]
    documents: dict[str, str]
    status: Status | None
    follow_ups: list[str]
    notice: str | None


class PastMessage(BaseModel):
    """An earlier message, as the page or an API client remembers it."""

    role: Literal["user", "assistant"]
    content: str

    @field_validator("content", mode="before")
    @classmethod
    def join_parts(cls, content: object) -> object:
        """Gradio and OpenAI send content as a list of parts as well as in one piece."""
        if isinstance(content, list):
            return "\n".join(part["text"] for part in content if isinstance(part, dict) and "text" in part)
        return content


class Question(BaseModel):
    """What the page sends: a question, and the conversation that came before it, oldest first."""

    turn: str = Field(max_length=64)
    question: str = Field(max_length=100_000)
    history: list[PastMessage] = Field(default_factory=list, max_length=1000)

    def messages(self) -> list[Message]:
        """The conversation to answer, bounded."""
        return conversation(self.question, self.history)


def conversation(question: str, history: Sequence[PastMessage]) -> list[Message]:
    """The last messages and the question, as the assistant takes them."""
    past = [
        Message(role=message.role, content=message.content[:MAX_REMEMBERED])
        for message in history[-MAX_HISTORY:]
    ]
    return [*past, Message(role="user", content=question)]


class Turn:
    """Gathers a stream's events."""

    def __init__(self, turn: str, documents: Mapping[str, Document]) -> None:
        self._turn = turn
        self._documents = documents
        self._tick = 0
        self._stage: Stage = "reading"
        self._waiting = Waiting(0, 0.0)
        self._found: list[Source] = []
        self._sentences: list[Sentence] = []
        self._citations: list[Citation] = []
        self._rendered: dict[str, str] = {}
        self._answer: Answer | None = None

    def add(self, event: Event) -> None:
        """Take one event of the stream."""
        match event:
            case EvidenceFound(evidence):
                self._stage = "found"
                self._found = [_source(0, p.document, p.breadcrumb, p.text, p.place) for p in evidence]
            case Waiting():
                self._stage, self._waiting = "waiting", event
            case SentenceReady(sentence, citations):
                self._stage = "writing"
                self._sentences.append(sentence)
                self._cite([*self._citations, *citations])
            case Finished(answer):
                self._stage, self._answer = "done", answer
                self._sentences = list(answer.sentences)
                self._cite(list(answer.citations))

    def fail(self, why: str) -> None:
        """End the turn with an error in plain words."""
        answer = Answer(question="", status="error", sentences=(Sentence(why),))
        self.add(Finished(answer))

    def _cite(self, citations: list[Citation]) -> None:
        if citations == self._citations:
            return
        self._citations = citations
        self._rendered = {
            path: render_source(
                self._documents[path],
                [Mark(c.start, c.end, c.marker) for c in citations if c.document == path],
            )
            for path in dict.fromkeys(c.document for c in citations)
            if path in self._documents
        }

    def snapshot(self) -> Snapshot:
        """The turn as it stands."""
        self._tick += 1
        answer = self._answer
        return Snapshot(
            turn=self._turn,
            tick=self._tick,
            stage=self._stage,
            ahead=self._waiting.ahead,
            seconds=self._waiting.seconds,
            found=self._found,
            sentences=[Line(text=s.text, markers=list(s.markers)) for s in self._sentences],
            citations=[
                _source(c.marker, c.document, c.breadcrumb, c.quote, c.place) for c in self._citations
            ],
            documents=self._rendered,
            status=answer.status if answer else None,
            follow_ups=list(answer.follow_ups) if answer else [],
            notice=answer.notice if answer else None,
        )


def _source(marker: int, document: str, breadcrumb: Sequence[str], quote: str, place: str) -> Source:
    return Source(
        marker=marker,
        document=document,
        name=document_label(document),
        breadcrumb=list(breadcrumb),
        label=source_label(document, breadcrumb, place),
        quote=shown(quote),
        place=place,
    )
