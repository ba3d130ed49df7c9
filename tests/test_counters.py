"""Counts in this process, and shared through a real Redis that may go away."""

from __future__ import annotations

from pathlib import Path

import pytest
from limits import parse

from ask_debbie.counters import Counters
from ask_debbie.errors import AskDebbieError
from tests.redis_server import redis_server

TWO = parse("2/hour")


def test_a_window_fills_and_says_how_long() -> None:
    counters = Counters()
    assert counters.wait(TWO, "a") == 0
    assert counters.hit(TWO, "a")
    assert counters.hit(TWO, "a")
    assert not counters.hit(TWO, "a")
    assert 3000 < counters.wait(TWO, "a") <= 3600
    assert counters.wait(TWO, "b") == 0


def test_sums_go_up_and_down() -> None:
    counters = Counters()
    assert counters.add("sum", 5) == 5
    assert counters.add("sum", -2) == 3
    assert counters.get("sum") == 3
    assert counters.get("other") == 0


@pytest.mark.parametrize("url", ["nonsense", "memory://", "http://127.0.0.1/", "redis://127.0.0.1:port/"])
def test_a_url_that_cannot_be_used_is_told(url: str) -> None:
    with pytest.raises(AskDebbieError, match="redis://"):
        Counters(url)


def test_redis_shares_and_its_absence_costs_the_sharing_only(tmp_path: Path) -> None:
    with redis_server(tmp_path) as server:
        one, other = Counters(server.url), Counters(server.url)
        assert one.hit(TWO, "a")
        assert other.hit(TWO, "a")
        assert not one.hit(TWO, "a")
        assert other.wait(TWO, "a") > 3000
        assert one.add("sum", 3) == 3
        assert other.add("sum", 4) == 7
        assert one.secret("salt") == other.secret("salt")
        assert one.secret("salt") != one.secret("salt of tomorrow")
        server.stop()
        assert one.hit(TWO, "a")
        assert one.add("sum", 1) == 4
        server.start()
        one._away_until = 0.0
        assert one.get("sum") == 0


def test_a_redis_that_never_was_costs_the_sharing_only() -> None:
    counters = Counters("redis://127.0.0.1:1/0")
    assert counters.hit(TWO, "a")
    assert counters.secret("salt")
