"""Text written out for a format that is none: spans, places and private parts."""

from __future__ import annotations

from ask_debbie.corpus.document import Block, Place
from ask_debbie.corpus.readers.document_writer import DocumentWriter


def test_what_is_written_stands_where_its_block_says() -> None:
    writer = DocumentWriter()
    writer.heading("Harbour \t Trust", 2, "page 1")
    writer.line("\x00 \n")
    writer.bullet("Mapped\u00ad 14\nwrecks.", "page 2")
    document = writer.document("cv.pdf", str)

    assert [document.text[b.start : b.end] for b in document.blocks] == ["Harbour Trust", "Mapped 14 wrecks."]
    assert [document.text[p.start : p.end] for p in document.places] == ["Harbour Trust", "Mapped 14 wrecks."]
    assert [place.where for place in document.places] == ["page 1", "page 2"]


def test_private_text_is_in_no_block() -> None:
    writer = DocumentWriter()
    writer.line("Phone: 1234")
    writer.bullet("Sailed. 1234")
    document = writer.document("cv.pdf", lambda text: text.replace("Phone: 1234", "\u00a0" * 11))

    assert document.blocks == (Block("bullet", 12, 24),)
    assert document.places == ()


def test_a_place_is_kept_where_the_reader_names_one() -> None:
    writer = DocumentWriter()
    writer.line("Sailed.", "paragraph 3")
    assert writer.document("cv.docx", str).places == (Place(0, 7, "paragraph 3"),)
