"""A document's HTML: all of it escaped, and each mark exactly where its span is."""

from __future__ import annotations

from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ask_debbie.corpus.document import Document
from ask_debbie.web.markdown import markdown_blocks, plain_blocks
from ask_debbie.web.render import Mark, document_title, render_document, safe_url, source_label
from tests.web.fakes import RESUME

ALLOWED = {"h3", "h4", "h5", "h6", "p", "ul", "ol", "li", "blockquote", "pre", "hr"}
ALLOWED |= {"code", "em", "strong", "mark", "a"}
ALLOWED_ATTRIBUTES = {"class", "value", "data-markers", "href", "target", "rel"}
SYNTAX = [
    "# ",
    "## ",
    "- ",
    "1. ",
    "> ",
    "**",
    "_",
    "*",
    "`",
    "```",
    "[",
    "](https://e.org)",
    "](javascript:1)",
    "\\",
]
HOSTILE = [
    "<script>",
    "</mark>",
    "<img src=x onerror=alert(1)>",
    "&lt;",
    '"',
    "'",
    "${x}",
    "{{x}}",
    "<!--",
    "\x00",
]
TEXTS = st.lists(
    st.sampled_from([*SYNTAX, *HOSTILE, "word ", "é", "\n", "\n\n", "  ", "\t", "\r\n"])
    | st.text(max_size=8),
    max_size=40,
).map("".join)


class Reading(HTMLParser):
    """What a browser would show: all text, and the text of each marker's marks."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.text = ""
        self.marked: dict[int, str] = {}
        self.links: list[str] = []
        self.current: list[int] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        assert tag in ALLOWED, tag
        assert set(given) <= ALLOWED_ATTRIBUTES, given
        if tag == "a":
            assert given["rel"] == "noopener noreferrer"
            self.links.append(given["href"] or "")
        if tag == "mark":
            self.current = [int(marker) for marker in (given["data-markers"] or "").split()]

    def handle_endtag(self, tag: str) -> None:
        if tag == "mark":
            self.current = []

    def handle_data(self, data: str) -> None:
        self.text += data
        for marker in self.current:
            self.marked[marker] = self.marked.get(marker, "") + data

    def handle_comment(self, data: str) -> None:
        raise AssertionError(f"a comment got through: {data}")

    def handle_decl(self, decl: str) -> None:
        raise AssertionError(f"a declaration got through: {decl}")


def visible(path: str, text: str, start: int, end: int) -> str:
    blocks = markdown_blocks(text) if path.endswith(".md") else plain_blocks(text)
    return "".join(
        text[max(run.start, start) : min(run.end, end)]
        for block in blocks
        for run in block.runs
        if run.start < end and run.end > start
    )


@given(text=TEXTS, data=st.data(), path=st.sampled_from(["a.md", "a.txt"]))
def test_marks_hold_the_visible_text_of_their_span(text: str, data: st.DataObject, path: str) -> None:
    spans = data.draw(st.lists(st.tuples(st.integers(0, len(text)), st.integers(0, len(text))), max_size=4))
    marks = [Mark(min(pair), max(pair), marker) for marker, pair in enumerate(spans, 1)]
    reading = Reading(render_document(Document(path, text), marks))
    for mark in marks:
        expected = visible(path, text, mark.start, mark.end)
        # Lines of code end with a newline that is the block's own.
        assert reading.marked.get(mark.marker, "") == expected
    assert all(link.startswith(("https://", "http://", "mailto:")) for link in reading.links)


@given(text=TEXTS)
def test_nothing_but_syntax_is_left_out(text: str) -> None:
    def letters(written: str) -> str:
        return "".join(character for character in written if character.isalnum())

    shown = "".join(text[run.start : run.end] for block in markdown_blocks(text) for run in block.runs)
    offsets = [(run.start, run.end) for block in markdown_blocks(text) for run in block.runs]
    assert offsets == sorted(offsets)
    assert all(start < end for start, end in offsets)
    if not any(sign in text for sign in ("](", "`", "~", "<http", "<mailto", "1")):
        assert letters(shown) == letters(text)


def test_marks_lie_in_their_place() -> None:
    start = RESUME.index("Leads the")
    end = RESUME.index("Trained") - 3
    html = render_document(Document("resume.md", RESUME), [Mark(start, end, 1)])
    link = '<a href="https://lafe.example/icu" target="_blank" rel="noopener noreferrer">'
    marked = '<mark data-markers="1">{}</mark>'.format
    assert (
        f'<li class="depth-0">{marked("Leads the ")}<em>{marked("night team")}</em>'
        f"{marked(' of six nurses in the ')}{link}{marked('intensive care unit')}</a>{marked('.')}</li>"
    ) in html


def test_overlapping_citations_share_their_marks() -> None:
    html = render_document(Document("a.md", "one two three"), [Mark(0, 7, 1), Mark(4, 13, 2)])
    assert html == (
        '<p><mark data-markers="1">one </mark><mark data-markers="1 2">two</mark>'
        '<mark data-markers="2"> three</mark></p>'
    )


@pytest.mark.parametrize(
    "payload",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "![x](https://evil.example/pixel.png)",
        "[x](javascript:alert(1))",
        "[x](  javascript:alert(1))",
        "[x](JaVaScRiPt:alert(1))",
        "[x](data:text/html;base64,PHNjcmlwdD4=)",
        "[x](vbscript:x)",
        '[x](https://e.org/"onmouseover="alert(1))',
        "<javascript:alert(1)>",
        "```html\n<script>alert(1)</script>\n```",
        "# <svg/onload=alert(1)>",
        "- <iframe src=//evil.example>",
        "| <b onclick=x> | y |",
        "<!-- <script> -->",
        "&lt;script&gt;",
    ],
)
def test_nothing_hostile_becomes_markup(payload: str) -> None:
    for path in ("a.md", "a.txt"):
        html = render_document(Document(path, payload), [Mark(0, len(payload), 1)])
        reading = Reading(html)
        assert "<script" not in html
        assert "<img" not in html
        assert [link for link in reading.links if "https://e.org" not in link] == []


@pytest.mark.parametrize(
    ("url", "safe"),
    [
        ("https://e.org/a?b=c", True),
        ("mailto:rosa@example.org", True),
        ("projects/a.md", False),
        ("//evil.example", False),
        ("java\nscript:x", False),
        ("https://[", False),
    ],
)
def test_only_web_and_mail_addresses_are_followed(url: str, safe: bool) -> None:
    assert (safe_url(url) is not None) == safe


def test_names_of_documents() -> None:
    assert source_label("resume.md", ("Experience", "La Fe")) == "resume › Experience › La Fe"
    assert document_title(Document("resume.md", "# Rosa Marín\n"), "Rosa Marín") == "Resume"
    assert document_title(Document("notes/ward-book.md", "no heading"), "Rosa") == "Ward book"
    assert document_title(Document("a.md", "# The **Ward** Book"), "Rosa") == "The Ward Book"
