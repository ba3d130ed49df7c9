"""The API under `/v1`: its routes, its description, and every error in one shape."""

from __future__ import annotations

from importlib.metadata import version
from typing import Any

from fastapi import FastAPI, Request
from fastapi.responses import HTMLResponse

from ask_debbie.settings import Settings
from ask_debbie.web.chat_api import chat_routes
from ask_debbie.web.desk import Desk
from ask_debbie.web.errors import ErrorReply, add_handlers
from ask_debbie.web.library import library_routes
from ask_debbie.web.plain_pages import reference_page


class _Api(FastAPI):
    """Describes itself with the name of whom it is about now."""

    desk: Desk

    def openapi(self) -> dict[str, Any]:
        name = self.desk.assistant.profile.name
        about = {
            "title": f"Ask about {name}",
            "description": f"Answers about {name}'s work from their own documents, with the quotes that prove "
            "them. The chat is OpenAI's: any client of theirs works against it.",
        }
        schema = super().openapi()
        return {**schema, "info": {**schema["info"], **about}}


def create_api(desk: Desk, settings: Settings) -> FastAPI:
    """The API, to be mounted at `/v1`."""
    api = _Api(
        version=version("ask-debbie"), docs_url=None, redoc_url=None, responses={429: {"model": ErrorReply}}
    )
    api.desk = desk
    add_handlers(api)
    api.include_router(chat_routes(desk, settings))
    api.include_router(library_routes(desk))

    @api.get("/docs", include_in_schema=False, response_class=HTMLResponse)
    async def reference(request: Request) -> str:
        servers = [{"url": str(request.base_url).rstrip("/") + "/v1"}]
        return reference_page(desk.assistant.profile, {**api.openapi(), "servers": servers}, "../")

    return api
