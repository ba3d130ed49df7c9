"""Assistants over folders that are written for one question: attacked copies of a corpus, articles, dialogues."""

from __future__ import annotations

import gc
import tempfile
from collections.abc import Mapping
from pathlib import Path
from types import TracebackType
from typing import Self

from ask_debbie.answering.assistant import Assistant
from ask_debbie.compose import build_assistant
from ask_debbie.corpus.corpus import read_corpus
from ask_debbie.errors import EngineError
from ask_debbie.models.artifacts import ModelStore
from ask_debbie.models.embeddings import MiniLM
from ask_debbie.retrieval.chroma_client import memory_client
from ask_debbie.retrieval.index import PassageIndex
from ask_debbie.retrieval.retriever import HybridRetriever
from ask_debbie.settings import Settings


class Throwaway:
    """Makes assistants, one after the other, and leaves nothing behind.

    Of the extractive engine, an assistant is good until the next but one is made: they share one index in
    memory, which embeds only what the corpus before it didn't have. Engines with a model read each corpus whole,
    which takes the local one about 20 seconds; let go of one assistant before the next is made, or two models
    are in memory.
    """

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._index: PassageIndex | None = None
        self._home: tempfile.TemporaryDirectory[str] | None = None

    def __enter__(self) -> Self:
        self._home = tempfile.TemporaryDirectory(prefix="ask-debbie-", ignore_cleanup_errors=True)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._home is not None:
            self._home.cleanup()
            self._home = None

    def folder(self, files: Mapping[str, bytes]) -> Path:
        """A new folder with these files in it, by their paths."""
        folder = Path(tempfile.mkdtemp(dir=self._room))
        for name, content in files.items():
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
        return folder

    def __call__(self, files: Mapping[str, bytes]) -> Assistant:
        """An assistant over these files.

        Raises:
            CorpusError: they make no corpus.
            EngineError: the settings' engine can't be had.
        """
        folder = self.folder(files)
        if self._settings.engine != "extractive":
            return self._with_model(folder)
        corpus = read_corpus(folder)
        if self._index is None:
            embeddings = MiniLM.from_store(ModelStore(self._settings.models_dir))
            # the client is one for the whole process: the name is what keeps two of these apart
            self._index = PassageIndex(memory_client(), embeddings, self._room.name)
        self._index.update(corpus)
        retriever = HybridRetriever(passages=corpus.passages, store=self._index.store(corpus))
        return Assistant(corpus, retriever, max_question=self._settings.max_question)

    def _with_model(self, folder: Path) -> Assistant:
        gc.collect()  # the local model's server stops when its last reference goes
        said: list[str] = []
        settings = self._settings.model_copy(update={"corpus": folder, "index_dir": self._room / "index"})
        assistant = build_assistant(settings, say=said.append)
        if assistant.engine == "extractive":
            raise EngineError(f"The {self._settings.engine} engine can't be evaluated. {' '.join(said)}")
        return assistant

    @property
    def max_question(self) -> int:
        """Characters beyond which a question is refused."""
        return self._settings.max_question

    @property
    def _room(self) -> Path:
        assert self._home is not None, "use it in a with statement"  # noqa: S101 - the class's contract
        return Path(self._home.name)


def read_files(folder: Path) -> dict[str, bytes]:
    """The files of a corpus folder, by their paths."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and not any(part.startswith(".") for part in path.relative_to(folder).parts)
    }
