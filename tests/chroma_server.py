"""A Chroma server of the tests' own."""

from __future__ import annotations

import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx


@dataclass
class ChromaServer:
    """A running server."""

    url: str

    def make(self, tenant: str, database: str) -> None:
        """Make a tenant and a database of it."""
        for path, name in (("tenants", tenant), (f"tenants/{tenant}/databases", database)):
            httpx.post(f"{self.url}/api/v2/{path}", json={"name": name}).raise_for_status()


@contextmanager
def running_chroma(folder: Path) -> Iterator[ChromaServer]:
    """A real ``chroma run`` on a free port of this machine, while the block lasts."""
    program = Path(sys.executable).with_name("chroma")
    command = str(program) if program.exists() else shutil.which("chroma") or "chroma"
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    arguments = [command, "run", "--host", "127.0.0.1", "--port", str(port), "--path", str(folder / "data")]
    with (folder / "log").open("wb") as log:
        process = subprocess.Popen(arguments, cwd=folder, stdout=log, stderr=subprocess.STDOUT)
        try:
            server = ChromaServer(f"http://127.0.0.1:{port}")
            for _ in range(300):
                try:
                    httpx.get(f"{server.url}/api/v2/heartbeat").raise_for_status()
                    break
                except httpx.HTTPError:
                    assert process.poll() is None, (folder / "log").read_text()
                    time.sleep(0.1)
            yield server
        finally:
            process.kill()
            process.wait()
