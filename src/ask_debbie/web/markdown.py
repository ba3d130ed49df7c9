"""Markdown as blocks of visible text whose every run still knows where it is in the raw text.

The citations are spans of the raw text, so that a passage can be marked in its place only if hiding the
syntax (``#``, ``**``, the address of a link) loses no offsets. Hence this small reader in place of a library:
``text[run.start:run.end]`` is exactly what the reader of the page sees.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Literal

BlockKind = Literal["heading", "paragraph", "item", "quote", "code", "rule"]


@dataclass(frozen=True, slots=True)
class Run:
    """Visible text with one look: ``text[start:end]`` of the document."""

    start: int
    end: int
    strong: bool = False
    emphasis: bool = False
    code: bool = False
    link: str | None = None


@dataclass(frozen=True, slots=True)
class Block:
    """A heading (``level`` 1 to 6), a list item (``level`` is its depth from 0), or running text."""

    kind: BlockKind
    runs: tuple[Run, ...]
    level: int = 0
    label: str = ""  # the number of an ordered item, as written


_HEADING = re.compile(r" {0,3}(#{1,6})[ \t]+(.*?)(?:[ \t]+#+)?\s*")
_RULE = re.compile(r" {0,3}([-*_])[ \t]*(?:\1[ \t]*){2,}\s*")
_UNDERLINE = re.compile(r" {0,3}(=+|-+)\s*")
_ITEM = re.compile(r"([ \t]*)(?:[-*+•▪]|(\d{1,9}[.)]))[ \t]+(?=\S)")
_QUOTE = re.compile(r" {0,3}>[ \t]?")
_FENCE = re.compile(r" {0,3}(```+|~~~+)")
_INDENT = re.compile(r"[ \t]*")

_INLINE = re.compile(
    r"""
      \\(?P<escaped>[!-/:-@\[-`{-~])
    | (?P<ticks>`+)(?P<code>[^`]+)(?P=ticks)(?!`)
    | !?\[(?P<label>[^\[\]]*)\]\((?P<url>[^()\s]*)(?:\s+"[^"]*")?\)
    | <(?P<auto>(?:https?://|mailto:)[^<>\s]+)>
    | (?P<two>\*\*|(?<!\w)__)(?=\S)(?P<strong>.+?)(?<=\S)(?P=two)
    | (?P<one>\*|(?<!\w)_)(?=[^\s*_])(?P<emphasis>[^*_]*?[^\s*_])(?P=one)(?!\w)
    """,
    re.VERBOSE | re.DOTALL,
)

Piece = tuple[int, int]


def _inline(text: str, pieces: list[Piece]) -> tuple[Run, ...]:
    """Runs of a block whose visible lines are ``pieces``; syntax may span lines, prefixes are left out."""
    joined = "\n".join(text[start:end] for start, end in pieces)
    origin: list[int] = []
    for start, end in pieces:
        origin.extend(range(start, end + 1))
    runs: list[Run] = []
    for run in _styled(joined, 0, len(joined), Run(0, 0)):
        begin = run.start
        for at in range(run.start + 1, run.end + 1):
            if at == run.end or origin[at] != origin[at - 1] + 1:
                runs.append(replace(run, start=origin[begin], end=origin[at - 1] + 1))
                begin = at
    return tuple(runs)


def _styled(text: str, start: int, end: int, style: Run) -> Iterator[Run]:
    at = start
    while at < end and (match := _INLINE.search(text, at, end)):
        if match.start() > at:
            yield replace(style, start=at, end=match.start())
        group = match.lastgroup
        if group == "escaped" or group == "auto":
            inner = replace(style, link=match["auto"] or style.link)
            yield replace(inner, start=match.start(group), end=match.end(group))
        elif match["code"] is not None:
            yield replace(style, start=match.start("code"), end=match.end("code"), code=True)
        elif match["label"] is not None:
            is_image = match[0].startswith("!")
            inner = style if is_image else replace(style, link=match["url"])
            yield from _styled(text, match.start("label"), match.end("label"), inner)
        elif match["strong"] is not None:
            yield from _styled(text, match.start("strong"), match.end("strong"), replace(style, strong=True))
        else:
            inner = replace(style, emphasis=True)
            yield from _styled(text, match.start("emphasis"), match.end("emphasis"), inner)
        at = match.end()
    if at < end:
        yield replace(style, start=at, end=end)


def _lines(text: str) -> list[Piece]:
    lines, start = [], 0
    for line in text.split("\n"):
        lines.append((start, start + len(line)))
        start += len(line) + 1
    return lines


def plain_blocks(text: str) -> tuple[Block, ...]:
    """Blocks of a document that isn't Markdown: each line stands as it is."""
    return tuple(Block("paragraph", (Run(s, e),)) for s, e in _lines(text) if text[s:e].strip())


def markdown_blocks(text: str) -> tuple[Block, ...]:
    """Blocks of a Markdown document, in order. Nothing but syntax and blank lines is left out."""
    return tuple(_Reader(text).read())


class _Reader:
    """One pass over the lines; ``self.open`` gathers the lines of the block that is being read."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.open: list[Piece] = []
        self.kind: BlockKind = "paragraph"
        self.level = 0
        self.label = ""
        self.depths: list[int] = []

    def close(self) -> Iterator[Block]:
        if self.open:
            yield Block(self.kind, _inline(self.text, self.open), self.level, self.label)
        self.open, self.kind, self.level, self.label = [], "paragraph", 0, ""

    def read(self) -> Iterator[Block]:
        fence = ""
        for start, end in _lines(self.text):
            line = self.text[start:end]
            mark = _FENCE.match(line)
            if fence:
                if mark and mark[1].startswith(fence):
                    fence = ""
                else:
                    yield Block("code", (Run(start, end),) if line else ())
            elif mark:
                yield from self.close()
                fence = mark[1]
            elif not line.strip():
                yield from self.close()
            else:
                yield from self.line(start, end, line)
        yield from self.close()

    def line(self, start: int, end: int, line: str) -> Iterator[Block]:
        underline = _UNDERLINE.fullmatch(line)
        if underline and self.open and self.kind == "paragraph":
            self.kind, self.level = "heading", 1 if underline[1].startswith("=") else 2
            yield from self.close()
        elif heading := _HEADING.fullmatch(line):
            yield from self.close()
            self.depths = []
            piece = (start + heading.start(2), start + heading.end(2))
            yield Block("heading", _inline(self.text, [piece]), len(heading[1]))
        elif _RULE.fullmatch(line):
            yield from self.close()
            yield Block("rule", ())
        elif item := _ITEM.match(line):
            yield from self.close()
            self.kind, self.level, self.label = "item", self.depth(item[1]), item[2] or ""
            self.open = [(start + item.end(), end)]
        elif quote := _QUOTE.match(line):
            if self.kind != "quote":
                yield from self.close()
            self.kind = "quote"
            self.open.append((start + quote.end(), end))
        else:
            indent = _INDENT.match(line)
            if not self.open and not (indent and indent.end()):
                self.depths = []
            self.open.append((start + (indent.end() if indent else 0), end))

    def depth(self, indent: str) -> int:
        width = len(indent.expandtabs(4))
        while self.depths and self.depths[-1] > width:
            self.depths.pop()
        if not self.depths or self.depths[-1] < width:
            self.depths.append(width)
        return len(self.depths) - 1
