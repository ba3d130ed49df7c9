"""Files that are zip archives, opened with a bound on what they may unpack to."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager

from ask_debbie.errors import DocumentError

_PARTS = 5_000
_PART_BYTES = 20_000_000
_XML_BYTES = 20_000_000
_ALL_BYTES = 200_000_000


# All that zipfile raises where bytes aren't what they should be.
UNREADABLE = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    EOFError,
    NotImplementedError,
    OSError,
    OverflowError,
    RuntimeError,
    ValueError,
)
DAMAGED = "it is damaged, or no file of its kind at all. Save or download it again"


@contextmanager
def opened_archive(raw: bytes) -> Iterator[zipfile.ZipFile]:
    """A zip archive.

    Raises:
        DocumentError: it is damaged, protected by a password, or unpacks to far too much; also where any of
            that shows only while it is read.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as archive:
            parts = archive.infolist()
            xml = sum(p.file_size for p in parts if p.filename.lower().endswith((".xml", ".rels")))
            everything = sum(part.file_size for part in parts)
            if len(parts) > _PARTS or xml > _XML_BYTES or everything > _ALL_BYTES:
                raise DocumentError("it unpacks to far more than a resume holds, and is not opened")
            if any(part.flag_bits & 1 for part in parts):
                raise DocumentError("it is protected by a password. Save it without one and try again")
            yield archive
    except UNREADABLE:
        raise DocumentError(DAMAGED) from None


def part_of(archive: zipfile.ZipFile, name: str) -> bytes:
    """One unpacked file.

    Raises:
        DocumentError: it is larger than any part of a resume.
    """
    part = archive.getinfo(name)
    if part.file_size > _PART_BYTES:
        raise DocumentError(f"{name} in it unpacks to far more than a resume holds, and is not opened")
    return archive.read(part)
