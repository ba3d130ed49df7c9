"""One thing to look at: what, where, and what to do about it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Any, Literal

from ask_debbie.corpus.document import Document

Severity = Literal["error", "warning", "remark"]
SEVERITIES: tuple[Severity, ...] = ("error", "warning", "remark")
PROFILE = "profile.toml"


@dataclass(frozen=True, slots=True)
class Finding:
    """What is wrong, or could be better.

    Attributes:
        severity: an error makes answers wrong or is dangerous; a warning should be looked at; a remark may be.
        kind: its name, one of the words that ``check --ignore`` takes.
        remedy: what to do, in a sentence.
        file: the file's path inside the corpus; None where it is about all of them.
        line: of the file, from 1; None in formats that have no lines.
        where: as a person would say it: ``line 14``, ``page 2``; empty where it is about the whole file.
    """

    severity: Severity
    kind: str
    message: str
    remedy: str
    file: str | None = None
    line: int | None = None
    where: str = ""

    def to_wire(self) -> dict[str, Any]:
        """The object of ``check --json``."""
        return asdict(self)


def at(document: Document, start: int, severity: Severity, kind: str, message: str, remedy: str) -> Finding:
    """A finding at an offset of a document's text."""
    line, where = place_of(document, start)
    return Finding(severity, kind, message, remedy, document.path, line, where)


def place_of(document: Document, start: int) -> tuple[int | None, str]:
    """The line, where the file has lines, and the place as a person would say it."""
    if not document.places:
        line = document.text.count("\n", 0, start) + 1
        return line, f"line {line}"
    before = [place.where for place in document.places if place.start <= start]
    return None, before[-1] if before else document.places[0].where


def in_order(findings: Iterable[Finding]) -> list[Finding]:
    """Each once, by file and then by place; what is about no file comes last, remarks after the rest."""
    return sorted(
        dict.fromkeys(findings),
        key=lambda f: (f.file is None, f.file or "", f.line or 0, SEVERITIES.index(f.severity)),
    )


def shortened(text: str, most: int = 70) -> str:
    """A text on one line, cut at a word."""
    words = " ".join(text.split())
    return words if len(words) <= most else f"{words[: most - 1].rsplit(' ', 1)[0]} …"
