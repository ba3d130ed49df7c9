"""The assistant as a tool for agents: MCP over streamable HTTP at `/mcp`, without sessions."""

from __future__ import annotations

from typing import Annotated, Any

from mcp.server.mcpserver import Context, MCPServer
from mcp.server.mcpserver.exceptions import ToolError
from mcp.server.transport_security import TransportSecuritySettings
from mcp.types import ToolAnnotations
from pydantic import Field
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import BaseRoute, Route

from ask_debbie.answering.answer import Finished, Message
from ask_debbie.errors import AskDebbieError
from ask_debbie.settings import Settings
from ask_debbie.web.desk import Desk
from ask_debbie.web.errors import BROKEN
from ask_debbie.web.library import DocumentList, document_list
from ask_debbie.web.wire import Source

PATH = "/mcp"
MOST_READ = 20_000  # characters of one reading
_READS = ToolAnnotations(
    read_only_hint=True, destructive_hint=False, idempotent_hint=True, open_world_hint=False
)

DocumentPath = Annotated[str, Field(description="A document's path, as list_sections gives it.")]
Place = Annotated[int, Field(ge=0, description="A character of the document's text, counted from 0.")]


def create_mcp(desk: Desk, settings: Settings) -> MCPServer[Any]:
    """The MCP server. Its session manager has to run while it is served."""
    name = desk.assistant.profile.name
    server: MCPServer[Any] = MCPServer(
        f"Ask about {name}",
        instructions=f"Answers questions about {name}'s work from their own documents, with the quotes that prove "
        "each sentence. What the documents don't say isn't answered.",
        log_level="WARNING",
    )

    @server.tool(annotations=_READS)
    async def ask(
        question: Annotated[str, Field(description="One question, in plain words.")],
        context: Context[Any, Any],
    ) -> dict[str, Any]:
        """Answer a question about the candidate's work. Each marker [n] in the answer has its quote in citations."""
        if len(question) > settings.max_question:
            raise ToolError(f"Please keep a question under {settings.max_question:,} characters.")
        messages = [Message(role="user", content=question)]
        client = getattr(context.request_context.request, "client", None)
        try:
            events = await desk.ask(desk.assistant, messages, client.host if client else None, "mcp")
        except AskDebbieError as error:
            raise ToolError(str(error)) from None
        try:
            async for event in events:
                if isinstance(event, Finished):
                    return event.answer.to_wire()
        except AskDebbieError as error:
            raise ToolError(str(error)) from None
        except Exception:  # logged where it happened
            raise ToolError(BROKEN) from None
        finally:
            events.stop()
        raise ToolError(BROKEN)

    @server.tool(annotations=_READS)
    async def list_sections() -> DocumentList:
        """List the candidate's documents, with the sections of each and their spans."""
        return document_list(desk.assistant)

    @server.tool(annotations=_READS)
    async def read_passage(document: DocumentPath, start: Place = 0, end: Place | None = None) -> Source:
        """Read a part of a document, such as a section or the place of a citation, as it stands there."""
        known = desk.assistant.documents.get(document)
        if known is None:
            raise ToolError("There is no such document: list_sections names them.")
        text = known.text
        stop = min(len(text) if end is None else end, start + MOST_READ, len(text))
        if start >= stop:
            raise ToolError(f"There is nothing there: the document has {len(text)} characters.")
        trail = tuple(s.title for s in known.sections if s.start <= start < s.end)
        source = Source(
            marker=0, document=document, breadcrumb=list(trail), quote=text[start:stop], start=start, end=stop
        )
        if place := known.where(start, stop):
            source["place"] = place
        return source

    return server


def mcp_routes(server: MCPServer[Any], settings: Settings) -> list[BaseRoute]:
    """The routes at `/mcp`. Origins and hosts are looked at before any request gets here."""
    app = server.streamable_http_app(
        streamable_http_path=PATH,
        json_response=True,
        stateless_http=True,
        max_request_body_size=settings.max_body,
        transport_security=TransportSecuritySettings(enable_dns_rebinding_protection=False),
    )
    (route,) = app.routes
    assert isinstance(route, Route)  # noqa: S101 - as the SDK makes it where nobody signs in
    return [Route(PATH, route.endpoint, methods=["POST"]), Route(PATH, _only_post, methods=["GET", "DELETE"])]


async def _only_post(request: Request) -> Response:
    """Without sessions there is no stream to listen to, and one that stays open would be a seat taken."""
    del request
    return PlainTextResponse("This is for MCP clients, by POST.", 405, {"Allow": "POST"})
