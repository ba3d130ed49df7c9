"""A document as safe HTML, with the cited spans marked in their place.

Everything that comes from a document is escaped. The tags are this module's own, links go to http, https and
mailto only, and nothing is ever loaded: an image is shown as its description.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from html import escape
from itertools import pairwise
from pathlib import PurePosixPath
from typing import NamedTuple
from urllib.parse import urlsplit

from ask_debbie.corpus.document import Document
from ask_debbie.web.markdown import Block, BlockKind, Run, markdown_blocks, plain_blocks

SAFE_SCHEMES = frozenset({"http", "https", "mailto"})
MARKDOWN_SUFFIXES = frozenset({".md", ".markdown"})
TEXT_SUFFIXES = frozenset({".txt"})
_WRITTEN: dict[str, BlockKind] = {"heading": "heading", "bullet": "item", "line": "paragraph"}


class Mark(NamedTuple):
    """A span of the raw text that citation ``marker`` quotes."""

    start: int
    end: int
    marker: int


def document_label(path: str) -> str:
    """``projects/night-checklist.md`` as people would call it: ``night-checklist``."""
    return PurePosixPath(path).stem or path


def document_title(document: Document, name: str) -> str:
    """The document's own heading, or what its file is called where that is just the candidate's name."""
    for block in blocks_of(document):
        if block.kind == "heading" and block.level == 1:
            heading = "".join(document.text[run.start : run.end] for run in block.runs).strip()
            if heading and heading.casefold() != name.casefold():
                return heading
            break
    words = document_label(document.path).replace("-", " ").replace("_", " ")
    return words[:1].upper() + words[1:]


def source_label(path: str, breadcrumb: Sequence[str], place: str = "") -> str:
    """``resume › Rhine Aquarium › Aquarist, page 2``."""
    return " › ".join((document_label(path), *breadcrumb)) + (f", {place}" if place else "")


def blocks_of(document: Document) -> tuple[Block, ...]:
    """The document's blocks as a reader sees them."""
    if PurePosixPath(document.path).suffix.lower() in MARKDOWN_SUFFIXES | TEXT_SUFFIXES:
        return _blocks(document.path, document.text)
    return tuple(
        Block(_WRITTEN[block.kind], (Run(block.start, block.end),), block.level) for block in document.blocks
    )


@lru_cache(maxsize=64)
def _blocks(path: str, text: str) -> tuple[Block, ...]:
    is_markdown = PurePosixPath(path).suffix.lower() in MARKDOWN_SUFFIXES
    return markdown_blocks(text) if is_markdown else plain_blocks(text)


def render_document(document: Document, marks: Iterable[Mark] = ()) -> str:
    """The document as HTML; each part of a marked span is a ``<mark data-markers="1 2">``."""
    ordered = tuple(sorted(marks))
    parts: list[str] = []
    open_list = ""
    for block in blocks_of(document):
        wanted = ("ol" if block.label else "ul") if block.kind == "item" else ""
        if block.kind == "code":
            wanted = "pre"
        if wanted != open_list:
            parts.append(f"</{open_list}>" * bool(open_list) + f"<{wanted}>" * bool(wanted))
            open_list = wanted
        parts.append(_block(document.text, block, ordered))
    parts.append(f"</{open_list}>" * bool(open_list))
    return "".join(parts)


def _block(text: str, block: Block, marks: Sequence[Mark]) -> str:
    inner = "".join(_run(text, run, marks) for run in block.runs)
    match block.kind:
        case "heading":
            # The page has its own h1 and h2 above the document.
            level = min(block.level + 2, 6)
            return f'<h{level} class="level-{block.level}">{inner}</h{level}>'
        case "item":
            number = block.label.rstrip(".)")
            value = f' value="{number}"' if number else ""
            return f'<li class="depth-{min(block.level, 5)}"{value}>{inner}</li>'
        case "quote":
            return f"<blockquote><p>{inner}</p></blockquote>"
        case "code":
            return f"<code>{inner}</code>\n"
        case "rule":
            return "<hr>"
        case "paragraph":
            return f"<p>{inner}</p>"


def _run(text: str, run: Run, marks: Sequence[Mark]) -> str:
    html = "".join(_cut(text, run, marks))
    if run.code:
        html = f"<code>{html}</code>"
    if run.emphasis:
        html = f"<em>{html}</em>"
    if run.strong:
        html = f"<strong>{html}</strong>"
    if run.link and (url := safe_url(run.link)):
        html = f'<a href="{escape(url)}" target="_blank" rel="noopener noreferrer">{html}</a>'
    return html


def _cut(text: str, run: Run, marks: Sequence[Mark]) -> Iterator[str]:
    touching = [mark for mark in marks if mark.start < run.end and mark.end > run.start]
    edges = {run.start, run.end}
    for mark in touching:
        edges.update((max(mark.start, run.start), min(mark.end, run.end)))
    ordered = sorted(edges)
    for start, end in pairwise(ordered):
        part = escape(text[start:end])
        markers = sorted({mark.marker for mark in touching if mark.start <= start and end <= mark.end})
        if markers:
            yield f'<mark data-markers="{" ".join(map(str, markers))}">{part}</mark>'
        else:
            yield part


def safe_url(url: str) -> str | None:
    """The address if a visitor may follow it, else None."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return None
    if parts.scheme.lower() not in SAFE_SCHEMES or any(character <= " " for character in url):
        return None
    return url
