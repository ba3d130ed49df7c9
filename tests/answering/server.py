"""A server that speaks OpenAI's API, well or badly, on a port of its own."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Literal

Manner = Literal[
    "well",
    "401",
    "429",
    "500",
    "hangs",
    "hangs midway",
    "nonsense",
    "html",
    "malformed",
    "breaks",
    "empty",
    "no choices",
]


class FakeOpenAI(ThreadingHTTPServer):
    """Answers every chat with ``text``, in the given manner."""

    daemon_threads = True

    def __init__(self, manner: Manner, text: str) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.manner = manner
        self.text = text
        self.bodies: list[dict[str, Any]] = []
        self.keys: list[str] = []
        self.usage = (2000, 500)  # tokens of the prompt, and of the answer
        self.hanging = threading.Event()
        self.over = threading.Event()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}/v1"

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that hung up is no news."""


class _Handler(BaseHTTPRequestHandler):
    server: FakeOpenAI
    protocol_version = "HTTP/1.1"

    def log_message(self, format: str, *args: Any) -> None:
        """Say nothing."""

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.bodies.append(json.loads(body))
        self.server.keys.append(self.headers.get("Authorization", ""))
        manner = self.server.manner
        if manner in {"401", "429", "500"}:
            self._whole(
                int(manner), "application/json", json.dumps({"error": {"message": "no", "type": "x"}})
            )
        elif manner == "hangs":
            self._hang()
        elif manner == "html":
            self._whole(200, "text/html", "<html><h1>Welcome to nginx!</h1></html>")
        elif manner == "nonsense":
            self._whole(200, "application/json", "[1, 2, 3]")
        else:
            self._stream(manner)

    def _stream(self, manner: Manner) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream")
        self.send_header("Transfer-Encoding", "chunked")
        self.end_headers()
        first, rest = self.server.text.split("|") if "|" in self.server.text else (self.server.text, "")
        if manner == "malformed":
            self._chunk("data: {not json at all\n\n")
        elif manner == "empty":
            self._event({"choices": []})
        elif manner == "no choices":
            self._event({"error": None, "hello": "world"})
        else:
            for word in first.split(" "):
                self._say(f"{word} ")
            if manner == "breaks":
                self.connection.close()
                return
            if manner == "hangs midway":
                self._hang()
                return
            self._say(rest)
            read, written = self.server.usage
            usage = {"prompt_tokens": read, "completion_tokens": written, "total_tokens": read + written}
            self._event({"choices": [], "usage": usage})
        self._chunk("data: [DONE]\n\n")
        self._chunk("")

    def _hang(self) -> None:
        self.server.hanging.set()
        self.server.over.wait(20)

    def _say(self, text: str) -> None:
        self._event(
            {
                "choices": [
                    {"index": 0, "delta": {"role": "assistant", "content": text}, "finish_reason": None}
                ]
            }
        )

    def _event(self, event: dict[str, Any]) -> None:
        frame = {"id": "1", "object": "chat.completion.chunk", "created": 1, "model": "m", **event}
        self._chunk(f"data: {json.dumps(frame)}\n\n")

    def _chunk(self, text: str) -> None:
        raw = text.encode()
        self.wfile.write(f"{len(raw):x}\r\n".encode() + raw + b"\r\n")
        self.wfile.flush()

    def _whole(self, status: int, kind: str, text: str) -> None:
        raw = text.encode()
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(raw)))
        self.end_headers()
        self.wfile.write(raw)


@contextmanager
def serving(manner: Manner, text: str) -> Iterator[FakeOpenAI]:
    """A server while the block lasts. A ``|`` in the text is where it breaks or hangs, if it does."""
    server = FakeOpenAI(manner, text)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.over.set()
        server.shutdown()
        server.server_close()
        thread.join(10)
