"""Stand-ins for the two sources: a web server with faults to order, and wheels made on the spot."""

from __future__ import annotations

import io
import re
import threading
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from types import TracebackType
from typing import Any, Self, cast


@dataclass
class Site:
    """A publisher's web server.

    Attributes:
        content: The bytes it serves at /file; / redirects there.
        cuts: For each request to come, after how many bytes to drop the connection.
        ranges: Whether it knows HTTP ranges.
        status: Answered in place of the file, if set.
        asked: The Range header of each request so far.
    """

    content: bytes
    cuts: list[int] = field(default_factory=list)
    ranges: bool = True
    status: int | None = None
    asked: list[str | None] = field(default_factory=list)

    def __enter__(self) -> Self:
        self._server = _Server(("127.0.0.1", 0), _Handler)
        self._server.site = self
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.05,))
        self._thread.start()
        self.url = f"http://127.0.0.1:{self._server.server_port}/"
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()


class _Server(ThreadingHTTPServer):
    site: Site

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that hangs up is part of the tests."""


class _Handler(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        site = cast(_Server, self.server).site
        if self.path == "/":
            self._answer(302, b"", {"Location": "/file"})
            return
        asked = self.headers.get("Range")
        site.asked.append(asked)
        if site.status:
            self._answer(site.status, b"", {})
            return
        start = int(re.fullmatch(r"bytes=(\d+)-", asked)[1]) if asked and site.ranges else 0  # type: ignore[index]
        body = site.content[start:]
        status = 206 if asked and site.ranges else 200
        self._answer(status, body, {"Content-Range": f"bytes {start}-/*"} if status == 206 else {})

    def _answer(self, status: int, body: bytes, headers: Mapping[str, str]) -> None:
        site = cast(_Server, self.server).site
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if body and site.cuts:
            self.wfile.write(body[: site.cuts.pop(0)])
            self.close_connection = True
        else:
            self.wfile.write(body)

    def log_message(self, format: str, *args: Any) -> None:
        pass


def make_wheel(folder: Path, name: str, members: Mapping[str, bytes], version: str = "1.0") -> Path:
    """A wheel with the given files, as pip accepts it."""
    stem = f"{name.replace('-', '_')}-{version}"
    path = folder / f"{stem}-py3-none-any.whl"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as wheel:
        for member, content in members.items():
            wheel.writestr(member, content)
        info = f"{stem}.dist-info"
        wheel.writestr(f"{info}/METADATA", f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n")
        wheel.writestr(f"{info}/WHEEL", "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n")
        wheel.writestr(f"{info}/RECORD", "")
    return path


def make_zip(members: Mapping[str, bytes]) -> bytes:
    """A zip file's bytes."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for member, content in members.items():
            archive.writestr(member, content)
    return buffer.getvalue()
