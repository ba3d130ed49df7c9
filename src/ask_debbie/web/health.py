"""Whether the site lives, is ready to answer, and how it does."""

from __future__ import annotations

import time

from anyio.to_thread import run_sync
from fastapi import APIRouter, Request
from starlette.responses import Response

from ask_debbie.answering.answer import Message
from ask_debbie.web.desk import Desk
from ask_debbie.web.errors import JsonResponse

FRESH_SECONDS = 5.0  # so that asking often costs nothing


def health_routes(desk: Desk) -> APIRouter:
    """`/healthz`, `/readyz` and `/metrics`."""
    router = APIRouter(include_in_schema=False)
    checked: list[tuple[float, bool]] = []

    def is_ready() -> bool:
        try:
            desk.assistant.find([Message(role="user", content=desk.assistant.profile.name)])
        except Exception:  # whatever it is, the search doesn't work
            return False
        return True

    @router.get("/healthz")
    async def live() -> dict[str, str]:
        return {"status": "ok"}

    @router.get("/readyz")
    async def ready() -> Response:
        if not checked or time.monotonic() - checked[-1][0] > FRESH_SECONDS:
            checked[:] = [(time.monotonic(), await run_sync(is_ready))]
        found = checked[-1][1]
        said = {"status": "ready" if found else "not ready", "engine": desk.assistant.engine}
        return JsonResponse(said, 200 if found else 503)

    @router.get("/metrics")
    async def metrics(request: Request) -> Response:
        return await desk.metrics.respond(request)

    return router
