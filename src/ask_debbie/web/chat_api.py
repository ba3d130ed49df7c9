"""`POST /v1/chat/completions` and `GET /v1/models`: what any client of OpenAI's can talk to."""

from __future__ import annotations

import json
import secrets
import time
from collections.abc import AsyncIterator, Mapping, Sequence

from fastapi import APIRouter, Request
from starlette.responses import Response, StreamingResponse
from typing_extensions import TypedDict

from ask_debbie.answering.answer import (
    Answer,
    Event,
    EvidenceFound,
    Finished,
    Message,
    Sentence,
    SentenceReady,
    Waiting,
)
from ask_debbie.errors import AskDebbieError
from ask_debbie.settings import Settings
from ask_debbie.web.background import Background
from ask_debbie.web.desk import BusyError, Desk
from ask_debbie.web.errors import BROKEN, ApiError, ErrorReply, JsonResponse, error_body
from ask_debbie.web.quotas import OverQuotaError
from ask_debbie.web.turn import PastMessage, conversation
from ask_debbie.web.wire import ChatRequest, Completion, Delta, Extension
from ask_debbie.web.writer import Writer, extension, found

STREAM_HEADERS = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}


class Model(TypedDict):
    """The engine that writes now."""

    id: str
    object: str
    created: int
    owned_by: str


class Models(TypedDict):
    """The one engine."""

    object: str
    data: list[Model]


def chat_routes(desk: Desk, settings: Settings) -> APIRouter:
    """The routes of the chat."""
    router = APIRouter()
    started = int(time.time())

    def model() -> Model:
        return {"id": desk.assistant.engine, "object": "model", "created": started, "owned_by": "ask-debbie"}

    @router.get("/models")
    async def list_models() -> Models:
        """The one engine, by the name that answers carry."""
        return {"object": "list", "data": [model()]}

    @router.get("/models/{name:path}", responses={404: {"model": ErrorReply}})
    async def read_model(name: str) -> Model:
        """The engine, if that is its name."""
        if name != desk.assistant.engine:
            raise ApiError(404, "No such model: see /v1/models.", "model_not_found", "model")
        return model()

    @router.post(
        "/chat/completions",
        response_model=Completion,
        responses={
            200: {"content": {"text/event-stream": {}}},
            **{status: {"model": ErrorReply} for status in (400, 403, 408, 413, 429, 503)},
        },
    )
    async def complete(request: Request, body: ChatRequest) -> Response:
        """Answer a question about the candidate from their documents, whole or as a stream."""
        messages = _conversation(body, settings)
        assistant = desk.assistant
        try:
            address = request.client.host if request.client else None
            events = await desk.ask(assistant, messages, address, "api")
        except OverQuotaError as error:
            raise ApiError(429, str(error), "rate_limit_exceeded", retry_after=error.seconds) from None
        except BusyError as error:
            raise ApiError(503, str(error), "overloaded", retry_after=error.seconds) from None
        writer = Writer(f"chatcmpl-{secrets.token_hex(12)}", assistant.engine, str(request.base_url))
        if body.stream:
            usage = body.stream_options is not None and body.stream_options.include_usage
            frames = _frames(events, writer, include_usage=usage)
            return StreamingResponse(frames, media_type="text/event-stream", headers=STREAM_HEADERS)
        return JsonResponse(writer.completion(await _whole(events, request)))

    return router


def _conversation(body: ChatRequest, settings: Settings) -> list[Message]:
    """The messages that count, bounded.

    Raises:
        ApiError: There is no question, or too much of it.
    """
    if len(body.messages) > settings.max_messages:
        most = f"{settings.max_messages:,}"
        raise ApiError(
            400,
            f"That conversation is too long: send its last {most} messages.",
            "too_many_messages",
            "messages",
        )
    spoken = [
        PastMessage(role=m.role, content=str(m.content))
        for m in body.messages
        if m.role in ("user", "assistant")
    ]
    if not spoken or spoken[-1].role != "user" or not spoken[-1].content.strip():
        raise ApiError(
            400, "The last of the messages has to be a user's question.", "no_question", "messages"
        )
    *history, question = spoken
    if len(question.content) > settings.max_question:
        most = f"{settings.max_question:,}"
        raise ApiError(
            400,
            f"That question is too long: please keep it under {most} characters.",
            "question_too_long",
            "messages",
        )
    return conversation(question.content, history)


async def _whole(events: Background[Event], request: Request) -> Answer:
    """The answer in one piece; an asker who leaves lets go of the engine."""
    try:
        async for event in events:
            if isinstance(event, Finished):
                return event.answer
            if await request.is_disconnected():
                raise ApiError(499, "The asker left.", "client_closed_request")
    except ApiError:
        raise
    except AskDebbieError as error:
        raise ApiError(503, str(error), "unavailable") from None
    except Exception:  # logged where it happened
        raise ApiError(500, BROKEN, "internal_error") from None
    finally:
        events.stop()
    raise ApiError(500, BROKEN, "internal_error")


async def _frames(events: Background[Event], writer: Writer, *, include_usage: bool) -> AsyncIterator[str]:
    """The stream, in the frames of server-sent events."""
    try:
        async for frame in _chunks(events, writer, include_usage=include_usage):
            yield frame
    except AskDebbieError as error:
        yield _frame(error_body(503, str(error), "unavailable"))
    except Exception:  # logged where it happened
        yield _frame(error_body(500, BROKEN, "internal_error"))
    finally:
        events.stop()
    yield "data: [DONE]\n\n"


async def _chunks(events: Background[Event], writer: Writer, *, include_usage: bool) -> AsyncIterator[str]:
    opened = False
    sentences: list[Sentence] = []
    async for event in events:
        if event is None:
            yield ": the answer is being written\n\n"
            continue
        opening: Delta = {} if opened else {"role": "assistant"}
        opened = True
        match event:
            case EvidenceFound(evidence):
                yield _frame(
                    writer.chunk({**opening, "content": ""}, {"status": "reading", "found": found(evidence)})
                )
            case Waiting(ahead, seconds):
                waiting: Extension = {"status": "waiting", "waiting": {"ahead": ahead, "seconds": seconds}}
                yield _frame(writer.chunk({**opening, "content": ""}, waiting))
            case SentenceReady(sentence, citations):
                before = _length(sentences)
                sentences.append(sentence)
                delta: Delta = {**opening, "content": f"{' ' if before else ''}{sentence.marked}"}
                if new := writer.annotations([sentence], citations, before):
                    delta["annotations"] = new
                yield _frame(writer.chunk(delta))
            case Finished(answer):
                last: Delta = {
                    **opening,
                    "annotations": writer.annotations(answer.sentences, answer.citations),
                }
                yield _frame(writer.chunk(last, extension(answer), finish_reason="stop"))
                if include_usage:
                    yield _frame(writer.usage_chunk(answer))


def _length(sentences: Sequence[Sentence]) -> int:
    """Characters before the next sentence, the blank between included."""
    return sum(len(sentence.marked) + 1 for sentence in sentences)


def _frame(content: Mapping[str, object]) -> str:
    return f"data: {json.dumps(content, separators=(',', ':'))}\n\n"
