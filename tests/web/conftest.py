"""A site with a scripted assistant, and a real browser to visit it."""

from __future__ import annotations

import shutil
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
import uvicorn
from playwright.sync_api import Browser, BrowserContext, Dialog, Page, Request, expect, sync_playwright

from ask_debbie.settings import Settings
from ask_debbie.web.connections import ImpatientProtocol
from ask_debbie.web.protocols import Assistant
from ask_debbie.web.server import Following, create_app, nobody
from tests.answering.server import FakeOpenAI, serving
from tests.web.deployment import Deployment, deployment
from tests.web.fakes import FakeAssistant

HERE = Path(__file__).parent
BROWSER_ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
expect.set_options(timeout=10_000)


class Site:
    """The site of one test, on a port of its own, which it keeps over restarts."""

    def __init__(
        self, assistant: Assistant, settings: Settings | None = None, following: Following = nobody
    ) -> None:
        self.assistant = assistant
        self.following = following
        self.settings = settings or Settings()
        self.port = 0
        self.start()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/"

    @property
    def connections(self) -> int:
        """How many are open, as the server sees it."""
        return len(self._server.server_state.connections)

    def start(self) -> None:
        listener = socket.socket(proto=socket.IPPROTO_TCP)
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind(("127.0.0.1", self.port))
        self.port = listener.getsockname()[1]
        app = create_app(self.assistant, self.settings, self.following)
        self._server = uvicorn.Server(
            uvicorn.Config(
                app,
                http=ImpatientProtocol,
                log_level="critical",
                timeout_graceful_shutdown=1,
                lifespan="on",
                proxy_headers=False,
            )
        )
        self._thread = threading.Thread(target=self._server.run, kwargs={"sockets": [listener]}, daemon=True)
        self._thread.start()
        while not self._server.started:
            assert self._thread.is_alive(), "the site didn't start"
            self._thread.join(0.02)

    def stop(self) -> None:
        self._server.should_exit = True
        self._thread.join(10)


@pytest.fixture
def assistant() -> FakeAssistant:
    return FakeAssistant()


@pytest.fixture
def site(assistant: FakeAssistant) -> Iterator[Site]:
    site = Site(assistant)
    yield site
    site.stop()


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """One a module: while it lives, an event loop runs in this thread, which other tests couldn't bear."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=BROWSER_ARGUMENTS)
        yield browser
        browser.close()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Gradio's queue sums up its timings with pandas, in a way that pandas 3 warns of."""
    for item in items:
        if HERE not in item.path.parents:
            continue
        item.add_marker(pytest.mark.filterwarnings("ignore:.*no_silent_downcasting"))
        item.add_marker(pytest.mark.filterwarnings("ignore:The copy keyword is deprecated"))


Visit = Callable[..., Page]


@pytest.fixture
def visit(browser: Browser, site: Site) -> Iterator[Visit]:
    """Opens the page as a new visitor. No visit may load from elsewhere, open a dialog or raise an error."""
    contexts: list[BrowserContext] = []
    trouble: list[str] = []

    def dismiss(dialog: Dialog) -> None:
        trouble.append(f"dialog: {dialog.message}")
        dialog.dismiss()

    def watch(request: Request) -> None:
        if not request.url.startswith((site.url, "data:")):
            trouble.append(f"loads {request.url}")

    def open_page(width: int = 1280, height: int = 800, **options: object) -> Page:
        context = browser.new_context(viewport={"width": width, "height": height}, **options)  # type: ignore[arg-type]
        contexts.append(context)
        context.grant_permissions(["clipboard-read", "clipboard-write"])
        page = context.new_page()
        page.on("dialog", dismiss)
        page.on("pageerror", lambda error: trouble.append(f"error: {error}"))
        page.on("request", watch)
        page.goto(site.url)
        expect(page.locator("#ask[data-ready]")).to_be_visible()
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert trouble == []


Deploy = Callable[..., Deployment]


@pytest.fixture
def deploy(candidate_corpus: Path, models_dir: Path, tmp_path: Path) -> Iterator[Deploy]:
    """Starts a deployment of two processes with the given settings."""
    always = {"ASK_DEBBIE_CORPUS": str(candidate_corpus), "ASK_DEBBIE_MODELS_DIR": str(models_dir)}
    with ExitStack() as stack:
        yield lambda **settings: stack.enter_context(deployment(tmp_path, always | settings))


@pytest.fixture
def model() -> Iterator[FakeOpenAI]:
    """A paid model's server."""
    with serving(
        "well", "He trained 5 volunteers to dive in the exhibit.| He cared for 42 species of freshwater fish."
    ) as server:
        yield server
