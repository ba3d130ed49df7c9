"""Labelled questions: what a new one is about is what those nearest to it are about."""

from __future__ import annotations

import hashlib
import secrets
import tomllib
from collections.abc import Sequence
from contextlib import suppress
from importlib import resources
from pathlib import Path

import numpy as np
import numpy.typing as npt

from ask_debbie.models.embeddings import MiniLM
from ask_debbie.models.stored import Progress, silent

_NEAREST = 10
_SHARPNESS = 10.0  # how much more a nearer example's vote weighs: e^(10 × cosine)
_BATCH = 64


class ScopeExamples:
    """A vote of the nearest labelled questions, of shape (n, 384) as unit vectors.

    Chosen over logistic regression and kernel ridge regression on the same vectors: docs/experiments.md.
    """

    def __init__(self, topics: Sequence[str], vectors: npt.NDArray[np.float32], embeddings: MiniLM) -> None:
        self._topics = np.array(topics)
        self._vectors = vectors
        self._embeddings = embeddings

    @classmethod
    def load(cls, embeddings: MiniLM, folder: Path, progress: Progress = silent) -> ScopeExamples:
        """The examples that come with the package; their vectors are kept in ``folder``, where it can be written."""
        path = resources.files("ask_debbie.answering") / "scope_examples.toml"
        data = tomllib.loads(path.read_text(encoding="utf-8"))
        topics = [topic for topic, texts in data.items() for _ in texts]
        texts = [text for texts in data.values() for text in texts]
        key = hashlib.sha256("\n".join([embeddings.name, *texts]).encode()).hexdigest()[:16]
        kept = folder / f"scope-{key}.npy"
        with suppress(OSError, ValueError):
            vectors = np.load(kept)
            if vectors.shape[0] == len(texts):
                return cls(topics, vectors, embeddings)
        rows = []
        for start in range(0, len(texts), _BATCH):
            progress(start, len(texts), "Learning what isn't asked of a candidate")
            rows.append(embeddings.vectors(texts[start : start + _BATCH]))
        vectors = np.concatenate(rows)
        _keep(vectors, kept)
        return cls(topics, vectors, embeddings)

    def topic(self, text: str) -> tuple[str, float]:
        """The topic that most of the nearest examples have that aren't "proper", and what share of the vote they have."""
        near = self._vectors @ np.array(self._embeddings.embed_query(text), np.float32)
        best = np.argpartition(-near, _NEAREST)[:_NEAREST]
        votes = np.exp(_SHARPNESS * near[best])
        improper = self._topics[best] != "proper"
        if not improper.any():
            return "proper", 0.0
        names = self._topics[best][improper]
        totals = {str(name): float(votes[improper][names == name].sum()) for name in set(names.tolist())}
        return max(totals, key=lambda name: (totals[name], name)), float(votes[improper].sum() / votes.sum())


def _keep(vectors: npt.NDArray[np.float32], path: Path) -> None:
    unfinished = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with unfinished.open("wb") as file:
            np.save(file, vectors)
        unfinished.replace(path)
    except OSError:  # a folder that can't be written to only costs some seconds at each start
        with suppress(OSError):
            unfinished.unlink(missing_ok=True)
