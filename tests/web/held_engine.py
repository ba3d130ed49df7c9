"""The local engine with a fake at its edge: a server in llama.cpp's place that answers when a test says so."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from ask_debbie.answering.assistant import Assistant
from ask_debbie.compose import build_assistant
from ask_debbie.models import llama, prefix
from ask_debbie.settings import Settings

REPLY = "He trained 5 volunteers to dive in the exhibit."


class HeldModel(ThreadingHTTPServer):
    """Speaks OpenAI's API. Each chat waits for a ``release``; ``asked`` has its questions, as they came."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.asked: list[str] = []
        self.left: list[str] = []  # those whose asker left before the end
        self._permits = threading.Semaphore(0)
        self._open = False

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}/v1"

    def release(self, chats: int = 1) -> None:
        self._permits.release(chats)

    def release_all(self) -> None:
        self._open = True

    def is_held(self) -> bool:
        return not self._open and not self._permits.acquire(timeout=0.02)

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that hung up is no news."""


class _Handler(BaseHTTPRequestHandler):
    server: HeldModel

    def log_message(self, format: str, *args: Any) -> None:
        """Say nothing."""

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        question = body["messages"][-1]["content"]
        self.server.asked.append(question)
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream")
        self.end_headers()
        try:
            while self.server.is_held():
                self._say("")  # as a model that is still at it: whoever left is noticed
            for word in REPLY.split(" "):
                self._say(f"{word} ")
            self.wfile.write(b"data: [DONE]\n\n")
        except OSError:
            self.server.left.append(question)

    def _say(self, text: str) -> None:
        choice = {"index": 0, "delta": {"role": "assistant", "content": text}, "finish_reason": None}
        chunk = {
            "id": "1",
            "object": "chat.completion.chunk",
            "created": 1,
            "model": "m",
            "choices": [choice],
        }
        self.wfile.write(f"data: {json.dumps(chunk)}\n\n".encode())
        self.wfile.flush()


@contextmanager
def held_assistant(settings: Settings) -> Iterator[tuple[Assistant, HeldModel]]:
    """The assistant of the local engine, put together as always, but for llama.cpp."""
    model = HeldModel()
    threading.Thread(target=model.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
    server = SimpleNamespace(model=settings.local_model, api_key="k", base_url=model.url, headers={})
    try:
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(llama.LlamaServer, "from_store", lambda *given, **more: server)
            patch.setattr(prefix, "warm", lambda *given: "restored")
            model.release()  # it is asked for one token at its start
            assistant = build_assistant(settings)
        model.asked.clear()
        yield assistant, model
    finally:
        model.release_all()
        model.shutdown()
        model.server_close()


def local_settings(corpus: Path, models_dir: Path, index_dir: Path, **more: Any) -> Settings:
    """Settings of the local engine, for visitors from many addresses."""
    return Settings(
        engine="local",
        corpus=corpus,
        models_dir=models_dir,
        index_dir=index_dir,
        proxies=("127.0.0.1",),
        **more,
    )
