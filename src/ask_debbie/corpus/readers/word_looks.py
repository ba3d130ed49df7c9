"""How a Word paragraph or run looks, by its own properties and its styles'."""

from __future__ import annotations

import re
from collections.abc import Iterator

from docx.document import Document as WordFile
from docx.oxml.ns import qn
from lxml.etree import _Element as Element

_TINY = 4  # half-points: 2 pt
_OFF = {"0", "false", "off", "none"}


class Looks:
    """Properties of runs and paragraphs, as a document's styles give them."""

    def __init__(self, word: WordFile) -> None:
        self._styles = {
            style.get(qn("w:styleId"), ""): style for style in word.styles.element.iterchildren(qn("w:style"))
        }

    def level(self, paragraph: Element) -> int:
        """A heading's depth: 1 for a title, 2 for the outermost heading; 0 for the rest."""
        for properties in self._of_paragraph(paragraph):
            outline = properties.find(qn("w:outlineLvl"))
            if outline is not None and value(outline).isdigit() and int(value(outline)) < 9:
                return int(value(outline)) + 2
        for style in self._chain(_style_of(paragraph, "w:pPr", "w:pStyle")):
            name = style.find(qn("w:name"))
            title = value(name).lower() if name is not None else ""
            if title == "title":
                return 1
            if heading := re.fullmatch(r"heading ([1-6])", title):
                return int(heading[1]) + 1
        return 0

    def is_bullet(self, paragraph: Element) -> bool:
        for properties in self._of_paragraph(paragraph):
            number = properties.find(f"{qn('w:numPr')}/{qn('w:numId')}")
            if number is not None:
                return value(number) != "0"
        return False

    def is_bold(self, run: Element, paragraph: Element) -> bool:
        bold = self._first(run, paragraph, "w:b")
        return bold is not None and value(bold) not in _OFF

    def is_hidden(self, run: Element, paragraph: Element) -> bool:
        """Whether nobody sees a run: hidden, in type of 2 points at most, or white on white."""
        vanish = self._first(run, paragraph, "w:vanish")
        if vanish is not None and value(vanish) not in _OFF:
            return True
        size = self._first(run, paragraph, "w:sz")
        if size is not None and value(size).isdigit() and int(value(size)) <= _TINY:
            return True
        colour = self._first(run, paragraph, "w:color")
        return colour is not None and _is_white(value(colour)) and not self._is_on_colour(run, paragraph)

    def _is_on_colour(self, run: Element, paragraph: Element) -> bool:
        if self._first(run, paragraph, "w:highlight") is not None:
            return True
        shades = [self._first(run, paragraph, "w:shd")]
        shades += [properties.find(qn("w:shd")) for properties in self._of_paragraph(paragraph)]
        for above in paragraph.iterancestors():
            if above.tag == qn("w:tc"):
                shades += list(above.iterfind(f"{qn('w:tcPr')}/{qn('w:shd')}"))
            elif above.tag == qn("w:tbl"):
                return True if above.find(f"{qn('w:tblPr')}/{qn('w:tblStyle')}") is not None else _any(shades)
            elif isinstance(above.tag, str) and above.tag.endswith(("}wsp", "}rect", "}shape", "}roundrect")):
                return True  # a text box may be filled in many ways
        return _any(shades) or paragraph.getroottree().getroot().find(qn("w:background")) is not None

    def _first(self, run: Element, paragraph: Element, tag: str) -> Element | None:
        own = run.find(qn("w:rPr"))
        places = [own] if own is not None else []
        for style_id in (_style_of(run, "w:rPr", "w:rStyle"), _style_of(paragraph, "w:pPr", "w:pStyle")):
            places += [p for s in self._chain(style_id) if (p := s.find(qn("w:rPr"))) is not None]
        return next((found for place in places if (found := place.find(qn(tag))) is not None), None)

    def _of_paragraph(self, paragraph: Element) -> Iterator[Element]:
        own = paragraph.find(qn("w:pPr"))
        if own is not None:
            yield own
        for style in self._chain(_style_of(paragraph, "w:pPr", "w:pStyle")):
            properties = style.find(qn("w:pPr"))
            if properties is not None:
                yield properties

    def _chain(self, style_id: str) -> Iterator[Element]:
        """A style and those that it is based on; each once, as a damaged file may turn in a circle."""
        seen = set()
        while style_id in self._styles and style_id not in seen:
            seen.add(style_id)
            yield self._styles[style_id]
            base = self._styles[style_id].find(qn("w:basedOn"))
            style_id = value(base) if base is not None else ""


def value(element: Element) -> str:
    return element.get(qn("w:val"), "")


def _style_of(element: Element, properties: str, tag: str) -> str:
    style = element.find(f"{qn(properties)}/{qn(tag)}")
    return value(style) if style is not None else ""


def _is_white(colour: str) -> bool:
    return bool(re.fullmatch(r"(?:[fF][a-fA-F0-9]){3}", colour))


def _any(shades: list[Element | None]) -> bool:
    fills = [shade.get(qn("w:fill"), "auto") for shade in shades if shade is not None]
    return any(fill != "auto" and not _is_white(fill) for fill in fills)
