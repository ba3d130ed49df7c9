"""Quotas, by whatever door; who counts as one visitor; whose word on an address is taken."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from gradio_client import Client  # type: ignore[import-untyped]

from ask_debbie.answering.answer import Message
from ask_debbie.counters import Counters
from ask_debbie.settings import Settings
from ask_debbie.web.quotas import OverQuotaError, Quotas, Visitors
from tests.redis_server import redis_server
from tests.web.conftest import Site
from tests.web.fakes import FakeAssistant, FakeProfile

QUESTION = "Has she led a team?"
NONE: dict[str, Any] = {f"quota_{whose}": "" for whose in ("visitor", "conversation", "everyone", "requests")}


def quotas(profile: FakeProfile | None = None, counters: Counters | None = None, **given: str) -> Quotas:
    return Quotas(Settings(**{**NONE, **given}), counters or Counters(), profile or FakeProfile())


def said(*texts: str) -> list[Message]:
    return [Message(role="user", content=text) for text in texts]


def test_without_quotas_anything_goes() -> None:
    free = quotas()
    for _ in range(500):
        free.admit("v", said("hi"))


def test_a_visitor_has_a_quota_and_is_told_in_words() -> None:
    two = quotas(quota_visitor="2/hour")
    two.admit("one", said("a"))
    two.admit("one", said("b"))
    with pytest.raises(OverQuotaError) as refused:
        two.admit("one", said("c"))
    assert str(refused.value) == (
        "That's a lot of questions for one hour. Try again in 60 minutes, or write to Rosa: rosa@example.org"
    )
    assert 3500 < refused.value.seconds <= 3600
    two.admit("other", said("a"))


def test_several_windows_hold_and_the_longest_wait_is_told() -> None:
    both = quotas(FakeProfile(contact_email=None), quota_visitor="1/minute, 1/day")
    both.admit("one", said("a"))
    with pytest.raises(OverQuotaError, match=r"for one day\. Try again in 24 hours\.$"):
        both.admit("one", said("b"))


def test_a_conversation_is_told_by_its_beginning() -> None:
    two = quotas(quota_conversation="2/hour")
    two.admit("one", said("hello"))
    two.admit("one", said("hello", "and then?"))
    with pytest.raises(OverQuotaError) as refused:
        two.admit("one", said("hello", "and then?", "and then?"))
    assert refused.value.whose == "conversation"
    two.admit("one", said("good evening"))
    two.admit("other", said("hello"))


def test_all_together_have_a_quota() -> None:
    two = quotas(quota_everyone="2/minute")
    two.admit("one", said("a"))
    two.admit("other", said("a"))
    with pytest.raises(OverQuotaError, match="A lot of people are asking"):
        two.admit("third", said("a"))


def test_what_is_refused_is_not_counted() -> None:
    tight = quotas(quota_visitor="1/hour", quota_everyone="2/hour")
    tight.admit("one", said("a"))
    for _ in range(5):
        with pytest.raises(OverQuotaError):
            tight.admit("one", said("a"))
    tight.admit("other", said("a"))


def test_processes_share_a_quota_through_redis(tmp_path: Path) -> None:
    with redis_server(tmp_path) as server:
        one = quotas(counters=Counters(server.url), quota_visitor="1/hour")
        other = quotas(counters=Counters(server.url), quota_visitor="1/hour")
        visitor = Visitors(Counters(server.url)).name("203.0.113.7")
        assert visitor == Visitors(Counters(server.url)).name("203.0.113.7")
        one.admit(visitor, said("a"))
        with pytest.raises(OverQuotaError):
            other.admit(visitor, said("b"))


def test_a_visitors_name_hides_the_address() -> None:
    visitors = Visitors(Counters())
    name = visitors.name("203.0.113.7")
    assert name == visitors.name("203.0.113.7") == visitors.name("::ffff:203.0.113.7")
    assert "203" not in name or len(name) == 16
    assert name != visitors.name("203.0.113.8")
    assert name != Visitors(Counters()).name("203.0.113.7")
    assert visitors.name("2001:db8::1") == visitors.name("2001:db8::ffff:2")
    assert visitors.name("2001:db8::1") != visitors.name("2001:db8:0:1::1")
    assert visitors.name(None) == visitors.name("")
    assert visitors.name("testclient")


@pytest.fixture
def tight(assistant: FakeAssistant) -> Iterator[Site]:
    site = Site(assistant, Settings(**{**NONE, "quota_visitor": "1/hour"}))
    yield site
    site.stop()


def ask(site: Site, **headers: str) -> httpx.Response:
    body = {"messages": [{"role": "user", "content": QUESTION}]}
    return httpx.post(f"{site.url}v1/chat/completions", json=body, headers=headers)


def test_the_api_says_429_and_when(tight: Site) -> None:
    assert ask(tight).status_code == 200
    refused = ask(tight)
    assert refused.status_code == 429
    assert 3500 < int(refused.headers["retry-after"]) <= 3600
    error = refused.json()["error"]
    assert error["code"] == "rate_limit_exceeded"
    assert error["message"].startswith("That's a lot of questions for one hour. Try again in 60 minutes")
    assert 'ask_debbie_refused_total{limit="visitor"} 1.0' in httpx.get(f"{tight.url}metrics").text


def test_gradios_client_is_told_in_words(tight: Site) -> None:
    client = Client(tight.url, verbose=False, analytics_enabled=False)
    assert client.predict(QUESTION, api_name="/chat")
    with pytest.raises(Exception, match="That's a lot of questions for one hour"):
        client.predict(QUESTION, api_name="/chat")
    client.close()


def test_nobodys_word_on_an_address_is_taken_by_default(tight: Site) -> None:
    assert ask(tight, **{"X-Forwarded-For": "203.0.113.1"}).status_code == 200
    assert ask(tight, **{"X-Forwarded-For": "203.0.113.2"}).status_code == 429


def test_a_named_proxys_word_is_taken(assistant: FakeAssistant) -> None:
    site = Site(assistant, Settings(**{**NONE, "quota_visitor": "1/hour", "proxies": ("127.0.0.0/8",)}))
    try:
        assert ask(site, **{"X-Forwarded-For": "203.0.113.1"}).status_code == 200
        assert ask(site, **{"X-Forwarded-For": "203.0.113.2"}).status_code == 200
        # what a visitor puts before the proxy's word changes nothing
        assert ask(site, **{"X-Forwarded-For": "198.51.100.1, 203.0.113.2"}).status_code == 429
    finally:
        site.stop()


@pytest.fixture
def five(assistant: FakeAssistant) -> Iterator[Site]:
    settings = Settings(**{**NONE, "quota_requests": "5/hour", "origins": ("https://blog.example",)})
    site = Site(assistant, settings)
    yield site
    site.stop()


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "v1/documents"),
        ("GET", "v1/profile"),
        ("GET", ""),
        ("GET", "nowhere"),
        ("GET", "sources/resume.md"),
        ("POST", "mcp"),
        ("POST", "gradio_api/call/chat"),
        ("GET", "gradio_api/info"),
    ],
)
def test_requests_that_ask_nothing_are_counted_too(five: Site, method: str, path: str) -> None:
    replies = [httpx.request(method, f"{five.url}{path}") for _ in range(6)]
    assert 429 not in [reply.status_code for reply in replies[:5]]
    refused = replies[5]
    assert refused.status_code == 429
    assert 3500 < int(refused.headers["retry-after"]) <= 3600
    assert "That's a lot of requests for one hour. Try again in 60 minutes" in refused.text
    assert "default-src" in refused.headers["content-security-policy"]
    if path.startswith("v1/"):
        assert refused.json()["error"]["code"] == "rate_limit_exceeded"


def test_health_and_files_that_never_change_are_free(five: Site) -> None:
    script = httpx.get(five.url).text.split('type="module" src="')[1].split('"')[0]
    for path in ("healthz", "readyz", "metrics", "widget.js", script):
        assert {httpx.get(f"{five.url}{path}").status_code for _ in range(6)} == {200}
    assert httpx.get(f"{five.url}v1/profile").status_code == 200


def test_another_sites_page_can_read_when_to_come_again(five: Site) -> None:
    origin = {"Origin": "https://blog.example"}
    refused = [httpx.get(f"{five.url}v1/profile", headers=origin) for _ in range(6)][-1]
    assert refused.status_code == 429
    assert refused.headers["access-control-allow-origin"] == "https://blog.example"
    assert "Retry-After" in refused.headers["access-control-expose-headers"]


def test_what_is_no_quota_of_requests_is_told() -> None:
    with pytest.raises(ValueError, match="isn't a quota such as"):
        Settings(quota_requests="many")
