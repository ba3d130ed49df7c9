"""Which sites' pages may show the assistant and ask it: this one, and those that the settings name."""

from __future__ import annotations

from collections.abc import Collection
from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.types import Scope


class Origins:
    """An allowlist. A request that no browser's script makes has no origin, and isn't held by it."""

    def __init__(self, others: Collection[str] = ()) -> None:
        self.others = tuple(others)

    @property
    def frame_ancestors(self) -> str:
        """The policy's words for who may show this site in a frame."""
        return " ".join(("'self'", *self.others))

    def allow(self, scope: Scope) -> bool:
        """Whether a script of this site, of a named one, or no script at all asks."""
        headers = Headers(scope=scope)
        origin = headers.get("origin")
        if origin is None or origin in self.others:
            return True
        # a script of another site can't set X-Forwarded-Host: its browser would ask here first, and be refused
        hosts = {headers.get("host"), headers.get("x-forwarded-host")}
        try:
            return urlsplit(origin).netloc in hosts
        except ValueError:
            return False
