"""Files in, Documents out: one reader a format.

A reader takes a path inside the corpus and the file's text, and gives a Document whose blocks are spans of
its text. A new format is a new module with such a function and a line in ``READERS``.
"""

from __future__ import annotations

from collections.abc import Callable

from ask_debbie.corpus.document import Document
from ask_debbie.corpus.readers.markdown import read_markdown
from ask_debbie.corpus.readers.plain import read_plain

Reader = Callable[[str, str], Document]

READERS: dict[str, Reader] = {
    ".md": read_markdown,
    ".markdown": read_markdown,
    ".txt": read_plain,
}
