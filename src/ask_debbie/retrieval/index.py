"""The passages' vectors in Chroma: built whole beside what serves, then switched to in one step.

A collection holds one state of one corpus: its name and its rows' ids come from that state, so whoever builds it
writes the same. Processes that share a server may build it at once, and one goes on where another was stopped. A
small pointer collection's metadata names the one that serves; switching is that one write, so a crash at any point
leaves the earlier index serving.
"""

from __future__ import annotations

import hashlib
import shutil
import time
from collections.abc import Callable, Container, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from chromadb.api import ClientAPI
from chromadb.errors import NotFoundError
from filelock import FileLock, Timeout
from langchain_chroma import Chroma
from langchain_core.embeddings import Embeddings

from ask_debbie.corpus.corpus import Corpus
from ask_debbie.corpus.document import Passage
from ask_debbie.errors import StoreError
from ask_debbie.retrieval.chroma_client import reason
from ask_debbie.retrieval.views import View, views

FORMAT = "1"
"""Changes when what is embedded for a passage changes, so that older indexes are rebuilt."""

Progress = Callable[[int, int], None]
_BATCH = 32
_BATCH_KNOWN = 512
_ROOM = 1 << 20  # bytes that Chroma's files take without a row
_ROOM_A_ROW = 12 << 10  # and for each row, text and vector, with its journal
_LOCK_SECONDS = 60.0
_GRACE_SECONDS = 600.0


class NamedEmbeddings(Protocol):
    """Embeddings whose ``name`` tells them from those of any other model."""

    @property
    def name(self) -> str: ...
    def embed_documents(self, texts: list[str]) -> list[list[float]]: ...
    def embed_query(self, text: str) -> list[float]: ...


@dataclass(frozen=True, slots=True)
class Built:
    """What a build did: passages in the index, texts that had to be embedded, texts that went."""

    passages: int
    embedded: int
    removed: int


