"""Markdown, through markdown-it (CommonMark with tables)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from markdown_it import MarkdownIt

from ask_debbie.corpus.dates import find_dates, find_ranges
from ask_debbie.corpus.document import Block, Document
from ask_debbie.corpus.readers.lines import Line, logical_lines, trimmed
from ask_debbie.corpus.readers.role_heads import with_role_heads

_PARSER = MarkdownIt("commonmark").enable("table")
_BULLET = re.compile(r"[ \t>]*(?:[-*+]|\d{1,9}[.)])[ \t]+")
_WHOLE_LINK = re.compile(r"\[([^\[\]]+)\]\([^()\s]*\)$")
_WHOLE_BOLD = re.compile(r"(\*\*|__)(?=\S)(.+?)(?<=\S)\1")
_READ = {"heading_open", "paragraph_open", "table_open", "fence", "html_block"}
_TAG = re.compile(r"<(?:script|style)\b.*?</(?:script|style)>|<[^<>]*>", re.DOTALL | re.IGNORECASE)
_TABLE_RULE = re.compile(r"[\s|:\-]+$")


def read_markdown(path: str, text: str) -> Document:
    """The blocks of a Markdown file. HTML comments and front matter are not read: nobody sees them."""
    parsed = _without_front_matter(text)
    starts = _line_starts(parsed)
    blocks: list[Block] = []
    level = 0
    in_item = 0
    for token in _PARSER.parse(parsed):
        if token.type == "list_item_open":
            in_item += 1
        elif token.type == "list_item_close":
            in_item -= 1
        if token.map is None or token.type not in _READ:
            continue
        start, end = starts[token.map[0]], starts[token.map[1]]
        if token.type == "heading_open":
            level = int(token.tag[1:])
            span = _heading_span(parsed, start, end)
            if span:
                blocks.append(Block("heading", *span, level))
        elif token.type == "html_block":
            blocks.extend(_between_tags(parsed, start, end))
        elif token.type == "table_open":
            blocks.extend(_rows(parsed, start, end))
        elif in_item:
            blocks.extend(_item(parsed, start, end))
        else:
            blocks.extend(_paragraph(parsed, start, end, level))
    return Document(path, text, tuple(with_role_heads(text, blocks, levels=True)))


def _without_front_matter(text: str) -> str:
    """Blank out, at the same length, what a Markdown page doesn't show: a byte order mark, front matter and
    comments."""
    blanked = text.replace("\ufeff", " ", 1) if text.startswith("\ufeff") else text
    for pattern in (r"\A---\n.*?\n(?:---|\.\.\.)[ \t]*(?:\n|\Z)", r"<!--.*?(?:-->|\Z)"):
        blanked = re.sub(pattern, lambda m: re.sub(r"[^\n]", " ", m[0]), blanked, flags=re.DOTALL)
    return blanked


def _line_starts(text: str) -> list[int]:
    starts = [0, *(match.end() for match in re.finditer(r"\r\n|\r|\n", text))]
    return [*starts, len(text)]


def _heading_span(text: str, start: int, end: int) -> tuple[int, int] | None:
    first = text[start:end].split("\n", 1)[0]
    hashes = re.match(r"[ \t>]*(?:[-*+][ \t]+)?#{1,6}(?=[ \t]|$)", first)
    begin = start + hashes.end() if hashes else start
    stop = start + len(first)
    closing = re.search(r"[ \t]+#+[ \t]*$", text[begin:stop])
    return trimmed(text, begin, begin + closing.start() if closing else stop)


def _rows(text: str, start: int, end: int) -> Iterator[Block]:
    position = start + len(text[start:end].split("\n", 1)[0]) + 1  # the header row names columns
    for raw in text[position:end].splitlines(keepends=True):
        span = trimmed(text, position, position + len(raw), "|")
        if span and not _TABLE_RULE.match(raw):
            yield Block("bullet", *span)
        position += len(raw)


def _between_tags(text: str, start: int, end: int) -> Iterator[Block]:
    """What a block of HTML shows: the pieces of text between its tags, each by itself."""
    edges = [match.span() for match in _TAG.finditer(text, start, end)]
    position = start
    for begin, after in [*edges, (end, end)]:
        for span in logical_lines(text, position, begin):
            if re.search(r"\w", text[slice(*span)]):
                yield Block("line", *span)
        position = after


def _item(text: str, start: int, end: int) -> Iterator[Block]:
    marker = _BULLET.match(text, start, end)
    span = trimmed(text, marker.end() if marker else start, end)
    if span:
        yield Block("bullet", *_inside_link(text, *span))


def _paragraph(text: str, start: int, end: int, level: int) -> Iterator[Block]:
    lines: list[Line] = list(logical_lines(text, start, end))
    for begin, stop in lines:
        bold = _WHOLE_BOLD.match(text, begin, stop)
        rest = text[bold.end() : stop] if bold else ""
        if (
            bold
            and not _is_date(bold[2])
            and not text[bold.start() + 2 : bold.end() - 2].endswith(":")
            and not rest.startswith(":")
        ):
            # A line that begins in bold, as resumes write a role: a heading in all but its mark.
            yield Block("heading", begin, stop, level + 1) if len(rest) < 80 else Block("line", begin, stop)
        else:
            yield Block("line", *_inside_link(text, begin, stop))


def _is_date(text: str) -> bool:
    return any(found.text == text.strip() for found in (*find_ranges(text), *find_dates(text)))


def _inside_link(text: str, start: int, end: int) -> tuple[int, int]:
    link = _WHOLE_LINK.match(text, start, end)
    return (link.start(1), link.end(1)) if link else (start, end)
