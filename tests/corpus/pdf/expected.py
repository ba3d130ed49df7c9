"""What a person reads in a PDF against what the reader found, field by field."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import yaml

from ask_debbie.corpus.document import Document
from ask_debbie.corpus.entry import Entry
from ask_debbie.corpus.passages import split
from ask_debbie.corpus.readers import read_document
from ask_debbie.corpus.timeline import read_timeline


class Field(NamedTuple):
    """One field of the table; ``found`` is what stands in its place."""

    name: str
    expected: str
    found: str

    @property
    def right(self) -> bool:
        return self.expected == self.found


def compare(pdf: Path, expectation: Path) -> list[Field]:
    """All fields of a file."""
    expected: dict[str, Any] = yaml.safe_load(expectation.read_text(encoding="utf-8"))
    return list(_fields(read_document(pdf.name, pdf.read_bytes()), expected))


def table(fields: list[Field]) -> str:
    """The fields as a table, the wrong ones marked."""
    rows = [f"{'  ' if f.right else '≠ '}{f.name:<12} {f.expected:<60} {f.found}" for f in fields]
    return "\n".join([f"  {'field':<12} {'expected':<60} found", *rows])


def _fields(document: Document, expected: dict[str, Any]) -> Iterator[Field]:
    blocks = [(block, document.text[block.start : block.end]) for block in document.blocks]
    headings = [(block.level, text) for block, text in blocks if block.kind == "heading"]
    texts = [text for _, text in blocks]
    yield Field("name", expected["name"], next((text for level, text in headings if level == 1), ""))
    for section in expected["sections"]:
        yield Field("section", section, section if (2, section) in headings else "")
    for contact in expected.get("contacts", ()):
        yield Field("contact", contact, contact if contact in texts else "")
    entries = read_timeline(split(document, expected["name"])).entries
    for wanted in expected.get("entries", ()):
        entry = _nearest(entries, wanted)
        for key, found in _facts(entry).items():
            if key in wanted:
                yield Field(key, str(wanted[key]), found)
    for text in expected.get("says", ()):
        yield Field("says", text, text if text in texts else "")
    for text in expected.get("lacks", ()):
        yield Field("lacks", "", text if text in document.text else "")


def _facts(entry: Entry | None) -> dict[str, str]:
    start, end = entry.dates.written if entry else ("", "")
    return {
        "title": entry.title if entry else "",
        "at": (entry.organisation or "") if entry else "",
        "from": start,
        "to": end,
        "kind": entry.kind if entry else "",
    }


def _nearest(entries: tuple[Entry, ...], wanted: dict[str, Any]) -> Entry | None:
    def shared(entry: Entry) -> int:
        facts = _facts(entry)
        return sum(facts[key] == str(value) for key, value in wanted.items())

    return max(entries, key=shared, default=None)
