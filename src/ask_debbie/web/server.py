"""The site: Gradio's page mounted in a FastAPI app, and the server that runs it."""

from __future__ import annotations

import hashlib
import logging
import socket
import webbrowser
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractContextManager, asynccontextmanager, nullcontext
from pathlib import Path
from typing import cast

import gradio as gr
import typer
import uvicorn
from fastapi import FastAPI, HTTPException
from fastapi.middleware.cors import CORSMiddleware
from fastapi.middleware.gzip import GZipMiddleware
from fastapi.responses import HTMLResponse
from fastapi.staticfiles import StaticFiles
from starlette.routing import Mount
from uvicorn.middleware.proxy_headers import ProxyHeadersMiddleware

from ask_debbie.counters import Counters
from ask_debbie.errors import AskDebbieError
from ask_debbie.settings import Settings
from ask_debbie.web.api import create_api
from ask_debbie.web.background import in_event_loop
from ask_debbie.web.bodies import ARRIVAL_SECONDS, BodyLimit
from ask_debbie.web.chat_page import create_page, name_page
from ask_debbie.web.connections import ImpatientProtocol
from ask_debbie.web.desk import Desk
from ask_debbie.web.errors import hide_what_was_sent
from ask_debbie.web.headers import PageMiddleware
from ask_debbie.web.health import health_routes
from ask_debbie.web.mcp import create_mcp, mcp_routes
from ask_debbie.web.origins import Origins
from ask_debbie.web.pictures import picture_routes, render_source
from ask_debbie.web.plain_pages import source_routes
from ask_debbie.web.protocols import Assistant
from ask_debbie.web.request_limit import RequestLimit
from ask_debbie.web.root_path import RootPath
from ask_debbie.web.shell import head_html, shell_html
from ask_debbie.web.widget import widget_routes

STATIC = Path(__file__).parent / "static"
GOODBYE_SECONDS = 2
PORTS_TO_TRY = 20


Following = Callable[[Callable[[Assistant], None]], AbstractContextManager[None]]


def nobody(switch: Callable[[Assistant], None]) -> AbstractContextManager[None]:
    """The assistant stays the same."""
    del switch
    return nullcontext()


class PortTakenError(AskDebbieError):
    """Something else listens where the site should."""


def _fingerprint(folder: Path) -> str:
    digest = hashlib.sha256()
    for path in sorted(folder.iterdir()):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:12]


@in_event_loop
def create_app(assistant: Assistant, settings: Settings, following: Following = nobody) -> FastAPI:
    """The whole site, not yet served: page, API, MCP and what watches over them, behind one door.

    Args:
        following: gives the site other assistants while it is served.

    Raises:
        AskDebbieError: Redis is asked for, and can't be used.
    """
    counters = Counters(settings.redis_url.get_secret_value() if settings.redis_url else None)
    desk = Desk(assistant, settings, counters)
    mcp = create_mcp(desk, settings)

    page = create_page(desk)

    def switch(assistant: Assistant) -> None:
        desk.switch(assistant)
        name_page(page, assistant)

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        del app
        async with mcp.session_manager.run():
            with following(switch):
                yield

    app = FastAPI(
        docs_url=None,
        redoc_url=None,
        openapi_url=None,
        lifespan=lifespan,
    )
    app.include_router(health_routes(desk))
    app.include_router(source_routes(desk))
    app.include_router(picture_routes(desk))
    app.mount("/v1", create_api(desk, settings))
    app.router.routes.extend(mcp_routes(mcp, settings))
    assets = f"page-{_fingerprint(STATIC)}/"

    @app.get("/documents/{path:path}", response_class=HTMLResponse)
    def document(path: str) -> str:
        found = desk.assistant.documents.get(path)
        if found is None:
            raise HTTPException(404, "No such document")
        return render_source(found)

    app.include_router(widget_routes())
    # The folder's name changes with what is in it, so that browsers may keep the files for good.
    app.mount(f"/{assets.rstrip('/')}", StaticFiles(directory=STATIC))
    _guard(app, desk, settings, assets)
    mounted = gr.mount_gradio_app(
        app,
        page,
        path="/",
        footer_links=[],
        run_history=False,
        ssr_mode=False,
        show_error=False,
        pwa=False,
        root_path=settings.root_path or None,
        theme=gr.themes.Base(font="system-ui", font_mono="ui-monospace"),
    )
    for route in mounted.routes:
        if isinstance(route, Mount) and route.path == "":
            hide_what_was_sent(cast(FastAPI, route.app))
    return cast(FastAPI, mounted)


