"""The widget's one file: served under a name that stays and under one that changes with its content.

``python -m ask_debbie.web.widget https://HOST`` prints the tag for a page that wants exactly this version, with
the hash that the browser checks (Subresource Integrity).
"""

from __future__ import annotations

import base64
import hashlib
from functools import cache
from pathlib import Path
from typing import Annotated

import gradio
import typer
from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse

FILE = Path(__file__).parent / "static" / "widget.js"
# Pages of any origin may load the file; whose scripts may then ask is for the API to say.
SHARED = {
    "Cross-Origin-Resource-Policy": "cross-origin",
    "Vary": "Origin",
    "X-Content-Type-Options": "nosniff",
}
BRIEFLY = "public, max-age=300"
FOR_GOOD = "public, max-age=31536000, immutable"


@cache
def source() -> bytes:
    """The widget, as it is sent."""
    return FILE.read_bytes()


@cache
def version() -> str:
    """Names this content, in ``/widget-VERSION.js``."""
    return hashlib.sha256(source()).hexdigest()[:12]


@cache
def integrity() -> str:
    """The hash for a script tag's ``integrity``."""
    return f"sha384-{base64.b64encode(hashlib.sha384(source()).digest()).decode()}"


def script_tag(server: str) -> str:
    """The tag that loads exactly this version from a server such as ``https://example.org``."""
    address = f"{server.rstrip('/')}/widget-{version()}.js"
    return f'<script src="{address}" integrity="{integrity()}" crossorigin="anonymous" async></script>'


def widget_routes() -> APIRouter:
    """``/widget.js``, kept by browsers for minutes, and ``/widget-VERSION.js``, kept for good."""
    router = APIRouter(include_in_schema=False)

    @router.api_route("/widget.js", methods=["GET", "HEAD"])
    def latest(request: Request) -> Response:
        return _script(request, BRIEFLY)

    @router.api_route("/widget-{name}.js", methods=["GET", "HEAD"])
    def pinned(name: str, request: Request) -> Response:
        if name != version():
            # Where a page doesn't pin the hash as well, the newest is better than none.
            return RedirectResponse("widget.js", 307, {**SHARED, "Cache-Control": "no-store"})
        return _script(request, FOR_GOOD)

    @router.get("/gradio.js")
    def component() -> Response:
        """Gradio's own web component, under a name that stays: a line that imports the rest."""
        text = (Path(gradio.__file__).parent / "templates" / "frontend" / "gradio.js").read_bytes()
        return Response(text, headers={**SHARED, "Cache-Control": BRIEFLY}, media_type="text/javascript")

    return router


def _script(request: Request, caching: str) -> Response:
    tag = f'W/"{version()}"'  # weak: the same text may be sent compressed
    headers = {**SHARED, "Cache-Control": caching, "ETag": tag}
    known = [name.strip() for name in request.headers.get("if-none-match", "").split(",")]
    if tag in known or tag.removeprefix("W/") in known or "*" in known:
        return Response(status_code=304, headers=headers)
    return Response(source(), headers=headers, media_type="text/javascript")


def main(
    server: Annotated[str, typer.Argument(help="Where the assistant is, such as https://example.org.")],
) -> None:
    """Print the script tag that loads this version of the widget and no other."""
    typer.echo(script_tag(server))


if __name__ == "__main__":
    typer.run(main)
