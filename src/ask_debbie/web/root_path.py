"""A site under a sub-path of a proxy's, whether or not the proxy takes the path away before it passes it on."""

from __future__ import annotations

from starlette.responses import RedirectResponse
from starlette.types import ASGIApp, Receive, Scope, Send


class RootPath:
    """Puts the path before what lacks it, as ASGI wants it, and a slash after what is the path alone."""

    def __init__(self, app: ASGIApp, path: str) -> None:
        self.app = app
        self.path = path

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if not self.path or scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        path = scope["path"]
        if path == self.path:
            await RedirectResponse(f"{self.path}/")(scope, receive, send)
            return
        if not path.startswith(f"{self.path}/"):
            path = f"{self.path}{path}"
        await self.app({**scope, "path": path, "root_path": self.path}, receive, send)


def local_path(scope: Scope) -> str:
    """The path as it would be without a proxy's sub-path."""
    path, root = str(scope["path"]), str(scope.get("root_path", ""))
    return path[len(root) :] if root and path.startswith(f"{root}/") else path
