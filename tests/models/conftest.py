"""The embeddings, and one engine at a time among all test processes."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from filelock import FileLock

from ask_debbie.models.artifacts import ModelStore
from ask_debbie.models.embeddings import MiniLM


@pytest.fixture(scope="session")
def minilm(models_dir: Path) -> MiniLM:
    return MiniLM.from_store(ModelStore(models_dir))


@pytest.fixture(scope="module")
def engine_lock(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Two chat models at once on a few cores slow each other tenfold, so test processes take turns."""
    with FileLock(tmp_path_factory.getbasetemp().parent / "ask-debbie-engine.lock"):
        yield
