"""Corpora written by the test that reads them."""

from __future__ import annotations

from tests.corpus.conftest import read_files, write_corpus

__all__ = ["read_files", "write_corpus"]
