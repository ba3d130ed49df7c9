"""The lines under the name: each fact by itself, and with the label that an icon or its look stands for."""

from __future__ import annotations

import re
from collections.abc import Iterable

from ask_debbie.corpus.readers.pdf.items import Cell, joined, parted_at, text_of
from ask_debbie.corpus.readers.pdf.parts import is_place

_BETWEEN = re.compile(r"\s+[●•∙⋅·◦▪⋄◇♦■|~/–—]\s+|\s*\|\s*")
_PHONE = r"(?:\+|\(?\d)[\d ().\u00a0/–-]{7,20}"
_STREET = re.compile(
    r"(?=.*\d).*\b(?:street|st|avenue|ave|road|rd|lane|ln|drive|dr|boulevard|blvd|apt|court|close|square|terrace|rue|"
    r"calle|via|plaza|\w*(?:stra(?:ß|ss)e|gatan|gasse|platz|laan|weg))\b.*",
    re.IGNORECASE,
)
_LABELLED = re.compile(r"[A-Z][\w ]{2,20}:\s")
_LABELS = (
    ("Email", re.compile(r"[\w.+%-]+@[\w-]+(?:\.[\w-]+)+")),
    ("Phone", re.compile(_PHONE)),
    ("LinkedIn", re.compile(r"(?:https?://)?(?:\w+\.)?linkedin\.com/\S+(?: \(LinkedIn\))?", re.IGNORECASE)),
    ("GitHub", re.compile(r"(?:https?://)?(?:www\.)?github\.(?:com|io)/\S+", re.IGNORECASE)),
    ("Website", re.compile(r"(?:https?://|www\.)\S+|[a-z\d-]+(?:\.[a-z\d-]+)*\.[a-z]{2,10}(?:/\S*)?")),
)


def facts_of(cells: Iterable[Cell]) -> list[Cell]:
    """The facts of contact lines, "a@b.c • +1 555 1234" as "Email: a@b.c" and "Phone: +1 555 1234"."""
    facts: list[Cell] = []
    open_lines = 0
    for fact in (fact for cell in cells for fact in _parted(cell)):
        text = text_of(fact)
        label = _label(text)
        if text.strip(" ()") == "LinkedIn":  # what LinkedIn writes after its own address
            continue
        if open_lines and not label and len(text.split()) <= 4:
            facts[-1] = joined((facts[-1], fact), ", ")
            open_lines -= 1
            continue
        open_lines = 2 if label == "Address" else 0
        facts.append(_labelled(fact, label))
    return facts


def _parted(cell: Cell) -> list[Cell]:
    parts = parted_at(cell, _BETWEEN)
    told = any(_label(text_of(part)) or _LABELLED.match(text_of(part).strip()) for part in parts)
    return parts if told else [cell]


def _labelled(cell: Cell, label: str) -> Cell:
    if not label:
        return cell
    first = cell[0]
    return (*(first._replace(text=letter, x1=first.x0) for letter in f"{label}: "), *cell)


def _label(text: str) -> str:
    bare = text.strip()
    if sum(character.isdigit() for character in bare) < 7 and re.fullmatch(_PHONE, bare):
        return ""
    found = next((label for label, pattern in _LABELS if pattern.fullmatch(bare)), "")
    if not found and len(bare.split()) <= 14 and _STREET.fullmatch(bare):
        return "Address"
    return found or ("Location" if is_place(bare) else "")
