"""HTML pages, through lxml: what a visitor sees of them."""

from __future__ import annotations

import re
from collections.abc import Callable

import lxml.html
from lxml import etree

from ask_debbie.corpus.document import Document
from ask_debbie.corpus.readers.decode import unpacked_text
from ask_debbie.corpus.readers.document_writer import DocumentWriter
from ask_debbie.corpus.readers.html_looks import Look, Looks
from ask_debbie.corpus.readers.line_builder import LineBuilder
from ask_debbie.corpus.readers.marked_line import hidden_warning, linked
from ask_debbie.corpus.readers.outline import write_outline
from ask_debbie.errors import DocumentError

_LARGEST = 10_000_000
_SKIPPED = set(
    "head script style template noscript svg math object iframe canvas audio video nav button form select textarea".split()
)
_BLOCKS = set(
    "address article aside blockquote body dd details div dl dt fieldset figcaption figure footer header hr "
    "html li main ol p pre section summary table tbody thead tfoot tr ul h1 h2 h3 h4 h5 h6 td th center".split()
)
_ASIDE = re.compile(r"date|time|period|year|right|location|place|float", re.IGNORECASE)
_DEEPEST = 200
_ATTRIBUTES = 1_000  # of one tag: libxml2 takes time with their square


def read_html(path: str, raw: bytes, hide: Callable[[str], str]) -> Document:
    """The lines of a page that are seen, each with its paragraph's number."""
    text = unpacked_text(raw, _LARGEST)
    if any(_has_many_attributes(tag[0]) for tag in re.finditer(r"<[a-zA-Z][^<>]{20000,}", text)):
        raise DocumentError("a tag in it has far more attributes than a page's have")
    try:
        page = lxml.html.document_fromstring(text.encode("utf-8", "replace"), parser=_parser())
    except (etree.LxmlError, ValueError, AssertionError):
        raise DocumentError("it holds no HTML page. Save the page from the browser again") from None
    builder = LineBuilder()
    _Page(page, builder).read(page, Look(), 0)
    builder.end()
    writer = DocumentWriter()
    writer.warnings += hidden_warning(builder.hidden)
    write_outline(builder.lines, writer)
    return writer.document(path, hide)


def _has_many_attributes(tag: str) -> bool:
    bare = re.sub(r"\"[^\"]*\"|'[^']*'", "", tag)
    return bare.count("=") > _ATTRIBUTES or len(bare.split()) > _ATTRIBUTES


def _parser() -> lxml.html.HTMLParser:
    return lxml.html.HTMLParser(encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True)


class _Page:
    """Goes through a page once."""

    def __init__(self, page: lxml.html.HtmlElement, to: LineBuilder) -> None:
        self._looks = Looks(page)
        self._to = to

    def read(self, element: lxml.html.HtmlElement, above: Look, depth: int) -> None:
        if not isinstance(element.tag, str) or element.tag in _SKIPPED:
            return
        if depth > _DEEPEST:
            raise DocumentError("its elements are nested too deeply to be a resume")
        look = self._looks.of(element, above)
        if look.gone:
            self._to.hidden.append(" ".join(element.text_content().split()))
            return
        tag = element.tag
        if tag in _BLOCKS or tag == "br":
            self._to.end()
        elif _ASIDE.search(element.get("class", "")):
            self._to.part()
        if tag == "li":
            self._to.bullet = True
        start = len(self._to.lines)
        if tag == "a" and element.get("href"):
            self._text(linked(element.text_content(), element.get("href", "")), look)
        else:
            self._inside(element, look, depth)
        if tag == "tr":
            self._to.row(start)
        elif tag in _BLOCKS:
            self._to.end(int(tag[1]) if re.fullmatch(r"h[1-6]", tag) else 0)
        if tag == "li":
            self._to.bullet = False

    def _inside(self, element: lxml.html.HtmlElement, look: Look, depth: int) -> None:
        self._text(element.text, look)
        for child in element:
            self.read(child, look, depth + 1)
            self._text(child.tail, look)

    def _text(self, text: str | None, look: Look) -> None:
        if not text:
            return
        if look.hidden:
            self._to.hidden.append(text)
        else:
            self._to.add(re.sub(r"\s+", " ", text), bold=look.bold)
