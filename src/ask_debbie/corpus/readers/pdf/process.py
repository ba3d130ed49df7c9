"""What the process with PDFium in it says of a file, or why it says nothing."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Sequence
from functools import lru_cache
from typing import Any, NamedTuple

from ask_debbie.errors import DocumentError

MOST_BYTES = 25_000_000
MOST_PAGES = 100
MOST_CHARACTERS = 150_000
SECONDS = 6  # of a processor's time
_PATIENCE = 60.0  # seconds on the clock: a machine may be busy with other things
MEMORY = 1_000_000_000  # bytes of address space
_CHILD = "ask_debbie.corpus.readers.pdf.pdfium_child"
_AGAIN = "export it again, or save it as DOCX, Markdown or plain text"
_TOO_LONG = f"it takes more than {SECONDS} seconds to read: {_AGAIN}"
_OUT_OF_TIME = 24  # SIGXCPU, which Windows doesn't have: there the clock decides


class Char(NamedTuple):
    """A character in points from the page's top left corner.

    Attributes:
        base: the y of its baseline.
        style: bits: 1 bold, 2 italic, 4 sideways, 8 of a font of symbols.
        seen: 0 where nobody who looks at the page can see it.
        colour: as 0xRRGGBB.
        page: from 0.
    """

    text: str
    x0: float
    y0: float
    x1: float
    y1: float
    base: float
    size: float
    style: int
    seen: int
    colour: int
    page: int


class Link(NamedTuple):
    """An address, and the box that leads to it."""

    address: str
    x0: float
    y0: float
    x1: float
    y1: float


class RawPage(NamedTuple):
    """What stands on a page, in the file's own order."""

    width: float
    height: float
    chars: tuple[Char, ...]
    links: tuple[Link, ...]


class RawFile(NamedTuple):
    """A PDF as PDFium sees it."""

    pages: tuple[RawPage, ...]
    scripts: bool


@lru_cache(maxsize=4)
def read_file(raw: bytes) -> RawFile:
    """Every character of a PDF.

    Raises:
        DocumentError: it can't be read, or only at a price that no resume is worth.
    """
    if not raw.strip():
        raise DocumentError(f"it is empty: {_AGAIN}")
    said = _run({"do": "read", "characters": MOST_CHARACTERS}, raw)
    try:
        result: dict[str, Any] = json.loads(said)
    except ValueError:
        raise DocumentError(f"it is damaged: {_AGAIN}") from None
    return RawFile(
        tuple(
            RawPage(
                page["width"],
                page["height"],
                tuple(Char._make((*char, number)) for char in page["chars"]),
                tuple(Link(*link) for link in page["links"]),
            )
            for number, page in enumerate(result["pages"])
        ),
        result["scripts"],
    )


def draw_page(
    raw: bytes, page: int, width: int, covers: Sequence[tuple[float, float, float, float]]
) -> bytes:
    """A page as a picture, PNG or WebP, with boxes (in fractions of the page) painted over.

    Args:
        colour: as 0xRRGGBB.
        page: from 0.
        width: of the picture, in pixels, unless that makes it too high.

    Raises:
        DocumentError: it can't be drawn.
    """
    return _run({"do": "page", "page": page, "width": width, "covers": [list(box) for box in covers]}, raw)


def _run(task: dict[str, Any], raw: bytes) -> bytes:
    if len(raw) > MOST_BYTES:
        raise DocumentError(
            f"it is larger than {MOST_BYTES // 1_000_000} MB: export it with smaller pictures"
        )
    order = json.dumps({**task, "pages": MOST_PAGES, "memory": MEMORY, "seconds": SECONDS}).encode() + b"\n"
    quiet = {
        **os.environ,
        "OPENBLAS_NUM_THREADS": "1",
        "OMP_NUM_THREADS": "1",
        "PYTHONPATH": os.pathsep.join(path for path in sys.path if path),
    }
    try:
        done = subprocess.run(  # noqa: S603 - our own file, and no shell
            [sys.executable, "-P", "-m", _CHILD],
            input=order + raw,
            capture_output=True,
            timeout=_PATIENCE,
            env=quiet,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise DocumentError(_TOO_LONG) from None
    if done.returncode == -_OUT_OF_TIME:
        raise DocumentError(_TOO_LONG)
    if done.returncode:
        swollen = b"MemoryError" in done.stderr or b"Unable to allocate" in done.stderr
        cause = f"it takes more than {MEMORY // 10**9} GB of memory" if swollen else "it is damaged"
        raise DocumentError(f"{cause}: {_AGAIN}")
    _refuse(done.stdout)
    return done.stdout


def _refuse(said: bytes) -> None:
    if not said.startswith(b'{"error"'):
        return
    result = json.loads(said)
    match result["error"]:
        case "password":
            raise DocumentError("it is protected by a password: save a copy without one")
        case "pages":
            pages = f"{result['count']:,} pages, more than the {MOST_PAGES} that are read"
            raise DocumentError(f"it has {pages}: put the pages about you in a file of their own")
        case "characters":
            most = f"{MOST_CHARACTERS:,}"
            raise DocumentError(
                f"it has more than {most} characters: put the pages about you in a file of their own"
            )
        case _:
            raise DocumentError(f"it is damaged, or no PDF: {_AGAIN}")
