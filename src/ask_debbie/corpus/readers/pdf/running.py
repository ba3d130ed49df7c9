"""Page numbers and running heads: what stands at one place of several pages is no text of its own."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from ask_debbie.corpus.readers.pdf.columns import Line

_PAGE_NUMBER = re.compile(
    r"(?:page|seite|p\.|página)?\s*[-–—]?\s*\d{1,3}\s*[-–—]?\s*(?:(?:of|/|von|de)\s*\d{1,3})?", re.IGNORECASE
)
_CONTACT = re.compile(r"@[\w-]+\.|\d{3}[ .-]?\d{3,4}|https?:|www\.|linkedin|github", re.IGNORECASE)


def without_running_heads(
    pages: Sequence[Sequence[Line]], heights: Sequence[float]
) -> tuple[list[list[Line]], list[Line]]:
    """The pages without page numbers and lines that stand at one place of several pages, and those lines.

    A running line with contact data is kept once.
    """
    kinds = [_edge_keys(lines, height) for lines, height in zip(pages, heights, strict=True)]
    often = Counter(key for page in kinds for key in {key for key in page if key})
    kept: list[list[Line]] = []
    dropped: list[Line] = []
    said = " ".join(
        line.text
        for lines, keys in zip(pages, kinds, strict=True)
        for line, key in zip(lines, keys, strict=True)
        if often[key] < 2 or not key
    )
    for lines, keys in zip(pages, kinds, strict=True):
        kept.append([])
        for line, key in zip(lines, keys, strict=True):
            text = line.text.strip()
            numbered = bool(key) and bool(_PAGE_NUMBER.fullmatch(text)) and bool(text)
            running = bool(key) and often[key] > 1
            first = running and bool(_CONTACT.search(text)) and text not in said
            if numbered or (running and not first):
                dropped.append(line)
            elif first:
                kept[0].insert(0, line)
                said += f" {text}"
            else:
                kept[-1].append(line)
    return kept, dropped


def _edge_keys(lines: Sequence[Line], height: float) -> list[str]:
    """For each line at a page's edge, what it has in common with its like on other pages; empty for the text's."""
    if not lines:
        return []
    top = min(line.first.base for line in lines)
    foot = max(line.first.base for line in lines)
    keys = []
    for line in lines:
        base, reach = line.first.base, 2 * line.first.size
        at_top = base < 0.11 * height and base - reach <= top
        at_foot = base > 0.9 * height and base + reach >= foot
        shape = re.sub(r"\d+", "#", line.text.casefold())
        at_edge = at_top or at_foot or (base > 0.84 * height and base == foot)
        keys.append(f"{shape}@{round(line.first.size)}" if at_edge else "")
    return keys
