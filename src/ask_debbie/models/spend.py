"""What a paid engine may cost a day, and has cost so far."""

from __future__ import annotations

import datetime as dt
import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from ask_debbie.counters import Counters
from ask_debbie.errors import EngineError

_MICRO = 1_000_000

_log = logging.getLogger(__name__)


def utc_today() -> dt.date:
    """The day at Greenwich."""
    return dt.datetime.now(dt.UTC).date()


class Bill:
    """One answer's cost: what was put aside for it, until ``settle`` says what it came to."""

    def __init__(self, dollars: float) -> None:
        self.dollars = dollars

    def settle(self, dollars: float) -> None:
        """Say what it came to."""
        self.dollars = dollars


class Spend:
    """Dollars spent today (UTC), never more than ``cap``. Safe to share between threads, and processes.

    Each answer's highest cost is put aside before it is asked for, so that many at once can't pass the cap; one
    that is broken off before its usage is known counts as that.
    """

    def __init__(self, counters: Counters, cap: float, today: Callable[[], dt.date] = utc_today) -> None:
        self.cap = cap
        self._counters = counters
        self._today = today
        self._told: dt.date | None = None

    @property
    def dollars(self) -> float:
        """Spent or put aside today."""
        return self._counters.get(self._key(self._today())) / _MICRO

    def affords(self, dollars: float) -> bool:
        """Whether so much is left today."""
        day = self._today()
        left = self._counters.get(self._key(day)) + round(dollars * _MICRO) <= self.cap * _MICRO
        if not left and self._told != day:
            self._told = day
            _log.warning(
                "The day's dollars are spent: the paid engine rests until midnight UTC.",
                extra={"cap_usd": self.cap},
            )
        return left

    @contextmanager
    def bill(self, most: float) -> Iterator[Bill]:
        """Put aside what an answer may cost at most, and take what it did cost in the end.

        Raises:
            EngineError: Not so much is left.
        """
        key, aside = self._key(self._today()), round(most * _MICRO)
        if self._counters.add(key, aside) > self.cap * _MICRO:
            self._counters.add(key, -aside)
            raise EngineError("The day's dollars are spent.")
        bill = Bill(most)
        try:
            yield bill
        finally:
            self._counters.add(key, round(bill.dollars * _MICRO) - aside)

    @staticmethod
    def _key(day: dt.date) -> str:
        return f"ask-debbie:spend:{day.isoformat()}"
