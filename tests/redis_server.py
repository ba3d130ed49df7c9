"""A Redis of the test's own."""

from __future__ import annotations

import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest


class RedisServer:
    """Debian's redis-server on a port of its own, which it keeps over restarts."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.start()

    @property
    def url(self) -> str:
        return f"redis://127.0.0.1:{self.port}/0"

    def start(self) -> None:
        self._process = subprocess.Popen(
            [
                *("redis-server", "--port", str(self.port), "--bind", "127.0.0.1"),
                *("--save", "", "--appendonly", "no", "--dir", str(self.folder)),
            ],
            stdout=subprocess.DEVNULL,
        )
        while True:
            assert self._process.poll() is None, "redis-server didn't start"
            try:
                socket.create_connection(("127.0.0.1", self.port), 1).close()
            except OSError:
                time.sleep(0.02)
            else:
                return

    def stop(self) -> None:
        self._process.terminate()
        self._process.wait(10)


@contextmanager
def redis_server(folder: Path) -> Iterator[RedisServer]:
    """A server while the block lasts; skips the test where none is installed."""
    if shutil.which("redis-server") is None:
        pytest.skip("needs redis-server (Debian: sudo apt-get install redis-server)")
    server = RedisServer(folder)
    try:
        yield server
    finally:
        server.stop()
