"""One pinned file in the models folder: itself, what came of it so far, and the note that it was checked."""

from __future__ import annotations

import hashlib
import json
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, Protocol

from ask_debbie.models.catalog import ModelFile

CHUNK = 1 << 20

State = Literal["absent", "partial", "unverified", "verified", "wrong"]


class Progress(Protocol):
    """Told how far something long has come: done, of how many, and what is going on."""

    def __call__(self, done: int, total: int, label: str) -> None: ...


def silent(done: int, total: int, label: str) -> None:
    """A Progress that shows nothing."""


@dataclass(frozen=True)
class FileStatus:
    """What the folder holds of one pinned file.

    Args:
        file: The pinned file.
        state: `verified` had the right hash and hasn't changed since; `unverified` has the right size only.
        size: Bytes there now, received or in place.
        source: Where a verified file came from.
    """

    file: ModelFile
    state: State
    size: int
    source: str | None = None


class StoredFile:
    """Where a pinned file is in a folder, and what is known of it."""

    def __init__(self, folder: Path, file: ModelFile) -> None:
        self.file = file
        self.path = folder / file.filename
        self.partial = folder / f".{file.filename}.part"
        self.scratch = folder / f".{file.filename}.wheels"
        self.lock = folder / f".{file.filename}.lock"
        self._stamp = folder / f".{file.filename}.verified"

    def status(self) -> FileStatus:
        """What is there, without reading the file."""
        if (source := self.verified_source()) is not None:
            return FileStatus(self.file, "verified", self.file.size, source)
        if self.path.is_file():
            size = self.path.stat().st_size
            return FileStatus(self.file, "unverified" if size == self.file.size else "wrong", size)
        received = self.received()
        return FileStatus(self.file, "partial" if received else "absent", received)

    def received(self) -> int:
        """Bytes of an unfinished fetch."""
        try:
            return self.partial.stat().st_size
        except FileNotFoundError:
            return 0

    def verified_source(self) -> str | None:
        """Where the file came from, if its hash was right and it hasn't changed since; otherwise None."""
        try:
            stamp = json.loads(self._stamp.read_text())
            now = self.path.stat()
            unchanged = (stamp["size"], stamp["mtime_ns"]) == (now.st_size, now.st_mtime_ns)
            return str(stamp["source"]) if unchanged and stamp["sha256"] == self.file.sha256 else None
        except (OSError, ValueError, KeyError, TypeError):
            return None

    def is_right(self, progress: Progress) -> bool:
        """Read the whole file, and say whether it is the pinned one."""
        if self.path.stat().st_size != self.file.size:
            return False
        digest = hashlib.sha256()
        done = 0
        with self.path.open("rb") as source:
            while block := source.read(CHUNK):
                digest.update(block)
                done += len(block)
                progress(done, self.file.size, f"checking {self.file.name}")
        return digest.hexdigest() == self.file.sha256

    def stamp(self, path: Path, source: str) -> None:
        """Note that the bytes at `path`, in place or about to be moved there, are right."""
        now = path.stat()
        note = {
            "sha256": self.file.sha256,
            "size": now.st_size,
            "mtime_ns": now.st_mtime_ns,
            "source": source,
        }
        with suppress(OSError):  # a folder that can't be written to only costs a check at each start
            self._stamp.write_text(json.dumps(note))

    def unstamp(self) -> None:
        """Forget that the file was checked."""
        self._stamp.unlink(missing_ok=True)
