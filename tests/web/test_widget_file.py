"""The widget as a file: how big it is, what it may not contain, and how it is served."""

from __future__ import annotations

import base64
import gzip
import hashlib
import re
import subprocess
import sys
from collections.abc import Iterator

import pytest
from fastapi.testclient import TestClient

from ask_debbie.settings import Settings
from ask_debbie.web.server import create_app
from ask_debbie.web.widget import FILE, integrity, script_tag, source, version
from tests.web.fakes import FakeAssistant

MOST_BYTES = 20_000
OTHER_SITE = "https://rosa.example"


@pytest.fixture
def client(assistant: FakeAssistant) -> Iterator[TestClient]:
    app = create_app(assistant, Settings(origins=(OTHER_SITE,)))
    with TestClient(app, base_url="http://site.example") as client:
        yield client


def test_it_is_small() -> None:
    assert len(gzip.compress(source(), 9)) <= MOST_BYTES


@pytest.mark.parametrize(
    "unwanted",
    [
        r"innerHTML|outerHTML|insertAdjacentHTML|setHTML|DOMParser|createContextualFragment|document\.write",
        r"\beval\b|new Function|srcdoc|\bimport\b",
        r"cookie|localStorage|indexedDB|sendBeacon",
        r"@font-face|@import|url\(",
        r"https?://(?!HOST/|www\.w3\.org/2000/svg)\w",
        r"scrollIntoView|scrollTo\b|scrollBy\b",
        r"\bstyle=|setAttribute\(\"style\"",
    ],
)
def test_it_parses_no_html_keeps_no_cookie_and_calls_no_third_party(unwanted: str) -> None:
    assert re.findall(unwanted, source().decode()) == []


def test_every_language_has_every_word() -> None:
    words = source().decode().split("const TEXTS = {")[1].split("\n  };")[0]
    languages = re.findall(r"^    (\w\w): \{\n(.*?)^    \},$", words, re.MULTILINE | re.DOTALL)
    keys = {name: re.findall(r'(\w+): "', text) for name, text in languages}
    holes = {name: sorted(re.findall(r"\{\w\}", text)) for name, text in languages}
    assert list(keys) == ["en", "de", "es", "fr"]
    assert all(these == keys["en"] for these in keys.values())
    assert all(set(these) == {"{n}", "{k}", "{w}", "{a}", "{t}"} for these in holes.values())


def test_it_is_served_to_any_page_and_asked_for_again_cheaply(client: TestClient) -> None:
    reply = client.get("/widget.js")
    assert reply.status_code == 200
    assert reply.content == FILE.read_bytes()
    assert reply.headers["content-type"] == "text/javascript; charset=utf-8"
    assert reply.headers["cross-origin-resource-policy"] == "cross-origin"
    assert "Origin" in reply.headers["vary"]
    assert "immutable" not in reply.headers["cache-control"]
    assert "set-cookie" not in reply.headers
    again = client.get("/widget.js", headers={"If-None-Match": reply.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert again.headers["etag"] == reply.headers["etag"]
    assert client.get("/widget.js", headers={"If-None-Match": '"older"'}).status_code == 200
    assert client.head("/widget.js").status_code == 200


def test_a_version_is_kept_for_good_and_an_older_one_leads_to_the_newest(client: TestClient) -> None:
    reply = client.get(f"/widget-{version()}.js")
    assert reply.content == FILE.read_bytes()
    assert "immutable" in reply.headers["cache-control"]
    older = client.get("/widget-000000000000.js", follow_redirects=False)
    assert (older.status_code, older.headers["location"]) == (307, "widget.js")
    assert older.headers["cache-control"] == "no-store"


def test_the_hash_is_of_what_is_sent(client: TestClient) -> None:
    sent = client.get("/widget.js", headers={"Origin": OTHER_SITE})
    assert sent.headers["access-control-allow-origin"] == OTHER_SITE
    digest = base64.b64encode(hashlib.sha384(sent.content).digest()).decode()
    assert integrity() == f"sha384-{digest}"


def test_the_tag_is_printed() -> None:
    command = [sys.executable, "-m", "ask_debbie.web.widget", "https://host.example/rosa/"]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=True)
    assert done.stdout == f"{script_tag('https://host.example/rosa')}\n"
    assert f'src="https://host.example/rosa/widget-{version()}.js"' in done.stdout
    assert f'integrity="{integrity()}" crossorigin="anonymous"' in done.stdout
