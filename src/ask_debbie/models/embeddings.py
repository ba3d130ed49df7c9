"""Texts to unit vectors with all-MiniLM-L6-v2 (int8 weights) on the CPU."""

from __future__ import annotations

import threading
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from langchain_core.embeddings import Embeddings

from ask_debbie.models.artifacts import ModelStore, Progress, silent
from ask_debbie.models.catalog import EMBEDDINGS, TOKENIZER

DIMENSIONS = 384
MAX_TOKENS = 256  # what the model was trained for; the rest of a longer text isn't seen
_QUERIES = 512  # questions whose vectors are kept, 1.5 kB each

Vector = npt.NDArray[np.float32]


class MiniLM(Embeddings):
    """Mean-pooled, L2-normalised vectors of 384 dimensions: the dot product of two is their cosine.

    Texts are embedded one at a time, unpadded: on a CPU that is as fast as batches sorted by length
    (measured: 155 ms for 40 resume lines, 165–190 ms in batches of 8–32 on 2 cores), and a text's vector then
    depends on nothing but the text. The model is loaded on first use, in about 0.3 s. Safe to share between
    threads.

    Args:
        model: The ONNX file.
        tokenizer: Its tokenizer.json.
        threads: CPU threads for one text; 0 takes all cores.
    """

    name = f"{EMBEDDINGS.name}@{EMBEDDINGS.sha256[:12]}"
    """Identifies the vectors: those of another name can't be compared with these."""

    def __init__(self, model: Path, tokenizer: Path, *, threads: int = 0) -> None:
        self._model_path = model
        self._tokenizer_path = tokenizer
        self._threads = threads
        self._loading = threading.Lock()
        self._session: Any = None
        self._tokenizer: Any = None
        # one question is embedded for the search and for the scope, and starter questions are asked all day
        self._of_query = lru_cache(maxsize=_QUERIES)(self._vector)

    @classmethod
    def from_store(cls, store: ModelStore, progress: Progress = silent, *, threads: int = 0) -> MiniLM:
        """Make one from the pinned files, fetching those that aren't there.

        Raises:
            ArtifactError: A file can't be had.
        """
        model = store.ensure(EMBEDDINGS.name, progress)
        tokenizer = store.ensure(TOKENIZER.name, progress)
        return cls(model, tokenizer, threads=threads)

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        return [vector.tolist() for vector in self.vectors(texts)]

    def embed_query(self, text: str) -> list[float]:
        vector: list[float] = self._of_query(text).tolist()
        return vector

    def vectors(self, texts: list[str]) -> Vector:
        """The texts' vectors as rows, shape (len(texts), 384)."""
        if not texts:
            return np.empty((0, DIMENSIONS), np.float32)
        return np.stack([self._vector(text) for text in texts])

    def _vector(self, text: str) -> Vector:
        self._load()
        ids = np.array([self._tokenizer.encode(text).ids], np.int64)
        inputs = {"input_ids": ids, "attention_mask": np.ones_like(ids), "token_type_ids": np.zeros_like(ids)}
        (states,) = self._session.run(["last_hidden_state"], inputs)
        mean: Vector = states[0].mean(axis=0)
        return mean / np.linalg.norm(mean)

    def _load(self) -> None:
        with self._loading:
            if self._session is not None:
                return
            # slow to import, and not needed by those who only hand one of these on
            import onnxruntime
            from tokenizers import Tokenizer

            onnxruntime.disable_telemetry_events()
            tokenizer = Tokenizer.from_file(str(self._tokenizer_path))
            tokenizer.no_padding()
            tokenizer.enable_truncation(MAX_TOKENS)
            options = onnxruntime.SessionOptions()
            options.intra_op_num_threads = self._threads
            options.log_severity_level = 3
            # idle threads that spin would take the cores from the chat model
            options.add_session_config_entry("session.intra_op.allow_spinning", "0")
            self._tokenizer = tokenizer
            self._session = onnxruntime.InferenceSession(
                str(self._model_path), options, providers=["CPUExecutionProvider"]
            )
