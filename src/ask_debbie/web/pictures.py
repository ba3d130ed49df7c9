"""Pages of a PDF as pictures, with what an answer cites marked on them and what is private painted over."""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Sequence
from functools import lru_cache
from html import escape
from urllib.parse import quote

from fastapi import APIRouter, HTTPException
from fastapi.responses import Response

from ask_debbie.corpus.document import Box, Document, Facsimile
from ask_debbie.corpus.readers.pdf import draw_page
from ask_debbie.errors import DocumentError
from ask_debbie.web.desk import Desk
from ask_debbie.web.render import Mark, render_document

WIDTH = 1240  # pixels: sharp at the panel's widest on a screen of two pixels a point
_KEPT = 40  # pictures, of up to some 300 kB
_MARGIN = 0.12  # of a line's height, around what is marked
_one_at_a_time = threading.Lock()


def picture_routes(desk: Desk) -> APIRouter:
    """`/pages/NUMBER/PATH`: a page of a document, from 1, as PNG or WebP."""
    router = APIRouter(include_in_schema=False)

    @router.get("/pages/{number}/{path:path}", response_class=Response)
    def read_page(number: int, path: str) -> Response:
        document = desk.assistant.documents.get(path)
        facsimile = document.facsimile if document else None
        if facsimile is None or not 1 <= number <= len(facsimile.pages):
            raise HTTPException(404, "No such page")
        try:
            with _one_at_a_time:
                picture = _draw(facsimile, number)
        except DocumentError:
            raise HTTPException(404, "This page can't be shown") from None
        kind = "image/png" if picture.startswith(b"\x89PNG") else "image/webp"
        return Response(picture, media_type=kind, headers={"Cache-Control": "private, max-age=86400"})

    return router


@lru_cache(maxsize=_KEPT)
def _draw(facsimile: Facsimile, number: int) -> bytes:
    covers = [box[1:] for box in facsimile.covered if box.page == number]
    return draw_page(facsimile.raw, number - 1, WIDTH, covers)


def render_pages(document: Document, marks: Sequence[Mark] = (), home: str = "") -> str:
    """The pages as pictures, with a ``<i class="spot" data-markers="1 2">`` over each line of a marked span.

    Args:
        home: the way from the page that shows them to the site's root, such as ``../``.
    """
    facsimile = document.facsimile
    if facsimile is None:
        return ""
    version = _version(facsimile)
    spots: dict[int, list[str]] = {}
    for box, markers in _boxes(document, marks).items():
        spots.setdefault(box.page, []).append(_spot(box, markers))
    return "".join(
        f'<div class="sheet" style="aspect-ratio:{width:.1f}/{height:.1f}">'
        f'<img src="{escape(home)}pages/{number}/{escape(quote(document.path))}?v={version}" alt="" loading="lazy">'
        f"{''.join(spots.get(number, ()))}</div>"
        for number, (width, height) in enumerate(facsimile.pages, 1)
    )


def render_source(document: Document, marks: Sequence[Mark] = (), home: str = "") -> str:
    """A document for the panel of sources: its text, and before it the pictures of its pages if it has such.

    Whoever sees is shown one of the two; whoever listens has the text.
    """
    text = render_document(document, marks)
    if document.facsimile is None:
        return text
    pages = render_pages(document, marks, home)
    return f'<div class="sheets" aria-hidden="true">{pages}</div><div class="words">{text}</div>'


def _boxes(document: Document, marks: Sequence[Mark]) -> dict[Box, list[int]]:
    boxes: dict[Box, list[int]] = {}
    for mark in sorted(marks):
        for box in document.boxes(mark.start, mark.end):
            boxes.setdefault(box, []).append(mark.marker)
    return boxes


def _spot(box: Box, markers: Sequence[int]) -> str:
    margin = (box.bottom - box.top) * _MARGIN
    place = {
        "left": box.left - margin,
        "top": box.top - margin,
        "width": box.right - box.left + 2 * margin,
        "height": box.bottom - box.top + 2 * margin,
    }
    style = ";".join(f"{name}:{100 * value:.2f}%" for name, value in place.items())
    return f'<i class="spot" data-markers="{" ".join(map(str, sorted(set(markers))))}" style="{style}"></i>'


@lru_cache(maxsize=_KEPT)
def _version(facsimile: Facsimile) -> str:
    """Changes with the file and with what is private in it, so that browsers may keep the pictures."""
    digest = hashlib.sha256(facsimile.raw)
    digest.update(repr(facsimile.covered).encode())
    return digest.hexdigest()[:12]