def _guard(app: FastAPI, desk: Desk, settings: Settings, assets: str) -> None:
    """What stands in front of every route; the last is met first."""

    def dress(nonce: str) -> tuple[str, str]:
        assistant = desk.assistant
        head = head_html(assistant, assets=assets, nonce=nonce)
        return head, shell_html(assistant, max_question=settings.max_question)

    app.add_middleware(BodyLimit, most=settings.max_body, seconds=ARRIVAL_SECONDS)
    app.add_middleware(RequestLimit, desk=desk)
    # With a CORS policy of our own, Gradio adds none; its own would let any site call the API.
    app.add_middleware(
        CORSMiddleware,
        allow_origins=list(settings.origins),
        allow_methods=["GET", "POST"],
        allow_headers=["*"],
        expose_headers=["Retry-After"],
    )
    app.add_middleware(PageMiddleware, dress=dress, origins=Origins(settings.origins))
    app.add_middleware(GZipMiddleware)
    app.add_middleware(RootPath, path=settings.root_path)
    app.add_middleware(ProxyHeadersMiddleware, trusted_hosts=list(settings.proxies))


class _Server(uvicorn.Server):
    """Says where it is as soon as it listens, and goes without a fuss."""

    def __init__(self, config: uvicorn.Config, address: str, open_browser: bool) -> None:
        super().__init__(config)
        self.address = address
        self.open_browser = open_browser

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        if self.started:
            typer.echo(f"The page is at {self.address}  (Ctrl-C stops it)")
            if self.open_browser:
                webbrowser.open(self.address)

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        # Answers that are still streamed are cut off, and each would be logged as an error.
        logging.getLogger("uvicorn.error").setLevel(logging.CRITICAL)
        await super().shutdown(sockets)


def serve(app: FastAPI, host: str, port: int, open_browser: bool = False) -> None:
    """Serve until Ctrl-C. Port 0 takes a free one.

    Raises:
        PortTakenError: another program listens there; the message proposes a free port.
    """
    with listen(host, port) as listener:
        place = listener.getsockname()[1]
        shown = {"0.0.0.0": "127.0.0.1", "::": "[::1]"}.get(host, f"[{host}]" if ":" in host else host)  # noqa: S104
        config = uvicorn.Config(
            app,
            http=ImpatientProtocol,
            log_config=None,
            access_log=False,
            proxy_headers=False,  # whose word is taken is in the settings
            server_header=False,
            timeout_graceful_shutdown=GOODBYE_SECONDS,
        )
        try:
            _Server(config, f"http://{shown}:{place}", open_browser).run(sockets=[listener])
        except KeyboardInterrupt:  # uvicorn passes it on once it has shut down
            typer.echo("Stopped.")


def listen(host: str, port: int) -> socket.socket:
    """A socket that listens; port 0 takes a free one.

    Raises:
        PortTakenError: as for ``serve``.
    """
    try:
        return _bound(host, port)
    except OSError as error:
        free = _free_port(host, port)
        advice = f" Port {free} is free: --port {free}, or ASK_DEBBIE_PORT={free}." if free else ""
        raise PortTakenError(f"Can't listen on {host}:{port} ({error.strerror}).{advice}") from error


def _bound(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    # asyncio turns Nagle's delay off only where the protocol is named; with it, answers come 40 ms late
    listener = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    try:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind((host, port))
        listener.listen(128)
    except BaseException:
        listener.close()
        raise
    return listener


def _free_port(host: str, taken: int) -> int | None:
    for port in range(taken + 1, min(taken + PORTS_TO_TRY, 65535)):
        try:
            with _bound(host, port):
                return port
        except OSError:
            continue
    return None
