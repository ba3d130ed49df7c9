"""Runs a blocking iterator beside the event loop, and ends it when nobody listens any more."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import AsyncIterator, Callable, Iterator
from functools import wraps
from typing import Generic, ParamSpec, TypeVar

T = TypeVar("T")
P = ParamSpec("P")


def in_event_loop(build: Callable[P, T]) -> Callable[P, T]:
    """Build in an event loop: where there is none, Gradio's locks open some and never close them."""

    @wraps(build)
    def run(*args: P.args, **kwargs: P.kwargs) -> T:
        async def inside() -> T:
            return build(*args, **kwargs)

        try:
            asyncio.get_running_loop()
        except RuntimeError:
            return asyncio.run(inside())
        return build(*args, **kwargs)

    return run


class _End:
    """Marks the end; carries what the iterator raised, if anything."""

    def __init__(self, error: Exception | None = None) -> None:
        self.error = error


class Background(Generic[T]):
    """Items of ``start()``, which runs in its own thread; None after each ``heartbeat`` seconds of silence.

    When the listener stops, goes away or is cancelled, the iterator is closed, in its own thread, after its
    current step. It is listened to once, and made and used in one event loop.
    """

    def __init__(self, start: Callable[[], Iterator[T]], heartbeat: float) -> None:
        self._start = start
        self._heartbeat = heartbeat
        self._loop = asyncio.get_running_loop()
        self._items: asyncio.Queue[T | _End] = asyncio.Queue()
        self._abandoned = threading.Event()

    @property
    def is_abandoned(self) -> bool:
        """Whether nobody listens any more."""
        return self._abandoned.is_set()

    def stop(self) -> None:
        """End the listener's loop now, and the iterator as soon as it can be."""
        self._abandoned.set()
        self._items.put_nowait(_End())

    async def __aiter__(self) -> AsyncIterator[T | None]:
        threading.Thread(target=self._work, name="answer", daemon=True).start()
        try:
            while not self._abandoned.is_set():
                try:
                    async with asyncio.timeout(self._heartbeat):
                        item = await self._items.get()
                except TimeoutError:
                    yield None
                    continue
                if isinstance(item, _End):
                    if item.error is not None:
                        raise item.error
                    return
                yield item
        finally:
            self._abandoned.set()

    def _work(self) -> None:
        error = None
        try:
            source = self._start()
            try:
                for item in source:
                    if self._abandoned.is_set():
                        break
                    self._post(item)
            finally:
                close = getattr(source, "close", None)
                if close is not None:
                    close()
        except Exception as raised:
            error = raised
        self._post(_End(error))

    def _post(self, item: T | _End) -> None:
        try:
            self._loop.call_soon_threadsafe(self._items.put_nowait, item)
        except RuntimeError:  # the loop is closed: the server has shut down
            self._abandoned.set()
