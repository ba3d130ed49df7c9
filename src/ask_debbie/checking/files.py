"""Files that could not be read, or not whole, and settings of the profile that do nothing."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import PurePosixPath

from ask_debbie.checking.finding import PROFILE, Finding
from ask_debbie.corpus.corpus import Corpus
from ask_debbie.corpus.readers import READERS


def find_files(corpus: Corpus) -> Iterator[Finding]:
    """What reading the folder had to say."""
    for name, cause in corpus.passed_over.items():
        if PurePosixPath(name).suffix.lower() in READERS:
            yield Finding(
                "error",
                "unreadable",
                f"It could not be read: {cause}.",
                "Save it again from the program that made it, or put its text into a .md file.",
                name,
            )
        else:
            yield Finding(
                "remark",
                "other-format",
                f"It isn't read: {cause}.",
                "Put what it says into a file of one of these kinds, or take it out of the folder.",
                name,
            )
    for name, document in corpus.documents.items():
        for warning in document.warnings:
            yield Finding("warning", "damaged", _sentence(warning), "Look at that place in the file.", name)
        if not document.blocks:
            yield Finding("warning", "empty", "There is no text in it.", "Write it, or remove it.", name)
    for warning in corpus.warnings:
        if warning.startswith(f"{PROFILE}: "):
            yield Finding(
                "warning",
                "profile",
                _sentence(warning.removeprefix(f"{PROFILE}: ")),
                "Write it exactly as a document has it, or remove it.",
                PROFILE,
            )


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:]
