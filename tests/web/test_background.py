"""An answer's thread ends when nobody listens."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Iterator

import pytest

from ask_debbie.web.background import Background


class Source:
    def __init__(self, items: int = 3) -> None:
        self.items = items
        self.given = 0
        self.closed = threading.Event()
        self.gate = threading.Event()

    def __call__(self) -> Iterator[int]:
        try:
            for item in range(self.items):
                if item:
                    assert self.gate.wait(60)
                self.given += 1
                yield item
        finally:
            self.closed.set()


def test_items_come_in_order_and_silence_is_told() -> None:
    source = Source()

    async def run() -> list[int | None]:
        heard: list[int | None] = []
        async for item in Background(source, 0.01):
            heard.append(item)
            if item is None:
                source.gate.set()
        return heard

    heard = asyncio.run(run())
    assert [item for item in heard if item is not None] == [0, 1, 2]
    assert None in heard
    assert source.closed.wait(60)


def test_a_listener_that_is_cancelled_closes_the_source() -> None:
    source = Source(1000)

    async def listen() -> None:
        async for _ in Background(source, 5):
            pass

    async def run() -> None:
        task = asyncio.create_task(listen())
        while not source.given:
            await asyncio.sleep(0.005)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        source.gate.set()

    asyncio.run(run())
    assert source.closed.wait(60)
    assert source.given == 2


def test_stop_ends_the_listener_at_once_and_the_source_after_its_step() -> None:
    source = Source(1000)

    async def run() -> list[int | None]:
        background = Background(source, 5)
        heard: list[int | None] = []
        async for item in background:
            heard.append(item)
            background.stop()
        source.gate.set()
        return heard

    assert asyncio.run(run()) == [0]
    assert source.closed.wait(60)


def test_what_the_source_raises_reaches_the_listener() -> None:
    def broken() -> Iterator[int]:
        yield 1
        raise ValueError("broken")

    async def run() -> None:
        async for _ in Background(broken, 5):
            pass

    with pytest.raises(ValueError, match="broken"):
        asyncio.run(run())
