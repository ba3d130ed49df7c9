"""Corpora written by the test that reads them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from ask_debbie.corpus.corpus import Corpus, read_corpus

Write = Callable[[Mapping[str, str | bytes]], Path]
Read = Callable[[Mapping[str, str | bytes]], Corpus]


@pytest.fixture
def write_corpus(tmp_path: Path) -> Write:
    """Make a corpus folder of the named files; a profile of Ines Vale where none is given."""

    def write(files: Mapping[str, str | bytes]) -> Path:
        folder = tmp_path / "corpus"
        folder.mkdir(exist_ok=True)
        for name, content in {"profile.toml": 'name = "Ines Vale"\n', **files}.items():
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return folder

    return write


@pytest.fixture
def read_files(write_corpus: Write) -> Read:
    """Make a corpus folder of the named files, and read it."""
    return lambda files: read_corpus(write_corpus(files))
