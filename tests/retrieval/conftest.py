"""Corpora to search, vectors that cost nothing, and a real Chroma server."""

from __future__ import annotations

import gc
import hashlib
import shutil
import subprocess
import warnings
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest

from ask_debbie.corpus.corpus import Corpus, read_corpus
from tests.chroma_server import ChromaServer, running_chroma

RESUME = """\
# Ines Vale

- Email: ines@example.org

## Experience

### Harbour Trust

#### Surveyor

3/2016-8/2019

- Mapped 14 wrecks with a side-scan sonar.
- Trained 9 volunteers to dive.
- Wrote two manuals on tides.

## Skills

- Tools: QGIS, Blender, Locust, Apache JMeter
"""
Corpora = Callable[[str], Corpus]


class CountingEmbeddings:
    """Vectors that depend on the text alone, and a record of every text that was embedded."""

    def __init__(self, name: str = "counting@1") -> None:
        self.name = name
        self.texts: list[str] = []

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        self.texts += texts
        return [self.embed_query(text) for text in texts]

    def embed_query(self, text: str) -> list[float]:
        seed = int.from_bytes(hashlib.sha256(text.encode()).digest()[:4])
        vector: list[float] = np.random.default_rng(seed).normal(size=16).tolist()
        return vector


@pytest.fixture
def embeddings() -> CountingEmbeddings:
    return CountingEmbeddings()


@pytest.fixture
def corpora(tmp_path: Path) -> Corpora:
    """A corpus whose resume is the given text; always the same folder."""

    def corpus(resume: str = RESUME) -> Corpus:
        folder = tmp_path / "corpus"
        folder.mkdir(exist_ok=True)
        (folder / "profile.toml").write_text('name = "Ines Vale"\n')
        (folder / "resume.md").write_text(resume)
        return read_corpus(folder)

    return corpus


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Callable[[int], Path]]:
    """Mount a disk of so many KiB; skips where this process may not."""
    mounted: list[Path] = []

    def mount(kibibytes: int) -> Path:
        folder = tmp_path / f"disk-{len(mounted)}"
        folder.mkdir()
        command = ["mount", "-t", "tmpfs", "-o", f"size={kibibytes}k", "tmpfs", str(folder)]
        if (
            shutil.which("mount") is None
            or subprocess.run(command, capture_output=True, check=False).returncode
        ):
            pytest.skip("may not mount a small disk")
        mounted.append(folder)
        return folder

    yield mount
    for folder in mounted:
        subprocess.run(["umount", "-l", str(folder)], capture_output=True, check=False)


@pytest.fixture(scope="session")
def chroma_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ChromaServer]:
    """One server for all tests of this folder."""
    with running_chroma(tmp_path_factory.mktemp("chroma-server")) as server:
        yield server


@pytest.fixture
def unclosed_connections() -> Iterator[None]:
    """Chroma's HTTP client leaves its idle connections to the garbage collector, which warns of each."""
    yield
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ResourceWarning)
        gc.collect()
