"""Errors in OpenAI's shape, in plain words, and without a word of what was sent."""

from __future__ import annotations

import json
from typing import Any

from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from typing_extensions import TypedDict

BROKEN = "Something went wrong here; it wasn't your question. Please ask again in a moment."
_TYPES = {403: "permission_error", 429: "rate_limit_error", 503: "overloaded_error"}


class ErrorBody(TypedDict):
    """What is wrong: in words, by kind, at which parameter, and by a name that code can tell it by."""

    message: str
    type: str
    param: str | None
    code: str | None


class ErrorReply(TypedDict):
    """OpenAI's error."""

    error: ErrorBody


class ApiError(Exception):
    """A request that isn't answered."""

    def __init__(
        self, status: int, message: str, code: str, param: str | None = None, retry_after: int | None = None
    ) -> None:
        super().__init__(message)
        self.status = status
        self.body = error_body(status, message, code, param)
        self.headers = {"Retry-After": str(retry_after)} if retry_after is not None else {}


class JsonResponse(Response):
    """JSON of ASCII alone, which any text survives, half a surrogate pair included."""

    media_type = "application/json"

    def render(self, content: Any) -> bytes:
        return json.dumps(content, separators=(",", ":")).encode()


def error_body(status: int, message: str, code: str, param: str | None = None) -> ErrorReply:
    """OpenAI's error."""
    fallback = "server_error" if status >= 500 else "invalid_request_error"
    return {"error": {"message": message, "type": _TYPES.get(status, fallback), "param": param, "code": code}}


def add_handlers(app: FastAPI) -> None:
    """Make every error of an app one of OpenAI's."""

    @app.exception_handler(ApiError)
    async def refuse(request: Request, error: ApiError) -> Response:
        del request
        return JsonResponse(error.body, error.status, error.headers)

    @app.exception_handler(RequestValidationError)
    async def explain(request: Request, error: RequestValidationError) -> Response:
        del request
        first = error.errors()[0]
        where = [str(part) for part in first["loc"] if part not in ("body", "query", "path")]
        if first["type"] == "json_invalid" or not where:
            return JsonResponse(
                error_body(
                    400,
                    "The body has to be a JSON object, and its Content-Type application/json.",
                    "invalid_json",
                ),
                400,
            )
        param = ".".join(where)
        return JsonResponse(error_body(400, f"{param}: {first['msg']}.", "invalid_value", param), 400)

    @app.exception_handler(HTTPException)
    async def tell(request: Request, error: HTTPException) -> Response:
        del request
        body = error_body(error.status_code, str(error.detail), _code(error.status_code))
        return JsonResponse(body, error.status_code, error.headers)

    @app.exception_handler(Exception)
    async def apologise(request: Request, error: Exception) -> Response:
        del request, error
        return JsonResponse(error_body(500, BROKEN, "internal_error"), 500)


def hide_what_was_sent(app: FastAPI) -> None:
    """Say of a request that can't be read just that: FastAPI's own handler sends it back, and breaks on odd bytes."""

    @app.exception_handler(RequestValidationError)
    async def refuse(request: Request, error: RequestValidationError) -> Response:
        del request, error
        return JsonResponse({"detail": "That request can't be read."}, 422)


def _code(status: int) -> str:
    return {404: "not_found", 405: "method_not_allowed", 400: "invalid_json"}.get(status, "error")
