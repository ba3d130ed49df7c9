"""Files that could not be read, or not whole, and settings of the profile that do nothing."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import PurePosixPath

from ask_debbie.answering.tampering import addresses_software
from ask_debbie.checking.finding import PROFILE, Finding
from ask_debbie.corpus.corpus import Corpus
from ask_debbie.corpus.readers import READERS

_PLACE = re.compile(r"(?P<where>line (?P<line>\d+)|(?:page|paragraph|entry) [\w-]+): ")
_UNSEEN = re.compile(r"hidden text|nobody can see", re.IGNORECASE)


def find_files(corpus: Corpus) -> Iterator[Finding]:
    """What reading the folder had to say."""
    for name, cause in corpus.passed_over.items():
        if PurePosixPath(name).suffix.lower() in READERS:
            why, remedy = _cause(cause)
            yield Finding("error", "unreadable", f"It could not be read: {why}.", remedy, name)
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
            yield _of_reader(name, warning)
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


def _cause(cause: str) -> tuple[str, str]:
    """A reader's cause and its advice: ``it is protected by a password: save a copy without one``."""
    why, colon, advice = cause.partition(": ")
    if colon and ": " not in advice and not re.match(r"line|page|\d", advice):
        return why, _sentence(advice)
    return cause, "Save it again from the program that made it, or put its text into a .md file."


def _of_reader(file: str, warning: str) -> Finding:
    """A reader's own words: ``page 2: text that nobody can see: “…”. Remove it.``"""
    place = _PLACE.match(warning)
    said, stop, remedy = warning[place.end() if place else 0 :].rpartition(". ")
    if not stop:
        said, remedy = remedy, "Look at that place in the file."
    line = int(place["line"]) if place and place["line"] else None
    where = place["where"] if place else ""
    if addresses_software(said):
        return Finding("error", "instruction", _sentence(said), remedy, file, line, where)
    kind = "invisible-text" if _UNSEEN.search(said) else "damaged"
    return Finding("warning", kind, _sentence(said), remedy, file, line, where)


def _sentence(text: str) -> str:
    return f"{text[:1].upper()}{text[1:].rstrip('.')}."
