"""A day's dollars: never passed, and counted for what was broken off as well."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from ask_debbie.counters import Counters
from ask_debbie.errors import EngineError
from ask_debbie.models.spend import Spend
from tests.redis_server import redis_server


class Day:
    def __init__(self) -> None:
        self.now = dt.date(2026, 3, 1)

    def __call__(self) -> dt.date:
        return self.now


@pytest.fixture
def day() -> Day:
    return Day()


@pytest.fixture
def spend(day: Day) -> Spend:
    return Spend(Counters(), 1.0, day)


def test_what_an_answer_came_to_is_counted(spend: Spend) -> None:
    with spend.bill(0.4) as bill:
        assert spend.dollars == pytest.approx(0.4)
        bill.settle(0.1)
    assert spend.dollars == pytest.approx(0.1)


def test_one_that_is_broken_off_counts_as_its_most(spend: Spend) -> None:
    with pytest.raises(GeneratorExit), spend.bill(0.4):
        raise GeneratorExit
    assert spend.dollars == pytest.approx(0.4)


def test_many_at_once_cannot_pass_the_cap(spend: Spend) -> None:
    with spend.bill(0.6):
        assert not spend.affords(0.6)
        with pytest.raises(EngineError), spend.bill(0.6):
            pass
        assert spend.dollars == pytest.approx(0.6)


def test_a_new_day_begins_at_nothing(spend: Spend, day: Day) -> None:
    with spend.bill(1.0):
        pass
    assert not spend.affords(0.1)
    day.now += dt.timedelta(days=1)
    assert spend.affords(1.0)
    assert spend.dollars == 0


def test_the_owner_is_told_once_a_day(spend: Spend, caplog: pytest.LogCaptureFixture) -> None:
    for _ in range(3):
        assert not spend.affords(2.0)
    assert [record.message for record in caplog.records] == [
        "The day's dollars are spent: the paid engine rests until midnight UTC."
    ]


def test_processes_share_the_days_dollars(tmp_path: Path) -> None:
    with redis_server(tmp_path) as server:
        one, other = Spend(Counters(server.url), 1.0), Spend(Counters(server.url), 1.0)
        with one.bill(0.7), pytest.raises(EngineError), other.bill(0.7):
            pass
        assert other.dollars == pytest.approx(0.7)
