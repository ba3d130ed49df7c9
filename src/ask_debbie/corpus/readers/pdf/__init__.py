"""PDF: characters with their places and looks become lines, items, sections and entries.

PDFium reads the file in a process of its own. What nobody who looks at the page can see is left out, and said.
"""

from __future__ import annotations

from ask_debbie.corpus.readers.pdf.process import draw_page
from ask_debbie.corpus.readers.pdf.reader import read_pdf

__all__ = ["draw_page", "read_pdf"]