class PassageIndex:
    """The index of one corpus in one Chroma database.

    Args:
        name: tells corpora apart that share a database.
        lock: a file that keeps two writers apart; None where the database is this process's own.
        room: a folder on the disk that the index is written to: Chroma 1.5 may never return from a write to a
            full one, so none is begun where it could fill up.
        grace: seconds that an older state is kept for other processes that share the database.
    """

    def __init__(
        self,
        client: ClientAPI,
        embeddings: NamedEmbeddings,
        name: str,
        lock: Path | None = None,
        room: Path | None = None,
        grace: float = _GRACE_SECONDS,
    ) -> None:
        self._client = client
        self._embeddings = embeddings
        self._pointer = f"{name}-serving"
        self._name = name
        self._room = room
        self._grace = grace
        self._lock = FileLock(lock, timeout=_LOCK_SECONDS) if lock else None

    def is_current(self, corpus: Corpus) -> bool:
        """Whether what serves is this corpus's, with these embeddings."""
        return self._serving() == self._collection_name(corpus)

    def update(self, corpus: Corpus, progress: Progress | None = None) -> Built:
        """Make the index serve this corpus; embeds only what the earlier one doesn't hold.

        Raises:
            StoreError: where it can't be written; the earlier index goes on serving.
        """
        try:
            if self._lock is None:
                return self._update(corpus, progress or _silent)
            with self._lock:
                return self._update(corpus, progress or _silent)
        except Timeout as error:
            raise StoreError(
                "Another process is writing this index. Try again when it has finished."
            ) from error
        except StoreError:
            raise
        except Exception as error:
            raise StoreError(
                f"The index can't be written ({reason(error)}). The earlier one is untouched."
            ) from error

    def store(self, corpus: Corpus) -> Chroma:
        """The vector store of this corpus.

        Raises:
            StoreError: where :meth:`update` hasn't been called for it.
        """
        name = self._collection_name(corpus)
        try:
            self._client.get_collection(name, embedding_function=None)
        except (NotFoundError, ValueError) as error:
            raise StoreError("The corpus isn't indexed. Run `ask-debbie index`.") from error
        return self._chroma(name, self._embeddings)

    def _update(self, corpus: Corpus, progress: Progress) -> Built:
        serving = self._serving()
        name = self._collection_name(corpus)
        if serving == name:
            return Built(len(corpus.passages), 0, 0)
        known_ids, known = self._rows(serving) if serving else (set[str](), {})
        reuse = _Reusing(self._embeddings, known)
        chroma = self._chroma(name, reuse)
        rows = views(corpus.passages)
        # what a build that was stopped left, or what another process writes at this moment: the same rows
        held = set(chroma.get(include=[])["ids"])
        missing = [view for view in rows if view.id not in held]
        self._check_room(len(missing))
        done = 0
        for batch in _batches(missing, known):
            progress(done, len(missing))
            chroma.add_texts(
                [v.text for v in batch], [_metadata(v.passage) for v in batch], [v.id for v in batch]
            )
            done += len(batch)
        progress(len(missing), len(missing))
        self._serve(name)
        self._forget_older(name, serving)
        return Built(len(corpus.passages), reuse.embedded, len(known_ids - {view.id for view in rows}))

    def _check_room(self, rows: int) -> None:
        if self._room is None:
            return
        free, needed = shutil.disk_usage(self._room).free, _ROOM + rows * _ROOM_A_ROW
        if free < needed:
            raise StoreError(
                f"The index can't be written: {self._room} has {free // 1024:,} kB free, and it needs "
                f"{needed // 1024:,} kB. The earlier one is untouched."
            )

    def _chroma(self, name: str, embeddings: Any) -> Chroma:
        return Chroma(
            collection_name=name,
            embedding_function=embeddings,
            client=self._client,
            collection_metadata={
                "corpus": self._name,
                "embeddings": self._embeddings.name,
                "format": FORMAT,
                "made": time.time(),
            },
            collection_configuration={"hnsw": {"space": "cosine"}},
        )

    def _collection_name(self, corpus: Corpus) -> str:
        state = "\0".join(
            (corpus.digest, self._embeddings.name, FORMAT, *(view.id for view in views(corpus.passages)))
        )
        return f"{self._name}-{hashlib.sha256(state.encode()).hexdigest()[:16]}"

    def _collections(self) -> list[str]:
        return [collection.name for collection in self._client.list_collections()]

    def _serving(self) -> str | None:
        try:
            metadata = self._client.get_collection(self._pointer, embedding_function=None).metadata or {}
        except (NotFoundError, ValueError):
            return None
        if metadata.get("embeddings") != self._embeddings.name or metadata.get("format") != FORMAT:
            return None
        name = str(metadata.get("collection", ""))
        return name if name in self._collections() else None

    def _serve(self, name: str) -> None:
        metadata = {"collection": name, "embeddings": self._embeddings.name, "format": FORMAT}
        pointer = self._client.get_or_create_collection(
            self._pointer, metadata=metadata, embedding_function=None
        )
        if pointer.metadata != metadata:
            pointer.modify(metadata=metadata)

    def _rows(self, collection: str) -> tuple[set[str], dict[str, list[float]]]:
        """The ids of a collection, and its vectors by the text that was embedded."""
        try:
            rows = self._client.get_collection(collection, embedding_function=None).get(
                include=["embeddings", "documents"]
            )
        except NotFoundError:  # another process is several states ahead
            return set(), {}
        texts, vectors = rows["documents"] or [], rows["embeddings"]
        known = {
            t: [float(x) for x in v]
            for t, v in zip(texts, vectors if vectors is not None else [], strict=True)
        }
        return set(rows["ids"]), known

    def _forget_older(self, serving: str, before: str | None) -> None:
        """Delete what nobody reads any more; another process may be a state or two behind, or ahead."""
        for collection in self._client.list_collections():
            name, made = collection.name, (collection.metadata or {}).get("made", 0.0)
            if not name.startswith(f"{self._name}-") or name in {serving, before, self._pointer}:
                continue
            if time.time() - made >= self._grace:
                with suppress(NotFoundError, ValueError):  # another process did
                    self._client.delete_collection(name)


def _batches(rows: Sequence[View], known: Container[str]) -> Iterator[Sequence[View]]:
    """Many at once of those whose vectors are known; of those to be embedded few, so that progress shows."""
    ready = [view for view in rows if view.text in known]
    new = [view for view in rows if view.text not in known]
    for of, size in ((ready, _BATCH_KNOWN), (new, _BATCH)):
        yield from (of[start : start + size] for start in range(0, len(of), size))


def _silent(done: int, total: int) -> None:
    del done, total


class _Reusing(Embeddings):
    """Embeddings that are computed only for texts whose vectors aren't known."""

    def __init__(self, embeddings: NamedEmbeddings, known: dict[str, list[float]]) -> None:
        self._embeddings = embeddings
        self._known = known
        self.embedded = 0

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        new = [text for text in dict.fromkeys(texts) if text not in self._known]
        self.embedded += len(new)
        self._known.update(zip(new, self._embeddings.embed_documents(new), strict=True))
        return [self._known[text] for text in texts]

    def embed_query(self, text: str) -> list[float]:
        return self._embeddings.embed_query(text)


def _metadata(passage: Passage) -> dict[str, Any]:
    return {
        "document": passage.document,
        "start": passage.start,
        "end": passage.end,
        "kind": passage.kind,
        "breadcrumb": " › ".join(passage.breadcrumb),
    }
