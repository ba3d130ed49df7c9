"""Data of any shape, read as what was most likely meant: files are written by hand and by many programs."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from markdown_it import MarkdownIt

from ask_debbie.corpus.readers.document_writer import TOO_MUCH
from ask_debbie.errors import DocumentError

_MARKDOWN = MarkdownIt("commonmark")
_BLOCK_END = re.compile(r"</(?:p|div|li|h[1-6]|tr)>|<br */?>", re.IGNORECASE)
_TAG = re.compile(
    r"</?(?:a|abbr|b|br|code|div|em|h[1-6]|i|li|ol|p|small|span|strong|sub|sup|u|ul)(?:\s[^<>]*)?/?>",
    re.IGNORECASE,
)
_DEEPEST = 40
_MOST = 50_000
_LONGEST = 10_000  # characters of a line that may have marks


class Record(Mapping[str, object]):
    """An object of JSON or YAML, asked for what it holds by any of the names that it may have.

    A text is found where a list or a number stands, a list where a text stands.
    """

    def __init__(self, values: object) -> None:
        self._values = values if isinstance(values, dict) else {}

    def __getitem__(self, key: str) -> object:
        return self._values[key]

    def __iter__(self) -> Iterator[str]:
        return (key for key in self._values if isinstance(key, str))

    def __len__(self) -> int:
        return len(self._values)

    def text(self, *names: str) -> str:
        """The first of these that isn't empty, as plain text; a list's items are joined by commas."""
        return next((found for name in names if (found := ", ".join(as_texts(self.get(name))))), "")

    def texts(self, *names: str) -> list[str]:
        """The items of the first of these that isn't empty, each as plain text."""
        return next((found for name in names if (found := as_texts(self.get(name)))), [])

    def record(self, *names: str) -> Record:
        """The first of these that is an object."""
        return next((Record(self[name]) for name in names if isinstance(self.get(name), dict)), Record({}))

    def records(self, *names: str) -> list[Record]:
        """The objects in the first of these that isn't empty; a text among them is one with a ``name``."""
        found = next((self[name] for name in names if self.get(name)), [])
        if isinstance(found, dict):
            found = found["history"] if isinstance(found.get("history"), list) else [found]
        items = found if isinstance(found, list) else [found]
        return [Record(item if isinstance(item, dict) else {"name": item}) for item in items]


def as_texts(value: object) -> list[str]:
    """A value as texts: of a list its items, of an object its name or its texts; nothing of true, false and null."""
    if isinstance(value, str):
        return [text] if (text := plain_text(value)) else []
    if isinstance(value, dict):
        value = [value["name"]] if "name" in value else [v for v in value.values() if isinstance(v, str)]
    if isinstance(value, list):
        return [text for item in value if not isinstance(item, list) for text in as_texts(item)]
    return []


def plain_text(marked: str) -> str:
    """Text as it is seen: without the marks of Markdown and HTML, lines kept."""
    lines = _TAG.sub("", _BLOCK_END.sub("\n", marked)).splitlines()
    return "\n".join(seen for line in lines if (seen := _inline(line)))


def _inline(line: str) -> str:
    if len(line) > _LONGEST:
        return line.strip()
    mark = re.match(r"\s*(?:[-*•]\s+)?", line)
    lead = mark[0].strip() if mark else ""
    (inline,) = _MARKDOWN.parseInline(line[mark.end() if mark else 0 :])
    words = "".join(token.content for token in inline.children or [] if token.type not in {"image"})
    return f"{lead} {words.strip()}".strip()


def checked(data: object) -> object:
    """The data, where it is of a size that a resume may have.

    Raises:
        DocumentError: it is nested too deeply or holds too much.
    """
    waiting, seen = [(data, 0)], 0
    while waiting:
        value, depth = waiting.pop()
        seen += 1
        if seen > _MOST or depth > _DEEPEST:
            raise DocumentError(TOO_MUCH)
        if isinstance(value, dict | list):
            inside = value.values() if isinstance(value, dict) else value
            waiting += [(item, depth + 1) for item in inside]
    return data
