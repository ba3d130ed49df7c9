"""Server processes as they are run in earnest: ``ask-debbie serve``, each on a port of its own."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx

ROOT = Path(__file__).parents[2]


class ServerProcess:
    """One ``ask-debbie serve``. ``port`` is 0 until it listens."""

    def __init__(self, folder: Path, environment: dict[str, str]) -> None:
        folder.mkdir()
        self.port = 0
        self._said, self._log = folder / "said", folder / "log"
        own = {"PYTHONPATH": str(ROOT / "src"), "ASK_DEBBIE_INDEX_DIR": str(folder / "index")}
        with self._said.open("wb") as said, self._log.open("wb") as log:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "ask_debbie.cli", "serve", "--port", "0"],
                cwd=folder,
                env={**os.environ, "PYTHONUNBUFFERED": "1", **own, **environment},
                stdout=said,
                stderr=log,
            )

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/"

    @property
    def log(self) -> str:
        """All that it has told on standard error."""
        return self._log.read_text("utf-8")

    def events(self, event: str) -> list[dict[str, Any]]:
        """The lines of its log that tell of such an event."""
        lines = [json.loads(line) for line in self.log.splitlines() if line.startswith("{")]
        return [line for line in lines if line["event"] == event]

    def metric(self, name: str) -> float:
        """A figure of its own metrics."""
        text = httpx.get(f"{self.url}metrics").text
        (line,) = (line for line in text.splitlines() if line.startswith(f"{name} "))
        return float(line.split()[1])

    def wait(self) -> None:
        """Until it listens."""
        while not (said := self._said.read_text("utf-8")).endswith("stops it)\n"):
            assert self._process.poll() is None, self.log
            time.sleep(0.05)
        self.port = int(said.split("http://127.0.0.1:")[1].split()[0])

    def kill(self) -> None:
        """As the kernel does it, when memory has run out."""
        self._process.send_signal(signal.SIGKILL)
        self._process.wait(10)

    def stop(self) -> None:
        if self._process.poll() is None:
            self._process.terminate()
            try:
                self._process.wait(10)
            except subprocess.TimeoutExpired:
                self.kill()


@contextmanager
def two_processes(folder: Path, environment: dict[str, str]) -> Iterator[list[ServerProcess]]:
    """Two that start at the same moment, while the block lasts."""
    processes = [ServerProcess(folder / name, environment) for name in ("one", "other")]
    try:
        for process in processes:
            process.wait()
        yield processes
    finally:
        for process in processes:
            process.stop()
