"""The text of a format that is no text, written line by line as a person would read it."""

from __future__ import annotations

import re
from collections.abc import Callable

from ask_debbie.corpus.document import Block, BlockKind, Document, Place
from ask_debbie.corpus.readers.lines import trimmed
from ask_debbie.errors import DocumentError

CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\u00ad\u200b\u2028\u2029\ufeff\ud800-\udfff]")

_MOST = 1_000_000  # characters
TOO_MUCH = "it holds far more than a resume does. Keep the resume itself and try again"


class DocumentWriter:
    """Gathers headings, bullets and lines, each with its place in the file, into one Document.

    What writes a block gives the place in the text at which it begins.
    """

    def __init__(self) -> None:
        self._parts: list[str] = []
        self._length = 0
        self._blocks: list[Block] = []
        self._places: list[Place] = []
        self.warnings: list[str] = []

    def heading(self, text: str, level: int, where: str = "") -> int:
        """A heading of depth ``level``, 1 for the outermost."""
        if self._parts:
            self._add("\n")
        return self._write("heading", text, level, where)

    def bullet(self, text: str, where: str = "") -> int:
        """A list item."""
        return self._write("bullet", text, 0, where)

    def line(self, text: str, where: str = "") -> int:
        """A line, or a paragraph, that is neither."""
        return self._write("line", text, 0, where)

    @property
    def text(self) -> str:
        """What was written so far, private text included."""
        return "".join(self._parts)

    def place(self, place: Place) -> None:
        """Say where a part of the last block stands."""
        self._places.append(place)

    def document(self, path: str, hide: Callable[[str], str]) -> Document:
        """All that was written, with private text blanked."""
        text = hide("".join(self._parts))
        blocks = []
        for block in self._blocks:
            span = trimmed(text, block.start, block.end)
            if span:
                blocks.append(Block(block.kind, *span, block.level))
        return Document(path, text, tuple(blocks), tuple(self._places), tuple(self.warnings))

    def _write(self, kind: BlockKind, text: str, level: int, where: str) -> int:
        words = " ".join(CONTROL.sub("", text).split())
        start = self._length
        if not words:
            return start
        self._add(f"{words}\n")
        self._blocks.append(Block(kind, start, start + len(words), level))
        if where:
            self._places.append(Place(start, start + len(words), where))
        return start

    def _add(self, text: str) -> None:
        if self._length > _MOST:
            raise DocumentError(TOO_MUCH)
        self._parts.append(text)
        self._length += len(text)
