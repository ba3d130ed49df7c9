"""Requests of any kind, counted for each address: what asks nothing costs little, and not nothing."""

from __future__ import annotations

from starlette.responses import PlainTextResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send

from ask_debbie.web.desk import Desk
from ask_debbie.web.errors import JsonResponse, error_body
from ask_debbie.web.quotas import OverQuotaError
from ask_debbie.web.root_path import local_path

# What watches over the site, and files that browsers and proxies keep.
FREE = (
    "/healthz",
    "/readyz",
    "/metrics",
    "/assets/",
    "/static/",
    "/svelte/",
    "/page-",
    "/widget",
    "/favicon.ico",
)


class RequestLimit:
    """Refuses an address that has made as many requests as it may, with 429 and when to come again."""

    def __init__(self, app: ASGIApp, desk: Desk) -> None:
        self.app = app
        self.desk = desk

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and not local_path(scope).startswith(FREE):
            client = scope.get("client")
            try:
                await self.desk.let_in(client[0] if client else None)
            except OverQuotaError as error:
                await _refusal(local_path(scope), error)(scope, receive, send)
                return
        await self.app(scope, receive, send)


def _refusal(path: str, error: OverQuotaError) -> Response:
    when = {"Retry-After": str(error.seconds)}
    if path.startswith("/v1/"):
        return JsonResponse(error_body(429, str(error), "rate_limit_exceeded"), 429, when)
    return PlainTextResponse(str(error), 429, when)
