"""Bodies of requests: bounded in size, and in how long they may take to arrive."""

from __future__ import annotations

import asyncio
from contextlib import suppress

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from ask_debbie.web.errors import JsonResponse, error_body

ARRIVAL_SECONDS = 30.0
_PASSING_SECONDS = 2.0  # for the rest of a body that is refused
_PASSING_BYTES = 2_000_000
HANGING_UP = {"Connection": "close"}  # what is still to come of the body isn't waited for


class BodyLimit:
    """Takes a body in before anything else sees the request, or refuses it.

    Args:
        most: bytes of a body.
        seconds: that it may take to arrive.
    """

    def __init__(self, app: ASGIApp, most: int, seconds: float) -> None:
        self.app = app
        self.most = most
        self.seconds = seconds

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["method"] in ("GET", "HEAD", "OPTIONS"):
            await self.app(scope, receive, send)
            return
        declared = Headers(scope=scope).get("content-length", "0")
        body: Message | None = None
        if not declared.isdecimal() or int(declared) <= self.most:
            try:
                async with asyncio.timeout(self.seconds):
                    body = await self._read(receive)
            except TimeoutError:
                problem = error_body(408, "The request took too long to arrive.", "timeout")
                await JsonResponse(problem, 408, HANGING_UP)(scope, receive, send)
                return
        if body is None:
            await _let_pass(receive)
            words = f"That's too much at once: please keep a request under {self.most:,} bytes."
            await JsonResponse(error_body(413, words, "too_large"), 413, HANGING_UP)(scope, receive, send)
            return
        await self.app(scope, _replay(body, receive), send)

    async def _read(self, receive: Receive) -> Message | None:
        """The body in one message; None where it is too large."""
        parts, size = [], 0
        while True:
            message = await receive()
            if message["type"] != "http.request":
                return message
            parts.append(message.get("body", b""))
            size += len(parts[-1])
            if size > self.most:
                return None
            if not message.get("more_body"):
                return {"type": "http.request", "body": b"".join(parts), "more_body": False}


async def _let_pass(receive: Receive) -> None:
    """Take in what is still on its way, within bounds: who sends more than is read gets no reply through a proxy."""
    size, more = 0, True
    with suppress(TimeoutError):
        async with asyncio.timeout(_PASSING_SECONDS):
            while more and size < _PASSING_BYTES:
                message = await receive()
                size += len(message.get("body", b""))
                more = message["type"] == "http.request" and bool(message.get("more_body"))


def _replay(first: Message, receive: Receive) -> Receive:
    waiting = [first]

    async def replay() -> Message:
        return waiting.pop() if waiting else await receive()

    return replay
