"""Bytes to text, for the formats that are text."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from ask_debbie.corpus.document import Document

TextReader = Callable[[str, str], Document]


def from_text(read: TextReader) -> Callable[[str, bytes, Callable[[str], str]], Document]:
    """A reader of files whose text is what ``read`` reads."""

    def reader(path: str, raw: bytes, hide: Callable[[str], str]) -> Document:
        text, warnings = decoded(raw)
        return replace(read(path, hide(text)), warnings=warnings)

    return reader


def decoded(raw: bytes) -> tuple[str, tuple[str, ...]]:
    """UTF-8 text with plain line ends, and what the owner should know of bytes that aren't."""
    text = raw.decode("utf-8", errors="replace")
    warnings = []
    if "\ufffd" in text and b"\xef\xbf\xbd" not in raw:
        line = text.count("\n", 0, text.index("\ufffd")) + 1
        warnings.append(f"line {line}: bytes that aren't UTF-8. Save the file as UTF-8 to have them read.")
    return text.replace("\r\n", "\n").replace("\r", "\n"), tuple(warnings)
