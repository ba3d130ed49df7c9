"""Word's .docx, through python-docx: body, tables, text boxes, headers and footers."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator

import docx
from docx.document import Document as WordFile
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.exceptions import OpcError
from docx.opc.part import Part
from docx.oxml.ns import qn
from lxml import etree

from ask_debbie.corpus.document import Document
from ask_debbie.corpus.readers.archive import UNREADABLE, opened_archive
from ask_debbie.corpus.readers.document_writer import TOO_MUCH, DocumentWriter
from ask_debbie.corpus.readers.marked_line import MOST_LINES, Line, hidden_warning, linked
from ask_debbie.corpus.readers.outline import write_outline
from ask_debbie.corpus.readers.word_looks import Looks
from ask_debbie.errors import DocumentError

_OLD_WORD = b"\xd0\xcf\x11\xe0"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_SKIPPED = {_FALLBACK, qn("w:del"), qn("w:moveFrom"), qn("w:instrText"), qn("w:rPr"), qn("w:pPr")}
_SHORT_CELL = 100


def read_docx(path: str, raw: bytes, hide: Callable[[str], str]) -> Document:
    """The lines of a .docx file that a reader of it sees, each with its paragraph's number."""
    if raw.startswith(_OLD_WORD):
        raise DocumentError(
            "it is protected by a password, or in Word's old format. Save it as .docx without a password"
        )
    with opened_archive(raw):
        try:
            lines, hidden = _Walk(docx.Document(io.BytesIO(raw))).lines()
        except (OpcError, etree.LxmlError, KeyError, AttributeError, TypeError, IndexError, *UNREADABLE):
            raise DocumentError("it isn't a whole Word document. Open it in Word and save it again") from None
    writer = DocumentWriter()
    writer.warnings += hidden_warning(hidden)
    write_outline(lines, writer)
    return writer.document(path, hide)


class _Walk:
    """Goes through a document once and gathers its lines."""

    def __init__(self, word: WordFile) -> None:
        self._word = word
        self._looks = Looks(word)
        self._lines: list[Line] = []
        self._hidden: list[str] = []
        self._count = 0
        self._gap = False

    def lines(self) -> tuple[list[Line], list[str]]:
        """All lines, and all hidden text."""
        header = self._beside(RELATIONSHIP_TYPE.HEADER, "header")
        footer = self._beside(RELATIONSHIP_TYPE.FOOTER, "footer")
        self._blocks(self._word.element.body, self._word.part, "")
        body, self._lines = self._lines, []
        # The body's first line is the name, unless the header has it.
        top = 0 if header else 1
        return [*header, *body[:top], *footer, *body[top:]], self._hidden

    def _beside(self, kind: str, where: str) -> list[Line]:
        """The lines of all headers or footers, each once, without page numbers."""
        for relation in self._word.part.rels.values():
            if relation.reltype == kind and not relation.is_external:
                element = getattr(relation.target_part, "element", None)
                if element is not None:
                    self._blocks(element, relation.target_part, where)
        found, self._lines, self._count = list(dict.fromkeys(self._lines)), [], 0
        return found

    def _blocks(self, parent: etree._Element, part: Part, where: str) -> None:
        for child in parent:
            if child.tag == qn("w:p"):
                self._paragraph(child, part, where)
            elif child.tag == qn("w:tr"):
                self._row(child, part, where)
            elif isinstance(child.tag, str) and child.tag not in _SKIPPED:
                self._blocks(child, part, where)

    def _paragraph(self, paragraph: etree._Element, part: Part, where: str) -> None:
        bold: list[bool] = []
        text = "".join(self._text(paragraph, paragraph, part, bold))
        if text.strip() and not (where and _is_page_number(paragraph)):
            self._count += 1
            if len(self._lines) >= MOST_LINES:
                raise DocumentError(TOO_MUCH)
            for piece in text.split("\n"):
                self._lines.append(
                    Line(
                        piece.strip(" \t"),
                        where or f"paragraph {self._count}",
                        level=self._looks.level(paragraph),
                        bullet=self._looks.is_bullet(paragraph),
                        strong=bool(bold) and all(bold),
                        apart=self._gap,
                    )
                )
                self._gap = False
        else:
            self._gap = True
        for box in paragraph.iter(qn("w:txbxContent")):
            above = list(box.iterancestors(_FALLBACK, qn("w:txbxContent")))
            if not above:
                self._blocks(box, part, where)

    def _row(self, row: etree._Element, part: Part, where: str) -> None:
        """A table's row: one line where each of its cells is, else cell after cell."""
        before, count = len(self._lines), self._count
        sizes = []
        for cell in row.iterchildren(qn("w:tc"), qn("w:sdt")):
            start = len(self._lines)
            self._blocks(cell, part, where)
            sizes.append(len(self._lines) - start)
        found = self._lines[before:]
        if len(found) > 1 and max(sizes) == 1 and all(len(line.text) < _SHORT_CELL for line in found):
            first = found[0]
            joined = "\t".join(line.text for line in found)
            place = first.where if where else f"paragraph {count + 1}"
            self._lines[before:] = [Line(joined, place, first.level, first.bullet, first.strong, first.apart)]

    def _text(
        self, element: etree._Element, paragraph: etree._Element, part: Part, bold: list[bool]
    ) -> Iterator[str]:
        """The text of a paragraph's runs; its links as they are shown."""
        for child in element:
            if child.tag in _SKIPPED or child.tag == qn("w:txbxContent") or not isinstance(child.tag, str):
                continue
            if child.tag == qn("w:r"):
                text = "".join(_run_text(child))
                if self._looks.is_hidden(child, paragraph):
                    self._hidden.append(text)
                elif text:
                    if text.strip():
                        bold.append(self._looks.is_bold(child, paragraph))
                    yield text
            elif child.tag == qn("w:hyperlink"):
                relation = part.rels.get(child.get(qn("r:id"), ""))
                url = relation.target_ref if relation is not None and relation.is_external else ""
                yield linked("".join(self._text(child, paragraph, part, bold)), url)
            else:
                yield from self._text(child, paragraph, part, bold)


def _run_text(run: etree._Element) -> Iterator[str]:
    for child in run:
        if child.tag == qn("w:t"):
            yield child.text or ""
        elif child.tag in {qn("w:tab"), qn("w:ptab")}:
            yield "\t"
        elif child.tag in {qn("w:br"), qn("w:cr")}:
            yield "\n"
        elif child.tag == qn("w:noBreakHyphen"):
            yield "-"


def _is_page_number(paragraph: etree._Element) -> bool:
    codes = [*(f.get(qn("w:instr"), "") for f in paragraph.iter(qn("w:fldSimple")))]
    codes += [code.text or "" for code in paragraph.iter(qn("w:instrText"))]
    return any("PAGE" in code for code in codes)
