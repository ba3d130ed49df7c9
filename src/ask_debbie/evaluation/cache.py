"""Answers that were given already, kept by all that decides them, so that a rerun asks only what is new."""

from __future__ import annotations

import contextlib
import datetime as dt
import hashlib
import json
import os
import tempfile
from collections.abc import Sequence
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from platformdirs import user_cache_path
from pydantic import TypeAdapter, ValidationError
from pydantic.dataclasses import dataclass

import ask_debbie
from ask_debbie.answering.answer import Answer

_APART = ("web", "evaluation")
_APART_FILES = ("*cli.py", "terminal*.py")
_LIBRARIES = "bm25s chromadb onnxruntime pyspellchecker snowballstemmer tokenizers xllamacpp".split()


@dataclass(frozen=True)
class Asked:
    """What the assistant gave for a question.

    Attributes:
        found: the passages found, best first, as (document, start, end).
    """

    answer: Answer
    found: tuple[tuple[str, int, int], ...]


_ASKED = TypeAdapter(Asked)


class AnswerCache:
    """One JSON file an answer, in a folder, written as a whole or not at all.

    Args:
        fresh: keep answers, and use none that was kept before.

    Attributes:
        hits: how many answers it had.
    """

    def __init__(self, folder: Path | None = None, *, fresh: bool = False) -> None:
        self.folder = folder or user_cache_path("ask-debbie") / "evaluation"
        self.hits = 0
        self._fresh = fresh

    def key(self, turns: Sequence[str], today: dt.date, corpus_digest: str, identity: str) -> str:
        """SHA-256 of what decides an answer: the question, the day, the documents, the engine, and this code.

        Args:
            identity: the engine, its model file and its settings.
        """
        parts = [list(turns), today.isoformat(), corpus_digest, identity, product_digest()]
        return hashlib.sha256(json.dumps(parts).encode()).hexdigest()

    def get(self, key: str) -> Asked | None:
        """What was kept; None where nothing was, or it can't be read."""
        if self._fresh:
            return None
        try:
            asked = _ASKED.validate_json(self._path(key).read_bytes())
        except (OSError, ValidationError):
            return None
        self.hits += 1
        return asked

    def put(self, key: str, asked: Asked) -> None:
        """Keep an answer. Where the disk doesn't take it, it is only not kept."""
        with contextlib.suppress(OSError):
            path = self._path(key)
            path.parent.mkdir(parents=True, exist_ok=True)
            handle, name = tempfile.mkstemp(dir=path.parent, prefix=".")
            try:
                with os.fdopen(handle, "wb") as file:
                    file.write(_ASKED.dump_json(asked))
                Path(name).replace(path)
            except BaseException:
                Path(name).unlink(missing_ok=True)
                raise

    def _path(self, key: str) -> Path:
        return self.folder / key[:2] / f"{key}.json"


@cache
def product_digest() -> str:
    """SHA-256 of the code that answers, with its word lists and prompts, and of the libraries' versions.

    What only shows, serves or scores answers isn't in it.
    """
    root = Path(ask_debbie.__file__).parent
    digest = hashlib.sha256()
    for path in sorted(root.rglob("*")):
        inside = path.relative_to(root)
        shown = inside.parts[0] in _APART or any(inside.match(p) for p in _APART_FILES)
        if path.is_file() and not shown and "__pycache__" not in inside.parts:
            digest.update(f"\0{inside.as_posix()}\0".encode() + path.read_bytes())
    for library in _LIBRARIES:
        with contextlib.suppress(PackageNotFoundError):
            digest.update(f"\0{library}=={version(library)}".encode())
    return digest.hexdigest()
