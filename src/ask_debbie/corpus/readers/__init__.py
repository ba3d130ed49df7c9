"""Files in, Documents out: one reader a format.

A reader takes a path inside the corpus, the file's bytes and what hides private text, and gives a Document
whose blocks are spans of its text. A new format is a new module with such a function and a line in
``READERS``; formats that are no text are written out with a DocumentWriter.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import PurePosixPath

from ask_debbie.corpus.document import Document
from ask_debbie.corpus.readers.data import read_json, read_yaml
from ask_debbie.corpus.readers.decode import from_text
from ask_debbie.corpus.readers.html import read_html
from ask_debbie.corpus.readers.latex import read_latex
from ask_debbie.corpus.readers.linkedin import read_linkedin
from ask_debbie.corpus.readers.markdown import read_markdown
from ask_debbie.corpus.readers.pdf import read_pdf
from ask_debbie.corpus.readers.plain import read_plain
from ask_debbie.corpus.readers.word import read_docx
from ask_debbie.errors import DocumentError

Hide = Callable[[str], str]
Reader = Callable[[str, bytes, Hide], Document]

READERS: dict[str, Reader] = {
    ".md": from_text(read_markdown),
    ".markdown": from_text(read_markdown),
    ".txt": from_text(read_plain),
    ".pdf": read_pdf,
    ".docx": read_docx,
    ".html": read_html,
    ".htm": read_html,
    ".tex": read_latex,
    ".json": read_json,
    ".yaml": read_yaml,
    ".yml": read_yaml,
    ".zip": read_linkedin,
}


def _nothing(text: str) -> str:
    return text


def read_document(path: str, raw: bytes, hide: Hide = _nothing) -> Document:
    """The document that a file's bytes hold.

    Args:
        path: the file's path inside the corpus, with forward slashes; its suffix names the format.
        hide: blanks private text at the same length, before anything else reads it.

    Raises:
        DocumentError: the format isn't read here, or the file isn't a good one of its format.
    """
    reader = READERS.get(PurePosixPath(path).suffix.lower())
    if reader is None:
        raise DocumentError(f"only {', '.join(READERS)} files are read")
    return reader(path, raw, hide)
