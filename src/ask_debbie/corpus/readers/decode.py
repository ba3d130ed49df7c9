"""Bytes to text, for the formats that are text."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from ask_debbie.corpus.document import Document
from ask_debbie.errors import DocumentError

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


def unpacked_text(raw: bytes, most: int = 2_000_000) -> str:
    """The text of a file of data or markup: by its byte order mark, as it says, as UTF-8, as Windows writes it.

    Raises:
        DocumentError: it is longer than ``most`` bytes.
    """
    if len(raw) > most:
        raise DocumentError(
            f"it is larger than {most / 1_000_000:g} MB. Keep the resume itself and try again"
        )
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        return raw.decode("utf-16", errors="replace")
    said = re.search(rb"<meta[^>]{0,80}charset=[\"']?([\w-]+)", raw[:2048], re.IGNORECASE)
    for encoding in ("utf-8-sig", said[1].decode() if said else "windows-1252"):
        try:
            return raw.decode(encoding)
        except (UnicodeDecodeError, LookupError):
            continue
    return raw.decode("windows-1252", errors="replace")
