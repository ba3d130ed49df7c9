"""The lines of a document with markup, made into name, contact lines, sections and entries by their looks."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from ask_debbie.corpus.readers.document_writer import DocumentWriter
from ask_debbie.corpus.readers.entries import write_entries
from ask_debbie.corpus.readers.marked_line import PLACE, Line, is_prose, write_plainly
from ask_debbie.corpus.readers.plain import is_section

_BULLET = re.compile(r"\s*(?:[-*•▪◦·‣–—●○■]|\d{1,2}[.)])\s+")
_DATED_SECTION = re.compile(
    r"experience|employment|work|career|positions?|history|internships?|volunt|project|educat|academic|studies",
    re.IGNORECASE,
)
_CONTACT_SECTION = re.compile(r"contact|kontakt|personal (?:details|information|data)", re.IGNORECASE)
_CONTACTS = (
    ("Email", re.compile(r"[\w.+%-]+@[\w-]+(?:\.[\w-]+)+")),
    ("Phone", re.compile(r"\+?\(?\d[\d ()./-]{6,18}\d")),
    ("LinkedIn", re.compile(r"(?:https?://)?(?:www\.)?linkedin\.com/\S+", re.IGNORECASE)),
    ("GitHub", re.compile(r"(?:https?://)?(?:www\.)?github\.com/\S+", re.IGNORECASE)),
    (
        "Website",
        re.compile(r"(?:https?://|www\.)\S+|[\w-]+\.(?:com|org|net|dev|io|me|eu|de)(?:/\S*)?", re.IGNORECASE),
    ),
    (
        "Address",
        re.compile(
            r"\d{1,5}[a-z]? [^\d@]*\b(?:street|st|road|rd|avenue|ave|lane|ln|drive|dr|way|boulevard|blvd)\b.*"
            r"|[^\d@]*\bp\.? ?o\.? box \d+.*|[^@]{3,60}, [A-Z]{2} \d{5}(?:-\d{4})?",
            re.IGNORECASE,
        ),
    ),
    ("Location", PLACE),
)


def write_outline(lines: Sequence[Line], to: DocumentWriter) -> None:
    """Write the lines, from the name to the last section."""
    found = _with_levels([_with_mark(line) for line in lines if line.text.strip()])
    sections = [place for place, line in enumerate(found) if line.level == 2]
    first = sections[0] if sections else len(found)
    _write_top(found[:first], to)
    for start, end in pairwise([*sections, len(found)]):
        title = found[start]
        to.heading(title.text.strip(" :").replace("\t", " "), 2, title.where)
        if _DATED_SECTION.search(title.text):
            write_entries(title.text, found[start + 1 : end], to)
        else:
            for line in found[start + 1 : end]:
                if _CONTACT_SECTION.search(title.text) and not (line.level or is_prose(line)):
                    _write_contacts(line, to)
                else:
                    write_plainly(line, to)


def _with_mark(line: Line) -> Line:
    mark = None if line.level else _BULLET.match(line.text)
    return replace(line, text=line.text[mark.end() :], bullet=True) if mark else line


def _with_levels(lines: list[Line]) -> list[Line]:
    """Sections at level 2, a title above them or in front of them at 1, entries from 3 on."""
    levels = sorted({line.level for line in lines if line.level})
    marked = [
        line.level for at, line in enumerate(lines) if line.level and is_section(line.text, first=at == 0)
    ]
    if marked:
        shift = 2 - min(marked)
    elif levels:
        titles = sum(line.level == levels[0] for line in lines)
        shift = (2 if titles > 1 else 1) - levels[0]  # a single title is the person's
    found = []
    for at, line in enumerate(lines):
        if not line.level:
            found.append(_unmarked(line, first=at == 0))
        elif at == 0 and len(line.text.split()) <= 5 and not is_section(line.text, first=True):
            found.append(replace(line, level=1))
        else:
            found.append(replace(line, level=min(max(1, line.level + shift), 6)))
    return found


def _unmarked(line: Line, *, first: bool) -> Line:
    looks = not line.bullet and "\t" not in line.text and is_section(line.text, first=first)
    return replace(line, level=2) if looks else line


def _write_top(lines: Sequence[Line], to: DocumentWriter) -> None:
    """The name as a heading, then contact lines, one fact each."""
    named = any(line.level == 1 for line in lines)
    for place, line in enumerate(lines):
        bare = len(line.text.split()) <= 5 and not re.search(r"[@:\d\t]", line.text)
        if line.level == 1 or (place == 0 and not named and bare):
            to.heading(line.text.replace("\t", " "), 1, line.where)
        elif is_prose(line) and not _CONTACTS[0][1].search(line.text):
            write_plainly(line, to)
        else:
            _write_contacts(line, to)


def _write_contacts(line: Line, to: DocumentWriter) -> None:
    for part in line.parts:
        for fact in _facts(part):
            to.line(_labelled(fact), line.where)


def _facts(part: str) -> list[str]:
    """A part of a contact line; its own parts where an "address" holds a telephone number or an e-mail."""
    pieces = part.removeprefix("Address: ").split(", ")
    known = [piece for piece in pieces if any(pattern.fullmatch(piece) for _, pattern in _CONTACTS[:2])]
    rest = ", ".join(piece for piece in pieces if piece not in known)
    return [*filter(None, [rest]), *known] if known else [part]


def _labelled(part: str) -> str:
    label = next((label for label, pattern in _CONTACTS if pattern.fullmatch(part)), "")
    return f"{label}: {part}" if label else part
