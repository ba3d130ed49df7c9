"""Counts that pass with time, in this process or shared by several through Redis."""

from __future__ import annotations

import logging
import secrets
import time
from collections.abc import Callable
from typing import Any, TypeVar

from limits import RateLimitItem
from limits.errors import ConfigurationError, StorageError
from limits.storage import MemoryStorage, Storage, storage_from_string
from limits.strategies import MovingWindowRateLimiter

from ask_debbie.errors import AskDebbieError

T = TypeVar("T")

PATIENCE = 1.0  # seconds that Redis has to answer
PAUSE = 5.0  # seconds in which a Redis that failed isn't asked again
TWO_DAYS = 172_800

_log = logging.getLogger(__name__)


class Counters:
    """Counts of this process; with a URL, those that all processes share through Redis.

    A Redis that doesn't answer costs the sharing: counting goes on in this process. Safe to share between threads.

    Raises:
        AskDebbieError: The URL is no Redis URL, or its client isn't installed.
    """

    def __init__(self, url: str | None = None) -> None:
        self._own = MemoryStorage()
        self._shared = _shared(url) if url else None
        self._failures = _failures(self._shared) if self._shared else ()
        self._away_until = 0.0

    def wait(self, item: RateLimitItem, *key: str) -> float:
        """Seconds until one more fits in the moving window; 0 where it does now. Counts nothing."""

        def ask(storage: Storage) -> float:
            limiter = MovingWindowRateLimiter(storage)
            if limiter.test(item, *key):
                return 0.0
            return max(1.0, limiter.get_window_stats(item, *key).reset_time - time.time())

        return self._ask(ask)

    def hit(self, item: RateLimitItem, *key: str) -> bool:
        """Count one; whether it fitted in the moving window."""
        return self._ask(lambda storage: MovingWindowRateLimiter(storage).hit(item, *key))

    def add(self, key: str, amount: int) -> int:
        """Add to a sum that is kept for two days; the new sum."""
        own = self._own.incr(key, TWO_DAYS, amount)  # so that it goes on from there when Redis is away
        return self._ask(lambda storage: own if storage is self._own else storage.incr(key, TWO_DAYS, amount))

    def get(self, key: str) -> int:
        """A sum so far."""
        return self._ask(lambda storage: storage.get(key))

    def secret(self, name: str) -> bytes:
        """A random value that all processes see alike, for two days from its first use."""
        drawn = secrets.token_hex(16)

        def ask(storage: Any) -> str:
            if storage is self._own:
                return drawn
            client = storage.storage
            client.set(f"ask-debbie:{name}", drawn, nx=True, ex=TWO_DAYS)
            return str(client.get(f"ask-debbie:{name}").decode())

        return self._ask(ask).encode()

    def _ask(self, ask: Callable[[Storage], T]) -> T:
        if self._shared is None or time.monotonic() < self._away_until:
            return ask(self._own)
        try:
            return ask(self._shared)
        except self._failures as error:
            self._away_until = time.monotonic() + PAUSE
            _log.warning(
                "Redis doesn't answer; this process counts alone.", extra={"error": type(error).__name__}
            )
            return ask(self._own)


def _shared(url: str) -> Storage:
    try:
        storage = storage_from_string(
            url, wrap_exceptions=True, socket_timeout=PATIENCE, socket_connect_timeout=PATIENCE
        )
    except (ConfigurationError, ValueError):
        # the message of the cause has the URL in it, and that may have a password
        raise AskDebbieError(
            "REDIS_URL can't be used: it should look like redis://host:6379/0, and needs "
            "`pip install 'ask-debbie[redis]'`."
        ) from None
    if not hasattr(storage, "storage") or isinstance(storage, MemoryStorage):
        raise AskDebbieError("REDIS_URL should look like redis://host:6379/0.")
    assert isinstance(storage, Storage)  # noqa: S101 - no async+ scheme gets here
    return storage


def _failures(storage: Storage) -> tuple[type[Exception], ...]:
    own = storage.base_exceptions
    return (StorageError, *(own if isinstance(own, tuple) else (own,)))
