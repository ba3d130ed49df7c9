"""PDFs drawn for one test."""

from __future__ import annotations

import io
from collections.abc import Callable

from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

Draw = Callable[[Canvas], None]


def drawn(*pages: Draw, encrypt: str | None = None) -> bytes:
    """A PDF whose pages are drawn by functions, each on an A4 page with the origin at its lower left."""
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=A4, encrypt=encrypt, invariant=True)
    for page in pages:
        page(canvas)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def lines(canvas: Canvas, *texts: str, top: float = 780, left: float = 60, size: float = 11) -> None:
    """Lines of text from the top of the page, with a blank line's height between paragraphs."""
    canvas.setFont("Helvetica", size)
    for number, text in enumerate(texts):
        canvas.drawString(left, top - number * size * 2, text)
