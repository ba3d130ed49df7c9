"""What the widget talks to in the tests: the public API, spoken by a script; and a site that shows the widget."""

from __future__ import annotations

import json
import mimetypes
import threading
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from ask_debbie.web.markdown import markdown_blocks
from ask_debbie.web.widget import source, version
from tests.web.fakes import HANDBOOK, RESUME, Gate

# The emoji are one code point each and two UTF-16 units: a widget that counts units marks the wrong words.
DOCUMENTS = {"resume.md": RESUME.replace("Spanish", "🩺🫀 Spanish"), "projects/handbook.md": HANDBOOK}
PROFILE: dict[str, Any] = {
    "name": "Rosa Marín",
    "first_name": "Rosa",
    "headline": "ICU nurse · Valencia",
    "accent": "#1f6f5c",
    "starters": ["How long has she worked in intensive care?", "Which languages does she speak?"],
    "contact": {"email": "rosa@example.org", "policy": "You can ask Rosa at rosa@example.org."},
    "greeting": "What would you like to know about Rosa?",
    "engine": {"name": "fake", "label": "Local model"},
}


@dataclass
class Refused:
    """A reply with an error status, in words."""

    status: int
    message: str
    headers: dict[str, str] = field(default_factory=dict)


class Cut:
    """A step that drops the connection."""


Step = dict[str, Any] | Gate | Cut


def annotation(
    marker: int, quote: str, path: str = "resume.md", *breadcrumb: str, **other: Any
) -> dict[str, Any]:
    start = DOCUMENTS[path].index(quote)
    span = {"start": start, "end": start + len(quote)}
    return {
        "type": "url_citation",
        "url_citation": {
            "start_index": 0,
            "end_index": 3,
            "title": path,
            "url": f"documents/{path}",
            **other,
        },
        "citation": {
            "marker": marker,
            "document": path,
            "breadcrumb": list(breadcrumb),
            "quote": quote,
            **span,
        },
    }


def sentence(text: str, *annotations: dict[str, Any]) -> dict[str, Any]:
    delta = {"content": text, "annotations": list(annotations)} if annotations else {"content": text}
    return {"choices": [{"index": 0, "delta": delta, "finish_reason": None}]}


def waiting(ahead: int, seconds: float) -> dict[str, Any]:
    return {"choices": [], "ask_debbie": {"waiting": {"ahead": ahead, "seconds": seconds}}}


def ending(
    status: str = "answered", notice: str | None = None, follow_ups: Sequence[str] = ()
) -> dict[str, Any]:
    told: dict[str, Any] = {
        "status": status,
        "engine": "fake",
        "timings": {},
        "notice": notice,
        "follow_ups": list(follow_ups),
    }
    return {"choices": [{"index": 0, "delta": {}, "finish_reason": "stop"}], "ask_debbie": told}


READING: dict[str, Any] = {
    "choices": [{"index": 0, "delta": {"role": "assistant"}}],
    "ask_debbie": {
        "status": "reading",
        "found": [{"marker": 0, "document": "resume.md", "breadcrumb": ["Experience"]}],
    },
}


def team_reply() -> list[Step]:
    """Two sentences, three citations in two documents, chips."""
    led = "Leads the *night team* of six nurses in the [intensive care unit](https://lafe.example/icu)."
    return [
        sentence(
            "She leads the night team of six nurses at La Fe, since March 2018 [1][2].",
            annotation(1, led, "resume.md", "Experience", "Hospital La Fe"),
            annotation(2, "3/2018-present", "resume.md", "Experience", "Hospital La Fe", "ICU nurse"),
        ),
        sentence(
            " She also wrote a guide of 80 pages for new nurses [3].",
            annotation(3, "A guide of 80 pages for new nurses", "projects/handbook.md", "SISLaFe handbook"),
        ),
        ending(follow_ups=["Which certifications does she have?", "Which languages does she speak?"]),
    ]


class Served:
    """A server in threads, on a port that it keeps over restarts."""

    def __init__(self, respond: Callable[[BaseHTTPRequestHandler], None], prefix: str = "") -> None:
        self._respond = respond
        self._port = 0
        self._prefix = prefix
        self.start()

    @property
    def origin(self) -> str:
        return f"http://127.0.0.1:{self._port}"

    @property
    def url(self) -> str:
        return f"{self.origin}{self._prefix}/"

    def start(self) -> None:
        respond = self._respond

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                respond(self)

            do_POST = do_OPTIONS = do_GET  # noqa: N815

            def log_message(self, format: str, *args: Any) -> None:
                pass

        class Server(ThreadingHTTPServer):
            daemon_threads = True
            block_on_close = False

            def handle_error(self, request: Any, client_address: Any) -> None:
                """A visitor who leaves in mid-answer is no news."""

        self._server = Server(("127.0.0.1", self._port), Handler)
        self._port = self._server.server_address[1]
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True)
        self._thread.start()

    def stop(self) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join(10)


