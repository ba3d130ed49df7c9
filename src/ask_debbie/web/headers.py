"""What is added to every response, and what Gradio offers that this page doesn't: one ASGI middleware.

Written against ASGI rather than as a request-response middleware because answers stream.
"""

from __future__ import annotations

import logging
import re
import secrets
from collections.abc import Callable

from starlette.datastructures import MutableHeaders
from starlette.responses import PlainTextResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from ask_debbie.web.errors import BROKEN, JsonResponse, error_body
from ask_debbie.web.origins import Origins
from ask_debbie.web.root_path import local_path

_log = logging.getLogger(__name__)

# Gradio evaluates its components' own scripts, hence 'unsafe-eval'; inline scripts need the page's nonce.
POLICY = (
    "default-src 'self'; script-src 'self' 'nonce-{nonce}' 'unsafe-eval'; style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data:; font-src 'self'; connect-src 'self'; object-src 'none'; base-uri 'self'; "
    "form-action 'self'; frame-ancestors {ancestors}"
)
# Parts of Gradio that take or fetch files, or show what runs: nothing here uses them.
UNUSED = re.compile(
    r"/(gradio_api/)?(upload|upload_progress|file[=/]|proxy=|stream/|deep_link|component_server|runs|dev/"
    r"|process_recording|vibe-|undo-|custom_component|monitoring|login|logout)"
    r"|/gradio_api/mcp"
)
CONTROL = re.compile(
    r"[\x00-\x1f\x7f]"
)  # a mount's pattern stops at a line's end, and what follows gets past it
_UNWANTED_META = re.compile(
    r'<meta\s+(?:property="og:|name="twitter:|name="viewport")[^>]*>|<link rel="manifest"[^>]*>'
)
# In another site's frame, Gradio's scripts would tell that site of themselves: to them there is no frame.
_FIRST = "<script>if (parent !== self) { window.askFrame = parent; window.parent = self; }</script>"
_SCRIPT = re.compile(r"<script(?=[\s>])")
NAMED_BY_CONTENT = ("/assets/", "/page-")  # folders whose files never change under one name


class PageMiddleware:
    """Adds security headers, refuses other origins and unused paths, and dresses Gradio's index page.

    Args:
        app: the rest of the site.
        dress: given the nonce, the page's own head and body, as HTML.
        origins: whose scripts may call this site, and who may show it in a frame.
    """

    def __init__(self, app: ASGIApp, dress: Callable[[str], tuple[str, str]], origins: Origins) -> None:
        self.app = app
        self.dress = dress
        self.origins = origins

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        nonce = secrets.token_urlsafe(16)
        path = local_path(scope)
        response = (_Dressed if _is_page(scope) else _Guarded)(self, nonce, path, send)
        if UNUSED.match(path) or CONTROL.search(path):
            await _refusal(path, 404, "Not found", "not_found")(scope, receive, response)
        elif not self.origins.allow(scope):
            await _refusal(path, 403, "This site answers its own page only.", "origin")(
                scope, receive, response
            )
        else:
            try:
                await self.app(response.ask(scope), receive, response)
            except (
                Exception
            ):  # Starlette's own last resort would add no header, and the server's logs no care
                _log.exception("a request failed")
                if not response.started:
                    await _refusal(path, 500, BROKEN, "internal_error")(scope, receive, response)


def _refusal(path: str, status: int, words: str, code: str) -> Response:
    if path.startswith("/v1/"):
        return JsonResponse(error_body(status, words, code), status)
    return PlainTextResponse(words, status)


def _is_page(scope: Scope) -> bool:
    return scope["method"] in ("GET", "HEAD") and local_path(scope) in ("/", "")


class _Guarded:
    """Sends a response on with the headers added."""

    def __init__(self, page: PageMiddleware, nonce: str, path: str, send: Send) -> None:
        self.page = page
        self.nonce = nonce
        self.path = path
        self.send = send
        self.started = False

    def ask(self, scope: Scope) -> Scope:
        return scope

    def protect(self, headers: MutableHeaders) -> None:
        policy = POLICY.format(nonce=self.nonce, ancestors=self.page.origins.frame_ancestors)
        headers["Content-Security-Policy"] = policy
        headers["X-Content-Type-Options"] = "nosniff"
        headers["Referrer-Policy"] = "no-referrer"
        headers["Permissions-Policy"] = "camera=(), geolocation=(), microphone=()"

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self.started = True
            headers = MutableHeaders(scope=message)
            self.protect(headers)
            if message["status"] == 200 and self.path.startswith(NAMED_BY_CONTENT):
                headers["Cache-Control"] = "public, max-age=31536000, immutable"
        await self.send(message)


class _Dressed(_Guarded):
    """Holds Gradio's index page back until it is whole, and sends it on in the site's own clothes."""

    def __init__(self, page: PageMiddleware, nonce: str, path: str, send: Send) -> None:
        super().__init__(page, nonce, path, send)
        self.start: Message | None = None
        self.body = b""

    def ask(self, scope: Scope) -> Scope:
        plain = [(name, value) for name, value in scope["headers"] if name != b"accept-encoding"]
        return {**scope, "headers": plain}

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self.start = message
            return
        if self.start is None or message["type"] != "http.response.body":
            await self.send(message)
            return
        self.body += message.get("body", b"")
        if message.get("more_body"):
            return
        headers = MutableHeaders(scope=self.start)
        self.protect(headers)
        if headers.get("content-type", "").startswith("text/html"):
            head, body = self.page.dress(self.nonce)
            self.body = dress_page(self.body.decode(), head, body, self.nonce).encode()
            headers["Content-Length"] = str(len(self.body))
            headers["Cache-Control"] = "no-store"
        self.started = True
        await self.send(self.start)
        await self.send({"type": "http.response.body", "body": self.body})


def dress_page(html: str, head: str, body: str, nonce: str) -> str:
    """Gradio's index page with our head and furniture, without its own cards for link previews."""
    html = html.replace("<head>", f"<head>{_FIRST}", 1)
    html = _SCRIPT.sub(f'<script nonce="{nonce}"', _UNWANTED_META.sub("", html))
    html = html.replace("</head>", f"{head}</head>", 1)
    return html.replace("<gradio-app", f"{body}<gradio-app", 1)
