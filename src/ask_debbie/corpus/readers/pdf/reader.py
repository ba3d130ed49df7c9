"""The main path: a PDF's bytes to a Document."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from ask_debbie.corpus.document import Document, Facsimile
from ask_debbie.corpus.readers.document_writer import DocumentWriter
from ask_debbie.corpus.readers.pdf.columns import reading_order
from ask_debbie.corpus.readers.pdf.entries import Written, blocks_of
from ask_debbie.corpus.readers.pdf.items import Item, text_of
from ask_debbie.corpus.readers.pdf.lines import SIDEWAYS, rows_of
from ask_debbie.corpus.readers.pdf.links import with_links
from ask_debbie.corpus.readers.pdf.paragraphs import items_of
from ask_debbie.corpus.readers.pdf.places import covered_in, left_out, write
from ask_debbie.corpus.readers.pdf.process import RawFile, read_file
from ask_debbie.corpus.readers.pdf.running import without_running_heads
from ask_debbie.corpus.readers.pdf.sections import body_of, sections_of
from ask_debbie.errors import DocumentError

_SHOWN = 60  # characters of a hidden text that a warning quotes


def read_pdf(path: str, raw: bytes, hide: Callable[[str], str]) -> Document:
    """The text of a PDF as a person reads it, with the place of each line on its page.

    Raises:
        DocumentError: it is empty, damaged, locked, too large, holds a script, or has no text that can be seen.
    """
    file = read_file(raw)
    if file.scripts:
        raise DocumentError(
            "there is a script in it, which no resume needs: print it into a new PDF, and put that in its place"
        )
    if not any(char.seen and not char.text.isspace() for page in file.pages for char in page.chars):
        raise DocumentError(_nothing_to_read(file))
    pages = [reading_order(rows_of(page, number)) for number, page in enumerate(file.pages)]
    kept, dropped = without_running_heads(pages, [page.height for page in file.pages])
    sizes = tuple((page.width, page.height) for page in file.pages)
    writer = DocumentWriter()
    for block in with_links(list(_blocks(items_of(kept))), file):
        write(writer, block, sizes)
    writer.warnings += _warnings(file)
    document = writer.document(path, hide)
    others = [[char for cell in line.cells for char in cell.chars] for line in dropped]
    others += [
        [char for char in page.chars if char.style & SIDEWAYS or char.text.isspace()] for page in file.pages
    ]
    covered = (*covered_in(document, writer.text), *left_out(others, hide, sizes))
    return Document(
        document.path,
        document.text,
        document.blocks,
        document.places,
        document.warnings,
        Facsimile(raw, sizes, covered),
    )


def _blocks(items: Sequence[Item]) -> Iterator[Written]:
    body = body_of(items)
    for section in sections_of(items):
        yield from blocks_of(section, body)


def _nothing_to_read(file: RawFile) -> str:
    if any(char.text.strip() for page in file.pages for char in page.chars):
        return (
            "none of its text can be seen on its pages (a scan with a hidden text, or text in the paper's colour): "
            "export it from the program in which it was written, or save its text as DOCX, Markdown or plain text"
        )
    return (
        "there is no text in it, as in a scan: export it from the program in which it was written, or save its text "
        "as DOCX, Markdown or plain text"
    )


def _warnings(file: RawFile) -> Iterator[str]:
    for number, page in enumerate(file.pages, 1):
        unseen = " ".join(
            text_of(char for char in page.chars if not char.seen or char.text.isspace()).split()
        )
        if any(not char.seen for char in page.chars) and unseen:
            short = unseen if len(unseen) <= _SHOWN else f"{unseen[:_SHOWN].rstrip()}…"
            yield (
                f"page {number}: text that nobody can see (white, tiny, covered or off the page) was left out: "
                f"“{short}”. Remove it, or make it readable."
            )
        if any(char.style & SIDEWAYS and char.seen and char.text.strip() for char in page.chars):
            yield f"page {number}: text that stands sideways was left out. Set it upright to have it read."
        letters = [char for char in page.chars if char.seen and char.text.strip()]
        if sum(char.text == "\ufffd" for char in letters) > 0.05 * len(letters):
            yield f"page {number}: letters without a meaning in the file. Export it again, with its fonts embedded."