class Assistant(Served):
    """The API. ``scripts`` has the steps by question; any other question is abstained from."""

    def __init__(self, prefix: str = "") -> None:
        self.profile = dict(PROFILE)
        self.documents = dict(DOCUMENTS)
        self.widget = source()
        self.spans_only = False
        self.scripts: dict[str, Sequence[Step] | Refused] = {}
        self.asked: list[dict[str, Any]] = []
        self.languages: list[str] = []
        self.left: list[str] = []
        super().__init__(self._answer, prefix)

    def when(self, question: str, *steps: Step) -> None:
        self.scripts[question] = steps

    def refuse(self, question: str, status: int, message: str, **headers: str) -> None:
        self.scripts[question] = Refused(status, message, headers)

    def _answer(self, request: BaseHTTPRequestHandler) -> None:
        path = unquote(urlsplit(request.path).path).removeprefix(self._prefix)
        if request.command == "OPTIONS":
            _send(request, 204, "text/plain", b"")
        elif path in ("/widget.js", f"/widget-{version()}.js"):
            _send(request, 200, "text/javascript", self.widget)
        elif path == "/v1/profile":
            _send_json(request, 200, self.profile)
        elif path.removeprefix("/v1/documents/") in self.documents:
            self._document(request, path.removeprefix("/v1/documents/"))
        elif path == "/v1/chat/completions" and request.command == "POST":
            self._chat(request)
        else:
            _send_json(
                request, 404, {"error": {"message": "No such thing", "type": "not_found", "code": None}}
            )

    def _document(self, request: BaseHTTPRequestHandler, path: str) -> None:
        text = self.documents[path]
        blocks: list[dict[str, Any]] = [
            {"kind": b.kind, "level": b.level, "label": b.label, "runs": [asdict(run) for run in b.runs]}
            for b in markdown_blocks(text)
        ]
        if self.spans_only:
            blocks = [
                {**b, "runs": None, "start": b["runs"][0]["start"], "end": b["runs"][-1]["end"]}
                for b in blocks
                if b["runs"]
            ]
        _send_json(request, 200, {"path": path, "title": path, "text": text, "blocks": blocks})

    def _chat(self, request: BaseHTTPRequestHandler) -> None:
        body = json.loads(request.rfile.read(int(request.headers["Content-Length"])))
        self.asked.append(body)
        self.languages.append(request.headers.get("Accept-Language", ""))
        question = body["messages"][-1]["content"]
        steps = self.scripts.get(
            question, [sentence(f"Her documents don't mention {question}"), ending("abstained")]
        )
        if isinstance(steps, Refused):
            error = {"message": steps.message, "type": "refused", "code": None}
            _send_json(request, steps.status, {"error": error}, steps.headers)
            return
        _begin(request, 200, "text/event-stream")
        try:
            for step in [READING, *steps]:
                if isinstance(step, Gate):
                    step.wait()
                elif isinstance(step, Cut):
                    return
                else:
                    # In pieces that end in the middle of a line and of a character.
                    data = f"data: {json.dumps(step, ensure_ascii=False)}\n\n".encode()
                    middle = len(data) // 2
                    for piece in (b": alive\n\n", data[:middle], data[middle:]):
                        request.wfile.write(piece)
                        request.wfile.flush()
            request.wfile.write(b"data: [DONE]\n\n")
        except OSError:
            self.left.append(question)


def _begin(
    request: BaseHTTPRequestHandler, status: int, kind: str, headers: dict[str, str] | None = None
) -> None:
    request.send_response(status)
    always = {
        "Content-Type": kind,
        "Access-Control-Allow-Origin": request.headers.get("Origin") or "*",
        "Access-Control-Allow-Methods": "GET, POST",
        "Access-Control-Allow-Headers": "Content-Type",
        "Connection": "close",
    }
    for name, value in {**always, **(headers or {})}.items():
        request.send_header(name, value)
    request.end_headers()


def _send(
    request: BaseHTTPRequestHandler,
    status: int,
    kind: str,
    body: bytes,
    headers: dict[str, str] | None = None,
) -> None:
    _begin(request, status, kind, headers)
    request.wfile.write(body)


def _send_json(
    request: BaseHTTPRequestHandler, status: int, value: object, headers: dict[str, str] | None = None
) -> None:
    _send(request, status, "application/json", json.dumps(value).encode(), headers)


class HostSite(Served):
    """Somebody's own site: the pages in ``pages``, and the files of ``folder`` with ``HOST`` made real."""

    def __init__(self, folder: Path, stands_for: str, assistant: str) -> None:
        self.pages: dict[str, str] = {}
        self.headers: dict[str, str] = {}
        self._folder = folder
        self._stands_for = stands_for
        self.assistant = assistant
        super().__init__(self._show)

    def page(self, body: str, head: str = "", path: str = "/page") -> str:
        """Put a page on the site, and return its address."""
        self.pages[path] = (
            f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Rosa</title>'
            f'<meta name="viewport" content="width=device-width, initial-scale=1">{head}</head>'
            f"<body>{body}</body></html>"
        )
        return f"{self.origin}{path}"

    def _show(self, request: BaseHTTPRequestHandler) -> None:
        path = urlsplit(request.path).path
        file = self._folder / (path.lstrip("/") or "index.html")
        if path in self.pages:
            _send(request, 200, "text/html", self.pages[path].encode(), self.headers)
        elif file.is_file():
            text = file.read_text("utf-8").replace(self._stands_for, self.assistant.rstrip("/"))
            _send(
                request, 200, mimetypes.guess_type(file.name)[0] or "text/plain", text.encode(), self.headers
            )
        else:
            _send(request, 404, "text/plain", b"Not found")
