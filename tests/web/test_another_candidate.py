"""With another corpus the site is about somebody else: nothing of the first candidate is left anywhere."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, cast
from urllib.parse import urljoin, urlsplit

import httpx
import pytest
from typer.testing import CliRunner

from ask_debbie import Settings, build_assistant
from ask_debbie.cli import app
from ask_debbie.corpus.corpus import read_corpus
from ask_debbie.web.server import STATIC
from tests.onboarding.conftest import NOTE, RESUME
from tests.web.conftest import Site

ROOT = Path(__file__).parents[2]
PRODUCT = re.compile(r"ask[-_]?debbie", re.IGNORECASE)
# a glossary knows what everybody's tools are called
PRODUCTS = re.compile(r'"[^"\n]*\b(?:Amazon|Twilio|Pintos)\b[^"\n]*"')
ASKED = "What does she do at Mercy General Hospital?"
START = [
    "/",
    "/?embed=1",
    "/config",
    "/gradio_api/info",
    "/widget.js",
    "/gradio.js",
    "/healthz",
    "/readyz",
    "/metrics",
    "/nowhere",
    "/v1/docs",
    "/v1/openapi.json",
    "/v1/models",
    "/v1/profile",
    "/v1/documents",
    "/v1/nowhere",
]
LINK = re.compile(r"""(?:src|href)=["']([^"'#]+)|url\(["']?([^"')]+)|from\s*["'](\.{0,2}/[^"']+)""")
MCP = {"Accept": "application/json, text/event-stream"}


@pytest.fixture(scope="module")
def words() -> re.Pattern[str]:
    """The first candidate's name, addresses, employers, schools and projects, as her documents have them."""
    corpus = read_corpus(ROOT / "corpus")
    profile = corpus.profile
    found = {*profile.name.split(), profile.contact.email or ""}
    found |= {urlsplit(link.url).hostname or "" for link in profile.links}
    for entry in corpus.timeline.entries:
        named = [w for w in re.findall(r"\w+", entry.organisation or "") if w[0].isupper()]
        found |= set(named if entry.kind == "work" else [])
        found |= set(re.findall(r"[A-Z]\w+", entry.title)) if entry.kind == "project" else set()
    found |= {re.sub(r"^www\.", "", word).split(".")[0] for word in found}
    # what a project's title shares with any other's
    found -= {"", "Operating", "System", "Esc"}
    assert {"Debbie", "Pao", "Twilio", "Amazon", "PintOS", "debbiepao"} <= found
    return re.compile(rf"(?<![a-z])(?:{'|'.join(map(re.escape, sorted(found)))})(?![a-z])", re.IGNORECASE)


def left(pattern: re.Pattern[str], text: str) -> list[str]:
    """What of the first candidate is in a text, with what stands around it; the product's own name is not."""
    bare = PRODUCT.sub("", text)
    return [bare[max(m.start() - 40, 0) : m.end() + 40] for m in pattern.finditer(bare)]


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory, models_dir: Path) -> Iterator[Site]:
    """The real site over a corpus that `init` made of somebody else's files."""
    mine = tmp_path_factory.mktemp("mine")
    (mine / "resume.txt").write_text(RESUME, "utf-8")
    (mine / "checklist.md").write_text(NOTE, "utf-8")
    folder = mine / "corpus"
    made = CliRunner().invoke(
        app, ["init", str(folder), str(mine / "resume.txt"), str(mine / "checklist.md")]
    )
    assert made.exit_code == 0, made.output
    settings = Settings(corpus=folder, engine="extractive", models_dir=models_dir)
    site = Site(cast(Any, build_assistant(settings)), settings)
    yield site
    site.stop()


def visited(site: Site) -> Iterator[tuple[str, str]]:
    """All that the site sends, followed from its pages; Gradio's own bundles are somebody else's code."""
    documents = [d["path"] for d in httpx.get(f"{site.url}v1/documents").json()["documents"]]
    paths = [f"{route}/{path}" for path in documents for route in ("/v1/documents", "/sources", "/documents")]
    waiting = [urljoin(site.url, path) for path in [*START, *paths]]
    seen = set(waiting)
    while waiting:
        url = waiting.pop()
        reply = httpx.get(url, follow_redirects=True, timeout=60)
        yield urlsplit(url).path, f"{reply.headers}\n{reply.text}"
        if not re.match(r"text/(?:html|css|javascript)", reply.headers.get("content-type", "")):
            continue
        for found in LINK.findall(reply.text):
            linked = urljoin(url, next(filter(None, found)))
            ours = linked.startswith(site.url) and not re.search(r"/(?:assets|static)/", linked)
            if ours and linked not in seen:
                seen.add(linked)
                waiting.append(linked)


def test_nothing_of_the_first_candidate_is_sent(site: Site, words: re.Pattern[str]) -> None:
    sent = dict(visited(site))
    assert any(path.endswith(".css") for path in sent)
    assert {path.rsplit("/", 1)[1] for path in sent} >= {
        p.name for p in STATIC.iterdir() if p.suffix == ".css"
    }
    assert {path: found for path, text in sent.items() if (found := left(words, text))} == {}
    assert "<title>Ask about Nina Okafor</title>" in sent["/"]


def test_nor_in_any_file_that_it_serves(words: re.Pattern[str]) -> None:
    for path in STATIC.iterdir():
        assert left(words, path.read_text("utf-8")) == [], path


def test_nor_said(site: Site, words: re.Pattern[str]) -> None:
    for question in (ASKED, "Who are you?", "Who is Debbie Pao's employer?", "Hello", "Is she married?"):
        body = {"model": "any", "messages": [{"role": "user", "content": question}]}
        reply = httpx.post(f"{site.url}v1/chat/completions", json=body, timeout=60).json()
        said = json.dumps(reply["choices"])
        if "Debbie" not in question:
            assert left(words, said) == [], question
        else:  # that the documents don't mention her may be said
            assert "Twilio" not in said
    assert "Nina" in json.dumps(httpx.get(f"{site.url}v1/profile").json())


@pytest.mark.parametrize(
    ("method", "params"),
    [
        (
            "initialize",
            {
                "protocolVersion": "2025-06-18",
                "capabilities": {},
                "clientInfo": {"name": "test", "version": "1"},
            },
        ),
        ("tools/list", {}),
        ("tools/call", {"name": "list_sections", "arguments": {}}),
        ("tools/call", {"name": "ask", "arguments": {"question": ASKED}}),
    ],
)
def test_nor_told_to_agents(site: Site, words: re.Pattern[str], method: str, params: dict[str, Any]) -> None:
    body = {"jsonrpc": "2.0", "id": 1, "method": method, "params": params}
    reply = httpx.post(f"{site.url}mcp", json=body, headers=MCP, timeout=60)
    assert reply.status_code == 200
    assert '"result"' in reply.text
    assert left(words, reply.text) == []


def test_nor_in_the_source(words: re.Pattern[str]) -> None:
    found = {}
    for path in sorted((ROOT / "src").rglob("*")):
        if path.is_file() and path.suffix not in {".pyc", ".png", ".ico"}:
            text = path.read_text("utf-8")
            if path.parent.name == "glossary":
                text = PRODUCTS.sub("", text)
            if remains := left(words, text):
                found[path.name] = remains
    assert found == {}, found
